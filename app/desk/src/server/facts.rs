//! Taking over what the marketplace says of an order, and the sums that the list is drawn from.

use super::{
    Desk,
    jobs::JobKind,
    ports::{
        storage::{FactsChange, JournalEntry, LinePlan, Transaction},
        verifications::Verification,
    },
    views,
};
use crate::{
    identifiers::Requirement,
    ids::{LineId, OrderId, OrganisationId, ShopId, SlotId},
    journal::Action,
    marketplace::{MarketOrder, Model, OrderStatus},
    orders::carrier,
    problem::Problem,
    submission::Carrier,
    time::Timestamp,
};

impl Desk {
    /// Writes one reading of an order: facts, lines, slots, sums. A cancelled order frees its codes.
    pub(super) async fn take_facts(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        shop: ShopId,
        facts: &MarketOrder,
        read_at: Timestamp,
    ) -> Result<(OrderId, FactsChange), Problem> {
        let known = tx.order_by_number(organisation, shop, facts.id).await?;
        let id = match &known {
            Some(order) => order.id,
            None => self.id(OrderId::from_parts)?,
        };
        let mut plan = Vec::with_capacity(facts.items.len());
        for item in &facts.items {
            let wanted = if wants_slots(&item.required) {
                item.count
            } else {
                0
            };
            let slots = (0..wanted)
                .map(|_| self.id(SlotId::from_parts))
                .collect::<Result<_, _>>()?;
            plan.push(LinePlan {
                id: self.id(LineId::from_parts)?,
                item: item.id,
                slots,
            });
        }
        let change = tx
            .save_facts(organisation, id, shop, facts, &plan, read_at)
            .await?;
        let freed = match &facts.status {
            OrderStatus::Cancelled => tx.free_slots(organisation, id).await?,
            _ => 0,
        };
        if change == FactsChange::Changed || freed > 0 {
            let before = known.as_ref().map_or(0, |order| order.slots_revision);
            let after = tx
                .order(organisation, id)
                .await?
                .map_or(0, |order| order.slots_revision);
            if after != before {
                let entry = JournalEntry {
                    at: read_at,
                    user: None,
                    action: Action::OrderChanged,
                    subject: facts.id.to_string(),
                    detail: facts.status.as_str().to_owned(),
                };
                tx.write_journal(organisation, &entry).await?;
            }
        }
        self.watch_verification(tx, organisation, id, shop, facts)
            .await?;
        self.sum_up(tx, organisation, id).await?;
        Ok((id, change))
    }

    /// Codes that another hand sent are verified too, and it is as good to know of them.
    async fn watch_verification(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        id: OrderId,
        shop: ShopId,
        facts: &MarketOrder,
    ) -> Result<(), Problem> {
        let verified = matches!(facts.model, Some(Model::Fbs | Model::Express | Model::Laas));
        let held = facts.items.iter().any(|item| !item.instances.is_empty());
        if !verified
            || !held
            || facts.status != OrderStatus::Processing
            || tx.verification(organisation, id).await?.is_some()
        {
            return Ok(());
        }
        let now = self.now();
        tx.save_verification(organisation, &Verification::begun(id, now))
            .await?;
        let subject = shop.to_string();
        self.enqueue(tx, organisation, JobKind::VerifyShop, &subject, now)
            .await
    }

    /// Writes the sums of an order anew; called by everything that changes an order.
    pub(super) async fn sum_up(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        id: OrderId,
    ) -> Result<(), Problem> {
        let Some(order) = tx.order(organisation, id).await? else {
            return Ok(());
        };
        let newest = tx.newest_submission(organisation, id).await?;
        let boxed = carrier(order.facts.model.as_ref()) == Some(Carrier::Boxes);
        // Orders whose codes go by line are neither verified nor shipped: no need to ask.
        let (verification, shipment) = if boxed {
            (
                tx.verification(organisation, id).await?,
                tx.shipment(organisation, id).await?,
            )
        } else {
            (None, None)
        };
        let lines = views::lines(&order, self.now(), |_| Vec::new());
        let fates = views::Fates {
            submission: newest.as_ref(),
            verification: verification.as_ref(),
            shipment: shipment.as_ref(),
        };
        let standing = views::standing(&order, &lines, &fates);
        let units = order.facts.items.iter().map(|item| item.count).sum();
        let (wanted, filled, work) = (standing.wanted(), standing.filled(), standing.work());
        Ok(tx
            .save_summary(organisation, id, units, wanted, filled, work)
            .await?)
    }
}

/// Whether Metka can fill anything that the line asks for; a requirement from the future has no slot to fill.
fn wants_slots(required: &[Requirement]) -> bool {
    required
        .iter()
        .any(|requirement| !matches!(requirement, Requirement::Other(_)))
}
