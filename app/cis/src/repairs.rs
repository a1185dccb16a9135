//! The repairs of a text, in their order, and the codes that come out.

use alloc::string::String;
use alloc::vec::Vec;

use crate::draft::{Change, Draft, Item, starts_with, text_of};
use crate::grammar::{self, Shape};
use crate::walk::{self, Boundary, Found};
use crate::{
    GS, Hint, MarkingCode, Refusal, RefusalKind, Remark, RemarkKind, Repair, Step, charset, decode,
    layout, spelling,
};

/// A code that a text may stand for, with all that was changed to get it.
pub(crate) struct Candidate {
    pub(crate) code: MarkingCode,
    pub(crate) repairs: Vec<Repair>,
    pub(crate) remarks: Vec<Remark>,
    /// It is only a guess, even if it is the only one.
    pub(crate) unsure: bool,
}

impl Candidate {
    pub(crate) fn of(code: MarkingCode, repairs: Vec<Repair>) -> Self {
        Self {
            code,
            repairs,
            remarks: Vec::new(),
            unsure: false,
        }
    }
}

/// The separator as a text.
const SEPARATOR: &str = "\u{1d}";

/// The most rounds of decoding: a text is rarely escaped twice and never more.
const ROUNDS: usize = 3;

/// What the edges of a text said about what is inside.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wrapping {
    /// Quotation marks stood around the text, so those inside are doubled.
    quoted: bool,
    /// An apostrophe stood in front.
    apostrophe: bool,
}

/// Undoes everything that can be undone without knowing where the parts of the code are.
///
/// # Errors
///
/// A separator with more backslashes than anybody can explain.
pub(crate) fn clean(draft: &mut Draft, wrapping: &mut Wrapping) -> Result<(), Refusal> {
    for _ in 0..ROUNDS {
        let before = draft.repairs.len();
        edges(draft, wrapping);
        if draft.seen.other || draft.seen.any("\0") {
            draft.substitute(invisible);
            draft.substitute(decode::typographic);
        }
        if let Some(text) = decode::base64(&draft.items) {
            draft.replace_all(Step::Base64, &text);
        }
        if draft.seen.other || draft.seen.any("\\&_{[^~|") {
            too_deep(draft)?;
            draft.substitute(decode::certain);
        }
        prefix(draft);
        if draft.repairs.len() == before {
            break;
        }
    }
    // No code begins with a quotation mark, even where the one behind it is lost.
    if draft.at(0) == Some('"') && draft.len() > 1 {
        draft.trim(Step::CsvQuotes, 1, 0);
    }
    Ok(())
}

/// Where an escape stands with more backslashes than anybody can explain.
fn too_deep(draft: &Draft) -> Result<(), Refusal> {
    if !draft.seen.any("\\") {
        return Ok(());
    }
    let deep = (0..draft.len()).find_map(|at| {
        let backslashes = spelling::too_deep(draft.items.get(at..)?)?;
        Some((at, backslashes))
    });
    match deep {
        Some((at, backslashes)) => {
            let kind = RefusalKind::SeparatorText { backslashes };
            Err(Refusal::new(kind, draft.position(at), None))
        }
        None => Ok(()),
    }
}

fn invisible(items: &[Item]) -> Option<Change> {
    charset::is_invisible(items.first()?.character).then_some(Change {
        length: 1,
        by: None,
        step: Step::Invisible,
    })
}

fn edges(draft: &mut Draft, wrapping: &mut Wrapping) {
    let is_edge = |item: &&Item| charset::is_edge(item.character);
    let mut leading = draft.items.iter().take_while(is_edge).count();
    let rest = draft.items.get(leading..).unwrap_or_default();
    let trailing = rest.iter().rev().take_while(is_edge).count();
    // A spreadsheet marks text with an apostrophe; no code begins with one.
    if rest.first().is_some_and(|item| item.character == '\'') && rest.len() > 1 {
        leading += 1;
        wrapping.apostrophe = true;
    }
    draft.trim(Step::Edges, leading, trailing);
    if draft.at(0) == Some('"') && draft.len() > 1 && draft.at(draft.len() - 1) == Some('"') {
        wrapping.quoted = true;
        draft.trim(Step::CsvQuotes, 1, 1);
    }
}

/// Drops what scanners put in front of a code, and separators in front and behind.
fn prefix(draft: &mut Draft) {
    loop {
        let spaces = draft
            .items
            .iter()
            .take_while(|item| charset::is_edge(item.character))
            .count();
        draft.trim(Step::Edges, spaces, 0);
        // See AIM symbology identifiers, for example `]d2` for GS1 DataMatrix.
        if let [bracket, letter, digit, ..] = draft.items.as_slice()
            && bracket.character == ']'
            && letter.character.is_ascii_alphabetic()
            && digit.character.is_ascii_digit()
        {
            draft.trim(Step::Symbology, 3, 0);
        } else if draft.at(0) == Some(GS) && draft.len() > 1 {
            draft.trim(Step::SeparatorDropped, 1, 0);
        } else if let Some(length) = spelling::in_front(&draft.items) {
            draft.trim(Step::SeparatorDropped, length, 0);
        } else {
            break;
        }
    }
    let trailing = draft
        .items
        .iter()
        .rev()
        .take_while(|item| item.character == GS)
        .count();
    if trailing < draft.len() {
        draft.trim(Step::SeparatorDropped, 0, trailing);
    }
}

/// Letters that stand for a separator between Cyrillic ones: they were put in after the text was typed.
fn spelled_between(items: &[Item]) -> Option<Change> {
    let word = ["<GS>", "(GS)", "<FNC1>"]
        .into_iter()
        .find(|word| starts_with(items, word))?;
    let behind = text_of(items.get(word.len()..)?.get(..4)?);
    crate::ai::known_at(behind.as_bytes()).map(|_| Change {
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

/// The codes that a clean text may stand for, trying what only some texts need.
pub(crate) fn candidates(draft: &mut Draft, wrapping: Wrapping) -> Vec<Candidate> {
    if draft.seen.any("&") && draft.seen.any(";") {
        let mut decoded = draft.clone();
        for _ in 1..ROUNDS {
            decoded.substitute(decode::named_entity);
            decoded.substitute(decode::certain);
        }
        if decoded.repairs.len() > draft.repairs.len() {
            prefix(&mut decoded);
            let found = read(&decoded);
            // Nobody escapes three times; whatever that was, it is not understood.
            let too_deep = decoded.substitute(decode::named_entity);
            if too_deep || !found.is_empty() {
                *draft = decoded;
                return if too_deep { Vec::new() } else { found };
            }
        }
    }
    if draft.seen.any("%") && decode::is_percent_encoded(&draft.items) {
        let found = from_url(draft, wrapping);
        if !found.is_empty() {
            return found;
        }
    }
    let mut found = read(draft);
    if draft.seen.any("\"") {
        let mut single = draft.clone();
        if single.substitute(decode::doubled_quote) {
            let more = read(&single);
            if wrapping.quoted && !more.is_empty() {
                return more;
            }
            // A serial number alone proves too little to take a character out of it.
            found.extend(more.into_iter().map(|candidate| Candidate {
                unsure: !candidate.code.has_tail(),
                ..candidate
            }));
        }
    }
    if wrapping.apostrophe
        && draft
            .items
            .last()
            .is_some_and(|item| item.character == '\'')
    {
        let mut shorter = draft.clone();
        shorter.trim(Step::Edges, 0, 1);
        found.extend(read(&shorter));
    }
    found
}

/// The codes that come out of the escapes of a URL.
fn from_url(draft: &Draft, mut wrapping: Wrapping) -> Vec<Candidate> {
    let mut decoded = draft.clone();
    if !decoded.substitute(decode::percent) {
        return Vec::new();
    }
    if clean(&mut decoded, &mut wrapping).is_err() {
        return Vec::new();
    }
    // Each decoding shortens the text, so this ends.
    let mut found = candidates(&mut decoded, wrapping);
    // An escaped separator is proof enough; other escapes may be chance.
    if !found.is_empty() && !decoded.items.iter().any(|item| item.character == GS) {
        found.extend(read(draft));
    }
    found
}

/// The codes that a text stands for as it is.
fn read(draft: &Draft) -> Vec<Candidate> {
    let bytes = draft.bytes();
    let strict = grammar::read(&bytes).ok();
    let clean = grammar::first_strange(&bytes).is_none();
    let as_it_is = |shape: Shape| {
        // A code is ASCII, so its bytes are its text.
        let text = String::from_utf8(bytes.clone()).unwrap_or_default();
        let code = MarkingCode::from_shape(text, shape);
        let mut candidate = Candidate::of(code, draft.repairs.clone());
        if candidate.code.has_odd_signature() {
            candidate
                .remarks
                .push(Remark::whole(RemarkKind::OddSignature));
        }
        candidate
    };
    match strict {
        // With its tail and all separators there is nothing else to find, but for a customs code inside the serial number.
        Some(shape) if clean && is_settled(&shape) => return [as_it_is(shape)].into(),
        Some(shape) if !grammar::begins_with_elements(&bytes) => return [as_it_is(shape)].into(),
        _ => {}
    }
    let mut found: Vec<Candidate> = walk::readings(&bytes)
        .iter()
        .filter_map(|found| candidate(draft, &bytes, found))
        .collect();
    // A character that codes do not use is data only where real separators are, or where it cannot be one itself.
    if let Some(shape) = strict.filter(|shape| !clean && (found.is_empty() || shape.has_tail())) {
        let mut strange = as_it_is(shape);
        strange.remarks.extend(strange_characters(draft));
        // Real separators speak for the text as it stands. The inverse of a layout has only lawful characters.
        strange.unsure = !shape.has_tail()
            || draft
                .repairs
                .iter()
                .any(|repair| repair.step() == Step::Layout);
        found.insert(0, strange);
    }
    found
}

/// Names each character that codes do not use, once.
fn strange_characters(draft: &Draft) -> Vec<Remark> {
    let mut remarks: Vec<Remark> = Vec::new();
    for (at, item) in draft.items.iter().enumerate() {
        let character = item.character;
        let kind = RemarkKind::OutsideCset82 { character };
        let lawful = u8::try_from(character).is_ok_and(charset::is_cset82) || character == GS;
        if !lawful && !remarks.iter().any(|remark| remark.kind() == kind) {
            remarks.push(Remark::at(draft.position(at), kind));
        }
    }
    remarks
}

fn is_settled(shape: &Shape) -> bool {
    shape.has_tail() && shape.profile.serial != 20
}

fn candidate(draft: &Draft, bytes: &[u8], found: &Found) -> Option<Candidate> {
    let text = found.canonical(bytes);
    let shape = grammar::read(text.as_bytes()).ok()?;
    let mut repairs = draft.repairs.clone();
    let part = |start: usize, end: usize| text_of(draft.items.get(start..end).unwrap_or_default());
    repairs.reserve(found.pieces.len());
    let mut note = |step, at: usize, was: String, became: &'static str| {
        repairs.push(Repair::new(step, Some(draft.position(at)), was, became));
    };
    let head = &found.head;
    let gtin_end = head.gtin + crate::Gtin::LENGTH;
    if head.brackets == [true, true] || head.brackets == [true, false] {
        note(Step::Brackets, 0, part(0, head.gtin), "01");
    }
    if head.serial_ai > gtin_end {
        note(
            Step::SeparatorDropped,
            gtin_end,
            part(gtin_end, head.serial_ai),
            "",
        );
    }
    if let [_, true] = head.brackets {
        note(
            Step::Brackets,
            head.serial_ai,
            part(head.serial_ai, head.serial),
            "21",
        );
    }
    for piece in &found.pieces {
        match piece.boundary {
            Boundary::Real if piece.start > piece.from + 1 => {
                note(
                    Step::SeparatorDropped,
                    piece.from + 1,
                    part(piece.from + 1, piece.start),
                    "",
                );
            }
            Boundary::Spelled => {
                note(
                    Step::SeparatorSpelling,
                    piece.from,
                    part(piece.from, piece.start),
                    SEPARATOR,
                );
            }
            Boundary::Lost => note(
                Step::SeparatorRestored,
                piece.start,
                String::new(),
                SEPARATOR,
            ),
            Boundary::Real | Boundary::Free => {}
        }
        if piece.bracketed {
            note(
                Step::Brackets,
                piece.start,
                part(piece.start, piece.value),
                piece.identifier.code,
            );
        }
    }
    if found.end < draft.len() {
        note(
            Step::SeparatorDropped,
            found.end,
            part(found.end, draft.len()),
            "",
        );
    }
    Some(Candidate {
        unsure: found.is_weakly_spelled(bytes),
        ..Candidate::of(MarkingCode::from_shape(text, shape), repairs)
    })
}
