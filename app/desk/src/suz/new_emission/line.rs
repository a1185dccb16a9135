//! One line of the form.

use super::{
    DraftLine, EmissionFault, FaultKind, FaultPlace, NewLine, field,
    gtin::{is_technical, read_gtin},
    serials,
};
use crate::suz::group_form::{
    CisType, FieldPlace, FormField, GroupForm, ReleaseRule, Template, limits,
};
use cis::Gtin;

/// What all lines of an order are read against.
pub(super) struct Rules<'a> {
    /// The group's form.
    pub(super) form: &'a GroupForm,
    /// The chosen way of release, when it may be named.
    pub(super) release: Option<&'a ReleaseRule>,
    /// Whether the order has other lines.
    pub(super) among_others: bool,
}

impl Rules<'_> {
    /// Reads the line with this index. GTINs of the lines before it are told by the caller.
    pub(super) fn read(
        &self,
        index: usize,
        line: &DraftLine,
        before: &[(usize, Gtin)],
        faults: &mut Vec<EmissionFault>,
    ) -> (Option<Gtin>, Option<NewLine>) {
        let known = faults.len();
        let mut note = |place, kind| faults.push(EmissionFault::new(place, kind));
        let gtin = or_note(gtin(line, before), FaultPlace::Gtin(index), &mut note);
        let quantity = or_note(self.quantity(line), FaultPlace::Quantity(index), &mut note);
        let cis_type = or_note(self.cis_type(line), FaultPlace::CisType(index), &mut note);
        let template = cis_type.as_ref().and_then(|cis_type| {
            let template = self.template(line, cis_type);
            or_note(template, FaultPlace::Template(index), &mut note)
        });
        let serials = own_serials(index, line, quantity, template, faults);
        let release = self.release.map(|rule| &rule.method);
        let at = |field| FaultPlace::LineField(index, field);
        let attributes = field::read(
            self.form,
            &[FieldPlace::Line],
            &line.fields,
            release,
            at,
            faults,
        );
        let foreign_card = attributes
            .iter()
            .any(|(field, _)| *field == FormField::Producer);
        if foreign_card && line.serials.is_some() {
            let place = FaultPlace::Serials(index);
            faults.push(EmissionFault::new(place, FaultKind::SerialsWithProducer));
        }
        let closed = foreign_card || self.release.is_some_and(|rule| rule.no_technical);
        if closed && gtin.is_some_and(is_technical) {
            let place = FaultPlace::Gtin(index);
            faults.push(EmissionFault::new(place, FaultKind::TechnicalGtin));
        }
        let read = move || {
            Some(NewLine {
                gtin: gtin?,
                quantity: quantity?,
                serials: serials?,
                template: template?.id,
                cis_type: cis_type?,
                attributes,
            })
        };
        let made = if faults.len() == known { read() } else { None };
        (gtin, made)
    }

    fn quantity(&self, line: &DraftLine) -> Result<u32, FaultKind> {
        let text: String = line
            .quantity
            .chars()
            .filter(|one| !one.is_whitespace())
            .collect();
        if text.is_empty() {
            return Err(FaultKind::Missing);
        }
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(FaultKind::NotQuantity);
        }
        let most = if self.among_others {
            limits::MOST_EACH
        } else {
            limits::MOST_ALONE
        };
        // Digits that no number holds are too many as well.
        match text.parse().unwrap_or(u32::MAX) {
            0 => Err(FaultKind::NotQuantity),
            quantity if quantity > most => Err(FaultKind::TooManyCodes {
                most,
                among_others: self.among_others,
            }),
            quantity => Ok(quantity),
        }
    }

    fn cis_type(&self, line: &DraftLine) -> Result<CisType, FaultKind> {
        let cis_type = match (&line.cis_type, self.form.cis_types.as_slice()) {
            (Some(cis_type), _) => cis_type.clone(),
            (None, [only]) => only.clone(),
            (None, _) => return Err(FaultKind::Missing),
        };
        if !self.form.cis_types.contains(&cis_type) {
            return Err(FaultKind::CisTypeForeign { cis_type });
        }
        match self.release {
            Some(rule) if !rule.cis_types.is_empty() && !rule.cis_types.contains(&cis_type) => {
                Err(FaultKind::CisTypeNotWith {
                    cis_type,
                    method: rule.method.clone(),
                })
            }
            _ => Ok(cis_type),
        }
    }

    fn template(&self, line: &DraftLine, cis_type: &CisType) -> Result<&Template, FaultKind> {
        let Some(id) = line.template else {
            let mut fitting = self.form.templates.iter().filter(|one| one.fits(cis_type));
            return match (fitting.next(), fitting.next()) {
                (Some(only), None) => Ok(only),
                _ => Err(FaultKind::Missing),
            };
        };
        let template = self
            .form
            .template(id)
            .ok_or(FaultKind::TemplateForeign { template: id })?;
        if template.fits(cis_type) {
            Ok(template)
        } else {
            Err(FaultKind::TemplateUnfit {
                template: id,
                cis_type: cis_type.clone(),
            })
        }
    }
}

fn gtin(line: &DraftLine, before: &[(usize, Gtin)]) -> Result<Gtin, FaultKind> {
    let gtin = read_gtin(&line.gtin)?;
    match before.iter().find(|(_, known)| *known == gtin) {
        Some((first, _)) => Err(FaultKind::GtinTwice { first: *first }),
        None => Ok(gtin),
    }
}

fn or_note<T>(
    read: Result<T, FaultKind>,
    place: FaultPlace,
    note: &mut impl FnMut(FaultPlace, FaultKind),
) -> Option<T> {
    read.map_err(|kind| note(place, kind)).ok()
}

/// Own serial numbers: `Some(None)` when the operator makes them, nothing when they are wrong.
#[expect(
    clippy::option_option,
    reason = "whether they are right and whether there are any are two answers"
)]
fn own_serials(
    index: usize,
    line: &DraftLine,
    quantity: Option<u32>,
    template: Option<&Template>,
    faults: &mut Vec<EmissionFault>,
) -> Option<Option<Vec<String>>> {
    let Some(text) = line.serials.as_deref() else {
        return Some(None);
    };
    match serials::read(text, quantity, template.map(|one| one.own_serial)) {
        Ok(serials) => Some(Some(serials)),
        Err(kinds) => {
            let place = FaultPlace::Serials(index);
            let named = |kind| EmissionFault::new(place.clone(), kind);
            faults.extend(kinds.into_iter().map(named));
            None
        }
    }
}
