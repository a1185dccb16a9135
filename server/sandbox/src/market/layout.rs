//! The layout of boxes as a request brings it: its shape, and what makes it impossible whatever the order is.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    cis_pattern::identity,
    fields::Field,
    ids::ItemId,
    instances::read_instance,
    order::{BoxItem, Content, Instance, Part},
    refusal::Refusal,
};

/// No array of the request has a documented maximum; this is Java's.
const MOST: usize = 2_147_483_647;

/// A request whose shape is right.
#[derive(Debug)]
pub(super) struct Layout {
    /// The boxes with what lies in them.
    pub(super) boxes: Vec<Vec<BoxItem>>,
    /// Whether what is left out is to be removed from the order.
    pub(super) allow_remove: bool,
}

/// What the layout says of one line.
#[derive(Debug, Default)]
pub(super) struct Laid {
    /// How many units lie in the boxes.
    pub(super) units: u32,
    /// Their identifiers, those of a split unit once; empty when the line has none.
    pub(super) instances: Vec<Instance>,
    parts: BTreeMap<Part, Vec<Vec<Instance>>>,
    uneven: bool,
    bare: bool,
}

impl Layout {
    /// Reads the body of the request.
    pub(super) fn read(body: &Value) -> Result<Self, Refusal> {
        let root = Field::root(body);
        let boxes = root.member("boxes")?.sized(1, MOST)?;
        Ok(Self {
            boxes: boxes.iter().map(read_box).collect::<Result<_, _>>()?,
            allow_remove: root.member("allowRemove")?.read()?.unwrap_or(false),
        })
    }

    /// What is wrong in the layout itself.
    pub(super) fn violations(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (number, items) in (1..).zip(&self.boxes) {
            let mut seen = BTreeSet::new();
            for item in items {
                if !seen.insert(item.id) {
                    wrong.push(format!(
                        "item with id = {} is duplicated in box {number}",
                        item.id
                    ));
                }
            }
            let part = items
                .iter()
                .any(|item| matches!(item.content, Content::PartialCount(_)));
            if part && items.len() > 1 {
                wrong.push(format!(
                    "box {number} with partialCount must contain only one item"
                ));
            }
        }
        wrong.extend(self.lines().values().flat_map(Laid::violations));
        wrong
    }

    /// The lines of the layout with what it says of each.
    pub(super) fn lines(&self) -> BTreeMap<ItemId, Laid> {
        let mut lines: BTreeMap<ItemId, Laid> = BTreeMap::new();
        for item in self.boxes.iter().flatten() {
            lines.entry(item.id).or_default().add(item);
        }
        for laid in lines.values_mut() {
            laid.gather();
        }
        lines
    }
}

fn read_box(field: &Field<'_>) -> Result<Vec<BoxItem>, Refusal> {
    let items = field.member("items")?.sized(1, MOST)?;
    items.iter().map(read_item).collect()
}

fn read_item(field: &Field<'_>) -> Result<BoxItem, Refusal> {
    let full = field.member("fullCount")?.present();
    let partial = field.member("partialCount")?.present();
    let content = match (full, partial) {
        (Some(full), None) => Content::FullCount(full.count(1)?),
        (None, Some(partial)) => Content::PartialCount(Part {
            current: partial.member("current")?.count(1)?,
            total: partial.member("total")?.count(2)?,
        }),
        _ => {
            return Err(violations(&[format!(
                "exactly one of fullCount and partialCount must be set at '{}'",
                field.path()
            )]));
        }
    };
    let instances = match field.member("instances")?.present() {
        None => Vec::new(),
        Some(instances) => instances
            .sized(1, MOST)?
            .iter()
            .map(read_instance)
            .collect::<Result<_, _>>()?,
    };
    Ok(BoxItem {
        id: field.member("id")?.read_required()?,
        content,
        instances,
    })
}

/// 400 for a layout that cannot be.
pub(super) fn violations(wrong: &[String]) -> Refusal {
    Refusal::bad_request(format!(
        "Invalid order boxes layout request. Violations: {}",
        wrong.join("; ")
    ))
}

impl Laid {
    fn add(&mut self, item: &BoxItem) {
        let named = u32::try_from(item.instances.len()).unwrap_or(u32::MAX);
        self.bare |= named == 0;
        self.uneven |= named > 0
            && named
                != match item.content {
                    Content::FullCount(count) => count,
                    Content::PartialCount(_) => 1,
                };
        match item.content {
            Content::FullCount(count) => {
                self.units = self.units.saturating_add(count);
                self.instances.extend(item.instances.iter().cloned());
            }
            Content::PartialCount(part) => {
                let of_part = self.parts.entry(part).or_default();
                of_part.push(item.instances.clone());
            }
        }
    }

    /// Counts the split units by their first parts, which the layout has when it is complete.
    fn gather(&mut self) {
        for (part, codes) in &self.parts {
            if part.current == 1 {
                let split = u32::try_from(codes.len()).unwrap_or(u32::MAX);
                self.units = self.units.saturating_add(split);
                self.instances.extend(codes.iter().flatten().cloned());
            }
        }
    }

    /// Whether the identifiers lie in other boxes than their units.
    pub(super) fn is_misplaced(&self) -> bool {
        self.uneven || (self.bare && !self.instances.is_empty())
    }

    fn violations(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let totals: BTreeSet<u32> = self.parts.keys().map(|part| part.total).collect();
        for total in totals {
            let parts = (1..=total).map(|current| {
                let of_part = self.parts.get(&Part { current, total });
                of_part.map_or(&[][..], Vec::as_slice)
            });
            let first = parts.clone().next().unwrap_or_default();
            let over = self
                .parts
                .keys()
                .any(|part| part.total == total && part.current > total);
            if over || parts.clone().any(|part| part.len() != first.len()) {
                wrong.push(format!("not all parts of {total} are in the boxes"));
            } else if parts.clone().any(|part| marks(part) != marks(first)) {
                wrong.push(format!(
                    "identifiers of an item split into {total} parts must be the same in every box"
                ));
            }
        }
        wrong
    }
}

/// The identifiers of the split units, in an order that does not depend on the boxes.
fn marks(units: &[Vec<Instance>]) -> Vec<Vec<String>> {
    let mut marks: Vec<Vec<String>> = units
        .iter()
        .map(|unit| unit.iter().map(mark).collect())
        .collect();
    marks.sort();
    marks
}

fn mark(one: &Instance) -> String {
    let cis = one.cis.as_deref().map(identity);
    let parts = [
        cis,
        one.uin.as_deref(),
        one.rnpt.as_deref(),
        one.gtd.as_deref(),
        one.country_code.as_deref(),
    ];
    parts.map(Option::unwrap_or_default).join("|")
}
