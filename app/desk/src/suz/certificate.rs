//! Who signs: the ways a connection may sign, certificates, and what is wrong with one.

use super::words::words;
use crate::{legal_entity::Inn, time::Timestamp};
use serde::{Deserialize, Serialize};

words! {
    /// How a connection signs.
    SigningWay {
        /// A person signs on the page by the CryptoPro plug-in; nothing is signed without them.
        Browser = "browser",
        /// The operator's command on the server signs by itself.
        Server = "server",
        /// The demo key, which only «песочница Метки» accepts.
        DemoKey = "demo_key",
    }
}

/// A certificate of an electronic signature, as far as it concerns us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// SHA-1 of the certificate, hexadecimal in upper case, as CryptoPro names certificates.
    pub thumbprint: String,
    /// `CN` of the owner.
    pub owner: String,
    /// The ИНН of the company (`ИНН ЮЛ`) where it has one, else of the person (`ИНН`); twelve digits with two leading
    /// zeros, the old way of writing a company's, are ten here.
    pub inn: Option<String>,
    /// Whether that ИНН is a company's.
    pub company: bool,
    /// `CN` of who issued it.
    pub issuer: String,
    /// The first moment it is good for.
    pub from: Option<Timestamp>,
    /// The last one.
    pub until: Timestamp,
}

/// Days before the end of a certificate from which on people are warned.
pub const EXPIRY_NOTICE_DAYS: i64 = 30;

/// What a person should know before they sign with a certificate. A warning forbids nothing, except that an expired
/// certificate cannot be right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateWarning {
    /// It ended.
    Expired {
        /// Days ago.
        days: u32,
    },
    /// It will end soon; a renewed one must be added to the cabinet, while OMS ID stays.
    EndsSoon {
        /// Days left.
        days: u32,
    },
    /// It does not hold yet.
    NotYet,
    /// The owner's ИНН is another one: a mistake, or a person acting by a power of attorney (МЧД).
    ForeignInn {
        /// Of the certificate.
        theirs: String,
        /// Of the legal entity.
        ours: String,
    },
    /// It names no ИНН.
    NoInn,
    /// The legal entity's ИНН is not known here, so that nothing could be compared.
    OurInnUnknown,
}

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

impl Certificate {
    /// What is to be said about signing for a legal entity with this certificate at a moment.
    pub fn warnings(&self, ours: Option<&Inn>, now: Timestamp) -> Vec<CertificateWarning> {
        let term = self.term(now);
        let owner = match (self.inn.as_deref(), ours.map(ToString::to_string)) {
            (None, _) => Some(CertificateWarning::NoInn),
            (_, None) => Some(CertificateWarning::OurInnUnknown),
            (Some(theirs), Some(ours)) if theirs != ours => Some(CertificateWarning::ForeignInn {
                theirs: theirs.to_owned(),
                ours,
            }),
            _ => None,
        };
        term.into_iter().chain(owner).collect()
    }

    fn term(&self, now: Timestamp) -> Option<CertificateWarning> {
        let left = self.until.millis_since(now);
        let days = |millis: i64| u32::try_from(millis / DAY_MILLIS).unwrap_or_default();
        if left <= 0 {
            Some(CertificateWarning::Expired { days: days(-left) })
        } else if self.from.is_some_and(|from| now < from) {
            Some(CertificateWarning::NotYet)
        } else if left < EXPIRY_NOTICE_DAYS * DAY_MILLIS {
            Some(CertificateWarning::EndsSoon { days: days(left) })
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn certificate(inn: Option<&str>, days: i64) -> Certificate {
        Certificate {
            thumbprint: "AA".into(),
            owner: "ООО «Ромашка»".into(),
            inn: inn.map(Into::into),
            company: true,
            issuer: "ФНС".into(),
            from: Some(NOW.plus_millis(-DAY_MILLIS)),
            until: NOW.plus_millis(days * DAY_MILLIS),
        }
    }

    fn ours() -> Option<Inn> {
        "7736207543".parse().ok()
    }

    #[test]
    fn a_certificate_of_ours_that_holds_long_is_not_talked_about() {
        let good = certificate(Some("7736207543"), 31);
        assert_eq!(good.warnings(ours().as_ref(), NOW), []);
    }

    #[test]
    fn its_end_is_announced_a_month_ahead() {
        let warned = |days| certificate(Some("7736207543"), days).warnings(ours().as_ref(), NOW);
        assert_eq!(warned(30), []);
        assert_eq!(warned(29), [CertificateWarning::EndsSoon { days: 29 }]);
        assert_eq!(warned(0), [CertificateWarning::Expired { days: 0 }]);
        assert_eq!(warned(-3), [CertificateWarning::Expired { days: 3 }]);
        let early = Certificate {
            from: Some(NOW.plus_millis(1)),
            ..certificate(Some("7736207543"), 365)
        };
        assert_eq!(
            early.warnings(ours().as_ref(), NOW),
            [CertificateWarning::NotYet]
        );
    }

    #[test]
    fn another_owner_is_named_and_an_unknown_one_is_not_guessed() {
        let foreign = certificate(Some("500100732259"), 365);
        assert_eq!(
            foreign.warnings(ours().as_ref(), NOW),
            [CertificateWarning::ForeignInn {
                theirs: "500100732259".into(),
                ours: "7736207543".into()
            }]
        );
        assert_eq!(
            foreign.warnings(None, NOW),
            [CertificateWarning::OurInnUnknown]
        );
        assert_eq!(
            certificate(None, 365).warnings(ours().as_ref(), NOW),
            [CertificateWarning::NoInn]
        );
    }
}
