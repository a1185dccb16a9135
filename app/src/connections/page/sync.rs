//! How reading the orders of a connection goes.

use crate::{
    texts::{self, connections},
    ui::{Bar, Moment, Pill, Tone},
};
use desk::connection::SyncState;
use leptos::prelude::*;

/// The state in a word, and what belongs to it: when, until when, why.
#[component]
pub(super) fn SyncLine(
    /// The state.
    state: SyncState,
) -> impl IntoView {
    let lang = texts::lang();
    let line = match state {
        SyncState::Never => {
            view! { <Pill tone=Tone::Off text=connections::sync_never(lang)/> }.into_any()
        }
        SyncState::Running(progress) => view! {
            <Pill tone=Tone::Busy text=connections::running(progress, lang)/>
            {connections::window(progress, lang)
                .map(|window| {
                    view! {
                        <span class="muted">{window}</span>
                        <Bar label=connections::windows(lang) value=progress.done max=progress.windows tone=Tone::Busy/>
                    }
                })}
        }
        .into_any(),
        SyncState::Done(when) => view! {
            <Pill tone=Tone::Ok text=connections::sync_done(lang)/>
            <span class="muted"><Moment when=when/></span>
        }
        .into_any(),
        SyncState::Waiting { until, why } => view! {
            <Pill tone=Tone::Warn text=connections::sync_waiting(lang)/>
            <span class="muted">{connections::sync_next(lang)}" "<Moment when=until/></span>
            <q class="muted">{why}</q>
        }
        .into_any(),
        SyncState::Stopped { why } => view! {
            <Pill tone=Tone::Bad text=connections::sync_stopped(lang)/>
            <q class="muted">{why}</q>
        }
        .into_any(),
    };
    view! { <div class="top">{line}</div> }
}
