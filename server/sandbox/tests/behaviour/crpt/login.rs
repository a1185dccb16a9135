//! Signing in to True API and to СУЗ through it.

use base64::{Engine, engine::general_purpose::STANDARD};
use sandbox::{
    DEMO_CONNECTION, DEMO_DELETED_CONNECTION, DEMO_FOREIGN_CONNECTION, DEMO_FOREIGN_INN, DEMO_INN,
    DEMO_OMS_ID, DEMO_PUBLIC_KEY, Sandbox,
    crpt::{
        NewParticipant,
        ids::Inn,
        settings::{InnerCall, SettingsChange, TokenForm},
    },
};
use serde_json::json;

use super::{
    super::stand::{DAY_MS, NOW_MS},
    Mark, TEN_HOURS_MS, demo_inn,
    key::{INN, INN_OF_COMPANY, Key, Signing},
    message,
};

const BAD_SIGNATURE: &str = "Ошибка при проверке подписи";
const NO_ACCESS: &str = "Отсутствует доступ к ресурсу";

#[tokio::test]
async fn a_signed_challenge_gives_a_token_of_ten_hours() {
    let mark = Mark::new().await;
    let token = mark.device_token().await;
    let reply = mark.ping(&token, DEMO_OMS_ID).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    assert_eq!(reply.json()["omsId"], DEMO_OMS_ID);
    mark.sandbox.advance(TEN_HOURS_MS - 1).unwrap();
    assert_eq!(mark.ping(&token, DEMO_OMS_ID).await.status, 200);
    mark.sandbox.advance(1).unwrap();
    assert_eq!(mark.ping(&token, DEMO_OMS_ID).await.status, 401);
}

#[tokio::test]
async fn a_challenge_is_thirty_letters_and_good_for_one_attempt_in_five_minutes() {
    let mark = Mark::new().await;
    let key = Key::demo(DEMO_INN);
    let (uuid, data) = mark.challenge().await;
    assert_eq!(data.len(), 30);
    assert!(data.bytes().all(|byte| byte.is_ascii_uppercase()), "{data}");
    let signed = Signing::of(&key, data.as_bytes()).attached().base64();
    let body = json!({ "uuid": uuid, "data": signed });
    assert_eq!(mark.sign_in(None, &body).await.status, 200);
    let gone = format!("UUID не найден в хранилище ключей. UUID = {uuid}");
    assert_eq!(message(&mark.sign_in(None, &body).await), (400, gone));

    let (uuid, data) = mark.challenge().await;
    let signed = Signing::of(&key, data.as_bytes()).attached().base64();
    mark.sandbox.advance(5 * 60_000).unwrap();
    let body = json!({ "uuid": uuid, "data": signed });
    let gone = format!("UUID не найден в хранилище ключей. UUID = {uuid}");
    assert_eq!(message(&mark.sign_in(None, &body).await), (400, gone));
}

#[tokio::test]
async fn what_is_missing_is_told_in_the_documented_words() {
    let mark = Mark::new().await;
    let cases = [
        (
            json!({ "data": "x" }),
            "В запросе отсутствует идентификатор авторизации (UUID)",
        ),
        (
            json!({ "uuid": "x" }),
            "В запросе отсутствует параметр data",
        ),
        (
            json!({ "uuid": "x", "data": "x", "inn": "123" }),
            "В параметре inn должен быть передан ИНН организации, под которой планируется авторизация от МЧД",
        ),
        (
            json!({ "uuid": "x", "data": "x" }),
            "UUID не найден в хранилище ключей. UUID = x",
        ),
    ];
    for (body, words) in cases {
        let reply = mark.sign_in(Some(DEMO_CONNECTION), &body).await;
        assert_eq!(message(&reply), (400, words.to_owned()));
    }
    let target = "/true-api-host/api/v3/true-api/auth/simpleSignIn";
    let json_type = [("Content-Type", "application/json")];
    let empty = mark.call("POST", target, &json_type).await;
    let words = "Тело запроса не может быть пустым".to_owned();
    assert_eq!(message(&empty), (400, words));
    assert_eq!(mark.call("POST", target, &[]).await.status, 415);
    let xml = [("Accept", "application/xml")];
    let only_xml = super::send(
        mark.address,
        "GET",
        "/true-api-host/api/v3/true-api/auth/key",
        &xml,
        b"",
    );
    let reply = only_xml.await.unwrap();
    assert_eq!((reply.status, reply.body.len()), (406, 0));
    let wrong = mark.call("PUT", target, &[]).await;
    assert_eq!(wrong.status, 405);
    assert_eq!(
        mark.call("GET", "/true-api-host/api/v3/auth/key", &[])
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_signature_of_something_else_or_of_the_wrong_form_is_refused() {
    let mark = Mark::new().await;
    let key = Key::demo(DEMO_INN);
    let make = [
        |key: &Key, _: &str| Signing::of(key, b"SOMETHING ELSE").attached().base64(),
        |key: &Key, data: &str| Signing::of(key, data.as_bytes()).base64(),
        |key: &Key, data: &str| {
            let right = Signing::of(key, data.as_bytes()).attached().base64();
            let (first, second) = right.split_at(64);
            format!("{first}\r\n{second}")
        },
        |_: &Key, _: &str| STANDARD.encode("hello"),
    ];
    for make in make {
        let (uuid, data) = mark.challenge().await;
        let body = json!({ "uuid": uuid, "data": make(&key, &data) });
        let reply = mark.sign_in(Some(DEMO_CONNECTION), &body).await;
        assert_eq!(message(&reply), (400, BAD_SIGNATURE.to_owned()));
    }
    let refused: Vec<String> = mark
        .sandbox
        .signatures()
        .into_iter()
        .filter_map(|one| one.refused)
        .collect();
    assert_eq!(
        refused,
        [
            "something else than the challenge is signed",
            "the signature is detached, an attached one is due",
            "the signature is not base64 in one line",
            "not a CMS message: the message is cut off",
        ]
    );
}

#[tokio::test]
async fn only_a_user_of_the_company_may_sign_in() {
    let mark = Mark::new().await;
    let own = Key::of_its_own("nobody knows me", DEMO_INN);
    let refused = (403, NO_ACCESS.to_owned());
    assert_eq!(message(&mark.sign_in_with(&own, None).await), refused);
    let stranger = Key::demo("5001007322");
    assert_eq!(message(&mark.sign_in_with(&stranger, None).await), refused);

    let certificates = format!("crpt/participants/{DEMO_INN}/certificates");
    let made = mark
        .control(
            "POST",
            &certificates,
            &json!({ "certificate": own.base64() }),
        )
        .await;
    assert_eq!(made.json()["fingerprint"], own.fingerprint());
    assert_eq!(made.json()["inn"], DEMO_INN);
    assert_eq!(mark.sign_in_with(&own, None).await.status, 200);
    let replaced = Key::of_its_own("the key after a year", DEMO_INN);
    assert_eq!(message(&mark.sign_in_with(&replaced, None).await), refused);

    let one = format!("{certificates}/{}", own.fingerprint());
    assert_eq!(mark.control("DELETE", &one, &json!({})).await.status, 200);
    assert_eq!(mark.control("DELETE", &one, &json!({})).await.status, 404);
    assert_eq!(message(&mark.sign_in_with(&own, None).await), refused);

    let only = format!("crpt/participants/{DEMO_INN}");
    mark.control("PATCH", &only, &json!({ "demoKey": false }))
        .await;
    let demo = mark.sign_in_with(&Key::demo(DEMO_INN), None).await;
    assert_eq!(message(&demo), refused);
}

#[tokio::test]
async fn the_inn_is_read_where_old_and_new_certificates_have_it() {
    let mark = Mark::new().await;
    let words = b"Metka demo signing key: opens nothing but the sandbox";
    let until = NOW_MS + DAY_MS;
    for (oid, inn, status) in [
        (INN_OF_COMPANY, DEMO_INN.to_owned(), 200),
        (INN, format!("00{DEMO_INN}"), 200),
        (INN, format!("99{DEMO_INN}"), 403),
    ] {
        let key = Key::new(words, oid, &inn, until);
        let reply = mark.sign_in_with(&key, None).await;
        assert_eq!(reply.status, status, "{inn}");
    }
}

#[tokio::test]
async fn the_demo_key_is_the_one_whose_words_everybody_knows() {
    let certificate = Key::demo(DEMO_INN).certificate;
    let found = certificate
        .windows(65)
        .any(|bytes| bytes == DEMO_PUBLIC_KEY);
    assert!(found, "its public half is the constant");
}

#[tokio::test]
async fn a_certificate_counts_on_the_clock_of_the_world() {
    let mark = Mark::new().await;
    let key = Key::demo(DEMO_INN);
    mark.sandbox.advance(30 * DAY_MS - 3_600_000).unwrap();
    let reply = mark.sign_in_with(&key, Some(DEMO_CONNECTION)).await;
    let token = reply.json()["token"].as_str().unwrap().to_owned();
    mark.sandbox.advance(3_600_000 + 1_000).unwrap();
    let late = mark.ping(&token, DEMO_OMS_ID).await;
    assert_eq!(late.status, 401, "no token outlives its certificate");
    let reply = mark.sign_in_with(&key, Some(DEMO_CONNECTION)).await;
    assert_eq!(message(&reply), (400, BAD_SIGNATURE.to_owned()));
    mark.sandbox.advance(-100 * DAY_MS).unwrap();
    let reply = mark.sign_in_with(&key, Some(DEMO_CONNECTION)).await;
    assert_eq!(message(&reply), (400, BAD_SIGNATURE.to_owned()));
}

#[tokio::test]
async fn only_a_living_device_of_the_company_gets_a_token() {
    let mark = Mark::new().await;
    let key = Key::demo(DEMO_INN);
    let upper = DEMO_CONNECTION.to_ascii_uppercase();
    for connection in [
        DEMO_DELETED_CONNECTION,
        DEMO_FOREIGN_CONNECTION,
        DEMO_OMS_ID,
        &upper,
        "hello",
    ] {
        let reply = mark.sign_in_with(&key, Some(connection)).await;
        let words = format!("Внешнее подключение {connection} не найдено");
        assert_eq!(message(&reply), (400, words));
    }
    let before = mark.device_token().await;
    let device = format!("crpt/participants/{DEMO_INN}/devices/{DEMO_CONNECTION}");
    mark.control("DELETE", &device, &json!({})).await;
    let reply = mark.sign_in_with(&key, Some(DEMO_CONNECTION)).await;
    assert_eq!(reply.status, 400);
    assert_eq!(mark.ping(&before, DEMO_OMS_ID).await.status, 401);
}

#[tokio::test]
async fn a_user_of_several_companies_says_which() {
    let mark = Mark::new().await;
    let person = Key::new(b"a person", INN, "500100732259", NOW_MS + DAY_MS);
    for inn in [DEMO_INN, DEMO_FOREIGN_INN] {
        let inn = Inn::new(inn).unwrap();
        mark.sandbox
            .register_certificate(&inn, &person.base64())
            .unwrap();
    }
    assert_eq!(mark.sign_in_with(&person, None).await.status, 400);
    let ask = async |inn: &str| {
        let (uuid, data) = mark.challenge().await;
        let signed = Signing::of(&person, data.as_bytes()).attached().base64();
        let body = json!({ "uuid": uuid, "data": signed, "inn": inn });
        mark.sign_in(Some(DEMO_CONNECTION), &body).await.status
    };
    assert_eq!(ask(DEMO_INN).await, 200);
    assert_eq!(ask(DEMO_FOREIGN_INN).await, 400, "the device is another's");
    assert_eq!(ask("5001007322").await, 403);
}

#[tokio::test]
async fn a_token_is_told_in_the_form_that_is_set() {
    let mark = Mark::new().await;
    let key = Key::demo(DEMO_INN);
    let set = |form| {
        let change = SettingsChange {
            token_form: Some(form),
            ..SettingsChange::default()
        };
        mark.sandbox.change_crpt_settings(change).unwrap();
    };
    set(TokenForm::UuidToken);
    let told = mark.sign_in_with(&key, Some(DEMO_CONNECTION)).await.json();
    assert_eq!(told["token"], json!(null));
    let until = told["expireDate"].as_str().unwrap();
    let until: jiff::Timestamp = until.parse().unwrap();
    assert_eq!(until.as_millisecond(), NOW_MS + TEN_HOURS_MS);
    let token = told["uuidToken"].as_str().unwrap();
    assert_eq!(mark.ping(token, DEMO_OMS_ID).await.status, 200);

    set(TokenForm::Both);
    let told = mark.sign_in_with(&key, None).await.json();
    assert_eq!(told["uuidToken"], json!(null), "it was not asked for");
    let (uuid, data) = mark.challenge().await;
    let signed = Signing::of(&key, data.as_bytes()).attached().base64();
    let body = json!({ "uuid": uuid, "data": signed, "unitedToken": true });
    let told = mark.sign_in(None, &body).await.json();
    assert!(told["token"].as_str().unwrap().starts_with("eyJ"));
    for name in ["token", "uuidToken"] {
        let bearer = format!("Bearer {}", told[name].as_str().unwrap());
        let profile = "/suz-host/api/v3/integration/profile";
        let reply = mark
            .call("GET", profile, &[("Authorization", &bearer)])
            .await;
        assert_eq!(reply.status, 200, "{name}");
    }
}

#[tokio::test]
async fn suz_that_does_not_answer_true_api_spoils_the_login_of_devices_alone() {
    let mark = Mark::new().await;
    let key = Key::demo(DEMO_INN);
    let settings = json!({ "suzBehindTrueApi": "TIMED_OUT" });
    mark.control("PUT", "crpt/settings", &settings).await;
    let reply = mark.sign_in_with(&key, Some(DEMO_CONNECTION)).await;
    let (status, words) = message(&reply);
    assert_eq!(status, 500);
    assert!(
        words.starts_with("SuzServiceProxy#getTokenFromSuz"),
        "{words}"
    );
    assert!(words.contains("timed-out"), "{words}");
    assert_eq!(mark.sign_in_with(&key, None).await.status, 200);
    let settings = mark.sandbox.world().crpt.settings;
    assert_eq!(settings.suz_behind_true_api, InnerCall::TimedOut);
    let settings = json!({ "suzBehindTrueApi": "AVAILABLE" });
    mark.control("PUT", "crpt/settings", &settings).await;
    mark.device_token().await;
}

#[tokio::test]
async fn a_restart_keeps_tokens_challenges_and_all_that_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let demo = || sandbox::World::demo(sandbox::Clock::manual(NOW_MS));
    let mark = Mark::of(Sandbox::open(&path, demo).unwrap()).await;
    let new = NewParticipant::of(Inn::new("5001007322").unwrap());
    mark.sandbox.create_participant(new).unwrap();
    let token = mark.device_token().await;
    let bearer = mark.bearer().await;
    let (uuid, data) = mark.challenge().await;
    mark.control(
        "PUT",
        "crpt/settings",
        &json!({ "registration": "UNREACHABLE" }),
    )
    .await;

    let again = Sandbox::open(&path, || panic!("the world is in the file")).unwrap();
    let before = mark.sandbox.world().crpt;
    let after = again.world().crpt;
    assert_eq!(after.participants, before.participants);
    assert_eq!(after.settings, before.settings);
    assert_eq!(after.participants.len(), 3);
    let mark = Mark::of(again).await;
    assert_eq!(mark.ping(&token, DEMO_OMS_ID).await.status, 200);
    let profile = "/suz-host/api/v3/integration/profile";
    let reply = mark
        .call("GET", profile, &[("Authorization", &bearer)])
        .await;
    assert_eq!(reply.status, 200);
    let key = Key::demo(DEMO_INN);
    let signed = Signing::of(&key, data.as_bytes()).attached().base64();
    let body = json!({ "uuid": uuid, "data": signed });
    assert_eq!(mark.sign_in(None, &body).await.status, 200);
    let next = mark.device_token().await;
    assert_ne!(next, token, "numbers go on");
    let shop = mark.sandbox.participant(&demo_inn()).unwrap();
    assert_eq!(shop.devices[0].given, 2);
}
