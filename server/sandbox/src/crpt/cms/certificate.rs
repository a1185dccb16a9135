//! The signer's certificate.

use cms::{cert::IssuerAndSerialNumber, signed_data::SignerIdentifier};
use der::{
    Any, Decode, Encode, Tag, Tagged,
    asn1::{ObjectIdentifier, PrintableStringRef, Utf8StringRef},
};
use p256::{ecdsa::VerifyingKey, pkcs8::DecodePublicKey};
use sha2::{Digest, Sha256};
use x509_cert::{
    Certificate, ext::pkix::SubjectKeyIdentifier, name::RelativeDistinguishedName, time::Time,
};

use super::{Flaw, hex};
use crate::crpt::demo::DEMO_PUBLIC_KEY;

/// `id-at-commonName` (RFC 5280, annex A).
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// ИНН of a person, twelve digits (order of ФСБ № 795, `INN`). Older certificates of companies have theirs here too, behind two zeros.
const INN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.643.3.131.1.1");
/// ИНН of a company, ten digits (order of ФСБ № 795, `INNLE`).
const INN_OF_COMPANY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.643.100.4");

/// A certificate with the bytes it came as: its hash is of these.
#[derive(Clone, Debug)]
pub(crate) struct SignerCertificate {
    der: Vec<u8>,
    parsed: Certificate,
}

impl SignerCertificate {
    /// Reads a certificate in DER.
    pub(crate) fn read(der: &[u8]) -> Result<Self, Flaw> {
        Ok(Self {
            der: der.to_vec(),
            parsed: Certificate::from_der(der)?,
        })
    }

    /// The bytes.
    pub(crate) fn der(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the bytes, hexadecimal, in lower case.
    pub(crate) fn fingerprint(&self) -> String {
        hex(&Sha256::digest(&self.der))
    }

    /// Whose ИНН the owner acts under: the company's when there is one, else the person's.
    pub(crate) fn inn(&self) -> Option<String> {
        self.of_subject(INN_OF_COMPANY).or_else(|| {
            let inn = self.of_subject(INN)?;
            match inn.strip_prefix("00") {
                Some(company) if inn.len() == 12 => Some(company.to_owned()),
                _ => Some(inn),
            }
        })
    }

    /// The owner's name; empty when there is none.
    pub(crate) fn name(&self) -> String {
        self.of_subject(COMMON_NAME).unwrap_or_default()
    }

    /// Whether a moment lies between its two dates.
    pub(crate) fn is_valid_at(&self, now_ms: i64) -> bool {
        (self.not_before_ms()..=self.not_after_ms()).contains(&now_ms)
    }

    /// The first moment it is good, milliseconds since the Unix epoch.
    pub(crate) fn not_before_ms(&self) -> i64 {
        ms(&self.parsed.tbs_certificate().validity().not_before)
    }

    /// The last moment it is good, milliseconds since the Unix epoch.
    pub(crate) fn not_after_ms(&self) -> i64 {
        ms(&self.parsed.tbs_certificate().validity().not_after)
    }

    /// Whether a signature names this certificate.
    pub(super) fn is_named_by(&self, signer: &SignerIdentifier) -> bool {
        let tbs = self.parsed.tbs_certificate();
        match signer {
            SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer,
                serial_number,
            }) => issuer == tbs.issuer() && serial_number == tbs.serial_number(),
            SignerIdentifier::SubjectKeyIdentifier(wanted) => tbs
                .get_extension::<SubjectKeyIdentifier>()
                .is_ok_and(|found| found.is_some_and(|(_, own)| own == *wanted)),
        }
    }

    pub(super) const fn parsed(&self) -> &Certificate {
        &self.parsed
    }

    /// The algorithm of the owner's key.
    pub(super) fn key_algorithm(&self) -> ObjectIdentifier {
        let key = self.parsed.tbs_certificate().subject_public_key_info();
        key.algorithm.oid
    }

    /// Whether it is one of the demo key, which is in everybody's hands.
    pub(crate) fn is_of_demo_key(&self) -> bool {
        let key = self.p256_key();
        key.is_some_and(|key| key.to_sec1_point(false).as_bytes() == DEMO_PUBLIC_KEY)
    }

    /// The owner's key when it is one on P-256.
    pub(super) fn p256_key(&self) -> Option<VerifyingKey> {
        let key = self.parsed.tbs_certificate().subject_public_key_info();
        VerifyingKey::from_public_key_der(&key.to_der().ok()?).ok()
    }

    fn of_subject(&self, oid: ObjectIdentifier) -> Option<String> {
        self.parsed
            .tbs_certificate()
            .subject()
            .iter_rdn()
            .flat_map(RelativeDistinguishedName::iter)
            .find(|one| one.oid == oid)
            .and_then(|one| text(&one.value))
    }
}

fn ms(time: &Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX)
}

/// A value of a name as text, whichever of the three kinds of string it is.
fn text(value: &Any) -> Option<String> {
    match value.tag() {
        Tag::NumericString => String::from_utf8(value.value().to_vec()).ok(),
        Tag::PrintableString => {
            let text = value.decode_as::<PrintableStringRef<'_>>().ok()?;
            Some(text.as_str().to_owned())
        }
        _ => {
            let text = value.decode_as::<Utf8StringRef<'_>>().ok()?;
            Some(text.as_str().to_owned())
        }
    }
}
