//! Layouts of boxes.

use sandbox::market::{
    cabinet::{NewCabinet, PlacementType},
    order::{InstanceType, NewItem, NewOrder, Order, OrderChange, OrderStatus, Substatus},
};
use serde_json::{Value, json};

use super::stand::{Reply, Stand};

fn cis(number: usize) -> String {
    format!("01046100123456752155Qba{number:03}\u{1d}93Zjqw")
}

fn cises(numbers: std::ops::Range<usize>) -> Value {
    numbers
        .map(|number| json!({ "cis": cis(number) }))
        .collect()
}

fn line(order: &Order, place: usize) -> i64 {
    order.items[place].id.0
}

fn violations(reply: &Reply) -> String {
    let (status, code, words) = reply.refusal();
    assert_eq!((status, code.as_str()), (400, "BAD_REQUEST"));
    let words = words.strip_prefix("Invalid order boxes layout request. Violations: ");
    words.expect("the documented beginning").to_owned()
}

#[tokio::test]
async fn a_layout_is_stored_answered_and_listed() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![
        NewItem::marked("Тапочки", 3),
        NewItem::plain("Ложка", 1),
    ]);
    let (slippers, horn) = (line(&order, 0), line(&order, 1));
    stand.sandbox.advance(60_000).unwrap();
    let boxes = json!([
        { "items": [
            { "id": slippers, "fullCount": 2, "instances": cises(0..2) },
            { "id": horn, "fullCount": 1 },
        ] },
        { "items": [{ "id": slippers, "fullCount": 1, "instances": cises(2..3) }] },
    ]);
    let reply = stand.lay_out(&order, boxes.clone()).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    let answer = reply.json();
    assert_eq!(answer["status"], "OK");
    let answered = answer["result"]["boxes"].as_array().unwrap();
    let numbers: Vec<i64> = answered
        .iter()
        .map(|one| one["boxId"].as_i64().unwrap())
        .collect();
    assert_ne!(numbers[0], numbers[1]);
    for (place, one) in answered.iter().enumerate() {
        assert_eq!(one["items"], boxes[place]["items"], "an echo");
    }

    let listed = stand.list(json!({})).await.json();
    let listed = &listed["orders"][0];
    assert_eq!(listed["updateDate"], "2026-11-18T14:54:20+03:00");
    let layout = &listed["delivery"]["boxesLayout"];
    assert_eq!(layout[1]["boxId"], numbers[1]);
    assert_eq!(layout[1]["barcode"], format!("{}-2", order.order_id));
    let shown = json!([{ "cis": "01046100123456752155Qba002", "cisFull": cis(2) }]);
    assert_eq!(
        layout[1]["items"],
        json!([{ "id": slippers, "fullCount": 1, "instances": shown }])
    );
    let stored = listed["items"][0]["instances"].as_array().unwrap();
    assert_eq!(stored.len(), 3);
    assert_eq!(stored[2], shown[0]);
    assert!(listed["items"][1].get("instances").is_none());
}

#[tokio::test]
async fn the_shape_of_the_body_is_checked_first() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 1)]);
    let id = line(&order, 0);
    let size = "size must be between '1' and '2147483647' (rejected size: '0')";
    for (boxes, words) in [
        (json!([]), format!("'boxes' {size}")),
        (json!([{ "items": [] }]), format!("'boxes[0].items' {size}")),
        (
            json!([{ "items": [{ "id": id, "fullCount": 1, "instances": [] }] }]),
            format!("'boxes[0].items[0].instances' {size}"),
        ),
        (
            json!([{ "items": [{ "id": id, "fullCount": 1, "instances": [null] }] }]),
            "'boxes[0].items[0].instances' elements must be not null (rejected value: 'null')"
                .to_owned(),
        ),
        (
            json!([null]),
            "'boxes' elements must be not null (rejected value: 'null')".to_owned(),
        ),
        (
            json!([{ "items": [{ "id": id, "fullCount": 0 }] }]),
            "'boxes[0].items[0].fullCount' must be greater than or equal to '1' (rejected value: '0')"
                .to_owned(),
        ),
        (
            json!([{ "items": [{ "id": id, "partialCount": { "current": 1, "total": 1 } }] }]),
            "'boxes[0].items[0].partialCount.total' must be greater than or equal to '2' (rejected value: '1')"
                .to_owned(),
        ),
        (
            json!([{ "items": [{ "fullCount": 1 }] }]),
            "'boxes[0].items[0].id' must not be null (rejected value: null)".to_owned(),
        ),
    ] {
        let reply = stand.lay_out(&order, boxes).await;
        assert_eq!(reply.refusal(), (400, "BAD_REQUEST".to_owned(), words));
    }
    let empty = stand.about(&order, "PUT", "boxes", Some(&json!({}))).await;
    assert_eq!(
        empty.refusal().2,
        "'boxes' must not be null (rejected value: null)"
    );
    assert!(stand.stored(&order).boxes.is_empty());
}

#[tokio::test]
async fn a_box_that_cannot_be_is_a_violation() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![
        NewItem::marked("Велосипед", 1),
        NewItem::plain("Насос", 2),
    ]);
    let (bicycle, pump) = (line(&order, 0), line(&order, 1));
    let part = |current: u32, total: u32| json!({ "id": bicycle, "partialCount": { "current": current, "total": total } });
    let pumps = json!({ "id": pump, "fullCount": 2 });
    let one = json!({ "id": pump, "fullCount": 1 });
    let mut both = part(1, 2);
    both["fullCount"] = json!(1);
    let neither = json!({ "id": pump });
    for (boxes, words) in [
        (
            json!([{ "items": [both, pumps] }]),
            "exactly one of fullCount and partialCount must be set at 'boxes[0].items[0]'",
        ),
        (
            json!([{ "items": [neither] }]),
            "exactly one of fullCount and partialCount must be set at 'boxes[0].items[0]'",
        ),
        (
            json!([{ "items": [part(1, 2), pumps] }, { "items": [part(2, 2)] }]),
            "box 1 with partialCount must contain only one item",
        ),
        (
            json!([{ "items": [part(1, 2)] }, { "items": [pumps] }]),
            "not all parts of 2 are in the boxes",
        ),
        (
            json!([{ "items": [part(1, 2)] }, { "items": [part(3, 2)] }, { "items": [part(2, 2)] }]),
            "not all parts of 2 are in the boxes",
        ),
        (
            json!([{ "items": [part(2, 2)] }, { "items": [pumps] }]),
            "not all parts of 2 are in the boxes",
        ),
    ] {
        assert_eq!(violations(&stand.lay_out(&order, boxes).await), words);
    }
    let twice =
        json!([{ "items": [one, one] }, { "items": [part(1, 2)] }, { "items": [part(2, 2)] }]);
    assert_eq!(
        violations(&stand.lay_out(&order, twice).await),
        format!("item with id = {pump} is duplicated in box 1")
    );
}

#[tokio::test]
async fn the_code_of_a_split_item_is_in_each_of_its_boxes() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Велосипед", 1)]);
    let id = line(&order, 0);
    let part = |current: u32, code: usize| {
        json!({ "items": [{
            "id": id,
            "partialCount": { "current": current, "total": 2 },
            "instances": [{ "cis": cis(code) }],
        }] })
    };
    let other = stand.lay_out(&order, json!([part(1, 1), part(2, 2)])).await;
    assert_eq!(
        violations(&other),
        "identifiers of an item split into 2 parts must be the same in every box"
    );
    let same = stand.lay_out(&order, json!([part(1, 1), part(2, 1)])).await;
    assert_eq!(same.status, 200, "{}", same.json());
    let stored = stand.stored(&order);
    assert_eq!(stored.items[0].instances.len(), 1, "one unit, one code");
    assert_eq!(stored.boxes.len(), 2);
    assert_eq!(
        stored.boxes[0].items[0].instances,
        stored.boxes[1].items[0].instances
    );
}

#[tokio::test]
async fn two_split_units_and_a_whole_one_are_three() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Велосипед", 3)]);
    let id = line(&order, 0);
    let part = |current: u32, code: usize| {
        json!({ "items": [{
            "id": id,
            "partialCount": { "current": current, "total": 2 },
            "instances": [{ "cis": cis(code) }],
        }] })
    };
    let whole = json!({ "items": [{ "id": id, "fullCount": 1, "instances": cises(2..3) }] });
    let boxes = json!([part(1, 0), part(2, 0), part(1, 1), whole, part(2, 1)]);
    let reply = stand.lay_out(&order, boxes).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    let stored = stand.stored(&order);
    assert_eq!(
        (stored.items[0].count, stored.items[0].instances.len()),
        (3, 3)
    );
}

#[tokio::test]
async fn every_line_is_laid_out_completely_or_refused() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![
        NewItem::marked("Тапочки", 2),
        NewItem::plain("Ложка", 1),
    ]);
    let (slippers, horn) = (line(&order, 0), line(&order, 1));
    let missing =
        json!([{ "items": [{ "id": slippers, "fullCount": 2, "instances": cises(0..2) }] }]);
    assert_eq!(
        violations(&stand.lay_out(&order, missing).await),
        format!("item with id = {horn} is not laid out completely: ordered 1, passed 0")
    );
    let fewer = json!([{ "items": [
        { "id": slippers, "fullCount": 1, "instances": cises(0..1) },
        { "id": horn, "fullCount": 1 },
    ] }]);
    assert_eq!(
        violations(&stand.lay_out(&order, fewer).await),
        format!("item with id = {slippers} is not laid out completely: ordered 2, passed 1")
    );
    let more = json!([{ "items": [
        { "id": slippers, "fullCount": 2 },
        { "id": horn, "fullCount": 2 },
    ] }]);
    let refused = stand.lay_out(&order, more).await;
    assert_eq!(refused.codes(), ["ITEMS_ADDITION_NOT_SUPPORTED"]);
    let foreign = json!([{ "items": [
        { "id": slippers, "fullCount": 2 },
        { "id": horn, "fullCount": 1 },
        { "id": 5, "fullCount": 1 },
    ] }]);
    let refused = stand.lay_out(&order, foreign).await;
    assert_eq!(refused.codes(), ["ITEM_NOT_FOUND"]);
    assert_eq!(stand.stored(&order), order, "nothing has changed");
}

#[tokio::test]
async fn what_is_left_out_is_removed_for_good_when_that_is_allowed() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![
        NewItem::marked("Тапочки", 2),
        NewItem::plain("Ложка", 1),
    ]);
    let (slippers, horn) = (line(&order, 0), line(&order, 1));
    let less = json!({ "allowRemove": true, "boxes": [{ "items": [
        { "id": slippers, "fullCount": 1, "instances": cises(0..1) },
    ] }] });
    let reply = stand.about(&order, "PUT", "boxes", Some(&less)).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    let stored = stand.stored(&order);
    assert_eq!(stored.items.len(), 1);
    assert_eq!(stored.items[0].count, 1);

    let whole = json!([{ "items": [
        { "id": slippers, "fullCount": 2 },
        { "id": horn, "fullCount": 1 },
    ] }]);
    let back = stand.lay_out(&order, whole).await;
    let mut codes = back.codes();
    codes.sort();
    assert_eq!(codes, ["ITEMS_ADDITION_NOT_SUPPORTED", "ITEM_NOT_FOUND"]);
}

#[tokio::test]
async fn some_removals_are_refused_even_when_allowed() {
    let stand = Stand::new().await;
    let cheap = NewItem {
        price_kopecks: Some(100),
        ..NewItem::plain("Ложка", 1)
    };
    let promo = NewItem {
        promo: true,
        price_kopecks: Some(5_000),
        ..NewItem::plain("Крем", 1)
    };
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 1), cheap, promo]);
    let entries: Vec<Value> = order
        .items
        .iter()
        .map(|item| json!({ "id": item.id, "fullCount": item.count }))
        .collect();
    let remove = async |kept: &[usize]| {
        let items: Vec<&Value> = kept.iter().map(|place| &entries[*place]).collect();
        let body = json!({ "allowRemove": true, "boxes": [{ "items": items }] });
        stand.about(&order, "PUT", "boxes", Some(&body)).await
    };
    assert_eq!(remove(&[0, 1]).await.codes(), ["PROMO_PROHIBITS_DELETE"]);
    assert_eq!(
        remove(&[1]).await.codes(),
        ["PROMO_PROHIBITS_DELETE", "DELETED_ITEMS_EXCEEDS_THRESHOLD"]
    );
    let body =
        json!({ "allowRemove": true, "boxes": [{ "items": [{ "id": 5, "fullCount": 1 }] }] });
    let all = stand.about(&order, "PUT", "boxes", Some(&body)).await;
    assert!(all.codes().contains(&"CANNOT_REMOVE_LAST_ITEM".to_owned()));
    assert_eq!(stand.stored(&order), order);
    assert_eq!(remove(&[0, 2]).await.status, 200);
}

#[tokio::test]
async fn identifiers_are_checked_as_they_are_without_boxes() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![
        NewItem::marked("Тапочки", 2),
        NewItem::asking("Кольцо", 1, &[InstanceType::Uin]),
        NewItem::asking("Массажёр", 1, &[InstanceType::Rnpt, InstanceType::Gtd]),
    ]);
    let ids: Vec<i64> = (0..3).map(|place| line(&order, place)).collect();
    let uin = json!([{ "uin": "6400000000000001" }]);
    let customs = json!([{
        "rnpt": "10228010/120926/3144556/001",
        "gtd": "10228010/120926/3144556",
        "countryCode": "CN",
    }]);
    let boxes = |marks: Value, uin: Value, customs: Value| {
        json!([{ "items": [
            { "id": ids[0], "fullCount": 2, "instances": marks },
            { "id": ids[1], "fullCount": 1, "instances": uin },
            { "id": ids[2], "fullCount": 1, "instances": customs },
        ] }])
    };
    let twice = json!([{ "cis": cis(1) }, { "cis": cis(1).replace("Zjqw", "AAAA") }]);
    for (layout, codes) in [
        (
            boxes(cises(0..1), uin.clone(), customs.clone()),
            vec!["TOO_FEW_CISES_FOR_ITEM"],
        ),
        (
            boxes(cises(0..3), uin.clone(), customs.clone()),
            vec!["TOO_MANY_CISES_FOR_ITEM"],
        ),
        (
            boxes(twice, uin.clone(), customs.clone()),
            vec!["DUPLICATE_CIS"],
        ),
        (
            boxes(cises(0..2), json!([{ "uin": "64" }]), customs.clone()),
            vec!["INVALID_UIN"],
        ),
        (
            boxes(cises(0..2), uin.clone(), json!([{ "countryCode": "CN" }])),
            vec![
                "INVALID_RNPT",
                "COUNTRY_CODE_AND_GTD_ARE_REQUIRED_VALIDATION_ERROR",
            ],
        ),
        (
            boxes(
                json!([{ "cis": "x" }, { "cis": cis(1) }]),
                uin.clone(),
                customs.clone(),
            ),
            vec!["INVALID_CIS"],
        ),
    ] {
        let reply = stand.lay_out(&order, layout).await;
        assert_eq!(
            (reply.status, reply.codes()),
            (400, codes.into_iter().map(str::to_owned).collect())
        );
    }
    let reply = stand
        .lay_out(&order, boxes(cises(0..2), uin, customs))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    let listed = stand.list(json!({})).await.json();
    let items = &listed["orders"][0]["items"];
    assert_eq!(
        items[1]["instances"],
        json!([{ "uin": "6400000000000001" }])
    );
    assert_eq!(items[2]["instances"][0]["countryCode"], "CN");
}

#[tokio::test]
async fn codes_lie_in_the_boxes_of_their_units() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 2)]);
    let id = line(&order, 0);
    let boxes = json!([
        { "items": [{ "id": id, "fullCount": 1, "instances": cises(0..2) }] },
        { "items": [{ "id": id, "fullCount": 1 }] },
    ]);
    let refused = stand.lay_out(&order, boxes).await;
    assert_eq!(refused.codes(), ["INVALID_ITEM"]);
}

#[tokio::test]
async fn a_layout_is_replaced_whole_and_an_unchanged_box_keeps_its_number() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::marked("Тапочки", 2)]);
    let id = line(&order, 0);
    let one = |count: u32, codes| json!({ "items": [{ "id": id, "fullCount": count, "instances": codes }] });
    let numbers = |reply: &Reply| -> Vec<i64> {
        let body = reply.json();
        let boxes = body["result"]["boxes"]
            .as_array()
            .unwrap_or_else(|| panic!("{body}"));
        boxes
            .iter()
            .map(|one| one["boxId"].as_i64().unwrap())
            .collect()
    };
    let first = numbers(
        &stand
            .lay_out(&order, json!([one(1, cises(0..1)), one(1, cises(1..2))]))
            .await,
    );
    let again = numbers(
        &stand
            .lay_out(&order, json!([one(1, cises(2..3)), one(1, cises(1..2))]))
            .await,
    );
    assert_eq!(first, again, "another code, the same boxes");
    let merged = numbers(&stand.lay_out(&order, json!([one(2, cises(0..2))])).await);
    assert_eq!(merged.len(), 1);
    assert!(!first.contains(&merged[0]));
    let stored = stand.stored(&order);
    assert_eq!(stored.boxes.len(), 1);
    let kept: Vec<Option<String>> = stored.items[0]
        .instances
        .iter()
        .map(|one| one.cis.clone())
        .collect();
    assert_eq!(kept, [Some(cis(0)), Some(cis(1))]);
}

#[tokio::test]
async fn nothing_is_laid_out_after_ready_to_ship_or_in_a_closed_order() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::plain("Ложка", 1)]);
    let boxes = json!([{ "items": [{ "id": line(&order, 0), "fullCount": 1 }] }]);
    let change = async |status, substatus: &str| {
        let change = OrderChange {
            status: Some(status),
            substatus: Some(Substatus::try_from(substatus.to_owned()).unwrap()),
            ..OrderChange::default()
        };
        stand.sandbox.change_order(order.order_id, change).unwrap();
        stand.lay_out(&order, boxes.clone()).await.refusal()
    };
    assert_eq!(
        change(OrderStatus::Processing, "READY_TO_SHIP").await,
        (
            400,
            "ORDER_MODIFICATION_NOT_ALLOWED".to_owned(),
            "Attempt to change order items or instances after READY_TO_SHIP".to_owned()
        )
    );
    let words = format!(
        "Action is not allowed for order '{}' with status 'CANCELLED' and substatus 'SHOP_FAILED'",
        order.order_id
    );
    assert_eq!(change(OrderStatus::Cancelled, "SHOP_FAILED").await.2, words);
    let record = stand.sandbox.record(order.order_id);
    assert_eq!((record.accepted, record.refused, record.late), (0, 2, 2));
}

#[tokio::test]
async fn a_dbs_order_may_be_laid_out_and_one_of_another_model_may_not() {
    let stand = Stand::new().await;
    let dbs = stand.order(vec![NewItem::marked("Тапочки", 1)]);
    stand.pack(&dbs).await;
    assert!(
        stand.stored(&dbs).checks.is_empty(),
        "its codes are not verified"
    );

    let laas = NewCabinet::named("Чужие площадки").shop("Со склада", PlacementType::Laas);
    let cabinet = stand.sandbox.create_cabinet(laas).unwrap();
    let new = NewOrder::of(cabinet.campaigns[0].id).item(NewItem::plain("Ложка", 1));
    let order = stand.sandbox.create_order(new).unwrap();
    let path = format!(
        "/v2/campaigns/{}/orders/{}/boxes",
        order.campaign_id, order.order_id
    );
    let body = json!({ "boxes": [{ "items": [{ "id": line(&order, 0), "fullCount": 1 }] }] });
    let key = cabinet.keys[0].key.reveal();
    let refused = stand.call_with(key, "PUT", &path, Some(&body)).await;
    assert_eq!(
        refused.refusal(),
        (
            400,
            "CAMPAIGN_TYPE_NOT_SUPPORTED".to_owned(),
            "Campaign type is not allowed. Allowed campaign types: 'FBS, DBS'".to_owned()
        )
    );
}

#[tokio::test]
async fn a_key_that_may_only_read_lays_nothing_out() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::plain("Ложка", 1)]);
    let path = format!(
        "/v2/campaigns/{}/orders/{}/boxes",
        stand.fbs, order.order_id
    );
    let body = json!({ "boxes": [{ "items": [{ "id": line(&order, 0), "fullCount": 1 }] }] });
    let refused = stand
        .call_with(&stand.read_only, "PUT", &path, Some(&body))
        .await;
    assert_eq!(refused.refusal().0, 403);
}
