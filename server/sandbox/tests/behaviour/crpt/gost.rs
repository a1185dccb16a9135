//! Real GOST R 34.10-2012 keys.

use base64::{Engine, engine::general_purpose::STANDARD};
use sandbox::{
    Clock, DEMO_CONNECTION, DEMO_INN, DEMO_OMS_ID, DEMO_REGISTRATION_KEY, REGISTRATION_HOST,
    Sandbox, World,
    crpt::cms::{SignatureAlgorithm, Verification},
};
use serde_json::{Value, json};

use super::{
    Mark, demo_inn, message,
    openssl::{KeyFile, Kind, need_gost},
};

/// A world of today, as the certificates are, with a registered key.
async fn mark_with(kind: Kind) -> (Mark, KeyFile, tempfile::TempDir) {
    let mark = Mark::of(Sandbox::new(World::demo(Clock::live()))).await;
    need_gost(&mark.sandbox).await;
    let folder = tempfile::tempdir().unwrap();
    let key = KeyFile::make(folder.path(), "company", kind, DEMO_INN, 1);
    mark.sandbox
        .register_certificate(&demo_inn(), &key.pem())
        .unwrap();
    (mark, key, folder)
}

async fn sign_in(mark: &Mark, key: &KeyFile, options: &[&str]) -> super::Reply {
    let (uuid, data) = mark.challenge().await;
    let signed = STANDARD.encode(key.sign(data.as_bytes(), options));
    let body = json!({ "uuid": uuid, "data": signed });
    mark.sign_in(Some(DEMO_CONNECTION), &body).await
}

#[tokio::test]
async fn a_login_with_a_real_key_is_accepted_in_der_and_in_ber() {
    for (kind, algorithm) in [
        (Kind::Gost256, SignatureAlgorithm::Gost256),
        (Kind::Gost512, SignatureAlgorithm::Gost512),
    ] {
        let (mark, key, _folder) = mark_with(kind).await;
        for options in [&["-nodetach"][..], &["-nodetach", "-stream"]] {
            let reply = sign_in(&mark, &key, options).await;
            assert_eq!(reply.status, 200, "{kind:?} {options:?}: {}", reply.json());
            let token = reply.json()["token"].as_str().unwrap().to_owned();
            assert_eq!(mark.ping(&token, DEMO_OMS_ID).await.status, 200);
        }
        let record = mark.sandbox.signatures().pop().unwrap();
        assert_eq!(record.algorithm, Some(algorithm));
        assert_eq!(record.verification, Some(Verification::Verified));
        assert_eq!(record.inn.as_deref(), Some(DEMO_INN));
        let reply = sign_in(&mark, &key, &[]).await;
        let words = "Ошибка при проверке подписи".to_owned();
        assert_eq!(message(&reply), (400, words), "a detached one");
    }
}

#[tokio::test]
async fn a_login_with_one_changed_byte_is_refused_wherever_it_is() {
    let (mark, key, _folder) = mark_with(Kind::Gost256).await;
    let (_, data) = mark.challenge().await;
    let length = key.sign(data.as_bytes(), &["-nodetach"]).len();
    for place in (0..length).step_by(length / 12) {
        let (uuid, data) = mark.challenge().await;
        let mut signed = key.sign(data.as_bytes(), &["-nodetach"]);
        let place = place.min(signed.len() - 1);
        signed[place] ^= 0x01;
        let body = json!({ "uuid": uuid, "data": STANDARD.encode(signed) });
        let reply = mark.sign_in(Some(DEMO_CONNECTION), &body).await;
        let words = "Ошибка при проверке подписи".to_owned();
        assert_eq!(message(&reply), (400, words), "byte {place}");
    }
}

#[tokio::test]
async fn a_signed_body_is_accepted_and_one_changed_byte_refused() {
    let (mark, key, _folder) = mark_with(Kind::Gost256).await;
    let body = r#"{"address": "Лиговский, 1", "name": "Настоящая подпись"}"#.as_bytes();
    let signature = STANDARD.encode(key.sign(body, &[]));
    let target = format!("{REGISTRATION_HOST}/api/v3/integration/connection?omsId={DEMO_OMS_ID}");
    let headers = [
        ("Content-Type", "application/json"),
        ("X-RegistrationKey", DEMO_REGISTRATION_KEY),
        ("X-Signature", &signature),
    ];
    let send =
        async |body: &[u8]| -> Value { mark.send("POST", &target, &headers, body).await.json() };
    for place in 0..body.len() {
        let mut changed = body.to_vec();
        changed[place] ^= 0x01;
        let told = send(&changed).await;
        assert_eq!(told["status"], "REJECTED", "byte {place}");
        assert_eq!(
            told["rejectionReason"],
            "Signature validation failed: message-digest attribute value does not match calculated value"
        );
    }
    assert_eq!(send(body).await["status"], "SUCCESS");
}

#[tokio::test]
async fn without_openssl_the_value_is_not_verified_and_that_is_recorded() {
    let (mark, key, _folder) = mark_with(Kind::Gost256).await;
    let body = b"{}";
    let mut spoiled = key.sign(body, &[]);
    *spoiled.last_mut().unwrap() ^= 0x01;
    let spoiled = STANDARD.encode(spoiled);
    let verified = mark
        .sandbox
        .check_signature(DEMO_OMS_ID, body, &spoiled)
        .await;
    assert!(!verified.accepted, "{verified:?}");

    mark.sandbox.set_openssl("/nowhere/openssl");
    assert!(!mark.sandbox.verifies_gost().await);
    let check = mark
        .sandbox
        .check_signature(DEMO_OMS_ID, body, &spoiled)
        .await;
    assert!(check.accepted, "{check:?}");
    assert_eq!(check.record.verification, Some(Verification::Unverified));
    let changed = mark
        .sandbox
        .check_signature(DEMO_OMS_ID, b"[]", &spoiled)
        .await;
    assert!(!changed.accepted, "all the rest is checked as ever");
    let told = mark
        .control("GET", "crpt/signatures", &Value::Null)
        .await
        .json();
    let verifications: Vec<&Value> = told["signatures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["verification"])
        .collect();
    assert_eq!(
        verifications,
        [&json!(null), &json!("UNVERIFIED"), &json!(null)]
    );
}
