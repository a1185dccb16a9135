//! The connections page: keys with what they may do, and adding one.

mod acts;
mod add;
mod card;
mod hook;
mod report;
mod sync;

use super::api::get_connections;
use crate::{
    failure::Failure,
    live,
    texts::{self, connections},
    ui::{Empty, FailureView, PageTop, Skeleton, part},
};
use add::AddConnectionForm;
use card::ConnectionCard;
use desk::{
    connection::{ConnectionView, ConnectionsPage as Connections},
    ids::MarketplaceConnectionId,
};
use leptos::prelude::*;

/// What the server says of the connections.
type Answer = Resource<Result<Connections, Failure>>;

/// The connections page.
#[component]
pub(crate) fn ConnectionsPage() -> impl IntoView {
    let lang = texts::lang();
    let answer: Answer = Resource::new(|| (), |()| get_connections());
    live::on_change(move |news| {
        if news.concerns_connections() {
            answer.refetch();
        }
    });
    view! {
        <PageTop title=connections::title(lang)/>
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=6/></div> }>
            <Page answer=answer/>
        </Transition>
    }
}

/// The page once it is loaded. News change the words of a card, not the card, so that a form half filled in stays.
#[component]
fn Page(
    /// What the server says.
    answer: Answer,
) -> impl IntoView {
    let standing = Memo::new(move |_| answer.get().map(|page| page.map(|page| page.may_manage)));
    part(move || match standing.get() {
        None => ().into_any(),
        Some(Err(failure)) => {
            view! { <FailureView failure=failure retry=Callback::new(move |()| answer.refetch())/> }
                .into_any()
        }
        Some(Ok(may_manage)) => view! { <List answer=answer may_manage=may_manage/> }.into_any(),
    })
}

/// The cards, and the form under them.
#[component]
fn List(
    /// What the server says.
    answer: Answer,
    /// Whether the person may change anything.
    may_manage: bool,
) -> impl IntoView {
    let all = Memo::new(move |_| {
        answer
            .get()
            .and_then(Result::ok)
            .map(|page| page.connections)
            .unwrap_or_default()
    });
    let ids = Memo::new(move |_| all.with(|all| all.iter().map(|one| one.id).collect::<Vec<_>>()));
    let reload = Callback::new(move |()| answer.refetch());
    let card = move |id: MarketplaceConnectionId| {
        let view = Memo::new(move |_| all.with(|all| find(all, id)));
        view! { <ConnectionCard id=id connection=view may_manage=may_manage reload=reload/> }
    };
    view! {
        {move || ids.with(Vec::is_empty).then(|| view! { <Nothing may_manage=may_manage/> })}
        <For each=move || ids.get() key=|id| *id children=card/>
        // A connection more means that the form has done its work: a new one takes its place.
        {move || {
            let first = ids.with(Vec::is_empty);
            may_manage.then(|| view! { <AddConnectionForm first=first reload=reload/> })
        }}
    }
}

fn find(all: &[ConnectionView], id: MarketplaceConnectionId) -> Option<ConnectionView> {
    all.iter().find(|one| one.id == id).cloned()
}

/// No connections yet.
#[component]
fn Nothing(
    /// Whether the person may add one.
    may_manage: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let text = if may_manage {
        connections::empty_text(lang)
    } else {
        connections::empty_for_others(lang)
    };
    view! { <div class="card"><Empty title=connections::empty(lang) text=text/></div> }
}
