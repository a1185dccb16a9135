//! What a certificate tells of its owner.

use crate::demo_key::{COMMON_NAME, INN, INN_OF_COMPANY};
use der::{
    Encode as _, Tag, Tagged as _,
    asn1::{ObjectIdentifier, SetOfVec},
};
use desk::{suz, time::Timestamp};
use sha1::{Digest as _, Sha1};
use std::fmt::Write as _;
use x509_cert::{
    Certificate,
    attr::AttributeTypeAndValue,
    name::{Name, RelativeDistinguishedName},
    time::Time,
};

/// Reads a certificate. The SHA-1 is no protection here: it is the name that keepers of keys give a certificate.
pub(crate) fn facts(certificate: &Certificate) -> der::Result<suz::Certificate> {
    let tbs = certificate.tbs_certificate();
    let (inn, company) = tax_number(tbs.subject());
    Ok(suz::Certificate {
        thumbprint: thumbprint(certificate)?,
        owner: said(tbs.subject(), COMMON_NAME).unwrap_or_default(),
        inn,
        company,
        issuer: said(tbs.issuer(), COMMON_NAME).unwrap_or_default(),
        from: Some(moment(tbs.validity().not_before)),
        until: moment(tbs.validity().not_after),
    })
}

fn said(name: &Name, oid: ObjectIdentifier) -> Option<String> {
    name.iter_rdn()
        .flat_map(|part: &RelativeDistinguishedName| AsRef::<SetOfVec<_>>::as_ref(part).iter())
        .find(|named: &&AttributeTypeAndValue| named.oid == oid)
        .and_then(text)
}

/// The company's ИНН and that it is one; else the one of `INN`, which in certificates from before 2021 also holds a
/// company's, filled with two zeros to twelve digits (order of ФСБ № 795).
fn tax_number(subject: &Name) -> (Option<String>, bool) {
    if let Some(company) = said(subject, INN_OF_COMPANY) {
        return (Some(company), true);
    }
    let Some(inn) = said(subject, INN) else {
        return (None, false);
    };
    match inn.strip_prefix("00") {
        Some(company) if company.len() == 10 => (Some(company.to_owned()), true),
        _ => (Some(inn), false),
    }
}

fn text(named: &AttributeTypeAndValue) -> Option<String> {
    let bytes = named.value.value();
    match named.value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::NumericString | Tag::Ia5String => {
            String::from_utf8(bytes.to_vec()).ok()
        }
        Tag::BmpString => {
            let units: Vec<u16> = bytes
                .chunks_exact(2)
                .filter_map(|pair| pair.try_into().ok().map(u16::from_be_bytes))
                .collect();
            String::from_utf16(&units).ok()
        }
        _ => None,
    }
}

fn moment(time: Time) -> Timestamp {
    Timestamp(i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX))
}

fn thumbprint(certificate: &Certificate) -> der::Result<String> {
    let mut hex = String::with_capacity(40);
    for byte in Sha1::digest(certificate.to_der()?) {
        // Writing into a String cannot fail.
        let _ = write!(hex, "{byte:02X}");
    }
    Ok(hex)
}
