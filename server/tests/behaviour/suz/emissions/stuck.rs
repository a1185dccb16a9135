//! Orders that lie at the station without a signature.

use super::{Customer, World, emission};
use crate::harness::both;
use desk::suz::{
    Cause,
    emission::{
        EmissionState, NextStep,
        view::{StuckAnswer, StuckOrder},
    },
};
use sandbox::{
    crpt::emission::OrderTurn,
    faults::{Effect, Stage},
};

/// An order whose signature got lost on the way.
async fn unsigned(world: &World) -> Customer {
    let who = world.quick_customer().await;
    let turn = OrderTurn {
        unsigned: true,
        ..OrderTurn::default()
    };
    world.strike("order", Stage::After, Effect::OrderTurn { turn });
    world.order_ten(&who).await;
    who
}

async fn lying(world: &World, who: &Customer) -> Vec<StuckOrder> {
    match world
        .desk()
        .stuck_orders(&who.company.actor, who.link)
        .await
    {
        Ok(StuckAnswer::Listed { orders, total }) => {
            assert_eq!(u64::try_from(orders.len()), Ok(total));
            orders
        }
        other => panic!("{other:?}"),
    }
}

both! {
    async fn an_order_without_a_signature_is_missed_found_and_signed(world: World) {
        let who = unsigned(&world).await;
        world.after(660).await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!((page.card.state, page.card.next), (EmissionState::Created, NextStep::SignThere));
        assert_eq!(page.trouble.unwrap().cause, Cause::OrderNotSigned);
        let orders = lying(&world, &who).await;
        assert_eq!(orders[0].ours, Some(emission(1)));
        let signed = world.desk().sign_stuck_order(&who.company.actor, who.link, &orders[0].document).await;
        assert_eq!(signed, Ok(StuckAnswer::Done));
        assert!(lying(&world, &who).await.is_empty());
        world.after(600).await;
        assert_eq!(world.state(&who).await, EmissionState::Ready);
    }

    async fn an_order_without_a_signature_is_deleted(world: World) {
        let who = unsigned(&world).await;
        let orders = lying(&world, &who).await;
        let deleted = world.desk().delete_stuck_order(&who.company.actor, who.link, &orders[0].document).await;
        assert_eq!(deleted, Ok(StuckAnswer::Done));
        assert!(lying(&world, &who).await.is_empty());
    }
}
