//! A key on P-256 with a certificate, and signatures made with it: right ones, and any that are wrong. All of it is written byte by byte, without the
//! crates the sandbox reads it with.

use base64::{Engine, engine::general_purpose::STANDARD};
use p256::ecdsa::{DerSignature, SigningKey, signature::Signer};
use sha2::{Digest, Sha256};

use super::super::stand::{DAY_MS, NOW_MS};

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
const SIGNING_TIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05];
const SIGNING_CERTIFICATE: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x2f,
];
const SHA_256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const ECDSA_SHA_256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const EC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P_256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
/// 1.2.643.3.131.1.1.
pub(super) const INN: &[u8] = &[0x2a, 0x85, 0x03, 0x03, 0x81, 0x03, 0x01, 0x01];
/// 1.2.643.100.4.
pub(super) const INN_OF_COMPANY: &[u8] = &[0x2a, 0x85, 0x03, 0x64, 0x04];

const NUMERIC: u8 = 0x12;
const UTF8: u8 = 0x0c;

/// One element of DER.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    let [.., high, low] = content.len().to_be_bytes();
    match content.len() {
        0..=0x7f => bytes.push(low),
        0x80..=0xff => bytes.extend([0x81, low]),
        _ => bytes.extend([0x82, high, low]),
    }
    bytes.extend(content);
    bytes
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

fn oid(bytes: &[u8]) -> Vec<u8> {
    tlv(0x06, bytes)
}

fn set(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    tlv(0x31, &parts.concat())
}

/// `UTCTime` of a moment: before 2050 that is the form.
fn time(ms: i64) -> Vec<u8> {
    let moment = jiff::Timestamp::from_millisecond(ms).unwrap();
    tlv(
        0x17,
        moment.strftime("%y%m%d%H%M%SZ").to_string().as_bytes(),
    )
}

/// A key with its certificate.
#[derive(Clone)]
pub(super) struct Key {
    secret: SigningKey,
    pub(super) certificate: Vec<u8>,
    name: Vec<u8>,
    serial: Vec<u8>,
}

impl Key {
    /// The demo key in a certificate with this ИНН.
    pub(super) fn demo(inn: &str) -> Self {
        let words = b"Metka demo signing key: opens nothing but the sandbox";
        let oid = if inn.len() == 10 { INN_OF_COMPANY } else { INN };
        Self::new(words, oid, inn, NOW_MS + 30 * DAY_MS)
    }

    /// A key that nobody knows.
    pub(super) fn of_its_own(words: &str, inn: &str) -> Self {
        Self::new(words.as_bytes(), INN_OF_COMPANY, inn, NOW_MS + 30 * DAY_MS)
    }

    pub(super) fn new(words: &[u8], inn_oid: &[u8], inn: &str, until_ms: i64) -> Self {
        let key = SigningKey::from_slice(&Sha256::digest(words)).unwrap();
        let part = |name: &[u8], tag: u8, value: &str| {
            set(vec![sequence(&[&oid(name), &tlv(tag, value.as_bytes())])])
        };
        let name = sequence(&[
            &part(inn_oid, NUMERIC, inn),
            &part(COMMON_NAME, UTF8, "Общество «Проверка»"),
        ]);
        let serial = tlv(0x02, &[7]);
        let algorithm = sequence(&[&oid(ECDSA_SHA_256)]);
        let point = key.verifying_key().to_sec1_point(false);
        let bits = [&[0][..], point.as_bytes()].concat();
        let public = sequence(&[&sequence(&[&oid(EC_KEY), &oid(P_256)]), &tlv(0x03, &bits)]);
        let validity = sequence(&[&time(NOW_MS - 30 * DAY_MS), &time(until_ms)]);
        let version = tlv(0xa0, &tlv(0x02, &[2]));
        let tbs = sequence(&[
            &version, &serial, &algorithm, &name, &validity, &name, &public,
        ]);
        let value: DerSignature = key.sign(&tbs);
        let bits = [&[0][..], value.as_bytes()].concat();
        let certificate = sequence(&[&tbs, &algorithm, &tlv(0x03, &bits)]);
        Self {
            secret: key,
            certificate,
            name,
            serial,
        }
    }

    /// The certificate in base64.
    pub(super) fn base64(&self) -> String {
        STANDARD.encode(&self.certificate)
    }

    /// SHA-256 of the certificate.
    pub(super) fn fingerprint(&self) -> String {
        Sha256::digest(&self.certificate)
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 0x0f])
            .filter_map(|digit| char::from_digit(u32::from(digit), 16))
            .collect()
    }
}

/// What a signature is to be like. Without further words it is right and detached.
pub(super) struct Signing<'a> {
    pub(super) key: &'a Key,
    pub(super) content: &'a [u8],
    pub(super) attached: bool,
    /// The certificate that is put in, where it is another than the key's.
    pub(super) certificate: Option<&'a Key>,
    /// The certificate that `signing-certificate-v2` names.
    pub(super) named: Option<&'a Key>,
    /// Attributes left out, by their object identifiers.
    pub(super) without: Vec<&'a [u8]>,
    /// Whether the attributes are sent in the wrong order.
    pub(super) unsorted: bool,
    /// How many times the signer is put in.
    pub(super) signers: usize,
}

/// The attributes that must be there.
pub(super) const DUE: [&[u8]; 3] = [CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE];

impl<'a> Signing<'a> {
    pub(super) fn of(key: &'a Key, content: &'a [u8]) -> Self {
        Self {
            key,
            content,
            attached: false,
            certificate: None,
            named: None,
            without: Vec::new(),
            unsorted: false,
            signers: 1,
        }
    }

    pub(super) fn attached(mut self) -> Self {
        self.attached = true;
        self
    }

    pub(super) fn base64(&self) -> String {
        STANDARD.encode(self.der())
    }

    pub(super) fn der(&self) -> Vec<u8> {
        let digest = sequence(&[&oid(SHA_256)]);
        let mut inside = oid(DATA);
        if self.attached {
            inside.extend(tlv(0xa0, &tlv(0x04, self.content)));
        }
        let certificate = &self.certificate.unwrap_or(self.key).certificate;
        let signers = self.signer().repeat(self.signers);
        let signed = sequence(&[
            &tlv(0x02, &[1]),
            &set(vec![digest]),
            &tlv(0x30, &inside),
            &tlv(0xa0, certificate),
            &tlv(0x31, &signers),
        ]);
        sequence(&[&oid(SIGNED_DATA), &tlv(0xa0, &signed)])
    }

    fn signer(&self) -> Vec<u8> {
        let mut attributes = self.attributes();
        attributes.sort();
        let value: DerSignature = self.key.secret.sign(&tlv(0x31, &attributes.concat()));
        if self.unsorted {
            attributes.reverse();
        }
        sequence(&[
            &tlv(0x02, &[1]),
            &sequence(&[&self.key.name, &self.key.serial]),
            &sequence(&[&oid(SHA_256)]),
            &tlv(0xa0, &attributes.concat()),
            &sequence(&[&oid(ECDSA_SHA_256)]),
            &tlv(0x04, value.as_bytes()),
        ])
    }

    fn attributes(&self) -> Vec<Vec<u8>> {
        let named = &self.named.unwrap_or(self.key).certificate;
        let hash = tlv(0x04, &Sha256::digest(named));
        let certificate = sequence(&[&sequence(&[&sequence(&[&hash])])]);
        [
            (CONTENT_TYPE, oid(DATA)),
            (MESSAGE_DIGEST, tlv(0x04, &Sha256::digest(self.content))),
            (SIGNING_TIME, time(NOW_MS)),
            (SIGNING_CERTIFICATE, certificate),
        ]
        .into_iter()
        .filter(|(name, _)| !self.without.contains(name))
        .map(|(name, value)| sequence(&[&oid(name), &tlv(0x31, &value)]))
        .collect()
    }
}
