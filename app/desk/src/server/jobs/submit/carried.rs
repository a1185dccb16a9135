//! What a submission carries, whichever call carries it, and how that is found again in what the marketplace says.

use crate::{
    boxes::{Coverage, HeldLayout, Uncovered, compare_layouts},
    ids::MarketItemId,
    marketplace::{MarketOrder, StoredBox},
    problem::Problem,
    server::{
        Desk,
        internal::internal,
        ports::storage::{StoreError, Submission},
    },
    submission::{Carrier, Finding, LineInstances, compare},
};

/// What a body says, with what is needed to send it.
pub(super) enum Carried {
    /// Identifiers by line.
    Identifiers(Vec<LineInstances>),
    /// A layout of boxes, held against the order as it was read just now.
    Boxes(Vec<StoredBox>, Coverage),
}

/// What the marketplace's answer shows.
pub(super) enum Answer {
    /// Identifiers by line.
    Lines(Vec<LineInstances>),
    /// Boxes with their ids.
    Boxes(Vec<StoredBox>),
}

/// Why a stored body must not be sent.
pub(super) enum Unfit {
    /// The order is no longer the one that it was made for.
    Changed(Uncovered),
    /// Our own fault.
    Problem(Problem),
}

impl From<Problem> for Unfit {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl Carried {
    /// Reads a body and holds it against the order.
    pub(super) fn read(
        desk: &Desk,
        submission: &Submission,
        facts: &MarketOrder,
    ) -> Result<Self, Unfit> {
        match submission.carrier {
            Carrier::Identifiers => Ok(Self::Identifiers(lines_of(desk, submission)?)),
            Carrier::Boxes => {
                let boxes = boxes_of(desk, submission)?;
                let lines: Vec<(MarketItemId, u32)> = facts
                    .items
                    .iter()
                    .filter(|item| item.count > 0)
                    .map(|item| (item.id, item.count))
                    .collect();
                let coverage =
                    Coverage::of(&boxes, &submission.removals, &lines).map_err(Unfit::Changed)?;
                Ok(Self::Boxes(boxes, coverage))
            }
        }
    }

    /// Whether an answer shows what was sent.
    pub(super) fn is_shown_by(&self, answer: &Answer) -> bool {
        let finding = match (self, answer) {
            (Self::Identifiers(sent), Answer::Lines(held)) => compare(sent, &[], held),
            (Self::Boxes(sent, _), Answer::Boxes(held)) => compare_layouts(
                &HeldLayout::of_boxes(sent),
                &HeldLayout::default(),
                &HeldLayout::of_boxes(held),
            ),
            _ => Finding::Foreign,
        };
        finding == Finding::Ours
    }
}

/// Every identifier that a submission carries, by line.
pub(in crate::server::jobs) fn instances_of(
    desk: &Desk,
    submission: &Submission,
) -> Result<Vec<LineInstances>, Problem> {
    match submission.carrier {
        Carrier::Identifiers => lines_of(desk, submission),
        Carrier::Boxes => {
            let boxes = boxes_of(desk, submission)?;
            Ok(HeldLayout::of_boxes(&boxes).lines().to_vec())
        }
    }
}

/// What the order holds now of that which the submission would change, as it is kept beside it.
pub(super) fn held_now(
    desk: &Desk,
    submission: &Submission,
    facts: &MarketOrder,
) -> Result<String, Problem> {
    let text = match submission.carrier {
        Carrier::Identifiers => {
            let sent = lines_of(desk, submission)?;
            let mut now = lines_of_order(facts);
            now.retain(|line| sent.iter().any(|own| own.item == line.item));
            serde_json::to_string(&now)
        }
        Carrier::Boxes => serde_json::to_string(&HeldLayout::of_order(facts)),
    };
    text.map_err(|error| internal(&error))
}

/// What reading the order again says about a submission without an answer.
pub(super) fn find(
    desk: &Desk,
    submission: &Submission,
    facts: &MarketOrder,
) -> Result<Finding, Problem> {
    let before = submission.before.as_deref();
    let unreadable = |error: serde_json::Error| inconsistent(submission, "held_before", &error);
    Ok(match submission.carrier {
        Carrier::Identifiers => {
            let before: Vec<LineInstances> = before
                .map_or(Ok(Vec::new()), serde_json::from_str)
                .map_err(unreadable)?;
            compare(
                &lines_of(desk, submission)?,
                &before,
                &lines_of_order(facts),
            )
        }
        Carrier::Boxes => {
            let before: HeldLayout = before
                .map_or(Ok(HeldLayout::default()), serde_json::from_str)
                .map_err(unreadable)?;
            let sent = HeldLayout::of_boxes(&boxes_of(desk, submission)?);
            compare_layouts(&sent, &before, &HeldLayout::of_order(facts))
        }
    })
}

fn lines_of(desk: &Desk, submission: &Submission) -> Result<Vec<LineInstances>, Problem> {
    let lines = desk.outside.market.instances_of_body(&submission.body);
    lines.map_err(|error| inconsistent(submission, "body", &error))
}

fn boxes_of(desk: &Desk, submission: &Submission) -> Result<Vec<StoredBox>, Problem> {
    let boxes = desk.outside.market.boxes_of_body(&submission.body);
    boxes.map_err(|error| inconsistent(submission, "body", &error))
}

fn lines_of_order(facts: &MarketOrder) -> Vec<LineInstances> {
    let lines = facts.items.iter().map(|item| LineInstances {
        item: item.id,
        instances: item.instances.clone(),
    });
    lines.collect()
}

fn inconsistent(
    submission: &Submission,
    column: &'static str,
    why: &dyn std::fmt::Display,
) -> Problem {
    internal(&StoreError::Inconsistent {
        table: "submissions",
        column,
        row: submission.id.to_string(),
        why: why.to_string(),
    })
}
