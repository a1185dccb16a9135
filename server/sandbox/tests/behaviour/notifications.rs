//! Notifications to a shop.

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use sandbox::{
    Delivery, NewSubscription, Subscription,
    market::{
        order::{NewItem, OrderChange, OrderStatus, Substatus},
        return_record::{NewReturn, ReturnType},
    },
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, time::timeout};

use super::stand::{PATIENCE, Stand};

const GOOD: &str = r#"{"version":"1.0.0","name":"shop","time":"2026-11-18T12:00:00Z"}"#;

/// A shop that writes down what it is told and answers as it was told to.
#[derive(Clone, Default)]
struct Shop {
    told: Arc<Mutex<Vec<(String, Value)>>>,
    answers: Arc<Mutex<VecDeque<Reaction>>>,
}

/// How the shop answers one notification.
#[derive(Clone, Copy)]
enum Reaction {
    Fails,
    Mumbles,
    Never,
}

impl Shop {
    async fn open(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(hear).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    fn react(&self, reactions: &[Reaction]) {
        self.answers.lock().unwrap().extend(reactions);
    }

    fn kinds(&self) -> Vec<String> {
        let told = self.told.lock().unwrap();
        told.iter()
            .map(|(_, body)| body["notificationType"].as_str().unwrap().to_owned())
            .collect()
    }
}

async fn hear(State(shop): State<Shop>, uri: Uri, body: Bytes) -> Response {
    let body = serde_json::from_slice(&body).unwrap();
    shop.told
        .lock()
        .unwrap()
        .push((uri.path().to_owned(), body));
    let reaction = shop.answers.lock().unwrap().pop_front();
    match reaction {
        None => ([("content-type", "application/json")], GOOD).into_response(),
        Some(Reaction::Fails) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Some(Reaction::Mumbles) => r#"{"name":"shop"}"#.into_response(),
        Some(Reaction::Never) => std::future::pending().await,
    }
}

fn subscribe(stand: &Stand, address: SocketAddr, ping_ms: u64) -> Subscription {
    let new = NewSubscription {
        ping_ms: Some(ping_ms),
        retry_ms: Some(1),
        ..NewSubscription::of(stand.business, &format!("http://{address}/hooks/abc"))
    };
    stand.sandbox.subscribe(&new).unwrap()
}

async fn delivered(stand: &Stand, sequence: u64) -> Delivery {
    let taken = stand
        .sandbox
        .wait_delivery(|one| one.sequence == sequence && one.delivered);
    timeout(PATIENCE, taken).await.expect("it is delivered")
}

#[tokio::test]
async fn what_happens_is_told_in_its_order() {
    let stand = Stand::new().await;
    let shop = Shop::default();
    let address = shop.open().await;
    subscribe(&stand, address, 10_000);
    let order = stand.fbs_order(vec![NewItem::plain("Ложка", 2), NewItem::plain("Крем", 1)]);
    let change = |change: OrderChange| stand.sandbox.change_order(order.order_id, change).unwrap();
    change(OrderChange {
        shipment_date: Some("2026-11-25".parse().unwrap()),
        ..OrderChange::default()
    });
    let less = json!({ "allowRemove": true, "boxes": [{ "items": [
        { "id": order.items[0].id, "fullCount": 2 },
    ] }] });
    assert_eq!(
        stand
            .about(&order, "PUT", "boxes", Some(&less))
            .await
            .status,
        200
    );
    assert_eq!(
        stand
            .ask_status(&order, "PROCESSING", "READY_TO_SHIP")
            .await
            .status,
        200
    );
    change(OrderChange {
        status: Some(OrderStatus::Delivery),
        ..OrderChange::default()
    });
    let back = NewReturn::of(order.order_id, ReturnType::Unredeemed);
    let back = stand.sandbox.create_return(back).unwrap();
    change(OrderChange {
        status: Some(OrderStatus::Cancelled),
        substatus: Some(Substatus::try_from("USER_CHANGED_MIND".to_owned()).unwrap()),
        ..OrderChange::default()
    });
    delivered(&stand, 8).await;

    let told = shop.told.lock().unwrap().clone();
    assert!(
        told.iter()
            .all(|(path, _)| path == "/hooks/abc/notification")
    );
    let bodies: Vec<Value> = told.into_iter().map(|(_, body)| body).collect();
    let (id, shop_id) = (json!(order.order_id), json!(stand.fbs));
    let items = |lines: &[usize]| -> Value {
        let lines = lines.iter().map(|place| &order.items[*place]);
        lines
            .map(|item| json!({ "offerId": item.offer_id, "count": item.count }))
            .collect()
    };
    let now = "2026-11-18T14:53:20+03:00";
    assert_eq!(bodies[0]["notificationType"], "PING");
    assert_eq!(
        bodies[1],
        json!({
            "notificationType": "ORDER_CREATED", "orderId": id, "campaignId": shop_id,
            "items": items(&[0, 1]), "createdAt": "2026-11-18T13:53:20+03:00",
        })
    );
    for (place, what) in [(2, "SHIPMENT_DATE_UPDATED"), (3, "UNKNOWN")] {
        assert_eq!(
            bodies[place],
            json!({
                "notificationType": "ORDER_UPDATED", "orderId": id, "campaignId": shop_id,
                "updateType": what, "updatedAt": now,
            })
        );
    }
    for (place, status) in [(4, "PROCESSING"), (5, "DELIVERY")] {
        assert_eq!(
            bodies[place],
            json!({
                "notificationType": "ORDER_STATUS_UPDATED", "orderId": id, "campaignId": shop_id,
                "status": status, "substatus": "READY_TO_SHIP", "updatedAt": now,
            })
        );
    }
    assert_eq!(
        bodies[6],
        json!({
            "notificationType": "ORDER_RETURN_CREATED", "orderId": id, "campaignId": shop_id,
            "returnId": back.return_id, "returnType": "UNREDEEMED", "items": items(&[0]), "createdAt": now,
        })
    );
    assert_eq!(
        bodies[7],
        json!({
            "notificationType": "ORDER_CANCELLED", "orderId": id, "campaignId": shop_id,
            "items": items(&[0]), "cancelledAt": now,
        })
    );
}

#[tokio::test]
async fn a_failed_one_is_repeated_and_the_others_wait() {
    let stand = Stand::new().await;
    let shop = Shop::default();
    shop.react(&[Reaction::Never, Reaction::Fails, Reaction::Mumbles]);
    let address = shop.open().await;
    let subscription = subscribe(&stand, address, 1_000);
    stand.fbs_order(vec![NewItem::plain("Ложка", 1)]);
    let ping = delivered(&stand, 1).await;
    assert_eq!(ping.attempts, 4);
    assert_eq!(
        ping.failures,
        [
            "no answer within 1000 ms",
            "status 500",
            "'version' must be a text of 1 to 100 characters"
        ]
    );
    delivered(&stand, 2).await;
    assert_eq!(
        shop.kinds(),
        ["PING", "PING", "PING", "PING", "ORDER_CREATED"]
    );

    let shown = stand
        .control("GET", "/_sandbox/notifications?after=1", None)
        .await
        .json();
    assert_eq!(shown["deliveries"][0]["type"], "ORDER_CREATED");
    assert_eq!(shown["deliveries"][0]["delivered"], true);
    assert_eq!(shown["subscriptions"][0]["waiting"], 0);
    assert_eq!(
        shown["subscriptions"][0]["subscription"]["id"],
        subscription.id
    );
}

#[tokio::test]
async fn one_shop_is_told_only_of_its_own_and_nobody_after_the_end() {
    let stand = Stand::new().await;
    let shop = Shop::default();
    let address = shop.open().await;
    let new = json!({
        "businessId": stand.business,
        "campaignId": stand.fbs,
        "url": format!("http://{address}/"),
    });
    let made = stand
        .control("PUT", "/_sandbox/notifications", Some(&new))
        .await;
    assert_eq!(made.status, 200, "{}", made.json());
    let made = made.json();
    assert_eq!(
        (&made["answerMs"], &made["pingMs"]),
        (&json!(10_000), &json!(1_000))
    );
    stand.order(vec![NewItem::plain("Ложка", 1)]);
    let own = stand.fbs_order(vec![NewItem::plain("Ложка", 1)]);
    delivered(&stand, 2).await;
    {
        let told = shop.told.lock().unwrap();
        assert_eq!(told[1].0, "/notification");
        assert_eq!(told[1].1["orderId"], json!(own.order_id));
    }
    let path = format!("/_sandbox/notifications/{}/ping", made["id"]);
    assert_eq!(stand.control("POST", &path, None).await.status, 200);
    delivered(&stand, 3).await;
    let path = format!("/_sandbox/notifications/{}", made["id"]);
    assert_eq!(stand.control("DELETE", &path, None).await.status, 200);
    stand.fbs_order(vec![NewItem::plain("Ложка", 1)]);
    assert_eq!(shop.kinds(), ["PING", "ORDER_CREATED", "PING"]);
    assert_eq!(stand.control("DELETE", &path, None).await.status, 404);
}

#[tokio::test]
async fn only_addresses_of_this_machine_are_told() {
    let stand = Stand::new().await;
    for url in [
        "http://example.com/hooks",
        "https://127.0.0.1/hooks",
        "http://10.0.0.1/",
        "hooks",
    ] {
        let new = json!({ "businessId": stand.business, "url": url });
        let refused = stand
            .control("PUT", "/_sandbox/notifications", Some(&new))
            .await;
        assert_eq!(refused.status, 400, "{url}");
    }
    let stranger = json!({ "businessId": 5, "url": "http://127.0.0.1:1/" });
    let refused = stand
        .control("PUT", "/_sandbox/notifications", Some(&stranger))
        .await;
    assert_eq!(refused.status, 404);
}
