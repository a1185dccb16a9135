//! The strict reading of a canonical code: nothing is copied, nothing is allocated.

use alloc::string::String;
use core::fmt;

use crate::grammar::{self, Shape};
use crate::{Groups, Gtin, Kind, Lang, MarkingCode, Refusal, RefusalKind};

/// A marking code in canonical form, borrowed from where it was found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Canonical<'a> {
    text: &'a str,
    shape: Shape,
}

impl<'a> Canonical<'a> {
    /// The code as it is stored and sent, with real separators.
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// What the code is put on.
    pub fn kind(&self) -> Kind {
        self.shape.kind
    }

    /// The identity: what stays the same when the tail is lost.
    pub fn ki(&self) -> &'a str {
        self.text.get(..self.shape.ki_end).unwrap_or_default()
    }

    /// The crypto tail with its identifiers.
    pub fn tail(&self) -> Option<&'a str> {
        let (start, end) = self.shape.tail?;
        self.text.get(start..end)
    }

    /// The kind of goods; `None` for marks that carry no GTIN.
    pub fn gtin(&self) -> Option<Gtin> {
        crate::ki::gtin(self.ki())
    }

    /// The serial number; `None` for marks that carry none.
    pub fn serial(&self) -> Option<&'a str> {
        crate::ki::serial(self.ki())
    }

    /// The product groups with codes of this shape.
    pub fn groups(&self) -> Groups {
        self.shape.groups
    }

    /// The same code, owned.
    pub fn to_code(&self) -> MarkingCode {
        MarkingCode::from_shape(self.text.into(), self.shape)
    }
}

impl fmt::Debug for Canonical<'_> {
    /// Never shows the crypto tail.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Canonical({})", self.ki())
    }
}

/// Why bytes are not a marking code in canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(crate) kind: RefusalKind,
    pub(crate) position: usize,
}

impl Fault {
    /// What is wrong.
    pub fn kind(&self) -> RefusalKind {
        self.kind
    }

    /// The first byte that is wrong, from zero.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What is wrong, where and what to do about it.
    pub fn message(&self, lang: Lang) -> String {
        Refusal::new(self.kind, self.position, None).message(lang)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl core::error::Error for Fault {}

/// Checks that the bytes are a marking code in canonical form: real separators, none superfluous, nothing around it.
///
/// # Errors
///
/// The first thing that is wrong. What can be repaired is [`parse`](crate::parse())'s matter.
pub fn check(bytes: &[u8]) -> Result<Canonical<'_>, Fault> {
    let fault = |kind, position| Fault { kind, position };
    let text = core::str::from_utf8(bytes).map_err(|error| {
        let position = error.valid_up_to();
        fault(RefusalKind::NotText, position)
    })?;
    match grammar::read(text) {
        Ok(shape) => Ok(Canonical { text, shape }),
        Err(wrong) => Err(fault(wrong.kind, wrong.at)),
    }
}
