//! `GET integration/profile`: the company's OMS ID and product groups, by True API's bearer (edition 62, 4.4.28).

use crate::{
    client::{Account, Call, Client, Pass},
    hosts::Service,
    loose::list,
};
use desk::{
    server::ports::{
        call::CallError,
        suz_api::{Profile, ProfileStatus},
    },
    suz::{Contour, OmsId},
};
use http::Method;
use secrecy::SecretString;
use serde::Deserialize;

/// The answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProfileResponse {
    oms_id: OmsId,
    profile_status: Option<String>,
    #[serde(default, deserialize_with = "list")]
    product_groups: Vec<String>,
    #[serde(default, deserialize_with = "list")]
    locked_product_groups: Vec<String>,
    #[serde(default, deserialize_with = "list")]
    blocked_product_groups: Vec<String>,
}

/// Asks for it.
pub(crate) async fn profile(
    client: &Client,
    contour: Contour,
    bearer: &SecretString,
) -> Result<Profile, CallError> {
    let answer: ProfileResponse = client
        .request(&Call {
            name: "integration/profile",
            contour,
            service: Service::Suz,
            method: &Method::GET,
            path: &["integration", "profile"],
            query: &[],
            pass: Pass::Bearer(bearer),
            body: None,
            signature: None,
            account: Account::Bearer(bearer),
        })
        .await?;
    Ok(answer.into())
}

impl From<ProfileResponse> for Profile {
    fn from(answer: ProfileResponse) -> Self {
        Self {
            oms_id: answer.oms_id,
            status: status(answer.profile_status.unwrap_or_default()),
            groups: lower(answer.product_groups),
            locked: lower(answer.locked_product_groups),
            blocked: lower(answer.blocked_product_groups),
        }
    }
}

fn status(word: String) -> ProfileStatus {
    match word.as_str() {
        "ACTIVE" => ProfileStatus::Active,
        "LOCKED" => ProfileStatus::Locked,
        "SUSPENDED" => ProfileStatus::Suspended,
        _ => ProfileStatus::Other(word),
    }
}

/// Groups come in upper case here (`LP`, `PERFUM`) and in lower case everywhere else.
fn lower(groups: Vec<String>) -> Vec<String> {
    groups
        .into_iter()
        .map(|group| group.to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::decode;

    fn read(body: &str) -> Profile {
        decode::<ProfileResponse>(200, body.as_bytes())
            .unwrap()
            .into()
    }

    #[test]
    fn groups_are_lower_case_and_statuses_keep_unknown_words() {
        let profile = read(
            r#"{"omsId":"67AD4640-C4D4-4D1B-8D2F-3F1F2E3D4C5B","profileStatus":"ACTIVE",
                "productGroups":["LP","PERFUM","milk"],"lockedProductGroups":["SHOES"],"blockedProductGroups":null}"#,
        );
        assert_eq!(
            profile.oms_id.reveal(),
            "67ad4640-c4d4-4d1b-8d2f-3f1f2e3d4c5b"
        );
        assert_eq!(profile.status, ProfileStatus::Active);
        assert_eq!(profile.groups, ["lp", "perfum", "milk"]);
        assert_eq!(profile.locked, ["shoes"]);
        assert!(profile.blocked.is_empty());

        for (word, expected) in [
            (r#""LOCKED""#, ProfileStatus::Locked),
            (r#""SUSPENDED""#, ProfileStatus::Suspended),
            (r#""FROZEN""#, ProfileStatus::Other("FROZEN".into())),
            ("null", ProfileStatus::Other(String::new())),
        ] {
            let body = format!(
                r#"{{"omsId":"67ad4640-c4d4-4d1b-8d2f-3f1f2e3d4c5b","profileStatus":{word}}}"#
            );
            assert_eq!(read(&body).status, expected);
        }
    }
}
