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
