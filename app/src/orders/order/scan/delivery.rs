//! The way of scanned texts to the server.

use crate::{
    orders::{
        api::place_codes,
        order::{Work, failed, intake::Outbox},
    },
    texts::{self, orders::scan as words},
    ui::{FailureView, scanner::ScanField},
};
use desk::ids::OrderId;
use leptos::{prelude::*, task::spawn_local};

/// Sends waiting texts one after another. It goes on when the page is left, so nothing that was scanned is dropped.
pub(super) fn deliver(order: OrderId, outbox: ArcRwSignal<Outbox>) {
    let Some(batch) = outbox.try_update(Outbox::next).flatten() else {
        return;
    };
    spawn_local(async move {
        let line = batch.line.map(|line| line.to_string()).unwrap_or_default();
        let answer = place_codes(order, batch.text, line, false).await;
        outbox.update(|outbox| outbox.answered(answer));
        deliver(order, outbox);
    });
}

/// Texts that did not reach the server, and what to do.
#[component]
pub(super) fn Undelivered(
    /// What is asked and done here.
    work: Work,
    /// The scan field.
    field: ScanField,
) -> impl IntoView {
    let lang = texts::lang();
    let failure = Memo::new(move |_| work.outbox.with(|outbox| outbox.failure().cloned()));
    let retry = move |_| {
        work.outbox.update(Outbox::retry);
        deliver(work.id, ArcRwSignal::from(work.outbox));
    };
    let take_back = move |_| {
        if let Some(texts) = work.outbox.try_update(Outbox::take_back) {
            field.append(&texts);
        }
    };
    view! {
        {move || work.place.value().with(|answer| failed(answer.as_ref())).map(|failure| view! { <FailureView failure=failure/> })}
        {move || {
            failure
                .get()
                .map(|failure| {
                    view! {
                        <FailureView failure=failure/>
                        <div class="top">
                            <span>{words::not_sent(lang)}</span>
                            <button type="button" class="btn" on:click=retry>{words::try_again(lang)}</button>
                            <button type="button" class="btn quiet" on:click=take_back>{words::take_back(lang)}</button>
                        </div>
                    }
                })
        }}
    }
}
