//! A field for a GTIN: what will be kept, or what is wrong with it, is said while somebody types.

use super::form::{FaultText, Spot};
use crate::{
    texts::{self, suz::orders as words},
    ui::part,
};
use cis::{Gtin, GtinError};
use leptos::prelude::*;

/// What a text comes to: nothing while the field is empty, a GTIN-14, or what is wrong. Numbers as they stand under bar
/// codes (EAN-13, UPC, EAN-8) get their zeros on the left; no other length is mended, for that could hide a lost digit.
fn read(text: &str) -> Option<Result<Gtin, GtinError>> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return None;
    }
    let bar_code = matches!(digits.len(), 8 | 12 | 13);
    Some(if bar_code {
        format!("{digits:0>14}").parse()
    } else {
        digits.parse()
    })
}

/// The field. It forgives whoever still types: too few digits are no fault before the field is left.
#[component]
pub(super) fn GtinField(
    /// Its place in the form, with what is wrong there.
    spot: Spot,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// The list of GTINs to choose from.
    known: &'static str,
    /// The GTIN, once it is one.
    found: RwSignal<Option<Gtin>>,
    /// The name of the goods, when they are known.
    goods: Memo<Option<String>>,
) -> impl IntoView {
    let lang = texts::lang();
    let name = spot.id();
    let text = RwSignal::new(value.clone());
    let left = RwSignal::new(!value.is_empty());
    let finding = Memo::new(move |_| text.with(|text| read(text)));
    Effect::new(move |_| found.set(finding.get().and_then(Result::ok)));
    let wrong = Memo::new(move |_| match finding.get() {
        Some(Err(GtinError::Length { .. })) if !left.get() => None,
        Some(Err(error)) => Some(error.message(lang)),
        _ => None,
    });
    let kept = Memo::new(move |_| {
        let gtin = finding.get()?.ok()?;
        text.with(|text| text.trim() != gtin.as_str())
            .then_some(gtin)
    });
    let id = |part: &str| format!("{name}-{part}");
    let (error_id, kept_id, goods_id) = (id("error"), id("kept"), id("goods"));
    let hints = format!("{error_id} {kept_id} {goods_id}");
    let refusal = spot.described(hints.clone());
    // What is said while somebody types is newer than what was said of the form that was sent.
    let described = move || {
        if wrong.with(Option::is_some) {
            Some(hints.clone())
        } else {
            refusal.get()
        }
    };
    let refused = spot.is_wrong();
    view! {
        <div class="labelled">
            <label for=name.clone()>{words::gtin(lang)}</label>
            <input
                class="field mono"
                id=name.clone()
                name=name
                inputmode="numeric"
                autocomplete="off"
                spellcheck="false"
                list=known
                value=value
                aria-describedby=described
                aria-invalid=move || (refused.get() || wrong.with(Option::is_some)).then_some("true")
                on:input=move |event| text.set(event_target_value(&event))
                on:blur=move |_| left.set(true)
            />
            <p class="error" id=error_id hidden=move || wrong.with(Option::is_none)>{wrong}</p>
            {part(move || wrong.with(Option::is_none).then(|| view! { <FaultText spot=spot.clone()/> }))}
            <p class="kept" id=kept_id hidden=move || kept.with(Option::is_none)>
                {part(move || kept.get().map(|gtin| view! { {words::gtin_kept(lang)} " " <b class="mono">{gtin.to_string()}</b> }))}
            </p>
            <p class="hint" id=goods_id hidden=move || goods.with(Option::is_none)>{goods}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_under_bar_codes_get_their_zeros_and_no_others_do() {
        let right = |text: &str| read(text).and_then(Result::ok).map(|gtin| gtin.to_string());
        assert_eq!(right("4670033010053").as_deref(), Some("04670033010053"));
        assert_eq!(
            right(" 0467 0033 010053 ").as_deref(),
            Some("04670033010053")
        );
        assert_eq!(right("96385074").as_deref(), Some("00000096385074"));
        assert_eq!(read("  "), None);
        assert_eq!(
            read("467003301005"),
            Some(Err(GtinError::CheckDigit {
                expected: 6,
                found: 5
            }))
        );
        assert_eq!(
            read("46700330100"),
            Some(Err(GtinError::Length { found: 11 }))
        );
        assert!(matches!(
            read("467003301005З"),
            Some(Err(GtinError::NotDigit { .. }))
        ));
    }
}
