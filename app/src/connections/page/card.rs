//! One connection.

use super::{
    acts::Acts,
    hook::Extras,
    report::{Shops, scopes_line, tone},
    sync::SyncLine,
};
use crate::{
    texts::{self, connections},
    ui::{Moment, Pill, Tone, part},
};
use desk::{
    connection::{ConnectionView, KeyReach, KeyReport},
    ids::MarketplaceConnectionId,
    legal_entity::LegalEntity,
};
use leptos::prelude::*;

/// A connection with its shops, its reading of orders and what can be done with it.
#[component]
pub(super) fn ConnectionCard(
    /// Which.
    id: MarketplaceConnectionId,
    /// What is known of it now; nothing once it is retired.
    #[prop(into)]
    connection: Signal<Option<ConnectionView>>,
    /// Whether the person may change it.
    may_manage: bool,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let facts = move || {
        connection
            .get()
            .map(|connection| view! { <Facts connection=connection/> })
    };
    view! {
        <section class="card">
            <div class="pad stack">{part(facts)}</div>
            <div class="pad stack">
                <Acts id=id may_manage=may_manage reload=reload/>
                {may_manage
                    .then(|| {
                        view! { <div class="acts"><Extras id=id connection=connection reload=reload/></div> }
                    })}
            </div>
        </section>
    }
}

/// Everything that is known of a connection.
#[component]
fn Facts(
    /// The connection.
    connection: ConnectionView,
) -> impl IntoView {
    let lang = texts::lang();
    let ConnectionView {
        label,
        key_ending,
        legal_entity,
        report,
        checked,
        shops,
        sync,
        test_orders,
        ..
    } = connection;
    let verdict = match report.as_ref().map(KeyReport::reach) {
        Some(reach) => view! { <Pill tone=tone(reach) text=connections::reach(reach, lang)/> },
        None => view! { <Pill tone=Tone::Off text=connections::not_checked(lang)/> },
    };
    let advice = report
        .as_ref()
        .map(KeyReport::reach)
        .filter(|reach| *reach != KeyReach::Sends);
    view! {
        <div class="top">
            <h2>{label}</h2>
            <span class="faint mono">{connections::key_ending(&key_ending, lang)}</span>
            {verdict}
            {checked
                .map(|when| {
                    view! { <span class="muted right">{connections::checked(lang)}" "<Moment when=when/></span> }
                })}
        </div>
        {advice.map(|reach| view! { <p class="muted">{connections::reach_text(reach, lang)}</p> })}
        <SyncLine state=sync/>
        {test_orders.then(|| view! { <p class="muted">{connections::test_orders(lang)}</p> })}
        <Shops shops=shops/>
        <dl class="facts">
            {legal_entity.map(|entity| view! { <Entity entity=entity/> })}
            {report
                .map(|report| {
                    view! {
                        <dt>{connections::scopes(lang)}</dt>
                        <dd>{scopes_line(&report.scopes, lang)}</dd>
                    }
                })}
        </dl>
    }
}

/// Whose shops these are.
#[component]
fn Entity(
    /// The company or sole proprietor.
    entity: LegalEntity,
) -> impl IntoView {
    let lang = texts::lang();
    let numbers = [
        (connections::inn(lang), entity.inn.map(String::from)),
        (connections::kpp(lang), entity.kpp.map(String::from)),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| format!(" · {name} {value}")))
    .collect::<String>();
    view! {
        <dt>{connections::legal_entity(lang)}</dt>
        <dd>{entity.name}<span class="muted">{numbers}</span></dd>
    }
}
