//! The verification of marks: what the state systems say of the codes and numbers an order holds, and when.
//!
//! A mark is checked from the moment it is sent. Where it stands follows from the world's clock alone; a scripted verdict is looked up when the result
//! is asked for the first time and stays from then on.

use serde::{Deserialize, Serialize};

use super::{
    cis_pattern::{GS, identity},
    ids::OrderId,
    order::{Order, ProgramType},
    verifier::Verifier,
};
use crate::{dice::Dice, wire_enum::wire_enum};

wire_enum! {
    /// Where a marking code stands, `CisStatusType`.
    pub enum CisStatus {
        /// Checked and good.
        Ok = "OK",
        /// Being checked.
        InProgress = "IN_PROGRESS",
        /// Not sent for checking.
        NotOnValidation = "NOT_ON_VALIDATION",
        /// Could not be checked; it may be later.
        Failed = "FAILED",
        /// Checked and rejected for good.
        Invalid = "INVALID",
    }
}

wire_enum! {
    /// Why a marking code is rejected, `CisSubstatusType`.
    pub enum CisSubstatus {
        /// It belongs to another taxpayer.
        WrongOwnerInn = "WRONG_OWNER_INN",
        /// It did not pass, without a closer reason.
        CisValidationError = "CIS_VALIDATION_ERROR",
        /// There is no product number in it.
        CisGtinNotFound = "CIS_GTIN_NOT_FOUND",
        /// There is no serial number in it.
        CisSerialNumberNotFound = "CIS_SERIAL_NUMBER_NOT_FOUND",
        /// It holds characters that may not stand in a code.
        InvalidSymbolsFound = "INVALID_SYMBOLS_FOUND",
        /// The crypto tail is not that of this kind of code.
        CryptoTailFormatMismatchCisType = "CRYPTO_TAIL_FORMAT_MISMATCH_CIS_TYPE",
        /// The crypto tail is wrong.
        InvalidCryptoTail = "INVALID_CRYPTO_TAIL",
        /// The key of the crypto tail is wrong.
        InvalidCryptoKey = "INVALID_CRYPTO_KEY",
        /// The emitter's country did not confirm it.
        VerificationFailedInEmitterCountry = "VERIFICATION_FAILED_IN_EMITTER_COUNTRY",
        /// It holds an application identifier nobody knows.
        UnsupportedAiFound = "UNSUPPORTED_AI_FOUND",
        /// The state system does not know it.
        CisNotFoundInGisMt = "CIS_NOT_FOUND_IN_GIS_MT",
        /// It has not been put into circulation.
        NotPlacedOnMarket = "NOT_PLACED_ON_MARKET",
        /// It has not been applied to a package.
        NotPrintedOnPackage = "NOT_PRINTED_ON_PACKAGE",
        /// The goods are out of date.
        ExpiredItem = "EXPIRED_ITEM",
        /// An authority forbade the sale.
        SaleBlockedByOgb = "SALE_BLOCKED_BY_OGB",
        /// The goods are sold already.
        ItemSold = "ITEM_SOLD",
    }
}

wire_enum! {
    /// Why a jewellery number is rejected, `UinSubstatusType`.
    pub enum UinSubstatus {
        /// It belongs to another seller.
        MerchantMismatch = "UIN_MERCHANT_MISMATCH",
        /// The seller is not registered.
        MerchantUnregistered = "UIN_MERCHANT_UNREGISTERED",
        /// Nothing is known of it.
        NoData = "UIN_NO_DATA",
    }
}

/// How the verification of a mark ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// It is good.
    Ok,
    /// The marking code is rejected.
    Invalid {
        /// Why.
        substatus: CisSubstatus,
    },
    /// The marking code cannot be checked for so many polls, then it is good.
    Failed {
        /// How many polls see the failure.
        polls: u32,
    },
    /// The jewellery number is rejected.
    UinFailed {
        /// Why.
        substatus: UinSubstatus,
    },
    /// It never ends.
    Stuck,
}

impl Outcome {
    /// Whether a mark of this kind can end like this.
    const fn can_be_of(self, kind: MarkKind) -> bool {
        match self {
            Self::Ok | Self::Stuck => true,
            Self::Invalid { .. } | Self::Failed { .. } => matches!(kind, MarkKind::Cis),
            Self::UinFailed { .. } => matches!(kind, MarkKind::Uin),
        }
    }
}

/// A verdict ordered in advance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Script {
    /// Its number in the list; given by the sandbox.
    #[serde(default)]
    pub id: i64,
    /// Only marks that begin like this: a whole code, its part before the first separator, a jewellery number. Any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<String>,
    /// Only marks of this order; of any when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_id: Option<OrderId>,
    /// The verdict.
    #[serde(flatten)]
    pub outcome: Outcome,
}

impl Script {
    /// A verdict about the marks that begin like this.
    pub fn of_mark(mark: &str, outcome: Outcome) -> Self {
        Self {
            id: 0,
            mark: Some(mark.to_owned()),
            order_id: None,
            outcome,
        }
    }

    /// A verdict about all marks of an order.
    pub const fn of_order(order: OrderId, outcome: Outcome) -> Self {
        Self {
            id: 0,
            mark: None,
            order_id: Some(order),
            outcome,
        }
    }

    pub(super) fn matches(&self, order: OrderId, kind: MarkKind, mark: &str) -> bool {
        self.outcome.can_be_of(kind)
            && self.order_id.is_none_or(|wanted| wanted == order)
            && self.mark.as_deref().is_none_or(|wanted| {
                let bare = |text| str::strip_prefix(text, GS).unwrap_or(text);
                bare(mark).starts_with(bare(wanted))
            })
    }
}

/// How long verification takes and how it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Verification {
    /// How long a mark waits before it is sent for checking, milliseconds of world time.
    pub queue_ms: i64,
    /// How long from its sending to the result, milliseconds of world time.
    pub delay_ms: i64,
    /// The verdicts ordered in advance: the last one that matches counts.
    pub scripts: Vec<Script>,
}

impl Default for Verification {
    fn default() -> Self {
        Self {
            queue_ms: 1_000,
            delay_ms: 4_000,
            scripts: Vec::new(),
        }
    }
}

/// What to change in the verification; what is absent stays.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct VerificationChange {
    /// New wait before the checking, milliseconds of world time.
    #[serde(default)]
    pub queue_ms: Option<i64>,
    /// New time from the sending to the result, milliseconds of world time.
    #[serde(default)]
    pub delay_ms: Option<i64>,
}

impl Verification {
    /// Applies a change.
    pub(super) fn apply(&mut self, change: VerificationChange) {
        if let Some(queue_ms) = change.queue_ms {
            self.queue_ms = queue_ms;
        }
        if let Some(delay_ms) = change.delay_ms {
            self.delay_ms = delay_ms;
        }
    }
}

/// The verification of one mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// When it was sent, milliseconds since the Unix epoch.
    pub since_ms: i64,
    /// The verdict, once somebody has asked for the result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Outcome>,
    /// How many polls have seen a failure that passes.
    #[serde(default)]
    pub failures_seen: u32,
}

/// Where a mark stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Not sent for checking.
    NotOnValidation,
    /// Being checked.
    InProgress,
    /// Checked, with this result.
    Ended(Outcome),
}

impl Check {
    /// A check that begins now.
    pub(super) const fn since(since_ms: i64) -> Self {
        Self {
            since_ms,
            verdict: None,
            failures_seen: 0,
        }
    }

    /// Where it stands; the verdict is settled as soon as it is due.
    fn state(
        &mut self,
        verification: &Verification,
        now_ms: i64,
        verdict: impl FnOnce() -> Outcome,
    ) -> State {
        let age = now_ms.saturating_sub(self.since_ms);
        if age < verification.queue_ms.min(verification.delay_ms) {
            return State::NotOnValidation;
        }
        if age < verification.delay_ms {
            return State::InProgress;
        }
        match *self.verdict.get_or_insert_with(verdict) {
            Outcome::Stuck => State::InProgress,
            Outcome::Failed { polls } if self.failures_seen >= polls => State::Ended(Outcome::Ok),
            other => State::Ended(other),
        }
    }
}

/// What a mark is: the two are told differently of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// A marking code.
    Cis,
    /// A jewellery number.
    Uin,
}

impl Order {
    /// Every mark it holds, with its kind.
    pub(super) fn marks(&self) -> impl Iterator<Item = (MarkKind, &str)> {
        self.items
            .iter()
            .flat_map(|item| &item.instances)
            .flat_map(|one| {
                let cis = one.cis.as_deref().map(|mark| (MarkKind::Cis, mark));
                let uin = one.uin.as_deref().map(|mark| (MarkKind::Uin, mark));
                cis.into_iter().chain(uin)
            })
    }

    /// Begins the verification of marks that are new and forgets that of marks that are gone; the others go on undisturbed.
    pub(super) fn sync_checks(&mut self, now_ms: i64) {
        if !self.is_verified() {
            self.checks.clear();
            return;
        }
        let mut kept = std::mem::take(&mut self.checks);
        // Jewellery numbers begin together, when the last of them has come.
        let waits = self.lacks_uins();
        self.checks = self
            .marks()
            .filter(|(kind, _)| !(waits && *kind == MarkKind::Uin))
            .map(|(_, mark)| {
                let check = kept.remove(mark).unwrap_or(Check::since(now_ms));
                (mark.to_owned(), check)
            })
            .collect();
    }

    /// Whether a line that asks for jewellery numbers has none yet: until all are here, none is checked.
    pub(super) fn lacks_uins(&self) -> bool {
        self.items.iter().any(|item| {
            item.asks(super::order::InstanceType::Uin)
                && item
                    .instances
                    .iter()
                    .filter(|one| one.uin.is_some())
                    .count()
                    < item.units()
        })
    }

    /// Where a mark stands. Asking settles a verdict that is due.
    pub(super) fn state_of(
        &mut self,
        kind: MarkKind,
        mark: &str,
        verifier: &Verifier<'_>,
        now_ms: i64,
    ) -> State {
        if kind == MarkKind::Uin && self.lacks_uins() {
            return State::NotOnValidation;
        }
        let (order, created_ms) = (self.order_id, self.created_ms);
        self.checks
            .entry(mark.to_owned())
            .or_insert(Check::since(created_ms))
            .state(verifier.verification, now_ms, || {
                verifier.verdict(order, kind, mark)
            })
    }

    /// Notes that a poll has seen where a mark stands: a failure that passes does so after some of them.
    pub(super) fn seen(&mut self, mark: &str, state: State) {
        if matches!(state, State::Ended(Outcome::Failed { .. }))
            && let Some(check) = self.checks.get_mut(mark)
        {
            check.failures_seen = check.failures_seen.saturating_add(1);
        }
    }

    /// The number and moment of the check in the state system, which only orders of the model `LAAS` tell.
    pub(super) fn crpt_request(
        &self,
        mark: &str,
        verifier: &Verifier<'_>,
    ) -> Option<(String, i64)> {
        if self.program_type != ProgramType::Laas {
            return None;
        }
        let check = self.checks.get(mark)?;
        let seed: i64 = identity(mark)
            .bytes()
            .map(i64::from)
            .fold(7, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte));
        let mut dice = Dice::new(&[self.order_id.0, seed, check.since_ms]);
        let groups: Vec<String> = [8, 4, 4, 4, 12]
            .into_iter()
            .map(|length| dice.text(b"0123456789abcdef", length))
            .collect();
        let checked_ms = check
            .since_ms
            .saturating_add(verifier.verification.delay_ms);
        Some((groups.join("-"), checked_ms))
    }
}
