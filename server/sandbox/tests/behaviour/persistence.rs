//! The world in its file.

use std::fs;

use sandbox::{
    Clock, DEMO_API_KEY, DEMO_BUSINESS, DEMO_DBS_CAMPAIGN, DEMO_FBS_CAMPAIGN, DEMO_INN,
    DEMO_OMS_ID, Sandbox, SnapshotError, World,
    crpt::ids::Inn,
    market::{ids::OrderId, limits::Resource, order::NewOrder},
};
use serde_json::json;
use tokio::{net::TcpListener, sync::oneshot, time::timeout};

use super::stand::{NOW_MS, PATIENCE, Stand, send};

const ORDER: OrderId = OrderId(48_512_377);

#[tokio::test]
async fn a_restart_goes_on_with_what_was_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    let demo = || World::demo(Clock::manual(NOW_MS));
    let sandbox = Sandbox::open(&path, demo).unwrap();
    let stand = Stand::of(sandbox).await;
    let items: Vec<_> = stand
        .sandbox
        .codes(ORDER)
        .unwrap()
        .into_iter()
        .map(|line| json!({ "id": line.id, "instances": line.instances }))
        .collect();
    let target = format!("/v2/campaigns/{DEMO_DBS_CAMPAIGN}/orders/{ORDER}/identifiers");
    let body = json!({ "items": items });
    let reply = stand
        .call_with(DEMO_API_KEY, "PUT", &target, Some(&body))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    stand.sandbox.advance(1_000).unwrap();
    let made = stand.order(vec![]);

    let again = Sandbox::open(&path, || panic!("the world is in the file")).unwrap();
    assert_eq!(again.order(ORDER), stand.sandbox.order(ORDER));
    assert_eq!(again.order(ORDER).unwrap().items[0].instances.len(), 2);
    assert_eq!(again.now_ms(), NOW_MS + 1_000);
    let next = again.create_order(NewOrder::of(stand.dbs)).unwrap();
    assert!(next.order_id > made.order_id, "numbers go on");
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "no temporary file is left");
}

#[test]
fn a_file_that_is_not_a_world_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    fs::write(&path, "{\"clock\":").unwrap();
    let opened = Sandbox::open(&path, || World::empty(Clock::live()));
    assert!(matches!(opened, Err(SnapshotError::Content { .. })));
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"clock\":");
}

/// A world file written before the sandbox knew boxes: a demo world, four orders of it.
const BEFORE_BOXES: &str = include_str!("world/before_boxes.json");

#[tokio::test]
async fn a_file_from_before_boxes_is_read_and_completed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.json");
    fs::write(&path, BEFORE_BOXES).unwrap();
    let sandbox = Sandbox::open(&path, || panic!("the world is in the file")).unwrap();
    let stand = Stand::of(sandbox).await;
    let sent = stand.sandbox.order(OrderId(48_509_127)).unwrap();
    assert_eq!(sent.items[0].instances.len(), 1, "what was sent is kept");
    let limits = stand.sandbox.world().market.limits;
    assert_eq!(limits.per_hour[&Resource::IdentifiersStatus], 1_000);
    let shop = stand.sandbox.participant(&Inn::new(DEMO_INN).unwrap());
    assert_eq!(shop.unwrap().oms_id.as_str(), DEMO_OMS_ID);
    let offers = stand.sandbox.world().market.offers;
    assert!(offers[&DEMO_BUSINESS].contains_key("TAP-VOL-41"));

    let listed = format!("/v1/businesses/{DEMO_BUSINESS}/orders");
    let listed = stand
        .call_with(DEMO_API_KEY, "POST", &listed, Some(&json!({})))
        .await;
    assert_eq!(listed.json()["orders"].as_array().unwrap().len(), 4);
    let order = stand.sandbox.order(OrderId(48_512_398)).unwrap();
    let codes = stand.sandbox.codes(order.order_id).unwrap();
    let items: Vec<_> = order
        .items
        .iter()
        .map(|item| {
            let mut entry = json!({ "id": item.id, "fullCount": item.count });
            if let Some(line) = codes.iter().find(|line| line.id == item.id) {
                entry["instances"] = json!(line.instances);
            }
            entry
        })
        .collect();
    let target = format!(
        "/v2/campaigns/{DEMO_FBS_CAMPAIGN}/orders/{}/boxes",
        order.order_id
    );
    let body = json!({ "boxes": [{ "items": items }] });
    let reply = stand
        .call_with(DEMO_API_KEY, "PUT", &target, Some(&body))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.json());

    let again = Sandbox::open(&path, || panic!("the world is in the file")).unwrap();
    assert_eq!(
        again.order(order.order_id),
        stand.sandbox.order(order.order_id)
    );
    assert_eq!(again.order(order.order_id).unwrap().boxes.len(), 1);
    assert_eq!(again.order(order.order_id).unwrap().checks.len(), 1);
}

#[tokio::test]
async fn a_change_that_cannot_be_saved_is_not_called_a_success() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gone").join("world.json");
    fs::create_dir(folder.path().join("gone")).unwrap();
    let sandbox = Sandbox::open(&path, || World::demo(Clock::manual(NOW_MS))).unwrap();
    let stand = Stand::of(sandbox).await;
    fs::remove_dir_all(folder.path().join("gone")).unwrap();
    let order = stand.sandbox.order(ORDER).unwrap();
    let line = &stand.sandbox.codes(ORDER).unwrap()[0];
    let body = json!({ "items": [{ "id": line.id, "instances": line.instances }] });
    let target = format!(
        "/v2/campaigns/{}/orders/{ORDER}/identifiers",
        order.campaign_id
    );
    let reply = stand
        .call_with(DEMO_API_KEY, "PUT", &target, Some(&body))
        .await;
    assert_eq!(reply.refusal().0, 500);
}

#[tokio::test]
async fn a_shutdown_ends_the_server() {
    let sandbox = Sandbox::new(World::empty(Clock::live()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let served = tokio::spawn(async move {
        let shutdown = async {
            stopped.await.unwrap();
        };
        sandbox.serve(listener, shutdown).await;
    });
    let reply = send(address, "GET", "/_sandbox", &[], b"").await;
    assert_eq!(reply.unwrap().status, 200);
    stop.send(()).unwrap();
    timeout(PATIENCE, served)
        .await
        .expect("the server ends")
        .unwrap();
}
