//! The list of codes, newest first. What it shows is kept in the address.

use super::{address, api::list_codes, rows::Rows, search::Search};
use crate::{
    failure::Failure,
    texts::{self, codes as words},
    ui::{Empty, FailureView, PageTop, Skeleton, Tab, Tabs, part},
};
use desk::codes::{CodeList, CodeState, Cursor, Filter};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};

/// The list of codes.
#[component]
pub(crate) fn CodesPage() -> impl IntoView {
    let lang = texts::lang();
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(|query| Filter::read(|name| query.get(name))));
    let codes = Resource::new(move || filter.get(), list_codes);
    let shown = move || {
        codes.get().map(|outcome| {
            let retry = move |()| codes.refetch();
            view! { <Outcome outcome=outcome filter=filter.get_untracked() retry=retry/> }
        })
    };
    view! {
        <PageTop title=words::title(lang)>
            <span class="muted">{words::intro(lang)}</span>
        </PageTop>
        <Tabs label=words::states(lang) tabs=Signal::derive(move || tabs(&filter.get()))/>
        <Search filter=filter/>
        <Transition fallback=|| view! { <div class="card pad"><Skeleton lines=8/></div> }>{part(shown)}</Transition>
    }
}

/// The states as links; the other choices stay.
fn tabs(filter: &Filter) -> Vec<Tab> {
    let lang = texts::lang();
    let link = |state: Option<CodeState>| Tab {
        href: address::list(&Filter {
            state,
            after: None,
            ..filter.clone()
        }),
        name: state
            .map_or(words::all(lang), |state| words::tab(state, lang))
            .to_owned(),
        count: None,
        current: state == filter.state,
    };
    std::iter::once(None)
        .chain(CodeState::ALL.iter().copied().map(Some))
        .map(link)
        .collect()
}

/// The codes, that there are none, or why they cannot be shown.
#[component]
fn Outcome(
    /// What the server said.
    outcome: Result<CodeList, Failure>,
    /// What was asked.
    filter: Filter,
    /// Asks again.
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let list = match outcome {
        Err(failure) => return view! { <FailureView failure=failure retry=retry/> }.into_any(),
        Ok(list) => list,
    };
    if !list.any {
        return view! {
            <div class="card pad">
                <Empty title=words::no_codes(lang) text=words::no_codes_text(lang)>
                    <A href="/orders" attr:class="btn go">{words::to_orders(lang)}</A>
                </Empty>
            </div>
        }
        .into_any();
    }
    if list.rows.is_empty() {
        return view! {
            <div class="card pad">
                <Empty title=words::nothing_found(lang) text=words::nothing_found_text(lang)>
                    <A href="/codes" attr:class="btn">{words::show_all(lang)}</A>
                </Empty>
            </div>
        }
        .into_any();
    }
    let export = list
        .may_export
        .then(|| view! { <Export filter=filter.clone()/> });
    view! {
        <div class="card"><Rows rows=list.rows/></div>
        <div class="top">
            <Pages filter=filter next=list.next/>
            {export}
        </div>
    }
    .into_any()
}

/// The way to the next page and back to the newest.
#[component]
fn Pages(
    /// What is shown.
    filter: Filter,
    /// Where the next page begins.
    next: Option<Cursor>,
) -> impl IntoView {
    let lang = texts::lang();
    let behind = filter.after.is_some();
    let to = |after: Option<Cursor>| {
        address::list(&Filter {
            after,
            ..filter.clone()
        })
    };
    let first =
        behind.then(|| view! { <A href=to(None) attr:class="btn">{words::to_newest(lang)}</A> });
    let forward = next.map(|next| {
        view! { <A href=to(Some(next)) attr:class="btn" attr:rel="next">{words::older(lang)}</A> }
    });
    (behind || forward.is_some())
        .then(|| view! { <nav class="top" aria-label=words::pages(lang)>{first}{forward}</nav> })
}

/// What is filtered, as a file.
#[component]
fn Export(
    /// What is shown.
    filter: Filter,
) -> impl IntoView {
    let lang = texts::lang();
    view! {
        <div class="top right">
            <a class="btn" href=address::file(&filter, true) rel="external" download="">{words::export(lang)}</a>
            <a class="link" href=address::file(&filter, false) rel="external" download="">{words::export_plain(lang)}</a>
        </div>
    }
}
