//! `GET elk/product-groups/balance/all`: money by product group (True API, 3.8).

use crate::{
    call::{Account, Call, Pass},
    client::Client,
    groups,
    loose::Whole,
};
use desk::{
    server::ports::call::CallError,
    suz::{Balance, Contour, Service},
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
}

/// Asks.
pub(crate) async fn balance(
    client: &Client,
    contour: Contour,
    bearer: &SecretString,
) -> Result<Vec<Balance>, CallError> {
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
    Ok(answer.iter().filter_map(account).collect())
}

/// A group without a sum has no account that could be shown: nothing is not zero.
fn account(entry: &ProductGroupBalance) -> Option<Balance> {
    let group_id = u32::try_from(entry.product_group_id?.0?).ok()?;
    Some(Balance {
        group_id,
        alias: groups::alias_of_number(group_id),
        kopecks: entry.balance?.0?,
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
            {"organisationId":1000003661,"productGroupId":4},
            {"organisationId":1000003661,"productGroupId":-1,"balance":1},
            {"organisationId":1000003661,"productGroupId":999,"balance":0}
        ]"#;
        let entries: Vec<ProductGroupBalance> = decode(200, body.as_bytes()).unwrap();
        let accounts: Vec<_> = entries.iter().filter_map(account).collect();
        let balance = |group_id, alias: Option<&str>, kopecks| Balance {
            group_id,
            alias: alias.map(Into::into),
            kopecks,
        };
        assert_eq!(
            accounts,
            [
                balance(1, Some("lp"), 10_050),
                balance(8, Some("milk"), -5),
                balance(999, None, 0),
            ]
        );
    }
}
