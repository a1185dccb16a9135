//! One order from the form to its closing: the program is stepped through time, killed as planned and started again, and
//! the person does what only a person does.

use crate::{
    chance::Chance,
    program::{Chore, Program},
    stage::Stage,
};
use desk::{
    ids::EmissionId,
    suz::{
        emission::{
            ClosingState, EmissionState,
            view::{CloseAnswer, DecisionAnswer, EmissionPage, LostDecision},
        },
        receiving::ReceivingState,
    },
};
use sandbox::{Progress, Received};
use std::time::Duration;

/// More steps than any run takes; most of them only move the clock.
const MOST_STEPS: u32 = 4_000;
/// The clock moves on by a second when nothing is due, and by more when nothing is for long, up to this; in milliseconds.
const LONGEST_MOVE: i64 = 60_000;
/// For so long, in microseconds, an answer full of codes arrives and becomes durable run by run.
const WHILE_CODES_COME: u64 = 40_000;
/// How often it is looked whether a part of an answer has arrived, before it counts as arrived elsewhere.
const LOOKS: u32 = 200;
/// How often the person asks again for codes that cannot be received, before it counts as a fault.
const MOST_ASKINGS: u32 = 5;

/// When the program is killed.
pub(crate) enum Kills {
    /// Never.
    None,
    /// When the sandbox holds a request of its.
    Held {
        /// Whether a part of the answer is to be durable by then.
        part: bool,
    },
    /// At random moments.
    Random {
        /// Which: half of them while codes are asked for and come.
        chance: Chance,
        /// How many are left.
        left: u32,
    },
}

/// How a run ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ending {
    /// How often the program was killed.
    pub(crate) kills: u32,
    /// How often the person ordered anew: an order was not made, or deleted.
    pub(crate) decisions: u32,
    /// How often a part of a block lay in the database while its answer was not whole.
    pub(crate) parts: u32,
    /// The order that came to its end.
    pub(crate) order: EmissionId,
    /// Codes that were received.
    pub(crate) codes: usize,
}

impl Ending {
    pub(crate) fn words(&self) -> String {
        let star = if self.decisions > 0 { " *" } else { "" };
        format!("{0} = {0}{star}", self.codes)
    }
}

/// A run under way.
pub(crate) struct Flow<'a> {
    stage: &'a Stage,
    program: Program,
    plan: Kills,
    order: EmissionId,
    kills: u32,
    decisions: u32,
    parts: u32,
    askings: u32,
    /// What the person does with orders that lie at the station without a signature.
    chore: Option<Chore>,
    /// Steps in a row in which nothing was due.
    quiet: u32,
}

impl<'a> Flow<'a> {
    pub(crate) async fn begin(stage: &'a Stage, plan: Kills, chore: Option<Chore>) -> Self {
        Self {
            stage,
            program: Program::start(stage),
            plan,
            order: stage.order().await,
            kills: 0,
            decisions: 0,
            parts: 0,
            askings: 0,
            chore,
            quiet: 0,
        }
    }

    /// Goes on until the order is closed.
    pub(crate) async fn work(mut self) -> Result<Ending, String> {
        for _ in 0..MOST_STEPS {
            let ran = self.step(None).await?;
            self.parts += u32::from(ran > 0 && self.stage.has_part().await);
            if ran == 0 {
                let millis = 1_000 << self.quiet.min(6);
                self.quiet += 1;
                self.stage
                    .sandbox
                    .advance(LONGEST_MOVE.min(millis))
                    .unwrap();
            } else {
                self.quiet = 0;
            }
            if self.person().await? {
                return Ok(Ending {
                    kills: self.kills,
                    decisions: self.decisions,
                    parts: self.parts,
                    order: self.order,
                    codes: 0,
                });
            }
        }
        Err(format!(
            "it did not come to its end: {}",
            self.words().await
        ))
    }

    async fn words(&self) -> String {
        let page = self.page().await;
        let receivings = self
            .stage
            .desk
            .receivings(&self.stage.actor, self.order)
            .await;
        format!(
            "{:?}, {:?}, {:?}, {receivings:?}",
            page.card.state, page.trouble, page.closing
        )
    }

    async fn page(&self) -> EmissionPage {
        let page = self
            .stage
            .desk
            .emission(&self.stage.actor, self.order)
            .await;
        page.unwrap()
    }

    /// One step of the program; how many jobs ran, or orders were there for a chore. A kill counts as one.
    async fn step(&mut self, chore: Option<Chore>) -> Result<u32, String> {
        let moment = self.stage.sandbox.now_ms();
        let held = |request: &Received| {
            matches!(request.progress, Progress::HeldBefore | Progress::HeldAfter)
        };
        let was_held = match &mut self.plan {
            Kills::None => return self.program.step(moment, chore).await,
            Kills::Held { part } => {
                let part = *part;
                tokio::select! {
                    ran = self.program.step(moment, chore) => return ran,
                    () = held_and_arrived(self.stage, held, part) => true,
                }
            }
            Kills::Random { chance, left } => {
                if *left == 0 || chance.below(2) == 0 {
                    return self.program.step(moment, chore).await;
                }
                let sandbox = &self.stage.sandbox;
                let among_codes = chance.below(2) == 0;
                let longest = if among_codes {
                    WHILE_CODES_COME
                } else {
                    [2_000, 10_000, 50_000, 300_000][usize::try_from(chance.below(4)).unwrap()]
                };
                let after = Duration::from_micros(chance.below(longest));
                let before = sandbox.received().last().map_or(0, |last| last.sequence);
                let asks = move |request: &Received| {
                    request.sequence > before && request.path.contains("/codes")
                };
                let moment_comes = async {
                    if among_codes {
                        sandbox.wait_received(asks).await;
                    }
                    tokio::time::sleep(after).await;
                };
                tokio::select! {
                    ran = self.program.step(moment, chore) => return ran,
                    () = moment_comes => *left -= 1,
                }
                false
            }
        };
        self.program.kill().await;
        if was_held {
            self.plan = Kills::None;
            self.stage.sandbox.release();
        }
        self.kills += 1;
        self.program = Program::start(self.stage);
        Ok(1)
    }

    /// What a person does at the page; true when there is nothing left to do.
    async fn person(&mut self) -> Result<bool, String> {
        let page = self.page().await;
        let unsigned = [EmissionState::Created, EmissionState::Withdrawn];
        if let Some(chore) = self.chore
            && (self.stage.has_foreign() || unsigned.contains(&page.card.state))
        {
            return self.settle(chore).await;
        }
        match page.card.state {
            EmissionState::Closed => return Ok(true),
            EmissionState::Unknown if page.lost.is_some_and(|lost| lost.may_decide) => {
                return self.decide().await;
            }
            EmissionState::Ready => {}
            state if state.is_over() => return Err(format!("it ended as {state:?}")),
            _ => return Ok(false),
        }
        if page.complete && page.may_close {
            let asked = page
                .closing
                .is_some_and(|it| it.state != ClosingState::Refused);
            return if asked { Ok(false) } else { self.close().await };
        }
        self.receive().await
    }

    /// Does the chore until the station has no order without a signature; an order that was deleted is made anew.
    async fn settle(&mut self, chore: Chore) -> Result<bool, String> {
        if self.step(Some(chore)).await? == 0 {
            self.chore = None;
            if chore == Chore::Delete {
                self.decisions += 1;
                self.order = self.stage.order().await;
            }
        }
        Ok(false)
    }

    async fn receive(&mut self) -> Result<bool, String> {
        let desk = &self.stage.desk;
        let receivings = desk.receivings(&self.stage.actor, self.order).await;
        let receivings = receivings.map_err(|problem| format!("receivings: {problem}"))?;
        let stuck = receivings
            .iter()
            .any(|one| one.state == ReceivingState::Stuck);
        if receivings.is_empty() || stuck {
            self.askings += u32::from(stuck);
            if self.askings > MOST_ASKINGS {
                return Err(format!("codes cannot be received: {receivings:?}"));
            }
            let asked = desk.receive_codes(&self.stage.actor, self.order).await;
            asked.map_err(|problem| format!("receiving: {problem}"))?;
        }
        Ok(false)
    }

    async fn close(&self) -> Result<bool, String> {
        let asked = self
            .stage
            .desk
            .close_emission(&self.stage.actor, self.order, None);
        match asked
            .await
            .map_err(|problem| format!("closing: {problem}"))?
        {
            // Where it failed it is asked for again.
            CloseAnswer::Asked | CloseAnswer::Failed(_) => Ok(false),
            CloseAnswer::Annuls { codes } => Err(format!("closing would annul {codes} codes")),
        }
    }

    /// The station does not know the order after all that time: the person says that it was not made, and orders anew.
    async fn decide(&mut self) -> Result<bool, String> {
        let decision = LostDecision::NotMade;
        let decided = self
            .stage
            .desk
            .decide_lost(&self.stage.actor, self.order, decision);
        match decided
            .await
            .map_err(|problem| format!("deciding: {problem}"))?
        {
            DecisionAnswer::Done => {}
            other => return Err(format!("deciding: {other:?}")),
        }
        self.decisions += 1;
        self.order = self.stage.order().await;
        Ok(false)
    }
}

/// Waits until the sandbox holds a request, and, where a part of its answer was sent, until that part is durable.
async fn held_and_arrived(stage: &Stage, held: impl Fn(&Received) -> bool + Send, part: bool) {
    stage.sandbox.wait_received(held).await;
    if part {
        for _ in 0..LOOKS {
            if stage.has_part().await {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}
