//! The stock of codes and its history, as the store keeps them.
//!
//! The store writes by itself what happens to a code in its slots: whoever fills, empties or frees a slot through
//! [`Slots`](super::storage::Slots) or takes a unit off an order leaves an entry, so none can be forgotten. What the
//! marketplace says of a single code is told with [`Codes::note_codes`].

use super::storage::{MarkRecord, StoreError};
use crate::{
    account::Email,
    codes::{CodeState, Cursor, EventKind, Filter, OrderName, Origin},
    ids::{OrderId, OrganisationId, UserId},
    submission::{SubmissionState, TheirWords},
    time::Timestamp,
};
use async_trait::async_trait;

/// On whose behalf a transaction works, and how the codes that it keeps came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    /// The person.
    pub user: UserId,
    /// How codes come.
    pub origin: Origin,
    /// The order that they were brought for.
    pub order: Option<OrderId>,
}

/// A code with where it stands.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptCode {
    /// Its identity: `cis:` + КИ, or `uin:` + УИН.
    pub key: String,
    /// The whole text, with real U+001D.
    pub text: String,
    /// GTIN-14 of a marking code.
    pub gtin: Option<String>,
    /// The name of the line that it lies in, else the one that its GTIN was last accepted with.
    pub product: Option<String>,
    /// Where it stands.
    pub state: CodeState,
    /// The order that it lies in.
    pub order: Option<OrderName>,
    /// How it came.
    pub origin: Option<Origin>,
    /// Who brought it.
    pub came_by: Option<Email>,
    /// The order that it was brought for.
    pub came_for: Option<OrderName>,
    /// When it came.
    pub came_at: Timestamp,
}

/// Something that happened to a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeEvent {
    /// The code's key.
    pub key: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// With which order.
    pub order: Option<OrderId>,
    /// The marketplace's own word for it.
    pub words: Option<String>,
}

/// An entry of a code's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastEvent {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// Who; none for the program itself.
    pub who: Option<Email>,
    /// With which order.
    pub order: Option<OrderName>,
    /// [`Order::slots_revision`](super::storage::Order::slots_revision) after it, of what changed a slot. Older entries,
    /// taken over from the journal, have none.
    pub slots_revision: Option<i64>,
    /// The marketplace's own word for it.
    pub words: Option<String>,
}

/// A submission of an order as far as a code's history tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Its number within the order.
    pub number: u32,
    /// Where it stands.
    pub state: SubmissionState,
    /// The slots that it was made of.
    pub slots_revision: i64,
    /// Who pressed «send».
    pub who: Option<Email>,
    /// When it was stored.
    pub stored_at: Timestamp,
    /// When the last call was begun; none when nothing ever left.
    pub sent_at: Option<Timestamp>,
    /// When its fate became known.
    pub settled_at: Option<Timestamp>,
    /// Their words, when they said no.
    pub refusal: Option<TheirWords>,
}

/// What is asked of the stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeQuery<'a> {
    /// What the person chose; its days are told by the bounds below.
    pub filter: &'a Filter,
    /// Codes that came at this moment or later.
    pub from: Option<Timestamp>,
    /// Codes that came before this moment.
    pub until: Option<Timestamp>,
    /// Behind this row, whatever the filter says of pages.
    pub after: Option<&'a Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// The stock of codes.
#[async_trait]
pub trait Codes {
    /// Says on whose behalf this transaction works from now on: it is written with every code that is kept and every
    /// entry of a history. A transaction that says nothing works for the program itself.
    fn act_for(&mut self, hand: Hand);
    /// Keeps marks as [`Slots::keep_code`](super::storage::Slots::keep_code) does, any number by one statement.
    async fn keep_codes(
        &mut self,
        organisation: OrganisationId,
        marks: &[MarkRecord],
        at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Adds entries to histories, any number by one statement, in their order.
    async fn note_codes(
        &mut self,
        organisation: OrganisationId,
        events: &[CodeEvent],
    ) -> Result<(), StoreError>;
    /// Codes, newest first, those of one moment by key downwards.
    async fn codes(
        &mut self,
        organisation: OrganisationId,
        query: &CodeQuery<'_>,
    ) -> Result<Vec<KeptCode>, StoreError>;
    /// One code.
    async fn code(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Option<KeptCode>, StoreError>;
    /// Whether there is any code at all.
    async fn has_codes(&mut self, organisation: OrganisationId) -> Result<bool, StoreError>;
    /// The history of a code, oldest first.
    async fn code_history(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Vec<PastEvent>, StoreError>;
    /// The submissions of an order, oldest first.
    async fn sendings(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Vec<Sending>, StoreError>;
}
