//! The identity of one unit: the part of a marking code that never changes.

use core::fmt;
use core::str::FromStr;

use alloc::borrow::ToOwned;
use alloc::string::String;

use crate::grammar::{SERIAL_START, begins_with_elements};
use crate::{Gtin, MarkingCode, NoCode, Refusal, RefusalKind};

/// КИ, the identification code: `01` + GTIN + `21` + serial number, without separators and tail. Of a pack of tobacco it is
/// GTIN and serial number, of a fur garment and a transport package the whole mark.
///
/// Two scans of one unit have the same `Ki` even when one of them lost its tail, so this is what is compared when asking
/// whether a code is already in use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ki(String);

impl Ki {
    pub(crate) fn from_identity(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The identity as it is written on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The kind of goods; `None` for marks that carry no GTIN.
    pub fn gtin(&self) -> Option<Gtin> {
        gtin(&self.0)
    }

    /// The serial number (application identifier 21); `None` for marks that carry none.
    pub fn serial(&self) -> Option<&str> {
        serial(&self.0)
    }
}

/// The length of the identity of a pack of tobacco: GTIN and serial number.
const PACK: usize = 21;

/// The GTIN of an identity.
pub(crate) fn gtin(identity: &str) -> Option<Gtin> {
    let text = identity.as_bytes();
    if begins_with_elements(text) {
        Gtin::of(text.get(2..SERIAL_START - 2)?)
    } else if text.len() == PACK {
        Gtin::of(text.get(..Gtin::LENGTH)?)
    } else {
        None
    }
}

/// The serial number of an identity.
pub(crate) fn serial(identity: &str) -> Option<&str> {
    if begins_with_elements(identity.as_bytes()) {
        identity.get(SERIAL_START..)
    } else if identity.len() == PACK {
        identity.get(Gtin::LENGTH..)
    } else {
        None
    }
}

impl FromStr for Ki {
    type Err = NoCode;

    /// Reads an identity with the same tolerance as [`MarkingCode`], and refuses a code that has anything behind its serial number.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code: MarkingCode = text.parse()?;
        let ki = code.ki();
        if code.as_str().len() > ki.0.len() {
            return Err(NoCode::Refused(Refusal::nowhere(RefusalKind::MoreThanKi)));
        }
        Ok(ki)
    }
}

impl AsRef<str> for Ki {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ki {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use alloc::string::ToString;

    #[test]
    fn an_identity_is_taken_apart() {
        let ki: Ki = "0104680992597663215(bfrY!Bf.IME".parse().unwrap();
        assert_eq!(ki.gtin().unwrap().as_str(), "04680992597663");
        assert_eq!(ki.serial(), Some("5(bfrY!Bf.IME"));
        assert_eq!(ki.to_string(), "0104680992597663215(bfrY!Bf.IME");
    }

    #[test]
    fn a_code_with_a_tail_is_not_an_identity() {
        let refusal = "0103041094787443215Qbag!\u{1d}93Zjqw"
            .parse::<Ki>()
            .unwrap_err();
        assert!(
            matches!(&refusal, NoCode::Refused(refusal) if refusal.kind() == RefusalKind::MoreThanKi)
        );
        assert_eq!(
            refusal.message(Lang::Ru),
            "После серийного номера есть ещё данные, а нужен код идентификации без них."
        );
    }
}
