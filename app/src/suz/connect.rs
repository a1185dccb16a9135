//! The guided form of a new connection.

mod fields;
mod guide;

use super::{
    api::{ConnectSuz, get_suz},
    attention::AttentionBar,
    paste_field::{PasteField, PasteForm, Which},
    questions::Questions,
};
use crate::{
    failure::Failure,
    texts::{self, suz},
    ui::{Button, Empty, FailureView, Field, Look, Notice, PageTop, Skeleton, Tone, part},
};
use desk::suz::view::{ConnectAnswer, ConnectChoice, SuzPage};
use fields::{ContourChoice, EntityChoice, WayChoice};
use guide::Guide;
pub(super) use guide::Picture;
use leptos::{form::ActionForm, prelude::*};
use leptos_router::components::A;

/// The page.
#[component]
pub(super) fn ConnectPage() -> impl IntoView {
    let lang = texts::lang();
    let answer = Resource::new(|| (), |()| get_suz());
    view! {
        <PageTop title=suz::connect(lang)>
            <span class="right"><A href="/suz" attr:class="link">{suz::to_list(lang)}</A></span>
        </PageTop>
        <Transition fallback=|| view! { <div class="card"><Skeleton lines=8/></div> }>
            {part(move || answer.get().map(drawn))}
        </Transition>
    }
}

fn drawn(page: Result<SuzPage, Failure>) -> AnyView {
    let lang = texts::lang();
    match page {
        Ok(page) if page.may_manage => {
            view! { <AttentionBar attention=page.attention/><Form choice=page.choice/><Questions/> }.into_any()
        }
        Ok(_) => view! {
            <div class="card"><Empty title=suz::nothing(lang) text=suz::nothing_for_others(lang)/></div>
        }
        .into_any(),
        Err(failure) => view! { <FailureView failure=failure/> }.into_any(),
    }
}

/// The form.
#[component]
fn Form(
    /// What it can be made from.
    choice: ConnectChoice,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<ConnectSuz>::new();
    let pasted = PasteForm::new();
    Effect::new(move |_| {
        if let Some(Ok(ConnectAnswer::Wrong(ids))) = action.value().get() {
            pasted.tell(ids);
        }
    });
    let contour = RwSignal::new(None);
    let trouble = move || {
        action.value().get().and_then(|outcome| match outcome {
            Ok(ConnectAnswer::Wrong(_)) => {
                Some(view! { <Notice tone=Tone::Bad text=suz::fields_wrong(lang)/> }.into_any())
            }
            Ok(_) => None,
            Err(failure) => Some(view! { <FailureView failure=failure/> }.into_any()),
        })
    };
    view! {
        <ActionForm action=action attr:class="card connect">
            <div class="pad"><EntityChoice entities=choice.legal_entities/></div>
            <div class="pad"><ContourChoice contours=choice.contours chosen=contour/></div>
            <div class="pad stack">
                <div class="stack tight">
                    <h2>{suz::ids(lang)}</h2>
                    <p class="muted">{suz::ids_hint(lang)}" "{suz::no_address(lang)}</p>
                </div>
                <Guide/>
                <div class="stack wide">
                    <PasteField form=pasted which=Which::OmsId name="form[oms_id]" optional=true whole=true/>
                    <PasteField form=pasted which=Which::Connection name="form[connection]" whole=true/>
                    <Field
                        label=suz::device_name(lang)
                        name="form[device_name]"
                        optional=true
                        hint=suz::device_name_hint(lang)
                    />
                </div>
            </div>
            <div class="pad stack">
                <div class="stack tight">
                    <h2>{suz::edo_apart(lang)}</h2>
                    <p class="muted measure">{suz::edo_text(lang)}</p>
                </div>
                <div class="wide">
                    <PasteField form=pasted which=Which::Edo name="form[edo_id]" optional=true whole=true/>
                </div>
            </div>
            <div class="pad"><WayChoice ways=choice.ways contour=contour/></div>
            <div class="pad stack">
                {part(trouble)}
                <div class="top"><Button text=suz::connect_act(lang) look=Look::Go pending=action.pending()/></div>
            </div>
        </ActionForm>
    }
}
