//! Electronic signatures: CMS `SignedData` (RFC 5652) with the signed attributes of CAdES-BES, read in pure Rust.
//!
//! A message is read whatever it is signed with: kind, content, signer, attributes, certificate and digest are checked here, over the bytes that were
//! received. The value is verified in pure Rust where it is ECDSA on P-256, by `openssl` with its GOST engine where it is GOST R 34.10-2012. On a machine
//! without the engine GOST values are taken as they are, and every place that shows a signature says so.

mod algorithms;
mod ber;
mod certificate;
pub(crate) mod engine;
mod message;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use der::asn1::ObjectIdentifier;
use p256::ecdsa::{DerSignature, signature::Verifier};
use thiserror::Error;

use crate::wire_enum::wire_enum;
use engine::Engine;
use message::Message;

pub use algorithms::SignatureAlgorithm;
pub(crate) use certificate::SignerCertificate;

wire_enum! {
    /// Whether the value of a signature was verified.
    pub enum Verification {
        /// It was, and it is right.
        Verified = "VERIFIED",
        /// It was not: this machine has no `openssl` with the GOST engine. All the rest is right.
        Unverified = "UNVERIFIED",
    }
}

/// What is wrong with a signature.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// Not base64, or base64 with something between.
    #[error("the signature is not base64 in one line")]
    NotBase64,
    /// Not even BER, or BER of a kind that signatures have no use for.
    #[error("not a CMS message: {0}")]
    Encoding(&'static str),
    /// Not the structure of RFC 5652.
    #[error("not a CMS message: {0}")]
    Shape(String),
    /// Longer than any signature.
    #[error("the signature is too long")]
    TooLong,
    /// Another kind of message, or another kind of content.
    #[error("not signed data: {0}")]
    OtherKind(ObjectIdentifier),
    /// The content is inside where it must not be.
    #[error("the signature is attached, a detached one is due")]
    Attached,
    /// The content is missing where it must be inside.
    #[error("the signature is detached, an attached one is due")]
    Detached,
    /// Nobody signed, or several did.
    #[error("{0} signers, one is due")]
    Signers(usize),
    /// The certificate is not in the message.
    #[error("the signer's certificate is not in the signature")]
    NoCertificate,
    /// `signing-certificate-v2` speaks of another certificate.
    #[error("signing-certificate-v2 does not name the signer's certificate")]
    OtherCertificate,
    /// An attribute is missing, doubled or says something else.
    #[error("the signed attribute {0} is missing or wrong")]
    Attribute(&'static str),
    /// An algorithm unknown here, or one that does not go with the key.
    #[error("algorithm {0}")]
    Algorithm(ObjectIdentifier),
    /// The content is not what was signed.
    #[error("message-digest attribute value does not match calculated value")]
    Digest,
    /// The value belongs to something else.
    #[error("the signature value does not match")]
    Value,
    /// `openssl` could not be asked. Nothing is accepted then.
    #[error("the signature could not be verified: {0}")]
    Engine(String),
}

impl From<der::Error> for Flaw {
    fn from(error: der::Error) -> Self {
        Self::Shape(error.to_string())
    }
}

/// Bytes as hexadecimal digits in lower case.
fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0x0f])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

/// Where the content of a signature is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form<'a> {
    /// Inside.
    Attached,
    /// Outside: these bytes, as they were received.
    Detached(&'a [u8]),
}

/// A good signature. Whether its owner may sign is for the world to say.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// The content that came inside of it; empty of a detached one.
    pub(crate) content: Vec<u8>,
    /// The signer's certificate.
    pub(crate) certificate: SignerCertificate,
    /// What it is signed with.
    pub(crate) algorithm: SignatureAlgorithm,
    /// Whether its value was verified.
    pub(crate) verification: Verification,
}

/// Checks all of a signature that can be checked without the world: base64 text in one line, in the form that is due.
pub(crate) async fn examine(
    text: &str,
    form: Form<'_>,
    engine: &Engine,
) -> Result<Signature, Flaw> {
    let bytes = STANDARD.decode(text).map_err(|_| Flaw::NotBase64)?;
    let message = Message::read(&bytes)?;
    let outside = match (form, &message.content) {
        (Form::Attached, Some(content)) => {
            message.check_content(content)?;
            None
        }
        (Form::Detached(content), None) => {
            message.check_content(content)?;
            Some(content)
        }
        (Form::Attached, None) => return Err(Flaw::Detached),
        (Form::Detached(_), Some(_)) => return Err(Flaw::Attached),
    };
    let verification = match message.algorithm {
        SignatureAlgorithm::EcdsaP256 => verify_p256(&message)?,
        SignatureAlgorithm::Gost256 | SignatureAlgorithm::Gost512 => {
            engine.verify(&bytes, outside).await?
        }
    };
    Ok(Signature {
        content: message.content.unwrap_or_default(),
        certificate: message.certificate,
        algorithm: message.algorithm,
        verification,
    })
}

fn verify_p256(message: &Message) -> Result<Verification, Flaw> {
    let certificate = &message.certificate;
    let key = certificate
        .p256_key()
        .ok_or_else(|| Flaw::Algorithm(certificate.key_algorithm()))?;
    let value = DerSignature::from_bytes(&message.value).map_err(|_| Flaw::Value)?;
    key.verify(&message.attributes, &value)
        .map_err(|_| Flaw::Value)?;
    Ok(Verification::Verified)
}
