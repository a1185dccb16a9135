//! Words of the page that stands where labels were asked for and none came.

use crate::texts::texts;

texts! {
    no_file: "Этикетки не открылись", "The labels did not open";
    no_such_format: "Такого формата этикеток нет.", "There is no such format of labels.";
    back_to_order: "К заказу", "To the order";
}
