//! What went wrong, in our words, with the way out; and what the marketplace's words mean.

pub(crate) mod labels;
mod market;
mod printing;
pub(crate) mod verification;

use super::{frame, orders::page, plural, when};
use crate::failure::Told;
use cis::Lang;
use desk::{account::Permission, boxes::PlanError, legal_entity::TaxNumberError, problem::Problem};
pub(crate) use market::explain;

/// A problem as its reader is told it.
pub(crate) fn told(problem: Problem, lang: Lang) -> Told {
    Told {
        sentence: sentence(&problem, lang),
        way_out: way_out(&problem, lang).map(|(href, name)| (href.to_owned(), name)),
        again: worth_retrying(&problem),
        words: match problem {
            Problem::KeyRefused { words } | Problem::Refused { words } => Some(words),
            _ => None,
        },
    }
}

/// Where a person can go from a problem: address and name of the link.
fn way_out(problem: &Problem, lang: Lang) -> Option<(&'static str, String)> {
    let (href, name) = match problem {
        Problem::SignedOut | Problem::SignUpClosed => ("/signin", said(lang, "Войти", "Sign in")),
        Problem::EmailTaken => (
            "/signin",
            said(lang, "Войти с этой почтой", "Sign in with this address"),
        ),
        Problem::NotFound => ("/orders", frame::to_orders(lang).to_owned()),
        Problem::NothingToReceive => (
            "/suz/orders",
            said(lang, "Все заказы кодов", "All orders of codes"),
        ),
        Problem::Refused { words } if words.http == 401 || words.http == 403 => (
            "/connections",
            said(lang, "Проверить подключение", "Check the connection"),
        ),
        _ => return None,
    };
    Some((href, name))
}

/// Whether the same thing may end better when it is tried again unchanged.
const fn worth_retrying(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::NoAnswer
            | Problem::NotUnderstood
            | Problem::Limited { .. }
            | Problem::OrderChanged
            | Problem::SlotTaken
            | Problem::Internal { .. }
    )
}

fn said(lang: Lang, ru: &str, en: &str) -> String {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// Our sentence about a problem.
fn sentence(problem: &Problem, lang: Lang) -> String {
    match problem {
        Problem::Forbidden { permission } => forbidden(*permission, lang),
        Problem::TooManyTries { minutes } => match lang {
            Lang::Ru => format!(
                "Слишком много попыток. Попробуйте через {minutes} {}.",
                plural(*minutes, "минуту", "минуты", "минут")
            ),
            Lang::En => format!("Too many tries. Try again in {minutes} min."),
        },
        Problem::Unprintable { fault } => printing::fault(*fault, lang),
        Problem::ShortPassword { least } => match lang {
            Lang::Ru => format!(
                "Пароль слишком короткий: нужно не меньше {least} {}.",
                plural(*least, "символа", "символов", "символов")
            ),
            Lang::En => format!("The password is too short: at least {least} characters."),
        },
        Problem::BadInn { error } => inn(*error, lang),
        Problem::BadKpp { .. } => said(
            lang,
            "КПП — это девять знаков: цифры, а пятый и шестой могут быть заглавными латинскими буквами.",
            "KPP has nine characters: digits, with capital letters allowed in the fifth and sixth place.",
        ),
        Problem::BadIdentifier { error } => page::format(*error, lang).to_owned(),
        Problem::KeyKnown { label } => match lang {
            Lang::Ru => format!("Этот ключ уже подключён: «{label}»."),
            Lang::En => format!("This key is connected already: “{label}”."),
        },
        Problem::KeyRefused { words } => explain(words, lang).unwrap_or_else(|| {
            said(
                lang,
                "Маркет не принял этот ключ.",
                "Market does not take this key.",
            )
        }),
        Problem::OtherCabinet { ours, theirs } => match lang {
            Lang::Ru => format!(
                "Ключ от другого кабинета: подключён «{ours}», а ключ открывает «{theirs}». Добавьте его как новое подключение."
            ),
            Lang::En => format!(
                "The key is of another cabinet: “{ours}” is connected, the key opens “{theirs}”. Add it as a new connection."
            ),
        },
        Problem::Refused { words } => {
            explain(words, lang).unwrap_or_else(|| said(lang, "Маркет отказал.", "Market refused."))
        }
        Problem::Limited { until } => match lang {
            Lang::Ru => format!(
                "Маркет просит подождать: слишком много запросов. Продолжим {}.",
                when(until, lang)
            ),
            Lang::En => format!(
                "Market asks to wait: too many requests. Metka goes on {}.",
                when(until, lang)
            ),
        },
        Problem::NotReady { .. } => said(
            lang,
            "Заказ пока нельзя отправить: ему не хватает кодов, или он уже закрыт.",
            "The order cannot be sent yet: it lacks codes, or it is closed.",
        ),
        Problem::TooMuch { most } => match lang {
            Lang::Ru => format!("Слишком много за один раз. Самое большее — {most}."),
            Lang::En => format!("Too much at once. The most is {most}."),
        },
        Problem::Internal { id } => internal(id, lang),
        plain => plain_sentence(plain, lang),
    }
}

/// The sentences that have nothing to fill in.
fn plain_sentence(problem: &Problem, lang: Lang) -> String {
    match problem {
        Problem::SignedOut => said(
            lang,
            "Вход закончился. Войдите ещё раз.",
            "Your session has ended. Sign in again.",
        ),
        Problem::WrongPassword => said(
            lang,
            "Почта или пароль не подходят.",
            "The address or the password is wrong.",
        ),
        Problem::EmailTaken => said(
            lang,
            "С этой почтой уже зарегистрировались.",
            "Somebody has signed up with this address.",
        ),
        Problem::BadEmail => said(
            lang,
            "Это не похоже на адрес почты.",
            "This does not look like an e-mail address.",
        ),
        Problem::EmptyName => said(lang, "Напишите название.", "A name is needed."),
        Problem::SignUpClosed => said(
            lang,
            "Регистрация на этом сервере закрыта. Попросите владельца сервера добавить вас.",
            "Sign-up is closed on this server. Ask its owner to add you.",
        ),
        Problem::BadKey => said(
            lang,
            "Это не похоже на ключ. Скопируйте его из кабинета целиком, без пробелов и переносов.",
            "This does not look like a key. Copy it from the cabinet whole, without spaces or line ends.",
        ),
        Problem::NoAnswer => said(
            lang,
            "Маркет не ответил. Возможно, он занят: попробуйте ещё раз.",
            "Market did not answer. It may be busy: try again.",
        ),
        Problem::NotUnderstood => said(
            lang,
            "Маркет ответил непонятно. Попробуйте ещё раз; если повторится, обновите Метку.",
            "Market's answer makes no sense. Try again; if it happens again, update Metka.",
        ),
        Problem::NotFound => frame::not_here(lang).to_owned(),
        Problem::NothingToReceive => said(
            lang,
            "Получать из этого заказа нечего: СУЗ его ещё не приняла или уже закончила.",
            "There is nothing to receive of this order: СУЗ does not have it yet, or is done with it.",
        ),
        Problem::OrderChanged => said(
            lang,
            "Пока страница была открыта, заказ изменился. Посмотрите на него ещё раз и повторите.",
            "The order changed while the page was open. Look at it again and repeat.",
        ),
        Problem::SlotTaken => said(
            lang,
            "Это место только что занял кто-то другой. Посмотрите на заказ ещё раз.",
            "Somebody else has just filled this place. Look at the order again.",
        ),
        Problem::NoRows => said(
            lang,
            "В файле нет ни одной строки с кодом.",
            "The file has no rows with codes.",
        ),
        Problem::CutFile => said(
            lang,
            "Файл не дошёл целиком, и из него ничего не взято. Отправьте его ещё раз.",
            "The file did not come whole, and nothing of it was taken. Send it again.",
        ),
        Problem::BatchMoved => said(
            lang,
            "Пакет уже в другом состоянии: кто-то успел раньше. Обновите страницу.",
            "The batch has moved on: somebody was faster. Reload the page.",
        ),
        Problem::BeingSent => said(
            lang,
            "Коды сейчас отправляются, менять их нельзя. Дождитесь ответа Маркета.",
            "The codes are being sent and cannot be changed. Wait for Market's answer.",
        ),
        Problem::CodesInTheWay => said(
            lang,
            "Кодов больше, чем останется единиц. Сначала уберите код той единицы, которой не будет.",
            "There are more codes than units would stay. First remove the code of the unit that will be gone.",
        ),
        Problem::BadPlan { error } => plan(*error, lang),
        _ => internal("—", lang),
    }
}

fn plan(error: PlanError, lang: Lang) -> String {
    match error {
        PlanError::NoSuchBox => said(lang, "Такой коробки нет.", "There is no such box."),
        PlanError::NotSplit => said(
            lang,
            "Товар из нескольких мест лежит хотя бы в двух разных коробках.",
            "A product in several pieces lies in two different boxes at least.",
        ),
        PlanError::NotConfirmed => said(
            lang,
            "Число единиц не подтверждено: страница была открыта давно. Посмотрите на заказ ещё раз.",
            "The number of units was not confirmed: the page was open for long. Look at the order again.",
        ),
    }
}

fn internal(id: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "Ошибка в самой Метке. Попробуйте ещё раз; если не поможет, назовите номер {id}."
        ),
        Lang::En => format!(
            "Metka itself has failed. Try again; if that does not help, quote the number {id}."
        ),
    }
}

fn forbidden(permission: Permission, lang: Lang) -> String {
    let (ru, en) = match permission {
        Permission::ReadOrders => ("смотреть заказы", "see orders"),
        Permission::FillSlots => ("раскладывать коды", "put codes into places"),
        Permission::SendCodes => ("отправлять коды", "send codes"),
        Permission::Overrule => (
            "ставить код вопреки предупреждению",
            "put a code against a warning",
        ),
        Permission::ReadConnections => ("смотреть подключения", "see connections"),
        Permission::ManageConnections => ("менять подключения", "change connections"),
        Permission::ReadJournal => ("смотреть журнал", "see the journal"),
        Permission::ExportCodes => ("выгружать коды", "take codes away as a file"),
        Permission::ReadSuz => ("видеть подключения СУЗ", "see СУЗ connections"),
        Permission::ManageSuz => ("управлять подключениями СУЗ", "manage СУЗ connections"),
        Permission::OrderCodes => ("заказывать коды маркировки", "order marking codes"),
    };
    match lang {
        Lang::Ru => format!("Вашей роли нельзя {ru}. Попросите владельца организации."),
        Lang::En => format!("Your role may not {en}. Ask the organisation's owner."),
    }
}

fn inn(error: TaxNumberError, lang: Lang) -> String {
    match error {
        TaxNumberError::Shape => said(
            lang,
            "ИНН — это 10 цифр у организации и 12 у предпринимателя.",
            "INN has 10 digits for a company and 12 for a sole proprietor.",
        ),
        TaxNumberError::CheckDigit => said(
            lang,
            "В ИНН опечатка: контрольная цифра не сходится.",
            "INN is mistyped: its check digit does not agree.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::submission::{TheirError, TheirWords};

    #[test]
    fn a_refusal_that_nobody_knows_still_has_a_sentence() {
        let words = TheirWords {
            http: 400,
            errors: vec![TheirError {
                code: "NEW_WORD".into(),
                message: None,
            }],
        };
        let told = told(
            Problem::Refused {
                words: words.clone(),
            },
            Lang::Ru,
        );
        assert_eq!(told.sentence, "Маркет отказал.");
        assert_eq!((told.words, told.way_out), (Some(words), None));
    }

    #[test]
    fn the_end_of_a_session_leads_to_signing_in() {
        let told = told(Problem::SignedOut, Lang::En);
        assert_eq!(
            told.way_out,
            Some(("/signin".to_owned(), "Sign in".to_owned()))
        );
        assert!(!told.again);
    }

    #[test]
    fn minutes_and_characters_agree_with_their_numbers() {
        let tries = |minutes| sentence(&Problem::TooManyTries { minutes }, Lang::Ru);
        assert!(tries(1).ends_with("через 1 минуту."), "{}", tries(1));
        assert!(tries(3).ends_with("через 3 минуты."), "{}", tries(3));
        let short = sentence(&Problem::ShortPassword { least: 10 }, Lang::Ru);
        assert!(short.contains("не меньше 10 символов"), "{short}");
    }
}
