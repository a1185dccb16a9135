//! One signature, taken apart and held against its own rules. Its value is not verified here.

use cms::{
    content_info::{CmsVersion, ContentInfo},
    signed_data::{EncapsulatedContentInfo, SignerInfo},
};
use der::{
    Any, Decode, Encode, Sequence,
    asn1::{ObjectIdentifier, OctetString, SetOfVec},
};
use x509_cert::{
    attr::Attributes,
    ext::pkix::name::{GeneralName, GeneralNames},
    serial_number::SerialNumber,
    spki::AlgorithmIdentifierOwned,
};

use super::{
    Flaw,
    algorithms::{DigestAlgorithm, SignatureAlgorithm},
    ber,
    certificate::SignerCertificate,
};

/// `id-data` (RFC 5652, section 4).
const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
/// `id-signedData` (RFC 5652, section 5.1).
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
/// `id-contentType` (RFC 5652, section 11.1).
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
/// `id-messageDigest` (RFC 5652, section 11.2).
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
/// `id-aa-signingCertificateV2` (RFC 5035, section 3).
const SIGNING_CERTIFICATE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// The longest message, bytes: a chain of certificates is about ten thousand.
const LONGEST: usize = 128 * 1024;

/// `SignedData` (RFC 5652, section 5.1), its certificates and signers left as the bytes they came as.
#[derive(Sequence)]
struct SignedData {
    version: CmsVersion,
    digest_algorithms: SetOfVec<AlgorithmIdentifierOwned>,
    encap_content_info: EncapsulatedContentInfo,
    #[asn1(context_specific = "0", tag_mode = "IMPLICIT", optional = "true")]
    certificates: Option<SetOfVec<Any>>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    crls: Option<SetOfVec<Any>>,
    signer_infos: SetOfVec<Any>,
}

/// `SigningCertificateV2` (RFC 5035, section 3).
#[derive(Sequence)]
struct SigningCertificateV2 {
    certs: Vec<EssCertIdV2>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

/// `ESSCertIDv2` (RFC 5035, section 4); without an algorithm SHA-256 is meant.
#[derive(Sequence)]
struct EssCertIdV2 {
    #[asn1(optional = "true")]
    hash_algorithm: Option<AlgorithmIdentifierOwned>,
    hash: OctetString,
    #[asn1(optional = "true")]
    issuer_serial: Option<IssuerSerial>,
}

/// `IssuerSerial` (RFC 5035, section 5).
#[derive(Sequence)]
struct IssuerSerial {
    issuer: GeneralNames,
    serial: SerialNumber,
}

/// A signature whose parts agree with one another.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// The content that came inside, `None` of a detached signature.
    pub(super) content: Option<Vec<u8>>,
    /// The signer's certificate.
    pub(super) certificate: SignerCertificate,
    /// What it is signed with.
    pub(super) algorithm: SignatureAlgorithm,
    /// What the value is over: the signed attributes in DER.
    pub(super) attributes: Vec<u8>,
    /// The value.
    pub(super) value: Vec<u8>,
    hash: DigestAlgorithm,
    digest: Vec<u8>,
}

impl Message {
    /// Reads a message, BER or DER.
    pub(super) fn read(message: &[u8]) -> Result<Self, Flaw> {
        if message.len() > LONGEST {
            return Err(Flaw::TooLong);
        }
        let outer = ContentInfo::from_der(&ber::to_der(message)?)?;
        if outer.content_type != SIGNED_DATA {
            return Err(Flaw::OtherKind(outer.content_type));
        }
        let data: SignedData = outer.content.decode_as()?;
        let inside = &data.encap_content_info;
        if inside.econtent_type != DATA {
            return Err(Flaw::OtherKind(inside.econtent_type));
        }
        let content = match &inside.econtent {
            Some(content) => Some(content.decode_as::<OctetString>()?.as_bytes().to_vec()),
            None => None,
        };
        let signer = only_signer(&data)?;
        if !data
            .digest_algorithms
            .iter()
            .any(|one| one.oid == signer.digest_alg.oid)
        {
            return Err(Flaw::Algorithm(signer.digest_alg.oid));
        }
        let hash = DigestAlgorithm::of(&signer.digest_alg)?;
        let certificate = certificate_of(&data, &signer)?;
        let algorithm = SignatureAlgorithm::of(
            certificate.key_algorithm(),
            hash,
            &signer.signature_algorithm,
        )?;
        let attributes = signer.signed_attrs.ok_or(Flaw::Attribute("signedAttrs"))?;
        let digest = check_attributes(&attributes, &certificate)?;
        Ok(Self {
            content,
            certificate,
            algorithm,
            attributes: attributes.to_der()?,
            value: signer.signature.as_bytes().to_vec(),
            hash,
            digest,
        })
    }

    /// Whether it was made over this content.
    pub(super) fn check_content(&self, content: &[u8]) -> Result<(), Flaw> {
        if self.hash.hash(content) == self.digest {
            return Ok(());
        }
        Err(Flaw::Digest)
    }
}

/// The only signer. What it says must be DER already: its bytes are what is signed, and `der` would sort them silently.
fn only_signer(data: &SignedData) -> Result<SignerInfo, Flaw> {
    let [signer] = data.signer_infos.as_slice() else {
        return Err(Flaw::Signers(data.signer_infos.len()));
    };
    let read: SignerInfo = signer.decode_as()?;
    if read.to_der()? != signer.to_der()? {
        return Err(Flaw::Encoding("the signer's part is not in DER"));
    }
    Ok(read)
}

fn certificate_of(data: &SignedData, signer: &SignerInfo) -> Result<SignerCertificate, Flaw> {
    for certificate in data.certificates.iter().flat_map(SetOfVec::iter) {
        // The set may hold other kinds of certificates, and those of authorities that nobody needs to understand.
        let Ok(certificate) = SignerCertificate::read(&certificate.to_der()?) else {
            continue;
        };
        if certificate.is_named_by(&signer.sid) {
            return Ok(certificate);
        }
    }
    Err(Flaw::NoCertificate)
}

/// Holds the signed attributes against the certificate and returns the digest they speak of.
fn check_attributes(
    attributes: &Attributes,
    certificate: &SignerCertificate,
) -> Result<Vec<u8>, Flaw> {
    let content_type = only(attributes, CONTENT_TYPE, "content-type")?;
    if content_type.decode_as::<ObjectIdentifier>()? != DATA {
        return Err(Flaw::Attribute("content-type"));
    }
    let digest = only(attributes, MESSAGE_DIGEST, "message-digest")?;
    let named = only(attributes, SIGNING_CERTIFICATE, "signing-certificate-v2")?;
    let named: SigningCertificateV2 = named.decode_as()?;
    // The first one is the signer's; others limit the chain (RFC 5035, section 3).
    match named.certs.first() {
        Some(first) if first.is_of(certificate)? => {}
        _ => return Err(Flaw::OtherCertificate),
    }
    Ok(digest.decode_as::<OctetString>()?.as_bytes().to_vec())
}

/// The only value of an attribute that must be there once.
fn only<'a>(
    attributes: &'a Attributes,
    oid: ObjectIdentifier,
    name: &'static str,
) -> Result<&'a Any, Flaw> {
    let mut found = attributes.iter().filter(|one| one.oid == oid);
    match (found.next(), found.next()) {
        (Some(attribute), None) => match attribute.values.as_slice() {
            [value] => Ok(value),
            _ => Err(Flaw::Attribute(name)),
        },
        _ => Err(Flaw::Attribute(name)),
    }
}

impl EssCertIdV2 {
    fn is_of(&self, certificate: &SignerCertificate) -> Result<bool, Flaw> {
        let algorithm = match &self.hash_algorithm {
            Some(identifier) => DigestAlgorithm::of(identifier)?,
            None => DigestAlgorithm::Sha256,
        };
        let tbs = certificate.parsed().tbs_certificate();
        let named = self.issuer_serial.as_ref().is_none_or(|named| {
            let issuer = [GeneralName::DirectoryName(tbs.issuer().clone())];
            named.serial == *tbs.serial_number() && named.issuer.as_slice() == issuer
        });
        Ok(named && algorithm.hash(certificate.der()) == self.hash.as_bytes())
    }
}
