//! The sentences in Russian.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};

use super::{code_point, shown, shown_text, spoken};
use crate::ai::{self, Length};
use crate::place::Place;
use crate::{
    Doubt, Foreign, ForeignKind, Groups, GtinError, Kind, Lang, Question, Reading, Refusal,
    RefusalKind, RemarkKind, Repair, Step, TailFault, charset, market,
};

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

pub(super) fn refusal(refusal: &Refusal) -> String {
    let at = r#where(refusal.position(), refusal.place());
    match refusal.kind() {
        RefusalKind::Empty => "Код пустой. Отсканируйте или вставьте код маркировки.".to_owned(),
        RefusalKind::TooLong { length } => format!(
            "В коде {}, а бывает не больше 256. Возможно, вставлено несколько кодов подряд.",
            count(length, CHARACTERS)
        ),
        RefusalKind::NonAscii {
            character,
            latin_twin: Some(latin),
        } => format!("{at}: русская буква «{character}» вместо латинской «{latin}». {LAYOUT}"),
        RefusalKind::NonAscii { character, .. } if charset::is_cyrillic(character) => {
            format!("{at}: русская буква «{character}». {LAYOUT}")
        }
        RefusalKind::NonAscii { character, .. } => format!(
            "{at}: недопустимый символ «{}» ({}). В коде бывают только латинские буквы, цифры и знаки. {RESCAN}",
            shown(character),
            code_point(character)
        ),
        RefusalKind::Control { character } => format!(
            "{at}: управляющий символ {}. Внутри кода бывает только разделитель GS (U+001D). {RESCAN}",
            code_point(character)
        ),
        RefusalKind::IllegalCharacter { character: ' ' } => {
            format!("{at}: пробел. В коде маркировки пробелов не бывает. {RESCAN}")
        }
        RefusalKind::IllegalCharacter { character } => {
            format!("{at}: недопустимый символ «{}». {RESCAN}", shown(character))
        }
        RefusalKind::NotMarkingCode => {
            format!(
                "Код маркировки начинается с 01 и GTIN, а этот текст начинается иначе. {RESCAN}"
            )
        }
        RefusalKind::Gtin(error) => format!("{} {RESCAN}", gtin_error(&error)),
        RefusalKind::NoSerialIdentifier => {
            format!("{at}: после GTIN нет идентификатора 21 и серийного номера. {RESCAN}")
        }
        RefusalKind::SerialLength { length } => match refusal.nearest() {
            Some(nearest) => shape(nearest.expected, nearest.found),
            None => format!(
                "В серийном номере {}, а бывает 6, 7, 13 или 20. Возможно, часть кода потеряна. {RESCAN}",
                count(length, CHARACTERS)
            ),
        },
        RefusalKind::Shape { found } => match refusal.nearest() {
            Some(nearest) => shape(nearest.expected, nearest.found),
            None => format!(
                "После идентификатора 21 {}: кодов с такими частями не бывает. {RESCAN}",
                count(found, CHARACTERS)
            ),
        },
        RefusalKind::Tail(fault) => tail(fault),
        RefusalKind::UnknownIdentifier { first, second } => {
            let found: String = core::iter::once(first).chain(second).collect();
            format!(
                "{at}: после разделителя стоит «{}», таких элементов в кодах маркировки нет. {RESCAN}",
                shown_text(&found)
            )
        }
        RefusalKind::Repeated { ai } => {
            format!("{at}: элемент {ai} встречается второй раз. Возможно, склеены два кода.")
        }
        RefusalKind::ElementLength { ai, found } => wrong_length(ai, found),
        RefusalKind::NotDigit { character, .. } => {
            format!("{at}: «{}» вместо цифры. {RESCAN}", shown(character))
        }
        RefusalKind::NoSuchDate { ai } => {
            format!("{at}: такой даты или времени нет (элемент {ai}). {RESCAN}")
        }
        RefusalKind::SeparatorText { backslashes } => format!(
            "{at}: разделитель GS записан с {}, и сколько из них лишние, неизвестно. {RESCAN}",
            count(
                backslashes,
                ["обратной чертой", "обратными чертами", "обратными чертами"]
            )
        ),
        RefusalKind::NotText => "Это не текст в кодировке UTF-8.".to_owned(),
        RefusalKind::Glued { codes } => format!(
            "{at}: здесь начинается ещё один код, всего склеено {}. Вставьте каждый код отдельной строкой.",
            count(codes, ["код", "кода", "кодов"])
        ),
        RefusalKind::MixedAlphabets { character } => format!(
            "{at}: русская буква «{character}», а рядом есть и латинские. Раскладку переключили посреди кода или текст правили. {LAYOUT}"
        ),
        RefusalKind::StrangeBeforeSeparator { character } => format!(
            "{at}: символ «{}» в кодах маркировки не встречается, поэтому и разделителю после него верить нельзя. {RESCAN}",
            shown(character)
        ),
        RefusalKind::SsccCheckDigit => {
            format!(
                "Похоже на код транспортной упаковки (SSCC), но контрольная цифра не сходится. {RESCAN}"
            )
        }
        RefusalKind::MoreThanKi => {
            "После серийного номера есть ещё данные, а нужен код идентификации без них.".to_owned()
        }
    }
}

fn shape(expected: usize, found: usize) -> String {
    let way = match found.checked_sub(expected) {
        None => "Часть кода потеряна.",
        Some(_) => "В коде есть лишнее.",
    };
    format!(
        "После идентификатора 21 ждали {}, есть {found}. {way} {RESCAN}",
        count(expected, CHARACTERS)
    )
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

pub(super) fn foreign(foreign: &Foreign) -> String {
    if let Some(error) = foreign.gtin_error() {
        return format!(
            "Похоже на штрихкод товара, а не на код маркировки, и в нём ошибка. {} {SQUARE}",
            gtin_error(&error)
        );
    }
    let what = match foreign.kind() {
        ForeignKind::Ean8 => "обычный штрихкод товара (EAN-8)",
        ForeignKind::Upc12 => "обычный штрихкод товара (UPC, 12 цифр)",
        ForeignKind::Ean13 => "обычный штрихкод товара (EAN-13)",
        ForeignKind::Isbn => "номер книги (ISBN)",
        ForeignKind::Gtin14 => "GTIN без серийного номера",
        ForeignKind::Url => "ссылка",
        ForeignKind::Egais => "марка ЕГАИС для крепкого алкоголя",
        ForeignKind::Uin => {
            return "Это УИН ювелирного изделия (16 цифр), а не код маркировки. Для него есть своё поле."
                .to_owned();
        }
        ForeignKind::Rnpt => {
            return "Это РНПТ прослеживаемой партии, а не код маркировки. Для него есть своё поле."
                .to_owned();
        }
        ForeignKind::Gtd => {
            return "Это номер таможенной декларации (ГТД), а не код маркировки. Для него есть своё поле."
                .to_owned();
        }
        ForeignKind::Rounded => {
            return format!(
                "Это число, которое округлила таблица: последние цифры потеряны. Сделайте столбец текстовым. {SQUARE}"
            );
        }
        ForeignKind::Service => "служебный код (чек, Wi-Fi, визитка)",
        ForeignKind::Words => "обычный текст",
    };
    match foreign.gtin() {
        Some(gtin) if foreign.kind() != ForeignKind::Gtin14 => {
            format!("Это {what}, а не код маркировки. GTIN товара: {gtin}. {SQUARE}")
        }
        _ => format!("Это {what}, а не код маркировки. {SQUARE}"),
    }
}

pub(super) fn repair(repair: &Repair) -> String {
    let at = r#where(repair.position(), None);
    let was = shown_text(repair.was());
    let became = shown_text(repair.became());
    match repair.step() {
        Step::Edges => "Убраны пробелы и лишние знаки по краям.".to_owned(),
        Step::Invisible => format!("{at}: убран невидимый символ {was}."),
        Step::Base64 => "Текст раскодирован из base64.".to_owned(),
        Step::CsvQuotes if repair.became().is_empty() => "Убраны кавычки вокруг кода.".to_owned(),
        Step::CsvQuotes => format!("{at}: две кавычки подряд заменены одной."),
        Step::JsonEscape => format!("{at}: «{was}» из JSON заменено на «{became}»."),
        Step::HtmlEntity => format!("{at}: «{was}» из HTML заменено на «{became}»."),
        Step::XlsxEscape => format!("{at}: «{was}» из файла XLSX заменено на «{became}»."),
        Step::UrlEscape => format!("{at}: «{was}» из адреса ссылки заменено на «{became}»."),
        Step::Typography => format!("{at}: «{was}» заменено на «{became}»."),
        Step::Layout => "Код был набран в русской раскладке и переведён в латинскую.".to_owned(),
        Step::CapsLock => {
            "Код был набран с включённым Caps Lock, регистр букв возвращён.".to_owned()
        }
        Step::Symbology => format!("Убран префикс сканера «{was}»."),
        Step::SeparatorSpelling => format!("{at}: «{was}» заменено на разделитель GS."),
        Step::SeparatorRestored => format!("{at}: возвращён потерянный разделитель GS."),
        Step::SeparatorDropped => format!("{at}: убран лишний разделитель GS."),
        Step::Brackets => format!("{at}: убраны скобки вокруг идентификатора {became}."),
    }
}

pub(super) fn remark(kind: RemarkKind, position: Option<usize>) -> String {
    let at = r#where(position, None);
    match kind {
        RemarkKind::OutsideCset82 { character } => format!(
            "{at}: символ «{character}» в кодах маркировки не встречается. Сверьте код с упаковкой."
        ),
        RemarkKind::NoTail => {
            "Это код без криптохвоста: единицу он называет, но проверить подлинность по нему нельзя."
                .to_owned()
        }
        RemarkKind::Unconfirmed => {
            "Коды такого вида известны только по образцам. Сверьте код с упаковкой.".to_owned()
        }
        RemarkKind::OddSignature => {
            "В подписи (элемент 92) есть знаки, которых в подписях не бывает: криптохвост, похоже, не настоящий."
                .to_owned()
        }
        RemarkKind::OtherGroup { group } => format!(
            "Для группы «{}» коды выглядят иначе. Проверьте, тот ли это товар.",
            group.name(Lang::Ru)
        ),
        RemarkKind::OtherGtin { gtin } => {
            format!("Код от другого товара: ждали GTIN {gtin}.")
        }
    }
}

pub(super) fn question(question: &Question) -> String {
    let codes = question.readings();
    match (question.doubt(), codes) {
        (Doubt::LetterCase, _) => format!(
            "В коде нет ни одной строчной буквы: похоже, все буквы стали заглавными. Сверьте код с упаковкой. {RESCAN}"
        ),
        (Doubt::CapsLock, _) => {
            format!("Похоже, при сканировании был включён Caps Lock. Выключите его. {RESCAN}")
        }
        (Doubt::Damaged, _) | (_, [] | [_]) => format!(
            "Код похож на повреждённый: часть его потеряна или пропали разделители. Если это {}, подтвердите; иначе отсканируйте код ещё раз.",
            codes.first().map(meaning).unwrap_or_default()
        ),
        (Doubt::Readings, _) => {
            let mut text = "Код читается двояко: это ".to_owned();
            for (index, reading) in codes.iter().enumerate() {
                if index > 0 {
                    text.push_str(" или ");
                }
                text.push_str(&meaning(reading));
            }
            text.push_str(". Какой это товар?");
            text
        }
    }
}

pub(super) fn meaning(reading: &Reading) -> String {
    let code = reading.code();
    let what = match code.kind() {
        Kind::TobaccoPack => "пачка табака или никотина".to_owned(),
        Kind::FurMark => "меховое изделие".to_owned(),
        Kind::TransportPackage => "транспортная упаковка".to_owned(),
        _ => {
            let tail = if code.has_tail() {
                "с криптохвостом"
            } else {
                "без криптохвоста"
            };
            let length = code.serial().map_or(0, str::len);
            format!(
                "код {tail}, серийный номер из {}",
                count(length, ["символа", "символов", "символов"])
            )
        }
    };
    match names(reading.groups()) {
        Some(names) => format!("{what} ({names})"),
        None => what,
    }
}

/// The first groups of a set, by name.
fn names(groups: Groups) -> Option<String> {
    const NAMED: usize = 3;
    let mut text = String::new();
    for group in groups.iter().take(NAMED) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(group.name(Lang::Ru));
    }
    if groups.len() > NAMED {
        text.push_str(" и другие");
    }
    (!text.is_empty()).then_some(text)
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
