//! Bad input and bad luck: each has its outcome, and none loses a code.

use crate::harness::both;
use desk::{
    connection::SyncState,
    orders::{
        MarkView, WorkState,
        placing::{Target, Verdict, Wish},
        readiness::Hindrance,
    },
    problem::Problem,
    server::connections::OwnerForm,
    submission::SubmissionState,
};
use sandbox::{
    Effect, Fault,
    market::{
        cabinet::{KeyChange, NewCabinet, PlacementType, Scope},
        order::{NewItem, OrderChange, OrderStatus, Substatus},
    },
};

both! {
    async fn a_wrong_key_is_refused_in_their_words_and_is_not_kept(world: World) {
        let (actor, _) = world.person("anna@example.com").await;
        let problem = world
            .desk()
            .add_connection(&actor, "ACMA:wrong:00000000".into(), "", &OwnerForm::default())
            .await
            .unwrap_err();
        let Problem::KeyRefused { words } = problem else { panic!("{problem:?}") };
        assert_eq!(words.http, 401);
        assert!(words.errors[0].message.is_some(), "{words:?}");
        assert!(world.desk().connections(&actor).await.unwrap().connections.is_empty());
    }

    async fn a_key_of_another_cabinet_does_not_replace(world: World) {
        let seller = world.seller("anna@example.com").await;
        let other = world.cabinet("Чужой кабинет");
        let id = world.desk().connections(&seller.actor).await.unwrap().connections[0].id;
        let key = other.keys[0].key.reveal().to_owned();
        let problem = world.desk().replace_key(&seller.actor, id, key).await.unwrap_err();
        assert_eq!(
            problem,
            Problem::OtherCabinet { ours: "anna@example.com".into(), theirs: "Чужой кабинет".into() }
        );
    }

    async fn the_same_key_twice_is_named(world: World) {
        let seller = world.seller("anna@example.com").await;
        let problem = world
            .desk()
            .add_connection(&seller.actor, seller.key(), "ещё раз", &OwnerForm::default())
            .await
            .unwrap_err();
        assert_eq!(problem, Problem::KeyKnown { label: "anna@example.com".into() });
    }

    async fn more_codes_than_units_are_kept_beside_the_order(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let codes = "0103041094787443215Qbag!A\u{1d}93Zjqw\n0103041094787443215Qbag!B\u{1d}93Zjqw\nне код";
        let (page, outcomes) =
            world.desk().place_codes(&seller.actor, page.id, codes, Target::Auto, false).await.unwrap();
        assert!(matches!(outcomes[0].1, Verdict::Placed { .. }));
        assert_eq!(outcomes[1].1, Verdict::NoRoom { line: page.lines[0].id });
        assert_eq!(outcomes[2].1, Verdict::Unreadable);
        assert_eq!(page.unplaced.len(), 2);
        let page = world.desk().dismiss(&seller.actor, page.id, None).await.unwrap();
        assert!(page.unplaced.is_empty());
    }

    async fn a_code_that_reads_in_two_ways_waits_for_a_persons_word(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Пиво", 1)]).await;
        let glued = "0104610053147452215d,OiLl93dGVz";
        let whole = "0104610053147452215d,OiLl\u{1d}93dGVz";
        let (page, outcomes) =
            world.desk().place_codes(&seller.actor, page.id, glued, Target::Auto, false).await.unwrap();
        assert_eq!(outcomes, [(glued.to_owned(), Verdict::WhichCode)]);
        assert_eq!(page.work, WorkState::NeedsCodes);
        let intake = page.unplaced[0].id;
        let asked = |reading: &str| Wish { reading: Some(reading.to_owned()), ..Wish::default() };
        let (page, outcomes) =
            world.desk().place_unplaced(&seller.actor, page.id, intake, &asked("0104610053147452")).await.unwrap();
        assert_eq!(outcomes[0].1, Verdict::WhichCode, "only a reading of the text itself can be chosen");
        let (page, _) = world.desk().place_unplaced(&seller.actor, page.id, intake, &asked(whole)).await.unwrap();
        assert!(page.unplaced.is_empty());
        assert_eq!(page.lines[0].slots[0].mark, Some(MarkView::Cis(whole.to_owned())));
    }

    async fn a_unit_is_bound_once_in_the_whole_organisation(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (first_theirs, first) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let (_, second) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let code = "0103041094787443215Qbag!A\u{1d}93Zjqw";
        world.desk().place_codes(&seller.actor, first.id, code, Target::Auto, false).await.unwrap();
        let bare = "0103041094787443215Qbag!A";
        for again in [code, bare] {
            let (page, outcomes) =
                world.desk().place_codes(&seller.actor, second.id, again, Target::Auto, false).await.unwrap();
            assert_eq!(
                outcomes[0].1,
                Verdict::BoundElsewhere { order: first_theirs.order_id.to_string(), product: "Тапочки".into() }
            );
            assert_eq!(page.work, WorkState::NeedsCodes);
        }
    }

    async fn a_code_of_another_product_stops_and_may_be_overruled(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (first_theirs, first) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let first = world.fill(&seller, &first_theirs, first.id).await;
        let gtin = match &first.lines[0].slots[0].mark {
            Some(MarkView::Cis(code)) => code.chars().skip(2).take(14).collect::<String>(),
            other => panic!("{other:?}"),
        };
        world.send(&seller, &first).await;
        world.run_jobs().await;
        let shoes = NewItem { offer_id: Some("SHOES".into()), ..NewItem::marked("Туфли", 1) };
        let (their_shoes, sold) = world.order(&seller, vec![shoes.clone()]).await;
        let sold = world.fill(&seller, &their_shoes, sold.id).await;
        world.send(&seller, &sold).await;
        world.run_jobs().await;
        let (_, second) = world.order(&seller, vec![shoes]).await;
        let code = format!("01{gtin}215AnotherUnit1\u{1d}93Zjqw");
        let (page, outcomes) =
            world.desk().place_codes(&seller.actor, second.id, &code, Target::Auto, false).await.unwrap();
        assert_eq!(outcomes[0].1, Verdict::OtherProduct { product: Some("Тапочки".into()), wanted: None });
        let line = page.lines[0].id;
        let (page, _) = world
            .desk()
            .place_unplaced(&seller.actor, second.id, page.unplaced[0].id, &Wish { anyway: true, ..Target::Line(line).into() })
            .await
            .unwrap();
        assert_eq!(page.work, WorkState::Ready);
        assert!(page.unplaced.is_empty());
    }

    async fn a_product_sold_under_two_offers_is_no_other_product(world: World) {
        let seller = world.seller("anna@example.com").await;
        let slippers = NewItem { gtin: Some("04670033010053".into()), ..NewItem::marked("Тапочки", 1) };
        let (theirs, sold) = world.order(&seller, vec![slippers.clone()]).await;
        let sold = world.fill(&seller, &theirs, sold.id).await;
        world.send(&seller, &sold).await;
        world.run_jobs().await;
        assert_eq!(world.page(&seller, sold.id).await.lines[0].gtins, ["04670033010053"]);
        let (theirs, page) = world.order(&seller, vec![slippers]).await;
        assert!(page.lines[0].gtins.is_empty(), "another offer, of which nothing is known");
        let code = world.sandbox.codes(theirs.order_id).unwrap().remove(0).codes.remove(0);
        let (page, outcomes) =
            world.desk().place_codes(&seller.actor, page.id, &code, Target::Auto, false).await.unwrap();
        assert!(matches!(outcomes[0].1, Verdict::Placed { .. }), "{outcomes:?}");
        assert_eq!(page.work, WorkState::Ready);
    }

    async fn an_order_changed_meanwhile_is_not_sent(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let seen = world.fill(&seller, &theirs, page.id).await;
        world
            .sandbox
            .change_order(
                theirs.order_id,
                OrderChange { items: Some(vec![NewItem::marked("Тапочки", 2)]), ..OrderChange::default() },
            )
            .unwrap();
        world.sandbox.advance(1000).unwrap();
        world.desk().refresh_order(&seller.actor, page.id).await.unwrap();
        let problem = world.desk().send(&seller.actor, page.id, seen.revision).await.unwrap_err();
        assert_eq!(problem, Problem::OrderChanged);
        assert!(world.received_bodies(&theirs).is_empty());
    }

    async fn half_a_line_is_not_sent(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2)]).await;
        let code = "0103041094787443215Qbag!A\u{1d}93Zjqw";
        let (page, _) = world.desk().place_codes(&seller.actor, page.id, code, Target::Auto, false).await.unwrap();
        let problem = world.desk().send(&seller.actor, page.id, page.revision).await.unwrap_err();
        let line = page.lines[0].id;
        assert_eq!(problem, Problem::NotReady { hindrances: vec![Hindrance::Incomplete { line, units: 1 }] });
        assert!(world.received_bodies(&theirs).is_empty());
    }

    async fn codes_of_a_sent_order_are_refused_in_their_words(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        world
            .sandbox
            .change_order(
                theirs.order_id,
                OrderChange {
                    status: Some(OrderStatus::Delivery),
                    substatus: Some(Substatus::try_from("USER_RECEIVED".to_owned()).unwrap()),
                    ..OrderChange::default()
                },
            )
            .unwrap();
        world.send(&seller, &page).await;
        world.run_jobs().await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.work, WorkState::Trouble);
        let submission = page.submission.unwrap();
        assert_eq!(submission.state, SubmissionState::Refused);
        let words = submission.refusal.unwrap();
        assert!(words.errors[0].message.as_deref().unwrap_or_default().contains("status"), "{words:?}");
    }

    async fn a_cancelled_order_frees_its_codes(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        world.fill(&seller, &theirs, page.id).await;
        world
            .sandbox
            .change_order(
                theirs.order_id,
                OrderChange {
                    status: Some(OrderStatus::Cancelled),
                    substatus: Some(Substatus::try_from("USER_CHANGED_MIND".to_owned()).unwrap()),
                    ..OrderChange::default()
                },
            )
            .unwrap();
        world.sandbox.advance(1000).unwrap();
        let page = world.desk().refresh_order(&seller.actor, page.id).await.unwrap();
        assert_eq!(page.work, WorkState::Closed);
        assert!(page.lines[0].slots[0].is_empty());
    }

    async fn a_network_that_dies_before_the_call_leaves_the_order_waiting_and_then_sent_once(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        world.sandbox.add_fault(Fault::new(Effect::HangUp).method("PUT"));
        world.send(&seller, &page).await;
        world.run_jobs().await;
        let waiting = world.page(&seller, page.id).await;
        assert_eq!(waiting.work, WorkState::Unknown);
        assert!(waiting.submission.as_ref().unwrap().next_attempt.is_some());
        let problem = world.desk().clear_slot(&seller.actor, page.id, page.lines[0].slots[0].id).await;
        assert_eq!(problem.unwrap_err(), Problem::BeingSent);
        world.after(10).await;
        assert_eq!(world.page(&seller, page.id).await.work, WorkState::Accepted);
        assert_eq!(world.received_bodies(&theirs).len(), 2, "lost once, then sent");
    }

    async fn an_answer_that_was_lost_is_found_by_reading_and_nothing_is_sent_again(world: World) {
        for effect in [Effect::HangUp, Effect::CutJson, Effect::NoResult, Effect::Html { status: 502 }] {
            let seller = world.seller(&format!("{effect:?}@example.com").replace(['{', '}', ' ', ':'], "")).await;
            let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
            let page = world.fill(&seller, &theirs, page.id).await;
            world.sandbox.add_fault(Fault::new(effect.clone()).method("PUT").after());
            world.send(&seller, &page).await;
            world.run_jobs().await;
            world.after(10).await;
            let page = world.page(&seller, page.id).await;
            assert_eq!(page.work, WorkState::Accepted, "{effect:?}: {:?}", page.submission);
            assert_eq!(world.received_bodies(&theirs).len(), 1, "{effect:?}");
        }
    }

    async fn another_hand_is_not_overwritten(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        world.sandbox.add_fault(Fault::new(Effect::HangUp).method("PUT"));
        world.send(&seller, &page).await;
        world.run_jobs().await;
        let mut foreign = NewItem::marked("Тапочки", 1);
        foreign.id = Some(theirs.items[0].id);
        foreign.instances = vec![sandbox::market::order::Instance {
            cis: Some("0103041094787443215Other!\u{1d}93Zjqw".into()),
            ..Default::default()
        }];
        world
            .sandbox
            .change_order(theirs.order_id, OrderChange { items: Some(vec![foreign]), ..OrderChange::default() })
            .unwrap();
        world.after(10).await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.submission.as_ref().unwrap().state, SubmissionState::Conflict);
        assert_eq!(page.work, WorkState::Trouble);
        assert_eq!(world.received_bodies(&theirs).len(), 1, "nothing was sent over the other hand's codes");
        world.send(&seller, &page).await;
        world.run_jobs().await;
        assert_eq!(world.page(&seller, page.id).await.work, WorkState::Accepted, "a person decided");
    }

    async fn a_limit_is_waited_out(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        world.sandbox.add_fault(Fault::new(Effect::RateLimit).method("PUT"));
        world.send(&seller, &page).await;
        world.run_jobs().await;
        let waiting = world.page(&seller, page.id).await;
        assert_eq!(waiting.submission.as_ref().unwrap().state, SubmissionState::Queued);
        assert!(waiting.submission.as_ref().unwrap().next_attempt.is_some());
        world.after(3601).await;
        assert_eq!(world.page(&seller, page.id).await.work, WorkState::Accepted);
    }

    async fn what_surely_did_not_leave_can_be_withdrawn(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        world.send(&seller, &page).await;
        let page = world.desk().withdraw(&seller.actor, page.id).await.unwrap();
        assert_eq!(page.work, WorkState::Ready);
        world.run_jobs().await;
        assert!(world.received_bodies(&theirs).is_empty());
        world.send(&seller, &page).await;
        world.run_jobs().await;
        let page = world.page(&seller, page.id).await;
        assert_eq!(page.submission.map(|s| (s.number, s.state)), Some((2, SubmissionState::Accepted)));
    }

    async fn a_revoked_key_stops_the_reading_in_their_words(world: World) {
        let seller = world.seller("anna@example.com").await;
        let name = seller.cabinet.keys[0].name.clone();
        let revoked = KeyChange { revoked: Some(true), ..KeyChange::default() };
        world.sandbox.change_key(seller.cabinet.business_id, &name, revoked).unwrap();
        world.desk().sync_all(&seller.actor).await.unwrap();
        world.run_jobs().await;
        let connections = world.desk().connections(&seller.actor).await.unwrap();
        let SyncState::Stopped { why } = &connections.connections[0].sync else {
            panic!("{:?}", connections.connections[0].sync)
        };
        assert!(why.contains("401") || why.contains("revoked"), "{why}");
    }

    async fn a_read_only_key_reads_and_cannot_send(world: World) {
        let (actor, token) = world.person("anna@example.com").await;
        let mut new = NewCabinet::named("Только чтение").shop("Лавка", PlacementType::Dbs);
        new.keys = vec![];
        let cabinet = world.sandbox.create_cabinet(new.key("ro", &[Scope::AllMethodsReadOnly])).unwrap();
        let seller = crate::harness::Seller { actor, cabinet, token };
        world.desk().add_connection(&seller.actor, seller.key(), "", &OwnerForm::default()).await.unwrap();
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let page = world.fill(&seller, &theirs, page.id).await;
        world.send(&seller, &page).await;
        world.run_jobs().await;
        let submission = world.page(&seller, page.id).await.submission.unwrap();
        assert_eq!((submission.state, submission.refusal.unwrap().http), (SubmissionState::Refused, 403));
    }
}
