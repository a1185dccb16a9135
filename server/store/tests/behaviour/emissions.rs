use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    ids::EmissionId,
    server::ports::{
        emissions::{
            Candidate, Candidates, Closing, EmissionLine, EmissionOrder, LineTold, Searching,
            StationCount,
        },
        storage::{Storage, Transaction},
    },
    suz::{
        Cause, Why,
        emission::{BufferStatus, ClosingState, EmissionState, OrderStatus, view::OrderObstacle},
        new_emission::{DraftLine, EmissionDraft},
    },
};

const GTIN: &str = "04606038003172";
const OTHER_GTIN: &str = "04670033010053";
const THEIRS: &str = "b024ae09-ef7c-449e-b461-05d8eb116c79";

fn an_order(n: u64, by: u64) -> EmissionOrder {
    EmissionOrder {
        id: emission(n),
        connection: suz(1),
        group: "lp".into(),
        draft: EmissionDraft {
            group: "lp".into(),
            release: Some("PRODUCTION".into()),
            lines: vec![DraftLine {
                gtin: GTIN.into(),
                quantity: "10".into(),
                serials: Some("ключ\u{1d}".into()),
                ..DraftLine::default()
            }],
            ..EmissionDraft::default()
        },
        document: document(n),
        test: false,
        state: EmissionState::Queued,
        their_id: None,
        decline: None,
        trouble: None,
        anyway: false,
        held: Vec::new(),
        asked_by: user(by),
        made_at: after(i64::try_from(n).unwrap()),
        sent_at: None,
        searching: Searching::default(),
        told_at: None,
        quiet: 0,
        closing: None,
        revision: 0,
    }
}

fn a_line(gtin: &str, quantity: u32) -> EmissionLine {
    EmissionLine {
        gtin: gtin.parse().unwrap(),
        quantity,
        template: 10,
        cis_type: "UNIT".into(),
        own_serials: false,
        told: LineTold::default(),
        received: 0,
    }
}

fn told() -> LineTold {
    LineTold {
        status: Some(BufferStatus::Active),
        available: Some(4),
        left: Some(3),
        passed: Some(2),
        unavailable: Some(1),
        pools_exhausted: Some(false),
        expires: Some(after(99)),
        rejection: Some("Order declined: …".into()),
    }
}

const COUNT: StationCount = StationCount {
    active: 7,
    queued: 8,
    at: NOW,
};

/// An order with one kind of goods, and what its station counts.
pub(crate) async fn fill(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    let lines = [a_line(GTIN, 10)];
    assert!(
        tx.add_emission(whose, &an_order(1, n), &lines)
            .await
            .unwrap()
    );
    tx.save_station_count(whose, suz(1), COUNT).await.unwrap();
}

pub(crate) async fn sees_nothing(tx: &mut Box<dyn Transaction>, n: u64) {
    let (whose, id) = (organisation(n), emission(1));
    assert!(tx.emission(whose, id).await.unwrap().is_none());
    assert!(tx.lock_emission(whose, id).await.unwrap().is_none());
    assert!(tx.emission_lines(whose, id).await.unwrap().is_empty());
    assert!(
        tx.lines_of_emissions(whose, &[id])
            .await
            .unwrap()
            .is_empty()
    );
    assert!(tx.emissions(whose, None, 9).await.unwrap().is_empty());
    let queued = [EmissionState::Queued];
    let found = tx.emissions_in(whose, suz(1), &queued, 9).await;
    assert!(found.unwrap().is_empty());
    let theirs = THEIRS.parse().unwrap();
    let found = tx.emission_of(whose, suz(1), &theirs).await;
    assert_eq!(found.unwrap(), None);
    assert!(tx.count_emissions(whose, suz(1)).await.unwrap().is_empty());
    let sent = tx.count_emissions_sent(whose, suz(1), after(-99)).await;
    assert_eq!(sent.unwrap(), 0);
    let active = tx.count_active_emissions(whose, suz(1)).await;
    assert_eq!(active.unwrap(), 0);
    assert_eq!(tx.station_count(whose, suz(1)).await.unwrap(), None);
    let test = tx.test_emission(whose, suz(1), NOW).await.unwrap();
    assert!(test.is_none());
    let known = tx.known_gtins(whose, 9).await.unwrap();
    assert!(known.iter().all(|(gtin, _)| gtin.as_str() != GTIN));
}

pub(crate) async fn moves_nothing(tx: &mut Box<dyn Transaction>, whose: u64, other: u64) {
    let (whose, other) = (organisation(whose), organisation(other));
    let before = tx.emission(whose, emission(1)).await.unwrap().unwrap();
    let moved = EmissionOrder {
        state: EmissionState::Withdrawn,
        ..before.clone()
    };
    assert!(
        !tx.move_emission(other, &moved, EmissionState::Queued)
            .await
            .unwrap()
    );
    tx.save_line_told(other, emission(1), GTIN.parse().unwrap(), &told())
        .await
        .unwrap();
    let after = tx.emission(whose, emission(1)).await.unwrap().unwrap();
    assert_eq!(after, before);
    let lines = tx.emission_lines(whose, emission(1)).await.unwrap();
    assert_eq!(lines, [a_line(GTIN, 10)]);
}

/// A link, and somebody who orders.
async fn linked(world: &World) -> Box<dyn Transaction> {
    let mut tx = world.store.write().await.unwrap();
    found(&mut tx, 1).await;
    tx.save_legal_entity(organisation(1), &a_legal_entity(), NOW)
        .await
        .unwrap();
    let link = crate::suz::a_link(1);
    assert!(
        tx.add_suz_connection(organisation(1), &link, NOW)
            .await
            .unwrap()
    );
    tx
}

fn a_legal_entity() -> desk::legal_entity::LegalEntity {
    desk::legal_entity::LegalEntity {
        id: entity(1),
        name: "Ромашка".into(),
        inn: None,
        kpp: None,
    }
}

fn ids(orders: Vec<EmissionOrder>) -> Vec<EmissionId> {
    orders.into_iter().map(|order| order.id).collect()
}

both! {
    async fn an_order_is_made_once_and_read_back_whole(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        let lines = [a_line(OTHER_GTIN, 3), EmissionLine { own_serials: true, ..a_line(GTIN, 10) }];
        let order = an_order(1, 1);
        assert!(tx.add_emission(whose, &order, &lines).await.unwrap());
        assert!(!tx.add_emission(whose, &EmissionOrder { group: "milk".into(), ..order.clone() }, &[]).await.unwrap());
        assert_eq!(tx.emission(whose, emission(1)).await.unwrap(), Some(order));
        assert_eq!(tx.emission_lines(whose, emission(1)).await.unwrap(), lines);
    }

    async fn everything_that_changes_of_an_order_is_kept(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        let first = an_order(1, 1);
        assert!(tx.add_emission(whose, &first, &[a_line(GTIN, 10)]).await.unwrap());
        let changed = EmissionOrder {
            state: EmissionState::Ready,
            their_id: Some(THEIRS.parse().unwrap()),
            decline: Some("нет".into()),
            trouble: Some(Why::of(Cause::TheirFault)),
            sent_at: Some(after(1)),
            anyway: true,
            held: vec![OrderObstacle::GroupClosed, OrderObstacle::TooManyActive { found: 101, most: 100 }],
            searching: Searching {
                times: 3,
                at: Some(after(2)),
                failed: Some(Why::of(Cause::TooFast)),
                candidates: Candidates {
                    orders: vec![Candidate {
                        order: THEIRS.parse().unwrap(),
                        status: OrderStatus::Other("НОВОЕ".into()),
                        created: Some(after(1)),
                    }],
                    alone: true,
                },
            },
            told_at: Some(after(3)),
            quiet: 4,
            closing: Some(Closing {
                state: ClosingState::Unknown,
                document: document(9),
                asked_at: after(4),
                trouble: Some(Why::of(Cause::Other)),
                annuls: 5,
            }),
            ..first.clone()
        };
        assert!(tx.move_emission(whose, &changed, EmissionState::Queued).await.unwrap());
        let kept = tx.lock_emission(whose, emission(1)).await.unwrap().unwrap();
        assert_eq!(kept, EmissionOrder { revision: 1, ..changed.clone() });
        let theirs = THEIRS.parse().unwrap();
        assert_eq!(tx.emission_of(whose, suz(1), &theirs).await.unwrap(), Some(emission(1)));
        assert!(!tx.move_emission(whose, &changed, EmissionState::Ready).await.unwrap(), "an older revision");
        assert!(!tx.move_emission(whose, &kept, EmissionState::Queued).await.unwrap(), "another state");
        let bare = EmissionOrder {
            closing: None,
            trouble: None,
            anyway: false,
            held: Vec::new(),
            searching: Searching::default(),
            ..kept
        };
        assert!(tx.move_emission(whose, &bare, EmissionState::Ready).await.unwrap());
        let kept = tx.emission(whose, emission(1)).await.unwrap().unwrap();
        assert_eq!(kept, EmissionOrder { revision: 2, ..bare });
        let willed = EmissionOrder { anyway: true, ..an_order(2, 1) };
        assert!(tx.add_emission(whose, &willed, &[]).await.unwrap());
        assert_eq!(tx.emission(whose, emission(2)).await.unwrap(), Some(willed));
    }

    async fn what_a_station_says_of_goods_is_kept_but_the_end_of_codes_is_not_forgotten(world: World) {
        let mut tx = linked(&world).await;
        let (whose, gtin) = (organisation(1), GTIN.parse().unwrap());
        assert!(tx.add_emission(whose, &an_order(1, 1), &[a_line(GTIN, 10), a_line(OTHER_GTIN, 1)]).await.unwrap());
        tx.save_line_told(whose, emission(1), gtin, &told()).await.unwrap();
        let lines = tx.emission_lines(whose, emission(1)).await.unwrap();
        assert_eq!(lines, [EmissionLine { told: told(), ..a_line(GTIN, 10) }, a_line(OTHER_GTIN, 1)]);
        tx.save_line_told(whose, emission(1), gtin, &LineTold::default()).await.unwrap();
        let line = tx.emission_lines(whose, emission(1)).await.unwrap().remove(0);
        assert_eq!(line.told, LineTold { expires: Some(after(99)), ..LineTold::default() });
    }

    async fn codes_of_whole_blocks_count_as_received(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        assert!(tx.add_emission(whose, &an_order(1, 1), &[a_line(GTIN, 10)]).await.unwrap());
        tx.commit().await.unwrap();
        for (n, state, kept) in [(1, "whole", 4), (2, "whole", 3), (3, "void", 9)] {
            world.raw(&format!(
                "INSERT INTO stock_blocks (organisation_id, id, emission_id, gtin, state, asked, given, kept, asked_at,
                     settled_at)
                 VALUES ('{whose}', 'block {n}', '{}', '{GTIN}', '{state}', {kept}, {kept}, {kept}, 1, 2)", emission(1)
            )).await;
        }
        let mut tx = world.store.read().await.unwrap();
        let lines = tx.emission_lines(whose, emission(1)).await.unwrap();
        assert_eq!(lines, [EmissionLine { received: 7, ..a_line(GTIN, 10) }]);
        let lines = tx.lines_of_emissions(whose, &[emission(1), emission(2)]).await.unwrap();
        assert_eq!(lines, [(emission(1), EmissionLine { received: 7, ..a_line(GTIN, 10) })]);
    }

    async fn one_order_of_a_station_is_one_of_ours(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        for n in [1, 2] {
            assert!(tx.add_emission(whose, &an_order(n, 1), &[]).await.unwrap());
        }
        tx.commit().await.unwrap();
        let theirs = |n| EmissionOrder {
            their_id: Some(THEIRS.parse().unwrap()),
            sent_at: Some(NOW),
            ..an_order(n, 1)
        };
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.move_emission(whose, &theirs(1), EmissionState::Queued).await.unwrap());
        assert!(tx.move_emission(whose, &theirs(2), EmissionState::Queued).await.is_err());
    }

    async fn orders_are_listed_from_the_newest_and_found_by_state(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        for n in 1..=5 {
            let order = EmissionOrder { test: n == 2 || n == 4, ..an_order(n, 1) };
            assert!(tx.add_emission(whose, &order, &[a_line(GTIN, 10)]).await.unwrap());
        }
        let ready = EmissionOrder { state: EmissionState::Ready, ..an_order(3, 1) };
        assert!(tx.move_emission(whose, &ready, EmissionState::Queued).await.unwrap());
        assert_eq!(ids(tx.emissions(whose, None, 2).await.unwrap()), [emission(5), emission(4)]);
        let rest = tx.emissions(whose, Some(emission(4)), 9).await.unwrap();
        assert_eq!(ids(rest), [emission(3), emission(2), emission(1)]);
        let states = [EmissionState::Ready, EmissionState::Queued];
        let found = tx.emissions_in(whose, suz(1), &states, 3).await.unwrap();
        assert_eq!(ids(found), [emission(1), emission(2), emission(3)]);
        let found = tx.emissions_in(whose, suz(1), &states[..1], 3).await.unwrap();
        assert_eq!(ids(found), [emission(3)]);
        let counts = tx.count_emissions(whose, suz(1)).await.unwrap();
        assert_eq!(counts, [(EmissionState::Queued, 4), (EmissionState::Ready, 1)]);
        let test = tx.test_emission(whose, suz(1), after(3)).await.unwrap();
        assert_eq!(test.map(|order| order.id), Some(emission(4)));
        assert!(tx.test_emission(whose, suz(1), after(5)).await.unwrap().is_none());
    }

    async fn orders_are_counted_that_were_sent_after_a_moment(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        for n in 1..=4 {
            assert!(tx.add_emission(whose, &an_order(n, 1), &[]).await.unwrap());
        }
        for (n, state) in [(1, EmissionState::Sending), (2, EmissionState::Pending), (3, EmissionState::Ready)] {
            let sent = EmissionOrder { state, sent_at: Some(after(i64::try_from(n).unwrap())), ..an_order(n, 1) };
            assert!(tx.move_emission(whose, &sent, EmissionState::Queued).await.unwrap());
        }
        for (since, counts) in [(NOW, 2), (after(1), 1), (after(2), 0)] {
            assert_eq!(tx.count_emissions_sent(whose, suz(1), since).await.unwrap(), counts, "{since:?}");
        }
    }

    async fn a_ready_order_counts_until_its_goods_are_closed(world: World) {
        let mut tx = linked(&world).await;
        let (whose, gtin) = (organisation(1), GTIN.parse().unwrap());
        let lines = [a_line(GTIN, 10), a_line(OTHER_GTIN, 1)];
        assert!(tx.add_emission(whose, &an_order(1, 1), &lines).await.unwrap());
        for (status, counts) in [(BufferStatus::Active, 0), (BufferStatus::Pending, 0)] {
            let told = LineTold { status: Some(status), ..told() };
            tx.save_line_told(whose, emission(1), gtin, &told).await.unwrap();
            assert_eq!(tx.count_active_emissions(whose, suz(1)).await.unwrap(), counts, "it is not ready");
        }
        let ready = EmissionOrder { state: EmissionState::Ready, ..an_order(1, 1) };
        assert!(tx.move_emission(whose, &ready, EmissionState::Queued).await.unwrap());
        assert_eq!(tx.count_active_emissions(whose, suz(1)).await.unwrap(), 1, "nothing was told of the other goods");
        let rejected = LineTold { status: Some(BufferStatus::Rejected), ..told() };
        tx.save_line_told(whose, emission(1), OTHER_GTIN.parse().unwrap(), &rejected).await.unwrap();
        for (status, counts) in [
            (None, 1),
            (Some(BufferStatus::Pending), 1),
            (Some(BufferStatus::Active), 1),
            (Some(BufferStatus::Exhausted), 1),
            (Some(BufferStatus::Rejected), 0),
            (Some(BufferStatus::Closed), 0),
        ] {
            let told = LineTold { status: status.clone(), ..told() };
            tx.save_line_told(whose, emission(1), gtin, &told).await.unwrap();
            assert_eq!(tx.count_active_emissions(whose, suz(1)).await.unwrap(), counts, "{status:?}");
        }
        tx.save_station_count(whose, suz(1), COUNT).await.unwrap();
        let count = StationCount { active: 1, queued: 2, at: after(1) };
        tx.save_station_count(whose, suz(1), count).await.unwrap();
        assert_eq!(tx.station_count(whose, suz(1)).await.unwrap(), Some(count));
    }

    async fn goods_that_were_ordered_stand_before_those_that_are_only_sold(world: World) {
        use desk::orders::placing::KnownProduct;
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        let product = |gtin: &str, name: &str| KnownProduct { gtin: gtin.into(), name: name.into() };
        tx.learn_gtin(whose, "ART-1", &product(OTHER_GTIN, "Тапочки"), NOW).await.unwrap();
        tx.learn_gtin(whose, "ART-2", &product("12", "Не GTIN"), NOW).await.unwrap();
        tx.learn_gtin(whose, "ART-3", &product(GTIN, "Платье"), NOW).await.unwrap();
        tx.learn_gtin(whose, "ART-3", &product(GTIN, "Платье синее"), after(5)).await.unwrap();
        assert!(tx.add_emission(whose, &an_order(1, 1), &[a_line(GTIN, 10)]).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        let known = tx.known_gtins(whose, 9).await.unwrap();
        let pair = |gtin: &str, name: &str| (gtin.parse().unwrap(), Some(name.to_owned()));
        assert_eq!(known, [pair(GTIN, "Платье синее"), pair(OTHER_GTIN, "Тапочки")]);
    }

    async fn retiring_a_link_takes_back_what_was_not_sent(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        let states = [
            (EmissionState::Draft, EmissionState::Withdrawn),
            (EmissionState::WaitsForSignature, EmissionState::Withdrawn),
            (EmissionState::Queued, EmissionState::Withdrawn),
            (EmissionState::Sending, EmissionState::Sending),
            (EmissionState::Ready, EmissionState::Ready),
        ];
        for (n, (before, _)) in (1..).zip(states) {
            let order = EmissionOrder { state: before, ..an_order(n, 1) };
            assert!(tx.add_emission(whose, &order, &[]).await.unwrap());
        }
        tx.retire_suz_connection(whose, suz(1), after(9)).await.unwrap();
        for (n, (before, kept)) in (1..).zip(states) {
            let order = tx.emission(whose, emission(n)).await.unwrap().unwrap();
            assert_eq!(order.state, kept, "{before:?}");
        }
    }
}
