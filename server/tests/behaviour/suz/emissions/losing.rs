//! The answer to an order is lost: nothing is ordered twice, and nothing that was made is forgotten.

use super::{Customer, World, clothes, emission};
use crate::{harness::both, suz::inn};
use desk::{
    problem::Problem,
    server::ports::suz::DocumentState,
    suz::{
        emission::{
            EmissionState, NextStep, OrderStatus,
            view::{DecisionAnswer, LostDecision},
        },
        new_emission::EmissionDraft,
    },
};
use sandbox::{
    crpt::{
        ParticipantChange,
        emission::EmissionRulesChange,
        participant::{Group, GroupState},
    },
    faults::{Effect, Stage},
};

async fn decide(
    world: &World,
    who: &Customer,
    decision: LostDecision,
) -> Result<DecisionAnswer, Problem> {
    world
        .desk()
        .decide_lost(&who.company.actor, emission(1), decision)
        .await
}

/// An order of a group whose orders keep no key of ours.
fn nicotine(quantity: &str) -> EmissionDraft {
    let field = |name: &str, text: &str| (name.to_owned().into(), text.to_owned());
    EmissionDraft {
        group: "ncp".into(),
        fields: vec![
            field("factoryId", "12345"),
            field("factoryCountry", "RU"),
            field("productCode", "4711"),
            field("productDescription", "Жидкость"),
        ],
        ..clothes(quantity)
    }
}

impl World {
    async fn smoker(&self) -> Customer {
        let who = self.quick_customer().await;
        let group = Group {
            state: GroupState::Active,
            balance: Some(100_000),
        };
        let change = ParticipantChange {
            groups: [("ncp".to_owned(), group)].into(),
            ..ParticipantChange::default()
        };
        self.sandbox.change_participant(&inn(), change).unwrap();
        who
    }
}

/// Lets minutes pass in steps, as they do.
async fn minutes(world: &World, minutes: u32) {
    for _ in 0..minutes * 6 {
        world.after(10).await;
    }
}

both! {
    async fn an_order_whose_answer_was_lost_is_found_by_our_key(world: World) {
        let who = world.quick_customer().await;
        for (n, effect) in (1..).zip([Effect::HangUp, Effect::Error { status: 500 }, Effect::CutJson, Effect::CutBody { bytes: 9 }]) {
            world.strike("order", Stage::After, effect.clone());
            world.ask_codes(&who, n, clothes("10")).await;
            world.run_jobs().await;
            let page = world.emission_page(&who, n).await;
            assert_eq!((page.card.state, page.card.next), (EmissionState::Unknown, NextStep::Finding), "{effect:?}");
            assert!(page.lost.unwrap().why.is_some());
            world.after(3).await;
            world.after(3).await;
            let page = world.emission_page(&who, n).await;
            assert_eq!(page.card.state, EmissionState::Ready, "{effect:?}");
            let theirs = world.theirs();
            assert_eq!(theirs.len(), usize::try_from(n).unwrap(), "{effect:?}");
            assert_eq!(page.order.unwrap().as_str(), theirs.last().unwrap().order_id);
        }
    }

    async fn what_never_arrived_is_left_to_a_person_and_asked_for_still(world: World) {
        let who = world.quick_customer().await;
        world.strike("order", Stage::Before, Effect::HangUp);
        let page = world.order_ten(&who).await;
        assert_eq!(page.card.next, NextStep::Finding);
        assert_eq!(decide(&world, &who, LostDecision::NotMade).await, Err(Problem::OrderChanged), "too early");
        minutes(&world, 6).await;
        let page = world.emission_page(&who, 1).await;
        let lost = page.lost.unwrap();
        assert!(lost.may_decide && lost.searched >= 3 && lost.last.is_some(), "{lost:?}");
        assert_eq!(page.card.next, NextStep::Decide);
        assert_eq!(decide(&world, &who, LostDecision::AskOn).await, Ok(DecisionAnswer::Done));
        assert_eq!(decide(&world, &who, LostDecision::NotMade).await, Ok(DecisionAnswer::Done));
        assert_eq!(world.state(&who).await, EmissionState::GivenUp);
        assert!(world.emission_page(&who, 1).await.lost.unwrap().may_decide, "it may turn up in the cabinet still");
        let asked = world.calls("orders/search").len();
        world.after(2 * 3600).await;
        assert!(world.calls("orders/search").len() > asked);
        assert_eq!(world.calls("order").len(), 1, "never sent again");
        assert!(world.theirs().is_empty());
    }

    async fn an_order_that_was_given_up_is_taken_when_it_is_found_after_all(world: World) {
        let who = world.quick_customer().await;
        let late = EmissionRulesChange { search_delay_ms: Some(20 * 60_000), ..EmissionRulesChange::default() };
        world.sandbox.change_emission_rules(late).unwrap();
        world.strike("order", Stage::After, Effect::HangUp);
        world.order_ten(&who).await;
        minutes(&world, 6).await;
        assert_eq!(decide(&world, &who, LostDecision::NotMade).await, Ok(DecisionAnswer::Done));
        world.after(3600).await;
        world.after(3600).await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!(page.card.state, EmissionState::Ready);
        assert_eq!(page.order.unwrap().as_str(), world.theirs()[0].order_id);
    }

    async fn a_person_can_say_under_which_number_it_is(world: World) {
        let who = world.quick_customer().await;
        world.strike("order", Stage::Before, Effect::HangUp);
        world.order_ten(&who).await;
        let made = |id: &str| LostDecision::Made(id.parse().unwrap());
        let nowhere = made("00000000-1111-4222-8333-444444444444");
        assert_eq!(decide(&world, &who, nowhere).await, Ok(DecisionAnswer::NotThere));
        // Another order of ours is no answer.
        world.ask_codes(&who, 2, clothes("10")).await;
        world.run_jobs().await;
        let other = made(&world.theirs()[0].order_id);
        assert_eq!(decide(&world, &who, other).await, Ok(DecisionAnswer::Another));
        assert_eq!(world.state(&who).await, EmissionState::Unknown);
    }

    async fn an_order_that_a_person_points_out_is_received_to_its_last_code(world: World) {
        let who = world.quick_customer().await;
        world.strike("order", Stage::After, Effect::HangUp);
        world.order_ten(&who).await;
        world.strike("orders/search", Stage::Before, Effect::Error { status: 500 });
        world.after(2).await;
        world.sandbox.advance(3000).unwrap();
        assert_eq!(world.state(&who).await, EmissionState::Unknown);
        let their_id = world.theirs()[0].order_id.clone();
        let made = LostDecision::Made(their_id.parse().unwrap());
        assert_eq!(decide(&world, &who, made.clone()).await, Ok(DecisionAnswer::Done));
        assert_eq!(world.state(&who).await, EmissionState::Ready, "they say so already");
        let body = world.row(&who, 1).await.document;
        assert_eq!(world.document(&who, body).await, DocumentState::Done);
        world.run_jobs().await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!((page.card.received, page.order.unwrap().as_str()), (10, their_id.as_str()));
        assert!(page.lost.is_none());
        assert_eq!(world.sandbox.handed_out_codes(&their_id, None).len(), 10);
        assert_eq!(decide(&world, &who, made).await, Err(Problem::OrderChanged), "it is known now");
    }

    async fn where_no_key_is_kept_a_person_finds_the_order_among_those_that_came_since(world: World) {
        let who = world.smoker().await;
        world.strike("order", Stage::After, Effect::HangUp);
        world.ask_codes(&who, 1, nicotine("10")).await;
        world.run_jobs().await;
        for _ in 0..3 {
            world.after(5).await;
        }
        let page = world.emission_page(&who, 1).await;
        assert_eq!(page.card.next, NextStep::Finding, "it may be found still");
        let lost = page.lost.unwrap();
        let their_id = world.theirs()[0].order_id.clone();
        assert!(!lost.by_key && !lost.may_decide && lost.searched >= 1, "{lost:?}");
        let [candidate] = lost.candidates.as_slice() else { panic!("{lost:?}") };
        assert_eq!((candidate.order.as_str(), &candidate.status), (their_id.as_str(), &OrderStatus::Ready));
        assert_eq!(lost.likely.as_ref(), Some(&candidate.order));
        let searches = world.calls("orders/search");
        let search: serde_json::Value = serde_json::from_slice(searches.last().unwrap()).unwrap();
        assert!(search["filter"]["startCreatedTimestamp"].is_i64(), "{search}");
        assert_eq!(decide(&world, &who, LostDecision::NotMade).await, Err(Problem::OrderChanged), "too early");
        let made = LostDecision::Made(candidate.order.clone());
        assert_eq!(decide(&world, &who, made).await, Ok(DecisionAnswer::Done));
        world.after(5).await;
        assert_eq!(world.emission_page(&who, 1).await.card.received, 10);
        assert_eq!(world.sandbox.handed_out_codes(&their_id, None).len(), 10);
        assert_eq!(world.calls("order").len(), 1);
    }

    async fn of_two_orders_alike_neither_is_taken_for_the_likely_one(world: World) {
        let who = world.smoker().await;
        for (n, quantity) in [(1, "10"), (2, "10"), (3, "11")] {
            world.strike("order", Stage::After, Effect::HangUp);
            world.ask_codes(&who, n, nicotine(quantity)).await;
            world.run_jobs().await;
        }
        world.after(10).await;
        let lost = world.emission_page(&who, 1).await.lost.unwrap();
        assert_eq!((lost.candidates.len(), &lost.likely), (2, &None), "of other numbers is no candidate");
        let [other, one] = lost.candidates.as_slice() else { panic!("{lost:?}") };
        let made = LostDecision::Made(one.order.clone());
        assert_eq!(decide(&world, &who, made).await, Ok(DecisionAnswer::Done));
        world.after(30).await;
        let left = world.emission_page(&who, 2).await.lost.unwrap();
        assert_eq!(left.likely.as_ref(), Some(&other.order));
    }

    async fn a_search_that_fails_is_not_taken_for_a_no(world: World) {
        let who = world.quick_customer().await;
        world.strike("order", Stage::After, Effect::HangUp);
        world.order_ten(&who).await;
        world.strike("orders/search", Stage::Before, Effect::Error { status: 500 });
        world.after(2).await;
        let lost = world.emission_page(&who, 1).await.lost.unwrap();
        assert_eq!(lost.searched, 0);
        assert!(lost.search_failed.is_some());
        world.after(60).await;
        world.after(60).await;
        assert_eq!(world.state(&who).await, EmissionState::Ready);
    }
}

both! {
    async fn a_process_that_dies_in_the_call_leaves_an_order_to_be_found(world: World) {
        let mut world = world;
        let who = world.quick_customer().await;
        world.strike("order", Stage::After, Effect::Hold);
        world.ask_codes(&who, 1, clothes("10")).await;
        let desk = std::sync::Arc::clone(&world.wiring.desk);
        let run = tokio::spawn(async move { desk.run_due_jobs("dying").await });
        while world.theirs().is_empty() {
            tokio::task::yield_now().await;
        }
        run.abort();
        assert!(run.await.unwrap_err().is_cancelled());
        world.restart().await;
        assert_eq!(world.state(&who).await, EmissionState::Sending);
        world.sandbox.release();
        for _ in 0..4 {
            world.after(30).await;
        }
        assert_eq!(world.state(&who).await, EmissionState::Ready);
        assert_eq!((world.theirs().len(), world.calls("order").len()), (1, 1));
    }
}
