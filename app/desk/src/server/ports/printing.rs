//! Print runs: labels with codes of the stock, as the store keeps them.

use super::{
    stock::{BlockSource, StockCode},
    storage::StoreError,
};
use crate::{
    account::Email,
    ids::{OrganisationId, PrintRunId, UserId},
    printing::{LabelTexts, Paper},
    time::Timestamp,
};
use async_trait::async_trait;
use cis::Gtin;

/// A print run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintRun {
    /// Ours.
    pub id: PrintRunId,
    /// Of which goods.
    pub gtin: Gtin,
    /// How many labels it has.
    pub count: u32,
    /// What they say.
    pub texts: LabelTexts,
    /// On what they were printed last.
    pub paper: Paper,
    /// Who asked for it.
    pub by: UserId,
    /// When it was asked for.
    pub at: Timestamp,
    /// Which labels the file holds now: from the first to the last, counted from 1.
    pub file: (u32, u32),
    /// Until when the file may be fetched.
    pub open_until: Timestamp,
    /// How often labels of it were asked for again.
    pub again: u32,
    /// How often the file was fetched since it was last asked for.
    pub opened: u32,
    /// When it was last.
    pub opened_at: Option<Timestamp>,
}

/// What a block has that can still go onto labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeBlock {
    /// Where its codes came from.
    pub source: BlockSource,
    /// When they are annulled unless somebody uses them, as the station told it.
    pub expires: Option<Timestamp>,
    /// How many they are; never none.
    pub codes: u64,
}

/// Which codes of the stock are on labels.
#[async_trait]
pub trait Printing {
    /// The free codes of these goods by their blocks, oldest first: of whole blocks, on no label, and scanned or pasted by
    /// nobody; those that are annulled by now among them.
    async fn free_blocks(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
    ) -> Result<Vec<FreeBlock>, StoreError>;
    /// The next free codes of these goods in the order of the stock, at most so many, each КИ once. Those that are annulled
    /// by now are passed over, or come last where they are wanted too.
    async fn next_codes(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
        most: u32,
        now: Timestamp,
        expired_too: bool,
    ) -> Result<Vec<StockCode>, StoreError>;
    /// Adds a run with its codes, which [`next_codes`](Self::next_codes) told in this transaction, in this order. From now on
    /// they are free for no other.
    async fn add_print_run(
        &mut self,
        organisation: OrganisationId,
        run: &PrintRun,
        codes: &[StockCode],
    ) -> Result<(), StoreError>;
    /// A run with the address of who asked.
    async fn print_run(
        &mut self,
        organisation: OrganisationId,
        id: PrintRunId,
    ) -> Result<Option<(PrintRun, Option<Email>)>, StoreError>;
    /// Runs with the address of who asked, newest first, at most so many: of some goods, or all.
    async fn print_runs(
        &mut self,
        organisation: OrganisationId,
        gtin: Option<Gtin>,
        most: u32,
    ) -> Result<Vec<(PrintRun, Option<Email>)>, StoreError>;
    /// Opens the file of a run again, for some of its labels and perhaps on something else.
    async fn reopen_print_run(
        &mut self,
        organisation: OrganisationId,
        id: PrintRunId,
        file: (u32, u32),
        paper: Paper,
        open_until: Timestamp,
    ) -> Result<(), StoreError>;
    /// Counts one more fetching of the file, which holds these labels. False when it is not open any more, or holds others.
    async fn note_opening(
        &mut self,
        organisation: OrganisationId,
        id: PrintRunId,
        file: (u32, u32),
        at: Timestamp,
    ) -> Result<bool, StoreError>;
    /// The codes of a run from one label to another, both counted from 1, in the run's order.
    async fn printed_codes(
        &mut self,
        organisation: OrganisationId,
        id: PrintRunId,
        file: (u32, u32),
    ) -> Result<Vec<String>, StoreError>;
}
