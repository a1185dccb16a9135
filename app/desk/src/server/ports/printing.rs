//! Print runs: labels with codes of the stock, as the store keeps them.

use super::{stock::StockCode, storage::StoreError};
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
}

/// Which codes of the stock are on labels.
#[async_trait]
pub trait Printing {
    /// How many codes of these goods are free: of whole blocks, on no label, and scanned or pasted by nobody.
    async fn free_codes(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
    ) -> Result<u64, StoreError>;
    /// The next free codes of these goods in the order of the stock, at most so many.
    async fn next_codes(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
        most: u32,
    ) -> Result<Vec<StockCode>, StoreError>;
    /// Holds up whoever else wants to print these goods until this transaction ends.
    async fn hold_printing(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
    ) -> Result<(), StoreError>;
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
    /// The codes of a run from one label to another, both counted from 1, in the run's order.
    async fn printed_codes(
        &mut self,
        organisation: OrganisationId,
        id: PrintRunId,
        file: (u32, u32),
    ) -> Result<Vec<String>, StoreError>;
}
