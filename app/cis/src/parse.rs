//! From whatever a person pasted or a scanner typed to a canonical code, a question, or a refusal that says why not.

use alloc::string::String;
use alloc::vec::Vec;

use crate::clean::{Wrapping, clean};
use crate::draft::Draft;
use crate::grammar;
use crate::keyboard::{Keyboard, keyboard, type_again};
use crate::repairs::{self, Candidate};
use crate::{
    Doubt, Hint, Kind, MarkingCode, Parsed, Question, Reading, Refusal, RefusalKind, Remark,
    RemarkKind, Repair, Step, Verdict, doubt, failure, layout, looks,
};

/// Reads a marking code, repairing the damage that scanners, keyboards, spreadsheets and clipboards do.
///
/// The same as [`parse_with`] without a hint.
pub fn parse(text: &str) -> Parsed {
    parse_with(text, &Hint::default())
}

/// Reads a marking code; the hint settles what would be ambiguous without it.
///
/// Repairs never invent, lose or re-case a character of the code: they drop what stands around it, undo what programs and
/// keyboards did to it, and put separators back where the structure of some product group leaves one place for them. Where
/// more would be needed, the verdict is a question or a refusal. A hint that contradicts the code yields a remark.
///
/// What comes out is a fixed point: [`MarkingCode::as_str`] reads as the same code without repairs, or is asked about again.
pub fn parse_with(text: &str, hint: &Hint) -> Parsed {
    if let Some(shape) = grammar::everyday(text.as_bytes())
        && !hint.caps_lock
        && !doubt::is_suspicious(text.as_bytes(), &shape)
    {
        let code = MarkingCode::from_shape(String::from(text), shape);
        return accept(code, Vec::new(), Vec::new(), hint);
    }
    if let Some(refusal) = failure::too_long(text) {
        return refuse(refusal, Vec::new());
    }
    let mut draft = Draft::of(text);
    let mut wrapping = Wrapping::default();
    if let Err(refusal) = clean(&mut draft, &mut wrapping) {
        return refuse(refusal, draft.repairs);
    }
    let before_layout = draft.seen.cyrillic.then(|| draft.clone());
    let keys = keyboard(&mut draft, hint);
    let mixed = matches!(keys, Keyboard::Mixed);
    if mixed {
        return fail(&draft, true);
    }
    if before_layout.is_some()
        && let Err(refusal) = clean(&mut draft, &mut wrapping)
    {
        return refuse(refusal, draft.repairs);
    }
    if let Some((at, codes)) = failure::glued(&draft.bytes()) {
        let refusal = Refusal::new(RefusalKind::Glued { codes }, draft.position(at), None);
        return refuse(refusal, draft.repairs);
    }
    let mut found = repairs::candidates(&mut draft, wrapping);
    if let (true, Keyboard::Russian, Some(typed)) = (found.is_empty(), &keys, &before_layout) {
        let mut with_caps_lock = typed.clone();
        type_again(&mut with_caps_lock, true);
        if clean(&mut with_caps_lock, &mut wrapping).is_ok() {
            found = repairs::candidates(&mut with_caps_lock, wrapping);
        }
    }
    if found.is_empty() {
        // An escape that leads nowhere was none: the text is a code as it stands, though a doubtful one.
        if let Ok(as_it_stands) = crate::check(text.as_bytes()) {
            let only = Candidate::of(as_it_stands.to_code(), Vec::new());
            return ask(Doubt::Damaged, [only].into());
        }
        return match before_layout.filter(|typed| looks::recognise(&typed.text()).is_some()) {
            Some(typed) => fail(&typed, false),
            None => fail(&draft, false),
        };
    }
    decide(found, hint)
}

fn refuse(refusal: Refusal, repairs: Vec<Repair>) -> Parsed {
    Parsed {
        verdict: Verdict::Refused(refusal),
        repairs,
        remarks: Vec::new(),
    }
}

fn fail(draft: &Draft, mixed: bool) -> Parsed {
    match looks::recognise(&draft.text()) {
        Some(foreign) => Parsed {
            verdict: Verdict::NotACode(foreign),
            repairs: draft.repairs.clone(),
            remarks: Vec::new(),
        },
        None => refuse(failure::explain(draft, mixed), draft.repairs.clone()),
    }
}

/// Chooses between the codes that a text may stand for, or asks.
fn decide(mut found: Vec<Candidate>, hint: &Hint) -> Parsed {
    let mut distinct: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found.drain(..) {
        if !distinct.iter().any(|other| other.code == candidate.code) {
            distinct.push(candidate);
        }
    }
    settle(&mut distinct, hint);
    if distinct.len() > 1 {
        return ask(Doubt::Readings, distinct);
    }
    let Some(only) = distinct.pop() else {
        return refuse(Refusal::nowhere(RefusalKind::NotMarkingCode), Vec::new());
    };
    let caps_lock_undone = only
        .repairs
        .iter()
        .any(|repair| repair.step() == Step::CapsLock);
    match only.code.doubt(hint.group) {
        Some(Doubt::CapsLock) if caps_lock_undone => {
            accept(only.code, only.repairs, only.remarks, hint)
        }
        Some(Doubt::CapsLock) => {
            let swapped = in_other_case(&only);
            ask(
                Doubt::CapsLock,
                [Some(only), swapped].into_iter().flatten().collect(),
            )
        }
        Some(doubt) => ask(doubt, [only].into()),
        None if only.unsure => ask(Doubt::Damaged, [only].into()),
        None => accept(only.code, only.repairs, only.remarks, hint),
    }
}

/// Keeps the readings that the hint speaks for, if there are any.
fn settle(found: &mut Vec<Candidate>, hint: &Hint) {
    let mut keep = |wanted: &dyn Fn(&Candidate) -> bool| {
        if found.len() > 1 && found.iter().any(wanted) {
            found.retain(wanted);
        }
    };
    if let Some(gtin) = hint.gtin {
        keep(&|candidate| candidate.code.gtin() == Some(gtin));
    }
    if let Some(group) = hint.group {
        keep(&|candidate| candidate.code.groups().contains(group));
        // The group has codes of both shapes: a chance likeness to a tail is far rarer than a lost separator.
        keep(&|candidate| candidate.code.has_tail());
    }
}

/// The same code as it would be without Caps Lock.
fn in_other_case(candidate: &Candidate) -> Option<Candidate> {
    let was = candidate.code.as_str();
    let text: String = was.chars().map(layout::other_case_latin).collect();
    let mut repairs = candidate.repairs.clone();
    repairs.push(Repair::new(
        Step::CapsLock,
        None,
        String::from(was),
        text.clone(),
    ));
    let code = MarkingCode::from_canonical(&text).ok()?;
    Some(Candidate::of(code, repairs))
}

fn ask(doubt: Doubt, found: Vec<Candidate>) -> Parsed {
    let common = found.iter().skip(1).fold(
        found.first().map_or(0, |first| first.repairs.len()),
        |common, other| {
            let first = found.first().map(|first| first.repairs.as_slice());
            let same = first
                .unwrap_or_default()
                .iter()
                .zip(&other.repairs)
                .take_while(|(one, another)| one == another);
            common.min(same.count())
        },
    );
    let repairs: Vec<Repair> = found
        .first()
        .and_then(|first| first.repairs.get(..common))
        .unwrap_or_default()
        .to_vec();
    let readings: Vec<Reading> = found
        .into_iter()
        .map(|candidate| {
            let own = candidate.repairs.get(common..).unwrap_or_default().to_vec();
            Reading::new(candidate.code, own)
        })
        .collect();
    let position = readings
        .iter()
        .flat_map(Reading::repairs)
        .find_map(Repair::position);
    Parsed {
        verdict: Verdict::Ambiguous(Question::new(doubt, position, readings)),
        repairs,
        remarks: Vec::new(),
    }
}

/// Takes the code and says what is unusual about it.
#[inline]
fn accept(
    code: MarkingCode,
    repairs: Vec<Repair>,
    mut remarks: Vec<Remark>,
    hint: &Hint,
) -> Parsed {
    let bare = !code.has_tail()
        && matches!(
            code.kind(),
            Kind::Unit | Kind::TobaccoBlock | Kind::TobaccoPack
        );
    if bare {
        remarks.push(Remark::whole(RemarkKind::NoTail));
    }
    if !code.is_confirmed() {
        remarks.push(Remark::whole(RemarkKind::Unconfirmed));
    }
    if let Some(group) = hint.group
        && !code.groups().is_empty()
        && !code.groups().contains(group)
    {
        remarks.push(Remark::whole(RemarkKind::OtherGroup { group }));
    }
    if let Some(wanted) = hint.gtin
        && code.gtin().is_some_and(|found| found != wanted)
    {
        remarks.push(Remark::whole(RemarkKind::OtherGtin { gtin: wanted }));
    }
    Parsed {
        verdict: Verdict::Code(code),
        repairs,
        remarks,
    }
}
