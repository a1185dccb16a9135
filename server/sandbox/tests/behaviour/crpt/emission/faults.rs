//! Troubles with orders and codes that can be ordered in advance.

use sandbox::{
    DEMO_OMS_ID, Effect, Fault, Progress, SUZ_HOST,
    crpt::emission::{OrderTurn, Rejection, order::OrderStatus},
};
use serde_json::{Value, json};

use super::{
    super::super::stand::{open, send},
    GTIN, OTHER_GTIN, Station, block, clothes, line,
};

fn path(name: &str) -> String {
    format!("{SUZ_HOST}/api/v3/{name}")
}

/// Asks for codes and tells whether any answer came.
async fn ask(station: &Station, id: &str, quantity: u32) -> Option<u16> {
    let target = Station::target(&format!(
        "codes?orderId={id}&gtin={GTIN}&quantity={quantity}"
    ));
    let headers = [
        ("Accept", "application/json"),
        ("clientToken", &station.token),
    ];
    let reply = send(station.mark.address, "GET", &target, &headers, b"").await;
    reply.map(|reply| reply.status)
}

#[tokio::test]
async fn codes_lost_before_are_not_handed_out_and_those_lost_after_are() {
    let station = Station::quick().await;
    let id = station.order(&clothes(5)).await;
    let faults = |fault: Fault| station.mark.sandbox.add_fault(fault);
    let lost = Fault::new(Effect::HangUp).exact_path(&path("codes"));
    faults(lost.clone());
    assert_eq!(ask(&station, &id, 2).await, None);
    assert_eq!(station.kept(&id).buffers[0].passed(), 0);

    faults(lost.after());
    assert_eq!(ask(&station, &id, 2).await, None);
    assert_eq!(station.kept(&id).buffers[0].passed(), 2);
    let told = station.blocks(&id, GTIN).await.json();
    let block_id = told["blocks"][0]["blockId"].as_str().unwrap();
    let (codes, _) = block(&station.retry(block_id).await);
    assert_eq!(codes, station.mark.sandbox.handed_out_codes(&id, None));
    assert_eq!(station.kept(&id).buffers[0].blocks[0].retries, 1);
}

#[tokio::test]
async fn an_answer_can_break_off_in_the_middle() {
    use tokio::io::AsyncReadExt;

    let station = Station::quick().await;
    let id = station.order(&clothes(2_000)).await;
    let fault = Fault::new(Effect::CutBody { bytes: 700 }).exact_path(&path("codes"));
    station.mark.sandbox.add_fault(fault);
    let target = Station::target(&format!("codes?orderId={id}&gtin={GTIN}&quantity=2000"));
    let headers = [
        ("Accept", "application/json"),
        ("clientToken", station.token.as_str()),
    ];
    let mut stream = open(station.mark.address, "GET", &target, &headers, b"").await;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    let length: usize = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length: ")?
                .parse()
                .ok()
        })
        .expect("the whole length is promised");
    assert!(length > 100_000);
    assert_eq!(body.len(), 700);
    assert!(body.starts_with(&format!(
        r#"{{"omsId":"{DEMO_OMS_ID}","codes":["0104600712204107215"#
    )));
    assert_eq!(station.kept(&id).buffers[0].passed(), 2_000);
}

#[tokio::test]
async fn an_order_can_be_created_without_its_customer_knowing() {
    let station = Station::quick().await;
    let fault = Fault::new(Effect::Error { status: 500 }).exact_path(&path("order"));
    station.mark.sandbox.add_fault(fault.clone());
    station.mark.sandbox.add_fault(fault.after());
    for orders in [0, 1] {
        let reply = station.post("order", &clothes(1)).await;
        assert_eq!(reply.status, 500);
        assert_eq!(station.mark.sandbox.emission_orders().len(), orders);
    }
    let ours = clothes(1)["attributes"]["productionOrderId"].clone();
    let body = json!({ "filter": { "productionOrderIds": [ours] } });
    let told = station.post("orders/search", &body).await.json();
    assert_eq!(told["totalCount"], 1, "the exact path spares the search");
}

async fn turned(station: &Station, turn: OrderTurn) -> String {
    let fault = Fault::new(Effect::OrderTurn { turn });
    station.mark.sandbox.add_fault(fault);
    let mut body = clothes(1);
    body["products"] = json!([line(GTIN, 1), line(OTHER_GTIN, 1)]);
    station.order(&body).await
}

#[tokio::test]
async fn what_shall_become_of_the_next_order_can_be_said_in_advance() {
    let station = Station::quick().await;
    let declined = turned(
        &station,
        OrderTurn {
            decline: Some("Нет.".to_owned()),
            ..OrderTurn::default()
        },
    );
    let declined = station.line(&declined.await).await;
    assert_eq!(declined["rejectionReason"], "Order declined: Нет.");

    let partly = turned(
        &station,
        OrderTurn {
            reject: Some(Rejection {
                gtin: Some(GTIN.to_owned()),
                reason: None,
            }),
            ..OrderTurn::default()
        },
    )
    .await;
    let lines = station
        .told(&format!("order/status?orderId={partly}"))
        .await;
    assert_eq!(
        (&lines[0]["bufferStatus"], &lines[1]["bufferStatus"]),
        (&json!("REJECTED"), &json!("ACTIVE"))
    );

    let expired = turned(
        &station,
        OrderTurn {
            expires_in_ms: Some(0),
            ..OrderTurn::default()
        },
    )
    .await;
    assert_eq!(station.line(&expired).await["bufferStatus"], "CLOSED");

    let slow = turned(
        &station,
        OrderTurn {
            fill_ms: Some(10_000),
            ..OrderTurn::default()
        },
    )
    .await;
    assert_eq!(station.line(&slow).await["bufferStatus"], "PENDING");
    station.pass(10_000);
    assert_eq!(station.line(&slow).await["availableCodes"], 1);

    let waiting = turned(
        &station,
        OrderTurn {
            unsigned: true,
            ..OrderTurn::default()
        },
    )
    .await;
    let now_ms = station.mark.sandbox.now_ms();
    assert_eq!(station.kept(&waiting).status(now_ms), OrderStatus::Created);
    let documents = station.told("documents/search?documentType=ORDER").await;
    assert_eq!(documents["result"][0]["docId"], waiting);

    let hidden = turned(
        &station,
        OrderTurn {
            hidden_ms: Some(60_000),
            ..OrderTurn::default()
        },
    )
    .await;
    let search = json!({ "filter": { "orderIds": [hidden] } });
    let told = station.post("orders/search", &search).await.json();
    assert_eq!(told["totalCount"], 0);
    assert!(
        station.mark.sandbox.faults().is_empty(),
        "a search takes no fault of orders"
    );
}

#[tokio::test]
async fn an_answer_can_wait_for_the_clock_of_the_world() {
    let station = Station::quick().await;
    let id = station.order(&clothes(1)).await;
    let fault = Fault::new(Effect::WorldDelay { ms: 60_000 })
        .exact_path(&path("codes"))
        .after();
    station.mark.sandbox.add_fault(fault);
    let asked = ask(&station, &id, 1);
    let moved = async {
        let sandbox = &station.mark.sandbox;
        let seen = sandbox.wait_received(|one| one.path == path("codes")).await;
        // It is carried out before it waits; only the clock lets it go.
        while station.kept(&id).buffers[0].passed() == 0 {
            tokio::task::yield_now().await;
        }
        let entry = sandbox
            .wait_received(|one| one.sequence == seen.sequence)
            .await;
        assert_eq!(entry.progress, Progress::Arrived);
        station.pass(60_000);
    };
    assert_eq!(tokio::join!(asked, moved).0, Some(200));
}

#[tokio::test]
async fn faults_and_rules_are_set_by_the_control_api_too() {
    let station = Station::slow().await;
    let control = async |method: &str, target: &str, body: Value| {
        let reply = station.mark.control(method, target, &body).await;
        assert_eq!(reply.status, 200, "{}", reply.json());
        reply.json()
    };
    let rules = json!({ "pendingMs": 0, "approvedMs": 0, "readyMs": 0, "fillMs": 0, "overAsking": "FEWER" });
    assert_eq!(
        control("PUT", "crpt/emission", rules).await["overAsking"],
        "FEWER"
    );
    let fault = json!({ "kind": "orderTurn", "turn": { "reject": { "gtin": GTIN } }, "times": 1 });
    control("POST", "faults", fault).await;
    let fault = json!({
        "kind": "cutBody", "bytes": 5, "path": path("codes"), "exact": true, "times": 2,
    });
    control("POST", "faults", fault).await;
    let rejected = station.order(&clothes(1)).await;
    assert_eq!(station.line(&rejected).await["bufferStatus"], "REJECTED");

    let id = station.order(&clothes(1)).await;
    let shown = control("GET", &format!("crpt/orders/{id}"), json!(null)).await;
    assert_eq!(shown["orderStatus"], "READY");
    assert_eq!(shown["buffers"][0]["handedOut"], 0);
    let turn = json!({ "decline": "" });
    let turned = control("PATCH", &format!("crpt/orders/{id}"), turn).await;
    assert_eq!(turned["orderStatus"], "DECLINED");
    let ours = clothes(1)["attributes"]["productionOrderId"]
        .as_str()
        .unwrap()
        .to_owned();
    let listed = format!("crpt/orders?productionOrderId={ours}");
    let listed = control("GET", &listed, json!(null)).await;
    assert_eq!(listed["orders"].as_array().unwrap().len(), 2);
    let missing = station
        .mark
        .control("GET", "crpt/orders/x", &json!(null))
        .await;
    assert_eq!(missing.status, 404);
}
