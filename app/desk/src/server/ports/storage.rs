//! The store: one object that opens transactions, and small traits, one per noun, that a transaction implements.
//!
//! Promises that hold for every method: a query names its organisation (except the few that find out who is
//! asking); a lookup returns `Option`, never an error for «not there»; time and ids come from the caller; nothing
//! is visible to others before `commit`, and a transaction that is dropped leaves no trace.

use super::{
    batches::Batches,
    hooks::Hooks,
    lists::Lists,
    readings::Reading,
    returns::Returns,
    shipments::Shipments,
    suz::{SuzConnections, SuzDocuments, SuzTokens},
    verifications::Verifications,
};
use crate::{
    account::{Email, Role},
    boxes::{Plan, Removal},
    connection::{KeyReport, ShopFacts},
    ids::{
        BusinessId, CampaignId, IntakeId, JobId, LegalEntityId, LineId, MarketOrderId,
        MarketplaceConnectionId, OrderId, OrganisationId, ShopId, SlotId, SubmissionId, UserId,
    },
    journal::Action,
    legal_entity::LegalEntity,
    marketplace::MarketOrder,
    orders::{
        WorkState,
        placing::{KnownProduct, Verdict},
    },
    submission::{Carrier, SubmissionState, TheirWords},
    time::Timestamp,
};
use async_trait::async_trait;
use secrecy::SecretString;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database said no or was not there.
    #[error("database: {0}")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A row holds what cannot be read.
    #[error("{table}.{column} of row {row} cannot be read: {why}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's key.
        row: String,
        /// What was wrong.
        why: String,
    },
    /// A secret cannot be opened with the master key at hand.
    #[error("a secret cannot be opened with this master key")]
    Sealed,
}

/// Opens transactions.
#[async_trait]
pub trait Storage: Send + Sync {
    /// A transaction that only reads: one consistent view, never blocked by a writer.
    async fn read(&self) -> Result<Box<dyn Transaction>, StoreError>;

    /// A transaction that writes. On SQLite it takes the write lock at once, so it cannot fail half-way.
    async fn write(&self) -> Result<Box<dyn Transaction>, StoreError>;
}

/// One transaction: everything or nothing.
#[async_trait]
pub trait Transaction:
    Accounts
    + Sessions
    + Connections
    + Shops
    + Orders
    + Slots
    + Intake
    + Submissions
    + Verifications
    + Shipments
    + Batches
    + Journal
    + Jobs
    + super::packing::Packing
    + Hooks
    + Lists
    + Returns
    + super::codes::Codes
    + super::printing::Printing
    + SuzConnections
    + SuzTokens
    + SuzDocuments
    + super::emissions::Emissions
    + super::kept_forms::KeptForms
    + super::stock::Stock
    + Send
{
    /// Makes it durable: when this returns, a power cut loses nothing of it.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// A person as the store keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Ours.
    pub id: UserId,
    /// The address one signs in by.
    pub email: Email,
    /// PHC string of the password's hash.
    pub password_hash: String,
}

/// Organisations, people and what they are there.
#[async_trait]
pub trait Accounts {
    /// The person of an address.
    async fn user_by_email(&mut self, email: &Email) -> Result<Option<User>, StoreError>;
    /// Adds a person; false when the address is taken.
    async fn add_user(&mut self, user: &User, at: Timestamp) -> Result<bool, StoreError>;
    /// Adds an organisation.
    async fn add_organisation(
        &mut self,
        id: OrganisationId,
        name: &str,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Makes a person a member, or changes what the member is.
    async fn set_membership(
        &mut self,
        organisation: OrganisationId,
        user: UserId,
        role: Role,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// The organisations of a person with the role in each, oldest membership first.
    async fn memberships(
        &mut self,
        user: UserId,
    ) -> Result<Vec<(OrganisationId, Role)>, StoreError>;
    /// Legal entities of an organisation, by name.
    async fn legal_entities(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<LegalEntity>, StoreError>;
    /// Adds a legal entity, or changes it.
    async fn save_legal_entity(
        &mut self,
        organisation: OrganisationId,
        entity: &LegalEntity,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Counts a try (of a password, of a sign-up) under a key within a window that began with its first try, and
    /// returns the count with that beginning. A window older than `window_millis` starts anew.
    async fn count_try(
        &mut self,
        key: &str,
        now: Timestamp,
        window_millis: i64,
    ) -> Result<(u32, Timestamp), StoreError>;
    /// Forgets the tries under a key.
    async fn forget_tries(&mut self, key: &str) -> Result<(), StoreError>;
}

/// A session with everything that answers «who is asking».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The person.
    pub user: UserId,
    /// The person's address.
    pub email: Email,
    /// The organisation the session works in.
    pub organisation: OrganisationId,
    /// That organisation's name.
    pub organisation_name: String,
    /// What the person is there now, not when signing in.
    pub role: Role,
}

/// Sessions. Only a hash of the token is kept, so a stolen database opens no session.
#[async_trait]
pub trait Sessions {
    /// Begins a session.
    async fn begin_session(
        &mut self,
        token_hash: &str,
        user: UserId,
        organisation: OrganisationId,
        now: Timestamp,
        expires: Timestamp,
    ) -> Result<(), StoreError>;
    /// The session of a token, unless it ran out or the membership ended.
    async fn session(
        &mut self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError>;
    /// Ends a session.
    async fn end_session(&mut self, token_hash: &str) -> Result<(), StoreError>;
    /// Removes sessions that ran out and returns how many.
    async fn sweep_sessions(&mut self, now: Timestamp) -> Result<u64, StoreError>;
}

/// A connection as the store keeps one, without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Ours.
    pub id: MarketplaceConnectionId,
    /// How people call it.
    pub label: String,
    /// The last four characters of the key.
    pub key_ending: String,
    /// Whose shops these are.
    pub legal_entity: Option<LegalEntityId>,
    /// The cabinet, once a check told it.
    pub business: Option<BusinessId>,
    /// The last check.
    pub report: Option<KeyReport>,
    /// When it was checked.
    pub checked_at: Option<Timestamp>,
    /// Up to which moment orders were read without a gap.
    pub synced_to: Option<Timestamp>,
    /// Orders read by the reading that is under way, or by the last one.
    pub sync_read: u32,
    /// The reading that is under way, or was cut off.
    pub reading: Option<Reading>,
    /// Whether the marketplace's test orders are read too.
    pub test_orders: bool,
}

/// Marketplace keys, sealed at rest.
#[async_trait]
pub trait Connections {
    /// Connections in use, oldest first.
    async fn connections(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<Connection>, StoreError>;
    /// One connection in use.
    async fn connection(
        &mut self,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
    ) -> Result<Option<Connection>, StoreError>;
    /// Adds a connection (label, ending, legal entity, business, report) with its key.
    async fn add_connection(
        &mut self,
        organisation: OrganisationId,
        connection: &Connection,
        key: &SecretString,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Writes everything of a connection but its key.
    async fn save_connection(
        &mut self,
        organisation: OrganisationId,
        connection: &Connection,
    ) -> Result<(), StoreError>;
    /// Puts another key in the place of the old one, which is gone for good.
    async fn replace_key(
        &mut self,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
        key: &SecretString,
    ) -> Result<(), StoreError>;
    /// Opens the key of a connection in use.
    async fn key(
        &mut self,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
    ) -> Result<Option<SecretString>, StoreError>;
    /// Retires a connection: its key is destroyed, its shops and orders stay.
    async fn retire_connection(
        &mut self,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}

/// A shop as the store keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// Ours.
    pub id: ShopId,
    /// The connection that sees it.
    pub connection: MarketplaceConnectionId,
    /// What Market said of it.
    pub facts: ShopFacts,
    /// When its orders were read last.
    pub synced_at: Option<Timestamp>,
    /// Orders that we hold of it.
    pub orders: u32,
}

/// Shops.
#[async_trait]
pub trait Shops {
    /// Every shop of an organisation whose connection is in use, by name.
    async fn shops(&mut self, organisation: OrganisationId) -> Result<Vec<Shop>, StoreError>;
    /// One shop, whatever became of its connection.
    async fn shop(
        &mut self,
        organisation: OrganisationId,
        id: ShopId,
    ) -> Result<Option<Shop>, StoreError>;
    /// The shop of a campaign, whatever became of its connection.
    async fn shop_of_campaign(
        &mut self,
        organisation: OrganisationId,
        campaign: CampaignId,
    ) -> Result<Option<Shop>, StoreError>;
    /// Adds a shop, or moves the shop of the same campaign to this connection and writes its facts. Its id is
    /// the one already kept when there is one.
    async fn save_shop(
        &mut self,
        organisation: OrganisationId,
        id: ShopId,
        connection: MarketplaceConnectionId,
        facts: &ShopFacts,
    ) -> Result<ShopId, StoreError>;
    /// Remembers when a shop's orders were read.
    async fn mark_shop_synced(
        &mut self,
        organisation: OrganisationId,
        id: ShopId,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}

/// An order with all its lines and slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Ours.
    pub id: OrderId,
    /// Its shop.
    pub shop: ShopId,
    /// What the marketplace said last.
    pub facts: MarketOrder,
    /// When it said so.
    pub read_at: Timestamp,
    /// Grows with every change of facts or slots.
    pub revision: i64,
    /// Grows with every change of slots or of the plan of boxes.
    pub slots_revision: i64,
    /// Where a person wants the units, where that is not the first box.
    pub plan: Plan,
    /// Its lines, in the marketplace's order; gone lines are not among them.
    pub lines: Vec<Line>,
}

/// A line of an order as the store keeps one. Its facts stand in [`Order::facts`] under the same item id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Ours.
    pub id: LineId,
    /// The marketplace's.
    pub item: crate::ids::MarketItemId,
    /// Its slots by number.
    pub slots: Vec<Slot>,
}

/// A slot as the store keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Ours.
    pub id: SlotId,
    /// The unit's number, from 1.
    pub number: u32,
    /// The mark's identity (`cis:…`, `uin:…`), unique among live slots of an organisation.
    pub mark_key: Option<String>,
    /// The whole text of the mark, with real U+001D.
    pub mark_text: Option<String>,
    /// РНПТ.
    pub rnpt: Option<String>,
    /// ГТД.
    pub gtd: Option<String>,
    /// Country of manufacture.
    pub country: Option<String>,
    /// When the mark came.
    pub filled_at: Option<Timestamp>,
}

/// One row of the list, as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSummary {
    /// Ours.
    pub id: OrderId,
    /// The number people say.
    pub number: MarketOrderId,
    /// Its shop's name.
    pub shop: String,
    /// Its model, the marketplace's word.
    pub model: Option<String>,
    /// When it must leave, and whether the hour is given.
    pub ship_by: Option<crate::marketplace::ShipBy>,
    /// Units in it.
    pub units: u32,
    /// Units that want a code.
    pub wanted: u32,
    /// Units that have one.
    pub filled: u32,
    /// A test order of the marketplace itself.
    pub fake: bool,
    /// What it needs.
    pub work: WorkState,
}

/// What writing an order's facts changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactsChange {
    /// It was not known.
    New,
    /// Something differs from what was kept.
    Changed,
    /// Nothing differs.
    Same,
}

/// Lines and slots that an order must have, decided by the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinePlan {
    /// The line's id if it is new.
    pub id: LineId,
    /// The marketplace's id, by which a known line is found.
    pub item: crate::ids::MarketItemId,
    /// Ids for as many slots as the line must have; a slot that exists under a number keeps its own id.
    pub slots: Vec<SlotId>,
}

/// Orders and their lines.
#[async_trait]
pub trait Orders {
    /// The order of a shop by its number.
    async fn order_by_number(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        number: MarketOrderId,
    ) -> Result<Option<Order>, StoreError>;
    /// One order.
    async fn order(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
    ) -> Result<Option<Order>, StoreError>;
    /// Writes an order's facts and makes its lines and slots agree with the plan: lines that are gone and slots
    /// past a line's count are removed, which frees their marks. An older reading (`read_at` before the kept
    /// one) changes nothing. The revision grows unless nothing differs; the slots' revision grows when a filled
    /// slot was removed.
    async fn save_facts(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
        shop: ShopId,
        facts: &MarketOrder,
        plan: &[LinePlan],
        read_at: Timestamp,
    ) -> Result<FactsChange, StoreError>;
    /// Writes where a person wants the units. `said` tells whether a person changed it just now: then the slots'
    /// revision grows, because what was sent is no longer what is wanted.
    async fn save_plan(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
        plan: &Plan,
        said: bool,
    ) -> Result<(), StoreError>;
    /// Writes the sums that the list is drawn from.
    async fn save_summary(
        &mut self,
        organisation: OrganisationId,
        id: OrderId,
        units: u32,
        wanted: u32,
        filled: u32,
        work: WorkState,
    ) -> Result<(), StoreError>;
    /// How many orders stand in each state, of one shop or of all.
    async fn count_by_work(
        &mut self,
        organisation: OrganisationId,
        shop: Option<ShopId>,
    ) -> Result<Vec<(WorkState, u32)>, StoreError>;
    /// GTINs that an offer of the organisation was accepted with, by article.
    async fn gtins_of_offer(
        &mut self,
        organisation: OrganisationId,
        offer: &str,
    ) -> Result<Vec<String>, StoreError>;
    /// The product that a GTIN was learned with last, if any.
    async fn product_of_gtin(
        &mut self,
        organisation: OrganisationId,
        gtin: &str,
    ) -> Result<Option<(String, KnownProduct)>, StoreError>;
    /// Remembers that an offer was accepted with a GTIN. It is written at the end of the transaction, and only if it
    /// is new: many transactions learn the same of one offer at once.
    async fn learn_gtin(
        &mut self,
        organisation: OrganisationId,
        offer: &str,
        product: &KnownProduct,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}

/// Where a mark lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The order.
    pub order: OrderId,
    /// Its number.
    pub number: MarketOrderId,
    /// The slot.
    pub slot: SlotId,
    /// The product's name.
    pub product: String,
}

/// A mark as it is put into a slot.
#[derive(Clone, PartialEq, Eq)]
pub struct MarkRecord {
    /// Its identity: `cis:` + КИ, or `uin:` + УИН.
    pub key: String,
    /// The whole text, with real U+001D.
    pub text: String,
    /// GTIN-14 of a marking code.
    pub gtin: Option<String>,
}

/// Slots and the stock of codes behind them.
#[async_trait]
pub trait Slots {
    /// Keeps a mark in the stock of codes (table `codes`), whatever becomes of it. A code seen again with a tail
    /// that the kept one lacks is completed; otherwise the first text stays.
    async fn keep_code(
        &mut self,
        organisation: OrganisationId,
        mark: &MarkRecord,
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Where a mark lies, if it lies in a live slot; a mark that was let go with a return lies nowhere.
    async fn binding_of(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Option<Binding>, StoreError>;
    /// Puts a mark into an empty slot and lets the order's revisions grow. False when the slot is not there, is
    /// taken, or the mark lies elsewhere.
    async fn fill_slot(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        slot: SlotId,
        mark: &MarkRecord,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Takes the mark out of a slot and lets the revisions grow; the mark that lay there, if one did.
    async fn clear_slot(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        slot: SlotId,
        at: Timestamp,
    ) -> Result<Option<String>, StoreError>;
    /// Writes the parts of a slot's set other than its mark and lets the revisions grow. False when there is no
    /// such slot.
    async fn set_extras(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        slot: SlotId,
        rnpt: Option<&str>,
        gtd: Option<&str>,
        country: Option<&str>,
    ) -> Result<bool, StoreError>;
    /// Takes every mark out of an order's slots, because the order was cancelled; how many there were.
    async fn free_slots(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<u32, StoreError>;
}

/// A text that came in, as the store keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeRecord {
    /// Ours.
    pub id: IntakeId,
    /// The order it was meant for.
    pub order: OrderId,
    /// Who brought it.
    pub user: UserId,
    /// The text as it came.
    pub raw: String,
    /// What became of it.
    pub verdict: Verdict,
    /// When it came.
    pub at: Timestamp,
}

/// Everything that was ever scanned or pasted.
#[async_trait]
pub trait Intake {
    /// Keeps a text with its verdict.
    async fn add_intake(
        &mut self,
        organisation: OrganisationId,
        record: &IntakeRecord,
    ) -> Result<(), StoreError>;
    /// Texts of an order that lie in no slot and that nobody has dismissed, newest first, at most `limit`.
    async fn unplaced(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        limit: u32,
    ) -> Result<Vec<IntakeRecord>, StoreError>;
    /// One text of an order.
    async fn intake(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        id: IntakeId,
    ) -> Result<Option<IntakeRecord>, StoreError>;
    /// Writes a new verdict over the old one.
    async fn settle_intake(
        &mut self,
        organisation: OrganisationId,
        id: IntakeId,
        verdict: &Verdict,
    ) -> Result<(), StoreError>;
    /// Takes a text off the page; it stays in the table. `None` dismisses all of an order.
    async fn dismiss_intake(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        id: Option<IntakeId>,
        at: Timestamp,
    ) -> Result<(), StoreError>;
}

/// A submission as the store keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Ours.
    pub id: SubmissionId,
    /// Its order.
    pub order: OrderId,
    /// Its number within the order, from 1.
    pub number: u32,
    /// Where it stands.
    pub state: SubmissionState,
    /// Which call carries it.
    pub carrier: Carrier,
    /// The exact bytes that are sent.
    pub body: Vec<u8>,
    /// What a person confirmed to be taken out of the order by it.
    pub removals: Vec<Removal>,
    /// What the marketplace held when the first attempt was about to begin, as JSON of `Vec<LineInstances>` for
    /// identifiers and of [`HeldLayout`](crate::boxes::HeldLayout) for boxes; none before that.
    pub before: Option<String>,
    /// How many codes it carries.
    pub units: u32,
    /// [`Order::slots_revision`] that it was made of.
    pub slots_revision: i64,
    /// Who pressed «send».
    pub user: UserId,
    /// Whether a person waits for just this one; those of a batch come after.
    pub by_hand: bool,
    /// Calls begun so far.
    pub attempts: u32,
    /// Tries in a row that brought no answer, calls and readings alike.
    pub failures: u32,
    /// When it was stored.
    pub stored_at: Timestamp,
    /// When to try next, while it is in flight; none when it waits for a person, e.g. for another key.
    pub next_at: Option<Timestamp>,
    /// When the last call was begun.
    pub sent_at: Option<Timestamp>,
    /// When its fate became known.
    pub settled_at: Option<Timestamp>,
    /// Their words, when they said no.
    pub refusal: Option<TheirWords>,
    /// The network's words, while there is no answer.
    pub trouble: Option<String>,
}

/// Submissions.
#[async_trait]
pub trait Submissions {
    /// The newest submission of an order.
    async fn newest_submission(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Option<Submission>, StoreError>;
    /// One submission.
    async fn submission(
        &mut self,
        organisation: OrganisationId,
        id: SubmissionId,
    ) -> Result<Option<Submission>, StoreError>;
    /// Submissions of a shop that are in flight and due by `now`: those that a person waits for first, then by the
    /// orders' deadlines, at most `limit`. `except` are left out: somebody is at work on them.
    async fn due_submissions(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        now: Timestamp,
        except: &[SubmissionId],
        limit: u32,
    ) -> Result<Vec<Submission>, StoreError>;
    /// The earliest moment at which a submission of a shop is due.
    async fn next_submission(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
    ) -> Result<Option<Timestamp>, StoreError>;
    /// Makes every submission of a shop that is in flight due at `now`, because what they waited for may have come.
    async fn wake_submissions(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        now: Timestamp,
    ) -> Result<(), StoreError>;
    /// Adds a submission. False when the order has one in flight or the number is taken, by a constraint of the
    /// database itself: two processes cannot both succeed.
    async fn add_submission(
        &mut self,
        organisation: OrganisationId,
        submission: &Submission,
    ) -> Result<bool, StoreError>;
    /// Writes everything but body, number and order; the order's revision grows. False when the submission is no
    /// longer in the state `from`: another hand was faster.
    async fn move_submission(
        &mut self,
        organisation: OrganisationId,
        submission: &Submission,
        from: SubmissionState,
    ) -> Result<bool, StoreError>;
}

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// When.
    pub at: Timestamp,
    /// Who; none for the program itself.
    pub user: Option<UserId>,
    /// What was done.
    pub action: Action,
    /// To what, in words: an order's number, a connection's name.
    pub subject: String,
    /// The rest; never a whole code, never a key.
    pub detail: String,
}

/// Who did what. Only ever added to.
#[async_trait]
pub trait Journal {
    /// Adds an entry.
    async fn write_journal(
        &mut self,
        organisation: OrganisationId,
        entry: &JournalEntry,
    ) -> Result<(), StoreError>;
    /// Entries, newest first, with the address of who it was.
    async fn journal(
        &mut self,
        organisation: OrganisationId,
        limit: u32,
    ) -> Result<Vec<(JournalEntry, Option<Email>)>, StoreError>;
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// It waits for its time.
    Queued,
    /// A process works on it, until its lease ends.
    Leased,
    /// It waits for a person or an event; nothing runs it.
    Parked,
}

/// A job as the store keeps one. A finished job is removed: what it did stands in the tables it wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Ours.
    pub id: JobId,
    /// Whose.
    pub organisation: OrganisationId,
    /// The handler's name.
    pub kind: String,
    /// What it works on, by which it is found: a submission's or a connection's id. At most one job of a kind
    /// lives for a subject.
    pub subject: String,
    /// Where it stands.
    pub state: JobState,
    /// Earliest moment to run.
    pub run_at: Timestamp,
    /// Runs in a row that came to nothing: they failed, or their process died. The one that runs is counted in
    /// already.
    pub attempts: u32,
    /// Why it waits, in words for a person.
    pub note: Option<String>,
    /// Whether it was taken over from a process that died while working on it.
    pub taken_over: bool,
}

/// The queue. A job is enqueued by the transaction that makes it necessary.
#[async_trait]
pub trait Jobs {
    /// Adds a job, or wakes the one of the same kind and subject to run at `run_at` if that is earlier or it is
    /// parked. A leased one is left alone and runs once more after. It is written at the end of the transaction, so
    /// that a long one does not hold up the run of that job.
    async fn enqueue(
        &mut self,
        organisation: OrganisationId,
        id: JobId,
        kind: &str,
        subject: &str,
        run_at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Takes up to `limit` jobs that are due, or whose lease ended (their process died), for `owner` until a
    /// moment; attempts grow by one. Concurrent callers get different jobs. `owner` names this lease and no other one.
    async fn lease(
        &mut self,
        owner: &str,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Job>, StoreError>;
    /// Prolongs a lease. False when it was lost to another one.
    async fn renew_lease(
        &mut self,
        id: JobId,
        owner: &str,
        until: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Removes a finished job, or queues it again at once when it was enqueued meanwhile. False when the lease
    /// was lost.
    async fn finish_job(
        &mut self,
        id: JobId,
        owner: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Queues a job whose run came as far as it could, to go on at a moment: nothing failed, so attempts begin anew.
    /// False when the lease was lost.
    async fn postpone_job(
        &mut self,
        id: JobId,
        owner: &str,
        run_at: Timestamp,
        note: &str,
    ) -> Result<bool, StoreError>;
    /// Queues a job whose run failed; attempts stay. False when the lease was lost.
    async fn retry_job(
        &mut self,
        id: JobId,
        owner: &str,
        run_at: Timestamp,
        note: &str,
    ) -> Result<bool, StoreError>;
    /// Parks a job, whose attempts begin anew when it is woken. False when the lease was lost.
    async fn park_job(&mut self, id: JobId, owner: &str, note: &str) -> Result<bool, StoreError>;
    /// The job of a kind and subject, to show it.
    async fn job(
        &mut self,
        organisation: OrganisationId,
        kind: &str,
        subject: &str,
    ) -> Result<Option<Job>, StoreError>;
    /// Every job of a kind, to show them.
    async fn jobs_of_kind(
        &mut self,
        organisation: OrganisationId,
        kind: &str,
    ) -> Result<Vec<Job>, StoreError>;
    /// The earliest moment at which a job becomes due, to sleep until then.
    async fn next_due(&mut self) -> Result<Option<Timestamp>, StoreError>;
}
