//! `ping`, `integration/profile`, the balance, and what becomes of tokens.

use sandbox::{
    DEMO_CONNECTION, DEMO_FOREIGN_CONNECTION, DEMO_FOREIGN_INN, DEMO_FOREIGN_OMS_ID, DEMO_INN,
    DEMO_OMS_ID, DEMO_STATIC_TOKEN, SUZ_HOST, TRUE_API_HOST,
};
use serde_json::json;

use super::{Mark, TEN_HOURS_MS, demo_inn, global_error, key::Key, message};

fn words_of_1140(token: &str, oms_id: &str) -> (u16, i64, String) {
    let words = format!(
        "Маркер безопасности {token} не соответствует указанному в запросе идентификатору СУЗ {oms_id}"
    );
    (400, 1140, words)
}

#[tokio::test]
async fn a_foreign_oms_id_and_one_in_upper_case_are_1140() {
    let mark = Mark::new().await;
    let token = mark.device_token().await;
    let upper = DEMO_OMS_ID.to_ascii_uppercase();
    for oms_id in [DEMO_FOREIGN_OMS_ID, &upper, DEMO_CONNECTION] {
        let reply = mark.ping(&token, oms_id).await;
        assert_eq!(global_error(&reply), words_of_1140(&token, oms_id));
    }
    let foreign = mark
        .sign_in_with(&Key::demo(DEMO_FOREIGN_INN), Some(DEMO_FOREIGN_CONNECTION))
        .await
        .json();
    let foreign = foreign["token"].as_str().unwrap();
    let reply = mark.ping(foreign, DEMO_OMS_ID).await;
    assert_eq!(global_error(&reply), words_of_1140(foreign, DEMO_OMS_ID));
    for damaged in ["", "5d6a1c2e%20", "2BE-7736207543"] {
        let reply = mark.ping(&token, damaged).await;
        let error = reply.json()["fieldErrors"][0].clone();
        assert_eq!(
            (reply.status, &error["fieldError"]),
            (400, &json!("Invalid OMS ID"))
        );
        assert_eq!(error["fieldName"], "omsId");
    }
}

#[tokio::test]
async fn a_second_program_puts_out_the_token_of_the_first() {
    let mark = Mark::new().await;
    let first = mark.device_token().await;
    let second_program =
        format!("crpt/participants/{DEMO_INN}/devices/{DEMO_CONNECTION}/second-program");
    let given = mark.control("POST", &second_program, &json!({})).await;
    let second = given.json()["value"].as_str().unwrap().to_owned();
    let reply = mark.ping(&first, DEMO_OMS_ID).await;
    assert_eq!(global_error(&reply), words_of_1140(&first, DEMO_OMS_ID));
    assert_eq!(mark.ping(&second, DEMO_OMS_ID).await.status, 200);

    let third = mark.device_token().await;
    let reply = mark.ping(&second, DEMO_OMS_ID).await;
    assert_eq!(global_error(&reply), words_of_1140(&second, DEMO_OMS_ID));
    assert_eq!(mark.ping(&third, DEMO_OMS_ID).await.status, 200);
    assert_eq!(
        mark.sandbox.participant(&demo_inn()).unwrap().devices[0].given,
        3
    );
}

#[tokio::test]
async fn the_first_call_with_a_dynamic_token_ends_the_static_ones() {
    let mark = Mark::new().await;
    assert_eq!(mark.ping(DEMO_STATIC_TOKEN, DEMO_OMS_ID).await.status, 200);
    let dynamic = mark.device_token().await;
    let before = mark.ping(DEMO_STATIC_TOKEN, DEMO_OMS_ID).await;
    assert_eq!(before.status, 200, "it was given, but not used yet");
    assert_eq!(mark.ping(&dynamic, DEMO_OMS_ID).await.status, 200);
    assert_eq!(mark.ping(DEMO_STATIC_TOKEN, DEMO_OMS_ID).await.status, 401);
}

#[tokio::test]
async fn suz_asks_for_its_headers() {
    let mark = Mark::new().await;
    let token = mark.device_token().await;
    let target = format!("{SUZ_HOST}/api/v3/ping?omsId={DEMO_OMS_ID}");
    let without = super::send(
        mark.address,
        "GET",
        &target,
        &[("clientToken", &token)],
        b"",
    )
    .await;
    assert_eq!(without.unwrap().status, 406);
    let any = [("clientToken", token.as_str()), ("Accept", "*/*")];
    let reply = super::send(mark.address, "GET", &target, &any, b"").await;
    assert_eq!(reply.unwrap().status, 406, "the type must be named");
    assert_eq!(global_error(&mark.call("GET", &target, &[]).await).0, 401);
    let wrong = [("Authorization", "token 1cecc8fb")];
    assert_eq!(mark.call("GET", &target, &wrong).await.status, 401);
    assert_eq!(
        global_error(&mark.ping("unknown", DEMO_OMS_ID).await).0,
        401
    );
    let listed = format!("{SUZ_HOST}/api/v3/integration/connection?omsId={DEMO_OMS_ID}");
    let elsewhere = mark.call("GET", &listed, &[("clientToken", &token)]).await;
    assert_eq!(elsewhere.status, 404, "that lives on another host");
}

#[tokio::test]
async fn the_profile_tells_the_oms_id_and_the_groups_in_capitals() {
    let mark = Mark::new().await;
    let bearer = mark.bearer().await;
    let target = format!("{SUZ_HOST}/api/v3/integration/profile");
    let reply = mark
        .call("GET", &target, &[("Authorization", &bearer)])
        .await;
    assert_eq!(
        reply.json(),
        json!({
            "omsId": DEMO_OMS_ID,
            "profileStatus": "ACTIVE",
            "productGroups": ["LP", "MILK", "PERFUM", "SHOES"],
            "lockedProductGroups": ["MILK"],
            "blockedProductGroups": ["PERFUM"],
        })
    );
    let change = json!({
        "profileStatus": "LOCKED",
        "groups": { "milk": { "state": "ACTIVE" }, "perfumery": { "state": "ACTIVE" } },
    });
    let participant = format!("crpt/participants/{DEMO_INN}");
    mark.control("PATCH", &participant, &change).await;
    let reply = mark
        .call("GET", &target, &[("Authorization", &bearer)])
        .await;
    assert_eq!(
        reply.json(),
        json!({
            "omsId": DEMO_OMS_ID,
            "profileStatus": "LOCKED",
            "productGroups": ["LP", "MILK", "PERFUM", "SHOES"],
        })
    );
    let token = mark.device_token().await;
    let headers = [("Authorization", format!("Bearer {token}"))];
    let headers = headers
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let reply = mark.call("GET", &target, &headers).await;
    assert_eq!(reply.status, 401, "a clientToken is no bearer");
}

#[tokio::test]
async fn the_balance_is_told_by_groups_until_the_bearer_ends() {
    let mark = Mark::new().await;
    let bearer = mark.bearer().await;
    let target = format!("{TRUE_API_HOST}/api/v3/true-api/elk/product-groups/balance/all");
    let headers = [("Authorization", bearer.as_str())];
    let reply = mark.call("GET", &target, &headers).await;
    let id = mark
        .sandbox
        .participant(&demo_inn())
        .unwrap()
        .organisation_id;
    assert_eq!(
        reply.json(),
        json!([
            { "organisationId": id, "productGroupId": 1, "balance": 1_250_000 },
            { "organisationId": id, "productGroupId": 8, "balance": -1_500 },
            { "organisationId": id, "productGroupId": 2, "balance": 48_060 },
        ])
    );
    let another = mark.bearer().await;
    assert_ne!(another, bearer);
    let reply = mark.call("GET", &target, &headers).await;
    assert_eq!(
        reply.status, 200,
        "a new bearer does not put out the former"
    );
    mark.sandbox.advance(TEN_HOURS_MS).unwrap();
    let words =
        "Для доступа к этому ресурсу требуется полная аутентификация. Проверьте токен".to_owned();
    let reply = mark.call("GET", &target, &headers).await;
    assert_eq!(message(&reply), (401, words.clone()));
    assert_eq!(message(&mark.call("GET", &target, &[]).await), (401, words));
}

#[tokio::test]
async fn the_journal_keeps_no_token() {
    let mark = Mark::new().await;
    let token = mark.device_token().await;
    mark.ping(&token, DEMO_OMS_ID).await;
    let received = mark.sandbox.received();
    let ping = received.last().unwrap();
    let shown = ping.header("clienttoken").unwrap();
    let last = shown.strip_prefix('…').unwrap();
    assert!(last.len() == 4 && token.ends_with(last), "{shown}");
    assert_eq!(ping.path, format!("{SUZ_HOST}/api/v3/ping"));
}
