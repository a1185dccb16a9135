//! Making, listing and deleting devices, the first thing that is done by a signed body.

use sandbox::{
    DEMO_CONNECTION, DEMO_DELETED_CONNECTION, DEMO_FOREIGN_CONNECTION, DEMO_FOREIGN_INN,
    DEMO_FOREIGN_OMS_ID, DEMO_INN, DEMO_OMS_ID, DEMO_REGISTRATION_KEY, REGISTRATION_HOST,
};
use serde_json::{Value, json};

use super::{
    super::stand::Reply,
    Mark, global_error,
    key::{Key, Signing},
};

const BODY: &[u8] = r#"{"address": "Санкт-Петербург, Лиговский, 1",  "name": "Метка"}"#.as_bytes();

struct Registering<'a> {
    oms_id: &'a str,
    key: &'a str,
    body: &'a [u8],
    signature: Option<String>,
}

impl<'a> Registering<'a> {
    /// A right one of the demo participant.
    fn of(body: &'a [u8]) -> Self {
        let signature = Signing::of(&Key::demo(DEMO_INN), body).base64();
        Self {
            oms_id: DEMO_OMS_ID,
            key: DEMO_REGISTRATION_KEY,
            body,
            signature: Some(signature),
        }
    }

    async fn send(&self, mark: &Mark) -> Reply {
        let target = format!(
            "{REGISTRATION_HOST}/api/v3/integration/connection?omsId={}",
            self.oms_id
        );
        let mut headers = vec![
            ("Content-Type", "application/json;charset=UTF-8"),
            ("X-RegistrationKey", self.key),
        ];
        headers.extend(self.signature.as_deref().map(|text| ("X-Signature", text)));
        mark.send("POST", &target, &headers, self.body).await
    }
}

fn reason(reply: &Reply) -> String {
    let told = reply.json();
    assert_eq!((reply.status, &told["status"]), (200, &json!("REJECTED")));
    told["rejectionReason"].as_str().unwrap().to_owned()
}

fn listed(reply: &Reply) -> (Vec<String>, i64) {
    let told = reply.json();
    let infos = told["omsConnectionInfos"].as_array().unwrap();
    let ids = infos
        .iter()
        .map(|info| info["omsConnection"].as_str().unwrap().to_owned())
        .collect();
    (ids, told["total"].as_i64().unwrap())
}

#[tokio::test]
async fn a_device_is_registered_listed_used_and_deleted() {
    let mark = Mark::new().await;
    let made = Registering::of(BODY).send(&mark).await.json();
    assert_eq!(
        (&made["status"], &made["name"]),
        (&json!("SUCCESS"), &json!("Метка"))
    );
    let made = made["omsConnection"].as_str().unwrap();
    let key = Key::demo(DEMO_INN);
    let token = mark.sign_in_with(&key, Some(made)).await.json();
    let token = token["token"].as_str().unwrap();
    let all = mark.connections("GET", token, "").await;
    assert_eq!(
        listed(&all),
        (vec![DEMO_CONNECTION.to_owned(), made.to_owned()], 2)
    );
    let info = &all.json()["omsConnectionInfos"][1];
    assert_eq!(info["programName"], "Метка");
    assert_eq!(info["address"], "Санкт-Петербург, Лиговский, 1");
    let page = mark.connections("GET", token, "&limit=1&offset=1").await;
    assert_eq!(listed(&page), (vec![made.to_owned()], 2));
    let too_many = mark.connections("GET", token, "&limit=101").await;
    assert_eq!(too_many.status, 400);

    let gone = format!("&omsConnection={made}");
    let reply = mark.connections("DELETE", token, &gone).await;
    assert_eq!(reply.json(), json!({ "success": true }));
    assert_eq!(mark.ping(token, DEMO_OMS_ID).await.status, 401);
    let token = mark.device_token().await;
    for id in [made, DEMO_DELETED_CONNECTION, DEMO_FOREIGN_CONNECTION] {
        let gone = format!("&omsConnection={id}");
        let reply = mark.connections("DELETE", &token, &gone).await;
        assert_eq!(global_error(&reply).0, 404, "{id}");
    }
    let all = mark.connections("GET", &token, "").await;
    assert_eq!(listed(&all), (vec![DEMO_CONNECTION.to_owned()], 1));
}

#[tokio::test]
async fn a_body_changed_after_signing_is_rejected_in_the_known_words() {
    let mark = Mark::new().await;
    let digest = "Signature validation failed: message-digest attribute value does not match calculated value";
    let compact = serde_json::from_slice::<Value>(BODY).unwrap().to_string();
    let changed = [compact.as_bytes(), &[BODY, b" "].concat(), &BODY[1..]];
    for body in changed {
        let registering = Registering {
            body,
            ..Registering::of(BODY)
        };
        assert_eq!(reason(&registering.send(&mark).await), digest);
    }
    let mut value = Registering::of(BODY);
    let mut right = value.signature.take().unwrap().into_bytes();
    // The last byte but one of the value; the message stays CMS.
    let place = right.len() - 6;
    right[place] = if right[place] == b'A' { b'B' } else { b'A' };
    value.signature = String::from_utf8(right).ok();
    let words = reason(&value.send(&mark).await);
    assert_eq!(
        words,
        "Signature validation failed: the signature value does not match"
    );
}

#[tokio::test]
async fn an_attached_signature_is_413_and_none_is_400() {
    let mark = Mark::new().await;
    let attached = Signing::of(&Key::demo(DEMO_INN), BODY).attached().base64();
    let mut registering = Registering::of(BODY);
    registering.signature = Some(attached);
    assert_eq!(global_error(&registering.send(&mark).await).0, 413);
    registering.signature = None;
    let reply = registering.send(&mark).await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json()["fieldErrors"][0]["fieldName"], "X-Signature");
}

#[tokio::test]
async fn key_company_signer_and_name_must_be_right() {
    let mark = Mark::new().await;
    let send = async |change: &dyn Fn(&mut Registering<'_>)| {
        let mut registering = Registering::of(BODY);
        change(&mut registering);
        reason(&registering.send(&mark).await)
    };
    let words = send(&|it| it.key = "00000000-0000-4000-8000-000000000000").await;
    assert_eq!(words, "Код регистрации интеграционного решения не найден");
    let words = send(&|it| it.oms_id = DEMO_CONNECTION).await;
    assert_eq!(words, "Участник с указанным идентификатором СУЗ не найден");
    let words = send(&|it| it.oms_id = DEMO_FOREIGN_OMS_ID).await;
    assert_eq!(words, "Подписант не является пользователем участника");
    let neighbour = Signing::of(&Key::demo(DEMO_FOREIGN_INN), BODY).base64();
    let words = send(&|it| it.signature = Some(neighbour.clone())).await;
    assert_eq!(words, "Подписант не является пользователем участника");
    let same = r#"{"address": "Москва", "name": "Склад на Лиговке"}"#;
    let reply = Registering::of(same.as_bytes()).send(&mark).await;
    let words = "Внешнее подключение с указанным наименованием уже зарегистрировано";
    assert_eq!(reason(&reply), words);

    let nameless = Registering::of(br#"{"address": "x"}"#).send(&mark).await;
    assert_eq!(nameless.json()["name"].as_str().unwrap().len(), 36);
    for body in [
        &br#"{"name": "x"}"#[..],
        br#"{"address": ""}"#,
        b"[",
        b"\xff",
    ] {
        assert_eq!(Registering::of(body).send(&mark).await.status, 400);
    }
    let participant = format!("crpt/participants/{DEMO_INN}");
    mark.control("PATCH", &participant, &json!({ "profileStatus": "LOCKED" }))
        .await;
    let reply = Registering::of(BODY).send(&mark).await;
    assert_eq!(reason(&reply), "Профиль участника заблокирован");
}
