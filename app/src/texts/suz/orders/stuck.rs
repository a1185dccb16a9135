//! Orders that lie in СУЗ without a signature, in words.

use super::super::super::{number, texts};
use cis::Lang;

texts! {
    stuck: "Заказы в СУЗ без подписи", "Unsigned orders in СУЗ";
    stuck_text: "Если заказ ушёл без подписи, он застревает в СУЗ и занимает место в очереди. Найдите такие и подпишите или удалите.",
        "An order that left without a signature is stuck in СУЗ and takes a place in the queue. Find such orders and sign or delete them.";
    stuck_find: "Спросить СУЗ", "Ask СУЗ";
    stuck_none: "Заказов без подписи нет.", "There are no unsigned orders.";
    stuck_group: "Группа не указана", "No group said";
    stuck_sign: "Подписать", "Sign";
    stuck_delete: "Удалить в СУЗ", "Delete in СУЗ";
    stuck_delete_text: "СУЗ забудет этот заказ насовсем, кодов по нему не будет. Если он ещё нужен, подпишите его.",
        "СУЗ forgets this order for good, and no codes come of it. If it is needed still, sign it.";
    stuck_delete_act: "Удалить насовсем", "Delete for good";
    stuck_waits: "Продолжим после подписи.", "It goes on after a signature.";
    stuck_failed: "СУЗ не ответила, как нужно.", "СУЗ did not answer as it should.";
}

/// Orders that the list does not show.
pub(crate) fn stuck_more(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("И ещё {}: разберите эти и спросите снова.", number(count)),
        Lang::En => format!("And {} more: settle these and ask again.", number(count)),
    }
}
