//! True API's login: `auth/key`, then `auth/simpleSignIn` with or without a device (True API, 1.5 and 11; edition 62,
//! 9.3.2).

use crate::{
    answer::not_understood,
    call::{Account, Call, Pass, one_line},
    client::Client,
    expiry,
};
use desk::{
    server::ports::{
        call::CallError,
        suz_api::{Challenge, FreshToken, SignedChallenge},
    },
    suz::{ConnectionId, Contour, Service},
    time::Timestamp,
};
use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The answer of `GET auth/key`.
#[derive(Deserialize)]
struct AuthKeyResponse {
    uuid: String,
    data: String,
}

/// The body of `POST auth/simpleSignIn[/{omsConnection}]`.
#[derive(Serialize)]
struct SimpleSignInRequest<'a> {
    uuid: &'a str,
    data: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    inn: Option<String>,
}

/// Its answer. `uuidToken` with `expireDate` is what True API means to give instead of `token`, and gives already in
/// places.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SimpleSignInResponse {
    token: Option<String>,
    uuid_token: Option<String>,
    expire_date: Option<Value>,
}

/// Asks for something to sign.
pub(crate) async fn challenge(client: &Client, contour: Contour) -> Result<Challenge, CallError> {
    let answer: AuthKeyResponse = client
        .request(&Call {
            name: "auth/key",
            contour,
            service: Service::TrueApi,
            method: &Method::GET,
            path: &["true-api", "auth", "key"],
            query: &[],
            pass: Pass::Open,
            body: None,
            signature: None,
            account: Account::Nobody,
        })
        .await?;
    if answer.uuid.is_empty() || answer.data.is_empty() {
        return Err(not_understood(200, "uuid, data: one of them is empty"));
    }
    Ok(Challenge {
        uuid: answer.uuid,
        data: answer.data,
    })
}

/// Gives the signed challenge back: for a device, or for the participant itself.
pub(crate) async fn sign_in(
    client: &Client,
    contour: Contour,
    device: Option<&ConnectionId>,
    challenge: SignedChallenge<'_>,
) -> Result<FreshToken, CallError> {
    let request = SimpleSignInRequest {
        uuid: challenge.uuid,
        data: &one_line(challenge.signature)?,
        inn: challenge.on_behalf_of.map(ToString::to_string),
    };
    let body =
        serde_json::to_vec(&request).map_err(|error| CallError::Argument(error.to_string()))?;
    let connection = device.map(|device| device.to_wire());
    let mut path = vec!["true-api", "auth", "simpleSignIn"];
    path.extend(connection.as_deref());
    let answer: SimpleSignInResponse = client
        .request(&Call {
            name: "auth/simpleSignIn",
            contour,
            service: Service::TrueApi,
            method: &Method::POST,
            path: &path,
            query: &[],
            pass: Pass::Open,
            body: Some(&body),
            signature: None,
            account: device.map_or(Account::Nobody, Account::Device),
        })
        .await?;
    token(answer, client.now())
}

fn token(answer: SimpleSignInResponse, now: Timestamp) -> Result<FreshToken, CallError> {
    let value = [answer.token, answer.uuid_token]
        .into_iter()
        .flatten()
        .map(|token| token.trim().to_owned())
        .find(|token| !token.is_empty())
        .ok_or_else(|| not_understood(200, "neither `token` nor `uuidToken` is there"))?;
    let said = answer.expire_date.as_ref().and_then(expiry::of_date);
    let expires = [said, expiry::of_token(&value)]
        .into_iter()
        .flatten()
        .find_map(|moment| expiry::believable(moment, now));
    Ok(FreshToken {
        value: SecretString::from(value),
        expires,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::decode;
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
    use proptest::prelude::*;
    use secrecy::ExposeSecret;

    /// 2026-11-23 14:36:12 UTC.
    const NOW: Timestamp = Timestamp(1_795_444_572_000);
    const UUID: &str = "0cc2e4b0-5e2a-4d1c-9d5c-5a6b7c8d9e0f";

    fn read(body: &[u8]) -> Result<FreshToken, CallError> {
        decode(200, body).and_then(|answer| token(answer, NOW))
    }

    fn given(body: &str) -> (String, Option<i64>) {
        let token = read(body.as_bytes()).unwrap();
        let hours = token
            .expires
            .map(|moment| moment.millis_since(NOW) / 3_600_000);
        (token.value.expose_secret().to_owned(), hours)
    }

    #[test]
    fn either_token_is_taken_with_their_own_end() {
        for (body, hours) in [
            (format!(r#"{{"token":"{UUID}"}}"#), None),
            (
                format!(r#"{{"uuidToken":"{UUID}","expireDate":"2026-11-24T00:36:12Z"}}"#),
                Some(10),
            ),
            (
                format!(r#"{{"token":null,"uuidToken":" {UUID}\n","expireDate":1795466172000}}"#),
                Some(6),
            ),
            (
                format!(r#"{{"token":"","uuidToken":"{UUID}","expireDate":"1795466172"}}"#),
                Some(6),
            ),
            (
                format!(r#"{{"token":"{UUID}","expireDate":"soon","lifeTime":600}}"#),
                None,
            ),
            (
                format!(r#"{{"token":"{UUID}","expireDate":"2020-01-01T00:00:00Z"}}"#),
                None,
            ),
            (format!(r#"{{"token":"{UUID}","expireDate":{{}}}}"#), None),
        ] {
            assert_eq!(given(&body), (UUID.to_owned(), hours), "{body}");
        }
    }

    #[test]
    fn a_jwt_without_an_end_beside_it_tells_its_own() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"exp":1795448172}"#);
        let jwt = format!("e30.{claims}.c2ln");
        assert_eq!(given(&format!(r#"{{"token":"{jwt}"}}"#)), (jwt, Some(1)));
    }

    #[test]
    fn of_two_tokens_the_first_is_the_one_that_was_asked_for() {
        let body = r#"{"uuidToken":"united","token":"plain"}"#;
        assert_eq!(given(body).0, "plain");
    }

    #[test]
    fn an_answer_without_a_token_is_not_understood() {
        for body in [
            "{}",
            r#"{"token":""}"#,
            r#"{"token":{}}"#,
            r#"{"code":"a code"}"#,
            "[]",
            "null",
            "<html>",
            "",
        ] {
            let failure = read(body.as_bytes()).map(|_| ());
            assert!(
                matches!(failure, Err(CallError::NotUnderstood { http: 200, .. })),
                "{body}: {failure:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_answer_is_too_odd_and_none_is_quoted(
            bytes in prop_oneof![
                proptest::collection::vec(any::<u8>(), 0..120),
                "\\{\"(token|uuidToken|expireDate)\":(\"secret-[a-z]{0,9}\"|[0-9]{0,25}|null|\\[\"secret-x\"\\])[,}]?"
                    .prop_map(String::into_bytes),
            ],
        ) {
            match read(&bytes) {
                Ok(token) => {
                    prop_assert!(!token.value.expose_secret().trim().is_empty());
                    prop_assert!(token.expires.is_none_or(|moment| moment > NOW));
                }
                Err(error) => prop_assert!(!error.to_string().contains("secret")),
            }
        }
    }
}
