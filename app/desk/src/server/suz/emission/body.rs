//! An order as its station spells it.

use super::ordering::Checked;
use crate::{
    ids::EmissionId,
    server::ports::{
        call::CallError,
        code_ordering::{Attribute, CodeOrdering, OrderLine, OrderRequest, Serials},
    },
    suz::{group_form::FormField, new_emission::FieldValue},
};

/// The exact bytes of an order; our id is the key by which the station remembers it, where the group's orders have one.
pub(super) fn body_of(
    station: &dyn CodeOrdering,
    id: EmissionId,
    Checked { form, new }: &Checked,
) -> Result<Vec<u8>, CallError> {
    let of_lines: Vec<Vec<(String, Attribute)>> = new
        .lines()
        .iter()
        .map(|line| named(&line.attributes))
        .collect();
    let lines: Vec<OrderLine<'_>> = new
        .lines()
        .iter()
        .zip(&of_lines)
        .map(|(line, attributes)| OrderLine {
            gtin: line.gtin,
            quantity: line.quantity,
            serials: line
                .serials
                .as_deref()
                .map_or(Serials::Operator, Serials::Own),
            template: line.template.into(),
            cis_type: line.cis_type.as_str(),
            attributes,
        })
        .collect();
    let text = |text: &str| Attribute::Text(text.to_owned());
    let release = new
        .release()
        .map(|release| ("releaseMethodType".to_owned(), text(release.as_str())));
    let payment = new.payment().map(|payment| {
        let number = Attribute::Number(payment.number().into());
        ("paymentType".to_owned(), number)
    });
    let attributes: Vec<(String, Attribute)> = release
        .into_iter()
        .chain(payment)
        .chain(named(new.attributes()))
        .collect();
    let key = id.to_string();
    station.order_body(&OrderRequest {
        group: new.group(),
        lines: &lines,
        attributes: &attributes,
        service_provider: new.provider(),
        key: form.keeps_our_key.then_some(&key),
    })
}

fn named(fields: &[(FormField, FieldValue)]) -> Vec<(String, Attribute)> {
    let value = |value: &FieldValue| match value {
        FieldValue::Text(text) => Attribute::Text(text.clone()),
        FieldValue::Flag(flag) => Attribute::Flag(*flag),
    };
    fields
        .iter()
        .map(|(field, of)| (field.as_str().to_owned(), value(of)))
        .collect()
}
