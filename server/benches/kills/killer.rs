//! The hand that starts the program, kills it at the planned moments and starts it again.

use crate::{
    plan::{Moment, Trigger},
    stage::Stage,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::Child,
    sync::watch,
};

/// Where the program answers; none while it does not.
pub(crate) type Address = watch::Receiver<Option<String>>;

/// A kill that was carried out.
pub(crate) struct Kill {
    /// In which part of the work, for the sums.
    pub(crate) part: &'static str,
    /// When, and how far the work had come.
    pub(crate) words: String,
}

/// Starts and kills.
pub(crate) struct Killer {
    stage: Arc<Stage>,
    moments: Vec<Moment>,
    address: watch::Sender<Option<String>>,
}

impl Killer {
    pub(crate) fn new(stage: Arc<Stage>, moments: Vec<Moment>) -> Self {
        Self {
            stage,
            moments,
            address: watch::Sender::new(None),
        }
    }

    pub(crate) fn address(&self) -> Address {
        self.address.subscribe()
    }

    /// Carries out the plan; the program as it runs afterwards, and the kills in words. What is left of the plan when
    /// all is done is left undone.
    pub(crate) async fn work(self) -> (Program, Vec<Kill>) {
        let mut kills = Vec::new();
        let mut program = self.start();
        let begun = Instant::now();
        let mut seen = self.stage.watched.subscribe();
        for moment in &self.moments {
            let reached = seen.wait_for(|seen| seen.over || moment.trigger.is_reached(seen));
            if reached.await.unwrap().over {
                break;
            }
            tokio::time::sleep(moment.then).await;
            program.kill().await;
            kills.push(Kill {
                part: moment.trigger.part(),
                words: self.words(*moment, begun.elapsed()),
            });
            program = self.start();
        }
        (program, kills)
    }

    fn words(&self, moment: Moment, since: Duration) -> String {
        let seen = *self.stage.watched.borrow();
        let cause = match moment.trigger {
            Trigger::Bringing => "the file was being brought".to_owned(),
            Trigger::Judged(orders) => format!("{orders} orders were judged"),
            Trigger::Sent(bodies) => format!("{bodies} bodies had come"),
            Trigger::Asked(questions) => format!("{questions} questions had come"),
            Trigger::Shipped(calls) => format!("{calls} calls to ship had come"),
            Trigger::Started => "it was started again".to_owned(),
            Trigger::Resumed(calls) => format!("it made {calls} calls after its start"),
        };
        format!(
            "{} ms after the beginning, {} µs after {cause}; {} judged, {} sent, {} asked, {} calls to ship",
            since.as_millis(),
            moment.then.as_micros(),
            seen.judged,
            seen.sent,
            seen.asked,
            seen.shipped
        )
    }

    fn start(&self) -> Program {
        self.stage.watched.send_modify(|seen| seen.calls = 0);
        let mut child = self.stage.command().spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = self.address.clone();
        address.send_replace(None);
        let hearing = tokio::spawn(async move {
            if let Ok(Some(line)) = lines.next_line().await {
                address.send_replace(line.rsplit(' ').next().map(str::to_owned));
            }
            // It is read on, so that the program never writes into a closed pipe.
            while let Ok(Some(_)) = lines.next_line().await {}
        });
        Program { child, hearing }
    }
}

/// The program in a process of its own.
pub(crate) struct Program {
    child: Child,
    hearing: tokio::task::JoinHandle<()>,
}

impl Program {
    /// `SIGKILL`: no handler runs, no buffer is written.
    pub(crate) async fn kill(mut self) {
        self.hearing.abort();
        self.child.kill().await.unwrap();
    }
}
