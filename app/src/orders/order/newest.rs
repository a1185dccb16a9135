//! Which of several answers about one order is the newest.

use desk::{orders::OrderPage, time::Timestamp};
use std::sync::Arc;

/// What grows while an order lives: its revision with every change of facts or slots, the number of its submission with
/// every sending, the moment of its reading with every look at the marketplace.
fn age(order: &OrderPage) -> (i64, u32, Timestamp) {
    let submission = order
        .submission
        .as_ref()
        .map_or(0, |submission| submission.number);
    (order.revision, submission, order.read.at)
}

/// The newest answer; among equals the last, so the one that is read again and again should stand there.
pub(super) fn newest(answers: impl Iterator<Item = Arc<OrderPage>>) -> Option<Arc<OrderPage>> {
    answers.max_by_key(|order| age(order))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::order::fixtures::order;

    fn revised(revision: i64, shop: &str) -> Arc<OrderPage> {
        let mut order = order(vec![]);
        order.revision = revision;
        order.shop = shop.to_owned();
        Arc::new(order)
    }

    #[test]
    fn a_late_answer_does_not_take_the_page_back() {
        let found = newest([revised(7, "act"), revised(6, "reading")].into_iter()).unwrap();
        assert_eq!(found.shop, "act");
    }

    #[test]
    fn among_equals_the_last_is_taken() {
        let found = newest([revised(7, "act"), revised(7, "reading")].into_iter()).unwrap();
        assert_eq!(found.shop, "reading");
        assert!(newest(std::iter::empty()).is_none());
    }
}
