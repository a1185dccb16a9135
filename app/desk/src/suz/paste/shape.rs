//! What a text that is no UUID looks like.

use super::mistake::Mistake;
use crate::legal_entity::Inn;

/// Names what a cleaned text is, if it is not an id.
pub(super) fn shape(text: &str) -> Mistake {
    if text.is_empty() {
        Mistake::Empty
    } else if is_token(text) {
        Mistake::Token
    } else if text.starts_with("ACMA:") {
        Mistake::MarketplaceKey
    } else if let Some(of_suz) = address(text) {
        Mistake::Address { of_suz }
    } else if text.parse::<Inn>().is_ok() {
        Mistake::Inn
    } else if is_edo_id(text) {
        Mistake::EdoId
    } else {
        almost(text)
    }
}

/// Nearly a UUID: which character does not belong, or how many there are.
fn almost(text: &str) -> Mistake {
    let belongs = |c: char| {
        c.is_ascii_hexdigit() || matches!(c, '-' | ' ') || super::clean::look_alike(c).is_some()
    };
    let stranger = (1_u32..).zip(text.chars()).find(|(_, c)| !belongs(*c));
    if let Some((at, found)) = stranger {
        return Mistake::Character { found, at };
    }
    let digits = text.chars().filter(|c| !matches!(c, '-' | ' ')).count();
    match u32::try_from(digits).unwrap_or(u32::MAX) {
        32 => Mistake::Hyphens,
        digits => Mistake::Length { digits },
    }
}

/// A JWT, alone or as it stands in a header.
fn is_token(text: &str) -> bool {
    let bare = text
        .strip_prefix("Bearer ")
        .or_else(|| text.strip_prefix("bearer "));
    bare.is_some() || (text.starts_with("eyJ") && text.bytes().filter(|b| *b == b'.').count() == 2)
}

/// Whether a text is an address, and if so, whether of СУЗ.
fn address(text: &str) -> Option<bool> {
    let low = text.to_ascii_lowercase();
    let host = low.split_once("://").map_or(low.as_str(), |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let dotted = host.contains('.')
        && !host.contains(' ')
        && host.rsplit('.').next().is_some_and(|end| {
            end.chars().count() >= 2 && !end.bytes().any(|b| b.is_ascii_digit())
        });
    let is_address = low.contains("://") || low.starts_with("www.") || dotted;
    is_address
        .then(|| host.starts_with("suz") || host.contains(".suz") || host.starts_with("intuot"))
}

/// The three characters that name an operator of electronic documents, then the participant: up to 46 in all.
pub(super) fn is_edo_id(text: &str) -> bool {
    let mut chars = text.chars();
    let operator = chars.next() == Some('2')
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    let rest = chars.as_str();
    // `2be5c1f0-…` cut short is a piece of a UUID, not ЭДО's.
    let groups_of_uuid =
        rest.find('-') == Some(5) && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    operator
        && !groups_of_uuid
        && (4..=43).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
