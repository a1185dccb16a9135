//! The head: which order, how far it is, and how the way to the server stands.

use super::{
    bench::{Bench, Net},
    browser,
};
use crate::{
    texts::{self, orders, packing as words, when, when_exact},
    ui::{SandboxMark, part},
};
use desk::packing::{left, session::Session};
use leptos::prelude::*;
use leptos_router::components::A;

/// The head of the packing desk.
#[component]
pub(super) fn Head(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    let lang = texts::lang();
    let order = Memo::new(move |_| {
        bench.session.with(|session| {
            session.shown().map(|order| {
                let left = left(order);
                let done = left.wanted.saturating_sub(left.marks);
                let model = order.model.as_ref().map(|model| orders::model(model, lang));
                (
                    order.number.to_string(),
                    model,
                    order.shop.clone(),
                    words::progress(done, left.wanted, lang),
                    order.ship_by,
                )
            })
        })
    });
    let shown = move || {
        order.get().map(|(number, model, shop, progress, ship_by)| {
            view! {
                <b class="pk-number">{number}</b>
                {model.map(|model| view! { <span class="pill off">{model}</span> })}
                <span class="pk-progress">{progress}</span>
                <span class="muted pk-wide">{shop}</span>
                {ship_by.map(|ship| view! { <span class="muted" title=when_exact(&ship, lang)>{when(&ship, lang)}</span> })}
            }
        })
    };
    view! {
        <header class="pk-head">
            <h1 class="vh">{words::title(lang)}</h1>
            {part(shown)}
            <SandboxMark/>
            <span class="right"></span>
            <Network bench=bench/>
            <Sound/>
            <A href="/orders" attr:class="btn quiet">{words::leave(lang)}</A>
        </header>
        <Notes bench=bench/>
    }
}

/// Whether there is a network, and what waits for it.
#[component]
fn Network(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    let lang = texts::lang();
    let queue = Memo::new(move |_| bench.session.with(|session| session.queue().len()));
    let state = move || match bench.net.get() {
        Net::Up => ("pill ok", words::net_up(lang)),
        Net::Unknown => ("pill off", words::net_unknown(lang)),
        Net::Down => ("pill warn", words::net_down(lang)),
        Net::Refused(_) => ("pill bad", words::net_refused(lang)),
        Net::SignedOut => ("pill bad", words::sign_in(lang)),
    };
    view! {
        {part(move || {
            let (class, text) = state();
            view! { <span class=class>{text}</span> }
        })}
        <span class="muted" id="pk-queue">{move || words::queue(queue.get(), lang)}</span>
    }
}

/// The loudness of this device.
#[component]
fn Sound() -> impl IntoView {
    let lang = texts::lang();
    let level = RwSignal::new(60_u8);
    Effect::new(move |_| browser::start(move || level.set(browser::volume(None))));
    let set = move |event| {
        if let Ok(wanted) = event_target_value(&event).parse() {
            level.set(browser::volume(Some(wanted)));
            browser::sound("good");
        }
    };
    view! {
        <label class="pk-sound needs-script">
            <span class="muted">{words::sound(lang)}</span>
            <input type="range" min="0" max="100" step="20" aria-label=words::sound(lang) prop:value=move || level.get().to_string() on:change=set/>
        </label>
    }
}

/// What must be known beside the scans.
#[component]
fn Notes(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    let lang = texts::lang();
    let closed = Memo::new(move |_| bench.session.with(Session::catalogue_closed));
    let insecure = RwSignal::new(false);
    Effect::new(move |_| insecure.set(!browser::secure()));
    let note = |class: &'static str, text: String| view! { <p class=class>{text}</p> };
    let reload = move |_| {
        // A page that cannot be loaded anew stays as it is.
        let _reloaded = window().location().reload();
    };
    view! {
        {part(move || {
            match bench.net.get() {
                Net::SignedOut => {
                    Some(
                        view! {
                            <p class="pk-note bad" role="alert">
                                {words::signed_out(lang)} " "
                                <a class="link" href="/signin" rel="external">{words::sign_in(lang)}</a>
                            </p>
                        }
                            .into_any(),
                    )
                }
                Net::Refused(sentence) => {
                    let sentence = sentence.unwrap_or_else(|| words::refused_oddly(lang).to_owned());
                    Some(
                        view! { <p class="pk-note warn" role="alert">{sentence} " " {words::refused(lang)}</p> }
                            .into_any(),
                    )
                }
                _ => None,
            }
        })}
        {part(move || bench.unkept.get().then(|| note("pk-note bad", words::unkept(lang).to_owned())))}
        {part(move || {
            let others = bench.others.get();
            (others > 0).then(|| note("pk-note", words::others(others, lang)))
        })}
        {part(move || insecure.get().then(|| note("pk-note", words::insecure(lang).to_owned())))}
        {part(move || closed.get().then(|| note("pk-note", words::catalogue_closed(lang).to_owned())))}
        {part(move || {
            bench
                .outdated
                .get()
                .then(|| {
                    view! {
                        <p class="pk-note">
                            {words::newer(lang)} " "
                            <button type="button" class="link" on:click=reload>{words::reload(lang)}</button>
                        </p>
                    }
                })
        })}
    }
}
