//! `GET integration/profile`: the company's OMS ID and product groups, by True API's bearer (edition 62, 4.4.28).

use crate::{
    call::{Account, Call, Pass},
    client::Client,
    groups,
    loose::list,
};
use desk::{
    server::ports::{call::CallError, suz_api::Profile},
    suz::{Contour, Group, GroupState, OmsId, Service, SuzProfile},
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
        let lists = [
            (answer.product_groups, GroupState::Open),
            (answer.locked_product_groups, GroupState::Locked),
            (answer.blocked_product_groups, GroupState::Blocked),
        ];
        Self {
            oms_id: answer.oms_id,
            facts: SuzProfile {
                status: answer.profile_status.unwrap_or_default().into(),
                groups: lists
                    .into_iter()
                    .fold(Vec::new(), |groups, (names, state)| {
                        names
                            .iter()
                            .fold(groups, |groups, name| with(groups, name, state))
                    }),
            },
        }
    }
}

/// A group that stands in two lists is in the worse state.
fn with(mut groups: Vec<Group>, name: &str, state: GroupState) -> Vec<Group> {
    let alias = groups::alias_of(name);
    match groups.iter_mut().find(|group| group.alias == alias) {
        Some(known) => known.state = state,
        None => groups.push(Group { alias, state }),
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::decode;
    use desk::suz::ProfileStatus;

    fn read(body: &str) -> Profile {
        decode::<ProfileResponse>(200, body.as_bytes())
            .unwrap()
            .into()
    }

    #[test]
    fn groups_have_todays_names_and_the_worst_of_their_states() {
        let profile = read(
            r#"{"omsId":"67AD4640-C4D4-4D1B-8D2F-3F1F2E3D4C5B","profileStatus":"ACTIVE",
                "productGroups":["LP","PERFUM","milk","SHOES"],"lockedProductGroups":["SHOES"],
                "blockedProductGroups":["TOYS"]}"#,
        );
        assert_eq!(
            profile.oms_id.to_wire(),
            "67ad4640-c4d4-4d1b-8d2f-3f1f2e3d4c5b"
        );
        assert_eq!(profile.facts.status, ProfileStatus::Active);
        let groups: Vec<_> = profile
            .facts
            .groups
            .iter()
            .map(|group| (group.alias.as_str(), group.state))
            .collect();
        assert_eq!(
            groups,
            [
                ("lp", GroupState::Open),
                ("perfumery", GroupState::Open),
                ("milk", GroupState::Open),
                ("shoes", GroupState::Locked),
                ("toys", GroupState::Blocked),
            ]
        );
    }

    #[test]
    fn a_status_is_kept_whatever_it_is_and_lists_may_be_missing() {
        for (word, expected) in [
            (r#""LOCKED""#, ProfileStatus::Locked),
            (r#""SUSPENDED""#, ProfileStatus::Suspended),
            (r#""FROZEN""#, ProfileStatus::Other("FROZEN".into())),
            ("null", ProfileStatus::Other(String::new())),
        ] {
            let body = format!(
                r#"{{"omsId":"67ad4640-c4d4-4d1b-8d2f-3f1f2e3d4c5b","profileStatus":{word},"lockedProductGroups":null}}"#
            );
            let profile = read(&body);
            assert_eq!(profile.facts.status, expected);
            assert!(profile.facts.groups.is_empty());
        }
    }
}
