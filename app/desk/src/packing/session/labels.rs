//! Labels: each is printed once the marketplace gives it, whatever is packed meanwhile.

use super::{Effect, Say, Session};
use crate::{ids::OrderId, orders::WorkState, packing::PackOrder};

/// The most orders whose labels a device waits for.
const MOST_WAITING: usize = 50;

/// What is to be printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Printing {
    /// Orders that were sent from here and whose labels are still to be printed, oldest first.
    pub(super) waiting: Vec<OrderId>,
    /// Those of them that could not be had: they are printed only when somebody asks.
    refused: Vec<OrderId>,
    /// Whether labels are printed without being asked for.
    by_itself: bool,
}

impl Session {
    /// The order whose label would be printed now: the one on the screen, or the first that was sent from here.
    pub fn to_print(&self) -> Option<&PackOrder> {
        let sent = self
            .printing
            .waiting
            .iter()
            .filter_map(|id| self.shelf.order(*id));
        self.shown()
            .into_iter()
            .chain(sent)
            .find(|order| order.has_label())
    }

    /// Orders that were sent from here and whose labels can be printed.
    pub fn labels(&self) -> usize {
        let sent = self
            .printing
            .waiting
            .iter()
            .filter_map(|id| self.shelf.order(*id));
        sent.filter(|order| order.has_label()).count()
    }

    /// Whether labels are printed without being asked for.
    pub const fn prints_itself(&self) -> bool {
        self.printing.by_itself
    }

    /// Remembers that the label of an order is to be printed once there is one.
    pub(super) fn will_print(&mut self, order: OrderId) {
        self.printing.waiting.retain(|known| *known != order);
        self.printing.waiting.push(order);
        let most = self.printing.waiting.len().saturating_sub(MOST_WAITING);
        self.printing.waiting.drain(..most);
    }

    /// Forgets labels that there is no reason for any more, and prints what came where nobody needs to ask.
    pub(super) fn print_what_came(&mut self, effects: &mut Vec<Effect>) {
        let orders = &self.shelf;
        self.printing.waiting.retain(|id| {
            orders
                .order(*id)
                .is_none_or(|order| order.work != WorkState::Closed)
        });
        if !self.printing.by_itself {
            return;
        }
        let refused = &self.printing.refused;
        let ready = |id: &OrderId| {
            !refused.contains(id) && orders.order(*id).is_some_and(PackOrder::has_label)
        };
        let (now, later) = std::mem::take(&mut self.printing.waiting)
            .into_iter()
            .partition(ready);
        self.printing.waiting = later;
        let now: Vec<OrderId> = now;
        effects.extend(now.into_iter().map(Effect::Print));
    }

    /// Says whether labels are printed without being asked for.
    pub(super) fn print_by_itself(&mut self, prints: bool, effects: &mut Vec<Effect>) {
        self.printing.by_itself = prints;
        self.print_what_came(effects);
    }

    /// A label that could not be had is offered again.
    pub(super) fn not_printed(&mut self, order: OrderId, effects: &mut Vec<Effect>) {
        let known = self
            .shelf
            .order(order)
            .map(|order| order.number.to_string());
        let Some(number) = known else { return };
        self.printing.refused.push(order);
        self.will_print(order);
        self.tell(Say::NotPrinted { number }, effects);
        effects.push(Effect::Remember);
    }

    /// Prints the label of [`Session::to_print`].
    pub(super) fn print(&mut self, effects: &mut Vec<Effect>) {
        let found = self
            .to_print()
            .map(|order| (order.id, order.number.to_string()));
        let Some((order, number)) = found else {
            return self.tell(Say::NoLabel, effects);
        };
        self.printing.waiting.retain(|known| *known != order);
        self.printing.refused.retain(|known| *known != order);
        effects.push(Effect::Print(order));
        effects.push(Effect::Remember);
        self.say = Say::Printing { number };
    }
}
