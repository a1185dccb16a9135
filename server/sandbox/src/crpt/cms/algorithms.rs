//! The algorithms that signatures are made with here.

use der::asn1::ObjectIdentifier;
use sha2::{Digest, Sha256};
use streebog::{Streebog256, Streebog512};
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::Flaw;
use crate::wire_enum::wire_enum;

/// GOST R 34.11-2012, 256 bits (RFC 9215, section 2).
const STREEBOG_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.643.7.1.1.2.2");
/// GOST R 34.11-2012, 512 bits.
const STREEBOG_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.643.7.1.1.2.3");
/// SHA-256 (RFC 5754, section 2.2).
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");

/// A GOST R 34.10-2012 key of 256 bits (RFC 9215, section 4).
const GOST_256_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.643.7.1.1.1.1");
/// A GOST R 34.10-2012 key of 512 bits.
const GOST_512_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.643.7.1.1.1.2");
/// GOST R 34.10-2012 with Streebog-256 (RFC 9215, section 3).
const GOST_256_SIGNATURE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.643.7.1.1.3.2");
/// GOST R 34.10-2012 with Streebog-512.
const GOST_512_SIGNATURE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.643.7.1.1.3.3");
/// A key on an elliptic curve (RFC 5480, section 2.1.1).
const EC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
/// ECDSA with SHA-256 (RFC 5758, section 3.2).
const ECDSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// A hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DigestAlgorithm {
    Sha256,
    Streebog256,
    Streebog512,
}

impl DigestAlgorithm {
    pub(super) fn of(identifier: &AlgorithmIdentifierOwned) -> Result<Self, Flaw> {
        let null = identifier.parameters.as_ref().is_none_or(der::Any::is_null);
        match identifier.oid {
            SHA_256 if null => Ok(Self::Sha256),
            STREEBOG_256 if null => Ok(Self::Streebog256),
            STREEBOG_512 if null => Ok(Self::Streebog512),
            other => Err(Flaw::Algorithm(other)),
        }
    }

    pub(super) fn hash(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Streebog256 => Streebog256::digest(bytes).to_vec(),
            Self::Streebog512 => Streebog512::digest(bytes).to_vec(),
        }
    }
}

wire_enum! {
    /// What a signature is made with.
    pub enum SignatureAlgorithm {
        /// ECDSA on P-256 with SHA-256: the demo key and stand-ins, nothing that CRPT would take.
        EcdsaP256 = "ECDSA-P256-SHA256",
        /// GOST R 34.10-2012, 256 bits, with Streebog-256.
        Gost256 = "GOST-R-34.10-2012-256",
        /// GOST R 34.10-2012, 512 bits, with Streebog-512.
        Gost512 = "GOST-R-34.10-2012-512",
    }
}

impl SignatureAlgorithm {
    /// The algorithm of a signature; key, digest and signature must go together.
    ///
    /// `CryptoPro` names the key's algorithm where the signature's is due; both are taken.
    pub(super) fn of(
        key: ObjectIdentifier,
        digest: DigestAlgorithm,
        signature: &AlgorithmIdentifierOwned,
    ) -> Result<Self, Flaw> {
        match (key, digest, signature.oid) {
            (EC_KEY, DigestAlgorithm::Sha256, ECDSA_SHA_256) => Ok(Self::EcdsaP256),
            (GOST_256_KEY, DigestAlgorithm::Streebog256, GOST_256_SIGNATURE | GOST_256_KEY) => {
                Ok(Self::Gost256)
            }
            (GOST_512_KEY, DigestAlgorithm::Streebog512, GOST_512_SIGNATURE | GOST_512_KEY) => {
                Ok(Self::Gost512)
            }
            (.., other) => Err(Flaw::Algorithm(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::hex, *};

    /// The examples of GOST R 34.11-2012, annex A.1: the message M1, its hashes in the order of bytes that programs use.
    #[test]
    fn streebog_is_the_standards() {
        let message = b"012345678901234567890123456789012345678901234567890123456789012";
        assert_eq!(
            hex(&DigestAlgorithm::Streebog256.hash(message)),
            "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"
        );
        assert!(
            hex(&DigestAlgorithm::Streebog512.hash(message))
                .starts_with("1b54d01a4af5b9d5cc3d86d68d285462")
        );
    }
}
