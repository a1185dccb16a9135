//! Rules of a group in words: their days, and where they are written.

use super::{cis_type, field, release, said, whole_edition};
use cis::Lang;
use desk::{
    codes::Day,
    suz::group_form::{ReleaseRule, RuleName, RuleOrigin, Validity},
};

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
