//! Pages of orders as they are drawn: for whom, and for a browser without scripts.

use super::{Customer, World, emission};
use crate::{
    harness::{PASSWORD, both},
    http::{call, cookie, get, served},
    suz::store_of,
};
use desk::{
    account::{Actor, Role},
    server::ports::storage::Storage,
    time::Timestamp,
};
use http::{Request, header};
use sandbox::{
    crpt::emission::OrderTurn,
    faults::{Effect, Stage},
};

impl World {
    async fn becomes(&self, actor: &Actor, role: Role) {
        let store = store_of(self).await;
        let mut tx = store.write().await.unwrap();
        tx.set_membership(actor.organisation, actor.user, role, Timestamp(0))
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// An order whose signature got lost on the way, and somebody's session.
    async fn order_without_signature(&self) -> (Customer, String) {
        let who = self.quick_customer().await;
        let turn = OrderTurn {
            unsigned: true,
            ..OrderTurn::default()
        };
        self.strike("order", Stage::After, Effect::OrderTurn { turn });
        self.order_ten(&who).await;
        let session = self
            .desk()
            .sign_in("anna@example.com", PASSWORD, "test")
            .await;
        (who, session.unwrap().token)
    }
}

both! {
    async fn ordering_and_bringing_codes_is_offered_to_who_may(world: World) {
        let (actor, token) = world.person("anna@example.com").await;
        let url = served(&world).await;
        let offers = [
            ("/suz/orders", r#"href="/suz/orders/new""#),
            ("/suz/stock", r#"href="/suz/orders/new""#),
            ("/suz/stock", r#"href="/suz/stock/import""#),
            ("/suz/stock/import", r#"action="/suz/stock/import/file""#),
        ];
        for (page, offer) in offers {
            assert!(get(&url, page, &token).await.text.contains(offer), "{page}: {offer}");
        }
        for role in [Role::Packer, Role::Viewer] {
            world.becomes(&actor, role).await;
            for (page, offer) in offers {
                let drawn = get(&url, page, &token).await;
                assert_eq!(drawn.status, 200);
                assert!(!drawn.text.contains(offer), "{role:?} on {page}: {offer}");
            }
        }
    }

    async fn an_order_that_is_not_there_leads_to_those_that_are(world: World) {
        let (_, token) = world.person("anna@example.com").await;
        let url = served(&world).await;
        let page = get(&url, &format!("/suz/orders/{}", emission(7)), &token).await;
        assert!(page.text.contains("Все заказы кодов"), "{}", page.text);
    }

    async fn an_unsigned_order_is_found_and_deleted_without_scripts(world: World) {
        let (who, token) = world.order_without_signature().await;
        world.after(660).await;
        let url = served(&world).await;
        let address = format!("/suz/orders?stuck={}", who.link);
        for page in ["/suz/orders", &format!("/suz/orders?after={}", emission(9))] {
            let list = get(&url, page, &token).await;
            assert!(list.text.contains(&format!(r#"href="{address}""#)), "{page}: the way there");
        }
        let order = get(&url, &format!("/suz/orders/{}", emission(1)), &token).await;
        assert!(order.text.contains(&format!(r#"href="{address}""#)), "the way there");

        let document = world.theirs()[0].order_id.clone();
        let shown = get(&url, &address, &token).await;
        assert!(shown.text.contains(&document), "what lies there");
        assert!(shown.text.contains("Удалить насовсем"), "asked before");
        let form = format!("connection={}&document={document}", who.link);
        let request = Request::post(format!("{url}/api/suz/orders/delete_stuck"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie(&token))
            .header(header::ACCEPT, "text/html,*/*;q=0.8")
            .header(header::REFERER, format!("{url}{address}"))
            .body(form.into())
            .unwrap();
        let answer = call(request).await;
        assert_eq!(answer.status, 302);
        assert!(answer.headers[header::LOCATION].to_str().unwrap().ends_with(&address));
        assert!(!get(&url, &address, &token).await.text.contains(&document));
    }
}
