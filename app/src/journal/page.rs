//! The journal page.

use super::api::read_entries;
use crate::{
    failure::Failure,
    texts::{self, journal},
    ui::{Empty, FailureView, Moment, PageTop, Skeleton, part},
};
use desk::journal::EntryView;
use leptos::prelude::*;

/// The newest entries.
#[component]
pub(crate) fn JournalPage() -> impl IntoView {
    let lang = texts::lang();
    let entries = Resource::new(|| (), |()| read_entries());
    let list = move || {
        entries
            .get()
            .map(|outcome| view! { <Outcome outcome=outcome retry=move |()| entries.refetch()/> })
    };
    view! {
        <PageTop title=journal::title(lang)>
            <span class="muted">{journal::intro(lang)}</span>
        </PageTop>
        <div class="card">
            <Transition fallback=|| view! { <Skeleton lines=8/> }>{part(list)}</Transition>
        </div>
    }
}

/// The entries, that there are none, or why they cannot be shown.
#[component]
fn Outcome(
    /// What the server said.
    outcome: Result<Vec<EntryView>, Failure>,
    /// Asks again.
    #[prop(into)]
    retry: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    match outcome {
        Err(failure) => {
            view! { <div class="pad"><FailureView failure=failure retry=retry/></div> }.into_any()
        }
        Ok(entries) if entries.is_empty() => {
            view! { <Empty title=journal::empty(lang) text=journal::empty_text(lang)/> }.into_any()
        }
        Ok(entries) => view! { <Entries entries=entries/> }.into_any(),
    }
}

/// The table.
#[component]
fn Entries(
    /// Newest first.
    entries: Vec<EntryView>,
) -> impl IntoView {
    let lang = texts::lang();
    let row = move |entry: EntryView| {
        view! {
            <tr>
                <td class="keep muted"><Moment when=entry.at/></td>
                <td>{entry.who.unwrap_or_else(|| journal::program(lang).to_owned())}</td>
                <td><b>{journal::action(entry.action, lang)}</b></td>
                <td>{entry.subject}</td>
                <td class="mono muted">{entry.detail}</td>
            </tr>
        }
    };
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{journal::when(lang)}</th>
                    <th scope="col">{journal::who(lang)}</th>
                    <th scope="col">{journal::what(lang)}</th>
                    <th scope="col">{journal::subject(lang)}</th>
                    <th scope="col">{journal::detail(lang)}</th>
                </tr>
            </thead>
            <tbody>{entries.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
