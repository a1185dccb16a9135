//! The program in a process of its own: the same jobs over the same database, driven step by step through its standard
//! input, so that nobody waits.

use crate::{
    company::EMAIL,
    stage::{RUN, Stage},
};
use desk::{server::Desk, suz::emission::view::StuckAnswer};
use sandbox::{Clock, Sandbox, World};
use server::{settings::Settings, wiring::wire_in_runs};
use std::{fs::OpenOptions, io::Write as _, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

const URL: &str = "SUZ_FAULTS_URL";
const DATA: &str = "SUZ_FAULTS_DATA";
const DATABASE: &str = "SUZ_FAULTS_DATABASE";

/// Whether this process is to be the program.
pub(crate) fn is_meant() -> bool {
    std::env::var_os(URL).is_some()
}

/// Is the program: each line of the input is a moment, at which everything that is due is done; then a line with the
/// number of jobs is written. Behind the moment may stand what a person does with orders that lie at the station without
/// a signature; then the number of those that were there is written.
pub(crate) async fn be() {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::WARN)
        .with_writer(std::io::stderr)
        .init();
    let told = |name| std::env::var(name).unwrap();
    let (data, database) = (told(DATA), told(DATABASE));
    let settings = Settings::parse(&["--data-dir", &data, "--database-url", &database]).unwrap();
    let mut desk: Option<(std::sync::Arc<Desk>, Sandbox)> = None;
    // Nothing else runs between two moments, so it does no harm that the reading blocks.
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let (moment, chore) = line.split_once(' ').unwrap_or((&line, ""));
        let moment = moment.parse().unwrap();
        if desk.is_none() {
            // A world of its own, of which nothing but the clock is used: its hands are moved from outside.
            let hands = Sandbox::new(World::empty(Clock::manual(moment)));
            let wiring = wire_in_runs(&settings, Some(hands.clone()), &told(URL), RUN)
                .await
                .unwrap();
            desk = Some((wiring.desk, hands));
        }
        let (desk, hands) = desk.as_ref().unwrap();
        hands.change_clock(|clock| clock.set(moment)).unwrap();
        let ran = match Chore::of(chore) {
            None => {
                let owner = format!("program {}", std::process::id());
                desk.run_due_jobs(&owner).await.unwrap()
            }
            Some(chore) => settle(desk, chore).await,
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{ran}").unwrap();
        out.flush().unwrap();
    }
}

/// What a person does with orders that lie at the station without a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chore {
    Sign,
    Delete,
}

impl Chore {
    const fn word(self) -> &'static str {
        match self {
            Self::Sign => "sign",
            Self::Delete => "delete",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Sign, Self::Delete]
            .into_iter()
            .find(|chore| chore.word() == word)
    }
}

/// Looks for such orders and does it with each; how many there were. What fails is left for the next time.
async fn settle(desk: &Desk, chore: Chore) -> u32 {
    let actor = desk.operator_as(EMAIL).await.unwrap();
    let connection = desk.suz(&actor).await.unwrap().connections[0].id;
    let answer = desk.stuck_orders(&actor, connection).await.unwrap();
    let StuckAnswer::Listed { orders, .. } = answer else {
        tracing::warn!(?answer, "orders without a signature were not told");
        return 1;
    };
    for order in &orders {
        let stuck = &order.document;
        let done = match chore {
            Chore::Sign => desk.sign_stuck_order(&actor, connection, stuck).await,
            Chore::Delete => desk.delete_stuck_order(&actor, connection, stuck).await,
        };
        tracing::warn!(?done, "an order without a signature");
    }
    u32::try_from(orders.len()).unwrap()
}

/// Such a process.
pub(crate) struct Program {
    child: Child,
    moments: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Program {
    pub(crate) fn start(stage: &Stage) -> Self {
        let mut log = OpenOptions::new();
        let log = log.create(true).append(true).open(stage.log()).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(URL, &stage.url)
            .env(DATA, &stage.data)
            .env(DATABASE, &stage.database.url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        Self {
            moments: child.stdin.take().unwrap(),
            answers: BufReader::new(child.stdout.take().unwrap()).lines(),
            child,
        }
    }

    /// Has everything done that is due at this moment, or a chore; how many jobs or orders that were. It may be given up
    /// and taken up again with [`Program::kill`] in between.
    pub(crate) async fn step(&mut self, moment: i64, chore: Option<Chore>) -> Result<u32, String> {
        let chore = chore.map_or("", Chore::word);
        let line = format!("{moment} {chore}\n");
        let gone = |_| "the program ended by itself".to_owned();
        self.moments
            .write_all(line.as_bytes())
            .await
            .map_err(gone)?;
        let answer = self.answers.next_line().await.map_err(gone)?;
        answer
            .and_then(|answer| answer.parse().ok())
            .ok_or_else(|| "the program ended by itself".to_owned())
    }

    /// `SIGKILL`: no handler runs, no buffer is written.
    pub(crate) async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }
}
