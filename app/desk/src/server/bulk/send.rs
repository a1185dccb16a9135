//! One step of a batch: some orders judged, or some orders bound and handed over.

use super::{judge::Judged, locked};
use crate::{
    account::{Actor, Role},
    bulk::{BatchState, Fate, Outlook, RowKind, RowVerdict},
    codes::Origin,
    ids::{IntakeId, MarketOrderId, OrderId, OrganisationId},
    journal::Action,
    live::Change,
    problem::Problem,
    server::{
        Desk,
        ports::{
            batches::{Batch, BatchOrder, BatchRow},
            codes::Hand,
            storage::{IntakeRecord, Transaction},
        },
    },
};
use std::collections::HashMap;

/// Orders judged by one step.
const JUDGED: u32 = 100;
/// Orders bound and handed over by one commit: what a durable commit costs is shared.
const SENT: u32 = 25;
/// Orders of a batch that may be on their way at once. More would not be sent sooner, and a pause could not hold
/// them back.
const ON_THE_WAY: u32 = 200;

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Step {
    /// There is more to do at once.
    More,
    /// Enough orders are on their way for now.
    Full,
    /// Nothing is left to do until a person says so.
    Over,
}

impl Desk {
    /// Makes the next step of a batch.
    pub(in crate::server) async fn step_batch(
        &self,
        organisation: OrganisationId,
        batch: &Batch,
    ) -> Result<Step, Problem> {
        match batch.state {
            BatchState::Judging => self.judge_some(organisation, batch).await,
            BatchState::Running => self.send_some(organisation, batch).await,
            BatchState::Preview | BatchState::Paused | BatchState::Cancelled | BatchState::Done => {
                Ok(Step::Over)
            }
        }
    }

    /// Judges the next orders; when there are none left, the rows that name no order, and the batch is judged.
    async fn judge_some(
        &self,
        organisation: OrganisationId,
        batch: &Batch,
    ) -> Result<Step, Problem> {
        let actor = actor_of(organisation, batch);
        let mut verdicts = Vec::new();
        let mut read = self.read().await?;
        let mut orders = read
            .batch_orders(organisation, batch.id, Fate::Waiting, JUDGED)
            .await?;
        let over = orders.is_empty();
        if over {
            let rows = read
                .batch_rows(organisation, batch.id, Some(RowKind::Waiting), 0, u32::MAX)
                .await?;
            verdicts.extend(rows.iter().map(|row| {
                let verdict = if row.order.trim().is_empty() {
                    RowVerdict::NoNumber
                } else {
                    RowVerdict::BadNumber
                };
                (row.number, RowKind::Trouble, verdict)
            }));
        }
        let mut rows = rows_by_place(&mut *read, organisation, batch, &orders).await?;
        let known = known_orders(&mut *read, organisation, &orders).await?;
        for order in &mut orders {
            let rows = rows.remove(&order.place).unwrap_or_default();
            order.order = known.get(&order.number).copied();
            let (of_rows, outlook) = match order.order {
                Some(id) => {
                    let judged = self.judge(&mut *read, &actor, id, &rows).await?;
                    (judged.verdicts, judged.outlook)
                }
                None => (no_order(&rows), Outlook::NoOrder),
            };
            verdicts.extend(of_rows);
            order.fate = fate_of(&outlook);
            order.outlook = Some(outlook);
        }
        drop(read);
        let mut tx = self.write().await?;
        let mut now = locked(&mut *tx, organisation, batch.id).await?;
        if now.state != BatchState::Judging || now.revision != batch.revision {
            // Other columns were chosen meanwhile, or it was cancelled.
            return Ok(Step::More);
        }
        tx.save_row_verdicts(organisation, batch.id, &verdicts)
            .await?;
        for order in &orders {
            tx.save_batch_order(organisation, batch.id, order).await?;
        }
        if over {
            now.state = BatchState::Preview;
            tx.save_batch(organisation, &now).await?;
        }
        tx.commit().await?;
        self.tell(organisation, Change::Batch { batch: batch.id });
        Ok(if over { Step::Over } else { Step::More })
    }

    /// Binds and hands over the next orders.
    async fn send_some(
        &self,
        organisation: OrganisationId,
        batch: &Batch,
    ) -> Result<Step, Problem> {
        let mut read = self.read().await?;
        let orders = read
            .batch_orders(organisation, batch.id, Fate::Goes, SENT)
            .await?;
        if orders.is_empty() {
            drop(read);
            return self.end_batch(organisation, batch).await;
        }
        let counts = read.count_orders(organisation, batch.id).await?;
        drop(read);
        if counts.on_the_way + counts.unknown + SENT > ON_THE_WAY {
            return Ok(Step::Full);
        }
        match self.send_group(organisation, batch, &orders).await {
            Ok(step) => Ok(step),
            // One order of the group met another hand. Alone, each either goes or says why it does not.
            Err(problem) if orders.len() > 1 => {
                tracing::info!(%problem, "a group of orders is sent one by one");
                for order in &orders {
                    let alone = std::slice::from_ref(order);
                    if self.send_group(organisation, batch, alone).await? == Step::Over {
                        return Ok(Step::Over);
                    }
                }
                Ok(Step::More)
            }
            Err(problem) => Err(problem),
        }
    }

    /// Binds and hands over some orders, all in one commit.
    async fn send_group(
        &self,
        organisation: OrganisationId,
        batch: &Batch,
        orders: &[BatchOrder],
    ) -> Result<Step, Problem> {
        let actor = actor_of(organisation, batch);
        let mut tx = self.write().await?;
        if locked(&mut *tx, organisation, batch.id).await?.state != BatchState::Running {
            return Ok(Step::Over);
        }
        let mut rows = rows_by_place(&mut *tx, organisation, batch, orders).await?;
        let mut verdicts = Vec::new();
        for order in orders {
            let rows = rows.remove(&order.place).unwrap_or_default();
            let mut order = order.clone();
            if let Some(id) = order.order {
                let judged = self.judge(&mut *tx, &actor, id, &rows).await?;
                order.fate = fate_of(&judged.outlook);
                order.outlook = Some(judged.outlook.clone());
                if judged.outlook == Outlook::Goes {
                    order.submission = Some(self.hand_over(&mut *tx, &actor, &judged).await?);
                    order.fate = Fate::Sent;
                }
                verdicts.extend(judged.verdicts);
            } else {
                order.fate = Fate::Stays;
                order.outlook = Some(Outlook::NoOrder);
            }
            tx.save_batch_order(organisation, batch.id, &order).await?;
        }
        tx.save_row_verdicts(organisation, batch.id, &verdicts)
            .await?;
        tx.commit().await?;
        self.tell(organisation, Change::Batch { batch: batch.id });
        self.tell(organisation, Change::Orders);
        self.wake_runner();
        Ok(Step::More)
    }

    /// Binds the codes of an order and stores its submission.
    async fn hand_over(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        judged: &Judged,
    ) -> Result<crate::ids::SubmissionId, Problem> {
        let (organisation, id, now) = (actor.organisation, judged.order.id, self.now());
        tx.act_for(Hand {
            user: actor.user,
            origin: Origin::Bulk,
            order: Some(id),
        });
        for placement in &judged.placements {
            let mark = &placement.mark;
            tx.keep_code(organisation, mark, now).await?;
            if !tx
                .fill_slot(organisation, id, placement.slot, mark, now)
                .await?
            {
                return Err(Problem::SlotTaken);
            }
            let record = IntakeRecord {
                id: self.id(IntakeId::from_parts)?,
                order: id,
                user: actor.user,
                raw: placement.raw.clone(),
                verdict: placement.verdict.clone(),
                at: now,
            };
            tx.add_intake(organisation, &record).await?;
            self.note(tx, actor, &judged.order, Action::CodeBound, &mark.key)
                .await?;
        }
        let submission = self
            .store_submission(tx, actor, &judged.page, false)
            .await?;
        self.sum_up(tx, organisation, id).await?;
        Ok(submission)
    }

    async fn end_batch(
        &self,
        organisation: OrganisationId,
        batch: &Batch,
    ) -> Result<Step, Problem> {
        let mut tx = self.write().await?;
        let mut now = locked(&mut *tx, organisation, batch.id).await?;
        if now.state == BatchState::Running {
            now.state = BatchState::Done;
            tx.save_batch(organisation, &now).await?;
            tx.commit().await?;
            self.tell(organisation, Change::Batch { batch: batch.id });
        }
        Ok(Step::Over)
    }
}

/// In whose name a batch is judged and sent: the rights were asked for when the button was pressed.
fn actor_of(organisation: OrganisationId, batch: &Batch) -> Actor {
    Actor {
        user: batch.user,
        organisation,
        role: Role::Packer,
    }
}

const fn fate_of(outlook: &Outlook) -> Fate {
    match outlook {
        Outlook::Goes => Fate::Goes,
        _ => Fate::Stays,
    }
}

/// Rows that name an order which no shop has.
fn no_order(rows: &[BatchRow]) -> Vec<(u32, RowKind, RowVerdict)> {
    rows.iter()
        .map(|row| (row.number, RowKind::Trouble, RowVerdict::NoOrder))
        .collect()
}

async fn rows_by_place(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    batch: &Batch,
    orders: &[BatchOrder],
) -> Result<HashMap<u32, Vec<BatchRow>>, Problem> {
    let places: Vec<u32> = orders.iter().map(|order| order.place).collect();
    let mut by_place: HashMap<u32, Vec<BatchRow>> = HashMap::new();
    for row in tx.rows_of_places(organisation, batch.id, &places).await? {
        if let Some(place) = row.place {
            by_place.entry(place).or_default().push(row);
        }
    }
    Ok(by_place)
}

async fn known_orders(
    tx: &mut dyn Transaction,
    organisation: OrganisationId,
    orders: &[BatchOrder],
) -> Result<HashMap<MarketOrderId, OrderId>, Problem> {
    let numbers: Vec<MarketOrderId> = orders.iter().map(|order| order.number).collect();
    Ok(tx
        .orders_of_numbers(organisation, &numbers)
        .await?
        .into_iter()
        .collect())
}
