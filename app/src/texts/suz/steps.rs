//! The self-check in words.

use super::super::texts;
use cis::Lang;
use desk::suz::{CheckLevel, CheckStep, check::SkipReason};

texts! {
    title: "Самопроверка", "Self-check";
    running: "проверяем", "checking";
    well: "всё в порядке", "all is well";
    not_well: "есть что исправить", "something to mend";
    waits: "ждёт подписи", "waits for a signature";
    passed: "пройдено", "passed";
    failed: "не пройдено", "failed";
    skipped: "пропущено", "skipped";
    not_yet: "ещё не проверено", "not checked yet";
    order_asked: "Пробный заказ может стоить денег, поэтому сначала Метка спросит, каких кодов и сколько.",
        "A test order may cost money, so Metka asks first which codes and how many.";
    by_order: "Сделать пробный заказ…", "Make a test order…";
}

/// A level as its button says it.
pub(crate) const fn level(level: CheckLevel, lang: Lang) -> &'static str {
    let (ru, en) = match level {
        CheckLevel::Form => ("Форма", "Form"),
        CheckLevel::Request => ("Пробный запрос", "Test request"),
        CheckLevel::Order => ("Пробный заказ", "Test order"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What a level does.
pub(crate) const fn level_text(level: CheckLevel, lang: Lang) -> &'static str {
    let (ru, en) = match level {
        CheckLevel::Form => (
            "Смотрим на то, что записано. Никуда не обращаемся.",
            "Looks at what is written down. Asks nobody.",
        ),
        CheckLevel::Request => (
            "Входим и спрашиваем СУЗ и True API. Ничего не меняем, денег не стоит.",
            "Signs in and asks СУЗ and True API. Changes nothing, costs nothing.",
        ),
        CheckLevel::Order => ("Заказываем от 1 до 10 кодов.", "Orders 1 to 10 codes."),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// A step as a statement that holds or does not.
pub(crate) const fn step(step: CheckStep, lang: Lang) -> &'static str {
    let (ru, en) = match step {
        CheckStep::LegalEntity => ("ИНН юрлица указан", "The legal entity's INN is there"),
        CheckStep::OmsId => ("OMS ID записан верно", "OMS ID is well-formed"),
        CheckStep::ConnectionId => ("Есть действующее устройство", "There is an active device"),
        CheckStep::IdsDiffer => (
            "OMS ID и идентификатор соединения не перепутаны",
            "OMS ID and connection id are not mixed up",
        ),
        CheckStep::ContourFits => (
            "Идентификаторы из этого контура",
            "The ids are of this contour",
        ),
        CheckStep::Signer => ("Есть чем подписать", "Something can sign"),
        CheckStep::TrueApiAnswers => ("Сервер входа отвечает", "The login server answers"),
        CheckStep::TrueApiLogin => ("Вход в True API", "Login to True API"),
        CheckStep::Profile => (
            "СУЗ знает компанию, OMS ID совпал",
            "СУЗ knows the company, OMS ID agrees",
        ),
        CheckStep::ClientLogin => (
            "Вход в СУЗ этим устройством",
            "Login to СУЗ with this device",
        ),
        CheckStep::Ping => ("СУЗ отвечает на запрос", "СУЗ answers a request"),
        CheckStep::Groups => ("Товарные группы открыты", "Product groups are open"),
        CheckStep::Balance => (
            "Счета товарных групп читаются",
            "The groups' accounts can be read",
        ),
        CheckStep::DeviceListed => ("Устройство есть в списке СУЗ", "СУЗ's list has the device"),
        CheckStep::TestOrder => ("Пробный заказ кодов", "Test order of codes"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// Why a step was not made.
pub(crate) const fn skip(why: SkipReason, lang: Lang) -> &'static str {
    let (ru, en) = match why {
        SkipReason::EarlierFailed => ("сначала исправьте шаг выше", "mend the step above first"),
        SkipReason::NoRegistrationKey => (
            "список устройств доступен только с ключом регистрации",
            "the list of devices needs a registration key",
        ),
        SkipReason::NoTestOrder => ("пробный заказ не выбран", "no test order was chosen"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}
