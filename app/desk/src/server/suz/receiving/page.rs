//! What people see of the fetching of codes, and what they do with it.

use super::super::{groups, permit};
use crate::{
    account::{Actor, Permission},
    ids::EmissionId,
    problem::Problem,
    server::{
        Desk,
        ports::stock::StockBlock,
        when::{today, when},
    },
    suz::receiving::{BlockState, ReceivingState, ReceivingView},
    time::Timestamp,
};

impl Desk {
    /// How far the fetching of an order's codes has come: its GTINs, as far as it began.
    pub async fn receivings(
        &self,
        actor: &Actor,
        id: EmissionId,
    ) -> Result<Vec<ReceivingView>, Problem> {
        permit(actor, Permission::ReadSuz)?;
        let now = self.now();
        let mut tx = self.read().await?;
        let blocks = tx.stock_blocks(actor.organisation, id).await?;
        let mut views = Vec::new();
        for one in tx.receivings(actor.organisation, id).await? {
            let held = tx.held(actor.organisation, id, one.gtin).await?;
            let of = |block: &&StockBlock| block.gtin == one.gtin;
            let expires = blocks
                .iter()
                .filter(of)
                .filter(|block| block.state == BlockState::Whole && !reports_itself(block, now))
                .filter_map(|block| block.expires)
                .min();
            let arriving = one.state == ReceivingState::Running && one.trouble.is_none();
            views.push(ReceivingView {
                gtin: one.gtin.to_string(),
                state: one.state,
                ordered: one.ordered,
                received: held.kept.saturating_add(held.arriving),
                blocks: held.blocks,
                passed: one.passed,
                speed: arriving
                    .then(|| blocks.iter().rev().filter(of).find_map(|it| speed(it, now)))
                    .flatten(),
                trouble: one.trouble,
                expires: expires.map(|at| when(at, now, true)),
            });
        }
        Ok(views)
    }

    /// Begins to fetch an order's codes, or goes on after a pause or after what stood in the way.
    pub async fn receive_codes(
        &self,
        actor: &Actor,
        id: EmissionId,
    ) -> Result<Vec<ReceivingView>, Problem> {
        permit(actor, Permission::OrderCodes)?;
        let mut tx = self.write().await?;
        let order = tx
            .lock_emission(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        if !order.state.is_there() {
            return Err(Problem::NothingToReceive);
        }
        self.begin_receiving(&mut *tx, actor.organisation, id)
            .await?;
        tx.commit().await?;
        self.wake_runner();
        self.emission_moved(actor.organisation, id);
        self.receivings(actor, id).await
    }

    /// Stops the fetching of an order's codes behind the block that arrives.
    pub async fn pause_receiving(
        &self,
        actor: &Actor,
        id: EmissionId,
    ) -> Result<Vec<ReceivingView>, Problem> {
        permit(actor, Permission::OrderCodes)?;
        let mut tx = self.write().await?;
        tx.lock_emission(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        for mut one in tx.receivings(actor.organisation, id).await? {
            if one.state == ReceivingState::Running {
                one.state = ReceivingState::Paused;
                tx.save_receiving(actor.organisation, &one).await?;
            }
        }
        tx.commit().await?;
        self.emission_moved(actor.organisation, id);
        self.receivings(actor, id).await
    }
}

/// Whether the station reports the use of a block's codes by itself, so that none of them is annulled unused.
fn reports_itself(block: &StockBlock, now: Timestamp) -> bool {
    let group = block.group.as_deref();
    group
        .and_then(|alias| groups::form(alias, today(now)))
        .is_some_and(|form| form.reports_itself)
}

/// Codes a second of a block: of one that arrives so far, of one that came whole in all; none where nothing came, or in no
/// time that could be told.
fn speed(block: &StockBlock, now: Timestamp) -> Option<u64> {
    let (codes, until) = match block.state {
        BlockState::Asked => (block.kept, now),
        BlockState::Whole => (block.given?, block.settled_at?),
        BlockState::Void => return None,
    };
    let took = u64::try_from(until.millis_since(block.asked_at)).ok()?;
    codes
        .saturating_mul(1000)
        .checked_div(took)
        .filter(|speed| *speed > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::StockBlockId, server::ports::stock::BlockSource};

    fn block(state: BlockState) -> StockBlock {
        StockBlock {
            id: StockBlockId::from_parts(1, [0; 10]),
            source: BlockSource::Emission(EmissionId::from_parts(1, [0; 10])),
            gtin: "04606038003172".parse().unwrap(),
            group: Some("milk".into()),
            station: None,
            state,
            asked: 150_000,
            given: None,
            kept: 0,
            expires: None,
            by: None,
            asked_at: Timestamp(1_000),
            settled_at: None,
        }
    }

    #[test]
    fn the_speed_of_an_answer_that_arrives_is_told_before_its_end() {
        let arrives = |kept, now| {
            let block = StockBlock {
                kept,
                ..block(BlockState::Asked)
            };
            speed(&block, Timestamp(now))
        };
        assert_eq!(arrives(20_000, 3_000), Some(10_000));
        assert_eq!(arrives(30_000, 3_000), Some(15_000), "every run counts");
        assert_eq!(arrives(0, 3_000), None);
        assert_eq!(arrives(20_000, 1_000), None, "in no time");
        let whole = StockBlock {
            given: Some(150_000),
            settled_at: Some(Timestamp(11_000)),
            ..block(BlockState::Whole)
        };
        assert_eq!(speed(&whole, Timestamp(99_000)), Some(15_000));
        assert_eq!(speed(&block(BlockState::Void), Timestamp(99_000)), None);
    }

    #[test]
    fn codes_whose_use_the_station_reports_itself_do_not_end_unused() {
        // 2026-11-23.
        let now = Timestamp(1_795_392_000_000);
        let clothes = StockBlock {
            group: Some("lp".into()),
            ..block(BlockState::Whole)
        };
        assert!(reports_itself(&clothes, now));
        assert!(!reports_itself(&block(BlockState::Whole), now));
    }
}
