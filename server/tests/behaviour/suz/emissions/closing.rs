//! Closing takes nothing that was not confirmed.

use super::{Customer, World, clothes, emission};
use crate::harness::both;
use desk::{
    server::ports::suz::DocumentState,
    suz::{
        SigningWay,
        emission::{ClosingState, EmissionState, view::CloseAnswer},
    },
};
use sandbox::{
    crpt::emission::{EmissionRulesChange, OrderTurn},
    faults::{Effect, Stage},
};

async fn close(world: &World, who: &Customer, confirmed: Option<u64>) -> CloseAnswer {
    let answer = world
        .desk()
        .close_emission(&who.company.actor, emission(1), confirmed)
        .await;
    answer.unwrap()
}

/// An order whose codes do not come.
async fn unfilled(world: &World) -> Customer {
    let who = world.quick_customer().await;
    let never = EmissionRulesChange {
        fill_ms: Some(99_000_000),
        ..EmissionRulesChange::default()
    };
    world.sandbox.change_emission_rules(never).unwrap();
    world.order_ten(&who).await;
    world.after(601).await;
    assert_eq!(world.state(&who).await, EmissionState::Ready);
    who
}

both! {
    async fn what_would_be_annulled_is_confirmed_by_its_number(world: World) {
        let who = unfilled(&world).await;
        assert_eq!(close(&world, &who, None).await, CloseAnswer::Annuls { codes: 10 });
        assert_eq!(close(&world, &who, Some(9)).await, CloseAnswer::Annuls { codes: 10 });
        world.run_jobs().await;
        assert!(world.calls("order/close").is_empty());
        assert_eq!(close(&world, &who, Some(10)).await, CloseAnswer::Asked);
        world.run_jobs().await;
        assert_eq!(world.state(&who).await, EmissionState::Closed);
        assert_eq!(world.calls("order/close").len(), 1);
    }

    async fn a_lost_answer_to_a_closing_is_looked_up(world: World) {
        let who = unfilled(&world).await;
        for stage in [Stage::After, Stage::Before] {
            world.strike("order/close", stage, Effect::HangUp);
        }
        assert_eq!(close(&world, &who, Some(10)).await, CloseAnswer::Asked);
        world.run_jobs().await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!(page.closing.unwrap().state, ClosingState::Unknown);
        let document = world.row(&who, 1).await.closing.unwrap().document;
        for _ in 0..5 {
            world.after(10).await;
        }
        assert_eq!(world.state(&who).await, EmissionState::Closed);
        assert_eq!(world.document(&who, document).await, DocumentState::Done);
    }

    async fn a_closing_that_nobody_signed_leaves_the_queue_with_its_order(world: World) {
        let who = unfilled(&world).await;
        let (desk, actor) = (world.desk(), &who.company.actor);
        desk.set_suz_way(actor, who.link, SigningWay::Browser).await.unwrap();
        assert_eq!(close(&world, &who, Some(10)).await, CloseAnswer::Asked);
        let document = world.row(&who, 1).await.closing.unwrap().document;
        assert_eq!(world.document(&who, document).await, DocumentState::Waiting);
        let turn = OrderTurn { expires_in_ms: Some(1), ..OrderTurn::default() };
        world.sandbox.turn_emission_order(&world.theirs()[0].order_id, turn).unwrap();
        world.after(600).await;
        assert_eq!(world.state(&who).await, EmissionState::Closed);
        assert_eq!(world.document(&who, document).await, DocumentState::Dropped);
        assert!(desk.signing_queue(actor, None).await.unwrap().documents.is_empty());
        assert!(world.calls("order/close").is_empty());
    }

    async fn a_refused_closing_can_be_asked_for_again(world: World) {
        let who = unfilled(&world).await;
        world.strike("order/close", Stage::Before, Effect::Error { status: 400 });
        assert_eq!(close(&world, &who, Some(10)).await, CloseAnswer::Asked);
        world.run_jobs().await;
        let page = world.emission_page(&who, 1).await;
        let closing = page.closing.unwrap();
        assert_eq!(closing.state, ClosingState::Refused);
        assert_eq!(closing.trouble.unwrap().words.unwrap().http, 400);
        assert_eq!(close(&world, &who, Some(10)).await, CloseAnswer::Asked);
        world.run_jobs().await;
        assert_eq!(world.state(&who).await, EmissionState::Closed);
    }

    async fn an_order_is_closed_only_once(world: World) {
        let who = unfilled(&world).await;
        assert_eq!(close(&world, &who, Some(10)).await, CloseAnswer::Asked);
        assert_eq!(close(&world, &who, Some(10)).await, CloseAnswer::Asked);
        world.run_jobs().await;
        let again = world.desk().close_emission(&who.company.actor, emission(1), Some(10)).await;
        assert!(again.is_err());
        assert_eq!(world.calls("order/close").len(), 1);
        assert_eq!(world.ask_codes(&who, 1, clothes("10")).await, desk::suz::emission::view::OrderAnswer::Made(emission(1)));
    }
}
