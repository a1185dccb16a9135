//! The parts of СУЗ in words.

use super::super::texts;

texts! {
    sections: "Разделы СУЗ", "Parts of СУЗ";
    orders: "Заказы кодов", "Orders of codes";
    stock: "Коды и этикетки", "Codes and labels";
    queue: "На подпись", "To sign";
    connections: "Подключения", "Connections";
}
