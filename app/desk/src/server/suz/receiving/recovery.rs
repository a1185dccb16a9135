//! Finding out what became of askings whose answers did not come whole.

use super::{
    Order, Turn,
    asking::{Answered, Wanted},
    sink::Listed,
};
use crate::{
    problem::Problem,
    server::{
        Desk,
        ports::{
            call::CallError,
            code_ordering::BlockInfo,
            stock::{BlockSource, StockBlock},
        },
        suz::doors::Shut,
    },
    submission::TheirWords,
    suz::{
        cause::SuzCall,
        receiving::{BlockState, ReceivingTrouble},
    },
};
use cis::Gtin;

/// Why what was lost could not be found.
pub(super) enum Unfound {
    /// The station gives no block again; in its words.
    Refused(TheirWords),
    /// It has been written down.
    Turn(Turn),
}

impl Desk {
    /// Whether there is an asking of a GTIN of which nobody knows what became.
    pub(super) async fn has_open_asking(&self, order: &Order, gtin: Gtin) -> Result<bool, Problem> {
        let blocks = self.blocks_of(order, gtin).await?;
        Ok(blocks.iter().any(|block| block.state == BlockState::Asked))
    }

    pub(super) async fn blocks_of(
        &self,
        order: &Order,
        gtin: Gtin,
    ) -> Result<Vec<StockBlock>, Problem> {
        let mut tx = self.read().await?;
        let mut blocks = tx.stock_blocks(order.organisation, order.id).await?;
        blocks
            .retain(|block| block.gtin == gtin && block.source == BlockSource::Emission(order.id));
        Ok(blocks)
    }

    /// Fetches every block that the station handed out and that we do not hold whole, then settles the askings that were
    /// open: what they handed out is held now. An answer that the station makes later than it listed its blocks shows as a
    /// block that is not held, at the end at the latest, when the sums are compared.
    pub(super) async fn recover(
        &self,
        order: &Order,
        gtin: Gtin,
    ) -> Result<Result<(), Unfound>, Problem> {
        // Before the station is asked: an asking that another process begins meanwhile is not settled by this list.
        let ours = self.blocks_of(order, gtin).await?;
        let listed = match self.listed(order, gtin).await? {
            Ok(listed) => listed,
            Err(unfound) => return Ok(Err(unfound)),
        };
        for open in ours
            .iter()
            .filter(|block| block.state == BlockState::Asked && block.station.is_some())
        {
            self.void(order, open.id).await?;
        }
        let (mut differs, mut after) = (None, None);
        for info in listed {
            let held = ours.iter().any(|block| {
                block.state == BlockState::Whole && block.station.as_ref() == Some(&info.block)
            });
            let listed = Listed {
                block: info.block.clone(),
                quantity: info.quantity,
                after: after.replace(info.block),
            };
            if held {
                continue;
            }
            match self.once_more(order, gtin, listed, &ours).await? {
                Ok(None) => {}
                Ok(trouble) => differs = trouble,
                Err(unfound) => return Ok(Err(unfound)),
            }
        }
        self.void_open(order, &ours).await?;
        Ok(match differs {
            Some(trouble) => Err(Unfound::Turn(self.stuck(order, gtin, trouble).await?)),
            None => Ok(()),
        })
    }

    /// Nobody waits any more for what became of askings that were open: what they handed out is held, or cannot be had.
    pub(super) async fn void_open(
        &self,
        order: &Order,
        ours: &[StockBlock],
    ) -> Result<(), Problem> {
        for open in ours.iter().filter(|block| block.state == BlockState::Asked) {
            self.void(order, open.id).await?;
        }
        Ok(())
    }

    /// Fetches one block again; what is wrong with it, if the station gave something else than it lists.
    async fn once_more(
        &self,
        order: &Order,
        gtin: Gtin,
        listed: Listed,
        ours: &[StockBlock],
    ) -> Result<Result<Option<ReceivingTrouble>, Unfound>, Problem> {
        let expires = ours.iter().find_map(|block| block.expires);
        let (id, quantity) = (listed.block.clone(), listed.quantity);
        let block = self.new_block(order, gtin, Some(id), quantity, expires)?;
        let mut tx = self.write().await?;
        if !tx.begin_block(order.organisation, &block).await? {
            return Ok(Ok(None));
        }
        tx.commit().await?;
        let answered = self.answered(order, &block, &Wanted::Again(listed)).await?;
        if !matches!(answered, Answered::Kept(_)) {
            self.void(order, block.id).await?;
        }
        Ok(match answered {
            Answered::Kept(_) => Ok(None),
            Answered::Differs(trouble) => Ok(Some(trouble)),
            Answered::Unknown => {
                let trouble = ReceivingTrouble::NoAnswer;
                let turn = self.trouble(order, gtin, trouble, "СУЗ не отдала блок повторно");
                Err(Unfound::Turn(turn.await?))
            }
            Answered::Refused(error) => self.not_given(order, gtin, error).await?,
            Answered::Shut(shut) => Err(Unfound::Turn(Turn::Shut(shut, SuzCall::Orders))),
        })
    }

    async fn not_given<T>(
        &self,
        order: &Order,
        gtin: Gtin,
        error: CallError,
    ) -> Result<Result<T, Unfound>, Problem> {
        Ok(Err(match error {
            CallError::Refused(words) => Unfound::Refused(words),
            error => Unfound::Turn(self.failed_call(order, gtin, error).await?),
        }))
    }

    /// The blocks that the station handed out.
    async fn listed(
        &self,
        order: &Order,
        gtin: Gtin,
    ) -> Result<Result<Vec<BlockInfo>, Unfound>, Problem> {
        let (station, their) = (order.station, &order.their);
        let listed = self
            .through(
                &order.link,
                station.door,
                SuzCall::Orders,
                |token| async move {
                    self.ordering()
                        .blocks(station.access(&token), their, gtin)
                        .await
                },
            )
            .await;
        match listed {
            Ok(listed) => Ok(Ok(listed)),
            Err(Shut::Failed { error, .. }) => self.not_given(order, gtin, error).await,
            Err(shut) => Ok(Err(Unfound::Turn(Turn::Shut(shut, SuzCall::Orders)))),
        }
    }
}
