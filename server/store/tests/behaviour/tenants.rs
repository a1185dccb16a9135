//! Two organisations with the same ids, numbers and marks in them: neither sees or moves anything of the other.

use crate::{
    batches::{a_batch, a_row, an_order},
    harness::{World, both},
    samples::*,
};
use desk::{
    boxes::{Place, Plan, Unit},
    bulk::{BatchState, Fate, RowKind, RowVerdict},
    codes::{CodeState, EventKind, Filter, SearchBy},
    ids::{CampaignId, MarketItemId, MarketOrderId},
    journal::Action,
    legal_entity::LegalEntity,
    orders::{
        OrderFilter, Tab, WorkState,
        placing::{KnownProduct, Verdict},
    },
    packing::{Clash, Outcome},
    returns::ReturnedUnitStatus,
    server::ports::{
        batches::{Batch, BatchOrder},
        codes::{CodeEvent, CodeQuery},
        shipments::{PrintedLabels, Shipment},
        storage::{JournalEntry, Storage, Submission, Transaction},
        verifications::Verification,
    },
    shipping::ShippingState,
    submission::SubmissionState,
};

/// Something of every table for an organisation of this number; ids of tenants' rows are the same in all.
async fn fill(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    tx.save_legal_entity(
        whose,
        &LegalEntity {
            id: entity(1),
            name: "Ромашка".into(),
            inn: None,
            kpp: None,
        },
        NOW,
    )
    .await
    .unwrap();
    let facts = facts(10, vec![item(1, "ART-1", "Тапочки", 1)]);
    tx.save_facts(whose, order(10), shop(n), &facts, &plan(&facts), NOW)
        .await
        .unwrap();
    tx.keep_code(whose, &mark("A"), NOW).await.unwrap();
    assert!(
        tx.fill_slot(whose, order(10), slot_of(10, 1, 0), &mark("A"), NOW)
            .await
            .unwrap()
    );
    tx.add_intake(
        whose,
        &an_intake(1, order(10), user(n), Verdict::Unreadable),
    )
    .await
    .unwrap();
    assert!(
        tx.add_submission(whose, &a_submission(1, order(10), user(n), 1))
            .await
            .unwrap()
    );
    tx.save_verification(whose, &Verification::begun(order(10), NOW))
        .await
        .unwrap();
    assert!(
        tx.save_shipment(whose, &a_shipment(order(10), user(n)), None)
            .await
            .unwrap()
    );
    tx.note_labels(
        whose,
        order(10),
        &PrintedLabels {
            submission: 1,
            at: NOW,
        },
    )
    .await
    .unwrap();
    let entry = JournalEntry {
        at: NOW,
        user: None,
        action: Action::SignUp,
        subject: String::new(),
        detail: String::new(),
    };
    tx.write_journal(whose, &entry).await.unwrap();
    let hash = format!("hash {n}");
    tx.save_hook(whose, connection(n), &hash, &key("hook"), NOW)
        .await
        .unwrap();
    tx.tell_order(whose, shop(n), MarketOrderId(10), NOW)
        .await
        .unwrap();
    let facts = a_return(1, 10, ReturnedUnitStatus::InTransit);
    tx.save_return(
        whose,
        shop(n),
        Some(order(10)),
        &facts,
        &units(&facts, "A"),
        NOW,
    )
    .await
    .unwrap();
    tx.mark_returns_read(whose, shop(n), NOW).await.unwrap();
    tx.enqueue(whose, job(n), "send", "subject", NOW)
        .await
        .unwrap();
    tx.learn_gtin(
        whose,
        "ART-1",
        &KnownProduct {
            gtin: "1".into(),
            name: "Тапочки".into(),
        },
        NOW,
    )
    .await
    .unwrap();
    fill_batch(tx, n).await;
    fill_packing(tx, n).await;
    fill_suz(tx, n).await;
}

/// What СУЗ and its codes leave.
async fn fill_suz(tx: &mut Box<dyn Transaction>, n: u64) {
    crate::suz::fill(tx, n).await;
    crate::emissions::fill(tx, n).await;
    crate::kept_forms::fill(tx, n).await;
    crate::stock::fill(tx, n).await;
    crate::printing::fill(tx, n).await;
}

/// A batch of one row for one order.
async fn fill_batch(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    tx.add_batch(whose, &a_batch(1, n)).await.unwrap();
    tx.add_batch_content(whose, batch(1), &[a_row(1, Some(1))], &[an_order(1, 10)])
        .await
        .unwrap();
}

/// A scan that waits for a person, and an offer whose bar codes were read.
async fn fill_packing(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    assert!(
        tx.begin_scan(whose, &crate::packing::a_scan(1, Some(order(10)), user(n)))
            .await
            .unwrap()
    );
    let clash = Outcome::Clash(Clash::Unreadable);
    tx.end_scan(whose, scan(1), &clash).await.unwrap();
    tx.note_offers_read(whose, &["ART-1".to_owned()], true, NOW)
        .await
        .unwrap();
}

async fn sees_no_batch(tx: &mut Box<dyn Transaction>, n: u64) {
    let (whose, id) = (organisation(n), batch(1));
    assert!(tx.batches(whose, 10).await.unwrap().is_empty());
    assert!(tx.batch(whose, id).await.unwrap().is_none());
    assert!(tx.lock_batch(whose, id).await.unwrap().is_none());
    let rows = tx.batch_rows(whose, id, None, 0, 10).await.unwrap();
    assert!(rows.is_empty());
    let rows = tx.page_of_rows(whose, id, None, 0, 10).await.unwrap();
    assert!(rows.is_empty());
    assert!(tx.rows_of_places(whose, id, &[1]).await.unwrap().is_empty());
    let orders = tx.batch_orders(whose, id, Fate::Waiting, 10).await.unwrap();
    assert!(orders.is_empty());
    let results = tx.batch_results(whose, id, false, 0, 10).await.unwrap();
    assert!(results.is_empty());
    assert_eq!(tx.count_rows(whose, id).await.unwrap().all(), 0);
    assert_eq!(tx.count_orders(whose, id).await.unwrap().all, 0);
    let found = tx.orders_of_numbers(whose, &[MarketOrderId(10)]).await;
    assert!(found.unwrap().is_empty());
}

async fn sees_no_codes(tx: &mut Box<dyn Transaction>, n: u64) {
    let (whose, key) = (organisation(n), mark("A").key);
    assert!(!tx.has_codes(whose).await.unwrap());
    assert!(tx.code(whose, &key).await.unwrap().is_none());
    assert!(tx.code_history(whose, &key).await.unwrap().is_empty());
    assert!(tx.sendings(whose, order(10)).await.unwrap().is_empty());
    let states = CodeState::ALL.iter().copied().map(Some).chain([None]);
    for state in states {
        for (by, search) in [
            (SearchBy::Anything, mark("A").text),
            (SearchBy::Anything, "A".into()),
            (SearchBy::Gtin, "0467".into()),
            (SearchBy::Serial, "A".into()),
            (SearchBy::End, "qw".into()),
            (SearchBy::End, String::new()),
        ] {
            let filter = Filter {
                search,
                by,
                state,
                ..Filter::default()
            };
            let query = CodeQuery {
                filter: &filter,
                from: None,
                until: None,
                after: None,
                limit: 10,
            };
            assert!(
                tx.codes(whose, &query).await.unwrap().is_empty(),
                "{filter:?}"
            );
        }
    }
}

#[expect(clippy::too_many_lines, reason = "every question there is, once")]
async fn sees_nothing(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    assert!(tx.legal_entities(whose).await.unwrap().is_empty());
    assert!(tx.connections(whose).await.unwrap().is_empty());
    assert!(tx.connection(whose, connection(1)).await.unwrap().is_none());
    assert!(tx.key(whose, connection(1)).await.unwrap().is_none());
    assert!(tx.shops(whose).await.unwrap().is_empty());
    assert!(tx.shop(whose, shop(1)).await.unwrap().is_none());
    assert!(
        tx.shop_of_campaign(whose, CampaignId(1))
            .await
            .unwrap()
            .is_none()
    );
    assert!(tx.order(whose, order(10)).await.unwrap().is_none());
    assert!(
        tx.order_by_number(whose, shop(1), MarketOrderId(10))
            .await
            .unwrap()
            .is_none()
    );
    for filter in [
        OrderFilter::default(),
        OrderFilter {
            search: "10".into(),
            ..OrderFilter::default()
        },
        OrderFilter {
            search: mark("A").text,
            ..OrderFilter::default()
        },
        OrderFilter {
            shop: Some(shop(1)),
            tab: Tab::Needs,
            ..OrderFilter::default()
        },
    ] {
        assert_eq!(
            tx.list(whose, &filter, &DAYS).await.unwrap(),
            (vec![], 0),
            "{filter:?}"
        );
    }
    assert!(tx.count_by_work(whose, None).await.unwrap().is_empty());
    assert!(
        tx.count_by_work(whose, Some(shop(1)))
            .await
            .unwrap()
            .is_empty()
    );
    let counts = tx.count_by_due(whose, Some(shop(1)), None, &DAYS).await;
    assert!(counts.unwrap().is_empty());
    assert!(tx.shop_names(whose).await.unwrap().is_empty());
    assert!(tx.hooks(whose).await.unwrap().is_empty());
    assert!(
        tx.told_orders(whose, connection(1), 9)
            .await
            .unwrap()
            .is_empty()
    );
    let returned = tx.returned_marks(whose, order(10)).await;
    assert!(returned.unwrap().is_empty());
    assert_eq!(tx.returns_read_at(whose, shop(1)).await.unwrap(), None);
    assert!(tx.jobs_of_kind(whose, "send").await.unwrap().is_empty());
    assert!(tx.gtins_of_offer(whose, "ART-1").await.unwrap().is_empty());
    assert!(tx.product_of_gtin(whose, "1").await.unwrap().is_none());
    assert!(
        tx.binding_of(whose, &mark("A").key)
            .await
            .unwrap()
            .is_none()
    );
    assert!(tx.unplaced(whose, order(10), 10).await.unwrap().is_empty());
    assert!(
        tx.intake(whose, order(10), intake(1))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        tx.newest_submission(whose, order(10))
            .await
            .unwrap()
            .is_none()
    );
    assert!(tx.submission(whose, submission(1)).await.unwrap().is_none());
    assert!(
        tx.due_submissions(whose, shop(1), after(60), &[], 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(tx.next_submission(whose, shop(1)).await.unwrap(), None);
    assert_eq!(tx.verification(whose, order(10)).await.unwrap(), None);
    assert!(
        tx.due_verifications(whose, shop(1), after(60), 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(tx.next_verification(whose, shop(1)).await.unwrap(), None);
    assert_eq!(tx.shipment(whose, order(10)).await.unwrap(), None);
    assert!(
        tx.due_shipments(whose, shop(1), after(60), 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(tx.next_shipment(whose, shop(1)).await.unwrap(), None);
    assert_eq!(tx.printed_labels(whose, order(10)).await.unwrap(), None);
    assert!(tx.journal(whose, 10).await.unwrap().is_empty());
    sees_no_codes(tx, n).await;
    assert!(tx.job(whose, "send", "subject").await.unwrap().is_none());
    sees_nothing_to_pack(tx, n).await;
}

async fn sees_nothing_to_pack(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    let offers = ["ART-1".to_owned()];
    assert!(tx.scan(whose, scan(1)).await.unwrap().is_none());
    assert!(tx.unsettled_scans(whose, 10).await.unwrap().is_empty());
    assert!(tx.gtins_of_offers(whose, &offers).await.unwrap().is_empty());
    assert!(
        tx.offers_read(whose, &offers, NOW)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(tx.said_of(whose, &[order(10)]).await.unwrap().is_empty());
    assert!(tx.orders_called(whose, "10", 9).await.unwrap().is_empty());
    assert!(
        tx.orders_to_pack(whose, WorkState::ALL, &[order(10)], 10)
            .await
            .unwrap()
            .is_empty()
    );
}

both! {
    async fn an_organisation_sees_nothing_of_another(world: World) {
        let mut tx = world.store.write().await.unwrap();
        found(&mut tx, 1).await;
        fill(&mut tx, 1).await;
        tx.add_organisation(organisation(2), "Чужая", NOW).await.unwrap();
        sees_nothing(&mut tx, 2).await;
        sees_no_batch(&mut tx, 2).await;
        crate::suz::sees_nothing(&mut tx, 2).await;
        crate::emissions::sees_nothing(&mut tx, 2).await;
        crate::kept_forms::sees_nothing(&mut tx, 2).await;
        crate::stock::sees_nothing(&mut tx, 2).await;
        crate::printing::sees_nothing(&mut tx, 2).await;
    }

    async fn an_organisation_moves_nothing_of_another(world: World) {
        let mut tx = world.store.write().await.unwrap();
        found(&mut tx, 1).await;
        fill(&mut tx, 1).await;
        tx.add_organisation(organisation(2), "Чужая", NOW).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.store.write().await.unwrap();
        let other = organisation(2);
        let before = tx.order(organisation(1), order(10)).await.unwrap();
        let sent = tx.submission(organisation(1), submission(1)).await.unwrap().unwrap();
        tx.save_connection(other, &a_connection(1)).await.unwrap();
        tx.replace_key(other, connection(1), &key("stolen")).await.unwrap();
        tx.retire_connection(other, connection(1), NOW).await.unwrap();
        tx.mark_shop_synced(other, shop(1), NOW).await.unwrap();
        tx.save_summary(other, order(10), 0, 0, 0, WorkState::Closed).await.unwrap();
        assert!(!tx.fill_slot(other, order(10), slot_of(10, 1, 0), &mark("B"), NOW).await.unwrap());
        let history = tx.code_history(organisation(1), &mark("A").key).await.unwrap();
        let news = CodeEvent {
            key: mark("A").key,
            at: NOW,
            kind: EventKind::Returned,
            order: Some(order(10)),
            words: None,
        };
        tx.note_codes(other, &[news]).await.unwrap();
        assert_eq!(tx.code_history(organisation(1), &mark("A").key).await.unwrap(), history);
        assert_eq!(tx.clear_slot(other, order(10), slot_of(10, 1, 0), NOW).await.unwrap(), None);
        assert!(!tx.set_extras(other, order(10), slot_of(10, 1, 0), Some("r"), None, None).await.unwrap());
        assert_eq!(tx.free_slots(other, order(10)).await.unwrap(), 0);
        assert!(!tx.release_mark(other, order(10), &mark("A").key, NOW).await.unwrap());
        tx.mark_returns_read(other, shop(1), after(9)).await.unwrap();
        tx.save_hook(other, connection(1), "stolen", &key("stolen"), NOW).await.unwrap();
        tx.mark_heard(other, connection(1), NOW).await.unwrap();
        tx.remove_hook(other, connection(1)).await.unwrap();
        tx.forget_told(other, shop(1), MarketOrderId(10), after(9)).await.unwrap();
        tx.settle_intake(other, intake(1), &Verdict::NotWanted).await.unwrap();
        assert!(!tx.settle_scan(other, scan(1), user(1), NOW).await.unwrap());
        tx.end_scan(other, scan(1), &Outcome::Noted).await.unwrap();
        tx.forget_gtin(other, "ART-1", "1").await.unwrap();
        tx.dismiss_intake(other, order(10), None, NOW).await.unwrap();
        let moved = Submission { state: SubmissionState::Accepted, ..sent.clone() };
        assert!(!tx.move_submission(other, &moved, SubmissionState::Queued).await.unwrap());
        tx.wake_submissions(other, shop(1), after(99)).await.unwrap();
        let mut plan = Plan::default();
        plan.put(Unit { item: MarketItemId(1), number: 1 }, Place::Box(2)).unwrap();
        tx.save_plan(other, order(10), &plan, true).await.unwrap();
        let shipment = tx.shipment(organisation(1), order(10)).await.unwrap().unwrap();
        let shipped = Shipment { state: ShippingState::Done, ..shipment.clone() };
        assert!(!tx.save_shipment(other, &shipped, Some(ShippingState::Queued)).await.unwrap());
        assert!(!tx.save_shipment(other, &shipped, None).await.unwrap());
        tx.wake_shipments(other, shop(1), after(99)).await.unwrap();
        tx.forget_shipment(other, order(10)).await.unwrap();
        tx.note_labels(other, order(10), &PrintedLabels { submission: 9, at: after(99) }).await.unwrap();
        tx.save_batch(other, &Batch { state: BatchState::Done, ..a_batch(1, 1) }).await.unwrap();
        tx.save_row_verdicts(other, batch(1), &[(1, RowKind::Trouble, RowVerdict::NoCode)]).await.unwrap();
        tx.save_batch_order(other, batch(1), &BatchOrder { fate: Fate::Goes, ..an_order(1, 10) }).await.unwrap();
        tx.clear_batch_content(other, batch(1)).await.unwrap();
        crate::suz::moves_nothing(&mut tx, 1, 2).await;
        crate::emissions::moves_nothing(&mut tx, 1, 2).await;
        crate::kept_forms::moves_nothing(&mut tx, 1, 2).await;
        crate::stock::moves_nothing(&mut tx, 1, other).await;
        crate::printing::moves_nothing(&mut tx, 1, other).await;
        assert_eq!(tx.lock_batch(organisation(1), batch(1)).await.unwrap(), Some(a_batch(1, 1)));
        let rows = tx.batch_rows(organisation(1), batch(1), None, 0, 10).await.unwrap();
        assert_eq!(rows, [a_row(1, Some(1))]);
        let orders = tx.batch_orders(organisation(1), batch(1), Fate::Waiting, 10).await.unwrap();
        assert_eq!(orders, [an_order(1, 10)]);

        assert_eq!(tx.order(organisation(1), order(10)).await.unwrap(), before);
        assert_eq!(tx.submission(organisation(1), submission(1)).await.unwrap(), Some(sent));
        assert_eq!(tx.shipment(organisation(1), order(10)).await.unwrap(), Some(shipment));
        let printed = PrintedLabels { submission: 1, at: NOW };
        assert_eq!(tx.printed_labels(organisation(1), order(10)).await.unwrap(), Some(printed));
        assert!(tx.key(organisation(1), connection(1)).await.unwrap().is_some());
        assert_eq!(tx.shop(organisation(1), shop(1)).await.unwrap().unwrap().synced_at, None);
        assert_eq!(tx.count_by_work(organisation(1), None).await.unwrap(), vec![(WorkState::NeedsCodes, 1)]);
        assert_eq!(tx.unsettled_scans(organisation(1), 10).await.unwrap().len(), 1);
        assert_eq!(tx.gtins_of_offer(organisation(1), "ART-1").await.unwrap(), ["1"]);
        assert_eq!(tx.returns_read_at(organisation(1), shop(1)).await.unwrap(), Some(NOW));
        assert_eq!(tx.hook_of("stolen").await.unwrap(), None);
        assert_eq!(tx.hooks(organisation(1)).await.unwrap()[0].heard_at, None);
        assert_eq!(tx.told_orders(organisation(1), connection(1), 9).await.unwrap().len(), 1);
        let unplaced = tx.unplaced(organisation(1), order(10), 10).await.unwrap();
        assert_eq!(unplaced, vec![an_intake(1, order(10), user(1), Verdict::Unreadable)]);
    }

    async fn two_organisations_may_hold_the_same_ids_numbers_and_marks(world: World) {
        let mut tx = world.store.write().await.unwrap();
        for n in [1, 2] {
            found(&mut tx, n).await;
            fill(&mut tx, n).await;
        }
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        for n in [1, 2] {
            assert_eq!(tx.shops(organisation(n)).await.unwrap().len(), 1);
            assert!(tx.binding_of(organisation(n), &mark("A").key).await.unwrap().is_some());
            assert_eq!(tx.order(organisation(n), order(10)).await.unwrap().unwrap().shop, shop(n));
        }
    }

    async fn a_row_cannot_belong_to_a_parent_of_another_organisation(world: World) {
        let mut tx = world.store.write().await.unwrap();
        found(&mut tx, 1).await;
        tx.add_organisation(organisation(2), "Чужая", NOW).await.unwrap();
        tx.commit().await.unwrap();
        let facts = facts(10, vec![]);
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.save_shop(organisation(2), shop(2), connection(1), &shop_facts(2, "Чужая")).await.is_err());
        drop(tx);
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.save_facts(organisation(2), order(1), shop(1), &facts, &[], NOW).await.is_err());
        drop(tx);
        let mut tx = world.store.write().await.unwrap();
        let verification = Verification::begun(order(10), NOW);
        assert!(tx.save_verification(organisation(2), &verification).await.is_err());
    }
}
