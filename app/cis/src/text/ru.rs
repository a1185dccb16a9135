//! The sentences in Russian.

use super::{code_point, shown, spoken};
use crate::ai::{self, Length};
use crate::place::Place;
use crate::{GtinError, LooksLike, RefusalKind, RemarkKind, TailFault, charset, market};

const RESCAN: &str = "Отсканируйте код ещё раз.";
const LAYOUT: &str = "Включите английскую раскладку и отсканируйте код ещё раз.";
const SQUARE: &str = "Отсканируйте квадратный код DataMatrix на товаре.";

pub(super) fn gtin_error(error: &GtinError) -> String {
    match *error {
        GtinError::Length { found } => {
            format!("В GTIN {}, а должно быть 14.", count(found, DIGITS))
        }
        GtinError::NotDigit { character, index } => {
            format!(
                "В GTIN, позиция {}: «{}» вместо цифры.",
                spoken(index),
                shown(character)
            )
        }
        GtinError::CheckDigit { expected, found } => {
            format!("Контрольная цифра GTIN не сходится: стоит {found}, а должна быть {expected}.")
        }
    }
}

pub(super) fn refusal(kind: &RefusalKind, position: Option<usize>, place: Option<Place>) -> String {
    let at = r#where(position, place);
    match kind {
        RefusalKind::Empty => "Код пустой. Отсканируйте или вставьте код маркировки.".to_owned(),
        RefusalKind::TooLong { length } => format!(
            "В коде {}, а бывает не больше 256. Возможно, вставлено несколько кодов подряд.",
            count(*length, CHARACTERS)
        ),
        RefusalKind::NonAscii {
            character,
            latin_twin: Some(latin),
        } => format!("{at}: русская буква «{character}» вместо латинской «{latin}». {LAYOUT}"),
        RefusalKind::NonAscii { character, .. } if charset::is_cyrillic(*character) => {
            format!("{at}: русская буква «{character}». {LAYOUT}")
        }
        RefusalKind::NonAscii { character, .. } => format!(
            "{at}: недопустимый символ «{}» ({}). В коде бывают только латинские буквы, цифры и знаки. {RESCAN}",
            shown(*character),
            code_point(*character)
        ),
        RefusalKind::Control { character } => format!(
            "{at}: управляющий символ {}. Внутри кода бывает только разделитель GS (U+001D). {RESCAN}",
            code_point(*character)
        ),
        RefusalKind::IllegalCharacter { character: ' ' } => {
            format!("{at}: пробел. В коде маркировки пробелов не бывает. {RESCAN}")
        }
        RefusalKind::IllegalCharacter { character } => {
            format!(
                "{at}: недопустимый символ «{}». {RESCAN}",
                shown(*character)
            )
        }
        RefusalKind::NotMarkingCode { looks_like } => not_marking_code(*looks_like),
        RefusalKind::Gtin(error) => format!("{} {RESCAN}", gtin_error(error)),
        RefusalKind::NoSerialIdentifier => {
            format!("{at}: после GTIN нет идентификатора 21 и серийного номера. {RESCAN}")
        }
        RefusalKind::SerialLength { length } => format!(
            "В серийном номере {}, а бывает 6, 7, 8, 13 или 20. Возможно, часть кода потеряна. {RESCAN}",
            count(*length, CHARACTERS)
        ),
        RefusalKind::Tail(fault) => tail(*fault),
        RefusalKind::SeparatorLost { ai, position } => format!(
            "Потерян разделитель GS перед {ai} (позиция {}). Отсканируйте код сканером, который передаёт разделители, или вставьте GS на это место.",
            spoken(*position)
        ),
        RefusalKind::UnknownIdentifier { found } => {
            format!(
                "{at}: после разделителя стоит «{found}», таких элементов в кодах маркировки нет. {RESCAN}"
            )
        }
        RefusalKind::Repeated { ai } => {
            format!("{at}: элемент {ai} встречается второй раз. Возможно, склеены два кода.")
        }
        RefusalKind::ElementLength { ai, found } => wrong_length(ai, *found),
        RefusalKind::NotDigit { character, .. } => {
            format!("{at}: «{}» вместо цифры. {RESCAN}", shown(*character))
        }
        RefusalKind::SeparatorText { text } => format!(
            "{at}: вместо разделителя GS стоит текст «{text}», и сколько обратных черт в нём лишние, неизвестно. {RESCAN}"
        ),
        RefusalKind::MoreThanKi => {
            "После серийного номера есть ещё данные, а нужен код идентификации без них.".to_owned()
        }
    }
}

fn not_marking_code(looks_like: LooksLike) -> String {
    match looks_like {
        LooksLike::Ean { digits } => format!(
            "Это обычный штрихкод товара ({}), а не код маркировки. {SQUARE}",
            count(digits, DIGITS)
        ),
        LooksLike::Gtin => {
            format!("Это GTIN без серийного номера, а не код маркировки. {SQUARE}")
        }
        LooksLike::Url => format!("Это ссылка, а не код маркировки. {SQUARE}"),
        LooksLike::Egais => {
            "Это марка ЕГАИС для крепкого алкоголя, а не код маркировки.".to_owned()
        }
        LooksLike::Sscc => format!(
            "Это код транспортной упаковки (SSCC), а не код единицы товара. {SQUARE}"
        ),
        LooksLike::TobaccoPack => {
            "Похоже на код пачки табака или никотина: в нём нет 01 и 21. Такие коды пока не принимаются."
                .to_owned()
        }
        LooksLike::FurMark => {
            "Похоже на контрольный знак мехового изделия. Такие коды пока не принимаются.".to_owned()
        }
        LooksLike::Uin => {
            "Похоже на УИН ювелирного изделия (16 цифр). Для него есть своё поле.".to_owned()
        }
        LooksLike::Unknown => {
            format!("Код маркировки начинается с 01 и GTIN, а этот текст начинается иначе. {RESCAN}")
        }
    }
}

fn tail(fault: TailFault) -> String {
    match fault {
        TailFault::Length { ai, found } => wrong_length(ai, found),
        TailFault::KeyWithoutSignature => {
            format!("После элемента 91 нет элемента 92, криптохвост неполный. {RESCAN}")
        }
        TailFault::SignatureWithoutKey => {
            format!("Перед элементом 92 нет элемента 91, криптохвост неполный. {RESCAN}")
        }
        TailFault::TwoTails => {
            "В коде два криптохвоста: и 91 с 92, и 93. Возможно, склеены два кода.".to_owned()
        }
    }
}

fn wrong_length(ai: &str, found: usize) -> String {
    let expected = match ai::by_code(ai).map(|identifier| identifier.length) {
        Some(Length::Exactly(length)) => length.to_string(),
        Some(Length::OneOf(one, other)) => format!("{one} или {other}"),
        Some(Length::UpTo(most)) => format!("от 1 до {most}"),
        None => "другое число".to_owned(),
    };
    format!(
        "В элементе {ai} {}, а должно быть {expected}. Код обрезан или повреждён. {RESCAN}",
        count(found, CHARACTERS)
    )
}

pub(super) fn remark(kind: &RemarkKind, position: Option<usize>) -> String {
    let at = r#where(position, None);
    match kind {
        RemarkKind::EdgesTrimmed { leading, trailing } => format!(
            "Убраны пробелы и невидимые символы по краям: {leading} в начале, {trailing} в конце."
        ),
        RemarkKind::InvisibleDropped { character } => {
            format!("{at}: убран невидимый символ {}.", code_point(*character))
        }
        RemarkKind::SymbologyDropped { identifier } => {
            format!("Убран префикс сканера «{identifier}».")
        }
        RemarkKind::LeadingSeparatorDropped => "Убран разделитель GS в начале кода.".to_owned(),
        RemarkKind::TrailingSeparatorDropped => "Убран разделитель GS в конце кода.".to_owned(),
        RemarkKind::DoubleSeparatorCollapsed => {
            format!("{at}: убран повторный разделитель GS.")
        }
        RemarkKind::SeparatorAfterGtinDropped => {
            format!("{at}: убран лишний разделитель GS после GTIN.")
        }
        RemarkKind::SeparatorDecoded { spelling } => {
            format!("{at}: «{spelling}» заменено на разделитель GS.")
        }
        RemarkKind::BracketsRemoved { ai } => {
            format!("{at}: убраны скобки вокруг идентификатора {ai}.")
        }
        RemarkKind::OutsideCset82 { character } => format!(
            "{at}: символ «{character}» в кодах маркировки не встречается. Сверьте код с упаковкой."
        ),
        RemarkKind::BareKi => {
            "Это код без криптохвоста: единицу он называет, но проверить подлинность по нему нельзя."
                .to_owned()
        }
        RemarkKind::AmbiguousBareKi { bare, separated } => format!(
            "Код читается двояко: как код без криптохвоста {bare} или как код с потерянным разделителем {separated}. Выберите нужное или отсканируйте код ещё раз."
        ),
        RemarkKind::AmbiguousSerial { separated } => format!(
            "Похоже, внутри серийного номера потерян разделитель, и код должен быть таким: {separated}. Отсканируйте код ещё раз."
        ),
    }
}

pub(super) fn block(block: &market::Block) -> String {
    match *block {
        market::Block::Empty => "Код пустой.".to_owned(),
        market::Block::TooLong { length } => format!(
            "В коде {}, а Маркет принимает не больше 256.",
            count(length, CHARACTERS)
        ),
        market::Block::Control {
            character,
            position,
        } => format!(
            "Позиция {}: управляющий символ {}. Допустим только разделитель GS (U+001D).",
            spoken(position),
            code_point(character)
        ),
        market::Block::NonAscii {
            character,
            position,
        } => format!(
            "Позиция {}: символ «{}» не из латиницы, Маркет такой код не примет.",
            spoken(position),
            shown(character)
        ),
        market::Block::SeparatorText { position } => format!(
            "Позиция {}: текст \\u001d вместо самого разделителя GS.",
            spoken(position)
        ),
    }
}

fn r#where(position: Option<usize>, place: Option<Place>) -> String {
    match (place, position) {
        (Some(Place::Gtin(at)), _) => format!("В GTIN, позиция {at}"),
        (Some(Place::Serial(at)), _) => format!("В серийном номере, позиция {at}"),
        (Some(Place::Element(ai, at)), _) => format!("В элементе {ai}, позиция {at}"),
        (None, Some(position)) => format!("Позиция {}", spoken(position)),
        (None, None) => "В коде".to_owned(),
    }
}

/// The forms of a noun behind 1, 2 and 5.
type Forms = [&'static str; 3];

const CHARACTERS: Forms = ["символ", "символа", "символов"];
const DIGITS: Forms = ["цифра", "цифры", "цифр"];

fn count(number: usize, [one, few, many]: Forms) -> String {
    let form = match (number % 10, number % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    };
    format!("{number} {form}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_their_numbers() {
        for (number, expected) in [
            (1, "1 символ"),
            (3, "3 символа"),
            (5, "5 символов"),
            (12, "12 символов"),
            (21, "21 символ"),
            (111, "111 символов"),
        ] {
            assert_eq!(count(number, CHARACTERS), expected);
        }
    }
}
