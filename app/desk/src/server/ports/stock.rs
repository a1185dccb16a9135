//! The stock: codes that were emitted for the organisation or bought elsewhere, block by block, as the store keeps them.
//!
//! A block's row is written before its codes are asked for. Its codes come in runs, each durable by itself, and belong to
//! the stock from the moment when the block is whole: the codes of a cut answer are never seen by anybody, and come again
//! as the block that the station lists.

use super::storage::StoreError;
use crate::{
    codes::{Cursor, Filter},
    ids::{EmissionId, OrganisationId, StockBlockId, UserId},
    suz::{
        emission::BlockId,
        receiving::{BlockState, ReceivingState, ReceivingTrouble, may_go_on},
    },
    time::Timestamp,
};
use async_trait::async_trait;
use cis::Gtin;

/// The most codes of one run: so many are committed together while an answer arrives.
pub const RUN_CODES: usize = 10_000;

/// Where a block's codes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockSource {
    /// An order of ours at a station.
    Emission(EmissionId),
    /// A file of codes that were bought elsewhere, by its name.
    File(String),
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockBlock {
    /// Ours.
    pub id: StockBlockId,
    /// Where its codes come from.
    pub source: BlockSource,
    /// Of which goods.
    pub gtin: Gtin,
    /// Alias of the product group, where it is known.
    pub group: Option<String>,
    /// The station's id: known when it is asked for by it, else when its answer came whole.
    pub station: Option<BlockId>,
    /// Where it stands.
    pub state: BlockState,
    /// How many codes were asked for.
    pub asked: u64,
    /// How many codes the whole answer had.
    pub given: Option<u64>,
    /// How many different codes are kept of it, of a part of an answer too.
    pub kept: u64,
    /// When codes that nobody used are annulled, as the station told it.
    pub expires: Option<Timestamp>,
    /// Who began it; none for the program itself.
    pub by: Option<UserId>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// When it became whole or void.
    pub settled_at: Option<Timestamp>,
}

/// A code of the stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockCode {
    /// Number of its run: later runs have greater ones.
    pub run: i64,
    /// Its place in the run, from 0.
    pub position: u32,
    /// Its identity: `cis:` + КИ.
    pub key: String,
    /// The whole text as it came, with real U+001D.
    pub text: String,
    /// Of which goods.
    pub gtin: Gtin,
    /// Its block.
    pub block: StockBlockId,
    /// The order that it came of; none of a file.
    pub emission: Option<EmissionId>,
    /// When it is annulled unless somebody uses it, as the station told it.
    pub expires: Option<Timestamp>,
    /// When it came.
    pub came_at: Timestamp,
    /// Whether somebody scanned or pasted it already: then it stands in the other list of codes too.
    pub used: bool,
}

/// A place in the stock, behind which reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StockPlace {
    /// Number of the run.
    pub run: i64,
    /// Place in the run.
    pub position: u32,
}

/// A part of the stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// All of it.
    All,
    /// The codes of one GTIN, wherever they come from.
    Goods(Gtin),
    /// The codes of one order, of one of its GTINs if it is named.
    Emission(EmissionId, Option<Gtin>),
    /// The codes of one block.
    Block(StockBlockId),
}

/// What is read of the stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockQuery {
    /// Of which part.
    pub shelf: Shelf,
    /// Behind this place.
    pub after: Option<StockPlace>,
    /// Only codes that nobody scanned or pasted yet.
    pub unused: bool,
    /// At most so many.
    pub limit: u32,
}

/// What a search asks of the stock, as of the other list of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockSearch<'a> {
    /// What the person typed, and where it is looked for.
    pub filter: &'a Filter,
    /// Codes that came at this moment or later.
    pub from: Option<Timestamp>,
    /// Codes that came before this moment.
    pub until: Option<Timestamp>,
    /// Behind this row.
    pub after: Option<&'a Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// What whole blocks hold of one GTIN of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Whole blocks.
    pub blocks: u64,
    /// Codes that their answers had.
    pub given: u64,
    /// Different codes that are kept of them.
    pub kept: u64,
    /// Codes kept of a block that is not whole yet.
    pub arriving: u64,
}

/// How much of one GTIN of a source is in the stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pile {
    /// Where it came from.
    pub source: BlockSource,
    /// Of which goods.
    pub gtin: Gtin,
    /// Alias of the product group, where it is known.
    pub group: Option<String>,
    /// Codes.
    pub codes: u64,
    /// When the newest came.
    pub came_at: Timestamp,
}

/// How far the fetching of one GTIN of an order has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiving {
    /// Which order.
    pub emission: EmissionId,
    /// Which goods.
    pub gtin: Gtin,
    /// Where it stands.
    pub state: ReceivingState,
    /// How many codes were ordered.
    pub ordered: u64,
    /// How many the station says it handed out (`totalPassed`), when it was last asked.
    pub passed: Option<u64>,
    /// What stands in the way.
    pub trouble: Option<ReceivingTrouble>,
    /// When it began.
    pub began_at: Timestamp,
    /// When it last moved.
    pub moved_at: Timestamp,
}

impl Receiving {
    /// Whether it stands still and would go on if a person said so. Goods that the station has done with are fetched no
    /// more, whatever anybody says.
    pub const fn may_go_on(&self) -> bool {
        may_go_on(self.state, self.trouble.as_ref())
    }
}

/// The stock and what comes into it.
#[async_trait]
pub trait Stock {
    /// Writes a block down before its codes are asked for. False when it may not be asked for: of another asking for the
    /// same goods of the order nobody knows yet what came of it, or this block of the station is there.
    async fn begin_block(
        &mut self,
        organisation: OrganisationId,
        block: &StockBlock,
    ) -> Result<bool, StoreError>;
    /// A block.
    async fn stock_block(
        &mut self,
        organisation: OrganisationId,
        id: StockBlockId,
    ) -> Result<Option<StockBlock>, StoreError>;
    /// The blocks of an order in the order in which they were asked for, void ones too.
    async fn stock_blocks(
        &mut self,
        organisation: OrganisationId,
        emission: EmissionId,
    ) -> Result<Vec<StockBlock>, StoreError>;
    /// Keeps the next codes of a block, at most [`RUN_CODES`]; how many different ones they are. Nothing is kept, and the
    /// answer is none, when the block is not being asked for any more.
    async fn keep_run(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
        codes: &[String],
        at: Timestamp,
    ) -> Result<Option<u64>, StoreError>;
    /// The whole answer came: from now on its codes belong to the stock. False when the block is not being asked for any
    /// more, or the station's block is there already.
    async fn end_block(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
        station: Option<&BlockId>,
        given: u64,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Says of a block that is not whole that nothing came of its asking, and forgets its codes. An
    /// asking that is repeated is another block, so that nothing of the first can come late into the second.
    async fn void_block(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// What the blocks of one GTIN of an order hold.
    async fn held(
        &mut self,
        organisation: OrganisationId,
        emission: EmissionId,
        gtin: Gtin,
    ) -> Result<Held, StoreError>;
    /// Writes down how far the fetching of one GTIN of an order has come.
    async fn save_receiving(
        &mut self,
        organisation: OrganisationId,
        receiving: &Receiving,
    ) -> Result<(), StoreError>;
    /// How far the fetching of an order has come: its GTINs of which it began.
    async fn receivings(
        &mut self,
        organisation: OrganisationId,
        emission: EmissionId,
    ) -> Result<Vec<Receiving>, StoreError>;
    /// The same of several orders.
    async fn receivings_of(
        &mut self,
        organisation: OrganisationId,
        emissions: &[EmissionId],
    ) -> Result<Vec<Receiving>, StoreError>;
    /// What the stock holds, newest first.
    async fn piles(&mut self, organisation: OrganisationId) -> Result<Vec<Pile>, StoreError>;
    /// Codes of a part of the stock in its order: run by run, in each by serial number.
    async fn stock_codes(
        &mut self,
        organisation: OrganisationId,
        query: &StockQuery,
    ) -> Result<Vec<StockCode>, StoreError>;
    /// A code by its key.
    async fn stock_code(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Option<StockCode>, StoreError>;
    /// Codes that nobody scanned or pasted yet, newest first, those of one moment by key downwards. An end of fewer than
    /// four characters finds none.
    async fn search_stock(
        &mut self,
        organisation: OrganisationId,
        search: &StockSearch<'_>,
    ) -> Result<Vec<StockCode>, StoreError>;
    /// Holds up whoever else wants to print these goods, or bring codes of them from a file, until this transaction ends.
    async fn hold_goods(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
    ) -> Result<(), StoreError>;
    /// The number of the newest run of these goods, 0 of none.
    async fn newest_run(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
    ) -> Result<i64, StoreError>;
    /// Which of these keys of one GTIN the runs behind a number hold, but those of one block: with whether they belong to
    /// the stock already, or their block is still being asked for.
    async fn in_stock(
        &mut self,
        organisation: OrganisationId,
        gtin: Gtin,
        keys: &[String],
        behind: i64,
        but: Option<StockBlockId>,
    ) -> Result<Vec<(String, BlockState)>, StoreError>;
    /// Says of a block that is not whole that nothing of it belongs to the stock. Its codes stay where they are until
    /// [`forget_runs`](Self::forget_runs) takes them away: those of a large file would hold everybody up for long.
    async fn give_up_block(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Takes codes of a void block away, a few runs of them; how many runs.
    async fn forget_runs(
        &mut self,
        organisation: OrganisationId,
        block: StockBlockId,
    ) -> Result<u64, StoreError>;
    /// Blocks of files whose import was broken off: those that never became whole, and of which nothing came since a moment,
    /// and void ones whose codes are not forgotten yet.
    async fn broken_imports(
        &mut self,
        organisation: OrganisationId,
        since: Timestamp,
    ) -> Result<Vec<StockBlockId>, StoreError>;
}
