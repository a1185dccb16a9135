//! Filled forms of orders of codes that made no order: kept for a while, so that the page that says what is wrong has
//! what was typed.

use super::storage::StoreError;
use crate::{
    ids::{EmissionId, OrganisationId, SuzConnectionId, UserId},
    suz::{emission::view::OrderAnswer, new_emission::EmissionDraft},
    time::Timestamp,
};
use async_trait::async_trait;

/// A form that made no order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptForm {
    /// The id that the form came with.
    pub id: EmissionId,
    /// By which connection.
    pub connection: SuzConnectionId,
    /// What was filled in.
    pub draft: EmissionDraft,
    /// Why it made no order.
    pub answer: OrderAnswer,
    /// When it was kept.
    pub kept_at: Timestamp,
}

/// Kept forms. They are a person's own: nobody else of the organisation sees them.
#[async_trait]
pub trait KeptForms {
    /// Keeps a form in place of the one with the same id. Of the person's forms the `most` newest stay, of the
    /// organisation's those that were kept at `since` or later.
    async fn keep_form(
        &mut self,
        organisation: OrganisationId,
        user: UserId,
        form: &KeptForm,
        since: Timestamp,
        most: u32,
    ) -> Result<(), StoreError>;
    /// A form of the person that was kept at `since` or later.
    async fn kept_form(
        &mut self,
        organisation: OrganisationId,
        user: UserId,
        id: EmissionId,
        since: Timestamp,
    ) -> Result<Option<KeptForm>, StoreError>;
    /// Forgets a form: it made an order after all.
    async fn drop_kept_form(
        &mut self,
        organisation: OrganisationId,
        user: UserId,
        id: EmissionId,
    ) -> Result<(), StoreError>;
}
