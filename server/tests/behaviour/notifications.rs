//! What the marketplace tells by itself: a hint where to look, and nothing is believed.

use crate::{
    harness::{Seller, World, both},
    http::{Answer, call, post, served},
};
use desk::{
    account::Role,
    connection::HookView,
    orders::{OrderFilter, Tab},
    server::ports::storage::Storage as _,
    time::Timestamp,
};
use http::{Request, header};
use http_body_util::Full;
use sandbox::market::order::{NewItem, NewOrder};
use serde_json::{Value, json};
use server::wiring::open_store;
use std::time::Duration;

/// How long the marketplace waits for an answer to anything but a PING.
const MARKET_WAITS: Duration = Duration::from_secs(10);

async fn hook(world: &World, seller: &Seller) -> HookView {
    let page = world.desk().connections(&seller.actor).await.unwrap();
    let made = world
        .desk()
        .make_hook(&seller.actor, page.connections[0].id)
        .await
        .unwrap();
    made.connections[0].hook.clone().unwrap()
}

/// The path of an address, as the marketplace makes it.
fn path(hook: &HookView) -> String {
    let address = hook.address.clone().unwrap();
    let (_, secret) = address.split_once("/hooks/").unwrap();
    format!("/hooks/{secret}/notification")
}

async fn tell(url: &str, path: &str, body: impl Into<String>) -> Answer {
    let request = Request::post(format!("{url}{path}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::from(body.into()))
        .unwrap();
    call(request).await
}

both! {
    async fn a_ping_is_answered_with_who_and_when(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (url, hook) = (served(&world).await, hook(&world, &seller).await);
        let answer = tell(&url, &path(&hook), r#"{"notificationType":"PING","time":"2026-11-21T09:00:00Z"}"#).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let said: Value = serde_json::from_str(&answer.text).unwrap();
        assert_eq!(said["name"], "Metka");
        assert_eq!(said["time"], "2026-11-21T09:00:00Z", "the world's clock");
        assert!(said["version"].as_str().is_some_and(|version| (1..=100).contains(&version.len())));
        assert!(hook.only_here, "this address is of this machine");
    }

    async fn a_ping_waits_for_no_writer_and_the_rest_is_put_off_before_the_market_gives_up(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (url, hook) = (served(&world).await, hook(&world, &seller).await);
        let connection = world.desk().connections(&seller.actor).await.unwrap().connections[0].id;
        let store = open_store(&world.settings).await.unwrap();
        let mut writer = store.write().await.unwrap();
        writer.mark_heard(seller.actor.organisation, connection, Timestamp(0)).await.unwrap();
        let ping = tell(&url, &path(&hook), r#"{"notificationType":"PING"}"#).await;
        assert_eq!(ping.status, 200, "{}", ping.text);
        let created = r#"{"notificationType":"ORDER_CREATED","orderId":1,"campaignId":1}"#;
        let answer = tokio::time::timeout(MARKET_WAITS, tell(&url, &path(&hook), created)).await;
        assert_eq!(answer.expect("it is answered in time").status, 503);
        drop(writer);
        assert_eq!(tell(&url, &path(&hook), created).await.status, 200);
    }

    async fn an_order_that_is_told_of_is_read_and_what_was_told_is_not_believed(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (url, hook) = (served(&world).await, hook(&world, &seller).await);
        let mut new = NewOrder::of(seller.campaign());
        new.items = vec![NewItem::marked("Тапочки", 1)];
        let theirs = world.sandbox.create_order(new).unwrap();
        world.sandbox.clear_received();
        let told = json!({
            "notificationType": "ORDER_CREATED", "orderId": theirs.order_id, "campaignId": seller.campaign(),
            "items": [{ "offerId": "выдумка", "count": 999 }], "createdAt": "2026-11-21T09:00:00Z",
        });
        for _ in 0..3 {
            assert_eq!(tell(&url, &path(&hook), told.to_string()).await.status, 200);
        }
        world.run_jobs().await;
        let calls: Vec<_> = world.sandbox.received().into_iter().filter(|r| r.path.ends_with("/orders")).collect();
        assert_eq!(calls.len(), 1, "three notifications are one question");
        let body: Value = serde_json::from_slice(&calls[0].body).unwrap();
        assert_eq!(body["orderIds"], json!([theirs.order_id]));
        let list = world.desk().orders(&seller.actor, &OrderFilter::default()).await.unwrap();
        assert_eq!((list.found, list.rows[0].units), (1, 1));
        let heard = world.desk().connections(&seller.actor).await.unwrap();
        assert!(heard.connections[0].hook.as_ref().unwrap().heard.is_some());
    }

    async fn what_is_not_understood_is_taken_and_what_is_broken_is_refused(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (url, hook) = (served(&world).await, hook(&world, &seller).await);
        let path = path(&hook);
        for known in [
            r#"{"notificationType":"CHAT_MESSAGE_SENT","chatId":5}"#,
            r#"{"notificationType":"FROM_THE_FUTURE"}"#,
            r#"{"notificationType":"ORDER_CREATED","orderId":1,"campaignId":999999}"#,
        ] {
            assert_eq!(tell(&url, &path, known).await.status, 200, "{known}");
        }
        let long = format!(r#"{{"notificationType":"{}"}}"#, "x".repeat(300 * 1024));
        for broken in ["", "[]", "{}", "not json", long.as_str()] {
            let answer = tell(&url, &path, broken).await;
            assert_eq!(answer.status, 400);
            let said: Value = serde_json::from_str(&answer.text).unwrap();
            assert_eq!(said["error"]["type"], "WRONG_EVENT_FORMAT", "{}", answer.text);
        }
    }

    async fn only_the_newest_address_works_and_strangers_are_slowed_down(world: World) {
        let seller = world.seller("anna@example.com").await;
        let (url, first) = (served(&world).await, hook(&world, &seller).await);
        let ping = r#"{"notificationType":"PING"}"#;
        assert_eq!(tell(&url, &path(&first), ping).await.status, 200);
        let second = hook(&world, &seller).await;
        assert_ne!(first.address, second.address);
        assert_eq!(tell(&url, &path(&first), ping).await.status, 404);
        assert_eq!(tell(&url, &path(&second), ping).await.status, 200);
        for _ in 0..59 {
            assert_eq!(tell(&url, "/hooks/guess/notification", ping).await.status, 404);
        }
        assert_eq!(tell(&url, "/hooks/guess/notification", ping).await.status, 429);
    }

    async fn an_address_is_shown_to_those_alone_who_may_change_it(world: World) {
        let seller = world.seller("anna@example.com").await;
        let made = hook(&world, &seller).await;
        assert!(made.address.is_some());
        let mut packer = seller.actor.clone();
        packer.role = Role::Packer;
        let page = world.desk().connections(&packer).await.unwrap();
        assert_eq!(page.connections[0].hook.as_ref().unwrap().address, None);
        let url = served(&world).await;
        let stranger = post(&url, "/api/connections/make_hook", "nobody", "id=x").await;
        assert_ne!(stranger.status, 200);
    }

    async fn a_told_order_of_another_tenants_shop_is_not_read_for_us(world: World) {
        let anna = world.seller("anna@example.com").await;
        let boris = world.seller("boris@example.com").await;
        let (url, hook) = (served(&world).await, hook(&world, &anna).await);
        let mut new = NewOrder::of(boris.campaign());
        new.items = vec![NewItem::marked("Тапочки", 1)];
        let theirs = world.sandbox.create_order(new).unwrap();
        let told = json!({ "notificationType": "ORDER_CREATED", "orderId": theirs.order_id, "campaignId": boris.campaign() });
        assert_eq!(tell(&url, &path(&hook), told.to_string()).await.status, 200);
        world.run_jobs().await;
        for seller in [&anna, &boris] {
            let needs = OrderFilter { tab: Tab::Needs, ..OrderFilter::default() };
            assert_eq!(world.desk().orders(&seller.actor, &needs).await.unwrap().found, 0);
        }
    }
}
