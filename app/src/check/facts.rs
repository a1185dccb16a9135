//! What is told of a number of a product.

use crate::texts::{self, check};
use cis::Gtin;
use leptos::prelude::*;

/// Where GS1 tells whether a product is in its database.
const GS1: &str = "https://www.gs1.org/services/verified-by-gs1";

/// What a GTIN is, and where it is looked up and got.
pub(super) fn gtin_facts(gtin: Gtin) -> impl IntoView {
    let lang = texts::lang();
    let digit = gtin.as_str().chars().last().unwrap_or_default();
    view! {
        <div class="anat">
            <span class="seg gtin">
                <b>{gtin.as_str().to_owned()}</b>
                <small>"GTIN-14. " {check::check_digit(digit, lang)}</small>
            </span>
        </div>
        <p class="muted">{check::gtin_about(lang)} " " {check::gtin_find(lang)} " " {check::gtin_get(lang)}</p>
        <p>
            <a class="link" href=GS1 target="_blank" rel="noopener noreferrer external">{check::gtin_link(lang)}</a>
        </p>
    }
}
