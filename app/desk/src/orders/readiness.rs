//! What stands between an order's slots and sending them.

use super::{Demand, OrderPage, Part, closed, shipped};
use crate::{
    boxes::LayoutError,
    ids::LineId,
    submission::{Carrier, SubmissionState},
};
use serde::{Deserialize, Serialize};

/// One thing to know before sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hindrance {
    /// The codes of this model go another way.
    Model,
    /// The order is cancelled, delivered or returned.
    Closed,
    /// An earlier submission is under way.
    InFlight,
    /// No unit has a code.
    Nothing,
    /// A line was begun and lacks units: the marketplace takes a line whole.
    Incomplete {
        /// The line.
        line: LineId,
        /// Units without everything they need.
        units: u32,
    },
    /// A unit lacks a part of its set.
    Lacks {
        /// The line.
        line: LineId,
        /// The unit's number.
        number: u32,
        /// The part.
        part: Part,
    },
    /// A mandatory line has no codes at all.
    LeftOut {
        /// The line.
        line: LineId,
        /// Its units.
        units: u32,
    },
    /// The slots hold just what was sent last and was answered.
    Unchanged,
    /// The order left the shop's hands; the marketplace may refuse.
    LateStatus,
    /// «Ready to ship» was said: boxes and codes can no longer be changed.
    Shipped,
    /// The units cannot be laid out as the plan says.
    Layout {
        /// Why.
        error: LayoutError,
    },
    /// Units will be taken out of the order for good, and the buyer is told at once.
    Removes {
        /// The line.
        line: LineId,
        /// How many of its units.
        units: u32,
    },
}

impl Hindrance {
    /// Whether it makes sending pointless; the others are warnings, and the person decides.
    pub const fn blocks(&self) -> bool {
        !matches!(
            self,
            Self::LeftOut { .. } | Self::Unchanged | Self::LateStatus | Self::Removes { .. }
        )
    }
}

/// Everything to know before sending, blocks first.
pub fn hindrances(order: &OrderPage) -> Vec<Hindrance> {
    use crate::marketplace::OrderStatus::{Delivery, Pickup};
    let mut found = Vec::new();
    let boxed = order.carrier == Some(Carrier::Boxes);
    if order.carrier.is_none() {
        found.push(Hindrance::Model);
    }
    if boxed && shipped(&order.status, order.substatus.as_deref()) {
        found.push(Hindrance::Shipped);
    }
    if closed(&order.status) {
        found.push(Hindrance::Closed);
    }
    if order
        .submission
        .as_ref()
        .is_some_and(|submission| submission.state.in_flight())
        || order
            .shipping
            .as_ref()
            .is_some_and(|shipping| shipping.state.in_flight())
    {
        found.push(Hindrance::InFlight);
    }
    // A layout of boxes says something even without codes; identifiers do not.
    if !boxed && order.lines.iter().all(super::LineView::untouched) {
        found.push(Hindrance::Nothing);
        return found;
    }
    for line in &order.lines {
        let units = order.plan.removed(line.item).min(line.count);
        if boxed && units > 0 {
            found.push(Hindrance::Removes {
                line: line.id,
                units,
            });
        }
    }
    for line in order.lines.iter().filter(|line| !line.slots.is_empty()) {
        let removed = order.plan.removed(line.item).min(line.count);
        let missing = line
            .count
            .saturating_sub(removed)
            .saturating_sub(line.complete_units());
        if line.untouched() {
            if matches!(
                line.demand(order.buyer.as_ref()),
                Demand::Must | Demand::Expected
            ) {
                found.push(Hindrance::LeftOut {
                    line: line.id,
                    units: missing,
                });
            }
        } else if missing > 0 {
            let begun: Vec<_> = line.slots.iter().filter(|slot| !slot.is_empty()).collect();
            for slot in &begun {
                for part in slot.lacks(&line.required) {
                    found.push(Hindrance::Lacks {
                        line: line.id,
                        number: slot.number,
                        part,
                    });
                }
            }
            if begun.len() + (removed as usize) < line.slots.len() {
                found.push(Hindrance::Incomplete {
                    line: line.id,
                    units: missing,
                });
            }
        }
    }
    let settled = order.submission.as_ref().is_some_and(|submission| {
        matches!(
            submission.state,
            SubmissionState::Accepted | SubmissionState::Refused
        )
    });
    if settled && !order.changed_since {
        found.push(Hindrance::Unchanged);
    }
    if matches!(order.status, Delivery | Pickup) {
        found.push(Hindrance::LateStatus);
    }
    found.sort_by_key(|hindrance| !hindrance.blocks());
    found
}

/// Whether nothing blocks.
pub fn can_send(hindrances: &[Hindrance]) -> bool {
    !hindrances.iter().any(Hindrance::blocks)
}

#[cfg(test)]
mod tests {
    use super::{super::fixtures::line, *};
    use crate::{
        boxes::Plan,
        identifiers::Requirement,
        ids::{MarketOrderId, OrderId},
        marketplace::{BuyerType, Model, OrderStatus},
        orders::{LineView, MarkView, OrderRights, WorkState},
        time::{Timestamp, When},
    };

    fn order(lines: Vec<LineView>) -> OrderPage {
        let when = When {
            at: Timestamp(0),
            days_ahead: 0,
            minutes_ahead: 0,
            year: 2026,
            month: 11,
            day: 21,
            hour: 12,
            minute: 0,
            timed: true,
        };
        OrderPage {
            id: OrderId::from_parts(1, [1; 10]),
            number: MarketOrderId(48_512_377),
            shop: "Обувь".into(),
            model: Some(Model::Dbs),
            status: OrderStatus::Processing,
            substatus: Some("STARTED".into()),
            buyer: Some(BuyerType::Business),
            fake: false,
            ship_by: None,
            lines,
            unplaced: vec![],
            submission: None,
            changed_since: true,
            carrier: Some(Carrier::Identifiers),
            plan: Plan::default(),
            boxes: vec![],
            verification: None,
            shipping: None,
            labels: None,
            work: WorkState::NeedsCodes,
            revision: 1,
            read: when,
            may: OrderRights::default(),
        }
    }

    fn fill(line: &mut LineView, units: usize) {
        for slot in line.slots.iter_mut().take(units) {
            slot.mark = Some(MarkView::Cis(format!("code {}", slot.number)));
        }
    }

    #[test]
    fn an_empty_order_has_nothing_to_send() {
        let order = order(vec![line(1, "Тапочки", 2, &[Requirement::Cis])]);
        assert_eq!(hindrances(&order), vec![Hindrance::Nothing]);
    }

    #[test]
    fn a_line_goes_whole_or_not_at_all() {
        let mut slippers = line(1, "Тапочки", 3, &[Requirement::Cis]);
        fill(&mut slippers, 2);
        let id = slippers.id;
        assert_eq!(
            hindrances(&order(vec![slippers])),
            vec![Hindrance::Incomplete { line: id, units: 1 }]
        );
    }

    #[test]
    fn a_mandatory_line_left_out_is_a_warning_and_an_optional_one_is_not() {
        let mut slippers = line(1, "Тапочки", 1, &[Requirement::Cis]);
        fill(&mut slippers, 1);
        let shoes = line(2, "Туфли", 2, &[Requirement::Cis]);
        let perfume = line(3, "Духи", 1, &[Requirement::CisOptional]);
        let left_out = shoes.id;
        let found = hindrances(&order(vec![slippers, shoes, perfume]));
        assert_eq!(
            found,
            vec![Hindrance::LeftOut {
                line: left_out,
                units: 2
            }]
        );
        assert!(can_send(&found));
    }

    fn boxed(lines: Vec<LineView>) -> OrderPage {
        OrderPage {
            model: Some(Model::Fbs),
            carrier: Some(Carrier::Boxes),
            ..order(lines)
        }
    }

    #[test]
    fn boxes_may_go_without_codes_but_not_with_half_of_them() {
        let perfume = line(1, "Духи", 2, &[Requirement::CisOptional]);
        let cup = line(2, "Кружка", 1, &[]);
        assert_eq!(hindrances(&boxed(vec![perfume.clone(), cup.clone()])), []);
        let mut half = perfume;
        fill(&mut half, 1);
        let id = half.id;
        assert_eq!(
            hindrances(&boxed(vec![half, cup])),
            [Hindrance::Incomplete { line: id, units: 1 }]
        );
    }

    #[test]
    fn a_removal_is_said_before_it_is_sent() {
        let mut slippers = line(1, "Тапочки", 3, &[Requirement::Cis]);
        fill(&mut slippers, 2);
        let (id, item) = (slippers.id, slippers.item);
        let mut order = boxed(vec![slippers]);
        order.plan.remove(item, 1, 1).unwrap();
        let found = hindrances(&order);
        assert_eq!(found, [Hindrance::Removes { line: id, units: 1 }]);
        assert!(can_send(&found), "the person confirmed it");
    }

    #[test]
    fn what_was_shipped_is_not_changed() {
        let mut order = boxed(vec![line(1, "Кружка", 1, &[])]);
        order.substatus = Some("READY_TO_SHIP".into());
        assert_eq!(hindrances(&order), [Hindrance::Shipped]);
        assert!(!can_send(&hindrances(&order)));
    }

    #[test]
    fn a_part_of_a_set_that_lacks_is_named() {
        let mut kettle = line(1, "Чайник", 1, &[Requirement::Rnpt, Requirement::Gtd]);
        kettle.slots[0].rnpt = Some("10702020/060520/0013422/001".into());
        let id = kettle.id;
        assert_eq!(
            hindrances(&order(vec![kettle])),
            vec![
                Hindrance::Lacks {
                    line: id,
                    number: 1,
                    part: Part::Gtd
                },
                Hindrance::Lacks {
                    line: id,
                    number: 1,
                    part: Part::Country
                },
            ]
        );
    }

    #[test]
    fn a_late_status_warns_and_a_closed_one_blocks() {
        let mut slippers = line(1, "Тапочки", 1, &[Requirement::Cis]);
        fill(&mut slippers, 1);
        let mut late = order(vec![slippers]);
        late.status = OrderStatus::Delivery;
        assert_eq!(hindrances(&late), vec![Hindrance::LateStatus]);
        late.status = OrderStatus::Cancelled;
        assert!(!can_send(&hindrances(&late)));
    }
}
