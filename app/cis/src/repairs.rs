//! The codes that a clean text may stand for, with what was repaired to get them.

use alloc::string::String;
use alloc::vec::Vec;

use crate::clean::{ROUNDS, Wrapping, clean, prefix};
use crate::draft::{Draft, text_of};
use crate::grammar::{self, Shape};
use crate::walk::{self, Boundary, Found};
use crate::{GS, MarkingCode, Remark, RemarkKind, Repair, Step, charset, decode};

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
    if draft.seen.any("%")
        && decode::is_percent_encoded(&draft.items)
        && !has_real_separators(draft)
    {
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

/// Whether the text is a code with separators as it was given. In the escapes of a URL they would be `%1D`.
fn has_real_separators(draft: &Draft) -> bool {
    let bytes = draft.bytes();
    bytes.contains(&0x1d)
        && grammar::read(&bytes).is_ok()
        && draft.repairs.iter().all(leaves_the_inside)
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
    let clean = strict.is_some() && grammar::first_strange(&bytes).is_none();
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
        // The separators came with the text, so a strange character beside one of them is not the other half of a spelling.
        Some(shape)
            if shape.has_tail() && !clean && draft.repairs.iter().all(leaves_the_inside) =>
        {
            let mut strange = as_it_is(shape);
            strange.remarks.extend(strange_characters(draft));
            return [strange].into();
        }
        _ => {}
    }
    let mut found: Vec<Candidate> = Vec::new();
    for reading in walk::readings(&bytes) {
        // Where either may be right, nothing is lost.
        let whole = reading
            .may_hold_more(&bytes)
            .then(|| candidate(draft, &bytes, &reading, true))
            .flatten();
        found.extend(whole.or_else(|| candidate(draft, &bytes, &reading, false)));
    }
    // A signature that is no base64 is odd, and no sign of a lost separator when all of them are there.
    if let Some(shape) = strict.filter(|shape| clean && found.is_empty() && shape.has_tail()) {
        return [as_it_is(shape)].into();
    }
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

/// Whether the repair took something off the edges and changed nothing between them.
fn leaves_the_inside(repair: &Repair) -> bool {
    matches!(
        repair.step(),
        Step::Edges | Step::CsvQuotes | Step::Symbology
    )
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

/// The code of a reading; with `more`, strange characters in front of a spelled separator belong to the code.
fn candidate(draft: &Draft, bytes: &[u8], found: &Found, more: bool) -> Option<Candidate> {
    let text = found.canonical(bytes, more);
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
                let from = if more {
                    piece.from + piece.strange_in_front(bytes)
                } else {
                    piece.from
                };
                note(
                    Step::SeparatorSpelling,
                    from,
                    part(from, piece.start),
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
    let strange = if more {
        strange_characters(draft)
    } else {
        Vec::new()
    };
    Some(Candidate {
        unsure: found.is_weakly_spelled(bytes),
        remarks: strange,
        ..Candidate::of(MarkingCode::from_shape(text, shape), repairs)
    })
}

#[cfg(test)]
mod tests {
    use crate::{Outcome, RemarkKind, parse};
    use std::vec::Vec;

    #[test]
    fn a_strange_character_beside_a_real_separator_is_data_and_is_named() {
        let text = "0103041094787443215Qba!!\\\u{1d}93Zjqw";
        for given in [text.into(), std::format!("]d2{text}\r\n")] {
            let parsed = parse(&given);
            assert_eq!(parsed.code().map(crate::MarkingCode::as_str), Some(text));
            assert_eq!(
                parsed
                    .remarks
                    .iter()
                    .map(crate::Remark::kind)
                    .collect::<Vec<_>>(),
                [RemarkKind::OutsideCset82 { character: '\\' }]
            );
        }
    }

    #[test]
    fn a_strange_character_beside_a_spelled_separator_is_not_lost() {
        let parsed = parse("0103041094787443215Qba!!\\<GS>93Zjqw");
        assert_eq!(parsed.outcome(), Outcome::Repaired);
        assert_eq!(
            parsed.code().map(crate::MarkingCode::as_str),
            Some("0103041094787443215Qba!!\\\u{1d}93Zjqw")
        );
        assert_eq!(
            parsed
                .remarks
                .iter()
                .map(crate::Remark::kind)
                .collect::<Vec<_>>(),
            [RemarkKind::OutsideCset82 { character: '\\' }]
        );
        // There is no room for it here.
        let parsed = parse("0103041094787443215Qba!!?\\<GS>93Zjqw");
        assert_eq!(
            parsed.code().map(crate::MarkingCode::as_str),
            Some("0103041094787443215Qba!!?\u{1d}93Zjqw")
        );
    }

    #[test]
    fn a_strange_character_in_front_stands_for_a_separator() {
        for strange in ['#', '@', '|', '^'] {
            let parsed = parse(&std::format!(
                "{strange}0103041094787443215Qbag!{strange}93Zjqw"
            ));
            assert_eq!(parsed.outcome(), Outcome::Repaired);
            assert_eq!(
                parsed.code().map(crate::MarkingCode::as_str),
                Some("0103041094787443215Qbag!\u{1d}93Zjqw")
            );
        }
    }
}
