//! Why labels cannot be printed as asked.

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
        PrintFault::Count { most, .. } => {
            format!("За один раз можно напечатать от 1 до {most} этикеток.")
        }
        PrintFault::Short { free } => format!(
            "Столько свободных кодов этого товара на складе нет: есть {free}. Закажите или получите ещё, либо уменьшите число."
        ),
        PrintFault::LongText { most } => format!("Текст на этикетке длиннее {most} символов."),
        PrintFault::UsedPlaces { places: 0 } => {
            "У рулона нет пустых мест: оставьте ноль.".to_owned()
        }
        PrintFault::UsedPlaces { places } => {
            format!("На листе {places} мест: пустых должно быть меньше.")
        }
        PrintFault::Range { count } => {
            format!("В этой печати этикетки с 1 по {count}: укажите какие из них.")
        }
        PrintFault::TooSmall {
            modules,
            dots,
            room,
        } => format!(
            "Код не поместится: {modules} модулей по {dots} точки принтера — это больше, чем {room} точек этикетки. Возьмите \
             этикетку крупнее или принтер с 300 точками на дюйм."
        ),
        PrintFault::NoSymbol => "Такой код не помещается ни в какой DataMatrix.".to_owned(),
        PrintFault::Closed => {
            "Файл можно было скачать в течение часа, и час прошёл. Попросите напечатать эти этикетки ещё раз.".to_owned()
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
        PrintFault::Short { free } => format!(
            "The stock has fewer free codes of these goods: {free}. Order or receive more, or print fewer."
        ),
        PrintFault::LongText { most } => {
            format!("A text of the label is longer than {most} characters.")
        }
        PrintFault::UsedPlaces { places: 0 } => "A roll has no empty places: leave zero.".to_owned(),
        PrintFault::UsedPlaces { places } => {
            format!("A sheet has {places} places: fewer than that can be empty.")
        }
        PrintFault::Range { count } => {
            format!("This print run has labels 1 to {count}: say which of them.")
        }
        PrintFault::TooSmall {
            modules,
            dots,
            room,
        } => format!(
            "The code does not fit: {modules} modules of {dots} printer dots are more than the {room} dots of the label. Take a \
             larger label, or a printer with 300 dots an inch."
        ),
        PrintFault::NoSymbol => "No DataMatrix holds such a code.".to_owned(),
        PrintFault::Closed => {
            "The file could be fetched for an hour, and the hour is over. Ask for these labels once more.".to_owned()
        }
        PrintFault::NoSheets => "Sheets are printed from a PDF: ZPL wants a roll.".to_owned(),
        other => other.to_string(),
    }
}
