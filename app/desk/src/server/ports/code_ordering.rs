//! A station that gives out marking codes, as the rules see it. СУЗ API v3 is the first one behind it.
//!
//! Nothing here is repeated by an implementation: every method is one attempt, and whoever asks decides whether a
//! call may be made again. Two of them are not repeatable at all: [`CodeOrdering::create`], which may make a second
//! order, and [`CodeOrdering::codes`], each asking of which hands out the *next* codes. What stations do differently
//! is told by [`CodeOrdering::manner`], so that no use case knows which station it speaks to.

use super::{call::CallError, storage::StoreError};
use crate::{
    suz::{
        Contour, OmsId,
        emission::{
            BlockId, BufferStatus, OrderStatus, PoolStatus, StuckKind, StuckStatus, SuzDocumentId,
            SuzOrderId,
        },
    },
    time::Timestamp,
};
use async_trait::async_trait;
use cis::Gtin;
use secrecy::SecretString;

/// What a station remembers of our own numbering, by which an order is found again whose answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correlation {
    /// It keeps our key with the order, and orders can be searched for by it (`productionOrderId`, `poNumber`).
    OurKey,
    /// It keeps nothing of ours: what came since is shown to a person, who finds the order or decides that there is none.
    Nothing,
}

/// What differs between stations and is not told by the arguments of their calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// Our own numbering.
    pub correlation: Correlation,
    /// Whether the body that closes an order must be signed.
    pub signs_closing: bool,
    /// The most codes that one asking may name.
    pub most_codes: u32,
}

/// An asking for the next codes of some goods.
#[derive(Clone, Copy, Debug)]
pub struct NextCodes<'a> {
    /// Of which order.
    pub order: &'a SuzOrderId,
    /// Of which goods.
    pub gtin: Gtin,
    /// How many.
    pub quantity: u32,
    /// The block of these goods that was kept last. Stations that hand out packs want it named, and give what comes behind
    /// it; others remember by themselves.
    pub after: Option<&'a BlockId>,
}

/// An asking for a block that was handed out before.
#[derive(Clone, Copy, Debug)]
pub struct SameCodes<'a> {
    /// Of which order.
    pub order: &'a SuzOrderId,
    /// Of which goods.
    pub gtin: Gtin,
    /// Which one.
    pub block: &'a BlockId,
    /// How many codes are in it, as the station lists it.
    pub quantity: u64,
    /// The block that the station lists before it. Where a pack cannot be asked for by its own id, the one behind this is.
    pub after: Option<&'a BlockId>,
}

/// Whose call it is, and by which token.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    /// In which world.
    pub contour: Contour,
    /// The company.
    pub oms_id: &'a OmsId,
    /// `clientToken` of its active device.
    pub token: &'a SecretString,
}

/// Whose serial numbers the codes get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Serials<'a> {
    /// The operator makes them (`OPERATOR`).
    Operator,
    /// These (`SELF_MADE`), one for each code.
    Own(&'a [String]),
}

/// One GTIN of an order, as it goes into the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderLine<'a> {
    /// Which goods.
    pub gtin: Gtin,
    /// How many codes.
    pub quantity: u32,
    /// Whose serial numbers.
    pub serials: Serials<'a>,
    /// `templateId`.
    pub template: u32,
    /// `cisType`, as the operator spells it.
    pub cis_type: &'a str,
    /// `attributes` of the line: name and value (`producer`, `mrp`).
    pub attributes: &'a [(String, Attribute)],
}

/// The value of an attribute, as JSON tells them apart.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Attribute {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
}

/// An order of codes, as it goes into the body. Everything in it was checked; the station's client only spells it.
#[derive(Clone, Copy, Debug)]
pub struct OrderRequest<'a> {
    /// `productGroup`: the operator's alias.
    pub group: &'a str,
    /// Goods; of СУЗ at most ten, and no GTIN twice.
    pub lines: &'a [OrderLine<'a>],
    /// `attributes` of the order, our correlation key not among them (`releaseMethodType`, `paymentType`, …).
    pub attributes: &'a [(String, Attribute)],
    /// `serviceProviderId`, when a provider of printing is named.
    pub service_provider: Option<&'a str>,
    /// Our correlation key; none where the group's orders have no place for it.
    pub key: Option<&'a str>,
}

/// An order that a station took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Its id there.
    pub order: SuzOrderId,
    /// How long to wait before the first question, in milliseconds (`expectedCompleteTimestamp`, which is a duration).
    pub wait_millis: Option<i64>,
}

/// A pool of a buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolInfo {
    /// Where it stands.
    pub status: Option<PoolStatus>,
    /// Codes asked of it.
    pub quantity: Option<u64>,
    /// Codes left in it.
    pub left: Option<u64>,
    /// Why it was refused.
    pub rejection: Option<String>,
}

/// One GTIN of an order as the station tells it. Counters that it does not know yet (−1, or not there) are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BufferInfo {
    /// Which goods.
    pub gtin: Gtin,
    /// Where it stands; orders that were just created have buffers without a status.
    pub status: Option<BufferStatus>,
    /// `availableCodes`: can be asked for now.
    pub available: Option<u64>,
    /// `leftInBuffer`.
    pub left: Option<u64>,
    /// `totalCodes`: ordered.
    pub total: Option<u64>,
    /// `totalPassed`: handed out.
    pub passed: Option<u64>,
    /// `unavailableCodes`: will not come.
    pub unavailable: Option<u64>,
    /// `poolsExhausted`: the buffer is not filled any more.
    pub pools_exhausted: Option<bool>,
    /// `templateId`.
    pub template: Option<u32>,
    /// `expiredDate`: the moment when codes that were not fetched are annulled.
    pub expires: Option<Timestamp>,
    /// `rejectionReason`, as they say it.
    pub rejection: Option<String>,
    /// Pools, where they are told.
    pub pools: Vec<PoolInfo>,
}

/// An order as a search tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderInfo {
    /// Its id there.
    pub order: SuzOrderId,
    /// Where it stands.
    pub status: OrderStatus,
    /// Our correlation key, or whatever another program wrote there.
    pub key: Option<String>,
    /// `productGroup`, in lower case.
    pub group: Option<String>,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// `declineReason`, as they say it.
    pub decline: Option<String>,
    /// Its goods.
    pub buffers: Vec<BufferInfo>,
}

/// What orders are searched for; empty lists ask for everything.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrderFilter<'a> {
    /// Our correlation keys, at most a hundred.
    pub keys: &'a [String],
    /// Their ids, at most a hundred.
    pub orders: &'a [SuzOrderId],
    /// Where they stand.
    pub statuses: &'a [OrderStatus],
    /// Created at this moment or later.
    pub since: Option<Timestamp>,
}

/// One page of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderPage {
    /// How many there are on all pages.
    pub total: u64,
    /// Those of this page.
    pub orders: Vec<OrderInfo>,
}

/// A block as the station lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockInfo {
    /// Its id.
    pub block: BlockId,
    /// Codes in it.
    pub quantity: u64,
    /// When it was handed out.
    pub at: Option<Timestamp>,
}

/// The end of an answer with codes, after all of them went into the sink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Of which block they are.
    pub block: BlockId,
    /// How many there were.
    pub count: u64,
}

/// Where codes go while they arrive; whoever implements it keeps none of the answer but the piece at hand.
#[async_trait]
pub trait CodeSink: Send {
    /// Takes the next codes in the order of the answer, exactly as they came (GS is U+001D). What was taken is worth
    /// nothing before the whole answer has come: a cut one is asked for again as a block.
    async fn take(&mut self, codes: Vec<String>) -> Result<(), StoreError>;
}

/// Why codes did not come.
#[derive(Debug, thiserror::Error)]
pub enum CodesError {
    /// The call failed. A cut answer is [`CallError::NoAnswer`]: codes may have been handed out.
    #[error(transparent)]
    Call(#[from] CallError),
    /// They came, and the sink could not keep them: as good as a cut answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CodesError {
    /// Whether codes may have been handed out that we do not hold.
    pub const fn leaves_unknown(&self) -> bool {
        match self {
            Self::Call(error) => error.leaves_unknown(),
            Self::Store(_) => true,
        }
    }
}

/// A document that lies at the station without a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StuckDocument {
    /// Its id there; of an order, the order's.
    pub document: SuzDocumentId,
    /// What it is.
    pub kind: StuckKind,
    /// `productGroup`, in lower case.
    pub group: Option<String>,
    /// Where it stands.
    pub status: StuckStatus,
    /// Since when.
    pub created: Option<Timestamp>,
}

/// One page of documents without a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StuckPage {
    /// How many there are on all pages.
    pub total: u64,
    /// Those of this page.
    pub documents: Vec<StuckDocument>,
}

/// Orders of codes at one station.
#[async_trait]
pub trait CodeOrdering: Send + Sync {
    /// What this station does in its own manner.
    fn manner(&self) -> Manner;

    /// The exact body of an order, made once: stored, signed and sent as these bytes.
    fn order_body(&self, order: &OrderRequest<'_>) -> Result<Vec<u8>, CallError>;

    /// Makes an order (`POST order`). Never repeated: an order whose answer was lost is searched for.
    async fn create(
        &self,
        access: Access<'_>,
        body: &[u8],
        signature: &str,
    ) -> Result<Created, CallError>;

    /// Where the goods of an order stand (`GET order/status`): all of them, or one.
    async fn status(
        &self,
        access: Access<'_>,
        order: &SuzOrderId,
        gtin: Option<Gtin>,
    ) -> Result<Vec<BufferInfo>, CallError>;

    /// Searches for orders (`POST orders/search`): a page of `limit` (1 to 100), the first page is 1.
    async fn search(
        &self,
        access: Access<'_>,
        filter: OrderFilter<'_>,
        limit: u32,
        page: u32,
    ) -> Result<OrderPage, CallError>;

    /// The next codes (`GET codes`), streamed into the sink. Never repeated: codes of a lost answer are to be had as a block
    /// only.
    async fn codes(
        &self,
        access: Access<'_>,
        next: NextCodes<'_>,
        sink: &mut dyn CodeSink,
    ) -> Result<Given, CodesError>;

    /// Blocks that were handed out (`GET order/codes/blocks`), in the order of the answer.
    async fn blocks(
        &self,
        access: Access<'_>,
        order: &SuzOrderId,
        gtin: Gtin,
    ) -> Result<Vec<BlockInfo>, CallError>;

    /// The codes of a block once more (`GET order/codes/retry`), streamed into the sink. Repeatable.
    async fn retry(
        &self,
        access: Access<'_>,
        same: SameCodes<'_>,
        sink: &mut dyn CodeSink,
    ) -> Result<Given, CodesError>;

    /// The exact body that closes an order, or one GTIN of it.
    fn close_body(&self, order: &SuzOrderId, gtin: Option<Gtin>) -> Result<Vec<u8>, CallError>;

    /// Closes an order (`POST order/close`), with a signature where [`Manner::signs_closing`] says so. What came of it after
    /// a lost answer is told by the order's status.
    async fn close(
        &self,
        access: Access<'_>,
        body: &[u8],
        signature: Option<&str>,
    ) -> Result<(), CallError>;

    /// Documents that wait for a signature (`GET documents/search`): `limit` of them (1 to 1000) after the first `skip`. A
    /// station that keeps no such documents has none.
    async fn unsigned_documents(
        &self,
        access: Access<'_>,
        kind: StuckKind,
        limit: u32,
        skip: u32,
    ) -> Result<StuckPage, CallError>;

    /// The bytes of such a document (`GET documents/content`): these are signed.
    async fn document_content(
        &self,
        access: Access<'_>,
        document: &SuzDocumentId,
    ) -> Result<Vec<u8>, CallError>;

    /// Signs such a document (`POST documents/sign`); false when they say `success: false`.
    async fn sign_document(
        &self,
        access: Access<'_>,
        document: &SuzDocumentId,
        signature: &str,
    ) -> Result<bool, CallError>;

    /// Deletes such a document (`DELETE documents/delete`); false when they say `success: false`.
    async fn delete_document(
        &self,
        access: Access<'_>,
        document: &SuzDocumentId,
    ) -> Result<bool, CallError>;
}
