//! What an order of codes says, read and checked member by member; all that is wrong is told at once.

use std::collections::HashSet;

use jiff::civil::Date;
use serde_json::Value;

use super::{new_order::text, serials::ALPHABET};
use crate::crpt::{
    ids::is_uuid,
    product_groups::{self, CisType, ProductGroup, ReleaseMethod, Template},
    refusal::Refusal,
};

/// The most GTINs of an order.
const MOST_GTINS: usize = 10;
/// The most codes of a GTIN that is alone in its order.
const MOST_ALONE: u32 = 2_000_000;
/// The most codes of a GTIN that is not.
const MOST_TOGETHER: u32 = 150_000;
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

/// A line of it.
pub(super) struct Line {
    pub(super) gtin: String,
    pub(super) quantity: u32,
    pub(super) template: &'static Template,
    pub(super) cis_type: CisType,
    pub(super) own_serials: Vec<String>,
    pub(super) price: u64,
}

/// What is wrong, by member.
type Faults = Vec<(String, String)>;

const DUE: &str = "Поле обязательно для заполнения";
const NOT_ALLOWED: &str = "Недопустимое значение";
const WRONG_FORM: &str = "Неверный формат";

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
        let lines = lines(group, body, release, &mut faults);
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

fn lines(
    group: &'static ProductGroup,
    body: &Value,
    release: Option<ReleaseMethod>,
    faults: &mut Faults,
) -> Vec<Line> {
    let products = body.get("products").and_then(Value::as_array);
    let Some(products) = products.filter(|products| !products.is_empty()) else {
        faults.push(("products".to_owned(), DUE.to_owned()));
        return Vec::new();
    };
    if products.len() > MOST_GTINS {
        let words = format!("Количество GTIN в заказе не должно превышать {MOST_GTINS}");
        faults.push(("products".to_owned(), words));
    }
    let most = if products.len() == 1 {
        MOST_ALONE
    } else {
        MOST_TOGETHER
    };
    let mut seen = HashSet::new();
    let mut lines = Vec::new();
    for (place, product) in products.iter().enumerate() {
        let mut reader = Reader {
            group,
            product,
            path: format!("products[{place}]"),
            faults,
        };
        let line = reader.line(most, release);
        if let Some(line) = line {
            if !seen.insert(line.gtin.clone()) {
                reader.wrong("gtin", "GTIN повторяется в заказе");
            }
            lines.push(line);
        }
    }
    lines
}

/// Reads one line.
struct Reader<'a> {
    group: &'static ProductGroup,
    product: &'a Value,
    path: String,
    faults: &'a mut Faults,
}

impl Reader<'_> {
    fn wrong(&mut self, name: &str, words: impl Into<String>) {
        self.faults
            .push((format!("{}.{name}", self.path), words.into()));
    }

    fn line(&mut self, most: u32, release: Option<ReleaseMethod>) -> Option<Line> {
        let gtin = self.gtin();
        let quantity = self.quantity(most);
        let template = self.template();
        let cis_type = self.cis_type(release);
        let own_serials = self.serials(quantity, template);
        let price = self.price();
        Some(Line {
            gtin: gtin?,
            quantity: quantity?,
            template: template?,
            cis_type: cis_type?,
            own_serials: own_serials?,
            price: price?,
        })
    }

    fn gtin(&mut self) -> Option<String> {
        let gtin = text(self.product, "gtin").unwrap_or_default();
        if gtin.len() != 14 || !gtin.bytes().all(|byte| byte.is_ascii_digit()) {
            self.wrong("gtin", "Значение должно соответствовать шаблону [0-9]{14}");
            return None;
        }
        if !has_right_check_digit(gtin) {
            self.wrong("gtin", "Неверная контрольная цифра GTIN");
            return None;
        }
        Some(gtin.to_owned())
    }

    fn quantity(&mut self, most: u32) -> Option<u32> {
        let quantity = self.product.get("quantity").and_then(Value::as_u64);
        match quantity.and_then(|number| u32::try_from(number).ok()) {
            Some(quantity) if (1..=most).contains(&quantity) => Some(quantity),
            Some(quantity) if quantity > most => {
                let words = format!("Количество КМ не должно превышать {most}");
                self.wrong("quantity", words);
                None
            }
            _ => {
                self.wrong(
                    "quantity",
                    "Значение должно быть положительным целым числом",
                );
                None
            }
        }
    }

    fn template(&mut self) -> Option<&'static Template> {
        // The table types it as text, every sample is a number.
        let value = self.product.get("templateId");
        let id = value.and_then(|value| {
            let text = || value.as_str()?.parse().ok();
            value.as_i64().or_else(text)
        });
        let template = id.and_then(|id| self.group.template(id));
        if template.is_none() {
            self.wrong("templateId", "Шаблон КМ недоступен для товарной группы");
        }
        template
    }

    fn cis_type(&mut self, release: Option<ReleaseMethod>) -> Option<CisType> {
        let value = self.product.get("cisType").cloned();
        let cis_type = value
            .and_then(|value| serde_json::from_value(value).ok())
            .filter(|one| self.group.cis_types.contains(one))
            .filter(|one| release != Some(ReleaseMethod::Reapply) || *one == CisType::Unit);
        if cis_type.is_none() {
            self.wrong("cisType", "Тип КМ недоступен для товарной группы");
        }
        cis_type
    }

    fn serials(
        &mut self,
        quantity: Option<u32>,
        template: Option<&'static Template>,
    ) -> Option<Vec<String>> {
        let given = self.product.get("serialNumbers").and_then(Value::as_array);
        match text(self.product, "serialNumberType") {
            Some("OPERATOR") if given.is_none_or(Vec::is_empty) => Some(Vec::new()),
            Some("OPERATOR") => {
                self.wrong(
                    "serialNumbers",
                    "Серийные номера указываются только при SELF_MADE",
                );
                None
            }
            Some("SELF_MADE") => {
                let serials: Vec<String> = given
                    .into_iter()
                    .flatten()
                    .map(|one| one.as_str().unwrap_or_default().to_owned())
                    .collect();
                self.own_serials(serials, quantity?, template?)
            }
            _ => {
                self.wrong("serialNumberType", NOT_ALLOWED);
                None
            }
        }
    }

    fn own_serials(
        &mut self,
        serials: Vec<String>,
        quantity: u32,
        template: &Template,
    ) -> Option<Vec<String>> {
        if u32::try_from(serials.len()) != Ok(quantity) {
            let words = "Количество серийных номеров не соответствует количеству КМ";
            self.wrong("serialNumbers", words);
            return None;
        }
        let due = self.group.own_serial(template);
        let bad = serials.iter().find(|serial| {
            serial.len() != due || !serial.bytes().all(|byte| ALPHABET.contains(&byte))
        });
        if let Some(bad) = bad {
            let words = format!(
                "Серийный номер {bad} не соответствует шаблону: {due} символов алфавита GS1"
            );
            self.wrong("serialNumbers", words);
            return None;
        }
        Some(serials)
    }

    /// `mrp`, kopecks.
    fn price(&mut self) -> Option<u64> {
        let attributes = self.product.get("attributes");
        let Some(value) = attributes.and_then(|attributes| attributes.get("mrp")) else {
            return Some(0);
        };
        let price = value
            .as_str()
            .and_then(|text| text.parse().ok())
            .filter(|price| *price < 1_000_000);
        if price.is_none() {
            self.wrong("attributes.mrp", WRONG_FORM);
        }
        price
    }
}

/// The GS1 check digit: weights 1 and 3 from the right, a sum that ten divides.
fn has_right_check_digit(gtin: &str) -> bool {
    let sum: u32 = gtin
        .bytes()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
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
