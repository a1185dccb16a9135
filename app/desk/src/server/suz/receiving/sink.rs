//! Codes on their way from an answer into the store: run by run, one being written while the next arrives.

use super::Order;
use crate::{
    ids::{EmissionId, OrganisationId, StockBlockId},
    live::Change,
    server::{
        Desk,
        ports::{
            clock::Clock,
            code_ordering::{CodeSink, Given},
            events::Events,
            stock::RUN_CODES,
            storage::{Storage, StoreError},
        },
    },
    suz::emission::BlockId,
};
use async_trait::async_trait;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// The block was given up while its codes arrived: another process went on with it.
#[derive(Debug, thiserror::Error)]
#[error("the block is not being asked for any more")]
struct Overtaken;

/// The writing of a run was broken off.
#[derive(Debug, thiserror::Error)]
#[error("a run was not written to its end: {0}")]
struct BrokenOff(#[source] tokio::task::JoinError);

/// What a run needs to be written by itself.
#[derive(Clone)]
struct Place {
    storage: Arc<dyn Storage>,
    clock: Arc<dyn Clock>,
    events: Arc<dyn Events>,
    organisation: OrganisationId,
    emission: EmissionId,
    block: StockBlockId,
}

impl Place {
    async fn keep(self, codes: Vec<String>) -> Result<(), StoreError> {
        let mut tx = self.storage.write().await?;
        tx.keep_run(self.organisation, self.block, &codes, self.clock.now())
            .await?
            .ok_or_else(|| StoreError::Database(Box::new(Overtaken)))?;
        tx.commit().await?;
        let emission = self.emission;
        self.events
            .tell(self.organisation, Change::Emission { emission });
        Ok(())
    }
}

/// A block that is asked for once more.
pub(super) struct Listed {
    /// Its id.
    pub(super) block: BlockId,
    /// Codes in it.
    pub(super) quantity: u64,
    /// The one that is listed before it.
    pub(super) after: Option<BlockId>,
}

/// What became of an answer that came whole.
pub(super) enum Finish {
    /// It is kept.
    Kept,
    /// The station's block is held already, or this asking was given up.
    NotOurs,
    /// It has more or fewer codes than the station lists for its block.
    OtherCount,
}

/// Takes an answer's codes.
pub(super) struct RunSink {
    place: Place,
    /// How many codes a run has.
    run: usize,
    waiting: Vec<String>,
    /// The run that is being written.
    writing: Option<JoinHandle<Result<(), StoreError>>>,
}

impl RunSink {
    pub(super) fn new(desk: &Desk, order: &Order, block: StockBlockId) -> Self {
        Self {
            place: Place {
                storage: Arc::clone(&desk.outside.storage),
                clock: Arc::clone(&desk.outside.clock),
                events: Arc::clone(&desk.outside.events),
                organisation: order.organisation,
                emission: order.id,
                block,
            },
            run: desk.outside.run_codes.clamp(1, RUN_CODES),
            waiting: Vec::new(),
            writing: None,
        }
    }

    /// Waits until the run that is being written is durable.
    async fn written(&mut self) -> Result<(), StoreError> {
        match self.writing.take() {
            Some(writing) => writing
                .await
                .map_err(|error| StoreError::Database(Box::new(BrokenOff(error))))?,
            None => Ok(()),
        }
    }

    /// The whole answer came: the rest of it and the end of its block become durable together. A block that was asked for
    /// once more keeps the id that it was asked by, whatever the answer calls it, and is kept only if as many codes came as
    /// the station lists for it.
    pub(super) async fn finish(
        mut self,
        given: &Given,
        listed: Option<&Listed>,
    ) -> Result<Finish, StoreError> {
        self.written().await?;
        if listed.is_some_and(|listed| listed.quantity != given.count) {
            return Ok(Finish::OtherCount);
        }
        let id = listed.map_or(&given.block, |listed| &listed.block);
        let place = &self.place;
        let now = place.clock.now();
        let mut tx = place.storage.write().await?;
        if !self.waiting.is_empty()
            && tx
                .keep_run(place.organisation, place.block, &self.waiting, now)
                .await?
                .is_none()
        {
            return Ok(Finish::NotOurs);
        }
        let ended = tx
            .end_block(place.organisation, place.block, Some(id), given.count, now)
            .await?;
        if !ended {
            return Ok(Finish::NotOurs);
        }
        tx.commit().await?;
        Ok(Finish::Kept)
    }

    /// The answer did not come whole. A run that is on its way is let through, so that nothing moves behind our back.
    pub(super) async fn abandon(mut self) {
        if let Err(error) = self.written().await {
            tracing::warn!(%error, "a run of an answer that was cut could not be kept");
        }
    }
}

#[async_trait]
impl CodeSink for RunSink {
    async fn take(&mut self, mut codes: Vec<String>) -> Result<(), StoreError> {
        self.waiting.append(&mut codes);
        while self.waiting.len() >= self.run {
            let rest = self.waiting.split_off(self.run);
            let run = std::mem::replace(&mut self.waiting, rest);
            self.written().await?;
            self.writing = Some(tokio::spawn(self.place.clone().keep(run)));
        }
        Ok(())
    }
}
