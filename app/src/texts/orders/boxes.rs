//! Words of the boxes of an order (FBS and Express).

use super::units;
use crate::texts::{plural, texts};
use cis::Lang;
use desk::marketplace::Amount;

texts! {
    heading: "Коробки", "Boxes";
    all_in_one: "Всё в одной коробке. Если так и есть, делать здесь ничего не нужно.",
        "Everything is in one box. If that is so, there is nothing to do here.";
    lay_out: "Разложить по коробкам", "Put into several boxes";
    new_box: "в новую коробку", "into a new box";
    several: "товар из нескольких мест…", "a product in several pieces…";
    pieces: "мест", "pieces";
    put: "Переложить", "Move";
    no_barcode: "штрихкод даст Маркет", "Market gives the barcode";
    barcode_later: "сохранена, штрихкод придёт с новым чтением заказа", "stored, its barcode comes when the order is read again";
    other_layout: "У Маркета сейчас другая раскладка. После отправки она станет такой, как здесь.",
        "Market holds another layout now. It becomes this one when the order is sent.";
    held: "Что хранит Маркет", "What Market holds";
    remove: "Убрать из заказа…", "Take out of the order…";
    understood: "понимаю, что вернуть их будет нельзя", "I understand that they cannot be put back";
    how_many: "Сколько убрать", "How many to take out";
    put_back: "Вернуть в заказ", "Put back into the order";
    last_one: "Это последний товар заказа. Такой заказ не собирают, а отменяют в кабинете Маркета.",
        "This is the last unit of the order. Such an order is not packed but cancelled in Market's cabinet.";
    may_not_remove: "Убирает товар тот, кому разрешено отправлять.", "Somebody who may send takes units out.";
}

/// «коробка 2».
pub(crate) fn name(number: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Коробка {number}"),
        Lang::En => format!("Box {number}"),
    }
}

/// «в коробку 2», as a choice.
pub(crate) fn into(number: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("в коробку {number}"),
        Lang::En => format!("into box {number}"),
    }
}

/// «2 коробки».
pub(crate) fn boxes(n: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{n} {}", plural(n, "коробка", "коробки", "коробок")),
        Lang::En => format!("{n} {}", if n == 1 { "box" } else { "boxes" }),
    }
}

/// How much of a line lies in a box.
pub(crate) fn amount(amount: Amount, lang: Lang) -> String {
    match (amount, lang) {
        (Amount::Full(count), _) => units(count, lang),
        (Amount::Part { current, total }, Lang::Ru) => format!("место {current} из {total}"),
        (Amount::Part { current, total }, Lang::En) => format!("piece {current} of {total}"),
    }
}

/// Where a split unit lies now, as a choice: «в коробках 2, 3».
pub(crate) fn split_among(numbers: &[u32], lang: Lang) -> String {
    let list = numbers
        .iter()
        .map(u32::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    match lang {
        Lang::Ru => format!("по частям в коробках {list}"),
        Lang::En => format!("in pieces in boxes {list}"),
    }
}

/// The choice of a unit, for those who hear it without the unit.
pub(crate) fn where_to(unit: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{unit}: куда положить"),
        Lang::En => format!("{unit}: where to put"),
    }
}

/// The button that takes units out.
pub(crate) fn remove_units(n: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Убрать {n} {}", plural(n, "единицу", "единицы", "единиц")),
        Lang::En => format!("Take {} out", units(n, lang)),
    }
}

/// What happens when units are taken out.
pub(crate) fn what_happens(line: &str, n: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "«{line}»: {} {} из заказа навсегда, когда вы отправите коробки. Покупатель узнает об этом сразу, деньги ему вернут.",
            units(n, lang),
            plural(n, "уйдёт", "уйдут", "уйдут")
        ),
        Lang::En => format!(
            "“{line}”: {} will leave the order for good when the boxes are sent. The buyer is told at once and gets the money back.",
            units(n, lang)
        ),
    }
}

/// That units are going to be taken out.
pub(crate) fn will_leave(line: &str, n: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "«{line}»: {} {} из заказа навсегда при отправке. Пока не отправлено, можно вернуть.",
            units(n, lang),
            plural(n, "уйдёт", "уйдут", "уйдут")
        ),
        Lang::En => format!(
            "“{line}”: {} will leave the order for good when it is sent. Until then they can be put back.",
            units(n, lang)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_and_units_agree_with_their_numbers() {
        assert_eq!(
            [1, 2, 5, 11].map(|n| boxes(n, Lang::Ru)),
            ["1 коробка", "2 коробки", "5 коробок", "11 коробок"]
        );
        assert_eq!(remove_units(1, Lang::Ru), "Убрать 1 единицу");
        assert!(
            what_happens("Тапочки", 2, Lang::Ru).contains("2 единицы уйдут из заказа навсегда")
        );
        assert!(will_leave("Тапочки", 1, Lang::Ru).contains("1 единица уйдёт"));
    }

    #[test]
    fn a_part_is_told_from_the_whole() {
        let part = Amount::Part {
            current: 1,
            total: 2,
        };
        assert_eq!(amount(part, Lang::Ru), "место 1 из 2");
        assert_eq!(amount(Amount::Full(2), Lang::Ru), "2 единицы");
    }
}
