//! A text as it was given, with the place in question marked.

use crate::texts::{self, check};
use cis::GS;
use leptos::prelude::*;

/// The longest text that is shown whole.
const SHOWN: usize = 400;

/// A text as it was given. What cannot be seen is shown by its number, the separator as its mark.
/// `mark` is the place in question: the index of a character, from zero.
pub(super) fn raw_text(text: &str, mark: Option<usize>) -> impl IntoView + use<> {
    let lang = texts::lang();
    let length = text.chars().count();
    let pieces = pieces(text, mark)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => view! { <span>{text}</span> }.into_any(),
            Piece::Separator => view! { <span class="gs">"GS"</span> }.into_any(),
            Piece::Hidden(number) => view! { <span class="gs">{number}</span> }.into_any(),
            Piece::Marked(text) => view! { <mark title=check::here(lang)>{text}</mark> }.into_any(),
        })
        .collect_view();
    let cut = (length > SHOWN).then_some("…");
    let at_end = mark.is_some_and(|mark| mark >= length && length <= SHOWN);
    view! {
        <div class="raw">
            {pieces} {cut} {at_end.then(|| view! { <mark title=check::ended_here(lang)>"⌷"</mark> })}
        </div>
    }
}

/// A part of a shown text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Characters as they are.
    Text(String),
    /// A separator.
    Separator,
    /// A character that cannot be seen, by its number.
    Hidden(String),
    /// The character in question.
    Marked(String),
}

fn pieces(text: &str, mark: Option<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, character) in text.chars().take(SHOWN).enumerate() {
        let hidden = is_hidden(character);
        if Some(index) == mark {
            pieces.push(Piece::Marked(if hidden || character == ' ' {
                name(character)
            } else {
                character.to_string()
            }));
        } else if character == GS {
            pieces.push(Piece::Separator);
        } else if hidden {
            pieces.push(Piece::Hidden(name(character)));
        } else if let Some(Piece::Text(run)) = pieces.last_mut() {
            run.push(character);
        } else {
            pieces.push(Piece::Text(character.to_string()));
        }
    }
    pieces
}

fn name(character: char) -> String {
    match character {
        GS => "GS".to_owned(),
        ' ' => "␣".to_owned(),
        other => format!("U+{:04X}", u32::from(other)),
    }
}

/// Control characters, spaces other than the usual one, and what takes no room: zero-width spaces and joiners, direction
/// marks, the byte-order mark.
const fn is_hidden(character: char) -> bool {
    matches!(character, '\0'..='\u{1f}' | '\u{7f}'..='\u{a0}' | '\u{ad}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{3000}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_in_question_stands_alone() {
        assert_eq!(
            pieces("01я2", Some(2)),
            vec![
                Piece::Text("01".into()),
                Piece::Marked("я".into()),
                Piece::Text("2".into())
            ]
        );
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(
            pieces("a\u{1d}b\u{200b} c", Some(4)),
            vec![
                Piece::Text("a".into()),
                Piece::Separator,
                Piece::Text("b".into()),
                Piece::Hidden("U+200B".into()),
                Piece::Marked("␣".into()),
                Piece::Text("c".into()),
            ]
        );
    }
}
