//! Words of the frame: navigation, common parts, the first page, «not found».

use super::{plural, texts};
use cis::Lang;

texts! {
    product: "Метка", "Metka";
    skip: "К содержанию", "Skip to content";
    navigation: "Разделы", "Sections";
    orders: "Заказы", "Orders";
    packing: "Сборка", "Packing";
    bulk: "Пакеты", "Bulk";
    codes: "Коды", "Codes";
    connections: "Подключения", "Connections";
    suz: "СУЗ", "СУЗ";
    suz_waiting: "ждут подписи", "wait for a signature";
    journal: "Журнал", "Journal";
    check: "Проверка кода", "Check a code";
    without_account: "Без входа", "No account needed";
    account: "Учётная запись", "Account";
    sign_out: "Выйти", "Sign out";
    sign_in: "Войти", "Sign in";
    sign_up: "Зарегистрироваться", "Sign up";
    other_language: "English", "Русский";
    other_language_code: "en", "ru";
    sandbox: "песочница", "sandbox";
    sandbox_title: "Метка работает с учебным Маркетом, настоящий ничего не получит",
        "Metka works with a practice marketplace; nothing reaches the real one";
    loading: "Загружается", "Loading";
    copied: "скопировано", "copied";
    retry: "Повторить", "Try again";
    no_connection: "Нет связи с сервером Метки, или страница устарела. Проверьте сеть и обновите страницу.",
        "Metka's server cannot be reached, or this page is out of date. Check the network and reload the page.";
    not_here: "Этого здесь нет: возможно, ссылка устарела.", "This is not here: the link may be out of date.";
    to_orders: "К заказам", "To the orders";
    their_words: "Маркет ответил:", "Market answered:";
    welcome: "Метка", "Metka";
    welcome_text: "Коды маркировки «Честный знак» для заказов Яндекс Маркета: отсканируйте, и каждая единица получит свой код.",
        "Marking codes for Yandex Market orders: scan, and every unit gets its code.";
    welcome_slots: "У каждой единицы заказа своё место: сразу видно, каких кодов не хватает.",
        "Every unit of an order has its place, so you see at once which codes are missing.";
    welcome_repair: "Код, повреждённый сканером или таблицей, Метка исправит, а если не сможет, объяснит, что с ним не так.",
        "A code damaged by a scanner or a spreadsheet is repaired, or Metka explains what is wrong with it.";
    welcome_answer: "После отправки видно, приняты ли коды, а если нет — что ответил Маркет и что делать.",
        "After sending you see whether the codes were taken, and if not, what Market said and what to do.";
    check_a_code: "Проверить код", "Check a code";
    not_found: "Такой страницы нет", "There is no such page";
    not_found_text: "Возможно, ссылка устарела или в адресе опечатка.", "The link may be old, or the address mistyped.";
    to_start: "На главную", "To the first page";
}

/// The number beside «Заказы», said in full for those who do not see where it stands.
pub(crate) fn orders_waiting(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{count} {} коды",
            plural(count, "заказ ждёт", "заказа ждут", "заказов ждут")
        ),
        Lang::En => format!(
            "{count} {} for codes",
            if count == 1 {
                "order waits"
            } else {
                "orders wait"
            }
        ),
    }
}
