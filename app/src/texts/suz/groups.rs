//! Words of the form of an order of codes: fields, ways of release, templates, and what is wrong.
//!
//! Names of groups are data and come with the form.

mod faults;
mod rules;
mod templates;

use super::super::{plural, texts};
use cis::Lang;
use desk::suz::group_form::{CisType, FormField, PaymentType, ReleaseMethod, UnusedLife};

pub(crate) use faults::{fault, fault_in_its_place};
pub(crate) use rules::{day, origin, release_days};
use templates::signs;
pub(crate) use templates::{own_serials, template, template_only_for, two_templates};

texts! {
    lives_own: "Коды, которые никто не использовал, аннулируют через", "Codes that nobody used are annulled after";
    lives_provider: "Через типографию (сервис-провайдера):", "By way of a printer (service provider):";
    lives_endless: "С оплатой при эмиссии срока нет.", "Paid for at emission they have no such end.";
    origins: "Где это написано и когда действует", "Where this is written and when it holds";
    whole_edition: "во всей редакции", "in the whole edition";
    reports_itself: "О нанесении СУЗ сообщит сама, когда выдаст коды.", "СУЗ reports by itself that the codes were applied, when it hands them out.";
}

/// A way of release; one that came later than this program in the operator's own word.
pub(crate) fn release(method: &ReleaseMethod, lang: Lang) -> String {
    let (ru, en) = match method {
        ReleaseMethod::Production => ("Произведено в России", "Made in Russia"),
        ReleaseMethod::Import => ("Ввезено в Россию (импорт)", "Brought into Russia (import)"),
        ReleaseMethod::Remains => ("Маркировка остатков", "Marking of leftovers"),
        ReleaseMethod::Remark => ("Перемаркировка", "Marking anew"),
        ReleaseMethod::Commission => (
            "Принято на комиссию от физлица",
            "Taken from a person to be sold",
        ),
        ReleaseMethod::Reapply => (
            "Маркировка вне производства и импорта",
            "Marking outside production and import",
        ),
        ReleaseMethod::Other(word) => return word.clone(),
    };
    said(lang, ru, en).to_owned()
}

/// What a way of release is for, in a sentence.
pub(crate) const fn release_about(method: &ReleaseMethod, lang: Lang) -> &'static str {
    let (ru, en) = match method {
        ReleaseMethod::Production => (
            "Товар сделан в России, вами или по вашему заказу.",
            "The goods are made in Russia, by you or for you.",
        ),
        ReleaseMethod::Import => (
            "Товар сделан за границей, ввозите его вы.",
            "The goods are made abroad, and you bring them in.",
        ),
        ReleaseMethod::Remains => (
            "Товар лежал на складе до того, как маркировка стала обязательной.",
            "The goods lay in stock before marking became obligatory.",
        ),
        ReleaseMethod::Remark => (
            "Код повреждён, потерян, или товар вернули без него.",
            "The code is damaged or lost, or the goods came back without it.",
        ),
        ReleaseMethod::Commission => (
            "Вещь сдал на продажу человек, не организация.",
            "The thing was handed in for sale by a person, not by a company.",
        ),
        ReleaseMethod::Reapply => (
            "Товар уже в обороте и остался без кода.",
            "The goods are on the market already and have no code.",
        ),
        ReleaseMethod::Other(_) => ("", ""),
    };
    said(lang, ru, en)
}

/// What a code is put on.
pub(crate) fn cis_type(cis_type: &CisType, lang: Lang) -> String {
    let (ru, en) = match cis_type {
        CisType::Unit => ("Единица товара", "One piece"),
        CisType::Group => ("Групповая упаковка", "Group pack"),
        CisType::Set => ("Набор", "Set"),
        CisType::Bundle => ("Комплект", "Bundle"),
        CisType::Other(word) => return word.clone(),
    };
    said(lang, ru, en).to_owned()
}

/// What that is, in a sentence.
pub(crate) const fn cis_type_about(cis_type: &CisType, lang: Lang) -> &'static str {
    let (ru, en) = match cis_type {
        CisType::Unit => (
            "Код на каждую штуку или потребительскую упаковку.",
            "A code for every piece or consumer pack.",
        ),
        CisType::Group => (
            "Код на упаковку из одинаковых единиц; на каждой из них есть свой.",
            "A code for a pack of equal pieces, each of which has its own.",
        ),
        CisType::Set => (
            "Код на набор из разных товаров с одним GTIN.",
            "A code for a set of different goods with one GTIN.",
        ),
        CisType::Bundle => (
            "Код на вещи, которые продают только вместе: костюм, пара носков.",
            "A code for things that are sold only together: a suit, a pair of socks.",
        ),
        CisType::Other(_) => ("", ""),
    };
    said(lang, ru, en)
}

/// When codes are paid for.
pub(crate) const fn payment(payment: PaymentType, lang: Lang) -> &'static str {
    let (ru, en) = match payment {
        PaymentType::AtEmission => ("При эмиссии", "At emission"),
        PaymentType::AtApplication => ("При нанесении", "At application"),
    };
    said(lang, ru, en)
}

/// What that means for the money.
pub(crate) const fn payment_about(payment: PaymentType, lang: Lang) -> &'static str {
    let (ru, en) = match payment {
        PaymentType::AtEmission => (
            "Деньги спишут за все коды сразу, когда СУЗ их выпустит.",
            "Money is taken for all codes at once, when СУЗ makes them.",
        ),
        PaymentType::AtApplication => (
            "Деньги спишут за те коды, о нанесении которых вы сообщите.",
            "Money is taken for those codes that you report as applied.",
        ),
    };
    said(lang, ru, en)
}

/// The name of a field; one that came later than this program in the operator's own word.
pub(crate) fn field(field: &FormField, lang: Lang) -> String {
    let (ru, en) = match field {
        FormField::ContactPerson => ("Контактное лицо", "Contact person"),
        FormField::ServiceProvider => (
            "Идентификатор типографии (сервис-провайдера)",
            "Id of the printer (service provider)",
        ),
        FormField::Producer => ("ИНН владельца карточки товара", "INN of the card's owner"),
        FormField::RetailPrice => (
            "Максимальная розничная цена, коп.",
            "Highest retail price, kopecks",
        ),
        FormField::FactoryId => ("Идентификатор производства", "Factory id"),
        FormField::FactoryName => ("Название производства", "Factory name"),
        FormField::FactoryAddress => ("Адрес производства", "Factory address"),
        FormField::FactoryCountry => ("Страна производства", "Factory country"),
        FormField::ProductCode => ("Код продукта (SKU)", "Product code (SKU)"),
        FormField::ProductDescription => ("Описание продукта", "Product description"),
        FormField::ProductionNumber => (
            "Номер производственного заказа",
            "Number of the production order",
        ),
        FormField::ExpectedStart => ("Начало производства", "Start of production"),
        FormField::ApprovalNumber => ("Номер одобрения", "Approval number"),
        FormField::FreeCode => (
            "Коды не подлежат оплате",
            "The codes are not to be paid for",
        ),
        FormField::Other(word) => return word.clone(),
    };
    said(lang, ru, en).to_owned()
}

/// What to write into a field, where its name does not say it.
pub(crate) const fn field_hint(field: &FormField, lang: Lang) -> Option<&'static str> {
    let (ru, en) = match field {
        FormField::ServiceProvider => (
            "Заполните, только если коды наносит типография из списка «Честного знака».",
            "Only when a printer from the list of «Честный знак» applies the codes.",
        ),
        FormField::Producer => (
            "Нужен, если карточка товара не ваша и доступа к ней вам не давали. Серийные номера тогда создаёт оператор.",
            "Needed when the card is not yours and you were given no access to it. The operator makes the serial numbers then.",
        ),
        FormField::RetailPrice => (
            "Только цифры: 105 рублей 1 копейка — это 10501. Для блока — сумма всех пачек.",
            "Digits only: 105 roubles 1 kopeck are 10501. For a block, the sum of its packs.",
        ),
        FormField::FactoryId => (
            "Глобальный номер места нахождения (GLN).",
            "The global location number (GLN).",
        ),
        FormField::ApprovalNumber => ("Бывает только у импорта.", "Only imports have one."),
        _ => return None,
    };
    Some(said(lang, ru, en))
}

/// How long codes live that nobody uses.
pub(crate) fn unused(life: UnusedLife, lang: Lang) -> String {
    let days = |days: u16| match lang {
        Lang::Ru => {
            let noun = plural(u32::from(days), "день", "дня", "дней");
            format!("{days}\u{a0}{noun}")
        }
        Lang::En => format!("{days}\u{a0}{}", if days == 1 { "day" } else { "days" }),
    };
    let mut text = format!("{} {}.", lives_own(lang), days(life.own));
    if let Some(provider) = life.provider {
        text = format!("{text} {} {}.", lives_provider(lang), days(provider));
    }
    if life.endless_when_paid {
        text = format!("{text} {}", lives_endless(lang));
    }
    text
}

const fn said<'a>(lang: Lang, ru: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests;
