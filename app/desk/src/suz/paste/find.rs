//! Finding the UUID in a cleaned text.

use super::clean::{Cleaned, Cleaning, look_alike};
use uuid::Uuid;

/// What a text has of UUIDs.
pub(super) enum Found {
    /// Exactly this one, with everything that was cleaned on the way.
    One(Uuid, Vec<Cleaning>),
    /// Several that differ.
    Several,
    /// None.
    None,
}

/// Whether a text is a UUID in hexadecimal, with all its hyphens or with none.
fn uuid(text: &str) -> Option<Uuid> {
    let hyphens = text.bytes().filter(|b| *b == b'-').count();
    match (text.len(), hyphens) {
        (36, 4) | (32, 0) => text.parse().ok(),
        _ => None,
    }
}

/// The UUID with the changes of letters that it needed.
fn read(text: &str) -> Option<(Uuid, Vec<Cleaning>)> {
    let latin: String = text.chars().map(|c| look_alike(c).unwrap_or(c)).collect();
    let id = uuid(&latin)?;
    let changes = [
        (
            text.bytes().any(|b| b.is_ascii_uppercase()),
            Cleaning::UpperCase,
        ),
        (!text.is_ascii(), Cleaning::Cyrillic),
        (!text.contains('-'), Cleaning::NoHyphens),
    ];
    let changes = changes
        .into_iter()
        .filter_map(|(is, what)| is.then_some(what));
    Some((id, changes.collect()))
}

/// Looks at the text as one id first, then among its words.
pub(super) fn find(cleaned: &Cleaned) -> Found {
    let joined: String = cleaned.text.chars().filter(|c| *c != ' ').collect();
    let bare = joined.trim_end_matches(['.', ',', ';']);
    if let Some((id, mut changes)) = read(bare) {
        if joined.len() < cleaned.text.len() {
            changes.insert(0, Cleaning::Spaces);
        }
        if bare.len() < joined.len() {
            changes.push(Cleaning::Around);
        }
        return Found::One(id, all(cleaned, &changes));
    }
    let outside = |c: char| !(c.is_ascii_hexdigit() || c == '-' || look_alike(c).is_some());
    let mut ids = cleaned
        .text
        .split(outside)
        .filter_map(|word| read(word.trim_matches('-')));
    match ids.next() {
        None => Found::None,
        Some((first, mut changes)) => {
            if ids.any(|(other, _)| other != first) {
                Found::Several
            } else {
                changes.push(Cleaning::Around);
                Found::One(first, all(cleaned, &changes))
            }
        }
    }
}

fn all(cleaned: &Cleaned, more: &[Cleaning]) -> Vec<Cleaning> {
    cleaned.clone().into(String::new(), more).cleanings
}
