//! The gate of pages that need a session.

use super::use_who;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Sends whoever is not signed in to the sign-in page.
///
/// This is politeness, not protection: every server function asks for its own permission.
pub(super) fn signed_in_only() {
    #[cfg(feature = "ssr")]
    if crate::guard::caller().session.is_none() {
        leptos_axum::redirect("/signin");
    }
    let who = use_who();
    send_to("/signin", move || who.signed_out());
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
