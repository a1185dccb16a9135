//! Orders that lie at the station without a signature.

use super::{Customer, World, emission};
use crate::harness::both;
use desk::{
    server::ports::suz::DocumentState,
    suz::{
        Cause, SigningWay,
        emission::{
            EmissionState, NextStep,
            view::{StuckAnswer, StuckOrder},
        },
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
        let page = world.emission_page(&who, 1).await;
        assert_eq!((page.card.state, page.card.next), (EmissionState::Withdrawn, NextStep::Nothing));
        assert_eq!(page.trouble, None);
        let body = world.row(&who, 1).await.document;
        assert_eq!(world.document(&who, body).await, DocumentState::Dropped);
        let list = world.desk().emissions(&who.company.actor, None).await.unwrap();
        assert_eq!(list.limits[0].queued, 0);
        let asked = world.calls("order/status").len();
        world.after(3600).await;
        assert_eq!(world.calls("order/status").len(), asked, "nobody asks for it any more");
    }

    async fn an_order_whose_deletion_brought_no_answer_is_missed_after_a_while(world: World) {
        let who = unsigned(&world).await;
        let orders = lying(&world, &who).await;
        world.strike("documents/delete", Stage::After, Effect::HangUp);
        let deleted = world.desk().delete_stuck_order(&who.company.actor, who.link, &orders[0].document).await;
        assert!(matches!(deleted, Ok(StuckAnswer::Failed(_))), "{deleted:?}");
        for _ in 0..5 {
            world.after(600).await;
        }
        assert_eq!(world.state(&who).await, EmissionState::Created, "a search may find it late");
        world.after(600).await;
        world.after(600).await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!((page.card.state, page.trouble.unwrap().cause), (EmissionState::Withdrawn, Cause::OrderGone));
        let asked = world.calls("order/status").len();
        world.after(3600).await;
        assert_eq!(world.calls("order/status").len(), asked);
    }

    async fn nobody_is_asked_to_sign_what_was_deleted(world: World) {
        let who = unsigned(&world).await;
        let orders = lying(&world, &who).await;
        let (desk, actor) = (world.desk(), &who.company.actor);
        desk.set_suz_way(actor, who.link, SigningWay::Browser).await.unwrap();
        let signed = desk.sign_stuck_order(actor, who.link, &orders[0].document).await;
        assert_eq!(signed, Ok(StuckAnswer::WaitsForSignature));
        assert_eq!(desk.signing_queue(actor, None).await.unwrap().documents.len(), 1);
        let deleted = desk.delete_stuck_order(actor, who.link, &orders[0].document).await;
        assert_eq!(deleted, Ok(StuckAnswer::Done));
        assert!(desk.signing_queue(actor, None).await.unwrap().documents.is_empty());
    }
}
