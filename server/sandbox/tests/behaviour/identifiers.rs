//! Identifiers of units.

use sandbox::market::order::{
    InstanceType, NewItem, NewOrder, OrderChange, OrderStatus, Substatus,
};
use serde_json::{Value, json};

use super::stand::Stand;

const SAMPLE: &str = "01030410947874432155Qbag!\u{1d}93Zjqw";

fn cis(number: usize) -> String {
    format!("01046100123456752155Qba{number:03}\u{1d}93Zjqw")
}

fn cises(count: usize) -> Value {
    (0..count)
        .map(|number| json!({ "cis": cis(number) }))
        .collect()
}

#[tokio::test]
async fn codes_are_stored_answered_and_listed_with_and_without_their_tail() {
    let stand = Stand::new().await;
    let order = stand.order(vec![
        NewItem::marked("Тапочки", 1),
        NewItem::plain("Ложка", 1),
    ]);
    let line = order.items[0].id.0;
    stand.sandbox.advance(60_000).unwrap();

    let reply = stand
        .identify(order.order_id, &[(line, json!([{ "cis": SAMPLE }]))])
        .await;
    assert_eq!(reply.status, 200);
    let body = reply.json();
    assert_eq!(body["status"], "OK");
    let stored = json!([{ "cis": "01030410947874432155Qbag!", "cisFull": SAMPLE }]);
    assert_eq!(
        body["result"]["items"],
        json!([{
            "id": line,
            "vat": "VAT_22",
            "count": 1,
            "price": 1490,
            "offerName": "Тапочки",
            "offerId": format!("SKU-{line}"),
            "instances": stored,
        }])
    );

    let listed = stand.list(json!({})).await.json();
    let listed = &listed["orders"][0];
    assert_eq!(listed["items"][0]["instances"], stored);
    assert_eq!(listed["updateDate"], "2026-11-18T14:54:20+03:00");
}

#[tokio::test]
async fn sending_again_replaces_what_was_stored() {
    let stand = Stand::new().await;
    let order = stand.order(vec![NewItem::marked("Тапочки", 2)]);
    let line = order.items[0].id.0;
    for first in [0, 5] {
        let instances = json!([{ "cis": cis(first) }, { "cis": cis(first + 1) }]);
        let reply = stand.identify(order.order_id, &[(line, instances)]).await;
        assert_eq!(reply.status, 200);
    }
    let stored = stand.sandbox.order(order.order_id).unwrap();
    let stored: Vec<Option<String>> = stored.items[0]
        .instances
        .iter()
        .map(|one| one.cis.clone())
        .collect();
    assert_eq!(stored, [Some(cis(5)), Some(cis(6))]);
}

#[tokio::test]
async fn a_separator_escaped_twice_is_refused() {
    let stand = Stand::new().await;
    let order = stand.order(vec![NewItem::marked("Тапочки", 1)]);
    let line = order.items[0].id.0;
    // In the JSON of the request the value has a backslash and five characters behind it.
    let doubled = r"01030410947874432155Qbag!\u001d93Zjqw";
    let reply = stand
        .identify(order.order_id, &[(line, json!([{ "cis": doubled }]))])
        .await;
    let raw = stand.sandbox.received();
    let raw = &raw.last().unwrap().body_text;
    assert!(raw.contains(r"Qbag!\\u001d93Zjqw"), "{raw}");
    let (status, code, words) = reply.refusal();
    assert_eq!((status, code.as_str()), (400, "INVALID_CIS"));
    let expected = format!("Invalid incoming cis for item with id = {line} for reason: ");
    assert!(words.starts_with(&expected), "{words}");
    let stored = stand.sandbox.order(order.order_id).unwrap();
    assert!(stored.items[0].instances.is_empty());
}

#[tokio::test]
async fn a_separator_on_the_wire_is_the_single_escape() {
    let stand = Stand::new().await;
    let order = stand.order(vec![NewItem::marked("Тапочки", 1)]);
    let line = order.items[0].id.0;
    let reply = stand
        .identify(order.order_id, &[(line, json!([{ "cis": SAMPLE }]))])
        .await;
    assert_eq!(reply.status, 200);
    let answered = String::from_utf8(reply.body).unwrap();
    assert!(answered.contains(r"Qbag!\u001d93Zjqw"), "{answered}");
    assert!(!answered.contains(r"\\u001d"), "{answered}");
}

#[tokio::test]
async fn the_sample_codes_of_the_sandbox_are_accepted() {
    let stand = Stand::new().await;
    let order = stand.order(vec![
        NewItem::marked("Туфли", 3),
        NewItem::asking("Кольцо", 2, &[InstanceType::Uin]),
        NewItem::asking("Массажёр", 2, &[InstanceType::Rnpt, InstanceType::Gtd]),
        NewItem::asking("Пиво", 2, &[InstanceType::CisOptional]),
        NewItem::plain("Ложка", 1),
    ]);
    let lines: Vec<(i64, Value)> = stand
        .sandbox
        .codes(order.order_id)
        .unwrap()
        .into_iter()
        .map(|line| (line.id.0, json!(line.instances)))
        .collect();
    assert_eq!(lines.len(), 4);
    let reply = stand.identify(order.order_id, &lines).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
}

#[tokio::test]
async fn the_number_of_codes_must_be_the_number_of_units() {
    let stand = Stand::new().await;
    let order = stand.order(vec![
        NewItem::marked("Тапочки", 2),
        NewItem::asking("Кольцо", 2, &[InstanceType::Uin]),
        NewItem::asking("Пиво", 2, &[InstanceType::CisOptional, InstanceType::Rnpt]),
    ]);
    let lines: Vec<i64> = order.items.iter().map(|item| item.id.0).collect();
    let uin = |last: u32| json!({ "uin": format!("640000000000000{last}") });
    let batch = json!({ "rnpt": "10228010/120926/3144556/001" });
    let half = json!({ "rnpt": "10228010/120926/3144556/001", "cis": cis(9) });
    for (line, instances, code) in [
        (lines[0], cises(1), "TOO_FEW_CISES_FOR_ITEM"),
        (lines[0], json!([]), "TOO_FEW_CISES_FOR_ITEM"),
        (lines[0], cises(3), "TOO_MANY_CISES_FOR_ITEM"),
        (
            lines[0],
            json!([{ "cis": cis(1) }, { "rnpt": "10228010/120926/3144556/001" }]),
            "TOO_FEW_CISES_FOR_ITEM",
        ),
        (lines[1], json!([uin(1)]), "TOO_FEW_UINS_FOR_ITEM"),
        (
            lines[1],
            json!([uin(1), uin(2), uin(3)]),
            "TOO_MANY_UINS_FOR_ITEM",
        ),
        (lines[1], cises(2), "TOO_FEW_UINS_FOR_ITEM"),
        (
            lines[2],
            json!([half, batch.clone()]),
            "TOO_FEW_CISES_FOR_ITEM",
        ),
    ] {
        let reply = stand.identify(order.order_id, &[(line, instances)]).await;
        assert_eq!((reply.status, reply.codes()), (400, vec![code.to_owned()]));
    }
    let optional = json!([batch.clone(), batch]);
    let reply = stand
        .identify(order.order_id, &[(lines[2], optional)])
        .await;
    assert_eq!(
        reply.status, 200,
        "a code that may be given may be left out"
    );
}

#[tokio::test]
async fn wrong_values_have_their_codes() {
    let stand = Stand::new().await;
    let order = stand.order(vec![NewItem::asking("Разное", 1, &[])]);
    let line = order.items[0].id.0;
    let gtd = "10228010/120926/3144556";
    for (instance, codes) in [
        (json!({ "cis": "" }), vec!["INVALID_CIS"]),
        (json!({ "cis": "x".repeat(300) }), vec!["INVALID_CIS"]),
        (json!({ "uin": "64000000" }), vec!["INVALID_UIN"]),
        (json!({ "uin": "640000000000000A" }), vec!["INVALID_UIN"]),
        (json!({ "rnpt": gtd }), vec!["INVALID_RNPT"]),
        (
            json!({ "gtd": "1022801/120926/3144556", "countryCode": "CN" }),
            vec!["INVALID_GTD"],
        ),
        (
            json!({ "gtd": gtd }),
            vec!["COUNTRY_CODE_AND_GTD_ARE_REQUIRED_VALIDATION_ERROR"],
        ),
        (
            json!({ "gtd": gtd, "countryCode": "ru" }),
            vec!["INVALID_COUNTRY_CODE"],
        ),
        (
            json!({ "gtd": gtd, "countryCode": "XX" }),
            vec!["INVALID_COUNTRY_CODE"],
        ),
        (
            json!({ "cis": SAMPLE, "uin": "6400000000000001" }),
            vec!["INVALID_ITEM"],
        ),
        (
            json!({ "cis": "0", "rnpt": "0" }),
            vec!["INVALID_CIS", "INVALID_RNPT"],
        ),
    ] {
        let reply = stand
            .identify(order.order_id, &[(line, json!([instance]))])
            .await;
        assert_eq!(reply.status, 400);
        assert_eq!(reply.codes(), codes, "{instance}");
    }
    let country = json!([{ "gtd": gtd, "countryCode": "ru" }]);
    let (_, _, words) = stand
        .identify(order.order_id, &[(line, country)])
        .await
        .refusal();
    assert_eq!(
        words,
        "String (ru) is not a valid country code according to ISO 3166-1 alpha-2"
    );
}

#[tokio::test]
async fn a_line_that_asks_for_customs_numbers_must_get_them() {
    let stand = Stand::new().await;
    let types = [InstanceType::Rnpt, InstanceType::Gtd];
    let order = stand.order(vec![NewItem::asking("Массажёр", 1, &types)]);
    let line = order.items[0].id.0;
    let instance = json!([{ "countryCode": "CN" }]);
    let reply = stand.identify(order.order_id, &[(line, instance)]).await;
    assert_eq!(
        reply.codes(),
        [
            "INVALID_RNPT",
            "COUNTRY_CODE_AND_GTD_ARE_REQUIRED_VALIDATION_ERROR"
        ]
    );
}

#[tokio::test]
async fn the_same_mark_twice_is_a_duplicate() {
    let stand = Stand::new().await;
    let order = stand.order(vec![
        NewItem::marked("Тапочки", 2),
        NewItem::marked("Туфли", 1),
        NewItem::asking("Кольцо", 2, &[InstanceType::Uin]),
    ]);
    let lines: Vec<i64> = order.items.iter().map(|item| item.id.0).collect();
    // Another tail does not make another unit.
    let other_tail = SAMPLE.replace("Zjqw", "AAAA");
    let twice = json!([{ "cis": SAMPLE }, { "cis": other_tail }]);
    let reply = stand.identify(order.order_id, &[(lines[0], twice)]).await;
    assert_eq!(reply.codes(), ["DUPLICATE_CIS"]);

    let across = [(lines[0], cises(2)), (lines[1], cises(1))];
    let reply = stand.identify(order.order_id, &across).await;
    assert_eq!(reply.codes(), ["DUPLICATE_CIS"]);

    let uin = json!({ "uin": "6400000000000001" });
    let reply = stand
        .identify(order.order_id, &[(lines[2], json!([uin, uin]))])
        .await;
    assert_eq!(reply.codes(), ["DUPLICATE_UIN"]);

    let stored = stand
        .identify(order.order_id, &[(lines[0], cises(2))])
        .await;
    assert_eq!(stored.status, 200);
    let reply = stand
        .identify(order.order_id, &[(lines[1], cises(1))])
        .await;
    assert_eq!(reply.codes(), ["DUPLICATE_CIS"], "against the stored line");
}

#[tokio::test]
async fn unknown_and_repeated_lines_are_refused() {
    let stand = Stand::new().await;
    let order = stand.order(vec![NewItem::marked("Тапочки", 1)]);
    let line = order.items[0].id.0;
    let reply = stand.identify(order.order_id, &[(5, cises(1))]).await;
    assert_eq!(reply.codes(), ["ITEM_NOT_FOUND"]);
    let twice = [(line, cises(1)), (line, cises(1))];
    let reply = stand.identify(order.order_id, &twice).await;
    assert_eq!(reply.codes(), ["ITEM_DUPLICATE"]);
}

#[tokio::test]
async fn the_shape_of_the_body_is_checked_first() {
    let stand = Stand::new().await;
    let order = stand.order(vec![]);
    let path = stand.identifiers_path(order.order_id);
    for (body, words) in [
        (json!({}), "'items' must not be null (rejected value: null)"),
        (json!({ "items": {} }), "Illegal input at 'items'"),
        (
            json!({ "items": [{ "id": 1 }] }),
            "'items[0].instances' must not be null (rejected value: null)",
        ),
        (
            json!({ "items": [{ "id": 1, "instances": [null] }] }),
            "'items[0].instances' elements must be not null (rejected value: 'null')",
        ),
        (
            json!({ "items": [{ "id": 1, "instances": [{}] }] }),
            "'items[0].instances[0]' must not be empty (rejected value: '{}')",
        ),
        (
            json!({ "items": [{ "id": 1, "instances": [{ "cis": 5 }] }] }),
            "Illegal input at 'items[0].instances[0].cis'",
        ),
    ] {
        let reply = stand.call("PUT", &path, Some(&body)).await;
        let expected = (400, "BAD_REQUEST".to_owned(), words.to_owned());
        assert_eq!(reply.refusal(), expected);
    }
}

#[tokio::test]
async fn the_method_is_for_dbs_shops_only() {
    let stand = Stand::new().await;
    let order = stand.sandbox.create_order(NewOrder::of(stand.fbs)).unwrap();
    let path = format!(
        "/v2/campaigns/{}/orders/{}/identifiers",
        stand.fbs, order.order_id
    );
    let reply = stand
        .call("PUT", &path, Some(&json!({ "items": [] })))
        .await;
    assert_eq!(
        reply.refusal(),
        (
            400,
            "CAMPAIGN_TYPE_NOT_SUPPORTED".to_owned(),
            "Campaign type is not allowed. Allowed campaign types: 'DBS'".to_owned()
        )
    );
}

#[tokio::test]
async fn an_order_of_another_shop_is_not_found() {
    let stand = Stand::new().await;
    let order = stand.sandbox.create_order(NewOrder::of(stand.fbs)).unwrap();
    let reply = stand.identify(order.order_id, &[]).await;
    let words = format!(
        "Order not found: partnerId = {}, orderId = {}",
        stand.dbs, order.order_id
    );
    assert_eq!(reply.refusal(), (404, "NOT_FOUND".to_owned(), words));
}

#[tokio::test]
async fn an_order_that_has_gone_further_takes_no_codes() {
    let stand = Stand::new().await;
    let order = stand.order(vec![NewItem::marked("Тапочки", 1)]);
    let line = order.items[0].id.0;
    let change = async |status, substatus: &str| {
        let change = OrderChange {
            status: Some(status),
            substatus: Some(Substatus::try_from(substatus.to_owned()).unwrap()),
            ..OrderChange::default()
        };
        stand.sandbox.change_order(order.order_id, change).unwrap();
        stand
            .identify(order.order_id, &[(line, cises(1))])
            .await
            .refusal()
    };
    assert_eq!(
        change(OrderStatus::Processing, "READY_TO_SHIP").await.2,
        "Attempt to change order items or instances after READY_TO_SHIP"
    );
    let (status, _, words) = change(OrderStatus::Cancelled, "USER_CHANGED_MIND").await;
    assert_eq!(status, 400);
    assert_eq!(
        words,
        format!(
            "Action is not allowed for order '{}' with status 'CANCELLED' and substatus 'USER_CHANGED_MIND'",
            order.order_id
        )
    );
}
