//! The lines of an order of codes, each a GTIN.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    new_order::text,
    serials::ALPHABET,
    wish::{DUE, Faults, NOT_ALLOWED, WRONG_FORM},
};
use crate::crpt::product_groups::{CisType, ProductGroup, ReleaseMethod, Template};

/// The most GTINs of an order.
const MOST_GTINS: usize = 10;
/// The most codes of a GTIN that is alone in its order.
const MOST_ALONE: u32 = 2_000_000;
/// The most codes of a GTIN that is not.
const MOST_TOGETHER: u32 = 150_000;

/// A line somebody wants.
pub(super) struct Line {
    pub(super) gtin: String,
    pub(super) quantity: u32,
    pub(super) template: &'static Template,
    pub(super) cis_type: CisType,
    pub(super) own_serials: Vec<String>,
    pub(super) price: u64,
}

/// Reads the lines of an order.
pub(super) fn read(
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
pub(super) fn has_right_check_digit(gtin: &str) -> bool {
    let sum: u32 = gtin
        .bytes()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    sum.is_multiple_of(10)
}
