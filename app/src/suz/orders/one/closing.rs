//! Closing an order: asked, signed, and in red when codes would be annulled by it.

use super::{super::list::bounded, Shown, Trouble, Which, reload_after};
use crate::{
    suz::{api::orders::CloseEmission, why::WhyView},
    texts::{self, suz, suz::orders as words},
    ui::{Button, Look, Moment, Notice, Tone, part},
};
use desk::{
    ids::EmissionId,
    suz::emission::{
        ClosingState,
        view::{CloseAnswer, ClosingView},
    },
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;

/// The card.
#[component]
pub(super) fn Closing(id: EmissionId, now: Memo<Shown>, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let may = Memo::new(move |_| now.with(|now| now.page.may_close && now.page.may_order));
    let annuls = Memo::new(move |_| now.with(|now| now.page.annuls));
    let complete = Memo::new(move |_| now.with(|now| now.page.complete));
    let closing = Memo::new(move |_| now.with(|now| now.page.closing.clone()));
    let shown = Memo::new(move |_| may.get() || closing.with(Option::is_some));
    part(move || {
        shown.get().then(|| {
            view! {
                <section class="card pad stack" id="close">
                    <div class="stack tight">
                        <h2>{words::close(lang)}</h2>
                        <p class="muted measure">{words::close_text(lang)}</p>
                    </div>
                    {part(move || closing.get().map(|closing| view! { <State closing=closing/> }))}
                    {part(move || {
                        may.get()
                            .then(|| view! { <Ask id=id annuls=annuls.get() complete=complete.get() reload=reload/> })
                    })}
                </section>
            }
        })
    })
}

/// Where it stands.
#[component]
fn State(closing: ClosingView) -> impl IntoView {
    let lang = texts::lang();
    let tone = match closing.state {
        ClosingState::WaitsForSignature => Tone::Warn,
        ClosingState::Refused => Tone::Bad,
        ClosingState::Queued | ClosingState::Sending | ClosingState::Unknown => Tone::Busy,
    };
    let sign = (closing.state == ClosingState::WaitsForSignature).then(|| {
        view! { <div class="top"><A href="/suz/sign" attr:class="btn go">{suz::to_signing(lang)}</A></div> }
    });
    view! {
        <Notice tone=tone text=words::closing(closing.state, lang)>
            <p>{words::closing_asked(lang)}" "<Moment when=closing.asked/></p>
            {(closing.annuls > 0)
                .then(|| view! { <p class="late">{words::closing_loss(bounded(closing.annuls), lang)}</p> })}
            {closing.trouble.map(|why| view! { <WhyView why=why/> })}
            {sign}
        </Notice>
    }
}

/// Asking for it.
#[component]
fn Ask(id: EmissionId, annuls: u64, complete: bool, reload: Callback<()>) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<CloseEmission>::new();
    reload_after(action, reload);
    let told = move || {
        action.value().get().and_then(|outcome| match outcome {
            Ok(CloseAnswer::Asked) | Err(_) => None,
            // The page is loaded again and shows the number.
            Ok(CloseAnswer::Annuls { .. }) => Some(view! { <Notice tone=Tone::Bad text=words::annuls_changed(lang)/> }.into_any()),
            Ok(CloseAnswer::Failed(why)) => Some(
                view! { <Notice tone=Tone::Bad text=words::not_signed(lang)><WhyView why=why/></Notice> }.into_any(),
            ),
        })
    };
    let form = move |text: &'static str, look: Look| {
        view! {
            <ActionForm action=action>
                <Which id=id/>
                <input type="hidden" name="annuls" value=annuls.to_string()/>
                <Button text=text look=look pending=action.pending()/>
            </ActionForm>
        }
    };
    let act = if annuls == 0 && complete {
        view! {
            <p>{words::close_safe(lang)}</p>
            <div class="top">{form(words::close_act(lang), Look::Go)}</div>
        }
        .into_any()
    } else {
        let (lost, text, act) = if annuls > 0 {
            let lost = view! { <p class="annulled">{words::annuls(bounded(annuls), lang)}</p> };
            (
                Some(lost),
                words::annuls_text(lang),
                words::close_anyway(lang),
            )
        } else {
            (
                None,
                words::close_unequal(lang),
                words::close_unequal_anyway(lang),
            )
        };
        view! {
            <details>
                <summary class="btn danger">{words::close_early(lang)}"…"</summary>
                <div class="red stack" role="alert">
                    {lost}
                    <p class="measure">{text}</p>
                    <div class="top">{form(act, Look::Danger)}</div>
                </div>
            </details>
        }
        .into_any()
    };
    view! {
        <Trouble action=action/>
        {part(told)}
        {act}
    }
}
