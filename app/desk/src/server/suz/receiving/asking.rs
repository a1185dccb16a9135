//! One asking for the next codes. It is never repeated.

use super::{Order, Turn, sink::RunSink};
use crate::{
    ids::StockBlockId,
    problem::Problem,
    server::{
        Desk,
        ports::{
            call::CallError,
            code_ordering::{CodesError, Given},
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

/// What became of an answer full of codes.
pub(super) enum Answered {
    /// It is kept whole.
    Kept,
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

    /// Asks for the next codes of a GTIN, once.
    pub(super) async fn ask_codes(
        &self,
        order: &Order,
        gtin: Gtin,
        quantity: u32,
        expires: Option<Timestamp>,
    ) -> Result<Result<(), Turn>, Problem> {
        let block = self.new_block(order, gtin, None, quantity.into(), expires)?;
        let mut tx = self.write().await?;
        if !tx.begin_block(order.organisation, &block).await? {
            // Somebody else's asking is open; what became of it is found out first.
            return Ok(Ok(()));
        }
        tx.commit().await?;
        let answered = self.answered(order, &block, Some(quantity)).await?;
        Ok(match answered {
            Answered::Kept => Ok(()),
            Answered::Unknown => Err(self
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

    /// Makes the call of a block that was written down, and keeps its answer while it arrives: the next codes where a
    /// quantity is named, else the block once more by the station's id.
    pub(super) async fn answered(
        &self,
        order: &Order,
        block: &StockBlock,
        quantity: Option<u32>,
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
                    let given = match (quantity, &block.station) {
                        (None, Some(listed)) => {
                            self.ordering().retry(access, listed, &mut *sink).await
                        }
                        (quantity, _) => {
                            let quantity = quantity.unwrap_or_default();
                            self.ordering()
                                .codes(access, their, block.gtin, quantity, &mut *sink)
                                .await
                        }
                    };
                    whose_fault(given)
                },
            )
            .await;
        let sink = sink.into_inner();
        match answer {
            Ok(Ok(given)) => match sink.finish(&given).await {
                Ok(true) => {
                    self.kept_block(order, block.gtin).await?;
                    Ok(Answered::Kept)
                }
                Ok(false) => {
                    // The station gave a block that is held already, or another process has taken this job over: no
                    // progress, so the next asking waits as after a failure.
                    self.void(order, block.id).await?;
                    Ok(Answered::Unknown)
                }
                Err(error) => {
                    tracing::error!(%error, order = %order.id, "codes could not be kept");
                    Ok(Answered::Unknown)
                }
            },
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

    /// Something of the GTIN is kept: nothing stands in the way any more.
    async fn kept_block(&self, order: &Order, gtin: Gtin) -> Result<(), Problem> {
        let now = self.now();
        self.note_receiving(order, gtin, |it| {
            it.trouble = None;
            it.moved_at = now;
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
