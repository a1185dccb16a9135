//! What asks for a signature, on every page of СУЗ.

use crate::{
    texts::{self, suz},
    ui::{Moment, Notice, Tone},
};
use desk::suz::view::Attention;
use leptos::prelude::*;
use leptos_router::components::A;

/// Says that work waits for a signature, or soon will; nothing when neither is so.
#[component]
pub(super) fn AttentionBar(
    /// What asks.
    attention: Attention,
) -> impl IntoView {
    let lang = texts::lang();
    let link = move || view! { <div class="top"><A href="/suz/sign" attr:class="btn go">{suz::to_signing(lang)}</A></div> };
    if attention.waiting > 0 {
        view! {
            <Notice tone=Tone::Bad text=suz::waiting(attention.waiting, lang)>
                <p>{suz::causes::cause(desk::suz::Cause::WaitsForSignature, lang).means}</p>
                {link()}
            </Notice>
        }
        .into_any()
    } else if let Some(until) = attention.soon {
        view! {
            <Notice tone=Tone::Warn text=suz::soon(lang)>
                <p>{suz::signing::until(lang)}" "<Moment when=until/>". "{suz::soon_text(lang)}</p>
                {link()}
            </Notice>
        }
        .into_any()
    } else {
        ().into_any()
    }
}
