//! The packing desk's half on the server: every scan is kept once, and what cannot be done waits for a person.

use crate::harness::{Seller, World, both};
use desk::{
    account::{Actor, Role},
    ids::ScanId,
    orders::{OrderPage, WorkState},
    packing::{Act, Answer, Clash, Outcome, Scan},
    server::connections::OwnerForm,
    time::Timestamp,
    verification::Light,
};
use sandbox::market::{
    cabinet::{NewCabinet, PlacementType, Scope},
    order::{NewItem, OrderChange, OrderStatus, Substatus},
};

const FIRST: &str = "01030410947874432155Qbag!\u{1d}93Zjqw";
const SECOND: &str = "01030410947874432155Qbah!\u{1d}93Zjqw";

fn id(n: u64) -> ScanId {
    ScanId::from_parts(n, [7; 10])
}

fn scan(n: u64, page: &OrderPage, act: Act, raw: &str) -> Scan {
    Scan {
        id: id(n),
        order: Some(page.id),
        act,
        raw: raw.to_owned(),
        at: Timestamp(1),
    }
}

fn put(n: u64, page: &OrderPage, unit: usize, raw: &str) -> Scan {
    put_said(n, page, unit, raw, false)
}

fn put_said(n: u64, page: &OrderPage, unit: usize, raw: &str, confirmed: bool) -> Scan {
    let line = &page.lines[0];
    let act = Act::Put {
        line: line.id,
        slot: line.slots[unit].id,
        confirmed,
    };
    scan(n, page, act, raw)
}

async fn record(world: &World, seller: &Seller, scans: Vec<Scan>) -> Vec<Outcome> {
    let ids: Vec<ScanId> = scans.iter().map(|scan| scan.id).collect();
    let answers = world
        .desk()
        .record_scans(&seller.actor, scans)
        .await
        .unwrap();
    let answered: Vec<ScanId> = answers.iter().map(|answer: &Answer| answer.scan).collect();
    assert_eq!(answered, ids);
    answers.into_iter().map(|answer| answer.outcome).collect()
}

both! {
    async fn scans_fill_places_in_their_order_and_repeating_them_changes_nothing(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2)]).await;
        let scans = vec![put(1, &page, 0, FIRST), put(2, &page, 1, SECOND), scan(3, &page, Act::Send, "")];
        let outcomes = record(&world, &seller, scans.clone()).await;
        assert!(
            matches!(outcomes.as_slice(), [Outcome::Placed { .. }, Outcome::Placed { .. }, Outcome::Sent]),
            "{outcomes:?}"
        );
        assert_eq!(record(&world, &seller, scans.clone()).await, outcomes);
        world.run_jobs().await;
        assert_eq!(record(&world, &seller, scans).await, outcomes, "after it was sent too");
        assert_eq!(world.page(&seller, page.id).await.work, WorkState::Accepted);
        assert_eq!(world.received_bodies(&theirs).len(), 1, "sent once");
    }

    async fn two_tabs_that_send_the_same_scans_at_once_do_no_harm(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2)]).await;
        let scans = vec![put(1, &page, 0, FIRST), put(2, &page, 1, SECOND)];
        let (one, other) = tokio::join!(
            record(&world, &seller, scans.clone()),
            record(&world, &seller, scans.clone())
        );
        assert_eq!(one, other);
        assert!(one.iter().all(|outcome| matches!(outcome, Outcome::Placed { .. })), "{one:?}");
    }

    async fn a_place_that_another_packer_filled_is_changed_for_a_free_one(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2)]).await;
        let outcomes = record(&world, &seller, vec![put(1, &page, 0, FIRST), put(2, &page, 0, SECOND)]).await;
        let slots: Vec<_> = outcomes
            .iter()
            .map(|outcome| match outcome {
                Outcome::Placed { slot, .. } => *slot,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(slots, [page.lines[0].slots[0].id, page.lines[0].slots[1].id]);
    }

    async fn two_packers_with_one_code_meet_in_the_list_until_a_person_settles_it(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, one) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let (_, other) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        record(&world, &seller, vec![put(1, &one, 0, FIRST)]).await;
        let outcomes = record(&world, &seller, vec![put(2, &other, 0, FIRST), put(3, &one, 0, FIRST)]).await;
        assert!(matches!(outcomes[0], Outcome::Clash(Clash::BoundElsewhere { .. })), "{outcomes:?}");
        assert!(matches!(outcomes[1], Outcome::Clash(Clash::AlreadyHere { .. })), "{outcomes:?}");
        let list = world.desk().pick_list(&seller.actor, &[], None).await.unwrap();
        assert_eq!(list.clashes.iter().map(|clash| clash.scan).collect::<Vec<_>>(), [id(2), id(3)]);
        assert!(list.clashes.iter().all(|clash| clash.raw == FIRST && clash.again && clash.who == "anna@example.com"));

        let still = world.desk().settle_scan(&seller.actor, id(2), true).await.unwrap();
        assert!(matches!(still, Outcome::Clash(_)), "nothing has changed yet");
        record(&world, &seller, vec![scan(4, &one, Act::Remove, FIRST)]).await;
        let now = world.desk().settle_scan(&seller.actor, id(2), true).await.unwrap();
        assert!(matches!(now, Outcome::Placed { .. }), "{now:?}");
        world.desk().settle_scan(&seller.actor, id(3), false).await.unwrap();
        let list = world.desk().pick_list(&seller.actor, &[], None).await.unwrap();
        assert!(list.clashes.is_empty());
        assert!(world.page(&seller, other.id).await.lines[0].slots[0].mark.is_some());
    }

    async fn what_was_said_of_a_product_is_learned_and_forgotten_when_it_is_taken_back(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        record(&world, &seller, vec![put_said(1, &page, 0, FIRST, true)]).await;
        assert_eq!(world.page(&seller, page.id).await.lines[0].gtins, ["03041094787443"]);
        let undo = scan(2, &page, Act::Undo { scan: id(1) }, FIRST);
        assert_eq!(record(&world, &seller, vec![undo]).await, [Outcome::Removed]);
        let after = world.page(&seller, page.id).await;
        assert!(after.lines[0].slots[0].mark.is_none() && after.lines[0].gtins.is_empty());
    }

    async fn a_product_known_under_another_offer_is_taken_on_a_packers_word(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, known) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        record(&world, &seller, vec![put_said(1, &known, 0, FIRST, true)]).await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        assert_ne!(page.lines[0].offer_id, known.lines[0].offer_id);
        let packer = Actor { role: Role::Packer, ..seller.actor.clone() };
        let answers = world.desk().record_scans(&packer, vec![put_said(2, &page, 0, SECOND, true)]).await.unwrap();
        assert!(matches!(answers[0].outcome, Outcome::Placed { .. }), "{answers:?}");
        assert_eq!(world.page(&seller, page.id).await.lines[0].gtins, ["03041094787443"], "learned with both");
        assert_eq!(world.page(&seller, known.id).await.lines[0].gtins, ["03041094787443"]);
    }

    async fn taking_back_the_last_unit_stops_a_sending_that_has_not_left(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        record(&world, &seller, vec![put(1, &page, 0, FIRST), scan(2, &page, Act::Send, "")]).await;
        let undo = scan(3, &page, Act::Undo { scan: id(1) }, FIRST);
        assert_eq!(record(&world, &seller, vec![undo]).await, [Outcome::Removed]);
        world.run_jobs().await;
        assert_eq!(world.page(&seller, page.id).await.work, WorkState::NeedsCodes);
        assert!(world.received_bodies(&theirs).is_empty());
    }

    async fn an_order_that_is_not_whole_is_not_sent_and_stays_in_the_list(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 2)]).await;
        let outcomes = record(&world, &seller, vec![put(1, &page, 0, FIRST), scan(2, &page, Act::Send, "")]).await;
        assert_eq!(outcomes[1], Outcome::NotSent);
        let list = world.desk().pick_list(&seller.actor, &[], None).await.unwrap();
        assert_eq!(list.orders.iter().map(|order| order.id).collect::<Vec<_>>(), [page.id]);
        assert!(world.received_bodies(&theirs).is_empty());
    }

    async fn a_scan_for_an_order_cancelled_meanwhile_waits_for_a_person(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let cancelled = OrderChange {
            status: Some(OrderStatus::Cancelled),
            substatus: Some(Substatus::try_from("USER_CHANGED_MIND".to_owned()).unwrap()),
            ..OrderChange::default()
        };
        world.sandbox.change_order(theirs.order_id, cancelled).unwrap();
        world.sandbox.advance(1000).unwrap();
        world.desk().refresh_order(&seller.actor, page.id).await.unwrap();
        let outcomes = record(&world, &seller, vec![put(1, &page, 0, FIRST)]).await;
        assert_eq!(outcomes, [Outcome::Clash(Clash::OrderClosed)]);
        let list = world.desk().pick_list(&seller.actor, &[page.id], None).await.unwrap();
        assert_eq!(list.orders[0].work, WorkState::Closed, "an order that the page shows is told whatever it needs");
        assert_eq!(list.clashes.len(), 1);
    }

    async fn nothing_of_one_organisation_is_packed_by_another(world: World) {
        let anna = world.seller("anna@example.com").await;
        let boris = world.seller("boris@example.com").await;
        let (_, page) = world.order(&anna, vec![NewItem::marked("Тапочки", 1)]).await;
        let outcomes = record(&world, &boris, vec![put(1, &page, 0, FIRST), scan(2, &page, Act::Send, "")]).await;
        assert_eq!(outcomes, [Outcome::Clash(Clash::OrderGone), Outcome::Clash(Clash::OrderGone)]);
        assert!(world.page(&anna, page.id).await.lines[0].slots[0].mark.is_none());
        let list = world.desk().pick_list(&boris.actor, &[page.id], None).await.unwrap();
        assert!(list.orders.is_empty());
        assert!(world.desk().settle_scan(&anna.actor, id(1), false).await.is_err(), "not hers to settle");
        let outcomes = record(&world, &anna, vec![put(1, &page, 0, FIRST)]).await;
        assert!(matches!(outcomes[0], Outcome::Placed { .. }), "the same id is another scan in another organisation");
    }

    async fn the_label_of_a_box_opens_its_order_right_after_the_boxes_are_stored(world: World) {
        let seller = world.fbs_seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let before = world.desk().pick_list(&seller.actor, &[page.id], None).await.unwrap();
        assert!(!before.orders[0].has_label() && before.orders[0].theirs.is_empty());
        let filled = world.fill(&seller, &theirs, page.id).await;
        record(&world, &seller, vec![scan(1, &filled, Act::Send, "")]).await;
        world.run_jobs().await;
        let number = page.number.to_string();
        for text in [number.clone(), format!("{number}-1")] {
            let list = world.desk().pick_list(&seller.actor, &[], Some(&text)).await.unwrap();
            assert_eq!(list.looked_for.as_ref(), Some(&text));
            let found = list.orders.iter().find(|order| order.id == page.id).expect("it is found");
            assert_eq!(found.barcodes, [format!("{number}-1")]);
            assert!(found.has_label(), "{:?}", found.work);
            let lights: Vec<Light> = found.theirs.iter().map(|(_, light)| *light).collect();
            assert_eq!(lights, [Light::Waiting]);
        }
        for seconds in [5, 15, 60, 300] {
            world.after(seconds).await;
        }
        let list = world.desk().pick_list(&seller.actor, &[page.id], None).await.unwrap();
        assert_eq!((list.orders[0].work, list.orders[0].theirs[0].1), (WorkState::ToShip, Light::Passed));
    }

    async fn codes_that_are_not_verified_are_taken_as_they_are(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let filled = world.fill(&seller, &theirs, page.id).await;
        let lights = |list: desk::packing::PickList| list.orders[0].theirs.iter().map(|(_, light)| *light).collect::<Vec<_>>();
        let list = world.desk().pick_list(&seller.actor, &[page.id], None).await.unwrap();
        assert_eq!(lights(list), []);
        record(&world, &seller, vec![scan(1, &filled, Act::Send, "")]).await;
        world.run_jobs().await;
        let list = world.desk().pick_list(&seller.actor, &[page.id], None).await.unwrap();
        assert!(!list.orders[0].has_label());
        assert_eq!(lights(list), [Light::Passed]);
    }

    async fn what_is_noted_is_kept_and_binds_nothing(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let mut nowhere = scan(2, &page, Act::Note, "garbage\0");
        nowhere.order = None;
        let outcomes = record(&world, &seller, vec![scan(1, &page, Act::Note, FIRST), nowhere]).await;
        assert_eq!(outcomes, [Outcome::Noted, Outcome::Noted]);
        assert!(world.page(&seller, page.id).await.lines[0].slots[0].mark.is_none());
    }

    async fn the_catalogue_tells_products_before_the_first_scan(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let before = world.desk().pick_list(&seller.actor, &[], None).await.unwrap();
        assert!(before.orders[0].lines[0].gtins.is_empty());
        world.run_jobs().await;
        let after = world.desk().pick_list(&seller.actor, &[], None).await.unwrap();
        assert_eq!(after.orders[0].lines[0].gtins.len(), 1);
        assert!(!after.catalogue_closed);
        assert_eq!(world.page(&seller, page.id).await.lines[0].gtins, after.orders[0].lines[0].gtins);
    }

    async fn a_key_without_a_right_to_the_catalogue_is_asked_once_and_the_page_says_so(world: World) {
        let (actor, token) = world.person("anna@example.com").await;
        let cabinet = world
            .sandbox
            .create_cabinet(
                NewCabinet::named("Лавка")
                    .shop("Лавка", PlacementType::Dbs)
                    .key("orders", &[Scope::InventoryAndOrderProcessing]),
            )
            .unwrap();
        let key = cabinet.keys.iter().find(|key| key.name == "orders").unwrap().key.reveal().to_owned();
        let seller = Seller { actor, cabinet, token };
        world.desk().add_connection(&seller.actor, key, "", &OwnerForm::default()).await.unwrap();
        world.run_jobs().await;
        world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        world.desk().pick_list(&seller.actor, &[], None).await.unwrap();
        world.run_jobs().await;
        let asked = || {
            let received = world.sandbox.received();
            received.iter().filter(|request| request.path.ends_with("/offer-mappings")).count()
        };
        assert_eq!(asked(), 1);
        let list = world.desk().pick_list(&seller.actor, &[], None).await.unwrap();
        assert!(list.catalogue_closed);
        world.run_jobs().await;
        assert_eq!(asked(), 1, "not again today");
    }
}
