//! Words of the stock of codes.

use super::texts;
use cis::Lang;
use desk::codes::{CodeState, EventKind, Origin, SearchBy, Step};

texts! {
    title: "Коды", "Codes";
    intro: "Каждый код организации: откуда он, где лежит и что с ним было.",
        "Every code of the organisation: where it came from, where it lies, what became of it.";
    states: "Состояние кодов", "State of the codes";
    all: "Все", "All";
    search: "Поиск кода", "Search for a code";
    search_hint: "Код, КИ, GTIN или часть кода", "Code, KI, GTIN or a part of a code";
    search_by: "Где искать", "Where to look";
    find: "Найти", "Find";
    reset: "Сбросить", "Clear";
    any_origin: "Откуда угодно", "From anywhere";
    from: "с", "from";
    to: "по", "to";
    column_code: "Код", "Code";
    column_state: "Состояние", "State";
    column_order: "Заказ", "Order";
    column_came: "Поступил", "Came";
    column_act: "История", "History";
    history: "История", "History";
    pages: "Страницы", "Pages";
    older: "Ещё раньше", "Older";
    to_newest: "К новым", "To the newest";
    export: "Скачать для Excel", "Download for Excel";
    export_plain: "CSV для программ", "CSV for programs";
    no_codes: "Кодов пока нет", "No codes yet";
    no_codes_text: "Здесь появится каждый код, который отсканируют, вставят или загрузят файлом. Начните с заказа.",
        "Every code that is scanned, pasted or loaded from a file will appear here. Begin with an order.";
    to_orders: "К заказам", "To the orders";
    nothing_found: "Таких кодов нет", "No such codes";
    nothing_found_text: "Проверьте, где вы ищете и какое состояние выбрано. Заглавные и строчные буквы в коде — разные символы.",
        "Check where you look and which state is chosen. Capital and small letters of a code are different characters.";
    show_all: "Показать все коды", "Show all codes";
    one_title: "Код", "Code";
    to_all: "Все коды", "All codes";
    happened: "Что с ним было", "What happened to it";
    in_order: "заказ", "order";
    from_order: "Из заказа кодов", "Of an order of codes";
    from_file: "Из файла", "Of the file";
    block: "блок", "block";
    expires: "неиспользованный сгорит", "annulled unless used";
    expired: "неиспользованный сгорел", "annulled unless it was used";
}

#[cfg(feature = "ssr")]
pub(crate) use file::*;

/// The columns of the file, which the server writes.
#[cfg(feature = "ssr")]
mod file {
    use crate::texts::texts;

    texts! {
        file_code: "Код", "Code";
        file_escaped: "Код, GS как \\u001d", "Code, GS as \\u001d";
        file_ki: "КИ", "KI";
        file_product: "Товар", "Product";
        file_came: "Поступил (Москва)", "Came (Moscow)";
        file_origin: "Откуда", "From";
    }
}

const fn of(lang: Lang, (ru, en): (&'static str, &'static str)) -> &'static str {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// A state as the name of a list.
pub(crate) const fn tab(state: CodeState, lang: Lang) -> &'static str {
    of(
        lang,
        match state {
            CodeState::Free => ("Свободны", "Free"),
            CodeState::Bound => ("В заказах", "In orders"),
            CodeState::Sent => ("Отправлены", "Sent"),
            CodeState::Accepted => ("Приняты", "Accepted"),
            CodeState::Refused => ("Отказ", "Refused"),
            CodeState::Verified => ("Проверены", "Verified"),
            CodeState::Rejected => ("Отклонены", "Rejected"),
            CodeState::Returned => ("Вернулись", "Returned"),
            CodeState::Cancelled => ("Отменены", "Cancelled"),
        },
    )
}

/// The state of one code.
pub(crate) const fn state(state: CodeState, lang: Lang) -> &'static str {
    of(
        lang,
        match state {
            CodeState::Free => ("Свободен", "Free"),
            CodeState::Bound => ("В заказе", "In an order"),
            CodeState::Sent => ("Отправлен", "Sent"),
            CodeState::Accepted => ("Принят", "Accepted"),
            CodeState::Refused => ("Маркет отказал", "Market refused"),
            CodeState::Verified => ("Проверен", "Verified"),
            CodeState::Rejected => ("Отклонён", "Rejected"),
            CodeState::Returned => ("Вернулся", "Returned"),
            CodeState::Cancelled => ("Заказ отменён", "Order cancelled"),
        },
    )
}

/// What the state of a code means and what to do about it.
pub(crate) const fn state_means(state: CodeState, lang: Lang) -> &'static str {
    of(
        lang,
        match state {
            CodeState::Free => (
                "Код не лежит ни в одном заказе: его можно положить.",
                "The code lies in no order and may be put into one.",
            ),
            CodeState::Bound => (
                "Код лежит в заказе, Маркету его ещё не отправляли.",
                "The code lies in an order and was not sent to Market yet.",
            ),
            CodeState::Sent => (
                "Коды заказа в пути или проверяются Маркетом. Ничего делать не нужно.",
                "The order's codes are on the way or being verified by Market. Nothing to do.",
            ),
            CodeState::Accepted => ("Маркет принял код.", "Market took the code."),
            CodeState::Refused => (
                "Маркет не принял коды этого заказа: откройте заказ, там его ответ и что делать.",
                "Market refused the codes of this order: open it to see the answer and what to do.",
            ),
            CodeState::Verified => (
                "Маркет проверил код, заказ можно отгружать.",
                "Market verified the code; the order may be shipped.",
            ),
            CodeState::Rejected => (
                "Проверка отклонила именно этот код: замените его в заказе другим.",
                "Verification rejected this very code: put another one in its place.",
            ),
            CodeState::Returned => (
                "Товар с этим кодом вернулся или возвращается. Прежде чем продавать его снова, верните код в оборот в «Честном знаке».",
                "The unit with this code came back or is on its way. Before selling it again, return the code into circulation in Chestny ZNAK.",
            ),
            CodeState::Cancelled => (
                "Заказ с этим кодом отменён, код можно положить в другой.",
                "The order with this code was cancelled; the code may be put into another.",
            ),
        },
    )
}

/// How a code came.
pub(crate) const fn origin(origin: Origin, lang: Lang) -> &'static str {
    of(
        lang,
        match origin {
            Origin::Order => ("со страницы заказа", "from an order's page"),
            Origin::Packing => ("со стола упаковки", "from the packing desk"),
            Origin::Bulk => ("из общего файла", "from a file for many orders"),
            Origin::Emitted => ("из СУЗ", "from SUZ"),
            Origin::Imported => (
                "куплен в другом месте, из файла",
                "bought elsewhere, from a file",
            ),
        },
    )
}

/// Where a searched text is looked for.
pub(crate) const fn by(by: SearchBy, lang: Lang) -> &'static str {
    of(
        lang,
        match by {
            SearchBy::Anything => ("Везде", "Everywhere"),
            SearchBy::Gtin => ("GTIN", "GTIN"),
            SearchBy::Serial => ("Начало серийного", "Start of serial"),
            SearchBy::End => ("Последние символы", "Last characters"),
        },
    )
}

/// The link to a code's history, for those who do not see where it stands.
pub(crate) fn history_of(ending: &str, lang: Lang) -> String {
    [of(lang, ("История кода ", "History of code ")), ending].concat()
}

/// One step of a history.
pub(crate) fn step(step: &Step, lang: Lang) -> String {
    let numbered = |words, number: u32| [of(lang, words), " № ", &number.to_string()].concat();
    match step {
        Step::Came(None) => of(lang, ("Поступил", "Came")).to_owned(),
        Step::Came(Some(from)) => [of(lang, ("Поступил ", "Came ")), origin(*from, lang)].concat(),
        Step::Event(kind, _) => of(lang, event(*kind)).to_owned(),
        Step::Sent(number) => numbered(("Отправлен, отправка", "Sent, submission"), *number),
        Step::Accepted(number) => numbered(
            ("Маркет принял, отправка", "Market took it, submission"),
            *number,
        ),
        Step::Refused(number, _) => numbered(
            ("Маркет отказал, отправка", "Market refused, submission"),
            *number,
        ),
        Step::Conflict(number) => numbered(
            (
                "В Маркете оказались другие коды, отправка",
                "Market held other codes, submission",
            ),
            *number,
        ),
    }
}

const fn event(kind: EventKind) -> (&'static str, &'static str) {
    match kind {
        EventKind::Bound => ("Положен в заказ", "Put into an order"),
        EventKind::Unbound => ("Вынут из заказа", "Taken out of the order"),
        EventKind::Freed => (
            "Освобождён: заказ отменён",
            "Freed: the order was cancelled",
        ),
        EventKind::Dropped => (
            "Освобождён: Маркет убрал товар из заказа",
            "Freed: Market took the unit off the order",
        ),
        EventKind::Verified => ("Проверен Маркетом", "Verified by Market"),
        EventKind::Rejected => ("Отклонён проверкой", "Rejected by verification"),
        EventKind::Returned => ("Возврат товара", "The unit is coming back"),
    }
}
