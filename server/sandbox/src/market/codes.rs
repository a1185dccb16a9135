//! Sample codes: what a seller would have on the shelf for an order.
//!
//! The same order, line and unit always give the same code, until that code is rejected: then the unit gets a fresh one. The codes are of the right shape and belong to nobody: no registry knows them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    cis_pattern::GS,
    ids::{ItemId, OrderId},
    order::{Instance, InstanceType, Item, Order},
};
use crate::{dice::Dice, wire_enum::wire_enum};

/// The characters GS1 allows in a serial number (character set 82).
const CSET_82: &[u8] =
    b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const DIGITS: &[u8] = b"0123456789";

wire_enum! {
    /// The layout of a product group's codes.
    pub enum CodeLayout {
        /// Shoes, clothes, perfume: 13-character serial, then the verification key 91 and the signature 92.
        Long = "LONG",
        /// Beer, milk, water: 7-character serial, then the short check 93.
        Short = "SHORT",
    }
}

/// Sample codes of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LineCodes {
    /// The line.
    pub id: ItemId,
    /// Its product.
    pub offer_name: String,
    /// The marking code or UIN of each unit; empty for a line that asks only for customs numbers.
    pub codes: Vec<String>,
    /// What to send for each unit, ready-made.
    pub instances: Vec<Instance>,
}

/// Sample codes for every line of an order that asks for them; none of those that verification has rejected.
pub(super) fn samples(order: &Order, rejected: &BTreeSet<String>) -> Vec<LineCodes> {
    order
        .items
        .iter()
        .filter(|item| !item.required_instance_types.is_empty())
        .map(|item| {
            let instances: Vec<Instance> = (0..item.count)
                .map(|unit| fresh(order.order_id, item, unit, rejected))
                .collect();
            LineCodes {
                id: item.id,
                offer_name: item.offer_name.clone(),
                codes: instances
                    .iter()
                    .filter_map(|instance| instance.cis.clone().or_else(|| instance.uin.clone()))
                    .collect(),
                instances,
            }
        })
        .collect()
}

/// What to send for one unit, counted from 0, when some codes are already known to be bad.
fn fresh(order: OrderId, item: &Item, unit: u32, rejected: &BTreeSet<String>) -> Instance {
    let is_bad = |one: &Instance| {
        let mark = one.cis.as_ref().or(one.uin.as_ref());
        mark.is_some_and(|mark| rejected.contains(mark))
    };
    // One attempt more than there are bad codes is always enough.
    (0..)
        .take(rejected.len().saturating_add(1))
        .map(|attempt| attempted(order, item, unit, attempt))
        .find(|one| !is_bad(one))
        .unwrap_or_default()
}

/// What to send first for one unit, counted from 0.
pub(super) fn sample(order: OrderId, item: &Item, unit: u32) -> Instance {
    attempted(order, item, unit, 0)
}

fn attempted(order: OrderId, item: &Item, unit: u32, attempt: i64) -> Instance {
    let asks = |kind| item.required_instance_types.contains(&kind);
    let place = [order.0, item.id.0, i64::from(unit), attempt];
    // The first attempt keeps the seed it has always had: codes already on somebody's shelf stay the same.
    let mut dice = match place {
        [order, item, unit, 0] => Dice::new(&[order, item, unit]),
        again => Dice::new(&again),
    };
    // One batch came with one declaration: the same for all units of the line.
    let mut customs = Dice::new(&[order.0, item.id.0, -1]);
    let declaration = format!(
        "10228010/1{}0926/3{}",
        customs.text(DIGITS, 1),
        customs.text(DIGITS, 6),
    );
    let mut instance = Instance::default();
    if asks(InstanceType::Uin) {
        instance.uin = Some(format!("64{}", dice.text(DIGITS, 14)));
    } else if asks(InstanceType::Cis) || asks(InstanceType::CisOptional) {
        instance.cis = Some(cis(&item.gtin, item.code_layout, &mut dice));
    }
    if asks(InstanceType::Rnpt) {
        instance.rnpt = Some(format!("{declaration}/001"));
    }
    if asks(InstanceType::Gtd) {
        instance.gtd = Some(declaration);
        instance.country_code = Some("CN".to_owned());
    }
    instance
}

fn cis(gtin: &str, layout: CodeLayout, dice: &mut Dice) -> String {
    match layout {
        CodeLayout::Long => format!(
            "01{gtin}215{}{GS}91EE{}{GS}92{}=",
            dice.text(CSET_82, 12),
            dice.text(DIGITS, 2),
            dice.text(BASE64, 43),
        ),
        CodeLayout::Short => format!(
            "01{gtin}215{}{GS}93{}",
            dice.text(CSET_82, 6),
            dice.text(BASE64, 4),
        ),
    }
}

/// A 14-digit GTIN of a Russian company for a number, with its right check digit.
pub(super) fn gtin(number: i64) -> String {
    let body = format!("0460{:09}", number.rem_euclid(1_000_000_000));
    let check = check_digit(&body);
    format!("{body}{check}")
}

/// The GS1 check digit: weights 3 and 1 from the right.
fn check_digit(body: &str) -> u32 {
    let sum: u32 = body
        .chars()
        .rev()
        .filter_map(|digit| digit.to_digit(10))
        .zip([3, 1].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::{super::cis_pattern::objection, *};

    #[test]
    fn the_check_digit_is_right() {
        assert_eq!(check_digit("400638133393"), 1);
        assert_eq!(check_digit("629104150021"), 3);
        assert_eq!(gtin(7).len(), 14);
    }

    #[test]
    fn codes_of_both_layouts_match_the_patterns() {
        for seed in 0..500 {
            let mut dice = Dice::new(&[seed]);
            for layout in [CodeLayout::Long, CodeLayout::Short] {
                let code = cis(&gtin(seed), layout, &mut dice);
                assert_eq!(objection(&code), None, "{code:?}");
            }
        }
    }
}
