//! What went wrong, whose words it is, and what to press.

use super::{Notice, Tone};
use crate::{
    failure::{Failure, Told},
    texts::{self, frame},
};
use desk::submission::TheirWords;
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
    let Told {
        sentence,
        words,
        way_out,
        again,
    } = match failure {
        Failure::Told(told) => told,
        Failure::Call(_) => Told {
            sentence: frame::no_connection(lang).to_owned(),
            words: None,
            way_out: None,
            again: true,
        },
    };
    let retry = retry.filter(|_| again);
    view! {
        <Notice tone=Tone::Bad text=sentence>
            {words.map(|words| view! { <TheirWordsView words=words/> })}
            <div class="top">
                {way_out.map(|(href, name)| view! { <A href=href attr:class="btn">{name}</A> })}
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
