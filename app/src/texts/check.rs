//! Words of the check of a code.

pub(crate) mod scanner;

use super::{number, plural, texts};
use cis::{Kind, Lang, Outcome, market::MarketForm};

texts! {
    title: "Проверка кода", "Check a code";
    in_browser: "Ничего не отправляется: всё считает ваш браузер", "Nothing is sent: your browser does it all";
    on_server: "Без сценариев код посчитает сервер Метки; он его не хранит",
        "Without scripts Metka's server does it; it keeps nothing";
    label: "Код или столбец кодов", "A code, or a column of codes";
    placeholder: "Отсканируйте, вставьте или перетащите файл", "Scan, paste, or drop a file";
    check: "Проверить", "Check";
    clear: "Очистить", "Clear";
    file: "Файл…", "File…";
    group: "Товарная группа", "Product group";
    any_group: "определить", "find out";
    result: "Результат", "Result";
    nothing: "Здесь будет разбор", "The parts will be here";
    nothing_text: "Подойдёт что угодно: скан, ячейка таблицы, строка из JSON, даже повреждённый код. В столбце — по коду в строке.",
        "Anything will do: a scan, a spreadsheet cell, a line of JSON, even a damaged code. In a column, one code a line.";
    with_tail: "с криптохвостом", "with its crypto tail";
    without_tail: "без криптохвоста", "without a crypto tail";
    market_full: "по форме подходит Маркету", "fits Market's form";
    market_short: "Маркет знает такие коды без криптохвоста", "Market knows such codes without a tail";
    market_doubt: "Маркет может не принять", "Market may not take it";
    market_doubt_text: "Код прочитан, но под опубликованное правило Маркета не подходит. Такое бывает у настоящих кодов: молока с датой, блока сигарет.",
        "The code was read, but it does not match the rule that Market publishes. Genuine codes can be like that: milk with a date, a carton of cigarettes.";
    market_block: "Маркет не примет", "Market will not take it";
    price: "Максимальная розничная цена", "Maximum retail price";
    as_given: "Как было", "As it was given";
    here: "здесь", "here";
    ended_here: "текст кончился здесь", "the text ended here";
    copy_code: "Копировать код", "Copy the code";
    copy_json: "Как в JSON", "As in JSON";
    copy_ki: "Только КИ", "Identification part only";
    choose: "Это он", "This one";
    two_ways: "Код читается двояко. Какой это товар?", "The code reads in two ways. Which goods are these?";
    caps: "Сканер печатал при включённом Caps Lock: регистр букв перевёрнут. Выключите Caps Lock и отсканируйте снова.",
        "The scanner typed with Caps Lock on: the case of the letters is turned over. Switch it off and scan again.";
    gtin_about: "GTIN — номер товара в международной базе GS1: штрихкоды EAN, UPC и ISBN показывают его же.",
        "A GTIN is the number of a product in the international GS1 database: EAN, UPC and ISBN bar codes show the same number.";
    gtin_find: "Проверить, есть ли товар в базе, можно на сайте GS1. Если его там нет, запросите GTIN у поставщика.",
        "Whether the product is in the database can be checked at GS1. If it is not, ask the supplier for the GTIN.";
    gtin_get: "Производитель получает номера, когда вступает в GS1 и регистрирует товары.",
        "A manufacturer gets numbers by joining GS1 and registering the products.";
    gtin_link: "Проверить на сайте GS1", "Look it up at GS1";
    list: "Проверенные строки", "Checked lines";
    all: "Все", "All";
    attention: "Требуют внимания", "Need attention";
    calm: "Внимания ничего не требует", "Nothing needs attention";
    stop: "Остановить", "Stop";
    failed: "Файл не прочитался. Попробуйте вставить его текст.", "The file could not be read. Try to paste its text.";
    download: "Скачать CSV", "Download CSV";
    csv_name: "проверка-кодов.csv", "checked-codes.csv";
    csv_head: "Строка;Как было;Вердикт;Код;КИ;Группы;Маркет;Исправления;Причина;Повтор строки",
        "Line;As given;Verdict;Code;Identification part;Groups;Market;Repairs;Reason;Same as line";
}

/// The verdict in a word or two.
pub(crate) const fn outcome(outcome: Outcome, lang: Lang) -> &'static str {
    match (outcome, lang) {
        (Outcome::Valid, Lang::Ru) => "верен",
        (Outcome::Valid, Lang::En) => "good",
        (Outcome::Repaired, Lang::Ru) => "исправлен",
        (Outcome::Repaired, Lang::En) => "repaired",
        (Outcome::Ambiguous, Lang::Ru) => "нужен ответ",
        (Outcome::Ambiguous, Lang::En) => "needs an answer",
        (Outcome::Refused, Lang::Ru) => "не прочитан",
        (Outcome::Refused, Lang::En) => "not read",
        (Outcome::NotACode, Lang::Ru) => "не код маркировки",
        (Outcome::NotACode, Lang::En) => "not a marking code",
    }
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

/// What a code is put on.
pub(crate) const fn kind(kind: Kind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (Kind::TobaccoPack, Lang::Ru) => "Пачка табака или никотина",
        (Kind::TobaccoPack, Lang::En) => "Pack of tobacco or nicotine",
        (Kind::TobaccoBlock, Lang::Ru) => "Блок табака",
        (Kind::TobaccoBlock, Lang::En) => "Block of tobacco",
        (Kind::TobaccoCase, Lang::Ru) => "Короб табака",
        (Kind::TobaccoCase, Lang::En) => "Case of tobacco",
        (Kind::FurMark, Lang::Ru) => "Меховое изделие",
        (Kind::FurMark, Lang::En) => "Fur garment",
        (Kind::TransportPackage, Lang::Ru) => "Транспортная упаковка, КИТУ",
        (Kind::TransportPackage, Lang::En) => "Transport package, SSCC",
        (_, Lang::Ru) => "Код маркировки",
        (_, Lang::En) => "Marking code",
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

/// The length of the codes that a damaged one is nearest to.
pub(crate) fn nearest(characters: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{characters} {} после 21 бывает у групп",
            plural(characters, "знак", "знака", "знаков")
        ),
        Lang::En => format!("{characters} characters behind 21 are known of the groups"),
    }
}

/// How many lines are checked until now.
pub(crate) fn lines(count: u32, lang: Lang) -> String {
    let words = match lang {
        Lang::Ru => plural(count, "строка", "строки", "строк"),
        Lang::En => plural_en(count, "line", "lines"),
    };
    number(count) + " " + words
}

/// How many lines were checked before somebody stopped it.
pub(crate) fn stopped(count: u32, lang: Lang) -> String {
    let said = match lang {
        Lang::Ru => "Остановлено, проверено: ",
        Lang::En => "Stopped; checked: ",
    };
    said.to_owned() + &lines(count, lang)
}

/// The counts over a list, each with its word; what there is none of is not said.
pub(crate) fn counts(counts: [(Outcome, u32); 5], same: u32, lang: Lang) -> String {
    let mut said = String::new();
    let same = (
        match lang {
            Lang::Ru => "повтор",
            Lang::En => "repeat",
        },
        same,
    );
    let words = counts.map(|(kind, count)| (outcome(kind, lang), count));
    for (word, count) in words.into_iter().chain([same]) {
        if count > 0 {
            if !said.is_empty() {
                said.push_str(" · ");
            }
            said.push_str(word);
            said.push_str(": ");
            said.push_str(&number(count));
        }
    }
    said
}

/// The line that holds the same unit.
pub(crate) fn same(line: u32, lang: Lang) -> String {
    let said = match lang {
        Lang::Ru => "Та же единица, что в строке ",
        Lang::En => "The same unit as in line ",
    };
    said.to_owned() + &number(line)
}

/// The check digit of a bar code.
pub(crate) fn check_digit(digit: char, lang: Lang) -> String {
    let mut said = match lang {
        Lang::Ru => "Контрольная цифра верна: ",
        Lang::En => "The check digit agrees: ",
    }
    .to_owned();
    said.push(digit);
    said
}

const fn plural_en<'a>(count: u32, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

fn either(lang: Lang, ru: &str, en: &str) -> String {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}
