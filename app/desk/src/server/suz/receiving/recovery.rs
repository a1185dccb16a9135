//! Finding out what became of askings whose answers did not come whole.

use super::{Order, Turn, asking::Answered};
use crate::{
    problem::Problem,
    server::{
        Desk,
        ports::{
            code_ordering::BlockInfo,
            stock::{BlockSource, StockBlock},
        },
        suz::doors::Shut,
    },
    suz::{
        cause::SuzCall,
        receiving::{BlockState, ReceivingTrouble},
    },
};
use cis::Gtin;

impl Desk {
    /// Whether there is an asking of a GTIN of which nobody knows what became.
    pub(super) async fn has_open_asking(&self, order: &Order, gtin: Gtin) -> Result<bool, Problem> {
        let blocks = self.blocks_of(order, gtin).await?;
        Ok(blocks.iter().any(|block| block.state == BlockState::Asked))
    }

    async fn blocks_of(&self, order: &Order, gtin: Gtin) -> Result<Vec<StockBlock>, Problem> {
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
    ) -> Result<Result<(), Turn>, Problem> {
        // Before the station is asked: an asking that another process begins meanwhile is not settled by this list.
        let ours = self.blocks_of(order, gtin).await?;
        let listed = match self.listed(order, gtin).await? {
            Ok(listed) => listed,
            Err(turn) => return Ok(Err(turn)),
        };
        let expires = ours.iter().find_map(|block| block.expires);
        for open in ours
            .iter()
            .filter(|block| block.state == BlockState::Asked && block.station.is_some())
        {
            self.void(order, open.id).await?;
        }
        for info in listed {
            let held = ours.iter().any(|block| {
                block.state == BlockState::Whole && block.station.as_ref() == Some(&info.block)
            });
            if held {
                continue;
            }
            let block = self.new_block(order, gtin, Some(info.block), info.quantity, expires)?;
            let mut tx = self.write().await?;
            if !tx.begin_block(order.organisation, &block).await? {
                continue;
            }
            tx.commit().await?;
            match self.answered(order, &block, None).await? {
                Answered::Kept => {}
                Answered::Unknown => {
                    self.void(order, block.id).await?;
                    let trouble = ReceivingTrouble::NoAnswer;
                    return Ok(Err(self
                        .trouble(order, gtin, trouble, "СУЗ не отдала блок повторно")
                        .await?));
                }
                Answered::Refused(error) => {
                    self.void(order, block.id).await?;
                    return Ok(Err(self.failed_call(order, gtin, error).await?));
                }
                Answered::Shut(shut) => {
                    self.void(order, block.id).await?;
                    return Ok(Err(Turn::Shut(shut, SuzCall::Orders)));
                }
            }
        }
        for open in ours.iter().filter(|block| block.state == BlockState::Asked) {
            self.void(order, open.id).await?;
        }
        Ok(Ok(()))
    }

    /// The blocks that the station handed out.
    async fn listed(
        &self,
        order: &Order,
        gtin: Gtin,
    ) -> Result<Result<Vec<BlockInfo>, Turn>, Problem> {
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
        Ok(match listed {
            Ok(listed) => Ok(listed),
            Err(Shut::Failed { error, .. }) => Err(self.failed_call(order, gtin, error).await?),
            Err(shut) => Err(Turn::Shut(shut, SuzCall::Orders)),
        })
    }
}
