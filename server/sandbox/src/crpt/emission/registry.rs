//! What Честный ЗНАК knows of a code: the question the Market asks of every code in an order.

use super::{
    Emission, Introduction,
    codes::GS,
    order::{Buffer, EmissionOrder},
};
use crate::crpt::ids::Inn;

/// Where a code of this world stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// It is one of those nobody has taken.
    NotHandedOut,
    /// It was handed out.
    Emitted,
    /// It was put on a unit.
    Applied,
    /// It is in circulation.
    Introduced,
}

/// What is known of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known<'a> {
    /// Whose it is.
    pub(crate) owner: &'a Inn,
    /// Where it stands.
    pub(crate) standing: Standing,
    /// Whether the tail it was shown with is the one it was given; true of one shown without.
    pub(crate) tail_is_right: bool,
}

impl Emission {
    /// What is known of a code, with or without its tail; `None` of one that was not ordered here.
    pub(crate) fn known(&self, mark: &str) -> Option<Known<'_>> {
        let bytes = mark.as_bytes();
        let bytes = bytes.strip_prefix(&[GS]).unwrap_or(bytes);
        let rest = bytes.strip_prefix(b"01")?;
        let (gtin, rest) = rest.split_at_checked(14)?;
        let gtin = std::str::from_utf8(gtin).ok()?;
        let rest = rest.strip_prefix(b"21")?;
        let serial = rest.split(|byte| *byte == GS).next()?;
        let has_tail = serial.len() < rest.len();
        self.orders
            .iter()
            .flat_map(|order| order.buffers.iter().map(move |buffer| (order, buffer)))
            .filter(|(_, buffer)| buffer.gtin == gtin && buffer.rejection.is_none())
            .find_map(|(order, buffer)| {
                let place = self.place(order, buffer, serial)?;
                let maker = buffer.maker(self.key, order.group()?)?;
                Some(Known {
                    owner: &order.inn,
                    standing: self.standing(order, buffer, place),
                    tail_is_right: !has_tail || maker.code(place).as_bytes() == bytes,
                })
            })
    }

    /// The place of a serial in a line.
    fn place(&self, order: &EmissionOrder, buffer: &Buffer, serial: &[u8]) -> Option<u64> {
        let group = order.group()?;
        let maker = buffer.maker(self.key, group)?;
        if buffer.own_serials.is_empty() {
            let place = maker.number(serial)?.checked_sub(buffer.first)?;
            return (place < u64::from(buffer.quantity)).then_some(place);
        }
        let place = buffer
            .own_serials
            .iter()
            .position(|own| maker.with_country(own).as_bytes() == serial)?;
        u64::try_from(place).ok()
    }

    fn standing(&self, order: &EmissionOrder, buffer: &Buffer, place: u64) -> Standing {
        if place >= u64::from(buffer.passed()) {
            return Standing::NotHandedOut;
        }
        let by_itself = order.group().is_some_and(|group| group.applied_at_hand_out);
        let applied = buffer.applied || by_itself;
        let at_once = self.rules.introduction == Introduction::Automatic;
        if buffer.introduced || (applied && at_once) {
            Standing::Introduced
        } else if applied {
            Standing::Applied
        } else {
            Standing::Emitted
        }
    }
}
