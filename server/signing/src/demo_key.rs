//! The demo key. It is known to everybody and opens nothing but our own sandbox, so that the whole way of a signature can
//! be walked without a certificate of a certification authority.

use der::{
    Any, DateTime, Decode as _, Encode as _, Tag,
    asn1::{ObjectIdentifier, SetOfVec, Utf8StringRef},
};
use desk::{legal_entity::LegalEntity, suz::SignatureKind, time::Timestamp};
use p256::{ecdsa::SigningKey, pkcs8::EncodePublicKey as _};
use sha2::{Digest as _, Sha256};
use std::time::Duration;
use x509_cert::{
    Certificate, TbsCertificate,
    attr::AttributeTypeAndValue,
    builder::{self, Builder as _, CertificateBuilder, profile::BuilderProfile},
    ext::Extension,
    name::{Name, RdnSequence, RelativeDistinguishedName},
    serial_number::SerialNumber,
    spki::{SubjectPublicKeyInfo, SubjectPublicKeyInfoRef},
    time::{Time, Validity},
};

/// The secret half. Not secret: it is the SHA-256 of these words, and everybody may compute it.
const WORDS: &[u8] = b"Metka demo signing key: opens nothing but the sandbox";

/// `id-at-commonName`.
pub(crate) const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// ИНН of a person (order of ФСБ № 795, `INN`).
pub(crate) const INN: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.643.3.131.1.1");
/// ИНН of a company (order of ФСБ № 795, `INNLE`).
pub(crate) const INN_OF_COMPANY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.643.100.4");

/// 1 January 2024, 0:00 UTC, seconds since 1970: the sandbox's clock may stand anywhere near today.
const VALID_FROM: u64 = 1_704_067_200;
/// 1 January 2044.
const VALID_UNTIL: u64 = 2_335_219_200;

/// Signs with the demo key for a legal entity: CMS in DER.
pub(crate) fn sign(
    entity: &LegalEntity,
    kind: SignatureKind,
    content: &[u8],
    now: Timestamp,
) -> Result<Vec<u8>, builder::Error> {
    let certificate = certificate(entity)?;
    Ok(crate::cms::sign(content, kind, &certificate, &key()?, now)?)
}

fn key() -> Result<SigningKey, builder::Error> {
    Ok(SigningKey::from_slice(&Sha256::digest(WORDS))?)
}

/// The legal entity's self-signed certificate. It is made of the entity's name and ИНН alone, so that it is the same
/// one each time.
pub(crate) fn certificate(entity: &LegalEntity) -> Result<Certificate, builder::Error> {
    let key = key()?;
    let public =
        SubjectPublicKeyInfo::from_der(key.verifying_key().to_public_key_der()?.as_bytes())?;
    let subject = subject(entity)?;
    let mut serial = Sha256::digest(subject.to_der()?).to_vec();
    serial.truncate(16);
    let moment =
        |seconds| DateTime::from_unix_duration(Duration::from_secs(seconds)).map(Time::from);
    let validity = Validity::new(moment(VALID_FROM)?, moment(VALID_UNTIL)?);
    CertificateBuilder::new(Bare(subject), SerialNumber::new(&serial)?, validity, public)?
        .build::<_, p256::ecdsa::DerSignature>(&key)
}

fn subject(entity: &LegalEntity) -> der::Result<Name> {
    // Without an ИНН there is nothing to sign for: the caller has asked for one.
    let inn = entity.inn.clone().map(String::from).unwrap_or_default();
    let oid = if inn.len() == 10 { INN_OF_COMPANY } else { INN };
    let parts = [
        (oid, Any::new(Tag::NumericString, inn.as_bytes())?),
        (COMMON_NAME, Any::from(Utf8StringRef::new(&entity.name)?)),
    ];
    let names = parts
        .into_iter()
        .map(|(oid, value)| {
            SetOfVec::try_from(vec![AttributeTypeAndValue { oid, value }])
                .map(RelativeDistinguishedName::from)
        })
        .collect::<der::Result<Vec<_>>>()?;
    Name::from_der(&RdnSequence::from(names).to_der()?)
}

/// A certificate that its owner signed and that has no extensions: the sandbox asks for none.
struct Bare(Name);

impl BuilderProfile for Bare {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.0.clone()
    }

    fn build_extensions(
        &self,
        _key: SubjectPublicKeyInfoRef<'_>,
        _issuer_key: SubjectPublicKeyInfoRef<'_>,
        _certificate: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        Ok(Vec::new())
    }
}
