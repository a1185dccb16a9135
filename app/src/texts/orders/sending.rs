//! Words of sending: what stands in the way, how a submission goes, and what came of it.

use super::{codes, page, scan, units};
use crate::texts::{plural, texts};
use cis::Lang;
use desk::{
    boxes::LayoutError,
    orders::{LineView, readiness::Hindrance},
    submission::{SubmissionState, SubmissionView},
};

texts! {
    send: "Отправить в Маркет", "Send to Market";
    send_again: "Отправить ещё раз", "Send again";
    sending: "Отправляется", "Being sent";
    finding_out: "Выясняем", "Finding out";
    withdraw: "Отменить отправку", "Take the sending back";
    refresh: "Обновить из Маркета", "Refresh from Market";
    may_not: "Отправляет тот, кому это разрешено в организации.", "Somebody with that permission in the organisation sends.";
    ready: "всё на месте", "everything is in place";
    replace_rejected: "код отклонён: замените его и отправьте заказ ещё раз", "a code was rejected: replace it and send the order again";
    heading: "Отправка", "Sending";
    compare: "Что отправлено и что сохранил Маркет", "What was sent and what Market stored";
    ours: "Лежит здесь", "Lies here";
    theirs: "Сохранено в Маркете", "Stored by Market";
    full_code: "полный код", "full code";
    short_code: "без хвоста", "without tail";
    same: "совпадает", "the same";
    absent_there: "в Маркете нет", "not at Market";
    absent_here: "здесь нет", "not here";
    network: "Причина", "Cause";
    next_attempt: "Следующая попытка:", "Next attempt:";
    stored: "сохранено", "stored";
    settled: "ответ", "answered";
}

/// The dock's button for an order that goes in boxes, with codes or without any.
pub(crate) const fn send_boxes(codes: bool, lang: Lang) -> &'static str {
    match (codes, lang) {
        (true, Lang::Ru) => "Отправить коробки и коды",
        (true, Lang::En) => "Send boxes and codes",
        (false, Lang::Ru) => "Отправить коробки",
        (false, Lang::En) => "Send the boxes",
    }
}

/// The dock's button while the newest submission is under way.
pub(crate) const fn button(state: SubmissionState, lang: Lang) -> &'static str {
    match state {
        SubmissionState::Queued | SubmissionState::Sending => sending(lang),
        SubmissionState::Unknown => finding_out(lang),
        _ => send(lang),
    }
}

/// A state of a submission in a few words; `boxed` where boxes were sent, with codes or without.
pub(crate) const fn state(state: SubmissionState, boxed: bool, lang: Lang) -> &'static str {
    match (state, lang) {
        (SubmissionState::Accepted, Lang::Ru) if boxed => "коробки сохранены",
        (SubmissionState::Accepted, Lang::En) if boxed => "boxes stored",
        (SubmissionState::Conflict, Lang::Ru) if boxed => "в Маркете другая раскладка",
        (SubmissionState::Conflict, Lang::En) if boxed => "Market holds another layout",
        (SubmissionState::Queued, Lang::Ru) => "ждёт очереди",
        (SubmissionState::Queued, Lang::En) => "queued",
        (SubmissionState::Sending, Lang::Ru) => "отправляется",
        (SubmissionState::Sending, Lang::En) => "being sent",
        (SubmissionState::Unknown, Lang::Ru) => "ответа нет, выясняем",
        (SubmissionState::Unknown, Lang::En) => "no answer, finding out",
        (SubmissionState::Accepted, Lang::Ru) => "коды приняты",
        (SubmissionState::Accepted, Lang::En) => "codes accepted",
        (SubmissionState::Refused, Lang::Ru) => "Маркет отказал",
        (SubmissionState::Refused, Lang::En) => "Market refused",
        (SubmissionState::Conflict, Lang::Ru) => "в Маркете другие коды",
        (SubmissionState::Conflict, Lang::En) => "Market holds other codes",
        (SubmissionState::Superseded, Lang::Ru) => "заменена новой",
        (SubmissionState::Superseded, Lang::En) => "replaced by a newer one",
    }
}

/// What was sent: boxes, with codes or without, or codes alone.
fn carried(submission: &SubmissionView, boxed: bool, lang: Lang) -> String {
    let codes = codes(submission.units, lang);
    match (boxed, submission.units, lang) {
        (false, ..) => codes,
        (true, 0, Lang::Ru) => "коробки".to_owned(),
        (true, 0, Lang::En) => "the boxes".to_owned(),
        (true, _, Lang::Ru) => format!("коробки и {codes}"),
        (true, _, Lang::En) => format!("the boxes and {codes}"),
    }
}

/// What a state of a submission means and whether anything is to be done; `boxed` where boxes were sent.
pub(crate) fn meaning(submission: &SubmissionView, boxed: bool, lang: Lang) -> String {
    let carried = carried(submission, boxed, lang);
    match (submission.state, lang) {
        (SubmissionState::Refused, Lang::Ru) if boxed => {
            "Маркет не принял коробки, у него ничего не изменилось. Исправьте и отправьте ещё раз.".to_owned()
        }
        (SubmissionState::Refused, Lang::En) if boxed => {
            "Market did not take the boxes, nothing changed there. Put it right and send again.".to_owned()
        }
        (SubmissionState::Conflict, Lang::Ru) if boxed => {
            "В Маркете лежит не та раскладка или не те коды, что здесь: их изменил кто-то другой. Отправьте свои ещё раз или прочитайте заказ заново."
                .to_owned()
        }
        (SubmissionState::Conflict, Lang::En) if boxed => {
            "Market holds another layout or other codes than lie here: another hand changed them. Send yours again, or read the order afresh."
                .to_owned()
        }
        (SubmissionState::Queued, Lang::Ru) => format!("Сохранено и скоро уйдёт в Маркет: {carried}. Страницу можно закрыть."),
        (SubmissionState::Queued, Lang::En) => format!("Stored, soon to be sent to Market: {carried}. The page can be closed."),
        (SubmissionState::Sending, Lang::Ru) => format!("Передаём Маркету {carried}. Страницу можно закрыть."),
        (SubmissionState::Sending, Lang::En) => format!("Giving {carried} to Market. The page can be closed."),
        (SubmissionState::Unknown, Lang::Ru) => {
            "Ответа не было; Метка спрашивает Маркет, дошло ли отправленное. Ничего делать не нужно.".to_owned()
        }
        (SubmissionState::Unknown, Lang::En) => {
            "There was no answer; Metka asks Market whether it arrived. Nothing needs to be done.".to_owned()
        }
        (SubmissionState::Accepted, Lang::Ru) => format!("Маркет сохранил {carried}."),
        (SubmissionState::Accepted, Lang::En) => format!("Market has stored {carried}."),
        (SubmissionState::Refused, Lang::Ru) => {
            "Маркет не принял коды, у него ничего не изменилось. Исправьте и отправьте ещё раз.".to_owned()
        }
        (SubmissionState::Refused, Lang::En) => {
            "Market did not take the codes, nothing changed there. Put it right and send again.".to_owned()
        }
        (SubmissionState::Conflict, Lang::Ru) => {
            "В Маркете лежат не те коды, что здесь: их изменил кто-то другой. Отправьте свои ещё раз или прочитайте заказ заново."
                .to_owned()
        }
        (SubmissionState::Conflict, Lang::En) => {
            "Market holds other codes than lie here: another hand changed them. Send yours again, or read the order afresh."
                .to_owned()
        }
        (SubmissionState::Superseded, Lang::Ru) => "Эту отправку заменила более новая.".to_owned(),
        (SubmissionState::Superseded, Lang::En) => "A newer sending took the place of this one.".to_owned(),
    }
}

/// «Отправка 2».
pub(crate) fn number(n: u32, lang: Lang) -> String {
    format!("{} {n}", heading(lang))
}

/// «3 попытки».
pub(crate) fn attempts(n: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{n} {}", plural(n, "попытка", "попытки", "попыток")),
        Lang::En => format!("{n} {}", if n == 1 { "attempt" } else { "attempts" }),
    }
}

/// The slots changed since the last sending.
pub(crate) fn changed(state: SubmissionState, lang: Lang) -> &'static str {
    match (state, lang) {
        (SubmissionState::Accepted, Lang::Ru) => {
            "С тех пор заказ здесь изменился: отправьте его ещё раз."
        }
        (SubmissionState::Accepted, Lang::En) => "The order here changed since: send it again.",
        (_, Lang::Ru) => "С тех пор заказ здесь изменился.",
        (_, Lang::En) => "The order here changed since.",
    }
}

/// One thing that stands in the way of sending, or is worth knowing before it.
pub(crate) fn hindrance(hindrance: &Hindrance, lines: &[LineView], lang: Lang) -> String {
    let (ru, en) = match hindrance {
        Hindrance::Incomplete {
            line,
            units: missing,
        } => {
            let name = scan::line_name(lines, *line, lang);
            return match lang {
                Lang::Ru => format!("{name}: без кода {}", units(*missing, lang)),
                Lang::En => format!("{name}: {} without a code", units(*missing, lang)),
            };
        }
        Hindrance::Lacks { line, number, part } => {
            let unit = scan::unit(&scan::line_name(lines, *line, lang), Some(*number), lang);
            return format!("{unit}: {}", page::lacks(&[*part], lang));
        }
        Hindrance::LeftOut {
            line,
            units: missing,
        } => {
            let name = scan::line_name(lines, *line, lang);
            return match lang {
                Lang::Ru => format!(
                    "{name}: {} {} без кодов",
                    units(*missing, lang),
                    plural(*missing, "уйдёт", "уйдут", "уйдут")
                ),
                Lang::En => format!("{name}: {} will go without codes", units(*missing, lang)),
            };
        }
        Hindrance::Removes { line, units: gone } => {
            let name = scan::line_name(lines, *line, lang);
            return match lang {
                Lang::Ru => format!(
                    "{name}: {} из заказа навсегда, покупатель узнает сразу",
                    leave_russian(*gone)
                ),
                Lang::En => format!(
                    "{name}: {} will leave the order for good, the buyer is told at once",
                    units(*gone, lang)
                ),
            };
        }
        Hindrance::Layout { error } => return layout(*error, lang),
        Hindrance::Shipped => (
            "заказ отгружен: коробки и коды уже не изменить",
            "the order was shipped: boxes and codes can no longer be changed",
        ),
        Hindrance::Model => (
            "коды этой модели передаются иначе",
            "codes of this model go another way",
        ),
        Hindrance::Closed => ("заказ закрыт", "the order is closed"),
        Hindrance::InFlight => (
            "прошлая отправка ещё не завершена",
            "the last sending is still under way",
        ),
        Hindrance::Nothing => ("нет ни одного кода", "there is not one code"),
        Hindrance::Unchanged => (
            "с прошлой отправки ничего не изменилось",
            "nothing changed since the last sending",
        ),
        Hindrance::LateStatus => (
            "заказ уже передан в доставку, Маркет может отказать",
            "the order is on its way already, Market may refuse",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// «1 единица уйдёт».
fn leave_russian(n: u32) -> String {
    format!(
        "{} {}",
        units(n, Lang::Ru),
        plural(n, "уйдёт", "уйдут", "уйдут")
    )
}

/// Why units cannot be laid out so.
fn layout(error: LayoutError, lang: Lang) -> String {
    match (error, lang) {
        (LayoutError::Nothing, Lang::Ru) => {
            "в заказе не осталось ни одной единицы: такой заказ отменяют в кабинете Маркета"
                .to_owned()
        }
        (LayoutError::Nothing, Lang::En) => {
            "no unit is left in the order: such an order is cancelled in Market's cabinet"
                .to_owned()
        }
        (LayoutError::PartIsNotAlone { box_number }, Lang::Ru) => {
            format!("коробка {box_number}: кроме части товара, в ней не может быть ничего")
        }
        (LayoutError::PartIsNotAlone { box_number }, Lang::En) => {
            format!("box {box_number}: nothing but one part of a product may lie in it")
        }
        (LayoutError::HalfMarked { box_number, .. }, Lang::Ru) => {
            format!("коробка {box_number}: у одних единиц товара есть код, у других нет")
        }
        (LayoutError::HalfMarked { box_number, .. }, Lang::En) => {
            format!("box {box_number}: some units of a product have a code and some do not")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::ids::LineId;

    #[test]
    fn a_line_left_out_agrees_with_its_number() {
        let line = LineId::from_parts(1, [1; 10]);
        let said = |n| hindrance(&Hindrance::LeftOut { line, units: n }, &[], Lang::Ru);
        assert!(
            said(1).ends_with("1 единица уйдёт без кодов"),
            "{}",
            said(1)
        );
        assert!(
            said(2).ends_with("2 единицы уйдут без кодов"),
            "{}",
            said(2)
        );
        assert_eq!(attempts(3, Lang::Ru), "3 попытки");
    }
}
