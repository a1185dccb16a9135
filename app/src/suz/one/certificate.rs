//! The certificate that signs.

use super::super::signer;
use crate::{
    texts::{self, suz},
    ui::{Notice, Tone},
};
use desk::suz::{Certificate, CertificateWarning};
use leptos::prelude::*;

/// A certificate with what is to be said of it.
#[component]
pub(super) fn CertificateView(
    certificate: Option<Certificate>,
    warnings: Vec<CertificateWarning>,
) -> impl IntoView {
    let lang = texts::lang();
    let Some(certificate) = certificate else {
        return view! { <span class="muted">{suz::no_certificate(lang)}</span> }.into_any();
    };
    let until = signer::date(certificate.until);
    view! {
        <div class="stack tight">
            <span>
                {certificate.owner}
                {certificate.inn.map(|inn| view! { ", "<span class="mono">{suz::inn(lang)}" "{inn}</span> })}
            </span>
            <span class="muted">{suz::until(lang)}" "{until}", "{suz::issuer(lang)}" "{certificate.issuer}</span>
            {warnings
                .into_iter()
                .map(|warning| {
                    let tone = match warning {
                        CertificateWarning::Expired { .. } => Tone::Bad,
                        _ => Tone::Warn,
                    };
                    view! { <Notice tone=tone text=suz::signing::warning(&warning, lang)/> }
                })
                .collect_view()}
        </div>
    }
    .into_any()
}
