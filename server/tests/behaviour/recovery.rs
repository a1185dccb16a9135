//! The real program, killed without warning in the middle of its work and started again.

use crate::harness::{Seller, World, both};
use desk::{
    orders::{OrderPage, WorkState},
    submission::SubmissionState,
};
use sandbox::{
    Clock, Effect, Fault, Progress,
    market::order::{Instance, NewItem, Order, OrderChange},
};
use std::{process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

/// How long the program gets to come up, or to bring an order to its end: a lease of 20 s must run out first.
const PATIENCE: Duration = Duration::from_mins(1);

/// The program in a process of its own, over the world's database and sandbox.
struct Program {
    child: Child,
    url: String,
}

impl Program {
    async fn start(world: &World, jobs: &str) -> Self {
        let settings = &world.settings;
        let mut command = Command::new(env!("CARGO_BIN_EXE_metka"));
        command
            .arg("serve")
            .env("METKA_ADDR", "127.0.0.1:0")
            .env("METKA_DATA_DIR", &settings.data_dir)
            .env("METKA_YANDEX_URL", &world.sandbox_url)
            .env("METKA_JOBS", jobs)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        if let Some(url) = &settings.database_url {
            command.env("METKA_DATABASE_URL", url);
        }
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = tokio::time::timeout(PATIENCE, lines.next_line())
            .await
            .expect("it comes up");
        let line = first.unwrap().expect("it says its address");
        Self {
            child,
            url: line.rsplit(' ').next().unwrap().to_owned(),
        }
    }

    /// SIGKILL: no handler runs, no buffer is written.
    async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}

async fn settled(world: &World, seller: &Seller, page: &OrderPage) -> OrderPage {
    let mut poll = tokio::time::interval(Duration::from_millis(100));
    let wait = async {
        loop {
            let page = world.page(seller, page.id).await;
            if !matches!(page.work, WorkState::Sending | WorkState::Unknown) {
                return page;
            }
            poll.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, wait)
        .await
        .expect("the order is brought to its end")
}

/// An order that is ready to be sent.
async fn ready(world: &World) -> (Seller, Order, OrderPage) {
    let seller = world.seller("anna@example.com").await;
    let (theirs, page) = world
        .order(&seller, vec![NewItem::marked("Тапочки", 2)])
        .await;
    let page = world.fill(&seller, &theirs, page.id).await;
    (seller, theirs, page)
}

async fn received(world: &World, progress: Progress) {
    let held = world
        .sandbox
        .wait_received(|request| request.method == "PUT" && request.progress == progress);
    tokio::time::timeout(PATIENCE, held)
        .await
        .expect("the sandbox receives the codes");
}

both! {
    clock: Clock::live();

    async fn killed_between_stored_and_sent_it_sends_once_after_the_start(world: World) {
        let (seller, theirs, page) = ready(&world).await;
        let program = Program::start(&world, "off").await;
        let body = format!("order={}&revision={}", page.id, page.revision);
        let answer = crate::http::post(&program.url, "/api/orders/send", &seller.token, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        program.kill().await;
        assert_eq!(world.page(&seller, page.id).await.work, WorkState::Sending);
        assert!(world.received_bodies(&theirs).is_empty());
        let program = Program::start(&world, "on").await;
        assert_eq!(settled(&world, &seller, &page).await.work, WorkState::Accepted);
        assert_eq!(world.received_bodies(&theirs).len(), 1);
        program.kill().await;
    }

    async fn killed_after_the_market_took_the_codes_it_finds_out_and_sends_nothing(world: World) {
        let (seller, theirs, page) = ready(&world).await;
        world.sandbox.add_fault(Fault::new(Effect::Hold).method("PUT").after());
        let program = Program::start(&world, "on").await;
        world.send(&seller, &page).await;
        received(&world, Progress::HeldAfter).await;
        program.kill().await;
        world.sandbox.release();
        let program = Program::start(&world, "on").await;
        assert_eq!(settled(&world, &seller, &page).await.work, WorkState::Accepted);
        assert_eq!(world.received_bodies(&theirs).len(), 1);
        program.kill().await;
    }

    async fn killed_before_the_market_took_the_codes_it_reads_and_sends_the_same_bytes(world: World) {
        let (seller, theirs, page) = ready(&world).await;
        world.sandbox.add_fault(Fault::new(Effect::HangUp).method("PUT"));
        let program = Program::start(&world, "on").await;
        world.send(&seller, &page).await;
        received(&world, Progress::HungUp).await;
        program.kill().await;
        world.sandbox.clear_faults();
        let program = Program::start(&world, "on").await;
        assert_eq!(settled(&world, &seller, &page).await.work, WorkState::Accepted);
        let bodies = world.received_bodies(&theirs);
        assert_eq!(bodies.len(), 2);
        assert_eq!(bodies[0], bodies[1]);
        program.kill().await;
    }

    async fn killed_in_mid_send_it_does_not_overwrite_what_another_hand_wrote_since(world: World) {
        let (seller, theirs, page) = ready(&world).await;
        world.sandbox.add_fault(Fault::new(Effect::Hold).method("PUT"));
        let program = Program::start(&world, "on").await;
        world.send(&seller, &page).await;
        received(&world, Progress::HeldBefore).await;
        program.kill().await;
        let mut newer = NewItem::marked("Тапочки", 2);
        newer.id = Some(theirs.items[0].id);
        newer.instances = ["0103041094787443215Newer1\u{1d}93Zjqw", "0103041094787443215Newer2\u{1d}93Zjqw"]
            .into_iter()
            .map(|cis| Instance { cis: Some(cis.to_owned()), ..Instance::default() })
            .collect();
        world
            .sandbox
            .change_order(theirs.order_id, OrderChange { items: Some(vec![newer]), ..OrderChange::default() })
            .unwrap();
        world.sandbox.clear_faults();
        let program = Program::start(&world, "on").await;
        let page = settled(&world, &seller, &page).await;
        assert_eq!(page.submission.map(|submission| submission.state), Some(SubmissionState::Conflict));
        assert_eq!(world.received_bodies(&theirs).len(), 1, "only the call that was never carried out");
        program.kill().await;
    }
}
