//! Words of the form of an order of codes: fields, ways of release, templates, and what is wrong.
//!
//! Names of groups are data and come with the form.

mod faults;

use super::super::{plural, texts};
use cis::Lang;
use desk::{
    codes::Day,
    suz::group_form::{
        CisType, FormField, PaymentType, ReleaseMethod, ReleaseRule, RuleName, RuleOrigin, Tail,
        Template, UnusedLife, Validity,
    },
};

pub(crate) use faults::{fault, fault_in_its_place};

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

/// The days on which a way of release may be named, and the wave of goods that they are for; empty when nothing bounds it.
pub(crate) fn release_days(rule: &ReleaseRule, lang: Lang) -> String {
    let days = days(rule.from, rule.until, lang);
    match (rule.payment_group, days.is_empty()) {
        (None, _) => days,
        (Some(group), true) => wave(group, lang),
        (Some(group), false) => format!("{}: {days}", wave(group, lang)),
    }
}

/// The payment group of a card, as the operator calls it.
fn wave(group: u8, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{group}-я волна платности (в карточке товара)"),
        Lang::En => format!("payment group {group} (of the card)"),
    }
}

/// The days on which something holds; empty when nothing bounds it.
fn days(from: Option<Day>, until: Option<Day>, lang: Lang) -> String {
    match (from, until, lang) {
        (None, None, _) => String::new(),
        (Some(from), None, Lang::Ru) => format!("с {}", day(from, lang)),
        (Some(from), None, Lang::En) => format!("from {}", day(from, lang)),
        (None, Some(until), Lang::Ru) => format!("по {}", day(until, lang)),
        (None, Some(until), Lang::En) => format!("until {}", day(until, lang)),
        (Some(from), Some(until), Lang::Ru) => {
            format!("с {} по {}", day(from, lang), day(until, lang))
        }
        (Some(from), Some(until), Lang::En) => {
            format!("from {} until {}", day(from, lang), day(until, lang))
        }
    }
}

/// A rule with its place in the document and its days.
pub(crate) fn origin(of: &RuleOrigin, lang: Lang) -> String {
    let days = match of.validity {
        Validity::WholeEdition => whole_edition(lang).to_owned(),
        Validity::Days { from, until } => days(from, until, lang),
    };
    let section = said(lang, "раздел", "section");
    format!(
        "{}: {section} {}; {days}.",
        rule(&of.rule, lang),
        of.section
    )
}

/// What a rule rules.
fn rule(name: &RuleName, lang: Lang) -> String {
    let named = |ru: &str, en: &str, what: &str| format!("{}: {what}", said(lang, ru, en));
    match name {
        RuleName::Template(id) => format!("{} {id}", said(lang, "Шаблон", "Template")),
        RuleName::CisType(of) => named("На что наносим", "Put on", &cis_type(of, lang)),
        RuleName::Release(method, group) => match group {
            None => release(method, lang),
            Some(group) => format!("{}, {}", release(method, lang), wave(*group, lang)),
        },
        RuleName::ReleaseRequired => said(
            lang,
            "Нужен ли способ ввода в оборот",
            "Whether a way of release is needed",
        )
        .to_owned(),
        RuleName::Field(of) => named("Поле", "Field", &field(of, lang)),
        RuleName::Producer(method) => named(
            "Чужая карточка товара",
            "Somebody else's card",
            &release(method, lang),
        ),
        RuleName::Payment => said(lang, "Оплата при эмиссии", "Payment at emission").to_owned(),
        RuleName::Unused => {
            said(lang, "Срок неиспользованных кодов", "Life of unused codes").to_owned()
        }
        RuleName::ReportsItself => said(
            lang,
            "Кто сообщает о нанесении",
            "Who reports the application",
        )
        .to_owned(),
        RuleName::OwnKey => said(
            lang,
            "Хранит ли СУЗ номер Метки",
            "Whether СУЗ keeps Metka's number",
        )
        .to_owned(),
        RuleName::OwnSerials => said(
            lang,
            "Длина своих серийных номеров",
            "Length of own serial numbers",
        )
        .to_owned(),
    }
}

/// A date as papers have it: 01.12.2026, in English 2026-12-01.
pub(crate) fn day(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{:02}.{:02}.{}", day.day, day.month, day.year),
        Lang::En => day.to_string(),
    }
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
fn signs(count: u32, lang: Lang) -> String {
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
mod tests {
    use super::*;

    #[test]
    fn templates_say_how_long_their_codes_are() {
        let explained = |serial, tail| {
            let sample = Template {
                id: 1,
                serial,
                own_serial: serial,
                tail,
                cis_types: Vec::new(),
            };
            template(&sample, Lang::Ru).text
        };
        for (serial, tail, told) in [
            (13, Tail::Long, "Всего 85 знаков."),
            (13, Tail::Longest, "Всего 129 знаков."),
            (13, Tail::Short, "Всего 38 знаков."),
            (6, Tail::Short, "Всего 31 знак."),
            (7, Tail::Price, "Всего 43 знака."),
            (7, Tail::Bare, "Всего 29 знаков."),
        ] {
            let text = explained(serial, tail);
            assert!(text.starts_with(told), "{text}");
        }
    }

    #[test]
    fn a_word_that_came_later_is_shown_as_it_came() {
        assert_eq!(release(&"CROSSBORDER".into(), Lang::Ru), "CROSSBORDER");
        assert_eq!(cis_type(&"PALLET".into(), Lang::En), "PALLET");
        assert_eq!(field(&"shift".into(), Lang::Ru), "shift");
    }

    #[test]
    fn days_of_a_way_of_release_are_said_as_far_as_there_are_any() {
        let rule = |from: Option<&str>, until: Option<&str>| ReleaseRule {
            method: ReleaseMethod::Remains,
            from: from.and_then(|day| day.parse().ok()),
            until: until.and_then(|day| day.parse().ok()),
            cis_types: Vec::new(),
            payment: None,
            no_technical: false,
            payment_group: None,
        };
        let until = rule(None, Some("2026-12-01"));
        assert_eq!(release_days(&until, Lang::Ru), "по 01.12.2026");
        let both = rule(Some("2026-03-31"), Some("2027-02-28"));
        assert_eq!(
            release_days(&both, Lang::En),
            "from 2026-03-31 until 2027-02-28"
        );
        assert_eq!(release_days(&rule(None, None), Lang::Ru), "");
        let third = ReleaseRule {
            payment_group: Some(3),
            ..until
        };
        assert_eq!(
            release_days(&third, Lang::Ru),
            "3-я волна платности (в карточке товара): по 01.12.2026"
        );
    }

    #[test]
    fn a_rule_is_told_with_its_place_and_days() {
        let of = |rule, validity| RuleOrigin {
            rule,
            section: "5.3.1.1, прим. 1".into(),
            validity,
        };
        let days = Validity::Days {
            from: None,
            until: "2026-03-02".parse().ok(),
        };
        let remains = of(RuleName::Release(ReleaseMethod::Remains, Some(3)), days);
        assert_eq!(
            origin(&remains, Lang::Ru),
            "Маркировка остатков, 3-я волна платности (в карточке товара): раздел 5.3.1.1, прим. 1; по 02.03.2026."
        );
        let template = of(RuleName::Template(10), Validity::WholeEdition);
        assert!(origin(&template, Lang::Ru).starts_with("Шаблон 10: раздел 5.3.1.1"));
        assert!(origin(&template, Lang::En).ends_with("in the whole edition."));
    }

    #[test]
    fn numbers_and_their_nouns_agree() {
        let sample = |own_serial| Template {
            id: 34,
            serial: 21,
            own_serial,
            tail: Tail::Short,
            cis_types: Vec::new(),
        };
        let name = |lang| template(&sample(20), lang).name;
        assert_eq!(
            name(Lang::Ru),
            "Короткий код, шаблон 34: серийный номер из 21 знака"
        );
        assert!(name(Lang::En).ends_with("a serial number of 21 characters"));
        for (length, told) in [
            (1, "ровно 1 знак:"),
            (12, "ровно 12 знаков:"),
            (22, "ровно 22 знака:"),
        ] {
            let told_of = own_serials(&sample(length), Lang::Ru);
            assert!(told_of.contains(told), "{told_of}");
        }
        assert!(own_serials(&sample(1), Lang::En).contains("1 character each"));
    }
}
