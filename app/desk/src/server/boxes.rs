//! What a person says of an order's boxes.

use super::{
    Desk,
    ports::storage::{JournalEntry, MarkRecord, Order, Slot, Transaction},
};
use crate::{
    account::Actor,
    boxes::{Place, Unit},
    identifiers::Mark,
    ids::{MarketItemId, OrderId, OrganisationId},
    journal::Action,
    orders::OrderPage,
    problem::Problem,
};

impl Desk {
    /// Puts a unit into a box, or its parts into several.
    pub async fn place_unit(
        &self,
        actor: &Actor,
        id: OrderId,
        unit: Unit,
        place: Place,
    ) -> Result<OrderPage, Problem> {
        let mut tx = self.write().await?;
        let mut order = self.open_order(&mut *tx, actor, id).await?;
        let known = order
            .facts
            .items
            .iter()
            .any(|item| item.id == unit.item && (1..=item.count).contains(&unit.number));
        if !known {
            return Err(Problem::OrderChanged);
        }
        order
            .plan
            .put(unit, place)
            .map_err(|error| Problem::BadPlan { error })?;
        tx.save_plan(actor.organisation, id, &order.plan, true)
            .await?;
        self.finish(tx, actor, id).await
    }

    /// Takes units of a line out of the order, for good, with the next layout that is sent; zero keeps them all.
    /// `confirmed` is the number that the person was shown. Codes move into the units that stay; as many as there
    /// are codes cannot be removed before the codes are taken out.
    pub async fn remove_units(
        &self,
        actor: &Actor,
        id: OrderId,
        item: MarketItemId,
        units: u32,
        confirmed: u32,
    ) -> Result<OrderPage, Problem> {
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        let mut order = self.open_order(&mut *tx, actor, id).await?;
        let count = order
            .facts
            .items
            .iter()
            .find(|facts| facts.id == item)
            .map(|facts| facts.count)
            .filter(|count| units <= *count)
            .ok_or(Problem::OrderChanged)?;
        order
            .plan
            .remove(item, units, confirmed)
            .map_err(|error| Problem::BadPlan { error })?;
        self.make_room(&mut *tx, organisation, &order, item, count - units)
            .await?;
        tx.save_plan(organisation, id, &order.plan, true).await?;
        let entry = JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action: Action::UnitsRemoved,
            subject: order.facts.id.to_string(),
            detail: format!("{item}: {units}"),
        };
        tx.write_journal(organisation, &entry).await?;
        self.finish(tx, actor, id).await
    }

    /// Moves what lies in the last slots of a line into its empty first ones, so that only `kept` are used.
    async fn make_room(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        order: &Order,
        item: MarketItemId,
        kept: u32,
    ) -> Result<(), Problem> {
        let Some(line) = order.lines.iter().find(|line| line.item == item) else {
            return Ok(());
        };
        let holds = |slot: &&Slot| {
            slot.mark_key.is_some()
                || slot.rnpt.is_some()
                || slot.gtd.is_some()
                || slot.country.is_some()
        };
        let mut empty = line
            .slots
            .iter()
            .filter(|slot| slot.number <= kept && !holds(slot));
        for slot in line
            .slots
            .iter()
            .filter(|slot| slot.number > kept)
            .filter(holds)
        {
            let Some(target) = empty.next() else {
                return Err(Problem::CodesInTheWay);
            };
            if let (Some(key), Some(text)) = (&slot.mark_key, &slot.mark_text) {
                tx.clear_slot(organisation, order.id, slot.id, self.now())
                    .await?;
                let gtin = text
                    .parse()
                    .ok()
                    .and_then(|code| Mark::Cis(code).gtin())
                    .map(|gtin| gtin.to_string());
                let mark = MarkRecord {
                    key: key.clone(),
                    text: text.clone(),
                    gtin,
                };
                let at = slot.filled_at.unwrap_or_else(|| self.now());
                if !tx
                    .fill_slot(organisation, order.id, target.id, &mark, at)
                    .await?
                {
                    return Err(Problem::SlotTaken);
                }
            }
            let parts = (
                slot.rnpt.as_deref(),
                slot.gtd.as_deref(),
                slot.country.as_deref(),
            );
            if parts != (None, None, None) {
                tx.set_extras(organisation, order.id, target.id, parts.0, parts.1, parts.2)
                    .await?;
                tx.set_extras(organisation, order.id, slot.id, None, None, None)
                    .await?;
            }
        }
        Ok(())
    }
}
