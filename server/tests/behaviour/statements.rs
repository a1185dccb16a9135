//! What the order list asks of the database: the same, however many orders there are.

use crate::harness::{Seller, World, both};
use axum::{Router, body::Body, http::Request};
use desk::orders::OrderList;
use http_body_util::BodyExt as _;
use sandbox::market::order::{NewItem, NewOrder};
use server::router::router;
use std::{
    collections::HashMap,
    fmt::Debug,
    sync::{Mutex, Once},
};
use tokio::sync::oneshot;
use tower::ServiceExt as _;
use tracing::{
    Event, Instrument as _, Metadata, Span, Subscriber,
    field::{Field, Visit},
    span::Id,
};
use tracing_subscriber::{
    Layer, Registry,
    layer::{Context, SubscriberExt as _},
    registry::LookupSpan,
};

/// The name of the spans in which statements are heard.
const CALL: &str = "call";
/// Under what name sqlx tells of each statement that ended.
const STATEMENTS: &str = "sqlx::query";

/// The calls that are under way.
static CALLS: Mutex<Option<HashMap<Id, Call>>> = Mutex::new(None);
static LISTENING: Once = Once::new();

/// What was asked within a span, and who wants to know when it is over.
struct Call {
    statements: Vec<String>,
    over: oneshot::Sender<Vec<String>>,
}

/// Hears every statement of the process and keeps those of a [`CALL`].
struct Listener;

/// The text of a statement.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if matches!(field.name(), "summary" | "db.statement") {
            self.0.push_str(&format!("{value:?}"));
        }
    }
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Listener {
    fn enabled(&self, about: &Metadata<'_>, _: Context<'_, S>) -> bool {
        about.target() == STATEMENTS || about.name() == CALL
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(span) = context.event_span(event) else {
            return;
        };
        let mut text = Text::default();
        event.record(&mut text);
        let mut calls = CALLS.lock().unwrap();
        if let Some(call) = calls.get_or_insert_default().get_mut(&span.id()) {
            call.statements.push(text.0);
        }
    }

    /// SQLite's own thread holds the span until it has told of its last statement, which may be after the answer.
    fn on_close(&self, id: Id, _: Context<'_, S>) {
        let call = CALLS.lock().unwrap().get_or_insert_default().remove(&id);
        if let Some(call) = call {
            call.over.send(call.statements).unwrap();
        }
    }
}

/// A call, and its statements when it is over.
fn listen() -> (Span, oneshot::Receiver<Vec<String>>) {
    LISTENING.call_once(|| {
        tracing::subscriber::set_global_default(Registry::default().with(Listener)).unwrap();
    });
    let span = tracing::info_span!("call");
    let (over, statements) = oneshot::channel();
    let call = Call {
        statements: vec![],
        over,
    };
    let mut calls = CALLS.lock().unwrap();
    calls
        .get_or_insert_default()
        .insert(span.id().unwrap(), call);
    (span, statements)
}

/// Makes orders and reads them.
async fn more_orders(world: &World, seller: &Seller, count: usize) {
    for _ in 0..count {
        let mut order = NewOrder::of(seller.campaign());
        order.items = vec![NewItem::marked("Молоко", 2), NewItem::marked("Сыр", 1)];
        world.sandbox.create_order(order).unwrap();
    }
    world.desk().sync_all(&seller.actor).await.unwrap();
    world.run_jobs().await;
}

/// Asks for a list as the page does, and returns it with the statements that it took, in order.
async fn asked(app: &Router, seller: &Seller, filter: &str) -> (OrderList, Vec<String>) {
    let request = Request::post("/api/orders/list")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", format!("metka_session={}", seller.token))
        .body(Body::from(format!("filter[page]=0&{filter}")))
        .unwrap();
    let (span, statements) = listen();
    let answer = app.clone().oneshot(request).instrument(span);
    let response = answer.await.unwrap();
    assert!(response.status().is_success(), "{}", response.status());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let list = serde_json::from_slice(&body).unwrap();
    (list, statements.await.unwrap())
}

both! {
    async fn a_hundred_orders_take_the_statements_of_one(world: World) {
        let seller = world.seller("a@example.com").await;
        let app = router(&world.settings, &world.wiring);
        let filters = ["filter[tab]=needs&filter[search]=", "filter[tab]=needs&filter[search]=%D0%BC%D0%BE%D0%BB%D0%BE%D0%BA%D0%BE"];

        more_orders(&world, &seller, 1).await;
        let mut of_one = vec![];
        for filter in filters {
            let (list, statements) = asked(&app, &seller, filter).await;
            assert_eq!((list.rows.len(), list.found), (1, 1), "{filter}");
            assert!(statements.iter().any(|text| text.contains("order")), "{statements:?}");
            of_one.push(statements);
        }
        more_orders(&world, &seller, 99).await;
        for (filter, of_one) in filters.into_iter().zip(of_one) {
            let (list, statements) = asked(&app, &seller, filter).await;
            assert_eq!((list.rows.len(), list.found), (50, 100), "{filter}");
            assert_eq!(statements, of_one, "{filter}");
        }
    }
}
