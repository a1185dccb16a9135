//! What the pages say of an order: what is at stake, what waits for whom, what a signature does.

use super::{Customer, GTIN, World, clothes, emission};
use crate::harness::both;
use desk::{
    ids::DocumentId,
    problem::Problem,
    suz::{
        DocumentPurpose, SigningWay,
        document::WaitingDocument,
        emission::{EmissionState, ExpiryWarning, NextStep, view::CloseAnswer},
    },
};
use sandbox::crpt::emission::{EmissionRulesChange, OrderTurn};

const DAY: i64 = 86_400_000;

impl World {
    fn turn_theirs(&self, turn: OrderTurn) {
        let order = &self.theirs()[0].order_id;
        self.sandbox.turn_emission_order(order, turn).unwrap();
    }

    /// Asks the station about the order now.
    async fn look_again(&self, who: &Customer) {
        let desk = self.desk();
        desk.refresh_emission(&who.company.actor, emission(1))
            .await
            .unwrap();
        self.run_jobs().await;
    }

    /// What the list says is to be done next with the only order.
    async fn listed_next(&self, who: &Customer) -> NextStep {
        let list = self.desk().emissions(&who.company.actor, None).await;
        let list = list.unwrap().orders;
        assert_eq!(list.len(), 1);
        list[0].next
    }

    async fn queued(&self, who: &Customer) -> Vec<WaitingDocument> {
        let queue = self.desk().signing_queue(&who.company.actor, None).await;
        queue.unwrap().documents
    }

    async fn close_first(&self, who: &Customer, confirmed: u64) -> CloseAnswer {
        self.desk()
            .close_emission(&who.company.actor, emission(1), Some(confirmed))
            .await
            .unwrap()
    }

    /// A hundred codes that come slowly, some of them here, the rest on its way.
    async fn half_received(&self) -> Customer {
        let who = self.quick_customer().await;
        self.ask_codes(&who, 1, clothes("100")).await;
        self.run_jobs().await;
        self.turn_theirs(OrderTurn {
            fill_ms: Some(600_000),
            ..OrderTurn::default()
        });
        for _ in 0..6 {
            self.after(10).await;
        }
        let page = self.emission_page(&who, 1).await;
        let received = page.card.received;
        assert!(received > 0 && received < 100, "{received}");
        who
    }
}

both! {
    async fn codes_that_are_all_here_do_not_end(world: World) {
        let who = world.quick_customer().await;
        world.order_ten(&who).await;
        world.after(2).await;
        world.look_again(&who).await;
        world.turn_theirs(OrderTurn { expires_in_ms: Some(2 * DAY), ..OrderTurn::default() });
        world.look_again(&who).await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!((page.card.received, page.card.next), (10, NextStep::Close));
        assert_eq!((page.card.expires, page.card.warning), (None, None));
        assert_eq!((page.lines[0].expires, page.lines[0].warning), (None, None), "every code is here");
        assert_eq!(world.close_first(&who, 0).await, CloseAnswer::Asked);
        world.run_jobs().await;
        let page = world.emission_page(&who, 1).await;
        assert_eq!(page.card.state, EmissionState::Closed);
        assert_eq!((page.lines[0].expires, page.lines[0].warning), (None, None), "it is over");
    }

    async fn the_end_of_codes_is_told_long_before_it_is_near(world: World) {
        let who = world.half_received().await;
        for (days, warning) in [(30, None), (9, Some(ExpiryWarning::Soon))] {
            world.turn_theirs(OrderTurn { expires_in_ms: Some(days * DAY), ..OrderTurn::default() });
            world.look_again(&who).await;
            let page = world.emission_page(&who, 1).await;
            let (card, line) = (page.card.expires.unwrap(), page.lines[0].expires.unwrap());
            assert_eq!((card.at, page.card.warning), (line.at, warning), "{days} days");
            assert_eq!(page.lines[0].warning, warning);
            let left = card.minutes_ahead / (24 * 60);
            assert!(left == days || left == days - 1, "{left} of {days} days on the world's clock");
        }
    }

    async fn a_pause_is_seen_everywhere_and_ends_with_the_order(world: World) {
        let who = world.half_received().await;
        let actor = &who.company.actor;
        let desk = world.desk();
        desk.pause_receiving(actor, emission(1)).await.unwrap();
        let page = world.emission_page(&who, 1).await;
        assert_eq!((page.card.state, page.card.next), (EmissionState::Ready, NextStep::Resume));
        assert_eq!(world.listed_next(&who).await, NextStep::Resume);
        desk.receive_codes(actor, emission(1)).await.unwrap();
        assert_ne!(world.listed_next(&who).await, NextStep::Resume);
        desk.pause_receiving(actor, emission(1)).await.unwrap();
        world.run_jobs().await;

        let lost = world.emission_page(&who, 1).await.annuls;
        assert!(lost > 0);
        assert_eq!(world.close_first(&who, lost).await, CloseAnswer::Asked);
        let page = world.emission_page(&who, 1).await;
        assert!(!page.may_close, "it was asked for");
        assert_eq!((page.card.next, page.closing.unwrap().annuls), (NextStep::Closing, lost));
        world.run_jobs().await;
        assert_eq!(world.state(&who).await, EmissionState::Closed);
        assert_eq!(desk.receive_codes(actor, emission(1)).await, Err(Problem::NothingToReceive));
        assert_eq!(world.listed_next(&who).await, NextStep::Print);
    }

    async fn what_a_signature_orders_and_what_it_annuls_is_said(world: World) {
        let never = EmissionRulesChange {
            pending_ms: Some(0),
            approved_ms: Some(0),
            ready_ms: Some(2_000),
            fill_ms: Some(99_000_000),
            ..EmissionRulesChange::default()
        };
        world.sandbox.change_emission_rules(never).unwrap();
        let who = world.customer(SigningWay::Browser).await;
        world.order_ten(&who).await;
        let order = world.queued(&who).await.remove(0).order.unwrap();
        assert_eq!((order.id, order.group.as_str(), order.codes), (emission(1), "lp", 10));
        assert_eq!((order.gtins.as_slice(), order.annuls), (&[GTIN.parse().unwrap()][..], 0));
        // The body, then the login that it needs.
        world.sign_all(&who.company).await;
        world.sign_all(&who.company).await;
        world.after(601).await;
        assert_eq!(world.state(&who).await, EmissionState::Ready);

        assert_eq!(world.close_first(&who, 10).await, CloseAnswer::Asked);
        let page = world.emission_page(&who, 1).await;
        assert_eq!((page.card.next, page.closing.unwrap().annuls), (NextStep::SignClosing, 10));
        assert!(!page.may_close, "it was asked for");
        let closing = |document: &WaitingDocument| document.purpose == DocumentPurpose::CloseOrder;
        let queue = world.queued(&who).await;
        let document = queue.into_iter().find(closing).unwrap();
        let order = document.order.unwrap();
        assert_eq!((order.id, order.codes, order.annuls), (emission(1), 10, 10));

        // Taken out of the queue unsigned it can be asked for again.
        let dropped: DocumentId = document.id;
        world.desk().drop_document(&who.company.actor, dropped).await.unwrap();
        assert!(world.emission_page(&who, 1).await.may_close);
    }
}
