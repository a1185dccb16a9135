//! The order list and the order page, and reading one order again.

use super::{
    Desk,
    ports::{
        market::{CallError, OrderQuery},
        storage::{Order, Transaction},
    },
    views,
    when::{days, when},
};
use crate::{
    account::{Actor, Permission},
    ids::{OrderId, OrganisationId},
    live::Change,
    marketplace::MarketOrder,
    orders::{
        IntakeView, OrderFilter, OrderList, OrderPage, OrderRights, OrderRow, Tab, carrier,
        due::Due,
    },
    problem::Problem,
};
use secrecy::SecretString;
use std::collections::HashMap;

/// Texts without a slot on the page.
const UNPLACED_SHOWN: u32 = 200;

impl Desk {
    /// The order list.
    pub async fn orders(&self, actor: &Actor, filter: &OrderFilter) -> Result<OrderList, Problem> {
        let now = self.now();
        let organisation = actor.organisation;
        let mut tx = self.read().await?;
        let days = days(now);
        let (rows, found) = tx.list(organisation, filter, &days).await?;
        let counted = tx
            .count_by_due(organisation, filter.shop, filter.model.as_ref(), &days)
            .await?;
        let count = |tab: Tab, due: Option<Due>| -> u32 {
            counted
                .iter()
                .filter(|(work, ..)| tab.states().contains(work))
                .filter(|(_, counted, _)| due.is_none() || *counted == due)
                .map(|(.., n)| n)
                .sum()
        };
        let (sync, connected) = self.worst_sync(&mut *tx, organisation).await?;
        Ok(OrderList {
            rows: rows
                .into_iter()
                .map(|row| OrderRow {
                    id: row.id,
                    number: row.number,
                    model: row.model.map(Into::into),
                    shop: row.shop,
                    ship_by: row.ship_by.map(|ship| when(ship.at, now, ship.timed)),
                    units: row.units,
                    wanted: row.wanted,
                    filled: row.filled,
                    fake: row.fake,
                    work: row.work,
                })
                .collect(),
            found,
            counts: Tab::ALL
                .iter()
                .map(|tab| (*tab, count(*tab, filter.due)))
                .collect(),
            due: Due::ALL
                .iter()
                .map(|due| (*due, count(filter.tab, Some(*due))))
                .collect(),
            shops: tx.shop_names(organisation).await?,
            sync,
            connected,
        })
    }

    /// One order.
    pub async fn order(&self, actor: &Actor, id: OrderId) -> Result<OrderPage, Problem> {
        let mut tx = self.read().await?;
        self.order_page(&mut *tx, actor, id).await
    }

    /// Asks the marketplace for one order again, now.
    pub async fn refresh_order(&self, actor: &Actor, id: OrderId) -> Result<OrderPage, Problem> {
        let organisation = actor.organisation;
        let order = {
            let mut tx = self.read().await?;
            tx.order(organisation, id).await?.ok_or(Problem::NotFound)?
        };
        self.reread(organisation, &order)
            .await?
            .map_err(|error| self.call_problem(error))?;
        self.tell(organisation, Change::Order { order: id });
        self.order(actor, id).await
    }

    /// The countries to choose from, as (code, name).
    pub async fn countries(
        &self,
        actor: &Actor,
        id: OrderId,
    ) -> Result<Vec<(String, String)>, Problem> {
        let organisation = actor.organisation;
        let key = {
            let mut tx = self.read().await?;
            let order = tx.order(organisation, id).await?.ok_or(Problem::NotFound)?;
            self.key_of(&mut *tx, organisation, &order)
                .await?
                .ok_or(Problem::NotFound)?
        };
        let countries = self
            .outside
            .market
            .countries(&key)
            .await
            .map_err(|error| self.call_problem(error))?;
        Ok(countries
            .into_iter()
            .map(|country| (country.code, country.name))
            .collect())
    }

    /// Codes made by the sandbox for this order, one a line; nothing without the sandbox.
    pub async fn sample_codes(&self, actor: &Actor, id: OrderId) -> Result<String, Problem> {
        let order = self
            .read()
            .await?
            .order(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        let Some(samples) = &self.outside.samples else {
            return Ok(String::new());
        };
        let codes = samples.codes(order.facts.id).await.map_err(|cause| {
            tracing::warn!(cause, "the sandbox gave no sample codes");
            Problem::NotFound
        })?;
        Ok(codes.join("\n"))
    }

    /// The key that sees an order's shop, unless its connection was retired.
    pub(super) async fn key_of(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        order: &Order,
    ) -> Result<Option<SecretString>, Problem> {
        let Some(shop) = tx.shop(organisation, order.shop).await? else {
            return Ok(None);
        };
        Ok(tx.key(organisation, shop.connection).await?)
    }

    /// Reads one order at the marketplace and takes over what it says. The outer error is ours, the inner one
    /// the call's; an order that the marketplace no longer knows is refused with its own 404.
    pub(super) async fn reread(
        &self,
        organisation: OrganisationId,
        order: &Order,
    ) -> Result<Result<MarketOrder, CallError>, Problem> {
        let (key, shop) = {
            let mut tx = self.read().await?;
            let shop = tx
                .shop(organisation, order.shop)
                .await?
                .ok_or(Problem::NotFound)?;
            (tx.key(organisation, shop.connection).await?, shop)
        };
        let Some(key) = key else {
            return Ok(Err(CallError::Argument(
                "the connection was retired".into(),
            )));
        };
        let query = OrderQuery {
            orders: vec![order.facts.id],
            created: Some((order.facts.created_at, order.facts.created_at)),
            fake: order.facts.fake,
            ..OrderQuery::default()
        };
        let read_at = self.now();
        let page = match self
            .outside
            .market
            .orders(&key, shop.facts.business, &query, None)
            .await
        {
            Ok(page) => page,
            Err(error) => return Ok(Err(error)),
        };
        let Some(facts) = page
            .orders
            .into_iter()
            .find(|facts| facts.id == order.facts.id)
        else {
            return Ok(Err(CallError::Refused(crate::submission::TheirWords {
                http: 404,
                errors: vec![],
            })));
        };
        let mut tx = self.write().await?;
        self.take_facts(&mut *tx, organisation, order.shop, &facts, read_at)
            .await?;
        tx.commit().await?;
        Ok(Ok(facts))
    }

    /// Everything that an order's page shows.
    pub(super) async fn order_page(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        id: OrderId,
    ) -> Result<OrderPage, Problem> {
        let now = self.now();
        let organisation = actor.organisation;
        let order = tx.order(organisation, id).await?.ok_or(Problem::NotFound)?;
        let shop = tx.shop(organisation, order.shop).await?;
        let gtins = self.gtins(tx, organisation, &order).await?;
        let newest = tx.newest_submission(organisation, id).await?;
        let verification = tx.verification(organisation, id).await?;
        let shipment = tx.shipment(organisation, id).await?;
        let printed = tx.printed_labels(organisation, id).await?;
        let unplaced = tx.unplaced(organisation, id, UNPLACED_SHOWN).await?;
        let lines = views::lines(&order, now, |offer| {
            gtins.get(offer).cloned().unwrap_or_default()
        });
        let fates = views::Fates {
            submission: newest.as_ref(),
            verification: verification.as_ref(),
            shipment: shipment.as_ref(),
        };
        let work = views::standing(&order, &lines, &fates).work();
        let may = |permission| actor.role.may(permission);
        Ok(OrderPage {
            id,
            number: order.facts.id,
            shop: shop.map(|shop| shop.facts.name).unwrap_or_default(),
            model: order.facts.model.clone(),
            status: order.facts.status.clone(),
            substatus: order.facts.substatus.clone(),
            buyer: order.facts.buyer.clone(),
            fake: order.facts.fake,
            ship_by: order
                .facts
                .ship_by
                .map(|ship| when(ship.at, now, ship.timed)),
            changed_since: views::changed_since(&order, newest.as_ref()),
            submission: newest
                .as_ref()
                .map(|submission| views::submission(submission, now)),
            carrier: carrier(order.facts.model.as_ref()),
            shipping: shipment
                .as_ref()
                .map(|shipment| views::shipping(shipment, now)),
            verification: verification.map(|known| views::verification(known, now)),
            labels: printed.map(|printed| {
                let stale = newest
                    .as_ref()
                    .is_some_and(|newest| newest.number != printed.submission);
                (when(printed.at, now, true), stale)
            }),
            boxes: order.facts.boxes.clone(),
            plan: order.plan.clone(),
            unplaced: unplaced
                .into_iter()
                .map(|record| IntakeView {
                    id: record.id,
                    raw: record.raw,
                    verdict: record.verdict,
                    at: when(record.at, now, true),
                })
                .collect(),
            work,
            revision: order.revision,
            read: when(order.read_at, now, true),
            may: OrderRights {
                fill: may(Permission::FillSlots),
                send: may(Permission::SendCodes),
                overrule: may(Permission::Overrule),
                sample: self.outside.samples.is_some() && may(Permission::FillSlots),
            },
            lines,
        })
    }

    /// What is known of the articles of an order.
    pub(super) async fn gtins(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        order: &Order,
    ) -> Result<HashMap<String, Vec<String>>, Problem> {
        let mut known = HashMap::new();
        for item in &order.facts.items {
            if !item.required.is_empty() && !known.contains_key(&item.offer_id) {
                let gtins = tx.gtins_of_offer(organisation, &item.offer_id).await?;
                known.insert(item.offer_id.clone(), gtins);
            }
        }
        Ok(known)
    }
}
