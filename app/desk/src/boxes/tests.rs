use super::*;
use crate::{
    identifiers::Mark,
    marketplace::{StoredBox, StoredBoxItem, StoredInstance},
    submission::Finding,
};
use proptest::prelude::*;

fn mark(serial: u32) -> UnitIdentifiers {
    let code = format!("01030410947874432155Q{serial:04}\u{1d}93Zjqw");
    // A serial of this group has six characters, so the number fills the last four.
    let code = code.replace("2155Q", "215Q");
    UnitIdentifiers {
        mark: Some(Mark::Cis(code.parse().unwrap())),
        ..UnitIdentifiers::default()
    }
}

fn line(item: i64, units: Vec<UnitIdentifiers>) -> LineUnits {
    LineUnits {
        item: MarketItemId(item),
        units,
    }
}

fn unit(item: i64, number: u32) -> Unit {
    Unit {
        item: MarketItemId(item),
        number,
    }
}

/// The layout as the marketplace would store it.
fn stored(layout: &Layout) -> Vec<StoredBox> {
    layout
        .boxes()
        .iter()
        .map(|entries| StoredBox {
            items: entries
                .iter()
                .map(|entry| StoredBoxItem {
                    item: entry.item,
                    amount: entry.amount,
                    instances: entry
                        .units
                        .iter()
                        .map(|unit| StoredInstance {
                            cis_full: unit.mark.as_ref().map(|mark| mark.text().to_owned()),
                            ..StoredInstance::default()
                        })
                        .collect(),
                })
                .collect(),
            ..StoredBox::default()
        })
        .collect()
}

fn lines_of(lines: &[LineUnits]) -> Vec<(MarketItemId, u32)> {
    lines
        .iter()
        .map(|line| (line.item, u32::try_from(line.units.len()).unwrap()))
        .collect()
}

#[test]
fn every_line_is_in_the_one_box_of_a_plain_plan() {
    let lines = [
        line(1, vec![mark(1), mark(2), mark(3)]),
        line(2, vec![UnitIdentifiers::default()]),
    ];
    let layout = Layout::of(&lines, &Plan::default()).unwrap();
    let [entries] = layout.boxes() else {
        panic!("one box was expected")
    };
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[0].amount, Amount::Full(3));
    assert_eq!(entries[0].units.len(), 3);
    assert_eq!(entries[1].amount, Amount::Full(1));
    assert!(entries[1].units.is_empty());
    assert_eq!((layout.removals(), layout.marked_units()), (&[][..], 3));
}

#[test]
fn units_go_to_their_boxes_with_their_own_codes() {
    let lines = [line(1, vec![mark(1), mark(2)])];
    let mut plan = Plan::default();
    plan.put(unit(1, 2), Place::Box(5)).unwrap();
    let layout = Layout::of(&lines, &plan).unwrap();
    assert_eq!(layout.boxes().len(), 2, "no empty boxes in between");
    assert_eq!(layout.boxes()[0][0].units, [mark(1)]);
    assert_eq!(layout.boxes()[1][0].units, [mark(2)]);
}

#[test]
fn a_split_unit_repeats_its_code_and_shares_its_boxes_with_nothing() {
    let lines = [line(1, vec![mark(1)]), line(2, vec![mark(2)])];
    let mut plan = Plan::default();
    plan.put(unit(1, 1), Place::Split(vec![2, 3])).unwrap();
    let layout = Layout::of(&lines, &plan).unwrap();
    let part = |current| Amount::Part { current, total: 2 };
    assert_eq!(layout.boxes()[1][0].amount, part(1));
    assert_eq!(layout.boxes()[2][0].amount, part(2));
    assert_eq!(layout.boxes()[1][0].units, layout.boxes()[2][0].units);
    assert_eq!(layout.marked_units(), 2);

    plan.put(unit(1, 1), Place::Split(vec![1, 2])).unwrap();
    assert_eq!(
        Layout::of(&lines, &plan),
        Err(LayoutError::PartIsNotAlone { box_number: 1 })
    );
}

#[test]
fn half_a_line_of_codes_is_not_sent() {
    let lines = [line(1, vec![mark(1), UnitIdentifiers::default()])];
    assert_eq!(
        Layout::of(&lines, &Plan::default()),
        Err(LayoutError::HalfMarked {
            item: MarketItemId(1),
            box_number: 1
        })
    );
}

#[test]
fn an_order_is_not_removed_whole() {
    let lines = [line(1, vec![mark(1)])];
    let mut plan = Plan::default();
    plan.remove(MarketItemId(1), 1, 1).unwrap();
    assert_eq!(Layout::of(&lines, &plan), Err(LayoutError::Nothing));
    assert_eq!(Layout::of(&[], &Plan::default()), Err(LayoutError::Nothing));
}

#[test]
fn parts_that_make_no_whole_do_not_leave() {
    let entry = |current, total| StoredBox {
        items: vec![StoredBoxItem {
            item: MarketItemId(1),
            amount: Amount::Part { current, total },
            instances: vec![],
        }],
        ..StoredBox::default()
    };
    let cover = |boxes: &[StoredBox]| Coverage::of(boxes, &[], &[(MarketItemId(1), 1)]);
    assert!(cover(&[entry(1, 3), entry(2, 3), entry(3, 3)]).is_ok());
    for boxes in [
        vec![entry(1, 3), entry(3, 3)],
        vec![entry(2, 3), entry(3, 3)],
        vec![entry(1, 2), entry(2, 2), entry(2, 2)],
        vec![entry(1, 1)],
        vec![entry(3, 2)],
    ] {
        assert_eq!(
            cover(&boxes),
            Err(Uncovered::Parts {
                item: MarketItemId(1)
            })
        );
    }
}

#[test]
fn our_layout_is_recognised_whatever_the_order_of_boxes() {
    let lines = [
        line(1, vec![mark(1), mark(2)]),
        line(2, vec![UnitIdentifiers::default()]),
    ];
    let mut plan = Plan::default();
    plan.put(unit(1, 2), Place::Box(2)).unwrap();
    let sent = stored(&Layout::of(&lines, &plan).unwrap());
    let mut turned = sent.clone();
    turned.reverse();
    let held = HeldLayout::of_boxes;
    let nothing = HeldLayout::default();
    assert_eq!(
        compare_layouts(&held(&sent), &nothing, &held(&turned)),
        Finding::Ours
    );
    assert_eq!(
        compare_layouts(&held(&sent), &nothing, &nothing),
        Finding::Untouched
    );
    let one_box = stored(&Layout::of(&lines, &Plan::default()).unwrap());
    assert_eq!(
        compare_layouts(&held(&sent), &nothing, &held(&one_box)),
        Finding::Foreign
    );
    let other =
        stored(&Layout::of(&[line(1, vec![mark(1), mark(9)]), lines[1].clone()], &plan).unwrap());
    assert_eq!(
        compare_layouts(&held(&sent), &nothing, &held(&other)),
        Finding::Foreign
    );
}

/// Random orders: up to six lines of up to five units, marked or not.
fn orders() -> impl Strategy<Value = Vec<LineUnits>> {
    prop::collection::vec((1_usize..=5, any::<bool>()), 1..=6).prop_map(|shape| {
        let mut serial = 0;
        (1..)
            .zip(shape)
            .map(|(item, (count, marked))| {
                let units = (0..count)
                    .map(|_| {
                        serial += 1;
                        if marked {
                            mark(serial)
                        } else {
                            UnitIdentifiers::default()
                        }
                    })
                    .collect();
                line(item, units)
            })
            .collect()
    })
}

/// What people say of boxes: lawful and unlawful, about units that exist and units that do not.
fn sayings() -> impl Strategy<Value = Vec<(Unit, Place)>> {
    let place = prop_oneof![
        (0_u32..=6).prop_map(Place::Box),
        prop::collection::vec(0_u32..=12, 0..=4).prop_map(Place::Split),
    ];
    let unit = (0_i64..=7, 0_u32..=6).prop_map(|(item, number)| unit(item, number));
    prop::collection::vec((unit, place), 0..=8)
}

proptest! {
    /// Whatever is said of boxes, a layout holds every unit of every line with its own code, or there is none.
    /// A person who forgot a line, in any way there is, removed nothing.
    #[test]
    fn nothing_is_removed_by_forgetting_it(lines in orders(), said in sayings()) {
        let mut plan = Plan::default();
        for (unit, place) in said {
            let before = plan.clone();
            if plan.put(unit, place).is_err() {
                prop_assert_eq!(&plan, &before);
            }
        }
        if let Ok(layout) = Layout::of(&lines, &plan) {
            prop_assert!(layout.removals().is_empty());
            let boxes = stored(&layout);
            prop_assert!(Coverage::of(&boxes, &[], &lines_of(&lines)).is_ok());
            let held = HeldLayout::of_boxes(&boxes);
            for line in &lines {
                let mut ours: Vec<_> = line
                    .units
                    .iter()
                    .filter_map(|unit| unit.mark.as_ref().map(|mark| mark.text().to_owned()))
                    .collect();
                let mut sent: Vec<_> = held
                    .lines()
                    .iter()
                    .filter(|held| held.item == line.item)
                    .flat_map(|held| held.instances.iter().filter_map(|unit| unit.cis_full.clone()))
                    .collect();
                ours.sort();
                sent.sort();
                prop_assert_eq!(ours, sent);
            }
        }
    }

    /// What was confirmed is removed, that much and no more, and only an order that has just those units takes it.
    #[test]
    fn what_was_confirmed_is_removed_and_nothing_else(
        lines in orders(),
        removed in prop::collection::vec((1_i64..=7, 0_u32..=6), 0..=3),
        more in 0_usize..6,
    ) {
        let mut plan = Plan::default();
        for (item, units) in removed {
            plan.remove(MarketItemId(item), units, units).unwrap();
        }
        if let Ok(layout) = Layout::of(&lines, &plan) {
            let boxes = stored(&layout);
            for line in &lines {
                let has = u32::try_from(line.units.len()).unwrap();
                let taken: u32 = layout
                    .removals()
                    .iter()
                    .filter(|removal| removal.item == line.item)
                    .map(|removal| removal.units)
                    .sum();
                prop_assert_eq!(taken, plan.removed(line.item).min(has));
            }
            let mut order = lines_of(&lines);
            prop_assert!(Coverage::of(&boxes, layout.removals(), &order).is_ok());
            // The order grew or shrank after the layout was made: it does not leave.
            let place = more % order.len();
            order[place].1 += 1;
            prop_assert!(Coverage::of(&boxes, layout.removals(), &order).is_err());
            order[place].1 -= 2.min(order[place].1);
            prop_assert!(Coverage::of(&boxes, layout.removals(), &order).is_err());
        }
    }

    /// A body that lost an entry on its way, whichever one, is noticed.
    #[test]
    fn a_layout_that_lost_an_entry_does_not_leave(lines in orders(), lost in any::<prop::sample::Index>()) {
        let mut boxes = stored(&Layout::of(&lines, &Plan::default()).unwrap());
        let place = lost.index(boxes[0].items.len());
        boxes[0].items.remove(place);
        prop_assert!(Coverage::of(&boxes, &[], &lines_of(&lines)).is_err());
    }
}
