//! What a signature must be like, on P-256, where every wrong one can be made.

use sandbox::{DEMO_FOREIGN_OMS_ID, DEMO_INN, DEMO_OMS_ID, crpt::BodyCheck};
use serde_json::{Value, json};

use super::{
    super::stand::DAY_MS,
    Mark, demo_inn,
    key::{DUE, Key, Signing},
};

const BODY: &[u8] = br#"{"productGroup":"lp","products":[]}"#;

async fn check(mark: &Mark, signing: &Signing<'_>) -> BodyCheck {
    mark.sandbox
        .check_signature(DEMO_OMS_ID, BODY, &signing.base64())
        .await
}

async fn objection(mark: &Mark, signing: &Signing<'_>) -> String {
    let check = check(mark, signing).await;
    assert!(!check.accepted);
    let words = check.objection.unwrap();
    words
        .strip_prefix("Signature validation failed: ")
        .unwrap_or(&words)
        .to_owned()
}

#[tokio::test]
async fn a_right_one_is_accepted_and_recorded() {
    let mark = Mark::new().await;
    let key = Key::demo(DEMO_INN);
    let signature = Signing::of(&key, BODY).base64();
    let target = format!("/_sandbox/crpt/check-signature?omsId={DEMO_OMS_ID}");
    let reply = mark
        .send("POST", &target, &[("X-Signature", &signature)], BODY)
        .await;
    let told = reply.json();
    assert_eq!(told["accepted"], true, "{told}");
    assert_eq!(told["algorithm"], "ECDSA-P256-SHA256");
    assert_eq!(told["verification"], "VERIFIED");
    assert_eq!(told["fingerprint"], key.fingerprint());
    assert_eq!(
        (&told["inn"], &told["owner"]),
        (&json!(DEMO_INN), &json!("Общество «Проверка»"))
    );
    let record = mark.control("GET", "crpt/signatures", &Value::Null).await;
    let record = &record.json()["signatures"][0];
    assert_eq!(record["refused"], json!(null));
    assert_eq!(record["fingerprint"], key.fingerprint());
}

#[tokio::test]
async fn every_rule_is_kept() {
    let mark = Mark::new().await;
    let key = Key::demo(DEMO_INN);
    let other = Key::of_its_own("other", DEMO_INN);
    let right = || Signing::of(&key, BODY);
    for (without, name) in
        DUE.into_iter()
            .zip(["content-type", "message-digest", "signing-certificate-v2"])
    {
        let signing = Signing {
            without: vec![without],
            ..right()
        };
        let words = objection(&mark, &signing).await;
        assert_eq!(
            words,
            format!("the signed attribute {name} is missing or wrong")
        );
    }
    let wrong = [
        (
            Signing {
                content: b"{}",
                ..right()
            },
            "message-digest attribute value does not match calculated value",
        ),
        (
            Signing {
                named: Some(&other),
                ..right()
            },
            "signing-certificate-v2 does not name the signer's certificate",
        ),
        (
            Signing {
                certificate: Some(&other),
                named: Some(&other),
                ..right()
            },
            "the signature value does not match",
        ),
        (
            Signing {
                attached: true,
                ..right()
            },
            "the signature is attached, a detached one is due",
        ),
        (
            Signing {
                unsorted: true,
                ..right()
            },
            "not a CMS message: the signer's part is not in DER",
        ),
        (
            Signing {
                signers: 2,
                ..right()
            },
            "2 signers, one is due",
        ),
        (
            Signing {
                signers: 0,
                ..right()
            },
            "0 signers, one is due",
        ),
    ];
    for (signing, words) in wrong {
        assert_eq!(objection(&mark, &signing).await, words);
    }
    assert!(check(&mark, &right()).await.accepted);
}

#[tokio::test]
async fn the_signer_must_be_a_user_with_a_valid_certificate() {
    let mark = Mark::new().await;
    let key = Key::demo(DEMO_INN);
    let foreign = mark
        .sandbox
        .check_signature(DEMO_FOREIGN_OMS_ID, BODY, &Signing::of(&key, BODY).base64())
        .await;
    let words = "Подписант не является пользователем участника";
    assert_eq!(foreign.objection.as_deref(), Some(words));
    let own = Key::of_its_own("own", DEMO_INN);
    assert_eq!(objection(&mark, &Signing::of(&own, BODY)).await, words);
    mark.sandbox
        .register_certificate(&demo_inn(), &own.base64())
        .unwrap();
    assert!(check(&mark, &Signing::of(&own, BODY)).await.accepted);
    mark.sandbox.advance(31 * DAY_MS).unwrap();
    let words = objection(&mark, &Signing::of(&own, BODY)).await;
    assert_eq!(words, "certificate is not valid at this time");
}
