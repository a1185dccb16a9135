//! Troubles, in the shapes of True API and СУЗ.

use sandbox::{
    DEMO_CONNECTION, DEMO_INN, DEMO_OMS_ID, Effect, Fault, REGISTRATION_HOST, SUZ_HOST,
    TRUE_API_HOST,
};
use serde_json::{Value, json};

use super::{
    super::stand::{Reply, send},
    Mark, demo_inn, global_error,
    key::Key,
    message,
};

async fn ping_under(mark: &Mark, token: &str, effect: Effect) -> Reply {
    mark.sandbox.add_fault(Fault::new(effect).path(SUZ_HOST));
    mark.ping(token, DEMO_OMS_ID).await
}

#[tokio::test]
async fn faults_speak_as_the_service_does() {
    let mark = Mark::new().await;
    let token = mark.device_token().await;
    let reply = ping_under(&mark, &token, Effect::Error { status: 500 }).await;
    assert_eq!(
        global_error(&reply),
        (500, 500, "Internal Server Error".to_owned())
    );
    let limit = ping_under(&mark, &token, Effect::RateLimit).await;
    assert_eq!(global_error(&limit).0, 429);
    let coded = Effect::StatusError {
        code: "1140".to_owned(),
        message: "Так сказано".to_owned(),
    };
    let reply = ping_under(&mark, &token, coded).await;
    assert_eq!(global_error(&reply), (400, 1140, "Так сказано".to_owned()));
    let reply = ping_under(&mark, &token, Effect::NoResult).await;
    assert_eq!((reply.status, reply.json()), (200, json!({})));
    let cut = ping_under(&mark, &token, Effect::CutJson).await;
    assert!(serde_json::from_slice::<Value>(&cut.body).is_err());

    mark.sandbox
        .add_fault(Fault::new(Effect::Error { status: 503 }).path(TRUE_API_HOST));
    let target = format!("{TRUE_API_HOST}/api/v3/true-api/auth/key");
    let reply = mark.call("GET", &target, &[]).await;
    assert_eq!(message(&reply), (503, "Internal Server Error".to_owned()));
    assert_eq!(mark.ping(&token, DEMO_OMS_ID).await.status, 200);
}

#[tokio::test]
async fn a_lost_answer_to_a_login_has_put_out_the_former_token() {
    let mark = Mark::new().await;
    let key = Key::demo(DEMO_INN);
    let first = mark.device_token().await;
    let login = format!("{TRUE_API_HOST}/api/v3/true-api/auth/simpleSignIn");
    let lost = Fault::new(Effect::SuzTimeout).path(&login).after();
    mark.sandbox.add_fault(lost);
    let reply = mark.sign_in_with(&key, Some(DEMO_CONNECTION)).await;
    let (status, words) = message(&reply);
    assert!(status == 500 && words.contains("timed-out"), "{words}");
    assert_eq!(global_error(&mark.ping(&first, DEMO_OMS_ID).await).1, 1140);
    assert_eq!(
        mark.sandbox.participant(&demo_inn()).unwrap().devices[0].given,
        2
    );

    let second = mark.device_token().await;
    mark.sandbox
        .add_fault(Fault::new(Effect::SuzTimeout).path(&login));
    let reply = mark.sign_in_with(&key, Some(DEMO_CONNECTION)).await;
    assert_eq!(reply.status, 500);
    assert_eq!(mark.ping(&second, DEMO_OMS_ID).await.status, 200);
}

#[tokio::test]
async fn a_service_can_be_out_of_reach_while_the_others_work() {
    let mark = Mark::new().await;
    let token = mark.device_token().await;
    let reached = async |path: String| {
        let headers = [
            ("Accept", "application/json"),
            ("clientToken", token.as_str()),
        ];
        send(mark.address, "GET", &path, &headers, b"")
            .await
            .is_some()
    };
    let all = async || {
        [
            reached(format!("{TRUE_API_HOST}/api/v3/true-api/auth/key")).await,
            reached(format!("{SUZ_HOST}/api/v3/ping?omsId={DEMO_OMS_ID}")).await,
            reached(format!("{REGISTRATION_HOST}/api/v3/integration/connection")).await,
        ]
    };
    assert_eq!(all().await, [true; 3]);
    for (place, name) in ["trueApi", "suz", "registration"].into_iter().enumerate() {
        mark.control("PUT", "crpt/settings", &json!({ name: "UNREACHABLE" }))
            .await;
        let mut wanted = [true; 3];
        wanted[place] = false;
        assert_eq!(all().await, wanted, "{name}");
        mark.control("PUT", "crpt/settings", &json!({ name: "AVAILABLE" }))
            .await;
    }
}

#[tokio::test]
async fn controls_say_what_is_wrong() {
    let mark = Mark::new().await;
    let device = format!("crpt/participants/{DEMO_INN}/devices");
    let certificates = format!("crpt/participants/{DEMO_INN}/certificates");
    let groups = format!("crpt/participants/{DEMO_INN}");
    let cases = [
        ("POST", "crpt/participants", json!({ "inn": DEMO_INN }), 409),
        ("POST", "crpt/participants", json!({ "inn": "12" }), 400),
        (
            "POST",
            "crpt/participants/1234567890/devices",
            json!({ "name": "x" }),
            404,
        ),
        (
            "POST",
            "crpt/participants/me/devices",
            json!({ "name": "x" }),
            400,
        ),
        ("POST", &device, json!({ "name": "Склад на Лиговке" }), 409),
        (
            "POST",
            &device,
            json!({ "name": "x", "omsConnection": DEMO_CONNECTION }),
            409,
        ),
        (
            "POST",
            &device,
            json!({ "name": "x", "omsConnection": "X" }),
            400,
        ),
        ("DELETE", &format!("{device}/{DEMO_OMS_ID}"), json!({}), 404),
        ("POST", &certificates, json!({ "certificate": "AAAA" }), 400),
        (
            "PATCH",
            &groups,
            json!({ "groups": { "LP": { "state": "ACTIVE" } } }),
            400,
        ),
        ("PUT", "crpt/settings", json!({ "suz": "TIRED" }), 400),
        (
            "POST",
            "crpt/participants",
            json!({ "inn": "5001007322" }),
            200,
        ),
        ("POST", &device, json!({ "name": "Вторая касса" }), 200),
    ];
    for (method, target, body, status) in cases {
        let reply = mark.control(method, target, &body).await;
        assert_eq!(
            reply.status,
            status,
            "{method} {target} {body}: {}",
            reply.json()
        );
    }
    let all = mark.control("GET", "crpt/participants", &Value::Null).await;
    assert_eq!(all.json()["participants"].as_array().unwrap().len(), 3);
}
