//! What every call about orders needs: whose it is, by which door, and a signature where one is asked for.

use super::super::{devices::shut_means, doors::Shut, link::Link};
use crate::{
    ids::{DocumentId, UserId},
    problem::Problem,
    server::{
        Desk,
        ports::{
            code_ordering::{Access, CodeOrdering, OrderFilter, OrderInfo},
            suz::{Content, Document, DocumentState, Door},
        },
    },
    suz::{
        Cause, Contour, DocumentPurpose, OmsId, Why,
        cause::SuzCall,
        emission::{SuzOrderId, view::StuckAnswer},
    },
    time::Timestamp,
};
use secrecy::SecretString;

/// Orders on a page of a search, and pages of orders that came since a moment.
const PAGE: u32 = 100;
const MOST_PAGES: u32 = 5;

/// A company at its station, as calls name it.
#[derive(Clone, Copy)]
pub(in crate::server) struct Station {
    contour: Contour,
    oms_id: OmsId,
    /// Its door.
    pub(in crate::server) door: Door,
}

impl Station {
    /// The station of a link, or what is missing to call it.
    pub(in crate::server) fn of(link: &Link) -> Result<Self, Why> {
        Ok(Self {
            contour: link.connection.contour,
            oms_id: link
                .connection
                .oms_id
                .ok_or(Why::of(Cause::OmsIdNotFound))?,
            door: link.suz().ok_or(Why::of(Cause::NoDevice))?,
        })
    }

    /// Whose call it is.
    pub(in crate::server) const fn access<'a>(&'a self, token: &'a SecretString) -> Access<'a> {
        Access {
            contour: self.contour,
            oms_id: &self.oms_id,
            token,
        }
    }
}

/// A shut door where something of the link is missing before any call.
pub(super) const fn lacking(why: Why) -> Shut {
    Shut::NoLogin {
        why,
        stopped: false,
    }
}

/// What a shut door means on a page that shows orders without a signature.
pub(super) fn stuck_answer(shut: Shut) -> Result<StuckAnswer, Problem> {
    Ok(shut_means(shut, SuzCall::Orders)?
        .map_or(StuckAnswer::WaitsForSignature, StuckAnswer::Failed))
}

impl Desk {
    /// The station that gives out codes.
    pub(in crate::server) fn ordering(&self) -> &dyn CodeOrdering {
        &*self.outside.suz.ordering
    }

    /// A document over bytes that were just made, signed already where a key is on the server.
    pub(super) async fn document_over(
        &self,
        link: &Link,
        id: DocumentId,
        purpose: DocumentPurpose,
        subject: String,
        bytes: Vec<u8>,
        asked_by: UserId,
    ) -> Result<Document, Why> {
        let mut document = self.bare_document(link, id, purpose, subject, bytes, asked_by);
        self.sign_if_possible(link, &mut document).await?;
        Ok(document)
    }

    /// Signs a document where a key is on the server; else it waits for a person.
    pub(super) async fn sign_if_possible(
        &self,
        link: &Link,
        document: &mut Document,
    ) -> Result<(), Why> {
        if link.key_place().is_some() {
            self.sign_document(link, document).await?;
        }
        Ok(())
    }

    /// A document over bytes that were just made, without a signature.
    pub(super) fn bare_document(
        &self,
        link: &Link,
        id: DocumentId,
        purpose: DocumentPurpose,
        subject: String,
        bytes: Vec<u8>,
        asked_by: UserId,
    ) -> Document {
        let now = self.now();
        Document {
            id,
            connection: link.id(),
            purpose,
            subject,
            state: DocumentState::Waiting,
            content: Some(Content {
                bytes,
                challenge: None,
                at: now,
            }),
            signature: None,
            detail: String::new(),
            asked_by: Some(asked_by),
            asked_at: now,
            settled_at: None,
            trouble: None,
        }
    }

    /// All orders that the station got at a moment or later, by whosever program; of very many the first some hundreds.
    pub(super) async fn orders_since(
        &self,
        link: &Link,
        since: Timestamp,
    ) -> Result<Vec<OrderInfo>, Shut> {
        let station = Station::of(link).map_err(lacking)?;
        let mut orders = Vec::new();
        for page in 1..=MOST_PAGES {
            let found = self
                .through(link, station.door, SuzCall::Orders, |token| async move {
                    let filter = OrderFilter {
                        since: Some(since),
                        ..OrderFilter::default()
                    };
                    self.ordering()
                        .search(station.access(&token), filter, PAGE, page)
                        .await
                })
                .await?;
            let seen = u64::from(page) * u64::from(PAGE);
            let last = found.orders.is_empty() || seen >= found.total;
            orders.extend(found.orders);
            if last {
                break;
            }
        }
        Ok(orders)
    }

    /// Orders that the station finds, at most a hundred.
    pub(super) async fn search_orders(
        &self,
        link: &Link,
        keys: &[String],
        orders: &[SuzOrderId],
    ) -> Result<Vec<OrderInfo>, Shut> {
        let station = Station::of(link).map_err(lacking)?;
        let found = self
            .through(link, station.door, SuzCall::Orders, |token| async move {
                let filter = OrderFilter {
                    keys,
                    orders,
                    ..OrderFilter::default()
                };
                self.ordering()
                    .search(station.access(&token), filter, 100, 1)
                    .await
            })
            .await?;
        Ok(found.orders)
    }
}
