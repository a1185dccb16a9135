//! What a scanned or typed text is: a service code, an order, a product's bar code, or a marking code.

use super::PackOrder;
use crate::{
    identifiers::{Mark, Requirement, Uin},
    ids::OrderId,
};
use cis::Gtin;

/// The fewest of an order's last digits that open it.
const FEWEST_DIGITS: usize = 3;

/// A command on the printed card, so that hands stay on the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceCode {
    /// «ОТМЕНА»: takes the last scan back.
    Undo,
    /// «СЛЕДУЮЩИЙ»: leaves the order.
    Next,
    /// «ПЕЧАТЬ»: prints the label.
    Print,
    /// «УБРАТЬ»: the next scan is taken out.
    Remove,
}

impl ServiceCode {
    /// Every command there is.
    pub const ALL: [Self; 4] = [Self::Undo, Self::Next, Self::Print, Self::Remove];

    /// What the card's symbol says. The prefix is in no marking code, bar code or order number.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Undo => "METKA:UNDO",
            Self::Next => "METKA:NEXT",
            Self::Print => "METKA:PRINT",
            Self::Remove => "METKA:REMOVE",
        }
    }

    /// The command of a text, whatever Caps Lock or a scanner without Shift made of it.
    fn of(text: &str) -> Option<Self> {
        let same = |known: &str| {
            known.len() == text.len()
                && known.bytes().zip(text.bytes()).all(|(known, heard)| {
                    known.eq_ignore_ascii_case(&heard) || (known == b':' && heard == b';')
                })
        };
        Self::ALL.into_iter().find(|code| same(code.text()))
    }
}

/// The most digits of an order's number.
const MOST_DIGITS: usize = 18;

/// What a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A command.
    Service(ServiceCode),
    /// An order, by its number, its last digits or the label of its box.
    Order(OrderId),
    /// Digits that several orders end with.
    Several(u32),
    /// Digits that no order ends with that is known here.
    NoOrder,
    /// The bar code of a product, as GTIN-14.
    Product(String),
    /// A mark.
    Mark(Mark),
    /// A code that reads in several ways.
    WhichCode,
    /// Nothing known.
    Unreadable,
}

/// Reads a text. УИН is read where some order that is worked on asks for one: sixteen digits can be much else.
pub(super) fn hear(text: &str, orders: &[PackOrder]) -> Heard {
    let text = trimmed(text);
    if let Some(service) = ServiceCode::of(text) {
        return Heard::Service(service);
    }
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |order: &&PackOrder| digits && order.number.to_string() == text;
    let boxed = |order: &&PackOrder| order.barcodes.iter().any(|barcode| barcode == text);
    if !text.is_empty()
        && let Some(order) = orders
            .iter()
            .find(number)
            .or_else(|| orders.iter().find(boxed))
    {
        return Heard::Order(order.id);
    }
    if let Some(mark) = uin(text, orders) {
        return Heard::Mark(mark);
    }
    if digits {
        return number_of_something(text, orders);
    }
    match mark_of(text) {
        Some(mark) => Heard::Mark(mark),
        None if reads_in_several_ways(text) => Heard::WhichCode,
        None => Heard::Unreadable,
    }
}

/// Digits alone: the bar code of a product, or how an order's number ends.
fn number_of_something(text: &str, orders: &[PackOrder]) -> Heard {
    if let Some(gtin) = product(text) {
        return Heard::Product(gtin);
    }
    let ends = |order: &&PackOrder| order.number.to_string().ends_with(text);
    match orders.iter().filter(ends).collect::<Vec<_>>().as_slice() {
        [only] if text.len() >= FEWEST_DIGITS => Heard::Order(only.id),
        [] => match mark_of(text) {
            Some(mark) => Heard::Mark(mark),
            None if (FEWEST_DIGITS..=MOST_DIGITS).contains(&text.len()) => Heard::NoOrder,
            None => Heard::Unreadable,
        },
        several => Heard::Several(u32::try_from(several.len()).unwrap_or(u32::MAX)),
    }
}

/// The GTIN-14 of a bar code: EAN-8, UPC, EAN-13 or ITF-14 whose check digit is right.
fn product(text: &str) -> Option<String> {
    if !matches!(text.len(), 8 | 12 | 13 | 14) {
        return None;
    }
    let mut padded = "0".repeat(Gtin::LENGTH.saturating_sub(text.len()));
    padded.push_str(text);
    padded.parse::<Gtin>().ok().map(|_| padded)
}

fn uin(text: &str, orders: &[PackOrder]) -> Option<Mark> {
    let asked = |order: &PackOrder| order.lines.iter().any(|line| line.wants(&Requirement::Uin));
    text.parse::<Uin>()
        .ok()
        .filter(|_| orders.iter().any(asked))
        .map(Mark::Uin)
}

/// The marking code of a text that reads in one way.
pub(super) fn mark_of(text: &str) -> Option<Mark> {
    match cis::parse(text).verdict {
        cis::Verdict::Code(code) => Some(Mark::Cis(code)),
        _ => None,
    }
}

fn reads_in_several_ways(text: &str) -> bool {
    matches!(cis::parse(text).verdict, cis::Verdict::Ambiguous(_))
}

/// The mark that a line takes a scanned text for, once it was placed there.
pub(super) fn mark_for(text: &str, wants_uin: bool) -> Option<Mark> {
    let text = trimmed(text);
    match text.parse::<Uin>() {
        Ok(uin) if wants_uin => Some(Mark::Uin(uin)),
        _ => mark_of(text),
    }
}

/// A text without the blanks around it; U+001D is none.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}
