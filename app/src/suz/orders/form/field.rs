//! A field that only some groups' orders have, drawn from its rule.

use super::faults::{FaultText, Faults, Spot};
use crate::texts::{self, suz::groups, suz::orders as words};
use desk::suz::{
    group_form::{FieldKind, FieldRule, Presence},
    new_emission::FaultPlace,
};
use leptos::prelude::*;

/// The field.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub(super) fn FieldInput(
    /// Its rule.
    rule: FieldRule,
    /// What it begins with.
    value: String,
    /// Its place in the form.
    place: FaultPlace,
    /// What is wrong.
    faults: Faults,
) -> impl IntoView {
    let lang = texts::lang();
    let spot = Spot::new(place, faults);
    let name = spot.id();
    let label = groups::field(&rule.field, lang);
    let presence = match &rule.presence {
        Presence::Required => None,
        Presence::Optional => Some(words::optional(lang).to_owned()),
        Presence::OnlyWith(methods) => {
            let names: Vec<String> = methods
                .iter()
                .map(|one| groups::release(one, lang))
                .collect();
            Some(words::only_with(&names.join(", "), lang))
        }
    };
    let told = groups::field_hint(&rule.field, lang).map(str::to_owned);
    let hint = match (told, presence) {
        (Some(told), Some(presence)) => Some(format!("{told} {presence}")),
        (told, presence) => told.or(presence),
    };
    let hint_id = format!("{name}-hint");
    let described = spot.described(if hint.is_some() {
        hint_id.clone()
    } else {
        String::new()
    });
    let invalid = spot.invalid();
    let input = match rule.kind {
        FieldKind::Flag => {
            let options = [
                ("", words::flag_unsaid(lang)),
                ("true", words::flag_yes(lang)),
                ("false", words::flag_no(lang)),
            ]
            .map(|(one, text)| view! { <option value=one selected=one == value>{text}</option> })
            .collect_view();
            view! { <select class="field" id=name.clone() name=name.clone() aria-describedby=described aria-invalid=invalid>{options}</select> }
                .into_any()
        }
        kind => {
            let (input_type, mono, longest) = match kind {
                FieldKind::Day => ("date", false, None),
                FieldKind::Text { most, .. } => ("text", false, Some(most.to_string())),
                _ => ("text", true, None),
            };
            let numeric =
                matches!(kind, FieldKind::Kopecks { .. } | FieldKind::Inn).then_some("numeric");
            view! {
                <input
                    class="field"
                    class:mono=mono
                    id=name.clone()
                    name=name.clone()
                    type=input_type
                    inputmode=numeric
                    maxlength=longest
                    autocomplete="off"
                    value=value
                    aria-describedby=described
                    aria-invalid=invalid
                />
            }
            .into_any()
        }
    };
    view! {
        <div class="labelled">
            <label for=name>{label}</label>
            {input}
            <FaultText spot=spot/>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}
