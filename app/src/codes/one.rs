//! The page of one code: taken apart, to take away, and everything that happened to it.

use super::{
    api::get_code,
    rows::{order_link, tone},
    steps::Steps,
};
use crate::{
    failure::Failure,
    texts::{self, check, codes as words},
    ui::{CopyButton, FailureView, Moment, PageTop, Pill, Skeleton, code::CodeView, part},
};
use cis::escape;
use desk::codes::{CodePage as Page, CodeRow, StockSource};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};

/// One code, by the key in the address.
#[component]
pub(crate) fn CodePage() -> impl IntoView {
    let lang = texts::lang();
    let query = use_query_map();
    let key = Memo::new(move |_| query.with(|query| query.get("key").unwrap_or_default()));
    let code = Resource::new(move || key.get(), get_code);
    let shown = move || {
        code.get()
            .map(|outcome| view! { <Outcome outcome=outcome retry=move |()| code.refetch()/> })
    };
    view! {
        <PageTop title=words::one_title(lang)>
            <A href="/codes" attr:class="link right">{words::to_all(lang)}</A>
        </PageTop>
        <Transition fallback=|| view! { <div class="card pad"><Skeleton lines=8/></div> }>{part(shown)}</Transition>
    }
}

/// The code, or why it cannot be shown.
#[component]
fn Outcome(
    /// What the server said.
    outcome: Result<Page, Failure>,
    /// Asks again.
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    match outcome {
        Err(failure) => view! { <FailureView failure=failure retry=retry/> }.into_any(),
        Ok(page) => view! {
            <section class="card pad stack">
                <About code=page.code/>
                {page.source.map(|source| view! { <Source source=source/> })}
            </section>
            <section class="card pad stack">
                <h2>{words::happened(lang)}</h2>
                <Steps steps=page.steps/>
            </section>
        }
        .into_any(),
    }
}

/// Where a code of the stock comes from: its order, its block, its end.
#[component]
fn Source(source: StockSource) -> impl IntoView {
    let lang = texts::lang();
    let from = match (source.emission, source.file) {
        (Some(order), _) => view! {
            <A href=format!("/suz/orders/{order}") attr:class="link">{words::from_order(lang)}</A>
        }
        .into_any(),
        (None, file) => view! { {words::from_file(lang)} " " {file} }.into_any(),
    };
    view! {
        <div class="sub top">
            <span>{from}</span>
            <span>{words::block(lang)} " " <span class="mono">{source.block}</span></span>
            {source.expires.map(|when| {
                let word = if when.minutes_ahead < 0 { words::expired } else { words::expires };
                view! { <span>{word(lang)} " " <Moment when=when/></span> }
            })}
        </div>
    }
}

/// What it is, where it stands, and what can be taken away.
#[component]
fn About(
    /// The code.
    code: CodeRow,
) -> impl IntoView {
    let lang = texts::lang();
    let identity = code
        .key
        .split_once(':')
        .map(|(_, identity)| identity.to_owned());
    let escaped = escape::json::quoted(&code.text).to_string();
    view! {
        <div class="top">
            <Pill tone=tone(code.state) text=words::state(code.state, lang)/>
            {code.order.map(|order| view! { <span>{words::in_order(lang)} " " {order_link(order)}</span> })}
        </div>
        {code.product.map(|name| view! { <p class="lead">{name}</p> })}
        <p class="whole"><CodeView text=code.text.clone() whole=true/></p>
        <p class="muted">{words::state_means(code.state, lang)}</p>
        <div class="top">
            <CopyButton label=check::copy_code(lang) text=code.text/>
            <CopyButton label=check::copy_json(lang) text=escaped/>
            {identity.map(|identity| view! { <CopyButton label=check::copy_ki(lang) text=identity/> })}
        </div>
    }
}
