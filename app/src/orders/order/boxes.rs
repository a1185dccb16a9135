//! The boxes of an order: what lies in which, and who wants it otherwise. Nobody has to say anything here: by itself
//! everything lies in one box.

mod removal;

use super::{Order, Work, boxed, failed, over, under_way};
use crate::{
    orders::packed::{self, NEW, Packed, SPLIT},
    texts::{
        self,
        orders::{boxes as words, scan},
    },
    ui::{FailureView, part},
};
use desk::{
    boxes::{Place, Plan, Unit},
    marketplace::{Amount, StoredBox},
    orders::LineView,
};
use leptos::prelude::*;
use removal::Removals;
use std::sync::Arc;

/// Everything that the part is drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Laid {
    lines: Vec<LineView>,
    plan: Plan,
    stored: Vec<StoredBox>,
    /// Whether units may be moved now by whoever looks.
    open: bool,
    /// Whether they may be taken out of the order.
    removes: bool,
}

impl Laid {
    /// Nothing for orders that do not go in boxes.
    fn of(order: &Order) -> Option<Self> {
        let open = order.may.fill && !over(order) && !under_way(order);
        boxed(order).then(|| Self {
            lines: order.lines.clone(),
            plan: order.plan.clone(),
            stored: order.boxes.clone(),
            open,
            removes: open && order.may.send,
        })
    }

    fn packed(&self) -> Vec<Packed> {
        packed::packed(&self.lines, &self.plan)
    }

    /// Each unit that stays in the order, with what people call it.
    fn units(&self) -> Vec<(Unit, String)> {
        let lang = texts::lang();
        let name = |line: &LineView, unit: Unit| {
            let number = (line.count > 1).then_some(unit.number);
            scan::unit(&line.name, number, lang)
        };
        self.lines
            .iter()
            .flat_map(|line| packed::units(line, &self.plan).map(|unit| (unit, name(line, unit))))
            .collect()
    }
}

/// The part «boxes», for orders that go in them.
#[component]
pub(super) fn Boxes(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let laid = Memo::new(move |_| order.with(|order| Laid::of(order)));
    let there = Memo::new(move |_| laid.with(Option::is_some));
    let open = Memo::new(move |_| laid.with(|laid| laid.as_ref().is_some_and(|laid| laid.open)));
    let count = move || {
        let count = laid.with(|laid| laid.as_ref().map_or(0, |laid| laid.packed().len()));
        words::boxes(u32::try_from(count).unwrap_or(u32::MAX), lang)
    };
    // Only how it was when the page was drawn: what a person opened stays open.
    let plain = laid.with_untracked(|laid| laid.as_ref().is_none_or(|laid| laid.plan.is_plain()));
    let failure = move || {
        let placing = work
            .leaving()
            .place_unit
            .value()
            .with(|answer| failed(answer.as_ref()));
        let removing = work
            .leaving()
            .remove
            .value()
            .with(|answer| failed(answer.as_ref()));
        placing
            .into_iter()
            .chain(removing)
            .map(|failure| view! { <FailureView failure=failure/> })
            .collect_view()
    };
    part(move || {
        there.get().then(|| {
            view! {
                <section class="card pad stack" aria-labelledby="boxes">
                    <div class="top">
                        <h2 id="boxes">{words::heading(lang)}</h2>
                        <span class="right muted">{part(count)}</span>
                    </div>
                    {part(move || laid.with(|laid| laid.as_ref().map(contents)))}
                    {part(move || {
                        open.get()
                            .then(|| {
                                view! {
                                    <details open=!plain>
                                        <summary>{words::lay_out(lang)}</summary>
                                        <div class="stack tight">
                                            {part(move || laid.with(|laid| laid.as_ref().map(|laid| places(work, laid))))}
                                        </div>
                                    </details>
                                    <Removals work=work laid=laid/>
                                }
                            })
                    })}
                    {part(failure)}
                </section>
            }
        })
    })
}

/// Each box with what lies in it, and its barcode once there is one.
fn contents(laid: &Laid) -> AnyView {
    let lang = texts::lang();
    let boxes = laid.packed();
    let barcodes = packed::barcodes(&laid.lines, &boxes, &laid.stored);
    let plain = boxes.len() == 1 && laid.open && laid.stored.is_empty();
    let other = barcodes.is_none() && !laid.stored.is_empty();
    let cards = (1..)
        .zip(&boxes)
        .zip(
            barcodes
                .into_iter()
                .flatten()
                .map(Some)
                .chain(std::iter::repeat(None)),
        )
        .map(|((number, one), barcode)| {
            let rows = one.contents.iter().filter_map(|(line, amount)| {
                let line = laid.lines.get(*line)?;
                Some(row(&line.name, *amount))
            });
            one_box(
                number,
                barcode.map_or(Held::Nothing, Held::from),
                rows.collect(),
            )
        })
        .collect_view();
    view! {
        {plain.then(|| view! { <p class="muted">{words::all_in_one(lang)}</p> })}
        <ul class="boxes">{cards}</ul>
        {other
            .then(|| {
                view! {
                    <p class="muted">{words::other_layout(lang)}</p>
                    <details>
                        <summary>{words::held(lang)}</summary>
                        <ul class="boxes">{held(laid)}</ul>
                    </details>
                }
            })}
    }
    .into_any()
}

/// What the marketplace holds, where that is something else.
fn held(laid: &Laid) -> AnyView {
    let name = |entry: &desk::marketplace::StoredBoxItem| {
        let line = laid.lines.iter().find(|line| line.item == entry.item);
        line.map_or_else(|| entry.item.to_string(), |line| line.name.clone())
    };
    (1..)
        .zip(&laid.stored)
        .map(|(number, one)| {
            let rows = one
                .items
                .iter()
                .map(|entry| row(&name(entry), entry.amount));
            one_box(number, one.barcode.clone().into(), rows.collect())
        })
        .collect_view()
        .into_any()
}

fn row(name: &str, amount: Amount) -> AnyView {
    let amount = words::amount(amount, texts::lang());
    view! { <li>{name.to_owned()} " " <span class="muted">{amount}</span></li> }.into_any()
}

/// What the marketplace knows of a box.
enum Held {
    /// Nothing yet.
    Nothing,
    /// It stores the box. Its answer to a layout names no barcodes: they come with the next reading of the order.
    Stored,
    /// It stores the box under this barcode.
    Named(String),
}

impl From<Option<String>> for Held {
    fn from(barcode: Option<String>) -> Self {
        barcode.map_or(Self::Stored, Self::Named)
    }
}

fn one_box(number: u32, held: Held, rows: Vec<AnyView>) -> AnyView {
    let lang = texts::lang();
    view! {
        <li class="box">
            <b>{words::name(number, lang)}</b>
            {match held {
                Held::Named(barcode) => view! { <span class="mono" translate="no">{barcode}</span> }.into_any(),
                Held::Stored => view! { <span class="faint">{words::barcode_later(lang)}</span> }.into_any(),
                Held::Nothing => view! { <span class="faint">{words::no_barcode(lang)}</span> }.into_any(),
            }}
            <ul class="plain-list">{rows}</ul>
        </li>
    }
    .into_any()
}

/// The choice of a box for each unit.
fn places(work: Work, laid: &Laid) -> AnyView {
    let boxes = laid.packed();
    laid.units()
        .into_iter()
        .map(|(unit, name)| place(work, unit, name, &laid.plan.place(unit), &boxes))
        .collect_view()
        .into_any()
}

/// The number by which people know a box of the plan.
fn shown(boxes: &[Packed], planned: u32) -> u32 {
    let place = boxes.iter().position(|one| one.planned == planned);
    place.map_or(planned, |place| {
        u32::try_from(place + 1).unwrap_or(u32::MAX)
    })
}

/// The form that puts one unit somewhere else. A browser shows the number of pieces only where it is asked for.
fn place(work: Work, unit: Unit, name: String, now: &Place, boxes: &[Packed]) -> AnyView {
    let lang = texts::lang();
    let whole = |one: &&Packed| {
        // A part of something lies alone in its box.
        one.contents
            .iter()
            .all(|(_, amount)| matches!(amount, Amount::Full(_)))
    };
    let options = boxes
        .iter()
        .filter(whole)
        .map(|one| {
            let text = words::into(shown(boxes, one.planned), lang);
            let chosen = *now == Place::Box(one.planned);
            view! { <option value=one.planned.to_string() selected=chosen>{text}</option> }
        })
        .collect_view();
    let (split, pieces, parted) = match now {
        Place::Split(parts) => {
            let numbers: Vec<u32> = parts.iter().map(|number| shown(boxes, *number)).collect();
            (words::split_among(&numbers, lang), parts.len(), true)
        }
        Place::Box(_) => (words::several(lang).to_owned(), 2, false),
    };
    let id = format!("place-{}-{}", unit.item, unit.number);
    view! {
        <ActionForm action=work.leaving().place_unit>
            <div class="top unit-place">
                <input type="hidden" name="order" value=work.id.to_string()/>
                <input type="hidden" name="item" value=unit.item.to_string()/>
                <input type="hidden" name="number" value=unit.number.to_string()/>
                <label for=id.clone()>{name.clone()}</label>
                <select class="field" id=id name="place" aria-label=words::where_to(&name, lang)>
                    {options}
                    <option value=NEW>{words::new_box(lang)}</option>
                    <option value=SPLIT selected=parted>{split}</option>
                </select>
                <label class="pieces">
                    <input
                        class="field"
                        type="number"
                        name="pieces"
                        min="2"
                        max=Plan::MOST_BOXES.to_string()
                        value=pieces.to_string()
                    />
                    {words::pieces(lang)}
                </label>
                <button type="submit" class="btn" disabled=move || work.leaving().place_unit.pending().get()>{words::put(lang)}</button>
            </div>
        </ActionForm>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::{line, order};
    use desk::{orders::WorkState, submission::Carrier};

    fn laid(mut change: impl FnMut(&mut Order)) -> Option<Laid> {
        let mut order = order(vec![line(1, "Тапочки", 2, &[]), line(2, "Ложка", 1, &[])]);
        order.carrier = Some(Carrier::Boxes);
        change(&mut order);
        Laid::of(&order)
    }

    #[test]
    fn boxes_are_shown_for_what_goes_in_them_and_moved_until_it_has_left() {
        let free = laid(|_| ()).unwrap();
        assert!(free.open && free.removes);
        assert_eq!(
            laid(|order| order.carrier = Some(Carrier::Identifiers)),
            None
        );
        assert!(!laid(|order| order.work = WorkState::Shipped).unwrap().open);
        assert!(!laid(|order| order.may.send = false).unwrap().removes);
    }

    #[test]
    fn every_unit_has_a_name_and_a_single_one_no_number() {
        let names: Vec<String> = laid(|_| ())
            .unwrap()
            .units()
            .into_iter()
            .map(|it| it.1)
            .collect();
        assert_eq!(names, ["Тапочки, единица 1", "Тапочки, единица 2", "Ложка"]);
    }

    #[test]
    fn boxes_are_numbered_for_people_without_gaps() {
        let boxes = [1, 4].map(|planned| Packed {
            planned,
            contents: vec![],
        });
        assert_eq!(shown(&boxes, 4), 2);
    }
}
