//! One GTIN of an order, from its first codes to its last.

use super::{Order, Turn, recovery::Unfound};
use crate::{
    journal::Action,
    problem::Problem,
    server::{
        Desk,
        ports::{
            call::CallError,
            code_ordering::BufferInfo,
            emissions::{EmissionLine, LineTold},
            stock::{Held, Receiving},
            storage::JournalEntry,
        },
        suz::doors::Shut,
    },
    suz::{
        cause::SuzCall,
        emission::BufferStatus,
        receiving::{ReceivingState, ReceivingTrouble},
    },
    time::Timestamp,
};
use cis::Gtin;

/// What the station's words about a GTIN mean for us.
enum Next {
    /// So many codes can be asked for now.
    Ask(u32),
    /// More will come.
    Wait,
    /// Nothing more will come.
    Over,
    /// It ended before its codes were fetched.
    Ended,
}

impl Desk {
    /// Fetches what there is of one GTIN.
    pub(super) async fn receive_line(
        &self,
        order: &Order,
        line: &EmissionLine,
    ) -> Result<Turn, Problem> {
        let gtin = line.gtin;
        let mut reconciled = false;
        loop {
            let Some(receiving) = self.receiving(order, gtin).await? else {
                return Ok(Turn::Over);
            };
            if receiving.state != ReceivingState::Running {
                return Ok(Turn::Over);
            }
            if self.has_open_asking(order, gtin).await?
                && let Err(unfound) = self.recover(order, gtin).await?
            {
                return self.unfound(order, gtin, unfound).await;
            }
            let buffer = match self.told(order, gtin).await? {
                Ok(buffer) => buffer,
                Err(turn) => return Ok(turn),
            };
            let held = self.held(order, gtin).await?;
            // Handed out and not held: to another program, or in an answer that came to nobody.
            if !reconciled && buffer.passed.is_some_and(|passed| passed > held.given) {
                reconciled = true;
                match self.recover(order, gtin).await? {
                    Ok(()) => continue,
                    Err(unfound) => return self.unfound(order, gtin, unfound).await,
                }
            }
            match self.next_of(&buffer, held, line) {
                Next::Ask(quantity) => {
                    match self
                        .ask_codes(order, gtin, quantity, buffer.expires)
                        .await?
                    {
                        // It says that there are codes, and gives none: asking on at once would not end.
                        Ok(Some(0)) => {
                            let at = patience(receiving.moved_at, self.now());
                            return Ok(Turn::Wait(at));
                        }
                        Ok(_) => reconciled = false,
                        Err(turn) => return Ok(turn),
                    }
                }
                Next::Wait => {
                    let at = patience(receiving.moved_at, self.now());
                    return Ok(Turn::Wait(at));
                }
                Next::Ended => {
                    return self.stuck(order, gtin, lost(&buffer, held)).await;
                }
                Next::Over => return self.end_line(order, gtin, &buffer, held).await,
            }
        }
    }

    /// The station does not give again what it handed out. While the goods are open that may pass; once they are closed it
    /// stays so, and a person is told what is lost by it.
    async fn unfound(&self, order: &Order, gtin: Gtin, unfound: Unfound) -> Result<Turn, Problem> {
        let words = match unfound {
            Unfound::Refused(words) => words,
            Unfound::Turn(turn) => return Ok(turn),
        };
        let buffer = match self.told(order, gtin).await? {
            Ok(buffer) => buffer,
            Err(turn) => return Ok(turn),
        };
        if !is_over(&buffer) {
            return self
                .failed_call(order, gtin, CallError::Refused(words))
                .await;
        }
        let ours = self.blocks_of(order, gtin).await?;
        self.void_open(order, &ours).await?;
        let held = self.held(order, gtin).await?;
        // What was asked for had handed out nothing.
        if buffer.passed == Some(held.given) {
            return self.end_line(order, gtin, &buffer, held).await;
        }
        self.stuck(order, gtin, lost(&buffer, held)).await
    }

    async fn receiving(&self, order: &Order, gtin: Gtin) -> Result<Option<Receiving>, Problem> {
        let mut tx = self.read().await?;
        let all = tx.receivings(order.organisation, order.id).await?;
        Ok(all.into_iter().find(|it| it.gtin == gtin))
    }

    async fn held(&self, order: &Order, gtin: Gtin) -> Result<Held, Problem> {
        let mut tx = self.read().await?;
        Ok(tx.held(order.organisation, order.id, gtin).await?)
    }

    /// What the station says of the GTIN now; it is written down.
    async fn told(&self, order: &Order, gtin: Gtin) -> Result<Result<BufferInfo, Turn>, Problem> {
        let (station, their) = (order.station, &order.their);
        let told = self
            .through(
                &order.link,
                station.door,
                SuzCall::Orders,
                |token| async move {
                    self.ordering()
                        .status(station.access(&token), their, Some(gtin))
                        .await
                },
            )
            .await;
        let buffers = match told {
            Ok(buffers) => buffers,
            // An order that is over, and that the station has forgotten besides.
            Err(Shut::Failed {
                error: CallError::Refused(words),
                ..
            }) if order.over && words.http == 404 => {
                let trouble = ReceivingTrouble::Ended(None);
                return Ok(Err(self.stuck(order, gtin, trouble).await?));
            }
            Err(Shut::Failed { error, .. }) => {
                let turn = self.failed_call(order, gtin, error).await?;
                return Ok(Err(turn));
            }
            Err(shut) => return Ok(Err(Turn::Shut(shut, SuzCall::Orders))),
        };
        let Some(buffer) = buffers.into_iter().find(|buffer| buffer.gtin == gtin) else {
            return Ok(Err(Turn::Failed("СУЗ не назвала этот GTIN")));
        };
        let told = LineTold {
            status: buffer.status.clone(),
            available: buffer.available,
            left: buffer.left,
            passed: buffer.passed,
            unavailable: buffer.unavailable,
            pools_exhausted: buffer.pools_exhausted,
            expires: buffer.expires,
            rejection: buffer.rejection.clone(),
        };
        let mut tx = self.write().await?;
        tx.save_line_told(order.organisation, order.id, gtin, &told)
            .await?;
        tx.commit().await?;
        let passed = buffer.passed;
        self.note_receiving(order, gtin, |it| it.passed = passed.or(it.passed))
            .await?;
        Ok(Ok(buffer))
    }

    fn next_of(&self, buffer: &BufferInfo, held: Held, line: &EmissionLine) -> Next {
        let available = buffer.available.unwrap_or(0);
        match &buffer.status {
            Some(BufferStatus::Closed)
                if buffer.passed.is_some_and(|passed| passed <= held.given) =>
            {
                return Next::Over;
            }
            Some(BufferStatus::Rejected | BufferStatus::Closed) => {
                return Next::Ended;
            }
            _ => {}
        }
        if available > 0 {
            let most = u64::from(self.ordering().manner().most_codes);
            return Next::Ask(u32::try_from(available.min(most)).unwrap_or(u32::MAX));
        }
        let ordered = buffer.total.unwrap_or_else(|| line.quantity.into());
        let passed = buffer.passed.unwrap_or(held.given);
        let emptied = buffer.left.unwrap_or(0) == 0 && buffer.pools_exhausted == Some(true);
        if buffer.status == Some(BufferStatus::Exhausted) || passed >= ordered || emptied {
            Next::Over
        } else {
            Next::Wait
        }
    }

    /// The station will hand out no more: everything is kept when the sums agree.
    async fn end_line(
        &self,
        order: &Order,
        gtin: Gtin,
        buffer: &BufferInfo,
        held: Held,
    ) -> Result<Turn, Problem> {
        if let Some(passed) = buffer.passed.filter(|passed| *passed != held.given) {
            let trouble = ReceivingTrouble::SumsDiffer {
                held: held.given,
                passed,
            };
            return self.stuck(order, gtin, trouble).await;
        }
        let fewer = held.given.saturating_sub(held.kept);
        let now = self.now();
        self.note_receiving(order, gtin, |it| {
            it.state = ReceivingState::Whole;
            if fewer > 0 {
                it.trouble = Some(ReceivingTrouble::Repeated { fewer });
            } else if !matches!(it.trouble, Some(ReceivingTrouble::OtherBlock { .. })) {
                it.trouble = None;
            }
            it.moved_at = now;
        })
        .await?;
        let mut tx = self.write().await?;
        let entry = JournalEntry {
            at: now,
            user: None,
            action: Action::CodesReceived,
            subject: order.their.to_string(),
            detail: format!("{gtin}: {}", held.kept),
        };
        tx.write_journal(order.organisation, &entry).await?;
        tx.commit().await?;
        Ok(Turn::Over)
    }

    pub(super) async fn stuck(
        &self,
        order: &Order,
        gtin: Gtin,
        trouble: ReceivingTrouble,
    ) -> Result<Turn, Problem> {
        tracing::warn!(order = %order.id, %gtin, ?trouble, "the fetching of codes needs a person");
        self.note_receiving(order, gtin, |it| {
            it.state = ReceivingState::Stuck;
            it.trouble = Some(trouble);
        })
        .await?;
        Ok(Turn::Over)
    }
}

fn is_over(buffer: &BufferInfo) -> bool {
    matches!(
        buffer.status,
        Some(BufferStatus::Closed | BufferStatus::Rejected)
    )
}

/// What it means that goods are over before all of their codes were fetched.
fn lost(buffer: &BufferInfo, held: Held) -> ReceivingTrouble {
    match (&buffer.rejection, buffer.passed) {
        (None, Some(passed)) if passed > held.given => ReceivingTrouble::Lost {
            held: held.given,
            passed,
        },
        (words, _) => ReceivingTrouble::Ended(words.clone()),
    }
}

/// When to look again whether codes were made: soon at first, seldom when it takes long.
fn patience(since: Timestamp, now: Timestamp) -> Timestamp {
    let seconds = match now.0.saturating_sub(since.0) / 1000 {
        ..60 => 3,
        60..600 => 15,
        _ => 60,
    };
    now.plus_seconds(seconds)
}
