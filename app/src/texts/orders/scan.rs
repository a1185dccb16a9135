//! Words of scanning: the field, its verdicts and the texts that lie in no slot.

use super::codes;
use crate::texts::{plural, texts};
use cis::Lang;
use desk::{
    ids::{LineId, SlotId},
    orders::{LineView, placing::Verdict},
};

texts! {
    label: "Сканируйте, вставьте столбец кодов или перетащите файл", "Scan, paste a column of codes, or drop a file";
    placeholder: "Готов к сканированию", "Ready to scan";
    keys: "Enter — разложить, Shift+Enter — новая строка", "Enter puts the codes, Shift+Enter begins a new line";
    place: "Разложить", "Put into places";
    target: "Куда", "Where";
    by_product: "определить по товару", "by the product";
    file: "Файл с кодами", "File of codes";
    sample: "Взять коды песочницы", "Take sandbox codes";
    sample_text: "Это песочница: коды товаров этого заказа можно взять у неё, сканер не нужен.",
        "This is the sandbox: it can give codes for this order, no scanner needed.";
    no_samples: "Песочнице нечего дать: этому заказу коды не нужны.", "The sandbox has nothing to give: this order needs no codes.";
    repaired: "исправлен", "repaired";
    fits: "подходит", "fits";
    unreadable: "не код", "not a code";
    repeated: "повтор", "repeat";
    elsewhere: "в другом заказе", "in another order";
    other_product: "другой товар", "another product";
    which: "куда положить?", "which line?";
    which_code: "какой из кодов?", "which code?";
    this_one: "Это он", "This one";
    no_room: "лишний", "too many";
    not_wanted: "не нужен", "not wanted";
    placed: "на месте", "in place";
    whole_text: "Как было", "As it was";
    last: "Последние сканы", "Last scans";
    not_sent: "Эти коды ещё не дошли до сервера Метки. Не закрывайте страницу.",
        "These codes have not reached Metka's server yet. Keep the page open.";
    try_again: "Отправить ещё раз", "Try again";
    take_back: "Вернуть в поле", "Back into the field";
    not_allowed: "Ваша роль не может раскладывать коды.", "Your role may not put codes into places.";
    in_flight: "Коды отправляются в Маркет. Добавить новые можно после его ответа.",
        "The codes are being sent to Market. New ones can be added after its answer.";
    unplaced: "Не разложено", "Not in place";
    unplaced_text: "Эти тексты сохранены, но лежат отдельно. Решите, что с каждым сделать.",
        "These texts are kept but lie apart. Decide about each.";
    choose_line: "В какую строку", "Into which line";
    put: "Положить", "Put";
    put_anyway: "Всё равно положить", "Put anyway";
    dismiss: "Убрать с экрана", "Take off the page";
    dismiss_all: "Убрать все", "Take all off";
    open_order: "Найти тот заказ", "Find that order";
    may_not_overrule: "Поставить его вопреки предупреждению может тот, кому это разрешено в организации.",
        "Somebody with that permission in the organisation may put it against the warning.";
    unknown_product: "товар, которого Метка не знает", "a product that Metka does not know";
}

/// The line's name, or a word for a line that is gone.
pub(crate) fn line_name(lines: &[LineView], id: LineId, lang: Lang) -> String {
    lines.iter().find(|line| line.id == id).map_or_else(
        || match lang {
            Lang::Ru => "строка, которой больше нет".to_owned(),
            Lang::En => "a line that is gone".to_owned(),
        },
        |line| line.name.clone(),
    )
}

/// The number of a slot's unit in its line.
fn number_of(lines: &[LineView], slot: SlotId) -> Option<u32> {
    lines
        .iter()
        .flat_map(|line| &line.slots)
        .find(|found| found.id == slot)
        .map(|found| found.number)
}

/// Line and unit, as «Тапочки, единица 3».
pub(crate) fn unit(name: &str, number: Option<u32>, lang: Lang) -> String {
    match (number, lang) {
        (Some(number), Lang::Ru) => format!("{name}, единица {number}"),
        (Some(number), Lang::En) => format!("{name}, unit {number}"),
        (None, _) => name.to_owned(),
    }
}

/// A verdict in one or two words.
pub(crate) const fn word(verdict: &Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Placed { .. } => placed(lang),
        Verdict::Unreadable => unreadable(lang),
        Verdict::AlreadyHere { .. } => repeated(lang),
        Verdict::BoundElsewhere { .. } => elsewhere(lang),
        Verdict::OtherProduct { .. } => other_product(lang),
        Verdict::WhichCode => which_code(lang),
        Verdict::WhichLine { .. } => which(lang),
        Verdict::NoRoom { .. } => no_room(lang),
        Verdict::NotWanted => not_wanted(lang),
    }
}

/// A verdict as a sentence; for a text that is no code the engine says more.
pub(crate) fn sentence(verdict: &Verdict, lines: &[LineView], lang: Lang) -> String {
    match verdict {
        Verdict::Placed { line, slot } => {
            format!(
                "→ {}",
                unit(
                    &line_name(lines, *line, lang),
                    number_of(lines, *slot),
                    lang
                )
            )
        }
        Verdict::WhichCode => match lang {
            Lang::Ru => "Этот текст читается по-разному.".to_owned(),
            Lang::En => "This text reads in several ways.".to_owned(),
        },
        Verdict::Unreadable => match lang {
            Lang::Ru => "Это не код маркировки.".to_owned(),
            Lang::En => "This is not a marking code.".to_owned(),
        },
        Verdict::AlreadyHere { line, number } => {
            let place = unit(&line_name(lines, *line, lang), Some(*number), lang);
            match lang {
                Lang::Ru => format!("Этот код уже лежит здесь: {place}."),
                Lang::En => format!("This code already lies here: {place}."),
            }
        }
        Verdict::BoundElsewhere { order, product } => match lang {
            Lang::Ru => format!(
                "Этот код уже занят: заказ {order}, {product}. Возьмите другую единицу или уберите его там."
            ),
            Lang::En => format!(
                "This code is taken: order {order}, {product}. Take another unit, or remove it there."
            ),
        },
        Verdict::OtherProduct { product, wanted } => {
            let found = product
                .clone()
                .unwrap_or_else(|| unknown_product(lang).to_owned());
            match (wanted, lang) {
                (Some(line), Lang::Ru) => {
                    format!(
                        "Код от другого товара: это «{found}», а в строке «{}».",
                        line_name(lines, *line, lang)
                    )
                }
                (Some(line), Lang::En) => {
                    format!(
                        "The code is of another product: “{found}”, and the line is “{}”.",
                        line_name(lines, *line, lang)
                    )
                }
                (None, Lang::Ru) => {
                    format!("Код от другого товара: это «{found}», в заказе такого нет.")
                }
                (None, Lang::En) => {
                    format!("The code is of another product: “{found}”, which is not in the order.")
                }
            }
        }
        Verdict::WhichLine { lines: several } => {
            let names: Vec<String> = several
                .iter()
                .map(|line| line_name(lines, *line, lang))
                .collect();
            match lang {
                Lang::Ru => format!(
                    "Метка ещё не знает, чей это код. Выберите строку: {}.",
                    names.join(" или ")
                ),
                Lang::En => format!(
                    "Metka does not know yet whose code this is. Choose a line: {}.",
                    names.join(" or ")
                ),
            }
        }
        Verdict::NoRoom { line } => match lang {
            Lang::Ru => format!(
                "«{}»: у каждой единицы уже есть код. Этот лишний.",
                line_name(lines, *line, lang)
            ),
            Lang::En => format!(
                "“{}”: every unit has a code already. This one is too many.",
                line_name(lines, *line, lang)
            ),
        },
        Verdict::NotWanted => match lang {
            Lang::Ru => "Такой код здесь никому не нужен.".to_owned(),
            Lang::En => "Nothing here asks for such a code.".to_owned(),
        },
    }
}

/// The lines of a paste that are judged only after sending.
pub(crate) fn unjudged(n: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "И ещё {n} {}: проверим при отправке.",
            plural(n, "строка", "строки", "строк")
        ),
        Lang::En => format!(
            "And {n} more {}: checked when sent.",
            if n == 1 { "line" } else { "lines" }
        ),
    }
}

/// The summary of a paste: how many fit, repeat and do not fit.
pub(crate) fn summary(fit: u32, repeated: u32, wrong: u32, lang: Lang) -> String {
    let mut parts = Vec::new();
    if fit > 0 {
        parts.push(match lang {
            Lang::Ru => format!(
                "{} {}",
                plural(fit, "подходит", "подходят", "подходят"),
                codes(fit, lang)
            ),
            Lang::En => format!(
                "{} {}",
                codes(fit, lang),
                if fit == 1 { "fits" } else { "fit" }
            ),
        });
    }
    if repeated > 0 {
        parts.push(match lang {
            Lang::Ru => format!(
                "{repeated} {}",
                plural(repeated, "повтор", "повтора", "повторов")
            ),
            Lang::En => format!(
                "{repeated} {}",
                if repeated == 1 { "repeat" } else { "repeats" }
            ),
        });
    }
    if wrong > 0 {
        parts.push(match lang {
            Lang::Ru => format!(
                "{wrong} {}",
                plural(wrong, "не подходит", "не подходят", "не подходят")
            ),
            Lang::En => format!("{wrong} {} not fit", if wrong == 1 { "does" } else { "do" }),
        });
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_gone_still_has_a_word() {
        let line = LineId::from_parts(1, [1; 10]);
        let said = sentence(&Verdict::NoRoom { line }, &[], Lang::Ru);
        assert_eq!(
            said,
            "«строка, которой больше нет»: у каждой единицы уже есть код. Этот лишний."
        );
    }

    #[test]
    fn a_code_of_another_order_names_it() {
        let verdict = Verdict::BoundElsewhere {
            order: "48512402".into(),
            product: "Туфли".into(),
        };
        assert!(sentence(&verdict, &[], Lang::Ru).contains("заказ 48512402, Туфли"));
    }

    #[test]
    fn the_summary_names_only_what_there_is() {
        assert_eq!(summary(3, 1, 0, Lang::Ru), "подходят 3 кода, 1 повтор");
        assert_eq!(summary(1, 0, 2, Lang::Ru), "подходит 1 код, 2 не подходят");
        assert_eq!(summary(0, 0, 1, Lang::En), "1 does not fit");
    }
}
