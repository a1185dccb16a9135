//! Texts that lie in no slot, each with the ways out.

use super::{Order, Work, failed, following, intake::Opinion, open_to_change, scan};
use crate::{
    texts::{self, orders::scan as words},
    ui::{
        FailureView, Moment, Pill,
        code::{CodeView, RawText},
        part,
    },
};
use desk::{
    ids::LineId,
    orders::{IntakeView, placing::Verdict},
};
use leptos::prelude::*;
use leptos_router::components::A;
use std::sync::Arc;

/// The texts, when there are any.
#[component]
pub(super) fn Unplaced(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
) -> impl IntoView {
    let lang = texts::lang();
    let count = Memo::new(move |_| order.with(|order| order.unplaced.len()));
    let some = Memo::new(move |_| count.get() > 0);
    let may = Memo::new(move |_| order.with(|order| order.may.fill));
    let failure = move || {
        let placing = work
            .place_unplaced
            .value()
            .with(|answer| failed(answer.as_ref()));
        let dismissing = work.dismiss.value().with(|answer| failed(answer.as_ref()));
        placing
            .into_iter()
            .chain(dismissing)
            .map(|failure| view! { <FailureView failure=failure/> })
            .collect_view()
    };
    part(move || {
        some.get().then(|| {
            view! {
                <section class="card pad stack" aria-labelledby="unplaced">
                    <div class="top">
                        <h2 id="unplaced">{words::unplaced(lang)} " " <span class="faint">{count}</span></h2>
                        {move || {
                            (may.get() && count.get() > 1)
                                .then(|| {
                                    view! {
                                        <div class="right">
                                            <Dismiss work=work intake=String::new() text=words::dismiss_all(lang)/>
                                        </div>
                                    }
                                })
                        }}
                    </div>
                    <p class="muted">{words::unplaced_text(lang)}</p>
                    <For each=move || order.with(|order| order.unplaced.clone()) key=|text| text.id let:text>
                        <OneText work=work order=order first=text/>
                    </For>
                    {part(failure)}
                </section>
            }
        })
    })
}

/// One text: what it is, why it lies in no slot, what can be done.
#[component]
fn OneText(
    /// What is asked and done here.
    work: Work,
    /// The newest order.
    order: Signal<Arc<Order>>,
    /// The text as it was when it appeared.
    first: IntakeView,
) -> impl IntoView {
    let lang = texts::lang();
    let id = first.id;
    let text = following(order, first, move |order| {
        order.unplaced.iter().find(|text| text.id == id).cloned()
    });
    let lines = Memo::new(move |_| order.with(|order| scan::takers(order)));
    let rights = Memo::new(move |_| {
        order.with(|order| (order.may.fill, open_to_change(order), order.may.overrule))
    });
    part(move || {
        let text = text.get();
        let (fill, open, overrule) = rights.get();
        let opinion = Opinion::of(&text.raw, &text.verdict);
        let sentence = opinion.reason(lang).unwrap_or_else(|| {
            order.with(|order| words::sentence(&text.verdict, &order.lines, lang))
        });
        let code = match opinion.code() {
            Some(code) => view! { <CodeView text=code.to_owned()/> }.into_any(),
            None => view! { <RawText text=text.raw.clone() place=opinion.place()/> }.into_any(),
        };
        let notes = opinion
            .notes(lang)
            .into_iter()
            .map(|note| view! { <li>{note}</li> })
            .collect_view();
        let ways = open.then(|| ways(work, &text, &opinion, lines, overrule));
        view! {
            <div class="judged-line">
                <Pill tone=scan::tone(&text.verdict) text=words::word(&text.verdict, lang)/>
                <div class="stack tight">
                    {code}
                    <p>{sentence} " " <span class="faint"><Moment when=text.at/></span></p>
                    <ul class="remarks muted">{notes}</ul>
                    <div class="top">
                        {ways}
                        {fill.then(|| view! { <Dismiss work=work intake=id.to_string() text=words::dismiss(lang)/> })}
                    </div>
                </div>
            </div>
        }
    })
}

/// The ways out of a verdict, besides taking the text off the page.
fn ways(
    work: Work,
    text: &IntakeView,
    opinion: &Opinion,
    lines: Memo<Vec<(LineId, String)>>,
    overrule: bool,
) -> AnyView {
    let lang = texts::lang();
    let intake = text.id.to_string();
    match &text.verdict {
        Verdict::OtherProduct { .. } if !overrule => {
            view! { <span class="muted">{words::may_not_overrule(lang)}</span> }.into_any()
        }
        Verdict::OtherProduct { wanted, .. } => {
            view! { <PutInto work=work intake=intake lines=lines chosen=*wanted anyway=true/> }
                .into_any()
        }
        Verdict::BoundElsewhere { order, .. } => {
            let href = format!("/orders?search={order}");
            view! {
                <A href=href attr:class="btn">{words::open_order(lang)}</A>
                <PutInto work=work intake=intake lines=lines/>
            }
            .into_any()
        }
        Verdict::WhichLine { .. }
        | Verdict::NoRoom { .. }
        | Verdict::NotWanted
        | Verdict::Placed { .. } => {
            view! { <PutInto work=work intake=intake lines=lines/> }.into_any()
        }
        Verdict::WhichCode => {
            let readings = opinion
                .readings(lang)
                .into_iter()
                .map(|(code, meaning)| {
                    view! { <Reading work=work intake=intake.clone() code=code meaning=meaning/> }
                })
                .collect_view();
            view! { <ul class="readings">{readings}</ul> }.into_any()
        }
        Verdict::Unreadable | Verdict::AlreadyHere { .. } => ().into_any(),
    }
}

/// A choice of line and the button that puts the text there.
#[component]
fn PutInto(
    /// What is asked and done here.
    work: Work,
    /// The text.
    intake: String,
    /// The lines to choose from.
    lines: Memo<Vec<(LineId, String)>>,
    /// The line that the text was meant for.
    #[prop(optional_no_strip)]
    chosen: Option<LineId>,
    /// Whether a warning is overruled.
    #[prop(optional)]
    anyway: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let option = move |(id, name): (LineId, String)| {
        view! { <option value=id.to_string() selected=chosen == Some(id)>{name}</option> }
    };
    view! {
        <ActionForm action=work.place_unplaced>
            <div class="top">
                <input type="hidden" name="order" value=work.id.to_string()/>
                <input type="hidden" name="intake" value=intake/>
                <input type="hidden" name="anyway" value=anyway.to_string()/>
                <select class="field" name="line" aria-label=words::choose_line(lang) required=anyway>
                    {(!anyway).then(|| view! { <option value="">{words::by_product(lang)}</option> })}
                    {move || lines.get().into_iter().map(option).collect_view()}
                </select>
                <button type="submit" class="btn" disabled=move || work.place_unplaced.pending().get()>
                    {if anyway { words::put_anyway(lang) } else { words::put(lang) }}
                </button>
            </div>
        </ActionForm>
    }
}

/// One way to read a text, and the button that says it is meant.
#[component]
fn Reading(
    /// What is asked and done here.
    work: Work,
    /// The text.
    intake: String,
    /// The code it would be.
    code: String,
    /// What that is.
    meaning: String,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <li>
            <ActionForm action=work.place_unplaced>
                <div class="one-reading">
                    <input type="hidden" name="order" value=work.id.to_string()/>
                    <input type="hidden" name="intake" value=intake/>
                    <input type="hidden" name="reading" value=code.clone()/>
                    <div class="stack tight">
                        <CodeView text=code/>
                        <span class="muted">{meaning}</span>
                    </div>
                    <button type="submit" class="btn" disabled=move || work.place_unplaced.pending().get()>
                        {words::this_one(lang)}
                    </button>
                </div>
            </ActionForm>
        </li>
    }
}

/// Takes one text, or all, off the page.
#[component]
fn Dismiss(
    /// What is asked and done here.
    work: Work,
    /// The text; empty for all.
    intake: String,
    /// What the button says.
    text: &'static str,
) -> impl IntoView {
    view! {
        <ActionForm action=work.dismiss>
            <input type="hidden" name="order" value=work.id.to_string()/>
            <input type="hidden" name="intake" value=intake/>
            <button type="submit" class="btn quiet" disabled=move || work.dismiss.pending().get()>{text}</button>
        </ActionForm>
    }
}
