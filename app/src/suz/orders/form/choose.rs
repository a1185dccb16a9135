//! The first question of an order: for whom, and of which product group. Its answer is an address.

use crate::{
    texts::{self, suz, suz::orders as words},
    ui::{Button, Look},
};
use desk::{
    ids::SuzConnectionId,
    suz::{Contour, group_form::GroupChoice},
};
use leptos::prelude::*;

/// A connection to order with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Way {
    /// Which.
    pub(super) id: SuzConnectionId,
    /// The legal entity's name.
    pub(super) name: String,
    /// Where.
    pub(super) contour: Contour,
}

/// The choice.
#[component]
pub(super) fn Choose(
    /// The connections.
    ways: Vec<Way>,
    /// The groups, those that the company has first.
    groups: Vec<GroupChoice>,
    /// Aliases of groups that are open for the company.
    open: Vec<String>,
    /// What is chosen already.
    chosen: (Option<SuzConnectionId>, Option<String>),
) -> impl IntoView {
    let lang = texts::lang();
    let (way, group) = chosen;
    let alone = ways.len() == 1;
    let answered = group.is_some();
    let ways = ways
        .into_iter()
        .map(|one| {
            let name = format!("{}, {}", one.name, suz::contour(one.contour, lang));
            view! {
                <option value=one.id.to_string() selected=alone || Some(one.id) == way>{name}</option>
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
    let option = StoredValue::new(option);
    let list = |groups: Vec<GroupChoice>| {
        groups
            .into_iter()
            .map(|one| option.with_value(|option| option(one)))
            .collect_view()
    };
    let none = ours.is_empty();
    let ours = (!none).then(|| view! { <optgroup label=words::groups_open(lang)>{list(ours)}</optgroup> });
    let others = view! { <optgroup label=if none { words::groups_all(lang) } else { words::groups_other(lang) }>{list(others)}</optgroup> };
    view! {
        <form method="get" action="/suz/orders/new" class="card pad stack">
            <div class="stack tight">
                <h2>{words::choose(lang)}</h2>
                <p class="muted measure">{words::choose_text(lang)}</p>
            </div>
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
                    text=if answered { words::other_group(lang) } else { words::show_form(lang) }
                    look=if answered { Look::Plain } else { Look::Go }
                />
            </div>
        </form>
    }
}
