//! Orders and requests that are refused, and lines that are rejected.

use sandbox::crpt::emission::{EmissionRulesChange, OverAsking};
use serde_json::json;

use super::{super::global_error, GTIN, OTHER_GTIN, Station, block, clothes, line};

#[tokio::test]
async fn all_that_is_wrong_with_an_order_is_told_at_once() {
    let station = Station::quick().await;
    let mut body = clothes(0);
    body["products"][0]["cisType"] = json!("GROUP");
    body["attributes"]["releaseMethodType"] = json!("REAPPLY");
    let reply = station.post("order", &body).await;
    assert_eq!(reply.status, 400);
    let told = reply.json();
    let names: Vec<_> = told["fieldErrors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["fieldName"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "attributes.releaseMethodType",
            "products[0].quantity",
            "products[0].cisType"
        ]
    );
    let reply = station.post_signed("order", b"{", None).await;
    assert_eq!(reply.json()["fieldErrors"][0]["fieldName"], "body");
    assert!(station.mark.sandbox.emission_orders().is_empty());
}

#[tokio::test]
async fn a_gtin_nobody_knows_declines_the_order_in_the_documented_words() {
    let station = Station::quick().await;
    station.rules(EmissionRulesChange {
        unknown_gtins: Some(vec![GTIN.to_owned()]),
        ..EmissionRulesChange::default()
    });
    let id = station.order(&clothes(1)).await;
    let declined = station.line(&id).await;
    assert_eq!(declined["bufferStatus"], "REJECTED");
    assert_eq!(
        (&declined["totalCodes"], &declined["totalPassed"]),
        (&json!(-1), &json!(-1))
    );
    let words = format!(
        "Order declined: Контрольно-логическая проверка заказа не пройдена. 0106: Значение {GTIN} в поле 'GTIN' в документе 'Заказ КМ'{{1}} не найдено в реестре GTIN."
    );
    assert_eq!(declined["rejectionReason"], words);
    let listed = station.told("order/list").await["orderInfos"][0].clone();
    assert_eq!(listed["orderStatus"], "DECLINED");
    assert_eq!(station.codes(&id, GTIN, 1).await.status, 400);
}

#[tokio::test]
async fn serials_used_before_reject_their_line_alone() {
    let station = Station::quick().await;
    let own = |gtin: &str, serials: &[&str]| {
        let mut line = line(gtin, u32::try_from(serials.len()).unwrap());
        line["serialNumberType"] = json!("SELF_MADE");
        line["serialNumbers"] = json!(serials);
        line
    };
    let mut first = clothes(1);
    first["products"] = json!([own(GTIN, &["aZ8B3kLmNoPq", "aZ8B3kLmNoPr"])]);
    let first = station.order(&first).await;
    let (codes, _) = block(&station.codes(&first, GTIN, 2).await);
    assert!(codes[0].starts_with("0104600712204107215aZ8B3kLmNoPq\u{1d}91"));

    let mut second = clothes(1);
    second["products"] = json!([
        own(GTIN, &["aZ8B3kLmNoPr", "aZ8B3kLmNoPs"]),
        own(OTHER_GTIN, &["aZ8B3kLmNoPr"]),
    ]);
    let second = station.order(&second).await;
    let lines = station
        .told(&format!("order/status?orderId={second}"))
        .await;
    assert_eq!(lines[0]["bufferStatus"], "REJECTED");
    assert_eq!(
        lines[0]["rejectionReason"],
        "All pools in statuses: REJECTED or REQUEST_ERROR. Following sGTINs were marked as duplicates [0104600712204107215aZ8B3kLmNoPr]"
    );
    assert_eq!(lines[1]["bufferStatus"], "ACTIVE");
    block(&station.codes(&second, OTHER_GTIN, 1).await);

    // A serial that СУЗ has made itself is taken too, and so is one named twice.
    let made = station.order(&clothes(1)).await;
    let (codes, _) = block(&station.codes(&made, GTIN, 1).await);
    let serial = codes[0].get(19..31).unwrap();
    for serials in [vec![serial], vec!["aZ8B3kLmNoPz", "aZ8B3kLmNoPz"]] {
        let mut body = clothes(1);
        body["products"] = json!([own(GTIN, &serials)]);
        let id = station.order(&body).await;
        let reason = station.line(&id).await["rejectionReason"].to_string();
        assert!(reason.contains("marked as duplicates"), "{reason}");
    }
}

#[tokio::test]
async fn more_codes_than_there_are_can_be_refused_or_given_in_part() {
    let station = Station::quick().await;
    let id = station.order(&clothes(5)).await;
    let refused = station.codes(&id, GTIN, 6).await;
    assert_eq!(global_error(&refused).0, 400);
    assert_eq!(station.line(&id).await["totalPassed"], 0);
    station.rules(EmissionRulesChange {
        over_asking: Some(OverAsking::Fewer),
        ..EmissionRulesChange::default()
    });
    assert_eq!(block(&station.codes(&id, GTIN, 6).await).0.len(), 5);
    let reply = station.codes(&id, GTIN, 1).await;
    assert_eq!(global_error(&reply).0, 400, "nothing is left");
    let reply = station.codes(&id, GTIN, 150_001).await;
    assert_eq!(reply.json()["fieldErrors"][0]["fieldName"], "quantity");
}

#[tokio::test]
async fn nothing_works_without_a_token() {
    let station = Station::quick().await;
    let id = station.order(&clothes(1)).await;
    let station = Station {
        token: String::new(),
        ..station
    };
    let body = clothes(1).to_string().into_bytes();
    for reply in [
        station.get(&format!("order/status?orderId={id}")).await,
        station.codes(&id, GTIN, 1).await,
        station.get("order/list").await,
        station.get("documents/search?documentType=ORDER").await,
        station.post_signed("order", &body, None).await,
        station.post("order/close", &json!({ "orderId": id })).await,
    ] {
        assert_eq!(global_error(&reply).0, 401);
    }
}

#[tokio::test]
async fn leftovers_are_given_again_only_while_their_release_is_open() {
    let station = Station::lasting().await;
    let mut body = clothes(2);
    body["attributes"]["releaseMethodType"] = json!("REMAINS");
    let id = station.order(&body).await;
    let (_, block_id) = block(&station.codes(&id, GTIN, 1).await);
    block(&station.retry(&block_id).await);
    // The second of December: half of the line is not taken, so it is still open.
    let until = 1_796_158_800_000 - station.mark.sandbox.now_ms();
    station.pass(until);
    let refused = station.retry(&block_id).await;
    assert!(global_error(&refused).2.contains("Способ выпуска"));
    assert_eq!(station.post("order", &body).await.status, 400);
}
