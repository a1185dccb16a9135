//! Each fault on the wire.

use std::time::{Duration, Instant};

use sandbox::{
    Effect, Fault, Progress,
    market::{
        ids::OrderId,
        order::{NewItem, Order},
    },
};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};

use super::stand::{PATIENCE, Reply, Stand, open, read};

struct Sent {
    stand: Stand,
    order: Order,
}

impl Sent {
    async fn under(fault: Fault) -> Self {
        let stand = Stand::new().await;
        let order = stand.order(vec![NewItem::marked("Тапочки", 1)]);
        stand
            .sandbox
            .add_fault(fault.method("PUT").campaign(stand.dbs));
        Self { stand, order }
    }

    async fn open(&self) -> TcpStream {
        let instances = &self.stand.sandbox.codes(self.order.order_id).unwrap()[0].instances;
        let body = json!({ "items": [{ "id": self.order.items[0].id, "instances": instances }] });
        let headers = [
            ("Api-Key", self.stand.key.as_str()),
            ("Content-Type", "application/json"),
        ];
        let path = self.stand.identifiers_path(self.order.order_id);
        let bytes = body.to_string().into_bytes();
        open(self.stand.address, "PUT", &path, &headers, &bytes).await
    }

    async fn send(&self) -> Option<Reply> {
        read(self.open().await).await
    }

    fn stored(&self) -> bool {
        stored(&self.stand, self.order.order_id)
    }

    async fn wait_for(&self, progress: Progress) {
        let reached = self.stand.sandbox.wait_received(|r| r.progress == progress);
        timeout(PATIENCE, reached)
            .await
            .unwrap_or_else(|_| panic!("the request comes to {progress:?}"));
    }
}

fn stored(stand: &Stand, order: OrderId) -> bool {
    let order = stand.sandbox.order(order).unwrap();
    !order.items[0].instances.is_empty()
}

#[tokio::test]
async fn a_connection_dropped_before_leaves_the_world_as_it_was() {
    let sent = Sent::under(Fault::new(Effect::HangUp)).await;
    assert!(sent.send().await.is_none(), "not one byte");
    assert!(!sent.stored());
    let received = sent.stand.sandbox.received();
    assert_eq!(received[0].progress, Progress::HungUp);
    assert_eq!(sent.send().await.unwrap().status, 200, "only once");
}

#[tokio::test]
async fn a_connection_dropped_after_has_changed_the_world() {
    let sent = Sent::under(Fault::new(Effect::HangUp).after()).await;
    assert!(sent.send().await.is_none(), "not one byte");
    assert!(sent.stored());
}

#[tokio::test]
async fn a_request_held_before_is_carried_out_after_the_release() {
    let sent = Sent::under(Fault::new(Effect::Hold)).await;
    let stream = sent.open().await;
    sent.wait_for(Progress::HeldBefore).await;
    assert!(!sent.stored());
    sent.stand.sandbox.release();
    assert_eq!(read(stream).await.unwrap().status, 200);
    assert!(sent.stored());
}

#[tokio::test]
async fn a_request_held_after_is_already_carried_out() {
    let sent = Sent::under(Fault::new(Effect::Hold).after()).await;
    let stream = sent.open().await;
    sent.wait_for(Progress::HeldAfter).await;
    assert!(sent.stored());
    let reply = sent
        .stand
        .control("POST", "/_sandbox/faults/release", None)
        .await;
    assert_eq!(reply.status, 200);
    assert_eq!(read(stream).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_held_request_goes_on_when_its_caller_has_died() {
    let sent = Sent::under(Fault::new(Effect::Hold)).await;
    let stream = sent.open().await;
    sent.wait_for(Progress::HeldBefore).await;
    drop(stream);
    sent.stand.sandbox.release();
    sent.wait_for(Progress::Answered { status: 200 }).await;
    assert!(sent.stored());
}

#[tokio::test]
async fn a_delay_only_makes_it_later() {
    let delay = Duration::from_millis(80);
    let sent = Sent::under(Fault::new(Effect::Delay { ms: 80 })).await;
    let begun = Instant::now();
    assert_eq!(sent.send().await.unwrap().status, 200);
    assert!(begun.elapsed() >= delay);
}

#[tokio::test]
async fn an_error_is_an_envelope_and_counts_down() {
    let sent = Sent::under(Fault::new(Effect::Error { status: 503 }).times(2)).await;
    for _ in 0..2 {
        let (status, code, _) = sent.send().await.unwrap().refusal();
        assert_eq!((status, code.as_str()), (503, "INTERNAL_ERROR"));
    }
    assert!(!sent.stored());
    assert!(sent.stand.sandbox.faults().is_empty());
    assert_eq!(sent.send().await.unwrap().status, 200);
}

#[tokio::test]
async fn an_error_after_the_deed_hides_that_it_is_done() {
    let sent = Sent::under(Fault::new(Effect::Error { status: 500 }).after()).await;
    assert_eq!(sent.send().await.unwrap().status, 500);
    assert!(sent.stored());
}

#[tokio::test]
async fn a_proxy_answers_with_a_page() {
    let sent = Sent::under(Fault::new(Effect::Html { status: 502 })).await;
    let reply = sent.send().await.unwrap();
    assert_eq!(reply.status, 502);
    let content_type = reply.header("content-type").unwrap();
    assert!(content_type.starts_with("text/html"), "{content_type}");
    let page = String::from_utf8(reply.body).unwrap();
    assert!(page.contains("<h1>Bad Gateway</h1>"), "{page}");
}

#[tokio::test]
async fn limits_can_be_hit_on_demand() {
    let sent = Sent::under(Fault::new(Effect::RateLimit)).await;
    let reply = sent.send().await.unwrap();
    assert_eq!(reply.refusal().0, 420);
    assert_eq!(reply.header("x-ratelimit-resource-remaining"), Some("0"));
    assert!(reply.header("x-ratelimit-resource-until").is_some());

    let sent = Sent::under(Fault::new(Effect::ParallelLimit)).await;
    let reply = sent.send().await.unwrap();
    let (status, _, words) = reply.refusal();
    assert_eq!(status, 420);
    assert!(words.starts_with("Hit rate limit of 4 parallel requests for campaignId"));
    assert_eq!(reply.header("x-ratelimit-resource-until"), None);
}

#[tokio::test]
async fn a_cut_answer_is_whole_http_with_half_a_json() {
    let sent = Sent::under(Fault::new(Effect::CutJson)).await;
    let reply = sent.send().await.unwrap();
    assert_eq!(reply.status, 200);
    let error = serde_json::from_slice::<Value>(&reply.body).unwrap_err();
    assert!(error.is_eof(), "{error}");
    assert!(sent.stored());
}

#[tokio::test]
async fn a_200_may_say_error() {
    let sent = Sent::under(Fault::new(Effect::StatusError {
        code: "LOCKED".to_owned(),
        message: "Business is in migration".to_owned(),
    }))
    .await;
    let reply = sent.send().await.unwrap();
    let expected = (
        200,
        "LOCKED".to_owned(),
        "Business is in migration".to_owned(),
    );
    assert_eq!(reply.refusal(), expected);
    assert!(!sent.stored());
}

#[tokio::test]
async fn a_200_may_lack_its_result() {
    let sent = Sent::under(Fault::new(Effect::NoResult)).await;
    let reply = sent.send().await.unwrap();
    assert_eq!(
        (reply.status, reply.json()),
        (200, json!({ "status": "OK" }))
    );
    assert!(sent.stored());
}

#[tokio::test]
async fn other_requests_are_not_touched() {
    let sent = Sent::under(Fault::new(Effect::HangUp)).await;
    assert_eq!(sent.stand.list(json!({})).await.status, 200);
    assert_eq!(sent.stand.sandbox.faults().len(), 1);
}

#[tokio::test]
async fn a_mounted_router_answers_502_where_it_would_hang_up() {
    let stand = Stand::new().await;
    stand.sandbox.add_fault(Fault::new(Effect::HangUp));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = stand.sandbox.router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let headers = [("Connection", "close")];
    let stream = open(address, "POST", "/v2/auth/token", &headers, b"").await;
    assert_eq!(read(stream).await.unwrap().status, 502);
}
