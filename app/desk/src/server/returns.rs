//! Taking over what the marketplace says of a return: which marks come back, and which are free again.

use super::{
    Desk,
    codes::news::returned,
    ports::{
        returns::UnitRecord,
        storage::{FactsChange, JournalEntry, Order, Transaction},
    },
};
use crate::{
    identifiers::Mark,
    ids::{OrderId, OrganisationId, ShopId},
    journal::Action,
    problem::Problem,
    returns::{MarketReturn, ReturnedUnitStatus},
    time::Timestamp,
};

/// What a mark's identity begins with in the store.
const CIS: &str = "cis:";

impl Desk {
    /// Writes one reading of a return. A mark whose unit is with the shop again is let go; it stays in its slot to
    /// be seen. The order that changed, if we hold it and anything did.
    pub(super) async fn take_return(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        shop: ShopId,
        facts: &MarketReturn,
        read_at: Timestamp,
    ) -> Result<Option<OrderId>, Problem> {
        let order = tx.order_by_number(organisation, shop, facts.order).await?;
        let laid = order.as_ref().map(marks).unwrap_or_default();
        let units: Vec<UnitRecord> = facts
            .lines
            .iter()
            .flat_map(|line| &line.units)
            .map(|unit| UnitRecord {
                mark_key: unit.cis.as_deref().and_then(|cis| mark_key(cis, &laid)),
                unit: unit.clone(),
            })
            .collect();
        let id = order.map(|order| order.id);
        let change = tx
            .save_return(organisation, shop, id, facts, &units, read_at)
            .await?;
        if change == FactsChange::Same {
            return Ok(None);
        }
        for unit in &units {
            let Some(key) = &unit.mark_key else { continue };
            let status = unit.unit.status.as_ref();
            if change == FactsChange::New {
                self.note_mark(tx, organisation, Action::CodeReturned, facts, key, read_at)
                    .await?;
                let news = returned(id, key, status, read_at);
                tx.note_codes(organisation, &[news]).await?;
            }
            if let Some(order) = id
                && status.is_some_and(ReturnedUnitStatus::back_with_shop)
                && tx.release_mark(organisation, order, key, read_at).await?
            {
                self.note_mark(tx, organisation, Action::CodeReleased, facts, key, read_at)
                    .await?;
                let news = returned(id, key, status, read_at);
                tx.note_codes(organisation, &[news]).await?;
            }
        }
        Ok(id)
    }

    async fn note_mark(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        action: Action,
        facts: &MarketReturn,
        key: &str,
        at: Timestamp,
    ) -> Result<(), Problem> {
        let entry = JournalEntry {
            at,
            user: None,
            action,
            subject: facts.order.to_string(),
            detail: key.strip_prefix(CIS).unwrap_or(key).to_owned(),
        };
        Ok(tx.write_journal(organisation, &entry).await?)
    }
}

/// The marks that lie in an order's slots.
fn marks(order: &Order) -> Vec<String> {
    order
        .lines
        .iter()
        .flat_map(|line| &line.slots)
        .filter_map(|slot| slot.mark_key.clone())
        .collect()
}

/// The identity of the mark that a return names. Of marks that lie in the order the one it begins with is meant,
/// however much of the tail they left on; otherwise whatever the engine reads in it.
fn mark_key(cis: &str, laid: &[String]) -> Option<String> {
    let told = cis.trim();
    let read = told.parse().ok().map(|code| Mark::Cis(code).key());
    if let Some(key) = read.as_ref().filter(|key| laid.contains(key)) {
        return Some(key.clone());
    }
    let begins = |key: &&String| {
        key.strip_prefix(CIS)
            .and_then(|ki| told.strip_prefix(ki))
            .is_some_and(tail)
    };
    let laid = laid
        .iter()
        .filter(begins)
        .max_by_key(|key| key.len())
        .cloned();
    laid.or(read)
}

/// Whether what stands behind an identity is a tail: nothing, or a group that a tail begins with.
fn tail(rest: &str) -> bool {
    rest.is_empty()
        || ["\u{1d}", "91", "92", "93"]
            .iter()
            .any(|begins| rest.starts_with(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KI: &str = "0104670033010053215Qbag!a";

    fn laid(kis: &[&str]) -> Vec<String> {
        kis.iter().map(|ki| format!("{CIS}{ki}")).collect()
    }

    #[test]
    fn a_code_is_recognised_with_its_tail_and_without() {
        let laid = laid(&[KI]);
        for told in [
            KI.to_owned(),
            format!(" {KI}\n"),
            format!("{KI}\u{1d}93Zjqw"),
            format!("{KI}93Zjqw"),
        ] {
            assert_eq!(
                mark_key(&told, &laid),
                Some(format!("{CIS}{KI}")),
                "{told:?}"
            );
        }
    }

    #[test]
    fn a_serial_that_another_begins_with_is_not_taken_for_it() {
        let short = "0104670033010053215Q";
        assert_eq!(
            mark_key(KI, &laid(&[short])),
            Some(format!("{CIS}{KI}")),
            "the engine's own reading"
        );
        assert_eq!(
            mark_key(KI, &laid(&[short, KI])),
            Some(format!("{CIS}{KI}"))
        );
    }

    #[test]
    fn a_code_of_another_hand_is_named_by_itself_and_nonsense_by_nothing() {
        assert_eq!(mark_key(KI, &[]), Some(format!("{CIS}{KI}")));
        assert_eq!(mark_key("нет кода", &laid(&[KI])), None);
    }
}
