//! Looking at orders until nothing more comes of them.

use super::{World, clothes, emission};
use crate::harness::both;
use desk::suz::{
    Cause,
    emission::{BufferStatus, EmissionState, ExpiryWarning, NextStep},
};
use sandbox::crpt::emission::{EmissionRulesChange, OrderTurn, Rejection};

impl World {
    fn turn(&self, turn: OrderTurn) {
        let order = &self.theirs()[0].order_id;
        self.sandbox.turn_emission_order(order, turn).unwrap();
    }
}

both! {
    async fn an_order_is_followed_from_state_to_state(world: World) {
        let who = world.quick_customer().await;
        world.sandbox.change_emission_rules(EmissionRulesChange {
            pending_ms: Some(10_000),
            approved_ms: Some(20_000),
            ready_ms: Some(60_000),
            fill_ms: Some(60_000),
            ..EmissionRulesChange::default()
        }).unwrap();
        let mut seen = vec![world.order_ten(&who).await.card.state];
        world.after(5).await;
        assert!(world.calls("order/status").is_empty(), "they said how long it takes");
        for _ in 0..9 {
            world.after(10).await;
            world.desk().refresh_emission(&who.company.actor, emission(1)).await.unwrap();
            world.run_jobs().await;
            let state = world.state(&who).await;
            if seen.last() != Some(&state) {
                seen.push(state);
            }
        }
        assert_eq!(seen, [EmissionState::Created, EmissionState::Pending, EmissionState::Approved, EmissionState::Ready]);
        let list = world.desk().emissions(&who.company.actor, None).await.unwrap();
        assert_eq!((list.orders.len(), list.limits[0].active, list.limits[0].most), (1, 1, 100));
    }

    async fn a_declined_order_tells_their_reason(world: World) {
        let who = world.quick_customer().await;
        world.order_ten(&who).await;
        let words = "Signature validation failed: message-digest attribute value does not match calculated value";
        world.turn(OrderTurn { decline: Some(words.into()), ..OrderTurn::default() });
        world.after(30).await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!((page.card.state, page.card.next), (EmissionState::Declined, NextStep::Mend));
        assert_eq!(page.decline.as_deref(), Some(words));
        assert_eq!(page.trouble.unwrap().cause, Cause::BytesChanged);
    }

    async fn rejected_goods_tell_their_reason_and_the_others_go_on(world: World) {
        let who = world.quick_customer().await;
        let mut draft = clothes("10");
        let other = desk::suz::new_emission::DraftLine { gtin: "04606038003172".into(), ..draft.lines[0].clone() };
        draft.lines.push(other);
        world.ask_codes(&who, 1, draft).await;
        world.run_jobs().await;
        let words = "Order declined: 0106: Значение 04606038003172 в поле 'GTIN' не найдено в реестре GTIN.";
        let rejection = Rejection { gtin: Some("04606038003172".into()), reason: Some(words.into()) };
        world.turn(OrderTurn { reject: Some(rejection), ..OrderTurn::default() });
        world.after(30).await;
        world.after(30).await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!(page.card.state, EmissionState::Ready);
        let statuses: Vec<_> = page.lines.iter().map(|line| line.status.clone().unwrap()).collect();
        assert_eq!(statuses[1], BufferStatus::Rejected);
        assert_eq!(page.lines[1].rejection.as_deref(), Some(words));
        assert_eq!(page.lines[1].cause, Some(Cause::GtinNotReady));
        assert_eq!(page.annuls, 10 - page.card.received);
    }

    async fn the_end_of_codes_is_warned_of(world: World) {
        let who = world.quick_customer().await;
        world.sandbox.change_emission_rules(EmissionRulesChange { fill_ms: Some(3 * 86_400_000), ..EmissionRulesChange::default() }).unwrap();
        // Every four minutes a code: there is one to be had at each look, and most are still to come.
        world.ask_codes(&who, 1, clothes("1000")).await;
        world.run_jobs().await;
        world.after(601).await;
        for (days, warning) in [(30, None), (9, Some(ExpiryWarning::Soon)), (2, Some(ExpiryWarning::Now))] {
            world.turn(OrderTurn { expires_in_ms: Some(days * 86_400_000), ..OrderTurn::default() });
            world.after(400).await;
            let card = world.emission_page(&who, 1).await.card;
            assert_eq!((card.state, card.warning), (EmissionState::Ready, warning), "{days} days");
        }
    }
}
