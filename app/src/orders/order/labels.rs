//! The labels of an order's boxes: links to the file that the marketplace draws.

use super::{Order, boxed};
use crate::{
    texts::{self, orders::shipping as words},
    ui::{Moment, Notice, Tone, part},
};
use cis::Lang;
use desk::{ids::OrderId, orders::WorkState, time::When};
use leptos::prelude::*;
use std::sync::Arc;

/// What is known of the labels.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    id: OrderId,
    /// Whether the marketplace holds boxes that it can draw labels for.
    stored: bool,
    /// When they were fetched last, and whether the boxes changed since.
    printed: Option<(When, bool)>,
}

/// Nothing for orders that have no boxes, are over, or are not for this person to send.
fn known(order: &Order) -> Option<Known> {
    (boxed(order) && order.may.send && order.work != WorkState::Closed).then_some(Known {
        id: order.id,
        stored: !order.boxes.is_empty(),
        printed: order.labels,
    })
}

/// The part «labels».
#[component]
pub(super) fn Labels(
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let known = Memo::new(move |_| order.with(|order| known(order)));
    part(move || known.get().map(|known| labels(&known)))
}

fn labels(known: &Known) -> AnyView {
    let lang = texts::lang();
    let body = if known.stored {
        files(known, lang)
    } else {
        view! { <p class="muted">{words::no_labels(lang)}</p> }.into_any()
    };
    let stale = known.printed.is_some_and(|(_, stale)| stale);
    view! {
        <section class="card pad stack" aria-labelledby="labels">
            <div class="top">
                <h2 id="labels">{words::labels(lang)}</h2>
                {known
                    .printed
                    .map(|(when, _)| view! { <span class="right muted">{words::printed(lang)} " " <Moment when=when/></span> })}
            </div>
            {stale.then(|| view! { <Notice tone=Tone::Warn text=words::stale(lang)/> })}
            {body}
        </section>
    }
    .into_any()
}

/// The links. Without a format the server takes the one that was printed last, which it keeps in a cookie.
fn files(known: &Known, lang: Lang) -> AnyView {
    let address = format!("/orders/{}/labels.pdf", known.id);
    let formats = words::FORMATS
        .into_iter()
        .map(|(format, ru, en)| {
            let name = match lang {
                Lang::Ru => ru,
                Lang::En => en,
            };
            let href = format!("{address}?format={format}");
            view! { <a class="link" href=href target="_blank" rel="external noopener">{name}</a> }
        })
        .collect_view();
    view! {
        <div class="top">
            <a class="btn" href=address target="_blank" rel="external noopener">{words::print(lang)}</a>
            <span class="muted">{words::other_formats(lang)}</span>
            {formats}
        </div>
        <p class="faint">{words::print_hint(lang)}</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::order;
    use desk::{marketplace::StoredBox, submission::Carrier};

    #[test]
    fn labels_come_with_the_boxes_that_the_market_holds() {
        let mut order = order(vec![]);
        assert_eq!(known(&order), None, "an order without boxes has no labels");
        order.carrier = Some(Carrier::Boxes);
        assert!(!known(&order).unwrap().stored);
        order.boxes = vec![StoredBox::default()];
        assert!(known(&order).unwrap().stored);
        order.may.send = false;
        assert_eq!(known(&order), None);
    }
}
