//! The demo world.

use std::collections::BTreeSet;

use sandbox::{
    Clock, DEMO_API_KEY, DEMO_BUSINESS, DEMO_FBS_CAMPAIGN, Sandbox, World,
    market::order::{InstanceType, Order, OrderStatus, ProgramType},
};
use serde_json::{Value, json};

use super::stand::{NOW_MS, Reply, Stand};

async fn demo() -> Stand {
    let mut stand = Stand::of(Sandbox::new(World::demo(Clock::manual(NOW_MS)))).await;
    DEMO_API_KEY.clone_into(&mut stand.key);
    stand
}

fn to_pack(stand: &Stand) -> Vec<Order> {
    let world = stand.sandbox.world();
    let orders = world.market.orders.values();
    orders
        .filter(|order| order.campaign_id == DEMO_FBS_CAMPAIGN)
        .filter(|order| order.status == OrderStatus::Processing)
        .cloned()
        .collect()
}

#[tokio::test]
async fn every_kind_of_order_to_pack_is_there_and_deadlines_differ() {
    let stand = demo().await;
    let orders = to_pack(&stand);
    let lines = || orders.iter().flat_map(|order| &order.items);
    let asked: BTreeSet<InstanceType> = lines()
        .flat_map(|item| item.required_instance_types.clone())
        .collect();
    assert_eq!(asked.len(), 5, "{asked:?}");
    assert!(lines().any(|item| item.count > 1 && !item.required_instance_types.is_empty()));
    assert!(lines().any(|item| item.promo));
    assert!(orders.iter().any(|order| order.fake));
    let express = orders
        .iter()
        .filter(|order| order.program_type == ProgramType::Express);
    assert!(express.count() >= 2);
    let three = orders.iter().filter(|order| {
        let marked = order
            .items
            .iter()
            .filter(|item| !item.required_instance_types.is_empty());
        marked.count() == 2 && order.items.len() == 3
    });
    assert!(three.count() >= 3);
    let days: BTreeSet<String> = orders
        .iter()
        .filter_map(|order| order.shipment_date.map(|day| day.to_string()))
        .collect();
    assert!(days.len() >= 4, "{days:?}");
}

#[tokio::test]
async fn every_order_to_pack_can_be_packed_verified_and_shipped() {
    let stand = demo().await;
    let mut rejected = 0;
    for order in to_pack(&stand) {
        stand.pack(&order).await;
        stand.sandbox.advance(5_000).unwrap();
        let mut reply = stand
            .ask_status(&order, "PROCESSING", "READY_TO_SHIP")
            .await;
        if reply.status == 400 {
            rejected += 1;
            assert_eq!(reply.codes(), ["INVALID_CIS"]);
            stand.pack(&order).await;
            stand.sandbox.advance(5_000).unwrap();
            reply = stand
                .ask_status(&order, "PROCESSING", "READY_TO_SHIP")
                .await;
        }
        assert_eq!(reply.status, 200, "{}: {}", order.order_id, reply.json());
    }
    assert_eq!(rejected, 1, "one order shows a code that was sold already");
}

#[tokio::test]
async fn the_demo_key_sees_the_goods_and_a_return() {
    let stand = demo().await;
    let json_of = |reply: Reply| -> Value {
        assert_eq!(reply.status, 200);
        reply.json()
    };
    let goods = format!("/v2/businesses/{DEMO_BUSINESS}/offer-mappings");
    let named = json!({ "offerIds": ["VELO-SKL-20"] });
    let goods = json_of(stand.call("POST", &goods, Some(&named)).await);
    let barcode = &goods["result"]["offerMappings"][0]["offer"]["barcodes"][0];
    assert_eq!(barcode.as_str().map(str::len), Some(13));
    let returns = format!("/v2/campaigns/{DEMO_FBS_CAMPAIGN}/returns");
    let returns = json_of(stand.call("GET", &returns, None).await);
    let unit = &returns["result"]["returns"][0]["items"][0]["instances"][0];
    assert!(unit["cis"].as_str().unwrap().starts_with("01"));
    let fake = format!("/v1/businesses/{DEMO_BUSINESS}/orders");
    let fake = json_of(
        stand
            .call("POST", &fake, Some(&json!({ "fake": true })))
            .await,
    );
    assert_eq!(fake["orders"].as_array().unwrap().len(), 1);
}
