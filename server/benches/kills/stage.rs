//! What a run plays on: a marketplace with orders, a person with a key to it, a file with a code for every unit.

use crate::{database::Database, plan::Seen};
use desk::{
    account::Actor,
    server::{Desk, connections::OwnerForm, ports::storage::Session},
};
use sandbox::{
    Clock, Memory, Received, Sandbox, World,
    market::{
        cabinet::{NewCabinet, PlacementType},
        ids::{ItemId, OrderId},
        limits::{LimitsChange, Resource},
        order::{NewItem, NewOrder},
        verification::{CisSubstatus, Outcome, Script},
    },
};
use server::{settings::Settings, wiring::wire};
use std::{
    fmt::Write as _,
    fs::OpenOptions,
    path::PathBuf,
    process::Stdio,
    sync::{Arc, Mutex},
};
use tempfile::TempDir;
use tokio::{net::TcpListener, process::Command, sync::watch};

/// Orders of a bulk that go.
pub(crate) const ORDERS: u64 = 500;
/// Those of them that leave in boxes, are verified and shipped.
pub(crate) const FBS: u64 = ORDERS / 2;
/// Orders of each shop whose code is none.
const UNREADABLE: u64 = 5;
/// Every so many-th FBS order has a code that is rejected.
const REJECTED: u64 = 25;
/// Every so many-th FBS order is asked about twice, because its code cannot be checked the first time.
const LATE: u64 = 20;
/// How long the sandbox takes for every answer: at most moments some call is on its way.
const ANSWER_MILLIS: u64 = 10;
/// An order that no shop has.
const NOBODYS: i64 = 7;

/// How an order shall end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The marketplace holds its codes.
    Accepted,
    /// They are verified too, and «ready to ship» was said.
    Shipped,
    /// One of them was rejected.
    Rework,
    /// It did not go.
    Left,
}

/// An order and what shall become of it.
pub(crate) struct Expected {
    pub(crate) number: OrderId,
    /// The marked line.
    pub(crate) item: ItemId,
    pub(crate) codes: Vec<String>,
    pub(crate) end: End,
}

/// A run's world.
pub(crate) struct Stage {
    pub(crate) sandbox: Sandbox,
    /// Reads what the program stores; no job runs in it.
    pub(crate) desk: Arc<Desk>,
    pub(crate) actor: Actor,
    pub(crate) token: String,
    pub(crate) expected: Vec<Expected>,
    /// The rows of the file that cannot go.
    pub(crate) hopeless: u64,
    pub(crate) file: String,
    pub(crate) watched: watch::Sender<Seen>,
    pub(crate) database: Database,
    url: String,
    data: PathBuf,
    folder: Mutex<Option<TempDir>>,
}

impl Stage {
    pub(crate) async fn set(seed: u64) -> Self {
        let folder = tempfile::Builder::new()
            .prefix(&format!("metka-kills-{seed}-"))
            .tempdir()
            .unwrap();
        let data = folder.path().to_owned();
        let database = Database::new(&data).await;
        let (sandbox, url) = marketplace().await;
        let path = data.to_string_lossy();
        let flags = ["--data-dir", &path, "--database-url", &database.url];
        let settings = Settings::parse(&flags).unwrap();
        let desk = wire(&settings, None, &url).await.unwrap().desk;
        let (key, expected) = orders(&sandbox);
        let token = desk
            .sign_up("Лавка", "kills@example.com", "correct horse", "kills")
            .await
            .unwrap()
            .token;
        let session = desk.session(&token).await.unwrap().unwrap();
        let actor = Session::actor(&session);
        desk.add_connection(&actor, key, "", &OwnerForm::default())
            .await
            .unwrap();
        desk.run_due_jobs("kills").await.unwrap();
        sandbox.set_latency_ms(ANSWER_MILLIS);
        let watched = watch::Sender::new(Seen::default());
        tokio::spawn(watch(sandbox.clone(), watched.clone()));
        Self {
            sandbox,
            desk,
            actor,
            token,
            file: file(&expected),
            hopeless: expected.iter().filter(|it| it.end == End::Left).count() as u64 + 1,
            expected,
            watched,
            database,
            url,
            data,
            folder: Mutex::new(Some(folder)),
        }
    }

    /// The program over this stage.
    pub(crate) fn command(&self) -> Command {
        let mut log = OpenOptions::new();
        let log = log.create(true).append(true).open(self.log()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_metka"));
        command
            .arg("serve")
            .args([
                "--addr",
                "127.0.0.1:0",
                "--database-url",
                &self.database.url,
            ])
            .args([
                "--yandex-url",
                &self.url,
                "--sandbox",
                "off",
                "--jobs",
                "on",
            ])
            .arg("--data-dir")
            .arg(&self.data)
            .env("METKA_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true);
        command
    }

    fn log(&self) -> PathBuf {
        self.data.join("errors.log")
    }

    /// What the program held to be its own fault.
    pub(crate) fn errors_of_the_program(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.log()).unwrap();
        log.lines().map(|line| format!("logged: {line}")).collect()
    }

    /// Takes everything away.
    pub(crate) async fn strike(&self) {
        self.database.drop().await;
        self.folder.lock().unwrap().take();
    }

    /// Leaves everything for whoever looks into a fault; says where.
    pub(crate) fn keep(&self) -> String {
        let folder = self.folder.lock().unwrap().take().map(TempDir::keep);
        format!("kept: {folder:?}, {}", self.database.url)
    }
}

async fn marketplace() -> (Sandbox, String) {
    let sandbox = Sandbox::new(World::empty(Clock::live()));
    // Every request and every byte of it: what is stored is compared with what came.
    sandbox.set_memory(Memory {
        remember: 1_000_000,
        bodies: true,
    });
    let plenty = Resource::ALL.map(|resource| (resource, 1_000_000));
    sandbox
        .set_limits(LimitsChange {
            parallel: None,
            per_hour: plenty.into(),
        })
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = sandbox.clone();
    tokio::spawn(async move { serving.serve(listener, std::future::pending()).await });
    (sandbox, url)
}

/// Two shops with their orders, and the key to both.
fn orders(sandbox: &Sandbox) -> (String, Vec<Expected>) {
    let cabinet = NewCabinet::named("Кабинет")
        .shop("DBS", PlacementType::Dbs)
        .shop("FBS", PlacementType::Fbs);
    let cabinet = sandbox.create_cabinet(cabinet).unwrap();
    let mut expected = Vec::new();
    let mut serial = 0;
    for (shop, campaign) in cabinet.campaigns.iter().enumerate() {
        let new = (0..FBS + UNREADABLE).map(|place| {
            // One unit, one unit, two units, all of one product.
            let mut marked = NewItem::marked("Молоко", if place % 3 == 2 { 2 } else { 1 });
            marked.offer_id = Some("MILK".to_owned());
            let mut plain = NewItem::plain("Ложка", 1);
            plain.offer_id = Some("SPOON".to_owned());
            let mut order = NewOrder::of(campaign.id);
            order.items = vec![marked, plain];
            order
        });
        let made = sandbox.create_orders(new.collect()).unwrap();
        for (place, order) in (0..).zip(made) {
            let number = order.order_id;
            let end = match (place, shop) {
                (FBS.., _) => End::Left,
                (_, 0) => End::Accepted,
                (place, _) if place % REJECTED == 3 => End::Rework,
                _ => End::Shipped,
            };
            let outcome = match end {
                End::Rework => Some(Outcome::Invalid {
                    substatus: CisSubstatus::ItemSold,
                }),
                End::Shipped if place % LATE == 5 => Some(Outcome::Failed { polls: 1 }),
                _ => None,
            };
            if let Some(outcome) = outcome {
                sandbox.script(Script::of_order(number, outcome)).unwrap();
            }
            let codes = (0..order.items[0].count).map(|_| {
                serial += 1;
                format!("0103041094787443215Q{serial:05}\u{1d}93Zjqw")
            });
            expected.push(Expected {
                number,
                item: order.items[0].id,
                codes: codes.collect(),
                end,
            });
        }
    }
    (cabinet.keys[0].key.reveal().to_owned(), expected)
}

/// Every code beside its order; nonsense beside those that shall be left, and a code for an order that nobody has.
fn file(expected: &[Expected]) -> String {
    let mut text = "Заказ;Код\n".to_owned();
    for order in expected {
        if order.end == End::Left {
            writeln!(text, "{};4607123450017", order.number).unwrap();
            continue;
        }
        for code in &order.codes {
            writeln!(text, "{};{code}", order.number).unwrap();
        }
    }
    writeln!(text, "{NOBODYS};0103041094787443215Q99999\u{1d}93Zjqw").unwrap();
    text
}

/// What a request to the marketplace is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// Codes or boxes of an order.
    Codes(OrderId),
    /// The verification of an order.
    Question(OrderId),
    /// Statuses of orders; their numbers stand in the body, or in the path.
    Status(Option<OrderId>),
    /// Orders read by their numbers.
    Reading,
    /// Anything else.
    Other,
}

impl Call {
    pub(crate) fn of(request: &Received) -> Self {
        let words: Vec<&str> = request.path.trim_matches('/').split('/').collect();
        let number = |text: &str| text.parse().ok().map(OrderId);
        match (request.method.as_str(), words.as_slice()) {
            ("PUT", [.., order, "identifiers" | "boxes"]) => {
                number(order).map_or(Self::Other, Self::Codes)
            }
            ("POST", [.., order, "identifiers", "status"]) => {
                number(order).map_or(Self::Other, Self::Question)
            }
            ("PUT", [.., order, "status"]) => Self::Status(number(order)),
            ("POST", [.., "orders", "status-update"]) => Self::Status(None),
            ("POST", [.., "orders"]) if request.body_text.contains("orderIds") => Self::Reading,
            _ => Self::Other,
        }
    }
}

/// Counts what reaches the marketplace.
async fn watch(sandbox: Sandbox, watched: watch::Sender<Seen>) {
    let mut last = 0;
    loop {
        let request = sandbox.wait_received_after(last, |_| true).await;
        last = request.sequence;
        let call = Call::of(&request);
        if call == Call::Other {
            continue;
        }
        watched.send_modify(|seen| {
            seen.calls += 1;
            match call {
                Call::Codes(_) => seen.sent += 1,
                Call::Question(_) => seen.asked += 1,
                Call::Status(_) => seen.shipped += 1,
                Call::Reading | Call::Other => {}
            }
        });
    }
}
