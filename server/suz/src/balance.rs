//! `GET elk/product-groups/balance/all`: money by product group (True API, 3.8).

use crate::{
    client::{Account, Call, Client, Pass},
    hosts::Service,
    loose::{Text, Whole},
};
use desk::{
    server::ports::{call::CallError, suz_api::AccountBalance},
    suz::Contour,
};
use http::Method;
use secrecy::SecretString;
use serde::Deserialize;

/// One entry of the answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProductGroupBalance {
    product_group_id: Option<Whole>,
    balance: Option<Whole>,
    contract_id: Option<Text>,
}

/// Asks.
pub(crate) async fn balance(
    client: &Client,
    contour: Contour,
    bearer: &SecretString,
) -> Result<Vec<AccountBalance>, CallError> {
    let answer: Vec<ProductGroupBalance> = client
        .request(&Call {
            name: "elk/product-groups/balance/all",
            contour,
            service: Service::TrueApi,
            method: &Method::GET,
            path: &["true-api", "elk", "product-groups", "balance", "all"],
            query: &[],
            pass: Pass::Bearer(bearer),
            body: None,
            signature: None,
            account: Account::Bearer(bearer),
        })
        .await?;
    Ok(answer.into_iter().filter_map(account).collect())
}

/// A group without a sum has no account that could be shown: nothing is not zero.
fn account(entry: ProductGroupBalance) -> Option<AccountBalance> {
    Some(AccountBalance {
        group: entry.product_group_id?.0?,
        kopecks: entry.balance?.0?,
        contract: entry.contract_id.and_then(|contract| contract.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::decode;

    #[test]
    fn sums_are_read_however_written_and_a_missing_one_is_not_zero() {
        let body = r#"[
            {"organisationId":1000003661,"productGroupId":1,"balance":10050,"contractId":1000003061},
            {"organisationId":1000003661,"productGroupId":"8","balance":"-5"},
            {"organisationId":1000003661,"productGroupId":2,"balance":null},
            {"organisationId":1000003661,"productGroupId":4}
        ]"#;
        let entries: Vec<ProductGroupBalance> = decode(200, body.as_bytes()).unwrap();
        let accounts: Vec<_> = entries.into_iter().filter_map(account).collect();
        assert_eq!(
            accounts,
            [
                AccountBalance {
                    group: 1,
                    kopecks: 10_050,
                    contract: Some("1000003061".into()),
                },
                AccountBalance {
                    group: 8,
                    kopecks: -5,
                    contract: None,
                },
            ]
        );
    }
}
