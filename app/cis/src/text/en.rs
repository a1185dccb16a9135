//! The sentences in English.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};

use super::{code_point, shown, shown_text, spoken};
use crate::ai::{self, Length};
use crate::place::Place;
use crate::{
    Doubt, Foreign, ForeignKind, Groups, GtinError, Kind, Lang, Question, Reading, Refusal,
    RefusalKind, RemarkKind, Repair, Step, TailFault, charset, market,
};

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

pub(super) fn refusal(refusal: &Refusal) -> String {
    let at = r#where(refusal.position(), refusal.place());
    match refusal.kind() {
        RefusalKind::Empty => "The code is empty. Scan or paste a marking code.".to_owned(),
        RefusalKind::TooLong { length } => format!(
            "The code has {}, and no code has more than 256. Perhaps several codes were pasted in a row.",
            count(length, "character")
        ),
        RefusalKind::NonAscii {
            character,
            latin_twin: Some(latin),
        } => format!("{at}: Cyrillic letter “{character}” in place of Latin “{latin}”. {LAYOUT}"),
        RefusalKind::NonAscii { character, .. } if charset::is_cyrillic(character) => {
            format!("{at}: Cyrillic letter “{character}”. {LAYOUT}")
        }
        RefusalKind::NonAscii { character, .. } => format!(
            "{at}: illegal character “{}” ({}). Codes have only Latin letters, digits and signs. {RESCAN}",
            shown(character),
            code_point(character)
        ),
        RefusalKind::Control { character } => format!(
            "{at}: control character {}. Only the separator GS (U+001D) may stand inside a code. {RESCAN}",
            code_point(character)
        ),
        RefusalKind::IllegalCharacter { character: ' ' } => {
            format!("{at}: a space. There are no spaces in marking codes. {RESCAN}")
        }
        RefusalKind::IllegalCharacter { character } => {
            format!("{at}: illegal character “{}”. {RESCAN}", shown(character))
        }
        RefusalKind::NotMarkingCode => {
            format!("A marking code begins with 01 and a GTIN, and this text does not. {RESCAN}")
        }
        RefusalKind::Gtin(error) => format!("{} {RESCAN}", gtin_error(&error)),
        RefusalKind::NoSerialIdentifier => {
            format!("{at}: identifier 21 with the serial number is missing behind the GTIN. {RESCAN}")
        }
        RefusalKind::SerialLength { length } => match refusal.nearest() {
            Some(nearest) => shape(nearest.expected, nearest.found),
            None => format!(
                "The serial number has {}, and lawful lengths are 6, 7, 13 and 20. Perhaps a part of the code is lost. {RESCAN}",
                count(length, "character")
            ),
        },
        RefusalKind::Shape { found } => match refusal.nearest() {
            Some(nearest) => shape(nearest.expected, nearest.found),
            None => format!(
                "Behind identifier 21 there are {}: there are no codes with such parts. {RESCAN}",
                count(found, "character")
            ),
        },
        RefusalKind::Tail(fault) => tail(fault),
        RefusalKind::UnknownIdentifier { first, second } => {
            let found: String = core::iter::once(first).chain(second).collect();
            format!(
                "{at}: “{}” follows the separator, and marking codes have no such element. {RESCAN}",
                shown_text(&found)
            )
        }
        RefusalKind::Repeated { ai } => {
            format!("{at}: element {ai} is there for the second time. Perhaps two codes are glued together.")
        }
        RefusalKind::ElementLength { ai, found } => wrong_length(ai, found),
        RefusalKind::NotDigit { character, .. } => {
            format!("{at}: “{}” in place of a digit. {RESCAN}", shown(character))
        }
        RefusalKind::NoSuchDate { ai } => {
            format!("{at}: there is no such date or time (element {ai}). {RESCAN}")
        }
        RefusalKind::SeparatorText { backslashes } => format!(
            "{at}: the separator GS is written with {}, and nobody can tell how many of them are superfluous. {RESCAN}",
            count(backslashes, "backslash")
        ),
        RefusalKind::NotText => "This is no text in UTF-8.".to_owned(),
        RefusalKind::Glued { codes } => format!(
            "{at}: another code begins here, {} are glued together. Paste every code on a line of its own.",
            count(codes, "code")
        ),
        RefusalKind::MixedAlphabets { character } => format!(
            "{at}: Cyrillic letter “{character}” beside Latin ones. The keyboard layout was switched in the middle of the code, or the text was edited. {LAYOUT}"
        ),
        RefusalKind::StrangeBeforeSeparator { character } => format!(
            "{at}: character “{}” is not used in marking codes, so the separator behind it cannot be believed either. {RESCAN}",
            shown(character)
        ),
        RefusalKind::SsccCheckDigit => {
            format!("This looks like the code of a transport package (SSCC), but its check digit is wrong. {RESCAN}")
        }
        RefusalKind::MoreThanKi => {
            "There is more behind the serial number, and an identification code without it is wanted."
                .to_owned()
        }
    }
}

fn shape(expected: usize, found: usize) -> String {
    let way = match found.checked_sub(expected) {
        None => "A part of the code is lost.",
        Some(_) => "There is something superfluous in the code.",
    };
    format!(
        "Behind identifier 21, {} were expected and {found} are there. {way} {RESCAN}",
        count(expected, "character")
    )
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

pub(super) fn foreign(foreign: &Foreign) -> String {
    if let Some(error) = foreign.gtin_error() {
        return format!(
            "This looks like the bar code of goods, not a marking code, and there is a mistake in it. {} {SQUARE}",
            gtin_error(&error)
        );
    }
    let what = match foreign.kind() {
        ForeignKind::Ean8 => "an ordinary bar code (EAN-8)",
        ForeignKind::Upc12 => "an ordinary bar code (UPC, 12 digits)",
        ForeignKind::Ean13 => "an ordinary bar code (EAN-13)",
        ForeignKind::Isbn => "the number of a book (ISBN)",
        ForeignKind::Gtin14 => "a GTIN without a serial number",
        ForeignKind::Url => "a link",
        ForeignKind::Egais => "an EGAIS mark for strong alcohol",
        ForeignKind::Uin => {
            return "This is the UIN of a piece of jewellery (16 digits), not a marking code. It has a field of its own."
                .to_owned();
        }
        ForeignKind::Rnpt => {
            return "This is the RNPT of a traceable batch, not a marking code. It has a field of its own."
                .to_owned();
        }
        ForeignKind::Gtd => {
            return "This is the number of a customs declaration (GTD), not a marking code. It has a field of its own."
                .to_owned();
        }
        ForeignKind::Rounded => {
            return format!(
                "This is a number that a spreadsheet has rounded: its last digits are lost. Make the column a text column. {SQUARE}"
            );
        }
        ForeignKind::Service => "a service code (receipt, Wi-Fi, visiting card)",
        ForeignKind::Words => "ordinary text",
    };
    match foreign.gtin() {
        Some(gtin) if foreign.kind() != ForeignKind::Gtin14 => {
            format!("This is {what}, not a marking code. The GTIN of the goods is {gtin}. {SQUARE}")
        }
        _ => format!("This is {what}, not a marking code. {SQUARE}"),
    }
}

pub(super) fn repair(repair: &Repair) -> String {
    let at = r#where(repair.position(), None);
    let was = shown_text(repair.was());
    let became = shown_text(repair.became());
    match repair.step() {
        Step::Edges => "Spaces and superfluous signs were taken off the edges.".to_owned(),
        Step::Invisible => format!("{at}: invisible character {was} was dropped."),
        Step::Base64 => "The text was decoded from base64.".to_owned(),
        Step::CsvQuotes if repair.became().is_empty() => {
            "The quotation marks around the code were dropped.".to_owned()
        }
        Step::CsvQuotes => format!("{at}: two quotation marks in a row became one."),
        Step::JsonEscape => format!("{at}: “{was}” of JSON became “{became}”."),
        Step::HtmlEntity => format!("{at}: “{was}” of HTML became “{became}”."),
        Step::XlsxEscape => format!("{at}: “{was}” of an XLSX file became “{became}”."),
        Step::UrlEscape => format!("{at}: “{was}” of a link became “{became}”."),
        Step::Typography => format!("{at}: “{was}” became “{became}”."),
        Step::Layout => {
            "The code was typed with the Russian keyboard layout and was turned into the Latin one."
                .to_owned()
        }
        Step::CapsLock => {
            "The code was typed with Caps Lock on, the case of its letters was turned back."
                .to_owned()
        }
        Step::Symbology => format!("The scanner's prefix “{was}” was dropped."),
        Step::SeparatorSpelling => format!("{at}: “{was}” became the separator GS."),
        Step::SeparatorRestored => format!("{at}: the lost separator GS was put back."),
        Step::SeparatorDropped => format!("{at}: a superfluous separator GS was dropped."),
        Step::Brackets => format!("{at}: the brackets around identifier {became} were dropped."),
    }
}

pub(super) fn remark(kind: RemarkKind, position: Option<usize>) -> String {
    let at = r#where(position, None);
    match kind {
        RemarkKind::OutsideCset82 { character } => format!(
            "{at}: character “{character}” is not used in marking codes. Compare the code with the package."
        ),
        RemarkKind::NoTail => {
            "This code has no crypto tail: it names the unit, but its genuineness cannot be checked."
                .to_owned()
        }
        RemarkKind::Unconfirmed => {
            "Codes of this shape are known from samples only. Compare the code with the package."
                .to_owned()
        }
        RemarkKind::OddSignature => {
            "The signature (element 92) has characters that signatures never have: the crypto tail seems to be made up."
                .to_owned()
        }
        RemarkKind::OtherGroup { group } => format!(
            "Codes of the group “{}” look different. Check that these are the right goods.",
            group.name(Lang::En)
        ),
        RemarkKind::OtherGtin { gtin } => {
            format!("The code is of other goods: GTIN {gtin} was expected.")
        }
    }
}

pub(super) fn question(question: &Question) -> String {
    let codes = question.readings();
    match (question.doubt(), codes) {
        (Doubt::LetterCase, _) => format!(
            "There is no small letter in the code: it seems that all letters became capital. Compare the code with the package. {RESCAN}"
        ),
        (Doubt::CapsLock, _) => {
            format!("Caps Lock seems to have been on during the scan. Switch it off. {RESCAN}")
        }
        (Doubt::Damaged, _) | (_, [] | [_]) => format!(
            "The code looks damaged: a part or its separators are lost. If this is {}, confirm it; otherwise scan the code again.",
            codes.first().map(meaning).unwrap_or_default()
        ),
        (Doubt::Readings, _) => {
            let mut text = "The code reads in two ways: it is ".to_owned();
            for (index, reading) in codes.iter().enumerate() {
                if index > 0 {
                    text.push_str(" or ");
                }
                text.push_str(&meaning(reading));
            }
            text.push_str(". Which goods are these?");
            text
        }
    }
}

pub(super) fn meaning(reading: &Reading) -> String {
    let code = reading.code();
    let what = match code.kind() {
        Kind::TobaccoPack => "a pack of tobacco or nicotine".to_owned(),
        Kind::FurMark => "a fur garment".to_owned(),
        Kind::TransportPackage => "a transport package".to_owned(),
        _ => {
            let tail = if code.has_tail() { "with" } else { "without" };
            let length = code.serial().map_or(0, str::len);
            format!(
                "a code {tail} crypto tail, serial number of {}",
                count(length, "character")
            )
        }
    };
    match names(reading.groups()) {
        Some(names) => format!("{what} ({names})"),
        None => what,
    }
}

/// The first groups of a set, by name.
fn names(groups: Groups) -> Option<String> {
    const NAMED: usize = 3;
    let mut text = String::new();
    for group in groups.iter().take(NAMED) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(group.name(Lang::En));
    }
    if groups.len() > NAMED {
        text.push_str(" and others");
    }
    (!text.is_empty()).then_some(text)
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
    let plural = match (number, noun) {
        (1, _) => "",
        (_, "backslash") => "es",
        _ => "s",
    };
    format!("{number} {noun}{plural}")
}
