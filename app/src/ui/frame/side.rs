//! The navigation.

use crate::{
    account::api::SignOut,
    root::use_who,
    texts::{self, frame, number},
    ui::{Act, BrandMark, part},
};
use desk::account::{Permission, Profile};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{components::A, hooks::use_location, location::Url};

/// The mark, the sections that the visitor may open, the account and the language.
#[component]
pub(super) fn Side() -> impl IntoView {
    let lang = texts::lang();
    let who = use_who();
    // The parts around the check of a code appear once it is known who is here; the check itself is there at once.
    let inner = move || {
        who.profile()
            .map(|profile| view! { <Work orders=profile.orders_needing_codes packs=profile.role.may(Permission::FillSlots)/> })
    };
    let organisation = move || {
        who.profile()
            .map(|profile| view! { <Organisation profile=profile/> })
    };
    let account = move || {
        Some(match who.profile() {
            Some(profile) => view! { <Account email=profile.email/> }.into_any(),
            None => {
                view! { <A href="/signin" attr:class="nav">{frame::sign_in(lang)}</A> }.into_any()
            }
        })
    };
    view! {
        <header class="side">
            <A href="/" exact=true attr:class="brand"><BrandMark/>{frame::product(lang)}</A>
            <nav class="menu" aria-label=frame::navigation(lang)>
                <Transition>{part(inner)}</Transition>
                <span class="nav-h">{frame::without_account(lang)}</span>
                <A href="/check" attr:class="nav">{frame::check(lang)}</A>
                <Transition>{part(organisation)}</Transition>
            </nav>
            <div class="account" role="group" aria-label=frame::account(lang)>
                <Transition>{part(account)}</Transition>
                <LanguageSwitch/>
            </div>
        </header>
    }
}

/// What is worked on.
#[component]
fn Work(
    /// How many orders wait for codes.
    orders: u32,
    /// Whether the visitor may put codes into places.
    packs: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let waiting = (orders > 0).then(|| {
        view! {
            <b aria-hidden="true">{number(orders)}</b>
            <span class="vh">{frame::orders_waiting(orders, lang)}</span>
        }
    });
    view! {
        <A href="/orders" attr:class="nav">{frame::orders(lang)}" "{waiting}</A>
        {packs.then(|| view! { <A href="/packing" attr:class="nav">{frame::packing(lang)}</A> })}
        <A href="/bulk" attr:class="nav">{frame::bulk(lang)}</A>
        <A href="/codes" attr:class="nav">{frame::codes(lang)}</A>
    }
}

/// What belongs to the organisation.
#[component]
fn Organisation(
    /// Who is signed in.
    profile: Profile,
) -> impl IntoView {
    let lang = texts::lang();
    let role = profile.role;
    let waiting = (profile.suz_waiting > 0).then(|| {
        view! {
            <b aria-hidden="true">{number(profile.suz_waiting)}</b>
            <span class="vh">{frame::suz_waiting(lang)}</span>
        }
    });
    view! {
        <span class="nav-h">{profile.organisation}</span>
        {role
            .may(Permission::ReadConnections)
            .then(|| view! { <A href="/connections" attr:class="nav">{frame::connections(lang)}</A> })}
        // A page that signs has a content policy of its own, which comes with the document: it is loaded, not routed to.
        <A href="/suz" attr:class="nav" attr:rel="external">{frame::suz(lang)}" "{waiting}</A>
        {role
            .may(Permission::ReadJournal)
            .then(|| view! { <A href="/journal" attr:class="nav">{frame::journal(lang)}</A> })}
    }
}

/// Who is signed in, and signing out.
#[component]
fn Account(
    /// The person's address.
    email: String,
) -> impl IntoView {
    let lang = texts::lang();
    let sign_out = ServerAction::<SignOut>::new();
    view! {
        <span class="who">{email}</span>
        <Act url=SignOut::url() run=move |()| drop(sign_out.dispatch(SignOut {}))>
            <button type="submit" class="nav">{frame::sign_out(lang)}</button>
        </Act>
    }
}

/// The other language: a link that the server answers with a cookie and the same page again.
#[component]
fn LanguageSwitch() -> impl IntoView {
    let lang = texts::lang();
    let location = use_location();
    let code = frame::other_language_code(lang);
    let href = move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        let back = if query.is_empty() {
            path
        } else {
            format!("{path}?{query}")
        };
        format!("/language/{code}?back={}", Url::escape(&back))
    };
    view! { <a class="nav" href=href rel="external" lang=code hreflang=code>{frame::other_language(lang)}</a> }
}
