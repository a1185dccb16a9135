//! What goes wrong with orders and codes, as it shows itself.

use super::Cause;

/// A sign that something is wrong with an order of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrderSign<'a> {
    /// A new order is refused while so many are open or queued.
    NotTaken {
        /// Orders open or queued.
        orders: u32,
    },
    /// `DECLINED` with a reason.
    Declined {
        /// `declineReason`.
        reason: &'a str,
    },
    /// A buffer is `REJECTED` with a reason.
    Rejected {
        /// `rejectionReason`.
        reason: &'a str,
    },
    /// The order stays in `CREATED`.
    StaysCreated,
    /// A call for codes brought no answer.
    CodesUnanswered,
    /// `order/codes/blocks` is empty though codes were handed out.
    NoBlocks,
    /// Codes are gone past `expiredDate`.
    Annulled,
    /// A scanner cannot read what was printed.
    Unreadable,
}

/// Orders that СУЗ holds open, and as many again in its queue (СУЗ API v3, 3.1).
pub const MOST_ORDERS: u32 = 100;

impl Cause {
    /// What a sign of an order's trouble means.
    pub fn of_order(sign: &OrderSign<'_>) -> Self {
        match sign {
            OrderSign::NotTaken { orders } if *orders >= MOST_ORDERS => Self::TooManyOrders,
            OrderSign::Declined { reason } if reason.contains("message-digest") => {
                Self::BytesChanged
            }
            OrderSign::Rejected { reason } if reason.contains("0106") => Self::GtinNotReady,
            OrderSign::Declined { reason } | OrderSign::Rejected { reason }
                if reason.contains("редств") =>
            {
                Self::NoMoney
            }
            OrderSign::NotTaken { .. }
            | OrderSign::Declined { .. }
            | OrderSign::Rejected { .. } => Self::Other,
            OrderSign::StaysCreated => Self::OrderNotSigned,
            OrderSign::CodesUnanswered => Self::CodesLost,
            OrderSign::NoBlocks => Self::BlocksEmpty,
            OrderSign::Annulled => Self::CodesAnnulled,
            OrderSign::Unreadable => Self::GsLost,
        }
    }
}
