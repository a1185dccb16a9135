//! Level three of the self-check: a test order.

use super::{Customer, World, clothes, emission};
use crate::{
    harness::both,
    suz::{DEVICE, FOREIGN_OMS_ID, step},
};
use desk::suz::{
    Cause, CheckStep, SigningWay, StepOutcome,
    check::SkipReason,
    emission::{
        EmissionState,
        view::{OrderAnswer, OrderCodes, OrderObstacle},
    },
};
use sandbox::faults::{Effect, Stage};

async fn begin(world: &World, who: &Customer, quantity: &str) -> OrderAnswer {
    let order = OrderCodes {
        id: emission(1),
        connection: who.link,
        draft: clothes(quantity),
        anyway: false,
    };
    let answer = world
        .desk()
        .check_suz_by_order(&who.company.actor, who.link, order)
        .await
        .unwrap();
    world.run_jobs().await;
    answer
}

async fn test_order(world: &World, who: &Customer) -> StepOutcome {
    step(
        &world.link(&who.company, who.link).await,
        CheckStep::TestOrder,
    )
}

both! {
    async fn a_test_order_goes_out_when_everything_before_it_has_passed(world: World) {
        let who = world.quick_customer().await;
        assert_eq!(begin(&world, &who, "3").await, OrderAnswer::Made(emission(1)));
        assert_eq!(test_order(&world, &who).await, StepOutcome::NotYet);
        assert_eq!(world.theirs().len(), 1);
        assert!(world.emission_page(&who, 1).await.card.test);
        for _ in 0..3 {
            world.after(20).await;
        }
        assert_eq!(test_order(&world, &who).await, StepOutcome::Passed { found: Some("3".into()) });
    }

    async fn a_test_order_is_not_made_while_something_stands_against_it(world: World) {
        let who = world.quick_customer().await;
        world.count(&who, 0, 100).await;
        let answer = begin(&world, &who, "3").await;
        let full = OrderObstacle::TooManyQueued { found: 100, most: 100 };
        assert_eq!(answer, OrderAnswer::Obstacles(vec![full]));
        assert!(world.theirs().is_empty());
        let list = world.desk().emissions(&who.company.actor, None).await.unwrap();
        assert!(list.orders.is_empty());
        world.sandbox.advance(61_000).unwrap();
        assert_eq!(begin(&world, &who, "3").await, OrderAnswer::Made(emission(1)), "the station counts fewer now");
        assert_eq!(world.theirs().len(), 1);
    }

    async fn a_test_order_is_small(world: World) {
        let who = world.quick_customer().await;
        let answer = begin(&world, &who, "11").await;
        assert!(matches!(answer, OrderAnswer::Faults(_)), "{answer:?}");
        assert!(world.theirs().is_empty());
    }

    async fn a_test_order_is_not_made_when_something_before_it_failed(world: World) {
        let company = world.company("anna@example.com").await;
        let link = world.connected(&company, SigningWay::DemoKey, FOREIGN_OMS_ID, DEVICE).await;
        let who = Customer { company, link };
        begin(&world, &who, "3").await;
        assert_eq!(test_order(&world, &who).await, StepOutcome::Skipped { why: SkipReason::EarlierFailed });
        assert_eq!(world.state(&who).await, EmissionState::Withdrawn);
        assert!(world.calls("order").is_empty());
    }

    async fn a_test_order_that_is_refused_fails_the_check_with_their_words(world: World) {
        let who = world.quick_customer().await;
        world.strike("order", Stage::Before, Effect::StatusError { code: "1010".into(), message: "Не сегодня.".into() });
        begin(&world, &who, "3").await;
        let StepOutcome::Failed { why } = test_order(&world, &who).await else {
            panic!("it did not fail");
        };
        assert_eq!(why.cause, Cause::Other);
        assert_eq!(why.words.unwrap().errors[0].message.as_deref(), Some("Не сегодня."));
    }

    async fn a_person_signs_the_logins_and_then_the_test_order(world: World) {
        let who = world.customer(SigningWay::Browser).await;
        begin(&world, &who, "3").await;
        assert_eq!(test_order(&world, &who).await, StepOutcome::NotYet);
        world.sign_all(&who.company).await;
        assert_eq!(test_order(&world, &who).await, StepOutcome::WaitsForSignature);
        assert!(world.calls("order").is_empty());
        world.sign_all(&who.company).await;
        assert_eq!(test_order(&world, &who).await, StepOutcome::NotYet);
        assert_eq!(world.theirs().len(), 1);
    }
}
