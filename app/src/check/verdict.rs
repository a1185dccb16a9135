//! The verdict about one text, in a word.

use crate::{
    texts::{self, check},
    ui::{Pill, Tone},
};
use cis::{Lang, MarkingCode, Outcome, Parsed, market};
use leptos::prelude::*;

/// What a text turned out to be, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// No code.
    Refused,
    /// A code that can be read in two ways.
    TwoReadings,
    /// A code, repaired in so many steps.
    Repaired(u32),
    /// A code with something unusual about it.
    Remarked,
    /// A code as it should be.
    Good,
}

impl Verdict {
    /// The verdict on what was read.
    pub(super) fn of(parsed: &Parsed) -> Self {
        match parsed.outcome() {
            Outcome::Refused | Outcome::NotACode => Self::Refused,
            Outcome::Ambiguous => Self::TwoReadings,
            Outcome::Repaired => {
                Self::Repaired(u32::try_from(parsed.repairs.len()).unwrap_or(u32::MAX))
            }
            Outcome::Valid if parsed.remarks.is_empty() => Self::Good,
            Outcome::Valid => Self::Remarked,
        }
    }

    const fn tone(self) -> Tone {
        match self {
            Self::Refused => Tone::Bad,
            Self::TwoReadings | Self::Repaired(_) | Self::Remarked => Tone::Warn,
            Self::Good => Tone::Ok,
        }
    }

    fn words(self, lang: Lang) -> String {
        match self {
            Self::Refused => check::refused(lang).to_owned(),
            Self::TwoReadings => check::two_readings(lang).to_owned(),
            Self::Repaired(steps) => check::repaired(steps, lang),
            Self::Remarked => check::remarked(lang).to_owned(),
            Self::Good => check::good(lang).to_owned(),
        }
    }
}

/// The verdict as a pill.
#[component]
pub(super) fn VerdictPill(
    /// The verdict.
    verdict: Verdict,
) -> impl IntoView {
    view! { <Pill tone=verdict.tone() text=verdict.words(texts::lang())/> }
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
    match market::form(code.as_str()) {
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

    fn verdict(text: &str) -> Verdict {
        Verdict::of(&cis::parse(text))
    }

    #[test]
    fn a_whole_code_is_good_and_a_bare_one_has_a_remark() {
        assert_eq!(
            verdict("0103041094787443215Qbag!\u{1d}93Zjqw"),
            Verdict::Good
        );
        assert_eq!(verdict("0103041094787443215Qbag!"), Verdict::Remarked);
    }

    #[test]
    fn repairs_are_counted() {
        assert_eq!(
            verdict("]d20103041094787443215Qbag!{GS}93Zjqw"),
            Verdict::Repaired(2)
        );
    }

    #[test]
    fn a_bar_code_is_refused() {
        assert_eq!(verdict("4607809591427"), Verdict::Refused);
    }

    #[test]
    fn market_knows_a_whole_code() {
        let code: MarkingCode = "0103041094787443215Qbag!\u{1d}93Zjqw".parse().unwrap();
        assert_eq!(
            market_opinion(&code, Lang::En),
            (Tone::Ok, "fits Market's form", None)
        );
    }
}
