//! What goes wrong, for every call alike: the kinds of failure are kept apart, and nothing is sent twice.

use crate::{
    doubles::{
        BEARER, BrokenLimits, DEVICE, KEY, OMS_ID, TOKEN, bench, bench_with, device, oms_id,
        secret, settings,
    },
    stand_in::{Reply, StandIn},
};
use desk::{
    server::ports::{
        call::CallError,
        clock::Clock,
        suz_api::{SignedChallenge, SignedRegistration, SuzApi},
    },
    submission::{TheirError, TheirWords},
    suz::Contour,
    time::Timestamp,
};
use std::{sync::Arc, time::Duration};
use suz::{Hosts, Settings, Suz};
use tokio::{net::TcpListener, task::JoinSet};

/// Every call of the port that makes a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Endpoint {
    Challenge,
    SignInDevice,
    SignIn,
    Profile,
    Balance,
    Ping,
    Devices,
    Register,
    Delete,
}

impl Endpoint {
    pub(crate) const ALL: [Self; 9] = [
        Self::Challenge,
        Self::SignInDevice,
        Self::SignIn,
        Self::Profile,
        Self::Balance,
        Self::Ping,
        Self::Devices,
        Self::Register,
        Self::Delete,
    ];

    /// Makes the call and returns how it failed.
    pub(crate) async fn failure(self, suz: &Suz) -> CallError {
        self.failure_with(suz, Contour::Sandbox, "").await
    }

    /// The same in any contour, with something after every secret.
    async fn failure_with(self, suz: &Suz, contour: Contour, after: &str) -> CallError {
        let (oms_id, device) = (oms_id(), device());
        let token = secret(&format!("{TOKEN}{after}"));
        let bearer = secret(&format!("{BEARER}{after}"));
        let key = secret(&format!("{KEY}{after}"));
        let signature = format!("MIIBAA=={after}");
        let challenge = SignedChallenge {
            uuid: "b1a2c3d4-0000-4000-8000-000000000001",
            signature: &signature,
            on_behalf_of: None,
        };
        let outcome = match self {
            Self::Challenge => suz.challenge(contour).await.map(drop),
            Self::SignInDevice => suz
                .sign_in_device(contour, &device, challenge)
                .await
                .map(drop),
            Self::SignIn => suz.sign_in(contour, challenge).await.map(drop),
            Self::Profile => suz.profile(contour, &bearer).await.map(drop),
            Self::Balance => suz.balance(contour, &bearer).await.map(drop),
            Self::Ping => suz.ping(contour, &token, &oms_id).await.map(drop),
            Self::Devices => suz.devices(contour, &token, &oms_id).await.map(drop),
            Self::Register => suz
                .register_device(
                    contour,
                    SignedRegistration {
                        oms_id: &oms_id,
                        key: &key,
                        body: b"{}",
                        signature: &signature,
                    },
                )
                .await
                .map(drop),
            Self::Delete => suz
                .delete_device(contour, &token, &oms_id, &device)
                .await
                .map(drop),
        };
        outcome.expect_err("the server was told to fail")
    }
}

fn refused(http: u16, code: &str, message: &str) -> CallError {
    CallError::Refused(TheirWords {
        http,
        errors: vec![TheirError {
            code: code.into(),
            message: Some(message.into()),
        }],
    })
}

/// Answers with one reply and counts the requests.
async fn answered(endpoint: Endpoint, reply: Reply) -> CallError {
    let stand_in = StandIn::start([reply]).await;
    let failure = endpoint.failure(&bench(&stand_in.url).suz).await;
    assert_eq!(stand_in.received().len(), 1, "{endpoint:?}");
    failure
}

#[tokio::test]
async fn a_refusal_is_told_verbatim_and_asked_once() {
    for endpoint in Endpoint::ALL {
        for http in [400, 401, 403, 404, 413] {
            let suz = r#"{"success":false,"globalErrors":[{"error":"Объект не найден","errorCode":"2010"}]}"#;
            assert_eq!(
                answered(endpoint, Reply::json(http, suz)).await,
                refused(http, "2010", "Объект не найден"),
            );
            let true_api = r#"{"error_message":"Отсутствует доступ к ресурсу"}"#;
            assert_eq!(
                answered(endpoint, Reply::json(http, true_api)).await,
                refused(http, "", "Отсутствует доступ к ресурсу"),
            );
            assert_eq!(
                answered(endpoint, Reply::page(http, "413 Request Entity Too Large")).await,
                refused(http, "", "413 Request Entity Too Large"),
            );
        }
    }
}

#[tokio::test]
async fn the_words_of_1140_come_without_token_and_oms_id() {
    let words = format!(
        "Маркер безопасности {TOKEN} не соответствует указанному в запросе идентификатору СУЗ {}",
        OMS_ID.to_uppercase()
    );
    let body =
        format!(r#"{{"success":false,"globalErrors":[{{"error":"{words}","errorCode":1140}}]}}"#);
    for endpoint in [Endpoint::Ping, Endpoint::Devices, Endpoint::Delete] {
        assert_eq!(
            answered(endpoint, Reply::json(400, body.clone())).await,
            refused(
                400,
                "1140",
                "Маркер безопасности …9e0f не соответствует указанному в запросе идентификатору СУЗ …4C5B",
            ),
        );
    }
}

#[tokio::test]
async fn no_secret_that_a_call_shows_comes_back_in_its_failure() {
    let everything = format!("{TOKEN} {BEARER} {KEY} {OMS_ID} {DEVICE}");
    let shown = |endpoint| match endpoint {
        Endpoint::Challenge | Endpoint::SignIn => vec![],
        Endpoint::SignInDevice => vec![DEVICE],
        Endpoint::Profile | Endpoint::Balance => vec![BEARER],
        Endpoint::Ping | Endpoint::Devices => vec![TOKEN, OMS_ID],
        Endpoint::Register => vec![KEY, OMS_ID],
        Endpoint::Delete => vec![TOKEN, OMS_ID, DEVICE],
    };
    for endpoint in Endpoint::ALL {
        for http in [200, 302, 400, 401, 500] {
            for reply in [
                Reply::json(http, format!(r#"{{"error_message":"{everything}"}}"#)),
                Reply::json(http, format!(r#"["{everything}"]"#)),
                Reply::page(http, &everything),
            ] {
                let failure = answered(endpoint, reply).await;
                for words in [format!("{failure:?}"), failure.to_string()] {
                    for secret in shown(endpoint) {
                        assert!(!words.contains(secret), "{endpoint:?}: {words}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn a_200_with_errors_in_it_is_a_refusal() {
    let body = r#"{"success":false,"fieldErrors":[{"fieldName":"omsId","fieldError":"не найден","errorCode":1010}]}"#;
    for endpoint in Endpoint::ALL {
        assert_eq!(
            answered(endpoint, Reply::json(200, body)).await,
            refused(200, "1010", "omsId: не найден"),
        );
    }
}

#[tokio::test]
async fn a_5xx_is_no_answer_and_no_call_is_repeated() {
    for endpoint in Endpoint::ALL {
        assert_eq!(
            answered(endpoint, Reply::page(502, "502 Bad Gateway")).await,
            CallError::NoAnswer("HTTP 502: 502 Bad Gateway".into())
        );
        let inside = r#"{"error_message":"SuzServiceProxy#getTokenFromSuz timed-out and no fallback available."}"#;
        assert_eq!(
            answered(endpoint, Reply::json(500, inside)).await,
            CallError::NoAnswer(
                "HTTP 500: SuzServiceProxy#getTokenFromSuz timed-out and no fallback available."
                    .into()
            )
        );
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_answer() {
    for endpoint in Endpoint::ALL {
        let failure = answered(endpoint, Reply::CutBody).await;
        assert!(
            matches!(failure, CallError::NoAnswer(_)),
            "{endpoint:?}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn a_dropped_connection_is_no_answer() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    for endpoint in Endpoint::ALL {
        let failure = endpoint.failure(&bench(&url).suz).await;
        assert!(
            matches!(failure, CallError::NoAnswer(_)),
            "{endpoint:?}: {failure:?}"
        );
    }
    server.abort();
}

#[tokio::test]
async fn silence_is_no_answer() {
    let mut silences = JoinSet::new();
    for endpoint in Endpoint::ALL {
        silences.spawn(async move {
            let stand_in = StandIn::start([Reply::Silence]).await;
            let impatient = Settings {
                timeout: Duration::from_secs(1),
                ..settings(&stand_in.url)
            };
            let failure = endpoint.failure(&bench_with(impatient).suz).await;
            assert!(
                matches!(failure, CallError::NoAnswer(_)),
                "{endpoint:?}: {failure:?}"
            );
        });
    }
    while let Some(silence) = silences.join_next().await {
        silence.unwrap();
    }
}

#[tokio::test]
async fn a_port_that_nobody_listens_on_means_not_sent() {
    let free = TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    for endpoint in Endpoint::ALL {
        let failure = endpoint
            .failure(&bench(&format!("http://{free}")).suz)
            .await;
        assert!(
            matches!(failure, CallError::NotSent(_)),
            "{endpoint:?}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_gets_nothing() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    let suz = bench(&format!("https://{address}")).suz;
    for endpoint in Endpoint::ALL {
        let failure = endpoint.failure(&suz).await;
        assert!(
            matches!(failure, CallError::NotSent(_)),
            "{endpoint:?}: {failure:?}"
        );
    }
    server.abort();
}

#[tokio::test]
async fn a_good_status_with_something_else_is_not_understood() {
    for endpoint in Endpoint::ALL {
        for body in [
            "",
            "{",
            "7",
            "null",
            r#"{"token":7,"uuid":7,"omsId":7,"status":7}"#,
        ] {
            let failure = answered(endpoint, Reply::json(200, body)).await;
            assert!(
                matches!(failure, CallError::NotUnderstood { http: 200, .. }),
                "{endpoint:?} {body}: {failure:?}"
            );
        }
        let failure = answered(endpoint, Reply::page(200, "Вход в сеть гостиницы")).await;
        assert!(
            matches!(&failure, CallError::NotUnderstood { http: 200, at } if at.contains("a page for people")),
            "{endpoint:?}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for endpoint in Endpoint::ALL {
        let reply = Reply::page(307, "elsewhere").header("Location", "/elsewhere");
        let failure = answered(endpoint, reply).await;
        assert!(
            matches!(failure, CallError::NotUnderstood { http: 307, .. }),
            "{endpoint:?}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut() {
    let failure = answered(
        Endpoint::Ping,
        Reply::json(200, " ".repeat(5 * 1024 * 1024)),
    )
    .await;
    assert!(
        matches!(&failure, CallError::NotUnderstood { at, .. } if at.contains("4194304")),
        "{failure:?}"
    );
}

#[tokio::test]
async fn what_no_header_carries_does_not_leave_and_is_not_told() {
    let stand_in = StandIn::start([]).await;
    let suz = bench(&stand_in.url).suz;
    for endpoint in Endpoint::ALL {
        if endpoint == Endpoint::Challenge {
            continue;
        }
        let failure = endpoint.failure_with(&suz, Contour::Sandbox, "\u{7}").await;
        assert!(
            matches!(failure, CallError::Argument(_)),
            "{endpoint:?}: {failure:?}"
        );
        for secret in [TOKEN, BEARER, KEY] {
            assert!(!format!("{failure:?}").contains(secret));
        }
    }
    assert!(stand_in.received().is_empty());
}

#[tokio::test]
async fn a_contour_without_hosts_gets_nothing() {
    let no_sandbox = Settings::of(Hosts::built_in().unwrap());
    let suz = bench_with(no_sandbox).suz;
    assert!(suz.knows(Contour::Production) && suz.knows(Contour::Test));
    assert!(!suz.knows(Contour::Sandbox));
    for endpoint in Endpoint::ALL {
        let failure = endpoint.failure(&suz).await;
        assert!(
            matches!(&failure, CallError::Argument(words) if words.contains("sandbox")),
            "{endpoint:?}: {failure:?}"
        );
    }
    let stand_in = StandIn::start([]).await;
    assert!(bench(&stand_in.url).suz.knows(Contour::Sandbox));
}

#[tokio::test]
async fn without_a_memory_of_limits_nothing_is_sent() {
    struct Still;
    impl Clock for Still {
        fn now(&self) -> Timestamp {
            crate::doubles::NOW
        }
    }
    let stand_in = StandIn::start([]).await;
    let suz = Suz::new(
        settings(&stand_in.url),
        Arc::new(BrokenLimits),
        Arc::new(Still),
    )
    .unwrap();
    for endpoint in Endpoint::ALL {
        let failure = endpoint.failure(&suz).await;
        assert!(
            matches!(failure, CallError::NotSent(_)),
            "{endpoint:?}: {failure:?}"
        );
    }
    assert!(stand_in.received().is_empty());
}
