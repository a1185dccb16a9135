//! Words of batches.

#[cfg(feature = "ssr")]
pub(crate) mod said;

use super::{number, plural, texts};
use crate::bulk::UploadTrouble;
use cis::Lang;
use desk::{
    bulk::{
        BatchLine, BatchPage, BatchState, Fate, MOST_ROWS, OrderCounts, ResultView, RowKind, Shown,
    },
    submission::SubmissionState,
};

texts! {
    title: "Пакеты", "Bulk";
    intro: "Коды многих заказов одним файлом.", "Codes of many orders in one file.";
    bring: "Новый пакет", "New batch";
    bring_text: "Таблица, в которой у каждого кода стоит номер заказа. Сначала Метка всё проверит и покажет, отправка начнётся по вашей кнопке.",
        "A table with an order number beside every code. Metka checks and shows it first; sending begins when you say so.";
    file: "Файл CSV или XLSX", "CSV or XLSX file";
    file_hint: "До 50 000 строк и 20 МБ. Файл можно перетащить на эту карточку.",
        "Up to 50,000 rows and 20 MB. You can drop the file on this card.";
    paste: "Или вставьте две колонки из таблицы", "Or paste two columns of a spreadsheet";
    paste_hint: "номер заказа и код в каждой строке", "an order number and a code on every line";
    look: "Проверить", "Check";
    template_workbook: "Образец XLSX", "XLSX template";
    template_text: "Образец CSV", "CSV template";
    empty: "Пакетов пока нет", "No batches yet";
    empty_text: "Здесь появится каждый загруженный файл, с итогом по каждому заказу.",
        "Every file that is brought will appear here, with what became of each order.";
    column_file: "Файл", "File";
    column_when: "Когда и кто", "When and who";
    column_orders: "Заказов", "Orders";
    column_order: "Заказ", "Order";
    column_state: "Состояние", "State";
    column_act: "Действие", "Act";
    column_line: "Строка", "Line";
    column_code: "Код", "Code";
    column_codes: "Кодов", "Codes";
    column_verdict: "Что с ним", "What about it";
    open: "Открыть", "Open";
    progress: "Ход работы", "Progress";
    shown: "Что показать", "What to show";
    pages: "Страницы", "Pages";
    back: "Назад", "Back";
    forward: "Вперёд", "Forward";
    nothing: "Таких нет", "There are none";
    pause: "Приостановить", "Pause";
    resume: "Продолжить отправку", "Go on sending";
    cancel: "Остановить совсем", "Stop for good";
    cancel_act: "Остановить", "Stop";
    cancel_text: "Что уже передано в Маркет, останется там. Остальные заказы пакета отправлены не будут, и продолжить его будет нельзя.",
        "What was handed over to Market stays there. The other orders of the batch will not be sent, and it cannot be continued.";
    discard: "Отказаться от пакета", "Discard the batch";
    discard_act: "Отказаться", "Discard";
    discard_text: "Ничего из этого пакета ещё не отправлено, и отправлено не будет. Загрузить таблицу можно заново.",
        "Nothing of this batch was sent yet, and nothing will be. The table can be brought again.";
    failed_rows: "Строки с ошибками:", "Rows that failed:";
    waits: "Метка ждёт и попробует снова:", "Metka waits and will try again:";
    columns: "Столбцы файла", "Columns of the file";
    order_column: "Номер заказа", "Order number";
    code_column: "Код маркировки", "Marking code";
    no_column: "нет такого столбца", "no such column";
    judge_again: "Проверить заново", "Check again";
}

/// The name of a batch.
pub(crate) fn name(batch: &BatchLine, lang: Lang) -> String {
    match (batch.name.as_str(), lang) {
        ("", Lang::Ru) => "Вставленная таблица".to_owned(),
        ("", Lang::En) => "Pasted table".to_owned(),
        (name, _) => name.to_owned(),
    }
}

/// «из 12 заказов», after the «из».
fn of_orders(n: u32, lang: Lang) -> String {
    let word = match lang {
        Lang::Ru => plural(n, "заказа", "заказов", "заказов"),
        Lang::En => plural_en(n, "order", "orders"),
    };
    [number(n).as_str(), word].join(" ")
}

/// «12 заказов».
fn orders(n: u32, lang: Lang) -> String {
    let word = match lang {
        Lang::Ru => plural(n, "заказ", "заказа", "заказов"),
        Lang::En => plural_en(n, "order", "orders"),
    };
    [number(n).as_str(), word].join(" ")
}

const fn plural_en(n: u32, one: &'static str, many: &'static str) -> &'static str {
    if n == 1 { one } else { many }
}

/// Where a batch stands, in a few words.
pub(crate) fn state(batch: &BatchLine, lang: Lang) -> String {
    let (ru, en) = match batch.state {
        BatchState::Judging => ("проверяется", "being checked"),
        BatchState::Preview => ("ждёт решения", "waits for you"),
        BatchState::Running => ("отправляется", "being sent"),
        BatchState::Paused => ("приостановлен", "paused"),
        BatchState::Cancelled => ("остановлен", "stopped"),
        BatchState::Done if batch.orders.still() => ("ждём ответов Маркета", "waiting for Market"),
        BatchState::Done => ("отправлен", "sent"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// What there is to know and to do, in a sentence.
pub(crate) fn summary(page: &BatchPage, lang: Lang) -> String {
    let counts = &page.batch.orders;
    let (goes, done, answered) = (
        orders(counts.goes, lang),
        number(counts.sent()),
        number(counts.ended()),
    );
    let all = of_orders(counts.goes + counts.sent(), lang);
    match (page.batch.state, lang) {
        (BatchState::Judging, Lang::Ru) => "Метка проверяет строки.".to_owned(),
        (BatchState::Judging, Lang::En) => "Metka checks the rows.".to_owned(),
        (BatchState::Preview, Lang::Ru) if counts.goes == 0 => {
            "Отправлять нечего: посмотрите, что не так со строками.".to_owned()
        }
        (BatchState::Preview, Lang::En) if counts.goes == 0 => {
            "There is nothing to send: see what is wrong with the rows.".to_owned()
        }
        (BatchState::Preview, Lang::Ru) => {
            let word = plural(counts.goes, "Готов", "Готовы", "Готовы");
            format!("{word} к отправке {goes} из {}.", number(counts.all))
        }
        (BatchState::Preview, Lang::En) => {
            format!("Ready to be sent: {goes} of {}.", number(counts.all))
        }
        (BatchState::Running, Lang::Ru) => format!("Передано {done} из {all}."),
        (BatchState::Running, Lang::En) => format!("Handed over {done} of {all}."),
        (BatchState::Paused, Lang::Ru) => format!("Приостановлено: передано {done} из {all}."),
        (BatchState::Paused, Lang::En) => format!("Paused: {done} of {all} handed over."),
        (BatchState::Cancelled, Lang::Ru) => format!("Остановлено: передано {done} из {all}."),
        (BatchState::Cancelled, Lang::En) => format!("Stopped: {done} of {all} handed over."),
        (BatchState::Done, Lang::Ru) if counts.still() => {
            format!("Маркет ответил по {answered} из {all}.")
        }
        (BatchState::Done, Lang::En) if counts.still() => {
            format!("Market has answered about {answered} of {all}.")
        }
        (BatchState::Done, Lang::Ru) => {
            format!(
                "Всё передано: {}.",
                orders(counts.goes + counts.sent(), lang)
            )
        }
        (BatchState::Done, Lang::En) => format!("All handed over: {all}."),
    }
}

/// How many orders came to what; only what there is.
pub(crate) fn counts(counts: &OrderCounts, lang: Lang) -> String {
    let said = [
        (counts.accepted, "приняты Маркетом", "taken by Market"),
        (counts.refused, "отказ Маркета", "refused by Market"),
        (
            counts.conflict,
            "в Маркете другие коды",
            "Market holds other codes",
        ),
        (
            counts.unknown,
            "ответа нет, выясняем",
            "no answer, finding out",
        ),
        (counts.on_the_way, "в пути", "on the way"),
        (
            counts.superseded,
            "заменены новой отправкой",
            "replaced by a newer submission",
        ),
        (counts.stays, "не отправляются", "not sent"),
    ];
    let mut text = String::new();
    for (n, ru, en) in said {
        if n > 0 {
            if !text.is_empty() {
                text.push_str(" · ");
            }
            text.push_str(match lang {
                Lang::Ru => ru,
                Lang::En => en,
            });
            text.push_str(": ");
            text.push_str(&number(n));
        }
    }
    text
}

/// «Отправить 12 заказов».
pub(crate) fn send(n: u32, lang: Lang) -> String {
    let verb = match lang {
        Lang::Ru => "Отправить",
        Lang::En => "Send",
    };
    [verb, &orders(n, lang)].join(" ")
}

/// A tab of a batch.
pub(crate) const fn tab(shown: Shown, lang: Lang) -> &'static str {
    let (ru, en) = match shown {
        Shown::Rows => ("Все строки", "All rows"),
        Shown::Good => ("Верные", "Good"),
        Shown::Repaired => ("Исправленные", "Repaired"),
        Shown::Trouble => ("С ошибками", "In trouble"),
        Shown::Orders => ("Заказы", "Orders"),
        Shown::Failed => ("Не отправлены", "Not sent"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What a row is at a glance.
pub(crate) const fn kind(kind: RowKind, lang: Lang) -> &'static str {
    let (ru, en) = match kind {
        RowKind::Waiting => ("проверяется", "being checked"),
        RowKind::Good => ("верный", "good"),
        RowKind::Repaired => ("исправлен", "repaired"),
        RowKind::Trouble => ("ошибка", "trouble"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What became of an order, in a word or two.
pub(crate) const fn fate(order: &ResultView, lang: Lang) -> &'static str {
    use SubmissionState as S;
    let (ru, en) = match (order.fate, order.submission) {
        (Fate::Waiting, _) => ("проверяется", "being checked"),
        (Fate::Goes, _) => ("готов", "ready"),
        (Fate::Stays, _) => ("не отправляется", "not sent"),
        (Fate::Sent, Some(S::Accepted)) => ("принят", "taken"),
        (Fate::Sent, Some(S::Refused)) => ("отказ", "refused"),
        (Fate::Sent, Some(S::Conflict)) => ("другие коды", "other codes"),
        (Fate::Sent, Some(S::Superseded)) => ("заменён", "replaced"),
        (Fate::Sent, Some(S::Unknown)) => ("ответа нет", "no answer"),
        (Fate::Sent, _) => ("в пути", "on the way"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// «Страница 2 из 7».
pub(crate) fn page(page: u32, pages: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Страница {page} из {pages}"),
        Lang::En => format!("Page {page} of {pages}"),
    }
}

/// A column without a name, by its number and what stands in it.
pub(crate) fn nameless_column(index: u32, sample: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Столбец {index}: {sample}"),
        Lang::En => format!("Column {index}: {sample}"),
    }
}

/// Why a file was not taken, and what to do.
pub(crate) fn upload_trouble(trouble: UploadTrouble, lang: Lang) -> String {
    let most = number(MOST_ROWS);
    match (trouble, lang) {
        (UploadTrouble::TooLarge, Lang::Ru) => {
            "Файл больше 20 МБ. Разделите его на части или уберите лишние столбцы.".to_owned()
        }
        (UploadTrouble::TooLarge, Lang::En) => {
            "The file is larger than 20 MB. Split it, or remove columns that are not needed.".to_owned()
        }
        (UploadTrouble::TooManyRows, Lang::Ru) => {
            format!("В файле больше {most} строк. Разделите его на части.")
        }
        (UploadTrouble::TooManyRows, Lang::En) => {
            format!("The file has more than {most} rows. Split it.")
        }
        (UploadTrouble::Empty, Lang::Ru) => {
            "Строк не нашлось. Выберите файл или вставьте таблицу.".to_owned()
        }
        (UploadTrouble::Empty, Lang::En) => "No rows were found. Choose a file or paste a table.".to_owned(),
        (UploadTrouble::Unreadable, Lang::Ru) => {
            "Это не таблица, которую Метка умеет читать. Сохраните её как CSV или XLSX (старый XLS не подойдёт).".to_owned()
        }
        (UploadTrouble::Unreadable, Lang::En) => {
            "This is no table that Metka can read. Save it as CSV or XLSX (not the old XLS).".to_owned()
        }
        (UploadTrouble::Cut, Lang::Ru) => {
            "Файл не дошёл целиком. Проверьте сеть и отправьте его ещё раз.".to_owned()
        }
        (UploadTrouble::Cut, Lang::En) => {
            "The file did not come whole. Check the network and send it again.".to_owned()
        }
        (UploadTrouble::Ours, Lang::Ru) => {
            "Метка не смогла сохранить файл. Попробуйте ещё раз; если не поможет, покажите журнал сервера тому, кто за ним следит.".to_owned()
        }
        (UploadTrouble::Ours, Lang::En) => {
            "Metka could not keep the file. Try again; if it does not help, show the server's log to who looks after it.".to_owned()
        }
    }
}

/// The names of the two columns of a template.
#[cfg(feature = "ssr")]
pub const fn template(lang: Lang) -> [&'static str; 2] {
    match lang {
        Lang::Ru => ["Номер заказа", "Код маркировки"],
        Lang::En => ["Order number", "Marking code"],
    }
}

/// The name of the column that says why a row failed.
#[cfg(feature = "ssr")]
pub const fn error_column(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "Ошибка",
        Lang::En => "Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_orders_agree_with_their_words() {
        assert_eq!(send(1, Lang::Ru), "Отправить 1 заказ");
        assert_eq!(send(22, Lang::Ru), "Отправить 22 заказа");
        assert_eq!(send(1200, Lang::Ru), "Отправить 1\u{2009}200 заказов");
        assert_eq!(send(1, Lang::En), "Send 1 order");
        assert_eq!(of_orders(2, Lang::Ru), "2 заказов");
        assert_eq!(of_orders(21, Lang::Ru), "21 заказа");
    }

    #[test]
    fn only_what_there_is_is_counted() {
        let some = OrderCounts {
            all: 9,
            accepted: 7,
            stays: 2,
            ..OrderCounts::default()
        };
        assert_eq!(
            counts(&some, Lang::Ru),
            "приняты Маркетом: 7 · не отправляются: 2"
        );
        assert_eq!(counts(&OrderCounts::default(), Lang::En), "");
    }
}
