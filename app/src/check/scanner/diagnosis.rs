//! What a scanner does wrong, told by what it sent.

use crate::ui::scanner::{End, Scan};
use cis::{GS, Hint, Parsed, Step, parse_with};

/// The code of the picture that is shown to be scanned: letters of both cases, and marks that every other layout has
/// elsewhere.
pub(super) const SAMPLE: &str = "0104670033010053215qWe,rT;y?U/i\u{1d}93Ab12";

/// Milliseconds between two keys that other programs take for the end of a scan.
const SLOW: u32 = 60;

/// Something to set right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The computer's layout is not the one that the scanner is made for.
    Layout,
    /// Caps Lock is on.
    Caps,
    /// Separators do not come.
    SeparatorLost,
    /// Something else comes in the place of separators.
    SeparatorSpelled(String),
    /// Something comes in front of the code.
    Prefix(String),
    /// Something comes behind the code.
    Suffix(String),
    /// No Enter comes behind the code.
    NoEnter,
    /// Characters are lost.
    Lost,
    /// So many milliseconds pass between two keys.
    Slow(u32),
    /// What came is no code at all.
    Unread,
}

/// Everything that is to be set right, the worst first; nothing when the scanner is as it should be.
pub(super) fn diagnose(scan: &Scan) -> Vec<Fault> {
    let mut faults = Vec::new();
    let keys = if scan.caps {
        faults.push(Fault::Caps);
        scan.keys.chars().map(turned).collect()
    } else {
        scan.keys.clone()
    };
    if scan.typed.bytes().any(|byte| !byte.is_ascii())
        || (scan.typed != scan.keys && scan.typed.len() == scan.keys.len())
    {
        faults.push(Fault::Layout);
    }
    // FNC1 in front of a GS1 symbol comes as a separator; that is no fault of the scanner.
    let keys = keys.trim_start_matches(GS);
    let head = SAMPLE.get(..16).unwrap_or_default();
    match keys.split_once(head) {
        Some((prefix, rest)) => {
            if !prefix.is_empty() {
                faults.push(Fault::Prefix(prefix.to_owned()));
            }
            sample(rest, SAMPLE.get(16..).unwrap_or_default(), &mut faults);
        }
        None => other(keys, &mut faults),
    }
    if scan.slowest > SLOW {
        faults.push(Fault::Slow(scan.slowest));
    }
    match scan.end {
        End::Enter => {}
        End::Tab => faults.push(Fault::Suffix("Tab".to_owned())),
        End::Pause => faults.push(Fault::NoEnter),
    }
    faults
}

/// The rest of the sample: what is known is what ought to have come.
fn sample(came: &str, expected: &str, faults: &mut Vec<Fault>) {
    if let Some(more) = came.strip_prefix(expected) {
        if !more.is_empty() {
            faults.push(Fault::Suffix(more.to_owned()));
        }
        return;
    }
    let (serial, tail) = expected.split_once(GS).unwrap_or((expected, ""));
    let between = came
        .strip_prefix(serial)
        .and_then(|rest| rest.split_once(tail));
    match between {
        Some(("", more)) => {
            faults.push(Fault::SeparatorLost);
            if !more.is_empty() {
                faults.push(Fault::Suffix(more.to_owned()));
            }
        }
        Some((spelled, _)) => faults.push(Fault::SeparatorSpelled(spelled.to_owned())),
        None if is_part(came, expected) => faults.push(Fault::Lost),
        None => faults.push(Fault::Unread),
    }
}

/// A code that nobody knows: the engine says what it had to repair.
fn other(came: &str, faults: &mut Vec<Fault>) {
    let Parsed {
        verdict, repairs, ..
    } = parse_with(came, &Hint::default());
    let asked = match &verdict {
        cis::Verdict::Code(_) => None,
        cis::Verdict::Ambiguous(question) => question.readings().first(),
        cis::Verdict::Refused(_) | cis::Verdict::NotACode(_) => {
            faults.push(Fault::Unread);
            return;
        }
    };
    for repair in repairs
        .iter()
        .chain(asked.into_iter().flat_map(cis::Reading::repairs))
    {
        let fault = match repair.step() {
            Step::Symbology => Fault::Prefix(repair.was().to_owned()),
            Step::SeparatorSpelling => Fault::SeparatorSpelled(repair.was().to_owned()),
            Step::SeparatorRestored => Fault::SeparatorLost,
            _ => continue,
        };
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
}

/// The letter in the other case.
fn turned(character: char) -> char {
    if character.is_ascii_uppercase() {
        character.to_ascii_lowercase()
    } else {
        character.to_ascii_uppercase()
    }
}

/// Whether one text is the other with some of its characters left out.
fn is_part(part: &str, whole: &str) -> bool {
    let mut whole = whole.chars();
    part.chars()
        .all(|wanted| whole.any(|character| character == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(keys: &str) -> Scan {
        Scan {
            keys: keys.to_owned(),
            typed: keys.to_owned(),
            end: End::Enter,
            strokes: 38,
            slowest: 4,
            ..Scan::default()
        }
    }

    #[test]
    fn the_sample_is_a_code_as_it_should_be() {
        assert_eq!(cis::parse(SAMPLE).outcome(), cis::Outcome::Valid);
        assert_eq!(diagnose(&scan(SAMPLE)), []);
        assert_eq!(diagnose(&scan(&format!("\u{1d}{SAMPLE}"))), []);
    }

    #[test]
    fn each_fault_has_its_name() {
        let lost = SAMPLE.replace(GS, "");
        let spelled = SAMPLE.replace(GS, "<GS>");
        for (keys, fault) in [
            (lost.clone(), Fault::SeparatorLost),
            (spelled, Fault::SeparatorSpelled("<GS>".into())),
            (format!("]d2{SAMPLE}"), Fault::Prefix("]d2".into())),
            (format!("{SAMPLE}#"), Fault::Suffix("#".into())),
            (SAMPLE.replace("We", "e"), Fault::Lost),
            ("4607809591427".to_owned(), Fault::Unread),
        ] {
            assert_eq!(diagnose(&scan(&keys)), [fault], "{keys}");
        }
        let both = diagnose(&scan(&format!("]d2{lost}")));
        assert_eq!(both, [Fault::Prefix("]d2".into()), Fault::SeparatorLost]);
    }

    #[test]
    fn the_computer_and_the_ending_are_looked_at_too() {
        let mut scan = scan(SAMPLE);
        scan.typed = SAMPLE.replace("We", "Цу");
        scan.end = End::Pause;
        scan.slowest = 90;
        assert_eq!(
            diagnose(&scan),
            [Fault::Layout, Fault::Slow(90), Fault::NoEnter]
        );
    }

    #[test]
    fn caps_lock_is_turned_back_before_anything_else_is_looked_for() {
        let turned: String = SAMPLE.chars().map(turned).collect();
        let mut scan = scan(&turned);
        scan.caps = true;
        assert_eq!(diagnose(&scan), [Fault::Caps]);
    }

    #[test]
    fn any_code_will_do() {
        let mut scan = scan("]d20103041094787443215Qbag!{GS}93Zjqw");
        scan.end = End::Tab;
        assert_eq!(
            diagnose(&scan),
            [
                Fault::SeparatorSpelled("{GS}".into()),
                Fault::Prefix("]d2".into()),
                Fault::Suffix("Tab".into())
            ]
        );
    }
}
