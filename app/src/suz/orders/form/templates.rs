//! Which of two templates: each is shown as the code that comes of it. Some are for some code types only.

use super::faults::{FaultText, Spot};
use crate::{
    texts::{self, suz::groups, suz::orders as words},
    ui::part,
};
use desk::suz::group_form::{CisType, GroupForm, Template};
use leptos::prelude::*;
use std::sync::Arc;

/// The template that a row begins with: the chosen one, or the first that is right whatever the codes are put on. Where
/// there is none, the type alone decides, and whoever reads the form finds the one that fits.
pub(super) fn at_first(form: &GroupForm, chosen: Option<u16>) -> Option<u16> {
    let always = |template: &&Template| form.cis_types.iter().all(|one| template.fits(one));
    chosen.or_else(|| form.templates.iter().find(always).map(|one| one.id))
}

/// The template to take for codes of this type: the one that is taken already when it fits, else the first that does.
fn fitting(form: &GroupForm, taken: Option<u16>, cis_type: &CisType) -> Option<u16> {
    let fits = |id: &u16| form.template(*id).is_some_and(|one| one.fits(cis_type));
    taken.filter(fits).or_else(|| {
        let first = form.templates.iter().find(|one| one.fits(cis_type));
        first.map(|one| one.id)
    })
}

/// The choice for one row. With scripts only what fits the chosen type is shown.
#[component]
pub(super) fn TemplateChoice(
    /// What the group allows.
    form: Arc<GroupForm>,
    /// Its place in the form.
    spot: Spot,
    /// What the codes are put on.
    cis_type: RwSignal<CisType>,
    /// The one that is taken.
    taken: RwSignal<Option<u16>>,
) -> impl IntoView {
    let lang = texts::lang();
    let (name, described) = (spot.id(), spot.described(String::new()));
    let invalid = spot.invalid();
    let legend = format!("{name}-legend");
    let rules = form.clone();
    Effect::new(move |_| {
        let fits = cis_type.with(|cis_type| fitting(&rules, taken.get_untracked(), cis_type));
        taken.set(fits);
    });
    let pick = |template: &Template| {
        let explained = groups::template(template, lang);
        let id = template.id;
        let only = (!template.cis_types.is_empty()
            && template.cis_types.len() < form.cis_types.len())
        .then(|| groups::template_only_for(&template.cis_types, lang));
        let template = template.clone();
        let unfit = move || cis_type.with(|cis_type| !template.fits(cis_type));
        view! {
            <label class="pick" class:unfit=unfit>
                <input
                    type="radio"
                    name=name.clone()
                    value=id.to_string()
                    checked=taken.get_untracked() == Some(id)
                    prop:checked=move || taken.get() == Some(id)
                    on:change=move |_| taken.set(Some(id))
                />
                <b>{explained.name}</b>
                <span class="muted">{only.map(|only| format!("{only} "))}{explained.text}</span>
            </label>
        }
    };
    let picks = form.templates.iter().map(pick).collect_view();
    let several = move || {
        let fitting = cis_type.with(|cis_type| {
            let fitting = form.templates.iter().filter(|one| one.fits(cis_type));
            fitting.count()
        });
        (fitting > 1).then(|| view! { <p class="hint measure">{groups::two_templates(lang)}</p> })
    };
    view! {
        <fieldset
            class="choice"
            role="radiogroup"
            id=name
            tabindex="-1"
            aria-labelledby=legend
            aria-describedby=described
            aria-invalid=invalid
        >
            <legend class="label" id=legend.clone()>{words::template(lang)}</legend>
            {part(several)}
            <div class="picks">{picks}</div>
            <FaultText spot=spot/>
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::suz::group_form::{GroupName, Tail};

    fn template(id: u16, cis_types: &[CisType]) -> Template {
        Template {
            id,
            serial: 7,
            own_serial: 7,
            tail: Tail::Short,
            cis_types: cis_types.to_vec(),
        }
    }

    fn form(templates: Vec<Template>) -> GroupForm {
        GroupForm {
            alias: "tobacco".into(),
            number: 3,
            name: GroupName {
                ru: String::new(),
                en: String::new(),
            },
            on: "2026-11-23".parse().expect("a day"),
            templates,
            cis_types: vec![CisType::Unit, CisType::Group],
            releases: Vec::new(),
            release_required: false,
            payments: Vec::new(),
            fields: Vec::new(),
            unused: None,
            reports_itself: false,
            keeps_our_key: false,
            source: String::new(),
            origins: Vec::new(),
        }
    }

    #[test]
    fn a_template_follows_the_type_where_the_type_decides() {
        let tobacco = form(vec![
            template(4, &[CisType::Unit]),
            template(3, &[CisType::Group]),
        ]);
        assert_eq!(at_first(&tobacco, None), None, "nothing is right for both");
        assert_eq!(fitting(&tobacco, None, &CisType::Unit), Some(4));
        assert_eq!(fitting(&tobacco, Some(4), &CisType::Group), Some(3));
        let other = form(vec![
            template(14, &[CisType::Unit, CisType::Group]),
            template(15, &[CisType::Unit]),
        ]);
        assert_eq!(at_first(&other, None), Some(14));
        assert_eq!(at_first(&other, Some(15)), Some(15), "as it was left");
        assert_eq!(fitting(&other, Some(15), &CisType::Unit), Some(15));
        assert_eq!(fitting(&other, Some(15), &CisType::Group), Some(14));
        let free = form(vec![template(34, &[]), template(59, &[])]);
        assert_eq!(at_first(&free, None), Some(34));
        assert_eq!(fitting(&free, Some(59), &CisType::Group), Some(59));
    }
}
