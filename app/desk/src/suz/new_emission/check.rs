//! The order as a whole.

use super::{
    EmissionDraft, EmissionFault, FaultKind, FaultPlace, FieldValue, NewEmission, field,
    line::Rules,
};
use crate::suz::group_form::{FieldPlace, FormField, GroupForm, PaymentType, ReleaseRule, limits};

/// See [`NewEmission::check`].
pub(super) fn check(
    form: &GroupForm,
    draft: &EmissionDraft,
) -> Result<NewEmission, Vec<EmissionFault>> {
    let mut faults = Vec::new();
    if draft.group != form.alias {
        faults.push(EmissionFault::new(
            FaultPlace::Group,
            FaultKind::NoSuchGroup,
        ));
    }
    let release = release(form, draft).unwrap_or_else(|kind| {
        faults.push(EmissionFault::new(FaultPlace::Release, kind));
        None
    });
    let payment = payment(form, draft, release).unwrap_or_else(|kind| {
        faults.push(EmissionFault::new(FaultPlace::Payment, kind));
        None
    });
    let fields = field::read(
        form,
        &[FieldPlace::Order, FieldPlace::Attributes],
        &draft.fields,
        release.map(|rule| &rule.method),
        FaultPlace::Field,
        &mut faults,
    );
    let lines = lines(form, draft, release, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let (provider, attributes) = split(fields);
    Ok(NewEmission {
        group: form.alias.clone(),
        release: release.map(|rule| rule.method.clone()),
        payment,
        provider,
        attributes,
        lines,
    })
}

fn release<'a>(
    form: &'a GroupForm,
    draft: &EmissionDraft,
) -> Result<Option<&'a ReleaseRule>, FaultKind> {
    let Some(method) = &draft.release else {
        return if form.release_required {
            Err(FaultKind::Missing)
        } else {
            Ok(None)
        };
    };
    let method = method.clone();
    let mut rules = form.releases.iter().filter(|rule| rule.method == method);
    if let Some(open) = form.open_releases().find(|rule| rule.method == method) {
        return Ok(Some(open));
    }
    let Some(rule) = rules.next_back() else {
        return Err(FaultKind::ReleaseForeign { method });
    };
    Err(match (rule.from, rule.until) {
        (Some(from), _) if form.on < from => FaultKind::ReleaseNotYet { method, from },
        (_, Some(until)) => FaultKind::ReleaseOver { method, until },
        _ => FaultKind::ReleaseForeign { method },
    })
}

fn payment(
    form: &GroupForm,
    draft: &EmissionDraft,
    release: Option<&ReleaseRule>,
) -> Result<Option<PaymentType>, FaultKind> {
    if draft
        .payment
        .is_some_and(|one| !form.payments.contains(&one))
    {
        return Err(FaultKind::PaymentForeign);
    }
    let only = release.and_then(|rule| Some((rule.payment?, &rule.method)));
    match only {
        Some((payment, method)) if draft.payment != Some(payment) => Err(FaultKind::PaymentOnly {
            payment,
            method: method.clone(),
        }),
        _ => Ok(draft.payment),
    }
}

fn lines(
    form: &GroupForm,
    draft: &EmissionDraft,
    release: Option<&ReleaseRule>,
    faults: &mut Vec<EmissionFault>,
) -> Vec<super::NewLine> {
    let filled: Vec<_> = draft
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_blank())
        .collect();
    if filled.is_empty() {
        faults.push(EmissionFault::new(FaultPlace::Order, FaultKind::NoLines));
    }
    if filled.len() > limits::MOST_LINES {
        let kind = FaultKind::TooManyLines {
            found: filled.len(),
            most: limits::MOST_LINES,
        };
        faults.push(EmissionFault::new(FaultPlace::Order, kind));
        // A file in the wrong field has thousands of lines, and one fault says enough of them.
        return Vec::new();
    }
    let rules = Rules {
        form,
        release,
        among_others: filled.len() > 1,
    };
    let (mut before, mut read) = (Vec::new(), Vec::new());
    for (index, line) in filled {
        let (gtin, made) = rules.read(index, line, &before, faults);
        before.extend(gtin.map(|gtin| (index, gtin)));
        read.extend(made);
    }
    read
}

/// The provider stands beside the goods, everything else among the attributes.
fn split(fields: Vec<(FormField, FieldValue)>) -> (Option<String>, Vec<(FormField, FieldValue)>) {
    let mut provider = None;
    let mut attributes = Vec::new();
    for (field, value) in fields {
        match (field, value) {
            (FormField::ServiceProvider, FieldValue::Text(id)) => provider = Some(id),
            other => attributes.push(other),
        }
    }
    (provider, attributes)
}
