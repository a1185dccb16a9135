//! The goods of an order: a row for each GTIN. All the rows that an order may have are in the page, so that they can be
//! filled in without scripts too; with scripts those that nobody asked for yet are not shown.

use super::{super::gtin::GtinField, Faults, field::FieldInput, templates::TemplateChoice};
use crate::{
    texts::{self, number, suz::groups, suz::orders as words},
    ui::part,
};
use cis::Gtin;
use desk::suz::{
    emission::view::KnownGtin,
    group_form::{CisType, FieldPlace, FieldRule, FormField, GroupForm, Presence, limits},
    new_emission::{DraftLine, FaultPlace},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The name of the list of GTINs that were ordered before.
const KNOWN: &str = "known-gtins";

/// What a row holds, as far as the page counts with it.
#[derive(Clone, Copy)]
struct Row {
    gtin: RwSignal<Option<Gtin>>,
    quantity: RwSignal<String>,
}

/// All rows with their sum.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub(super) fn Goods(
    /// What the group allows.
    form: Arc<GroupForm>,
    /// Goods that codes were ordered of before.
    known: Vec<KnownGtin>,
    /// What the rows begin with.
    lines: Vec<DraftLine>,
    /// What is wrong.
    faults: Faults,
) -> impl IntoView {
    let lang = texts::lang();
    let line = |index: usize| lines.get(index).cloned().unwrap_or_default();
    let rows: [Row; limits::MOST_LINES] = std::array::from_fn(|index| Row {
        gtin: RwSignal::new(None),
        quantity: RwSignal::new(line(index).quantity),
    });
    let shown = RwSignal::new(lines.len().max(1));
    let names = StoredValue::new(known.clone());
    let options = known
        .into_iter()
        .map(|one| view! { <option value=one.gtin.to_string()>{one.name}</option> })
        .collect_view();
    let drawn = rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| {
            view! {
                <GoodsRow
                    index=index
                    row=row
                    form=form.clone()
                    line=line(index)
                    names=names
                    faults=faults
                    spare=Signal::derive(move || shown.get() <= index)
                />
            }
        })
        .collect_view();
    let more = move || shown.get() < limits::MOST_LINES;
    view! {
        <datalist id=KNOWN>{options}</datalist>
        <div class="goods">{drawn}</div>
        <p class="hint without-script">{words::spare_rows(lang)}</p>
        <div class="top needs-script">
            <button
                type="button"
                class="btn"
                hidden=move || !more()
                on:click=move |_| shown.update(|shown| *shown += 1)
            >
                {words::more_goods(lang)}
            </button>
            <span class="muted" role="status">{part(move || view! { <Sum rows=rows/> })}</span>
        </div>
    }
}

/// How many codes the rows ask for in all.
#[component]
fn Sum(rows: [Row; limits::MOST_LINES]) -> impl IntoView {
    let lang = texts::lang();
    let asked: Vec<u32> = rows
        .iter()
        .filter_map(|row| row.quantity.with(|text| count(text)))
        .collect();
    let sum = asked
        .iter()
        .fold(0_u32, |all, one| all.saturating_add(*one));
    let most = if asked.len() > 1 {
        limits::MOST_EACH
    } else {
        limits::MOST_ALONE
    };
    let over = asked.iter().any(|one| *one > most);
    if over {
        view! { <span class="error">{words::over_limit(most, asked.len() > 1, lang)}</span> }
            .into_any()
    } else if sum > 0 {
        view! { {words::in_all(lang)} " " <b>{number(sum)}</b> }.into_any()
    } else {
        ().into_any()
    }
}

/// A whole number above none, spaces between thousands or not.
fn count(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().ok().filter(|count| *count > 0)
}

/// One row.
#[component]
fn GoodsRow(
    /// Which, from 0.
    index: usize,
    row: Row,
    form: Arc<GroupForm>,
    /// What it begins with.
    line: DraftLine,
    names: StoredValue<Vec<KnownGtin>>,
    faults: Faults,
    /// Whether nobody asked for this row yet.
    spare: Signal<bool>,
) -> impl IntoView {
    let lang = texts::lang();
    let at = |field: &str| format!("form[lines][{index}][{field}]");
    let name = Memo::new(move |_| {
        let gtin = row.gtin.get()?;
        names.with_value(|names| {
            let found = names.iter().find(|one| one.gtin == gtin);
            found.and_then(|one| one.name.clone())
        })
    });
    let at_first = line
        .cis_type
        .clone()
        .or_else(|| form.cis_types.first().cloned());
    let chosen = RwSignal::new(at_first.unwrap_or(CisType::Unit));
    let cis_types = (form.cis_types.len() > 1).then(|| {
        let options = form
            .cis_types
            .iter()
            .map(|one| {
                let selected = line.cis_type.as_ref() == Some(one);
                view! { <option value=one.as_str().to_owned() selected=selected>{groups::cis_type(one, lang)}</option> }
            })
            .collect_view();
        view! {
            <div class="labelled">
                <label for=at("cis_type")>{words::cis_type(lang)}</label>
                <select
                    class="field"
                    id=at("cis_type")
                    name=at("cis_type")
                    on:change=move |event| chosen.set(CisType::from(event_target_value(&event)))
                >
                    {options}
                </select>
                <p class="hint">{move || chosen.with(|chosen| groups::cis_type_about(chosen, lang))}</p>
                <FaultText faults=faults place=FaultPlace::CisType(index)/>
            </div>
        }
    });
    let field = |rule: &FieldRule| {
        let name = format!("form[lines][{index}][fields][{}]", rule.field.as_str());
        let place = FaultPlace::LineField(index, rule.field.clone());
        let value = value_of(&line.fields, &rule.field);
        view! { <FieldInput rule=rule.clone() name=name value=value place=place faults=faults/> }
    };
    let (needed, rare): (Vec<_>, Vec<_>) = form
        .fields_of(FieldPlace::Line)
        .partition(|rule| rule.presence == Presence::Required);
    let needed = needed.into_iter().map(field).collect_view();
    let rare = rare.into_iter().map(field).collect_view().into_any();
    let template = (form.templates.len() > 1)
        .then(|| view! { <TemplateChoice form=form.clone() name=at("template") chosen=line.template index=index faults=faults/> });
    view! {
        <fieldset class="goods-row" class:spare=spare>
            <legend>{words::goods_number(index + 1, lang)}</legend>
            <div class="fields">
                <div>
                    <GtinField name=at("gtin") value=line.gtin known=KNOWN found=row.gtin/>
                    <p class="hint">{name}</p>
                    <FaultText faults=faults place=FaultPlace::Gtin(index)/>
                </div>
                <div class="labelled">
                    <label for=at("quantity")>{words::quantity(lang)}</label>
                    <input
                        class="field"
                        id=at("quantity")
                        name=at("quantity")
                        inputmode="numeric"
                        autocomplete="off"
                        value=line.quantity
                        on:input=move |event| row.quantity.set(event_target_value(&event))
                    />
                    <FaultText faults=faults place=FaultPlace::Quantity(index)/>
                </div>
                {cis_types}
                {needed}
            </div>
            {template}
            <More form=form index=index faults=faults rare=rare/>
        </fieldset>
    }
}

/// What a field begins with.
pub(super) fn value_of(fields: &[(FormField, String)], field: &FormField) -> String {
    let found = fields.iter().find(|(one, _)| one == field);
    found.map(|(_, text)| text.clone()).unwrap_or_default()
}

/// What few orders need: own serial numbers instead of the operator's, fields that may stay empty.
#[component]
fn More(
    form: Arc<GroupForm>,
    index: usize,
    faults: Faults,
    /// The fields.
    rare: AnyView,
) -> impl IntoView {
    let lang = texts::lang();
    let name = format!("form[lines][{index}][serials]");
    let mut told: Vec<String> = form
        .templates
        .iter()
        .map(|one| groups::own_serials(one, lang))
        .collect();
    told.dedup();
    let told = told
        .into_iter()
        .map(|sentence| view! { <p class="hint">{sentence}</p> })
        .collect_view();
    let wrong = move || {
        faults.with(|faults| {
            faults.iter().any(|one| match &one.place {
                FaultPlace::Serials(of) | FaultPlace::LineField(of, _) => *of == index,
                _ => false,
            })
        })
    };
    view! {
        <details prop:open=wrong>
            <summary>{words::more_of_goods(lang)}</summary>
            <div class="order-fields">
                <div class="labelled">
                    <label for=name.clone()>{words::own_serials(lang)}</label>
                    <textarea
                        class="field mono"
                        id=name.clone()
                        name=name
                        rows="4"
                        spellcheck="false"
                        autocapitalize="off"
                        autocomplete="off"
                    ></textarea>
                    <FaultText faults=faults place=FaultPlace::Serials(index)/>
                    <p class="hint">{words::serials_empty(lang)}</p>
                    {told}
                </div>
                {rare}
            </div>
        </details>
    }
}

/// What is wrong in one place.
#[component]
pub(super) fn FaultText(
    /// Everything that is wrong.
    faults: Faults,
    /// The place.
    place: FaultPlace,
) -> impl IntoView {
    let lang = texts::lang();
    part(move || {
        let told = faults.with(|faults| {
            faults
                .iter()
                .filter(|one| one.place == place)
                .map(|one| groups::fault(one, lang))
                .collect::<Vec<_>>()
        });
        told.into_iter()
            .map(|sentence| view! { <p class="error">{sentence}</p> })
            .collect_view()
    })
}
