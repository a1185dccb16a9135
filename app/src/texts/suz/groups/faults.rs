//! What is wrong with a filled form, in words.

use super::{cis_type, day, field, release, said};
use crate::texts::{number, plural};
use cis::{GtinError, Lang};
use desk::suz::new_emission::{EmissionFault, FaultKind, FaultPlace};

/// A fault as it is said beside its field.
pub(crate) fn fault(fault: &EmissionFault, lang: Lang) -> String {
    simple(&fault.kind, lang)
        .map(str::to_owned)
        .or_else(|| of_gtin(&fault.kind, lang))
        .or_else(|| of_serials(&fault.kind, lang))
        .or_else(|| of_limits(&fault.kind, lang))
        .unwrap_or_else(|| of_rules(&fault.kind, lang))
}

/// The same with the name of its place, for who does not see it beside the field.
pub(crate) fn fault_with_place(fault: &EmissionFault, lang: Lang) -> String {
    let line = |index: usize| crate::texts::suz::orders::goods_number(index + 1, lang);
    let place = match &fault.place {
        FaultPlace::Order | FaultPlace::Group | FaultPlace::Release | FaultPlace::Payment => None,
        FaultPlace::Field(of) => Some(field(of, lang)),
        FaultPlace::Gtin(index)
        | FaultPlace::Quantity(index)
        | FaultPlace::CisType(index)
        | FaultPlace::Template(index)
        | FaultPlace::Serials(index) => Some(line(*index)),
        FaultPlace::LineField(index, of) => Some(format!("{}, {}", line(*index), field(of, lang))),
    };
    let sentence = self::fault(fault, lang);
    place.map_or(sentence.clone(), |place| format!("{place}: {sentence}"))
}

/// Faults that carry nothing.
const fn simple(kind: &FaultKind, lang: Lang) -> Option<&'static str> {
    let (ru, en) = match kind {
        FaultKind::Missing => ("Это нужно заполнить.", "This must be filled in."),
        FaultKind::NoSuchGroup => ("Такой товарной группы нет.", "There is no such product group."),
        FaultKind::NoLines => (
            "Укажите хотя бы один товар: GTIN и сколько кодов.",
            "Name goods: a GTIN and how many codes.",
        ),
        FaultKind::NotQuantity => (
            "Нужно целое число больше нуля.",
            "A whole number above none is needed.",
        ),
        FaultKind::PaymentForeign => (
            "Для этой группы момент оплаты не выбирают.",
            "For this group the payment is not chosen so.",
        ),
        FaultKind::FieldForeign => (
            "У заказов этой группы нет такого поля.",
            "Orders of this group have no such field.",
        ),
        FaultKind::ControlCharacter => (
            "Внутри невидимые управляющие символы: впишите заново.",
            "There are control characters inside: type it anew.",
        ),
        FaultKind::NotUuid => (
            "Нужен UUID: 36 символов с дефисами.",
            "A UUID is needed: 36 characters with hyphens.",
        ),
        FaultKind::NotInn => (
            "Это не ИНН: 10 или 12 цифр, последние из них проверочные.",
            "This is no INN: 10 or 12 digits, the last of them check the others.",
        ),
        FaultKind::NotKopecks => (
            "Цена — целое число копеек больше нуля.",
            "The price is a whole number of kopecks above none.",
        ),
        FaultKind::NotDay => ("Такой даты нет.", "There is no such date."),
        FaultKind::NotFlag => ("Выберите «да» или «нет».", "Choose yes or no."),
        FaultKind::SerialsWithProducer => (
            "Когда коды заказывают на чужую карточку, номера создаёт СУЗ: уберите свои.",
            "For somebody else's card СУЗ makes the serial numbers: remove yours.",
        ),
        _ => return None,
    };
    Some(match lang {
        Lang::Ru => ru,
        Lang::En => en,
    })
}

fn of_gtin(kind: &FaultKind, lang: Lang) -> Option<String> {
    let error = match kind {
        FaultKind::GtinCheckDigit { expected, found } => GtinError::CheckDigit {
            expected: *expected,
            found: *found,
        },
        FaultKind::GtinLength { found } => {
            return Some(match lang {
                Lang::Ru => format!(
                    "В GTIN 14 цифр (под штрихкодом 13, 12 или 8), а здесь {found}."
                ),
                Lang::En => format!(
                    "A GTIN has 14 digits (13, 12 or 8 under a bar code), here are {found}."
                ),
            });
        }
        FaultKind::GtinCharacter { character } => {
            return Some(match lang {
                Lang::Ru => format!("В GTIN только цифры, а здесь «{character}»."),
                Lang::En => format!("A GTIN has digits only, here is “{character}”."),
            });
        }
        FaultKind::GtinTwice { first } => {
            return Some(match lang {
                Lang::Ru => format!("Этот GTIN уже есть: товар {}.", first + 1),
                Lang::En => format!("This GTIN is there already: goods {}.", first + 1),
            });
        }
        _ => return None,
    };
    Some(error.message(lang))
}

fn of_serials(kind: &FaultKind, lang: Lang) -> Option<String> {
    Some(match (kind, lang) {
        (FaultKind::SerialsCount { found, asked }, Lang::Ru) => {
            let found = u32::try_from(*found).unwrap_or(u32::MAX);
            format!(
                "Номеров {}, а кодов {}: должно быть поровну.",
                number(found),
                number(*asked)
            )
        }
        (FaultKind::SerialsCount { found, asked }, Lang::En) => {
            let found = u32::try_from(*found).unwrap_or(u32::MAX);
            format!(
                "{} serial numbers for {} codes: there must be as many.",
                number(found),
                number(*asked)
            )
        }
        (
            FaultKind::SerialLength {
                serial,
                found,
                expected,
            },
            Lang::Ru,
        ) => format!(
            "В номере «{serial}» {found} {}, а нужно {expected}.",
            plural(u32::try_from(*found).unwrap_or(0), "символ", "символа", "символов")
        ),
        (
            FaultKind::SerialLength {
                serial,
                found,
                expected,
            },
            Lang::En,
        ) => format!("“{serial}” has {found} characters, {expected} are needed."),
        (FaultKind::SerialCharacter { serial, character }, Lang::Ru) => {
            format!("В номере «{serial}» недопустимый символ «{character}».")
        }
        (FaultKind::SerialCharacter { serial, character }, Lang::En) => {
            format!("“{serial}” has “{character}”, which no serial number may have.")
        }
        (FaultKind::SerialTwice { serial }, Lang::Ru) => format!("Номер «{serial}» повторяется."),
        (FaultKind::SerialTwice { serial }, Lang::En) => format!("“{serial}” is there twice."),
        _ => return None,
    })
}

fn of_limits(kind: &FaultKind, lang: Lang) -> Option<String> {
    Some(match (kind, lang) {
        (FaultKind::TooManyLines { found, most }, Lang::Ru) => {
            format!("В заказе не больше {most} разных GTIN, а здесь {found}. Разделите заказ.")
        }
        (FaultKind::TooManyLines { found, most }, Lang::En) => {
            format!("An order has at most {most} different GTINs, here are {found}. Part it.")
        }
        (FaultKind::TooManyCodes { most, among_others }, lang) => {
            crate::texts::suz::orders::over_limit(*most, *among_others, lang)
        }
        (FaultKind::TooManyActive { open, most }, Lang::Ru) => {
            format!("Активных заказов {open} из {most}: закройте те, коды которых получены.")
        }
        (FaultKind::TooManyActive { open, most }, Lang::En) => {
            format!("{open} of {most} orders are active: close those whose codes are received.")
        }
        (FaultKind::TooManyQueued { queued, most }, Lang::Ru) => {
            format!("Ждут эмиссии {queued} заказов из {most}: подождите.")
        }
        (FaultKind::TooManyQueued { queued, most }, Lang::En) => {
            format!("{queued} of {most} orders wait for emission: wait.")
        }
        (FaultKind::TooLong { most }, Lang::Ru) => format!("Не длиннее {most} символов."),
        (FaultKind::TooLong { most }, Lang::En) => format!("At most {most} characters."),
        _ => return None,
    })
}

/// Faults against the rules of a group.
fn of_rules(kind: &FaultKind, lang: Lang) -> String {
    match (kind, lang) {
        (FaultKind::CisTypeForeign { cis_type: of }, Lang::Ru) => {
            format!("В этой группе не бывает: «{}».", cis_type(of, lang))
        }
        (FaultKind::CisTypeForeign { cis_type: of }, Lang::En) => {
            format!("This group has no “{}”.", cis_type(of, lang))
        }
        (FaultKind::TemplateForeign { template }, Lang::Ru) => {
            format!("У этой группы нет шаблона {template}.")
        }
        (FaultKind::TemplateForeign { template }, Lang::En) => {
            format!("This group has no template {template}.")
        }
        (FaultKind::TemplateUnfit { template, cis_type: of }, Lang::Ru) => format!(
            "Шаблон {template} не подходит: «{}».",
            cis_type(of, lang)
        ),
        (FaultKind::TemplateUnfit { template, cis_type: of }, Lang::En) => {
            format!("Template {template} does not fit “{}”.", cis_type(of, lang))
        }
        (FaultKind::ReleaseForeign { method }, Lang::Ru) => {
            format!("Для этой группы не бывает: «{}».", release(method, lang))
        }
        (FaultKind::ReleaseForeign { method }, Lang::En) => {
            format!("This group is never released so: “{}”.", release(method, lang))
        }
        (FaultKind::ReleaseNotYet { method, from }, Lang::Ru) => format!(
            "«{}» откроется {}.",
            release(method, lang),
            day(*from)
        ),
        (FaultKind::ReleaseNotYet { method, from }, Lang::En) => {
            format!("“{}” opens on {}.", release(method, lang), day(*from))
        }
        (FaultKind::ReleaseOver { method, until }, Lang::Ru) => format!(
            "«{}» было можно до {}.",
            release(method, lang),
            day(*until)
        ),
        (FaultKind::ReleaseOver { method, until }, Lang::En) => {
            format!("“{}” was open until {}.", release(method, lang), day(*until))
        }
        (FaultKind::FieldOnlyWith { methods }, lang) => {
            let names: Vec<String> = methods.iter().map(|one| release(one, lang)).collect();
            crate::texts::suz::orders::only_with(&names.join(", "), lang)
        }
        // The others are told above.
        _ => said(lang, "Так СУЗ не примет.", "СУЗ would not take it."),
    }
}
