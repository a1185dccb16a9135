//! One sending of an order's identifiers: a numbered body whose fate is always known to be one of a few states.
//!
//! The machine is here, pure; the job that drives it is in `server::jobs`. It keeps two promises. *Nothing is
//! sent twice*: after a call that brought no answer the order is read again before anything is repeated.
//! *Nothing is overtaken*: a submission is repeated only while it is the newest and while the marketplace still
//! holds what it held before the first attempt.

use crate::{ids::SubmissionId, marketplace::StoredInstance, time::When};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Where a submission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// Stored; no byte has left yet.
    Queued,
    /// A call was begun: from here a crash leaves its fate unknown.
    Sending,
    /// No answer came; it is being found out by reading the order again.
    Unknown,
    /// The marketplace holds these identifiers.
    Accepted,
    /// The marketplace said no; nothing changed there.
    Refused,
    /// The marketplace holds something that is neither ours nor what was there before: a person decides.
    Conflict,
    /// A newer submission took its place before its fate mattered.
    Superseded,
}

impl SubmissionState {
    /// The name kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Conflict => "conflict",
            Self::Superseded => "superseded",
        }
    }

    /// Whether the order is taken by this submission; at most one of an order is.
    pub const fn in_flight(self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::Unknown)
    }
}

/// The text names no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such submission state")]
pub struct UnknownState;

/// Which call carries an order's codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// `PUT …/identifiers`: codes by line, for DBS.
    Identifiers,
    /// `PUT …/boxes`: the whole layout of boxes, for FBS and Express.
    Boxes,
}

impl Carrier {
    /// The name kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identifiers => "identifiers",
            Self::Boxes => "boxes",
        }
    }
}

/// The text names no carrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such carrier")]
pub struct UnknownCarrier;

impl FromStr for Carrier {
    type Err = UnknownCarrier;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Identifiers, Self::Boxes]
            .into_iter()
            .find(|carrier| carrier.as_str() == text)
            .ok_or(UnknownCarrier)
    }
}

impl FromStr for SubmissionState {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        use SubmissionState::{Accepted, Conflict, Queued, Refused, Sending, Superseded, Unknown};
        [
            Queued, Sending, Unknown, Accepted, Refused, Conflict, Superseded,
        ]
        .into_iter()
        .find(|state| state.as_str() == text)
        .ok_or(UnknownState)
    }
}

/// The identifiers of one line, as compared between what we sent and what the marketplace holds. Order of the
/// units does not matter: the marketplace need not keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineInstances {
    /// The line's id in the marketplace.
    pub item: crate::ids::MarketItemId,
    /// One entry a unit.
    pub instances: Vec<StoredInstance>,
}

/// What reading the order again says about a submission without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Ours is there.
    Ours,
    /// What was there before is still there: the call was lost.
    Untouched,
    /// Something else is there.
    Foreign,
}

/// Compares what the marketplace holds now with what we sent and with what it held before we first tried.
///
/// Only the lines that we sent are compared: the call touches no other. A code is compared whole where the
/// marketplace gives it whole, else by the part without its tail.
pub fn compare(sent: &[LineInstances], before: &[LineInstances], now: &[LineInstances]) -> Finding {
    let lines_agree = |wanted: &[LineInstances]| {
        sent.iter()
            .all(|line| same_units(units_of(wanted, line.item), units_of(now, line.item)))
    };
    if lines_agree(sent) {
        Finding::Ours
    } else if lines_agree(before) {
        Finding::Untouched
    } else {
        Finding::Foreign
    }
}

/// Whether two sides hold the same units of one line.
pub(crate) fn agree(
    left: &[LineInstances],
    right: &[LineInstances],
    item: crate::ids::MarketItemId,
) -> bool {
    same_units(units_of(left, item), units_of(right, item))
}

fn units_of(lines: &[LineInstances], item: crate::ids::MarketItemId) -> &[StoredInstance] {
    lines
        .iter()
        .find(|line| line.item == item)
        .map_or(&[], |line| line.instances.as_slice())
}

fn same_units(left: &[StoredInstance], right: &[StoredInstance]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut rest: Vec<&StoredInstance> = right.iter().collect();
    left.iter().all(
        |unit| match rest.iter().position(|other| same_unit(unit, other)) {
            Some(found) => {
                rest.swap_remove(found);
                true
            }
            None => false,
        },
    )
}

fn same_unit(left: &StoredInstance, right: &StoredInstance) -> bool {
    let code = match (&left.cis_full, &right.cis_full) {
        (Some(one), Some(other)) => one == other,
        _ => short_form(left) == short_form(right),
    };
    code && left.uin == right.uin
        && left.rnpt == right.rnpt
        && left.gtd == right.gtd
        && left.country == right.country
}

/// The code without its tail, cut at the first separator when only the whole is known.
fn short_form(unit: &StoredInstance) -> Option<&str> {
    let text = unit.cis.as_deref().or(unit.cis_full.as_deref())?;
    text.trim_start_matches('\u{1d}').split('\u{1d}').next()
}

/// What the marketplace said no with: code and text, verbatim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TheirWords {
    /// HTTP status.
    pub http: u16,
    /// `errors[].code` with `errors[].message`.
    pub errors: Vec<TheirError>,
}

/// One entry of their error list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TheirError {
    /// Their code.
    pub code: String,
    /// Their text.
    pub message: Option<String>,
}

/// A submission as its order's page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionView {
    /// Ours.
    pub id: SubmissionId,
    /// Its number within the order, from 1.
    pub number: u32,
    /// Where it stands.
    pub state: SubmissionState,
    /// How many codes it carries.
    pub units: u32,
    /// When it was stored.
    pub stored: When,
    /// When its fate became known.
    pub settled: Option<When>,
    /// The next attempt, while there is one to come.
    pub next_attempt: Option<When>,
    /// Attempts so far.
    pub attempts: u32,
    /// Their words, when they said no.
    pub refusal: Option<TheirWords>,
    /// What those words mean, in the reader's language: added by the page, which speaks it.
    pub refusal_means: Option<String>,
    /// Why there was no answer, in words of the network, while that is so.
    pub trouble: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::MarketItemId;

    const A: &str = "0103041094787443215Qbag!A\u{1d}93Zjqw";
    const B: &str = "0103041094787443215Qbag!B\u{1d}93Zjqx";

    fn full(code: &str) -> StoredInstance {
        StoredInstance {
            cis_full: Some(code.into()),
            ..StoredInstance::default()
        }
    }

    fn short(code: &str) -> StoredInstance {
        StoredInstance {
            cis: Some(code.into()),
            ..StoredInstance::default()
        }
    }

    fn line(item: i64, instances: Vec<StoredInstance>) -> LineInstances {
        LineInstances {
            item: MarketItemId(item),
            instances,
        }
    }

    #[test]
    fn ours_is_recognised_whatever_the_order_of_units() {
        let sent = [line(1, vec![full(A), full(B)])];
        assert_eq!(
            compare(&sent, &[], &[line(1, vec![full(B), full(A)])]),
            Finding::Ours
        );
    }

    #[test]
    fn ours_is_recognised_by_the_short_form_when_only_that_is_given() {
        let sent = [line(1, vec![full(A)])];
        assert_eq!(
            compare(
                &sent,
                &[],
                &[line(1, vec![short("0103041094787443215Qbag!A")])]
            ),
            Finding::Ours
        );
    }

    #[test]
    fn a_lost_call_leaves_what_was_there() {
        let sent = [line(1, vec![full(A)])];
        assert_eq!(compare(&sent, &[], &[]), Finding::Untouched);
        assert_eq!(
            compare(&sent, &[line(1, vec![full(B)])], &[line(1, vec![full(B)])]),
            Finding::Untouched
        );
    }

    #[test]
    fn another_hand_is_noticed() {
        let sent = [line(1, vec![full(A)])];
        assert_eq!(
            compare(&sent, &[], &[line(1, vec![full(B)])]),
            Finding::Foreign
        );
        assert_eq!(
            compare(&sent, &[line(1, vec![full(B)])], &[]),
            Finding::Foreign
        );
    }

    #[test]
    fn lines_that_were_not_sent_do_not_matter() {
        let sent = [line(1, vec![full(A)])];
        let now = [line(1, vec![full(A)]), line(2, vec![full(B)])];
        assert_eq!(compare(&sent, &[], &now), Finding::Ours);
    }

    #[test]
    fn two_equal_units_are_not_one() {
        let sent = [line(1, vec![full(A), full(A)])];
        assert_eq!(
            compare(
                &sent,
                &[line(1, vec![])],
                &[line(1, vec![full(A), full(B)])]
            ),
            Finding::Foreign
        );
    }

    #[test]
    fn every_state_is_read_back_from_its_name() {
        use SubmissionState::{Accepted, Conflict, Queued, Refused, Sending, Superseded, Unknown};
        for state in [
            Queued, Sending, Unknown, Accepted, Refused, Conflict, Superseded,
        ] {
            assert_eq!(state.as_str().parse::<SubmissionState>(), Ok(state));
        }
    }
}
