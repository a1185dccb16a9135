//! The emission of codes: orders, the codes of their lines, and what Честный ЗНАК knows of each code since.
//!
//! Read were sections 4.4.1 to 4.4.8, 4.4.21 to 4.4.24, 4.4.29 and 5.3.1 of «СУЗ-Облако 4.0. Руководство программиста», API 3.0.36, edition 62.
//!
//! No code is kept: it is made anew out of its number whenever somebody asks for it.

mod close;
pub(crate) mod codes;
mod controls;
mod documents;
mod hand_out;
mod line;
mod listing;
mod new_order;
pub mod order;
pub(crate) mod registry;
mod rules;
mod serials;
mod wish;

use serde::{Deserialize, Serialize};

use super::{Crpt, ids::Inn, refusal::Refusal};
use order::{Buffer, EmissionOrder};

pub use controls::{OrderTurn, Rejection};
pub use rules::{EmissionRules, EmissionRulesChange, Introduction, OverAsking};

pub(super) use close::close;
pub(super) use documents::{content, delete, documents, sign, waiting_body};
pub(super) use hand_out::{blocks, codes, retry};
pub(super) use listing::{list, product, search, status};
pub(super) use new_order::create;

/// Everything the emission remembers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Emission {
    /// The orders, oldest first.
    pub orders: Vec<EmissionOrder>,
    /// How it works today.
    pub rules: EmissionRules,
    /// How many codes of each GTIN were ever ordered: the next ones go on from there.
    emitted: std::collections::BTreeMap<String, u64>,
    /// What makes the codes of this world other than those of the next; 0: there are none yet.
    key: u64,
}

impl Emission {
    /// An order by its number.
    pub fn order(&self, id: &str) -> Option<&EmissionOrder> {
        self.orders.iter().find(|order| order.order_id == id)
    }

    fn order_mut(&mut self, id: &str) -> Option<&mut EmissionOrder> {
        self.orders.iter_mut().find(|order| order.order_id == id)
    }

    /// The orders of a participant, oldest first.
    fn of(&self, inn: &Inn) -> impl Iterator<Item = &EmissionOrder> {
        self.orders.iter().filter(move |order| order.inn == *inn)
    }

    /// The codes of a line that were handed out, in their order, each with the end of a line behind it.
    pub(crate) fn lines(
        &self,
        order: &EmissionOrder,
        buffer: &Buffer,
    ) -> Option<impl Iterator<Item = Vec<u8>> + use<>> {
        let maker = buffer.maker(self.key, order.group()?)?;
        let places = 0..u64::from(buffer.passed());
        Some(places.map(move |place| {
            let mut line = Vec::with_capacity(128);
            maker.write(place, &mut |byte| line.push(byte));
            line.push(b'\n');
            line
        }))
    }

    /// The codes of a line that were handed out, in their order.
    pub fn handed_out(&self, order: &EmissionOrder, buffer: &Buffer) -> Vec<String> {
        let maker = order
            .group()
            .and_then(|group| buffer.maker(self.key, group));
        let places = 0..u64::from(buffer.passed());
        maker
            .into_iter()
            .flat_map(|maker| places.clone().map(move |place| maker.code(place)))
            .collect()
    }
}

impl Crpt {
    /// A participant's order; a foreign one is as good as none.
    fn order_of(&self, inn: &Inn, id: &str) -> Result<&EmissionOrder, Refusal> {
        self.emission
            .order(id)
            .filter(|order| order.inn == *inn)
            .ok_or_else(|| no_order(id))
    }

    fn order_of_mut(&mut self, inn: &Inn, id: &str) -> Result<&mut EmissionOrder, Refusal> {
        self.emission
            .order_mut(id)
            .filter(|order| order.inn == *inn)
            .ok_or_else(|| no_order(id))
    }
}

fn no_order(id: &str) -> Refusal {
    Refusal::not_found(format!("Заказ {id} не найден"))
}

fn no_line(order: &EmissionOrder, gtin: &str) -> Refusal {
    Refusal::not_found(format!(
        "В заказе {} нет подзаказа с GTIN {gtin}",
        order.order_id
    ))
}
