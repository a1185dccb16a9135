//! What every page stands in, and the first page.

#[cfg(not(feature = "ssr"))]
use super::SANDBOX;
use super::{Sandbox, inner::send_to, use_who};
use crate::{
    texts::{self, frame},
    ui::{PageTop, SignLinks},
};
use leptos::prelude::*;
use leptos_router::components::A;

/// Puts language and sandbox into the context: on the server they are there already, in the browser the document says.
#[cfg(feature = "ssr")]
pub(super) fn provide_surroundings() {
    provide_context(texts::lang());
    provide_context(use_context::<Sandbox>().unwrap_or_default());
}

/// Puts language and sandbox into the context: on the server they are there already, in the browser the document says.
#[cfg(not(feature = "ssr"))]
pub(super) fn provide_surroundings() {
    let document = document();
    let lang = document
        .document_element()
        .and_then(|root| root.get_attribute("lang"));
    provide_context(if lang.as_deref() == Some("en") {
        cis::Lang::En
    } else {
        cis::Lang::Ru
    });
    let sandbox = document.query_selector(&format!("meta[name={SANDBOX}][content=on]"));
    provide_context(Sandbox(matches!(sandbox, Ok(Some(_)))));
}

/// The first page: what Metka is. Who is signed in goes on to the orders.
#[component]
pub(super) fn StartPage() -> impl IntoView {
    let lang = texts::lang();
    let who = use_who();
    #[cfg(feature = "ssr")]
    if crate::guard::caller().session.is_some() {
        leptos_axum::redirect("/orders");
    }

    send_to("/orders", move || who.signed_in());
    view! {
        <PageTop title=frame::welcome(lang)/>
        <div class="card pad stack">
            <p class="lead">{frame::welcome_text(lang)}</p>
            <ul class="plain-list">
                <li>{frame::welcome_slots(lang)}</li>
                <li>{frame::welcome_repair(lang)}</li>
                <li>{frame::welcome_answer(lang)}</li>
            </ul>
            <div class="top">
                <SignLinks/>
                <A href="/check" attr:class="btn">{frame::check_a_code(lang)}</A>
            </div>
        </div>
    }
}
