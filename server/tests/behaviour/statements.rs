//! What the order list asks of the database: the same, however many orders there are.

use crate::harness::{Seller, World, both};
use desk::orders::{OrderFilter, OrderList};
use sandbox::market::order::{NewItem, NewOrder};
use std::{
    collections::HashMap,
    fmt::{Debug, Write as _},
    sync::{Mutex, Once},
};
use tokio::sync::oneshot;
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
            write!(self.0, "{value:?}").unwrap();
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

/// The list with the statements that it took, in order.
async fn asked(world: &World, seller: &Seller, search: &str) -> (OrderList, Vec<String>) {
    let filter = OrderFilter {
        search: search.into(),
        ..OrderFilter::default()
    };
    let (span, statements) = listen();
    let orders = world.desk().orders(&seller.actor, &filter);
    let list = orders.instrument(span).await.unwrap();
    (list, statements.await.unwrap())
}

both! {
    async fn a_hundred_orders_take_the_statements_of_one(world: World) {
        let seller = world.seller("a@example.com").await;
        let searches = ["", "молоко"];
        more_orders(&world, &seller, 1).await;
        let mut of_one = vec![];
        for search in searches {
            let (list, statements) = asked(&world, &seller, search).await;
            assert_eq!((list.rows.len(), list.found), (1, 1), "{search}");
            let page = statements.iter().filter(|text| text.contains("OFFSET")).count();
            assert_eq!(page, 1, "{statements:?}");
            of_one.push(statements);
        }
        more_orders(&world, &seller, 99).await;
        for (search, of_one) in searches.into_iter().zip(of_one) {
            let (list, statements) = asked(&world, &seller, search).await;
            assert_eq!((list.rows.len(), list.found), (50, 100), "{search}");
            assert_eq!(statements, of_one, "{search}");
        }
    }
}
