//! Choices of the form: whom, where, how.

use crate::{
    texts::{self, suz},
    ui::Field,
};
use desk::{
    legal_entity::LegalEntity,
    suz::{Contour, SigningWay},
};
use leptos::prelude::*;

/// One of the legal entities, or another one.
#[component]
pub(super) fn EntityChoice(
    /// Those there are.
    entities: Vec<LegalEntity>,
) -> impl IntoView {
    let lang = texts::lang();
    let none = entities.is_empty();
    let alone = entities.len() == 1;
    let one = move |entity: LegalEntity| {
        let inn = entity.inn.map(|inn| format!("{} {inn}", suz::inn(lang)));
        view! {
            <label class="pick">
                <input type="radio" name="form[legal_entity]" value=entity.id.to_string() checked=alone required/>
                <b>{entity.name}</b>
                <span class="muted mono">{inn}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choice entities">
            <legend><h2>{suz::legal_entity(lang)}</h2></legend>
            <div class="picks">
                {entities.into_iter().map(one).collect_view()}
                <label class="pick other">
                    <input type="radio" name="form[legal_entity]" value="new" checked=none required/>
                    <b>{suz::other_entity(lang)}</b>
                </label>
            </div>
            <div class="new-entity">
                <Field label=suz::legal_name(lang) name="form[legal_name]" optional=true/>
                <Field label=suz::inn(lang) name="form[inn]" optional=true mono=true/>
                <Field label=suz::kpp(lang) name="form[kpp]" optional=true mono=true hint=suz::kpp_hint(lang)/>
            </div>
        </fieldset>
    }
}

/// One of the contours; none is chosen for the person.
#[component]
pub(super) fn ContourChoice(
    /// Those on offer.
    contours: Vec<Contour>,
    /// The one that was chosen.
    chosen: RwSignal<Option<Contour>>,
) -> impl IntoView {
    let lang = texts::lang();
    let one = move |contour: Contour| {
        view! {
            <label class=format!("pick {}", contour.as_str())>
                <input
                    type="radio"
                    name="form[contour]"
                    value=contour.as_str()
                    required
                    on:change=move |_| chosen.set(Some(contour))
                />
                <b class=format!("contour {}", contour.as_str())>{suz::contour(contour, lang)}</b>
                <span class="muted">{suz::contour_text(contour, lang)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choice">
            <legend><h2>{suz::contour_choice(lang)}</h2></legend>
            <p class="muted">{suz::contour_hint(lang)}</p>
            <div class="picks">{contours.into_iter().map(one).collect_view()}</div>
        </fieldset>
    }
}

/// One of the ways to sign that the contour has.
#[component]
pub(super) fn WayChoice(
    /// Those on offer, by contour.
    ways: Vec<(Contour, Vec<SigningWay>)>,
    /// The contour that was chosen.
    contour: RwSignal<Option<Contour>>,
) -> impl IntoView {
    let lang = texts::lang();
    let offered = Memo::new(move |_| {
        let chosen = contour.get();
        let mut offered: Vec<SigningWay> = ways
            .iter()
            .filter(|(of, _)| chosen.is_none_or(|chosen| chosen == *of))
            .flat_map(|(_, ways)| ways.iter().copied())
            .collect();
        offered.sort_unstable();
        offered.dedup();
        offered
    });
    let picks = move || {
        let offered = offered.get();
        let first = offered.first().copied();
        offered
            .into_iter()
            .map(|way| {
                view! {
                    <label class="pick">
                        <input type="radio" name="form[way]" value=way.as_str() checked=Some(way) == first required/>
                        <b>{suz::way_name(way, lang)}</b>
                        <span class="muted">{suz::way_text(way, lang)}</span>
                    </label>
                }
            })
            .collect_view()
    };
    view! {
        <fieldset class="choice">
            <legend><h2>{suz::way(lang)}</h2></legend>
            <div class="picks">{picks}</div>
        </fieldset>
    }
}
