//! The stock of received codes and its labels in words.

use super::super::{bulk, number, plural, texts};
use crate::bulk::UploadTrouble;
use cis::Lang;
use desk::{
    bulk::MOST_ROWS,
    printing::{Head, Medium},
    suz::receiving::RowRefusal,
};

texts! {
    title: "Коды и этикетки", "Codes and labels";
    intro: "Коды, полученные из СУЗ: сколько свободно, что напечатано, что привязано к заказам.",
        "Codes received from СУЗ: how many are free, what was printed, what is bound to orders.";
    nothing: "Полученных кодов пока нет", "No codes received yet";
    nothing_text: "Закажите коды в СУЗ или загрузите те, что скачали в её кабинете.",
        "Order codes in СУЗ, or bring those that were downloaded in its cabinet.";
    bring: "Загрузить коды из кабинета СУЗ", "Bring codes from СУЗ's cabinet";
    to_stock: "Все коды и этикетки", "All codes and labels";
    of_order: "из заказа", "of the order of";
    of_file: "из файла", "of the file";
    print: "Напечатать этикетки", "Print labels";
    print_title: "Этикетки", "Labels";
    print_text: "Коды берутся со склада по порядку, и каждый попадает только в один выпуск.",
        "Codes are taken from the stock in order, and each goes into one run only.";
    count: "Сколько этикеток", "How many labels";
    article: "Артикул", "Article";
    name: "Название", "Name";
    size: "Размер", "Size";
    size_hint: "Как напечатать: «Размер 48», «XL».", "As it shall be printed: “Size 48”, “XL”.";
    medium_label: "На чём печатаем", "Printed on";
    head_label: "Принтер", "Printer";
    used_places: "Пустых мест на первом листе", "Empty places on the first sheet";
    used_places_hint: "Если лист уже начат. Для рулона не нужно.", "If the sheet was begun already. Not for a roll.";
    sample: "Как будет выглядеть этикетка", "What the label will look like";
    sample_text: "Код здесь условный: настоящие берутся при печати.", "The code here stands for one: real ones are taken on printing.";
    runs: "Напечатанное", "Printed";
    runs_none: "Этих этикеток ещё не печатали.", "No such labels were printed yet.";
    file_pdf: "Открыть PDF", "Open the PDF";
    file_zpl: "Скачать ZPL", "Download ZPL";
    file_closed: "Файл закрыт: 10 минут прошли.", "The file is closed: the 10 minutes are over.";
    again: "Напечатать ещё раз…", "Print once more…";
    again_text: "Те же коды выйдут второй раз. Наклейте повтор только вместо испорченной этикетки: две одинаковые на двух вещах — это брак. Повтор останется в журнале.",
        "The same codes come out a second time. Use a reprint only in place of a spoilt label: two equal ones on two things are a fault. The journal keeps it.";
    again_act: "Напечатать повторно", "Print again";
    again_first: "С этикетки", "From label";
    again_last: "по", "to";
    export: "Скачать коды", "Download codes";
    export_text: "Разделители GS внутри сохраняются.", "The GS separators inside are kept.";
    import_title: "Загрузка кодов", "Bringing codes";
    import_text: "CSV из кабинета СУЗ или любой файл, где код занимает строку или столбец. Метка проверит каждый код; повторы не задвоятся.",
        "A CSV of СУЗ's cabinet, or any file with a code to a line or in a column. Metka checks every code; repeated ones are not doubled.";
    import_file: "Файл", "File";
    import_file_hint: "CSV и TXT — до 512 МБ, XLSX — до 20 МБ.", "CSV and TXT up to 512 MB, XLSX up to 20 MB.";
    import_act: "Загрузить", "Bring";
}

#[cfg(feature = "ssr")]
pub(crate) use file::*;

/// The columns of the file, which the server writes.
#[cfg(feature = "ssr")]
mod file {
    use crate::texts::texts;

    texts! {
        file_order: "Заказ кодов", "Order of codes";
        file_block: "Блок", "Block";
        file_expires: "Сгорит, если не использовать (Москва)", "Annulled unless used (Moscow)";
    }
}

/// What labels are printed on.
pub(crate) const fn medium(medium: Medium, lang: Lang) -> &'static str {
    let (ru, en) = match medium {
        Medium::Roll58x40 => ("Рулон 58 × 40 мм", "Roll 58 × 40 mm"),
        Medium::Roll43x25 => ("Рулон 43 × 25 мм", "Roll 43 × 25 mm"),
        Medium::Roll30x20 => ("Рулон 30 × 20 мм", "Roll 30 × 20 mm"),
        Medium::Sheet24 => (
            "Лист A4, 24 этикетки 70 × 37 мм",
            "A4 sheet, 24 labels 70 × 37 mm",
        ),
        Medium::Sheet40 => (
            "Лист A4, 40 этикеток 52,5 × 29,7 мм",
            "A4 sheet, 40 labels 52.5 × 29.7 mm",
        ),
        Medium::Sheet65 => (
            "Лист A4, 65 этикеток 38 × 21,2 мм",
            "A4 sheet, 65 labels 38 × 21.2 mm",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// How fine a printer prints.
pub(crate) const fn head(head: Head, lang: Lang) -> &'static str {
    let (ru, en) = match head {
        Head::Dpi203 => (
            "Этикеточный, 203 точки на дюйм",
            "Label printer, 203 dots an inch",
        ),
        Head::Dpi300 => (
            "300 точек на дюйм или офисный",
            "300 dots an inch, or an office printer",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// «12 этикеток».
pub(crate) fn labels(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{} {}",
            number(count),
            plural(count, "этикетка", "этикетки", "этикеток")
        ),
        Lang::En => format!(
            "{} {}",
            number(count),
            if count == 1 { "label" } else { "labels" }
        ),
    }
}

/// The noun beside a number of codes.
pub(crate) const fn codes_of(count: u32, lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => plural(count, "код", "кода", "кодов"),
        Lang::En if count == 1 => "code",
        Lang::En => "codes",
    }
}

/// The noun beside a number of codes that were not printed yet.
pub(crate) const fn free_codes(count: u32, lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => plural(
            count,
            "код ещё не напечатан",
            "кода ещё не напечатаны",
            "кодов ещё не напечатаны",
        ),
        Lang::En if count == 1 => "code is not printed yet",
        Lang::En => "codes are not printed yet",
    }
}

/// What came of a file of codes.
pub(crate) fn imported(taken: u32, known: u32, repaired: u32, refused: u32, lang: Lang) -> String {
    let [taken, known, repaired, refused] = [taken, known, repaired, refused].map(number);
    match lang {
        Lang::Ru => format!(
            "Загружено: {taken}, из них починено: {repaired}. Уже были: {known}. Не коды: {refused}."
        ),
        Lang::En => format!(
            "Brought: {taken}, of these repaired: {repaired}. There already: {known}. No codes: {refused}."
        ),
    }
}

/// Why a row of a file was not taken.
pub(crate) fn refused_row(row: u32, why: RowRefusal, lang: Lang) -> String {
    let (ru, en) = match why {
        RowRefusal::NotACode => ("это не код маркировки", "it is no marking code"),
        RowRefusal::Ambiguous => (
            "читается больше чем одним способом",
            "it reads in more than one way",
        ),
        RowRefusal::NoGtin => ("в коде нет GTIN", "the code has no GTIN"),
        RowRefusal::NoTail => (
            "только КИ, без криптохвоста: этикетку не напечатать",
            "a КИ without its crypto tail: no label can be printed",
        ),
    };
    let row = number(row);
    match lang {
        Lang::Ru => ["Строка ", &row, ": ", ru, "."].concat(),
        Lang::En => ["Row ", &row, ": ", en, "."].concat(),
    }
}

/// How often labels were printed again.
pub(crate) fn times_again(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "повторно {} {}",
            number(count),
            plural(count, "раз", "раза", "раз")
        ),
        Lang::En => format!(
            "again {} {}",
            number(count),
            if count == 1 { "time" } else { "times" }
        ),
    }
}

/// How many days unused codes have left; the moment follows.
pub(crate) fn expires(days: i32, lang: Lang) -> String {
    let left = u32::try_from(days).unwrap_or(0);
    match (left, lang) {
        (0, Lang::Ru) => "неиспользованные сгорят сегодня:".into(),
        (0, Lang::En) => "unused ones will be annulled today:".into(),
        (_, Lang::Ru) => format!(
            "неиспользованные сгорят через {} {}:",
            number(left),
            plural(left, "день", "дня", "дней")
        ),
        (_, Lang::En) => format!(
            "unused ones will be annulled in {} {}:",
            number(left),
            if left == 1 { "day" } else { "days" }
        ),
    }
}

/// Codes that were annulled before anybody used them.
pub(crate) fn expired(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{} {}",
            number(count),
            plural(
                count,
                "код сгорел: на этикетку он не попадёт",
                "кода сгорели: на этикетки они не попадут",
                "кодов сгорели: на этикетки они не попадут",
            )
        ),
        Lang::En => format!(
            "{} {}",
            number(count),
            if count == 1 {
                "code was annulled: it goes onto no label"
            } else {
                "codes were annulled: they go onto no label"
            }
        ),
    }
}

/// The wish to print annulled codes all the same.
pub(crate) fn expired_too(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "Если остальных не хватит, взять и сгоревшие ({}): «Честный знак» их, скорее всего, уже не примет",
            number(count)
        ),
        Lang::En => format!(
            "When the others do not suffice, take annulled ones too ({}): «Честный знак» will hardly accept them",
            number(count)
        ),
    }
}

/// «этикетки 3–4 из 10».
pub(crate) fn labels_of((first, last): (u32, u32), count: u32, lang: Lang) -> String {
    let range = if first == last {
        number(first)
    } else {
        [&number(first), "–", &number(last)].concat()
    };
    let count = number(count);
    match (first == last, lang) {
        (true, Lang::Ru) => format!("этикетка {range} из {count}"),
        (false, Lang::Ru) => format!("этикетки {range} из {count}"),
        (true, Lang::En) => format!("label {range} of {count}"),
        (false, Lang::En) => format!("labels {range} of {count}"),
    }
}

/// How often the file of labels was fetched.
pub(crate) fn opened(times: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "файл открывали {} {}",
            number(times),
            plural(times, "раз", "раза", "раз")
        ),
        Lang::En => format!(
            "the file was opened {} {}",
            number(times),
            if times == 1 { "time" } else { "times" }
        ),
    }
}

/// Before the moment at which it was.
pub(crate) const fn opened_last(times: u32, lang: Lang) -> &'static str {
    match (times, lang) {
        (0 | 1, _) => "",
        (_, Lang::Ru) => "последний раз",
        (_, Lang::En) => "last",
    }
}

/// Codes of a file that another brings just now.
pub(crate) fn arriving(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{} {} прямо сейчас другим файлом или заказом. Когда это закончится, загрузите файл ещё раз, чтобы убедиться, что они на месте.",
            number(count),
            plural(count, "код приходит", "кода приходят", "кодов приходят")
        ),
        Lang::En => format!(
            "{} {} just now by another file or an order. When that is over, bring the file once more to be sure that they are there.",
            number(count),
            if count == 1 {
                "code comes"
            } else {
                "codes come"
            }
        ),
    }
}

/// Why a file of codes was not taken.
pub(crate) fn import_trouble(trouble: UploadTrouble, lang: Lang) -> String {
    match (trouble, lang) {
        (UploadTrouble::TooLarge, Lang::Ru) => {
            "Файл слишком велик: CSV и TXT — до 512 МБ, XLSX и «Текст Юникод» — до 20 МБ. Разделите его на части.".into()
        }
        (UploadTrouble::TooLarge, Lang::En) => {
            "The file is too large: CSV and TXT up to 512 MB, XLSX and Unicode text up to 20 MB. Split it.".into()
        }
        (UploadTrouble::TooManyRows, Lang::Ru) => format!(
            "В книге больше {} строк. Сохраните лист как CSV: в нём их может быть сколько угодно.",
            number(MOST_ROWS)
        ),
        (UploadTrouble::TooManyRows, Lang::En) => format!(
            "The workbook has more than {} rows. Save the sheet as CSV, which may have any number.",
            number(MOST_ROWS)
        ),
        _ => bulk::upload_trouble(trouble, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_left_are_counted_in_russian() {
        for (days, said) in [
            (-1, "неиспользованные сгорят сегодня:"),
            (0, "неиспользованные сгорят сегодня:"),
            (1, "неиспользованные сгорят через 1 день:"),
            (2, "неиспользованные сгорят через 2 дня:"),
            (5, "неиспользованные сгорят через 5 дней:"),
            (11, "неиспользованные сгорят через 11 дней:"),
            (21, "неиспользованные сгорят через 21 день:"),
        ] {
            assert_eq!(expires(days, Lang::Ru), said);
        }
        assert_eq!(
            expires(1, Lang::En),
            "unused ones will be annulled in 1 day:"
        );
        for (count, said) in [
            (1, "1 код сгорел: на этикетку он не попадёт"),
            (22, "22 кода сгорели: на этикетки они не попадут"),
            (11, "11 кодов сгорели: на этикетки они не попадут"),
        ] {
            assert_eq!(expired(count, Lang::Ru), said);
        }
    }

    #[test]
    fn a_part_of_the_labels_is_told_by_their_numbers() {
        assert_eq!(labels_of((3, 4), 10, Lang::Ru), "этикетки 3–4 из 10");
        assert_eq!(labels_of((3, 3), 10, Lang::Ru), "этикетка 3 из 10");
        assert_eq!(labels_of((3, 4), 10, Lang::En), "labels 3–4 of 10");
        for (times, said) in [(1, "1 раз"), (2, "2 раза"), (5, "5 раз"), (21, "21 раз")]
        {
            assert_eq!(opened(times, Lang::Ru), format!("файл открывали {said}"));
        }
    }
}
