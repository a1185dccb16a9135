//! What one signs: the order of codes behind a document.

use super::told::annuls;
use crate::{
    ids::{EmissionId, OrganisationId},
    problem::Problem,
    server::ports::{storage::Transaction, suz::Document},
    suz::{DocumentPurpose, document::OrderToSign, emission::SuzOrderId},
};

/// The order that a document makes, closes or lets through; nothing for a login, and for an order of another program.
pub(in crate::server::suz) async fn order_to_sign(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    document: &Document,
) -> Result<Option<OrderToSign>, Problem> {
    let id = match document.purpose {
        DocumentPurpose::Order | DocumentPurpose::CloseOrder => {
            document.subject.parse::<EmissionId>().ok()
        }
        DocumentPurpose::StuckOrder => match document.subject.parse::<SuzOrderId>() {
            Ok(order) => {
                tx.emission_of(organisation, document.connection, &order)
                    .await?
            }
            Err(_) => None,
        },
        DocumentPurpose::ClientLogin
        | DocumentPurpose::TrueApiLogin
        | DocumentPurpose::RegisterDevice => None,
    };
    let Some(id) = id else {
        return Ok(None);
    };
    let Some(order) = tx.emission(organisation, id).await? else {
        return Ok(None);
    };
    let lines = tx.emission_lines(organisation, id).await?;
    let closing = order
        .closing
        .as_ref()
        .filter(|closing| closing.document == document.id);
    Ok(Some(OrderToSign {
        id,
        group: order.group.clone(),
        gtins: lines.iter().map(|line| line.gtin).collect(),
        codes: lines.iter().map(|line| u64::from(line.quantity)).sum(),
        annuls: closing.map_or(0, |closing| closing.annuls.min(annuls(&lines))),
    }))
}
