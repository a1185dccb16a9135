//! Where the marketplace sends its notifications, and whether test orders are read.

use super::{
    super::api::{MakeHook, RemoveHook, SetTestOrders},
    acts::{Trouble, Which, reload_after},
};
use crate::{
    texts::{self, connections},
    ui::{Button, CopyButton, Look, Moment, Notice, Tone, part},
};
use desk::{
    connection::{ConnectionView, HookView},
    ids::MarketplaceConnectionId,
};
use leptos::{form::ActionForm, prelude::*};

/// Notifications and test orders of a connection, for those who may change it.
#[component]
pub(super) fn Extras(
    /// Which connection.
    id: MarketplaceConnectionId,
    /// What is known of it now.
    connection: Signal<Option<ConnectionView>>,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let hook = Memo::new(move |_| {
        connection.with(|connection| connection.as_ref().and_then(|one| one.hook.clone()))
    });
    let made = Memo::new(move |_| hook.with(Option::is_some));
    view! {
        <details>
            <summary class="btn">{connections::notifications(lang)}</summary>
            <div class="stack">
                <p class="muted">{connections::notifications_text(lang)}</p>
                {part(move || hook.get().map(|hook| view! { <Address hook=hook/> }))}
                <Making id=id made=made reload=reload/>
                {part(move || made.get().then(|| view! { <Removing id=id reload=reload/> }))}
            </div>
        </details>
        <TestOrders id=id connection=connection reload=reload/>
    }
}

/// The address to paste, and where.
#[component]
fn Address(
    /// The address with what is known of it.
    hook: HookView,
) -> impl IntoView {
    let lang = texts::lang();
    let address = hook.address.unwrap_or_default();
    let heard = match hook.heard {
        Some(when) => view! { {connections::heard(lang)}" "<Moment when=when/> }.into_any(),
        None => connections::not_heard(lang).into_any(),
    };
    view! {
        {hook
            .only_here
            .then(|| view! { <Notice tone=Tone::Warn text=connections::only_here(lang)/> })}
        <div class="top">
            <code class="mono address">{address.clone()}</code>
            <CopyButton label=connections::copy_address(lang) text=address/>
        </div>
        <p class="muted">{heard}</p>
        <ol class="plain-list guide">
            <li>{connections::guide_open(lang)}</li>
            <li>{connections::hook_settings(lang)}</li>
            <li>{connections::hook_paste(lang)}</li>
            <li>{connections::hook_events(lang)}</li>
        </ol>
    }
}

/// A first address, or another in the place of the one that is known to too many.
#[component]
fn Making(
    /// Which connection.
    id: MarketplaceConnectionId,
    /// Whether there is one already.
    made: Memo<bool>,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<MakeHook>::new();
    reload_after(action, reload);
    view! {
        <ActionForm action=action>
            <div class="stack">
                <Which id=id/>
                <Trouble outcome=move || action.value().get()/>
                {move || made.get().then(|| view! { <p class="hint">{connections::hook_replace_text(lang)}</p> })}
                <div class="top">
                    {part(move || {
                        let text = if made.get() {
                            connections::hook_replace(lang)
                        } else {
                            connections::hook_make(lang)
                        };
                        view! { <Button text=text pending=action.pending()/> }
                    })}
                </div>
            </div>
        </ActionForm>
    }
}

/// The end of an address.
#[component]
fn Removing(
    /// Which connection.
    id: MarketplaceConnectionId,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<RemoveHook>::new();
    reload_after(action, reload);
    view! {
        <ActionForm action=action>
            <div class="stack">
                <Which id=id/>
                <Trouble outcome=move || action.value().get()/>
                <div class="top">
                    <Button text=connections::hook_remove(lang) look=Look::Danger pending=action.pending()/>
                </div>
            </div>
        </ActionForm>
    }
}

/// The switch of test orders: a button that says what pressing it does.
#[component]
fn TestOrders(
    /// Which connection.
    id: MarketplaceConnectionId,
    /// What is known of it now.
    connection: Signal<Option<ConnectionView>>,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<SetTestOrders>::new();
    reload_after(action, reload);
    let on =
        Memo::new(move |_| connection.with(|one| one.as_ref().is_some_and(|one| one.test_orders)));
    view! {
        <ActionForm action=action>
            <Which id=id/>
            <Trouble outcome=move || action.value().get()/>
            {part(move || {
                let on = on.get();
                let text = if on {
                    connections::test_orders_off(lang)
                } else {
                    connections::test_orders_on(lang)
                };
                view! {
                    <input type="hidden" name="on" value=(!on).to_string()/>
                    <Button text=text pending=action.pending()/>
                }
            })}
        </ActionForm>
    }
}
