//! The first level: what is written down, looked at without any call.

use super::{CheckLevel, CheckReport, CheckStep, SkipReason, StepOutcome};
use crate::{
    legal_entity::Inn,
    suz::{Cause, Certificate, ConnectionId, Contour, OmsId, SigningWay, Why, paste::KnownIds},
    time::Timestamp,
};

/// What a connection has written down.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// In which contour.
    pub contour: Contour,
    /// The legal entity's ИНН.
    pub inn: Option<&'a Inn>,
    /// OMS ID; the profile tells it when nobody typed it.
    pub oms_id: Option<OmsId>,
    /// Of the active device.
    pub connection: Option<ConnectionId>,
    /// How it signs.
    pub way: SigningWay,
    /// Whether that way is there: the operator's command for this organisation, the running sandbox.
    pub way_there: bool,
    /// The certificate that signs or signed last.
    pub certificate: Option<&'a Certificate>,
    /// Every id that the organisation has, this connection's own left out.
    pub known: &'a KnownIds,
    /// Now.
    pub now: Timestamp,
}

/// The report of the first level, with the steps of a deeper one still to be made.
pub fn check_form(form: &Form<'_>, level: CheckLevel) -> CheckReport {
    let mut report = CheckReport::blank(level);
    for step in CheckStep::of(CheckLevel::Form) {
        report.set(step, outcome(step, form));
    }
    report
}

fn failed(cause: Cause) -> StepOutcome {
    StepOutcome::Failed {
        why: Why::of(cause),
    }
}

fn when(good: bool, cause: Cause) -> StepOutcome {
    if good {
        StepOutcome::passed()
    } else {
        failed(cause)
    }
}

fn outcome(step: CheckStep, form: &Form<'_>) -> StepOutcome {
    match step {
        CheckStep::LegalEntity => when(form.inn.is_some(), Cause::NoInn),
        // Not having it is no mistake: the profile call fills it in.
        CheckStep::OmsId => StepOutcome::Passed {
            found: form.oms_id.map(|id| id.masked().to_string()),
        },
        CheckStep::ConnectionId => when(form.connection.is_some(), Cause::NoDevice),
        CheckStep::IdsDiffer => ids_differ(form),
        CheckStep::ContourFits => contour_fits(form),
        CheckStep::Signer => signer(form),
        _ => StepOutcome::Skipped {
            why: SkipReason::EarlierFailed,
        },
    }
}

fn ids_differ(form: &Form<'_>) -> StepOutcome {
    let (Some(oms), Some(connection)) = (form.oms_id, form.connection) else {
        return StepOutcome::passed();
    };
    let same = uuid::Uuid::from(oms) == uuid::Uuid::from(connection);
    let swapped = form.known.is_connection(oms.into()) || form.known.is_oms(connection.into());
    when(!same && !swapped, Cause::IdsMixedUp)
}

fn contour_fits(form: &Form<'_>) -> StepOutcome {
    let ids = [form.oms_id.map(Into::into), form.connection.map(Into::into)];
    let elsewhere = ids
        .into_iter()
        .flatten()
        .any(|id| form.known.of_other_contour(id, form.contour).is_some());
    when(!elsewhere, Cause::OtherContour)
}

fn signer(form: &Form<'_>) -> StepOutcome {
    if !form.way_there {
        return failed(Cause::NoSigner);
    }
    if form.way == SigningWay::DemoKey && form.contour != Contour::Sandbox {
        return failed(Cause::NoSigner);
    }
    match form.certificate {
        Some(certificate) if certificate.until <= form.now => failed(Cause::CertificateExpired),
        certificate => StepOutcome::Passed {
            found: certificate.map(|one| one.owner.clone()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::LegalEntityId, suz::paste::KnownId};

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn form<'a>(inn: &'a Inn, known: &'a KnownIds) -> Form<'a> {
        Form {
            contour: Contour::Production,
            inn: Some(inn),
            oms_id: "67ad4640-ee4c-4ce5-8c52-7b3b35a6c4d1".parse().ok(),
            connection: "2be5c1f0-9a3d-8f11-b001-0242ac120002".parse().ok(),
            way: SigningWay::Browser,
            way_there: true,
            certificate: None,
            known,
            now: NOW,
        }
    }

    fn first_failure(form: &Form<'_>) -> Option<(CheckStep, Cause)> {
        let report = check_form(form, CheckLevel::Form);
        report.failure().map(|(step, why)| (step, why.cause))
    }

    #[test]
    fn a_good_form_passes_whole() {
        let inn = "7736207543".parse().expect("an INN");
        let known = KnownIds::default();
        let report = check_form(&form(&inn, &known), CheckLevel::Form);
        assert!(report.well());
        assert_eq!(report.steps.len(), CheckStep::of(CheckLevel::Form).count());
        let deeper = check_form(&form(&inn, &known), CheckLevel::Request);
        assert!(!deeper.well(), "the calls are still to be made");
    }

    #[test]
    fn every_fault_of_the_form_is_found_at_its_step() {
        let inn = "7736207543".parse().expect("an INN");
        let none = KnownIds::default();
        let good = form(&inn, &none);
        let entity = LegalEntityId::from_parts(1, [1; 10]);
        let oms = good.oms_id.expect("set");
        let connection = good.connection.expect("set");
        let tested = KnownIds(vec![KnownId::oms(oms, Contour::Test, entity, "ООО")]);
        let swapped = KnownIds(vec![KnownId::oms(
            uuid::Uuid::from(connection).into(),
            Contour::Production,
            entity,
            "ООО",
        )]);
        let expired = Certificate {
            thumbprint: "AA".into(),
            owner: "ООО".into(),
            inn: None,
            company: true,
            issuer: "ФНС".into(),
            from: None,
            until: NOW,
        };
        let cases = [
            (
                Form { inn: None, ..good },
                CheckStep::LegalEntity,
                Cause::NoInn,
            ),
            (
                Form {
                    connection: None,
                    ..good
                },
                CheckStep::ConnectionId,
                Cause::NoDevice,
            ),
            (
                Form {
                    oms_id: Some(uuid::Uuid::from(connection).into()),
                    ..good
                },
                CheckStep::IdsDiffer,
                Cause::IdsMixedUp,
            ),
            (
                Form {
                    known: &swapped,
                    ..good
                },
                CheckStep::IdsDiffer,
                Cause::IdsMixedUp,
            ),
            (
                Form {
                    known: &tested,
                    ..good
                },
                CheckStep::ContourFits,
                Cause::OtherContour,
            ),
            (
                Form {
                    way_there: false,
                    ..good
                },
                CheckStep::Signer,
                Cause::NoSigner,
            ),
            (
                Form {
                    way: SigningWay::DemoKey,
                    ..good
                },
                CheckStep::Signer,
                Cause::NoSigner,
            ),
            (
                Form {
                    certificate: Some(&expired),
                    ..good
                },
                CheckStep::Signer,
                Cause::CertificateExpired,
            ),
        ];
        for (form, step, cause) in cases {
            assert_eq!(first_failure(&form), Some((step, cause)));
        }
    }

    #[test]
    fn a_missing_oms_id_is_no_fault() {
        let inn = "7736207543".parse().expect("an INN");
        let known = KnownIds::default();
        let without = Form {
            oms_id: None,
            ..form(&inn, &known)
        };
        assert_eq!(first_failure(&without), None);
    }
}
