//! Choosing certificates: one for each legal entity in the queue.

use super::{super::signer, run::Run};
use crate::{
    texts::{self, suz},
    ui::{Notice, Tone},
};
use desk::suz::{Certificate, document::WaitingDocument};
use leptos::prelude::*;

/// One choice for each legal entity.
#[component]
pub(super) fn Certificates(
    /// What is to be signed.
    documents: Vec<WaitingDocument>,
    run: Run,
) -> impl IntoView {
    let mut entities: Vec<(String, Option<String>)> = Vec::new();
    for document in documents {
        let entity = (document.legal_entity, document.inn);
        if !entities.contains(&entity) {
            entities.push(entity);
        }
    }
    entities
        .into_iter()
        .map(|(name, inn)| view! { <Choice name=name inn=inn run=run/> })
        .collect_view()
}

/// The certificates on offer for one legal entity.
#[component]
fn Choice(
    /// The legal entity's name.
    name: String,
    /// Its ИНН.
    inn: Option<String>,
    run: Run,
) -> impl IntoView {
    let lang = texts::lang();
    let id = format!("certificate-{}", inn.as_deref().unwrap_or_default());
    let owner = inn.clone().unwrap_or_default();
    let chosen = {
        let owner = owner.clone();
        Memo::new(move |_| run.certificate(&owner))
    };
    let options = run
        .certificates()
        .into_iter()
        .map(|certificate| {
            let thumbprint = certificate.thumbprint.clone();
            let selected = move || {
                chosen.with(|chosen| chosen.as_ref().is_some_and(|one| one.thumbprint == thumbprint))
            };
            view! {
                <option value=certificate.thumbprint.clone() selected=selected>{line(&certificate, lang)}</option>
            }
        })
        .collect_view();
    let warnings = move || {
        chosen.get().map(|certificate| {
            certificate
                .warnings(inn.as_deref().and_then(|inn| inn.parse().ok()).as_ref(), signer::now())
                .iter()
                .map(|warning| view! { <Notice tone=Tone::Warn text=suz::signing::warning(warning, lang)/> })
                .collect_view()
        })
    };
    view! {
        <div class="labelled">
            <label for=id.clone()>{suz::signing::certificate_for(lang)}" "{name}</label>
            <select
                class="field"
                id=id
                on:change=move |event| run.choose(owner.clone(), &event_target_value(&event))
            >
                <option value="">{suz::signing::pick(lang)}</option>
                {options}
            </select>
        </div>
        {warnings}
    }
}

/// A certificate in a line: owner, ИНН, end.
fn line(certificate: &Certificate, lang: cis::Lang) -> String {
    let mut line = certificate.owner.clone();
    if let Some(inn) = &certificate.inn {
        line.push_str(", ");
        line.push_str(suz::inn(lang));
        line.push(' ');
        line.push_str(inn);
    }
    line.push_str(", ");
    line.push_str(suz::until(lang));
    line.push(' ');
    line.push_str(&signer::date(certificate.until));
    line
}
