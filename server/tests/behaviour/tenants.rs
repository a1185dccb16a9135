//! Another organisation's things are not there.

use crate::harness::both;
use desk::{
    account::{Actor, Role},
    orders::{OrderFilter, placing::Target},
    problem::Problem,
};
use sandbox::market::order::NewItem;

both! {
    async fn nothing_of_one_organisation_is_there_for_another(world: World) {
        let anna = world.seller("anna@example.com").await;
        let boris = world.seller("boris@example.com").await;
        let (theirs, page) = world.order(&anna, vec![NewItem::marked("Тапочки", 1)]).await;
        let page = world.fill(&anna, &theirs, page.id).await;
        let (desk, stranger) = (world.desk(), &boris.actor);
        let slot = page.lines[0].slots[0].id;
        let not_found = Some(Problem::NotFound);
        assert_eq!(desk.order(stranger, page.id).await.err(), not_found);
        assert_eq!(desk.refresh_order(stranger, page.id).await.err(), not_found);
        assert_eq!(desk.place_codes(stranger, page.id, "x", Target::Auto, false).await.err(), not_found);
        assert_eq!(desk.clear_slot(stranger, page.id, slot).await.err(), not_found);
        assert_eq!(desk.set_extras(stranger, page.id, slot, "", "", "").await.err(), not_found);
        assert_eq!(desk.send(stranger, page.id, page.revision).await.err(), not_found);
        assert_eq!(desk.withdraw(stranger, page.id).await.err(), not_found);
        assert_eq!(desk.countries(stranger, page.id).await.err(), not_found);
        assert_eq!(desk.sample_codes(stranger, page.id).await.err(), not_found);
        assert_eq!(desk.dismiss(stranger, page.id, None).await.err(), not_found);
        let connection = desk.connections(&anna.actor).await.unwrap().connections[0].id;
        assert_eq!(desk.recheck(stranger, connection).await.err(), not_found);
        assert_eq!(desk.retire(stranger, connection).await.err(), not_found);
        assert_eq!(desk.sync_connection(stranger, connection).await.err(), not_found);
        assert_eq!(desk.replace_key(stranger, connection, boris.key()).await.err(), not_found);
        let search = OrderFilter { search: theirs.order_id.to_string(), ..OrderFilter::default() };
        assert!(desk.orders(stranger, &search).await.unwrap().rows.is_empty());
        let kept = world.page(&anna, page.id).await;
        assert_eq!(kept.lines[0].slots[0].mark, page.lines[0].slots[0].mark, "nothing was touched");
    }

    async fn only_who_may_overrules(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (_, page) = world.order(&seller, vec![NewItem::marked("Тапочки", 1)]).await;
        let packer = Actor { role: Role::Packer, ..seller.actor.clone() };
        let problem =
            world.desk().place_codes(&packer, page.id, "x", Target::Line(page.lines[0].id), true).await.unwrap_err();
        assert!(matches!(problem, Problem::Forbidden { .. }), "{problem:?}");
    }
}
