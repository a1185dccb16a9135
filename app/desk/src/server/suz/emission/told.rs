//! What a station's words come to: pure.

use crate::{
    server::ports::{
        code_ordering::{BufferInfo, OrderInfo},
        emissions::{EmissionLine, EmissionOrder, LineTold},
    },
    suz::{
        Cause, Why,
        cause::OrderSign,
        emission::{BufferStatus, EmissionState},
    },
    time::Timestamp,
};

/// How long the station is asked for an order whose answer was lost before a person may decide, in milliseconds.
pub(super) const PATIENCE_MILLIS: i64 = 5 * 60_000;
/// How often it must have answered that it knows no such order by then.
pub(super) const LEAST_SEARCHES: u32 = 3;
/// How long an order that the station had taken is asked for still, when nothing knows it any more, in milliseconds: a
/// search may find a new one late.
pub(super) const GONE_MILLIS: i64 = 3_600_000;
/// How long an order that a person gave up is asked for still, in milliseconds.
pub(super) const AFTERTHOUGHT_MILLIS: i64 = 7 * 86_400_000;
/// How long an order may stand in `CREATED` before its signature is missed, in milliseconds.
const CREATED_MILLIS: i64 = 10 * 60_000;
/// How often an order is looked at of which everything was fetched, in seconds: it closes by itself after two days.
const IDLE_SECONDS: i64 = 30 * 60;

/// What is kept of a buffer.
pub(super) fn told(buffer: &BufferInfo) -> LineTold {
    LineTold {
        status: buffer.status.clone(),
        available: buffer.available,
        left: buffer.left,
        passed: buffer.passed,
        unavailable: buffer.unavailable,
        pools_exhausted: buffer.pools_exhausted,
        expires: buffer.expires,
        rejection: buffer.rejection.clone(),
    }
}

/// What the buffers alone say of their order; nothing while they say too little.
pub(super) fn by_buffers(buffers: &[BufferInfo]) -> Option<EmissionState> {
    let all = |of: &[BufferStatus]| {
        !buffers.is_empty()
            && buffers.iter().all(|one| {
                one.status
                    .as_ref()
                    .is_some_and(|status| of.contains(status))
            })
    };
    let any = |status: &BufferStatus| {
        buffers
            .iter()
            .any(|one| one.status.as_ref() == Some(status))
    };
    if all(&[BufferStatus::Rejected]) {
        Some(EmissionState::Declined)
    } else if all(&[BufferStatus::Closed, BufferStatus::Rejected]) {
        Some(EmissionState::Closed)
    } else if any(&BufferStatus::Active) || any(&BufferStatus::Exhausted) {
        Some(EmissionState::Ready)
    } else {
        None
    }
}

/// Where an order stands by all that was said: its own status, unless its buffers are over already.
pub(super) fn standing(
    before: EmissionState,
    status: Option<EmissionState>,
    buffers: &[BufferInfo],
) -> EmissionState {
    let by_buffers = by_buffers(buffers);
    match by_buffers {
        Some(state @ (EmissionState::Closed | EmissionState::Declined)) => state,
        _ => status.or(by_buffers).unwrap_or(before),
    }
}

/// Whether nothing more is to be had of a line.
fn is_over(line: &EmissionLine) -> bool {
    matches!(
        line.told.status,
        Some(BufferStatus::Rejected | BufferStatus::Closed)
    )
}

/// Codes of a line that closing now would take from us: those not handed out are annulled, those handed out and not held
/// could not be had again.
fn at_stake(line: &EmissionLine) -> u64 {
    if is_over(line) {
        return 0;
    }
    let ordered = u64::from(line.quantity);
    let passed = line.told.passed.unwrap_or_default();
    // While pools are being filled, what cannot be had yet counts as unavailable too.
    let filled = line.told.pools_exhausted == Some(true)
        || line.told.status == Some(BufferStatus::Exhausted);
    let wont_come = line
        .told
        .unavailable
        .filter(|_| filled)
        .unwrap_or_default()
        .min(ordered.saturating_sub(passed));
    ordered
        .saturating_sub(wont_come)
        .saturating_sub(line.received)
}

/// Codes that closing an order now would take from us.
pub(super) fn annuls(lines: &[EmissionLine]) -> u64 {
    lines.iter().map(at_stake).sum()
}

/// Whether what we hold is exactly what the station handed out, and it has nothing left: the order may be closed.
pub(super) fn is_complete(lines: &[EmissionLine]) -> bool {
    !lines.is_empty()
        && lines.iter().all(|line| {
            is_over(line) || (line.told.passed == Some(line.received) && at_stake(line) == 0)
        })
}

/// Whether there is something to fetch: codes that can be asked for, or that were handed out and are not held.
pub(super) fn to_fetch(lines: &[EmissionLine]) -> bool {
    lines.iter().any(|line| {
        !is_over(line)
            && (line.told.available.unwrap_or_default() > 0
                || line.told.passed.unwrap_or_default() > line.received)
    })
}

/// After how many seconds a station is asked again that said nothing new so often.
pub(super) fn pause(quiet: u32, lines: &[EmissionLine]) -> i64 {
    if is_complete(lines) {
        return IDLE_SECONDS;
    }
    match quiet {
        0 => 2,
        1 => 5,
        2 => 10,
        3 => 20,
        4 => 40,
        5 => 90,
        6 => 180,
        _ => 300,
    }
}

/// After how many seconds it is asked again whether it knows an order whose answer was lost so long ago.
pub(super) const fn search_pause(state: EmissionState, since_sent: i64) -> i64 {
    match since_sent {
        _ if matches!(state, EmissionState::GivenUp) => 3600,
        ..60_000 => 5,
        60_000..PATIENCE_MILLIS => 20,
        PATIENCE_MILLIS..3_600_000 => 300,
        _ => 1800,
    }
}

/// Whether a person may decide what became of an order whose answer was lost: the station told often enough and for long
/// enough of no order that is this one for certain.
pub(super) fn may_decide(order: &EmissionOrder, now: Timestamp) -> bool {
    let since = order.sent_at.map_or(0, |sent| now.millis_since(sent));
    order.state == EmissionState::Unknown
        && since >= PATIENCE_MILLIS
        && order.searching.times >= LEAST_SEARCHES
}

/// Whether an order of the station may be one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It is another one: of other goods or numbers, or with somebody else's key.
    No,
    /// Of the same goods; not all of its numbers are told yet.
    Perhaps,
    /// Of the same goods and numbers.
    Exact,
}

/// Holds an order of the station against one of ours.
pub(super) fn fit(order: &EmissionOrder, lines: &[EmissionLine], found: &OrderInfo) -> Fit {
    let ours = order.id.to_string();
    let key_fits = found.key.as_ref().is_none_or(|key| *key == ours);
    let group_fits = found
        .group
        .as_deref()
        .is_none_or(|group| super::super::groups::alias_of(group) == order.group);
    if found.buffers.is_empty() && found.key.is_some() && key_fits {
        return Fit::Perhaps;
    }
    let is_there = |line: &EmissionLine| found.buffers.iter().any(|it| it.gtin == line.gtin);
    if !key_fits || !group_fits || !lines.iter().all(is_there) {
        return Fit::No;
    }
    let mut fit = Fit::Exact;
    for buffer in &found.buffers {
        let Some(line) = lines.iter().find(|line| line.gtin == buffer.gtin) else {
            return Fit::No;
        };
        match buffer.total {
            Some(total) if total == u64::from(line.quantity) => {}
            Some(_) => return Fit::No,
            None => fit = Fit::Perhaps,
        }
        if buffer
            .template
            .is_some_and(|template| template != line.template)
        {
            return Fit::No;
        }
    }
    fit
}

/// What stands against an order that the station has, when its words alone tell it.
pub(super) fn worry(order: &EmissionOrder, lines: &[EmissionLine], now: Timestamp) -> Option<Why> {
    let cause = match order.state {
        EmissionState::Declined => {
            let reason = order
                .decline
                .as_deref()
                .or_else(|| lines.iter().find_map(|line| line.told.rejection.as_deref()))
                .unwrap_or_default();
            // Of a declined order the buffers tell the reason too, in the other word's form.
            match Cause::of_order(&OrderSign::Declined { reason }) {
                Cause::Other => Cause::of_order(&OrderSign::Rejected { reason }),
                cause => cause,
            }
        }
        EmissionState::Expired => Cause::of_order(&OrderSign::Annulled),
        EmissionState::Created if stays_created(order, now) => {
            Cause::of_order(&OrderSign::StaysCreated)
        }
        _ => return None,
    };
    Some(Why::of(cause))
}

pub(super) fn stays_created(order: &EmissionOrder, now: Timestamp) -> bool {
    order
        .sent_at
        .is_some_and(|sent| now.millis_since(sent) > CREATED_MILLIS)
}

/// When codes of a line are annulled that lie at the station still, or were when the order expired; nothing where no code
/// is at stake.
pub(super) fn end_of(state: EmissionState, line: &EmissionLine) -> Option<Timestamp> {
    let at_stake = match state {
        EmissionState::Expired => {
            line.told.status != Some(BufferStatus::Rejected)
                && line.received < u64::from(line.quantity)
        }
        state => state.is_there() && at_stake(line) > 0,
    };
    line.told.expires.filter(|_| at_stake)
}

/// The earliest of these moments in an order.
pub(super) fn earliest_end(state: EmissionState, lines: &[EmissionLine]) -> Option<Timestamp> {
    lines.iter().filter_map(|line| end_of(state, line)).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{DocumentId, EmissionId, SuzConnectionId, UserId},
        server::ports::emissions::Searching,
        suz::{emission::OrderStatus, new_emission::EmissionDraft},
    };

    fn line(quantity: u32, received: u64, told: LineTold) -> EmissionLine {
        EmissionLine {
            gtin: "04606038003172".parse().unwrap(),
            quantity,
            template: 10,
            cis_type: "UNIT".into(),
            own_serials: false,
            told,
            received,
        }
    }

    fn status(status: BufferStatus, passed: u64) -> LineTold {
        LineTold {
            status: Some(status),
            passed: Some(passed),
            ..LineTold::default()
        }
    }

    #[test]
    fn sums_must_agree_before_an_order_is_complete() {
        let whole = |received| line(10, received, status(BufferStatus::Exhausted, 10));
        assert!(is_complete(&[whole(10)]));
        assert!(
            !is_complete(&[whole(9)]),
            "one was handed out and is not held"
        );
        assert!(!is_complete(&[whole(11)]), "more than was handed out");
        assert!(!is_complete(&[]));
        let half = line(10, 5, status(BufferStatus::Active, 5));
        assert!(!is_complete(&[whole(10), half.clone()]));
        assert_eq!(annuls(&[whole(10), half]), 5);
    }

    #[test]
    fn what_was_rejected_is_no_reason_to_keep_an_order_open() {
        let rejected = line(10, 0, status(BufferStatus::Rejected, 0));
        assert_eq!(annuls(std::slice::from_ref(&rejected)), 0);
        assert!(is_complete(&[
            rejected,
            line(3, 3, status(BufferStatus::Exhausted, 3))
        ]));
    }

    #[test]
    fn codes_that_will_not_come_are_not_waited_for() {
        let told = LineTold {
            unavailable: Some(4),
            pools_exhausted: Some(true),
            ..status(BufferStatus::Active, 6)
        };
        assert!(is_complete(&[line(10, 6, told.clone())]));
        assert_eq!(annuls(&[line(10, 5, told.clone())]), 1);
        for pools_exhausted in [None, Some(false)] {
            let filling = LineTold {
                pools_exhausted,
                ..told.clone()
            };
            assert!(!is_complete(&[line(10, 6, filling.clone())]));
            assert_eq!(annuls(&[line(10, 6, filling)]), 4);
        }
        let nothing_told = line(10, 0, LineTold::default());
        assert_eq!(annuls(&[nothing_told]), 10);
    }

    fn an_order() -> EmissionOrder {
        EmissionOrder {
            id: EmissionId::from_parts(1, [7; 10]),
            connection: SuzConnectionId::from_parts(1, [1; 10]),
            group: "ncp".into(),
            draft: EmissionDraft::default(),
            document: DocumentId::from_parts(1, [2; 10]),
            test: false,
            state: EmissionState::Unknown,
            their_id: None,
            decline: None,
            trouble: None,
            anyway: false,
            held: Vec::new(),
            asked_by: UserId::from_parts(1, [3; 10]),
            made_at: Timestamp(0),
            sent_at: Some(Timestamp(0)),
            searching: Searching::default(),
            told_at: None,
            quiet: 0,
            closing: None,
            revision: 0,
        }
    }

    fn theirs(goods: &[(&str, Option<u64>)]) -> OrderInfo {
        let buffer = |(gtin, total): &(&str, Option<u64>)| BufferInfo {
            gtin: gtin.parse().unwrap(),
            status: None,
            available: None,
            left: None,
            total: *total,
            passed: None,
            unavailable: None,
            pools_exhausted: None,
            template: Some(10),
            expires: None,
            rejection: None,
            pools: Vec::new(),
        };
        OrderInfo {
            order: "b024ae09".parse().unwrap(),
            status: OrderStatus::Pending,
            key: None,
            group: Some("NCP".into()),
            created: None,
            decline: None,
            buffers: goods.iter().map(buffer).collect(),
        }
    }

    #[test]
    fn an_order_of_theirs_is_ours_only_with_the_same_goods_and_numbers() {
        const GTIN: &str = "04606038003172";
        const OTHER: &str = "04600712204107";
        let order = an_order();
        let one = [line(10, 0, LineTold::default())];
        let of = |goods: &[(&str, Option<u64>)]| fit(&order, &one, &theirs(goods));
        assert_eq!(of(&[(GTIN, Some(10))]), Fit::Exact);
        assert_eq!(of(&[(GTIN, None)]), Fit::Perhaps);
        assert_eq!(of(&[(GTIN, Some(11))]), Fit::No, "another number");
        assert_eq!(of(&[(OTHER, Some(10))]), Fit::No, "other goods");
        assert_eq!(
            of(&[(GTIN, Some(10)), (OTHER, Some(1))]),
            Fit::No,
            "more goods"
        );
        assert_eq!(of(&[]), Fit::No, "nothing is told of its goods");
        let mut second = line(1, 0, LineTold::default());
        second.gtin = OTHER.parse().unwrap();
        let two = [one[0].clone(), second];
        let fewer = theirs(&[(GTIN, Some(10))]);
        assert_eq!(fit(&order, &two, &fewer), Fit::No, "goods are missing");
        let found = theirs(&[(GTIN, Some(10))]);
        let with = |found: OrderInfo| fit(&order, &one, &found);
        let key = |key: String| Some(key);
        assert_eq!(
            with(OrderInfo {
                key: key("x".into()),
                ..found.clone()
            }),
            Fit::No
        );
        let ours = OrderInfo {
            key: key(order.id.to_string()),
            ..theirs(&[])
        };
        assert_eq!(with(ours), Fit::Perhaps, "our key says enough");
        assert_eq!(
            with(OrderInfo {
                group: Some("lp".into()),
                ..found
            }),
            Fit::No
        );
    }

    #[test]
    fn a_person_decides_only_after_the_station_had_its_time() {
        let mut order = an_order();
        assert!(
            !may_decide(&order, Timestamp(PATIENCE_MILLIS)),
            "it was not asked"
        );
        order.searching.times = LEAST_SEARCHES;
        assert!(may_decide(&order, Timestamp(PATIENCE_MILLIS)));
        assert!(!may_decide(&order, Timestamp(PATIENCE_MILLIS - 1)));
    }

    #[test]
    fn only_codes_that_are_at_stake_have_an_end() {
        let end = Timestamp(1);
        let told = |of, passed| LineTold {
            expires: Some(end),
            ..status(of, passed)
        };
        let here = line(10, 10, told(BufferStatus::Exhausted, 10));
        let partly = line(10, 4, told(BufferStatus::Active, 4));
        let lines = [here.clone(), partly.clone()];
        assert_eq!(
            end_of(EmissionState::Ready, &here),
            None,
            "every code is here"
        );
        assert_eq!(end_of(EmissionState::Ready, &partly), Some(end));
        assert_eq!(earliest_end(EmissionState::Ready, &lines), Some(end));
        assert_eq!(earliest_end(EmissionState::Closed, &lines), None);
        let lost = line(10, 4, told(BufferStatus::Closed, 4));
        assert_eq!(end_of(EmissionState::Expired, &lost), Some(end));
        assert_eq!(end_of(EmissionState::Expired, &here), None);
        let rejected = line(10, 0, told(BufferStatus::Rejected, 0));
        assert_eq!(end_of(EmissionState::Expired, &rejected), None);
    }

    #[test]
    fn questions_become_rarer_and_never_stop() {
        let waits: Vec<i64> = (0..9).map(|quiet| pause(quiet, &[])).collect();
        assert_eq!(waits, [2, 5, 10, 20, 40, 90, 180, 300, 300]);
        let ages = [0, 59_999, 60_000, 299_999, 300_000, 3_600_000, 99_000_000];
        let waits = ages.map(|age| search_pause(EmissionState::Unknown, age));
        assert_eq!(waits, [5, 5, 20, 20, 300, 1800, 1800]);
        assert_eq!(search_pause(EmissionState::GivenUp, 0), 3600);
    }
}
