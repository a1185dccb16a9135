//! An order of codes as it stands: where it and its lines are follows from what was done to it and from the world's clock.

use serde::{Deserialize, Serialize};

use super::codes::CodeMaker;
use crate::{
    crpt::{
        ids::Inn,
        product_groups::{self, CisType, ProductGroup, ReleaseMethod},
    },
    wire_enum::wire_enum,
};

/// How long a line whose codes are all handed out stays open by itself, milliseconds.
const OPEN_WHEN_EMPTY_MS: i64 = 48 * 3_600_000;

wire_enum! {
    /// Where an order stands, `orderStatus`.
    pub enum OrderStatus {
        /// It waits for its signature or for its turn.
        Created = "CREATED",
        /// ГИС МТ looks at it.
        Pending = "PENDING",
        /// It may be carried out.
        Approved = "APPROVED",
        /// Codes can be taken.
        Ready = "READY",
        /// It is over.
        Closed = "CLOSED",
        /// It was refused.
        Declined = "DECLINED",
    }
}

wire_enum! {
    /// Where the codes of one GTIN stand, `bufferStatus`.
    pub enum BufferStatus {
        /// They are being made.
        Pending = "PENDING",
        /// There are some to be taken.
        Active = "ACTIVE",
        /// All are taken.
        Exhausted = "EXHAUSTED",
        /// There will be none.
        Rejected = "REJECTED",
        /// No more are given.
        Closed = "CLOSED",
    }
}

wire_enum! {
    /// Why a line was closed, `reason` of a receipt.
    pub enum CloseReason {
        /// All codes were taken.
        Exhausted = "EXHAUSTED",
        /// A program asked for it.
        Api = "API",
        /// The term of the codes was over.
        Expired = "EXPIRED",
    }
}

/// How fast an order goes its way. All times are milliseconds of world time since its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pace {
    /// When it becomes `PENDING`.
    pub pending_ms: i64,
    /// When it becomes `APPROVED`, or `DECLINED`.
    pub approved_ms: i64,
    /// When it becomes `READY`.
    pub ready_ms: i64,
    /// How long its pools take to fill from then on, evenly.
    pub fill_ms: i64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            pending_ms: 300,
            approved_ms: 1_000,
            ready_ms: 2_000,
            fill_ms: 3_000,
        }
    }
}

/// Codes that were handed out together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Block {
    /// Its number.
    pub block_id: String,
    /// The place of its first code in the line, from 0.
    pub first: u32,
    /// How many codes.
    pub quantity: u32,
    /// When it was handed out, milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// How many times it was handed out again.
    #[serde(default)]
    pub retries: u32,
    /// Whether a person took it in the cabinet of СУЗ, as a file.
    #[serde(default)]
    pub in_cabinet: bool,
}

/// The end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Closing {
    /// When.
    pub at_ms: i64,
    /// Why.
    pub reason: CloseReason,
}

/// The codes of one GTIN of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Buffer {
    /// The GTIN, fourteen digits.
    pub gtin: String,
    /// The template of its codes.
    pub template_id: u16,
    /// What they are put on.
    pub cis_type: CisType,
    /// How many are ordered.
    pub quantity: u32,
    /// The number of the first of them among all codes of the GTIN.
    pub first: u64,
    /// The price in kopecks, for tobacco.
    #[serde(default)]
    pub price: u64,
    /// Serial numbers of one's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_serials: Vec<String>,
    /// Why there will be none.
    #[serde(default)]
    pub rejection: Option<String>,
    /// When codes nobody has taken are annulled.
    #[serde(default)]
    pub expires_ms: Option<i64>,
    /// Whether somebody has closed it.
    #[serde(default)]
    pub closing: Option<Closing>,
    /// What was handed out.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Whether its codes were reported as applied.
    #[serde(default)]
    pub applied: bool,
    /// Whether its codes were put into circulation.
    #[serde(default)]
    pub introduced: bool,
}

impl Buffer {
    /// How many codes were handed out.
    pub fn passed(&self) -> u32 {
        self.blocks.iter().map(|block| block.quantity).sum()
    }

    /// The blocks the API tells of: none when the first codes were taken in the cabinet, and never those that were.
    pub(super) fn told_blocks(&self) -> impl Iterator<Item = &Block> {
        let silent = self.blocks.first().is_some_and(|first| first.in_cabinet);
        self.blocks
            .iter()
            .filter(move |block| !silent && !block.in_cabinet)
    }

    /// The end of the line, if it has come.
    pub fn closing(&self, now_ms: i64) -> Option<Closing> {
        if self.closing.is_some() {
            return self.closing;
        }
        let expired = self.expires_ms.map(|at_ms| Closing {
            at_ms,
            reason: CloseReason::Expired,
        });
        let emptied = (self.passed() == self.quantity)
            .then(|| self.blocks.last())
            .flatten()
            .map(|last| Closing {
                at_ms: last.at_ms.saturating_add(OPEN_WHEN_EMPTY_MS),
                reason: CloseReason::Exhausted,
            });
        [expired, emptied]
            .into_iter()
            .flatten()
            .filter(|closing| closing.at_ms <= now_ms)
            .min_by_key(|closing| closing.at_ms)
    }

    /// The way its codes are made.
    pub(super) fn maker(&self, key: u64, group: &ProductGroup) -> Option<CodeMaker> {
        let template = group.template(i64::from(self.template_id))?;
        let maker = CodeMaker::new(key, &self.gtin, *template, group.country_digit);
        Some(maker.starting_at(self.first, &self.own_serials, self.price))
    }
}

/// An order of codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EmissionOrder {
    /// Its number.
    pub order_id: String,
    /// Who ordered.
    pub inn: Inn,
    /// The product group.
    pub product_group: String,
    /// The release method.
    #[serde(default)]
    pub release_method: Option<ReleaseMethod>,
    /// The customer's own number of it.
    #[serde(default)]
    pub production_order_id: Option<String>,
    /// Who would put the codes on.
    #[serde(default)]
    pub service_provider_id: Option<String>,
    /// When the codes are paid for.
    #[serde(default)]
    pub payment_type: Option<u8>,
    /// When it came, milliseconds since the Unix epoch.
    pub created_ms: i64,
    /// When its signature came.
    #[serde(default)]
    pub signed_ms: Option<i64>,
    /// Its body as it came, while it waits for a signature.
    #[serde(default)]
    pub waiting_body: Option<String>,
    /// How fast it goes.
    pub pace: Pace,
    /// From when on `orders/search` finds it.
    pub found_from_ms: i64,
    /// Why it is declined as soon as somebody looks at it.
    #[serde(default)]
    pub decline: Option<String>,
    /// Its lines.
    pub buffers: Vec<Buffer>,
}

impl EmissionOrder {
    /// Its group's rules.
    pub(super) fn group(&self) -> Option<&'static ProductGroup> {
        product_groups::find(&self.product_group)
    }

    /// How long ago it was signed.
    fn age(&self, now_ms: i64) -> Option<i64> {
        self.signed_ms.map(|signed| now_ms.saturating_sub(signed))
    }

    /// Where it stands.
    pub fn status(&self, now_ms: i64) -> OrderStatus {
        let Some(age) = self.age(now_ms) else {
            return OrderStatus::Created;
        };
        if age < self.pace.pending_ms {
            return OrderStatus::Created;
        }
        if age < self.pace.approved_ms {
            return OrderStatus::Pending;
        }
        if self.decline.is_some() {
            return OrderStatus::Declined;
        }
        if age < self.pace.ready_ms {
            return OrderStatus::Approved;
        }
        let mut good = self.buffers.iter().filter(|one| one.rejection.is_none());
        if good.clone().next().is_none() {
            return OrderStatus::Declined;
        }
        if good.all(|buffer| buffer.closing(now_ms).is_some()) {
            return OrderStatus::Closed;
        }
        OrderStatus::Ready
    }

    /// Why it was refused.
    pub fn declined(&self, now_ms: i64) -> Option<&str> {
        if self.status(now_ms) != OrderStatus::Declined {
            return None;
        }
        let of_line = || self.buffers.first()?.rejection.as_deref();
        self.decline.as_deref().or_else(of_line)
    }

    /// How many codes of a line are made.
    pub fn emitted(&self, buffer: &Buffer, now_ms: i64) -> u32 {
        if !matches!(
            self.status(now_ms),
            OrderStatus::Ready | OrderStatus::Closed
        ) || buffer.rejection.is_some()
        {
            return 0;
        }
        let Some(filling) = self.age(now_ms).map(|age| age - self.pace.ready_ms) else {
            return 0;
        };
        if filling >= self.pace.fill_ms {
            return buffer.quantity;
        }
        let part = i64::from(buffer.quantity).saturating_mul(filling) / self.pace.fill_ms.max(1);
        u32::try_from(part).unwrap_or(0).max(buffer.passed())
    }

    /// Where a line stands.
    pub fn buffer_status(&self, buffer: &Buffer, now_ms: i64) -> BufferStatus {
        match self.status(now_ms) {
            OrderStatus::Created | OrderStatus::Pending | OrderStatus::Approved => {
                BufferStatus::Pending
            }
            OrderStatus::Declined => BufferStatus::Rejected,
            OrderStatus::Ready | OrderStatus::Closed => {
                if buffer.rejection.is_some() {
                    BufferStatus::Rejected
                } else if buffer.closing(now_ms).is_some() {
                    BufferStatus::Closed
                } else if buffer.passed() == buffer.quantity {
                    BufferStatus::Exhausted
                } else if self.emitted(buffer, now_ms) == 0 {
                    BufferStatus::Pending
                } else {
                    BufferStatus::Active
                }
            }
        }
    }

    /// Whether it takes one of the places of active orders: it is ready and a line of it is neither closed nor rejected.
    pub fn is_active(&self, now_ms: i64) -> bool {
        self.status(now_ms) == OrderStatus::Ready
    }

    /// Whether it takes one of the places of orders in the queue.
    pub fn is_queued(&self, now_ms: i64) -> bool {
        matches!(
            self.status(now_ms),
            OrderStatus::Created | OrderStatus::Pending | OrderStatus::Approved
        )
    }
}
