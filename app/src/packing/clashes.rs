//! Scans that could not be done: kept here until a person says what to do.

use super::bench::Bench;
use crate::{
    texts::{self, packing as words},
    ui::{Moment, code::CodeView, part},
};
use desk::packing::ClashView;
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
    part(list)
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
