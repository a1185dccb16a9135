//! What can be done with a batch, by where it stands.

use super::Work;
use crate::{
    texts::{self, bulk as words},
    ui::{Button, Look},
};
use desk::{
    bulk::{BatchPage as Page, BatchState},
    ids::BatchId,
};
use leptos::{form::ActionForm, prelude::*};
use std::sync::Arc;

/// The buttons and the downloads.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub(super) fn Acts(
    /// What is done here.
    work: Work,
    /// The batch.
    page: Arc<Page>,
) -> impl IntoView {
    let lang = texts::lang();
    let (id, state, goes) = (page.batch.id, page.batch.state, page.batch.orders.goes);
    let send = page.may.send;
    let start = (send && state == BatchState::Preview && goes > 0).then(|| {
        view! {
            <ActionForm action=work.start>
                <Which id=id/>
                <Button text=words::send(goes, lang) look=Look::Go pending=work.start.pending()/>
            </ActionForm>
        }
    });
    let pause = (send && state == BatchState::Running).then(|| {
        view! {
            <ActionForm action=work.pause>
                <Which id=id/>
                <Button text=words::pause(lang) pending=work.pause.pending()/>
            </ActionForm>
        }
    });
    let resume = (send && state == BatchState::Paused).then(|| {
        view! {
            <ActionForm action=work.resume>
                <Which id=id/>
                <Button text=words::resume(lang) look=Look::Go pending=work.resume.pending()/>
            </ActionForm>
        }
    });
    let ended = matches!(state, BatchState::Done | BatchState::Cancelled);
    let begun = matches!(state, BatchState::Running | BatchState::Paused);
    let (name, meaning, act) = if begun {
        (
            words::cancel(lang),
            words::cancel_text(lang),
            words::cancel_act(lang),
        )
    } else {
        (
            words::discard(lang),
            words::discard_text(lang),
            words::discard_act(lang),
        )
    };
    let cancel = (send && !ended).then(|| {
        view! {
            <details>
                <summary class="btn danger">{name}</summary>
                <ActionForm action=work.cancel>
                    <div class="stack">
                        <Which id=id/>
                        <p>{meaning}</p>
                        <div class="top">
                            <Button text=act look=Look::Danger pending=work.cancel.pending()/>
                        </div>
                    </div>
                </ActionForm>
            </details>
        }
    });
    let orders = &page.batch.orders;
    let some_failed = state != BatchState::Judging
        && (page.rows.trouble > 0 || orders.stays + orders.refused + orders.conflict > 0);
    let downloads = some_failed.then(|| {
        let href = |format: &str| format!("/bulk/{id}/failed/{format}");
        view! {
            <span class="right top">
                <span class="muted">{words::failed_rows(lang)}</span>
                <a class="link" href=href("xlsx") rel="external" download="">"XLSX"</a>
                <a class="link" href=href("csv") rel="external" download="">"CSV"</a>
            </span>
        }
    });
    view! { <div class="acts">{start}{pause}{resume}{cancel}{downloads}</div> }
}

/// The batch that a form is about.
#[component]
pub(super) fn Which(
    /// Which.
    id: BatchId,
) -> impl IntoView {
    view! { <input type="hidden" name="batch" value=id.to_string()/> }
}
