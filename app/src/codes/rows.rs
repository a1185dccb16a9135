//! The table of codes. On a phone the stylesheet makes each row a card.

use super::address;
use crate::{
    texts::{self, codes as words},
    ui::{
        Moment, Pill, Tone,
        code::{CodeView, ending},
    },
};
use desk::codes::{CodeRow, CodeState, OrderName};
use leptos::prelude::*;
use leptos_router::components::A;

/// What a state means at a glance.
pub(super) const fn tone(state: CodeState) -> Tone {
    match state {
        CodeState::Free | CodeState::Cancelled => Tone::Off,
        CodeState::Bound | CodeState::Returned => Tone::Warn,
        CodeState::Sent => Tone::Busy,
        CodeState::Accepted | CodeState::Verified => Tone::Ok,
        CodeState::Refused | CodeState::Rejected => Tone::Bad,
    }
}

/// The rows.
#[component]
pub(super) fn Rows(
    /// Newest first.
    rows: Vec<CodeRow>,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <table class="codes">
            <thead>
                <tr>
                    <th scope="col">{words::column_code(lang)}</th>
                    <th scope="col">{words::column_state(lang)}</th>
                    <th scope="col">{words::column_order(lang)}</th>
                    <th scope="col">{words::column_came(lang)}</th>
                    <th scope="col"><span class="vh">{words::column_act(lang)}</span></th>
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(|row| view! { <Row row=row/> }).collect_view()}</tbody>
        </table>
    }
}

/// One code.
#[component]
fn Row(
    /// The code.
    row: CodeRow,
) -> impl IntoView {
    let lang = texts::lang();
    let history = words::history_of(&ending(&row.text), lang);
    view! {
        <tr>
            <td class="what">
                {row.product.map(|name| view! { <div class="sub">{name}</div> })}
                <CodeView text=row.text/>
            </td>
            <td><Pill tone=tone(row.state) text=words::state(row.state, lang)/></td>
            <td>{row.order.map(order_link)}</td>
            <td class="sub">
                <Moment when=row.came/>
                {row.origin.map(|origin| view! { <div>{words::origin(origin, lang)}</div> })}
            </td>
            <td class="num">
                <A href=address::one(&row.key) attr:class="link" attr:aria-label=history>{words::history(lang)}</A>
            </td>
        </tr>
    }
}

/// An order's number that leads to it.
pub(super) fn order_link(order: OrderName) -> impl IntoView {
    view! { <A href=format!("/orders/{}", order.id) attr:class="link">{order.number.to_string()}</A> }
}
