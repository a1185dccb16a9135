//! What a key may do, in plain words.

use crate::{
    texts::{self, connections},
    ui::{Moment, Notice, Pill, Tone},
};
use desk::{
    Lang,
    connection::{KeyReach, KeyReport, ShopFacts, ShopView},
    marketplace::KeyScope,
};
use leptos::prelude::*;

/// The tone of a verdict on a key.
pub(super) const fn tone(reach: KeyReach) -> Tone {
    match reach {
        KeyReach::Sends => Tone::Ok,
        KeyReach::ReadsOnly => Tone::Warn,
        KeyReach::Useless => Tone::Bad,
    }
}

/// What a key that is not kept yet may do.
#[component]
pub(super) fn ReportView(
    /// What the check found.
    report: KeyReport,
) -> impl IntoView {
    let lang = texts::lang();
    let reach = report.reach();
    let shops = if report.shops.is_empty() {
        view! { <p>{connections::no_shops(lang)}</p> }.into_any()
    } else {
        let shops = report
            .shops
            .into_iter()
            .map(|facts| view! { <li><ShopLine facts=facts/></li> })
            .collect_view();
        view! { <ul class="shops">{shops}</ul> }.into_any()
    };
    view! {
        <Notice tone=tone(reach) text=connections::reach_text(reach, lang)>
            <dl class="facts">
                <dt>{connections::key(lang)}</dt>
                <dd>{report.name}</dd>
                <dt>{connections::scopes(lang)}</dt>
                <dd>{scopes_line(&report.scopes, lang)}</dd>
            </dl>
            <h3>{connections::shops(lang)}</h3>
            {shops}
        </Notice>
    }
}

/// The scopes of a key in one line.
pub(super) fn scopes_line(scopes: &[KeyScope], lang: Lang) -> String {
    let words: Vec<String> = scopes
        .iter()
        .map(|scope| connections::scope(scope, lang))
        .collect();
    if words.is_empty() {
        connections::no_scopes(lang).to_owned()
    } else {
        words.join(", ")
    }
}

/// A shop as Market describes it.
#[component]
fn ShopLine(
    /// What Market says of it.
    facts: ShopFacts,
) -> impl IntoView {
    let lang = texts::lang();
    let trouble = facts
        .availability
        .as_ref()
        .and_then(|availability| connections::availability(availability, lang));
    view! {
        <b>{facts.name}</b>
        {facts.placement.map(|placement| view! { <span class="muted">{connections::placement(&placement, lang)}</span> })}
        <span class="faint">{facts.business_name}</span>
        {trouble.map(|trouble| view! { <Pill tone=Tone::Bad text=trouble/> })}
    }
}

/// The shops of a connection, with how many orders of each are here.
#[component]
pub(super) fn Shops(
    /// The shops.
    shops: Vec<ShopView>,
) -> impl IntoView {
    let lang = texts::lang();
    if shops.is_empty() {
        return view! { <p class="muted">{connections::no_shops(lang)}</p> }.into_any();
    }
    let line = move |shop: ShopView| {
        let read = match shop.synced {
            Some(when) => view! { <span class="faint"><Moment when=when/></span> }.into_any(),
            None => {
                view! { <span class="faint">{connections::never_synced(lang)}</span> }.into_any()
            }
        };
        view! {
            <li>
                <ShopLine facts=shop.facts/>
                <span class="right">{connections::orders(shop.orders, lang)}</span>
                {read}
            </li>
        }
    };
    view! { <ul class="shops">{shops.into_iter().map(line).collect_view()}</ul> }.into_any()
}
