//! The form of one group's order, drawn from its rules.

use super::{
    Faults,
    field::FieldInput,
    goods::{FaultText, Goods, Known},
};
use crate::texts::{self, suz::groups, suz::orders as words};
use desk::suz::{
    group_form::{FieldPlace, GroupForm, ReleaseRule},
    new_emission::FaultPlace,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Every field of the form.
#[component]
pub(super) fn Fields(
    /// What the group allows.
    form: Arc<GroupForm>,
    /// Goods that codes were ordered of before.
    known: Vec<Known>,
    /// The GTIN that the address names.
    first: Option<String>,
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
            <FaultText faults=faults place=FaultPlace::Order/>
            <FaultText faults=faults place=FaultPlace::Group/>
            <Goods form=form.clone() known=known first=first faults=faults/>
        </div>
        <Releases form=form.clone() faults=faults/>
        <Rest form=form faults=faults/>
    }
}

/// How the goods come into circulation: those ways that are open today, and those that are not, with their days.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
fn Releases(form: Arc<GroupForm>, faults: Faults) -> impl IntoView {
    let lang = texts::lang();
    if form.releases.is_empty() {
        return ().into_any();
    }
    let alone = form.open_releases().count() == 1;
    let pick = |rule: &ReleaseRule| {
        let open = rule.open_on(form.on);
        view! {
            <label class="pick" class:closed=!open>
                <input
                    type="radio"
                    name="form[release]"
                    value=rule.method.as_str().to_owned()
                    disabled=!open
                    checked=open && alone
                />
                <b>{groups::release(&rule.method, lang)}</b>
                <span class="muted">{groups::release_days(rule, lang)}</span>
            </label>
        }
    };
    let picks = form.releases.iter().map(pick).collect_view();
    view! {
        <div class="pad">
            <fieldset class="choice">
                <legend><h2>{words::release(lang)}</h2></legend>
                <div class="picks">{picks}</div>
                <FaultText faults=faults place=FaultPlace::Release/>
            </fieldset>
        </div>
    }
    .into_any()
}

/// Payment and the fields that only this group has.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
fn Rest(form: Arc<GroupForm>, faults: Faults) -> impl IntoView {
    let lang = texts::lang();
    let payment = (!form.payments.is_empty()).then(|| {
        let options = form
            .payments
            .iter()
            .map(|one| view! { <option value=one.number().to_string()>{groups::payment(*one, lang)}</option> })
            .collect_view();
        view! {
            <div class="labelled">
                <label for="payment">{words::payment(lang)}</label>
                <select class="field" id="payment" name="form[payment]">
                    <option value="">{words::payment_unsaid(lang)}</option>
                    {options}
                </select>
                <FaultText faults=faults place=FaultPlace::Payment/>
            </div>
        }
    });
    let fields = [FieldPlace::Order, FieldPlace::Attributes]
        .into_iter()
        .flat_map(|place| form.fields_of(place))
        .map(|rule| {
            let name = format!("form[fields][{}]", rule.field.as_str());
            let place = FaultPlace::Field(rule.field.clone());
            view! { <FieldInput rule=rule.clone() name=name place=place faults=faults/> }
        })
        .collect::<Vec<_>>();
    (payment.is_some() || !fields.is_empty())
        .then(|| {
            view! {
                <div class="pad stack">
                    <h2>{words::more_fields(lang)}</h2>
                    <div class="order-fields">{payment}{fields}</div>
                </div>
            }
        })
        .into_any()
}
