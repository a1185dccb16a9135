//! Reading orders: long readings that are cut off, gaps, test orders, cancelled ones.

use crate::harness::{Seller, World, both};
use desk::{
    connection::{ConnectionView, SyncState},
    journal::Action,
    orders::{MarkView, OrderFilter, Tab, placing::Verdict},
};
use sandbox::{
    Effect, Fault,
    market::order::{NewItem, NewOrder, OrderChange, OrderStatus},
};
use serde_json::Value;

const DAY: i64 = 24 * 3600;

/// Makes orders of a seller in the sandbox.
fn make(world: &World, seller: &Seller, count: usize) {
    let orders = (0..count)
        .map(|_| {
            let mut new = NewOrder::of(seller.campaign());
            new.items = vec![NewItem::marked("Тапочки", 1)];
            new
        })
        .collect();
    world.sandbox.create_orders(orders).unwrap();
}

async fn connection(world: &World, seller: &Seller) -> ConnectionView {
    world
        .desk()
        .connections(&seller.actor)
        .await
        .unwrap()
        .connections
        .remove(0)
}

/// The questions for orders that the sandbox was asked: the query and the body of each.
fn asked(world: &World) -> Vec<(String, Value)> {
    world
        .sandbox
        .received()
        .into_iter()
        .filter(|request| request.path.ends_with("/orders"))
        .map(|request| {
            let body = serde_json::from_slice(&request.body).unwrap();
            (request.query, body)
        })
        .collect()
}

async fn count(world: &World, seller: &Seller) -> u32 {
    connection(world, seller).await.shops[0].orders
}

both! {
    async fn a_long_reading_that_is_cut_off_goes_on_with_the_page_it_lacks(world: World) {
        let seller = world.seller("anna@example.com").await;
        make(&world, &seller, 120);
        world.sandbox.clear_received();
        world.desk().sync_all(&seller.actor).await.unwrap();
        // The first page comes, the second does not.
        let orders = "/v1/businesses";
        world.sandbox.add_fault(Fault::new(Effect::Delay { ms: 0 }).path(orders));
        world.sandbox.add_fault(Fault::new(Effect::RateLimit).path(orders));
        world.run_jobs().await;
        let view = connection(&world, &seller).await;
        assert!(matches!(view.sync, SyncState::Waiting { .. }), "{:?}", view.sync);
        assert_eq!(count(&world, &seller).await, 50, "what came is kept");

        let before = asked(&world).len();
        world.after(3700).await;
        assert_eq!(count(&world, &seller).await, 120);
        let rest = asked(&world).split_off(before);
        assert_eq!(rest.len(), 2, "{rest:?}");
        assert!(rest[0].0.contains("pageToken="), "the first page is not read again: {rest:?}");
        assert!(matches!(connection(&world, &seller).await.sync, SyncState::Done(_)));
    }

    async fn a_page_address_that_no_longer_works_costs_its_window_and_not_the_reading(world: World) {
        let seller = world.seller("anna@example.com").await;
        make(&world, &seller, 70);
        world.desk().sync_all(&seller.actor).await.unwrap();
        let orders = "/v1/businesses";
        world.sandbox.add_fault(Fault::new(Effect::Delay { ms: 0 }).path(orders));
        world.sandbox.add_fault(Fault::new(Effect::RateLimit).path(orders));
        world.run_jobs().await;
        assert_eq!(count(&world, &seller).await, 50);
        world.sandbox.add_fault(Fault::new(Effect::Error { status: 400 }).path(orders));
        world.after(3700).await;
        assert_eq!(count(&world, &seller).await, 70);
    }

    async fn a_gap_of_months_is_read_in_windows_of_less_than_thirty_days(world: World) {
        let seller = world.seller("anna@example.com").await;
        world.sandbox.clear_received();
        world.after(100 * DAY).await;
        let windows: Vec<Value> = asked(&world).into_iter().map(|(_, body)| body["dates"].clone()).collect();
        assert_eq!(windows.len(), 4, "{windows:?}");
        for pair in windows.windows(2) {
            assert_eq!(pair[0]["updateDateTo"], pair[1]["updateDateFrom"]);
        }
        assert!(windows[0]["updateDateFrom"].is_string() && windows[3]["updateDateTo"].is_null());
        assert!(matches!(connection(&world, &seller).await.sync, SyncState::Done(_)));
    }

    async fn test_orders_are_read_only_where_somebody_wishes_it_and_are_marked(world: World) {
        let seller = world.seller("anna@example.com").await;
        let mut fake = NewOrder::of(seller.campaign());
        fake.fake = true;
        fake.items = vec![NewItem::marked("Тапочки", 1)];
        world.sandbox.create_order(fake).unwrap();
        world.after(600).await;
        assert_eq!(count(&world, &seller).await, 0);

        let view = connection(&world, &seller).await;
        assert!(!view.test_orders);
        let page = world.desk().set_test_orders(&seller.actor, view.id, true).await.unwrap();
        assert!(page.connections[0].test_orders);
        world.run_jobs().await;
        let list = world.desk().orders(&seller.actor, &OrderFilter::default()).await.unwrap();
        assert_eq!((list.rows.len(), list.rows[0].fake), (1, true));
        world.desk().set_test_orders(&seller.actor, view.id, false).await.unwrap();
        world.sandbox.clear_received();
        world.after(600).await;
        assert!(asked(&world).iter().all(|(_, body)| body["fake"].is_null()));
    }

    async fn a_cancelled_order_gives_its_codes_back_and_the_journal_says_so(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (theirs, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let filled = world.fill(&seller, &theirs, page.id).await;
        let Some(MarkView::Cis(code)) = filled.lines[0].slots[0].mark.clone() else { panic!("{filled:?}") };
        let change = OrderChange { status: Some(OrderStatus::Cancelled), ..OrderChange::default() };
        world.sandbox.change_order(theirs.order_id, change).unwrap();
        world.after(600).await;
        let cancelled = world.page(&seller, page.id).await;
        assert_eq!(cancelled.lines[0].slots[0].mark, None);
        let journal = world.desk().journal(&seller.actor).await.unwrap();
        let entry = journal.iter().find(|entry| entry.action == Action::OrderChanged).expect("an entry");
        assert_eq!(entry.subject, theirs.order_id.to_string());
        assert_eq!(entry.detail, "CANCELLED");

        let (_, next) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let target = desk::orders::placing::Target::Line(next.lines[0].id);
        let (_, outcomes) = world.desk().place_codes(&seller.actor, next.id, &code, target, false).await.unwrap();
        assert!(matches!(outcomes[0].1, Verdict::Placed { .. }), "{outcomes:?}");
        let rest = OrderFilter { tab: Tab::Rest, ..OrderFilter::default() };
        assert_eq!(world.desk().orders(&seller.actor, &rest).await.unwrap().found, 1);
    }
}
