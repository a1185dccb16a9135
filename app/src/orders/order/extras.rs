//! РНПТ, ГТД and country of each unit, for lines that ask for them.

use super::{Order, Work, following, lines::CountryList, open_to_change};
use crate::{
    texts::{self, orders::page},
    ui::part,
};
use desk::{
    identifiers::{CountryCode, FormatError, Gtd, Requirement, Rnpt},
    orders::{LineView, SlotView},
};

use leptos::prelude::*;
use std::{str::FromStr, sync::Arc};

/// The forms of a line's units; nothing for a line that asks for none of the three.
#[component]
pub(super) fn Extras(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
    /// The line.
    line: Memo<LineView>,
    /// The countries to choose from.
    countries: Option<CountryList>,
) -> impl IntoView {
    let open = Memo::new(move |_| order.with(|order| open_to_change(order)));
    let wanted = Memo::new(move |_| {
        line.with(|line| {
            (
                line.wants(&Requirement::Rnpt),
                line.wants(&Requirement::Gtd),
            )
        })
    });
    part(move || {
        let (rnpt, gtd) = wanted.get();
        ((rnpt || gtd) && open.get()).then(|| {
            view! {
                <div class="stack extras">
                    <For each=move || line.with(|line| line.slots.clone()) key=|slot| slot.id let:slot>
                        <UnitExtras work=work order=order first=slot rnpt=rnpt gtd=gtd countries=countries/>
                    </For>
                </div>
            }
        })
    })
}

/// The form of one unit.
#[component]
fn UnitExtras(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
    /// The slot as it was when it appeared.
    first: SlotView,
    /// Whether РНПТ is asked for.
    rnpt: bool,
    /// Whether ГТД with country is asked for.
    gtd: bool,
    /// The countries to choose from.
    countries: Option<CountryList>,
) -> impl IntoView {
    let lang = texts::lang();
    let (id, number) = (first.id, first.number);
    let slot = following(order, first, move |order| {
        order
            .lines
            .iter()
            .flat_map(|line| &line.slots)
            .find(|slot| slot.id == id)
            .cloned()
    });
    let (check_rnpt, check_gtd) = (wrong::<Rnpt>, wrong::<Gtd>);
    // Only what is saved draws the form anew, so that a half-typed number is never taken away.
    let saved_rnpt = Memo::new(move |_| slot.with(|slot| slot.rnpt.clone().unwrap_or_default()));
    let saved_gtd = Memo::new(move |_| slot.with(|slot| slot.gtd.clone().unwrap_or_default()));
    let saved_country =
        Memo::new(move |_| slot.with(|slot| slot.country.clone().unwrap_or_default()));
    view! {
        <ActionForm action=work.extras>
            <fieldset class="unit-extras">
                <legend class="muted" aria-label=page::extras_of(number, lang)>{page::unit(number, lang)}</legend>
                <input type="hidden" name="order" value=work.id.to_string()/>
                <input type="hidden" name="slot" value=id.to_string()/>
                {rnpt
                    .then(|| {
                        view! {
                            <Part
                                id=format!("rnpt-{id}")
                                name="rnpt"
                                label=page::rnpt(lang)
                                saved=saved_rnpt
                                example="10702020/060520/0013422/001"
                                check=check_rnpt
                            />
                        }
                    })}
                {gtd
                    .then(|| {
                        view! {
                            <Part
                                id=format!("gtd-{id}")
                                name="gtd"
                                label=page::gtd(lang)
                                saved=saved_gtd
                                example="10702020/060520/0013422"
                                check=check_gtd
                            />
                            <Country id=format!("country-{id}") saved=saved_country countries=countries/>
                        }
                    })}
                <button type="submit" class="btn" disabled=move || work.extras.pending().get()>{page::save(lang)}</button>
            </fieldset>
        </ActionForm>
    }
}

/// What is wrong with a typed text; an empty one takes the part away and is never wrong.
fn wrong<T: FromStr<Err = FormatError>>(typed: &str) -> Option<FormatError> {
    if typed.trim().is_empty() {
        None
    } else {
        typed.parse::<T>().err()
    }
}

/// One part: its label, its input, and what is wrong with it as soon as it is left.
#[component]
fn Part(
    /// The element's id.
    id: String,
    /// The name in the form.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// What is kept now.
    saved: Memo<String>,
    /// What it looks like.
    example: &'static str,
    /// Its format.
    check: fn(&str) -> Option<FormatError>,
) -> impl IntoView {
    let lang = texts::lang();
    let error = RwSignal::new(None::<FormatError>);
    let error_id = format!("{id}-error");
    let described = {
        let error_id = error_id.clone();
        move || error.get().map(|_| error_id.clone())
    };
    let sentence = move || error.get().map(|error| page::format(error, lang));
    view! {
        <div class="labelled">
            <label for=id.clone()>{label}</label>
            <input
                class="field mono"
                id=id
                name=name
                type="text"
                autocomplete="off"
                spellcheck="false"
                placeholder=example
                value=move || saved.get()
                aria-describedby=described
                aria-invalid=move || error.get().is_some().then_some("true")
                on:change=move |event| error.set(check(&event_target_value(&event)))
            />
            <p class="error" id=error_id hidden=move || error.get().is_none()>{part(sentence)}</p>
        </div>
    }
}

/// The country, from the marketplace's list; two letters where the list did not come.
#[component]
fn Country(
    /// The element's id.
    id: String,
    /// What is kept now.
    saved: Memo<String>,
    /// The countries to choose from.
    countries: Option<CountryList>,
) -> impl IntoView {
    let lang = texts::lang();
    let error = RwSignal::new(None::<FormatError>);
    let typed = {
        let id = id.clone();
        move || {
            let sentence = move || error.get().map(|error| page::format(error, lang));
            view! {
                <input
                    class="field mono"
                    id=id.clone()
                    name="country"
                    type="text"
                    autocomplete="off"
                    maxlength="2"
                    placeholder="RU"
                    value=saved.get_untracked()
                    on:change=move |event| error.set(wrong::<CountryCode>(&event_target_value(&event)))
                />
                <p class="error" hidden=move || error.get().is_none()>{part(sentence)}</p>
            }
        }
    };
    let choice = {
        let id = id.clone();
        move || match countries.and_then(|countries| countries.get()) {
            Some(Ok(list)) if !list.is_empty() => {
                let chosen = saved.get();
                let known = list.iter().any(|(code, _)| *code == chosen);
                let kept = (!known && !chosen.is_empty()).then(|| (chosen.clone(), chosen.clone()));
                let options = kept
                    .into_iter()
                    .chain(list)
                    .map(|(code, name)| view! { <option selected=code == chosen value=code.clone()>{name}</option> })
                    .collect_view();
                view! {
                    <select class="field" id=id.clone() name="country">
                        <option value="">{page::no_country(lang)}</option>
                        {options}
                    </select>
                }
                .into_any()
            }
            _ => typed().into_any(),
        }
    };
    view! {
        <div class="labelled">
            <label for=id>{page::country(lang)}</label>
            <Transition>{choice}</Transition>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_part_is_never_wrong_and_a_mistyped_one_is() {
        assert_eq!(wrong::<Rnpt>("  "), None);
        assert_eq!(wrong::<Rnpt>("10702020/060520/0013422/001"), None);
        assert_eq!(wrong::<Gtd>("10702020-060520"), Some(FormatError::Gtd));
        assert_eq!(wrong::<CountryCode>("ru"), Some(FormatError::Country));
    }
}
