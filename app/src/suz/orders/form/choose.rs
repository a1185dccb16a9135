//! The first question of an order: for whom, and of which product group. Its answer is an address.

use crate::{
    texts::{self, suz, suz::orders as words},
    ui::{Button, Look},
};
use desk::{
    ids::SuzConnectionId,
    suz::{emission::view::OrderingChoice, group_form::GroupChoice},
};
use leptos::prelude::*;

/// The choice.
#[component]
pub(super) fn Choose(
    /// Companies.
    choices: Vec<OrderingChoice>,
    /// Groups.
    groups: Vec<GroupChoice>,
    /// What is chosen already.
    chosen: (Option<SuzConnectionId>, Option<String>),
    /// Whether it is the test order of a self-check.
    test: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let (way, group) = chosen;
    let answered = group.is_some();
    // Groups that any of the companies has come first: which company it is is asked in the same form.
    let open: Vec<String> = choices
        .iter()
        .filter(|one| way.is_none_or(|way| way == one.connection))
        .flat_map(|one| one.open.clone().unwrap_or_default())
        .collect();
    let ways = choices
        .into_iter()
        .map(|one| {
            let name = format!("{}, {}", one.legal_entity, suz::contour(one.contour, lang));
            view! {
                <option value=one.connection.to_string() selected=Some(one.connection) == way>{name}</option>
            }
        })
        .collect_view();
    let option = move |one: GroupChoice| {
        let selected = Some(&one.alias) == group.as_ref();
        view! { <option value=one.alias.clone() selected=selected>{one.name.text(lang).to_owned()}</option> }
    };
    let (ours, others): (Vec<_>, Vec<_>) = groups
        .into_iter()
        .partition(|one| open.contains(&one.alias));
    let none = ours.is_empty();
    let ours = (!none).then(|| {
        let options = ours.into_iter().map(&option).collect_view();
        view! { <optgroup label=words::groups_open(lang)>{options}</optgroup> }
    });
    let label = if none {
        words::groups_all(lang)
    } else {
        words::groups_other(lang)
    };
    let others = others.into_iter().map(&option).collect_view();
    let others = view! { <optgroup label=label>{others}</optgroup> };
    view! {
        <form method="get" action="/suz/orders/new" class="card pad stack">
            <div class="stack tight">
                <h2>{words::choose(lang)}</h2>
                <p class="muted measure">{words::choose_text(lang)}</p>
            </div>
            {test.then(|| view! { <input type="hidden" name="test" value="1"/> })}
            <div class="order-fields">
                <div class="labelled">
                    <label for="order-connection">{words::connection(lang)}</label>
                    <select class="field" id="order-connection" name="connection" required>{ways}</select>
                </div>
                <div class="labelled">
                    <label for="order-group">{words::group(lang)}</label>
                    <select class="field" id="order-group" name="group" required>
                        <option value="">{words::group_none(lang)}</option>
                        {ours}
                        {others}
                    </select>
                </div>
            </div>
            <div class="top">
                <Button
                    text={if answered { words::other_group(lang) } else { words::show_form(lang) }}
                    look={if answered { Look::Plain } else { Look::Go }}
                />
            </div>
        </form>
    }
}
