//! What the pages of orders are drawn from, and what they ask for.

use super::{
    ids::{SuzDocumentId, SuzOrderId},
    state::{ClosingState, EmissionState, ExpiryWarning, NextStep},
    status::{BufferStatus, OrderStatus, StuckStatus},
};
use crate::{
    ids::{EmissionId, SuzConnectionId},
    suz::{
        Cause, Contour, Why,
        group_form::{CisType, GroupChoice, GroupForm},
        new_emission::{EmissionDraft, EmissionFault},
    },
    time::When,
};
use cis::Gtin;
use serde::{Deserialize, Serialize};

/// One order in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmissionCard {
    /// Ours; its text is the key that the station keeps (`productionOrderId`).
    pub id: EmissionId,
    /// Of which connection.
    pub connection: SuzConnectionId,
    /// The legal entity's name.
    pub legal_entity: String,
    /// Where.
    pub contour: Contour,
    /// The group's alias.
    pub group: String,
    /// Where it stands.
    pub state: EmissionState,
    /// Where its closing stands, when somebody asked for it.
    pub closing: Option<ClosingState>,
    /// What to do next.
    pub next: NextStep,
    /// Its goods, in the order of the form.
    pub gtins: Vec<Gtin>,
    /// Codes asked for.
    pub ordered: u64,
    /// Codes that the station handed out.
    pub passed: u64,
    /// Codes that lie in the stock.
    pub received: u64,
    /// When it was made.
    pub made: When,
    /// The earliest end of codes that were not fetched, while any are at stake; when they were annulled, once it expired.
    pub expires: Option<When>,
    /// How near that is.
    pub warning: Option<ExpiryWarning>,
    /// It belongs to a self-check.
    pub test: bool,
}

/// How many orders a company has open, against what the station allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitView {
    /// Of which connection.
    pub connection: SuzConnectionId,
    /// The legal entity's name.
    pub legal_entity: String,
    /// Where.
    pub contour: Contour,
    /// Orders with codes that are not all fetched; orders that other programs made count too, once the station was
    /// asked.
    pub active: u32,
    /// Orders that are not ready yet.
    pub queued: u32,
    /// Our own orders of which no byte has left yet: they wait for a signature or for their turn, and will be queued there
    /// besides.
    pub waiting: u32,
    /// The most of each.
    pub most: u32,
    /// When the station was asked; nothing when only our own are counted.
    pub told: Option<When>,
}

/// The page of all orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmissionList {
    /// Orders, the newest first.
    pub orders: Vec<EmissionCard>,
    /// Where the next page begins; nothing when this is the last.
    pub after: Option<EmissionId>,
    /// The station's limits, by connection.
    pub limits: Vec<LimitView>,
    /// Whether the person may order.
    pub may_order: bool,
}

/// One GTIN of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmissionLineView {
    /// Which goods.
    pub gtin: Gtin,
    /// What people call them, when an order of a marketplace told.
    pub name: Option<String>,
    /// Codes asked for.
    pub quantity: u32,
    /// What they are put on.
    pub cis_type: CisType,
    /// `templateId`.
    pub template: u32,
    /// Whether its serial numbers are our own.
    pub own_serials: bool,
    /// `bufferStatus`, once it was told.
    pub status: Option<BufferStatus>,
    /// Codes that can be fetched now.
    pub available: Option<u64>,
    /// Codes left in the buffer.
    pub left: Option<u64>,
    /// Codes that were handed out.
    pub passed: Option<u64>,
    /// Codes that will not come.
    pub unavailable: Option<u64>,
    /// Codes that lie in the stock.
    pub received: u64,
    /// `rejectionReason`, as they say it.
    pub rejection: Option<String>,
    /// What that means, where we know.
    pub cause: Option<Cause>,
    /// When codes that were not fetched are annulled, while any are at stake, or were.
    pub expires: Option<When>,
    /// How near that is.
    pub warning: Option<ExpiryWarning>,
}

/// Both facts about an order whose answer was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostView {
    /// When it was sent.
    pub sent: When,
    /// What came instead of an answer.
    pub why: Option<Why>,
    /// How often the station was asked for our key since, and did not know it.
    pub searched: u32,
    /// When it was asked last.
    pub last: Option<When>,
    /// Why the last asking itself came to nothing, if it did: then the station did not say that it knows no such order.
    pub search_failed: Option<Why>,
    /// Whether it was asked for long enough that a person may decide, or decide anew.
    pub may_decide: bool,
    /// Whether orders of this group can be found by our key at all. Where they cannot, the station is asked for what it got
    /// since the moment of sending, and `searched` counts these askings.
    pub by_key: bool,
    /// Orders of the very same goods and numbers that the station got since then and that are none of ours: one of them may
    /// be this one.
    pub candidates: Vec<LostCandidate>,
    /// The only one of them, when no other lost order of ours could be it as well: it may be filled in already.
    pub likely: Option<SuzOrderId>,
}

/// An order at the station that may be one whose answer was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostCandidate {
    /// The station's number of it.
    pub order: SuzOrderId,
    /// Where it stands there.
    pub status: OrderStatus,
    /// When the station got it.
    pub created: Option<When>,
}

/// The closing of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingView {
    /// Where it stands.
    pub state: ClosingState,
    /// When it was asked for.
    pub asked: When,
    /// Why it came to nothing.
    pub trouble: Option<Why>,
    /// Codes that it annuls: at most those that the person who asked had seen and confirmed, less what came since.
    pub annuls: u64,
}

/// One order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "answers that have nothing to do with one another"
)]
pub struct EmissionPage {
    /// What the list has of it.
    pub card: EmissionCard,
    /// The station's number of it.
    pub order: Option<SuzOrderId>,
    /// The form it was made from.
    pub draft: EmissionDraft,
    /// Its goods.
    pub lines: Vec<EmissionLineView>,
    /// `declineReason`, as they say it.
    pub decline: Option<String>,
    /// What that means, or why it was refused, or what the last question came to.
    pub trouble: Option<Why>,
    /// Both facts, when the answer was lost.
    pub lost: Option<LostView>,
    /// Why it is signed and not sent: it is looked at again by itself, and a person can have it sent nevertheless.
    pub held: Vec<OrderObstacle>,
    /// Its closing.
    pub closing: Option<ClosingView>,
    /// When the station was asked last.
    pub told: Option<When>,
    /// Codes that closing now would annul: not fetched, or fetched and not held.
    pub annuls: u64,
    /// Whether what we hold is as much as the station handed out, and nothing is left there.
    pub complete: bool,
    /// Whether it may be taken back.
    pub may_withdraw: bool,
    /// Whether its closing may be asked for: it is there, and nobody asked yet.
    pub may_close: bool,
    /// Whether the person may do any of it.
    pub may_order: bool,
}

/// What a person decides about an order that the station does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LostDecision {
    /// It was not made: codes may be ordered anew. The station is asked on, and an order that is found after all is told
    /// of.
    NotMade,
    /// It was made, and this is its number, as the cabinet shows it.
    Made(SuzOrderId),
    /// Ask now, and go on asking.
    AskOn,
}

/// What a decision came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionAnswer {
    /// Written down.
    Done,
    /// The station has no order of this number.
    NotThere,
    /// The order of this number is another one: of other goods, or known already.
    Another,
    /// The station could not be asked.
    Failed(Why),
}

/// A company for which codes can be ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderingChoice {
    /// Its connection.
    pub connection: SuzConnectionId,
    /// The legal entity's name.
    pub legal_entity: String,
    /// Where.
    pub contour: Contour,
    /// Aliases of the groups that the company's profile has open; nothing when it was not read.
    pub open: Option<Vec<String>>,
}

/// Goods that were ordered or sold before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownGtin {
    /// Which.
    pub gtin: Gtin,
    /// What people call them.
    pub name: Option<String>,
}

/// What the page of a new order is drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderForm {
    /// The order's id to be: sent twice, the form makes one order.
    pub id: EmissionId,
    /// The chosen connection.
    pub connection: Option<SuzConnectionId>,
    /// Companies.
    pub choices: Vec<OrderingChoice>,
    /// Groups.
    pub groups: Vec<GroupChoice>,
    /// The chosen group's form.
    pub form: Option<GroupForm>,
    /// What the fields begin with: empty, as in the order that is repeated, or as they were left.
    pub draft: EmissionDraft,
    /// Why the form made no order when it was sent before.
    #[serde(default)]
    pub answer: Option<OrderAnswer>,
    /// GTINs to choose from.
    pub known: Vec<KnownGtin>,
    /// The station's limits for the chosen connection.
    pub limits: Option<LimitView>,
    /// What the chosen group's account had when it was read last; nothing when it was not read, or has no such account.
    pub balance: Option<BalanceView>,
}

/// Money for a group's codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceView {
    /// In kopecks.
    pub kopecks: i64,
    /// When it was read.
    pub told: When,
}

/// An order as a page asks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderCodes {
    /// The id that the form came with.
    pub id: EmissionId,
    /// By which connection.
    pub connection: SuzConnectionId,
    /// What was filled in.
    pub draft: EmissionDraft,
    /// Obstacles were shown, and the person wants it sent nevertheless.
    pub anyway: bool,
}

/// What stands against an order; the station may see it otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderObstacle {
    /// A hundred orders with codes that are not all fetched.
    TooManyActive {
        /// How many there are.
        found: u32,
        /// How many there may be.
        most: u32,
    },
    /// A hundred orders that are not ready yet.
    TooManyQueued {
        /// How many there are.
        found: u32,
        /// How many there may be.
        most: u32,
    },
    /// The profile does not have the group open.
    GroupClosed,
    /// The account has less than the codes will cost.
    NoMoney {
        /// What it has, in kopecks.
        kopecks: i64,
        /// What they cost at least, in kopecks.
        wanted: i64,
    },
}

/// What became of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderAnswer {
    /// Stored; it is signed and sent, or waits for a signature.
    Made(EmissionId),
    /// Something in the form cannot be right.
    Faults(Vec<EmissionFault>),
    /// Something stands against it; it can be sent nevertheless.
    Obstacles(Vec<OrderObstacle>),
    /// It could not be signed; nothing was stored.
    Failed(Why),
}

/// What asking for a closing came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseAnswer {
    /// It is under way, or waits for a signature.
    Asked,
    /// So many codes would be annulled: it is to be asked again with this number confirmed.
    Annuls {
        /// Codes.
        codes: u64,
    },
    /// It could not be signed.
    Failed(Why),
}

/// An order that lies at the station without a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StuckOrder {
    /// The station's id of the document.
    pub document: SuzDocumentId,
    /// Ours, when we made it.
    pub ours: Option<EmissionId>,
    /// The group's alias.
    pub group: Option<String>,
    /// Where it stands.
    pub status: StuckStatus,
    /// Since when.
    pub since: Option<When>,
}

/// What asking about orders without a signature came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StuckAnswer {
    /// What lies there.
    Listed {
        /// The first hundred.
        orders: Vec<StuckOrder>,
        /// How many there are in all.
        total: u64,
    },
    /// Done.
    Done,
    /// It goes on after a signature: a login or the document itself was put into the queue.
    WaitsForSignature,
    /// They said no, or nothing.
    Failed(Why),
}
