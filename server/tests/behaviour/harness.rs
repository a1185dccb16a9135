//! A wired program over a fresh database and a sandbox whose clock stands still.

use desk::{
    account::Actor,
    ids::OrderId,
    orders::{OrderFilter, OrderPage, Tab, placing::Target},
    server::{connections::OwnerForm, ports::storage::Session},
};
use sandbox::{
    Clock, Sandbox, World as SandboxWorld,
    market::{
        cabinet::{Cabinet, NewCabinet, PlacementType},
        ids::CampaignId,
        order::{NewItem, NewOrder, Order},
    },
};
use server::{
    settings::Settings,
    wiring::{Wiring, wire, wire_in_runs},
};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection,
    postgres::PgConnectOptions,
};
use std::{future::Future, pin::Pin};
use tempfile::TempDir;
use tokio::net::TcpListener;

const POSTGRES: &str = "METKA_TEST_POSTGRES_URL";
/// 21 November 2026, noon in Moscow.
pub(crate) const NOON: i64 = 1_795_251_600_000;
pub(crate) const PASSWORD: &str = "correct horse";

/// A program with its sandbox and one signed-up seller.
pub(crate) struct World {
    pub(crate) wiring: Wiring,
    pub(crate) sandbox: Sandbox,
    pub(crate) settings: Settings,
    pub(crate) sandbox_url: String,
    _folder: TempDir,
}

/// A seller with a connected cabinet.
pub(crate) struct Seller {
    pub(crate) actor: Actor,
    pub(crate) cabinet: Cabinet,
    pub(crate) token: String,
}

impl Seller {
    pub(crate) fn campaign(&self) -> CampaignId {
        self.cabinet.campaigns[0].id
    }

    pub(crate) fn key(&self) -> String {
        self.cabinet.keys[0].key.reveal().to_owned()
    }
}

impl World {
    /// The use cases.
    pub(crate) fn desk(&self) -> &desk::server::Desk {
        &self.wiring.desk
    }

    /// Runs what is due now, as the runner would.
    pub(crate) async fn run_jobs(&self) {
        self.desk().run_due_jobs("test").await.unwrap();
    }

    /// Moves the world's clock and runs what became due.
    pub(crate) async fn after(&self, seconds: i64) {
        self.sandbox.advance(seconds * 1000).unwrap();
        self.run_jobs().await;
    }

    /// Wires the program anew over the same store, as a start after a crash does.
    pub(crate) async fn restart(&mut self) {
        self.wiring = wire(
            &self.settings,
            Some(self.sandbox.clone()),
            &self.sandbox_url,
        )
        .await
        .unwrap();
    }

    /// The same, with answers full of codes kept in runs of so few that a short answer can break off between two.
    pub(crate) async fn in_runs_of(&mut self, codes: usize) {
        let sandbox = Some(self.sandbox.clone());
        self.wiring = wire_in_runs(&self.settings, sandbox, &self.sandbox_url, codes)
            .await
            .unwrap();
    }

    /// A person with an organisation of their own.
    pub(crate) async fn person(&self, email: &str) -> (Actor, String) {
        let session = self
            .desk()
            .sign_up("Лавка", email, PASSWORD, "test")
            .await
            .unwrap();
        let found = self.desk().session(&session.token).await.unwrap().unwrap();
        (Session::actor(&found), session.token)
    }

    /// A cabinet with one DBS shop.
    pub(crate) fn cabinet(&self, name: &str) -> Cabinet {
        self.cabinet_of(name, PlacementType::Dbs)
    }

    fn cabinet_of(&self, name: &str, placement: PlacementType) -> Cabinet {
        self.sandbox
            .create_cabinet(NewCabinet::named(name).shop(name, placement))
            .unwrap()
    }

    /// A person who connected a cabinet of their own with a DBS shop.
    pub(crate) async fn seller(&self, email: &str) -> Seller {
        self.seller_of(email, PlacementType::Dbs).await
    }

    /// A person who connected a cabinet whose shop ships from its own stock, in boxes.
    pub(crate) async fn fbs_seller(&self, email: &str) -> Seller {
        self.seller_of(email, PlacementType::Fbs).await
    }

    /// A person who connected a cabinet of their own with a shop of this model.
    pub(crate) async fn seller_of(&self, email: &str, placement: PlacementType) -> Seller {
        let (actor, token) = self.person(email).await;
        let cabinet = self.cabinet_of(email, placement);
        let seller = Seller {
            actor,
            cabinet,
            token,
        };
        self.desk()
            .add_connection(&seller.actor, seller.key(), "", &OwnerForm::default())
            .await
            .unwrap();
        self.run_jobs().await;
        seller
    }

    /// An order of a seller in the sandbox, read by the program.
    pub(crate) async fn order(&self, seller: &Seller, items: Vec<NewItem>) -> (Order, OrderPage) {
        let mut new = NewOrder::of(seller.campaign());
        new.items = items;
        let theirs = self.sandbox.create_order(new).unwrap();
        let page = self.read_order(seller, &theirs).await;
        (theirs, page)
    }

    /// Reads orders and finds one by its number.
    pub(crate) async fn read_order(&self, seller: &Seller, theirs: &Order) -> OrderPage {
        self.desk().sync_all(&seller.actor).await.unwrap();
        self.run_jobs().await;
        let search = theirs.order_id.to_string();
        let filter = OrderFilter {
            tab: Tab::Needs,
            search,
            ..OrderFilter::default()
        };
        let list = self.desk().orders(&seller.actor, &filter).await.unwrap();
        let row = list
            .rows
            .first()
            .unwrap_or_else(|| panic!("order {} was not read", theirs.order_id));
        self.page(seller, row.id).await
    }

    pub(crate) async fn page(&self, seller: &Seller, id: OrderId) -> OrderPage {
        self.desk().order(&seller.actor, id).await.unwrap()
    }

    /// Puts the sandbox's own codes into every slot.
    pub(crate) async fn fill(&self, seller: &Seller, theirs: &Order, id: OrderId) -> OrderPage {
        let mut page = self.page(seller, id).await;
        for line in self.sandbox.codes(theirs.order_id).unwrap() {
            let ours = page
                .lines
                .iter()
                .find(|ours| ours.item.0 == line.id.0)
                .unwrap()
                .id;
            let text = line.codes.join("\n");
            let (after, outcomes) = self
                .desk()
                .place_codes(&seller.actor, id, &text, Target::Line(ours), false)
                .await
                .unwrap();
            assert!(
                outcomes
                    .iter()
                    .all(|(_, v)| matches!(v, desk::orders::placing::Verdict::Placed { .. })),
                "{outcomes:?}"
            );
            page = after;
        }
        page
    }

    /// Presses «send».
    pub(crate) async fn send(&self, seller: &Seller, page: &OrderPage) -> OrderPage {
        self.desk()
            .send(&seller.actor, page.id, page.revision)
            .await
            .unwrap()
    }

    /// Bodies that the sandbox received for an order's identifiers, oldest first.
    pub(crate) fn received_bodies(&self, theirs: &Order) -> Vec<Vec<u8>> {
        self.received_by(theirs, "identifiers")
    }

    /// Bodies that the sandbox received for an order by a `PUT` of this name, oldest first.
    pub(crate) fn received_by(&self, theirs: &Order, name: &str) -> Vec<Vec<u8>> {
        let path = format!("/orders/{}/{name}", theirs.order_id);
        self.sandbox
            .received()
            .into_iter()
            .filter(|request| request.method == "PUT" && request.path.ends_with(&path))
            .map(|request| request.body)
            .collect()
    }
}

/// A sandbox on a free loopback port.
pub(crate) async fn start_sandbox(clock: Clock) -> (Sandbox, String) {
    let mut world = SandboxWorld::empty(clock);
    world.crpt.registration_keys = vec![sandbox::DEMO_REGISTRATION_KEY.to_owned()];
    let sandbox = Sandbox::new(world);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = sandbox.clone();
    tokio::spawn(async move { serving.serve(listener, std::future::pending()).await });
    (sandbox, url)
}

async fn world(database: Option<&str>, clock: Clock) -> World {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_string_lossy().into_owned();
    let mut flags = vec!["--data-dir", &data];
    flags.extend(database.iter().flat_map(|url| ["--database-url", url]));
    let settings = Settings::parse(&flags).unwrap();
    let (sandbox, url) = start_sandbox(clock).await;
    let wiring = wire(&settings, Some(sandbox.clone()), &url).await.unwrap();
    World {
        wiring,
        sandbox,
        settings,
        sandbox_url: url,
        _folder: folder,
    }
}

/// A test over a fresh world. It comes boxed, so that all around it is compiled once and not once for each test.
pub(crate) type Test = fn(World) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// Runs a test on a SQLite database in a temporary folder.
pub(crate) fn on_sqlite(clock: Clock, test: Test) {
    run(Box::pin(
        async move { test(world(None, clock).await).await },
    ));
}

/// Runs a test in a database of its own, which is dropped afterwards whatever came of the test.
pub(crate) fn on_postgres(clock: Clock, test: Test) {
    run(Box::pin(postgres(clock, test)));
}

fn run(test: Pin<Box<dyn Future<Output = ()>>>) {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(test);
}

async fn postgres(clock: Clock, test: Test) {
    let Ok(admin) = std::env::var(POSTGRES) else {
        panic!("this half of the test needs PostgreSQL: run `make test`, or set {POSTGRES}");
    };
    let admin: PgConnectOptions = admin.parse().unwrap();
    let mut random = [0; 8];
    getrandom::fill(&mut random).unwrap();
    let name = format!("metka_test_{:016x}", u64::from_le_bytes(random));
    let mut connection = PgConnection::connect_with(&admin).await.unwrap();
    connection
        .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .await
        .unwrap();
    let url = admin.clone().database(&name).to_url_lossy().to_string();
    let ended = tokio::spawn(test(world(Some(&url), clock).await)).await;
    connection
        .execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)")))
        .await
        .unwrap();
    if let Err(failure) = ended {
        std::panic::resume_unwind(failure.into_panic());
    }
}

/// Makes of each `async fn` two tests, one for each database; the clock stands still at noon unless one is given.
macro_rules! both {
    ($(async fn $name:ident($world:ident: World) $body:block)*) => {
        crate::harness::both! { clock: sandbox::Clock::manual(crate::harness::NOON); $(async fn $name($world: World) $body)* }
    };
    (clock: $clock:expr; $(async fn $name:ident($world:ident: World) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn check($world: crate::harness::World) $body

            #[test]
            fn sqlite() {
                crate::harness::on_sqlite($clock, |world| Box::pin(check(world)));
            }

            #[test]
            fn postgres() {
                crate::harness::on_postgres($clock, |world| Box::pin(check(world)));
            }
        }
    )*};
}
pub(crate) use both;
