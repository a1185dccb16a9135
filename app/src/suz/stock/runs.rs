//! What was printed: the files, and printing once more.

use super::{super::api::stock::PrintOnceMore, paper::PaperChoice};
use crate::{
    texts::{self, suz::stock as words},
    ui::{Button, Look, Moment, Pill, Tone, part},
};
use desk::printing::{PrintFormat, PrintRunView};
use leptos::{form::ActionForm, prelude::*};

/// The runs, newest first.
#[component]
pub(super) fn Runs(
    /// The runs.
    runs: Vec<PrintRunView>,
    /// Whether the person may print.
    may_print: bool,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    if runs.is_empty() {
        return view! { <p class="pad muted">{words::runs_none(lang)}</p> }.into_any();
    }
    let rows = runs
        .into_iter()
        .map(|run| view! { <Run run=run may_print=may_print reload=reload/> })
        .collect_view();
    view! { <ul class="choices">{rows}</ul> }.into_any()
}

/// One run.
#[component]
fn Run(run: PrintRunView, may_print: bool, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let key = run.id.to_string();
    let who = run.who.clone().map(|who| format!(" {who}"));
    let (at, count, medium) = (run.at, run.count, run.paper.medium);
    let files = run.open.then(|| {
        let pdf = run.path(PrintFormat::Pdf);
        let zpl = run
            .paper
            .medium
            .comes_as(PrintFormat::Zpl)
            .then(|| run.path(PrintFormat::Zpl));
        view! {
            <a class="btn go" href=pdf rel="external" target="_blank">{words::file_pdf(lang)}</a>
            {zpl.map(|href| view! { <a class="btn" href=href rel="external" download="">{words::file_zpl(lang)}</a> })}
        }
    });
    // A file that was fetched once is as it should be; more may be the same labels on two things.
    let opened = run.opened_at.map(|at| {
        let times = words::opened(run.opened, lang);
        let times = if run.opened > 1 {
            view! { <Pill tone=Tone::Warn text=times/> }.into_any()
        } else {
            view! { <span class="muted">{times}</span> }.into_any()
        };
        view! { {times}" "<span class="muted">{words::opened_last(run.opened, lang)}" "<Moment when=at/></span> }
    });
    let part = run
        .is_part()
        .then(|| view! { <b>{words::labels_of(run.file, count, lang)}</b> });
    let closed =
        (!run.open).then(|| view! { <span class="muted">{words::file_closed(lang)}</span> });
    let said = [&run.texts.article, &run.texts.name, &run.texts.size]
        .into_iter()
        .filter(|text| !text.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let again = (run.again > 0)
        .then(|| view! { <Pill tone=Tone::Warn text=words::times_again(run.again, lang)/> });
    view! {
        <li class="pad stack tight" data-run=key>
            <div class="top">
                <b>{words::labels(count, lang)}</b>
                <span>{said}</span>
                {again}
                <span class="right muted"><Moment when=at/>{who}</span>
            </div>
            <div class="top">
                <span class="muted">{words::medium(medium, lang)}</span>
                {part}
                {files}
                {closed}
                {opened}
            </div>
            {may_print.then(|| view! { <Again run=run reload=reload/> })}
        </li>
    }
}

/// Printing once more, with what that means.
#[component]
fn Again(run: PrintRunView, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<PrintOnceMore>::new();
    Effect::new(move |_| {
        if action.value().with(|done| matches!(done, Some(Ok(_)))) {
            reload.run(());
        }
    });
    let scope = format!("again-{}-", run.id);
    let (first, last) = (format!("{scope}first"), format!("{scope}last"));
    let count = run.count.to_string();
    let medium = RwSignal::new(run.paper.medium);
    let trouble = move || {
        action
            .value()
            .get()
            .and_then(Result::err)
            .map(|failure| view! { <crate::ui::FailureView failure=failure/> })
    };
    view! {
        <details>
            <summary>{words::again(lang)}</summary>
            <ActionForm action=action attr:class="stack">
                <p class="measure">{words::again_text(lang)}</p>
                <input type="hidden" name="form[run]" value=run.id.to_string()/>
                <div class="order-fields">
                    <div class="labelled">
                        <label for=first.clone()>{words::again_first(lang)}</label>
                        <input class="field amount" id=first name="form[first]" type="number" min="1" max=count.clone() value="1" required/>
                    </div>
                    <div class="labelled">
                        <label for=last.clone()>{words::again_last(lang)}</label>
                        <input class="field amount" id=last name="form[last]" type="number" min="1" max=count.clone() value=count required/>
                    </div>
                    <PaperChoice scope=scope medium=medium head=run.paper.head/>
                </div>
                {part(trouble)}
                <div class="top"><Button text=words::again_act(lang) look=Look::Danger pending=action.pending()/></div>
            </ActionForm>
        </details>
    }
}
