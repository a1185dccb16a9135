//! FBS and Express: the layout of boxes, its verification, and shipping.

use crate::harness::{Seller, World, both};
use desk::{
    boxes::{Place, PlanError, Unit},
    ids::OrderId,
    marketplace::Amount,
    orders::{
        OrderPage, WorkState,
        placing::{Target, Verdict},
        readiness::Hindrance,
    },
    problem::Problem,
    server::ports::market::LabelFormat,
    shipping::{NotYet, ShippingState},
    submission::SubmissionState,
    verification::{CisStatus, CisSubstatus, Light, MarkStatus},
};
use sandbox::{
    Effect, Fault,
    market::{
        cabinet::PlacementType,
        order::{InstanceType, NewItem, Order, OrderChange},
        verification::{self, Outcome, Script},
    },
};
use serde_json::Value;

/// Two marked lines and one that is not.
fn goods() -> Vec<NewItem> {
    vec![
        NewItem::marked("Тапочки", 2),
        NewItem::marked("Туфли", 1),
        NewItem::plain("Ложка", 1),
    ]
}

/// An FBS order with a code in every place.
async fn filled(world: &World) -> (Seller, Order, OrderPage) {
    let seller = world
        .seller_of("anna@example.com", PlacementType::Fbs)
        .await;
    let (theirs, page) = world.order(&seller, goods()).await;
    let page = world.fill(&seller, &theirs, page.id).await;
    (seller, theirs, page)
}

/// Sends, and runs what is due at once.
async fn sent(world: &World, seller: &Seller, page: &OrderPage) -> OrderPage {
    world.send(seller, page).await;
    world.run_jobs().await;
    world.page(seller, page.id).await
}

/// Lets verification take its time.
async fn verified(world: &World, seller: &Seller, id: OrderId) -> OrderPage {
    for seconds in [5, 15, 60] {
        world.after(seconds).await;
    }
    world.page(seller, id).await
}

fn layout(world: &World, theirs: &Order) -> Vec<Value> {
    let bodies = world.received_by(theirs, "boxes");
    bodies
        .iter()
        .map(|body| serde_json::from_slice(body).unwrap())
        .collect()
}

/// Every line of a sent body with the units that it names.
fn lines_of(body: &Value) -> Vec<(i64, u64)> {
    let boxes = body["boxes"].as_array().unwrap();
    let mut lines: Vec<(i64, u64)> = Vec::new();
    for item in boxes
        .iter()
        .flat_map(|one| one["items"].as_array().unwrap())
    {
        let id = item["id"].as_i64().unwrap();
        let count = item["fullCount"].as_u64().unwrap_or(0);
        match lines.iter_mut().find(|(known, _)| *known == id) {
            Some((_, units)) => *units += count,
            None => lines.push((id, count)),
        }
    }
    lines
}

both! {
    async fn boxes_carry_every_line_are_verified_and_the_order_is_shipped(world: World) {
        let (seller, theirs, page) = filled(&world).await;
        assert_eq!(page.work, WorkState::Ready);
        let page = sent(&world, &seller, &page).await;
        assert_eq!(page.submission.as_ref().map(|s| s.state), Some(SubmissionState::Accepted));
        assert_eq!(page.work, WorkState::Checking);
        let bodies = layout(&world, &theirs);
        let wanted: Vec<(i64, u64)> =
            page.lines.iter().map(|line| (line.item.0, u64::from(line.count))).collect();
        assert_eq!(lines_of(&bodies[0]), wanted, "the line without codes too");
        assert!(bodies[0].get("allowRemove").is_none(), "{}", bodies[0]);
        assert_eq!(page.boxes.len(), 1);
        assert!(page.boxes[0].id.is_some());
        assert_eq!(page.lines[0].stored.len(), 2, "theirs stands beside ours");

        let too_early = world.desk().ship(&seller.actor, &[page.id]).await.unwrap();
        assert_eq!(too_early, [(page.id, Err(NotYet::Checking))]);
        let page = verified(&world, &seller, page.id).await;
        assert_eq!(page.work, WorkState::ToShip, "{:?}", page.verification);
        assert_eq!(page.verification.as_ref().unwrap().next, None, "nothing is left to ask");

        assert_eq!(world.desk().ship(&seller.actor, &[page.id]).await.unwrap(), [(page.id, Ok(()))]);
        assert_eq!(world.page(&seller, page.id).await.work, WorkState::Sending);
        world.run_jobs().await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.work, WorkState::Shipped, "{:?}", page.shipping);
        assert_eq!(page.substatus.as_deref(), Some("READY_TO_SHIP"));
        assert_eq!(world.sandbox.order(theirs.order_id).unwrap().substatus.as_str(), "READY_TO_SHIP");
        let late = world.desk().send(&seller.actor, page.id, page.revision).await.unwrap_err();
        assert!(
            matches!(&late, Problem::NotReady { hindrances } if hindrances.contains(&Hindrance::Shipped)),
            "{late:?}"
        );
    }

    async fn a_rejected_code_is_replaced_and_the_whole_layout_goes_again(world: World) {
        let (seller, theirs, page) = filled(&world).await;
        let codes = world.sandbox.codes(theirs.order_id).unwrap();
        let bad = codes[0].codes[0].clone();
        let substatus = verification::CisSubstatus::ItemSold;
        world.sandbox.script(Script::of_mark(&bad, Outcome::Invalid { substatus })).unwrap();
        sent(&world, &seller, &page).await;
        let page = verified(&world, &seller, page.id).await;
        assert_eq!(page.work, WorkState::Rework);
        let known = page.verification.clone().unwrap();
        assert_eq!(known.light, Some(Light::Rejected));
        let rejected = MarkStatus::Cis {
            status: CisStatus::Invalid,
            substatus: Some(CisSubstatus::ItemSold),
        };
        let marks: Vec<_> = known.lines.iter().flat_map(|line| &line.marks).collect();
        assert_eq!(marks.iter().filter(|mark| mark.status == rejected).count(), 1);
        let refused = world.desk().ship(&seller.actor, &[page.id]).await.unwrap();
        assert_eq!(refused, [(page.id, Err(NotYet::Rejected))]);

        let slot = page.lines[0].slots.iter().find(|slot| {
            matches!(&slot.mark, Some(desk::orders::MarkView::Cis(code)) if *code == bad)
        });
        let page = world.desk().clear_slot(&seller.actor, page.id, slot.unwrap().id).await.unwrap();
        assert_eq!(page.work, WorkState::NeedsCodes);
        let fresh = world.sandbox.codes(theirs.order_id).unwrap()[0].codes[0].clone();
        assert_ne!(fresh, bad);
        let (page, outcomes) =
            world.desk().place_codes(&seller.actor, page.id, &fresh, Target::Auto, false).await.unwrap();
        assert!(matches!(outcomes[0].1, Verdict::Placed { .. }), "{outcomes:?}");
        let page = sent(&world, &seller, &page).await;
        assert_eq!(page.work, WorkState::Checking);
        let bodies = layout(&world, &theirs);
        assert_eq!(bodies.len(), 2);
        assert_eq!(lines_of(&bodies[1]), lines_of(&bodies[0]), "every line again");
        assert_eq!(verified(&world, &seller, page.id).await.work, WorkState::ToShip);
    }

    async fn a_check_that_fails_for_a_while_is_asked_again(world: World) {
        let (seller, theirs, page) = filled(&world).await;
        world.sandbox.script(Script::of_order(theirs.order_id, Outcome::Failed { polls: 2 })).unwrap();
        sent(&world, &seller, &page).await;
        for _ in 0..2 {
            world.after(15).await;
        }
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.verification.as_ref().and_then(|known| known.light), Some(Light::Troubled));
        assert_eq!(page.work, WorkState::Checking, "it is no verdict");
        for _ in 0..4 {
            world.after(300).await;
        }
        assert_eq!(world.page(&seller, page.id).await.work, WorkState::ToShip);
    }

    async fn units_go_to_the_boxes_that_a_person_names(world: World) {
        let (seller, theirs, page) = filled(&world).await;
        let [slippers, shoes, spoon] = [0, 1, 2].map(|n| page.lines[n].item);
        let unit = |item, number| Unit { item, number };
        let desk = world.desk();
        desk.place_unit(&seller.actor, page.id, unit(slippers, 2), Place::Box(2)).await.unwrap();
        let split = Place::Split(vec![3, 4]);
        desk.place_unit(&seller.actor, page.id, unit(shoes, 1), split).await.unwrap();
        let strange = desk.place_unit(&seller.actor, page.id, unit(spoon, 2), Place::Box(2)).await;
        assert_eq!(strange.unwrap_err(), Problem::OrderChanged, "the line has one unit");
        let page = world.page(&seller, page.id).await;
        let page = sent(&world, &seller, &page).await;
        assert_eq!(page.work, WorkState::Checking, "{:?}", page.submission);
        assert_eq!(page.boxes.len(), 4);
        assert_eq!(page.boxes[2].items[0].amount, Amount::Part { current: 1, total: 2 });
        let body = &layout(&world, &theirs)[0];
        let part = |n: usize| body["boxes"][n]["items"][0]["instances"][0]["cis"].clone();
        assert_eq!(part(2), part(3), "a split unit's code stands in each of its boxes");
        assert_eq!(body["boxes"][0]["items"].as_array().unwrap().len(), 2, "the spoon was not forgotten");
    }

    async fn units_leave_the_order_only_by_a_confirmed_act(world: World) {
        let seller = world.seller_of("anna@example.com", PlacementType::Fbs).await;
        let (theirs, page) = world.order(&seller, goods()).await;
        let line = page.lines[0].clone();
        // One code, in the unit that is to go: it moves into the one that stays.
        let code = world.sandbox.codes(theirs.order_id).unwrap()[0].codes[0].clone();
        let desk = world.desk();
        desk.place_codes(&seller.actor, page.id, &code, Target::Line(line.id), false).await.unwrap();
        let unconfirmed = desk.remove_units(&seller.actor, page.id, line.item, 1, 2).await.unwrap_err();
        assert_eq!(unconfirmed, Problem::BadPlan { error: PlanError::NotConfirmed });
        let page = desk.remove_units(&seller.actor, page.id, line.item, 1, 1).await.unwrap();
        let warned = desk::orders::readiness::hindrances(&page);
        assert!(warned.contains(&Hindrance::Removes { line: line.id, units: 1 }), "{warned:?}");
        let shoes = world.sandbox.codes(theirs.order_id).unwrap()[1].codes[0].clone();
        let (page, _) =
            desk.place_codes(&seller.actor, page.id, &shoes, Target::Line(page.lines[1].id), false).await.unwrap();
        assert_eq!(page.work, WorkState::Ready);
        let page = sent(&world, &seller, &page).await;
        let body = &layout(&world, &theirs)[0];
        assert_eq!(body["allowRemove"], true);
        assert_eq!(lines_of(body)[0].1, 1);
        assert_eq!(page.lines[0].count, 1, "the order is read again");
        assert!(page.plan.is_plain(), "what was done is not done again");
        assert_eq!(page.work, WorkState::Checking, "{:?}", page.submission);
        let left = world.sandbox.order(theirs.order_id).unwrap();
        assert_eq!(left.items.iter().map(|item| item.count).sum::<u32>(), 3);
    }

    async fn a_layout_of_an_order_that_changed_meanwhile_does_not_leave(world: World) {
        let (seller, theirs, page) = filled(&world).await;
        world.send(&seller, &page).await;
        let items = vec![NewItem::marked("Тапочки", 2), NewItem::marked("Туфли", 1)];
        let change = OrderChange { items: Some(items), ..OrderChange::default() };
        world.sandbox.change_order(theirs.order_id, change).unwrap();
        world.run_jobs().await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.submission.as_ref().map(|s| s.state), Some(SubmissionState::Refused));
        assert!(layout(&world, &theirs).is_empty(), "not one byte of it");
    }

    async fn a_lost_answer_is_found_out_and_nothing_is_stored_twice(world: World) {
        let (seller, theirs, page) = filled(&world).await;
        world.sandbox.add_fault(Fault::new(Effect::HangUp).method("PUT").after());
        let page = sent(&world, &seller, &page).await;
        assert_eq!(page.work, WorkState::Unknown);
        world.after(5).await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.submission.as_ref().map(|s| s.state), Some(SubmissionState::Accepted));
        assert_eq!(world.sandbox.record(theirs.order_id).accepted, 1);

        let split = Unit { item: page.lines[0].item, number: 1 };
        let page = world.desk().place_unit(&seller.actor, page.id, split, Place::Box(2)).await.unwrap();
        assert_eq!(page.work, WorkState::Ready, "another layout is another sending");
        world.sandbox.add_fault(Fault::new(Effect::HangUp).method("PUT"));
        let page = sent(&world, &seller, &page).await;
        assert_eq!(page.work, WorkState::Unknown);
        world.after(5).await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.boxes.len(), 2);
        let record = world.sandbox.record(theirs.order_id);
        assert_eq!((record.accepted, record.repeated, record.overtaken), (2, 0, 0));
    }

    async fn thirty_are_shipped_by_one_call_and_each_has_its_own_outcome(world: World) {
        let seller = world.seller_of("anna@example.com", PlacementType::Fbs).await;
        let mut ids = Vec::new();
        let mut numbers = Vec::new();
        for _ in 0..3 {
            let (theirs, page) = world.order(&seller, vec![NewItem::plain("Ложка", 1)]).await;
            assert_eq!(page.work, WorkState::NotMarked);
            let page = sent(&world, &seller, &page).await;
            assert_eq!(page.work, WorkState::ToShip, "{:?}", page.submission);
            ids.push(page.id);
            numbers.push(theirs.order_id);
        }
        // Another hand ships the second one first.
        let change = OrderChange {
            substatus: Some(sandbox::market::order::Substatus::ready_to_ship()),
            ..OrderChange::default()
        };
        world.sandbox.change_order(numbers[1], change).unwrap();
        let asked = world.desk().ship(&seller.actor, &ids).await.unwrap();
        assert!(asked.iter().all(|(_, outcome)| outcome.is_ok()), "{asked:?}");
        world.run_jobs().await;
        let calls = world.sandbox.received();
        let calls = calls.iter().filter(|call| call.path.ends_with("/orders/status-update"));
        assert_eq!(calls.count(), 1);
        let mut states = Vec::new();
        for id in &ids {
            states.push(world.page(&seller, *id).await.shipping.unwrap());
        }
        assert_eq!(states.iter().map(|one| one.state).collect::<Vec<_>>(), [
            ShippingState::Done,
            ShippingState::Refused,
            ShippingState::Done
        ]);
        let words = states[1].refusal.clone().unwrap();
        assert!(words.errors[0].message.as_deref().is_some_and(|text| !text.is_empty()), "{words:?}");
    }

    async fn shipping_without_an_answer_is_found_out(world: World) {
        let (seller, _, page) = filled(&world).await;
        sent(&world, &seller, &page).await;
        let page = verified(&world, &seller, page.id).await;
        world.sandbox.add_fault(Fault::new(Effect::HangUp).method("PUT").after());
        world.desk().ship(&seller.actor, &[page.id]).await.unwrap();
        world.run_jobs().await;
        assert_eq!(world.page(&seller, page.id).await.work, WorkState::Unknown);
        world.after(5).await;
        let page = world.page(&seller, page.id).await;
        assert_eq!((page.work, page.shipping.unwrap().state), (WorkState::Shipped, ShippingState::Done));
    }

    async fn labels_come_once_boxes_are_stored_and_grow_stale_with_them(world: World) {
        let (seller, _, page) = filled(&world).await;
        let none = world.desk().labels(&seller.actor, page.id, LabelFormat::A7).await.unwrap_err();
        assert!(matches!(&none, Problem::Refused { words } if words.http == 404), "{none:?}");
        let page = sent(&world, &seller, &page).await;
        let pdf = world.desk().labels(&seller.actor, page.id, LabelFormat::A7).await.unwrap();
        assert!(pdf.starts_with(b"%PDF"));
        let page = world.page(&seller, page.id).await;
        assert!(page.labels.is_some_and(|(_, stale)| !stale), "{:?}", page.labels);
        let unit = Unit { item: page.lines[0].item, number: 1 };
        let page = world.desk().place_unit(&seller.actor, page.id, unit, Place::Box(2)).await.unwrap();
        let page = sent(&world, &seller, &page).await;
        assert!(page.labels.is_some_and(|(_, stale)| stale), "{:?}", page.labels);
    }

    async fn an_optional_code_that_is_rejected_may_be_taken_off(world: World) {
        let seller = world.seller_of("anna@example.com", PlacementType::Fbs).await;
        let optional = NewItem::asking("Духи", 1, &[InstanceType::CisOptional]);
        let (theirs, page) = world.order(&seller, vec![optional, NewItem::plain("Ложка", 1)]).await;
        let substatus = verification::CisSubstatus::NotPlacedOnMarket;
        world.sandbox.script(Script::of_order(theirs.order_id, Outcome::Invalid { substatus })).unwrap();
        let page = world.fill(&seller, &theirs, page.id).await;
        sent(&world, &seller, &page).await;
        let page = verified(&world, &seller, page.id).await;
        assert_eq!(page.work, WorkState::Rework);
        let slot = page.lines[0].slots[0].id;
        let page = world.desk().clear_slot(&seller.actor, page.id, slot).await.unwrap();
        assert_eq!(page.work, WorkState::Ready, "the line may go without");
        let page = sent(&world, &seller, &page).await;
        let page = verified(&world, &seller, page.id).await;
        assert_eq!(page.work, WorkState::ToShip, "{:?}", page.verification);
    }

    async fn a_uin_waits_until_every_one_of_the_order_was_given(world: World) {
        let seller = world.seller_of("anna@example.com", PlacementType::Fbs).await;
        let (theirs, page) =
            world.order(&seller, vec![NewItem::asking("Кольцо", 2, &[InstanceType::Uin])]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        sent(&world, &seller, &page).await;
        assert_eq!(verified(&world, &seller, page.id).await.work, WorkState::ToShip);
    }
}
