//! Fetching codes: what the station handed out is what the stock holds, whatever happens between.

use super::{Customer, GTIN, World, clothes, emission};
use crate::{harness::both, suz::store_of};
use desk::{
    server::ports::{
        stock::{Shelf, StockCode, StockQuery},
        storage::Storage,
    },
    suz::{
        emission::{EmissionState, view::CloseAnswer},
        new_emission::DraftLine,
        receiving::{ReceivingState, ReceivingTrouble, ReceivingView},
    },
};
use sandbox::{
    crpt::emission::{OrderTurn, Rejection},
    faults::{Effect, Fault, Stage},
};

const OTHER: &str = "04606038003172";

const OTHER_BLOCK: &str = "00000000-1111-4222-8333-444444444444";

/// An answer full of codes.
fn answer(codes: &[String], block: &str) -> String {
    serde_json::json!({ "omsId": crate::suz::OMS_ID, "codes": codes, "blockId": block }).to_string()
}

/// Looks often enough for every wait and every back-off.
const LOOKS: u32 = 40;

impl World {
    async fn receive(&self, who: &Customer, n: u64) {
        self.desk()
            .receive_codes(&who.company.actor, emission(n))
            .await
            .unwrap();
        self.run_jobs().await;
    }

    async fn receivings(&self, who: &Customer, n: u64) -> Vec<ReceivingView> {
        self.desk()
            .receivings(&who.company.actor, emission(n))
            .await
            .unwrap()
    }

    async fn receiving(&self, who: &Customer, n: u64) -> ReceivingView {
        self.receivings(who, n).await.remove(0)
    }

    /// Lets time pass until the fetching of the first goods runs no more.
    async fn received_all(&self, who: &Customer, n: u64) -> ReceivingView {
        for _ in 0..LOOKS {
            if self.receiving(who, n).await.state != ReceivingState::Running {
                break;
            }
            self.after(30).await;
        }
        self.receiving(who, n).await
    }

    /// The codes of an order in the stock.
    async fn stored(&self, who: &Customer, n: u64) -> Vec<StockCode> {
        let query = StockQuery {
            shelf: Shelf::Emission(emission(n), None),
            after: None,
            unused: false,
            limit: 100_000,
        };
        let store = store_of(self).await;
        let mut tx = store.read().await.unwrap();
        tx.stock_codes(who.company.actor.organisation, &query)
            .await
            .unwrap()
    }

    /// Holds what is stored of the newest order of the station against what it handed out; how many codes it is.
    async fn equal(&self, who: &Customer, n: u64) -> usize {
        let theirs = self.theirs();
        let order = &theirs.last().unwrap().order_id;
        let mut handed = self.sandbox.handed_out_codes(order, None);
        let mut stored: Vec<String> = self
            .stored(who, n)
            .await
            .into_iter()
            .map(|code| code.text)
            .collect();
        handed.sort();
        stored.sort();
        assert_eq!(stored, handed);
        stored.len()
    }

    /// Orders so many codes; they are not there yet.
    async fn ordered(&self, who: &Customer, n: u64, quantity: &str) {
        self.ask_codes(who, n, clothes(quantity)).await;
        self.run_jobs().await;
    }

    /// Lets what is ordered become ready: its codes are fetched by themselves.
    async fn becomes_ready(&self) {
        self.after(5).await;
        self.run_jobs().await;
    }

    async fn ready(&self, who: &Customer, n: u64, quantity: &str) {
        self.ordered(who, n, quantity).await;
        self.becomes_ready().await;
    }

    /// The pools of the newest order fill slowly once it is ready.
    fn fill_within(&self, millis: i64) {
        let slow = OrderTurn {
            fill_ms: Some(millis),
            ..OrderTurn::default()
        };
        self.turned(slow);
    }

    fn turned(&self, turn: OrderTurn) {
        let order = &self.theirs()[0].order_id;
        self.sandbox.turn_emission_order(order, turn).unwrap();
    }
}

both! {
    async fn every_code_of_an_order_comes_into_the_stock(world: World) {
        let who = world.quick_customer().await;
        world.ready(&who, 1, "10").await;
        world.receive(&who, 1).await;
        let view = world.received_all(&who, 1).await;
        assert!(view.is_whole(), "{view:?}");
        assert_eq!((view.ordered, view.received, view.blocks, view.passed), (10, 10, 1, Some(10)));
        assert_eq!(world.equal(&who, 1).await, 10);
        for code in world.stored(&who, 1).await {
            assert_eq!((code.gtin.as_str(), code.emission), (GTIN, Some(emission(1))));
            // The station reports clothes as applied when it hands their codes out: none of them is annulled unused.
            assert!(code.text.contains('\u{1d}') && code.expires.is_none(), "{code:?}");
        }
        let piles = world.desk().stock(&who.company.actor).await.unwrap();
        let [pile] = piles.as_slice() else { panic!("{piles:?}") };
        assert_eq!((pile.emission, pile.file.as_ref(), pile.gtin.as_str()), (Some(emission(1)), None, GTIN));
        assert_eq!((pile.codes, pile.free_of_goods, pile.group.as_deref()), (10, 10, Some("lp")));
        assert_eq!((pile.expires, pile.expired), (None, 0));
        let code = world.stored(&who, 1).await.remove(0);
        let told = world.desk().code(&who.company.actor, &code.key).await.unwrap();
        let source = told.source.unwrap();
        assert_eq!(source.emission, Some(emission(1)));
        assert_eq!(source.block, world.theirs()[0].buffers[0].blocks[0].block_id);
        assert!(source.expires.is_none());
        let calls = world.calls("codes").len();
        world.receive(&who, 1).await;
        assert_eq!((calls, world.calls("codes").len()), (1, 1), "what is whole is not asked for again");
    }

    async fn a_slow_pool_is_emptied_block_by_block_and_stands_still_while_paused(world: World) {
        let who = world.quick_customer().await;
        world.ordered(&who, 1, "100").await;
        world.fill_within(120_000);
        world.becomes_ready().await;
        for _ in 0..4 {
            world.after(10).await;
        }
        let running = world.receiving(&who, 1).await;
        assert_eq!(running.state, ReceivingState::Running);
        assert!(running.received > 0 && running.received < 100 && running.blocks > 1, "{running:?}");
        let paused = world.desk().pause_receiving(&who.company.actor, emission(1)).await.unwrap();
        assert_eq!(paused[0].state, ReceivingState::Paused);
        let asked = world.calls("codes").len();
        for _ in 0..10 {
            world.after(30).await;
        }
        assert_eq!(world.calls("codes").len(), asked, "nothing is asked for in a pause");
        assert_eq!(world.receiving(&who, 1).await.received, running.received);
        world.receive(&who, 1).await;
        let view = world.received_all(&who, 1).await;
        assert!(view.is_whole(), "{view:?}");
        assert_eq!((view.received, view.passed), (100, Some(100)));
        assert_eq!(world.equal(&who, 1).await, 100);
    }

    async fn an_answer_that_was_lost_or_cut_comes_again_as_its_block(world: World) {
        let mut world = world;
        world.in_runs_of(3).await;
        let who = world.quick_customer().await;
        // How many codes came and are durable when it breaks off: one run of those that were cut.
        let effects = [
            (Effect::HangUp, 0),
            (Effect::Error { status: 500 }, 0),
            (Effect::CutJson, 3),
            (Effect::CutBody { bytes: 420 }, 3),
        ];
        for (n, (effect, part)) in (1..).zip(effects) {
            world.ordered(&who, n, "10").await;
            world.strike("codes", Stage::After, effect.clone());
            world.becomes_ready().await;
            let view = world.receiving(&who, n).await;
            assert_eq!(view.trouble, Some(ReceivingTrouble::NoAnswer), "{effect:?}");
            assert_eq!((view.received, view.blocks), (part, 0), "{effect:?}: what arrived is durable");
            assert!(world.stored(&who, n).await.is_empty(), "{effect:?}: a part is nobody's");
            let view = world.received_all(&who, n).await;
            assert!(view.is_whole() && view.trouble.is_none(), "{effect:?}: {view:?}");
            assert_eq!((view.received, view.passed), (10, Some(10)), "{effect:?}");
            assert_eq!(world.equal(&who, n).await, 10, "{effect:?}");
            let times = usize::try_from(n).unwrap();
            assert_eq!(world.calls("codes").len(), times, "{effect:?}: codes are never asked for twice");
            assert_eq!(world.calls("order/codes/retry").len(), times, "{effect:?}");
        }
    }

    async fn what_never_arrived_is_asked_for_anew(world: World) {
        let who = world.quick_customer().await;
        world.ordered(&who, 1, "10").await;
        world.strike("codes", Stage::Before, Effect::HangUp);
        world.becomes_ready().await;
        let view = world.received_all(&who, 1).await;
        assert!(view.is_whole(), "{view:?}");
        assert_eq!(world.equal(&who, 1).await, 10);
        assert!(world.calls("order/codes/retry").is_empty());
        assert!(!world.calls("order/codes/blocks").is_empty(), "the station's list was asked before");
    }

    async fn looking_for_what_was_lost_survives_troubles_too(world: World) {
        let who = world.quick_customer().await;
        world.ordered(&who, 1, "10").await;
        world.strike("codes", Stage::After, Effect::CutBody { bytes: 300 });
        world.strike("order/codes/blocks", Stage::Before, Effect::Error { status: 500 });
        world.strike("order/codes/retry", Stage::After, Effect::CutBody { bytes: 300 });
        world.strike("order/codes/retry", Stage::After, Effect::HangUp);
        world.becomes_ready().await;
        let view = world.received_all(&who, 1).await;
        assert!(view.is_whole() && view.trouble.is_none(), "{view:?}");
        assert_eq!(world.equal(&who, 1).await, 10);
        assert_eq!((world.calls("codes").len(), world.calls("order/codes/retry").len()), (1, 3));
    }

    async fn a_program_that_dies_while_codes_come_goes_on_after_its_restart(world: World) {
        let mut world = world;
        let who = world.quick_customer().await;
        world.ordered(&who, 1, "10").await;
        world.strike("codes", Stage::After, Effect::Hold);
        world.sandbox.advance(5000).unwrap();
        let desk = std::sync::Arc::clone(&world.wiring.desk);
        let run = tokio::spawn(async move { desk.run_due_jobs("dying").await });
        while world.theirs()[0].buffers[0].blocks.is_empty() {
            tokio::task::yield_now().await;
        }
        run.abort();
        assert!(run.await.unwrap_err().is_cancelled());
        world.restart().await;
        world.sandbox.release();
        let view = world.received_all(&who, 1).await;
        assert!(view.is_whole(), "{view:?}");
        assert_eq!(world.equal(&who, 1).await, 10);
        assert_eq!(world.calls("codes").len(), 1);
    }

    async fn a_program_that_dies_between_two_runs_of_an_answer_gets_its_block_whole(world: World) {
        let mut world = world;
        world.in_runs_of(3).await;
        let who = world.quick_customer().await;
        world.ordered(&who, 1, "10").await;
        world.strike("codes", Stage::After, Effect::HoldBody { bytes: 420 });
        world.sandbox.advance(5000).unwrap();
        let desk = std::sync::Arc::clone(&world.wiring.desk);
        let run = tokio::spawn(async move { desk.run_due_jobs("dying").await });
        while world.receivings(&who, 1).await.iter().all(|view| view.received < 3) {
            tokio::task::yield_now().await;
        }
        run.abort();
        assert!(run.await.unwrap_err().is_cancelled());
        world.restart().await;
        world.sandbox.release();
        assert!(world.stored(&who, 1).await.is_empty(), "a part is nobody's");
        let view = world.received_all(&who, 1).await;
        assert!(view.is_whole(), "{view:?}");
        assert_eq!(world.equal(&who, 1).await, 10);
        assert_eq!((world.calls("codes").len(), world.calls("order/codes/retry").len()), (1, 1));
    }

    async fn codes_that_expire_before_they_are_fetched_end_with_what_is_kept(world: World) {
        let who = world.quick_customer().await;
        world.ordered(&who, 1, "100").await;
        world.fill_within(600_000);
        world.becomes_ready().await;
        world.after(30).await;
        world.after(30).await;
        world.turned(OrderTurn { expires_in_ms: Some(1), ..OrderTurn::default() });
        let view = world.received_all(&who, 1).await;
        assert_ne!(view.state, ReceivingState::Running, "{view:?}");
        let kept = world.equal(&who, 1).await;
        assert!(kept > 0 && kept < 100, "{kept}");
        assert_eq!(view.received, kept as u64);
    }

    async fn codes_of_a_lost_answer_are_told_as_lost_when_the_order_is_closed_meanwhile(world: World) {
        let who = world.quick_customer().await;
        // Of the second nothing was handed out: there is nothing to lose.
        for (n, stage, passed) in [(1, Stage::After, 10), (2, Stage::Before, 0)] {
            world.ordered(&who, n, "10").await;
            world.strike("codes", stage, Effect::HangUp);
            world.becomes_ready().await;
            let annuls = Some(10);
            let desk = world.desk();
            let closed = desk.close_emission(&who.company.actor, emission(n), annuls).await.unwrap();
            assert_eq!(closed, CloseAnswer::Asked);
            let view = world.received_all(&who, n).await;
            if passed > 0 {
                assert_eq!(view.trouble, Some(ReceivingTrouble::Lost { held: 0, passed }), "{view:?}");
                assert_eq!(view.state, ReceivingState::Stuck);
            } else {
                assert!(view.is_whole() && view.trouble.is_none(), "{view:?}");
            }
            assert_eq!(world.emission_page(&who, n).await.card.state, EmissionState::Closed);
            let asked = world.calls("order/codes/blocks").len();
            world.after(3600).await;
            assert_eq!(world.calls("order/codes/blocks").len(), asked, "nobody asks on for ever");
        }
    }

    async fn a_block_that_comes_under_another_id_is_kept_once(world: World) {
        let who = world.quick_customer().await;
        world.ordered(&who, 1, "10").await;
        world.strike("codes", Stage::After, Effect::HangUp);
        world.becomes_ready().await;
        let asked = world.theirs()[0].buffers[0].blocks[0].block_id.clone();
        let codes = world.sandbox.handed_out_codes(&world.theirs()[0].order_id, None);
        world.strike("order/codes/retry", Stage::After, Effect::Instead { body: answer(&codes, OTHER_BLOCK) });
        let view = world.received_all(&who, 1).await;
        assert!(view.is_whole(), "{view:?}");
        assert_eq!(view.trouble, Some(ReceivingTrouble::OtherBlock { asked, named: OTHER_BLOCK.into() }));
        assert_eq!((view.received, world.equal(&who, 1).await), (10, 10));
        assert_eq!(world.calls("order/codes/retry").len(), 1);
    }

    async fn a_block_of_another_length_is_not_kept_and_a_person_is_told(world: World) {
        let who = world.quick_customer().await;
        world.ordered(&who, 1, "10").await;
        world.strike("codes", Stage::After, Effect::HangUp);
        world.becomes_ready().await;
        let block = world.theirs()[0].buffers[0].blocks[0].block_id.clone();
        let codes = world.sandbox.handed_out_codes(&world.theirs()[0].order_id, None);
        world.strike("order/codes/retry", Stage::After, Effect::Instead { body: answer(&codes[..9], &block) });
        let view = world.received_all(&who, 1).await;
        assert_eq!(view.state, ReceivingState::Stuck);
        assert_eq!(view.trouble, Some(ReceivingTrouble::BlockDiffers { block, listed: 10, given: 9 }));
        assert!(world.stored(&who, 1).await.is_empty());
        world.receive(&who, 1).await;
        let view = world.received_all(&who, 1).await;
        assert!(view.is_whole() && view.trouble.is_none(), "{view:?}");
        assert_eq!(world.equal(&who, 1).await, 10);
    }

    async fn a_station_that_gives_nothing_of_what_it_says_it_has_is_not_asked_on_at_once(world: World) {
        let who = world.quick_customer().await;
        world.ordered(&who, 1, "10").await;
        let path = format!("{}/api/v3/codes", sandbox::SUZ_HOST);
        for block in [OTHER_BLOCK, "00000000-1111-4222-8333-555555555555"] {
            let effect = Effect::Instead { body: answer(&[], block) };
            world.sandbox.add_fault(Fault::new(effect).exact_path(&path));
        }
        world.becomes_ready().await;
        assert_eq!(world.calls("codes").len(), 1, "then it waits");
        let view = world.received_all(&who, 1).await;
        assert!(view.is_whole(), "{view:?}");
        assert_eq!(world.calls("codes").len(), 3);
        assert_eq!(world.equal(&who, 1).await, 10);
    }

    async fn rejected_goods_are_told_and_the_others_come(world: World) {
        let who = world.quick_customer().await;
        let mut draft = clothes("10");
        draft.lines.push(DraftLine { gtin: OTHER.into(), ..draft.lines[0].clone() });
        world.ask_codes(&who, 1, draft).await;
        world.run_jobs().await;
        let words = "Order declined: 0106: Значение 04606038003172 в поле 'GTIN' не найдено в реестре GTIN.";
        let rejection = Rejection { gtin: Some(OTHER.into()), reason: Some(words.into()) };
        world.turned(OrderTurn { reject: Some(rejection), ..OrderTurn::default() });
        world.after(30).await;
        world.receive(&who, 1).await;
        for _ in 0..10 {
            world.after(30).await;
        }
        let views = world.receivings(&who, 1).await;
        let of = |gtin: &str| views.iter().find(|view| view.gtin == gtin).unwrap().clone();
        assert!(of(GTIN).is_whole(), "{views:?}");
        assert_eq!((of(OTHER).state, of(OTHER).received), (ReceivingState::Stuck, 0));
        assert_eq!(of(OTHER).trouble, Some(ReceivingTrouble::Ended(Some(words.into()))));
        assert_eq!(world.equal(&who, 1).await, 10);
    }

    async fn codes_of_another_organisation_are_not_there(world: World) {
        let who = world.quick_customer().await;
        world.ready(&who, 1, "10").await;
        world.receive(&who, 1).await;
        let (boris, _) = world.person("boris@example.com").await;
        assert!(world.desk().stock(&boris).await.unwrap().is_empty());
        assert!(world.desk().receivings(&boris, emission(1)).await.unwrap().is_empty());
        assert!(world.desk().receive_codes(&boris, emission(1)).await.is_err());
        assert!(world.desk().pause_receiving(&boris, emission(1)).await.is_err());
    }
}
