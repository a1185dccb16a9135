//! Why labels cannot be printed as asked.

use super::super::{number, plural};
use cis::Lang;
use desk::printing::PrintFault;

/// The reason in a sentence or two.
pub(super) fn fault(fault: PrintFault, lang: Lang) -> String {
    match lang {
        Lang::Ru => ru(fault),
        Lang::En => en(fault),
    }
}

fn ru(fault: PrintFault) -> String {
    match fault {
        PrintFault::Count { most, .. } => format!(
            "За один раз можно напечатать от 1 до {} {}.",
            number(most),
            plural(most, "этикетки", "этикеток", "этикеток")
        ),
        PrintFault::Short { free, expired: 0 } => format!(
            "Столько свободных кодов этого товара на складе нет: есть {free}. Закажите или получите ещё, либо уменьшите число."
        ),
        PrintFault::Short { free, expired } => format!(
            "Столько свободных кодов этого товара на складе нет: есть {free}, а ещё {expired} {}. Закажите или получите новые, \
             либо уменьшите число.",
            plural(of_ten(expired), "сгорел", "сгорели", "сгорели")
        ),
        PrintFault::LongText { most } => format!(
            "Текст на этикетке длиннее {most} {}.",
            plural(most, "символа", "символов", "символов")
        ),
        PrintFault::UsedPlaces { places: 0 } => {
            "У рулона нет пустых мест: оставьте ноль.".to_owned()
        }
        PrintFault::UsedPlaces { places } => {
            let noun = plural(places, "место", "места", "мест");
            format!("На листе {places} {noun}: пустых должно быть меньше.")
        }
        PrintFault::Range { count } => {
            format!("В этой печати этикетки с 1 по {count}: укажите какие из них.")
        }
        PrintFault::TooSmall {
            modules,
            dots,
            room,
        } => format!(
            "Код не поместится: {modules} {} по {dots} {} принтера — это больше, чем {room} {} этикетки. Возьмите \
             этикетку крупнее или принтер с 300 точками на дюйм.",
            plural(modules, "модуль", "модуля", "модулей"),
            // «По» wants the dative of one: «по 1 точке, по 2 точки, по 5 точек».
            plural(dots, "точке", "точки", "точек"),
            plural(room, "точка", "точки", "точек"),
        ),
        PrintFault::NoSymbol => "Такой код не помещается ни в какой DataMatrix.".to_owned(),
        PrintFault::Closed => {
            "Файл можно было открыть в течение 10 минут, и они прошли. Если этикетки не вышли, напечатайте их ещё раз: Метка спросит, какие.".to_owned()
        }
        PrintFault::NoSheets => {
            "Листы печатают из PDF: для ZPL нужен рулон.".to_owned()
        }
        other => other.to_string(),
    }
}

fn en(fault: PrintFault) -> String {
    match fault {
        PrintFault::Count { most, .. } => format!("1 to {most} labels can be printed at once."),
        PrintFault::Short { free, expired } if expired > 0 => format!(
            "The stock has fewer free codes of these goods: {free}, and {expired} more that are annulled. Order or receive new \
             ones, or print fewer."
        ),
        PrintFault::Short { free, .. } => format!(
            "The stock has fewer free codes of these goods: {free}. Order or receive more, or print fewer."
        ),
        PrintFault::LongText { most } => {
            format!("A text of the label is longer than {most} characters.")
        }
        PrintFault::UsedPlaces { places: 0 } => "A roll has no empty places: leave zero.".to_owned(),
        PrintFault::UsedPlaces { places } => {
            let noun = if places == 1 { "place" } else { "places" };
            format!("A sheet has {places} {noun}: fewer than that can be empty.")
        }
        PrintFault::Range { count } => {
            format!("This print run has labels 1 to {count}: say which of them.")
        }
        PrintFault::TooSmall {
            modules,
            dots,
            room,
        } => format!(
            "The code does not fit: {modules} {} of {dots} printer {} are more than the {room} {} of the label. Take a \
             larger label, or a printer with 300 dots an inch.",
            if modules == 1 { "module" } else { "modules" },
            if dots == 1 { "dot" } else { "dots" },
            if room == 1 { "dot" } else { "dots" },
        ),
        PrintFault::NoSymbol => "No DataMatrix holds such a code.".to_owned(),
        PrintFault::Closed => {
            "The file could be opened for 10 minutes, and they are over. If no labels came out, print them once more: Metka asks which.".to_owned()
        }
        PrintFault::NoSheets => "Sheets are printed from a PDF: ZPL wants a roll.".to_owned(),
        other => other.to_string(),
    }
}

/// A number that has the same form of its noun as a larger one.
fn of_ten(count: u64) -> u32 {
    u32::try_from(count % 100).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_sheet_are_counted_in_russian() {
        for (places, said) in [
            (1, "1 место"),
            (2, "2 места"),
            (5, "5 мест"),
            (21, "21 место"),
            (22, "22 места"),
            (24, "24 места"),
        ] {
            let told = ru(PrintFault::UsedPlaces { places });
            assert!(told.starts_with(&format!("На листе {said}: ")), "{told}");
        }
    }

    #[test]
    fn modules_and_dots_are_counted_in_russian() {
        for (modules, dots, room, said) in [
            (
                1,
                1,
                1,
                "1 модуль по 1 точке принтера — это больше, чем 1 точка этикетки",
            ),
            (
                2,
                2,
                2,
                "2 модуля по 2 точки принтера — это больше, чем 2 точки этикетки",
            ),
            (
                5,
                5,
                5,
                "5 модулей по 5 точек принтера — это больше, чем 5 точек этикетки",
            ),
            (
                21,
                3,
                21,
                "21 модуль по 3 точки принтера — это больше, чем 21 точка этикетки",
            ),
            (
                22,
                3,
                160,
                "22 модуля по 3 точки принтера — это больше, чем 160 точек этикетки",
            ),
            (
                24,
                3,
                24,
                "24 модуля по 3 точки принтера — это больше, чем 24 точки этикетки",
            ),
        ] {
            let told = ru(PrintFault::TooSmall {
                modules,
                dots,
                room,
            });
            assert!(told.contains(said), "{told}");
        }
    }

    #[test]
    fn annulled_codes_are_told_beside_the_free_ones() {
        let told = |free, expired| ru(PrintFault::Short { free, expired });
        assert!(told(3, 0).contains("есть 3. "));
        assert!(told(3, 1).contains("есть 3, а ещё 1 сгорел."));
        assert!(told(3, 111).contains("а ещё 111 сгорели."));
        assert!(told(3, 4_294_967_301).contains("4294967301 сгорел."));
    }
}
