//! Scans under the browser's ids, orders to pack, and what the catalogue was asked for.

use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    ids::{MarketOrderId, OrderId, UserId},
    marketplace::StoredBox,
    orders::{WorkState, placing::KnownProduct},
    packing::{Act, Clash, Outcome},
    server::ports::{
        packing::ScanRecord,
        storage::{FactsChange, Storage, Transaction},
        verifications::Verification,
    },
    verification::LineVerification,
};

pub(crate) fn a_scan(n: u64, of: Option<OrderId>, by: UserId) -> ScanRecord {
    ScanRecord {
        id: scan(n),
        order: of,
        user: by,
        act: Act::Put {
            line: line(10_001),
            slot: slot_of(10, 1, 0),
            confirmed: n.is_multiple_of(2),
        },
        raw: format!("]d2\u{1d}01\0 {n}"),
        heard_at: after(i64::try_from(n).unwrap()),
        came_at: after(i64::try_from(n).unwrap() + 60),
    }
}

fn clash() -> Outcome {
    Outcome::Clash(Clash::BoundElsewhere {
        order: "11".into(),
        product: "Туфли".into(),
    })
}

/// One order more, in a state.
async fn an_order(tx: &mut Box<dyn Transaction>, n: u64, count: u32, work: WorkState) {
    let number = i64::try_from(n).unwrap();
    let mut facts = facts(
        number,
        vec![
            item(1, "ART-1", "Тапочки", count),
            item(2, "ART-2", "Ложка", 1),
        ],
    );
    facts.items[1].required = vec![];
    let mut plan = plan(&facts);
    plan[1].slots = vec![];
    facts.ship_by = facts.ship_by.map(|mut ship| {
        ship.at = after(-number);
        ship
    });
    assert_eq!(
        tx.save_facts(organisation(1), order(n), shop(1), &facts, &plan, NOW)
            .await
            .unwrap(),
        FactsChange::New
    );
    tx.save_summary(organisation(1), order(n), 2, 2, 0, work)
        .await
        .unwrap();
}

both! {
    async fn a_scan_is_begun_once_and_answered_alike_ever_after(world: World) {
        with_order(&world.store).await;
        let record = a_scan(1, Some(order(10)), user(1));
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.begin_scan(organisation(1), &record).await.unwrap());
        assert!(!tx.begin_scan(organisation(1), &record).await.unwrap());
        let placed = Outcome::Placed { line: line(10_001), slot: slot_of(10, 1, 0) };
        tx.end_scan(organisation(1), scan(1), &placed).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.store.write().await.unwrap();
        let other = ScanRecord { raw: "other".into(), ..a_scan(1, None, user(1)) };
        assert!(!tx.begin_scan(organisation(1), &other).await.unwrap(), "the id is the key");
        assert_eq!(tx.scan(organisation(1), scan(1)).await.unwrap(), Some((record, placed)));
        assert_eq!(tx.scan(organisation(1), scan(2)).await.unwrap(), None);
    }

    async fn what_clashed_waits_oldest_first_until_a_person_settles_it(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        for n in [3, 1, 2] {
            let of = (n != 2).then(|| order(10));
            assert!(tx.begin_scan(organisation(1), &a_scan(n, of, user(1))).await.unwrap());
            tx.end_scan(organisation(1), scan(n), &clash()).await.unwrap();
        }
        assert!(tx.begin_scan(organisation(1), &a_scan(4, None, user(1))).await.unwrap());
        tx.end_scan(organisation(1), scan(4), &Outcome::Noted).await.unwrap();
        let waiting = tx.unsettled_scans(organisation(1), 9).await.unwrap();
        assert_eq!(
            waiting.iter().map(|one| (one.record.id, one.number)).collect::<Vec<_>>(),
            [
                (scan(1), Some(MarketOrderId(10))),
                (scan(2), None),
                (scan(3), Some(MarketOrderId(10))),
            ]
        );
        assert_eq!((&waiting[0].outcome, waiting[0].who.as_str()), (&clash(), "person1@example.com"));
        assert_eq!(waiting[0].record, a_scan(1, Some(order(10)), user(1)));
        assert_eq!(tx.unsettled_scans(organisation(1), 2).await.unwrap().len(), 2);

        assert!(tx.settle_scan(organisation(1), scan(1), user(1), NOW).await.unwrap());
        assert!(!tx.settle_scan(organisation(1), scan(1), user(1), NOW).await.unwrap());
        assert!(!tx.settle_scan(organisation(1), scan(4), user(1), NOW).await.unwrap(), "it never clashed");
        tx.end_scan(organisation(1), scan(2), &Outcome::Removed).await.unwrap();
        let waiting = tx.unsettled_scans(organisation(1), 9).await.unwrap();
        assert_eq!(waiting.iter().map(|one| one.record.id).collect::<Vec<_>>(), [scan(3)]);
        assert!(tx.scan(organisation(1), scan(1)).await.unwrap().is_some(), "it stays in the table");
    }

    async fn orders_to_pack_come_whole_most_urgent_first_and_others_by_name(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        tx.save_summary(organisation(1), order(10), 1, 1, 0, WorkState::Accepted).await.unwrap();
        an_order(&mut tx, 20, 2, WorkState::NeedsCodes).await;
        an_order(&mut tx, 30, 1, WorkState::Ready).await;
        an_order(&mut tx, 40, 1, WorkState::Closed).await;
        let states = [WorkState::NeedsCodes, WorkState::Ready];
        let ids = |orders: &[desk::server::ports::packing::OrderToPack]| {
            orders.iter().map(|one| one.order.id).collect::<Vec<_>>()
        };

        let orders = tx.orders_to_pack(organisation(1), &states, &[order(40), order(20), order(99)], 9).await.unwrap();
        assert_eq!(ids(&orders), [order(30), order(20), order(40)]);
        let works: Vec<WorkState> = orders.iter().map(|one| one.work).collect();
        assert_eq!(works, [WorkState::Ready, WorkState::NeedsCodes, WorkState::Closed]);
        for one in &orders {
            let alone = tx.order(organisation(1), one.order.id).await.unwrap().unwrap();
            assert_eq!(one.order, alone, "the same order as when it is read alone");
            assert_eq!(one.shop, "Лавка");
        }
        assert_eq!(ids(&tx.orders_to_pack(organisation(1), &states, &[], 1).await.unwrap()), [order(30)]);
        assert!(tx.orders_to_pack(organisation(1), &[], &[], 9).await.unwrap().is_empty());
    }

    async fn an_order_is_called_by_its_number_its_last_digits_or_what_the_label_of_its_box_says(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        for (n, work) in [(20, WorkState::Checking), (120, WorkState::NeedsCodes), (320, WorkState::Closed)] {
            an_order(&mut tx, n, 1, work).await;
        }
        let mut facts = tx.order(organisation(1), order(120)).await.unwrap().unwrap().facts;
        facts.boxes = vec![StoredBox { barcode: Some("LBL-120-1".into()), ..StoredBox::default() }];
        tx.save_facts(organisation(1), order(120), shop(1), &facts, &plan(&facts), NOW).await.unwrap();
        for (text, expected) in [
            ("20", vec![order(20)]),
            ("320", vec![order(320)]),
            ("0", vec![order(120), order(20), order(10)]),
            ("LBL-120-1", vec![order(120)]),
            ("LBL-120", vec![]),
            ("L%", vec![]),
            ("777", vec![]),
        ] {
            assert_eq!(tx.orders_called(organisation(1), text, 9).await.unwrap(), expected, "{text}");
        }
        assert_eq!(tx.orders_called(organisation(1), "0", 1).await.unwrap(), [order(120)]);
        assert!(tx.orders_called(organisation(2), "20", 9).await.unwrap().is_empty());
    }

    async fn what_was_said_of_many_orders_is_read_at_once(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        an_order(&mut tx, 20, 1, WorkState::Checking).await;
        let said = vec![LineVerification { item: desk::ids::MarketItemId(1), marks: vec![] }];
        let known = Verification { lines: said.clone(), ..Verification::begun(order(20), NOW) };
        tx.save_verification(organisation(1), &known).await.unwrap();
        let wanted = [order(10), order(20), order(99)];
        assert_eq!(tx.said_of(organisation(1), &wanted).await.unwrap(), [(order(20), said)]);
        assert!(tx.said_of(organisation(1), &[]).await.unwrap().is_empty());
    }

    async fn gtins_of_many_offers_are_read_at_once_and_can_be_forgotten(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        for (offer, gtin) in [("A \"1\"", "2"), ("A \"1\"", "1"), ("B", "3"), ("C", "4")] {
            let product = KnownProduct { gtin: gtin.into(), name: "Тапочки".into() };
            tx.learn_gtin(organisation(1), offer, &product, NOW).await.unwrap();
        }
        let offers = ["A \"1\"".to_owned(), "C".to_owned(), "nobody's".to_owned()];
        let pairs = |known: &[(&str, &str)]| {
            known.iter().map(|(offer, gtin)| ((*offer).to_owned(), (*gtin).to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(
            tx.gtins_of_offers(organisation(1), &offers).await.unwrap(),
            pairs(&[("A \"1\"", "1"), ("A \"1\"", "2"), ("C", "4")])
        );
        tx.forget_gtin(organisation(1), "A \"1\"", "1").await.unwrap();
        assert_eq!(
            tx.gtins_of_offers(organisation(1), &offers).await.unwrap(),
            pairs(&[("A \"1\"", "2"), ("C", "4")])
        );
    }

    async fn the_catalogues_word_is_remembered_with_its_moment(world: World) {
        with_order(&world.store).await;
        let offers = ["A".to_owned(), "B".to_owned(), "C".to_owned()];
        let mut tx = world.store.write().await.unwrap();
        tx.note_offers_read(organisation(1), &offers[..2], true, NOW).await.unwrap();
        tx.note_offers_read(organisation(1), &offers[1..2], false, after(10)).await.unwrap();
        assert_eq!(
            tx.offers_read(organisation(1), &offers, NOW).await.unwrap(),
            [("A".to_owned(), true), ("B".to_owned(), false)]
        );
        assert_eq!(tx.offers_read(organisation(1), &offers, after(1)).await.unwrap(), [("B".to_owned(), false)]);
    }
}
