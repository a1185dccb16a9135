//! A part of a page that is drawn again.

use leptos::{prelude::*, tachys::reactive_graph::SharedReactiveFunction};
use std::sync::{Arc, Mutex};

/// A part that is drawn again whenever what it reads changes. All such parts are of one type and share their code: a
/// closure that is put into a view as it is gets its own copy of everything that draws, hydrates and replaces it.
pub(crate) fn part<V: IntoView>(
    mut draw: impl FnMut() -> V + Send + 'static,
) -> SharedReactiveFunction<AnyView> {
    Arc::new(Mutex::new(move || draw().into_any()))
}
