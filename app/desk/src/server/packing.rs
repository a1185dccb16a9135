//! The packing desk: what is to be packed, and what waits for a person's decision. Scans themselves are in [`scans`].

mod scans;

use super::{
    Desk,
    jobs::JobKind,
    ports::packing::{OrderToPack, UnsettledScan},
    views,
    when::when,
};
use crate::{
    account::{Actor, Permission},
    ids::{OrderId, OrganisationId, ScanId, ShopId, SlotId},
    orders::{LineView, MarkView, WorkState, carrier},
    packing::{Act, ClashView, Outcome, PackOrder, PickList},
    problem::Problem,
    submission::Carrier,
    verification::{Light, LineVerification, status_of},
};

/// Orders that the packing desk takes along, most urgent first: more than one person packs in hours without a network.
const MOST_ORDERS: u32 = 300;
/// Orders that a page may ask for by name.
const MOST_BY_NAME: usize = 100;
/// Orders that one text may name: more do not tell them apart.
const MOST_FOUND: u32 = 5;
/// Unsettled scans on the page.
const MOST_CLASHES: u32 = 100;
/// How long the catalogue's word on an offer holds before it is asked again, in seconds.
pub(super) const CATALOGUE_HOLDS: i64 = 24 * 3600;

/// What a packer can do something about.
pub(super) const TO_PACK: [WorkState; 3] =
    [WorkState::NeedsCodes, WorkState::Ready, WorkState::Rework];

impl Desk {
    /// What is to be packed, most urgent first, and orders asked for by name whatever they need: by id, or by a text
    /// that is a number, the end of one, or what the label of a box says.
    pub async fn pick_list(
        &self,
        actor: &Actor,
        also: &[OrderId],
        text: Option<&str>,
    ) -> Result<PickList, Problem> {
        let organisation = actor.organisation;
        let mut also = also.to_vec();
        also.truncate(MOST_BY_NAME);
        let mut tx = self.read().await?;
        if let Some(text) = text {
            also.extend(tx.orders_called(organisation, text, MOST_FOUND).await?);
        }
        let orders = tx
            .orders_to_pack(organisation, &TO_PACK, &also, MOST_ORDERS)
            .await?;
        let of_work = tx.count_by_work(organisation, None).await?;
        let waiting: u32 = of_work
            .iter()
            .filter(|(work, _)| TO_PACK.contains(work))
            .map(|(_, count)| count)
            .sum();
        let offers = offers_of(&orders);
        let gtins = tx.gtins_of_offers(organisation, &offers).await?;
        let since = self.now().plus_seconds(-CATALOGUE_HOLDS);
        let read = tx.offers_read(organisation, &offers, since).await?;
        let unsettled = tx.unsettled_scans(organisation, MOST_CLASHES).await?;
        let shops = shops_to_ask(&orders, &gtins, &read);
        let verified: Vec<OrderId> = orders
            .iter()
            .filter(|one| verified(one))
            .map(|one| one.order.id)
            .collect();
        let said = tx.said_of(organisation, &verified).await?;
        drop(tx);
        let list: Vec<PackOrder> = orders
            .iter()
            .map(|one| {
                let said = said.iter().find(|(order, _)| *order == one.order.id);
                let said = said.map(|(_, said)| said.as_slice()).unwrap_or_default();
                self.pack_order(one, &gtins, said)
            })
            .collect();
        self.ask_catalogue(organisation, &shops).await?;
        let listed = list
            .iter()
            .filter(|order| TO_PACK.contains(&order.work))
            .count();
        Ok(PickList {
            orders: list,
            more: waiting.saturating_sub(u32::try_from(listed).unwrap_or(u32::MAX)),
            clashes: unsettled
                .into_iter()
                .filter_map(|one| self.clash(one))
                .collect(),
            catalogue_closed: read.iter().any(|(_, closed)| *closed),
            may_overrule: actor.role.may(Permission::Overrule),
            looked_for: text.map(str::to_owned),
            unprinted: Vec::new(),
        })
    }

    /// Takes a scan off the list of those that wait for a person, or tries it once more first.
    pub async fn settle_scan(
        &self,
        actor: &Actor,
        scan: ScanId,
        again: bool,
    ) -> Result<Outcome, Problem> {
        if again {
            return self.try_scan_again(actor, scan).await;
        }
        let mut tx = self.write().await?;
        let (record, outcome) = tx
            .scan(actor.organisation, scan)
            .await?
            .ok_or(Problem::NotFound)?;
        if tx
            .settle_scan(actor.organisation, scan, actor.user, self.now())
            .await?
        {
            self.note_settled(&mut *tx, actor, &record).await?;
            tx.commit().await?;
        }
        Ok(outcome)
    }

    fn pack_order(
        &self,
        one: &OrderToPack,
        gtins: &[(String, String)],
        said: &[LineVerification],
    ) -> PackOrder {
        let now = self.now();
        let known = |offer: &str| -> Vec<String> {
            let of_offer = gtins.iter().filter(|(known, _)| known == offer);
            of_offer.map(|(_, gtin)| gtin.clone()).collect()
        };
        let facts = &one.order.facts;
        let lines = views::lines(&one.order, now, known);
        let theirs = lines
            .iter()
            .flat_map(|line| theirs(line, verified(one), said))
            .collect();
        PackOrder {
            id: one.order.id,
            number: facts.id,
            shop: one.shop.clone(),
            model: facts.model.clone(),
            buyer: facts.buyer.clone(),
            ship_by: facts.ship_by.map(|ship| when(ship.at, now, ship.timed)),
            work: one.work,
            lines,
            boxed: !facts.boxes.is_empty(),
            barcodes: facts
                .boxes
                .iter()
                .filter_map(|one| one.barcode.clone())
                .collect(),
            theirs,
        }
    }

    /// Has the catalogue read where something is not known.
    async fn ask_catalogue(
        &self,
        organisation: OrganisationId,
        shops: &[ShopId],
    ) -> Result<(), Problem> {
        if shops.is_empty() {
            return Ok(());
        }
        let mut tx = self.write().await?;
        let mut connections = Vec::new();
        for shop in shops {
            if let Some(shop) = tx.shop(organisation, *shop).await?
                && !connections.contains(&shop.connection)
            {
                connections.push(shop.connection);
            }
        }
        for connection in connections {
            let subject = connection.to_string();
            self.enqueue(
                &mut *tx,
                organisation,
                JobKind::ReadOffers,
                &subject,
                self.now(),
            )
            .await?;
        }
        tx.commit().await?;
        self.wake_runner();
        Ok(())
    }

    fn clash(&self, one: UnsettledScan) -> Option<ClashView> {
        let Outcome::Clash(why) = one.outcome else {
            return None;
        };
        Some(ClashView {
            scan: one.record.id,
            order: one.record.order,
            number: one.number,
            again: matches!(one.record.act, Act::Put { .. }),
            raw: one.record.raw,
            why,
            who: one.who.as_str().to_owned(),
            at: when(one.record.came_at, self.now(), true),
        })
    }
}

/// The articles of lines that want marking codes.
pub(super) fn offers_of(orders: &[OrderToPack]) -> Vec<String> {
    let items = orders.iter().flat_map(|one| &one.order.facts.items);
    let mut offers: Vec<String> = items
        .filter(|item| !item.required.is_empty())
        .map(|item| item.offer_id.clone())
        .collect();
    offers.sort_unstable();
    offers.dedup();
    offers
}

/// The shops with an offer of which neither a GTIN is known nor the catalogue was asked lately.
fn shops_to_ask(
    orders: &[OrderToPack],
    gtins: &[(String, String)],
    read: &[(String, bool)],
) -> Vec<ShopId> {
    let unknown = |offer: &String| {
        gtins.iter().all(|(known, _)| known != offer)
            && read.iter().all(|(known, _)| known != offer)
    };
    let mut shops: Vec<ShopId> = orders
        .iter()
        .filter(|one| {
            let mut items = one.order.facts.items.iter();
            items.any(|item| !item.required.is_empty() && unknown(&item.offer_id))
        })
        .map(|one| one.order.shop)
        .collect();
    shops.sort_unstable();
    shops.dedup();
    shops
}

/// Whether the marketplace verifies the codes of such an order; what it does not verify it has taken as it is.
fn verified(one: &OrderToPack) -> bool {
    carrier(one.order.facts.model.as_ref()) == Some(Carrier::Boxes)
}

/// What the marketplace says of the codes that lie in a line and that it holds.
fn theirs(line: &LineView, verified: bool, said: &[LineVerification]) -> Vec<(SlotId, Light)> {
    let light = |mark: &MarkView| {
        let (MarkView::Cis(text) | MarkView::Uin(text)) = mark;
        let word = status_of(said, line.item, text).map(|mark| mark.status.light());
        match word {
            Some(light) => Some(light),
            None if !holds(line, text) => None,
            None if verified => Some(Light::Waiting),
            None => Some(Light::Passed),
        }
    };
    line.slots
        .iter()
        .filter_map(|slot| Some((slot.id, light(slot.mark.as_ref()?)?)))
        .collect()
}

/// Whether the marketplace holds a code for some unit of the line, with its tail or without.
fn holds(line: &LineView, text: &str) -> bool {
    let bare = text.split('\u{1d}').next();
    line.stored.iter().any(|held| {
        let mut marks = [&held.cis_full, &held.cis, &held.uin].into_iter().flatten();
        marks.any(|mark| mark == text || mark.split('\u{1d}').next() == bare)
    })
}
