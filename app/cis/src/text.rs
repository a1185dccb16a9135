//! Every sentence for people, in each language.

mod en;
mod ru;

use alloc::format;
use alloc::string::{String, ToString};

use crate::{
    Foreign, GtinError, Lang, Question, Reading, Refusal, RemarkKind, Repair, charset, market,
};

macro_rules! in_each_language {
    ($($name:ident($($argument:ident: $type:ty),*);)*) => {$(
        pub(crate) fn $name($($argument: $type,)* lang: Lang) -> String {
            match lang {
                Lang::Ru => ru::$name($($argument),*),
                Lang::En => en::$name($($argument),*),
            }
        }
    )*};
}

in_each_language! {
    gtin_error(error: &GtinError);
    refusal(refusal: &Refusal);
    remark(kind: RemarkKind, position: Option<usize>);
    repair(repair: &Repair);
    question(question: &Question);
    meaning(reading: &Reading);
    foreign(foreign: &Foreign);
    block(block: &market::Block);
}

/// A character as it can be shown inside a sentence, with its number when it has no picture.
fn shown(character: char) -> String {
    match character {
        crate::GS => "␝".to_string(),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffd}' => code_point(character),
        character if charset::is_edge(character) => code_point(character),
        character => character.to_string(),
    }
}

/// A text as it can be shown inside a sentence: characters without a picture are named, a long one is cut.
fn shown_text(text: &str) -> String {
    const SHOWN: usize = 24;
    let mut shown_text = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == SHOWN {
            shown_text.push('…');
            break;
        }
        shown_text.push_str(&shown(character));
    }
    shown_text
}

fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// Positions are kept from zero and spoken from one.
fn spoken(position: usize) -> usize {
    position + 1
}
