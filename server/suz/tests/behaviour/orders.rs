//! Orders of codes: every call as it leaves, what is made of its answer, and how each of them fails.

use crate::{
    doubles::{OMS_ID, TOKEN, bench, bench_with, oms_id, secret, settings},
    stand_in::{Reply, StandIn},
};
use async_trait::async_trait;
use desk::{
    server::ports::{
        call::CallError,
        code_ordering::{
            Access, BlockInfo, CodeOrdering, CodeSink, CodesError, Created, Given, NextCodes,
            OrderFilter, SameCodes, StuckDocument,
        },
        storage::StoreError,
    },
    submission::{TheirError, TheirWords},
    suz::{
        Contour,
        emission::{BlockId, BufferStatus, OrderStatus, StuckKind, StuckStatus, SuzOrderId},
    },
    time::Timestamp,
};
use std::{fmt::Write as _, time::Duration};
use suz::{Settings, Suz};

const ORDER: &str = "b024ae09-ef7c-449e-b461-05d8eb116c79";
const BLOCK: &str = "2ce1b6c1-0000-4000-8000-0000000000ff";
const GTIN: &str = "04606038003172";

fn order() -> SuzOrderId {
    ORDER.parse().unwrap()
}

fn block() -> BlockId {
    BLOCK.parse().unwrap()
}

fn gtin() -> cis::Gtin {
    GTIN.parse().unwrap()
}

fn next(order: &SuzOrderId, quantity: u32) -> NextCodes<'_> {
    NextCodes {
        order,
        gtin: gtin(),
        quantity,
        after: None,
    }
}

fn same<'a>(order: &'a SuzOrderId, block: &'a BlockId) -> SameCodes<'a> {
    SameCodes {
        order,
        gtin: gtin(),
        block,
        quantity: 5,
        after: None,
    }
}

/// Keeps what it is given, batch by batch.
#[derive(Default)]
struct Kept(Vec<Vec<String>>);

#[async_trait]
impl CodeSink for Kept {
    async fn take(&mut self, codes: Vec<String>) -> Result<(), StoreError> {
        self.0.push(codes);
        Ok(())
    }
}

/// Keeps nothing.
struct Broken;

#[async_trait]
impl CodeSink for Broken {
    async fn take(&mut self, _: Vec<String>) -> Result<(), StoreError> {
        Err(StoreError::Sealed)
    }
}

/// The calls that answer with JSON as a whole.
#[derive(Clone, Copy, Debug)]
enum Endpoint {
    Create,
    Status,
    Search,
    Codes,
    Blocks,
    Retry,
    Close,
    Documents,
    Content,
    Sign,
    Delete,
}

impl Endpoint {
    const ALL: [Self; 11] = [
        Self::Create,
        Self::Status,
        Self::Search,
        Self::Codes,
        Self::Blocks,
        Self::Retry,
        Self::Close,
        Self::Documents,
        Self::Content,
        Self::Sign,
        Self::Delete,
    ];

    /// How the call fails.
    async fn failure(self, suz: &Suz) -> CallError {
        let (oms_id, token) = (oms_id(), secret(TOKEN));
        let access = Access {
            contour: Contour::Sandbox,
            oms_id: &oms_id,
            token: &token,
        };
        let document = ORDER.parse().unwrap();
        let mut sink = Kept::default();
        let streamed = |outcome| match outcome {
            Err(CodesError::Call(error)) => error,
            other => panic!("{self:?}: {other:?}"),
        };
        match self {
            Self::Create => suz.create(access, b"{}", "MIIB").await.unwrap_err(),
            Self::Status => suz.status(access, &order(), None).await.unwrap_err(),
            Self::Search => suz
                .search(access, OrderFilter::default(), 10, 1)
                .await
                .unwrap_err(),
            Self::Codes => streamed(suz.codes(access, next(&order(), 5), &mut sink).await),
            Self::Blocks => suz.blocks(access, &order(), gtin()).await.unwrap_err(),
            Self::Retry => streamed(suz.retry(access, same(&order(), &block()), &mut sink).await),
            Self::Close => suz.close(access, b"{}", Some("MIIB")).await.unwrap_err(),
            Self::Documents => suz
                .unsigned_documents(access, StuckKind::Order, 10, 0)
                .await
                .unwrap_err(),
            Self::Content => suz.document_content(access, &document).await.unwrap_err(),
            Self::Sign => suz
                .sign_document(access, &document, "MIIB")
                .await
                .unwrap_err(),
            Self::Delete => suz.delete_document(access, &document).await.unwrap_err(),
        }
    }
}

/// A call against one answer, with whose access it is made.
async fn with<T>(reply: Reply, act: impl AsyncFnOnce(&Suz, Access<'_>) -> T) -> (T, StandIn) {
    let stand_in = StandIn::start([reply]).await;
    let (oms_id, token) = (oms_id(), secret(TOKEN));
    let access = Access {
        contour: Contour::Sandbox,
        oms_id: &oms_id,
        token: &token,
    };
    let outcome = act(&bench(&stand_in.url).suz, access).await;
    (outcome, stand_in)
}

#[tokio::test]
async fn an_order_leaves_as_the_bytes_that_were_signed() {
    let body = "{ \"productGroup\" : \"lp\",\n \"products\":[] }".as_bytes();
    let answer = format!(
        r#"{{"omsId":"{OMS_ID}","orderId":"{}","expectedCompleteTimestamp":"5100"}}"#,
        ORDER.to_uppercase()
    );
    let (created, stand_in) = with(Reply::json(200, answer), async |suz, access| {
        suz.create(access, body, "MIIB\r\nAA+/\n==").await
    })
    .await;
    let expected = Created {
        order: order(),
        wait_millis: Some(5_100),
    };
    assert_eq!(created, Ok(expected));
    let request = stand_in.only();
    assert_eq!(
        request.line,
        format!("POST /suz-host/api/v3/order?omsId={OMS_ID}")
    );
    assert_eq!(request.body, body);
    assert_eq!(request.header("x-signature"), Some("MIIBAA+/=="));
    assert_eq!(request.header("clienttoken"), Some(TOKEN));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn goods_of_an_order_are_asked_for_together_or_alone() {
    let answer = format!(r#"[{{"gtin":"{GTIN}","bufferStatus":"ACTIVE","availableCodes":5}}]"#);
    let (buffers, stand_in) = with(Reply::json(200, answer), async |suz, access| {
        suz.status(access, &order(), Some(gtin())).await
    })
    .await;
    let buffers = buffers.unwrap();
    assert_eq!(
        (buffers[0].status.clone(), buffers[0].available),
        (Some(BufferStatus::Active), Some(5))
    );
    let line =
        format!("GET /suz-host/api/v3/order/status?omsId={OMS_ID}&orderId={ORDER}&gtin={GTIN}");
    let request = stand_in.only();
    assert_eq!(request.line, line);
    assert_eq!(request.header("x-signature"), None);
    let (_, stand_in) = with(Reply::json(200, "[]"), async |suz, access| {
        suz.status(access, &order(), None).await.unwrap()
    })
    .await;
    let line = format!("GET /suz-host/api/v3/order/status?omsId={OMS_ID}&orderId={ORDER}");
    assert_eq!(stand_in.only().line, line);
}

#[tokio::test]
async fn an_order_is_searched_for_by_our_key_without_a_signature() {
    let answer = format!(
        r#"{{"totalCount":1,"results":[{{"orderId":"{ORDER}","orderStatus":"PENDING","productionOrderId":"k"}}]}}"#
    );
    let (page, stand_in) = with(Reply::json(200, answer), async |suz, access| {
        let filter = OrderFilter {
            keys: &["k".to_owned()],
            ..OrderFilter::default()
        };
        suz.search(access, filter, 10, 1).await.unwrap()
    })
    .await;
    assert_eq!((page.total, page.orders.len()), (1, 1));
    assert_eq!(page.orders[0].order, order());
    assert_eq!(page.orders[0].status, OrderStatus::Pending);
    let request = stand_in.only();
    assert_eq!(
        request.line,
        format!("POST /suz-host/api/v3/orders/search?omsId={OMS_ID}")
    );
    assert_eq!(
        request.body,
        br#"{"filter":{"productionOrderIds":["k"]},"limit":10,"page":1}"#
    );
    assert_eq!(request.header("x-signature"), None);
}

/// An answer with so many codes, and these codes.
fn many(count: usize) -> (String, Vec<String>) {
    let codes: Vec<_> = (0..count)
        .map(|number| {
            format!(
                "01{GTIN}215{number:012}\u{1D}91EE06\u{1D}92{}",
                "a+/=".repeat(11)
            )
        })
        .collect();
    let mut body = format!(r#"{{"omsId":"{OMS_ID}","codes":["#);
    for (index, code) in codes.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        write!(body, "{comma}{}", serde_json::to_string(code).unwrap()).unwrap();
    }
    write!(body, r#"],"blockId":"{BLOCK}"}}"#).unwrap();
    (body, codes)
}

#[tokio::test]
async fn codes_are_handed_on_in_order_and_in_batches() {
    let (body, codes) = many(10_000);
    let mut sink = Kept::default();
    let (given, stand_in) = with(Reply::json(200, body), async |suz, access| {
        suz.codes(access, next(&order(), 10_000), &mut sink)
            .await
            .unwrap()
    })
    .await;
    let expected = Given {
        block: block(),
        count: 10_000,
    };
    assert_eq!(given, expected);
    assert!(sink.0.len() > 1, "{} batches", sink.0.len());
    assert_eq!(sink.0.concat(), codes);
    assert_eq!(
        stand_in.only().line,
        format!(
            "GET /suz-host/api/v3/codes?omsId={OMS_ID}&orderId={ORDER}&gtin={GTIN}&quantity=10000"
        )
    );
}

#[tokio::test]
async fn a_block_is_given_once_more() {
    let (body, codes) = many(3);
    let mut sink = Kept::default();
    let (given, stand_in) = with(Reply::json(200, body), async |suz, access| {
        suz.retry(access, same(&order(), &block()), &mut sink)
            .await
            .unwrap()
    })
    .await;
    assert_eq!((given.block, given.count), (block(), 3));
    assert_eq!(sink.0.concat(), codes);
    assert_eq!(
        stand_in.only().line,
        format!("GET /suz-host/api/v3/order/codes/retry?omsId={OMS_ID}&blockId={BLOCK}")
    );
}

#[tokio::test]
async fn codes_of_an_answer_that_breaks_off_are_unknown_wherever_it_does() {
    let (body, _) = many(6_000);
    for length in [0, 1, 60, 5_000, body.len() / 2, body.len() - 1] {
        for said in [true, false] {
            let cut = body.as_bytes()[..length].to_vec();
            let reply = if said {
                Reply::Cut {
                    promised: body.len(),
                    body: cut,
                }
            } else {
                // A station without a length closes the connection, and only the JSON tells.
                Reply::json(200, String::from_utf8(cut).unwrap())
            };
            let mut sink = Kept::default();
            let (outcome, _stand_in) = with(reply, async |suz, access| {
                suz.codes(access, next(&order(), 6_000), &mut sink).await
            })
            .await;
            let Err(error) = outcome else {
                panic!("{length} bytes are no answer");
            };
            assert!(error.leaves_unknown(), "{length} bytes: {error:?}");
            assert!(
                matches!(error, CodesError::Call(CallError::NoAnswer(_))),
                "{length} bytes: {error:?}"
            );
        }
    }
}

#[tokio::test]
async fn codes_that_cannot_be_kept_are_as_good_as_a_cut_answer() {
    let (body, _) = many(20_000);
    let (outcome, _stand_in) = with(Reply::json(200, body), async |suz, access| {
        suz.codes(access, next(&order(), 20_000), &mut Broken).await
    })
    .await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, CodesError::Store(StoreError::Sealed)));
    assert!(error.leaves_unknown());
}

#[tokio::test]
async fn errors_in_a_good_status_instead_of_codes_are_a_refusal() {
    let said = r#"{"success":false,"globalErrors":[{"error":"Заказ закрыт","errorCode":2010}]}"#;
    let mut sink = Kept::default();
    let (outcome, _stand_in) = with(Reply::json(200, said), async |suz, access| {
        suz.codes(access, next(&order(), 5), &mut sink).await
    })
    .await;
    let refused = TheirWords {
        http: 200,
        errors: vec![TheirError {
            code: "2010".into(),
            message: Some("Заказ закрыт".into()),
        }],
    };
    let CodesError::Call(error) = outcome.unwrap_err() else {
        panic!("a refusal is no trouble of the store");
    };
    assert_eq!(error, CallError::Refused(refused));
    assert!(sink.0.is_empty());
}

#[tokio::test]
async fn what_cannot_be_asked_never_leaves() {
    for quantity in [0, 150_001] {
        let mut sink = Kept::default();
        let (outcome, stand_in) = with(Reply::json(200, "{}"), async |suz, access| {
            suz.codes(access, next(&order(), quantity), &mut sink).await
        })
        .await;
        assert!(
            matches!(outcome, Err(CodesError::Call(CallError::Argument(_)))),
            "{quantity}"
        );
        assert!(stand_in.received().is_empty());
    }
}

#[tokio::test]
async fn blocks_are_listed_with_moments_in_seconds_too() {
    let answer = format!(
        r#"{{"omsId":"{OMS_ID}","orderId":"{ORDER}","gtin":"{GTIN}","blocks":[
            {{"blockId":"{BLOCK}","blockDateTime":1795444572,"quantity":3}},{{"blockId":"b","quantity":1}}]}}"#
    );
    let (blocks, stand_in) = with(Reply::json(200, answer), async |suz, access| {
        suz.blocks(access, &order(), gtin()).await.unwrap()
    })
    .await;
    let first = BlockInfo {
        block: block(),
        quantity: 3,
        at: Some(Timestamp(1_795_444_572_000)),
    };
    let second = BlockInfo {
        block: "b".parse().unwrap(),
        quantity: 1,
        at: None,
    };
    assert_eq!(blocks, [first, second]);
    assert_eq!(
        stand_in.only().line,
        format!(
            "GET /suz-host/api/v3/order/codes/blocks?omsId={OMS_ID}&orderId={ORDER}&gtin={GTIN}"
        )
    );
}

#[tokio::test]
async fn closing_sends_its_bytes_signed() {
    let answer = format!(r#"{{"omsId":"{OMS_ID}"}}"#);
    let body = br#"{"orderId":"b"}"#;
    let (closed, stand_in) = with(Reply::json(200, answer), async |suz, access| {
        suz.close(access, body, Some("MIIB")).await
    })
    .await;
    assert_eq!(closed, Ok(()));
    let request = stand_in.only();
    assert_eq!(
        request.line,
        format!("POST /suz-host/api/v3/order/close?omsId={OMS_ID}")
    );
    assert_eq!(request.body, body);
    assert_eq!(request.header("x-signature"), Some("MIIB"));
}

#[tokio::test]
async fn stuck_documents_are_found_read_signed_and_deleted() {
    let answer = format!(
        r#"{{"totalCount":1,"result":[{{"docId":"{ORDER}","documentType":"ORDER","productGroup":"LP","status":"CREATED",
            "createdTimestamp":1795444572000}}]}}"#
    );
    let (page, stand_in) = with(Reply::json(200, answer), async |suz, access| {
        suz.unsigned_documents(access, StuckKind::Order, 100, 7)
            .await
            .unwrap()
    })
    .await;
    let document = StuckDocument {
        document: ORDER.parse().unwrap(),
        kind: StuckKind::Order,
        group: Some("lp".into()),
        status: StuckStatus::Created,
        created: Some(Timestamp(1_795_444_572_000)),
    };
    assert_eq!((page.total, page.documents), (1, vec![document]));
    assert_eq!(
        stand_in.only().line,
        format!(
            "GET /suz-host/api/v3/documents/search?omsId={OMS_ID}&documentType=ORDER&limit=100&skip=7"
        )
    );

    let content = "{\n \"productGroup\" : \"lp\" }";
    let (bytes, stand_in) = with(Reply::json(200, content), async |suz, access| {
        suz.document_content(access, &ORDER.parse().unwrap())
            .await
            .unwrap()
    })
    .await;
    assert_eq!(bytes, content.as_bytes());
    let line = format!("GET /suz-host/api/v3/documents/content?omsId={OMS_ID}&docId={ORDER}");
    assert_eq!(stand_in.only().line, line);

    let said = Reply::json(200, r#"{"success":true}"#);
    let (signed, stand_in) = with(said, async |suz, access| {
        suz.sign_document(access, &ORDER.parse().unwrap(), "MI\r\nIB")
            .await
    })
    .await;
    assert_eq!(signed, Ok(true));
    let request = stand_in.only();
    assert_eq!(
        request.line,
        format!("POST /suz-host/api/v3/documents/sign?omsId={OMS_ID}")
    );
    let body = format!(r#"{{"docId":"{ORDER}","signature":"MIIB"}}"#);
    assert_eq!(request.body, body.as_bytes());
    assert_eq!(request.header("x-signature"), None);

    let said = Reply::json(200, r#"{"success":"false"}"#);
    let (deleted, stand_in) = with(said, async |suz, access| {
        suz.delete_document(access, &ORDER.parse().unwrap()).await
    })
    .await;
    assert_eq!(deleted, Ok(false));
    let line = format!("DELETE /suz-host/api/v3/documents/delete?omsId={OMS_ID}&docId={ORDER}");
    assert_eq!(stand_in.only().line, line);
}

#[tokio::test]
async fn every_call_fails_by_its_kind_and_none_is_repeated() {
    let error = r#"{"success":false,"globalErrors":[{"error":"GTIN 04606038003172 не найден","errorCode":106}]}"#;
    for endpoint in Endpoint::ALL {
        for (reply, expected) in [
            (
                Reply::json(400, error),
                CallError::Refused(TheirWords {
                    http: 400,
                    errors: vec![TheirError {
                        code: "106".into(),
                        // The number of goods is no secret, though it may stand in the address.
                        message: Some("GTIN 04606038003172 не найден".into()),
                    }],
                }),
            ),
            (
                Reply::page(502, "502 Bad Gateway"),
                CallError::NoAnswer("HTTP 502: 502 Bad Gateway".into()),
            ),
        ] {
            let stand_in = StandIn::start([reply]).await;
            assert_eq!(
                endpoint.failure(&bench(&stand_in.url).suz).await,
                expected,
                "{endpoint:?}"
            );
            assert_eq!(stand_in.received().len(), 1, "{endpoint:?}");
        }
        for (reply, unknown) in [
            (Reply::CutBody, true),
            (Reply::page(200, "Вход в сеть гостиницы"), true),
            (Reply::json(200, "7"), true),
            (Reply::json(429, "{}"), false),
        ] {
            // A document is whatever JSON it is.
            if matches!(endpoint, Endpoint::Content) && format!("{reply:?}").contains("[55]") {
                continue;
            }
            let words = format!("{endpoint:?} {reply:?}");
            let stand_in = StandIn::start([reply]).await;
            let failure = endpoint.failure(&bench(&stand_in.url).suz).await;
            assert_eq!(failure.leaves_unknown(), unknown, "{words}: {failure:?}");
        }
        let silent = StandIn::start([Reply::Silence]).await;
        let impatient = Settings {
            timeout: Duration::from_millis(200),
            ..settings(&silent.url)
        };
        let failure = endpoint.failure(&bench_with(impatient).suz).await;
        assert!(
            matches!(failure, CallError::NoAnswer(_)),
            "{endpoint:?}: {failure:?}"
        );
    }
}
