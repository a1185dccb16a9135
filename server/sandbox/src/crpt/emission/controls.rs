//! What only the control API does to orders of codes.

use serde::{Deserialize, Serialize};

use super::{
    Emission, EmissionRules, EmissionRulesChange,
    order::{Block, EmissionOrder},
};
use crate::crpt::{Crpt, CrptError};

/// Why an order is declined when nothing else is said.
const NO_REASON: &str = "Контрольно-логическая проверка заказа не пройдена.";

/// What becomes of an order besides what its customer does; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct OrderTurn {
    /// It is declined in these words; empty ones stand for the usual.
    pub decline: Option<String>,
    /// A line of it is rejected.
    pub reject: Option<Rejection>,
    /// The term of its codes ends this many milliseconds of world time from now.
    pub expires_in_ms: Option<i64>,
    /// When it becomes `READY`, milliseconds of world time since its signature.
    pub ready_ms: Option<i64>,
    /// How long its pools take to fill from then on.
    pub fill_ms: Option<i64>,
    /// `orders/search` does not find it for this many milliseconds of world time from now.
    pub hidden_ms: Option<i64>,
    /// Its signature is forgotten: it waits for another one.
    pub unsigned: bool,
    /// So many codes of each line, or as many as are there, are taken in the cabinet of СУЗ.
    pub taken_in_cabinet: Option<u32>,
    /// Its codes, those of all lines, are reported as applied.
    pub applied: Option<bool>,
    /// They are put into circulation.
    pub introduced: Option<bool>,
}

/// A line that is rejected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Rejection {
    /// Its GTIN; the last line's when absent.
    pub gtin: Option<String>,
    /// The words; the usual ones when absent.
    pub reason: Option<String>,
}

impl OrderTurn {
    fn take(self, order: &mut EmissionOrder, body: Option<&[u8]>, now_ms: i64) {
        if let Some(reason) = self.decline {
            let usual = reason.is_empty();
            order.decline = Some(if usual { NO_REASON.to_owned() } else { reason });
        }
        if let Some(rejection) = self.reject {
            rejection.take(order);
        }
        order.pace.ready_ms = self.ready_ms.unwrap_or(order.pace.ready_ms);
        order.pace.fill_ms = self.fill_ms.unwrap_or(order.pace.fill_ms);
        if let Some(ms) = self.hidden_ms {
            order.found_from_ms = now_ms.saturating_add(ms);
        }
        if self.unsigned {
            order.signed_ms = None;
            order.waiting_body = body.map(|body| String::from_utf8_lossy(body).into_owned());
        }
        if let Some(count) = self.taken_in_cabinet {
            take_in_cabinet(order, count, now_ms);
        }
        for buffer in &mut order.buffers {
            if let Some(ms) = self.expires_in_ms {
                buffer.expires_ms = Some(now_ms.saturating_add(ms));
            }
            buffer.applied = self.applied.unwrap_or(buffer.applied);
            buffer.introduced = self.introduced.unwrap_or(buffer.introduced);
        }
    }
}

/// Hands codes out to a person in the cabinet.
fn take_in_cabinet(order: &mut EmissionOrder, count: u32, now_ms: i64) {
    let there: Vec<u32> = order
        .buffers
        .iter()
        .map(|buffer| {
            let emitted = order.emitted(buffer, now_ms);
            emitted.saturating_sub(buffer.passed()).min(count)
        })
        .collect();
    for (buffer, quantity) in order.buffers.iter_mut().zip(there) {
        if quantity > 0 {
            let first = buffer.passed();
            buffer.blocks.push(Block {
                block_id: format!("cabinet-{first}"),
                first,
                quantity,
                at_ms: now_ms,
                retries: 0,
                in_cabinet: true,
            });
        }
    }
}

impl Rejection {
    fn take(self, order: &mut EmissionOrder) {
        let gtin = self.gtin;
        let line = order
            .buffers
            .iter_mut()
            .rev()
            .find(|line| gtin.as_ref().is_none_or(|gtin| *gtin == line.gtin));
        if let Some(line) = line {
            let usual = || "All pools in statuses: REJECTED or REQUEST_ERROR.".to_owned();
            line.rejection = Some(self.reason.unwrap_or_else(usual));
        }
    }
}

impl Emission {
    /// Lets something become of an order. `body` is what it came with, for a turn that makes it wait for a signature.
    pub(crate) fn turn(
        &mut self,
        order_id: &str,
        turn: OrderTurn,
        body: Option<&[u8]>,
        now_ms: i64,
    ) -> Option<&EmissionOrder> {
        let order = self.order_mut(order_id)?;
        turn.take(order, body, now_ms);
        Some(order)
    }
}

impl Crpt {
    /// Changes how the emission works.
    pub fn change_emission_rules(&mut self, change: EmissionRulesChange) -> EmissionRules {
        self.emission.rules.apply(change);
        self.emission.rules.clone()
    }

    /// Lets something become of an order.
    pub fn turn_order(
        &mut self,
        order_id: &str,
        turn: OrderTurn,
        now_ms: i64,
    ) -> Result<&EmissionOrder, CrptError> {
        if turn.unsigned {
            let words =
                "the body of an order is not kept: only a fault can take its signature away";
            return Err(CrptError::Impossible(words.to_owned()));
        }
        self.emission
            .turn(order_id, turn, None, now_ms)
            .ok_or_else(|| CrptError::NoOrder(order_id.to_owned()))
    }
}
