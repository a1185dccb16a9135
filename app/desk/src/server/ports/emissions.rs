//! What the store keeps of orders of codes.

use super::storage::StoreError;
use crate::{
    ids::{DocumentId, EmissionId, OrganisationId, SuzConnectionId, UserId},
    suz::{
        Why,
        emission::{
            BufferStatus, ClosingState, EmissionState, OrderStatus, SuzOrderId, view::OrderObstacle,
        },
        group_form::CisType,
        new_emission::EmissionDraft,
    },
    time::Timestamp,
};
use async_trait::async_trait;
use cis::Gtin;
use serde::{Deserialize, Serialize};

/// How the station was searched for an order of which it told nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searching {
    /// How often it answered that it knows no such order.
    pub times: u32,
    /// When it answered so last.
    pub at: Option<Timestamp>,
    /// Why the last search itself came to nothing.
    pub failed: Option<Why>,
    /// Where our key cannot be searched for: what may be the order.
    pub candidates: Candidates,
}

/// Orders of the station that may be one whose answer was lost: of the same goods, younger than its sending, nobody's of
/// us.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidates {
    /// The orders, as the station lists them.
    pub orders: Vec<Candidate>,
    /// There is one, its numbers of codes are ours, and no other lost order of ours could be it.
    pub alone: bool,
}

impl Candidates {
    /// The order that it most likely is: a person decides.
    pub fn likely(&self) -> Option<&SuzOrderId> {
        self.orders
            .first()
            .filter(|_| self.alone)
            .map(|one| &one.order)
    }
}

/// An order of the station that may be one whose answer was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its number.
    pub order: SuzOrderId,
    /// Where it stands.
    pub status: OrderStatus,
    /// When the station got it.
    pub created: Option<Timestamp>,
}

/// The closing of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Where it stands.
    pub state: ClosingState,
    /// Its body and signature.
    pub document: DocumentId,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Why it came to nothing.
    pub trouble: Option<Why>,
    /// So many codes at most may be annulled by it: what the person who asked had seen and confirmed.
    pub annuls: u64,
}

/// An order of codes as the store keeps one. Its body and signature are the document's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmissionOrder {
    /// Ours, and the key that the station keeps.
    pub id: EmissionId,
    /// By which link.
    pub connection: SuzConnectionId,
    /// The group's alias.
    pub group: String,
    /// The form it was made from.
    pub draft: EmissionDraft,
    /// Body and signature.
    pub document: DocumentId,
    /// It belongs to a self-check.
    pub test: bool,
    /// Where it stands.
    pub state: EmissionState,
    /// The station's number of it.
    pub their_id: Option<SuzOrderId>,
    /// `declineReason`, as they say it.
    pub decline: Option<String>,
    /// Why it was refused, what came instead of an answer, or what the last question came to.
    pub trouble: Option<Why>,
    /// A person had seen what stands against it, and wants it sent nevertheless.
    pub anyway: bool,
    /// What stood against it when it was to be sent.
    pub held: Vec<OrderObstacle>,
    /// Who asked for it.
    pub asked_by: UserId,
    /// When it was made.
    pub made_at: Timestamp,
    /// When the call was begun.
    pub sent_at: Option<Timestamp>,
    /// How it was searched for.
    pub searching: Searching,
    /// When the station told of it last.
    pub told_at: Option<Timestamp>,
    /// Questions in a row that brought nothing new: by it they become rarer.
    pub quiet: u32,
    /// Its closing, when somebody asked for it.
    pub closing: Option<Closing>,
    /// How often it was written: whoever writes an older one is told so.
    pub revision: i64,
}

/// What a station said of one GTIN; before it was asked there is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineTold {
    /// `bufferStatus`.
    pub status: Option<BufferStatus>,
    /// Codes that can be asked for.
    pub available: Option<u64>,
    /// Codes left in the buffer.
    pub left: Option<u64>,
    /// Codes that were handed out.
    pub passed: Option<u64>,
    /// Codes that will not come.
    pub unavailable: Option<u64>,
    /// The buffer is not filled any more.
    pub pools_exhausted: Option<bool>,
    /// When codes that were not fetched are annulled.
    pub expires: Option<Timestamp>,
    /// `rejectionReason`, as they say it.
    pub rejection: Option<String>,
}

/// One GTIN of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmissionLine {
    /// Which goods.
    pub gtin: Gtin,
    /// Codes asked for.
    pub quantity: u32,
    /// `templateId`.
    pub template: u32,
    /// What they are put on.
    pub cis_type: CisType,
    /// Whether its serial numbers are our own.
    pub own_serials: bool,
    /// What the station said.
    pub told: LineTold,
    /// Codes of it that lie in the stock, in whole blocks; the stock counts them, nobody writes them here.
    pub received: u64,
}

/// How many orders of a company the station counts, by everybody's programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StationCount {
    /// Ready, with goods that are neither closed nor rejected: they count until they are closed, fetched or not.
    pub active: u32,
    /// Not ready yet.
    pub queued: u32,
    /// When it was asked.
    pub at: Timestamp,
}

/// Orders of codes.
#[async_trait]
pub trait Emissions {
    /// Adds an order with its goods. False when one has this id, by a constraint of the database itself.
    async fn add_emission(
        &mut self,
        organisation: OrganisationId,
        order: &EmissionOrder,
        lines: &[EmissionLine],
    ) -> Result<bool, StoreError>;
    /// One order.
    async fn emission(
        &mut self,
        organisation: OrganisationId,
        id: EmissionId,
    ) -> Result<Option<EmissionOrder>, StoreError>;
    /// One order, locked until the end of the transaction.
    async fn lock_emission(
        &mut self,
        organisation: OrganisationId,
        id: EmissionId,
    ) -> Result<Option<EmissionOrder>, StoreError>;
    /// Ours that a link knows by the station's number.
    async fn emission_of(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        order: &SuzOrderId,
    ) -> Result<Option<EmissionId>, StoreError>;
    /// The goods of an order, in the order of its form.
    async fn emission_lines(
        &mut self,
        organisation: OrganisationId,
        id: EmissionId,
    ) -> Result<Vec<EmissionLine>, StoreError>;
    /// The goods of several orders.
    async fn lines_of_emissions(
        &mut self,
        organisation: OrganisationId,
        ids: &[EmissionId],
    ) -> Result<Vec<(EmissionId, EmissionLine)>, StoreError>;
    /// Orders, the newest first, those made before `after`.
    async fn emissions(
        &mut self,
        organisation: OrganisationId,
        after: Option<EmissionId>,
        limit: u32,
    ) -> Result<Vec<EmissionOrder>, StoreError>;
    /// Orders of a link that are in one of these states, the oldest first.
    async fn emissions_in(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        states: &[EmissionState],
        limit: u32,
    ) -> Result<Vec<EmissionOrder>, StoreError>;
    /// Writes everything that changes of an order that is still in the state `from` and of the same revision, which grows
    /// by one. False when another hand was faster.
    async fn move_emission(
        &mut self,
        organisation: OrganisationId,
        order: &EmissionOrder,
        from: EmissionState,
    ) -> Result<bool, StoreError>;
    /// Writes what the station said of one GTIN; what it did not say this time is forgotten, but for the end of codes.
    async fn save_line_told(
        &mut self,
        organisation: OrganisationId,
        id: EmissionId,
        gtin: Gtin,
        told: &LineTold,
    ) -> Result<(), StoreError>;
    /// How many orders of a link stand where.
    async fn count_emissions(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Vec<(EmissionState, u32)>, StoreError>;
    /// How many orders of a link that the station may have queued were sent after a moment.
    async fn count_emissions_sent(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        after: Timestamp,
    ) -> Result<u32, StoreError>;
    /// How many ready orders of a link have goods that are neither `CLOSED` nor `REJECTED`, as far as was told.
    async fn count_active_emissions(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<u32, StoreError>;
    /// What the station counted of a link's company when it was asked last.
    async fn station_count(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Option<StationCount>, StoreError>;
    /// Writes what the station counts.
    async fn save_station_count(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        count: StationCount,
    ) -> Result<(), StoreError>;
    /// The newest order of a link's self-check that was made at `since` or later.
    async fn test_emission(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        since: Timestamp,
    ) -> Result<Option<EmissionOrder>, StoreError>;
    /// GTINs that were ordered or that offers of a marketplace are known by, with a name where one is known; the newest
    /// orders' first.
    async fn known_gtins(
        &mut self,
        organisation: OrganisationId,
        limit: u32,
    ) -> Result<Vec<(Gtin, Option<String>)>, StoreError>;
}
