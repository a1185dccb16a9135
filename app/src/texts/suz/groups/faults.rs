//! What is wrong with a filled form, and what to do about it.

use super::{
    super::{super::number, orders::goods_number},
    cis_type, day, field, payment, plural, release, signs,
};
use cis::Lang;
use desk::suz::{
    group_form::ReleaseMethod,
    new_emission::{EmissionFault, FaultKind, FaultPlace},
};

/// A fault in a sentence or two, to stand beside its field.
pub(crate) fn fault(fault: &EmissionFault, lang: Lang) -> String {
    match &fault.kind {
        FaultKind::Missing => missing(&fault.place, lang).to_owned(),
        kind => match lang {
            Lang::Ru => fault_ru(kind),
            Lang::En => fault_en(kind),
        },
    }
}

/// A fault with the name of its place, for who does not see it beside the field.
pub(crate) fn fault_in_its_place(of: &EmissionFault, lang: Lang) -> String {
    let goods = |index: usize| goods_number(index + 1, lang);
    let place = match &of.place {
        FaultPlace::Order | FaultPlace::Group | FaultPlace::Release | FaultPlace::Payment => None,
        FaultPlace::Field(of) => Some(field(of, lang)),
        FaultPlace::Gtin(index)
        | FaultPlace::Quantity(index)
        | FaultPlace::CisType(index)
        | FaultPlace::Template(index)
        | FaultPlace::Serials(index) => Some(goods(*index)),
        FaultPlace::LineField(index, of) => Some(format!("{}, {}", goods(*index), field(of, lang))),
    };
    let sentence = fault(of, lang);
    match place {
        Some(place) => format!("{place}: {sentence}"),
        None => sentence,
    }
}

const fn missing(place: &FaultPlace, lang: Lang) -> &'static str {
    let (ru, en) = match place {
        FaultPlace::Group => ("Выберите товарную группу.", "Choose a product group."),
        FaultPlace::Release => (
            "Выберите, как товар вводится в оборот.",
            "Choose how the goods come into circulation.",
        ),
        FaultPlace::Payment => (
            "Выберите, когда коды оплачиваются.",
            "Choose when the codes are paid for.",
        ),
        FaultPlace::Gtin(_) => ("Впишите GTIN.", "Enter a GTIN."),
        FaultPlace::Quantity(_) => (
            "Впишите, сколько нужно кодов.",
            "Enter how many codes you need.",
        ),
        FaultPlace::CisType(_) => (
            "Выберите, на что наносятся коды.",
            "Choose what the codes are put on.",
        ),
        FaultPlace::Template(_) => ("Выберите шаблон кода.", "Choose a template."),
        FaultPlace::Serials(_) => ("Впишите серийные номера.", "Enter the serial numbers."),
        FaultPlace::Order | FaultPlace::Field(_) | FaultPlace::LineField(..) => (
            "Это поле для этой группы обязательное.",
            "This group asks for this field.",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

fn count(of: usize) -> String {
    number(bounded(of))
}

fn bounded(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// «2 000 000 кодов».
fn codes(of: u32) -> String {
    format!("{} {}", number(of), plural(of, "код", "кода", "кодов"))
}

/// «3 serial numbers».
fn serials_en(of: usize) -> String {
    let noun = if of == 1 {
        "serial number"
    } else {
        "serial numbers"
    };
    format!("{} {noun}", count(of))
}

fn names(methods: &[ReleaseMethod], lang: Lang) -> String {
    let names: Vec<String> = methods
        .iter()
        .map(|method| format!("«{}»", release(method, lang)))
        .collect();
    names.join(", ")
}

#[expect(clippy::too_many_lines, reason = "one sentence for each fault")]
fn fault_ru(kind: &FaultKind) -> String {
    let lang = Lang::Ru;
    match kind {
        FaultKind::Missing => "Это поле обязательное.".into(),
        FaultKind::NoSuchGroup => "Такой товарной группы нет. Выберите группу из списка.".into(),
        FaultKind::NoLines => "В заказе нет ни одного товара: впишите GTIN и количество.".into(),
        FaultKind::TooManyLines { found, most } => format!(
            "В одном заказе может быть {most} разных GTIN, а здесь {}. Разделите на несколько заказов.",
            count(*found)
        ),
        FaultKind::GtinCharacter { character } => {
            format!("В GTIN бывают только цифры, а здесь есть «{character}».")
        }
        FaultKind::GtinLength { found } => format!(
            "В GTIN 14 цифр (под штрихкодом — 13, 12 или 8), а здесь {}.",
            count(*found)
        ),
        FaultKind::GtinCheckDigit { expected, found } => format!(
            "Контрольная цифра не сходится: последней стоит {found}, а должна быть {expected}. Скорее всего, в номере опечатка."
        ),
        FaultKind::GtinTwice { first } => format!(
            "Этот GTIN уже есть в строке {}. Сложите количество в одной строке.",
            first + 1
        ),
        FaultKind::NotQuantity => "Количество — целое число больше нуля.".into(),
        FaultKind::TooManyCodes { most, among_others: false } => format!(
            "За один заказ можно получить {} на GTIN. Остальное закажите следующим заказом.",
            codes(*most)
        ),
        FaultKind::TooManyCodes { most, among_others: true } => format!(
            "Когда в заказе несколько GTIN, на каждый можно {}. Закажите этот товар отдельно — один GTIN может получить до {}.",
            codes(*most),
            number(desk::suz::group_form::limits::MOST_ALONE)
        ),
        FaultKind::CisTypeForeign { cis_type: of } => {
            format!("У этой группы нет кодов «{}».", cis_type(of, lang))
        }
        FaultKind::TemplateForeign { template } => {
            format!("Шаблона {template} у этой группы нет.")
        }
        FaultKind::TemplateUnfit { template, cis_type: of } => format!(
            "Шаблон {template} не для кодов «{}». Выберите другой.",
            cis_type(of, lang)
        ),
        FaultKind::ReleaseForeign { method } => format!(
            "«{}» для этой группы не бывает. Выберите другой способ.",
            release(method, lang)
        ),
        FaultKind::ReleaseNotYet { method, from } => format!(
            "«{}» для этой группы откроется {}.",
            release(method, lang),
            day(*from, lang)
        ),
        FaultKind::ReleaseOver { method, until } => format!(
            "«{}» для этой группы можно было выбрать по {}. Выберите другой способ.",
            release(method, lang),
            day(*until, lang)
        ),
        FaultKind::CisTypeNotWith { cis_type: of, method } => format!(
            "Способ «{}» открыт не для всех кодов: «{}» так не заказать.",
            release(method, lang),
            cis_type(of, lang)
        ),
        FaultKind::TechnicalGtin => {
            "GTIN на 029 технический, так его коды не заказать. Нужна полная карточка товара с обычным GTIN.".into()
        }
        FaultKind::PaymentForeign => {
            "Такой оплаты у этой группы нет. Оставьте выбор за СУЗ.".into()
        }
        FaultKind::PaymentOnly { payment: only, method } => format!(
            "Со способом «{}» оплата бывает только такая: «{}».",
            release(method, lang),
            payment(*only, lang)
        ),
        FaultKind::FieldForeign => "У этой группы такого поля нет. Оставьте его пустым.".into(),
        FaultKind::FieldOnlyWith { methods } => format!(
            "Это поле заполняют только со способом {}. Очистите его или смените способ.",
            names(methods, lang)
        ),
        FaultKind::TextLength { found, least, most } => {
            let noun = plural(u32::from(*most), "знака", "знаков", "знаков");
            format!("Здесь должно быть от {least} до {most} {noun}, а сейчас {}.", count(*found))
        }
        FaultKind::ControlCharacter => {
            "В тексте есть невидимые управляющие знаки. Впишите его заново.".into()
        }
        FaultKind::NotUuid => {
            "Это не идентификатор: он выглядит так: c5fe527a-564a-4075-b7dd-72f08cb9a8b1.".into()
        }
        FaultKind::NotInn => "ИНН не сходится: проверьте цифры.".into(),
        FaultKind::NotKopecks { least, most } => {
            let noun = plural(u32::from(*most), "цифры", "цифр", "цифр");
            format!("Цена — целое число копеек из {least}–{most} {noun}, без точек и пробелов.")
        }
        FaultKind::NotDay => "Такого дня нет в календаре.".into(),
        FaultKind::NotFlag => "Выберите «да» или «нет».".into(),
        FaultKind::SerialsCount { found, asked } => format!(
            "Серийных номеров {}, а кодов заказано {}: на каждый код нужен один номер.",
            count(*found),
            number(*asked)
        ),
        FaultKind::SerialLength { serial, found, expected } => format!(
            "В номере «{serial}» {}, а нужно {expected}.",
            signs(bounded(*found), lang)
        ),
        FaultKind::SerialCharacter { serial, character } => format!(
            "В номере «{serial}» есть знак «{character}»: в серийных номерах его не бывает."
        ),
        FaultKind::SerialTwice { serial } => {
            format!("Номер «{serial}» повторяется. СУЗ отклонит товар с одинаковыми номерами.")
        }
        FaultKind::SerialsWithProducer => {
            "Для чужой карточки серийные номера создаёт оператор. Уберите свои номера.".into()
        }
    }
}

#[expect(clippy::too_many_lines, reason = "one sentence for each fault")]
fn fault_en(kind: &FaultKind) -> String {
    let lang = Lang::En;
    match kind {
        FaultKind::Missing => "This field is needed.".into(),
        FaultKind::NoSuchGroup => "There is no such product group. Choose one from the list.".into(),
        FaultKind::NoLines => "The order has no goods: enter a GTIN and a quantity.".into(),
        FaultKind::TooManyLines { found, most } => format!(
            "One order may have {most} different GTINs, and here are {}. Make several orders.",
            count(*found)
        ),
        FaultKind::GtinCharacter { character } => {
            format!("A GTIN has digits only, and here is “{character}”.")
        }
        FaultKind::GtinLength { found } => format!(
            "A GTIN has 14 digits (13, 12 or 8 under the bar code), and this one has {}.",
            count(*found)
        ),
        FaultKind::GtinCheckDigit { expected, found } => format!(
            "The check digit is wrong: the last one is {found} and must be {expected}. Most likely a typing slip."
        ),
        FaultKind::GtinTwice { first } => format!(
            "This GTIN is in row {} already. Put both quantities into one row.",
            first + 1
        ),
        FaultKind::NotQuantity => "The quantity is a whole number above zero.".into(),
        FaultKind::TooManyCodes { most, among_others: false } => format!(
            "One order gives {} codes of a GTIN. Order the rest with the next one.",
            number(*most)
        ),
        FaultKind::TooManyCodes { most, among_others: true } => format!(
            "When an order has several GTINs, each may have {} codes. Order this one alone: a single GTIN may have {}.",
            number(*most),
            number(desk::suz::group_form::limits::MOST_ALONE)
        ),
        FaultKind::CisTypeForeign { cis_type: of } => {
            format!("This group has no codes of the type “{}”.", cis_type(of, lang))
        }
        FaultKind::TemplateForeign { template } => {
            format!("This group has no template {template}.")
        }
        FaultKind::TemplateUnfit { template, cis_type: of } => format!(
            "Template {template} is not for codes of the type “{}”. Choose the other one.",
            cis_type(of, lang)
        ),
        FaultKind::ReleaseForeign { method } => format!(
            "“{}” is not for this group. Choose another way.",
            release(method, lang)
        ),
        FaultKind::ReleaseNotYet { method, from } => format!(
            "“{}” opens for this group on {}.",
            release(method, lang),
            day(*from, lang)
        ),
        FaultKind::ReleaseOver { method, until } => format!(
            "“{}” was open for this group until {}. Choose another way.",
            release(method, lang),
            day(*until, lang)
        ),
        FaultKind::CisTypeNotWith { cis_type: of, method } => format!(
            "“{}” is not open to every code: not to “{}”.",
            release(method, lang),
            cis_type(of, lang)
        ),
        FaultKind::TechnicalGtin => {
            "A GTIN that begins with 029 is technical, and its codes cannot be ordered so. A full card with a usual GTIN is needed.".into()
        }
        FaultKind::PaymentForeign => {
            "This group has no such payment. Leave the choice to СУЗ.".into()
        }
        FaultKind::PaymentOnly { payment: only, method } => format!(
            "“{}” goes with one payment only: “{}”.",
            release(method, lang),
            payment(*only, lang)
        ),
        FaultKind::FieldForeign => "This group has no such field. Leave it empty.".into(),
        FaultKind::FieldOnlyWith { methods } => format!(
            "This field goes with {} only. Empty it, or choose that way of release.",
            names(methods, lang)
        ),
        FaultKind::TextLength { found, least, most } => {
            format!("This takes {least} to {most} characters and has {}.", count(*found))
        }
        FaultKind::ControlCharacter => {
            "The text has invisible control characters. Type it anew.".into()
        }
        FaultKind::NotUuid => {
            "This is no id: one looks like c5fe527a-564a-4075-b7dd-72f08cb9a8b1.".into()
        }
        FaultKind::NotInn => "This is no right INN: check its digits.".into(),
        FaultKind::NotKopecks { least, most } => {
            format!("The price is a whole number of kopecks in {least} to {most} digits, without points and spaces.")
        }
        FaultKind::NotDay => "The calendar has no such day.".into(),
        FaultKind::NotFlag => "Choose yes or no.".into(),
        FaultKind::SerialsCount { found, asked } => format!(
            "There {} {} for {} {}: each code needs one.",
            if *found == 1 { "is" } else { "are" },
            serials_en(*found),
            number(*asked),
            if *asked == 1 { "code" } else { "codes" }
        ),
        FaultKind::SerialLength { serial, found, expected } => format!(
            "“{serial}” has {} and must have {expected}.",
            signs(bounded(*found), lang)
        ),
        FaultKind::SerialCharacter { serial, character } => format!(
            "“{serial}” has “{character}”, which serial numbers never have."
        ),
        FaultKind::SerialTwice { serial } => {
            format!("“{serial}” is there twice. СУЗ refuses goods with equal numbers.")
        }
        FaultKind::SerialsWithProducer => {
            "For somebody else's card the operator makes the serial numbers. Take yours away.".into()
        }
    }
}

#[cfg(test)]
mod tests;
