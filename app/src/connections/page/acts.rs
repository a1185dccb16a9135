//! What can be done with a connection: forms, so that they work without scripts.

use super::super::api::{Recheck, ReplaceKey, Retire, SyncConnection};
use crate::{
    failure::Failure,
    texts::{self, connections},
    ui::{Button, FailureView, Field, Look, part},
};
use desk::{connection::ConnectionsPage, ids::MarketplaceConnectionId};
use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};

/// The buttons of a connection. What takes something away asks in an opened part, never at one press.
#[component]
pub(super) fn Acts(
    /// Which connection.
    id: MarketplaceConnectionId,
    /// Whether the person may change it.
    may_manage: bool,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let sync = ServerAction::<SyncConnection>::new();
    let recheck = ServerAction::<Recheck>::new();
    let outcome = move || sync.value().get().or_else(|| recheck.value().get());
    reload_after(sync, reload);
    reload_after(recheck, reload);
    view! {
        <div class="stack">
            <Trouble outcome=outcome/>
            <div class="acts">
                <ActionForm action=sync>
                    <Which id=id/>
                    <Button text=connections::sync(lang) pending=sync.pending()/>
                </ActionForm>
                {may_manage
                    .then(|| {
                        view! {
                            <ActionForm action=recheck>
                                <Which id=id/>
                                <Button text=connections::recheck(lang) pending=recheck.pending()/>
                            </ActionForm>
                            <Replace id=id reload=reload/>
                            <Retiring id=id reload=reload/>
                        }
                    })}
            </div>
        </div>
    }
}

/// Another key in the place of the old one.
#[component]
fn Replace(
    /// Which connection.
    id: MarketplaceConnectionId,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<ReplaceKey>::new();
    reload_after(action, reload);
    view! {
        <details>
            <summary class="btn">{connections::replace(lang)}</summary>
            <ActionForm action=action>
                <div class="stack narrow">
                    <Which id=id/>
                    <Trouble outcome=move || action.value().get()/>
                    <Field
                        label=connections::new_key(lang)
                        name="key"
                        scope=format!("{id}-")
                        hint=connections::key_hint(lang)
                        mono=true
                    />
                    <div class="top">
                        <Button text=connections::replace_act(lang) look=Look::Go pending=action.pending()/>
                    </div>
                </div>
            </ActionForm>
        </details>
    }
}

/// The end of a connection.
#[component]
fn Retiring(
    /// Which connection.
    id: MarketplaceConnectionId,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<Retire>::new();
    reload_after(action, reload);
    view! {
        <details>
            <summary class="btn danger">{connections::retire(lang)}</summary>
            <ActionForm action=action>
                <div class="stack">
                    <Which id=id/>
                    <Trouble outcome=move || action.value().get()/>
                    <p>{connections::retire_text(lang)}</p>
                    <div class="top">
                        <Button text=connections::retire_act(lang) look=Look::Danger pending=action.pending()/>
                    </div>
                </div>
            </ActionForm>
        </details>
    }
}

/// The connection that a form is about.
#[component]
pub(super) fn Which(
    /// Which.
    id: MarketplaceConnectionId,
) -> impl IntoView {
    view! { <input type="hidden" name="id" value=id.to_string()/> }
}

/// Why an act did not work; nothing while it has not been tried, or worked.
#[component]
pub(super) fn Trouble(
    /// What became of the act.
    outcome: impl Fn() -> Option<Result<ConnectionsPage, Failure>> + Send + Sync + 'static,
) -> impl IntoView {
    part(move || {
        outcome()
            .and_then(Result::err)
            .map(|failure| view! { <FailureView failure=failure/> })
    })
}

/// Loads the page's data again once an act has worked.
pub(super) fn reload_after<Act>(action: ServerAction<Act>, reload: Callback<()>)
where
    Act: ServerFn<Output = ConnectionsPage, Error = Failure> + Clone + Send + Sync + 'static,
{
    Effect::new(move |_| {
        if action
            .value()
            .with(|outcome| matches!(outcome, Some(Ok(_))))
        {
            reload.run(());
        }
    });
}
