//! The application identifiers that stand behind the serial number, with their lengths.

/// How long the value of an element may be, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    Exactly(usize),
    OneOf(usize, usize),
    UpTo(usize),
}

impl Length {
    pub(crate) fn allows(self, length: usize) -> bool {
        match self {
            Self::Exactly(exact) => length == exact,
            Self::OneOf(one, other) => length == one || length == other,
            Self::UpTo(most) => (1..=most).contains(&length),
        }
    }
}

/// What is known of one application identifier.
///
/// Lengths come from the [GS1 syntax dictionary](https://github.com/gs1/gs1-syntax-dictionary); for the company-internal
/// identifiers 91, 92 and 93 they are those of the crypto tail, far stricter than GS1's "up to 90".
#[derive(Debug)]
pub(crate) struct Identifier {
    pub(crate) code: &'static str,
    pub(crate) length: Length,
    pub(crate) digits: bool,
    /// GS1 "predefined length": the next element may follow without a separator.
    pub(crate) predefined: bool,
}

const fn text(code: &'static str, length: Length) -> Identifier {
    Identifier {
        code,
        length,
        digits: false,
        predefined: false,
    }
}

const fn number(code: &'static str, length: usize, predefined: bool) -> Identifier {
    Identifier {
        code,
        length: Length::Exactly(length),
        digits: true,
        predefined,
    }
}

/// No identifier here is the beginning of another, so the first match is the only one.
static KNOWN: [Identifier; 15] = [
    text("10", Length::UpTo(20)),
    number("17", 6, true),
    text("240", Length::UpTo(30)),
    number("3103", 6, true),
    number("3350", 6, true),
    number("3351", 6, true),
    number("3352", 6, true),
    number("3353", 6, true),
    number("3354", 6, true),
    number("3355", 6, true),
    number("7003", 10, false),
    number("8005", 6, false),
    text(KEY, Length::Exactly(4)),
    text(SIGNATURE, Length::OneOf(44, 88)),
    text(SHORT_TAIL, Length::Exactly(4)),
];

/// The verification key of a two-part tail.
pub(crate) const KEY: &str = "91";
/// The signature of a two-part tail.
pub(crate) const SIGNATURE: &str = "92";
/// The one-part tail.
pub(crate) const SHORT_TAIL: &str = "93";
/// The maker's additional number: four digits of the customs code with shoes.
pub(crate) const ADDITIONAL: &str = "240";

/// The lengths of serial numbers that are in use, in characters.
pub(crate) const SERIAL_LENGTHS: [usize; 5] = [6, 7, 8, 13, 20];

/// The identifier with which the text begins.
pub(crate) fn known_at(text: &str) -> Option<&'static Identifier> {
    KNOWN
        .iter()
        .find(|identifier| text.starts_with(identifier.code))
}

/// What is known of an identifier by its exact code.
pub(crate) fn by_code(code: &str) -> Option<&'static Identifier> {
    KNOWN.iter().find(|identifier| identifier.code == code)
}

/// A set of identifiers already met.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Met(u16);

impl Met {
    fn bit(identifier: &Identifier) -> u16 {
        KNOWN
            .iter()
            .position(|known| known.code == identifier.code)
            .map_or(0, |index| 1 << index)
    }

    pub(crate) fn has(self, identifier: &Identifier) -> bool {
        self.0 & Self::bit(identifier) != 0
    }

    pub(crate) fn with(self, identifier: &Identifier) -> Self {
        Self(self.0 | Self::bit(identifier))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_identifier_is_the_beginning_of_another() {
        for one in &KNOWN {
            for other in &KNOWN {
                assert!(one.code == other.code || !other.code.starts_with(one.code));
            }
        }
    }

    #[test]
    fn volume_is_known_with_every_lawful_decimal_and_no_other() {
        assert_eq!(
            known_at("3355000500").map(|identifier| identifier.code),
            Some("3355")
        );
        assert!(known_at("3356000500").is_none());
    }
}
