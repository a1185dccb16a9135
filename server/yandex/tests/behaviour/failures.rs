//! What goes wrong, for every call alike: the kinds of failure are kept apart, reads are repeated, a write never.

use crate::{
    doubles::{
        BrokenLimits, KEY, NOW, SameByte, bench, bench_with, key, nothing_removed, ready, settings,
    },
    stub::{Reply, Stub},
};
use desk::{
    ids::{BusinessId, CampaignId, MarketOrderId},
    server::ports::{
        clock::Clock,
        market::{CallError, LabelFormat, Market, OrderQuery, ReturnQuery},
    },
    submission::{TheirError, TheirWords},
    time::Timestamp,
};
use secrecy::SecretString;
use std::{sync::Arc, time::Duration};
use tokio::{net::TcpListener, task::JoinSet};
use yandex::{Settings, YandexMarket};

const SHOP: CampaignId = CampaignId(123);
const ORDER: MarketOrderId = MarketOrderId(7);

/// Every call of the port that makes a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Endpoint {
    KeyInfo,
    Shops,
    Orders,
    Put,
    Countries,
    PutBoxes,
    Verification,
    SetStatus,
    SetStatuses,
    Labels,
    Returns,
    Offers,
}

impl Endpoint {
    pub(crate) const ALL: [Self; 12] = [
        Self::KeyInfo,
        Self::Shops,
        Self::Orders,
        Self::Put,
        Self::Countries,
        Self::PutBoxes,
        Self::Verification,
        Self::SetStatus,
        Self::SetStatuses,
        Self::Labels,
        Self::Returns,
        Self::Offers,
    ];

    /// Makes the call and returns how it failed.
    pub(crate) async fn failure(self, market: &YandexMarket) -> CallError {
        self.failure_with(market, &key()).await
    }

    async fn failure_with(self, market: &YandexMarket, key: &SecretString) -> CallError {
        let outcome = match self {
            Self::KeyInfo => market.key_info(key).await.map(drop),
            Self::Shops => market.shops(key).await.map(drop),
            Self::Orders => market
                .orders(key, BusinessId(45), &OrderQuery::default(), None)
                .await
                .map(drop),
            Self::Put => market
                .put_identifiers(key, SHOP, ORDER, b"{}")
                .await
                .map(drop),
            Self::Countries => market.countries(key).await.map(drop),
            Self::PutBoxes => market
                .put_boxes(key, SHOP, ORDER, b"{}", &nothing_removed())
                .await
                .map(drop),
            Self::Verification => market.verification(key, SHOP, ORDER).await.map(drop),
            Self::SetStatus => market.set_status(key, SHOP, &ready(ORDER)).await,
            Self::SetStatuses => market
                .set_statuses(key, SHOP, &[ready(ORDER)])
                .await
                .map(drop),
            Self::Labels => market
                .labels(key, SHOP, ORDER, LabelFormat::A7)
                .await
                .map(drop),
            Self::Returns => market
                .returns(key, SHOP, &ReturnQuery::default(), None)
                .await
                .map(drop),
            Self::Offers => market
                .offers(key, BusinessId(45), &["TAP-41".to_owned()])
                .await
                .map(drop),
        };
        outcome.expect_err("the server was told to fail")
    }

    /// How many requests a call makes when none of them is answered.
    fn attempts(self) -> usize {
        match self {
            Self::Put | Self::PutBoxes | Self::SetStatus | Self::SetStatuses => 1,
            _ => 3,
        }
    }
}

fn refused(http: u16, code: &str, message: &str) -> CallError {
    let error = TheirError {
        code: code.into(),
        message: Some(message.into()),
    };
    CallError::Refused(TheirWords {
        http,
        errors: vec![error],
    })
}

#[tokio::test]
async fn a_refusal_is_told_verbatim_and_not_repeated() {
    for endpoint in Endpoint::ALL {
        for http in [400, 401, 403, 404, 423] {
            let body = r#"{"status":"ERROR","errors":[{"code":"INVALID_CIS","message":"Invalid incoming cis for item with id = 7 for reason: …"}]}"#;
            let stub = Stub::start([Reply::json(http, body)]).await;
            assert_eq!(
                endpoint.failure(&bench(&stub.url).market).await,
                refused(
                    http,
                    "INVALID_CIS",
                    "Invalid incoming cis for item with id = 7 for reason: …"
                ),
                "{endpoint:?}",
            );
            assert_eq!(stub.received().len(), 1, "{endpoint:?}");
        }
    }
}

#[tokio::test]
async fn a_200_with_an_error_inside_is_a_refusal() {
    for endpoint in Endpoint::ALL {
        let stub = Stub::start([Reply::json(
            200,
            r#"{"status":"ERROR","errors":[{"code":"LOCKED","message":"m"}]}"#,
        )])
        .await;
        assert_eq!(
            endpoint.failure(&bench(&stub.url).market).await,
            refused(200, "LOCKED", "m"),
            "{endpoint:?}"
        );
        assert_eq!(stub.received().len(), 1);
    }
}

#[tokio::test]
async fn an_html_refusal_is_still_a_refusal() {
    for endpoint in Endpoint::ALL {
        let stub = Stub::start([Reply::html(404)]).await;
        assert_eq!(
            endpoint.failure(&bench(&stub.url).market).await,
            CallError::Refused(TheirWords {
                http: 404,
                errors: vec![]
            }),
        );
    }
}

#[tokio::test]
async fn a_5xx_is_no_answer_and_only_reads_are_repeated() {
    for endpoint in Endpoint::ALL {
        let stub = Stub::start([Reply::html(502), Reply::html(503), Reply::html(504)]).await;
        let last = if endpoint.attempts() == 1 {
            "HTTP 502"
        } else {
            "HTTP 504"
        };
        assert_eq!(
            endpoint.failure(&bench(&stub.url).market).await,
            CallError::NoAnswer(last.into())
        );
        assert_eq!(stub.received().len(), endpoint.attempts(), "{endpoint:?}");
    }
}

#[tokio::test]
async fn a_dropped_connection_is_no_answer() {
    for endpoint in Endpoint::ALL {
        let stub = Stub::start([Reply::HangUp, Reply::HangUp, Reply::HangUp]).await;
        let failure = endpoint.failure(&bench(&stub.url).market).await;
        assert!(
            matches!(failure, CallError::NoAnswer(_)),
            "{endpoint:?}: {failure:?}"
        );
        assert_eq!(stub.received().len(), endpoint.attempts(), "{endpoint:?}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_answer() {
    for endpoint in Endpoint::ALL {
        let stub = Stub::start([Reply::CutBody, Reply::CutBody, Reply::CutBody]).await;
        let failure = endpoint.failure(&bench(&stub.url).market).await;
        assert!(
            matches!(failure, CallError::NoAnswer(_)),
            "{endpoint:?}: {failure:?}"
        );
        assert_eq!(stub.received().len(), endpoint.attempts(), "{endpoint:?}");
    }
}

#[tokio::test]
async fn silence_is_no_answer() {
    let mut silences = JoinSet::new();
    for endpoint in Endpoint::ALL {
        silences.spawn(async move {
            let stub = Stub::start([Reply::Silence, Reply::Silence, Reply::Silence]).await;
            let impatient = Settings {
                timeout: Duration::from_secs(1),
                ..settings(&stub.url)
            };
            let failure = endpoint.failure(&bench_with(&impatient).market).await;
            assert!(
                matches!(failure, CallError::NoAnswer(_)),
                "{endpoint:?}: {failure:?}"
            );
            assert_eq!(stub.received().len(), endpoint.attempts(), "{endpoint:?}");
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
            .failure(&bench(&format!("http://{free}")).market)
            .await;
        assert!(
            matches!(failure, CallError::NotSent(_)),
            "{endpoint:?}: {failure:?}"
        );
    }
}

#[tokio::test]
async fn a_name_that_nobody_has_means_not_sent() {
    let failure = Endpoint::Put
        .failure(&bench("http://market.invalid").market)
        .await;
    assert!(matches!(failure, CallError::NotSent(_)), "{failure:?}");
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_gets_neither_key_nor_body() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    for endpoint in Endpoint::ALL {
        let failure = endpoint
            .failure(&bench(&format!("https://{address}")).market)
            .await;
        assert!(
            matches!(failure, CallError::NotSent(_)),
            "{endpoint:?}: {failure:?}"
        );
    }
    server.abort();
}

#[tokio::test]
async fn a_good_status_with_something_else_is_not_understood_and_not_repeated() {
    for endpoint in Endpoint::ALL {
        for body in [
            r#"{"status":"OK","result":"#,
            "<html>",
            "",
            "[]",
            r#"{"status":"OK","result":7,"orders":7}"#,
        ] {
            let stub = Stub::start([Reply::json(200, body)]).await;
            let failure = endpoint.failure(&bench(&stub.url).market).await;
            assert!(
                matches!(failure, CallError::NotUnderstood { http: 200, .. }),
                "{endpoint:?} {body}: {failure:?}"
            );
            assert_eq!(stub.received().len(), 1);
        }
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for endpoint in Endpoint::ALL {
        let stub = Stub::start([Reply::html(307).header("Location", "/elsewhere")]).await;
        let failure = endpoint.failure(&bench(&stub.url).market).await;
        assert!(
            matches!(failure, CallError::NotUnderstood { http: 307, .. }),
            "{endpoint:?}: {failure:?}"
        );
        assert_eq!(stub.received().len(), 1);
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut() {
    let stub = Stub::start([Reply::json(200, &" ".repeat(9 * 1024 * 1024))]).await;
    let failure = Endpoint::Put.failure(&bench(&stub.url).market).await;
    assert!(
        matches!(&failure, CallError::NotUnderstood { at, .. } if at.contains("8388608")),
        "{failure:?}"
    );
}

#[tokio::test]
async fn a_read_that_is_answered_at_last_is_a_good_one() {
    let good = Reply::json(200, r#"{"orders":[]}"#);
    let stub = Stub::start([Reply::HangUp, Reply::html(500), good]).await;
    let page = bench(&stub.url)
        .market
        .orders(&key(), BusinessId(45), &OrderQuery::default(), None)
        .await;
    assert!(page.is_ok(), "{page:?}");
}

#[tokio::test]
async fn a_key_that_no_header_carries_does_not_leave_and_is_not_told() {
    let stub = Stub::start([]).await;
    let broken = SecretString::from(format!("{KEY}\n"));
    for endpoint in Endpoint::ALL {
        let failure = endpoint
            .failure_with(&bench(&stub.url).market, &broken)
            .await;
        assert!(
            matches!(failure, CallError::Argument(_)),
            "{endpoint:?}: {failure:?}"
        );
        assert!(!format!("{failure:?}").contains("ACMA"));
    }
    assert!(stub.received().is_empty());
}

#[tokio::test]
async fn without_a_memory_of_limits_nothing_is_sent() {
    struct Still;
    impl Clock for Still {
        fn now(&self) -> Timestamp {
            NOW
        }
    }
    let stub = Stub::start([]).await;
    let market = YandexMarket::new(
        &settings(&stub.url),
        Arc::new(BrokenLimits),
        Arc::new(Still),
        Arc::new(SameByte(0)),
    )
    .unwrap();
    for endpoint in Endpoint::ALL {
        let failure = endpoint.failure(&market).await;
        assert!(
            matches!(failure, CallError::NotSent(_)),
            "{endpoint:?}: {failure:?}"
        );
    }
    assert!(stub.received().is_empty());
}
