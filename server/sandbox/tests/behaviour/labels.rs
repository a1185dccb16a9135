//! Labels of boxes.

use sandbox::market::order::NewItem;
use serde_json::json;

use super::stand::Stand;

/// How many times a text occurs in a PDF.
fn count(pdf: &[u8], text: &str) -> usize {
    let wanted = text.as_bytes();
    pdf.windows(wanted.len())
        .filter(|window| *window == wanted)
        .count()
}

#[tokio::test]
async fn there_is_a_page_for_every_box_once_there_are_boxes() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::plain("Ложка", 2)]);
    let none = stand.about(&order, "GET", "delivery/labels", None).await;
    assert_eq!(
        none.refusal(),
        (
            404,
            "NOT_FOUND".to_owned(),
            format!("No boxes found for order {}", order.order_id)
        )
    );
    let one = json!({ "items": [{ "id": order.items[0].id, "fullCount": 1 }] });
    assert_eq!(stand.lay_out(&order, json!([one, one])).await.status, 200);
    let labels = stand.about(&order, "GET", "delivery/labels", None).await;
    assert_eq!(labels.status, 200);
    assert_eq!(labels.header("content-type"), Some("application/pdf"));
    assert_eq!(labels.header("x-ratelimit-resource-limit"), Some("10000"));
    let pdf = &labels.body;
    assert!(pdf.starts_with(b"%PDF-1.4\n") && pdf.ends_with(b"%%EOF\n"));
    assert_eq!(count(pdf, "/Type /Page "), 2);
    for text in [
        "(Box 1 of 2) Tj".to_owned(),
        "(Box 2 of 2) Tj".to_owned(),
        format!("({}-1) Tj", order.order_id),
        format!("({}-2) Tj", order.order_id),
    ] {
        assert_eq!(count(pdf, &text), 1, "{text}");
    }
    assert_eq!(count(pdf, &format!("(Order {}) Tj", order.order_id)), 2);
    assert!(count(pdf, " re f\n") > 60, "the bars of two barcodes");
}

#[tokio::test]
async fn the_size_of_the_page_is_the_one_asked_for() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::plain("Ложка", 1)]);
    stand.pack(&order).await;
    for (format, size) in [
        ("", "212 340"),
        ("?format=A7", "212 340"),
        ("?format=A9", "113 164"),
        ("?format=A9_HORIZONTALLY", "164 113"),
        ("?format=A4", "595 841"),
    ] {
        let tail = format!("delivery/labels{format}");
        let labels = stand.about(&order, "GET", &tail, None).await;
        let expected = format!("/MediaBox [0 0 {size}]");
        assert_eq!(count(&labels.body, &expected), 1, "{format}");
    }
    let wrong = stand
        .about(&order, "GET", "delivery/labels?format=A5", None)
        .await;
    assert_eq!(wrong.refusal().2, "Type mismatch: 'A5'");
}

#[tokio::test]
async fn a_key_that_may_only_read_prints_nothing() {
    let stand = Stand::new().await;
    let order = stand.fbs_order(vec![NewItem::plain("Ложка", 1)]);
    stand.pack(&order).await;
    let path = format!(
        "/v2/campaigns/{}/orders/{}/delivery/labels",
        stand.fbs, order.order_id
    );
    let refused = stand.call_with(&stand.read_only, "GET", &path, None).await;
    assert_eq!(refused.refusal().0, 403);
}
