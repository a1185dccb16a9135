//! What stands in the scan field, judged before anybody presses anything, and what is on its way to the server.
//!
//! The rules are here as plain structs; the field around them only tells them what happened.

use crate::{failure::Failure, orders::api::Placing};
use cis::{Lang, Parsed};
use desk::{
    ids::LineId,
    orders::{
        OrderPage,
        placing::{Board, Target, Verdict, split_lines},
    },
};
use std::{collections::VecDeque, sync::Arc};

/// The most lines of a paste that are judged while it lies in the field; the server judges all.
pub(super) const MOST_JUDGED: usize = 100;

/// The most outcomes that stay on the screen.
const MOST_OUTCOMES: usize = 12;

/// One line of the field, read and judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    /// As it was typed.
    pub(super) raw: String,
    /// What would become of it.
    pub(super) verdict: Verdict,
    /// The code in its canonical form, when it is one.
    pub(super) code: Option<String>,
    /// What the engine makes of it.
    pub(super) parsed: Parsed,
}

impl Judged {
    /// Whether the code is other than what was typed.
    pub(super) fn repaired(&self) -> bool {
        self.code.as_ref().is_some_and(|code| *code != self.raw)
    }
}

/// Everything in the field, judged against a copy of the slots: the second of two equal lines is a repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Judgement {
    /// The first lines.
    pub(super) lines: Vec<Judged>,
    /// How many more there are.
    pub(super) unjudged: u32,
}

impl Judgement {
    /// Judges a text against the slots of an order.
    pub(super) fn of(text: &str, order: &OrderPage, target: Target) -> Self {
        let texts = split_lines(text);
        if texts.is_empty() {
            return Self::default();
        }
        let mut board = Board::new(&order.lines, vec![]);
        let judge = |raw: &&str| {
            let placed = board.place(raw, target, false);
            Judged {
                raw: (*raw).to_owned(),
                code: placed.mark.map(|mark| mark.text().to_owned()),
                verdict: placed.verdict,
                parsed: cis::parse(raw),
            }
        };
        Self {
            lines: texts.iter().take(MOST_JUDGED).map(judge).collect(),
            unjudged: u32::try_from(texts.len().saturating_sub(MOST_JUDGED)).unwrap_or(u32::MAX),
        }
    }

    /// How many lines fit, repeat and do not fit.
    pub(super) fn counts(&self) -> (u32, u32, u32) {
        count(self.lines.iter().map(|line| &line.verdict))
    }
}

/// What the engine says about a text in words: notes when it is a code or may be one, a reason when it is none.
pub(super) fn explain(
    parsed: &Parsed,
    verdict: &Verdict,
    lang: Lang,
) -> (Vec<String>, Option<String>) {
    match &parsed.verdict {
        cis::Verdict::Code(_) => (parsed.notes(lang), None),
        cis::Verdict::Ambiguous(question) => {
            let mut notes = parsed.notes(lang);
            notes.push(question.message(lang));
            (notes, None)
        }
        // УИН is no marking code and is none the worse for it.
        _ if *verdict != Verdict::Unreadable => (vec![], None),
        _ => (vec![], parsed.reason(lang)),
    }
}

/// How many verdicts are good, repeats and bad.
fn count<'a>(verdicts: impl Iterator<Item = &'a Verdict>) -> (u32, u32, u32) {
    verdicts.fold((0, 0, 0), |(fit, repeated, wrong), verdict| match verdict {
        Verdict::Placed { .. } => (fit + 1, repeated, wrong),
        Verdict::AlreadyHere { .. } => (fit, repeated + 1, wrong),
        _ => (fit, repeated, wrong + 1),
    })
}

/// What was handed over with one press of Enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Batch {
    /// The text of the field.
    pub(super) text: String,
    /// The line it is meant for.
    pub(super) line: Option<LineId>,
}

/// Texts between the field and the server: one call at a time and in order, however fast the scanner is. A text
/// leaves only when the server has answered that it is stored.
#[derive(Clone, Debug, Default)]
pub(super) struct Outbox {
    waiting: VecDeque<Batch>,
    calling: bool,
    failure: Option<Failure>,
    outcomes: VecDeque<(String, Verdict)>,
    last: (u32, u32, u32),
    order: Option<Arc<OrderPage>>,
}

impl Outbox {
    /// Takes the text of the field; an empty one is nothing.
    pub(super) fn submit(&mut self, text: String, line: Option<LineId>) {
        if !split_lines(&text).is_empty() {
            self.waiting.push_back(Batch { text, line });
        }
    }

    /// The text to call the server with now, if there is one and no call is under way.
    pub(super) fn next(&mut self) -> Option<Batch> {
        if self.calling || self.failure.is_some() {
            return None;
        }
        let batch = self.waiting.front()?.clone();
        self.calling = true;
        Some(batch)
    }

    /// The server answered the call. After a failure nothing is sent until somebody says [`retry`](Self::retry).
    pub(super) fn answered(&mut self, answer: Result<Placing, Failure>) {
        self.calling = false;
        match answer {
            Ok(placing) => {
                self.waiting.pop_front();
                self.last = count(placing.outcomes.iter().map(|(_, verdict)| verdict));
                for outcome in placing.outcomes {
                    self.outcomes.push_front(outcome);
                }
                self.outcomes.truncate(MOST_OUTCOMES);
                self.order = Some(Arc::new(placing.order));
            }
            Err(failure) => self.failure = Some(failure),
        }
    }

    /// Forgets the failure, so that the texts are sent again.
    pub(super) fn retry(&mut self) {
        self.failure = None;
    }

    /// Gives the waiting texts back, so that a person can change them in the field.
    pub(super) fn take_back(&mut self) -> String {
        self.failure = None;
        let texts: Vec<String> = self.waiting.drain(..).map(|batch| batch.text).collect();
        texts.join("\n")
    }

    /// Why the texts are not on their way.
    pub(super) fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Whether a call is under way.
    pub(super) fn busy(&self) -> bool {
        self.calling
    }

    /// What became of the last texts, the newest first.
    pub(super) fn outcomes(&self) -> Vec<(String, Verdict)> {
        self.outcomes.iter().cloned().collect()
    }

    /// How many texts of the last call fit, repeat and do not fit.
    pub(super) fn last(&self) -> (u32, u32, u32) {
        self.last
    }

    /// The order after the last call.
    pub(super) fn order(&self) -> Option<&Arc<OrderPage>> {
        self.order.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::{code, line, order};
    use desk::identifiers::Requirement;

    fn verdicts(judgement: &Judgement) -> Vec<&Verdict> {
        judgement.lines.iter().map(|line| &line.verdict).collect()
    }

    #[test]
    fn each_line_falls_into_the_next_place_and_the_one_too_many_is_told() {
        let order = order(vec![line(1, "Тапочки", 2, &[Requirement::Cis])]);
        let paste = format!("{}\r\n{}\n\n{}\n", code(1), code(2), code(3));
        let judgement = Judgement::of(&paste, &order, Target::Auto);
        let line = &order.lines[0];
        assert_eq!(
            verdicts(&judgement),
            vec![
                &Verdict::Placed {
                    line: line.id,
                    slot: line.slots[0].id
                },
                &Verdict::Placed {
                    line: line.id,
                    slot: line.slots[1].id
                },
                &Verdict::NoRoom { line: line.id },
            ]
        );
        assert_eq!(judgement.counts(), (2, 0, 1));
    }

    #[test]
    fn the_same_code_twice_in_one_paste_is_a_repeat() {
        let order = order(vec![line(1, "Тапочки", 2, &[Requirement::Cis])]);
        let judgement = Judgement::of(&format!("{}\n{}", code(1), code(1)), &order, Target::Auto);
        assert_eq!(judgement.counts(), (1, 1, 0));
    }

    #[test]
    fn judging_changes_nothing_in_the_order() {
        let order = order(vec![line(1, "Тапочки", 1, &[Requirement::Cis])]);
        for _ in 0..2 {
            assert_eq!(
                Judgement::of(&code(1), &order, Target::Auto).counts(),
                (1, 0, 0)
            );
        }
    }

    #[test]
    fn a_text_that_is_no_code_says_why_and_a_repaired_one_what() {
        let order = order(vec![line(1, "Тапочки", 1, &[Requirement::Cis])]);
        let judgement = Judgement::of(&format!("hello\n  {} ", code(1)), &order, Target::Auto);
        let [no_code, repaired] = judgement.lines.as_slice() else {
            panic!("{judgement:?}")
        };
        let reason = |line: &Judged| explain(&line.parsed, &line.verdict, Lang::Ru);
        assert!(reason(no_code).1.is_some());
        assert!(repaired.repaired());
        assert!(!reason(repaired).0.is_empty());
    }

    #[test]
    fn a_long_paste_is_judged_only_at_its_beginning() {
        let order = order(vec![line(1, "Тапочки", 1, &[Requirement::Cis])]);
        let paste = "x\n".repeat(MOST_JUDGED + 7);
        assert_eq!(Judgement::of(&paste, &order, Target::Auto).unjudged, 7);
    }

    fn placing(texts: &[&str]) -> Placing {
        Placing {
            order: order(vec![]),
            outcomes: texts
                .iter()
                .map(|text| ((*text).to_owned(), Verdict::Unreadable))
                .collect(),
        }
    }

    #[test]
    fn texts_go_one_call_at_a_time_and_in_order() {
        let mut outbox = Outbox::default();
        outbox.submit("a".into(), None);
        outbox.submit("b".into(), None);
        outbox.submit(" \n".into(), None);
        assert_eq!(outbox.next().map(|batch| batch.text).as_deref(), Some("a"));
        assert_eq!(outbox.next(), None);
        outbox.answered(Ok(placing(&["a"])));
        assert_eq!(outbox.next().map(|batch| batch.text).as_deref(), Some("b"));
        outbox.answered(Ok(placing(&["b"])));
        assert_eq!(outbox.next(), None);
        let outcomes = outbox.outcomes();
        let texts: Vec<&str> = outcomes.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["b", "a"]);
    }

    #[test]
    fn a_text_that_did_not_arrive_is_kept_until_it_does() {
        let mut outbox = Outbox::default();
        outbox.submit("a".into(), None);
        assert!(outbox.next().is_some());
        outbox.answered(Err(Failure::Call("no network".into())));
        outbox.submit("b".into(), None);
        assert_eq!(outbox.next(), None, "nothing goes while the failure stands");
        outbox.retry();
        assert_eq!(outbox.next().map(|batch| batch.text).as_deref(), Some("a"));
        outbox.answered(Err(Failure::Call("no network".into())));
        assert_eq!(outbox.take_back(), "a\nb");
        assert_eq!(outbox.next(), None);
    }

    #[test]
    fn only_the_last_outcomes_stay() {
        let mut outbox = Outbox::default();
        for index in 0..MOST_OUTCOMES + 5 {
            outbox.submit(index.to_string(), None);
            assert!(outbox.next().is_some());
            outbox.answered(Ok(placing(&[&index.to_string()])));
        }
        assert_eq!(outbox.outcomes().len(), MOST_OUTCOMES);
        assert_eq!(outbox.outcomes()[0].0, (MOST_OUTCOMES + 4).to_string());
    }
}
