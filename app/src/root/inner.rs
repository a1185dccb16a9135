//! The gate of pages that need a session.

use super::use_who;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use std::cell::Cell;

/// Sends whoever is not signed in to the sign-in page.
///
/// This is politeness, not protection: every server function asks for its own permission.
pub(super) fn signed_in_only() {
    gate(false);
}

/// The same gate for a page that is worked on without looking: whoever was let in stays there when the session ends,
/// for a scan that falls into the sign-in page would be lost. That page asks to sign in by itself.
pub(super) fn signed_in_at_first() {
    gate(true);
}

fn gate(at_first: bool) {
    #[cfg(feature = "ssr")]
    if crate::guard::caller().session.is_none() {
        leptos_axum::redirect("/signin");
    }
    let who = use_who();
    let let_in = Cell::new(false);
    send_to("/signin", move || {
        if at_first && who.signed_in() {
            let_in.set(true);
        }
        who.signed_out() && !let_in.get()
    });
}

/// In the browser, goes to another page once something holds.
pub(super) fn send_to(path: &'static str, when: impl Fn() -> bool + 'static) {
    let navigate = use_navigate();
    Effect::new(move |_| {
        if when() {
            navigate(
                path,
                NavigateOptions {
                    replace: true,
                    ..NavigateOptions::default()
                },
            );
        }
    });
}
