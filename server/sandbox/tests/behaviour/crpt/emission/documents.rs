//! Orders without a signature.

use base64::{Engine, engine::general_purpose::STANDARD};
use sandbox::crpt::emission::order::OrderStatus;
use serde_json::json;

use super::{
    super::{
        global_error,
        key::{Key, Signing},
    },
    GTIN, Station, block, clothes,
};
use sandbox::DEMO_INN;

/// Sends an order without a signature and returns its number and its bytes.
async fn unsigned(station: &Station) -> (String, Vec<u8>) {
    // Spaces and an order of members that no serializer would make again.
    let body = clothes(3).to_string().replace(':', " : ").into_bytes();
    let reply = station.post_signed("order", &body, None).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    let id = reply.json()["orderId"].as_str().unwrap().to_owned();
    (id, body)
}

#[tokio::test]
async fn an_order_without_a_signature_waits_for_it_and_is_signed_later() {
    let station = Station::lasting().await;
    let (id, body) = unsigned(&station).await;
    station.pass(86_400_000);
    let now_ms = station.mark.sandbox.now_ms();
    assert_eq!(station.kept(&id).status(now_ms), OrderStatus::Created);
    assert_eq!(station.codes(&id, GTIN, 1).await.status, 400);

    let listed = station
        .told("documents/search?documentType=order&limit=5")
        .await;
    assert_eq!(listed["totalCount"], 1);
    let document = &listed["result"][0];
    assert_eq!(
        (
            &document["docId"],
            &document["status"],
            &document["documentType"]
        ),
        (&json!(id), &json!("CREATED"), &json!("ORDER"))
    );
    let content = station.told(&format!("documents/content?docId={id}")).await;
    let kept = STANDARD
        .decode(content["content"].as_str().unwrap())
        .unwrap();
    assert_eq!(kept, body, "byte for byte");

    let wrong = Signing::of(&station.key, b"another").base64();
    let refused = json!({ "docId": id, "signature": wrong }).to_string();
    let refused = station
        .post_signed("documents/sign", refused.as_bytes(), None)
        .await;
    let (status, _, words) = global_error(&refused);
    assert_eq!(status, 400);
    assert!(words.contains("message-digest"), "{words}");

    let right = Signing::of(&station.key, &kept).base64();
    let sign = json!({ "docId": id, "signature": right }).to_string();
    let signed = station
        .post_signed("documents/sign", sign.as_bytes(), None)
        .await;
    assert_eq!(
        (signed.status, signed.json()),
        (200, json!({ "success": true }))
    );
    assert_eq!(
        station.told("documents/search?documentType=ORDER").await["totalCount"],
        0
    );
    assert_eq!(block(&station.codes(&id, GTIN, 3).await).0.len(), 3);
    let again = station
        .post_signed("documents/sign", sign.as_bytes(), None)
        .await;
    assert_eq!(global_error(&again).0, 404);
}

#[tokio::test]
async fn a_waiting_order_can_be_deleted_and_a_signed_one_cannot() {
    let station = Station::quick().await;
    let (id, _) = unsigned(&station).await;
    let delete = |id: String| {
        let target = Station::target(&format!("documents/delete?docId={id}"));
        let token = station.token.clone();
        let mark = &station.mark;
        async move {
            mark.call("DELETE", &target, &[("clientToken", &token)])
                .await
        }
    };
    assert_eq!(delete(id.clone()).await.json(), json!({ "success": true }));
    assert_eq!(global_error(&delete(id.clone()).await).0, 404);
    assert_eq!(
        station
            .get(&format!("order/status?orderId={id}"))
            .await
            .status,
        404
    );
    let signed = station.order(&clothes(1)).await;
    assert_eq!(global_error(&delete(signed).await).0, 404);
}

#[tokio::test]
async fn a_wrong_signature_shows_only_later_and_an_attached_one_at_once() {
    let station = Station::slow().await;
    let body = clothes(1).to_string().into_bytes();
    let other = Signing::of(&station.key, b"{}").base64();
    let stranger = Key::of_its_own("nobody", DEMO_INN);
    let strange = Signing::of(&stranger, &body).base64();
    for (signature, word) in [(other, "message-digest"), (strange, "Подписант")] {
        let reply = station.post_signed("order", &body, Some(&signature)).await;
        assert_eq!(reply.status, 200, "{}", reply.json());
        let id = reply.json()["orderId"].as_str().unwrap().to_owned();
        station.pass(10_000);
        let line = station.line(&id).await;
        assert_eq!(line["bufferStatus"], "REJECTED");
        let reason = line["rejectionReason"].as_str().unwrap();
        assert!(
            reason.starts_with("Order declined: ") && reason.contains(word),
            "{reason}"
        );
        let told = station
            .post("orders/search", &json!({ "filter": { "orderIds": [id] } }))
            .await;
        let reason = told.json()["results"][0]["declineReason"].to_string();
        assert!(reason.contains(word), "{reason}");
    }
    let attached = Signing::of(&station.key, &body).attached().base64();
    let reply = station.post_signed("order", &body, Some(&attached)).await;
    assert_eq!(global_error(&reply).0, 413);
    assert_eq!(station.mark.sandbox.emission_orders().len(), 2);
}
