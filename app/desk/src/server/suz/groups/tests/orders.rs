//! For every group: its form, an order that is right, and orders that are not.

use super::{DICTIONARY, day, today};
use crate::suz::{
    group_form::{
        CisType, FieldKind, FieldPlace, FieldRule, FormField, GroupForm, PaymentType, Presence,
        ReleaseMethod, limits,
    },
    new_emission::{
        DraftLine, EmissionDraft, EmissionFault, FaultKind, FaultPlace, FieldValue, NewEmission,
    },
};

const GTIN: &str = "04670033010053";
const OTHER_GTIN: &str = "04610053147452";
const TECHNICAL_GTIN: &str = "02900000323049";

/// Something right for a field.
fn filling(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text { .. } => "Завод № 7",
        FieldKind::Uuid => "C5FE527A-564A-4075-B7DD-72F08CB9A8B1",
        FieldKind::Inn => "7736207543",
        FieldKind::Kopecks { .. } => "16500",
        FieldKind::Day => "2026-12-01",
        FieldKind::Flag => "false",
    }
}

/// The required fields of these places, or all that may be filled in.
fn fields(form: &GroupForm, place: FieldPlace, all: bool) -> Vec<(FormField, String)> {
    let wanted = |rule: &&FieldRule| match rule.presence {
        Presence::Required => true,
        Presence::Optional => all,
        Presence::OnlyWith(_) => false,
    };
    form.fields_of(place)
        .filter(wanted)
        .map(|rule| (rule.field.clone(), filling(rule.kind).to_owned()))
        .collect()
}

/// The plainest right order of a group.
fn plain(form: &GroupForm) -> EmissionDraft {
    let line = DraftLine {
        gtin: GTIN.to_owned(),
        quantity: "2".to_owned(),
        cis_type: Some(CisType::Unit),
        template: form
            .templates
            .iter()
            .find(|one| one.fits(&CisType::Unit))
            .map(|one| one.id),
        serials: None,
        fields: fields(form, FieldPlace::Line, false),
    };
    EmissionDraft {
        group: form.alias.clone(),
        release: form.open_releases().next().map(|rule| rule.method.clone()),
        payment: None,
        fields: fields(form, FieldPlace::Attributes, false),
        lines: vec![line],
    }
}

fn faults(form: &GroupForm, draft: &EmissionDraft) -> Vec<EmissionFault> {
    NewEmission::check(form, draft).expect_err("it is wrong")
}

/// Spoils the plain order and asserts that this one fault is all that is found.
fn refused(
    form: &GroupForm,
    place: FaultPlace,
    kind: FaultKind,
    spoil: impl FnOnce(&mut EmissionDraft),
) {
    let mut draft = plain(form);
    spoil(&mut draft);
    let expected = vec![EmissionFault::new(place, kind)];
    assert_eq!(faults(form, &draft), expected, "{}", form.alias);
}

/// A serial number of so many characters, another one for each count.
fn serial(length: u8, which: char) -> String {
    let head: String = "Zb8."
        .chars()
        .cycle()
        .take(usize::from(length) - 1)
        .collect();
    format!("{head}{which}")
}

#[test]
fn every_group_has_an_order_that_is_right() {
    for (_, alias) in DICTIONARY {
        let form = today(alias);
        let draft = plain(&form);
        let order = NewEmission::check(&form, &draft).unwrap_or_else(|faults| {
            panic!("{alias}: {faults:?}");
        });
        assert_eq!(order.group(), alias);
        assert_eq!(order.release(), draft.release.as_ref());
        assert_eq!((order.quantity(), order.lines().len()), (2, 1));
        let line = order.lines().first().expect("a line");
        assert_eq!(line.gtin.as_str(), GTIN);
        assert_eq!((line.quantity, &line.serials), (2, &None));
        assert!(form.template(line.template).is_some());
    }
}

#[test]
fn every_code_type_template_and_payment_of_every_group_can_be_ordered() {
    for (_, alias) in DICTIONARY {
        let form = today(alias);
        for cis_type in &form.cis_types {
            for template in form.templates.iter().filter(|one| one.fits(cis_type)) {
                let mut draft = plain(&form);
                draft.fields = fields(&form, FieldPlace::Attributes, true);
                draft.fields.extend(fields(&form, FieldPlace::Order, true));
                draft.payment = form.payments.first().copied();
                let line = draft.lines.first_mut().expect("a line");
                line.cis_type = Some(cis_type.clone());
                line.template = Some(template.id);
                line.fields = fields(&form, FieldPlace::Line, true);
                let [one, other] = ['a', 'b'].map(|which| serial(template.own_serial, which));
                line.serials = Some(format!("{one}\r\n{other}\r\n"));
                let order = NewEmission::check(&form, &draft)
                    .unwrap_or_else(|faults| panic!("{alias}: {faults:?}"));
                let line = order.lines().first().expect("a line");
                assert_eq!(line.serials, Some(vec![one, other]), "{alias}");
                assert_eq!(order.payment(), form.payments.first().copied());
                let provider = form.field(&FormField::ServiceProvider);
                assert_eq!(
                    order.provider(),
                    provider.map(|_| "c5fe527a-564a-4075-b7dd-72f08cb9a8b1"),
                    "{alias}: the provider in lower case, where the group has one"
                );
            }
        }
    }
}

#[test]
fn every_open_way_of_release_of_every_group_can_be_named() {
    for (_, alias) in DICTIONARY {
        let form = today(alias);
        for rule in form.open_releases() {
            let mut draft = plain(&form);
            draft.release = Some(rule.method.clone());
            draft.payment = rule.payment;
            let order = NewEmission::check(&form, &draft)
                .unwrap_or_else(|faults| panic!("{alias}: {faults:?}"));
            assert_eq!(order.release(), Some(&rule.method));
            assert_eq!(order.payment(), rule.payment);
        }
    }
}

#[test]
fn every_group_refuses_orders_that_are_wrong() {
    for (_, alias) in DICTIONARY {
        let form = today(alias);
        let first = form.templates.first().expect("a template");
        let first = plain(&form)
            .lines
            .first()
            .and_then(|line| line.template)
            .and_then(|id| form.template(id))
            .unwrap_or(first);
        refused(
            &form,
            FaultPlace::Gtin(0),
            FaultKind::GtinCheckDigit {
                expected: 3,
                found: 4,
            },
            |draft| draft.lines[0].gtin = "4670033010054".to_owned(),
        );
        // Those that are withdrawn: no group has them any more.
        for withdrawn in [2, 6] {
            refused(
                &form,
                FaultPlace::Template(0),
                FaultKind::TemplateForeign {
                    template: withdrawn,
                },
                |draft| draft.lines[0].template = Some(withdrawn),
            );
        }
        let longer = serial(first.own_serial + 1, 'a');
        refused(
            &form,
            FaultPlace::Serials(0),
            FaultKind::SerialLength {
                serial: longer.clone(),
                found: longer.len(),
                expected: first.own_serial,
            },
            |draft| {
                draft.lines[0].quantity = "1".to_owned();
                draft.lines[0].serials = Some(longer.clone());
            },
        );
        let type_of_none = CisType::Other("PALLET".to_owned());
        refused(
            &form,
            FaultPlace::CisType(0),
            FaultKind::CisTypeForeign {
                cis_type: type_of_none.clone(),
            },
            |draft| draft.lines[0].cis_type = Some(type_of_none.clone()),
        );
        let method = ReleaseMethod::Other("CROSSBORDER".to_owned());
        refused(
            &form,
            FaultPlace::Release,
            FaultKind::ReleaseForeign {
                method: method.clone(),
            },
            |draft| draft.release = Some(method),
        );
        if form.payments.is_empty() {
            refused(
                &form,
                FaultPlace::Payment,
                FaultKind::PaymentForeign,
                |draft| draft.payment = Some(PaymentType::AtApplication),
            );
        }
        if form.release_required {
            refused(&form, FaultPlace::Release, FaultKind::Missing, |draft| {
                draft.release = None;
            });
        }
    }
}

#[test]
fn a_field_that_must_be_there_is_missed_and_one_of_others_is_refused() {
    for (_, alias) in DICTIONARY {
        let form = today(alias);
        for rule in &form.fields {
            if rule.presence != Presence::Required {
                continue;
            }
            let place = match rule.place {
                FieldPlace::Line => FaultPlace::LineField(0, rule.field.clone()),
                FieldPlace::Order | FieldPlace::Attributes => FaultPlace::Field(rule.field.clone()),
            };
            refused(&form, place, FaultKind::Missing, |draft| {
                draft.fields.retain(|(field, _)| *field != rule.field);
                for line in &mut draft.lines {
                    line.fields.retain(|(field, _)| *field != rule.field);
                }
            });
        }
        for field in [FormField::FactoryId, FormField::FreeCode] {
            if form.field(&field).is_some() {
                continue;
            }
            let place = FaultPlace::Field(field.clone());
            refused(&form, place, FaultKind::FieldForeign, |draft| {
                draft.fields.push((field, "true".to_owned()));
            });
        }
    }
}

#[test]
fn limits_are_those_of_the_document_in_every_group() {
    for (_, alias) in DICTIONARY {
        let form = today(alias);
        let mut alone = plain(&form);
        alone.lines[0].quantity = "2 000 000".to_owned();
        let order = NewEmission::check(&form, &alone).expect("the most");
        assert_eq!(order.quantity(), u64::from(limits::MOST_ALONE));
        refused(
            &form,
            FaultPlace::Quantity(0),
            FaultKind::TooManyCodes {
                most: limits::MOST_ALONE,
                among_others: false,
            },
            |draft| draft.lines[0].quantity = "2000001".to_owned(),
        );
        refused(
            &form,
            FaultPlace::Quantity(1),
            FaultKind::TooManyCodes {
                most: limits::MOST_EACH,
                among_others: true,
            },
            |draft| {
                let mut second = draft.lines[0].clone();
                second.gtin = OTHER_GTIN.to_owned();
                second.quantity = "150001".to_owned();
                draft.lines.push(second);
            },
        );
        refused(
            &form,
            FaultPlace::Gtin(2),
            FaultKind::GtinTwice { first: 0 },
            |draft| {
                let mut second = draft.lines[0].clone();
                second.gtin = "4670033010053".to_owned();
                // A line that nobody filled in does not count, but keeps its place.
                draft.lines.push(DraftLine::default());
                draft.lines.push(second);
            },
        );
    }
}

#[test]
fn marking_outside_production_asks_for_what_its_group_asks() {
    for (_, alias) in DICTIONARY {
        let form = today(alias);
        let method = ReleaseMethod::Reapply;
        let Some(rule) = form.open_releases().find(|rule| rule.method == method) else {
            continue;
        };
        let with = |draft: &mut EmissionDraft| {
            draft.release = Some(ReleaseMethod::Reapply);
            draft.payment = rule.payment;
        };
        if form.cis_types.contains(&CisType::Group) {
            let kind = FaultKind::CisTypeNotWith {
                cis_type: CisType::Group,
                method: method.clone(),
            };
            refused(&form, FaultPlace::CisType(0), kind, |draft| {
                with(draft);
                draft.lines[0].cis_type = Some(CisType::Group);
            });
        }
        refused(
            &form,
            FaultPlace::Gtin(0),
            FaultKind::TechnicalGtin,
            |draft| {
                with(draft);
                draft.lines[0].gtin = TECHNICAL_GTIN.to_owned();
            },
        );
        if let Some(payment) = rule.payment {
            let kind = FaultKind::PaymentOnly { payment, method };
            refused(&form, FaultPlace::Payment, kind, |draft| {
                with(draft);
                draft.payment = Some(PaymentType::AtApplication);
            });
        }
    }
    let beer = today("beer");
    assert!(beer.releases.iter().any(|rule| rule.payment.is_some()));
}

#[test]
fn somebody_elses_card_is_ordered_for_with_its_owner_and_the_operators_serials() {
    let form = today("lp");
    let mut draft = plain(&form);
    let owner = |draft: &mut EmissionDraft| {
        let field = (FormField::Producer, "7736207543".to_owned());
        draft.lines[0].fields.push(field);
    };
    owner(&mut draft);
    draft.release = Some(ReleaseMethod::Remark);
    let order = NewEmission::check(&form, &draft).expect("right");
    assert_eq!(
        order.lines()[0].attributes,
        [(
            FormField::Producer,
            FieldValue::Text("7736207543".to_owned())
        )]
    );
    let place = FaultPlace::LineField(0, FormField::Producer);
    let methods = vec![ReleaseMethod::Remark, ReleaseMethod::Remains];
    refused(&form, place, FaultKind::FieldOnlyWith { methods }, owner);
    refused(
        &form,
        FaultPlace::Serials(0),
        FaultKind::SerialsWithProducer,
        |draft| {
            owner(draft);
            draft.release = Some(ReleaseMethod::Remark);
            draft.lines[0].quantity = "1".to_owned();
            draft.lines[0].serials = Some(serial(12, 'a'));
        },
    );
}

#[test]
fn a_way_of_release_that_is_over_says_since_when() {
    let form = super::form("lp", day("2026-12-02")).expect("a group");
    refused(
        &form,
        FaultPlace::Release,
        FaultKind::ReleaseOver {
            method: ReleaseMethod::Remains,
            until: day("2026-12-01"),
        },
        |draft| draft.release = Some(ReleaseMethod::Remains),
    );
    let form = super::form("gadgets", day("2026-04-30")).expect("a group");
    refused(
        &form,
        FaultPlace::Release,
        FaultKind::ReleaseNotYet {
            method: ReleaseMethod::Reapply,
            from: day("2026-05-01"),
        },
        |draft| draft.release = Some(ReleaseMethod::Reapply),
    );
}
