//! The stock of received codes and its labels in words.

use super::super::{number, plural, texts};
use cis::Lang;
use desk::{
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
    expires: "неиспользованные сгорят", "unused ones will be annulled";
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
    file_closed: "Файл закрыт: час прошёл.", "The file is closed: the hour is over.";
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
    import_file_hint: "CSV, TXT или XLSX.", "CSV, TXT or XLSX.";
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
