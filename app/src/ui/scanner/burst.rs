//! Keys that follow one another too fast for a hand: a scan.

use super::{
    keys::{Key, Keys, Press},
    layout::written,
};
use cis::GS;

/// Milliseconds between two keys after which a scan is over: the slowest scanners pause for fifty, hands for more than
/// a hundred.
const PAUSE: u32 = 100;

/// The fewest keys of a scan: a hand may roll over a few keys as fast as a scanner.
const FEWEST: u32 = 8;

/// How a scan ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// With Enter.
    Enter,
    /// With Tab.
    Tab,
    /// With nothing: no more keys came.
    #[default]
    Pause,
}

/// What a scanner sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scan {
    /// What its keys say in the layout that it is made for; separators are U+001D.
    pub(crate) keys: String,
    /// What this computer's layout made of them.
    pub(crate) typed: String,
    /// Whether Caps Lock was on.
    pub(crate) caps: bool,
    /// How it ended.
    pub(crate) end: End,
    /// How many keys there were.
    pub(crate) strokes: u32,
    /// The longest time between two keys, in milliseconds.
    pub(crate) slowest: u32,
}

/// Listens to keys and finds scans among them.
#[derive(Clone, Debug)]
pub(crate) struct Burst {
    pause: u32,
    keys: Keys,
    scan: Scan,
    spoilt: bool,
    last: u32,
}

impl Default for Burst {
    fn default() -> Self {
        Self::patient(PAUSE)
    }
}

impl Burst {
    /// Listens where nobody types by hand, so that a slow scanner is heard out too; `pause` is in milliseconds.
    pub(crate) fn patient(pause: u32) -> Self {
        Self {
            pause,
            keys: Keys::default(),
            scan: Scan::default(),
            spoilt: false,
            last: 0,
        }
    }

    /// Whether nothing of a scan has come yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.scan.strokes == 0
    }

    /// How many keys of a scan have come.
    pub(crate) fn strokes(&self) -> u32 {
        self.scan.strokes
    }

    /// Whether a key at this moment would begin anew.
    pub(crate) fn over(&self, now: u32) -> bool {
        now.saturating_sub(self.last) > self.pause
    }

    /// Takes a key, and tells what it means.
    pub(crate) fn press(&mut self, key: Key<'_>) -> Press {
        if matches!(
            key.code,
            "ShiftLeft"
                | "ShiftRight"
                | "ControlLeft"
                | "ControlRight"
                | "AltLeft"
                | "AltRight"
                | "CapsLock"
        ) {
            return Press::Ordinary;
        }
        if self.over(key.at) {
            self.forget();
        } else if !self.is_empty() {
            self.scan.slowest = self.scan.slowest.max(key.at - self.last.min(key.at));
        }
        self.last = key.at;
        let press = self.keys.press(key);
        match press {
            Press::Enter => self.scan.end = End::Enter,
            Press::Separator => self.write(GS, "\u{1d}"),
            Press::Kept => {}
            Press::Ordinary if key.code == "Tab" => self.scan.end = End::Tab,
            Press::Ordinary => match written(key.code, key.shift, key.caps) {
                Some(character) if !key.ctrl && !key.alt => self.write(character, key.typed),
                _ => self.spoilt = true,
            },
        }
        self.scan.caps |= key.caps;
        press
    }

    /// The scan, if what came until now is one; begins anew.
    pub(crate) fn take(&mut self) -> Option<Scan> {
        let whole = !self.spoilt && self.scan.strokes >= FEWEST;
        let scan = std::mem::take(&mut self.scan);
        self.forget();
        whole.then_some(scan)
    }

    fn write(&mut self, character: char, typed: &str) {
        self.scan.keys.push(character);
        // Keys that write nothing by themselves have names: `Dead`, `Unidentified`.
        if typed.chars().nth(1).is_none() {
            self.scan.typed.push_str(typed);
        }
        self.scan.strokes += 1;
    }

    fn forget(&mut self) {
        self.scan = Scan::default();
        self.spoilt = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Presses keys a few milliseconds apart, beginning at `at`.
    fn scan(burst: &mut Burst, at: u32, keys: &[(&str, bool, &str)]) -> Option<Scan> {
        for ((code, shift, typed), at) in keys.iter().zip((at..).step_by(3)) {
            burst.press(Key {
                code,
                shift: *shift,
                typed,
                at,
                ..Key::default()
            });
        }
        burst.take()
    }

    const RUSSIAN: [(&str, bool, &str); 9] = [
        ("Digit0", false, "0"),
        ("Digit1", false, "1"),
        ("KeyG", false, "п"),
        ("KeyJ", true, "О"),
        ("F8", false, "F8"),
        ("Slash", false, "."),
        ("Digit7", true, "?"),
        ("Digit9", false, "9"),
        ("Enter", false, "Enter"),
    ];

    #[test]
    fn a_scan_reads_the_same_in_any_layout() {
        let scan = scan(&mut Burst::default(), 1000, &RUSSIAN).unwrap();
        assert_eq!(scan.keys, "01gJ\u{1d}/&9");
        assert_eq!(scan.typed, "01пО\u{1d}.?9");
        assert_eq!((scan.end, scan.strokes, scan.slowest), (End::Enter, 8, 3));
    }

    #[test]
    fn a_pause_begins_anew() {
        let mut burst = Burst::default();
        let first = ["KeyA", "KeyB"].map(|code| (code, false, "x"));
        for (code, shift, typed) in first {
            burst.press(Key {
                code,
                shift,
                typed,
                at: 100,
                ..Key::default()
            });
        }
        assert_eq!(
            scan(&mut burst, 100 + PAUSE + 1, &RUSSIAN).unwrap().keys,
            "01gJ\u{1d}/&9"
        );
    }

    #[test]
    fn hands_are_no_scanner() {
        let few = &RUSSIAN[..4];
        assert_eq!(scan(&mut Burst::default(), 0, few), None);
        let mut corrected = RUSSIAN.to_vec();
        corrected.insert(3, ("Backspace", false, "Backspace"));
        assert_eq!(scan(&mut Burst::default(), 0, &corrected), None);
    }

    #[test]
    fn caps_lock_and_the_ending_are_noticed() {
        let mut burst = Burst::patient(500);
        for at in (0..8).map(|index| index * 120) {
            burst.press(Key {
                code: "KeyQ",
                caps: true,
                typed: "Q",
                at,
                ..Key::default()
            });
        }
        burst.press(Key {
            code: "Tab",
            typed: "Tab",
            at: 900,
            ..Key::default()
        });
        let scan = burst.take().unwrap();
        assert_eq!(
            (scan.keys.as_str(), scan.caps, scan.end, scan.slowest),
            ("QQQQQQQQ", true, End::Tab, 120)
        );
    }
}
