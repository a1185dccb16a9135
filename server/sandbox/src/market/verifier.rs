//! Whoever says how the verification of a mark ends.

use super::{
    ids::OrderId,
    verification::{CisSubstatus, MarkKind, Outcome, Verification},
};
use crate::crpt::emission::{
    Emission,
    registry::{Known, Standing},
};

/// Who verifies the marks of a shop: the verdicts ordered in advance, and what Честный ЗНАК knows of its own codes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verifier<'a> {
    pub(super) verification: &'a Verification,
    emission: &'a Emission,
    /// ИНН of the seller, when it is known.
    seller: Option<&'a str>,
}

impl<'a> Verifier<'a> {
    pub(super) const fn new(
        verification: &'a Verification,
        emission: &'a Emission,
        seller: Option<&'a str>,
    ) -> Self {
        Self {
            verification,
            emission,
            seller,
        }
    }

    /// A verdict ordered in advance counts; else what is known of the code. A mark that was not ordered in this world is good.
    pub(super) fn verdict(&self, order: OrderId, kind: MarkKind, mark: &str) -> Outcome {
        let scripts = &self.verification.scripts;
        let script = scripts
            .iter()
            .rev()
            .find(|script| script.matches(order, kind, mark));
        if let Some(script) = script {
            return script.outcome;
        }
        self.emission
            .known(mark)
            .and_then(|known| self.objection(known))
            .map_or(Outcome::Ok, |substatus| Outcome::Invalid { substatus })
    }

    /// What is wrong with a code of this world.
    fn objection(&self, known: Known<'_>) -> Option<CisSubstatus> {
        if known.standing == Standing::NotHandedOut {
            return Some(CisSubstatus::CisNotFoundInGisMt);
        }
        if !known.tail_is_right {
            return Some(CisSubstatus::InvalidCryptoTail);
        }
        if self.seller.is_some_and(|inn| inn != known.owner.as_str()) {
            return Some(CisSubstatus::WrongOwnerInn);
        }
        match known.standing {
            Standing::NotHandedOut | Standing::Introduced => None,
            Standing::Emitted => Some(CisSubstatus::NotPrintedOnPackage),
            Standing::Applied => Some(CisSubstatus::NotPlacedOnMarket),
        }
    }
}
