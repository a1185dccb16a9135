//! Tokens, and who signs for the next ones.

use super::{
    super::{api::SetSuzWay, marks::TokenMark},
    acts::{Trouble, Which, reload_after},
    certificate::CertificateView,
};
use crate::{
    texts::{self, suz},
    ui::{Button, part},
};
use desk::{
    ids::SuzConnectionId,
    suz::{DeviceState, SigningWay, TokenState, view::SuzConnectionView},
};
use leptos::{form::ActionForm, prelude::*};

/// Tokens and the signing way.
#[component]
pub(super) fn Tokens(
    id: SuzConnectionId,
    /// The connection.
    now: Memo<SuzConnectionView>,
    may_manage: bool,
    /// Loads the page's data again.
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let client = Memo::new(move |_| {
        now.with(|now| {
            now.devices
                .iter()
                .find(|device| device.state == DeviceState::Active)
                .map_or(TokenState::Never, |device| device.token.clone())
        })
    });
    let true_api = Memo::new(move |_| now.with(|now| now.true_api.clone()));
    let way = Memo::new(move |_| now.with(|now| (now.way, now.ways.clone())));
    let certificate =
        Memo::new(move |_| now.with(|now| (now.certificate.clone(), now.warnings.clone())));
    view! {
        <section class="card pad stack">
            <h2>{suz::tokens(lang)}</h2>
            <dl class="facts">
                <dt>{suz::token_client(lang)}</dt>
                <dd>{part(move || view! { <TokenMark state=client.get()/> })}</dd>
                <dt>{suz::token_true_api(lang)}</dt>
                <dd>{part(move || view! { <TokenMark state=true_api.get()/> })}</dd>
                <dt>{suz::way(lang)}</dt>
                <dd>{move || suz::way_name(way.get().0, lang)}</dd>
                <dt>{suz::certificate(lang)}</dt>
                <dd>
                    {part(move || {
                        let (certificate, warnings) = certificate.get();
                        view! { <CertificateView certificate=certificate warnings=warnings/> }
                    })}
                </dd>
            </dl>
            <p class="hint">{suz::token_text(lang)}</p>
            {part(move || {
                let (way, ways) = way.get();
                (may_manage && ways.len() > 1)
                    .then(|| view! { <Ways id=id way=way ways=ways reload=reload/> })
            })}
        </section>
    }
}

/// Another way to sign.
#[component]
fn Ways(
    id: SuzConnectionId,
    way: SigningWay,
    ways: Vec<SigningWay>,
    reload: Callback<()>,
) -> impl IntoView {
    let lang = texts::lang();
    let action = ServerAction::<SetSuzWay>::new();
    reload_after(action, reload);
    let pick = move |one: SigningWay| {
        view! {
            <label class="pick">
                <input type="radio" name="way" value=one.as_str() checked=one == way required/>
                <b>{suz::way_name(one, lang)}</b>
                <span class="muted">{suz::way_text(one, lang)}</span>
            </label>
        }
    };
    view! {
        <details>
            <summary class="btn">{suz::way(lang)}"…"</summary>
            <ActionForm action=action>
                <div class="stack">
                    <Which id=id/>
                    <Trouble action=action/>
                    <fieldset class="choice">
                        <legend class="vh">{suz::way(lang)}</legend>
                        <div class="picks">{ways.into_iter().map(pick).collect_view()}</div>
                    </fieldset>
                    <div class="top"><Button text=suz::way_act(lang) pending=action.pending()/></div>
                </div>
            </ActionForm>
        </details>
    }
}
