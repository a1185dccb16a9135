//! Marks that stand on every page: the contour, a token's state.

use crate::{
    texts::{self, suz},
    ui::{Moment, Pill, Tone},
};
use desk::suz::{Contour, TokenState};
use leptos::prelude::*;

/// The contour in colour, shape and word, so that no contour is taken for another.
#[component]
pub(super) fn ContourMark(
    /// Which.
    contour: Contour,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <span class=format!("contour {}", contour.as_str()) title=suz::contour_text(contour, lang)>
            {suz::contour(contour, lang)}
        </span>
    }
}

/// A contour beside a page's title, which says already that the sandbox is one.
pub(super) fn contour_beside_title(contour: Contour) -> Option<impl IntoView> {
    (contour != Contour::Sandbox).then(|| view! { <ContourMark contour=contour/> })
}

/// A token's state with the moment that belongs to it.
#[component]
pub(super) fn TokenMark(
    /// The state.
    state: TokenState,
) -> impl IntoView {
    let lang = texts::lang();
    let words = suz::signing::token(&state, lang);
    let (tone, moment) = match state {
        TokenState::Never => (Tone::Off, None),
        TokenState::Live { until } => (Tone::Ok, Some((suz::until(lang), until))),
        TokenState::SigningSoon { until } => (Tone::Warn, Some((suz::signing::until(lang), until))),
        TokenState::WaitsForSignature { since } => {
            (Tone::Bad, Some((suz::signing::since(lang), since)))
        }
        TokenState::LoggingIn => (Tone::Busy, None),
        // The cause is told beside the next step.
        TokenState::Stopped { why: _why } => (Tone::Bad, None),
    };
    view! {
        <span class="token">
            <Pill tone=tone text=words/>
            {moment.map(|(word, when)| view! { <span class="muted">{word}" "<Moment when=when/></span> })}
        </span>
    }
}
