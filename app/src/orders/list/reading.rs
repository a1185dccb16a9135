//! How the reading of orders from the marketplace goes.

use crate::{
    texts::{self, orders::list as words},
    ui::{Notice, Tone, part},
};
use desk::{connection::SyncState, orders::OrderList};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// How the reading of orders goes, when there is something to say.
#[component]
pub(super) fn Reading(
    /// The newest list.
    list: Memo<Option<Arc<OrderList>>>,
) -> impl IntoView {
    let lang = texts::lang();
    let sync = Memo::new(move |_| list.with(|list| list.as_ref().map(|list| list.sync.clone())));
    part(move || {
        let sync = sync.get()?;
        let text = words::reading(&sync, lang)?;
        let (tone, why) = match sync {
            SyncState::Waiting { why, .. } => (Tone::Warn, Some(why)),
            SyncState::Stopped { why } => (Tone::Bad, Some(why)),
            _ => (Tone::Busy, None),
        };
        Some(view! {
            <Notice tone=tone text=text>
                {why.filter(|why| !why.is_empty()).map(|why| view! { <p class="muted"><q>{why}</q></p> })}
                {(tone == Tone::Bad)
                    .then(|| view! { <A href="/connections" attr:class="btn">{words::to_connections(lang)}</A> })}
            </Notice>
        })
    })
}
