//! What the marketplace's verification says of the marks of an order, and what that means for a person.
//!
//! Source: [`getOrderIdentifiersStatus`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getOrderIdentifiersStatus).
//! Beware of one word with two meanings: for a marking code `FAILED` is a trouble that passes and `INVALID` is the
//! verdict; for a УИН `FAILED` is the verdict.

use crate::{
    foreign_words::foreign_words, ids::MarketItemId, marketplace::StoredInstance,
    submission::LineInstances, time::When,
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

foreign_words! {
    /// Where the check of a marking code stands (`CisStatusType`).
    CisStatus {
        /// Passed.
        Ok = "OK",
        /// Being checked.
        InProgress = "IN_PROGRESS",
        /// Not yet sent for checking.
        NotOnValidation = "NOT_ON_VALIDATION",
        /// Could not be checked: their trouble, which passes.
        Failed = "FAILED",
        /// Checked and rejected: it may not be sold under this code.
        Invalid = "INVALID",
    }

    /// Why a marking code was rejected (`CisSubstatusType`), given with `INVALID` only.
    CisSubstatus {
        /// The owner's ИНН is not the seller's.
        WrongOwnerInn = "WRONG_OWNER_INN",
        /// An error without a name of its own.
        CisValidationError = "CIS_VALIDATION_ERROR",
        /// The code has no GTIN.
        CisGtinNotFound = "CIS_GTIN_NOT_FOUND",
        /// The code has no serial number.
        CisSerialNumberNotFound = "CIS_SERIAL_NUMBER_NOT_FOUND",
        /// It has characters that no code has.
        InvalidSymbolsFound = "INVALID_SYMBOLS_FOUND",
        /// The tail is not of the kind that these goods have.
        CryptoTailFormatMismatchCisType = "CRYPTO_TAIL_FORMAT_MISMATCH_CIS_TYPE",
        /// The tail is wrong.
        InvalidCryptoTail = "INVALID_CRYPTO_TAIL",
        /// The tail's key is wrong.
        InvalidCryptoKey = "INVALID_CRYPTO_KEY",
        /// Rejected in the country that made the code.
        VerificationFailedInEmitterCountry = "VERIFICATION_FAILED_IN_EMITTER_COUNTRY",
        /// An application identifier that is not taken.
        UnsupportedAiFound = "UNSUPPORTED_AI_FOUND",
        /// ГИС МТ knows no such code.
        CisNotFoundInGisMt = "CIS_NOT_FOUND_IN_GIS_MT",
        /// Not put into circulation.
        NotPlacedOnMarket = "NOT_PLACED_ON_MARKET",
        /// No report that it was applied to a package.
        NotPrintedOnPackage = "NOT_PRINTED_ON_PACKAGE",
        /// Past its date.
        ExpiredItem = "EXPIRED_ITEM",
        /// Its sale is blocked by an authority.
        SaleBlockedByOgb = "SALE_BLOCKED_BY_OGB",
        /// Already sold.
        ItemSold = "ITEM_SOLD",
    }

    /// Where the check of a УИН stands (`UinStatusType`).
    UinStatus {
        /// Passed.
        Ok = "OK",
        /// Being checked.
        InProgress = "IN_PROGRESS",
        /// Rejected.
        Failed = "FAILED",
        /// Not sent for checking, or not every УИН of the order was given.
        NotOnValidation = "NOT_ON_VALIDATION",
    }

    /// Why a УИН was rejected (`UinSubstatusType`), given with `FAILED` only.
    UinSubstatus {
        /// It belongs to another seller.
        UinMerchantMismatch = "UIN_MERCHANT_MISMATCH",
        /// The seller is not registered in ГИИС ДМДК.
        UinMerchantUnregistered = "UIN_MERCHANT_UNREGISTERED",
        /// ГИИС ДМДК knows nothing of it.
        UinNoData = "UIN_NO_DATA",
    }
}

/// Their word about one mark.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkStatus {
    /// About a marking code.
    Cis {
        /// Where its check stands.
        status: CisStatus,
        /// Why it was rejected.
        substatus: Option<CisSubstatus>,
    },
    /// About a УИН.
    Uin {
        /// Where its check stands.
        status: UinStatus,
        /// Why it was rejected.
        substatus: Option<UinSubstatus>,
    },
}

/// One mark with their word about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedMark {
    /// The mark as they name it; it is not said whether with its tail.
    pub value: String,
    /// Their word.
    pub status: MarkStatus,
    /// The number of their request to ГИС МТ (`LaaS` only): proof for a cash receipt.
    pub crpt_request_id: Option<String>,
    /// When that request was made, as they wrote it (`LaaS` only).
    pub crpt_request_at: Option<String>,
}

/// The marks of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineVerification {
    /// The line.
    pub item: MarketItemId,
    /// Its marks.
    pub marks: Vec<CheckedMark>,
}

/// What a status comes to, for the machine and for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Passed.
    Passed,
    /// Still being checked, or not yet begun: ask again.
    Waiting,
    /// Their check failed for a reason that passes: ask again, later.
    Troubled,
    /// Rejected for good: another unit, or another code, is needed.
    Rejected,
}

impl Light {
    /// Every light, from the best to the worst.
    pub const ALL: &[Self] = &[Self::Passed, Self::Waiting, Self::Troubled, Self::Rejected];

    /// The name kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Waiting => "waiting",
            Self::Troubled => "troubled",
            Self::Rejected => "rejected",
        }
    }
}

/// The text names no light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such light")]
pub struct UnknownLight;

impl FromStr for Light {
    type Err = UnknownLight;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|light| light.as_str() == text)
            .ok_or(UnknownLight)
    }
}

impl MarkStatus {
    /// What it comes to. A word that came later than this program is waited for: it is neither yes nor no.
    pub const fn light(&self) -> Light {
        match self {
            Self::Cis { status, .. } => match status {
                CisStatus::Ok => Light::Passed,
                CisStatus::Invalid => Light::Rejected,
                CisStatus::Failed => Light::Troubled,
                CisStatus::InProgress | CisStatus::NotOnValidation | CisStatus::Other(_) => {
                    Light::Waiting
                }
            },
            Self::Uin { status, .. } => match status {
                UinStatus::Ok => Light::Passed,
                UinStatus::Failed => Light::Rejected,
                UinStatus::InProgress | UinStatus::NotOnValidation | UinStatus::Other(_) => {
                    Light::Waiting
                }
            },
        }
    }

    /// Their own words, verbatim: the status, and the substatus where there is one.
    pub fn words(&self) -> (&str, Option<&str>) {
        match self {
            Self::Cis { status, substatus } => (
                status.as_str(),
                substatus.as_ref().map(CisSubstatus::as_str),
            ),
            Self::Uin { status, substatus } => (
                status.as_str(),
                substatus.as_ref().map(UinSubstatus::as_str),
            ),
        }
    }
}

/// Seconds until the next question about an order, after so many answers that were not final.
pub const fn wait_after(asked: u32) -> i64 {
    match asked {
        0 | 1 => 5,
        2 => 15,
        3 => 60,
        _ => 300,
    }
}

/// What the answer comes to for everything that was sent: the worst of its marks, and none when nothing was sent
/// that they verify. A mark that the answer does not name is waited for.
pub fn light_of(sent: &[LineInstances], answer: &[LineVerification]) -> Option<Light> {
    let marks = sent.iter().flat_map(|line| {
        let texts = line.instances.iter().filter_map(mark_text);
        texts.map(|text| (line.item, text))
    });
    marks
        .map(|(item, text)| {
            status_of(answer, item, text).map_or(Light::Waiting, |mark| mark.status.light())
        })
        .max()
}

/// Whether nothing of what was sent changes by itself any more: every mark passed or was rejected.
pub fn settled(sent: &[LineInstances], answer: &[LineVerification]) -> bool {
    let mut marks = sent.iter().flat_map(|line| {
        let texts = line.instances.iter().filter_map(mark_text);
        texts.map(|text| (line.item, text))
    });
    marks.all(|(item, text)| {
        status_of(answer, item, text)
            .is_some_and(|mark| matches!(mark.status.light(), Light::Passed | Light::Rejected))
    })
}

/// Their word about one mark of a line. Whether they name a code with its tail is not documented, so it is looked
/// for whole and then by the part before the tail.
pub fn status_of<'a>(
    answer: &'a [LineVerification],
    item: MarketItemId,
    text: &str,
) -> Option<&'a CheckedMark> {
    let marks = || {
        answer
            .iter()
            .filter(move |line| line.item == item)
            .flat_map(|line| &line.marks)
    };
    marks()
        .find(|mark| mark.value == text)
        .or_else(|| marks().find(|mark| without_tail(&mark.value) == without_tail(text)))
}

fn mark_text(unit: &StoredInstance) -> Option<&str> {
    unit.cis_full
        .as_deref()
        .or(unit.cis.as_deref())
        .or(unit.uin.as_deref())
}

fn without_tail(text: &str) -> &str {
    let text = text.trim_start_matches('\u{1d}');
    text.split('\u{1d}').next().unwrap_or(text)
}

/// What is known of an order's verification, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationView {
    /// What it comes to; none before the first answer.
    pub light: Option<Light>,
    /// Their words, mark by mark.
    pub lines: Vec<LineVerification>,
    /// What each of those words means, in the reader's language: added by the page, which speaks it.
    pub means: Vec<(MarkStatus, String)>,
    /// When they were asked last.
    pub asked: Option<When>,
    /// When they are asked next; none when nothing is left to ask.
    pub next: Option<When>,
    /// Why the last question brought no answer.
    pub trouble: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "0103041094787443215Qbag!A\u{1d}93Zjqw";
    const OTHER: &str = "0103041094787443215Qbag!B\u{1d}93Zjqx";
    const LINE: MarketItemId = MarketItemId(1);

    fn sent(codes: &[&str]) -> Vec<LineInstances> {
        let instances = codes.iter().map(|code| StoredInstance {
            cis_full: Some((*code).to_owned()),
            ..StoredInstance::default()
        });
        vec![LineInstances {
            item: LINE,
            instances: instances.collect(),
        }]
    }

    fn answer(marks: &[(&str, CisStatus)]) -> Vec<LineVerification> {
        let marks = marks.iter().map(|(value, status)| CheckedMark {
            value: (*value).to_owned(),
            status: MarkStatus::Cis {
                status: status.clone(),
                substatus: None,
            },
            crpt_request_id: None,
            crpt_request_at: None,
        });
        vec![LineVerification {
            item: LINE,
            marks: marks.collect(),
        }]
    }

    #[test]
    fn the_worst_mark_decides() {
        use CisStatus::{Failed, InProgress, Invalid, Ok};
        let light = |first, second| {
            light_of(
                &sent(&[CODE, OTHER]),
                &answer(&[(CODE, first), (OTHER, second)]),
            )
        };
        assert_eq!(light(Ok, Ok), Some(Light::Passed));
        assert_eq!(light(Ok, InProgress), Some(Light::Waiting));
        assert_eq!(light(Failed, InProgress), Some(Light::Troubled));
        assert_eq!(light(Failed, Invalid), Some(Light::Rejected));
        assert_eq!(
            light(Ok, CisStatus::Other("NEW".into())),
            Some(Light::Waiting)
        );
    }

    #[test]
    fn a_mark_that_they_do_not_name_is_waited_for() {
        assert_eq!(
            light_of(&sent(&[CODE, OTHER]), &answer(&[(CODE, CisStatus::Ok)])),
            Some(Light::Waiting)
        );
        assert_eq!(light_of(&sent(&[CODE]), &[]), Some(Light::Waiting));
        assert_eq!(light_of(&sent(&[]), &[]), None);
    }

    #[test]
    fn a_code_is_known_with_its_tail_and_without() {
        let bare = "0103041094787443215Qbag!A";
        let invalid = answer(&[(bare, CisStatus::Invalid)]);
        assert_eq!(light_of(&sent(&[CODE]), &invalid), Some(Light::Rejected));
        assert_eq!(status_of(&invalid, LINE, OTHER), None);
        assert_eq!(status_of(&invalid, MarketItemId(2), CODE), None);
    }

    #[test]
    fn failed_passes_for_a_code_and_is_final_for_a_uin() {
        let cis = MarkStatus::Cis {
            status: CisStatus::Failed,
            substatus: None,
        };
        let uin = MarkStatus::Uin {
            status: UinStatus::Failed,
            substatus: Some(UinSubstatus::UinNoData),
        };
        assert_eq!(
            (cis.light(), uin.light()),
            (Light::Troubled, Light::Rejected)
        );
        assert_eq!(uin.words(), ("FAILED", Some("UIN_NO_DATA")));
    }

    #[test]
    fn questions_come_further_and_further_apart() {
        let waits: Vec<i64> = (1..6).map(wait_after).collect();
        assert_eq!(waits, [5, 15, 60, 300, 300]);
    }
}
