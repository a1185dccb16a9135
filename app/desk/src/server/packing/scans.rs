//! Scans on their way into the store. The browser's id is the key: a scan that was done before is answered with what
//! became of it then. Each is a transaction of its own, so what one packer's batch begins another's can follow.

use super::super::{
    Desk,
    ports::{
        packing::ScanRecord,
        storage::{IntakeRecord, JournalEntry, MarkRecord, Order, Transaction},
    },
};
use crate::{
    account::{Actor, Permission},
    identifiers::{Mark, Requirement},
    ids::{IntakeId, LineId, OrderId, ScanId},
    journal::Action,
    live::Change,
    orders::{
        closed,
        placing::{KnownProduct, Target, Verdict, Wish},
        readiness::Hindrance,
    },
    packing::{Act, Answer, Clash, MOST_AT_ONCE, Outcome, Scan},
    problem::Problem,
    submission::SubmissionState,
};

/// How often a scan is tried whose place another transaction takes in the same moment.
const TRIES: u32 = 3;

impl Desk {
    /// Does what scans are meant to do, in their order, and says what became of each. Doing it again changes nothing.
    /// When the store fails in the middle, what was done until then is answered; the rest is to be sent again.
    pub async fn record_scans(
        &self,
        actor: &Actor,
        scans: Vec<Scan>,
    ) -> Result<Vec<Answer>, Problem> {
        if scans.len() > MOST_AT_ONCE {
            return Err(Problem::TooMuch {
                most: u32::try_from(MOST_AT_ONCE).unwrap_or(u32::MAX),
            });
        }
        let mut answers = Vec::with_capacity(scans.len());
        for scan in scans {
            match self.record_scan(actor, &scan).await {
                Ok(outcome) => answers.push(Answer {
                    scan: scan.id,
                    outcome,
                }),
                Err(problem) if answers.is_empty() => return Err(problem),
                Err(_) => break,
            }
        }
        Ok(answers)
    }

    /// Tries a scan once more that a person looks at, and takes it off the list if it can be done now.
    pub(super) async fn try_scan_again(
        &self,
        actor: &Actor,
        id: ScanId,
    ) -> Result<Outcome, Problem> {
        let mut tx = self.write().await?;
        let (record, before) = tx
            .scan(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        if !matches!(before, Outcome::Clash(_)) {
            return Ok(before);
        }
        let outcome = self.do_scan(&mut *tx, actor, &record).await?;
        if !matches!(outcome, Outcome::Clash(_)) {
            tx.settle_scan(actor.organisation, id, actor.user, self.now())
                .await?;
            self.note_settled(&mut *tx, actor, &record).await?;
        }
        tx.end_scan(actor.organisation, id, &outcome).await?;
        self.close(tx, actor, record.order).await?;
        Ok(outcome)
    }

    /// Writes into the journal that a person settled a scan.
    pub(super) async fn note_settled(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        record: &ScanRecord,
    ) -> Result<(), Problem> {
        let number = match record.order {
            Some(id) => tx
                .order(actor.organisation, id)
                .await?
                .map(|order| order.facts.id.to_string()),
            None => None,
        };
        let entry = JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action: Action::ScanSettled,
            subject: number.unwrap_or_default(),
            detail: mark_of(&record.raw)
                .map(|mark| mark.key())
                .unwrap_or_default(),
        };
        Ok(tx.write_journal(actor.organisation, &entry).await?)
    }

    async fn record_scan(&self, actor: &Actor, scan: &Scan) -> Result<Outcome, Problem> {
        let mut last = Problem::SlotTaken;
        for _ in 0..TRIES {
            match self.try_scan(actor, scan).await {
                Err(Problem::SlotTaken) => last = Problem::SlotTaken,
                other => return other,
            }
        }
        Err(last)
    }

    async fn try_scan(&self, actor: &Actor, scan: &Scan) -> Result<Outcome, Problem> {
        let organisation = actor.organisation;
        let known = self.read().await?.scan(organisation, scan.id).await?;
        if let Some((_, outcome)) = known {
            return Ok(outcome);
        }
        // Sending and taking back have transactions of their own, and find out by themselves that they were done.
        let sent = match (&scan.act, scan.order) {
            (Act::Send, Some(order)) => Some(self.send_packed(actor, order).await?),
            (Act::Undo { .. } | Act::Remove, Some(order)) => {
                self.stop_sending(actor, order).await?;
                None
            }
            _ => None,
        };
        let mut tx = self.write().await?;
        let order = match scan.order {
            Some(id) => tx.order(organisation, id).await?.map(|order| order.id),
            None => None,
        };
        let record = ScanRecord {
            id: scan.id,
            order,
            user: actor.user,
            act: scan.act.clone(),
            raw: scan.raw.clone(),
            heard_at: scan.at,
            came_at: self.now(),
        };
        if !tx.begin_scan(organisation, &record).await? {
            drop(tx);
            let known = self.read().await?.scan(organisation, scan.id).await?;
            return known.map(|(_, outcome)| outcome).ok_or(Problem::NotFound);
        }
        let outcome = match sent {
            Some(outcome) => outcome,
            None => self.do_scan(&mut *tx, actor, &record).await?,
        };
        tx.end_scan(organisation, scan.id, &outcome).await?;
        self.close(tx, actor, record.order).await?;
        Ok(outcome)
    }

    async fn do_scan(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        record: &ScanRecord,
    ) -> Result<Outcome, Problem> {
        match &record.act {
            Act::Put {
                line, confirmed, ..
            } => self.put(tx, actor, record, *line, *confirmed).await,
            Act::Undo { scan } => self.take_back(tx, actor, record, *scan).await,
            Act::Remove => self.take_out(tx, actor, record).await,
            Act::Note | Act::Send => {
                if let Some(mark) = mark_of(&record.raw) {
                    let kept = mark_record(&mark);
                    tx.keep_code(actor.organisation, &kept, self.now()).await?;
                }
                Ok(Outcome::Noted)
            }
        }
    }

    async fn put(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        record: &ScanRecord,
        line: LineId,
        confirmed: bool,
    ) -> Result<Outcome, Problem> {
        let order = match self.packed_order(tx, actor, record.order).await? {
            Ok(order) => order,
            Err(clash) => {
                if let Some(mark) = mark_of(&record.raw) {
                    tx.keep_code(actor.organisation, &mark_record(&mark), self.now())
                        .await?;
                }
                return Ok(Outcome::Clash(clash));
            }
        };
        let wish = Wish {
            target: Target::Line(line),
            anyway: confirmed && actor.role.may(Permission::Overrule),
            reading: None,
        };
        let raw = record.raw.trim_matches([' ', '\t', '\r', '\n']);
        let mut board = self.board(tx, actor, &order, &[raw]).await?;
        let verdict = self
            .place_one(tx, actor, &order, &mut board, raw, &wish)
            .await?;
        let Verdict::Placed { line, slot } = verdict else {
            return Ok(Outcome::Clash(clash_of(verdict, &order)));
        };
        let intake = IntakeRecord {
            id: self.id(IntakeId::from_parts)?,
            order: order.id,
            user: actor.user,
            raw: record.raw.clone(),
            verdict,
            at: self.now(),
        };
        tx.add_intake(actor.organisation, &intake).await?;
        if confirmed
            && let Some((offer, name)) = offer_of(&order, line)
            && let Some(gtin) = crate::orders::placing::gtin_of(raw)
        {
            let product = KnownProduct {
                gtin: gtin.to_string(),
                name: name.to_owned(),
            };
            tx.learn_gtin(actor.organisation, offer, &product, self.now())
                .await?;
        }
        Ok(Outcome::Placed { line, slot })
    }

    /// Takes an earlier scan back: its code out of its place, what it taught forgotten, its clash off the list.
    async fn take_back(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        record: &ScanRecord,
        undone: ScanId,
    ) -> Result<Outcome, Problem> {
        let organisation = actor.organisation;
        match tx.scan(organisation, undone).await? {
            Some((before, Outcome::Placed { line, .. })) => {
                let outcome = self.take_out(tx, actor, record).await?;
                if let (
                    Outcome::Removed,
                    Act::Put {
                        confirmed: true, ..
                    },
                    Some(id),
                ) = (&outcome, &before.act, before.order)
                    && let Some(order) = tx.order(organisation, id).await?
                    && let Some((offer, _)) = offer_of(&order, line)
                    && let Some(gtin) = crate::orders::placing::gtin_of(&before.raw)
                {
                    tx.forget_gtin(organisation, offer, gtin.as_str()).await?;
                }
                Ok(outcome)
            }
            Some((_, Outcome::Clash(_))) => {
                tx.settle_scan(organisation, undone, actor.user, self.now())
                    .await?;
                Ok(Outcome::Removed)
            }
            _ => Ok(Outcome::Removed),
        }
    }

    async fn take_out(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        record: &ScanRecord,
    ) -> Result<Outcome, Problem> {
        let order = match self.packed_order(tx, actor, record.order).await? {
            Ok(order) => order,
            Err(clash) => return Ok(Outcome::Clash(clash)),
        };
        let Some(key) = key_in(&order, &record.raw) else {
            return Ok(Outcome::Removed);
        };
        let mut slots = order.lines.iter().flat_map(|line| &line.slots);
        if let Some(slot) = slots.find(|slot| slot.mark_key.as_deref() == Some(&key)) {
            tx.clear_slot(actor.organisation, order.id, slot.id, self.now())
                .await?;
            self.note(tx, actor, &order, Action::CodeUnbound, &key)
                .await?;
        }
        Ok(Outcome::Removed)
    }

    /// The order of a scan, if its places may be touched.
    async fn packed_order(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        id: Option<OrderId>,
    ) -> Result<Result<Order, Clash>, Problem> {
        let Some(id) = id else {
            return Ok(Err(Clash::OrderGone));
        };
        match self.open_order(tx, actor, id).await {
            Ok(order) if closed(&order.facts.status) => Ok(Err(Clash::OrderClosed)),
            Ok(order) => Ok(Ok(order)),
            Err(Problem::BeingSent) => Ok(Err(Clash::BeingSent)),
            Err(Problem::NotFound) => Ok(Err(Clash::OrderGone)),
            Err(other) => Err(other),
        }
    }

    /// Sends an order as it is now. One that is on its way is sent: a crash may have come between sending and
    /// writing that down.
    async fn send_packed(&self, actor: &Actor, id: OrderId) -> Result<Outcome, Problem> {
        if !actor.role.may(Permission::SendCodes) {
            return Ok(Outcome::Clash(Clash::Forbidden));
        }
        for _ in 0..TRIES {
            let order = self.read().await?.order(actor.organisation, id).await?;
            let Some(order) = order else {
                return Ok(Outcome::Clash(Clash::OrderGone));
            };
            match self.send(actor, id, order.revision).await {
                Ok(_) => return Ok(Outcome::Sent),
                Err(Problem::OrderChanged) => {}
                Err(Problem::NotReady { hindrances }) => return Ok(not_sent(&hindrances)),
                Err(problem @ Problem::Internal { .. }) => return Err(problem),
                Err(_) => return Ok(Outcome::Clash(Clash::NotSendable)),
            }
        }
        Ok(Outcome::NotSent)
    }

    /// Stops a sending of which surely nothing has left, so that its codes may be touched again.
    async fn stop_sending(&self, actor: &Actor, id: OrderId) -> Result<(), Problem> {
        let newest = self
            .read()
            .await?
            .newest_submission(actor.organisation, id)
            .await?;
        if newest.is_some_and(|newest| newest.state == SubmissionState::Queued) {
            match self.withdraw(actor, id).await {
                // Too late: what wanted to touch the codes finds out that it may not.
                Ok(_) | Err(Problem::BeingSent | Problem::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    /// Sums up, commits and tells.
    async fn close(
        &self,
        mut tx: Box<dyn Transaction>,
        actor: &Actor,
        order: Option<OrderId>,
    ) -> Result<(), Problem> {
        if let Some(order) = order {
            self.sum_up(&mut *tx, actor.organisation, order).await?;
        }
        tx.commit().await?;
        if let Some(order) = order {
            self.tell(actor.organisation, Change::Order { order });
        }
        Ok(())
    }
}

/// What hinders a sending, as an outcome: what can be mended by packing on is no clash.
fn not_sent(hindrances: &[Hindrance]) -> Outcome {
    let mut blocks = hindrances.iter().filter(|hindrance| hindrance.blocks());
    match blocks.next() {
        Some(Hindrance::InFlight) => Outcome::Sent,
        Some(Hindrance::Closed) => Outcome::Clash(Clash::OrderClosed),
        Some(Hindrance::Nothing | Hindrance::Incomplete { .. } | Hindrance::Lacks { .. }) => {
            Outcome::NotSent
        }
        _ => Outcome::Clash(Clash::NotSendable),
    }
}

fn clash_of(verdict: Verdict, order: &Order) -> Clash {
    let name = |line: LineId| {
        offer_of(order, line)
            .map(|(_, name)| name.to_owned())
            .unwrap_or_default()
    };
    match verdict {
        Verdict::AlreadyHere { line, number } => Clash::AlreadyHere {
            product: name(line),
            number,
        },
        Verdict::BoundElsewhere { order, product } => Clash::BoundElsewhere { order, product },
        Verdict::OtherProduct { product, .. } => Clash::OtherProduct { product },
        Verdict::NoRoom { line } => Clash::NoRoom {
            product: name(line),
        },
        Verdict::Unreadable | Verdict::WhichCode => Clash::Unreadable,
        Verdict::NotWanted | Verdict::WhichLine { .. } | Verdict::Placed { .. } => Clash::OrderGone,
    }
}

/// The article and the name of a line's product.
fn offer_of(order: &Order, line: LineId) -> Option<(&str, &str)> {
    let line = order.lines.iter().find(|known| known.id == line)?;
    let item = order.facts.items.iter().find(|item| item.id == line.item)?;
    Some((&item.offer_id, &item.name))
}

/// The identity of a text that lies in the order: as УИН where one is asked for, else as a marking code.
fn key_in(order: &Order, raw: &str) -> Option<String> {
    let text = raw.trim_matches([' ', '\t', '\r', '\n']);
    let mut items = order.facts.items.iter();
    let asks = items.any(|item| item.required.contains(&Requirement::Uin));
    match text.parse().map(Mark::Uin) {
        Ok(uin) if asks => Some(uin.key()),
        _ => mark_of(text).map(|mark| mark.key()),
    }
}

fn mark_of(raw: &str) -> Option<Mark> {
    match cis::parse(raw).verdict {
        cis::Verdict::Code(code) => Some(Mark::Cis(code)),
        _ => None,
    }
}

fn mark_record(mark: &Mark) -> MarkRecord {
    MarkRecord {
        key: mark.key(),
        text: mark.text().to_owned(),
        gtin: mark.gtin().map(|gtin| gtin.to_string()),
    }
}
