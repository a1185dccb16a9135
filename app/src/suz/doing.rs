//! The first question: whether СУЗ is needed at all.

use super::page;
use crate::{
    texts::{self, suz},
    ui::{Notice, Tone},
};
use desk::suz::{Doing, Need, need::need};
use leptos::prelude::*;
use leptos_router::components::A;

/// The question with its answer. It is a form of its own address, so that it is answered without scripts too.
#[component]
pub(super) fn FirstQuestion() -> impl IntoView {
    let lang = texts::lang();
    let query = page::query();
    let chosen = Memo::new(move |_| {
        query
            .read()
            .get_all("doing")
            .unwrap_or_default()
            .iter()
            .filter_map(|word| word.parse().ok())
            .collect::<Vec<Doing>>()
    });
    let choice = move |doing: &Doing| {
        let doing = *doing;
        let name = doing.as_str();
        view! {
            <label class="check">
                <input type="checkbox" name="doing" value=name checked=chosen.with_untracked(|all| all.contains(&doing))/>
                {suz::doing(doing, lang)}
            </label>
        }
    };
    view! {
        <section class="card pad stack">
            <div class="stack tight">
                <h2>{suz::need_question(lang)}</h2>
                <p class="muted">{suz::what(lang)}" "{suz::need_hint(lang)}</p>
            </div>
            <form method="get" action="/suz" class="stack">
                <div>{Doing::ALL.iter().map(choice).collect_view()}</div>
                <div class="top">
                    <button type="submit" class="btn" class:go=move || chosen.with(Vec::is_empty)>
                        {suz::need_ask(lang)}
                    </button>
                    <A href="/suz/connect" attr:class="link">{suz::need_skip(lang)}</A>
                </div>
            </form>
            {move || chosen.with(|all| need(all)).map(|need| view! { <Answer need=need/> })}
        </section>
    }
}

/// The answer, and where one goes from it.
#[component]
fn Answer(
    /// The answer.
    need: Need,
) -> impl IntoView {
    let lang = texts::lang();
    let (title, text) = suz::need(need, lang);
    let (tone, way) = match need {
        Need::Yes => (Tone::Ok, Some(("/suz/connect", suz::connect(lang)))),
        Need::No => (Tone::Off, Some(("/orders", texts::frame::to_orders(lang)))),
        Need::NotHere => (Tone::Warn, None),
    };
    view! {
        <Notice tone=tone text=title>
            <p>{text}</p>
            <div class="top">
                {way.map(|(href, name)| view! { <A href=href attr:class="btn go">{name}</A> })}
            </div>
        </Notice>
    }
}
