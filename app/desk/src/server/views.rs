//! Rows of the store turned into what a page shows.

use super::{
    ports::{
        readings::Reading,
        shipments::Shipment,
        storage::{Job, JobState, Line, Order, Slot, Submission},
        verifications::Verification,
    },
    when::when,
};
use crate::{
    connection::SyncState,
    marketplace::MarketItem,
    orders::{LineView, MarkView, SlotView, Standing},
    shipping::ShippingView,
    submission::SubmissionView,
    time::Timestamp,
    verification::VerificationView,
};

/// The lines of an order, in the marketplace's order. `gtins` gives what is known of an article.
pub(super) fn lines(
    order: &Order,
    now: Timestamp,
    gtins: impl Fn(&str) -> Vec<String>,
) -> Vec<LineView> {
    let of_item = |line: &Line| order.facts.items.iter().find(|item| item.id == line.item);
    order
        .lines
        .iter()
        .filter_map(|line| {
            of_item(line).map(|item| line_view(line, item, now, gtins(&item.offer_id)))
        })
        .collect()
}

fn line_view(line: &Line, item: &MarketItem, now: Timestamp, gtins: Vec<String>) -> LineView {
    LineView {
        id: line.id,
        item: item.id,
        offer_id: item.offer_id.clone(),
        name: item.name.clone(),
        count: item.count,
        required: item.required.clone(),
        slots: line.slots.iter().map(|slot| slot_view(slot, now)).collect(),
        stored: item.instances.clone(),
        gtins,
    }
}

fn slot_view(slot: &Slot, now: Timestamp) -> SlotView {
    let mark = slot.mark_text.as_ref().map(|text| {
        if slot
            .mark_key
            .as_deref()
            .is_some_and(|key| key.starts_with("uin:"))
        {
            MarkView::Uin(text.clone())
        } else {
            MarkView::Cis(text.clone())
        }
    });
    SlotView {
        id: slot.id,
        number: slot.number,
        mark,
        rnpt: slot.rnpt.clone(),
        gtd: slot.gtd.clone(),
        country: slot.country.clone(),
        filled: slot.filled_at.map(|at| when(at, now, true)),
    }
}

/// What became of what an order sent.
#[derive(Clone, Copy)]
pub(super) struct Fates<'a> {
    /// Its newest submission.
    pub(super) submission: Option<&'a Submission>,
    /// What the marketplace's verification says.
    pub(super) verification: Option<&'a Verification>,
    /// Its shipment.
    pub(super) shipment: Option<&'a Shipment>,
}

/// What decides an order's state, over lines made by [`lines`].
pub(super) fn standing<'a>(
    order: &'a Order,
    lines: &'a [LineView],
    fates: &Fates<'_>,
) -> Standing<'a> {
    Standing {
        model: order.facts.model.as_ref(),
        status: &order.facts.status,
        substatus: order.facts.substatus.as_deref(),
        buyer: order.facts.buyer.as_ref(),
        lines,
        plan: &order.plan,
        boxed: !order.facts.boxes.is_empty(),
        submission: fates.submission.map(|submission| submission.state),
        changed_since: changed_since(order, fates.submission),
        verification: fates.verification.and_then(|known| known.light),
        shipping: fates.shipment.map(|shipment| shipment.state),
    }
}

/// What is known of the verification.
pub(super) fn verification(verification: Verification, now: Timestamp) -> VerificationView {
    VerificationView {
        light: verification.light,
        lines: verification.lines,
        means: Vec::new(),
        asked: verification.asked_at.map(|at| when(at, now, true)),
        next: verification.next_at.map(|at| when(at, now, true)),
        trouble: verification.trouble,
    }
}

/// Where saying «ready to ship» stands.
pub(super) fn shipping(shipment: &Shipment, now: Timestamp) -> ShippingView {
    ShippingView {
        state: shipment.state,
        asked: when(shipment.asked_at, now, true),
        refusal: shipment.refusal.clone(),
        refusal_means: None,
        trouble: shipment.trouble.clone(),
    }
}

/// Whether the slots changed since the newest submission was made of them.
pub(super) fn changed_since(order: &Order, newest: Option<&Submission>) -> bool {
    newest.is_none_or(|submission| submission.slots_revision != order.slots_revision)
}

/// A submission.
pub(super) fn submission(submission: &Submission, now: Timestamp) -> SubmissionView {
    SubmissionView {
        id: submission.id,
        number: submission.number,
        state: submission.state,
        units: submission.units,
        stored: when(submission.stored_at, now, true),
        settled: submission.settled_at.map(|at| when(at, now, true)),
        next_attempt: submission
            .next_at
            .filter(|at| submission.state.in_flight() && *at > now)
            .map(|at| when(at, now, true)),
        attempts: submission.attempts,
        refusal: submission.refusal.clone(),
        refusal_means: None,
        trouble: submission.trouble.clone(),
    }
}

/// The reading of a connection's orders, told from its job.
pub(super) fn sync(
    job: Option<&Job>,
    reading: Option<&Reading>,
    synced_to: Option<Timestamp>,
    now: Timestamp,
) -> SyncState {
    let progress = || SyncState::Running(reading.map(Reading::progress).unwrap_or_default());
    match job {
        Some(job) if job.state == JobState::Leased => progress(),
        Some(job) if job.state == JobState::Parked => SyncState::Stopped {
            why: job.note.clone().unwrap_or_default(),
        },
        // Somebody asked for it now, whatever it waited for.
        Some(job) if job.run_at <= now => progress(),
        Some(Job {
            note: Some(why),
            run_at,
            ..
        }) if !why.is_empty() => SyncState::Waiting {
            until: when(*run_at, now, true),
            why: why.clone(),
        },
        _ => synced_to.map_or(SyncState::Never, |at| SyncState::Done(when(at, now, true))),
    }
}
