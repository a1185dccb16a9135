//! The pages of signing in and up: forms that work before the wasm is there.

use super::api::{SignIn, SignUp};
use crate::{
    texts::{self, account},
    ui::{Button, FailureView, Field, Look, PageTop},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;

/// Signing in.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<SignIn>::new();
    let failure = move || action.value().get().and_then(Result::err);
    view! {
        <PageTop title=account::sign_in(lang)/>
        <div class="card pad narrow">
            <ActionForm action=action>
                <div class="stack">
                    {move || failure().map(|failure| view! { <FailureView failure=failure/> })}
                    <Field label=account::email(lang) name="email" kind="email" autocomplete="username"/>
                    <Field
                        label=account::password(lang)
                        name="password"
                        kind="password"
                        autocomplete="current-password"
                    />
                    <div class="top">
                        <Button text=account::sign_in_act(lang) look=Look::Go pending=action.pending()/>
                    </div>
                </div>
            </ActionForm>
        </div>
        <p class="muted">
            {account::no_account(lang)}" "<A href="/signup" attr:class="link">{account::to_sign_up(lang)}</A>
        </p>
    }
}

/// Making an organisation.
#[component]
pub(crate) fn SignUpPage() -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<SignUp>::new();
    let failure = move || action.value().get().and_then(Result::err);
    view! {
        <PageTop title=account::sign_up(lang)/>
        <div class="card pad narrow">
            <ActionForm action=action>
                <div class="stack">
                    {move || failure().map(|failure| view! { <FailureView failure=failure/> })}
                    <Field
                        label=account::organisation(lang)
                        name="organisation"
                        autocomplete="organization"
                        hint=account::organisation_hint(lang)
                    />
                    <Field label=account::email(lang) name="email" kind="email" autocomplete="username"/>
                    <Field
                        label=account::password(lang)
                        name="password"
                        kind="password"
                        autocomplete="new-password"
                        minlength=account::SHORTEST_PASSWORD
                        hint=account::password_rule(lang)
                    />
                    <div class="top">
                        <Button text=account::sign_up_act(lang) look=Look::Go pending=action.pending()/>
                    </div>
                </div>
            </ActionForm>
        </div>
        <p class="muted">
            {account::have_account(lang)}" "<A href="/signin" attr:class="link">{account::to_sign_in(lang)}</A>
        </p>
    }
}
