//! What an order of codes may say, in words: fields, templates, ways of release, and what is wrong with a filled form.

mod faults;

use cis::Lang;
use desk::{
    codes::Day,
    suz::group_form::{CisType, FormField, PaymentType, ReleaseMethod, ReleaseRule, Tail, Template},
};
pub(crate) use faults::{fault, fault_with_place};


fn said(lang: Lang, ru: &str, en: &str) -> String {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// What a code is put on; a word that came later stays as it is.
pub(crate) fn cis_type(cis_type: &CisType, lang: Lang) -> String {
    match cis_type {
        CisType::Unit => said(lang, "Единица товара", "One piece"),
        CisType::Group => said(lang, "Групповая упаковка", "Group pack"),
        CisType::Set => said(lang, "Набор", "Set"),
        CisType::Bundle => said(lang, "Комплект", "Bundle"),
        CisType::Other(word) => word.clone(),
    }
}

/// How goods come into circulation.
pub(crate) fn release(method: &ReleaseMethod, lang: Lang) -> String {
    match method {
        ReleaseMethod::Production => said(lang, "Произведено в России", "Made in Russia"),
        ReleaseMethod::Import => said(lang, "Ввезено в Россию", "Brought into Russia"),
        ReleaseMethod::Remains => said(lang, "Остатки", "Leftovers"),
        ReleaseMethod::Remark => said(lang, "Перемаркировка", "Marked anew"),
        ReleaseMethod::Commission => said(lang, "Комиссия: принято от физлица", "Commission: from a person"),
        ReleaseMethod::Reapply => said(
            lang,
            "Нанесение вне производства и импорта",
            "Marked outside production and import",
        ),
        ReleaseMethod::Other(word) => word.clone(),
    }
}

/// What a way of release means, for who chooses, and on which days it is open.
pub(crate) fn release_days(rule: &ReleaseRule, lang: Lang) -> String {
    let means = match rule.method {
        ReleaseMethod::Production => said(lang, "Вы производитель.", "You are the producer."),
        ReleaseMethod::Import => said(lang, "Коды наносят до ввоза.", "Codes are put on before the import."),
        ReleaseMethod::Remains => said(
            lang,
            "Товар выпущен до начала маркировки.",
            "The goods were made before marking began.",
        ),
        ReleaseMethod::Remark => said(
            lang,
            "Код испорчен, потерян, или товар вернули.",
            "The code was spoilt or lost, or the goods came back.",
        ),
        _ => String::new(),
    };
    let days = match (rule.from, rule.until, lang) {
        (None, None, _) => String::new(),
        (Some(from), None, Lang::Ru) => format!("С {}.", day(from)),
        (Some(from), None, Lang::En) => format!("From {}.", day(from)),
        (None, Some(until), Lang::Ru) => format!("До {}.", day(until)),
        (None, Some(until), Lang::En) => format!("Until {}.", day(until)),
        (Some(from), Some(until), Lang::Ru) => format!("С {} до {}.", day(from), day(until)),
        (Some(from), Some(until), Lang::En) => format!("From {} until {}.", day(from), day(until)),
    };
    [means, days].join(" ").trim().to_owned()
}

/// «01.12.2026».
fn day(day: Day) -> String {
    let text = day.to_string();
    let mut parts: Vec<&str> = text.split('-').collect();
    parts.reverse();
    parts.join(".")
}

/// When a code is paid for.
pub(crate) fn payment(payment: PaymentType, lang: Lang) -> String {
    match payment {
        PaymentType::AtEmission => said(
            lang,
            "При эмиссии: сразу за все, без срока жизни",
            "When emitted: for all of them at once",
        ),
        PaymentType::AtApplication => said(
            lang,
            "При нанесении: только за использованные",
            "When put on: for those that are used",
        ),
    }
}

/// A template as who chooses is told of it.
pub(crate) struct Explained {
    /// In a few words.
    pub(crate) name: String,
    /// What it is good for.
    pub(crate) text: String,
}

/// A template: how long the code is, and when to take which.
pub(crate) fn template(template: &Template, lang: Lang) -> Explained {
    let serial = template.serial;
    let (name, text) = match template.tail {
        Tail::Long => (
            said(lang, "Длинный код", "Long code"),
            said(
                lang,
                "Ключ и подпись (91 и 92): крупнее на этикетке, проверяется без связи.",
                "Key and signature (91 and 92): larger on the label, can be verified offline.",
            ),
        ),
        Tail::Longest => (
            said(lang, "Самый длинный код", "Longest code"),
            said(
                lang,
                "Подпись из 88 символов.",
                "A signature of 88 characters.",
            ),
        ),
        Tail::Short => (
            said(lang, "Короткий код", "Short code"),
            said(
                lang,
                "Проверочный код из 4 символов (93): помещается на маленькую этикетку, печатается быстрее.",
                "A check of 4 characters (93): fits a small label, prints faster.",
            ),
        ),
        Tail::Price => (
            said(lang, "Блок, с ценой", "Block, with its price"),
            said(lang, "Внутри максимальная розничная цена.", "It holds the highest retail price."),
        ),
        Tail::Bare => (
            said(lang, "Пачка", "Pack"),
            said(lang, "Без идентификаторов применения.", "Without application identifiers."),
        ),
    };
    let text = match lang {
        Lang::Ru => format!("{text} Серийный номер: {serial} символов. Шаблон {}.", template.id),
        Lang::En => format!("{text} Serial number: {serial} characters. Template {}.", template.id),
    };
    Explained { name, text }
}

/// A field of the form; a word that came later stays as it is.
pub(crate) fn field(field: &FormField, lang: Lang) -> String {
    match field {
        FormField::ContactPerson => said(lang, "Контактное лицо", "Contact person"),
        FormField::ServiceProvider => said(lang, "Типография (UUID из списка СУЗ)", "Printer of codes (UUID of СУЗ's list)"),
        FormField::Producer => said(lang, "ИНН владельца карточки", "INN of the card's owner"),
        FormField::RetailPrice => said(lang, "Максимальная розничная цена, коп.", "Highest retail price, kopecks"),
        FormField::FactoryId => said(lang, "Идентификатор производства", "Factory id"),
        FormField::FactoryName => said(lang, "Название производства", "Factory name"),
        FormField::FactoryAddress => said(lang, "Адрес производства", "Factory address"),
        FormField::FactoryCountry => said(lang, "Страна производства", "Factory country"),
        FormField::ProductCode => said(lang, "Код продукта (SKU)", "Product code (SKU)"),
        FormField::ProductDescription => said(lang, "Описание продукта", "Product description"),
        FormField::ProductionNumber => said(lang, "Номер производственного заказа", "Production order number"),
        FormField::ExpectedStart => said(lang, "Начало производства", "Start of production"),
        FormField::ApprovalNumber => said(lang, "Номер согласования", "Approval number"),
        FormField::FreeCode => said(lang, "Бесплатный код", "Code free of charge"),
        FormField::Other(word) => word.clone(),
    }
}
