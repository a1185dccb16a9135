//! What went wrong, whose words it is, and what to press.

use super::{Notice, Tone};
use crate::{
    failure::Failure,
    texts::{self, frame, problems},
};
use desk::{problem::Problem, submission::TheirWords};
use leptos::prelude::*;
use leptos_router::components::A;

/// A failure: our sentence, the marketplace's own words under it, the way out, and another try where one makes sense.
#[component]
pub(crate) fn FailureView(
    /// What went wrong.
    failure: Failure,
    /// Tries again.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let lang = texts::lang();
    let sentence = problems::sentence(&failure, lang);
    let way = problems::way_out(&failure, lang);
    let retry = retry.filter(|_| problems::worth_retrying(&failure));
    let words = match failure {
        Failure::Problem(Problem::KeyRefused { words } | Problem::Refused { words }) => Some(words),
        _ => None,
    };
    view! {
        <Notice tone=Tone::Bad text=sentence>
            {words.map(|words| view! { <TheirWordsView words=words/> })}
            <div class="top">
                {way.map(|(href, name)| view! { <A href=href attr:class="btn">{name}</A> })}
                {retry
                    .map(|retry| {
                        view! {
                            <button type="button" class="btn" on:click=move |_| retry.run(())>
                                {frame::retry(lang)}
                            </button>
                        }
                    })}
            </div>
        </Notice>
    }
}

/// What the marketplace said, in its own words: quoted, never translated.
#[component]
pub(crate) fn TheirWordsView(
    /// Its words.
    words: TheirWords,
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
            <span class="faint">{frame::their_words(lang)}" HTTP "{words.http}</span>
            <ul lang="">{quotes}</ul>
        </div>
    }
}
