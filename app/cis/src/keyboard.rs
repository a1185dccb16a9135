//! What the letters of a text say about the keyboard it was typed with.

use crate::draft::{Change, Draft, Item, starts_with, text_of};
use crate::{GS, Hint, Step, ai, charset, layout};

/// Letters that stand for a separator between Cyrillic ones: they were put in after the text was typed.
fn spelled_between(items: &[Item]) -> Option<Change> {
    let word = ["<GS>", "(GS)", "<FNC1>"]
        .into_iter()
        .find(|word| starts_with(items, word))?;
    let behind = text_of(items.get(word.len()..)?.get(..4)?);
    ai::known_at(behind.as_bytes()).map(|_| Change {
        length: word.len(),
        by: Some(GS),
        step: Step::SeparatorSpelling,
    })
}

/// What the letters of a text say about the keyboard.
pub(crate) enum Keyboard {
    /// Nothing was wrong, or it was put right.
    Latin,
    /// The text was typed with the Russian layout; if nothing comes out, Caps Lock may have been on as well.
    Russian,
    /// Both alphabets occur, or so few letters that they may only look Cyrillic.
    Mixed,
}

/// Fewer letters than these, all of them with Latin twins, may be a matter of looks.
const FEW: usize = 4;

/// Turns a text typed with the Russian layout into what was meant, and back what Caps Lock did where that is certain.
pub(crate) fn keyboard(draft: &mut Draft, hint: &Hint) -> Keyboard {
    if draft.seen.cyrillic || hint.caps_lock {
        draft.look();
    }
    if !draft.seen.cyrillic {
        if hint.caps_lock && draft.seen.latin() {
            draft.transliterate(Step::CapsLock, layout::other_case_latin);
        }
        return Keyboard::Latin;
    }
    if draft.seen.latin() {
        draft.substitute(spelled_between);
    }
    let cyrillic = || {
        draft
            .items
            .iter()
            .map(|item| item.character)
            .filter(|it| charset::is_cyrillic(*it))
    };
    let only_twins = cyrillic().all(|character| charset::latin_twin(character).is_some());
    if draft.seen.latin() || (only_twins && cyrillic().count() < FEW) {
        return Keyboard::Mixed;
    }
    let caps_lock = hint.caps_lock || shows_caps_lock(draft);
    type_again(draft, caps_lock);
    if caps_lock {
        Keyboard::Latin
    } else {
        Keyboard::Russian
    }
}

/// Types the text again with the Latin layout.
pub(crate) fn type_again(draft: &mut Draft, caps_lock: bool) {
    if caps_lock {
        draft.transliterate(Step::CapsLock, layout::other_case_cyrillic);
    }
    draft.transliterate(Step::Layout, layout::latin);
}

/// Brackets that no code contains, as scanners send them for a separator: `]`, and words like `{GS}`. As a capital letter, alone
/// or around small ones, they prove that Caps Lock was on.
fn shows_caps_lock(draft: &Draft) -> bool {
    let mut opened = false;
    let mut small_inside = false;
    let mut proof = false;
    for item in &draft.items {
        match item.character {
            'х' | 'ъ' => return false,
            'Х' => {
                proof |= opened;
                opened = true;
                small_inside = false;
            }
            'Ъ' => {
                proof |= !opened || small_inside;
                opened = false;
            }
            'а'..='я' => small_inside = true,
            _ => {}
        }
    }
    proof || opened
}
