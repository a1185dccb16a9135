//! The goods of an order: a row for each GTIN. All the rows that an order may have are in the page, so that they can be
//! filled in without scripts too; with scripts those that nobody asked for yet are not shown.

use super::{
    super::gtin::GtinField,
    faults::{FaultText, Faults, Spot},
    field::FieldInput,
    templates::{TemplateChoice, at_first},
};
use crate::{
    texts::{self, number, suz::groups, suz::orders as words},
    ui::{part, prefilled},
};
use cis::{Gtin, Lang};
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
    /// How many codes a row may ask for, in words.
    most: String,
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
                    most=most.clone()
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
            <span class="muted" hidden=more>{words::no_more_goods(lang)}</span>
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
    /// How many codes it may ask for, in words.
    most: String,
    faults: Faults,
    /// Whether nobody asked for this row yet.
    spare: Signal<bool>,
) -> impl IntoView {
    let lang = texts::lang();
    let spot = |place: fn(usize) -> FaultPlace| Spot::new(place(index), faults);
    let name = Memo::new(move |_| {
        let gtin = row.gtin.get()?;
        names.with_value(|names| {
            let found = names.iter().find(|one| one.gtin == gtin);
            found.and_then(|one| one.name.clone())
        })
    });
    let first = line
        .cis_type
        .clone()
        .or_else(|| form.cis_types.first().cloned());
    let chosen = RwSignal::new(first.unwrap_or(CisType::Unit));
    let template = RwSignal::new(at_first(&form, line.template));
    let cis_types = (form.cis_types.len() > 1).then(|| {
        view! { <CisTypeChoice form=form.clone() spot=spot(FaultPlace::CisType) chosen=chosen/> }
    });
    let field = |rule: &FieldRule| {
        let place = FaultPlace::LineField(index, rule.field.clone());
        let value = value_of(&line.fields, &rule.field);
        view! { <FieldInput rule=rule.clone() value=value place=place faults=faults/> }
    };
    let (needed, rare): (Vec<_>, Vec<_>) = form
        .fields_of(FieldPlace::Line)
        .partition(|rule| rule.presence == Presence::Required);
    let needed = needed.into_iter().map(field).collect_view();
    let rare = rare.into_iter().map(field).collect_view().into_any();
    let templates = (form.templates.len() > 1).then(|| {
        view! {
            <TemplateChoice form=form.clone() spot=spot(FaultPlace::Template) cis_type=chosen taken=template/>
        }
    });
    let quantity = spot(FaultPlace::Quantity);
    let most_id = format!("{}-most", quantity.id());
    view! {
        <fieldset class="goods-row" class:spare=spare>
            <legend>{words::goods_number(index + 1, lang)}</legend>
            <div class="fields">
                <GtinField spot=spot(FaultPlace::Gtin) value=line.gtin known=KNOWN found=row.gtin goods=name/>
                <div class="labelled">
                    <label for=quantity.id()>{words::quantity(lang)}</label>
                    <input
                        class="field"
                        id=quantity.id()
                        name=quantity.id()
                        inputmode="numeric"
                        autocomplete="off"
                        value=line.quantity
                        aria-describedby=quantity.described(most_id.clone())
                        aria-invalid=quantity.invalid()
                        on:input=move |event| row.quantity.set(event_target_value(&event))
                    />
                    <FaultText spot=quantity/>
                    <p class="hint" id=most_id>{most}</p>
                </div>
                {cis_types}
                {needed}
            </div>
            {templates}
            <More form=form index=index serials=line.serials template=template faults=faults rare=rare/>
        </fieldset>
    }
}

/// What the codes of a row are put on.
#[component]
fn CisTypeChoice(
    form: Arc<GroupForm>,
    /// Its place in the form.
    spot: Spot,
    chosen: RwSignal<CisType>,
) -> impl IntoView {
    let lang = texts::lang();
    let about_id = format!("{}-about", spot.id());
    let options = form
        .cis_types
        .iter()
        .map(|one| {
            let selected = chosen.with_untracked(|chosen| chosen == one);
            view! { <option value=one.as_str().to_owned() selected=selected>{groups::cis_type(one, lang)}</option> }
        })
        .collect_view();
    view! {
        <div class="labelled">
            <label for=spot.id()>{words::cis_type(lang)}</label>
            <select
                class="field"
                id=spot.id()
                name=spot.id()
                aria-describedby=spot.described(about_id.clone())
                aria-invalid=spot.invalid()
                on:change=move |event| chosen.set(CisType::from(event_target_value(&event)))
            >
                {options}
            </select>
            <FaultText spot=spot/>
            <p class="hint" id=about_id>{move || chosen.with(|chosen| groups::cis_type_about(chosen, lang))}</p>
        </div>
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
    /// Own serial numbers that it begins with.
    serials: Option<String>,
    /// The template that is taken.
    template: RwSignal<Option<u16>>,
    faults: Faults,
    /// The fields.
    rare: AnyView,
) -> impl IntoView {
    let lang = texts::lang();
    let spot = Spot::new(FaultPlace::Serials(index), faults);
    let filled = serials.is_some();
    let hint_id = format!("{}-hint", spot.id());
    let wrong = move || {
        faults.with(|faults| {
            faults.iter().any(|one| match &one.place {
                FaultPlace::Serials(of) | FaultPlace::LineField(of, _) => *of == index,
                _ => false,
            })
        })
    };
    view! {
        <details open=move || filled || wrong()>
            <summary>{words::more_of_goods(lang)}</summary>
            <div class="order-fields">
                <div class="labelled">
                    <label for=spot.id()>{words::own_serials(lang)}</label>
                    <textarea
                        class="field mono"
                        id=spot.id()
                        name=spot.id()
                        rows="4"
                        spellcheck="false"
                        autocapitalize="off"
                        autocomplete="off"
                        aria-describedby=spot.described(hint_id.clone())
                        aria-invalid=spot.invalid()
                    >
                        {prefilled(serials.unwrap_or_default())}
                    </textarea>
                    <FaultText spot=spot/>
                    <div id=hint_id>
                        <p class="hint">{words::serials_empty(lang)}</p>
                        {part(move || wanted(&form, template.get(), lang))}
                    </div>
                </div>
                {rare}
            </div>
        </details>
    }
}

/// What is wanted of own serial numbers: of the taken template, or of each while none is taken.
fn wanted(form: &GroupForm, taken: Option<u16>, lang: Lang) -> AnyView {
    let several = form.templates.len() > 1 && taken.is_none();
    form.templates
        .iter()
        .filter(|one| taken.is_none_or(|taken| taken == one.id))
        .map(|one| {
            let template = several.then(|| words::template_number(one.id, lang));
            view! { <p class="hint">{template}{groups::own_serials(one, lang)}</p> }
        })
        .collect_view()
        .into_any()
}
