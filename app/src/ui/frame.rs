//! The frame around every page.

mod side;

use super::{Empty, PageTop};
use crate::{
    root::use_who,
    texts::{self, frame},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};
use side::Side;

/// Navigation at the side (on a phone at the top) and the page beside it.
#[component]
pub(crate) fn Frame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let lang = texts::lang();
    let main = NodeRef::new();
    focus_after_navigation(main);
    view! {
        // `rel` keeps the router away: the browser itself moves the focus to the target.
        <a class="skip" href="#main" rel="external">{frame::skip(lang)}</a>
        <div class="app">
            <Side/>
            <main class="main" id="main" tabindex="-1" node_ref=main>{children()}</main>
        </div>
    }
}

/// After going to another page the focus goes there too, unless the page has put it somewhere itself.
fn focus_after_navigation(main: NodeRef<leptos::html::Main>) {
    let pathname = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = pathname.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(move || {
                if let Some(main) = main.get_untracked() {
                    let inside = document()
                        .active_element()
                        .is_some_and(|focused| main.contains(Some(&focused)));
                    if !inside {
                        // A page that cannot take the focus leaves it where it was.
                        let _focused = main.focus();
                    }
                }
            });
        }
        now
    });
}

/// Signing in and up, for visitors.
#[component]
pub(crate) fn SignLinks() -> impl IntoView {
    let lang = texts::lang();
    view! {
        <A href="/signin" attr:class="btn go">{frame::sign_in(lang)}</A>
        <A href="/signup" attr:class="btn">{frame::sign_up(lang)}</A>
    }
}

/// An address that leads nowhere.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let lang = texts::lang();
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    let signed_in = use_who();
    view! {
        <PageTop title=frame::not_found(lang)/>
        <div class="card pad">
            <Empty title=frame::not_found_text(lang) text="">
                <Transition>
                    {move || {
                        let (href, name) = match signed_in.profile() {
                            Some(_) => ("/orders", frame::orders(lang)),
                            None => ("/", frame::to_start(lang)),
                        };
                        view! { <A href=href attr:class="btn go">{name}</A> }
                    }}
                </Transition>
            </Empty>
        </div>
    }
}
