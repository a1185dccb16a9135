//! Templates of codes and serial numbers in words.

use super::{cis_type, plural, said};
use cis::Lang;
use desk::suz::group_form::{CisType, Tail, Template};

/// A template in words.
pub(crate) struct Explained {
    /// What it is called.
    pub(crate) name: String,
    /// When to take it.
    pub(crate) text: String,
}

/// A template: what a code of it consists of, and what speaks for it beside the other one of its group.
pub(crate) fn template(template: &Template, lang: Lang) -> Explained {
    let Template { id, serial, .. } = template;
    let (ru, en) = match template.tail {
        Tail::Long | Tail::Longest => ("Длинный код", "Long code"),
        Tail::Short => ("Короткий код", "Short code"),
        Tail::Price => ("Код GS1 с ценой", "GS1 code with the price"),
        Tail::Bare => ("Код пачки", "Pack code"),
    };
    let name = said(lang, ru, en);
    let name = match lang {
        Lang::Ru => {
            let noun = plural(u32::from(*serial), "знака", "знаков", "знаков");
            format!("{name}, шаблон {id}: серийный номер из {serial} {noun}")
        }
        Lang::En => format!(
            "{name}, template {id}: a serial number of {}",
            signs(u32::from(*serial), lang)
        ),
    };
    let (length, about) = (
        signs(characters(template), lang),
        template_about(template.tail, lang),
    );
    let text = match lang {
        Lang::Ru => format!("Всего {length}. {about}"),
        Lang::En => format!("{length} in all. {about}"),
    };
    Explained { name, text }
}

/// «13 знаков».
pub(super) fn signs(count: u32, lang: Lang) -> String {
    let noun = match lang {
        Lang::Ru => plural(count, "знак", "знака", "знаков"),
        Lang::En if count == 1 => "character",
        Lang::En => "characters",
    };
    format!("{count} {noun}")
}

/// A template that is for some code types only.
pub(crate) fn template_only_for(cis_types: &[CisType], lang: Lang) -> String {
    let names: Vec<String> = cis_types
        .iter()
        .map(|one| format!("«{}»", cis_type(one, lang)))
        .collect();
    let names = names.join(", ");
    match lang {
        Lang::Ru => format!("Только для кодов {names}."),
        Lang::En => format!("Only for codes of the type {names}."),
    }
}

/// How many characters a code has, separators among them: that makes the size of its symbol.
fn characters(template: &Template) -> u32 {
    const GTIN: u32 = 14;
    let tail = match template.tail {
        Tail::Long => 7 + 47,
        Tail::Longest => 7 + 91,
        Tail::Short => 7,
        Tail::Price => 11 + 7,
        Tail::Bare => return GTIN + u32::from(template.serial) + 4 + 4,
    };
    2 + GTIN + 2 + u32::from(template.serial) + tail
}

const fn template_about(tail: Tail, lang: Lang) -> &'static str {
    let (ru, en) = match tail {
        Tail::Long => (
            "С ключом и подписью (91 и 92): значок крупнее. Берите, если на упаковке хватает места.",
            "With a key and a signature (91 and 92): the symbol is bigger. Take it when there is room on the pack.",
        ),
        Tail::Longest => (
            "С ключом и длинной подписью (91 и 92): значок самый крупный.",
            "With a key and a long signature (91 and 92): the symbol is the biggest.",
        ),
        Tail::Short => (
            "С четырьмя знаками проверки (93): значок мельче, или точки в нём крупнее. Берите для маленьких этикеток, быстрых линий и слабых принтеров.",
            "With four characters of check (93): the symbol is smaller, or its dots are bigger. Take it for small labels, fast lines and weak printers.",
        ),
        Tail::Price => (
            "С ценой (8005) и четырьмя знаками проверки (93).",
            "With the price (8005) and four characters of check (93).",
        ),
        Tail::Bare => (
            "GTIN, серийный номер, цена и проверка подряд, без идентификаторов применения.",
            "GTIN, serial number, price and check in a row, without application identifiers.",
        ),
    };
    said(lang, ru, en)
}

/// What to know before taking one of two templates.
pub(crate) const fn two_templates(lang: Lang) -> &'static str {
    said(
        lang,
        "Законны оба шаблона, выбирает заказчик. Коды разных шаблонов различаются размером значка на этикетке. Если товар уже печатали, берите тот же, что раньше.",
        "Both templates are lawful, and the choice is yours. Their codes differ in the size of the symbol on the label. If the goods were printed before, take the one you took then.",
    )
}

/// What is wanted of own serial numbers.
pub(crate) fn own_serials(template: &Template, lang: Lang) -> String {
    let country = template.own_serial < template.serial;
    let length = signs(u32::from(template.own_serial), lang);
    match (lang, country) {
        (Lang::Ru, true) => format!(
            "По одному в строке, ровно {length}: латинские буквы, цифры и ! \" % & ' ( ) * + , - . / _ : ; = < > ?. Первой СУЗ поставит цифру страны, и в коде их будет {}.",
            template.serial
        ),
        (Lang::Ru, false) => format!(
            "По одному в строке, ровно {length}: латинские буквы, цифры и ! \" % & ' ( ) * + , - . / _ : ; = < > ?."
        ),
        (Lang::En, true) => format!(
            "One to a line, {length} each: Latin letters, digits and ! \" % & ' ( ) * + , - . / _ : ; = < > ?. СУЗ puts the digit of the country first, so the code will have {}.",
            template.serial
        ),
        (Lang::En, false) => format!(
            "One to a line, {length} each: Latin letters, digits and ! \" % & ' ( ) * + , - . / _ : ; = < > ?."
        ),
    }
}
