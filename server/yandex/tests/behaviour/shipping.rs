//! An order of FBS from its boxes to its shipment, and back again, against the living stand-in of the Market.

use crate::stand_in::{CODE, Stand};
use desk::{
    boxes::{Coverage, HeldLayout, Layout, LineUnits, Plan, compare_layouts},
    identifiers::{Mark, UnitIdentifiers},
    ids::MarketOrderId,
    marketplace::{MarketOrder, OrderStatus, StoredBox},
    returns::ReturnKind,
    server::ports::market::{CallError, LabelFormat, Market, ReturnQuery, StatusStep},
    submission::Finding,
    verification::{CisStatus, CisSubstatus, MarkStatus},
};
use sandbox::{
    Effect, Fault,
    market::{
        limits::{LimitsChange, Resource},
        order::{NewItem, NewOrder},
        return_record::{NewReturn, ReturnType},
        verification::{CisSubstatus as TheirReason, Outcome, Script},
    },
};
use std::{collections::BTreeMap, sync::Arc};
use tokio::task::JoinSet;

/// How long the stand-in's verification takes.
const DELAY_MS: i64 = 4_000;

/// A marked line of one unit and two units of a line that is not.
fn packed(stand: &Stand) -> MarketOrderId {
    let new = NewOrder::of(stand.cabinet.campaigns[1].id)
        .item(NewItem::marked("Тапочки", 1))
        .item(NewItem::plain("Ложка", 2));
    MarketOrderId(stand.world.create_order(new).unwrap().order_id.0)
}

/// A layout of everything in one box, with one code for the marked line.
fn layout(order: &MarketOrder, code: &str) -> Layout {
    let lines: Vec<_> = order
        .items
        .iter()
        .map(|item| {
            let unit = UnitIdentifiers {
                mark: (!item.required.is_empty()).then(|| Mark::Cis(code.parse().unwrap())),
                ..UnitIdentifiers::default()
            };
            LineUnits {
                item: item.id,
                units: vec![unit; item.count.try_into().unwrap()],
            }
        })
        .collect();
    Layout::of(&lines, &Plan::default()).unwrap()
}

/// Sends a layout of an order as it is now; the sent boxes and what came of them.
async fn lay_out(
    stand: &Stand,
    id: MarketOrderId,
    code: &str,
) -> (Vec<StoredBox>, Result<Option<Vec<StoredBox>>, CallError>) {
    let order = stand.read(id).await;
    let layout = layout(&order, code);
    let body = stand.market.boxes_body(&layout).unwrap();
    let sent = stand.market.boxes_of_body(&body).unwrap();
    let counts: Vec<_> = order
        .items
        .iter()
        .map(|item| (item.id, item.count))
        .collect();
    let coverage = Coverage::of(&sent, layout.removals(), &counts).unwrap();
    let answer = stand
        .market
        .put_boxes(&stand.key(), order.campaign, id, &body, &coverage)
        .await;
    (sent, answer)
}

async fn marks(stand: &Stand, order: MarketOrderId) -> Vec<MarkStatus> {
    let lines = stand
        .market
        .verification(&stand.key(), stand.fbs(), order)
        .await
        .unwrap();
    let marks = lines.into_iter().flat_map(|line| line.marks);
    marks.map(|mark| mark.status).collect()
}

fn cis(status: CisStatus) -> MarkStatus {
    MarkStatus::Cis {
        status,
        substatus: None,
    }
}

fn ready(order: MarketOrderId) -> StatusStep {
    crate::doubles::ready(order)
}

fn code_of<T: std::fmt::Debug>(refusal: Result<T, CallError>) -> (u16, String) {
    let Err(CallError::Refused(words)) = refusal else {
        panic!("{refusal:?}");
    };
    (words.http, words.errors[0].code.clone())
}

#[tokio::test]
async fn an_order_is_laid_out_verified_labelled_and_shipped() {
    let stand = Stand::new().await;
    let (key, shop, market) = (stand.key(), stand.fbs(), &stand.market);
    let id = packed(&stand);
    let before = HeldLayout::of_order(&stand.read(id).await);
    let labels = market.labels(&key, shop, id, LabelFormat::A7).await;
    assert_eq!(code_of(labels), (404, "NOT_FOUND".into()));
    let early = market.set_status(&key, shop, &ready(id)).await;
    assert_eq!(code_of(early), (400, "NO_BOXES".into()));

    let (sent, answer) = lay_out(&stand, id, CODE).await;
    let sent = HeldLayout::of_boxes(&sent);
    let answered = HeldLayout::of_boxes(&answer.unwrap().expect("the stand-in tells its boxes"));
    assert_eq!(compare_layouts(&sent, &before, &answered), Finding::Ours);
    let order = stand.read(id).await;
    let held = HeldLayout::of_order(&order);
    assert_eq!(compare_layouts(&sent, &before, &held), Finding::Ours);
    assert!(order.boxes[0].id.is_some() && order.boxes[0].barcode.is_some());

    assert_eq!(marks(&stand, id).await, [cis(CisStatus::NotOnValidation)]);
    stand.world.advance(DELAY_MS).unwrap();
    assert_eq!(marks(&stand, id).await, [cis(CisStatus::Ok)]);
    let labels = market.labels(&key, shop, id, LabelFormat::A9).await;
    assert!(labels.unwrap().starts_with(b"%PDF"));

    assert_eq!(market.set_status(&key, shop, &ready(id)).await, Ok(()));
    let order = stand.read(id).await;
    assert_eq!(order.status, OrderStatus::Processing);
    assert_eq!(order.substatus.as_deref(), Some("READY_TO_SHIP"));
    let (_, late) = lay_out(&stand, id, CODE).await;
    assert_eq!(code_of(late).0, 400);
}

#[tokio::test]
async fn a_rejected_code_is_told_with_its_reason_and_replaced() {
    let stand = Stand::new().await;
    let id = packed(&stand);
    let rejected = Outcome::Invalid {
        substatus: TheirReason::WrongOwnerInn,
    };
    stand.world.script(Script::of_mark(CODE, rejected)).unwrap();
    lay_out(&stand, id, CODE).await.1.unwrap();
    stand.world.advance(DELAY_MS).unwrap();
    assert_eq!(
        marks(&stand, id).await,
        [MarkStatus::Cis {
            status: CisStatus::Invalid,
            substatus: Some(CisSubstatus::WrongOwnerInn),
        }]
    );
    lay_out(&stand, id, "01030410947874432155Qbag?\u{1d}93Zjqw")
        .await
        .1
        .unwrap();
    stand.world.advance(DELAY_MS).unwrap();
    assert_eq!(marks(&stand, id).await, [cis(CisStatus::Ok)]);
}

#[tokio::test]
async fn a_layout_that_brought_no_answer_is_told_by_the_order() {
    let troubles = [
        (Fault::new(Effect::HangUp), Finding::Untouched),
        (Fault::new(Effect::HangUp).after(), Finding::Ours),
        (Fault::new(Effect::CutJson), Finding::Ours),
    ];
    for (fault, finding) in troubles {
        let stand = Stand::new().await;
        let id = packed(&stand);
        let before = HeldLayout::of_order(&stand.read(id).await);
        stand.world.add_fault(fault.clone().method("PUT"));
        let (sent, answer) = lay_out(&stand, id, CODE).await;
        assert!(
            answer.as_ref().is_err_and(CallError::leaves_unknown),
            "{fault:?}: {answer:?}"
        );
        let held = HeldLayout::of_order(&stand.read(id).await);
        assert_eq!(
            compare_layouts(&HeldLayout::of_boxes(&sent), &before, &held),
            finding,
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn orders_of_a_batch_are_shipped_each_on_its_own() {
    let stand = Stand::new().await;
    let (good, bare) = (packed(&stand), packed(&stand));
    lay_out(&stand, good, CODE).await.1.unwrap();
    stand.world.advance(DELAY_MS).unwrap();
    let outcomes = stand
        .market
        .set_statuses(&stand.key(), stand.fbs(), &[ready(good), ready(bare)])
        .await
        .unwrap();
    let refusal = |order| {
        let outcome = outcomes.iter().find(|outcome| outcome.order == order);
        outcome.unwrap().refusal.clone()
    };
    assert_eq!(refusal(good), None);
    assert!(refusal(bare).is_some_and(|words| !words.is_empty()));
}

#[tokio::test]
async fn a_return_names_the_code_that_came_back() {
    let stand = Stand::new().await;
    let id = packed(&stand);
    lay_out(&stand, id, CODE).await.1.unwrap();
    let new = NewReturn::of(sandbox::market::ids::OrderId(id.0), ReturnType::Unredeemed);
    stand.world.create_return(new).unwrap();
    let query = ReturnQuery {
        orders: vec![id],
        from: None,
    };
    let page = stand
        .market
        .returns(&stand.key(), stand.fbs(), &query, None)
        .await
        .unwrap();
    let [told] = page.returns.as_slice() else {
        panic!("{page:?}");
    };
    assert_eq!(
        (told.order, told.kind.clone()),
        (id, Some(ReturnKind::Unredeemed))
    );
    let codes: Vec<_> = told
        .lines
        .iter()
        .flat_map(|line| &line.units)
        .filter_map(|unit| unit.cis.as_deref())
        .collect();
    assert_eq!(codes, ["01030410947874432155Qbag!"]);
}

#[tokio::test]
async fn an_offer_has_its_barcodes() {
    let stand = Stand::new().await;
    let new = NewOrder::of(stand.cabinet.campaigns[1].id).item(NewItem {
        offer_id: Some("TAP-41".to_owned()),
        gtin: Some("04607122041019".to_owned()),
        ..NewItem::marked("Тапочки", 1)
    });
    stand.world.create_order(new).unwrap();
    let offers = stand
        .market
        .offers(
            &stand.key(),
            stand.business(),
            &["TAP-41".to_owned(), "UNKNOWN".to_owned()],
        )
        .await
        .unwrap();
    assert_eq!(offers.len(), 1);
    assert_eq!(offers[0].barcodes, ["4607122041019"]);
}

#[tokio::test]
async fn an_hour_of_polling_is_used_to_its_end_without_a_420() {
    let stand = Arc::new(Stand::new().await);
    let id = packed(&stand);
    let change = LimitsChange {
        parallel: None,
        per_hour: BTreeMap::from([(Resource::IdentifiersStatus, 50)]),
    };
    stand.world.set_limits(change).unwrap();
    let mut polls = JoinSet::new();
    for _ in 0..80 {
        let stand = Arc::clone(&stand);
        polls.spawn(async move {
            stand
                .market
                .verification(&stand.key(), stand.fbs(), id)
                .await
        });
    }
    let answers = polls.join_all().await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 50);
    let limited = |answer: &&Result<_, _>| matches!(answer, Err(CallError::Limited { .. }));
    assert_eq!(answers.iter().filter(limited).count(), 30);
    assert_eq!(stand.world.received().len(), 50, "none met a 420");
}
