//! What is to be done next with an order: pure.

use super::told::{is_complete, may_decide, stays_created, to_fetch};
use crate::{
    server::ports::{
        emissions::{EmissionLine, EmissionOrder},
        stock::Receiving,
    },
    suz::{
        emission::{ClosingState, EmissionState, NextStep},
        receiving::ReceivingState,
    },
    time::Timestamp,
};

/// What is to be done next with an order of which so much was fetched.
pub(super) fn next_step(
    order: &EmissionOrder,
    lines: &[EmissionLine],
    receivings: &[Receiving],
    now: Timestamp,
) -> NextStep {
    match &order.closing {
        Some(closing) if closing.state == ClosingState::WaitsForSignature => {
            return NextStep::SignClosing;
        }
        Some(closing) if closing.state != ClosingState::Refused => return NextStep::Closing,
        _ => {}
    }
    let received: u64 = lines.iter().map(|line| line.received).sum();
    match order.state {
        EmissionState::WaitsForSignature => NextStep::Sign,
        EmissionState::Queued | EmissionState::Sending => NextStep::Sending,
        EmissionState::Unknown if may_decide(order, now) => NextStep::Decide,
        EmissionState::Unknown => NextStep::Finding,
        EmissionState::Refused | EmissionState::Declined | EmissionState::Expired => NextStep::Mend,
        EmissionState::Created if stays_created(order, now) => NextStep::SignThere,
        EmissionState::Ready => ready(lines, receivings),
        EmissionState::Draft
        | EmissionState::Created
        | EmissionState::Pending
        | EmissionState::Approved => NextStep::Wait,
        EmissionState::Closed if received > 0 => NextStep::Print,
        EmissionState::Closed | EmissionState::GivenUp | EmissionState::Withdrawn => {
            NextStep::Nothing
        }
    }
}

/// What is to be done while codes are given out: what stands still without a person comes first.
fn ready(lines: &[EmissionLine], receivings: &[Receiving]) -> NextStep {
    let stands = |state| {
        receivings
            .iter()
            .any(|one| one.state == state && one.may_go_on())
    };
    if is_complete(lines) {
        NextStep::Close
    } else if stands(ReceivingState::Stuck) {
        NextStep::Help
    } else if stands(ReceivingState::Paused) {
        NextStep::Resume
    } else if to_fetch(lines) {
        NextStep::Receive
    } else {
        NextStep::Wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::EmissionId,
        server::ports::emissions::LineTold,
        suz::{emission::BufferStatus, receiving::ReceivingTrouble},
    };

    const GTIN: &str = "04606038003172";

    fn line(status: BufferStatus, received: u64) -> EmissionLine {
        EmissionLine {
            gtin: GTIN.parse().unwrap(),
            quantity: 10,
            template: 10,
            cis_type: "UNIT".into(),
            own_serials: false,
            told: LineTold {
                status: Some(status),
                available: Some(5),
                passed: Some(received),
                ..LineTold::default()
            },
            received,
        }
    }

    fn fetching(state: ReceivingState, trouble: Option<ReceivingTrouble>) -> Receiving {
        Receiving {
            emission: EmissionId::from_parts(1, [0; 10]),
            gtin: GTIN.parse().unwrap(),
            state,
            ordered: 10,
            passed: None,
            trouble,
            began_at: Timestamp(0),
            moved_at: Timestamp(0),
        }
    }

    #[test]
    fn codes_that_stand_still_are_not_said_to_be_coming() {
        let lines = [line(BufferStatus::Active, 5)];
        let step = |of: &[Receiving]| ready(&lines, of);
        let running = fetching(ReceivingState::Running, None);
        let paused = fetching(ReceivingState::Paused, None);
        let differ = ReceivingTrouble::SumsDiffer { held: 5, passed: 6 };
        let stuck = fetching(ReceivingState::Stuck, Some(differ));
        assert_eq!(step(&[]), NextStep::Receive);
        assert_eq!(step(std::slice::from_ref(&running)), NextStep::Receive);
        assert_eq!(step(std::slice::from_ref(&paused)), NextStep::Resume);
        assert_eq!(step(&[running, paused, stuck]), NextStep::Help);
    }

    #[test]
    fn rejected_goods_want_nobody() {
        let ended = ReceivingTrouble::Ended(Some("0106".into()));
        let rejected = fetching(ReceivingState::Stuck, Some(ended));
        let of = std::slice::from_ref(&rejected);
        let half = [
            line(BufferStatus::Rejected, 0),
            line(BufferStatus::Active, 5),
        ];
        assert_eq!(ready(&half, of), NextStep::Receive);
        let whole = [
            line(BufferStatus::Rejected, 0),
            line(BufferStatus::Exhausted, 10),
        ];
        assert_eq!(ready(&whole, of), NextStep::Close);
    }
}
