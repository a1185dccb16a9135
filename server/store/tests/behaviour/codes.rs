//! The stock of codes: what is kept, found and remembered of each.

use crate::{
    harness::{World, both, on_postgres, on_sqlite},
    samples::*,
};
use desk::{
    codes::{CodeState, Cursor, EventKind, Filter, OrderName, Origin, SearchBy},
    ids::{MarketOrderId, OrderId},
    orders::{WorkState, placing::KnownProduct},
    server::ports::{
        codes::{CodeEvent, CodeQuery, Hand, KeptCode},
        storage::{MarkRecord, Storage, Transaction},
    },
    submission::SubmissionState,
};

/// A mark of another product than [`mark`]'s.
fn other_product(serial: &str) -> MarkRecord {
    let ki = format!("010460165302901921{serial}");
    MarkRecord {
        key: format!("cis:{ki}"),
        text: format!("{ki}\u{1d}93ABCD"),
        gtin: Some("04601653029019".into()),
    }
}

fn a_hand(order: Option<OrderId>) -> Hand {
    Hand {
        user: user(1),
        origin: Origin::Order,
        order,
    }
}

fn name_of(n: u64) -> OrderName {
    OrderName {
        id: order(n),
        number: MarketOrderId(i64::try_from(n).unwrap()),
    }
}

fn all(filter: &Filter) -> CodeQuery<'_> {
    CodeQuery {
        filter,
        from: None,
        until: None,
        after: None,
        limit: 100,
    }
}

fn search(by: SearchBy, text: &str) -> Filter {
    Filter {
        search: text.into(),
        by,
        ..Filter::default()
    }
}

fn state(state: CodeState) -> Filter {
    Filter {
        state: Some(state),
        ..Filter::default()
    }
}

/// The keys that a query finds, in its order.
async fn found(tx: &mut Box<dyn Transaction>, query: CodeQuery<'_>) -> Vec<String> {
    let codes = tx.codes(organisation(1), &query).await.unwrap();
    codes.into_iter().map(|code| code.key).collect()
}

fn keys(marks: &[MarkRecord]) -> Vec<String> {
    marks.iter().map(|mark| mark.key.clone()).collect()
}

async fn kept(tx: &mut Box<dyn Transaction>, mark: &MarkRecord) -> KeptCode {
    tx.code(organisation(1), &mark.key).await.unwrap().unwrap()
}

async fn stands(tx: &mut Box<dyn Transaction>, mark: &MarkRecord) -> CodeState {
    let told = kept(tx, mark).await.state;
    for other in CodeState::ALL {
        let listed = found(tx, all(&state(*other))).await.contains(&mark.key);
        assert_eq!(
            listed,
            *other == told,
            "{} told {told:?}, listed as {other:?}",
            mark.key
        );
    }
    told
}

async fn work(tx: &mut Box<dyn Transaction>, work: WorkState) {
    tx.save_summary(organisation(1), order(10), 3, 3, 3, work)
        .await
        .unwrap();
}

both! {
    async fn a_code_tells_how_it_came_and_what_it_is_put_on(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let product = KnownProduct { gtin: "04670033010053".into(), name: "Известный товар".into() };
        tx.learn_gtin(organisation(1), "ART-1", &product, NOW).await.unwrap();
        tx.keep_code(organisation(1), &mark("early"), NOW).await.unwrap();
        tx.act_for(a_hand(Some(order(10))));
        tx.keep_code(organisation(1), &mark("A"), after(1)).await.unwrap();
        assert!(tx.fill_slot(organisation(1), order(10), slot_of(10, 2, 0), &mark("A"), after(1)).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        let code = kept(&mut tx, &mark("A")).await;
        assert_eq!(code.text, mark("A").text);
        assert_eq!((code.origin, code.came_by, code.came_for), (Some(Origin::Order), Some(email(1)), Some(name_of(10))));
        assert_eq!((code.product.as_deref(), code.order, code.came_at), (Some("Туфли"), Some(name_of(10)), after(1)));
        let early = kept(&mut tx, &mark("early")).await;
        assert_eq!((early.origin, early.came_by, early.came_for, early.order), (None, None, None, None));
        assert_eq!(early.product.as_deref(), Some("Известный товар"), "known by its GTIN");
        assert!(tx.code(organisation(1), &mark("B").key).await.unwrap().is_none());
    }

    async fn many_are_kept_at_once_as_if_they_came_one_by_one(world: World) {
        founded(&world.store, 1).await;
        let whole = mark("A");
        let bare = MarkRecord { text: whole.key.trim_start_matches("cis:").into(), ..whole.clone() };
        let odd = mark("\"'\\;%_<");
        let mut tx = world.store.write().await.unwrap();
        tx.keep_codes(organisation(1), &[bare.clone(), odd.clone(), whole.clone(), bare.clone()], NOW).await.unwrap();
        tx.keep_codes(organisation(1), &[], NOW).await.unwrap();
        assert_eq!(kept(&mut tx, &whole).await.text, whole.text, "completed inside one batch");
        assert_eq!(kept(&mut tx, &odd).await.text, odd.text);
        let late = MarkRecord { text: format!("{}\u{1d}92more", whole.text), ..whole.clone() };
        tx.keep_codes(organisation(1), std::slice::from_ref(&late), after(9)).await.unwrap();
        let code = kept(&mut tx, &whole).await;
        assert_eq!((code.text, code.came_at), (late.text, NOW));
        assert_eq!(found(&mut tx, all(&search(SearchBy::End, "92more"))).await, keys(&[whole]), "its new end is found");
    }

    async fn codes_are_found_by_their_parts_and_their_case_counts(world: World) {
        founded(&world.store, 1).await;
        let bare = |kind: &str, text: &str, gtin: Option<&str>| MarkRecord {
            key: format!("{kind}:{text}"),
            text: text.into(),
            gtin: gtin.map(str::to_owned),
        };
        let marks = [
            mark("aB1xyz"),
            mark("AB1xyz"),
            mark("ab_%yz"),
            other_product("aB1xyZ"),
            bare("cis", "RU-430302-AAA7582720", None),
            bare("uin", "1234567890123456", None),
            bare("cis", "04601653029019packSer", Some("04601653029019")),
        ];
        let mut tx = world.store.write().await.unwrap();
        tx.keep_codes(organisation(1), &marks, NOW).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        let [lower, upper, signs, other, fur, uin, pack] = &marks;
        for (by, text, expected) in [
            (SearchBy::Serial, "aB", vec![lower, other]),
            (SearchBy::Serial, "AB", vec![upper]),
            (SearchBy::Serial, "ab_%", vec![signs]),
            (SearchBy::Serial, "B1", vec![]),
            (SearchBy::Serial, "RU-43", vec![fur]),
            (SearchBy::Serial, "12345", vec![uin]),
            (SearchBy::Serial, "pack", vec![pack]),
            (SearchBy::End, "582720", vec![fur]),
            (SearchBy::End, "xyz", vec![lower, upper]),
            (SearchBy::End, "xyZ", vec![other]),
            (SearchBy::End, "Zjqw", vec![lower, upper, signs]),
            (SearchBy::End, "yz\u{1d}93Zjqw", vec![lower, upper, signs]),
            (SearchBy::End, "zjqw", vec![]),
            (SearchBy::End, "33010053\u{32}1aB1xyz\u{1d}93Zjqw", vec![lower]),
            (SearchBy::End, "0104670033010053\u{32}1aB1xyz\u{1d}93Zjqw", vec![lower]),
            (SearchBy::End, "9104670033010053\u{32}1aB1xyz\u{1d}93Zjqw", vec![]),
            (SearchBy::Gtin, "4601653029019", vec![other, pack]),
            (SearchBy::Gtin, "04670033010053", vec![lower, upper, signs]),
            (SearchBy::Gtin, "46", vec![lower, upper, signs, other, pack]),
            (SearchBy::Gtin, "0467", vec![lower, upper, signs]),
            (SearchBy::Gtin, "67", vec![]),
            (SearchBy::Anything, "4601653029019", vec![other, pack]),
            (SearchBy::Anything, "AB1", vec![upper]),
            (SearchBy::Anything, "1xyz", vec![lower, upper]),
            (SearchBy::Anything, &upper.text.replace('\u{1d}', "\\u001d"), vec![upper]),
            (SearchBy::Anything, "нет такого\0", vec![]),
        ] {
            let mut expected: Vec<String> = expected.into_iter().map(|mark| mark.key.clone()).collect();
            expected.sort_by(|one, other| other.cmp(one));
            assert_eq!(found(&mut tx, all(&search(by, text))).await, expected, "{by:?} {text:?}");
        }
    }

    async fn pages_follow_each_other_without_gap_or_repeat(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        for n in 0..25_u8 {
            let serial = char::from(b'A' + n).to_string();
            // Several at one moment: the key parts them.
            tx.keep_code(organisation(1), &mark(&serial), after(i64::from(n / 4))).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        let filter = Filter::default();
        let whole = found(&mut tx, all(&filter)).await;
        assert_eq!(whole.len(), 25);
        assert_eq!(whole.first(), Some(&mark("Y").key), "newest first");
        let (mut read, mut after_row) = (Vec::new(), None::<Cursor>);
        loop {
            let query = CodeQuery { after: after_row.as_ref(), limit: 7, ..all(&filter) };
            let page = tx.codes(organisation(1), &query).await.unwrap();
            let Some(last) = page.last() else { break };
            after_row = Some(Cursor { at: last.came_at, key: last.key.clone() });
            read.extend(page.into_iter().map(|code| code.key));
        }
        assert_eq!(read, whole);
        let within = CodeQuery { from: Some(after(1)), until: Some(after(2)), ..all(&filter) };
        assert_eq!(found(&mut tx, within).await, keys(&[mark("H"), mark("G"), mark("F"), mark("E")]));
    }

    async fn a_code_stands_where_its_order_and_its_newest_news_say(world: World) {
        with_order(&world.store).await;
        let code = mark("A");
        let mut tx = world.store.write().await.unwrap();
        tx.keep_code(organisation(1), &code, NOW).await.unwrap();
        assert_eq!(stands(&mut tx, &code).await, CodeState::Free);
        let slot = slot_of(10, 1, 0);
        assert!(tx.fill_slot(organisation(1), order(10), slot, &code, NOW).await.unwrap());
        for (of, expected) in [
            (WorkState::NeedsCodes, CodeState::Bound),
            (WorkState::Ready, CodeState::Bound),
            (WorkState::Sending, CodeState::Sent),
            (WorkState::Unknown, CodeState::Sent),
            (WorkState::Trouble, CodeState::Refused),
            (WorkState::Accepted, CodeState::Accepted),
            (WorkState::Closed, CodeState::Bound),
        ] {
            work(&mut tx, of).await;
            assert_eq!(stands(&mut tx, &code).await, expected, "{of:?}");
        }
        let mut accepted = a_submission(1, order(10), user(1), 1);
        accepted.state = SubmissionState::Accepted;
        assert!(tx.add_submission(organisation(1), &accepted).await.unwrap());
        assert_eq!(stands(&mut tx, &code).await, CodeState::Accepted, "a delivered order keeps what was accepted");
        for (kind, expected) in [
            (EventKind::Verified, CodeState::Verified),
            (EventKind::Rejected, CodeState::Rejected),
            (EventKind::Returned, CodeState::Returned),
        ] {
            let event = CodeEvent { key: code.key.clone(), at: NOW, kind, order: Some(order(10)), words: None };
            tx.note_codes(organisation(1), &[event]).await.unwrap();
            assert_eq!(stands(&mut tx, &code).await, expected, "{kind:?}");
        }
        tx.clear_slot(organisation(1), order(10), slot, NOW).await.unwrap();
        assert_eq!(stands(&mut tx, &code).await, CodeState::Free);
        assert!(tx.fill_slot(organisation(1), order(10), slot, &code, NOW).await.unwrap());
        tx.free_slots(organisation(1), order(10)).await.unwrap();
        assert_eq!(stands(&mut tx, &code).await, CodeState::Cancelled);
        assert!(tx.fill_slot(organisation(1), order(10), slot, &code, NOW).await.unwrap());
        work(&mut tx, WorkState::Ready).await;
        assert_eq!(stands(&mut tx, &code).await, CodeState::Bound, "bound anew");
    }

    async fn whoever_moves_a_code_leaves_an_entry(world: World) {
        with_order(&world.store).await;
        let (first, second) = (slot_of(10, 1, 0), slot_of(10, 1, 1));
        let mut tx = world.store.write().await.unwrap();
        tx.act_for(a_hand(None));
        assert!(tx.fill_slot(organisation(1), order(10), first, &mark("A"), after(1)).await.unwrap());
        assert!(!tx.fill_slot(organisation(1), order(10), second, &mark("A"), after(2)).await.unwrap());
        tx.clear_slot(organisation(1), order(10), first, after(3)).await.unwrap();
        tx.clear_slot(organisation(1), order(10), first, after(4)).await.unwrap();
        assert!(tx.fill_slot(organisation(1), order(10), second, &mark("A"), after(5)).await.unwrap());
        tx.commit().await.unwrap();

        // The marketplace takes the second unit off the line, and then the order.
        let smaller = facts(10, vec![item(1, "ART-1", "Тапочки", 1), item(2, "ART-2", "Туфли", 1)]);
        let mut tx = world.store.write().await.unwrap();
        tx.save_facts(organisation(1), order(10), shop(1), &smaller, &plan(&smaller), after(6)).await.unwrap();
        assert!(tx.fill_slot(organisation(1), order(10), first, &mark("A"), after(7)).await.unwrap());
        assert_eq!(tx.free_slots(organisation(1), order(10)).await.unwrap(), 1);
        let kept_order = tx.order(organisation(1), order(10)).await.unwrap().unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.store.read().await.unwrap();
        let history = tx.code_history(organisation(1), &mark("A").key).await.unwrap();
        let told: Vec<_> = history.iter().map(|event| (event.kind, event.at, event.who.is_some())).collect();
        assert_eq!(told, [
            (EventKind::Bound, after(1), true),
            (EventKind::Unbound, after(3), true),
            (EventKind::Bound, after(5), true),
            (EventKind::Dropped, after(6), false),
            (EventKind::Bound, after(7), false),
            (EventKind::Freed, after(6), false),
        ]);
        assert!(history.iter().all(|event| event.order == Some(name_of(10))));
        let revisions: Vec<i64> = history.iter().filter_map(|event| event.slots_revision).collect();
        assert_eq!(revisions, [1, 2, 3, 4, 5, 6]);
        assert_eq!(kept_order.slots_revision, 6);
        assert!(tx.code_history(organisation(1), &mark("B").key).await.unwrap().is_empty());
    }

    async fn a_code_that_came_back_is_listed_once_wherever_it_lies_now(world: World) {
        with_order(&world.store).await;
        let other = facts(20, vec![item(1, "ART-1", "Тапочки", 1)]);
        save(&world.store, 20, &other).await;
        let code = mark("A");
        let mut tx = world.store.write().await.unwrap();
        tx.keep_code(organisation(1), &code, NOW).await.unwrap();
        let slot = slot_of(10, 1, 0);
        assert!(tx.fill_slot(organisation(1), order(10), slot, &code, NOW).await.unwrap());
        let back = CodeEvent {
            key: code.key.clone(),
            at: NOW,
            kind: EventKind::Returned,
            order: Some(order(10)),
            words: Some("PICKED".into()),
        };
        tx.note_codes(organisation(1), &[back]).await.unwrap();
        assert!(tx.release_mark(organisation(1), order(10), &code.key, NOW).await.unwrap());
        assert_eq!(stands(&mut tx, &code).await, CodeState::Returned);
        assert_eq!(kept(&mut tx, &code).await.order, None);
        assert!(tx.fill_slot(organisation(1), order(20), slot_of(20, 1, 0), &code, NOW).await.unwrap());
        assert_eq!(stands(&mut tx, &code).await, CodeState::Bound);
        assert_eq!(kept(&mut tx, &code).await.order, Some(name_of(20)));
        assert_eq!(found(&mut tx, all(&Filter::default())).await, keys(std::slice::from_ref(&code)));
        // What becomes of its old place is nothing to it.
        tx.clear_slot(organisation(1), order(10), slot, NOW).await.unwrap();
        assert_eq!(stands(&mut tx, &code).await, CodeState::Bound);
        let history = tx.code_history(organisation(1), &code.key).await.unwrap();
        assert_eq!(history.len(), 3, "{history:?}");
    }

    async fn news_of_many_codes_keep_their_order_and_their_words(world: World) {
        with_order(&world.store).await;
        let event = |serial: &str, kind, words: Option<&str>| CodeEvent {
            key: mark(serial).key,
            at: NOW,
            kind,
            order: Some(order(10)),
            words: words.map(str::to_owned),
        };
        let mut tx = world.store.write().await.unwrap();
        let events = [
            event("A", EventKind::Rejected, Some("WRONG_OWNER_INN «»\"")),
            event("B", EventKind::Verified, None),
            event("A", EventKind::Verified, None),
        ];
        tx.note_codes(organisation(1), &events).await.unwrap();
        tx.note_codes(organisation(1), &[]).await.unwrap();
        let history = tx.code_history(organisation(1), &mark("A").key).await.unwrap();
        let told: Vec<_> = history.iter().map(|event| (event.kind, event.words.as_deref(), event.who.as_ref())).collect();
        assert_eq!(told, [
            (EventKind::Rejected, Some("WRONG_OWNER_INN «»\""), None),
            (EventKind::Verified, None, None),
        ]);
    }

    async fn the_sendings_of_an_order_are_told_oldest_first(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let mut first = a_submission(1, order(10), user(1), 1);
        first.state = SubmissionState::Refused;
        first.sent_at = Some(after(1));
        first.settled_at = Some(after(2));
        assert!(tx.add_submission(organisation(1), &first).await.unwrap());
        assert!(tx.add_submission(organisation(1), &a_submission(2, order(10), user(1), 2)).await.unwrap());
        let sendings = tx.sendings(organisation(1), order(10)).await.unwrap();
        let told: Vec<_> = sendings.iter().map(|it| (it.number, it.state, it.sent_at, it.settled_at)).collect();
        assert_eq!(told, [
            (1, SubmissionState::Refused, Some(after(1)), Some(after(2))),
            (2, SubmissionState::Queued, None, None),
        ]);
        assert_eq!(sendings[0].who, Some(email(1)));
        assert!(tx.sendings(organisation(1), order(11)).await.unwrap().is_empty());
    }
}

/// Codes of the time before this page get their searched forms, and their history out of the journal.
async fn old_codes(world: World) {
    world.store.migrate_to(1).await.unwrap();
    let texts = [
        (
            "cis:0104670033010053215tm!Kq2bV0001",
            "0104670033010053215tm!Kq2bV0001\u{1d}93Zjqw",
            Some("04670033010053"),
        ),
        (
            "cis:04601653029019abcdefg",
            "04601653029019abcdefgAAAAdGVz",
            Some("04601653029019"),
        ),
        ("cis:RU-430302-AAA7582720", "RU-430302-AAA7582720", None),
        ("uin:1234567890123456", "1234567890123456", None),
    ];
    world
        .raw("INSERT INTO organisations (id, name, created_at) VALUES ('o', 'О', 1)")
        .await;
    for (key, text, gtin) in texts {
        let gtin = gtin.map_or("NULL".to_owned(), |gtin| format!("'{gtin}'"));
        world
            .raw(&format!(
                "INSERT INTO codes (organisation_id, mark_key, mark_text, gtin, first_seen_at)
                 VALUES ('o', '{key}', '{text}', {gtin}, 1)"
            ))
            .await;
    }
    world.store.migrate().await.unwrap();
    for (key, serial, ki_end, text_end) in [
        (
            texts[0].0,
            "5tm!Kq2bV0001",
            "1000Vb2qK!mt",
            Some("wqjZ39\u{1d}1000V"),
        ),
        (texts[1].0, "abcdefg", "gfedcba91092", Some("zVGdAAAAgfed")),
        (texts[2].0, "RU-430302-AAA7582720", "0272857AAA-2", None),
        (texts[3].0, "1234567890123456", "654321098765", None),
    ] {
        let end = text_end.map_or("text_end IS NULL".to_owned(), |end| {
            format!("text_end = '{end}'")
        });
        let sql = format!(
            "SELECT COUNT(*) FROM codes WHERE mark_key = '{key}' AND serial = '{serial}' AND ki_end = '{ki_end}' AND {end}"
        );
        assert_eq!(world.counted(&sql).await, 1, "{sql}");
    }
}

#[test]
fn codes_of_old_are_found_too_on_sqlite() {
    on_sqlite(false, |world| Box::pin(old_codes(world)));
}

#[test]
fn codes_of_old_are_found_too_on_postgres() {
    on_postgres(false, |world| Box::pin(old_codes(world)));
}
