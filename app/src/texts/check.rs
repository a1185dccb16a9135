//! Words of the check of a code.

use super::{number, plural, texts};
use cis::{Lang, market::MarketForm};

texts! {
    title: "Проверка кода", "Check a code";
    in_browser: "Ничего не отправляется: всё считает ваш браузер", "Nothing is sent: your browser does it all";
    on_server: "Без сценариев код посчитает сервер Метки; он его не хранит",
        "Without scripts Metka's server does it; it keeps nothing";
    label: "Код или столбец кодов", "A code, or a column of codes";
    placeholder: "Отсканируйте или вставьте", "Scan or paste";
    check: "Проверить", "Check";
    clear: "Очистить", "Clear";
    result: "Результат", "Result";
    nothing: "Здесь будет разбор", "The parts will be here";
    nothing_text: "Подойдёт что угодно: скан, ячейка таблицы, строка из JSON, даже повреждённый код. В столбце — по коду в строке.",
        "Anything will do: a scan, a spreadsheet cell, a line of JSON, even a damaged code. In a column, one code a line.";
    good: "верен", "good";
    remarked: "есть замечание", "has a remark";
    two_readings: "читается двояко", "reads two ways";
    refused: "не код маркировки", "not a marking code";
    with_tail: "Код маркировки с криптохвостом", "Marking code with its crypto tail";
    without_tail: "Код идентификации, без криптохвоста", "Identification code, without a crypto tail";
    market_full: "по форме подходит Маркету", "fits Market's form";
    market_short: "Маркет знает такие коды без криптохвоста", "Market knows such codes without a tail";
    market_doubt: "Маркет может не принять", "Market may not take it";
    market_doubt_text: "Код прочитан, но под опубликованное правило Маркета не подходит. Такое бывает у настоящих кодов: молока с датой, блока сигарет.",
        "The code was read, but it does not match the rule that Market publishes. Genuine codes can be like that: milk with a date, a carton of cigarettes.";
    market_block: "Маркет не примет", "Market will not take it";
    as_given: "Как было", "As it was given";
    here: "здесь", "here";
    ended_here: "текст кончился здесь", "the text ended here";
    copy_code: "Копировать код", "Copy the code";
    copy_json: "Как в JSON", "As in JSON";
    copy_ki: "Только КИ", "Identification part only";
    copy_separated: "Копировать с разделителем", "Copy with the separator";
}

/// How many steps repaired the code.
pub(crate) fn repaired(steps: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "исправлен, {steps} {}",
            plural(steps, "шаг", "шага", "шагов")
        ),
        Lang::En => format!(
            "repaired, {steps} {}",
            if steps == 1 { "step" } else { "steps" }
        ),
    }
}

/// What Market makes of the form of a code.
pub(crate) const fn market(form: MarketForm, lang: Lang) -> &'static str {
    match form {
        MarketForm::Full => market_full(lang),
        MarketForm::Short => market_short(lang),
    }
}

/// What an element of a code is; nothing is said of the identifiers themselves.
pub(crate) fn element(ai: &str, length: u32, lang: Lang) -> String {
    let (ru, en) = match ai {
        "01" => {
            return either(
                lang,
                "GTIN, контрольная цифра верна",
                "GTIN, its check digit agrees",
            );
        }
        "21" => ("серийный номер", "serial number"),
        "91" => return either(lang, "ключ проверки", "verification key"),
        "92" => ("подпись", "signature"),
        "93" => return either(lang, "код проверки", "verification code"),
        "10" => ("партия", "batch"),
        "17" => return either(lang, "годен до, ГГММДД", "use by, YYMMDD"),
        "7003" => return either(lang, "годен до, ГГММДДччмм", "use by, YYMMDDhhmm"),
        "240" => ("дополнительный номер", "additional number"),
        "3103" => return either(lang, "вес, г", "weight, g"),
        "8005" => return either(lang, "цена на упаковке", "price on the pack"),
        volume if volume.starts_with("335") => return either(lang, "объём", "volume"),
        _ => ("данные", "data"),
    };
    match lang {
        Lang::Ru => format!(
            "{ru}, {length} {}",
            plural(length, "знак", "знака", "знаков")
        ),
        Lang::En => format!(
            "{en}, {length} {}",
            if length == 1 {
                "character"
            } else {
                "characters"
            }
        ),
    }
}

/// The counts over a column of codes.
pub(crate) fn column(all: u32, good: u32, repaired: u32, refused: u32, lang: Lang) -> String {
    let all_words = number(all);
    match lang {
        Lang::Ru => format!(
            "{all_words} {}: верны {}, исправлены {}, не коды {}",
            plural(all, "строка", "строки", "строк"),
            number(good),
            number(repaired),
            number(refused)
        ),
        Lang::En => format!(
            "{all_words} lines: {} good, {} repaired, {} not codes",
            number(good),
            number(repaired),
            number(refused)
        ),
    }
}

/// How many rows of a long column are shown.
pub(crate) fn first_shown(shown: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Показаны первые {}.", number(shown)),
        Lang::En => format!("The first {} are shown.", number(shown)),
    }
}

fn either(lang: Lang, ru: &str, en: &str) -> String {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}
