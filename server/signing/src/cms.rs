//! CMS `SignedData` (RFC 5652) with the signed attributes of CAdES-BES (ETSI EN 319 122-1): made, and read.

use cms::{
    cert::{CertificateChoices, IssuerAndSerialNumber},
    content_info::{CmsVersion, ContentInfo},
    signed_data::{
        CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo,
        SignerInfos,
    },
};
use der::{
    Any, Decode as _, Encode as _, Sequence,
    asn1::{ObjectIdentifier, OctetString, SetOfVec, UtcTime},
};
use desk::{suz::SignatureKind, time::Timestamp};
use p256::ecdsa::{DerSignature, SigningKey, signature::Signer as _};
use sha2::{Digest as _, Sha256};
use std::time::Duration;
use x509_cert::{
    Certificate,
    attr::{Attribute, Attributes},
    spki::AlgorithmIdentifierOwned,
};

/// `id-data` (RFC 5652, section 4).
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
/// `id-signedData` (RFC 5652, section 5.1).
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// `id-contentType` (RFC 5652, section 11.1).
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
/// `id-messageDigest` (RFC 5652, section 11.2).
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
/// `id-signingTime` (RFC 5652, section 11.3).
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
/// `id-aa-signingCertificateV2` (RFC 5035, section 3).
const SIGNING_CERTIFICATE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
/// `id-sha256` (RFC 5754, section 2.2).
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
/// `ecdsa-with-SHA256` (RFC 5758, section 3.2).
const ECDSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// `SigningCertificateV2` (RFC 5035) with one certificate and without policies.
#[derive(Sequence)]
struct SigningCertificateV2 {
    certs: Vec<EssCertIdV2>,
}

/// `ESSCertIDv2`; SHA-256 is its default algorithm and is left out.
#[derive(Sequence)]
struct EssCertIdV2 {
    hash: OctetString,
}

/// Signs bytes with a P-256 key: the `ContentInfo` in DER.
pub(crate) fn sign(
    content: &[u8],
    kind: SignatureKind,
    certificate: &Certificate,
    key: &SigningKey,
    now: Timestamp,
) -> der::Result<Vec<u8>> {
    let attributes = signed_attributes(content, certificate, now)?;
    // What is signed is the attributes as a SET OF, not as the `[0]` that stands in the message (RFC 5652, 5.4).
    let signature: DerSignature = key
        .try_sign(&attributes.to_der()?)
        .map_err(|_| der::ErrorKind::Failed)?;
    let sha_256 = AlgorithmIdentifierOwned {
        oid: SHA_256,
        parameters: None,
    };
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: certificate.tbs_certificate().issuer().clone(),
            serial_number: certificate.tbs_certificate().serial_number().clone(),
        }),
        digest_alg: sha_256.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: AlgorithmIdentifierOwned {
            oid: ECDSA_SHA_256,
            parameters: None,
        },
        signature: OctetString::new(signature.as_bytes())?,
        unsigned_attrs: None,
    };
    let inside = match kind {
        SignatureKind::Attached => Some(Any::encode_from(&OctetString::new(content)?)?),
        SignatureKind::Detached => None,
    };
    let message = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha_256])?,
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: DATA,
            econtent: inside,
        },
        certificates: Some(CertificateSet::try_from(vec![
            CertificateChoices::Certificate(certificate.clone()),
        ])?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![signer])?,
    };
    ContentInfo {
        content_type: SIGNED_DATA,
        content: Any::encode_from(&message)?,
    }
    .to_der()
}

fn signed_attributes(
    content: &[u8],
    certificate: &Certificate,
    now: Timestamp,
) -> der::Result<Attributes> {
    let time = UtcTime::from_unix_duration(Duration::from_millis(
        u64::try_from(now.0).map_err(|_| der::ErrorKind::DateTime)?,
    ))?;
    let certificate = SigningCertificateV2 {
        certs: vec![EssCertIdV2 {
            hash: OctetString::new(Sha256::digest(certificate.to_der()?).to_vec())?,
        }],
    };
    let one = |oid, value: Any| -> der::Result<Attribute> {
        Ok(Attribute {
            oid,
            values: SetOfVec::try_from(vec![value])?,
        })
    };
    SetOfVec::try_from(vec![
        one(CONTENT_TYPE, Any::encode_from(&DATA)?)?,
        one(
            MESSAGE_DIGEST,
            Any::encode_from(&OctetString::new(Sha256::digest(content).to_vec())?)?,
        )?,
        one(SIGNING_TIME, Any::encode_from(&time)?)?,
        one(SIGNING_CERTIFICATE, Any::encode_from(&certificate)?)?,
    ])
}

/// Why bytes are no signature that could be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    /// Not DER, or DER of something else.
    #[error("не CMS: {0}")]
    Shape(String),
    /// Some other kind of CMS message.
    #[error("CMS другого рода ({0}), а нужен SignedData")]
    OtherKind(ObjectIdentifier),
    /// The content lies inside, although it must not.
    #[error("подпись присоединённая, а нужна откреплённая")]
    Attached,
    /// The content is missing, although it must lie inside.
    #[error("подпись откреплённая, а нужна присоединённая")]
    Detached,
    /// The content inside is not what was to be signed.
    #[error("подписан другой документ")]
    OtherContent,
    /// Nobody signed, or more than one.
    #[error("подписей {0}, а нужна одна")]
    Signers(usize),
    /// The signer's certificate is not in the message.
    #[error("в подписи нет сертификата подписавшего")]
    NoCertificate,
}

impl From<der::Error> for Unreadable {
    fn from(error: der::Error) -> Self {
        Self::Shape(error.to_string())
    }
}

/// Reads a signature of the asked kind over these bytes and finds the signer's certificate. The signature's value is
/// not verified.
pub(crate) fn signer(
    message: &[u8],
    kind: SignatureKind,
    content: &[u8],
) -> Result<Certificate, Unreadable> {
    let outer = ContentInfo::from_der(message)?;
    if outer.content_type != SIGNED_DATA {
        return Err(Unreadable::OtherKind(outer.content_type));
    }
    let signed: SignedData = outer.content.decode_as()?;
    match (kind, signed.encap_content_info.econtent) {
        (SignatureKind::Detached, None) => {}
        (SignatureKind::Detached, Some(_)) => return Err(Unreadable::Attached),
        (SignatureKind::Attached, None) => return Err(Unreadable::Detached),
        (SignatureKind::Attached, Some(inside)) => {
            if inside.decode_as::<OctetString>()?.as_bytes() != content {
                return Err(Unreadable::OtherContent);
            }
        }
    }
    let [info] = signed.signer_infos.0.as_slice() else {
        return Err(Unreadable::Signers(signed.signer_infos.0.len()));
    };
    signed
        .certificates
        .iter()
        .flat_map(|set| set.0.iter())
        .filter_map(|choice| match choice {
            CertificateChoices::Certificate(certificate) => Some(certificate),
            CertificateChoices::Other(_) => None,
        })
        .find(|certificate| is_of(certificate, &info.sid))
        .cloned()
        .ok_or(Unreadable::NoCertificate)
}

fn is_of(certificate: &Certificate, signer: &SignerIdentifier) -> bool {
    let tbs = certificate.tbs_certificate();
    match signer {
        SignerIdentifier::IssuerAndSerialNumber(named) => {
            named.issuer == *tbs.issuer() && named.serial_number == *tbs.serial_number()
        }
        SignerIdentifier::SubjectKeyIdentifier(key) => tbs
            .get_extension::<x509_cert::ext::pkix::SubjectKeyIdentifier>()
            .is_ok_and(|found| found.is_some_and(|(_, id)| id == *key)),
    }
}
