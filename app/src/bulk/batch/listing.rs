//! The rows of a batch, or its orders.

use crate::{
    texts::{self, bulk as words, number},
    ui::{
        Empty, Pill, TheirWordsView, Tone,
        code::{CodeView, RawText},
    },
};
use cis::{Lang, MarkingCode};
use desk::{
    bulk::{BatchPage as Page, Fate, Listing, Outlook, ResultView, RowKind, RowView},
    ids::OrderId,
    submission::SubmissionState,
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// What is shown of a batch.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub(super) fn ListingView(
    /// The batch.
    page: Arc<Page>,
) -> impl IntoView {
    let lang = texts::lang();
    if page.found == 0 {
        return view! { <Empty title=words::nothing(lang) text=""/> }.into_any();
    }
    match &page.listing {
        Listing::Rows(rows) => rows_table(rows, lang),
        Listing::Orders(orders) => orders_table(orders, lang),
    }
}

fn rows_table(rows: &[RowView], lang: Lang) -> AnyView {
    view! {
        <table class="batch-rows">
            <thead>
                <tr>
                    <th scope="col" class="num">{words::column_line(lang)}</th>
                    <th scope="col">{words::column_order(lang)}</th>
                    <th scope="col">{words::column_code(lang)}</th>
                    <th scope="col">{words::column_verdict(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows.iter().map(|row| one_row(row, lang)).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn one_row(row: &RowView, lang: Lang) -> AnyView {
    let tone = match row.kind {
        RowKind::Waiting => Tone::Off,
        RowKind::Good => Tone::Ok,
        RowKind::Repaired => Tone::Warn,
        RowKind::Trouble => Tone::Bad,
    };
    let code = if row.code.parse::<MarkingCode>().is_ok() {
        view! { <CodeView text=row.code.clone()/> }.into_any()
    } else {
        view! { <RawText text=row.code.clone()/> }.into_any()
    };
    view! {
        <tr>
            <td class="num faint">
                <span class="card-only">{words::column_line(lang)} " "</span>
                {number(row.line)}
            </td>
            <td>{to_order(row.order, row.number.clone())}</td>
            <td>{code}</td>
            <td>
                <Pill tone=tone text=words::kind(row.kind, lang)/>
                " "
                <span class="muted">{row.says.clone()}</span>
            </td>
        </tr>
    }
    .into_any()
}

fn orders_table(orders: &[ResultView], lang: Lang) -> AnyView {
    view! {
        <table class="batch-rows">
            <thead>
                <tr>
                    <th scope="col">{words::column_order(lang)}</th>
                    <th scope="col" class="num">{words::column_codes(lang)}</th>
                    <th scope="col">{words::column_state(lang)}</th>
                    <th scope="col">{words::column_verdict(lang)}</th>
                </tr>
            </thead>
            <tbody>{orders.iter().map(|order| one_order(order, lang)).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// What an order's fate means at a glance.
fn tone_of(order: &ResultView) -> Tone {
    use SubmissionState as S;
    match (order.fate, order.submission) {
        (Fate::Waiting, _) | (Fate::Sent, Some(S::Superseded)) => Tone::Off,
        (Fate::Stays, _) if order.outlook == Some(Outlook::SentBefore) => Tone::Off,
        (Fate::Stays, _) => Tone::Warn,
        (Fate::Goes, _) | (Fate::Sent, Some(S::Accepted)) => Tone::Ok,
        (Fate::Sent, Some(S::Refused | S::Conflict)) => Tone::Bad,
        (Fate::Sent, _) => Tone::Busy,
    }
}

fn one_order(order: &ResultView, lang: Lang) -> AnyView {
    let refusal = order
        .refusal
        .clone()
        .map(|refusal| view! { <TheirWordsView words=refusal/> });
    view! {
        <tr>
            <td><b>{to_order(order.order, order.number.to_string())}</b></td>
            <td class="num">
                <span class="card-only faint">{words::column_codes(lang)} " "</span>
                {number(order.rows)}
            </td>
            <td><Pill tone=tone_of(order) text=words::fate(order, lang)/></td>
            <td>
                <span class="muted">{order.says.clone()}</span>
                {refusal}
            </td>
        </tr>
    }
    .into_any()
}

fn to_order(order: Option<OrderId>, number: String) -> AnyView {
    match order {
        Some(id) => {
            view! { <A href=format!("/orders/{id}") attr:class="link">{number}</A> }.into_any()
        }
        None => number.into_any(),
    }
}
