//! From whatever a person pasted or a scanner typed to a canonical code, or to a refusal that says why not.
//!
//! A canonical text is read in place. Only a text that is not canonical is copied into a [`Draft`], where every character
//! remembers its place in the text as it was given.

use crate::charset::{is_cset82, is_edge, is_invisible};
use crate::grammar::{self, Fault, SERIAL_START, Shape};
use crate::place::Place;
use crate::spelling::{self, Anchored, Certain};
use crate::{
    GS, LooksLike, MAX_LENGTH, MarkingCode, Refusal, RefusalKind, Remark, RemarkKind, ai, resplit,
};

/// The outcome of [`parse`]: a code or a refusal, and in both cases what was tolerated on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The code in canonical form, or why there is none.
    pub result: Result<MarkingCode, Refusal>,
    /// What was repaired or noticed. A whole code that was given in canonical form has none.
    pub remarks: Vec<Remark>,
}

/// Reads a marking code, tolerating the harmless damage that scanners, spreadsheets and clipboards do.
///
/// Repairs never lose, invent or re-case a character of the code: they drop what stands around it and give separators back
/// their one form. Where more would be needed, the answer is a [`Refusal`], or a remark that asks
/// ([`RemarkKind::AmbiguousBareKi`]).
///
/// What is returned is a fixed point: reading [`MarkingCode::as_str`] again gives the same code without repairs.
pub fn parse(text: &str) -> Parsed {
    canonical(text).unwrap_or_else(|| repaired(text))
}

/// Reads a text that needs no repair, without copying it before it is known to be good.
fn canonical(text: &str) -> Option<Parsed> {
    let shape = grammar::read(text).ok()?;
    let everyday = text
        .bytes()
        .all(|byte| is_cset82(byte) || char::from(byte) == GS);
    let final_reading = shape.tail.is_some() || spelling::anchored(text, false).next().is_none();
    (everyday && final_reading).then(|| accept(text.to_owned(), shape, |at| at, Vec::new()))
}

fn repaired(text: &str) -> Parsed {
    let mut draft = Draft::of(text);
    let result = draft.repair();
    let Draft {
        characters,
        mut remarks,
        ..
    } = draft;
    match result {
        Ok((text, shape)) => {
            remarks.sort_by_key(Remark::position);
            let origin = |at| characters.get(at).map_or(at, |(position, _)| *position);
            accept(text, shape, origin, remarks)
        }
        Err(refusal) => Parsed {
            result: Err(refusal),
            remarks,
        },
    }
}

/// Makes the code and adds what is to be said about it as it stands.
fn accept(
    text: String,
    shape: Shape,
    origin: impl Fn(usize) -> usize,
    mut remarks: Vec<Remark>,
) -> Parsed {
    let mut strange = Vec::new();
    for (at, character) in text.char_indices() {
        let known = u8::try_from(character).is_ok_and(is_cset82) || character == GS;
        if !known && !strange.contains(&character) {
            strange.push(character);
            remarks.push(Remark::at(
                origin(at),
                RemarkKind::OutsideCset82 { character },
            ));
        }
    }
    let bare = shape.ki_end == text.len();
    let separated = resplit::readings(&text).first().and_then(|reading| {
        let separated = reading.separated(&text);
        let shape = grammar::read(&separated).ok()?;
        let at = origin(*reading.missing.first()?);
        Some((at, MarkingCode::from_shape(separated, shape)))
    });
    let code = MarkingCode::from_shape(text, shape);
    match separated {
        Some((at, separated)) if bare => {
            let bare = code.clone();
            remarks.push(Remark::at(
                at,
                RemarkKind::AmbiguousBareKi { bare, separated },
            ));
        }
        Some((at, separated)) => {
            remarks.push(Remark::at(at, RemarkKind::AmbiguousSerial { separated }));
        }
        None if !code.has_tail() => remarks.push(Remark::whole(RemarkKind::BareKi)),
        None => {}
    }
    Parsed {
        result: Ok(code),
        remarks,
    }
}

/// A text longer than this is not looked at: no repair makes a code out of it.
const LONGEST_INPUT: usize = 4 * MAX_LENGTH;

/// With more doubtful spellings than this, they are taken all together or not at all.
const MOST_DOUBTS: usize = 6;

/// A text under repair.
struct Draft {
    /// Each character with its index in the text as it was given.
    characters: Vec<(usize, char)>,
    /// The number of characters of the text as it was given.
    length: usize,
    remarks: Vec<Remark>,
}

impl Draft {
    fn of(text: &str) -> Self {
        let mut characters: Vec<_> = text.chars().enumerate().take(LONGEST_INPUT + 1).collect();
        let length = if characters.len() > LONGEST_INPUT {
            characters.clear();
            text.chars().count()
        } else {
            characters.len()
        };
        Self {
            characters,
            length,
            remarks: Vec::new(),
        }
    }

    fn repair(&mut self) -> Result<(String, Shape), Refusal> {
        if self.length > LONGEST_INPUT {
            return Err(Refusal::nowhere(RefusalKind::TooLong {
                length: self.length,
            }));
        }
        self.trim_edges();
        self.drop_invisible();
        self.drop_symbology();
        self.read_repaired().map_err(
            |fault| match (&fault.kind, LooksLike::guess(&self.text())) {
                (_, LooksLike::Unknown) => self.refusal(fault),
                (
                    RefusalKind::NotMarkingCode { .. }
                    | RefusalKind::Gtin(_)
                    | RefusalKind::NoSerialIdentifier
                    | RefusalKind::TooLong { .. }
                    | RefusalKind::NonAscii { .. }
                    | RefusalKind::IllegalCharacter { .. },
                    looks_like,
                ) => Refusal::nowhere(RefusalKind::NotMarkingCode { looks_like }),
                _ => self.refusal(fault),
            },
        )
    }

    fn read_repaired(&mut self) -> Result<(String, Shape), Fault> {
        self.decode_certain()?;
        self.drop_superfluous_separators();
        self.check_characters()?;
        let bracketed = self.remove_head_brackets();
        self.drop_separator_after_gtin();
        self.remove_element_brackets();
        self.decode_anchored(bracketed)
    }

    fn text(&self) -> String {
        self.characters
            .iter()
            .map(|(_, character)| character)
            .collect()
    }

    fn position(&self, at: usize) -> usize {
        self.characters
            .get(at)
            .map_or(self.length, |(position, _)| *position)
    }

    fn note(&mut self, position: usize, kind: RemarkKind) {
        self.remarks.push(Remark::at(position, kind));
    }

    fn refusal(&self, fault: Fault) -> Refusal {
        let position = self.position(fault.at);
        match fault.kind {
            RefusalKind::Empty => Refusal::nowhere(RefusalKind::Empty),
            RefusalKind::SeparatorLost { ai, .. } => {
                Refusal::new(RefusalKind::SeparatorLost { ai, position }, position, None)
            }
            kind => {
                let place = Place::of(self.characters.iter().map(|(_, it)| *it), fault.at);
                Refusal::new(kind, position, place)
            }
        }
    }

    fn trim_edges(&mut self) {
        let leading = self
            .characters
            .iter()
            .take_while(|(_, character)| is_edge(*character))
            .count();
        self.characters.drain(..leading);
        let kept = self
            .characters
            .iter()
            .rposition(|(_, character)| !is_edge(*character))
            .map_or(0, |last| last + 1);
        let trailing = self.characters.len() - kept;
        self.characters.truncate(kept);
        if leading + trailing > 0 {
            let position = if leading > 0 {
                0
            } else {
                self.length - trailing
            };
            self.note(position, RemarkKind::EdgesTrimmed { leading, trailing });
        }
    }

    fn drop_invisible(&mut self) {
        let Self {
            characters,
            remarks,
            ..
        } = self;
        characters.retain(|&(position, character)| {
            let invisible = is_invisible(character);
            if invisible {
                remarks.push(Remark::at(
                    position,
                    RemarkKind::InvisibleDropped { character },
                ));
            }
            !invisible
        });
    }

    /// See [AIM symbology identifiers](https://www.gs1.org/standards/barcodes), for example `]d2` for GS1 DataMatrix.
    fn drop_symbology(&mut self) {
        if let [(position, ']'), (_, letter), (_, digit), ..] = *self.characters
            && letter.is_ascii_alphabetic()
            && digit.is_ascii_digit()
        {
            self.characters.drain(..3);
            self.note(
                position,
                RemarkKind::SymbologyDropped {
                    identifier: String::from_iter([']', letter, digit]),
                },
            );
        }
    }

    /// Gives every spelling that cannot be data its real character.
    fn decode_certain(&mut self) -> Result<(), Fault> {
        let text = self.text();
        let mut decoded = Vec::with_capacity(self.characters.len());
        let mut rest = text.as_str();
        let mut at = 0;
        while let Some(character) = rest.chars().next() {
            let front = spelling::in_front(rest).filter(|_| at == 0);
            let certain = front
                .map(Certain::Separator)
                .or_else(|| spelling::certain(rest));
            let (length, separator) = match certain {
                Some(Certain::Separator(length)) => (length, true),
                Some(Certain::TooDeep(length)) => {
                    let text = rest.chars().take(length).collect();
                    return Err(Fault {
                        kind: RefusalKind::SeparatorText { text },
                        at,
                    });
                }
                None => (1, false),
            };
            let position = self.position(at);
            let width = rest.chars().take(length).map(char::len_utf8).sum();
            let (spelled, behind) = rest.split_at_checked(width).unwrap_or((rest, ""));
            if separator {
                let spelling = spelling::shown(spelled);
                self.note(position, RemarkKind::SeparatorDecoded { spelling });
                decoded.push((position, GS));
            } else {
                decoded.push((position, character));
            }
            rest = behind;
            at += length;
        }
        self.characters = decoded;
        Ok(())
    }

    /// Drops separators in front, behind and in a row.
    fn drop_superfluous_separators(&mut self) {
        let is_separator = |(_, character): &&(usize, char)| *character == GS;
        let leading = self.characters.iter().take_while(is_separator).count();
        for (position, _) in self.characters.drain(..leading) {
            self.remarks
                .push(Remark::at(position, RemarkKind::LeadingSeparatorDropped));
        }
        let trailing = self
            .characters
            .iter()
            .rev()
            .take_while(is_separator)
            .count();
        let kept = self.characters.len() - trailing;
        for (position, _) in self.characters.drain(kept..) {
            self.remarks
                .push(Remark::at(position, RemarkKind::TrailingSeparatorDropped));
        }
        let Self {
            characters,
            remarks,
            ..
        } = self;
        characters.dedup_by(|(position, later), (_, earlier)| {
            let doubled = *later == GS && *earlier == GS;
            if doubled {
                remarks.push(Remark::at(*position, RemarkKind::DoubleSeparatorCollapsed));
            }
            doubled
        });
    }

    /// Finds the first character that no repair below could explain. Spaces may still turn out to be separators.
    fn check_characters(&self) -> Result<(), Fault> {
        if self.characters.is_empty() {
            return Err(Fault {
                kind: RefusalKind::Empty,
                at: 0,
            });
        }
        let foreign = self.characters.iter().position(|(_, character)| {
            !character.is_ascii() || character.is_ascii_control() && *character != GS
        });
        match foreign.and_then(|at| Some((at, self.characters.get(at)?.1))) {
            Some((at, character)) => Err(Fault {
                kind: RefusalKind::for_character(character),
                at,
            }),
            None => Ok(()),
        }
    }

    /// Removes the brackets around `01` and `21` by position: serial numbers contain brackets of their own.
    fn remove_head_brackets(&mut self) -> bool {
        let first = self.remove_brackets_at(0, "01");
        let separated = usize::from(self.characters.get(16).is_some_and(|(_, it)| *it == GS));
        let second = self.remove_brackets_at(16 + separated, "21");
        first || second
    }

    /// Removes the brackets around identifiers that stand right behind a separator.
    fn remove_element_brackets(&mut self) {
        let mut at = SERIAL_START;
        while at < self.characters.len() {
            let behind_separator = self
                .characters
                .get(at - 1)
                .is_some_and(|(_, character)| *character == GS);
            if behind_separator {
                let rest: String = self
                    .characters
                    .iter()
                    .skip(at)
                    .map(|(_, character)| character)
                    .collect();
                let closing = spelling::bracketed(&rest);
                if let Some(ai) = closing.and_then(|closing| rest.get(1..closing)) {
                    self.remove_brackets_at(at, ai);
                }
            }
            at += 1;
        }
    }

    fn remove_brackets_at(&mut self, at: usize, ai: &str) -> bool {
        let bracketed = self
            .characters
            .iter()
            .skip(at)
            .map(|(_, character)| *character)
            .take(ai.len() + 2)
            .eq(format!("({ai})").chars());
        if bracketed {
            self.note(
                self.position(at),
                RemarkKind::BracketsRemoved { ai: ai.to_owned() },
            );
            self.characters.remove(at + 1 + ai.len());
            self.characters.remove(at);
        }
        bracketed
    }

    fn drop_separator_after_gtin(&mut self) {
        if let Some((position, GS)) = self.characters.get(16).copied() {
            self.characters.remove(16);
            self.note(position, RemarkKind::SeparatorAfterGtinDropped);
        }
    }

    /// Reads the code, believing spellings that may be data only where that makes a good code.
    fn decode_anchored(&mut self, bracketed: bool) -> Result<(String, Shape), Fault> {
        let text = self.text();
        let as_it_stands = grammar::read(&text);
        if let Ok(shape @ Shape { tail: Some(_), .. }) = as_it_stands {
            return Ok((text, shape));
        }
        let doubts: Vec<Anchored> = spelling::anchored(&text, bracketed).collect();
        let mut without_tail = None;
        for believed in choices(doubts.len()) {
            let decoded = decode(&text, &doubts, believed);
            let Ok(shape) = grammar::read(&decoded) else {
                continue;
            };
            if shape.tail.is_some() {
                self.believe(&doubts, believed);
                return Ok((decoded, shape));
            }
            without_tail.get_or_insert((believed, decoded, shape));
        }
        match (as_it_stands, without_tail) {
            (Ok(shape), _) => Ok((text, shape)),
            (Err(_), Some((believed, decoded, shape))) => {
                self.believe(&doubts, believed);
                Ok((decoded, shape))
            }
            (Err(fault), None) => {
                let fault = refine(&text, fault);
                let strange = !matches!(fault.kind, RefusalKind::SeparatorLost { .. });
                match grammar::read(&decode(&text, &doubts, u32::MAX)) {
                    // What is wrong with the decoded text tells more, as long as it is understood so far.
                    Err(decoded) if strange && !doubts.is_empty() && decoded.at > fault.at => {
                        self.believe(&doubts, u32::MAX);
                        Err(decoded)
                    }
                    _ => Err(fault),
                }
            }
        }
    }

    /// Makes the draft agree with [`decode`] and says what was done.
    fn believe(&mut self, doubts: &[Anchored], believed: u32) {
        let mut dropped = Vec::new();
        for doubt in chosen(doubts, believed) {
            let position = self.position(doubt.start);
            let spelled: String = self
                .characters
                .iter()
                .skip(doubt.start)
                .take(doubt.length)
                .map(|(_, character)| character)
                .collect();
            let kind = match doubt.closing {
                Some(closing) => {
                    dropped.push(closing);
                    let ai = self.characters.iter().map(|(_, character)| character);
                    let ai = ai.skip(doubt.start + 1).take(closing - doubt.start - 1);
                    RemarkKind::BracketsRemoved { ai: ai.collect() }
                }
                None => RemarkKind::SeparatorDecoded {
                    spelling: spelling::shown(&spelled),
                },
            };
            self.note(position, kind);
            if let Some((_, character)) = self.characters.get_mut(doubt.start) {
                *character = GS;
            }
            dropped.extend(doubt.start + 1..doubt.start + doubt.length);
        }
        let mut at = 0;
        self.characters.retain(|_| {
            let keep = !dropped.contains(&at);
            at += 1;
            keep
        });
    }
}

/// The sets of spellings to believe, as bits: all of them first, then fewer and fewer.
fn choices(doubts: usize) -> Vec<u32> {
    if doubts == 0 {
        return Vec::new();
    }
    if doubts > MOST_DOUBTS {
        return vec![u32::MAX];
    }
    let mut choices: Vec<u32> = (1..1 << doubts).collect();
    choices.sort_by_key(|choice| std::cmp::Reverse(choice.count_ones()));
    choices
}

fn chosen(doubts: &[Anchored], believed: u32) -> impl Iterator<Item = &Anchored> {
    // More than 32 spellings are only ever believed all together.
    doubts
        .iter()
        .enumerate()
        .filter(move |(index, _)| believed == u32::MAX || believed & (1 << index) != 0)
        .map(|(_, doubt)| doubt)
}

/// The text with the chosen spellings made separators.
fn decode(text: &str, doubts: &[Anchored], believed: u32) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut skipped = 0..0;
    let mut closing = None;
    let mut chosen = chosen(doubts, believed).peekable();
    for (at, character) in text.char_indices() {
        if let Some(doubt) = chosen.next_if(|doubt| doubt.start == at) {
            decoded.push(GS);
            skipped = at..at + doubt.length;
            closing = doubt.closing;
        }
        if !skipped.contains(&at) && closing != Some(at) {
            decoded.push(character);
        }
    }
    decoded
}

/// Says that a separator is lost where exactly one reading shows where.
fn refine(text: &str, fault: Fault) -> Fault {
    let elements = matches!(
        fault.kind,
        RefusalKind::SerialLength { .. }
            | RefusalKind::Tail(_)
            | RefusalKind::ElementLength { .. }
            | RefusalKind::UnknownIdentifier { .. }
            | RefusalKind::NotDigit { .. }
    );
    if !elements {
        return fault;
    }
    let readings = resplit::readings(text);
    let [reading] = readings.as_slice() else {
        return fault;
    };
    let lost = reading.missing.first().and_then(|at| {
        let identifier = ai::known_at(text.get(*at..)?)?;
        Some((*at, identifier.code))
    });
    match lost {
        Some((at, ai)) => Fault {
            // The position in the text as it was given is put in when the refusal is made.
            kind: RefusalKind::SeparatorLost { ai, position: at },
            at,
        },
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Severity;

    fn kinds(text: &str) -> (String, Vec<(RemarkKind, Option<usize>)>) {
        let parsed = parse(text);
        let remarks = parsed
            .remarks
            .iter()
            .map(|remark| (remark.kind().clone(), remark.position()))
            .collect();
        (parsed.result.unwrap().into_string(), remarks)
    }

    #[test]
    fn a_canonical_code_comes_back_without_remarks() {
        let text = "01030410947874432155Qbag!\u{1d}93Zjqw";
        assert_eq!(kinds(text), (text.to_owned(), vec![]));
    }

    #[test]
    fn what_stands_around_the_code_is_dropped_and_told() {
        let (text, remarks) =
            kinds("\u{feff}]d2\u{1d}0103041094787443215Qbag!\u{1d}93Zjqw\u{1d}\r\n");
        assert_eq!(text, "0103041094787443215Qbag!\u{1d}93Zjqw");
        assert_eq!(
            remarks,
            [
                (
                    RemarkKind::EdgesTrimmed {
                        leading: 1,
                        trailing: 2
                    },
                    Some(0)
                ),
                (
                    RemarkKind::SymbologyDropped {
                        identifier: "]d2".to_owned()
                    },
                    Some(1)
                ),
                (RemarkKind::LeadingSeparatorDropped, Some(4)),
                (RemarkKind::TrailingSeparatorDropped, Some(36)),
            ]
        );
    }

    #[test]
    fn superfluous_separators_inside_are_dropped_and_told() {
        let (text, remarks) = kinds("0103041094787443\u{1d}215Qbag!\u{1d}\u{1d}93Zjqw");
        assert_eq!(text, "0103041094787443215Qbag!\u{1d}93Zjqw");
        assert_eq!(
            remarks,
            [
                (RemarkKind::SeparatorAfterGtinDropped, Some(16)),
                (RemarkKind::DoubleSeparatorCollapsed, Some(26)),
            ]
        );
    }

    #[test]
    fn a_real_backslash_beside_a_real_separator_is_data() {
        let (text, remarks) = kinds("01030410947874432155Qbag\\\u{1d}93Zjqw");
        assert_eq!(text, "01030410947874432155Qbag\\\u{1d}93Zjqw");
        assert_eq!(
            remarks,
            [(RemarkKind::OutsideCset82 { character: '\\' }, Some(24))]
        );
    }

    #[test]
    fn a_quotation_mark_is_an_ordinary_character() {
        let text = "0104680992598455215rYJoe1STv\"l%\u{1d}93dGVz";
        assert_eq!(kinds(text), (text.to_owned(), vec![]));
    }

    #[test]
    fn too_many_backslashes_are_refused() {
        let refusal = parse("0103041094787443215Qbag!\\\\\\u001d93Zjqw")
            .result
            .unwrap_err();
        assert_eq!(
            refusal.kind(),
            &RefusalKind::SeparatorText {
                text: "\\\\\\u001d".to_owned()
            }
        );
        assert_eq!(refusal.position(), Some(24));
    }

    #[test]
    fn a_spelling_of_lawful_characters_is_data_unless_a_tail_follows() {
        for text in [
            "0104640569959539215eCUd%1D93tuV",
            "0104640569959539215eC<GS>bPYtuV",
        ] {
            assert_eq!(kinds(text).0, text);
        }
        let (text, remarks) = kinds("0103041094787443215Qbag!<GS>93Zjqw");
        assert_eq!(text, "0103041094787443215Qbag!\u{1d}93Zjqw");
        assert_eq!(
            remarks,
            [(
                RemarkKind::SeparatorDecoded {
                    spelling: "<GS>".to_owned()
                },
                Some(24)
            )]
        );
    }

    #[test]
    fn brackets_are_removed_by_position_and_kept_in_the_serial_number() {
        let (text, remarks) = kinds("(01)04680065128022(21))x/JtGI+LE'_u(93)dGVz");
        assert_eq!(text, "010468006512802221)x/JtGI+LE'_u\u{1d}93dGVz");
        let brackets = |ai: &str| RemarkKind::BracketsRemoved { ai: ai.to_owned() };
        assert_eq!(
            remarks,
            [
                (brackets("01"), Some(0)),
                (brackets("21"), Some(18)),
                (brackets("93"), Some(35)),
            ]
        );
        let (text, _) = kinds("0103041094787443215Qbag!\u{1d}(93)Zjqw");
        assert_eq!(text, "0103041094787443215Qbag!\u{1d}93Zjqw");
    }

    #[test]
    fn a_code_that_reads_in_two_ways_asks() {
        let text = "0104610053147452215d,OiLl93dGVz";
        let parsed = parse(text);
        assert_eq!(parsed.result.as_ref().unwrap().as_str(), text);
        assert!(!parsed.result.unwrap().has_tail());
        let [remark] = parsed.remarks.as_slice() else {
            panic!("one remark");
        };
        assert_eq!(remark.severity(), Severity::Question);
        assert_eq!(remark.position(), Some(25));
        let RemarkKind::AmbiguousBareKi { bare, separated } = remark.kind() else {
            panic!("an ambiguity");
        };
        assert_eq!(bare.as_str(), text);
        assert_eq!(separated.as_str(), "0104610053147452215d,OiLl\u{1d}93dGVz");
    }

    #[test]
    fn shoes_with_a_glued_customs_code_ask_too() {
        let ki = "010463007000812321ymxGZZnG838XW";
        let tail = "\u{1d}91ffd0\u{1d}92mliP3gYsRdl6IorVEB8/4vYOHiPQsKeCeayAqCjwWDhl0cK4SYMZwD8SU3aKdhNtXf/pSBbSC9V6o8BLIoBW0Q==";
        let bare = parse(&format!("{ki}2406403"));
        assert!(matches!(
            bare.remarks[0].kind(),
            RemarkKind::AmbiguousBareKi { .. }
        ));
        let whole = parse(&format!("{ki}2406403{tail}"));
        let RemarkKind::AmbiguousSerial { separated } = whole.remarks[0].kind() else {
            panic!("an ambiguity");
        };
        assert_eq!(separated.as_str(), format!("{ki}\u{1d}2406403{tail}"));
    }

    #[test]
    fn a_position_counts_characters_of_the_text_as_it_was_given() {
        let refusal = parse("\u{feff} ]d20104610053147452215d,ОiLl\u{1d}93dGVz")
            .result
            .unwrap_err();
        assert_eq!(
            refusal.kind(),
            &RefusalKind::NonAscii {
                character: 'О',
                latin_twin: Some('O')
            }
        );
        assert_eq!(refusal.position(), Some(26));
    }

    #[test]
    fn a_book_is_refused_without_being_read() {
        let refusal = parse(&"0".repeat(1_000_000)).result.unwrap_err();
        assert_eq!(refusal.kind(), &RefusalKind::TooLong { length: 1_000_000 });
    }
}
