//! When codes of the stock are annulled that nobody used.

use crate::{
    texts::{self, suz::stock as words},
    ui::{Moment, Pill, Tone},
};
use desk::{suz::emission::ExpiryWarning, time::When};
use leptos::prelude::*;

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// How many days free codes have left, as a warning when they are few.
#[component]
pub(super) fn Expires(
    /// The first moment at which some of them are annulled.
    when: When,
) -> impl IntoView {
    let lang = texts::lang();
    let left = words::expires(when.days_ahead, lang);
    let left = match ExpiryWarning::of(when.minutes_ahead.saturating_mul(MINUTE)) {
        None => view! { <span class="sub">{left}</span> }.into_any(),
        Some(ExpiryWarning::Soon) => view! { <Pill tone=Tone::Warn text=left/> }.into_any(),
        Some(ExpiryWarning::Now | ExpiryWarning::Over) => {
            view! { <Pill tone=Tone::Bad text=left/> }.into_any()
        }
    };
    view! { <span class="expires">{left}" "<span class="sub"><Moment when=when/></span></span> }
}

/// How many codes are annulled already, and what that means.
#[component]
pub(super) fn Expired(
    /// How many; none is nothing.
    count: u32,
) -> impl IntoView {
    let lang = texts::lang();
    (count > 0).then(|| view! { <div class="late expired">{words::expired(count, lang)}</div> })
}
