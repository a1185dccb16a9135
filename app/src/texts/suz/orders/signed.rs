//! What one signs, in words: the order behind a document of the queue.

use super::super::super::{number, plural};
use cis::Lang;
use desk::suz::document::OrderToSign;

/// «2 товара, 15 кодов».
pub(crate) fn to_sign(order: &OrderToSign, lang: Lang) -> String {
    let goods = u32::try_from(order.gtins.len()).unwrap_or(u32::MAX);
    let codes = super::codes(u32::try_from(order.codes).unwrap_or(u32::MAX), lang);
    match lang {
        Lang::Ru => format!(
            "{} {}, {codes}",
            number(goods),
            plural(goods, "товар", "товара", "товаров")
        ),
        Lang::En => format!(
            "{} {}, {codes}",
            number(goods),
            if goods == 1 { "product" } else { "products" }
        ),
    }
}
