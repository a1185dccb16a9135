//! Long work in slices short enough for the page to stay quick between them.

use futures::channel::oneshot;
use leptos::prelude::set_timeout;
use std::time::Duration;

/// Milliseconds of work between two pauses.
const LONG: f64 = 12.0;

/// The time from one pause to the next.
pub(super) struct Slice(f64);

impl Slice {
    /// Begins now.
    pub(super) fn begin() -> Self {
        Self(js_sys::Date::now())
    }

    /// Whether it is time for a pause.
    pub(super) fn is_over(&self) -> bool {
        js_sys::Date::now() - self.0 >= LONG
    }
}

/// Lets the page draw and hear.
pub(super) async fn pause() {
    let (resume, paused) = oneshot::channel::<()>();
    set_timeout(
        move || {
            // Whoever waits no more needs no waking.
            let _woken = resume.send(());
        },
        Duration::ZERO,
    );
    // A timer that was dropped with the page wakes nobody either.
    let _resumed = paused.await;
}
