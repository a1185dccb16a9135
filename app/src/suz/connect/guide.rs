//! Where the ids are found, with a picture of the place.

use crate::texts::{self, suz};
use leptos::prelude::*;

/// The guide.
#[component]
pub(super) fn Guide() -> impl IntoView {
    let lang = texts::lang();
    view! {
        <details open>
            <summary>{suz::guide(lang)}</summary>
            <div class="where">
                <ol class="plain-list">
                    <li>{suz::guide_enter(lang)}</li>
                    <li>{suz::guide_tiles(lang)}</li>
                    <li>{suz::guide_devices(lang)}</li>
                    <li>{suz::guide_create(lang)}</li>
                    <li><a class="link" href="#questions" rel="external">{suz::guide_cannot(lang)}</a></li>
                </ol>
                <Picture/>
            </div>
        </details>
    }
}

/// A sketch of СУЗ's page with the two places marked. Its words are СУЗ's own.
#[component]
pub(in crate::suz) fn Picture() -> impl IntoView {
    let lang = texts::lang();
    view! {
        <figure class="sketch" role="img" aria-label=suz::picture(lang)>
            <div class="sketch-head">
                <b>{suz::picture_devices(lang)}</b>
                <span class="sketch-id"><i>"①"</i>" OMS ID: 67ad4640-ee4c-…"</span>
            </div>
            <div class="sketch-row sketch-th">
                <span>{suz::picture_name(lang)}</span>
                <span>{suz::picture_id(lang)}</span>
            </div>
            <div class="sketch-row">
                <span>"Метка"</span>
                <span class="sketch-id"><i>"②"</i>" 2be5c1f0-9a3d-…"</span>
            </div>
            <div class="sketch-row faint">
                <span>"1С"</span>
                <span>"91f0a2c7-…"</span>
            </div>
        </figure>
    }
}
