//! `POST v2/campaigns/{campaignId}/orders/{orderId}/identifiers/status`.

use crate::{
    doubles::{bench, key},
    stub::{Reply, Stub},
};
use desk::{
    ids::{CampaignId, MarketItemId, MarketOrderId},
    server::ports::market::{CallError, Market},
    verification::{
        CheckedMark, CisStatus, CisSubstatus, LineVerification, MarkStatus, UinStatus, UinSubstatus,
    },
};

async fn asked(answer: &str) -> Result<Vec<LineVerification>, CallError> {
    let stub = Stub::start([Reply::json(200, answer)]).await;
    let told = bench(&stub.url)
        .market
        .verification(&key(), CampaignId(123), MarketOrderId(7))
        .await;
    let request = stub.only();
    assert_eq!(
        request.line,
        "POST /v2/campaigns/123/orders/7/identifiers/status"
    );
    assert_eq!(request.header("content-length"), Some("0"));
    assert_eq!(request.body, b"");
    told
}

fn cis(value: &str, status: CisStatus, substatus: Option<CisSubstatus>) -> CheckedMark {
    CheckedMark {
        value: value.into(),
        status: MarkStatus::Cis { status, substatus },
        crpt_request_id: None,
        crpt_request_at: None,
    }
}

fn uin(value: &str, status: UinStatus, substatus: Option<UinSubstatus>) -> CheckedMark {
    CheckedMark {
        value: value.into(),
        status: MarkStatus::Uin { status, substatus },
        crpt_request_id: None,
        crpt_request_at: None,
    }
}

#[tokio::test]
async fn every_mark_has_its_status_and_the_reason() {
    let answer = r#"{"status":"OK","result":{"items":[
      {"id":7001,"uin":null,"cis":[
        {"value":"A","status":"OK"},
        {"value":"B\u001d93Zjqw","status":"INVALID","substatus":"WRONG_OWNER_INN"},
        {"value":"C","status":"FAILED","substatus":null},
        {"value":"D","status":"OK","crptRequestId":"5f0c","crptRequestDateTime":"2026-05-01T10:00:00+03:00"}]},
      {"id":7002,"cis":null,"uin":[
        {"value":"1234567890123456","status":"FAILED","substatus":"UIN_NO_DATA"},
        {"value":"1234567890123457","status":"NOT_ON_VALIDATION"}]}]}}"#;
    let laas = CheckedMark {
        crpt_request_id: Some("5f0c".into()),
        crpt_request_at: Some("2026-05-01T10:00:00+03:00".into()),
        ..cis("D", CisStatus::Ok, None)
    };
    assert_eq!(
        asked(answer).await,
        Ok(vec![
            LineVerification {
                item: MarketItemId(7_001),
                marks: vec![
                    cis("A", CisStatus::Ok, None),
                    cis(
                        "B\u{1d}93Zjqw",
                        CisStatus::Invalid,
                        Some(CisSubstatus::WrongOwnerInn)
                    ),
                    cis("C", CisStatus::Failed, None),
                    laas,
                ],
            },
            LineVerification {
                item: MarketItemId(7_002),
                marks: vec![
                    uin(
                        "1234567890123456",
                        UinStatus::Failed,
                        Some(UinSubstatus::UinNoData)
                    ),
                    uin("1234567890123457", UinStatus::NotOnValidation, None),
                ],
            },
        ]),
    );
}

#[tokio::test]
async fn words_that_came_later_are_kept() {
    let answer = r#"{"status":"OK","result":{"items":[{"id":1,
      "cis":[{"value":"A","status":"PONDERED","substatus":"TOO_SHINY"}],
      "uin":[{"value":"B","status":"POLISHED","substatus":"TOO_HEAVY"}]}]}}"#;
    let lines = asked(answer).await.unwrap();
    let words: Vec<_> = lines[0]
        .marks
        .iter()
        .map(|mark| mark.status.words())
        .collect();
    assert_eq!(
        words,
        [
            ("PONDERED", Some("TOO_SHINY")),
            ("POLISHED", Some("TOO_HEAVY"))
        ]
    );
}

#[tokio::test]
async fn an_order_without_marks_has_none() {
    for answer in [
        r#"{"status":"OK","result":{"items":[]}}"#,
        r#"{"status":"OK","result":{"items":null}}"#,
    ] {
        assert_eq!(asked(answer).await, Ok(vec![]), "{answer}");
    }
    let answer = r#"{"status":"OK","result":{"items":[{"id":1,"cis":null,"uin":null}]}}"#;
    let bare = LineVerification {
        item: MarketItemId(1),
        marks: vec![],
    };
    assert_eq!(asked(answer).await, Ok(vec![bare]));
}

#[tokio::test]
async fn an_answer_without_its_result_does_not_mean_that_nothing_is_checked() {
    let told = asked(r#"{"status":"OK"}"#).await;
    assert!(
        matches!(&told, Err(CallError::NotUnderstood { at, .. }) if at.contains("`result` is missing")),
        "{told:?}"
    );
}
