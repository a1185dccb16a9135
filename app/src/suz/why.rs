//! Why something does not work: the cause in our words, the server's beside it, the way out.

use crate::texts::{self, suz};
use desk::suz::Why;
use leptos::prelude::*;

/// A cause with everything that belongs to it.
#[component]
pub(super) fn WhyView(
    /// The cause.
    why: Why,
) -> impl IntoView {
    let lang = texts::lang();
    let words = suz::causes::cause(why.cause, lang);
    view! {
        <div class="why" data-cause=why.cause.as_str()>
            <p><b>{words.title}</b></p>
            <p>{words.means}</p>
            <p class="way-out">{words.way_out}</p>
            {why.words.map(|words| view! { <ServerWords words=words/> })}
            {why
                .trouble
                .map(|trouble| {
                    view! { <p class="their-words"><span class="faint">{suz::trouble(lang)}</span><q lang="">{trouble}</q></p> }
                })}
        </div>
    }
}

/// What the server said, as it said it.
#[component]
fn ServerWords(
    /// Its words.
    words: desk::submission::TheirWords,
) -> impl IntoView {
    let lang = texts::lang();
    let quotes = words
        .errors
        .into_iter()
        .map(|error| {
            view! {
                <li>
                    {error.message.map(|message| view! { <q>{message}</q>" " })}
                    <span class="mono faint">{error.code}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="their-words">
            <span class="faint">{suz::server_said(lang)}" HTTP "{words.http}</span>
            <ul lang="">{quotes}</ul>
        </div>
    }
}
