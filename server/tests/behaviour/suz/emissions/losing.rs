//! The answer to an order is lost: nothing is ordered twice, and nothing that was made is forgotten.

use super::{Customer, World, clothes, emission};
use crate::harness::both;
use desk::{
    problem::Problem,
    suz::emission::{
        EmissionState, NextStep,
        view::{DecisionAnswer, LostDecision},
    },
};
use sandbox::{
    crpt::emission::EmissionRulesChange,
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
