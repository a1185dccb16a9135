//! The form of one group's order, drawn from its rules.

use super::{
    faults::{FaultText, Faults, Spot},
    field::FieldInput,
    goods::{Goods, value_of},
};
use crate::texts::{self, suz::groups, suz::orders as words};
use desk::suz::{
    emission::view::KnownGtin,
    group_form::{FieldPlace, GroupForm, ReleaseMethod},
    new_emission::{EmissionDraft, FaultPlace},
};
use leptos::prelude::*;
use std::sync::Arc;

/// Every field of the form.
#[component]
pub(super) fn Fields(
    /// What the group allows.
    form: Arc<GroupForm>,
    /// Goods that codes were ordered of before.
    known: Vec<KnownGtin>,
    /// What the fields begin with.
    draft: EmissionDraft,
    /// How many codes a row may ask for, in words.
    most: String,
    /// What is wrong.
    faults: Faults,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <div class="pad stack">
            <div class="stack tight">
                <h2>{words::goods(lang)}</h2>
                <p class="muted measure">{words::goods_hint(lang)}</p>
            </div>
            <FaultText spot=Spot::new(FaultPlace::Order, faults)/>
            <FaultText spot=Spot::new(FaultPlace::Group, faults)/>
            <Goods form=form.clone() known=known lines=draft.lines.clone() most=most faults=faults/>
        </div>
        <Releases form=form.clone() chosen=draft.release.clone() faults=faults/>
        <Rest form=form draft=draft faults=faults/>
    }
}

/// How the goods come into circulation: those ways that are open today, and those that are not, with their days.
#[component]
fn Releases(form: Arc<GroupForm>, chosen: Option<ReleaseMethod>, faults: Faults) -> impl IntoView {
    let lang = texts::lang();
    if form.releases.is_empty() {
        return ().into_any();
    }
    let mut ways: Vec<&ReleaseMethod> = form.releases.iter().map(|rule| &rule.method).collect();
    ways.dedup();
    let open = |way: &ReleaseMethod| form.open_releases().any(|rule| rule.method == *way);
    let alone = ways.iter().filter(|way| open(way)).count() == 1;
    let pick = |way: &&ReleaseMethod| {
        let (way, open) = (*way, open(way));
        let rules = form.releases.iter().filter(|rule| rule.method == *way);
        let days: Vec<String> = rules
            .map(|rule| groups::release_days(rule, lang))
            .filter(|days| !days.is_empty())
            .collect();
        view! {
            <label class="pick" class:closed=!open>
                <input
                    type="radio"
                    name="form[release]"
                    value=way.as_str().to_owned()
                    disabled=!open
                    checked=open && chosen.as_ref().map_or(alone, |chosen| chosen == way)
                />
                <b>{groups::release(way, lang)}</b>
                <span class="muted">{groups::release_about(way, lang)}" "<b>{days.join("; ")}</b></span>
            </label>
        }
    };
    let picks = ways.iter().map(pick).collect_view().into_any();
    let spot = Spot::new(FaultPlace::Release, faults);
    view! { <Choice title=words::release(lang) spot=spot picks=picks/> }.into_any()
}

/// Some answers to choose one of.
#[component]
fn Choice(
    /// The question.
    title: &'static str,
    /// Its place in the form.
    spot: Spot,
    picks: AnyView,
) -> impl IntoView {
    let id = spot.id();
    let title_id = format!("{id}-title");
    let (described, invalid) = (spot.described(String::new()), spot.invalid());
    view! {
        <div class="pad">
            <fieldset
                class="choice"
                role="radiogroup"
                id=id
                tabindex="-1"
                aria-labelledby=title_id
                aria-describedby=described
                aria-invalid=invalid
            >
                <legend><h2 id=title_id.clone()>{title}</h2></legend>
                <div class="picks">{picks}</div>
                <FaultText spot=spot/>
            </fieldset>
        </div>
    }
}

/// Payment and the fields that only this group has.
#[component]
fn Rest(form: Arc<GroupForm>, draft: EmissionDraft, faults: Faults) -> impl IntoView {
    let lang = texts::lang();
    let payment = (!form.payments.is_empty()).then(|| {
        let pick = |value: String, chosen: bool, name: &'static str, about: &'static str| {
            view! {
                <label class="pick">
                    <input type="radio" name="form[payment]" value=value checked=chosen/>
                    <b>{name}</b>
                    <span class="muted">{about}</span>
                </label>
            }
        };
        let picks = form
            .payments
            .iter()
            .map(|one| {
                let (name, about) = (
                    groups::payment(*one, lang),
                    groups::payment_about(*one, lang),
                );
                pick(
                    one.number().to_string(),
                    draft.payment == Some(*one),
                    name,
                    about,
                )
            })
            .collect_view();
        let unsaid = pick(
            String::new(),
            draft.payment.is_none(),
            words::payment_unsaid(lang),
            words::payment_default(lang),
        );
        let picks = (unsaid, picks).into_any();
        let spot = Spot::new(FaultPlace::Payment, faults);
        view! { <Choice title=words::payment(lang) spot=spot picks=picks/> }
    });
    let fields = [FieldPlace::Order, FieldPlace::Attributes]
        .into_iter()
        .flat_map(|place| form.fields_of(place))
        .map(|rule| {
            let place = FaultPlace::Field(rule.field.clone());
            let value = value_of(&draft.fields, &rule.field);
            view! { <FieldInput rule=rule.clone() value=value place=place faults=faults/> }
        })
        .collect::<Vec<_>>();
    let fields = (!fields.is_empty()).then(|| {
        view! {
            <div class="pad stack">
                <h2>{words::more_fields(lang)}</h2>
                <div class="order-fields">{fields}</div>
            </div>
        }
    });
    view! {
        {payment}
        {fields}
    }
}
