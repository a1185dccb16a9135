//! Orders as people work on them: lines, slots, what is demanded and what still lacks.

pub mod due;
pub mod placing;
pub mod readiness;

use crate::{
    boxes::Plan,
    connection::SyncState,
    identifiers::Requirement,
    ids::{IntakeId, LineId, MarketItemId, MarketOrderId, OrderId, ShopId, SlotId},
    marketplace::{BuyerType, Model, OrderStatus, StoredBox, StoredInstance},
    shipping::{ShippingState, ShippingView},
    submission::{Carrier, SubmissionView},
    time::When,
    verification::{Light, VerificationView},
};
use due::Due;
use placing::Verdict;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What an order needs from a person, the one word that the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkState {
    /// Units wait for codes.
    NeedsCodes,
    /// Every demanded unit has its code; nobody has sent them yet.
    Ready,
    /// On the way to the marketplace.
    Sending,
    /// No answer came; Metka is finding out.
    Unknown,
    /// Refused, or another hand changed the codes: a person must look.
    Trouble,
    /// Sent; the marketplace verifies the codes (FBS and Express).
    Checking,
    /// The marketplace rejected a code: the unit needs another.
    Rework,
    /// The boxes are stored and every code is verified: the order may leave.
    ToShip,
    /// The shop said that it is ready to ship, and the marketplace took it.
    Shipped,
    /// The marketplace holds the codes.
    Accepted,
    /// No line asks for codes.
    NotMarked,
    /// The codes of this model do not go with the order (FBY: with the supply).
    OtherModel,
    /// Cancelled, delivered or returned.
    Closed,
}

impl WorkState {
    /// Every state, in the order of urgency.
    pub const ALL: &[Self] = &[
        Self::NeedsCodes,
        Self::Ready,
        Self::Sending,
        Self::Unknown,
        Self::Trouble,
        Self::Rework,
        Self::Checking,
        Self::ToShip,
        Self::Accepted,
        Self::Shipped,
        Self::NotMarked,
        Self::OtherModel,
        Self::Closed,
    ];

    /// The name kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NeedsCodes => "needs_codes",
            Self::Ready => "ready",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::Trouble => "trouble",
            Self::Rework => "rework",
            Self::Checking => "checking",
            Self::ToShip => "to_ship",
            Self::Shipped => "shipped",
            Self::Accepted => "accepted",
            Self::NotMarked => "not_marked",
            Self::OtherModel => "other_model",
            Self::Closed => "closed",
        }
    }
}

/// The text names no work state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such work state")]
pub struct UnknownWorkState;

impl FromStr for WorkState {
    type Err = UnknownWorkState;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|state| state.as_str() == text)
            .ok_or(UnknownWorkState)
    }
}

/// A tab of the order list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tab {
    /// Units wait for codes.
    #[default]
    Needs,
    /// Complete, not sent.
    Ready,
    /// On the way, being found out, or being verified.
    Busy,
    /// A person must look.
    Trouble,
    /// Verified: may leave.
    ToShip,
    /// The marketplace holds the codes, or the order was shipped.
    Accepted,
    /// Everything else.
    Rest,
}

impl Tab {
    /// Every tab in the order of the page.
    pub const ALL: &[Self] = &[
        Self::Needs,
        Self::Ready,
        Self::Busy,
        Self::Trouble,
        Self::ToShip,
        Self::Accepted,
        Self::Rest,
    ];

    /// The name in the address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Needs => "needs",
            Self::Ready => "ready",
            Self::Busy => "busy",
            Self::Trouble => "trouble",
            Self::ToShip => "to_ship",
            Self::Accepted => "accepted",
            Self::Rest => "rest",
        }
    }

    /// The tab of a name in the address; an unknown name is the first tab.
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .iter()
            .copied()
            .find(|tab| tab.as_str() == name)
            .unwrap_or_default()
    }

    /// The states that the tab shows.
    pub const fn states(self) -> &'static [WorkState] {
        match self {
            Self::Needs => &[WorkState::NeedsCodes],
            Self::Ready => &[WorkState::Ready],
            Self::Busy => &[WorkState::Sending, WorkState::Unknown, WorkState::Checking],
            Self::Trouble => &[WorkState::Trouble, WorkState::Rework],
            Self::ToShip => &[WorkState::ToShip],
            Self::Accepted => &[WorkState::Accepted, WorkState::Shipped],
            Self::Rest => &[
                WorkState::NotMarked,
                WorkState::OtherModel,
                WorkState::Closed,
            ],
        }
    }
}

/// What the list shows: kept in the address, so that a link and the back button work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrderFilter {
    /// Which tab.
    pub tab: Tab,
    /// A part of the order number, an article, a product's name or a code. With it, every tab is searched.
    pub search: String,
    /// One shop only.
    pub shop: Option<ShopId>,
    /// One model only.
    #[serde(default)]
    pub model: Option<Model>,
    /// One deadline only.
    #[serde(default)]
    pub due: Option<Due>,
    /// The page, from 0.
    pub page: u32,
}

/// Orders on one page of the list.
pub const PAGE_SIZE: u32 = 50;

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    /// Ours.
    pub id: OrderId,
    /// The number people say.
    pub number: MarketOrderId,
    /// Its model.
    pub model: Option<Model>,
    /// The shop's name.
    pub shop: String,
    /// When it must leave.
    pub ship_by: Option<When>,
    /// Units in it.
    pub units: u32,
    /// Units that want a code.
    pub wanted: u32,
    /// Units that have one.
    pub filled: u32,
    /// A test order of the marketplace itself.
    #[serde(default)]
    pub fake: bool,
    /// What it needs.
    pub work: WorkState,
}

/// The order list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderList {
    /// The rows of this page, most urgent first.
    pub rows: Vec<OrderRow>,
    /// How many rows the filter finds in all.
    pub found: u32,
    /// Counts by tab, under the same filters of shop, model and deadline.
    pub counts: Vec<(Tab, u32)>,
    /// Counts by deadline in the chosen tab, under the same filters of shop and model.
    pub due: Vec<(Due, u32)>,
    /// The shops to choose from.
    pub shops: Vec<(ShopId, String)>,
    /// The reading of orders, the worst of all connections.
    pub sync: SyncState,
    /// Whether any marketplace is connected.
    pub connected: bool,
}

/// How strongly a line asks for codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Demand {
    /// Without them the order breaks the law or the marketplace's rule.
    Must,
    /// The marketplace lists them as mandatory, but a private buyer's DBS order may go without.
    Expected,
    /// They are taken if given.
    May,
    /// None are asked for.
    Nothing,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    /// Ours.
    pub id: LineId,
    /// The marketplace's.
    pub item: MarketItemId,
    /// The seller's article.
    pub offer_id: String,
    /// The product's name.
    pub name: String,
    /// Units.
    pub count: u32,
    /// What it asks for.
    pub required: Vec<Requirement>,
    /// One a unit; none when nothing is asked for.
    pub slots: Vec<SlotView>,
    /// What the marketplace already holds.
    pub stored: Vec<StoredInstance>,
    /// GTINs that this offer was seen with.
    pub gtins: Vec<String>,
}

impl LineView {
    /// Whether the line asks for a kind.
    pub fn wants(&self, requirement: &Requirement) -> bool {
        self.required.contains(requirement)
    }

    /// Whether a marking code has a place here.
    pub fn wants_cis(&self) -> bool {
        self.wants(&Requirement::Cis) || self.wants(&Requirement::CisOptional)
    }

    /// How strongly the line asks, by what it lists and who buys
    /// ([`provideOrderItemIdentifiers`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/provideOrderItemIdentifiers):
    /// optional for private persons, mandatory for businesses; УИН is mandatory for all).
    pub fn demand(&self, buyer: Option<&BuyerType>) -> Demand {
        if self.wants(&Requirement::Uin) {
            Demand::Must
        } else if self.wants(&Requirement::Cis) {
            if buyer == Some(&BuyerType::Person) {
                Demand::Expected
            } else {
                Demand::Must
            }
        } else if self.wants(&Requirement::Rnpt) || self.wants(&Requirement::Gtd) {
            if buyer == Some(&BuyerType::Business) {
                Demand::Must
            } else {
                Demand::May
            }
        } else if self.wants(&Requirement::CisOptional) {
            Demand::May
        } else {
            Demand::Nothing
        }
    }

    /// Units whose slot holds everything that the line asks for.
    pub fn complete_units(&self) -> u32 {
        let complete = self
            .slots
            .iter()
            .filter(|slot| slot.lacks(&self.required).is_empty())
            .count();
        u32::try_from(complete).unwrap_or(u32::MAX)
    }

    /// Whether no slot holds anything.
    pub fn untouched(&self) -> bool {
        self.slots.iter().all(SlotView::is_empty)
    }
}

/// What lies in a slot as its marking system's code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarkView {
    /// A marking code, whole, with real U+001D.
    Cis(String),
    /// УИН.
    Uin(String),
}

/// The place for one unit's identifiers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotView {
    /// Ours.
    pub id: SlotId,
    /// The unit's number in its line, from 1.
    pub number: u32,
    /// Its code.
    pub mark: Option<MarkView>,
    /// РНПТ.
    pub rnpt: Option<String>,
    /// ГТД.
    pub gtd: Option<String>,
    /// Country of manufacture.
    pub country: Option<String>,
    /// When the code came.
    pub filled: Option<When>,
}

/// A part that a slot can lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// The marking code.
    Cis,
    /// УИН.
    Uin,
    /// РНПТ.
    Rnpt,
    /// ГТД.
    Gtd,
    /// The country, which ГТД wants.
    Country,
}

impl SlotView {
    /// Whether nothing lies here.
    pub fn is_empty(&self) -> bool {
        self.mark.is_none() && self.rnpt.is_none() && self.gtd.is_none() && self.country.is_none()
    }

    /// What the slot lacks of what its line asks for. An optional code counts too: a slot without it is not
    /// complete, but a line may be left out whole.
    pub fn lacks(&self, required: &[Requirement]) -> Vec<Part> {
        let mut lacks = Vec::new();
        for requirement in required {
            let part = match requirement {
                Requirement::Cis | Requirement::CisOptional
                    if !matches!(self.mark, Some(MarkView::Cis(_))) =>
                {
                    Part::Cis
                }
                Requirement::Uin if !matches!(self.mark, Some(MarkView::Uin(_))) => Part::Uin,
                Requirement::Rnpt if self.rnpt.is_none() => Part::Rnpt,
                Requirement::Gtd if self.gtd.is_none() => Part::Gtd,
                _ => continue,
            };
            if !lacks.contains(&part) {
                lacks.push(part);
            }
        }
        if self.country.is_none() && (self.gtd.is_some() || required.contains(&Requirement::Gtd)) {
            lacks.push(Part::Country);
        }
        lacks
    }
}

/// A scanned or pasted text that lies in no slot, kept until somebody decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntakeView {
    /// Ours.
    pub id: IntakeId,
    /// The text as it came.
    pub raw: String,
    /// Why it lies in no slot.
    pub verdict: Verdict,
    /// When it came.
    pub at: When,
}

/// An order's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    /// Ours.
    pub id: OrderId,
    /// The number people say.
    pub number: MarketOrderId,
    /// The shop's name.
    pub shop: String,
    /// Its model.
    pub model: Option<Model>,
    /// Its status at the marketplace.
    pub status: OrderStatus,
    /// Its substatus.
    pub substatus: Option<String>,
    /// Who buys.
    pub buyer: Option<BuyerType>,
    /// A test order of the marketplace itself.
    pub fake: bool,
    /// When it must leave.
    pub ship_by: Option<When>,
    /// Its lines.
    pub lines: Vec<LineView>,
    /// Texts that lie in no slot.
    pub unplaced: Vec<IntakeView>,
    /// The newest submission.
    pub submission: Option<SubmissionView>,
    /// Whether the slots or the plan of boxes changed since that submission was stored.
    pub changed_since: bool,
    /// Which call carries its codes; none when they do not go with the order.
    pub carrier: Option<Carrier>,
    /// Where a person wants the units, where that is not the first box.
    pub plan: Plan,
    /// The boxes that the marketplace holds.
    pub boxes: Vec<StoredBox>,
    /// What the marketplace's verification says.
    pub verification: Option<VerificationView>,
    /// Where saying «ready to ship» stands.
    pub shipping: Option<ShippingView>,
    /// When labels were fetched for printing last, and whether they show boxes that have changed since.
    pub labels: Option<(When, bool)>,
    /// What it needs.
    pub work: WorkState,
    /// Grows with every change of facts or slots; what a person saw when pressing «send».
    pub revision: i64,
    /// When the marketplace was asked last.
    pub read: When,
    /// What the person may do here.
    pub may: OrderRights,
}

/// What the person may do with an order.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent rights, each asked by name"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRights {
    /// Put codes into slots and take them out.
    pub fill: bool,
    /// Send.
    pub send: bool,
    /// Put a code where Metka says it does not belong.
    pub overrule: bool,
    /// Take sample codes from the sandbox.
    pub sample: bool,
}

/// Everything that decides an order's [`WorkState`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The order's model.
    pub model: Option<&'a Model>,
    /// Its status.
    pub status: &'a OrderStatus,
    /// Its substatus.
    pub substatus: Option<&'a str>,
    /// Who buys.
    pub buyer: Option<&'a BuyerType>,
    /// Its lines.
    pub lines: &'a [LineView],
    /// Where a person wants the units, and what they removed.
    pub plan: &'a Plan,
    /// Whether the marketplace holds a layout of boxes.
    pub boxed: bool,
    /// The state of the newest submission.
    pub submission: Option<crate::submission::SubmissionState>,
    /// Whether the slots or the plan of boxes changed since that submission was stored.
    pub changed_since: bool,
    /// What the marketplace's verification of what it holds comes to; none while nothing is known of it.
    pub verification: Option<Light>,
    /// Where saying «ready to ship» stands.
    pub shipping: Option<ShippingState>,
}

impl Standing<'_> {
    /// What the order needs now.
    pub fn work(&self) -> WorkState {
        use crate::submission::SubmissionState as S;
        match self.submission {
            Some(S::Queued | S::Sending) => return WorkState::Sending,
            Some(S::Unknown) => return WorkState::Unknown,
            _ => {}
        }
        if closed(self.status) {
            return WorkState::Closed;
        }
        match carrier(self.model) {
            None => WorkState::OtherModel,
            Some(Carrier::Identifiers) => self.work_of_identifiers(),
            Some(Carrier::Boxes) => self.work_of_boxes(),
        }
    }

    fn work_of_identifiers(&self) -> WorkState {
        use crate::submission::SubmissionState as S;
        if self.wanted() == 0 {
            return WorkState::NotMarked;
        }
        match self.submission {
            Some(S::Refused | S::Conflict) if !self.changed_since => WorkState::Trouble,
            Some(S::Accepted) if !self.changed_since => WorkState::Accepted,
            None if self.held_by_market() => WorkState::Accepted,
            _ => self.work_of_slots(),
        }
    }

    fn work_of_boxes(&self) -> WorkState {
        use crate::submission::SubmissionState as S;
        if shipped(self.status, self.substatus) {
            return WorkState::Shipped;
        }
        match self.shipping {
            Some(ShippingState::Queued | ShippingState::Sending) => return WorkState::Sending,
            Some(ShippingState::Unknown) => return WorkState::Unknown,
            Some(ShippingState::Refused) => return WorkState::Trouble,
            Some(ShippingState::Done) | None => {}
        }
        let held = match self.submission {
            Some(S::Refused | S::Conflict) if !self.changed_since => return WorkState::Trouble,
            Some(S::Accepted) => !self.changed_since,
            None => self.boxed && self.held_by_market(),
            Some(_) => false,
        };
        if !held {
            return if self.wanted() == 0 && self.submission.is_none() {
                WorkState::NotMarked
            } else {
                self.work_of_slots()
            };
        }
        if self.lacks_mandatory() {
            // Its boxes are stored, but the marketplace will not let it go like this.
            return WorkState::NeedsCodes;
        }
        match self.verification {
            None if self.filled() > 0 || self.any_stored() => WorkState::Checking,
            Some(Light::Waiting | Light::Troubled) => WorkState::Checking,
            Some(Light::Rejected) => WorkState::Rework,
            // Nothing was sent that anybody would verify, or it passed.
            None | Some(Light::Passed) => WorkState::ToShip,
        }
    }

    fn work_of_slots(&self) -> WorkState {
        let optional_only = carrier(self.model) == Some(Carrier::Boxes) && self.needed() == 0;
        if self.filled() < self.needed() || (self.nothing_filled() && !optional_only) {
            WorkState::NeedsCodes
        } else {
            WorkState::Ready
        }
    }

    /// Whether a unit in boxes has no mandatory mark, neither here nor at the marketplace. Who buys does not matter:
    /// without every one of them the order is not let go.
    fn lacks_mandatory(&self) -> bool {
        self.lines.iter().any(|line| {
            let stays = line.count.saturating_sub(self.plan.removed(line.item));
            (line.wants(&Requirement::Cis) || line.wants(&Requirement::Uin))
                && line.complete_units() < stays
                && u32::try_from(line.stored.len()).is_ok_and(|held| held < stays)
        })
    }

    fn any_stored(&self) -> bool {
        self.lines.iter().any(|line| !line.stored.is_empty())
    }

    /// Units that want something.
    pub fn wanted(&self) -> u32 {
        self.lines
            .iter()
            .filter(|line| !line.slots.is_empty())
            .map(|line| line.count)
            .sum()
    }

    /// Units that have all they want.
    pub fn filled(&self) -> u32 {
        self.lines.iter().map(LineView::complete_units).sum()
    }

    /// Units that must be complete before sending makes sense: those of mandatory lines and of lines begun.
    fn needed(&self) -> u32 {
        let begun = |line: &&LineView| {
            matches!(line.demand(self.buyer), Demand::Must | Demand::Expected) || !line.untouched()
        };
        self.lines
            .iter()
            .filter(|line| !line.slots.is_empty())
            .filter(begun)
            .map(|line| line.count.saturating_sub(self.plan.removed(line.item)))
            .sum()
    }

    fn nothing_filled(&self) -> bool {
        self.lines.iter().all(LineView::untouched)
    }

    /// The marketplace already holds identifiers for every unit that wants them, and nobody began others here.
    fn held_by_market(&self) -> bool {
        self.lines
            .iter()
            .filter(|line| !line.slots.is_empty())
            .all(|line| {
                line.untouched()
                    && u32::try_from(line.stored.len()).is_ok_and(|held| held >= line.count)
            })
    }
}

/// Whether nothing more can be sent for an order in this status, by the marketplace's life of an order.
pub fn closed(status: &OrderStatus) -> bool {
    matches!(
        status,
        OrderStatus::Cancelled
            | OrderStatus::Delivered
            | OrderStatus::Returned
            | OrderStatus::PartiallyReturned
    )
}

/// Whether the order has left the shop's hands: nothing of it can be changed any more.
pub fn shipped(status: &OrderStatus, substatus: Option<&str>) -> bool {
    match status {
        OrderStatus::Processing => matches!(substatus, Some("READY_TO_SHIP" | "SHIPPED")),
        OrderStatus::Delivery | OrderStatus::Pickup => true,
        _ => false,
    }
}

/// Which call carries the codes of a model; none when they do not go with the order at all.
pub fn carrier(model: Option<&Model>) -> Option<Carrier> {
    match model {
        Some(Model::Dbs) => Some(Carrier::Identifiers),
        Some(Model::Fbs | Model::Express) => Some(Carrier::Boxes),
        _ => None,
    }
}

#[cfg(test)]
pub(crate) mod fixtures {
    use super::*;

    /// A line of `count` empty slots.
    pub(crate) fn line(seed: u8, name: &str, count: u32, required: &[Requirement]) -> LineView {
        let slots = (1..=count)
            .map(|number| SlotView {
                id: SlotId::from_parts(u64::from(seed), [u8::try_from(number).unwrap(); 10]),
                number,
                mark: None,
                rnpt: None,
                gtd: None,
                country: None,
                filled: None,
            })
            .collect();
        LineView {
            id: LineId::from_parts(1, [seed; 10]),
            item: MarketItemId(i64::from(seed)),
            offer_id: format!("ART-{seed}"),
            name: name.to_owned(),
            count,
            required: required.to_vec(),
            slots: if required.is_empty() { vec![] } else { slots },
            stored: vec![],
            gtins: vec![],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{fixtures::line, *};
    use crate::submission::SubmissionState as S;

    fn work(lines: &[LineView], submission: Option<S>, changed_since: bool) -> WorkState {
        Standing {
            model: Some(&Model::Dbs),
            status: &OrderStatus::Processing,
            substatus: Some("STARTED"),
            buyer: Some(&BuyerType::Business),
            lines,
            plan: &Plan::default(),
            boxed: false,
            submission,
            changed_since,
            verification: None,
            shipping: None,
        }
        .work()
    }

    fn filled(mut line: LineView) -> LineView {
        for slot in &mut line.slots {
            slot.mark = Some(MarkView::Cis(format!("code {}", slot.number)));
        }
        line
    }

    #[test]
    fn an_order_needs_codes_then_is_ready_then_sending_then_accepted() {
        let empty = [line(1, "Тапочки", 2, &[Requirement::Cis])];
        let full = [filled(empty[0].clone())];
        assert_eq!(work(&empty, None, false), WorkState::NeedsCodes);
        assert_eq!(work(&full, None, false), WorkState::Ready);
        assert_eq!(work(&full, Some(S::Queued), false), WorkState::Sending);
        assert_eq!(work(&full, Some(S::Unknown), false), WorkState::Unknown);
        assert_eq!(work(&full, Some(S::Accepted), false), WorkState::Accepted);
        assert_eq!(work(&full, Some(S::Accepted), true), WorkState::Ready);
        assert_eq!(work(&full, Some(S::Refused), false), WorkState::Trouble);
        assert_eq!(work(&full, Some(S::Refused), true), WorkState::Ready);
    }

    /// An FBS order.
    fn boxed(
        lines: &[LineView],
        submission: Option<S>,
        verification: Option<Light>,
        shipping: Option<ShippingState>,
    ) -> WorkState {
        Standing {
            model: Some(&Model::Fbs),
            status: &OrderStatus::Processing,
            substatus: Some("STARTED"),
            buyer: Some(&BuyerType::Person),
            lines,
            plan: &Plan::default(),
            boxed: submission.is_some(),
            submission,
            changed_since: false,
            verification,
            shipping,
        }
        .work()
    }

    #[test]
    fn boxes_are_sent_then_verified_then_shipped() {
        use ShippingState as H;
        let empty = [line(1, "Тапочки", 2, &[Requirement::Cis])];
        let full = [filled(empty[0].clone())];
        let accepted = Some(S::Accepted);
        assert_eq!(boxed(&empty, None, None, None), WorkState::NeedsCodes);
        assert_eq!(boxed(&full, None, None, None), WorkState::Ready);
        assert_eq!(
            boxed(&full, Some(S::Queued), None, None),
            WorkState::Sending
        );
        assert_eq!(boxed(&full, accepted, None, None), WorkState::Checking);
        for (light, work) in [
            (Light::Waiting, WorkState::Checking),
            (Light::Troubled, WorkState::Checking),
            (Light::Rejected, WorkState::Rework),
            (Light::Passed, WorkState::ToShip),
        ] {
            assert_eq!(boxed(&full, accepted, Some(light), None), work);
        }
        let passed = Some(Light::Passed);
        for (shipping, work) in [
            (H::Queued, WorkState::Sending),
            (H::Unknown, WorkState::Unknown),
            (H::Refused, WorkState::Trouble),
        ] {
            assert_eq!(boxed(&full, accepted, passed, Some(shipping)), work);
        }
    }

    #[test]
    fn an_order_without_marked_goods_may_leave_once_its_boxes_are_stored() {
        let plain = [line(1, "Кружка", 2, &[])];
        assert_eq!(boxed(&plain, None, None, None), WorkState::NotMarked);
        assert_eq!(
            boxed(&plain, Some(S::Accepted), None, None),
            WorkState::ToShip
        );
    }

    #[test]
    fn boxes_without_mandatory_codes_do_not_leave_whoever_buys() {
        let empty = [line(1, "Тапочки", 2, &[Requirement::Cis])];
        let optional = [line(1, "Духи", 2, &[Requirement::CisOptional])];
        let accepted = Some(S::Accepted);
        assert_eq!(boxed(&empty, accepted, None, None), WorkState::NeedsCodes);
        assert_eq!(boxed(&optional, accepted, None, None), WorkState::ToShip);
    }

    #[test]
    fn an_order_that_left_the_shops_hands_is_shipped_whatever_is_known_of_its_codes() {
        use OrderStatus::{Cancelled, Delivery, Processing};
        let lines = [line(1, "Тапочки", 1, &[Requirement::Cis])];
        let of = |status: &OrderStatus, substatus| {
            Standing {
                model: Some(&Model::Express),
                status,
                substatus,
                buyer: None,
                lines: &lines,
                plan: &Plan::default(),
                boxed: false,
                submission: None,
                changed_since: true,
                verification: Some(Light::Rejected),
                shipping: None,
            }
            .work()
        };
        assert_eq!(of(&Processing, Some("READY_TO_SHIP")), WorkState::Shipped);
        assert_eq!(of(&Delivery, None), WorkState::Shipped);
        assert_eq!(of(&Cancelled, None), WorkState::Closed);
        assert_eq!(of(&Processing, Some("STARTED")), WorkState::NeedsCodes);
    }

    #[test]
    fn an_optional_line_alone_still_offers_itself_but_does_not_hold_up_a_mandatory_one() {
        let must = filled(line(1, "Тапочки", 1, &[Requirement::Cis]));
        let may = line(2, "Духи", 2, &[Requirement::CisOptional]);
        assert_eq!(
            work(std::slice::from_ref(&may), None, false),
            WorkState::NeedsCodes
        );
        assert_eq!(work(&[must, may], None, false), WorkState::Ready);
    }

    #[test]
    fn codes_that_the_market_already_holds_need_no_work() {
        let mut held = line(1, "Тапочки", 1, &[Requirement::Cis]);
        held.stored = vec![StoredInstance {
            cis: Some("01…".into()),
            ..StoredInstance::default()
        }];
        assert_eq!(work(&[held], None, false), WorkState::Accepted);
    }

    #[test]
    fn a_gtd_is_not_whole_without_its_country() {
        let mut imported = line(1, "Чайник", 1, &[Requirement::Rnpt, Requirement::Gtd]);
        imported.slots[0].rnpt = Some("10702020/060520/0013422/001".into());
        imported.slots[0].gtd = Some("10702020/060520/0013422".into());
        assert_eq!(
            imported.slots[0].lacks(&imported.required),
            vec![Part::Country]
        );
        imported.slots[0].country = Some("CN".into());
        assert!(imported.slots[0].lacks(&imported.required).is_empty());
    }

    #[test]
    fn a_private_person_may_where_a_business_must() {
        let cis = line(1, "Тапочки", 1, &[Requirement::Cis]);
        assert_eq!(cis.demand(Some(&BuyerType::Person)), Demand::Expected);
        assert_eq!(cis.demand(Some(&BuyerType::Business)), Demand::Must);
        assert_eq!(
            line(1, "Духи", 1, &[Requirement::CisOptional]).demand(None),
            Demand::May
        );
        assert_eq!(
            line(1, "Кольцо", 1, &[Requirement::Uin]).demand(Some(&BuyerType::Person)),
            Demand::Must
        );
        assert_eq!(
            line(1, "Ложка", 1, &[]).demand(Some(&BuyerType::Business)),
            Demand::Nothing
        );
    }

    #[test]
    fn every_state_is_in_exactly_one_tab() {
        for state in WorkState::ALL {
            assert_eq!(
                Tab::ALL
                    .iter()
                    .filter(|tab| tab.states().contains(state))
                    .count(),
                1,
                "{state:?}"
            );
            assert_eq!(state.as_str().parse::<WorkState>(), Ok(*state));
        }
    }
}
