//! Words of verification. What an answer means and what to do about it is told by the server.

use super::scan;
use crate::texts::{plural, texts};
use cis::Lang;
use desk::verification::{CisStatus, Light, MarkStatus, UinStatus};

texts! {
    heading: "Проверка кодов", "Verification of the codes";
    read_here: "прочитан", "read";
    no_word: "ждём ответа", "no answer yet";
    not_sent: "не отправлен", "not sent";
    asked: "Маркет спрошен", "Market was asked";
    next: "следующий вопрос:", "next question:";
    not_asked: "Маркет ещё не спрошен", "Market was not asked yet";
    no_answer: "Последний вопрос остался без ответа, Метка спросит снова. Причина:",
        "The last question brought no answer, Metka will ask again. Cause:";
    taken_out: "отклонённый код вынут", "the rejected code is out";
    replace: "Заменить", "Replace";
    replace_hint: "«Заменить» вынимает код, и место ждёт другого скана. Потом отправьте заказ ещё раз.",
        "“Replace” takes the code out, and its place waits for another scan. Then send the order again.";
    without_code: "Отправить без кода", "Send without the code";
    without_code_hint: "Этому товару код не обязателен: можно снять все его коды и сразу отправить заказ без них.",
        "This product can do without a code: all its codes can be taken off and the order sent at once without them.";
    request: "Запрос в ГИС МТ", "Request to the state system";
    copy_request: "Скопировать номер запроса", "Copy the number of the request";
    units_without_uin: "УИН нет у:", "No UIN for:";
}

/// What the whole order's verification comes to.
pub(crate) const fn light(light: Option<Light>, lang: Lang) -> &'static str {
    let (ru, en) = match light {
        Some(Light::Passed) => ("все проверены", "all verified"),
        Some(Light::Waiting) => ("Маркет проверяет", "Market is checking"),
        Some(Light::Troubled) => ("проверка не состоялась", "the check did not come about"),
        Some(Light::Rejected) => ("есть отклонённые", "some were rejected"),
        None => ("ждём первого ответа", "waiting for the first answer"),
    };
    said(ru, en, lang)
}

/// A status in one or two words.
pub(crate) const fn word(status: &MarkStatus, lang: Lang) -> &'static str {
    let (ru, en) = match status {
        MarkStatus::Cis {
            status: CisStatus::Ok,
            ..
        }
        | MarkStatus::Uin {
            status: UinStatus::Ok,
            ..
        } => ("проверен", "verified"),
        MarkStatus::Cis {
            status: CisStatus::InProgress,
            ..
        }
        | MarkStatus::Uin {
            status: UinStatus::InProgress,
            ..
        } => ("проверяется", "being checked"),
        MarkStatus::Cis {
            status: CisStatus::NotOnValidation,
            ..
        }
        | MarkStatus::Uin {
            status: UinStatus::NotOnValidation,
            ..
        } => ("ждёт проверки", "waits for its check"),
        MarkStatus::Cis {
            status: CisStatus::Failed,
            ..
        } => ("проверить не удалось", "could not be checked"),
        MarkStatus::Cis {
            status: CisStatus::Invalid,
            ..
        }
        | MarkStatus::Uin {
            status: UinStatus::Failed,
            ..
        } => ("отклонён", "rejected"),
        MarkStatus::Cis {
            status: CisStatus::Other(_),
            ..
        }
        | MarkStatus::Uin {
            status: UinStatus::Other(_),
            ..
        } => ("новый ответ", "a new answer"),
    };
    said(ru, en, lang)
}

/// The button that takes a rejected code out, for those who hear it without the unit.
pub(crate) fn replace_of(name: &str, number: u32, lang: Lang) -> String {
    format!(
        "{}: {}",
        replace(lang),
        scan::unit(name, Some(number), lang)
    )
}

/// «и ещё 12 единиц».
pub(crate) fn and_more(n: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("и ещё {n} {}", plural(n, "единица", "единицы", "единиц")),
        Lang::En => format!("and {n} more"),
    }
}

const fn said(ru: &'static str, en: &'static str, lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_check_is_no_rejection_of_a_code_but_is_one_of_a_uin() {
        let code = |status| MarkStatus::Cis {
            status,
            substatus: None,
        };
        let uin = MarkStatus::Uin {
            status: UinStatus::Failed,
            substatus: None,
        };
        assert_eq!(
            word(&code(CisStatus::Failed), Lang::Ru),
            "проверить не удалось"
        );
        assert_eq!(word(&code(CisStatus::Invalid), Lang::En), "rejected");
        assert_eq!(word(&uin, Lang::Ru), "отклонён");
        assert_eq!(
            word(&code(CisStatus::from("POSTPONED")), Lang::Ru),
            "новый ответ"
        );
    }
}
