//! The queue of documents that wait for a signature: many are signed in one go.

mod certificates;
mod failure;
mod run;

use super::{
    api::{DropDocument, get_signing_queue},
    marks::ContourMark,
    sections::{Section, Sections},
    why::WhyView,
};
use crate::{
    failure::Failure,
    live,
    texts::{self, suz},
    ui::{Button, Empty, FailureView, Moment, Notice, PageTop, Pill, Skeleton, Tone, part},
};
use certificates::Certificates;
use desk::{
    ids::DocumentId,
    suz::document::{OrderToSign, SigningQueue, WaitingDocument},
};
use failure::FailureGuide;
use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;
use run::{Run, State};

/// The page.
#[component]
pub(super) fn QueuePage() -> impl IntoView {
    let lang = texts::lang();
    let answer = Resource::new(|| (), |()| get_signing_queue());
    let run = Run::new(Callback::new(move |()| answer.refetch()));
    live::on_change(move |news| {
        // A document that is signed just now leaves the list when all are done, not from under the person's eyes.
        if news.concerns_suz(None) && !run.busy() {
            answer.refetch();
        }
    });
    let retry = Callback::new(move |()| answer.refetch());
    view! {
        <PageTop title=suz::signing::title(lang)/>
        <Sections current=Section::Queue/>
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=6/></div> }>
            {part(move || answer.get().map(|queue| drawn(queue, run, retry)))}
        </Transition>
    }
}

fn drawn(queue: Result<SigningQueue, Failure>, run: Run, retry: Callback<()>) -> AnyView {
    match queue {
        Ok(queue) => view! { <Queue queue=queue run=run/> }.into_any(),
        Err(failure) => view! { <FailureView failure=failure retry=retry/> }.into_any(),
    }
}

/// The documents, and the button that signs them.
#[component]
fn Queue(
    /// What waits.
    queue: SigningQueue,
    /// The signing.
    run: Run,
) -> impl IntoView {
    let lang = texts::lang();
    let done = run.all_done();
    let refused = run
        .refused(&queue.documents)
        .into_iter()
        .map(|(document, why)| {
            let title = format!(
                "{}: {}",
                suz::purpose(document.purpose, lang),
                suz::signing::other(lang)
            );
            view! { <Notice tone=Tone::Bad text=title><WhyView why=why/></Notice> }
        })
        .collect_view();
    if queue.documents.is_empty() {
        return view! {
            {done.then(|| view! { <Notice tone=Tone::Ok text=suz::signing::all_done(lang)/> })}
            {refused}
            <div class="card">
                <Empty title=suz::signing::nothing(lang) text=suz::signing::nothing_text(lang)/>
            </div>
        }
        .into_any();
    }
    let may_sign = queue.may_sign;
    let documents = queue.documents.clone();
    let rows = queue
        .documents
        .into_iter()
        .map(|document| view! { <Row document=document run=run may_sign=may_sign/> })
        .collect_view();
    view! {
        {refused}
        <section class="card">
            <ul class="choices queue">{rows}</ul>
            <div class="pad stack">
                {if may_sign {
                    view! { <Sign documents=documents run=run/> }.into_any()
                } else {
                    view! { <p class="muted">{suz::signing::others(lang)}</p> }.into_any()
                }}
            </div>
        </section>
    }
    .into_any()
}

/// One document.
#[component]
fn Row(
    document: WaitingDocument,
    run: Run,
    /// Whether the person may sign.
    may_sign: bool,
) -> impl IntoView {
    let lang = texts::lang();
    let id = document.id;
    let kind = match document.purpose.kind() {
        desk::suz::SignatureKind::Attached => suz::signing::attached(lang),
        desk::suz::SignatureKind::Detached => suz::signing::detached(lang),
    };
    let droppable = may_sign && !document.purpose.is_challenge();
    let moment = match document.until {
        Some(until) => view! { {suz::signing::until(lang)}" "<Moment when=until/> }.into_any(),
        None => view! { {suz::signing::since(lang)}" "<Moment when=document.since/> }.into_any(),
    };
    view! {
        <li class="pad stack tight" data-document=id.to_string()>
            <div class="top">
                <b>{suz::purpose(document.purpose, lang)}</b>
                <span>{document.legal_entity}</span>
                {document.inn.map(|inn| view! { <span class="faint mono">{suz::inn(lang)}" "{inn}</span> })}
                <ContourMark contour=document.contour/>
                <span class="right">{part(move || outcome(run.state(id), lang))}</span>
            </div>
            <div class="top">
                <span class="muted">{moment}</span>
                <span class="faint">{kind}</span>
                {droppable.then(|| view! { <Dropping id=id/> })}
            </div>
            {document.order.map(|order| view! { <About order=order/> })}
            {part(move || {
                match run.state(id) {
                    Some(State::Refused(why)) => view! { <WhyView why=why/> }.into_any(),
                    Some(State::Failed(failure)) => view! { <FailureGuide failure=failure/> }.into_any(),
                    _ => ().into_any(),
                }
            })}
        </li>
    }
}

/// The order of codes that one signs for.
#[component]
fn About(order: OrderToSign) -> impl IntoView {
    let lang = texts::lang();
    let annuls = u32::try_from(order.annuls).unwrap_or(u32::MAX);
    let loss = (annuls > 0)
        .then(|| view! { <span class="late">{suz::orders::annuls(annuls, lang)}</span> });
    let group = suz::group(&order.group, lang);
    let size = suz::orders::to_sign(&order, lang);
    let goods = suz::orders::goods_line(&order.gtins, lang);
    view! {
        <div class="top">
            <A href=format!("/suz/orders/{}", order.id) attr:class="link">{group}</A>
            <span class="keep">{size}</span>
            <span class="faint mono">{goods}</span>
            {loss}
        </div>
    }
}

fn outcome(state: Option<State>, lang: cis::Lang) -> Option<AnyView> {
    let (tone, text) = match state? {
        State::Busy => (Tone::Busy, suz::signing::signing(lang)),
        State::Done => (Tone::Ok, suz::signing::done(lang)),
        State::Refused(_) | State::Failed(_) => (Tone::Bad, suz::signing::other(lang)),
    };
    Some(view! { <Pill tone=tone text=text/> }.into_any())
}

/// Taking a document out of the queue.
#[component]
fn Dropping(id: DocumentId) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<DropDocument>::new();
    view! {
        <ActionForm action=action>
            <input type="hidden" name="document" value=id.to_string()/>
            <Button text=suz::signing::drop(lang) pending=action.pending()/>
        </ActionForm>
    }
}

/// Certificates, and the one press.
#[component]
fn Sign(
    /// What waits.
    documents: Vec<WaitingDocument>,
    run: Run,
) -> impl IntoView {
    let lang = texts::lang();
    let count = u32::try_from(documents.len()).unwrap_or(u32::MAX);
    let documents = StoredValue::new(documents);
    // A press before the scripts have taken the page over would be lost without a word.
    let alive = RwSignal::new(false);
    Effect::new(move || alive.set(true));
    view! {
        <p class="without-script">{suz::signing::needs_script(lang)}</p>
        {part(move || {
            run.trouble().map(|failure| view! { <FailureGuide failure=failure/> })
        })}
        {part(move || {
            if run.listed() {
                view! {
                    <Certificates documents=documents.get_value() run=run/>
                    <div class="top">
                        <button
                            type="button"
                            class="btn go big"
                            disabled=move || run.busy() || !run.chosen(&documents.get_value())
                            aria-busy=move || run.busy().then_some("true")
                            on:click=move |_| run.sign(documents.get_value())
                        >
                            {suz::signing::sign_all(count, lang)}
                        </button>
                    </div>
                }
                .into_any()
            } else {
                view! {
                    <div class="top">
                        <button
                            type="button"
                            class="btn go needs-script"
                            disabled=move || run.busy() || !alive.get()
                            aria-busy=move || run.busy().then_some("true")
                            on:click=move |_| run.list()
                        >
                            {suz::signing::choose(lang)}
                        </button>
                        <span class="hint needs-script">{suz::signing::choose_hint(lang)}</span>
                    </div>
                }
                .into_any()
            }
        })}
    }
}
