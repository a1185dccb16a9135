//! Scans that could not be done: kept here until a person says what to do.

use super::bench::Bench;
use crate::{
    texts::{self, packing as words},
    ui::{Moment, code::CodeView, part},
};
use desk::packing::{ClashView, Scan};
use leptos::prelude::*;

/// The list of conflicts; nothing when there are none.
#[component]
pub(super) fn Clashes(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    let lang = texts::lang();
    let clashes = Memo::new(move |_| bench.session.with(|session| session.clashes().to_vec()));
    let list = move || {
        let clashes = clashes.get();
        (!clashes.is_empty()).then(|| {
            let count = clashes.len();
            view! {
                <section class="pk-clashes" aria-labelledby="pk-clashes">
                    <h2 id="pk-clashes">{words::clashes(lang)} " " <span class="pill bad">{count}</span></h2>
                    <p class="muted">{words::clashes_text(lang)}</p>
                    <ul class="plain-list">{clashes.into_iter().map(|clash| row(bench, clash)).collect_view()}</ul>
                </section>
            }
        })
    };
    let aside = Memo::new(move |_| bench.session.with(|session| session.aside().to_vec()));
    let failed = move || {
        let aside = aside.get();
        (!aside.is_empty()).then(|| {
            let count = aside.len();
            view! {
                <section class="pk-clashes" aria-labelledby="pk-aside">
                    <h2 id="pk-aside">{words::aside(lang)} " " <span class="pill bad">{count}</span></h2>
                    <p class="muted">{words::aside_text(lang)}</p>
                    <ul class="plain-list">{aside.into_iter().map(|scan| failed_row(bench, scan)).collect_view()}</ul>
                </section>
            }
        })
    };
    view! {
        {part(failed)}
        {part(list)}
    }
}

fn failed_row(bench: Bench, scan: Scan) -> impl IntoView + use<> {
    let lang = texts::lang();
    let id = scan.id;
    let number = bench.session.with_untracked(|session| {
        let order = session
            .orders()
            .iter()
            .find(|order| Some(order.id) == scan.order)?;
        Some(order.number.to_string())
    });
    view! {
        <li class="pk-clash">
            <div class="top">
                <b>{number}</b>
                <span>{words::act(&scan.act, lang)}</span>
                <button type="button" class="btn right" on:click=move |_| bench.retry(id)>
                    {words::try_again(lang)}
                </button>
            </div>
            {(!scan.raw.is_empty()).then(|| view! { <CodeView text=scan.raw/> })}
        </li>
    }
    .into_any()
}

fn row(bench: Bench, clash: ClashView) -> impl IntoView + use<> {
    let lang = texts::lang();
    let scan = clash.scan;
    let number = clash.number.map(|number| number.to_string());
    let order = clash.order.map(|order| format!("/orders/{order}"));
    view! {
        <li class="pk-clash">
            <div class="top">
                <b>{number}</b>
                <span>{words::clash(&clash.why, lang)}</span>
                <span class="muted right">{clash.who} " · " <Moment when=clash.at/></span>
            </div>
            {(!clash.raw.is_empty()).then(|| view! { <CodeView text=clash.raw/> })}
            <div class="top">
                {clash
                    .again
                    .then(|| {
                        view! {
                            <button type="button" class="btn" on:click=move |_| bench.settle(scan, true)>
                                {words::try_again(lang)}
                            </button>
                        }
                    })}
                <button type="button" class="btn" on:click=move |_| bench.settle(scan, false)>{words::settled(lang)}</button>
                {order.map(|order| view! { <a class="link" href=order>{words::open_order(lang)}</a> })}
            </div>
        </li>
    }
    .into_any()
}
