//! Every sentence for people, in each language.

mod en;
mod ru;

use crate::place::Place;
use crate::{GtinError, Lang, RefusalKind, RemarkKind, market};

pub(crate) fn gtin_error(error: &GtinError, lang: Lang) -> String {
    match lang {
        Lang::Ru => ru::gtin_error(error),
        Lang::En => en::gtin_error(error),
    }
}

pub(crate) fn refusal(
    kind: &RefusalKind,
    position: Option<usize>,
    place: Option<Place>,
    lang: Lang,
) -> String {
    match lang {
        Lang::Ru => ru::refusal(kind, position, place),
        Lang::En => en::refusal(kind, position, place),
    }
}

pub(crate) fn remark(kind: &RemarkKind, position: Option<usize>, lang: Lang) -> String {
    match lang {
        Lang::Ru => ru::remark(kind, position),
        Lang::En => en::remark(kind, position),
    }
}

pub(crate) fn block(block: &market::Block, lang: Lang) -> String {
    match lang {
        Lang::Ru => ru::block(block),
        Lang::En => en::block(block),
    }
}

/// A character as it can be shown inside a sentence, with its number when it has no clear picture.
fn shown(character: char) -> String {
    match character {
        crate::GS => "␝".to_owned(),
        character if character.is_control() || character.is_whitespace() => code_point(character),
        character => character.to_string(),
    }
}

fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// Positions are kept from zero and spoken from one.
fn spoken(position: usize) -> usize {
    position + 1
}
