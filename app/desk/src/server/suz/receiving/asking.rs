//! One asking for the next codes. It is never repeated.

use super::{
    Order, Turn,
    sink::{Finish, Listed, RunSink},
};
use crate::{
    ids::StockBlockId,
    problem::Problem,
    server::{
        Desk,
        ports::{
            call::CallError,
            code_ordering::{CodesError, Given, NextCodes, SameCodes},
            stock::{BlockSource, StockBlock},
            storage::StoreError,
        },
        suz::{doors::Shut, groups},
        when::today,
    },
    suz::{
        cause::SuzCall,
        emission::BlockId,
        receiving::{BlockState, ReceivingTrouble},
    },
    time::Timestamp,
};
use cis::Gtin;
use tokio::sync::Mutex;

/// What is asked for.
pub(super) enum Wanted {
    /// The next codes, so many of them, behind the block that was kept last.
    Next(u32, Option<BlockId>),
    /// A block once more.
    Again(Listed),
}

/// What became of an answer full of codes.
pub(super) enum Answered {
    /// It is kept whole: so many codes.
    Kept(u64),
    /// It is not the block that the station lists, and is not kept.
    Differs(ReceivingTrouble),
    /// Codes may have been handed out that are not kept.
    Unknown,
    /// The station said no, or nothing left at all: nothing was handed out.
    Refused(CallError),
    /// No token: nothing left.
    Shut(Shut),
}

impl Desk {
    /// A block that is about to be asked for.
    pub(super) fn new_block(
        &self,
        order: &Order,
        gtin: Gtin,
        station: Option<BlockId>,
        asked: u64,
        expires: Option<Timestamp>,
    ) -> Result<StockBlock, Problem> {
        let now = self.now();
        // Codes that the station itself reports as put on the goods when it hands them out are used by that.
        let used = groups::form(&order.group, today(now)).is_some_and(|form| form.reports_itself);
        Ok(StockBlock {
            id: self.id(StockBlockId::from_parts)?,
            source: BlockSource::Emission(order.id),
            gtin,
            group: Some(order.group.clone()),
            station,
            state: BlockState::Asked,
            asked,
            given: None,
            kept: 0,
            expires: expires.filter(|_| !used),
            by: None,
            asked_at: now,
            settled_at: None,
        })
    }

    /// Asks for the next codes of a GTIN, once; how many came.
    pub(super) async fn ask_codes(
        &self,
        order: &Order,
        gtin: Gtin,
        quantity: u32,
        expires: Option<Timestamp>,
    ) -> Result<Result<Option<u64>, Turn>, Problem> {
        let block = self.new_block(order, gtin, None, quantity.into(), expires)?;
        let last = self
            .blocks_of(order, gtin)
            .await?
            .into_iter()
            .rfind(|block| block.state == BlockState::Whole)
            .and_then(|block| block.station);
        let mut tx = self.write().await?;
        if !tx.begin_block(order.organisation, &block).await? {
            // Somebody else's asking is open; what became of it is found out first.
            return Ok(Ok(None));
        }
        tx.commit().await?;
        let wanted = Wanted::Next(quantity, last);
        Ok(match self.answered(order, &block, &wanted).await? {
            Answered::Kept(codes) => Ok(Some(codes)),
            Answered::Differs(_) | Answered::Unknown => Err(self
                .trouble(order, gtin, ReceivingTrouble::NoAnswer, "СУЗ не ответила")
                .await?),
            Answered::Refused(error) => {
                self.void(order, block.id).await?;
                Err(self.failed_call(order, gtin, error).await?)
            }
            Answered::Shut(shut) => {
                self.void(order, block.id).await?;
                Err(Turn::Shut(shut, SuzCall::Orders))
            }
        })
    }

    pub(super) async fn void(&self, order: &Order, block: StockBlockId) -> Result<(), Problem> {
        let mut tx = self.write().await?;
        tx.void_block(order.organisation, block, self.now()).await?;
        Ok(tx.commit().await?)
    }

    /// What an ordinary failure of a call leaves: their words are shown, and it is tried again.
    pub(super) async fn failed_call(
        &self,
        order: &Order,
        gtin: Gtin,
        error: CallError,
    ) -> Result<Turn, Problem> {
        match error {
            CallError::Limited { until } => Ok(Turn::Wait(until)),
            CallError::Refused(words) => {
                let trouble = ReceivingTrouble::Refused(words);
                self.trouble(order, gtin, trouble, "СУЗ отказала").await
            }
            error => {
                tracing::warn!(order = %order.id, %gtin, %error, "a call about codes brought no answer");
                self.trouble(order, gtin, ReceivingTrouble::NoAnswer, "СУЗ не ответила")
                    .await
            }
        }
    }

    /// Makes the call of a block that was written down, and keeps its answer while it arrives.
    pub(super) async fn answered(
        &self,
        order: &Order,
        block: &StockBlock,
        wanted: &Wanted,
    ) -> Result<Answered, Problem> {
        let sink = Mutex::new(RunSink::new(self, order, block.id));
        let (station, their, sink_of) = (order.station, &order.their, &sink);
        let answer = self
            .through(
                &order.link,
                station.door,
                SuzCall::Orders,
                |token| async move {
                    let mut sink = sink_of.lock().await;
                    let access = station.access(&token);
                    let gtin = block.gtin;
                    let given = match wanted {
                        Wanted::Next(quantity, after) => {
                            let next = NextCodes {
                                order: their,
                                gtin,
                                quantity: *quantity,
                                after: after.as_ref(),
                            };
                            self.ordering().codes(access, next, &mut *sink).await
                        }
                        Wanted::Again(listed) => {
                            let same = SameCodes {
                                order: their,
                                gtin,
                                block: &listed.block,
                                quantity: listed.quantity,
                                after: listed.after.as_ref(),
                            };
                            self.ordering().retry(access, same, &mut *sink).await
                        }
                    };
                    whose_fault(given)
                },
            )
            .await;
        let sink = sink.into_inner();
        match answer {
            Ok(Ok(given)) => self.came_whole(order, block, sink, wanted, &given).await,
            Ok(Err(error)) => {
                tracing::error!(%error, order = %order.id, "codes could not be kept");
                sink.abandon().await;
                Ok(Answered::Unknown)
            }
            Err(Shut::Failed { error, .. }) => {
                sink.abandon().await;
                Ok(if error.leaves_unknown() {
                    tracing::warn!(%error, order = %order.id, "codes were asked for, and the answer did not come whole");
                    Answered::Unknown
                } else {
                    Answered::Refused(error)
                })
            }
            // The call may have been made before this went wrong.
            Err(Shut::Problem(problem)) => {
                tracing::error!(%problem, order = %order.id, "codes were asked for, and then something broke");
                sink.abandon().await;
                Ok(Answered::Unknown)
            }
            Err(shut) => Ok(Answered::Shut(shut)),
        }
    }

    /// What becomes of an answer that came whole.
    async fn came_whole(
        &self,
        order: &Order,
        block: &StockBlock,
        sink: RunSink,
        wanted: &Wanted,
        given: &Given,
    ) -> Result<Answered, Problem> {
        let listed = match wanted {
            Wanted::Again(listed) => Some(listed),
            Wanted::Next(..) => None,
        };
        let asked = listed.map(|listed| &listed.block);
        match (sink.finish(given, listed).await, listed) {
            (Ok(Finish::Kept), _) => {
                let other = asked.filter(|asked| **asked != given.block);
                let trouble = other.map(|asked| ReceivingTrouble::OtherBlock {
                    asked: asked.to_string(),
                    named: given.block.to_string(),
                });
                self.kept_block(order, block.gtin, given.count, trouble)
                    .await?;
                Ok(Answered::Kept(given.count))
            }
            (Ok(Finish::OtherCount), Some(listed)) => {
                Ok(Answered::Differs(ReceivingTrouble::BlockDiffers {
                    block: listed.block.to_string(),
                    listed: listed.quantity,
                    given: given.count,
                }))
            }
            (Ok(Finish::NotOurs | Finish::OtherCount), _) => {
                // The station gave a block that is held already, or another process has taken this job over: no progress,
                // so the next asking waits as after a failure.
                self.void(order, block.id).await?;
                Ok(Answered::Unknown)
            }
            (Err(error), _) => {
                tracing::error!(%error, order = %order.id, "codes could not be kept");
                Ok(Answered::Unknown)
            }
        }
    }

    /// Something of the GTIN is kept: nothing stands in the way any more but what a person should know. An answer without
    /// codes moves nothing.
    async fn kept_block(
        &self,
        order: &Order,
        gtin: Gtin,
        codes: u64,
        trouble: Option<ReceivingTrouble>,
    ) -> Result<(), Problem> {
        let now = self.now();
        self.note_receiving(order, gtin, |it| {
            if trouble.is_some() || !matches!(it.trouble, Some(ReceivingTrouble::OtherBlock { .. }))
            {
                it.trouble = trouble;
            }
            if codes > 0 {
                it.moved_at = now;
            }
        })
        .await?;
        Ok(())
    }
}

/// A failure of the store is not the door's.
fn whose_fault(given: Result<Given, CodesError>) -> Result<Result<Given, StoreError>, CallError> {
    match given {
        Ok(given) => Ok(Ok(given)),
        Err(CodesError::Store(error)) => Ok(Err(error)),
        Err(CodesError::Call(error)) => Err(error),
    }
}
