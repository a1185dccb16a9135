//! What is said of one line.

use cis::market::MarketForm;
use cis::{Hint, Lang, Parsed, Repair, Verdict};
use serde::Serialize;
use std::io::{self, Write};

/// A text with what it turned out to be.
pub(super) struct Report {
    input: String,
    found: Found,
}

enum Found {
    Parsed(Box<Parsed>),
    /// The line could not be taken for a text at all.
    Unreadable(String),
}

impl Report {
    pub(super) fn of(input: String, hint: &Hint) -> Self {
        let parsed = cis::parse_with(&input, hint);
        Self {
            input,
            found: Found::Parsed(Box::new(parsed)),
        }
    }

    pub(super) fn unreadable(input: String, reason: String) -> Self {
        Self {
            input,
            found: Found::Unreadable(reason),
        }
    }

    pub(super) fn is_code(&self) -> bool {
        matches!(&self.found, Found::Parsed(parsed) if parsed.code().is_some())
    }

    /// One JSON object, in the order of keys that is documented in the project's README.
    pub(super) fn write_json(&self, line: u64, output: &mut impl Write) -> io::Result<()> {
        let mut said = Said {
            line,
            input: &self.input,
            verdict: cis::Outcome::Refused.as_str(),
            canonical: None,
            ki: None,
            readings: Vec::new(),
            groups: Vec::new(),
            market: "none",
            repairs: Vec::new(),
            reason: None,
            position: None,
        };
        match &self.found {
            Found::Unreadable(reason) => said.reason = Some(reason.clone()),
            Found::Parsed(parsed) => said.take(parsed),
        }
        serde_json::to_writer(&mut *output, &said)?;
        output.write_all(b"\n")
    }

    /// A line for people: the identity of a code with what was repaired and noticed, or why there is none.
    pub(super) fn write_text(&self, line: u64, output: &mut impl Write) -> io::Result<()> {
        let parsed = match &self.found {
            Found::Unreadable(reason) => return writeln!(output, "{line}: {reason}"),
            Found::Parsed(parsed) => parsed,
        };
        let Some(code) = parsed.code() else {
            let reason = parsed.reason(Lang::Ru).unwrap_or_default();
            writeln!(output, "{line}: {reason}")?;
            if let Verdict::Ambiguous(question) = &parsed.verdict {
                for reading in question.readings() {
                    let meaning = reading.meaning(Lang::Ru);
                    writeln!(output, "  {}: {meaning}", reading.code())?;
                }
            }
            return Ok(());
        };
        let repairs = parsed.repairs.iter().map(|it| it.message(Lang::Ru));
        let remarks = parsed.remarks.iter().map(|it| it.message(Lang::Ru));
        let notes: Vec<String> = repairs.chain(remarks).collect();
        if notes.is_empty() {
            writeln!(output, "{line}: {}", code.ki())
        } else {
            writeln!(output, "{line}: {} ({})", code.ki(), notes.join(" "))
        }
    }
}

/// The object of `--json`.
#[derive(Serialize)]
struct Said<'a> {
    line: u64,
    input: &'a str,
    verdict: &'static str,
    canonical: Option<&'a str>,
    ki: Option<String>,
    readings: Vec<&'a str>,
    groups: Vec<&'static str>,
    market: &'static str,
    repairs: Vec<SaidRepair<'a>>,
    reason: Option<String>,
    position: Option<usize>,
}

#[derive(Serialize)]
struct SaidRepair<'a> {
    step: &'static str,
    was: &'a str,
    became: &'a str,
}

impl<'a> SaidRepair<'a> {
    fn of(repair: &'a Repair) -> Self {
        Self {
            step: repair.step().as_str(),
            was: repair.was(),
            became: repair.became(),
        }
    }
}

impl<'a> Said<'a> {
    fn take(&mut self, parsed: &'a Parsed) {
        self.verdict = parsed.outcome().as_str();
        self.repairs = parsed.repairs.iter().map(SaidRepair::of).collect();
        self.reason = parsed.reason(Lang::Ru);
        self.position = parsed.position();
        let groups = match &parsed.verdict {
            Verdict::Code(code) => {
                self.canonical = Some(code.as_str());
                self.ki = Some(code.ki().as_str().to_owned());
                self.market = match code.market_form() {
                    Some(MarketForm::Full) => "full",
                    Some(MarketForm::Short) => "short",
                    None => "none",
                };
                code.groups()
            }
            Verdict::Ambiguous(question) => {
                let readings = question.readings();
                self.readings = readings.iter().map(|it| it.code().as_str()).collect();
                let each = readings.iter().map(cis::Reading::groups);
                each.fold(cis::Groups::NONE, cis::Groups::with)
            }
            Verdict::Refused(_) | Verdict::NotACode(_) => cis::Groups::NONE,
        };
        self.groups = groups.iter().map(cis::ProductGroup::alias).collect();
    }
}
