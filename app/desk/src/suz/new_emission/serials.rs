//! Own serial numbers: one to a line.

use super::FaultKind;

/// What a serial number may have besides Latin letters and digits.
const MARKS: &str = "!\"%&'()*+,-./_:;=<>?";

/// The serial numbers of a pasted text.
pub fn own_serials(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

/// Reads them: one for each code, all of the length that the template asks for, none twice.
pub(super) fn read(
    text: &str,
    asked: Option<u32>,
    length: Option<u8>,
) -> Result<Vec<String>, Vec<FaultKind>> {
    let serials: Vec<&str> = own_serials(text).collect();
    let mut faults = Vec::new();
    let count = u32::try_from(serials.len()).ok();
    faults.extend(asked.filter(|asked| count != Some(*asked)).map(|asked| {
        FaultKind::SerialsCount {
            found: serials.len(),
            asked,
        }
    }));
    faults.extend(serials.iter().find_map(|serial| foreign_character(serial)));
    faults.extend(length.and_then(|length| {
        serials
            .iter()
            .find_map(|serial| other_length(serial, length))
    }));
    faults.extend(twice(&serials));
    if faults.is_empty() {
        Ok(serials.into_iter().map(str::to_owned).collect())
    } else {
        Err(faults)
    }
}

fn foreign_character(serial: &str) -> Option<FaultKind> {
    let allowed = |one: &char| one.is_ascii_alphanumeric() || MARKS.contains(*one);
    let character = serial.chars().find(|one| !allowed(one))?;
    Some(FaultKind::SerialCharacter {
        serial: serial.to_owned(),
        character,
    })
}

fn other_length(serial: &str, expected: u8) -> Option<FaultKind> {
    let found = serial.chars().count();
    (found != usize::from(expected)).then(|| FaultKind::SerialLength {
        serial: serial.to_owned(),
        found,
        expected,
    })
}

/// Sorted, because two million of them in a set would take several times their own memory.
fn twice(serials: &[&str]) -> Option<FaultKind> {
    let mut sorted = serials.to_vec();
    sorted.sort_unstable();
    let pair = sorted.array_windows().find(|[one, other]| one == other)?;
    Some(FaultKind::SerialTwice {
        serial: pair.first().map(|one| (*one).to_owned())?,
    })
}
