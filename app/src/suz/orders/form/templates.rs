//! Which of two templates: each is shown as the code that comes of it.

use super::{Faults, goods::FaultText};
use crate::texts::{self, suz::groups, suz::orders as words};
use desk::suz::{
    group_form::{GroupForm, Template},
    new_emission::FaultPlace,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The choice for one row.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub(super) fn TemplateChoice(
    /// What the group allows.
    form: Arc<GroupForm>,
    /// The name in the form.
    name: String,
    /// The one that is chosen at first.
    chosen: Option<u16>,
    /// Which row.
    index: usize,
    /// What is wrong.
    faults: Faults,
) -> impl IntoView {
    let lang = texts::lang();
    let pick = |(place, template): (usize, &Template)| {
        let explained = groups::template(template, lang);
        view! {
            <label class="pick">
                <input type="radio" name=name.clone() value=template.id.to_string() checked=chosen.map_or(place == 0, |chosen| chosen == template.id)/>
                <b>{explained.name}</b>
                <span class="muted">{explained.text}</span>
            </label>
        }
    };
    let picks = form.templates.iter().enumerate().map(pick).collect_view();
    view! {
        <fieldset class="choice">
            <legend class="label">{words::template(lang)}</legend>
            <p class="hint measure">{groups::two_templates(lang)}</p>
            <div class="picks">{picks}</div>
            <FaultText faults=faults place=FaultPlace::Template(index)/>
        </fieldset>
    }
}
