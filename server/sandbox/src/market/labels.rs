//! `GET /v2/campaigns/{campaignId}/orders/{orderId}/delivery/labels`: a label for every box, as PDF.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/generateOrderLabels>.

use super::{order::Order, page::Query, pdf::Page, refusal::Refusal};
use crate::wire_enum::wire_enum;

wire_enum! {
    /// The size of a page, `PageFormatType`.
    pub enum PageFormat {
        /// A narrow label on its side.
        A9Horizontally = "A9_HORIZONTALLY",
        /// A narrow label.
        A9 = "A9",
        /// The usual label.
        A7 = "A7",
        /// A sheet of office paper.
        A4 = "A4",
    }
}

impl PageFormat {
    const ALL: [Self; 4] = [Self::A9Horizontally, Self::A9, Self::A7, Self::A4];

    /// Width and height, millimetres.
    const fn size(self) -> (u32, u32) {
        match self {
            Self::A9Horizontally => (58, 40),
            Self::A9 => (40, 58),
            Self::A7 => (75, 120),
            Self::A4 => (210, 297),
        }
    }

    /// Reads the parameter; A7 when there is none.
    pub(super) fn read(query: &Query) -> Result<Self, Refusal> {
        let Some(text) = query.get("format") else {
            return Ok(Self::A7);
        };
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == text)
            .ok_or_else(|| Refusal::bad_request(format!("Type mismatch: '{text}'")))
    }
}

/// The labels of an order, a page for each box.
pub(super) fn answer(order: &Order, format: PageFormat) -> Result<Vec<u8>, Refusal> {
    if order.boxes.is_empty() {
        return Err(Refusal::not_found(format!(
            "No boxes found for order {}",
            order.order_id
        )));
    }
    let count = order.boxes.len();
    let pages: Vec<Page> = (1..)
        .zip(&order.boxes)
        .map(|(number, one)| {
            let (width, height) = format.size();
            let mut page = Page::new(width, height);
            page.line(&format!("Order {}", order.order_id));
            page.line(&format!("Box {number} of {count}"));
            page.line(&format!("No. {}", one.box_id));
            if let Some(date) = order.shipment_date {
                page.line(&format!("Ship {date}"));
            }
            page.barcode(&one.barcode);
            page
        })
        .collect();
    Ok(super::pdf::document(&pages))
}
