//! The goods of an order: what СУЗ says of each, and what lies in the stock.

use super::{
    super::list::{Expiry, bounded},
    Shown,
};
use crate::{
    texts::{self, number, suz, suz::orders as words},
    ui::{Bar, Moment, Pill, Tone, part},
};
use desk::{
    suz::emission::{BufferStatus, view::EmissionLineView},
    time::When,
};
use leptos::prelude::*;
use leptos_router::components::A;

/// The table.
#[component]
pub(super) fn Lines(now: Memo<Shown>) -> impl IntoView {
    let lang = texts::lang();
    let lines = Memo::new(move |_| {
        now.with(|now| {
            let unused = |line: &EmissionLineView| {
                let gtin = line.gtin.as_str();
                let held = now.receiving.iter().find(|one| one.gtin == gtin);
                held.and_then(|one| one.expires)
            };
            let lines = now.page.lines.iter();
            lines
                .map(|line| (line.clone(), unused(line)))
                .collect::<Vec<_>>()
        })
    });
    view! {
        <section class="card" aria-label=words::goods(lang)>
            <table class="buffers">
                <thead>
                    <tr>
                        <th scope="col">{words::column_goods(lang)}</th>
                        <th scope="col" class="num">{words::column_ordered(lang)}</th>
                        <th scope="col">{words::column_suz(lang)}</th>
                        <th scope="col">{words::column_here(lang)}</th>
                        <th scope="col"><span class="vh">{words::column_next(lang)}</span></th>
                    </tr>
                </thead>
                <tbody>
                    {part(move || {
                        let lines = lines.get().into_iter();
                        lines.map(|(line, unused)| view! { <Line line=line unused=unused/> }).collect_view()
                    })}
                </tbody>
            </table>
        </section>
    }
}

/// What a buffer's state means at a glance.
const fn tone(status: &BufferStatus) -> Tone {
    match status {
        BufferStatus::Pending | BufferStatus::Other(_) => Tone::Busy,
        BufferStatus::Active => Tone::Warn,
        BufferStatus::Exhausted => Tone::Ok,
        BufferStatus::Rejected => Tone::Bad,
        BufferStatus::Closed => Tone::Off,
    }
}

/// One GTIN.
#[component]
fn Line(
    line: EmissionLineView,
    /// When codes of it that lie in the stock are annulled unused.
    unused: Option<When>,
) -> impl IntoView {
    let lang = texts::lang();
    let gtin = line.gtin.to_string();
    let key = gtin.clone();
    let print = (line.received > 0).then(|| {
        view! { <A href=format!("/suz/stock/{gtin}") attr:class="link">{words::labels(lang)}</A> }
    });
    let count = |name: &'static str, count: Option<u64>| {
        count.filter(|count| *count > 0).map(|count| {
            view! { <span class="sub keep">{name}" "{number(bounded(count))}</span> " " }
        })
    };
    let status = line.status.as_ref().map(|status| {
        view! { <Pill tone=tone(status) text=words::buffer(status, lang)/> }
    });
    let rejection = line.rejection.clone().map(|said| {
        view! { <p class="their-words"><span class="faint">{suz::server_said(lang)}</span><q lang="">{said}</q></p> }
    });
    let cause = line.cause.map(|cause| {
        let words = suz::causes::cause(cause, lang);
        view! { <p><b>{words.title}</b>" "{words.way_out}</p> }
    });
    let unused = unused.map(|when| {
        let left = words::days_left(&when, lang).map(|left| format!(", {left}"));
        view! { <div class="sub">{words::unused_end(lang)}" "<Moment when=when/>{left}</div> }
    });
    let whole = line.received >= u64::from(line.quantity);
    view! {
        <tr data-gtin=key>
            <td>
                {line.name.clone().map(|name| view! { <div>{name}</div> })}
                <span class="mono">{gtin}</span>
                <div class="sub">{words::line_details(&line, lang)}</div>
            </td>
            <td class="num keep"><span class="card-only faint">{words::column_ordered(lang)}" "</span>{number(line.quantity)}</td>
            <td>
                {status}
                <div>
                    {count(words::available(lang), line.available)}
                    {count(words::passed(lang), line.passed)}
                    {count(words::unavailable(lang), line.unavailable)}
                </div>
                <Expiry expires=line.expires warning=line.warning/>
                {cause}
                {rejection}
            </td>
            <td>
                <span class="card-only faint">{words::column_here(lang)}" "</span>
                <span class="keep">{number(bounded(line.received))}</span>
                <Bar
                    label=words::column_here(lang)
                    value=bounded(line.received)
                    max=line.quantity
                    tone={if whole { Tone::Ok } else { Tone::Busy }}
                />
                {unused}
            </td>
            <td class="num">{print}</td>
        </tr>
    }
}
