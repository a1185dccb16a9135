//! What the plug-in lacks, each with its guide.

use super::super::signer::{SignerFailure, SignerTrouble};
use crate::{
    texts::{self, suz::signing},
    ui::{Notice, Tone},
};
use leptos::prelude::*;

/// A failure of the plug-in with what to do about it.
#[component]
pub(super) fn FailureGuide(
    /// The failure.
    failure: SignerFailure,
) -> impl IntoView {
    let lang = texts::lang();
    let (title, steps) = match failure.trouble {
        SignerTrouble::ExtensionMissing => (
            signing::extension_missing(lang),
            vec![
                signing::extension_missing_1(lang),
                signing::extension_missing_2(lang),
                signing::extension_missing_3(lang),
            ],
        ),
        SignerTrouble::PluginMissing => (
            signing::plugin_missing(lang),
            vec![
                signing::plugin_missing_1(lang),
                signing::plugin_missing_2(lang),
                signing::plugin_missing_3(lang),
            ],
        ),
        SignerTrouble::NoCertificate => (
            signing::no_certificate(lang),
            vec![
                signing::no_certificate_1(lang),
                signing::no_certificate_2(lang),
                signing::no_certificate_3(lang),
            ],
        ),
        SignerTrouble::Refused => (signing::refused(lang), vec![signing::refused_1(lang)]),
        SignerTrouble::Other => (signing::other(lang), vec![signing::other_1(lang)]),
    };
    // Of an extension that is not there the browser knows nothing but the address of its script.
    let unheard = failure.trouble == SignerTrouble::ExtensionMissing || failure.said.is_empty();
    let said = (!unheard).then_some(failure.said);
    let guide = match steps.as_slice() {
        [only] => view! { <p>{*only}</p> }.into_any(),
        _ => view! {
            <ol class="plain-list">
                {steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}
            </ol>
        }
        .into_any(),
    };
    view! {
        <Notice tone=Tone::Bad text=title>
            {guide}
            {said
                .map(|said| {
                    view! { <p class="their-words"><span class="faint">{signing::said(lang)}</span><q lang="">{said}</q></p> }
                })}
        </Notice>
    }
}
