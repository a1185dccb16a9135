//! What people see of the fetching of codes, and what they do with it.

use super::super::permit;
use crate::{
    account::{Actor, Permission},
    ids::EmissionId,
    problem::Problem,
    server::{Desk, ports::stock::StockBlock, when::when},
    suz::receiving::{BlockState, ReceivingState, ReceivingView},
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
                .filter(|block| block.state == BlockState::Whole)
                .filter_map(|block| block.expires)
                .min();
            views.push(ReceivingView {
                gtin: one.gtin.to_string(),
                state: one.state,
                ordered: one.ordered,
                received: held.kept.saturating_add(held.arriving),
                blocks: held.blocks,
                passed: one.passed,
                speed: (one.state == ReceivingState::Running)
                    .then(|| blocks.iter().rev().filter(of).find_map(speed))
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
        tx.lock_emission(actor.organisation, id)
            .await?
            .filter(|order| order.state.is_there())
            .ok_or(Problem::NotFound)?;
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

/// Codes a second of a block that came whole; none when it took no time that could be told.
fn speed(block: &StockBlock) -> Option<u64> {
    let took = block.settled_at?.0.checked_sub(block.asked_at.0)?;
    let took = u64::try_from(took).ok().filter(|millis| *millis > 0)?;
    block
        .given?
        .saturating_mul(1000)
        .checked_div(took)
        .filter(|_| block.state == BlockState::Whole)
}
