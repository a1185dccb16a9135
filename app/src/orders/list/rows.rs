//! The table of the order list. On a phone the stylesheet makes each row a card.

use crate::{
    texts::{self, number, orders as words},
    ui::{Bar, Moment, Pill, Tone},
};
use cis::Lang;
use desk::orders::{OrderList, OrderRow, WorkState, due::Due};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// What a row means at a glance: nobody is blamed for an order that nobody has begun.
const fn tone(row: &OrderRow) -> Tone {
    if matches!(row.work, WorkState::NeedsCodes) && row.filled == 0 {
        Tone::Off
    } else {
        tone_of(row.work)
    }
}

/// What a state of work means at a glance.
pub(in crate::orders) const fn tone_of(work: WorkState) -> Tone {
    match work {
        WorkState::NeedsCodes => Tone::Warn,
        WorkState::Ready | WorkState::Accepted | WorkState::ToShip => Tone::Ok,
        WorkState::Sending | WorkState::Unknown | WorkState::Checking => Tone::Busy,
        WorkState::Trouble | WorkState::Rework => Tone::Bad,
        WorkState::NotMarked | WorkState::OtherModel | WorkState::Shipped | WorkState::Closed => {
            Tone::Off
        }
    }
}

/// Whether a deadline presses: today, past, or within hours, while the order still waits for somebody.
fn presses(row: &OrderRow) -> bool {
    let waits = !matches!(
        row.work,
        WorkState::Accepted | WorkState::NotMarked | WorkState::Shipped | WorkState::Closed
    );
    waits && row.ship_by.is_some_and(|when| when.days_ahead <= 0)
}

/// The rows. A row keeps its place and focus while its contents change.
#[component]
pub(super) fn Rows(
    /// The newest list.
    list: Memo<Option<Arc<OrderList>>>,
) -> impl IntoView {
    let lang = texts::lang();
    let rows = move || {
        list.with(|list| {
            list.as_ref()
                .map(|list| list.rows.clone())
                .unwrap_or_default()
        })
    };
    view! {
        <table class="orders">
            <thead>
                <tr>
                    <th scope="col">{words::list::column_order(lang)}</th>
                    <th scope="col">{words::list::column_shop(lang)}</th>
                    <th scope="col">{words::list::column_ship(lang)}</th>
                    <th scope="col" class="num">{words::list::column_units(lang)}</th>
                    <th scope="col">{words::list::column_codes(lang)}</th>
                    <th scope="col">{words::list::column_state(lang)}</th>
                    <th scope="col"><span class="vh">{words::list::column_act(lang)}</span></th>
                </tr>
            </thead>
            <tbody>
                <For each=rows key=|row| row.id let:row>
                    <Row first=row list=list/>
                </For>
            </tbody>
        </table>
    }
}

/// One order.
#[component]
fn Row(
    /// The row as it was when it appeared.
    first: OrderRow,
    /// The newest list.
    list: Memo<Option<Arc<OrderList>>>,
) -> impl IntoView {
    let lang = texts::lang();
    let id = first.id;
    let row = Memo::new(move |before: Option<&OrderRow>| {
        let newest = list.with(|list| {
            list.as_ref()
                .and_then(|list| list.rows.iter().find(|row| row.id == id).cloned())
        });
        newest
            .or_else(|| before.cloned())
            .unwrap_or_else(|| first.clone())
    });
    // One closure draws the whole row: its elements stay when it is drawn again, and so does the focus.
    view! { <tr>{move || row.with(|row| cells(row, lang))}</tr> }
}

/// The cells of a row.
fn cells(row: &OrderRow, lang: Lang) -> AnyView {
    let late = if presses(row) { "late" } else { "" };
    let deadline = row.ship_by.map(|when| {
        let passed = Due::of(&when) == Some(Due::Overdue) && presses(row);
        let passed = passed.then(|| view! { " " <small>{words::list::overdue(lang)}</small> });
        view! { <span class=late><Moment when=when/>{passed}</span> }.into_any()
    });
    let bar_tone = if matches!(row.work, WorkState::Trouble | WorkState::Rework) {
        Tone::Bad
    } else {
        Tone::Ok
    };
    let bar = (row.wanted > 0).then(|| {
        let label = words::list::filled(row, lang);
        view! { <Bar label=label value=row.filled max=row.wanted tone=bar_tone/> }.into_any()
    });
    let (act, act_on) = (
        words::list::act(row.work, lang),
        words::list::act_on(row, lang),
    );
    let href = format!("/orders/{}", row.id);
    let model = row.model.as_ref().map(|model| words::model(model, lang));
    view! {
        <td>
            <b>{row.number.to_string()}</b>
            " "
            <span class="faint">{model}</span>
            {row.fake.then(|| view! { " " <Pill tone=Tone::Off text=words::list::fake(lang)/> })}
        </td>
        <td class="shop">{row.shop.clone()}</td>
        <td>{deadline}</td>
        <td class="num">
            <span class="card-only faint">{words::list::column_units(lang)} " "</span>
            {number(row.units)}
        </td>
        <td>{bar}</td>
        <td><Pill tone=tone(row) text=words::list::state(row, lang)/></td>
        <td class="num">
            <A href=href attr:class="link" attr:aria-label=act_on>{act}</A>
        </td>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::{
        ids::{MarketOrderId, OrderId},
        time::{Timestamp, When},
    };

    fn row(work: WorkState, days_ahead: i32) -> OrderRow {
        let when = When {
            at: Timestamp(0),
            days_ahead,
            minutes_ahead: i64::from(days_ahead) * 1440,
            year: 2026,
            month: 11,
            day: 26,
            hour: 18,
            minute: 0,
            timed: true,
        };
        OrderRow {
            id: OrderId::from_parts(1, [1; 10]),
            number: MarketOrderId(1),
            model: None,
            shop: "Обувь".into(),
            ship_by: Some(when),
            units: 1,
            wanted: 1,
            filled: 0,
            fake: false,
            work,
        }
    }

    #[test]
    fn a_deadline_of_today_presses_until_the_codes_are_accepted() {
        assert!(presses(&row(WorkState::NeedsCodes, 0)));
        assert!(presses(&row(WorkState::Trouble, -2)));
        assert!(!presses(&row(WorkState::NeedsCodes, 1)));
        assert!(!presses(&row(WorkState::Accepted, 0)));
    }

    #[test]
    fn an_order_begun_asks_for_more_attention_than_one_untouched() {
        assert_eq!(tone(&row(WorkState::NeedsCodes, 1)), Tone::Off);
        assert_eq!(
            tone(&OrderRow {
                wanted: 2,
                filled: 1,
                ..row(WorkState::NeedsCodes, 1)
            }),
            Tone::Warn
        );
    }
}
