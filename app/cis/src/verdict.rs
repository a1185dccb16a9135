//! What a text turned out to be.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::{Foreign, Gtin, Lang, MarkingCode, ProductGroup, Question, Refusal, Remark, Repair};

/// What is known of a code before it is read. It settles what would be ambiguous and never changes a code that reads well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// The product group, for example of the order line.
    pub group: Option<ProductGroup>,
    /// The GTIN that the code ought to have.
    pub gtin: Option<Gtin>,
    /// Caps Lock was on while the code was typed by a scanner (`KeyboardEvent.getModifierState`).
    pub caps_lock: bool,
}

/// Everything there is to say about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// What the text is.
    pub verdict: Verdict,
    /// What was changed in it, step by step, in the order in which it was done.
    pub repairs: Vec<Repair>,
    /// Oddities that were noticed and left as they are.
    pub remarks: Vec<Remark>,
}

/// What a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A marking code, as it was given or repaired.
    Code(MarkingCode),
    /// It reads in more than one way, or in one that needs a person's word.
    Ambiguous(Question),
    /// A damaged code that cannot be repaired, or a text that nothing is known of.
    Refused(Refusal),
    /// Something else that is known by name.
    NotACode(Foreign),
}

/// [`Verdict`] and [`Parsed::repairs`] in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A code in canonical form.
    Valid,
    /// A code that had to be repaired.
    Repaired,
    /// A question to a person.
    Ambiguous,
    /// A refusal.
    Refused,
    /// Something else that is known by name.
    NotACode,
}

impl Outcome {
    /// The stable name of the outcome, for files and programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Repaired => "repaired",
            Self::Ambiguous => "ambiguous",
            Self::Refused => "refused",
            Self::NotACode => "not_a_code",
        }
    }
}

impl Parsed {
    /// The code, when there is exactly one.
    pub fn code(&self) -> Option<&MarkingCode> {
        match &self.verdict {
            Verdict::Code(code) => Some(code),
            _ => None,
        }
    }

    /// The code, or why there is none.
    ///
    /// # Errors
    ///
    /// [`NoCode`] for every verdict but [`Verdict::Code`].
    pub fn into_result(self) -> Result<MarkingCode, NoCode> {
        match self.verdict {
            Verdict::Code(code) => Ok(code),
            Verdict::Ambiguous(question) => Err(NoCode::Ambiguous(question)),
            Verdict::Refused(refusal) => Err(NoCode::Refused(refusal)),
            Verdict::NotACode(foreign) => Err(NoCode::NotACode(foreign)),
        }
    }

    /// The verdict in a word.
    pub fn outcome(&self) -> Outcome {
        match &self.verdict {
            Verdict::Code(_) if self.repairs.is_empty() => Outcome::Valid,
            Verdict::Code(_) => Outcome::Repaired,
            Verdict::Ambiguous(_) => Outcome::Ambiguous,
            Verdict::Refused(_) => Outcome::Refused,
            Verdict::NotACode(_) => Outcome::NotACode,
        }
    }

    /// Why there is no code; `None` when there is one.
    pub fn reason(&self, lang: Lang) -> Option<String> {
        match &self.verdict {
            Verdict::Code(_) => None,
            Verdict::Ambiguous(question) => Some(question.message(lang)),
            Verdict::Refused(refusal) => Some(refusal.message(lang)),
            Verdict::NotACode(foreign) => Some(foreign.message(lang)),
        }
    }

    /// What was repaired, step by step, and then what was noticed, in words.
    pub fn notes(&self, lang: Lang) -> Vec<String> {
        let repairs = self.repairs.iter().map(|repair| repair.message(lang));
        let remarks = self.remarks.iter().map(|remark| remark.message(lang));
        repairs.chain(remarks).collect()
    }

    /// The character of the given text that the verdict is about, from zero.
    pub fn position(&self) -> Option<usize> {
        match &self.verdict {
            Verdict::Refused(refusal) => refusal.position(),
            Verdict::Ambiguous(question) => question.position(),
            Verdict::Code(_) | Verdict::NotACode(_) => None,
        }
    }
}

/// Why there is no code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoCode {
    /// See [`Verdict::Ambiguous`].
    Ambiguous(Question),
    /// See [`Verdict::Refused`].
    Refused(Refusal),
    /// See [`Verdict::NotACode`].
    NotACode(Foreign),
}

impl NoCode {
    /// The sentence for a person.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Ambiguous(question) => question.message(lang),
            Self::Refused(refusal) => refusal.message(lang),
            Self::NotACode(foreign) => foreign.message(lang),
        }
    }

    /// The character of the given text that is wrong, from zero.
    pub fn position(&self) -> Option<usize> {
        match self {
            Self::Ambiguous(question) => question.position(),
            Self::Refused(refusal) => refusal.position(),
            Self::NotACode(_) => None,
        }
    }
}

impl fmt::Display for NoCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl core::error::Error for NoCode {}
