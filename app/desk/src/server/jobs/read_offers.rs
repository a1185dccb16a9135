//! Reading the bar codes of offers that are to be packed, so that the first scan of a product needs no question.

use super::{Decision, Desk, back_off};
use crate::{
    ids::{MarketplaceConnectionId, OrganisationId},
    live::Change,
    orders::placing::KnownProduct,
    problem::Problem,
    server::{
        packing::{CATALOGUE_HOLDS, TO_PACK, offers_of},
        ports::{
            market::{CallError, OfferFacts},
            storage::{Job, Transaction},
        },
    },
    time::Timestamp,
};
use cis::Gtin;

/// Articles of one call ([`getOfferMappings`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/business-assortment/getOfferMappings)).
const AT_ONCE: usize = 100;
/// Orders whose offers one run asks for.
const MOST_ORDERS: u32 = 1000;

/// Asks for every offer of which nothing is known, and remembers that it was asked for, also when the key may not ask.
pub(super) async fn run(desk: &Desk, job: &Job) -> Result<Decision, Problem> {
    let organisation = job.organisation;
    let id: MarketplaceConnectionId = job.subject.parse().map_err(|_| Problem::NotFound)?;
    let (connection, key, offers) = {
        let mut tx = desk.read().await?;
        (
            tx.connection(organisation, id).await?,
            tx.key(organisation, id).await?,
            unknown_offers(&mut *tx, organisation, id, desk.now()).await?,
        )
    };
    let (Some(connection), Some(key)) = (connection, key) else {
        return Ok(Decision::Done);
    };
    let Some(business) = connection.business else {
        return Ok(Decision::Done);
    };
    for articles in offers.chunks(AT_ONCE) {
        let answer = desk.outside.market.offers(&key, business, articles).await;
        let (facts, closed) = match answer {
            Ok(facts) => (facts, false),
            // The key has no right to the catalogue: products are learned from scans, and the page says so.
            Err(CallError::Refused(words)) if words.http == 403 => (vec![], true),
            Err(error) => return Ok(after(desk, job, &error)),
        };
        let mut tx = desk.write().await?;
        learn(&mut *tx, organisation, &facts, desk.now()).await?;
        tx.note_offers_read(organisation, articles, closed, desk.now())
            .await?;
        tx.commit().await?;
        if closed {
            break;
        }
    }
    if !offers.is_empty() {
        desk.tell(organisation, Change::Orders);
    }
    Ok(Decision::Done)
}

/// Offers of orders to pack, of one connection's shops, that are not known and were not asked for lately.
async fn unknown_offers(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    connection: MarketplaceConnectionId,
    now: Timestamp,
) -> Result<Vec<String>, Problem> {
    let shops = tx.shops(organisation).await?;
    let mut orders = tx
        .orders_to_pack(organisation, &TO_PACK, &[], MOST_ORDERS)
        .await?;
    orders.retain(|one| {
        let mut shops = shops.iter();
        shops.any(|shop| shop.id == one.order.shop && shop.connection == connection)
    });
    let mut offers = offers_of(&orders);
    let known = tx.gtins_of_offers(organisation, &offers).await?;
    let read = tx
        .offers_read(organisation, &offers, now.plus_seconds(-CATALOGUE_HOLDS))
        .await?;
    offers.retain(|offer| {
        known.iter().all(|(known, _)| known != offer) && read.iter().all(|(read, _)| read != offer)
    });
    Ok(offers)
}

async fn learn(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    facts: &[OfferFacts],
    now: Timestamp,
) -> Result<(), Problem> {
    for offer in facts {
        for gtin in offer.barcodes.iter().filter_map(|text| gtin(text)) {
            let name = offer.name.clone().unwrap_or_else(|| offer.offer_id.clone());
            let product = KnownProduct { gtin, name };
            tx.learn_gtin(organisation, &offer.offer_id, &product, now)
                .await?;
        }
    }
    Ok(())
}

/// The GTIN-14 of a bar code. A number that a shop gives its goods by itself (prefix 2, GS1 General Specifications
/// section 1.4) is in no marking code, and would only make the right code look like another product's.
fn gtin(barcode: &str) -> Option<String> {
    let text = barcode.trim();
    if !matches!(text.len(), 8 | 12 | 13 | 14) {
        return None;
    }
    let padded = format!("{text:0>14}");
    let own = padded.starts_with("02") || (text.len() == 8 && text.starts_with('2'));
    (!own).then(|| padded.parse::<Gtin>().ok().map(|_| padded))?
}

fn after(desk: &Desk, job: &Job, error: &CallError) -> Decision {
    let note = error.to_string();
    match error {
        CallError::Limited { until } => Decision::Later { at: *until, note },
        CallError::Refused(_) | CallError::Argument(_) => Decision::Park { note },
        CallError::NotSent(_) | CallError::NoAnswer(_) | CallError::NotUnderstood { .. } => {
            let at = desk.now().plus_seconds(back_off(job.attempts));
            Decision::Again { at, note }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::gtin;

    #[test]
    fn a_bar_code_is_a_gtin_only_if_others_can_know_it() {
        assert_eq!(gtin(" 4607809591423").as_deref(), Some("04607809591423"));
        assert_eq!(gtin("04607809591423").as_deref(), Some("04607809591423"));
        assert_eq!(gtin("4607809591424"), None, "a wrong check digit");
        assert_eq!(gtin("2000000000015"), None, "a shop's own number");
        assert_eq!(gtin("ART-1"), None);
    }
}
