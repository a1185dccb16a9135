//! Which unit lies in which box, as the plan says: what the page shows, and which numbers are free.

use desk::{
    boxes::{Place, Plan, Unit},
    marketplace::{Amount, StoredBox},
    orders::LineView,
};

/// One box that something lies in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    /// Its number in the plan, which may have gaps.
    pub(super) planned: u32,
    /// What lies in it: the line by its place in the order, and how much of it.
    pub(super) contents: Vec<(usize, Amount)>,
}

/// The units of a line that stay in the order.
pub(super) fn units(line: &LineView, plan: &Plan) -> impl Iterator<Item = Unit> + use<> {
    let item = line.item;
    (1..=line.count.saturating_sub(plan.removed(item))).map(move |number| Unit { item, number })
}

/// The boxes, in the order of their numbers and without empty ones: their places are the numbers that the marketplace
/// and people know them by.
pub(super) fn packed(lines: &[LineView], plan: &Plan) -> Vec<Packed> {
    let mut boxes: Vec<Packed> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        for unit in units(line, plan) {
            match plan.place(unit) {
                Place::Box(number) => add(&mut boxes, number, index, None),
                Place::Split(parts) => {
                    let total = u32::try_from(parts.len()).unwrap_or(u32::MAX);
                    for (current, number) in (1..).zip(parts) {
                        let part = Amount::Part { current, total };
                        add(&mut boxes, number, index, Some(part));
                    }
                }
            }
        }
    }
    boxes.sort_by_key(|one| one.planned);
    boxes
}

/// Adds a whole unit of a line, or a part of one, to a box.
fn add(boxes: &mut Vec<Packed>, planned: u32, line: usize, part: Option<Amount>) {
    let known = boxes.iter().position(|one| one.planned == planned);
    let found = known.unwrap_or(boxes.len());
    if known.is_none() {
        boxes.push(Packed {
            planned,
            contents: Vec::new(),
        });
    }
    let Some(one) = boxes.get_mut(found) else {
        return;
    };
    let whole = one
        .contents
        .iter_mut()
        .find_map(|(known, amount)| match amount {
            Amount::Full(count) if *known == line && part.is_none() => Some(count),
            _ => None,
        });
    match whole {
        Some(count) => *count += 1,
        None => one.contents.push((line, part.unwrap_or(Amount::Full(1)))),
    }
}

/// The box that a unit is put into by a choice of the page: a number, [`NEW`], or [`SPLIT`] into so many pieces, each in
/// a box of its own. Nothing when the choice makes no sense.
#[cfg(feature = "ssr")]
pub(super) fn choice(
    lines: &[LineView],
    plan: &Plan,
    unit: Unit,
    place: &str,
    pieces: u32,
) -> Option<Place> {
    let mut free = free(lines, plan, unit);
    match place {
        NEW => free.next().map(Place::Box),
        SPLIT if pieces <= Plan::MOST_BOXES => {
            Some(Place::Split(free.take(pieces as usize).collect()))
        }
        number => number.parse().ok().map(Place::Box),
    }
}

/// The choice of a box that nothing lies in yet.
pub(super) const NEW: &str = "new";
/// The choice of a box for each piece.
pub(super) const SPLIT: &str = "split";

/// The numbers of boxes in which nothing but this unit lies.
#[cfg(feature = "ssr")]
fn free(lines: &[LineView], plan: &Plan, besides: Unit) -> impl Iterator<Item = u32> + use<> {
    let mut used: Vec<u32> = Vec::new();
    let others = lines.iter().flat_map(|line| units(line, plan));
    for unit in others.filter(|unit| *unit != besides) {
        match plan.place(unit) {
            Place::Box(number) => used.push(number),
            Place::Split(parts) => used.extend(parts),
        }
    }
    (1..=Plan::MOST_BOXES).filter(move |number| !used.contains(number))
}

/// The barcodes of the boxes, where the marketplace holds just these boxes; nothing where it holds others.
pub(super) fn barcodes(
    lines: &[LineView],
    boxes: &[Packed],
    stored: &[StoredBox],
) -> Option<Vec<Option<String>>> {
    let same = boxes.len() == stored.len()
        && boxes.iter().zip(stored).all(|(ours, theirs)| {
            let mut ours: Vec<_> = ours
                .contents
                .iter()
                .filter_map(|(line, amount)| {
                    lines.get(*line).map(|line| (line.item.0, key(*amount)))
                })
                .collect();
            let mut theirs: Vec<_> = theirs
                .items
                .iter()
                .map(|entry| (entry.item.0, key(entry.amount)))
                .collect();
            ours.sort_unstable();
            theirs.sort_unstable();
            ours == theirs
        });
    same.then(|| stored.iter().map(|one| one.barcode.clone()).collect())
}

const fn key(amount: Amount) -> (u32, u32) {
    match amount {
        Amount::Full(count) => (count, 0),
        Amount::Part { current, total } => (current, total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::line;
    use desk::{ids::MarketItemId, marketplace::StoredBoxItem};

    const SLIPPERS: MarketItemId = MarketItemId(1);
    const SPOON: MarketItemId = MarketItemId(2);

    fn lines() -> Vec<LineView> {
        vec![line(1, "Тапочки", 2, &[]), line(2, "Ложка", 1, &[])]
    }

    const fn unit(item: MarketItemId, number: u32) -> Unit {
        Unit { item, number }
    }

    #[test]
    fn without_a_plan_all_lies_in_one_box_unmarked_lines_too() {
        let boxes = packed(&lines(), &Plan::default());
        assert_eq!(
            boxes,
            [Packed {
                planned: 1,
                contents: vec![(0, Amount::Full(2)), (1, Amount::Full(1))]
            }]
        );
    }

    #[test]
    fn a_unit_that_is_taken_out_lies_nowhere() {
        let mut plan = Plan::default();
        plan.remove(SLIPPERS, 1, 1).unwrap();
        plan.put(unit(SLIPPERS, 2), Place::Box(2)).unwrap();
        let boxes = packed(&lines(), &plan);
        assert_eq!(boxes.len(), 1, "{boxes:?}");
        assert_eq!(boxes[0].contents[0], (0, Amount::Full(1)));
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_split_unit_gets_boxes_that_nothing_else_lies_in() {
        let lines = lines();
        let mut plan = Plan::default();
        let kettle = unit(SPOON, 1);
        let place = choice(&lines, &plan, kettle, SPLIT, 2).unwrap();
        assert_eq!(place, Place::Split(vec![2, 3]));
        plan.put(kettle, place).unwrap();
        let boxes = packed(&lines, &plan);
        let part = |current| (1, Amount::Part { current, total: 2 });
        assert_eq!(boxes[1].contents, [part(1)]);
        assert_eq!(boxes[2].contents, [part(2)]);
        // Split otherwise, it may use its own boxes again.
        let again = choice(&lines, &plan, kettle, SPLIT, 3);
        assert_eq!(again, Some(Place::Split(vec![2, 3, 4])));
        assert_eq!(
            choice(&lines, &plan, unit(SLIPPERS, 1), NEW, 0),
            Some(Place::Box(4))
        );
        assert_eq!(choice(&lines, &plan, kettle, "nonsense", 0), None);
    }

    fn stored(items: &[(MarketItemId, Amount)], barcode: &str) -> StoredBox {
        let items = items.iter().map(|(item, amount)| StoredBoxItem {
            item: *item,
            amount: *amount,
            instances: vec![],
        });
        StoredBox {
            id: None,
            barcode: Some(barcode.to_owned()),
            items: items.collect(),
        }
    }

    #[test]
    fn a_barcode_is_shown_only_while_the_market_holds_the_same_boxes() {
        let lines = lines();
        let mut plan = Plan::default();
        plan.put(unit(SLIPPERS, 2), Place::Box(3)).unwrap();
        let boxes = packed(&lines, &plan);
        let first = [(SPOON, Amount::Full(1)), (SLIPPERS, Amount::Full(1))];
        let held = [
            stored(&first, "1-1"),
            stored(&[(SLIPPERS, Amount::Full(1))], "1-2"),
        ];
        assert_eq!(
            barcodes(&lines, &boxes, &held),
            Some(vec![Some("1-1".into()), Some("1-2".into())])
        );
        assert_eq!(barcodes(&lines, &boxes, &held[..1]), None);
        let other = [held[1].clone(), held[0].clone()];
        assert_eq!(barcodes(&lines, &boxes, &other), None);
    }
}
