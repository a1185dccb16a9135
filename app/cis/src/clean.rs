//! What can be undone without knowing where the parts of a code are: edges, escapes, quotation marks, prefixes.

use crate::draft::{Change, Draft, Item};
use crate::{GS, Refusal, RefusalKind, Step, charset, decode, spelling};

/// The most rounds of decoding: a text is rarely escaped twice and never more.
pub(crate) const ROUNDS: usize = 3;

/// What the edges of a text said about what is inside.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wrapping {
    /// Quotation marks stood around the text, so those inside are doubled.
    pub(crate) quoted: bool,
    /// An apostrophe stood in front.
    pub(crate) apostrophe: bool,
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
pub(crate) fn prefix(draft: &mut Draft) {
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
        } else if let Some(length) =
            spelling::in_front(&draft.items).or_else(|| spelling::strange_in_front(&draft.items))
        {
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
