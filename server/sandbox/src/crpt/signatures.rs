//! Signatures of request bodies, and the record of every signature that was looked at.

use std::collections::VecDeque;

use axum::http::StatusCode;
use serde::Serialize;

use super::{
    Crpt,
    cms::{Flaw, Signature, SignatureAlgorithm, Verification},
    participant::Participant,
    refusal::Refusal,
};

/// How many signatures are remembered.
const REMEMBERED: usize = 1_000;

/// What there is of a signature over a body.
pub(super) enum BodySignature<'a> {
    /// None came.
    Missing,
    /// A good one.
    Good(&'a Signature),
    /// One that is of no use, in the words of СУЗ. Some methods say so at once, others only when the document is worked on.
    Bad(String),
}

/// The signature of a body. An attached one is refused at once, with 413.
pub(super) fn body_signature(
    examined: Option<&Result<Signature, Flaw>>,
) -> Result<BodySignature<'_>, Refusal> {
    match examined {
        None => Ok(BodySignature::Missing),
        Some(Ok(signature)) => Ok(BodySignature::Good(signature)),
        Some(Err(flaw @ Flaw::Attached)) => {
            let words = "Подпись должна быть откреплённой";
            Err(Refusal::global(StatusCode::PAYLOAD_TOO_LARGE, words, 413).because(flaw))
        }
        Some(Err(flaw)) => Ok(BodySignature::Bad(in_words(flaw))),
    }
}

fn in_words(flaw: &Flaw) -> String {
    format!("Signature validation failed: {flaw}")
}

/// Whether the owner of a signature may sign for a company now; else what is against it.
pub(super) fn check_signer(
    participant: &Participant,
    signature: &Signature,
    now_ms: i64,
) -> Result<(), String> {
    if !signature.certificate.is_valid_at(now_ms) {
        return Err(
            "Signature validation failed: certificate is not valid at this time".to_owned(),
        );
    }
    if participant.has_user(&signature.certificate) {
        return Ok(());
    }
    Err("Подписант не является пользователем участника".to_owned())
}

/// Whether СУЗ would take a body with this signature from a company.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BodyCheck {
    /// Whether it would.
    pub accepted: bool,
    /// What is against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objection: Option<String>,
    /// The signature, as far as it could be read.
    #[serde(flatten)]
    pub record: SignatureRecord,
}

/// Holds a signature over a body against a company, which is named by its OMS ID.
pub(crate) fn check_body(
    crpt: &Crpt,
    oms_id: &str,
    path: &str,
    examined: &Result<Signature, Flaw>,
    now_ms: i64,
) -> BodyCheck {
    let objection = match examined {
        Err(flaw) => Some(in_words(flaw)),
        Ok(signature) => match crpt
            .participants
            .iter()
            .find(|one| one.oms_id.as_str() == oms_id)
        {
            Some(participant) => check_signer(participant, signature, now_ms).err(),
            None => Some("Invalid OMS ID".to_owned()),
        },
    };
    let record = SignatureRecord::of(path, examined, objection.as_deref(), now_ms);
    BodyCheck {
        accepted: objection.is_none(),
        objection,
        record,
    }
}

/// A signature that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignatureRecord {
    /// World time, milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// The path of the request it came with.
    pub path: String,
    /// Why it was not accepted; `None`: it was.
    pub refused: Option<String>,
    /// What it is made with; this and the rest is known of readable ones only.
    pub algorithm: Option<SignatureAlgorithm>,
    /// Whether its value was verified.
    pub verification: Option<Verification>,
    /// SHA-256 of the certificate, hexadecimal.
    pub fingerprint: Option<String>,
    /// The owner of the certificate.
    pub owner: Option<String>,
    /// The owner's ИНН.
    pub inn: Option<String>,
}

impl SignatureRecord {
    pub(super) fn of(
        path: &str,
        examined: &Result<Signature, Flaw>,
        refused: Option<&str>,
        now_ms: i64,
    ) -> Self {
        let signature = examined.as_ref().ok();
        let flaw = examined.as_ref().err().map(Flaw::to_string);
        let certificate = signature.map(|signature| &signature.certificate);
        Self {
            at_ms: now_ms,
            path: path.to_owned(),
            refused: flaw.or_else(|| refused.map(str::to_owned)),
            algorithm: signature.map(|signature| signature.algorithm),
            verification: signature.map(|signature| signature.verification),
            fingerprint: certificate.map(super::cms::SignerCertificate::fingerprint),
            owner: certificate.map(super::cms::SignerCertificate::name),
            inn: certificate.and_then(super::cms::SignerCertificate::inn),
        }
    }
}

/// The signatures looked at since the process began, the last ones.
#[derive(Debug, Default)]
pub(crate) struct SignatureBook {
    records: VecDeque<SignatureRecord>,
}

impl SignatureBook {
    /// Writes one down.
    pub(crate) fn note(&mut self, record: SignatureRecord) {
        if record.verification == Some(Verification::Unverified) {
            tracing::warn!(
                path = record.path,
                "the value of a GOST signature was not verified: there is no openssl with the GOST engine"
            );
        }
        if self.records.len() == REMEMBERED {
            self.records.pop_front();
        }
        self.records.push_back(record);
    }

    /// All of them, oldest first.
    pub(crate) fn records(&self) -> impl Iterator<Item = &SignatureRecord> {
        self.records.iter()
    }
}
