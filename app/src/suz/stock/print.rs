//! Asking for labels.

use super::{
    super::{api::stock::PrintLabels, orders::bounded},
    paper::PaperChoice,
    sample::LabelSample,
};
use crate::{
    failure::Failure,
    texts::{self, suz::stock as words},
    ui::{Button, FailureView, Look, part},
};
use desk::printing::{Head, LabelTexts, Medium, PrintRunView};
use leptos::{form::ActionForm, prelude::*};

/// What the form begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Beginning {
    /// What the labels say.
    pub(super) texts: LabelTexts,
    /// On what.
    pub(super) medium: Medium,
    /// How fine.
    pub(super) head: Head,
    /// How many codes are free.
    pub(super) free: u64,
    /// How many more are annulled by now.
    pub(super) expired: u64,
}

/// The form with a sample of what comes of it.
#[component]
pub(super) fn PrintForm(
    /// Of which goods.
    gtin: String,
    /// What it begins with.
    beginning: Beginning,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<PrintLabels>::new();
    Effect::new(move |_| {
        if action.value().with(|done| matches!(done, Some(Ok(_)))) {
            reload.run(());
        }
    });
    let LabelTexts {
        article,
        name,
        size,
    } = beginning.texts;
    let texts = [article, name, size].map(RwSignal::new);
    let [article, name, size] = texts;
    let medium = RwSignal::new(beginning.medium);
    let count = beginning.free.clamp(1, 100).to_string();
    let expired = bounded(beginning.expired);
    let most = (beginning.free + beginning.expired)
        .min(u64::from(desk::printing::MOST_LABELS))
        .to_string();
    view! {
        <ActionForm action=action attr:class="card pad stack">
            <div class="stack tight">
                <h2>{words::print(lang)}</h2>
                <p class="muted measure">{words::print_text(lang)}</p>
            </div>
            <input type="hidden" name="form[gtin]" value=gtin.clone()/>
            <div class="label-form">
                <div class="stack">
                    <div class="order-fields">
                        <div class="labelled">
                            <label for="label-count">{words::count(lang)}</label>
                            <input
                                class="field amount"
                                id="label-count"
                                name="form[count]"
                                type="number"
                                min="1"
                                max=most
                                value=count
                                required
                            />
                        </div>
                        <PaperChoice scope="label-".to_owned() medium=medium head=beginning.head/>
                    </div>
                    <div class="order-fields">
                        <Said id="article" label=words::article(lang) text=article/>
                        <Said id="name" label=words::name(lang) text=name/>
                        <Said id="size" label=words::size(lang) text=size hint=words::size_hint(lang)/>
                    </div>
                </div>
                <LabelSample medium=medium.into() texts=texts gtin=gtin/>
            </div>
            {(expired > 0).then(|| view! {
                <label class="check">
                    <input type="checkbox" name="form[expired]" value="true"/>
                    {words::expired_too(expired, lang)}
                </label>
            })}
            {part(move || action.value().get().and_then(trouble))}
            <div class="top">
                <Button text=words::print(lang) look=Look::Go pending=action.pending()/>
            </div>
        </ActionForm>
    }
}

fn trouble(outcome: Result<PrintRunView, Failure>) -> Option<AnyView> {
    outcome
        .err()
        .map(|failure| view! { <FailureView failure=failure/> }.into_any())
}

/// A text of the label.
#[component]
fn Said(
    id: &'static str,
    label: &'static str,
    text: RwSignal<String>,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    let element = ["label-", id].concat();
    let at_first = text.get_untracked();
    view! {
        <div class="labelled">
            <label for=element.clone()>{label}</label>
            <input
                class="field"
                id=element
                name=format!("form[{id}]")
                autocomplete="off"
                maxlength=desk::printing::MOST_TEXT.to_string()
                value=at_first
                on:input=move |event| text.set(event_target_value(&event))
            />
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
        </div>
    }
}
