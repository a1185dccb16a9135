//! The strict reading of a canonical code: nothing is copied, nothing is allocated.

use alloc::string::String;
use core::fmt;

use crate::grammar::{self, Shape};
use crate::{Groups, Gtin, Kind, Lang, MarkingCode, Refusal, RefusalKind, ki};

/// A marking code in canonical form, borrowed from where it was found.
#[derive(Clone, Copy)]
pub struct Canonical<'a> {
    text: &'a [u8],
    shape: Shape,
}

impl<'a> Canonical<'a> {
    fn part(&self, start: usize, end: usize) -> &'a str {
        // All of it is ASCII, so the fallback is never taken.
        let part = self.text.get(start..end).unwrap_or_default();
        core::str::from_utf8(part).unwrap_or_default()
    }

    /// The code as it is stored and sent, with real separators.
    pub fn as_str(&self) -> &'a str {
        self.part(0, self.text.len())
    }

    /// What the code is put on.
    pub fn kind(&self) -> Kind {
        self.shape.profile.kind
    }

    /// The identity: what stays the same when the tail is lost.
    pub fn ki(&self) -> &'a str {
        self.part(0, self.shape.ki_end.into())
    }

    /// The crypto tail with its identifiers.
    pub fn tail(&self) -> Option<&'a str> {
        let (start, end) = self.shape.tail;
        self.shape
            .has_tail()
            .then(|| self.part(start.into(), end.into()))
    }

    /// The kind of goods; `None` for marks that carry no GTIN.
    pub fn gtin(&self) -> Option<Gtin> {
        ki::gtin(self.ki())
    }

    /// The serial number; `None` for marks that carry none.
    pub fn serial(&self) -> Option<&'a str> {
        ki::serial(self.ki())
    }

    /// The product groups with codes of this shape.
    pub fn groups(&self) -> Groups {
        self.shape.profile.groups
    }

    /// The same code, owned.
    pub fn to_code(&self) -> MarkingCode {
        MarkingCode::from_shape(self.as_str().into(), self.shape)
    }
}

impl PartialEq for Canonical<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Canonical<'_> {}

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

/// Checks that the bytes are a marking code in canonical form: real separators, none superfluous, nothing around it, and
/// no character that marking codes do not use.
///
/// ```
/// let code = cis::check(b"0103041094787443215Qbag!\x1d93Zjqw")?;
/// assert_eq!(code.ki(), "0103041094787443215Qbag!");
/// assert!(code.groups().contains(cis::ProductGroup::Milk));
/// # Ok::<(), cis::Fault>(())
/// ```
///
/// # Errors
///
/// The first thing that is wrong. What can be repaired is [`parse`](crate::parse())'s matter.
pub fn check(bytes: &[u8]) -> Result<Canonical<'_>, Fault> {
    let shape = match grammar::everyday(bytes) {
        Some(shape) => shape,
        None => slowly(bytes)?,
    };
    Ok(Canonical { text: bytes, shape })
}

#[cold]
fn slowly(bytes: &[u8]) -> Result<Shape, Fault> {
    let fault = |kind, position| Fault { kind, position };
    let text = core::str::from_utf8(bytes)
        .map_err(|error| fault(RefusalKind::NotText, error.valid_up_to()))?;
    if let Some((position, character)) = text.char_indices().find(|(_, it)| !it.is_ascii()) {
        return Err(fault(RefusalKind::for_character(character), position));
    }
    let shape = grammar::read(bytes)?;
    match grammar::first_strange(bytes) {
        Some(position) => {
            let character = bytes.get(position).copied().map_or(' ', char::from);
            Err(fault(RefusalKind::for_character(character), position))
        }
        None => Ok(shape),
    }
}
