//! The session without a browser: what a packer sees and what is kept.

mod bench;
mod properties;

use super::*;
use crate::packing::{Clash, Outcome, left};
use bench::*;

#[test]
fn an_order_is_opened_by_its_number_its_last_digits_or_its_box() {
    let mut bench = Bench::new();
    bench.hear("48512402");
    assert_eq!(bench.open(), Some("48512402"));
    bench.command(ServiceCode::Next);
    assert_eq!(bench.say(), &Say::Waiting);
    bench.hear("601");
    assert_eq!(bench.open(), Some("48512601"));
    bench.hear("BOX-48512402-1");
    assert_eq!(bench.open(), Some("48512402"));
    assert!(bench.kept.is_empty(), "a number is no code");
    bench.hear("485");
    assert_eq!(
        bench.open(),
        Some("48512402"),
        "three orders begin so, none ends so"
    );
}

#[test]
fn digits_that_several_orders_end_with_open_none() {
    let mut bench = Bench::new();
    bench.hear("02");
    assert_eq!(
        bench.say(),
        &Say::SeveralOrders { found: 1 },
        "two digits are too few"
    );
    assert_eq!(bench.open(), None);
}

#[test]
fn the_first_item_opens_the_most_urgent_order_that_needs_it() {
    let mut bench = Bench::new();
    bench.hear(&shoes(1));
    assert_eq!(bench.open(), Some("48512402"));
    assert_eq!(
        bench.say(),
        &Say::Good {
            product: "Туфли".into(),
            left: 2,
            extras: false
        }
    );
    assert_eq!(bench.sounds(), [Tone::Good]);
}

#[test]
fn a_products_bar_code_opens_an_order_and_is_no_code_in_it() {
    let mut bench = Bench::new();
    bench.hear("4607809591423");
    assert_eq!(bench.open(), Some("48512402"));
    bench.hear("4607809591423");
    assert_eq!(bench.say(), &Say::ProductBarcode);
    assert!(bench.kept.is_empty());
}

#[test]
fn a_gtin_seen_for_the_first_time_asks_once_and_no_scan_answers() {
    let mut bench = Bench::new();
    bench.hear("48512402");
    bench.hear(&slippers(1));
    assert!(matches!(bench.say(), Say::Ask { options } if options.len() == 1));
    bench.hear("");
    bench.hear("\n");
    assert_eq!(bench.filled("48512402"), 0, "Enter is no answer");
    assert_eq!(bench.kept.len(), 1, "and no scan");
    bench.confirm();
    assert_eq!(bench.filled("48512402"), 1);
    bench.hear(&slippers(2));
    assert!(matches!(bench.say(), Say::Good { .. }), "it is remembered");
    bench.hear(&shoes(1));
    assert_eq!(bench.open(), None, "the order is whole and left");
    bench.hear(&slippers(3));
    assert_eq!(bench.open(), Some("48512601"), "for other orders too");
    let confirmed: Vec<bool> = bench
        .kept
        .iter()
        .filter_map(|scan| match scan.act {
            Act::Put { confirmed, .. } => Some(confirmed),
            _ => None,
        })
        .collect();
    assert_eq!(confirmed, [true, false, false, false]);
}

#[test]
fn a_question_is_gone_with_the_next_scan_and_its_answer_comes_too_late() {
    let mut bench = Bench::new();
    bench.hear("48512402");
    bench.hear(&slippers(1));
    let Say::Ask { options } = bench.say().clone() else {
        panic!("{:?}", bench.say())
    };
    bench.hear(&shoes(1));
    bench.confirm_line(options[0].order, options[0].line);
    assert_eq!(bench.filled("48512402"), 1);
    assert_eq!(
        bench
            .kept
            .iter()
            .map(|scan| scan.raw.clone())
            .collect::<Vec<_>>(),
        [slippers(1), shoes(1)],
        "the text in question is kept"
    );
}

#[test]
fn the_wrong_item_is_red_with_both_names_and_fills_nothing() {
    let mut bench = Bench::new();
    let mut list = bench.session.to_remember();
    list.orders[1].lines[0].gtins = vec!["04670033010053".into()];
    bench.step(Event::List(list));
    bench.hear("48512601");
    bench.hear(&shoes(1));
    assert_eq!(
        bench.say(),
        &Say::OtherProduct {
            product: Some("Туфли".into()),
            wanted: Some("Тапочки".into())
        }
    );
    assert_eq!(bench.sounds(), [Tone::Bad]);
    assert_eq!(bench.filled("48512601"), 0);
    assert_eq!(bench.kept.len(), 1);
    assert_eq!(bench.kept[0].act, Act::Note);
}

#[test]
fn an_offer_known_by_no_gtin_is_asked_about_a_product_known_under_another() {
    let mut bench = Bench::new();
    bench.hear("48512601");
    bench.hear(&shoes(1));
    assert_eq!(bench.sounds(), [Tone::Warn]);
    assert_eq!(bench.filled("48512601"), 0, "not before it is confirmed");
    bench.confirm();
    assert_eq!(bench.filled("48512601"), 1);
    let confirmed = |scan: &Scan| {
        matches!(
            scan.act,
            Act::Put {
                confirmed: true,
                ..
            }
        )
    };
    assert!(bench.kept.last().is_some_and(confirmed));
    bench.hear(&shoes(2));
    assert_eq!(bench.filled("48512601"), 2, "and is asked about once");
}

#[test]
fn an_item_opens_an_order_of_an_offer_not_known_yet_when_no_other_needs_it() {
    let mut bench = Bench::new();
    let mut list = bench.session.to_remember();
    list.orders[0].work = WorkState::Shipped;
    list.orders[2].work = WorkState::Shipped;
    bench.step(Event::List(list));
    bench.hear(&shoes(1));
    assert_eq!(bench.open(), None);
    bench.confirm();
    assert_eq!(bench.open(), Some("48512601"));
    assert_eq!(bench.filled("48512601"), 1);
}

#[test]
fn a_product_that_nobody_has_seen_is_asked_about_only_of_who_may_say() {
    let unknown = "01030410947874432155Qbag!\u{1d}93Zjqw";
    let mut bench = Bench::new();
    bench.hear("48512700");
    bench.hear(unknown);
    bench.hear("48512700");
    assert!(
        matches!(bench.sounds(), [Tone::Warn]),
        "the perfume is not known either"
    );
    for may_overrule in [false, true] {
        let mut bench = Bench::new();
        let mut list = bench.session.to_remember();
        list.may_overrule = may_overrule;
        list.orders[2].lines.truncate(1);
        bench.step(Event::List(list));
        bench.hear("48512700");
        bench.hear(unknown);
        if may_overrule {
            bench.confirm();
            assert_eq!(bench.filled("48512700"), 1);
        } else {
            assert!(matches!(
                bench.say(),
                Say::OtherProduct { product: None, .. }
            ));
        }
    }
}

#[test]
fn a_repeat_says_where_the_unit_lies_even_without_its_tail() {
    let mut bench = Bench::new();
    bench.hear(&shoes(1));
    for again in [
        shoes(1),
        shoes(1).split('\u{1d}').next().unwrap().to_owned(),
    ] {
        bench.hear(&again);
        assert_eq!(
            bench.say(),
            &Say::Repeat {
                number: "48512402".into(),
                here: true,
                product: "Туфли".into(),
                unit: 1
            }
        );
    }
    bench.hear("48512601");
    bench.hear(&shoes(1));
    assert!(matches!(bench.say(), Say::Repeat { here: false, .. }));
    assert_eq!(
        bench.sounds(),
        [Tone::Good, Tone::Warn, Tone::Warn, Tone::Warn]
    );
}

#[test]
fn the_last_unit_sends_the_order_and_the_field_waits_for_the_next() {
    let mut bench = Bench::new();
    bench.pack_first();
    assert_eq!(
        bench.say(),
        &Say::Done {
            number: "48512402".into()
        }
    );
    assert_eq!(bench.open(), None);
    assert_eq!(
        bench.session.shown().unwrap().number.to_string(),
        "48512402"
    );
    let last = bench.kept.last().unwrap();
    assert_eq!((&last.act, last.order), (&Act::Send, Some(order_id(1))));
    assert_eq!(bench.sounds().last(), Some(&Tone::Done));
}

#[test]
fn undo_takes_back_one_scan_after_another_and_opens_their_order() {
    let mut bench = Bench::new();
    bench.pack_first();
    for filled in [2, 1, 0] {
        bench.command(ServiceCode::Undo);
        assert_eq!(bench.filled("48512402"), filled);
        assert_eq!(bench.open(), Some("48512402"));
    }
    bench.command(ServiceCode::Undo);
    assert_eq!(bench.say(), &Say::NothingToUndo);
}

#[test]
fn undo_gives_up_a_question_or_a_removal_before_it_takes_anything_back() {
    let mut bench = Bench::new();
    bench.hear(&shoes(1));
    bench.hear(&slippers(1));
    bench.command(ServiceCode::Undo);
    bench.command(ServiceCode::Remove);
    bench.command(ServiceCode::Undo);
    assert!(!bench.session.removing());
    assert_eq!(bench.filled("48512402"), 1);
}

#[test]
fn what_is_scanned_to_be_removed_goes_and_the_next_scan_is_put_again() {
    let mut bench = Bench::new();
    bench.hear(&shoes(1));
    bench.command(ServiceCode::Remove);
    assert_eq!(bench.say(), &Say::Removing);
    bench.hear(&shoes(1));
    assert_eq!(
        bench.say(),
        &Say::Removed {
            product: "Туфли".into()
        }
    );
    assert_eq!(bench.filled("48512402"), 0);
    bench.hear(&shoes(1));
    assert_eq!(bench.filled("48512402"), 1);
    bench.command(ServiceCode::Remove);
    bench.hear(&shoes(2));
    assert_eq!(bench.say(), &Say::NotHere);
    assert_eq!(bench.filled("48512402"), 1);
}

#[test]
fn the_printed_card_is_read_whatever_the_keyboard_makes_of_it() {
    for spelled in ["METKA:UNDO", "metka:undo", "metka;undo", "METKA;UNDO\r"] {
        let mut bench = Bench::new();
        bench.hear(&shoes(1));
        bench.hear(spelled);
        assert_eq!(bench.filled("48512402"), 0, "{spelled}");
    }
    for code in ServiceCode::ALL {
        let mut bench = Bench::new();
        bench.hear(code.text());
        assert!(bench.kept.is_empty(), "{code:?} is no code");
    }
}

#[test]
fn letters_turned_over_by_caps_lock_fill_nothing() {
    let mut bench = Bench::new();
    bench.hear_with_caps(&shoes(1));
    assert_eq!(bench.say(), &Say::CapsLock);
    assert_eq!((bench.filled("48512402"), bench.kept.len()), (0, 1));
}

#[test]
fn an_optional_line_is_offered_and_next_sends_without_it() {
    let mut bench = Bench::new();
    bench.hear("48512700");
    bench.hear(&shoes(1));
    assert_eq!(
        bench.open(),
        Some("48512700"),
        "the perfume may still be scanned"
    );
    bench.command(ServiceCode::Next);
    assert!(matches!(bench.say(), Say::Done { .. }));
    assert_eq!(bench.kept.last().unwrap().act, Act::Send);
}

#[test]
fn next_does_not_send_again_what_was_sent() {
    let mut bench = Bench::new();
    bench.pack_first();
    let queue = bench.session.queue().to_vec();
    for scan in queue {
        bench.answer(scan.id, Outcome::Sent);
    }
    let mut list = bench.session.to_remember();
    list.orders[0].work = WorkState::ToShip;
    bench.step(Event::List(list));
    let kept = bench.kept.len();
    bench.hear("48512402");
    assert_eq!(bench.say(), &Say::AlreadySent);
    bench.command(ServiceCode::Next);
    assert_eq!((bench.say(), bench.kept.len()), (&Say::Waiting, kept));
}

#[test]
fn next_leaves_a_half_packed_order_unsent() {
    let mut bench = Bench::new();
    bench.hear(&shoes(1));
    bench.command(ServiceCode::Next);
    assert_eq!(bench.say(), &Say::Waiting);
    assert!(bench.kept.iter().all(|scan| scan.act != Act::Send));
    assert_eq!(bench.filled("48512402"), 1, "what lies there stays");
}

#[test]
fn the_label_is_printed_when_the_marketplace_gives_one() {
    let mut bench = Bench::new();
    bench.hear("48512402");
    bench.command(ServiceCode::Print);
    assert_eq!(bench.say(), &Say::NoLabel);
}

/// The list with the first order sent, and its boxes stored.
fn boxed(bench: &Bench, work: WorkState) -> PickList {
    let mut list = bench.session.to_remember();
    list.unprinted.clear();
    list.orders[0].boxed = true;
    list.orders[0].work = work;
    list
}

/// The first order is of a model that has labels.
fn bench_with_labels() -> Bench {
    let mut bench = Bench::new();
    let mut list = bench.session.to_remember();
    list.orders[0].model = Some(crate::marketplace::Model::Fbs);
    bench.step(Event::List(list));
    bench
}

#[test]
fn a_label_is_printed_once_the_boxes_are_stored_whatever_is_packed_meanwhile() {
    let mut bench = bench_with_labels();
    bench.pack_first();
    bench.command(ServiceCode::Print);
    assert_eq!(bench.say(), &Say::NoLabel);
    bench.hear("48512601");
    let list = boxed(&bench, WorkState::Sending);
    bench.step(Event::List(list));
    assert_eq!(bench.session.labels(), 0, "a layout is under way");
    let queue = bench.session.queue().to_vec();
    for scan in queue {
        bench.answer(scan.id, Outcome::Sent);
    }
    let list = boxed(&bench, WorkState::Checking);
    bench.step(Event::List(list));
    assert_eq!(bench.session.labels(), 1);
    let id = bench.id();
    let code = ServiceCode::Print;
    let effects = bench.step(Event::Command {
        code,
        id,
        at: Timestamp(0),
    });
    assert!(effects.contains(&Effect::Print(order_id(1))), "{effects:?}");
    assert_eq!(bench.session.labels(), 0);
    bench.command(ServiceCode::Print);
    assert_eq!(
        bench.say(),
        &Say::NoLabel,
        "the order on the screen has none"
    );
    bench.hear("48512402");
    bench.command(ServiceCode::Print);
    assert!(
        matches!(bench.say(), Say::Printing { .. }),
        "again, when it is asked for by name"
    );
}

#[test]
fn a_device_that_prints_by_itself_prints_each_label_once_also_after_a_reload() {
    let mut bench = bench_with_labels();
    bench.pack_first();
    let remembered = bench.session.to_remember();
    let queue = bench.session.queue().to_vec();
    bench.session = Session::default();
    bench.step(Event::PrintsItself(true));
    bench.step(Event::List(remembered));
    bench.step(Event::Waiting(queue));
    let list = boxed(&bench, WorkState::Checking);
    let printed = |effects: Vec<Effect>| effects.contains(&Effect::Print(order_id(1)));
    assert!(
        !printed(bench.step(Event::List(list.clone()))),
        "the sending has no answer yet"
    );
    let queue = bench.session.queue().to_vec();
    for scan in queue {
        bench.answer(scan.id, Outcome::Sent);
    }
    assert!(printed(bench.step(Event::List(list.clone()))));
    assert!(!printed(bench.step(Event::List(list.clone()))));
    bench.step(Event::NotPrinted(order_id(1)));
    assert!(matches!(bench.say(), Say::NotPrinted { .. }));
    assert!(
        !printed(bench.step(Event::List(list))),
        "not again and again"
    );
    bench.command(ServiceCode::Print);
    assert!(
        matches!(bench.say(), Say::Printing { .. }),
        "but when somebody asks"
    );
}

#[test]
fn an_order_that_is_not_on_the_list_is_looked_for_and_opened_when_it_is_found() {
    let mut bench = Bench::new();
    let mut all = bench.session.to_remember();
    let hidden = all.orders.remove(2);
    bench.step(Event::List(all.clone()));
    for text in ["48512700", "BOX-48512700-1"] {
        bench.hear(text);
        assert_eq!(
            (bench.say(), bench.session.looking()),
            (&Say::Looking, Some(text))
        );
        bench.step(Event::List(all.clone()));
        assert_eq!(bench.say(), &Say::Looking, "that list was asked for before");
        let mut found = all.clone();
        found.looked_for = Some(text.to_owned());
        found.orders.push(hidden.clone());
        bench.step(Event::List(found));
        assert_eq!(
            (bench.open(), bench.session.looking()),
            (Some("48512700"), None)
        );
        bench.command(ServiceCode::Next);
        bench.step(Event::List(all.clone()));
    }
}

#[test]
fn what_is_not_found_is_said_and_the_next_scan_does_not_wait_for_it() {
    let mut bench = Bench::new();
    let mut list = bench.session.to_remember();
    bench.hear("777777");
    list.looked_for = Some("777777".into());
    bench.step(Event::List(list.clone()));
    assert_eq!(bench.say(), &Say::NoSuchOrder);
    bench.hear("BOX-7");
    list.looked_for = Some("BOX-7".into());
    bench.step(Event::List(list.clone()));
    assert_eq!(bench.say(), &Say::Unreadable);
    assert_eq!(bench.kept.len(), 1, "what may be a code is kept");
    bench.hear("777777");
    bench.hear(&shoes(1));
    list.looked_for = Some("777777".into());
    bench.step(Event::List(list));
    assert!(matches!(bench.say(), Say::Good { .. }), "{:?}", bench.say());
}

#[test]
fn a_scan_that_the_server_fails_at_steps_aside_and_is_tried_again_when_asked() {
    let mut bench = Bench::new();
    bench.hear(&shoes(1));
    bench.command(ServiceCode::Undo);
    bench.hear(&shoes(2));
    let ids: Vec<ScanId> = bench.kept.iter().map(|scan| scan.id).collect();
    bench.step(Event::Refused(ids[0]));
    let queued = |bench: &Bench| {
        bench
            .session
            .queue()
            .iter()
            .map(|scan| scan.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(queued(&bench), [ids[2]], "what takes it back goes with it");
    assert!(matches!(bench.say(), Say::Aside { number: Some(_) }));
    assert_eq!(bench.session.aside().len(), 2);
    bench.answer(ids[2], Outcome::Noted);
    bench.step(Event::Retry(ids[0]));
    assert_eq!(queued(&bench), [ids[0], ids[1]], "in their order");
    assert!(bench.session.aside().is_empty());
}

#[test]
fn a_place_shows_what_they_say_of_the_code_in_it_and_of_no_other() {
    let mut bench = Bench::new();
    bench.hear(&shoes(1));
    let slot = bench.session.orders()[0].lines[2].slots[0].id;
    let put = bench.kept[0].clone();
    let line = bench.session.orders()[0].lines[2].id;
    bench.answer(put.id, Outcome::Placed { line, slot });
    let mut list = bench.session.to_remember();
    list.orders[0].theirs = vec![(slot, crate::verification::Light::Rejected)];
    bench.step(Event::List(list));
    assert!(bench.session.orders()[0].rework());
    bench.command(ServiceCode::Undo);
    assert!(!bench.session.orders()[0].rework());
    bench.hear(&shoes(2));
    assert!(bench.session.orders()[0].theirs.is_empty());
}

#[test]
fn a_reload_without_a_network_finds_everything_where_it_was() {
    let mut bench = Bench::new();
    bench.hear("48512402");
    bench.hear(&slippers(1));
    bench.confirm();
    bench.hear(&shoes(1));
    let mut loaded = Session::default();
    loaded.step(Event::List(bench.session.to_remember()));
    loaded.step(Event::Waiting(bench.session.queue().to_vec()));
    assert_eq!(loaded.orders(), bench.session.orders());
    assert_eq!(loaded.open().map(|order| order.id), Some(order_id(1)));
    bench.session = loaded;
    bench.command(ServiceCode::Undo);
    assert_eq!(
        bench.say(),
        &Say::Undone {
            product: "Туфли".into()
        }
    );
}

#[test]
fn a_clash_frees_the_place_and_says_why() {
    let mut bench = Bench::new();
    bench.hear(&shoes(1));
    let scan = bench.kept[0].id;
    let why = Clash::BoundElsewhere {
        order: "7".into(),
        product: "Туфли".into(),
    };
    bench.answer(scan, Outcome::Clash(why.clone()));
    assert_eq!(bench.filled("48512402"), 0);
    assert_eq!(
        bench.say(),
        &Say::Clash {
            number: Some("48512402".into()),
            why
        }
    );
    assert!(!bench.session.waits(scan));
    bench.command(ServiceCode::Undo);
    assert_eq!(bench.say(), &Say::NothingToUndo, "it never lay there");
}

#[test]
fn an_order_that_was_not_sent_is_opened_again() {
    let mut bench = Bench::new();
    bench.pack_first();
    let send = bench.kept.last().unwrap().id;
    bench.answer(send, Outcome::NotSent);
    assert_eq!(bench.open(), Some("48512402"));
}

#[test]
fn an_order_cancelled_meanwhile_is_left() {
    let mut bench = Bench::new();
    bench.hear("48512402");
    let mut list = bench.session.to_remember();
    list.orders[0].work = WorkState::Closed;
    bench.step(Event::List(list));
    assert_eq!((bench.say(), bench.open()), (&Say::OrderClosed, None));
}

#[test]
fn units_are_counted_by_what_they_lack() {
    let orders = orders();
    let first = left(&orders[0]);
    assert_eq!(
        (first.wanted, first.marks, first.optional, first.extras),
        (3, 3, 0, 0)
    );
    assert!(!first.may_go() && !first.nothing());
    let optional = left(&orders[2]);
    assert_eq!(
        (optional.wanted, optional.marks, optional.optional),
        (3, 3, 2)
    );
    let nothing = left(&PackOrder {
        lines: vec![],
        ..orders[0].clone()
    });
    assert!(
        !nothing.nothing() && !nothing.may_go(),
        "an order without marked goods is never sent"
    );
}
