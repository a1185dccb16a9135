//! What the marketplace says of single codes, as entries of their histories.

use crate::{
    codes::EventKind,
    identifiers::Mark,
    ids::OrderId,
    returns::ReturnedUnitStatus,
    server::ports::codes::CodeEvent,
    time::Timestamp,
    verification::{CheckedMark, Light, LineVerification, MarkStatus},
};

/// What an answer about an order's codes says that the answer before it did not: verdicts, no waiting and no trouble
/// that passes.
pub fn of_verification(
    order: OrderId,
    before: &[LineVerification],
    now: &[LineVerification],
    at: Timestamp,
) -> Vec<CodeEvent> {
    let marks = |lines: &'_ [LineVerification]| -> Vec<CheckedMark> {
        lines.iter().flat_map(|line| line.marks.clone()).collect()
    };
    let known = marks(before);
    marks(now)
        .into_iter()
        .filter(|mark| !known.contains(mark))
        .filter_map(|mark| {
            let kind = match mark.status.light() {
                Light::Passed => EventKind::Verified,
                Light::Rejected => EventKind::Rejected,
                Light::Waiting | Light::Troubled => return None,
            };
            let (_, why) = mark.status.words();
            Some(CodeEvent {
                key: key_of(&mark),
                at,
                kind,
                order: Some(order),
                words: why.map(str::to_owned),
            })
        })
        .collect()
}

/// That the unit of a code comes back, with the marketplace's word for how far it has come.
pub fn returned(
    order: Option<OrderId>,
    key: &str,
    status: Option<&ReturnedUnitStatus>,
    at: Timestamp,
) -> CodeEvent {
    CodeEvent {
        key: key.to_owned(),
        at,
        kind: EventKind::Returned,
        order,
        words: status.map(|status| status.as_str().to_owned()),
    }
}

/// The key of a mark that the marketplace names, with its tail or without.
fn key_of(mark: &CheckedMark) -> String {
    match mark.status {
        MarkStatus::Uin { .. } => format!("uin:{}", mark.value),
        MarkStatus::Cis { .. } => mark.value.parse().map_or_else(
            |_| format!("cis:{}", mark.value),
            |code| Mark::Cis(code).key(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::MarketItemId,
        verification::{CisStatus, CisSubstatus},
    };

    fn line(value: &str, status: CisStatus, substatus: Option<CisSubstatus>) -> LineVerification {
        LineVerification {
            item: MarketItemId(1),
            marks: vec![CheckedMark {
                value: value.to_owned(),
                status: MarkStatus::Cis { status, substatus },
                crpt_request_id: None,
                crpt_request_at: None,
            }],
        }
    }

    #[test]
    fn only_new_verdicts_are_news() {
        let order = OrderId::from_parts(1, [1; 10]);
        let ki = "0104670033010053215tm!Kq2bV0001";
        let waiting = [line(ki, CisStatus::InProgress, None)];
        let rejected = [line(
            &format!("{ki}\u{1d}93Zjqw"),
            CisStatus::Invalid,
            Some(CisSubstatus::WrongOwnerInn),
        )];
        assert!(of_verification(order, &[], &waiting, Timestamp(1)).is_empty());
        let news = of_verification(order, &waiting, &rejected, Timestamp(2));
        let told: Vec<_> = news
            .iter()
            .map(|it| (it.key.as_str(), it.kind, it.words.as_deref()))
            .collect();
        let key = format!("cis:{ki}");
        assert_eq!(
            told,
            [(key.as_str(), EventKind::Rejected, Some("WRONG_OWNER_INN"))]
        );
        assert!(of_verification(order, &rejected, &rejected, Timestamp(3)).is_empty());
    }
}
