//! What `metka suz …` says beside the sentences of the pages.

use cis::Lang;

/// What sends an order against which something stands.
pub const fn anyway(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "Если всё равно отправить, добавьте --anyway.",
        Lang::En => "Add --anyway to send it nevertheless.",
    }
}

/// Labels that were printed already are asked for.
pub const fn again(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => {
            "Эти этикетки уже печатали: коды окажутся на бумаге второй раз, и это останется в журнале. Если так и надо, добавьте --yes-again."
        }
        Lang::En => {
            "These labels were printed already: their codes will be on paper a second time, and the journal keeps that. Add --yes-again if that is what you want."
        }
    }
}

/// There is no connection to choose.
pub const fn no_connection(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "СУЗ ещё не подключена: подключите её на странице.",
        Lang::En => "СУЗ is not connected yet: connect it on the page.",
    }
}

/// So many codes of a test order may have to be paid for.
pub fn may_cost(codes: u64, lang: Lang) -> String {
    let codes = super::orders::codes(u32::try_from(codes).unwrap_or(u32::MAX), lang);
    match lang {
        Lang::Ru => format!(
            "Это боевой контур: пробный заказ — {codes}, и они могут стоить денег. Если согласны, добавьте --yes-pay."
        ),
        Lang::En => format!(
            "This is production: the test order is of {codes}, which may cost money. Add --yes-pay if you agree."
        ),
    }
}

/// Closing takes so many codes from us.
pub fn annuls(codes: u64, lang: Lang) -> String {
    let said = super::orders::annuls(u32::try_from(codes).unwrap_or(u32::MAX), lang);
    match lang {
        Lang::Ru => format!("{said}. Если так и надо, добавьте --annul {codes}."),
        Lang::En => format!("{said}. Add --annul {codes} if that is what you want."),
    }
}

/// There are several connections.
pub fn name_one(ids: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Подключений несколько, назовите одно через --connection: {ids}."),
        Lang::En => format!("There are several connections, name one with --connection: {ids}."),
    }
}

/// In whose name it was to be done.
pub fn nobody(email: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Человека с почтой {email} здесь нет."),
        Lang::En => format!("Nobody here has the address {email}."),
    }
}

/// A line of goods that is none.
pub fn not_a_line(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{text}: нужно GTIN:ЧИСЛО, например 04606038003172:10."),
        Lang::En => format!("{text}: it must be GTIN:CODES, 04606038003172:10 for example."),
    }
}
