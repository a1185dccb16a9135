//! Every call as it leaves and what is made of its answer.

use crate::{
    doubles::{BEARER, DEVICE, KEY, NOW, OMS_ID, TOKEN, bench, device, oms_id, secret},
    stand_in::{Reply, StandIn},
};
use desk::{
    server::ports::{
        call::CallError,
        suz_api::{
            Challenge, Pong, RegisteredDevice, Registration, SignedChallenge, SignedRegistration,
            SuzApi,
        },
    },
    suz::{Balance, ConnectionId, Contour, Group, GroupState, ProfileStatus},
};
use secrecy::ExposeSecret;

const CHALLENGE: SignedChallenge<'_> = SignedChallenge {
    uuid: "b1a2c3d4-0000-4000-8000-000000000001",
    signature: "MIIB\r\nAA+/\n==",
    on_behalf_of: None,
};

#[tokio::test]
async fn a_challenge_is_asked_for_without_any_pass() {
    let stand_in = StandIn::start([Reply::json(
        200,
        r#"{"uuid":"b1a2c3d4-0000-4000-8000-000000000001","data":"GNUFBAZBMPIUUMLXNMIOGSHTGFXZMT","more":1}"#,
    )])
    .await;
    let challenge = bench(&stand_in.url).suz.challenge(Contour::Sandbox).await;
    assert_eq!(
        challenge,
        Ok(Challenge {
            uuid: "b1a2c3d4-0000-4000-8000-000000000001".into(),
            data: "GNUFBAZBMPIUUMLXNMIOGSHTGFXZMT".into(),
        })
    );
    let request = stand_in.only();
    assert_eq!(request.line, "GET /true-api-host/api/v3/true-api/auth/key");
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("connection"), Some("close"));
    assert!(request.header("user-agent").unwrap().starts_with("metka/"));
    for absent in [
        "authorization",
        "clienttoken",
        "x-signature",
        "content-type",
    ] {
        assert_eq!(request.header(absent), None, "{absent}");
    }
}

#[tokio::test]
async fn a_device_signs_in_with_its_id_in_lower_case_and_the_signature_in_one_line() {
    let stand_in = StandIn::start([Reply::json(200, format!(r#"{{"token":"{TOKEN}"}}"#))]).await;
    let token = bench(&stand_in.url)
        .suz
        .sign_in_device(Contour::Sandbox, &device(), CHALLENGE)
        .await
        .unwrap();
    assert_eq!(token.value.expose_secret(), TOKEN);
    assert_eq!(token.expires, None);
    let request = stand_in.only();
    assert_eq!(
        request.line,
        format!("POST /true-api-host/api/v3/true-api/auth/simpleSignIn/{DEVICE}")
    );
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.body,
        br#"{"uuid":"b1a2c3d4-0000-4000-8000-000000000001","data":"MIIBAA+/=="}"#
    );
}

#[tokio::test]
async fn a_participant_signs_in_for_a_company_and_gets_a_united_token() {
    let expires = "2026-11-24T00:36:12.000Z";
    let stand_in = StandIn::start([Reply::json(
        200,
        format!(r#"{{"uuidToken":"{TOKEN}","expireDate":"{expires}"}}"#),
    )])
    .await;
    let inn = "7736207543".parse().unwrap();
    let challenge = SignedChallenge {
        on_behalf_of: Some(&inn),
        ..CHALLENGE
    };
    let token = bench(&stand_in.url)
        .suz
        .sign_in(Contour::Sandbox, challenge)
        .await
        .unwrap();
    assert_eq!(token.value.expose_secret(), TOKEN);
    assert_eq!(token.expires, Some(NOW.plus_seconds(10 * 3_600)));
    let request = stand_in.only();
    assert_eq!(
        request.line,
        "POST /true-api-host/api/v3/true-api/auth/simpleSignIn"
    );
    assert_eq!(
        request.body,
        br#"{"uuid":"b1a2c3d4-0000-4000-8000-000000000001","data":"MIIBAA+/==","inn":"7736207543"}"#
    );
}

#[tokio::test]
async fn the_profile_is_asked_of_suz_by_the_bearer() {
    let stand_in = StandIn::start([Reply::json(
        200,
        format!(
            r#"{{"omsId":"{OMS_ID}","profileStatus":"ACTIVE","productGroups":["LP","PERFUM"],"lockedProductGroups":["MILK"]}}"#
        ),
    )])
    .await;
    let profile = bench(&stand_in.url)
        .suz
        .profile(Contour::Sandbox, &secret(BEARER))
        .await
        .unwrap();
    assert_eq!(profile.oms_id, oms_id());
    assert_eq!(profile.facts.status, ProfileStatus::Active);
    let group = |alias: &str, state| Group {
        alias: alias.into(),
        state,
    };
    assert_eq!(
        profile.facts.groups,
        [
            group("lp", GroupState::Open),
            group("perfumery", GroupState::Open),
            group("milk", GroupState::Locked),
        ]
    );
    let request = stand_in.only();
    assert_eq!(request.line, "GET /suz-host/api/v3/integration/profile");
    assert_eq!(
        request.header("authorization"),
        Some(&*format!("Bearer {BEARER}"))
    );
    assert_eq!(request.header("clienttoken"), None);
}

#[tokio::test]
async fn balances_are_asked_of_true_api_by_the_bearer() {
    let stand_in = StandIn::start([Reply::json(
        200,
        r#"[{"organisationId":1000003661,"productGroupId":1,"balance":10050,"contractId":7}]"#,
    )])
    .await;
    let balances = bench(&stand_in.url)
        .suz
        .balance(Contour::Sandbox, &secret(BEARER))
        .await;
    assert_eq!(
        balances,
        Ok(vec![Balance {
            group_id: 1,
            alias: Some("lp".into()),
            kopecks: 10_050,
        }])
    );
    let request = stand_in.only();
    assert_eq!(
        request.line,
        "GET /true-api-host/api/v3/true-api/elk/product-groups/balance/all"
    );
    assert_eq!(
        request.header("authorization"),
        Some(&*format!("Bearer {BEARER}"))
    );
}

#[tokio::test]
async fn a_ping_shows_the_token_and_the_oms_id_in_lower_case() {
    let stand_in = StandIn::start([Reply::json(
        200,
        format!(
            r#"{{"omsId":"{}","apiVersion":"3.0.36","omsVersion":4.1}}"#,
            OMS_ID.to_uppercase()
        ),
    )])
    .await;
    let pong = bench(&stand_in.url)
        .suz
        .ping(Contour::Sandbox, &secret(TOKEN), &oms_id())
        .await;
    assert_eq!(
        pong,
        Ok(Pong {
            oms_id: oms_id(),
            api_version: Some("3.0.36".into()),
            oms_version: Some("4.1".into()),
        })
    );
    let request = stand_in.only();
    assert_eq!(
        request.line,
        format!("GET /suz-host/api/v3/ping?omsId={OMS_ID}")
    );
    assert_eq!(request.header("clienttoken"), Some(TOKEN));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("x-signature"), None);
}

#[tokio::test]
async fn a_registration_sends_the_stored_bytes_with_their_signature() {
    // Not the way this program writes JSON: the bytes shall not be written anew.
    let body = "{ \"address\" : \"Москва\" , \"name\":\"Метка\" }\n".as_bytes();
    let stand_in = StandIn::start([Reply::json(
        200,
        format!(r#"{{"status":"SUCCESS","omsConnection":"{DEVICE}","name":"Метка"}}"#),
    )])
    .await;
    let registration = bench(&stand_in.url)
        .suz
        .register_device(
            Contour::Sandbox,
            SignedRegistration {
                oms_id: &oms_id(),
                key: &secret(KEY),
                body,
                signature: "MIIB\r\nAA==\r\n",
            },
        )
        .await;
    assert_eq!(
        registration,
        Ok(Registration::Made {
            connection: device(),
            name: Some("Метка".into()),
        })
    );
    let request = stand_in.only();
    assert_eq!(
        request.line,
        format!("POST /suz-integrator-host/api/v3/integration/connection?omsId={OMS_ID}")
    );
    assert_eq!(request.body, body);
    assert_eq!(request.header("x-signature"), Some("MIIBAA=="));
    assert_eq!(request.header("x-registrationkey"), Some(KEY));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("clienttoken"), None);
}

fn listed(connections: std::ops::Range<u32>, total: Option<u32>) -> Reply {
    let infos: Vec<_> = connections
        .map(|number| {
            format!(
                r#"{{"omsConnection":"{}","programName":"касса {number}"}}"#,
                id(number)
            )
        })
        .collect();
    let total = total.map_or(String::new(), |total| format!(r#","total":{total}"#));
    Reply::json(
        200,
        format!(r#"{{"omsConnectionInfos":[{}]{total}}}"#, infos.join(",")),
    )
}

fn id(number: u32) -> String {
    format!("aabb1234-5678-90ab-cdef-{number:012}")
}

#[tokio::test]
async fn devices_are_read_to_the_last_page() {
    for (pages, offsets) in [
        (
            vec![listed(0..100, Some(130)), listed(100..130, Some(130))],
            vec![0, 100],
        ),
        // A server with pages of its own size.
        (
            vec![
                listed(0..50, Some(130)),
                listed(50..100, Some(130)),
                listed(100..130, Some(130)),
            ],
            vec![0, 50, 100],
        ),
        // One that tells no total.
        (
            vec![
                listed(0..100, None),
                listed(100..130, None),
                listed(0..0, None),
            ],
            vec![0, 100, 130],
        ),
    ] {
        let stand_in = StandIn::start(pages).await;
        let devices = bench(&stand_in.url)
            .suz
            .devices(Contour::Sandbox, &secret(TOKEN), &oms_id())
            .await
            .unwrap();
        assert_eq!(devices.len(), 130);
        assert_eq!(
            devices[129],
            RegisteredDevice {
                connection: id(129).parse::<ConnectionId>().unwrap(),
                name: Some("касса 129".into()),
                address: None,
                vendor_inn: None,
                version: None,
            }
        );
        let received = stand_in.received();
        let lines: Vec<_> = received
            .iter()
            .map(|request| request.line.as_str())
            .collect();
        let expected: Vec<_> = offsets
            .iter()
            .map(|offset| {
                format!(
                    "GET /suz-integrator-host/api/v3/integration/connection?omsId={OMS_ID}&limit=100&offset={offset}"
                )
            })
            .collect();
        assert_eq!(lines, expected);
        assert!(
            received
                .iter()
                .all(|request| request.header("clienttoken") == Some(TOKEN))
        );
    }
}

#[tokio::test]
async fn a_server_that_gives_the_same_page_for_ever_is_left() {
    let stand_in = StandIn::start([listed(0..100, Some(130)), listed(0..100, Some(130))]).await;
    let devices = bench(&stand_in.url)
        .suz
        .devices(Contour::Sandbox, &secret(TOKEN), &oms_id())
        .await
        .unwrap();
    assert_eq!(devices.len(), 100);
    assert_eq!(stand_in.received().len(), 2);
}

#[tokio::test]
async fn a_device_is_deleted_or_not_as_they_say() {
    for (answer, expected) in [("true", true), ("false", false), ("\"true\"", true)] {
        let body = format!(r#"{{"success":{answer}}}"#);
        let stand_in = StandIn::start([Reply::json(200, body)]).await;
        let deleted = bench(&stand_in.url)
            .suz
            .delete_device(Contour::Sandbox, &secret(TOKEN), &oms_id(), &device())
            .await;
        assert_eq!(deleted, Ok(expected));
        let request = stand_in.only();
        assert_eq!(
            request.line,
            format!(
                "DELETE /suz-integrator-host/api/v3/integration/connection?omsId={OMS_ID}&omsConnection={DEVICE}"
            )
        );
        assert_eq!(request.header("clienttoken"), Some(TOKEN));
    }
    let stand_in = StandIn::start([Reply::json(200, r#"{"success":7}"#)]).await;
    let unclear = bench(&stand_in.url)
        .suz
        .delete_device(Contour::Sandbox, &secret(TOKEN), &oms_id(), &device())
        .await;
    assert!(matches!(unclear, Err(CallError::NotUnderstood { .. })));
}
