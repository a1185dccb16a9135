//! Putting codes into slots, for good.

use super::{
    Desk,
    ports::{
        codes::Hand,
        storage::{IntakeRecord, JournalEntry, MarkRecord, Order, Transaction},
    },
    views,
};
use crate::{
    account::{Actor, Permission},
    codes::Origin,
    identifiers::{CountryCode, Gtd, Mark, Rnpt},
    ids::{IntakeId, OrderId, SlotId},
    journal::Action,
    live::Change,
    orders::{
        OrderPage,
        placing::{Board, KnownProduct, Target, Verdict, Wish, gtin_of, split_lines},
    },
    problem::Problem,
};

/// Texts taken at once by a form; more go by a file.
const MOST_AT_ONCE: u32 = 2000;

/// Texts with what became of each.
pub(super) type Outcomes = Vec<(String, Verdict)>;

impl Desk {
    /// Puts scanned or pasted texts into slots. Every text is kept, whatever becomes of it.
    pub async fn place_codes(
        &self,
        actor: &Actor,
        id: OrderId,
        text: &str,
        target: Target,
        anyway: bool,
    ) -> Result<(OrderPage, Outcomes), Problem> {
        let texts = split_lines(text);
        if texts.len() > MOST_AT_ONCE as usize {
            return Err(Problem::TooMuch { most: MOST_AT_ONCE });
        }
        let wish = Wish {
            target,
            anyway,
            reading: None,
        };
        may_overrule(actor, &wish)?;
        let mut tx = self.write().await?;
        tx.act_for(at_order(actor, id));
        let order = self.open_order(&mut *tx, actor, id).await?;
        let mut board = self.board(&mut *tx, actor, &order, &texts).await?;
        let mut outcomes = Vec::with_capacity(texts.len());
        for raw in texts {
            let verdict = self
                .place_one(&mut *tx, actor, &order, &mut board, raw, &wish)
                .await?;
            let record = IntakeRecord {
                id: self.id(IntakeId::from_parts)?,
                order: id,
                user: actor.user,
                raw: raw.to_owned(),
                verdict: verdict.clone(),
                at: self.now(),
            };
            tx.add_intake(actor.organisation, &record).await?;
            outcomes.push((raw.to_owned(), verdict));
        }
        let page = self.finish(tx, actor, id).await?;
        Ok((page, outcomes))
    }

    /// Tries a text that lies in no slot once more, as the person says.
    pub async fn place_unplaced(
        &self,
        actor: &Actor,
        id: OrderId,
        intake: IntakeId,
        wish: &Wish,
    ) -> Result<(OrderPage, Outcomes), Problem> {
        may_overrule(actor, wish)?;
        let mut tx = self.write().await?;
        tx.act_for(at_order(actor, id));
        let record = tx
            .intake(actor.organisation, id, intake)
            .await?
            .ok_or(Problem::NotFound)?;
        let order = self.open_order(&mut *tx, actor, id).await?;
        let mut board = self.board(&mut *tx, actor, &order, &[&record.raw]).await?;
        let verdict = self
            .place_one(&mut *tx, actor, &order, &mut board, &record.raw, wish)
            .await?;
        tx.settle_intake(actor.organisation, intake, &verdict)
            .await?;
        let page = self.finish(tx, actor, id).await?;
        Ok((page, vec![(record.raw, verdict)]))
    }

    /// Takes one text, or all, that lie in no slot off the page.
    pub async fn dismiss(
        &self,
        actor: &Actor,
        id: OrderId,
        intake: Option<IntakeId>,
    ) -> Result<OrderPage, Problem> {
        let mut tx = self.write().await?;
        tx.dismiss_intake(actor.organisation, id, intake, self.now())
            .await?;
        self.finish(tx, actor, id).await
    }

    /// Empties a slot.
    pub async fn clear_slot(
        &self,
        actor: &Actor,
        id: OrderId,
        slot: SlotId,
    ) -> Result<OrderPage, Problem> {
        let mut tx = self.write().await?;
        tx.act_for(at_order(actor, id));
        let order = self.open_order(&mut *tx, actor, id).await?;
        if let Some(key) = tx
            .clear_slot(actor.organisation, id, slot, self.now())
            .await?
        {
            self.note(&mut *tx, actor, &order, Action::CodeUnbound, &key)
                .await?;
        }
        self.finish(tx, actor, id).await
    }

    /// Writes РНПТ, ГТД and country of a unit; an empty text takes the part away.
    pub async fn set_extras(
        &self,
        actor: &Actor,
        id: OrderId,
        slot: SlotId,
        rnpt: &str,
        gtd: &str,
        country: &str,
    ) -> Result<OrderPage, Problem> {
        let bad = |error| Problem::BadIdentifier { error };
        let said = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let rnpt = said(rnpt)
            .map(|text| text.parse::<Rnpt>())
            .transpose()
            .map_err(bad)?;
        let gtd = said(gtd)
            .map(|text| text.parse::<Gtd>())
            .transpose()
            .map_err(bad)?;
        let country = said(country)
            .map(|text| text.to_uppercase().parse::<CountryCode>())
            .transpose()
            .map_err(bad)?;
        let mut tx = self.write().await?;
        self.open_order(&mut *tx, actor, id).await?;
        let known = tx
            .set_extras(
                actor.organisation,
                id,
                slot,
                rnpt.as_ref().map(Rnpt::as_str),
                gtd.as_ref().map(Gtd::as_str),
                country.as_ref().map(CountryCode::as_str),
            )
            .await?;
        if !known {
            return Err(Problem::OrderChanged);
        }
        self.finish(tx, actor, id).await
    }

    /// An order whose slots may be touched: not while its codes are on the way, because a code taken out then
    /// could be bound elsewhere while the marketplace takes it here.
    pub(super) async fn open_order(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        id: OrderId,
    ) -> Result<Order, Problem> {
        let order = tx
            .order(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        let newest = tx.newest_submission(actor.organisation, id).await?;
        if newest.is_some_and(|submission| submission.state.in_flight()) {
            return Err(Problem::BeingSent);
        }
        let shipment = tx.shipment(actor.organisation, id).await?;
        if shipment.is_some_and(|shipment| shipment.state.in_flight()) {
            return Err(Problem::BeingSent);
        }
        Ok(order)
    }

    /// The board of an order, knowing what other products the texts' GTINs belong to.
    pub(super) async fn board(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        order: &Order,
        texts: &[&str],
    ) -> Result<Board, Problem> {
        let gtins = self.gtins(tx, actor.organisation, order).await?;
        let lines = views::lines(order, self.now(), |offer| {
            gtins.get(offer).cloned().unwrap_or_default()
        });
        let mut elsewhere: Vec<KnownProduct> = Vec::new();
        let mut asked: Vec<String> = Vec::new();
        for text in texts {
            let Some(gtin) = gtin_of(text) else {
                continue;
            };
            let gtin = gtin.to_string();
            if asked.contains(&gtin) {
                continue;
            }
            if let Some((offer, product)) = tx.product_of_gtin(actor.organisation, &gtin).await?
                && !order.facts.items.iter().any(|item| item.offer_id == offer)
            {
                elsewhere.push(product);
            }
            asked.push(gtin);
        }
        Ok(Board::new(&lines, elsewhere))
    }

    pub(super) async fn place_one(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        order: &Order,
        board: &mut Board,
        raw: &str,
        wish: &Wish,
    ) -> Result<Verdict, Problem> {
        let mut trial = board.clone();
        let placed = trial.place(raw, wish);
        let Some(mark) = placed.mark else {
            return Ok(placed.verdict);
        };
        let record = record_of(&mark);
        tx.keep_code(actor.organisation, &record, self.now())
            .await?;
        if !matches!(placed.verdict, Verdict::AlreadyHere { .. })
            && let Some(binding) = tx.binding_of(actor.organisation, &record.key).await?
            && binding.order != order.id
        {
            return Ok(Verdict::BoundElsewhere {
                order: binding.number.to_string(),
                product: binding.product,
            });
        }
        if let Verdict::Placed { slot, .. } = placed.verdict {
            let now = self.now();
            if !tx
                .fill_slot(actor.organisation, order.id, slot, &record, now)
                .await?
            {
                return Err(Problem::SlotTaken);
            }
            *board = trial;
            let action = if wish.anyway {
                Action::CodeBoundAnyway
            } else {
                Action::CodeBound
            };
            self.note(tx, actor, order, action, &record.key).await?;
        }
        Ok(placed.verdict)
    }

    pub(super) async fn note(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        order: &Order,
        action: Action,
        key: &str,
    ) -> Result<(), Problem> {
        let entry = JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action,
            subject: order.facts.id.to_string(),
            detail: key.to_owned(),
        };
        Ok(tx.write_journal(actor.organisation, &entry).await?)
    }

    /// Sums up, commits, tells, and draws the page as it is now.
    pub(super) async fn finish(
        &self,
        mut tx: Box<dyn Transaction>,
        actor: &Actor,
        id: OrderId,
    ) -> Result<OrderPage, Problem> {
        self.sum_up(&mut *tx, actor.organisation, id).await?;
        let page = self.order_page(&mut *tx, actor, id).await?;
        tx.commit().await?;
        self.tell(actor.organisation, Change::Order { order: id });
        Ok(page)
    }
}

fn may_overrule(actor: &Actor, wish: &Wish) -> Result<(), Problem> {
    if wish.anyway && !actor.role.may(Permission::Overrule) {
        return Err(Problem::Forbidden {
            permission: Permission::Overrule,
        });
    }
    Ok(())
}

/// Codes that a person brings to an order's page.
fn at_order(actor: &Actor, order: OrderId) -> Hand {
    Hand {
        user: actor.user,
        origin: Origin::Order,
        order: Some(order),
    }
}

pub(super) fn record_of(mark: &Mark) -> MarkRecord {
    let gtin = mark.gtin().map(|gtin| gtin.to_string());
    MarkRecord {
        key: mark.key(),
        text: mark.text().to_owned(),
        gtin,
    }
}
