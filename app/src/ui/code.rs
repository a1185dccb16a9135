//! A code, taken apart inline.

use cis::{GS, MarkingCode};
use leptos::prelude::*;

/// Characters of a tail element that are shown before it is cut.
const TAIL_SHOWN: usize = 10;

/// Characters of an unreadable text that are shown.
const RAW_SHOWN: usize = 160;

/// Characters shown before the place that a refusal points at, when the text is too long to be shown whole.
const BEFORE_PLACE: usize = 60;

/// One piece of a code as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// An application identifier.
    Ai(String),
    /// The kind of goods.
    Gtin(String),
    /// What tells this unit from all others; never cut.
    Serial(String),
    /// The separator.
    Separator,
    /// Everything behind the identity.
    Tail(String),
    /// A character that a refusal points at.
    Wrong(String),
}

/// The pieces of a code. What is not a marking code with elements is one bold piece, separators apart.
fn pieces(text: &str, whole: bool) -> Vec<Piece> {
    let Ok(code) = text.parse::<MarkingCode>() else {
        return plain(text);
    };
    let text = code.as_str();
    let mut pieces = Vec::new();
    let mut at = 0;
    for element in code.elements() {
        let range = element.range();
        pieces.extend(text.get(at..range.start).into_iter().flat_map(plain));
        at = range.end;
        pieces.push(Piece::Ai(element.ai().to_owned()));
        pieces.push(match element.ai() {
            "01" => Piece::Gtin(element.value().to_owned()),
            "21" => Piece::Serial(element.value().to_owned()),
            _ => Piece::Tail(if whole {
                element.value().to_owned()
            } else {
                cut(element.value())
            }),
        });
    }
    pieces.extend(text.get(at..).into_iter().flat_map(plain));
    pieces
}

/// A text with nothing known about it but its separators.
fn plain(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (index, part) in text.split(GS).enumerate() {
        if index > 0 {
            pieces.push(Piece::Separator);
        }
        if !part.is_empty() {
            pieces.push(Piece::Serial(part.to_owned()));
        }
    }
    pieces
}

fn cut(value: &str) -> String {
    if value.chars().count() <= TAIL_SHOWN + 1 {
        return value.to_owned();
    }
    value.chars().take(TAIL_SHOWN).chain(['…']).collect()
}

/// The pieces of a text that is no code, with the character that the refusal points at set apart.
fn raw_pieces(text: &str, place: Option<usize>) -> Vec<Piece> {
    let length = text.chars().count();
    let from = match place {
        Some(place) if length > RAW_SHOWN && place > BEFORE_PLACE => place - BEFORE_PLACE,
        _ => 0,
    };
    let shown = text.chars().enumerate().skip(from).take(RAW_SHOWN);
    let mut pieces = Vec::new();
    let mut run = String::new();
    if from > 0 {
        run.push('…');
    }
    for (index, character) in shown {
        if place == Some(index) || character == GS {
            if !run.is_empty() {
                pieces.push(Piece::Tail(std::mem::take(&mut run)));
            }
            pieces.push(match character {
                GS => Piece::Separator,
                ' ' => Piece::Wrong("␣".to_owned()),
                control if control.is_control() => Piece::Wrong("�".to_owned()),
                other => Piece::Wrong(other.to_string()),
            });
        } else {
            run.push(character);
        }
    }
    if length > from + RAW_SHOWN {
        run.push('…');
    }
    if !run.is_empty() {
        pieces.push(Piece::Tail(run));
    }
    pieces
}

fn draw(pieces: Vec<Piece>) -> impl IntoView {
    pieces
        .into_iter()
        .map(|piece| {
            let (class, text) = match piece {
                Piece::Ai(text) => ("ai", text),
                Piece::Gtin(text) => ("gtin", text),
                Piece::Serial(text) => ("ser", text),
                Piece::Separator => ("gs", "GS".to_owned()),
                Piece::Tail(text) => ("tail", text),
                Piece::Wrong(text) => ("wrong", text),
            };
            view! { <span class=class>{text}</span> }
        })
        .collect_view()
}

/// A code with its parts told apart: identifiers faint, GTIN, serial number bold, separators as boxed marks, the tail
/// faint and cut. The serial number is never cut.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub(crate) fn CodeView(
    /// The whole code, with real U+001D.
    #[prop(into)]
    text: String,
    /// Whether the tail is shown to its end.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    view! { <span class="code" translate="no">{draw(pieces(&text, whole))}</span> }
}

/// A text that is no code, as it came, with the place that is wrong.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub(crate) fn RawText(
    /// The text.
    #[prop(into)]
    text: String,
    /// The character that the refusal points at, counted from zero.
    #[prop(optional_no_strip)]
    place: Option<usize>,
) -> impl IntoView {
    view! { <span class="code" translate="no">{draw(raw_pieces(&text, place))}</span> }
}

/// The end of a code by which people tell units apart: «…21» and the serial number; else its last characters.
pub(crate) fn ending(text: &str) -> String {
    const SHOWN: usize = 16;
    let code = text.parse::<MarkingCode>().ok();
    if let Some(serial) = code.as_ref().and_then(MarkingCode::serial) {
        return format!("…21{serial}");
    }
    let length = text.chars().count();
    let end: String = text
        .chars()
        .skip(length.saturating_sub(SHOWN))
        .filter(|it| !it.is_control())
        .collect();
    if length > SHOWN {
        format!("…{end}")
    } else {
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "0104670033010053215tm!Kq2bV0001\u{1d}91ffd0\u{1d}92AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHHIIIIJJJJKKK=";

    #[test]
    fn a_code_is_cut_in_its_tail_and_never_in_its_serial_number() {
        let pieces = pieces(CODE, false);
        assert!(
            pieces.contains(&Piece::Gtin("04670033010053".into())),
            "{pieces:?}"
        );
        assert!(
            pieces.contains(&Piece::Serial("5tm!Kq2bV0001".into())),
            "{pieces:?}"
        );
        assert_eq!(pieces.last(), Some(&Piece::Tail("AAAABBBBCC…".into())));
        assert_eq!(
            pieces
                .iter()
                .filter(|piece| **piece == Piece::Separator)
                .count(),
            2
        );
    }

    #[test]
    fn a_whole_code_is_shown_to_its_end() {
        let Some(Piece::Tail(tail)) = pieces(CODE, true).pop() else {
            panic!("no tail")
        };
        assert!(tail.ends_with("KKK="));
    }

    #[test]
    fn the_wrong_character_of_a_text_is_set_apart() {
        assert_eq!(
            raw_pieces("abЖd", Some(2)),
            vec![
                Piece::Tail("ab".into()),
                Piece::Wrong("Ж".into()),
                Piece::Tail("d".into())
            ]
        );
        let long = format!("{}Ж{}", "a".repeat(300), "b".repeat(300));
        let shown = raw_pieces(&long, Some(300));
        assert!(shown.contains(&Piece::Wrong("Ж".into())), "{shown:?}");
        assert_eq!(shown.len(), 3);
    }

    #[test]
    fn the_ending_of_a_code_is_its_serial_number() {
        assert_eq!(ending(CODE), "…215tm!Kq2bV0001");
        assert_eq!(ending("1234567890123456"), "1234567890123456");
        assert_eq!(ending("a text that is no code at all"), "…s no code at all");
    }
}
