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
    pub(crate) ai: Ai,
    pub(crate) code: &'static str,
    pub(crate) length: Length,
    pub(crate) content: Content,
    /// GS1 "predefined length": the next element may follow without a separator.
    pub(crate) predefined: bool,
}

/// Of what a value is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Text,
    Digits,
    /// `yymmdd`, and with ten characters `hhmm`; the day may be 00.
    Date,
}

/// An identifier by its index in [`KNOWN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Ai {
    Batch,
    Expiry,
    Additional,
    Weight,
    Volume,
    ExpiryTime,
    Price,
    Key,
    Signature,
    Short,
}

const fn text(ai: Ai, code: &'static str, length: Length) -> Identifier {
    Identifier {
        ai,
        code,
        length,
        content: Content::Text,
        predefined: false,
    }
}

const fn number(
    ai: Ai,
    code: &'static str,
    length: usize,
    content: Content,
    predefined: bool,
) -> Identifier {
    Identifier {
        ai,
        code,
        length: Length::Exactly(length),
        content,
        predefined,
    }
}

/// No identifier here is the beginning of another, so the first match is the only one.
static KNOWN: [Identifier; 15] = [
    text(Ai::Key, "91", Length::Exactly(4)),
    text(Ai::Signature, "92", Length::OneOf(44, 88)),
    text(Ai::Short, "93", Length::Exactly(4)),
    text(Ai::Batch, "10", Length::UpTo(20)),
    number(Ai::Expiry, "17", 6, Content::Date, true),
    text(Ai::Additional, "240", Length::UpTo(30)),
    number(Ai::Weight, "3103", 6, Content::Digits, true),
    number(Ai::Volume, "3350", 6, Content::Digits, true),
    number(Ai::Volume, "3351", 6, Content::Digits, true),
    number(Ai::Volume, "3352", 6, Content::Digits, true),
    number(Ai::Volume, "3353", 6, Content::Digits, true),
    number(Ai::Volume, "3354", 6, Content::Digits, true),
    number(Ai::Volume, "3355", 6, Content::Digits, true),
    number(Ai::ExpiryTime, "7003", 10, Content::Date, false),
    number(Ai::Price, "8005", 6, Content::Digits, false),
];

/// The identifier with which the text begins.
pub(crate) fn known_at(text: &[u8]) -> Option<&'static Identifier> {
    // Most texts begin with no identifier at all.
    if !matches!(
        text,
        [b'9', b'1'..=b'3', ..]
            | [b'1', b'0' | b'7', ..]
            | [b'2', b'4', ..]
            | [b'3', b'1' | b'3', ..]
            | [b'7' | b'8', b'0', ..]
    ) {
        return None;
    }
    KNOWN
        .iter()
        .find(|identifier| text.starts_with(identifier.code.as_bytes()))
}

/// What is known of an identifier by its exact code.
pub(crate) fn by_code(code: &str) -> Option<&'static Identifier> {
    KNOWN.iter().find(|identifier| identifier.code == code)
}

/// A set of identifiers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Met(u16);

impl Met {
    pub(crate) const fn of(identifiers: &[Ai]) -> Self {
        let mut bits = 0;
        let mut rest = identifiers;
        while let [first, behind @ ..] = rest {
            bits |= 1 << *first as u16;
            rest = behind;
        }
        Self(bits)
    }

    pub(crate) fn has(self, ai: Ai) -> bool {
        self.0 & (1 << ai as u16) != 0
    }

    pub(crate) fn with(self, ai: Ai) -> Self {
        Self(self.0 | (1 << ai as u16))
    }
}

/// The first character of a value that its identifier does not allow.
pub(crate) fn first_wrong(identifier: &Identifier, value: &[u8]) -> Option<usize> {
    match identifier.content {
        Content::Text => None,
        Content::Digits => value.iter().position(|byte| !byte.is_ascii_digit()),
        Content::Date => value
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .or_else(|| wrong_part_of_date(value)),
    }
}

/// Where month, day, hour or minute begin that no calendar or clock has.
///
/// In a date alone the day 00 stands for the end of the month; beside a time it does not (GS1 General Specifications, 3.4.6
/// and 3.8.3).
fn wrong_part_of_date(digits: &[u8]) -> Option<usize> {
    let part = |at: usize| match *digits.get(at..at + 2)? {
        [tens, ones] => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    };
    let days = match part(2)? {
        2 if part(0)?.is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let first_day = u8::from(digits.len() > 6);
    let allowed = [(2, 1, 12), (4, first_day, days), (6, 0, 23), (8, 0, 59)];
    allowed.into_iter().find_map(|(at, lowest, highest)| {
        let number = part(at)?;
        (number < lowest || number > highest).then_some(at)
    })
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
            known_at(b"3355000500").map(|identifier| identifier.code),
            Some("3355")
        );
        assert!(known_at(b"3356000500").is_none());
    }

    #[test]
    fn a_date_is_one_of_the_calendar() {
        let expiry = by_code("17").unwrap();
        assert_eq!(first_wrong(expiry, b"261130"), None);
        assert_eq!(first_wrong(expiry, b"261100"), None);
        assert_eq!(first_wrong(expiry, b"261330"), Some(2));
        assert_eq!(first_wrong(expiry, b"26x130"), Some(2));
        assert_eq!(first_wrong(expiry, b"261131"), Some(4));
        assert_eq!(first_wrong(expiry, b"280229"), None);
        assert_eq!(first_wrong(expiry, b"270229"), Some(4));
        let with_time = by_code("7003").unwrap();
        assert_eq!(first_wrong(with_time, b"2611302359"), None);
        assert_eq!(first_wrong(with_time, b"2611302460"), Some(6));
        assert_eq!(first_wrong(with_time, b"2611002359"), Some(4));
    }
}
