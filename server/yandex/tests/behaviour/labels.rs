//! `GET v2/campaigns/{campaignId}/orders/{orderId}/delivery/labels`.

use crate::{
    doubles::{KEY, bench, key},
    stub::{Reply, Stub},
};
use desk::{
    ids::{CampaignId, MarketOrderId},
    server::ports::market::{CallError, LabelFormat, Market},
};

async fn asked(reply: Reply, format: LabelFormat) -> (Result<Vec<u8>, CallError>, String) {
    let stub = Stub::start([reply]).await;
    let file = bench(&stub.url)
        .market
        .labels(&key(), CampaignId(123), MarketOrderId(7), format)
        .await;
    let request = stub.only();
    assert_eq!(request.header("api-key"), Some(KEY));
    assert_eq!(request.body, b"");
    (file, request.line)
}

#[tokio::test]
async fn a_file_comes_byte_by_byte_in_the_size_that_was_asked() {
    let pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00\xff\"ERROR\"";
    for (format, word) in [
        (LabelFormat::A9Horizontally, "A9_HORIZONTALLY"),
        (LabelFormat::A9, "A9"),
        (LabelFormat::A7, "A7"),
        (LabelFormat::A4, "A4"),
    ] {
        let (file, line) = asked(Reply::pdf(pdf), format).await;
        assert_eq!(file.as_deref(), Ok(pdf.as_slice()));
        assert_eq!(
            line,
            format!("GET /v2/campaigns/123/orders/7/delivery/labels?format={word}")
        );
    }
}

#[tokio::test]
async fn before_there_are_boxes_they_say_so() {
    let none = Reply::json(
        404,
        r#"{"status":"ERROR","errors":[{"code":"NOT_FOUND","message":"No boxes found for order 7"}]}"#,
    );
    let (file, _) = asked(none, LabelFormat::default()).await;
    let Err(CallError::Refused(words)) = file else {
        panic!("{file:?}");
    };
    assert_eq!(
        (words.http, words.errors[0].message.as_deref()),
        (404, Some("No boxes found for order 7"))
    );
}

#[tokio::test]
async fn something_else_than_a_pdf_is_not_printed() {
    for body in [
        "",
        "<html>Войдите</html>",
        r#"{"status":"OK"}"#,
        " %PDF-1.7",
        "%PD",
    ] {
        let (file, _) = asked(Reply::json(200, body), LabelFormat::default()).await;
        assert!(
            matches!(&file, Err(CallError::NotUnderstood { http: 200, at }) if at.contains("PDF")),
            "{body}: {file:?}"
        );
    }
}

fn pdf_of(length: usize) -> Vec<u8> {
    let mut pdf = b"%PDF".to_vec();
    pdf.resize(length, b' ');
    pdf
}

#[tokio::test]
async fn an_endless_file_is_cut() {
    let endless = pdf_of(21 * 1024 * 1024);
    let (file, _) = asked(Reply::pdf(&endless), LabelFormat::default()).await;
    assert!(
        matches!(&file, Err(CallError::NotUnderstood { at, .. }) if at.contains("20971520")),
        "{:?}",
        file.map(|file| file.len())
    );
}

#[tokio::test]
async fn a_large_file_that_is_no_endless_one_is_read_whole() {
    let large = pdf_of(12 * 1024 * 1024);
    let (file, _) = asked(Reply::pdf(&large), LabelFormat::default()).await;
    assert!(file.is_ok_and(|file| file == large));
}
