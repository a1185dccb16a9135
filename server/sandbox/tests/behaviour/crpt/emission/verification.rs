//! Codes of СУЗ in an order of the Market: one world.

use sandbox::{
    DEMO_API_KEY, DEMO_FBS_CAMPAIGN, DEMO_FOREIGN_INN,
    crpt::emission::{EmissionRulesChange, Introduction, OrderTurn},
    market::{
        cabinet::{NewCabinet, PlacementType, Scope},
        ids::OrderId,
        order::{NewItem, NewOrder},
    },
};
use serde_json::{Value, json};

use super::{GTIN, Station, block, clothes};

/// Puts a code into an order of a shop and returns what the Market says of it.
async fn verdict(station: &Station, key: &str, campaign: i64, code: &str) -> Value {
    let sandbox = &station.mark.sandbox;
    let campaign_id = sandbox::market::ids::CampaignId(campaign);
    let new = NewOrder::of(campaign_id).item(NewItem::marked("Футболка", 1));
    let order = sandbox.create_order(new).unwrap();
    let OrderId(id) = order.order_id;
    let item = order.items[0].id;
    let target = format!("/v2/campaigns/{campaign}/orders/{id}");
    let headers = [("Api-Key", key), ("Content-Type", "application/json")];
    let boxes = json!({
        "boxes": [{ "items": [{ "id": item, "fullCount": 1, "instances": [{ "cis": code }] }] }],
        "allowRemove": false,
    });
    let put = format!("{target}/boxes");
    let reply = station
        .mark
        .send("PUT", &put, &headers, boxes.to_string().as_bytes())
        .await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    station.pass(10_000);
    let post = format!("{target}/identifiers/status");
    let reply = station.mark.send("POST", &post, &headers, b"").await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    reply.json()["result"]["items"][0]["cis"][0].clone()
}

async fn of_demo(station: &Station, code: &str) -> Value {
    verdict(station, DEMO_API_KEY, DEMO_FBS_CAMPAIGN.0, code).await
}

fn invalid(verdict: &Value) -> &str {
    assert_eq!(verdict["status"], "INVALID", "{verdict}");
    verdict["substatus"].as_str().unwrap()
}

async fn two_codes(station: &Station) -> (String, Vec<String>) {
    let id = station.order(&clothes(3)).await;
    let (codes, _) = block(&station.codes(&id, GTIN, 2).await);
    (id, codes)
}

#[tokio::test]
async fn a_code_of_clothes_can_be_sold_as_it_comes() {
    let station = Station::quick().await;
    let (_, codes) = two_codes(&station).await;
    assert_eq!(of_demo(&station, &codes[0]).await["status"], "OK");
    let identity = codes[1].split('\u{1d}').next().unwrap();
    assert_eq!(
        of_demo(&station, identity).await["status"],
        "OK",
        "without its tail"
    );
}

#[tokio::test]
async fn a_code_with_a_wrong_tail_or_that_nobody_took_is_rejected() {
    let station = Station::quick().await;
    let (id, codes) = two_codes(&station).await;
    let mut spoilt = codes[0].clone();
    let last = spoilt.len() - 2;
    let other = if spoilt.as_bytes()[last] == b'A' {
        "B"
    } else {
        "A"
    };
    spoilt.replace_range(last..=last, other);
    assert_eq!(
        invalid(&of_demo(&station, &spoilt).await),
        "INVALID_CRYPTO_TAIL"
    );

    let (third, _) = block(&station.codes(&id, GTIN, 1).await);
    assert_eq!(of_demo(&station, &third[0]).await["status"], "OK");
    // In a world just like this one the third code was not taken.
    let twin = Station::quick().await;
    let (_, same) = two_codes(&twin).await;
    assert_eq!(same, codes, "the same dice give the same codes");
    assert_eq!(
        invalid(&of_demo(&twin, &third[0]).await),
        "CIS_NOT_FOUND_IN_GIS_MT"
    );
}

#[tokio::test]
async fn a_code_of_another_company_is_rejected() {
    let station = Station::quick().await;
    let (_, codes) = two_codes(&station).await;
    let foreign = NewCabinet {
        inn: Some(DEMO_FOREIGN_INN.to_owned()),
        ..NewCabinet::named("Соседи")
            .key("all", &[Scope::AllMethods])
            .shop("Соседний склад", PlacementType::Fbs)
    };
    let cabinet = station.mark.sandbox.create_cabinet(foreign).unwrap();
    let (key, campaign) = (cabinet.keys[0].key.reveal(), cabinet.campaigns[0].id.0);
    let told = verdict(&station, key, campaign, &codes[0]).await;
    assert_eq!(invalid(&told), "WRONG_OWNER_INN");
}

#[tokio::test]
async fn codes_of_other_groups_wait_to_be_applied_and_introduced() {
    let station = Station::quick().await;
    station.rules(EmissionRulesChange {
        introduction: Some(Introduction::Manual),
        ..EmissionRulesChange::default()
    });
    let (id, codes) = two_codes(&station).await;
    assert_eq!(
        invalid(&of_demo(&station, &codes[0]).await),
        "NOT_PLACED_ON_MARKET"
    );
    let turn = |turn: OrderTurn| station.mark.sandbox.turn_emission_order(&id, turn).unwrap();
    turn(OrderTurn {
        introduced: Some(true),
        ..OrderTurn::default()
    });
    assert_eq!(of_demo(&station, &codes[1]).await["status"], "OK");

    let change = json!({ "groups": { "water": { "state": "ACTIVE", "balance": 0 } } });
    let target = format!("crpt/participants/{}", sandbox::DEMO_INN);
    station.mark.control("PATCH", &target, &change).await;
    let mut water = clothes(2);
    water["productGroup"] = json!("water");
    water["products"][0]["templateId"] = json!(16);
    let id = station.order(&water).await;
    let (codes, _) = block(&station.codes(&id, GTIN, 2).await);
    assert_eq!(
        invalid(&of_demo(&station, &codes[0]).await),
        "NOT_PRINTED_ON_PACKAGE"
    );
    let applied = OrderTurn {
        applied: Some(true),
        introduced: Some(true),
        ..OrderTurn::default()
    };
    station
        .mark
        .sandbox
        .turn_emission_order(&id, applied)
        .unwrap();
    assert_eq!(of_demo(&station, &codes[1]).await["status"], "OK");
}
