//! The sentences in English.

use super::{code_point, shown, spoken};
use crate::ai::{self, Length};
use crate::place::Place;
use crate::{GtinError, LooksLike, RefusalKind, RemarkKind, TailFault, charset, market};

const RESCAN: &str = "Scan the code again.";
const LAYOUT: &str = "Switch to the English keyboard layout and scan the code again.";
const SQUARE: &str = "Scan the square DataMatrix code on the goods.";

pub(super) fn gtin_error(error: &GtinError) -> String {
    match *error {
        GtinError::Length { found } => {
            format!("The GTIN has {} and must have 14.", count(found, "digit"))
        }
        GtinError::NotDigit { character, index } => {
            format!(
                "In the GTIN, position {}: “{}” in place of a digit.",
                spoken(index),
                shown(character)
            )
        }
        GtinError::CheckDigit { expected, found } => {
            format!("The check digit of the GTIN is wrong: it is {found} and must be {expected}.")
        }
    }
}

pub(super) fn refusal(kind: &RefusalKind, position: Option<usize>, place: Option<Place>) -> String {
    let at = r#where(position, place);
    match kind {
        RefusalKind::Empty => "The code is empty. Scan or paste a marking code.".to_owned(),
        RefusalKind::TooLong { length } => format!(
            "The code has {}, and no code has more than 256. Perhaps several codes were pasted in a row.",
            count(*length, "character")
        ),
        RefusalKind::NonAscii {
            character,
            latin_twin: Some(latin),
        } => format!("{at}: Cyrillic letter “{character}” in place of Latin “{latin}”. {LAYOUT}"),
        RefusalKind::NonAscii { character, .. } if charset::is_cyrillic(*character) => {
            format!("{at}: Cyrillic letter “{character}”. {LAYOUT}")
        }
        RefusalKind::NonAscii { character, .. } => format!(
            "{at}: illegal character “{}” ({}). Codes have only Latin letters, digits and signs. {RESCAN}",
            shown(*character),
            code_point(*character)
        ),
        RefusalKind::Control { character } => format!(
            "{at}: control character {}. Only the separator GS (U+001D) may stand inside a code. {RESCAN}",
            code_point(*character)
        ),
        RefusalKind::IllegalCharacter { character: ' ' } => {
            format!("{at}: a space. There are no spaces in marking codes. {RESCAN}")
        }
        RefusalKind::IllegalCharacter { character } => {
            format!("{at}: illegal character “{}”. {RESCAN}", shown(*character))
        }
        RefusalKind::NotMarkingCode { looks_like } => not_marking_code(*looks_like),
        RefusalKind::Gtin(error) => format!("{} {RESCAN}", gtin_error(error)),
        RefusalKind::NoSerialIdentifier => {
            format!("{at}: identifier 21 with the serial number is missing behind the GTIN. {RESCAN}")
        }
        RefusalKind::SerialLength { length } => format!(
            "The serial number has {}, and lawful lengths are 6, 7, 8, 13 and 20. Perhaps a part of the code is lost. {RESCAN}",
            count(*length, "character")
        ),
        RefusalKind::Tail(fault) => tail(*fault),
        RefusalKind::SeparatorLost { ai, position } => format!(
            "The separator GS in front of {ai} is lost (position {}). Use a scanner that sends separators, or put GS there.",
            spoken(*position)
        ),
        RefusalKind::UnknownIdentifier { found } => format!(
            "{at}: “{found}” follows the separator, and marking codes have no such element. {RESCAN}"
        ),
        RefusalKind::Repeated { ai } => {
            format!("{at}: element {ai} is there for the second time. Perhaps two codes are glued together.")
        }
        RefusalKind::ElementLength { ai, found } => wrong_length(ai, *found),
        RefusalKind::NotDigit { character, .. } => {
            format!("{at}: “{}” in place of a digit. {RESCAN}", shown(*character))
        }
        RefusalKind::SeparatorText { text } => format!(
            "{at}: the text “{text}” stands in place of the separator GS, and nobody can tell how many of its backslashes are superfluous. {RESCAN}"
        ),
        RefusalKind::MoreThanKi => {
            "There is more behind the serial number, and an identification code without it is wanted."
                .to_owned()
        }
    }
}

fn not_marking_code(looks_like: LooksLike) -> String {
    match looks_like {
        LooksLike::Ean { digits } => format!(
            "This is an ordinary bar code ({}), not a marking code. {SQUARE}",
            count(digits, "digit")
        ),
        LooksLike::Gtin => {
            format!("This is a GTIN without a serial number, not a marking code. {SQUARE}")
        }
        LooksLike::Url => format!("This is a link, not a marking code. {SQUARE}"),
        LooksLike::Egais => {
            "This is an EGAIS mark for strong alcohol, not a marking code.".to_owned()
        }
        LooksLike::Sscc => format!(
            "This is the code of a transport package (SSCC), not of one unit. {SQUARE}"
        ),
        LooksLike::TobaccoPack => {
            "This looks like the code of a pack of tobacco or nicotine: it has no 01 and 21. Such codes are not accepted yet."
                .to_owned()
        }
        LooksLike::FurMark => {
            "This looks like the mark of a fur garment. Such codes are not accepted yet.".to_owned()
        }
        LooksLike::Uin => {
            "This looks like the UIN of a piece of jewellery (16 digits). It has a field of its own."
                .to_owned()
        }
        LooksLike::Unknown => {
            format!("A marking code begins with 01 and a GTIN, and this text does not. {RESCAN}")
        }
    }
}

fn tail(fault: TailFault) -> String {
    match fault {
        TailFault::Length { ai, found } => wrong_length(ai, found),
        TailFault::KeyWithoutSignature => {
            format!("Element 91 is not followed by 92, the crypto tail is incomplete. {RESCAN}")
        }
        TailFault::SignatureWithoutKey => {
            format!("Element 92 does not follow 91, the crypto tail is incomplete. {RESCAN}")
        }
        TailFault::TwoTails => {
            "The code has two crypto tails, 91 with 92 and 93. Perhaps two codes are glued together."
                .to_owned()
        }
    }
}

fn wrong_length(ai: &str, found: usize) -> String {
    let expected = match ai::by_code(ai).map(|identifier| identifier.length) {
        Some(Length::Exactly(length)) => length.to_string(),
        Some(Length::OneOf(one, other)) => format!("{one} or {other}"),
        Some(Length::UpTo(most)) => format!("1 to {most}"),
        None => "another number".to_owned(),
    };
    format!(
        "Element {ai} has {} and must have {expected}. The code is cut or damaged. {RESCAN}",
        count(found, "character")
    )
}

pub(super) fn remark(kind: &RemarkKind, position: Option<usize>) -> String {
    let at = r#where(position, None);
    match kind {
        RemarkKind::EdgesTrimmed { leading, trailing } => format!(
            "Spaces and invisible characters were taken off the edges: {leading} in front, {trailing} behind."
        ),
        RemarkKind::InvisibleDropped { character } => {
            format!(
                "{at}: invisible character {} was dropped.",
                code_point(*character)
            )
        }
        RemarkKind::SymbologyDropped { identifier } => {
            format!("The scanner's prefix “{identifier}” was dropped.")
        }
        RemarkKind::LeadingSeparatorDropped => {
            "The separator GS in front of the code was dropped.".to_owned()
        }
        RemarkKind::TrailingSeparatorDropped => {
            "The separator GS behind the code was dropped.".to_owned()
        }
        RemarkKind::DoubleSeparatorCollapsed => {
            format!("{at}: a doubled separator GS was dropped.")
        }
        RemarkKind::SeparatorAfterGtinDropped => {
            format!("{at}: a superfluous separator GS behind the GTIN was dropped.")
        }
        RemarkKind::SeparatorDecoded { spelling } => {
            format!("{at}: “{spelling}” became the separator GS.")
        }
        RemarkKind::BracketsRemoved { ai } => {
            format!("{at}: brackets around identifier {ai} were removed.")
        }
        RemarkKind::OutsideCset82 { character } => format!(
            "{at}: character “{character}” is not used in marking codes. Compare the code with the package."
        ),
        RemarkKind::BareKi => {
            "This code has no crypto tail: it names the unit, but its genuineness cannot be checked."
                .to_owned()
        }
        RemarkKind::AmbiguousBareKi { bare, separated } => format!(
            "The code reads in two ways: as a code without tail, {bare}, or as a code that lost its separator, {separated}. Choose one or scan the code again."
        ),
        RemarkKind::AmbiguousSerial { separated } => format!(
            "A separator seems to be lost within the serial number, and the code ought to be {separated}. Scan the code again."
        ),
    }
}

pub(super) fn block(block: &market::Block) -> String {
    match *block {
        market::Block::Empty => "The code is empty.".to_owned(),
        market::Block::TooLong { length } => format!(
            "The code has {}, and Market accepts 256 at most.",
            count(length, "character")
        ),
        market::Block::Control {
            character,
            position,
        } => format!(
            "Position {}: control character {}. Only the separator GS (U+001D) is allowed.",
            spoken(position),
            code_point(character)
        ),
        market::Block::NonAscii {
            character,
            position,
        } => format!(
            "Position {}: character “{}” is not ASCII, Market will not accept the code.",
            spoken(position),
            shown(character)
        ),
        market::Block::SeparatorText { position } => format!(
            "Position {}: the text \\u001d in place of the separator GS itself.",
            spoken(position)
        ),
    }
}

fn r#where(position: Option<usize>, place: Option<Place>) -> String {
    match (place, position) {
        (Some(Place::Gtin(at)), _) => format!("In the GTIN, position {at}"),
        (Some(Place::Serial(at)), _) => format!("In the serial number, position {at}"),
        (Some(Place::Element(ai, at)), _) => format!("In element {ai}, position {at}"),
        (None, Some(position)) => format!("Position {}", spoken(position)),
        (None, None) => "In the code".to_owned(),
    }
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
