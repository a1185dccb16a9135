//! The test order of a self-check: made when everything before it has passed, and told of step by step.

use super::{
    super::{link::Link, permit},
    obstacles::Stage,
    ordering::state_of,
};
use crate::{
    account::{Actor, Permission},
    ids::{EmissionId, SuzConnectionId},
    journal::Action,
    problem::Problem,
    server::{
        Desk,
        ports::{
            emissions::{EmissionLine, EmissionOrder},
            storage::JournalEntry,
        },
    },
    suz::{
        Cause, CheckLevel, CheckReport, CheckStep, StepOutcome, Why,
        check::SkipReason,
        emission::{
            EmissionState,
            view::{OrderAnswer, OrderCodes},
        },
        new_emission::{EmissionFault, FaultKind, FaultPlace},
    },
    time::Timestamp,
};

/// The most codes of a test order: it may cost money.
pub const MOST_TEST_CODES: u32 = 10;

impl Desk {
    /// Begins a check of level three: the form of its test order is kept, everything else is checked first, and the order
    /// goes out when all of it has passed.
    pub async fn check_suz_by_order(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
        order: OrderCodes,
    ) -> Result<OrderAnswer, Problem> {
        permit(actor, Permission::ManageSuz)?;
        permit(actor, Permission::OrderCodes)?;
        let link = self.suz_link(actor.organisation, id).await?;
        if order.connection != id {
            return Err(Problem::NotFound);
        }
        if let Some(answer) = self.made_before(actor, &order).await? {
            return Ok(answer);
        }
        let checked = match self.checked(&order.draft) {
            Ok(checked) => checked,
            Err(faults) => return Ok(OrderAnswer::Faults(faults)),
        };
        if checked.new.quantity() > u64::from(MOST_TEST_CODES) {
            return Ok(OrderAnswer::Faults(vec![EmissionFault {
                place: FaultPlace::Quantity(0),
                kind: FaultKind::TooManyCodes {
                    most: MOST_TEST_CODES,
                    among_others: false,
                },
            }]));
        }
        if !order.anyway {
            let obstacles = self.obstacles(&link, Some(&checked), Stage::Form).await?;
            if !obstacles.is_empty() {
                return Ok(OrderAnswer::Obstacles(obstacles));
            }
        }
        let (mut made, lines) = self.draft_of(actor, &order, &checked.new, true)?;
        // By this moment the check finds its order.
        let began = self.now();
        made.made_at = began;
        let mut tx = self.write().await?;
        if !tx.add_emission(actor.organisation, &made, &lines).await? {
            return Ok(OrderAnswer::Made(made.id));
        }
        tx.drop_kept_form(actor.organisation, actor.user, made.id)
            .await?;
        let detail = format!("{}: {} × {}", made.id, made.group, checked.new.quantity());
        self.note_suz(&mut *tx, actor, &link, Action::EmissionMade, detail)
            .await?;
        tx.commit().await?;
        self.emission_changed(&link, made.id);
        self.begin_check(actor, &link, CheckLevel::Order, began)
            .await?;
        Ok(OrderAnswer::Made(made.id))
    }

    /// Lets the test order of a check go, or says why it does not; what became of the step so far.
    pub(in crate::server::suz) async fn release_test(
        &self,
        link: &Link,
        report: &CheckReport,
        test: EmissionId,
    ) -> Result<StepOutcome, Problem> {
        let mut tx = self.read().await?;
        let Some(mut order) = tx.emission(link.organisation, test).await? else {
            return Ok(skipped(SkipReason::NoTestOrder));
        };
        let lines = tx.emission_lines(link.organisation, test).await?;
        drop(tx);
        if order.state != EmissionState::Draft {
            return Ok(outcome(&order, &lines));
        }
        if report.waits() {
            return Ok(StepOutcome::NotYet);
        }
        if report.failure().is_some() {
            order.state = EmissionState::Withdrawn;
            self.leave_draft(link, &order, None).await?;
            return Ok(skipped(SkipReason::EarlierFailed));
        }
        let document = match self.checked(&order.draft) {
            Ok(checked) => self.order_document(link, &order, &checked).await,
            // The day's rules changed between the form and now.
            Err(_) => Err(Why::of(Cause::Other)),
        };
        match document {
            Ok(document) => {
                order.state = state_of(&document);
                self.leave_draft(link, &order, Some(document)).await?;
                Ok(outcome(&order, &lines))
            }
            Err(why) => {
                order.state = EmissionState::Withdrawn;
                self.leave_draft(link, &order, None).await?;
                Ok(StepOutcome::Failed { why })
            }
        }
    }

    async fn leave_draft(
        &self,
        link: &Link,
        order: &EmissionOrder,
        document: Option<crate::server::ports::suz::Document>,
    ) -> Result<(), Problem> {
        let mut tx = self.write().await?;
        if !tx
            .move_emission(link.organisation, order, EmissionState::Draft)
            .await?
        {
            return Err(Problem::OrderChanged);
        }
        if let Some(document) = document {
            tx.add_document(link.organisation, &document).await?;
            self.queue_drive(&mut *tx, link.organisation, order).await?;
        } else {
            let entry = JournalEntry {
                at: self.now(),
                user: None,
                action: Action::EmissionWithdrawn,
                subject: link.label(),
                detail: order.id.to_string(),
            };
            tx.write_journal(link.organisation, &entry).await?;
        }
        tx.commit().await?;
        self.emission_changed(link, order.id);
        Ok(())
    }

    /// Writes what became of a test order into the check that it belongs to.
    pub(in crate::server) async fn tell_check(
        &self,
        link: &Link,
        order: &EmissionOrder,
        lines: &[EmissionLine],
    ) -> Result<(), Problem> {
        if !order.test || order.state == EmissionState::Draft {
            return Ok(());
        }
        let mut tx = self.write().await?;
        if !tx.lock_suz(link.organisation, link.id()).await? {
            return Ok(());
        }
        let check = tx
            .suz_connection(link.organisation, link.id())
            .await?
            .and_then(|connection| connection.check);
        let Some((mut report, began)) = check else {
            return Ok(());
        };
        if report.level != CheckLevel::Order || order.made_at != began {
            return Ok(());
        }
        let before = report.clone();
        report.set(CheckStep::TestOrder, outcome(order, lines));
        if report == before {
            return Ok(());
        }
        tx.save_suz_check(link.organisation, link.id(), &report, began)
            .await?;
        tx.commit().await?;
        self.suz_changed(link);
        Ok(())
    }
}

const fn skipped(why: SkipReason) -> StepOutcome {
    StepOutcome::Skipped { why }
}

/// What a test order makes of its step: it has passed when all of its codes lie in the stock.
fn outcome(order: &EmissionOrder, lines: &[EmissionLine]) -> StepOutcome {
    let received: u64 = lines.iter().map(|line| line.received).sum();
    let ordered: u64 = lines.iter().map(|line| u64::from(line.quantity)).sum();
    let failed = |otherwise: Cause| StepOutcome::Failed {
        why: why(order, lines, otherwise),
    };
    match order.state {
        EmissionState::WaitsForSignature => StepOutcome::WaitsForSignature,
        EmissionState::Ready | EmissionState::Closed if ordered > 0 && received >= ordered => {
            StepOutcome::Passed {
                found: Some(received.to_string()),
            }
        }
        EmissionState::Refused | EmissionState::Declined | EmissionState::GivenUp => {
            failed(Cause::Other)
        }
        // The station forgot it.
        EmissionState::Withdrawn if order.trouble.is_some() => failed(Cause::OrderGone),
        EmissionState::Expired | EmissionState::Closed => failed(Cause::CodesAnnulled),
        EmissionState::Withdrawn => skipped(SkipReason::NoTestOrder),
        EmissionState::Draft
        | EmissionState::Queued
        | EmissionState::Sending
        | EmissionState::Unknown
        | EmissionState::Created
        | EmissionState::Pending
        | EmissionState::Approved
        | EmissionState::Ready => StepOutcome::NotYet,
    }
}

/// Why a test order came to nothing, in the station's words.
fn why(order: &EmissionOrder, lines: &[EmissionLine], otherwise: Cause) -> Why {
    if let Some(why) = &order.trouble {
        return why.clone();
    }
    let said = order
        .decline
        .clone()
        .or_else(|| lines.iter().find_map(|line| line.told.rejection.clone()));
    let cause =
        super::told::worry(order, lines, Timestamp(i64::MAX)).map_or(otherwise, |why| why.cause);
    Why {
        trouble: said,
        ..Why::of(cause)
    }
}
