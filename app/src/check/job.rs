//! Checking a list without holding the page up: a short one in slices, a long one and every file beside the page.

use super::sheet::Sheet;
#[cfg(feature = "hydrate")]
use super::{
    slices::{Slice, pause},
    worker,
};
use cis::Hint;
#[cfg(feature = "hydrate")]
use cis::bulk::Checker;
use leptos::prelude::*;

/// Lines that the page checks by itself; more go to the worker.
#[cfg(feature = "hydrate")]
const MOST_LINES: u32 = 2000;

/// How far the checking of a list is.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "on the server nothing is under way")
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    /// Under way: bytes that are read, and bytes in all.
    Running(u32, u32),
    /// All lines are checked.
    #[default]
    Done,
    /// Somebody stopped it.
    Stopped,
    /// The file could not be read.
    Failed,
}

/// The list under way.
#[derive(Clone, Copy)]
pub(super) struct Job {
    /// What is checked until now.
    pub(super) sheet: RwSignal<Sheet>,
    /// How far it is.
    pub(super) state: RwSignal<State>,
    /// Counts the lists.
    pub(super) run: RwSignal<u32>,
    /// Counts what came past the field; zero while the field is what is checked.
    long: RwSignal<u32>,
}

impl Job {
    /// Nothing under way.
    pub(super) fn new() -> Self {
        Self {
            sheet: RwSignal::new(Sheet::default()),
            state: RwSignal::new(State::Done),
            run: RwSignal::new(0),
            long: RwSignal::new(0),
        }
    }

    /// Which text or file came past the field, by its number.
    pub(super) fn long(self) -> Option<u32> {
        let number = self.long.get();
        (number > 0).then_some(number)
    }

    /// Something new came past the field.
    #[cfg(feature = "hydrate")]
    pub(super) fn take_long(self) {
        self.long.set(self.run.get_untracked() + 1);
    }

    /// Goes back to what stands in the field.
    pub(super) fn forget(self) {
        if self.long.get_untracked() > 0 {
            self.long.set(0);
            #[cfg(feature = "hydrate")]
            worker::forget();
        }
    }

    /// Ends what is under way and drops it.
    pub(super) fn stop(self) {
        self.halt(State::Done);
        self.sheet.set(Sheet::default());
    }

    /// Ends what is under way; what is checked stays.
    pub(super) fn cancel(self) {
        self.halt(State::Stopped);
    }

    fn halt(self, state: State) {
        self.run.update(|run| *run += 1);
        #[cfg(feature = "hydrate")]
        if matches!(self.state.get_untracked(), State::Running(..)) {
            worker::stop();
        }
        self.state.set(state);
    }
}

/// On the server nothing is typed.
#[cfg(not(feature = "hydrate"))]
#[expect(
    clippy::unused_self,
    reason = "their twins in the browser check what it stands for"
)]
impl Job {
    /// Checks what stands in the field.
    pub(super) fn check(self, _text: String, _hint: Hint) {}

    /// Checks what came past the field.
    pub(super) fn check_long(self, _hint: Hint) {}
}

#[cfg(feature = "hydrate")]
impl Job {
    /// Checks what stands in the field.
    pub(super) fn check(self, text: String, hint: Hint) {
        let lines = text.bytes().filter(|byte| *byte == b'\n').count();
        if u32::try_from(lines).is_ok_and(|lines| lines < MOST_LINES) {
            self.check_in_slices(text, hint);
        } else {
            worker::keep(text.into());
            self.check_long(hint);
        }
    }

    /// Checks what came past the field.
    pub(super) fn check_long(self, hint: Hint) {
        let run = self.begin();
        let told = move |told: worker::Told| {
            if self.run.try_get_untracked() != Some(run) {
                return;
            }
            match told {
                worker::Told::Rows {
                    rows,
                    text,
                    done,
                    all,
                } => {
                    self.sheet.update(|sheet| sheet.add(&rows, text));
                    self.state.set(State::Running(done, all));
                }
                worker::Told::Done => self.state.set(State::Done),
                worker::Told::Unable(Some(text)) => self.check_in_slices(text, hint),
                worker::Told::Unable(None) => self.state.set(State::Failed),
            }
        };
        worker::check(hint.group.map_or("", cis::ProductGroup::alias), told);
    }

    fn begin(self) -> u32 {
        self.stop();
        self.state.set(State::Running(0, 1));
        self.run.get_untracked()
    }

    /// Checks line after line, and lets the page breathe in between.
    fn check_in_slices(self, text: String, hint: Hint) {
        let run = self.begin();
        leptos::task::spawn_local(async move {
            let all = number(text.len());
            let mut checker = Checker::of(&text).with_hint(hint);
            loop {
                let slice = Slice::begin();
                let mut rows = Vec::new();
                while !slice.is_over()
                    && let Some(checked) = checker.next(&text, true)
                {
                    rows.push((checked.row, checked.same_as, checked.parsed.outcome()));
                }
                if self.run.try_get_untracked() != Some(run) {
                    return;
                }
                if rows.is_empty() {
                    self.state.set(State::Done);
                    return;
                }
                self.sheet.update(|sheet| {
                    for (row, same, outcome) in rows {
                        sheet.push(
                            number(row.line),
                            same.map(number),
                            outcome,
                            &row.code.text(),
                        );
                    }
                });
                self.state
                    .set(State::Running(number(checker.reader().consumed()), all));
                pause().await;
            }
        });
    }
}

/// Lists of more than four thousand million bytes do not fit into a browser.
#[cfg(feature = "hydrate")]
fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
