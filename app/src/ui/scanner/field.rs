//! A field that scanners write into.

use super::{Press, Scan, burst::Burst, keys::Key};
use leptos::{ev, html::Textarea, prelude::*};
use std::time::Duration;

/// How long after its last key a scan without an ending is taken as it is.
const SETTLED: Duration = Duration::from_millis(300);

/// The text of a scan field: the browser's own, with a copy to judge. The field is never written while somebody
/// types before the scripts have come.
#[derive(Clone, Copy)]
pub(crate) struct ScanField {
    /// The element.
    pub(crate) node: NodeRef<Textarea>,
    /// The copy.
    pub(crate) text: RwSignal<String>,
    /// Whether the last scan came with Caps Lock on, which turns its letters over.
    pub(crate) caps: RwSignal<bool>,
    burst: StoredValue<Burst>,
    /// Where the scan under way begins, in UTF-16 units as the browser counts.
    start: StoredValue<usize>,
}

impl ScanField {
    /// A field with this text in it.
    pub(crate) fn new(text: String) -> Self {
        Self {
            node: NodeRef::new(),
            text: RwSignal::new(text),
            caps: RwSignal::new(false),
            burst: StoredValue::new(Burst::default()),
            start: StoredValue::new(0),
        }
    }

    /// Takes a key: writes the separator, and at the end of a scan what its keys say in place of what the computer's
    /// layout made of them.
    pub(crate) fn key(self, event: &ev::KeyboardEvent) -> Press {
        let (code, typed) = (event.code(), event.key());
        let key = key_of(event, &code, &typed);
        let fresh = self
            .burst
            .with_value(|burst| burst.is_empty() || burst.over(key.at));
        if fresh {
            self.start.set_value(self.selection().0);
        }
        let press = self
            .burst
            .try_update_value(|burst| burst.press(key))
            .unwrap_or(Press::Ordinary);
        match press {
            Press::Separator => {
                let (start, end) = self.selection();
                self.splice(start, end, "\u{1d}");
            }
            Press::Enter => self.settle(),
            Press::Kept | Press::Ordinary => self.settle_later(),
        }
        if matches!(press, Press::Separator | Press::Kept) {
            event.prevent_default();
        }
        press
    }

    /// Puts this text in the place of what is there.
    pub(crate) fn write(self, text: &str) {
        if let Some(node) = self.node.get_untracked() {
            node.set_value(text);
        }
        self.text.set(text.to_owned());
    }

    /// Adds lines under what is there.
    pub(crate) fn append(self, lines: &str) {
        let before = self.text.get_untracked();
        let joined = if before.trim().is_empty() {
            lines.to_owned()
        } else {
            format!("{}\n{lines}", before.trim_end())
        };
        self.write(&joined);
        self.focus();
    }

    /// Puts the cursor into the field.
    pub(crate) fn focus(self) {
        if let Some(node) = self.node.get_untracked() {
            // A field that cannot take the focus leaves it where it was.
            let _focused = node.focus();
        }
    }

    /// Ends the scan under way, if there is one.
    fn settle(self) {
        let Some(Some(scan)) = self.burst.try_update_value(Burst::take) else {
            return;
        };
        self.caps.set(scan.caps);
        if scan.keys != scan.typed {
            self.correct(&scan);
        }
    }

    /// Puts what the keys say in the place of what the layout made of them.
    fn correct(self, scan: &Scan) {
        let (_, end) = self.selection();
        self.splice(self.start.get_value(), end, &scan.keys);
    }

    /// Ends the scan under way when no more keys come.
    fn settle_later(self) {
        let strokes = self.burst.try_with_value(Burst::strokes);
        set_timeout(
            move || {
                if self.burst.try_with_value(Burst::strokes) == strokes && strokes > Some(0) {
                    self.settle();
                }
            },
            SETTLED,
        );
    }

    /// Where the selection begins and ends, in UTF-16 units.
    fn selection(self) -> (usize, usize) {
        let at = |end: Option<u32>| {
            end.and_then(|at| usize::try_from(at).ok())
                .unwrap_or(usize::MAX)
        };
        self.node.get_untracked().map_or((0, 0), |node| {
            (
                at(node.selection_start().ok().flatten()),
                at(node.selection_end().ok().flatten()),
            )
        })
    }

    /// Writes a text in the place of a part of the field, and puts the cursor behind it.
    fn splice(self, start: usize, end: usize, with: &str) {
        let Some(node) = self.node.get_untracked() else {
            return;
        };
        let (text, cursor) = spliced(&node.value(), start, end, with);
        self.write(&text);
        if let Ok(cursor) = u32::try_from(cursor) {
            // A cursor that cannot be placed stays at the end, where a scanner writes anyway.
            let _placed = node.set_selection_range(cursor, cursor);
        }
    }
}

/// A key as the browser tells it.
pub(crate) fn key_of<'a>(event: &ev::KeyboardEvent, code: &'a str, typed: &'a str) -> Key<'a> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since the page was opened, which is less than a month"
    )]
    let at = event.time_stamp() as u32;
    Key {
        code,
        typed,
        ctrl: event.ctrl_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        caps: event.get_modifier_state("CapsLock"),
        at,
    }
}

/// Writes in place of a part of a text, whose ends are in UTF-16 units, and tells where the cursor stands then.
fn spliced(text: &str, start: usize, end: usize, with: &str) -> (String, usize) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let start = start.min(units.len());
    let end = end.clamp(start, units.len());
    let with: Vec<u16> = with.encode_utf16().collect();
    let joined: Vec<u16> = units
        .iter()
        .take(start)
        .chain(&with)
        .chain(units.iter().skip(end))
        .copied()
        .collect();
    (String::from_utf16_lossy(&joined), start + with.len())
}

#[cfg(test)]
mod tests {
    use super::spliced;

    #[test]
    fn a_text_takes_the_place_of_the_selection() {
        assert_eq!(spliced("ab", 1, 1, "\u{1d}"), ("a\u{1d}b".to_owned(), 2));
        assert_eq!(spliced("яbc", 1, 3, "\u{1d}"), ("я\u{1d}".to_owned(), 2));
        assert_eq!(spliced("", 5, 9, "ab"), ("ab".to_owned(), 2));
    }
}
