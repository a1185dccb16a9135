//! The way of an order from the form to the stock, with the place where it stands.

use super::Shown;
use crate::{
    texts::{self, suz::orders as words},
    ui::{Tone, part},
};
use desk::suz::emission::{EmissionState, NextStep, view::EmissionCard};
use leptos::prelude::*;

/// The stations of the way.
const STATIONS: usize = 5;

/// How many stations are behind, and what the next one is like.
fn place(card: &EmissionCard) -> (usize, Tone) {
    match card.state {
        EmissionState::Draft | EmissionState::WaitsForSignature => (0, Tone::Warn),
        EmissionState::Queued | EmissionState::Sending => (1, Tone::Busy),
        EmissionState::Unknown => (1, Tone::Warn),
        EmissionState::Withdrawn => (0, Tone::Off),
        EmissionState::GivenUp => (1, Tone::Off),
        EmissionState::Refused => (1, Tone::Bad),
        EmissionState::Created if card.next == NextStep::SignThere => (2, Tone::Warn),
        EmissionState::Created | EmissionState::Pending | EmissionState::Approved => {
            (2, Tone::Busy)
        }
        EmissionState::Declined => (2, Tone::Bad),
        EmissionState::Ready if matches!(card.next, NextStep::Close | NextStep::SignClosing) => {
            (4, Tone::Warn)
        }
        EmissionState::Ready if card.next == NextStep::Closing => (4, Tone::Busy),
        EmissionState::Ready if card.next == NextStep::Help => (3, Tone::Bad),
        EmissionState::Ready if card.next == NextStep::Resume => (3, Tone::Warn),
        EmissionState::Ready => (3, Tone::Busy),
        EmissionState::Expired => (3, Tone::Bad),
        EmissionState::Closed => (STATIONS, Tone::Ok),
    }
}

/// The way.
#[component]
pub(super) fn Along(now: Memo<Shown>) -> impl IntoView {
    let lang = texts::lang();
    let place = Memo::new(move |_| now.with(|now| place(&now.page.card)));
    part(move || {
        let (behind, tone) = place.get();
        let stations = words::stations(lang)
            .into_iter()
            .enumerate()
            .map(|(index, name)| {
                let tone = match index.cmp(&behind) {
                    std::cmp::Ordering::Less => Tone::Ok,
                    std::cmp::Ordering::Equal => tone,
                    std::cmp::Ordering::Greater => Tone::Off,
                };
                let here = (index == behind).then_some("step");
                view! { <li class=tone.class() aria-current=here><span class="dot" aria-hidden="true"></span>{name}</li> }
            })
            .collect_view();
        view! { <ol class="way-along" aria-label=words::way_along(lang)>{stations}</ol> }
    })
}
