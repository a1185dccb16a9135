//! The two patterns a `cis` has to match, from the footnote of the method's page.
//!
//! ```text
//! ^(?=.{1,256}$)\u001D?(\(?01\)?\d{14}\(?21\)?([!-~]{6,8}|[!-~]{13}|[!-~]{20})(\u001D\(?240\)?.{1,30})?\u001D\(?9[1,3]\)?.+)$
//! ^(?=[!-~]{1,256}$)(\(?01\)?\d{14}\(?21\)?(.{6,8}|.{13}|.{20}))$
//! ```
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/provideOrderItemIdentifiers>.

use std::{collections::BTreeSet, ops::RangeInclusive};

/// The group separator of GS1.
pub(super) const GS: char = '\u{1d}';

/// The longest code, characters.
const LONGEST: usize = 256;

/// Lengths of a serial number.
const SERIAL: [RangeInclusive<usize>; 3] = [6..=8, 13..=13, 20..=20];

/// What is wrong with a `cis`; `None` when one of the two patterns takes it.
pub(super) fn objection(cis: &str) -> Option<&'static str> {
    let text: Vec<char> = cis.chars().collect();
    if text.is_empty() {
        return Some("value is empty");
    }
    if text.len() > LONGEST {
        return Some("value is longer than 256 characters");
    }
    let matches = with_tail(&text) || without_tail(&text);
    (!matches).then_some("value does not match the expected format")
}

/// The code without its crypto tail: what stands before the first separator, a leading one not counted.
pub(super) fn identity(cis: &str) -> &str {
    let body = cis.strip_prefix(GS).unwrap_or(cis);
    body.split(GS).next().unwrap_or(body)
}

/// Whether the code carries anything after its identity.
pub(super) fn has_tail(cis: &str) -> bool {
    cis.strip_prefix(GS).unwrap_or(cis).contains(GS)
}

fn with_tail(text: &[char]) -> bool {
    Reading::start(text)
        .maybe(GS)
        .identifier("01")
        .repeat(&[14..=14], |c| c.is_ascii_digit())
        .identifier("21")
        .repeat(&SERIAL, printable)
        .optionally(|reading| {
            reading
                .one(|c| c == GS)
                .identifier("240")
                .repeat(&[1..=30], any)
        })
        .one(|c| c == GS)
        .maybe('(')
        .one(|c| c == '9')
        // The documented class is `[1,3]`, with the comma inside.
        .one(|c| matches!(c, '1' | ',' | '3'))
        .maybe(')')
        .repeat(&[1..=LONGEST], any)
        .ended()
}

fn without_tail(text: &[char]) -> bool {
    text.iter().copied().all(printable)
        && Reading::start(text)
            .identifier("01")
            .repeat(&[14..=14], |c| c.is_ascii_digit())
            .identifier("21")
            .repeat(&SERIAL, any)
            .ended()
}

/// `[!-~]`.
fn printable(c: char) -> bool {
    ('!'..='~').contains(&c)
}

/// `.`: everything but the ends of lines.
fn any(c: char) -> bool {
    !matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// All the places of the text that can be reached by what has been read so far.
///
/// Following every possibility at once is what a regular expression does, and the patterns need it: a serial may itself begin with a bracket.
struct Reading<'a> {
    text: &'a [char],
    at: BTreeSet<usize>,
}

impl<'a> Reading<'a> {
    fn start(text: &'a [char]) -> Self {
        Self {
            text,
            at: BTreeSet::from([0]),
        }
    }

    fn one(self, class: impl Fn(char) -> bool) -> Self {
        self.repeat(&[1..=1], class)
    }

    fn maybe(self, wanted: char) -> Self {
        self.repeat(&[0..=1], |c| c == wanted)
    }

    /// An application identifier, in brackets or not.
    fn identifier(self, digits: &str) -> Self {
        digits
            .chars()
            .fold(self.maybe('('), |reading, digit| {
                reading.one(|c| c == digit)
            })
            .maybe(')')
    }

    fn repeat(self, counts: &[RangeInclusive<usize>], class: impl Fn(char) -> bool) -> Self {
        let most = counts.iter().map(|count| *count.end()).max().unwrap_or(0);
        let mut reached = BTreeSet::new();
        for &from in &self.at {
            let run = self
                .text
                .iter()
                .skip(from)
                .take(most)
                .take_while(|c| class(**c))
                .count();
            reached.extend(
                (0..=run)
                    .filter(|length| counts.iter().any(|count| count.contains(length)))
                    .map(|length| from + length),
            );
        }
        Self {
            text: self.text,
            at: reached,
        }
    }

    fn optionally(self, part: impl FnOnce(Self) -> Self) -> Self {
        let skipped = self.at.clone();
        let mut read = part(self);
        read.at.extend(skipped);
        read
    }

    fn ended(&self) -> bool {
        self.at.contains(&self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDENTITY_13: &str = "0104610012345675215abcdefghijk!";

    fn accepted(cis: &str) -> bool {
        objection(cis).is_none()
    }

    #[test]
    fn the_sample_of_the_documentation_is_accepted() {
        assert!(accepted("01030410947874432155Qbag!\u{1d}93Zjqw"));
    }

    #[test]
    fn a_separator_written_as_six_characters_is_refused() {
        assert!(!accepted(r"01030410947874432155Qbag!\u001d93Zjqw"));
        assert!(!accepted(&format!(r"{IDENTITY_13}\u001d91EE06\u001d92abc")));
    }

    #[test]
    fn full_codes_are_accepted_in_every_documented_form() {
        let tail = "\u{1d}91EE06\u{1d}92YWJj";
        assert!(accepted(&format!("{IDENTITY_13}{tail}")));
        assert!(accepted(&format!("\u{1d}{IDENTITY_13}{tail}")));
        assert!(accepted(
            "(01)04610012345675(21)5abcdefghijk!\u{1d}(93)dGVz"
        ));
        assert!(accepted(&format!("{IDENTITY_13}\u{1d}240AB12{tail}")));
        assert!(accepted(
            "01046100123456752155)M/1CtML//vOkRKWW(\u{1d}93dGVz"
        ));
    }

    #[test]
    fn an_identity_alone_is_accepted() {
        assert!(accepted(IDENTITY_13));
        assert!(accepted("01046100123456752155Qbag!"));
        assert!(!has_tail(IDENTITY_13));
    }

    #[test]
    fn a_lost_separator_after_a_short_serial_passes_as_a_longer_one() {
        assert!(accepted("01030410947874432155Qbag!93Zjqw"));
    }

    #[test]
    fn what_the_patterns_do_not_know_is_refused() {
        for wrong in [
            "",
            "]d20104610012345675215abcdefghijk!\u{1d}93dGVz",
            "0104610012345675215abcdefghijk!91EE0692YWJj",
            "0104610012345675215abcdefgh\u{1d}93dGVz",
            "0104610012345675215abcdefghijk!\u{1d}92YWJj",
            "0104610012345675215abcdefghijk!\u{1d}17260101\u{1d}93dGVz",
            "00000046198488X?io+qCABm8wAYa",
            "0104610012345675215abcdefg hij!\u{1d}93dGVz",
        ] {
            assert!(!accepted(wrong), "{wrong:?}");
        }
        let long = format!("{IDENTITY_13}\u{1d}93{}", "x".repeat(256));
        assert_eq!(
            objection(&long),
            Some("value is longer than 256 characters")
        );
    }

    #[test]
    fn the_identity_ends_at_the_first_separator() {
        let full = format!("\u{1d}{IDENTITY_13}\u{1d}91EE06\u{1d}92YWJj");
        assert_eq!(identity(&full), IDENTITY_13);
        assert!(has_tail(&full));
    }
}
