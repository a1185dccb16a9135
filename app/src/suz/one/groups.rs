//! Product groups with their state and money.

use crate::{
    texts::{self, suz},
    ui::{Moment, Pill, Tone, part},
};
use desk::suz::{
    Balance, Group, GroupState, ProfileStatus,
    view::{ProfileView, SuzConnectionView},
};
use leptos::prelude::*;

/// What the company is for СУЗ.
#[component]
pub(super) fn Groups(
    /// The connection.
    now: Memo<SuzConnectionView>,
) -> impl IntoView {
    let lang = texts::lang();
    let profile = Memo::new(move |_| now.with(|now| now.profile.clone()));
    view! {
        <section class="card pad stack">
            {part(move || match profile.get() {
                Some(profile) => view! { <Profile profile=profile/> }.into_any(),
                None => {
                    view! {
                        <h2>{suz::groups(lang)}</h2>
                        <p class="muted">{suz::groups_unknown(lang)}</p>
                    }
                        .into_any()
                }
            })}
        </section>
    }
}

/// The profile.
#[component]
fn Profile(profile: ProfileView) -> impl IntoView {
    let lang = texts::lang();
    let tone = match profile.status {
        ProfileStatus::Active => Tone::Ok,
        ProfileStatus::Locked | ProfileStatus::Suspended => Tone::Bad,
        ProfileStatus::Other(_) => Tone::Warn,
    };
    let balances = profile.balances;
    let rows = profile
        .groups
        .into_iter()
        .map(|group| {
            let money = of(&balances, &group.alias);
            view! { <Row group=group money=money/> }
        })
        .collect_view();
    view! {
        <div class="top">
            <h2>{suz::groups(lang)}</h2>
            <Pill tone=tone text=suz::profile_status(&profile.status, lang)/>
            <span class="right muted">{suz::read(lang)}" "<Moment when=profile.at/></span>
        </div>
        <ul class="groups">{rows}</ul>
    }
}

fn of(balances: &[Balance], alias: &str) -> Option<i64> {
    balances
        .iter()
        .find(|balance| balance.alias.as_deref() == Some(alias))
        .map(|balance| balance.kopecks)
}

/// One group.
#[component]
fn Row(
    group: Group,
    /// Kopecks on its account.
    money: Option<i64>,
) -> impl IntoView {
    let lang = texts::lang();
    let tone = match group.state {
        GroupState::Open => Tone::Ok,
        GroupState::Locked => Tone::Warn,
        GroupState::Blocked => Tone::Bad,
    };
    view! {
        <li>
            <b>{suz::group(&group.alias, lang)}</b>
            <span class="faint mono">{group.alias}</span>
            <Pill tone=tone text=suz::group_state(group.state, lang)/>
            <span class="right">{money.map(suz::roubles)}</span>
        </li>
    }
}
