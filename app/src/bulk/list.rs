//! The batches there are, and bringing another.

use super::{api::list_batches, upload::Upload};
use crate::{
    failure::Failure,
    live,
    texts::{self, bulk as words, number},
    ui::{Empty, FailureView, Moment, PageTop, Pill, Skeleton, Tone, part},
};
use cis::Lang;
use desk::bulk::{BatchLine, BatchList, BatchState};
use leptos::prelude::*;
use leptos_router::components::A;

/// What a state means at a glance.
pub(super) const fn tone_of(batch: &BatchLine) -> Tone {
    match batch.state {
        BatchState::Judging | BatchState::Running => Tone::Busy,
        BatchState::Preview | BatchState::Paused => Tone::Warn,
        BatchState::Cancelled => Tone::Off,
        BatchState::Done => {
            let orders = &batch.orders;
            if orders.refused + orders.conflict > 0 {
                Tone::Bad
            } else if orders.still() {
                Tone::Busy
            } else {
                Tone::Ok
            }
        }
    }
}

/// The page.
#[component]
pub(crate) fn BatchesPage() -> impl IntoView {
    let lang = texts::lang();
    let batches = Resource::new(|| (), |()| list_batches());
    live::on_change(move |news| {
        if news.concerns_batches() {
            batches.refetch();
        }
    });
    let shown = move || {
        batches
            .get()
            .map(|outcome| view! { <Outcome outcome=outcome retry=move |()| batches.refetch()/> })
    };
    view! {
        <PageTop title=words::title(lang)>
            <span class="muted">{words::intro(lang)}</span>
        </PageTop>
        <Transition fallback=|| view! { <div class="card pad"><Skeleton lines=8/></div> }>{part(shown)}</Transition>
    }
}

/// The form and the list, or why they cannot be shown.
#[component]
fn Outcome(
    /// What the server said.
    outcome: Result<BatchList, Failure>,
    /// Asks again.
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    match outcome {
        Err(failure) => view! { <FailureView failure=failure retry=retry/> }.into_any(),
        Ok(list) => {
            let form = list.may.fill.then(|| view! { <Upload/> });
            let rows = if list.batches.is_empty() {
                view! { <Empty title=words::empty(lang) text=words::empty_text(lang)/> }.into_any()
            } else {
                view! { <Batches batches=list.batches/> }.into_any()
            };
            view! {
                {form}
                <div class="card">{rows}</div>
            }
            .into_any()
        }
    }
}

/// The table.
#[component]
fn Batches(
    /// Newest first.
    batches: Vec<BatchLine>,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <table class="batches">
            <thead>
                <tr>
                    <th scope="col">{words::column_file(lang)}</th>
                    <th scope="col">{words::column_when(lang)}</th>
                    <th scope="col" class="num">{words::column_orders(lang)}</th>
                    <th scope="col">{words::column_state(lang)}</th>
                    <th scope="col"><span class="vh">{words::column_act(lang)}</span></th>
                </tr>
            </thead>
            <tbody>{batches.iter().map(|batch| row(batch, lang)).collect_view()}</tbody>
        </table>
    }
}

fn row(batch: &BatchLine, lang: Lang) -> AnyView {
    let href = format!("/bulk/{}", batch.id);
    view! {
        <tr>
            <td><b>{words::name(batch, lang)}</b></td>
            <td class="muted"><Moment when=batch.made/>" "{batch.who.clone()}</td>
            <td class="num">
                <span class="card-only faint">{words::column_orders(lang)} " "</span>
                {number(batch.orders.all)}
            </td>
            <td><Pill tone=tone_of(batch) text=words::state(batch, lang)/></td>
            <td class="num"><A href=href attr:class="link">{words::open(lang)}</A></td>
        </tr>
    }
    .into_any()
}
