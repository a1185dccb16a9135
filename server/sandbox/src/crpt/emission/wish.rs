//! What an order of codes says, read and checked member by member; all that is wrong is told at once.

use jiff::civil::Date;
use serde_json::Value;

use super::line::{self, Line};
use super::new_order::text;
use crate::crpt::{
    ids::is_uuid,
    product_groups::{self, ProductGroup, ReleaseMethod},
    refusal::Refusal,
};

/// The longest number of a customer's own.
const LONGEST_NUMBER: usize = 256;

/// An order somebody wants.
pub(super) struct Wish {
    pub(super) group: &'static ProductGroup,
    pub(super) lines: Vec<Line>,
    pub(super) release: Option<ReleaseMethod>,
    pub(super) production_order_id: Option<String>,
    pub(super) service_provider_id: Option<String>,
    pub(super) payment_type: Option<u8>,
}

/// What is wrong, by member.
pub(super) type Faults = Vec<(String, String)>;

pub(super) const DUE: &str = "Поле обязательно для заполнения";
pub(super) const NOT_ALLOWED: &str = "Недопустимое значение";
pub(super) const WRONG_FORM: &str = "Неверный формат";

impl Wish {
    /// Reads the body of a request on a day of Moscow.
    pub(super) fn read(body: &Value, day: Date) -> Result<Self, Refusal> {
        let alias =
            text(body, "productGroup").ok_or_else(|| Refusal::field("productGroup", DUE))?;
        let group = product_groups::find(alias)
            .ok_or_else(|| Refusal::field("productGroup", NOT_ALLOWED))?;
        let mut faults = Faults::new();
        let none = Value::Null;
        let attributes = body.get("attributes").unwrap_or(&none);
        let release = release(group, attributes, day, &mut faults);
        let production_order_id = number_of_ones_own(attributes, &mut faults);
        let payment_type = payment_type(group, attributes, &mut faults);
        for name in group.due_attributes {
            if text(attributes, name).is_none_or(str::is_empty) {
                faults.push((format!("attributes.{name}"), DUE.to_owned()));
            }
        }
        let contact = text(attributes, "contactPerson");
        if contact.is_some_and(|name| !(1..=128).contains(&name.chars().count())) {
            faults.push(("attributes.contactPerson".to_owned(), WRONG_FORM.to_owned()));
        }
        let service_provider_id = text(body, "serviceProviderId").map(str::to_owned);
        if service_provider_id
            .as_deref()
            .is_some_and(|id| !is_uuid(id))
        {
            faults.push(("serviceProviderId".to_owned(), WRONG_FORM.to_owned()));
        }
        let lines = line::read(group, body, release, &mut faults);
        if !faults.is_empty() {
            return Err(Refusal::fields(faults));
        }
        Ok(Self {
            group,
            lines,
            release,
            production_order_id,
            service_provider_id,
            payment_type,
        })
    }
}

fn release(
    group: &ProductGroup,
    attributes: &Value,
    day: Date,
    faults: &mut Faults,
) -> Option<ReleaseMethod> {
    let name = "attributes.releaseMethodType";
    let Some(value) = attributes.get("releaseMethodType") else {
        if group.release_is_due {
            faults.push((name.to_owned(), DUE.to_owned()));
        }
        return None;
    };
    let method = serde_json::from_value(value.clone()).ok();
    let open = method.filter(|method| {
        let mut releases = group.releases.iter();
        releases.any(|one| one.method == *method && one.is_open(day))
    });
    if open.is_none() {
        let words = "Способ выпуска товаров в оборот недоступен для товарной группы";
        faults.push((name.to_owned(), words.to_owned()));
    }
    open
}

fn number_of_ones_own(attributes: &Value, faults: &mut Faults) -> Option<String> {
    let value = attributes.get("productionOrderId")?;
    let good = value.as_str().filter(|text| {
        !text.trim().is_empty()
            && !text.chars().any(char::is_control)
            && text.chars().count() <= LONGEST_NUMBER
    });
    if good.is_none() {
        faults.push((
            "attributes.productionOrderId".to_owned(),
            WRONG_FORM.to_owned(),
        ));
    }
    good.map(str::to_owned)
}

fn payment_type(group: &ProductGroup, attributes: &Value, faults: &mut Faults) -> Option<u8> {
    let value = attributes.get("paymentType")?;
    let good = value
        .as_u64()
        .and_then(|number| u8::try_from(number).ok())
        .filter(|number| group.takes_payment_type && matches!(number, 1 | 2));
    if good.is_none() {
        faults.push(("attributes.paymentType".to_owned(), NOT_ALLOWED.to_owned()));
    }
    good
}

#[cfg(test)]
mod tests {
    use super::{super::line::has_right_check_digit, *};
    use crate::moscow::parse_day;
    use serde_json::json;

    fn order() -> Value {
        json!({
            "productGroup": "lp",
            "products": [{
                "gtin": "04600712204107", "quantity": 2, "serialNumberType": "OPERATOR", "templateId": 10, "cisType": "UNIT",
            }],
            "attributes": { "releaseMethodType": "PRODUCTION", "productionOrderId": "наш 1" },
        })
    }

    fn faults(body: &Value, day: &str) -> Vec<String> {
        match Wish::read(body, parse_day(day).unwrap()) {
            Ok(_) => Vec::new(),
            Err(refusal) => refusal.field_names(),
        }
    }

    fn names(change: impl FnOnce(&mut Value)) -> Vec<String> {
        let mut body = order();
        change(&mut body);
        faults(&body, "2026-11-23")
    }

    #[test]
    fn a_right_order_is_read_and_the_sample_of_the_check_digit_is_right() {
        assert_eq!(names(|_| {}), Vec::<String>::new());
        assert!(has_right_check_digit("04606038003172"));
        assert!(!has_right_check_digit("01334567894339"), "a printed sample");
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        let found = names(|body| {
            body["products"][0]["gtin"] = json!("4600712204107");
            body["products"][0]["quantity"] = json!(0);
            body["products"][0]["templateId"] = json!(9);
            body["products"][0]["cisType"] = json!("GROUP");
            body["attributes"] = json!({ "paymentType": 2, "productionOrderId": " " });
        });
        assert_eq!(
            found,
            [
                "attributes.releaseMethodType",
                "attributes.productionOrderId",
                "attributes.paymentType",
                "products[0].gtin",
                "products[0].quantity",
                "products[0].templateId",
                "products[0].cisType",
            ]
        );
    }

    #[test]
    fn one_gtin_may_have_more_codes_than_each_of_several() {
        let line = |gtin: &str, quantity: u32| {
            let mut line = order()["products"][0].clone();
            line["gtin"] = json!(gtin);
            line["quantity"] = json!(quantity);
            line
        };
        let with = |products: Vec<Value>| names(|body| body["products"] = json!(products));
        assert!(with(vec![line("04600712204107", 2_000_000)]).is_empty());
        assert_eq!(
            with(vec![line("04600712204107", 2_000_001)]),
            ["products[0].quantity"]
        );
        let two = |quantity| {
            with(vec![
                line("04600712204107", quantity),
                line("04606038003172", 1),
            ])
        };
        assert!(two(150_000).is_empty());
        assert_eq!(two(150_001), ["products[0].quantity"]);
        assert_eq!(
            with(vec![line("04600712204107", 1), line("04600712204107", 1)]),
            ["products[1].gtin"]
        );
        let eleven = vec![line("04600712204107", 1); 11];
        assert!(with(eleven).contains(&"products".to_owned()));
    }

    #[test]
    fn serials_of_ones_own_have_the_length_of_their_group() {
        let own = |serials: Value| {
            names(|body| {
                body["products"][0]["serialNumberType"] = json!("SELF_MADE");
                body["products"][0]["serialNumbers"] = serials;
            })
        };
        assert!(own(json!(["aZ8\"3kLmNoPq", "000000000001"])).is_empty());
        for bad in [
            json!(["000000000001"]),
            json!(["000000000001", "0000000000002"]),
            json!(["000000000001", "00000000 002"]),
            json!(["000000000001", 2]),
            Value::Null,
        ] {
            assert_eq!(own(bad), ["products[0].serialNumbers"]);
        }
        let unasked = names(|body| body["products"][0]["serialNumbers"] = json!(["000000000001"]));
        assert_eq!(unasked, ["products[0].serialNumbers"]);
    }

    #[test]
    fn a_release_method_is_open_for_a_time() {
        let mut body = order();
        body["attributes"]["releaseMethodType"] = json!("REMAINS");
        assert!(faults(&body, "2026-12-01").is_empty());
        assert_eq!(
            faults(&body, "2026-12-02"),
            ["attributes.releaseMethodType"]
        );
        body["attributes"]["releaseMethodType"] = json!("REAPPLY");
        assert_eq!(
            faults(&body, "2026-11-23"),
            ["attributes.releaseMethodType"]
        );
    }

    #[test]
    fn tobacco_asks_for_the_factory_and_not_for_the_release() {
        let mut body = order();
        body["productGroup"] = json!("tobacco");
        body["products"][0]["templateId"] = json!(4);
        body["attributes"] =
            json!({ "factoryId": "1", "factoryCountry": "RU", "productCode": "1" });
        assert_eq!(
            faults(&body, "2026-11-23"),
            ["attributes.productDescription"]
        );
    }
}
