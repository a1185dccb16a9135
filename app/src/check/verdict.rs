//! The verdict about one text, in a word.

use crate::{
    texts::{self, check},
    ui::{Pill, Tone},
};
use cis::{Lang, MarkingCode, Outcome, Parsed, market};
use leptos::prelude::*;

/// What an outcome means at a glance.
pub(super) const fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Valid => Tone::Ok,
        Outcome::Repaired | Outcome::Ambiguous => Tone::Warn,
        Outcome::Refused => Tone::Bad,
        Outcome::NotACode => Tone::Off,
    }
}

/// The verdict as a pill.
#[component]
pub(super) fn VerdictPill<'a>(
    /// What was read.
    parsed: &'a Parsed,
) -> impl IntoView + use<> {
    let lang = texts::lang();
    let outcome = parsed.outcome();
    let words = match outcome {
        Outcome::Repaired => check::repaired(
            u32::try_from(parsed.repairs.len()).unwrap_or(u32::MAX),
            lang,
        ),
        outcome => check::outcome(outcome, lang).to_owned(),
    };
    view! { <Pill tone=tone(outcome) text=words/> }
}

/// Whether Market takes a code, by the rules that it publishes: a pill, and the reason under it where there is one.
pub(super) fn market_opinion(
    code: &MarkingCode,
    lang: Lang,
) -> (Tone, &'static str, Option<String>) {
    if let Err(block) = market::check(code.as_str()) {
        return (
            Tone::Bad,
            check::market_block(lang),
            Some(block.message(lang)),
        );
    }
    match code.market_form() {
        Some(form) => (Tone::Ok, check::market(form, lang), None),
        None => (
            Tone::Warn,
            check::market_doubt(lang),
            Some(check::market_doubt_text(lang).to_owned()),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn market_knows_a_whole_code() {
        let code: MarkingCode = "0103041094787443215Qbag!\u{1d}93Zjqw".parse().unwrap();
        assert_eq!(
            market_opinion(&code, Lang::En),
            (Tone::Ok, "fits Market's form", None)
        );
    }
}
