//! Orders of codes in words.

mod one;
mod receiving;
mod signed;
mod steps;
mod stuck;
#[cfg(test)]
mod tests;

use super::super::{number, plural, texts};
use cis::{Gtin, Lang};
use desk::{
    suz::{
        emission::{
            ClosingState, EmissionState, ExpiryWarning, NextStep,
            view::{EmissionCard, OrderObstacle},
        },
        group_form::limits,
    },
    time::When,
};
pub(crate) use one::*;
pub(crate) use receiving::*;
pub(crate) use signed::*;
pub(crate) use steps::*;
pub(crate) use stuck::*;

texts! {
    title: "Заказы кодов", "Orders of codes";
    order_codes: "Заказать коды", "Order codes";
    to_list: "Все заказы кодов", "All orders of codes";
    nothing: "Кодов ещё не заказывали", "No codes ordered yet";
    nothing_text: "Закажите коды на свои товары: Метка отправит заказ в СУЗ, дождётся кодов, сохранит каждый и напечатает этикетки.",
        "Order codes for your goods: Metka sends the order to СУЗ, waits for the codes, keeps every one of them and prints labels.";
    nothing_for_others: "Заказывать коды могут владелец и администратор организации.",
        "The organisation's owner and administrators can order codes.";
    not_connected: "Сначала подключите СУЗ", "Connect СУЗ first";
    not_connected_text: "Коды выдаёт станция управления заказами. Подключение займёт несколько минут.",
        "Codes are given out by the order management station. Connecting it takes a few minutes.";

    column_when: "Заказан", "Ordered";
    column_goods: "Товары", "Goods";
    column_got: "Получено", "Received";
    column_state: "Состояние", "State";
    column_next: "Что дальше", "What comes next";
    open: "Открыть", "Open";

    limits: "Место в СУЗ", "Room in СУЗ";
    limits_text: "СУЗ не принимает новых заказов, когда активных или ожидающих стало 100. Закрывайте заказы, коды которых получены.",
        "СУЗ takes no new orders once 100 are active or waiting. Close orders whose codes are received.";
    active: "Активных заказов", "Active orders";
    queued: "Ждут эмиссии", "Waiting for emission";
    waiting_here: "Ещё не отправлено", "Not sent yet";
    balance: "На счёте группы", "On the group's account";

    new_title: "Новый заказ кодов", "New order of codes";
    choose: "Что маркируем", "What is marked";
    choose_text: "От товарной группы зависит, что спросить: форма ниже составлена по её правилам на сегодня.",
        "The product group decides what is asked: the form below follows its rules of today.";
    connection: "Юрлицо и контур", "Legal entity and contour";
    group: "Товарная группа", "Product group";
    group_none: "выберите", "choose";
    groups_open: "Открыты вашей компании", "Open for your company";
    groups_other: "Остальные", "Others";
    groups_all: "Товарные группы", "Product groups";
    show_form: "Показать форму", "Show the form";
    other_group: "Сменить", "Change";
    goods: "Товары", "Goods";
    goods_hint: "До 10 разных GTIN в заказе. Карточка товара в Национальном каталоге должна быть опубликована, иначе СУЗ отклонит заказ.",
        "Up to 10 different GTINs in an order. The product's card in the national catalogue must be published, or СУЗ declines the order.";
    gtin: "GTIN", "GTIN";
    gtin_kept: "Запишем", "Will be kept as";
    quantity: "Сколько кодов", "How many codes";
    cis_type: "На что наносим", "Put on";
    template: "Как выглядит код", "What the code looks like";
    more_goods: "Ещё GTIN", "Another GTIN";
    no_more_goods: "Больше 10 GTIN в одном заказе СУЗ не принимает.", "СУЗ takes no more than 10 GTINs in an order.";
    spare_rows: "Лишние строки оставьте пустыми.", "Leave spare rows empty.";
    in_all: "Всего кодов:", "Codes in all:";
    own_serials: "Свои серийные номера", "Own serial numbers";
    serials_empty: "Пусто: номера создаст СУЗ.", "Empty: СУЗ makes the numbers.";
    more_of_goods: "Ещё для этого товара…", "More for these goods…";
    optional: "Можно не заполнять.", "May stay empty.";
    flag_unsaid: "не указано", "not said";
    flag_yes: "да", "yes";
    flag_no: "нет", "no";
    release: "Как товар вводится в оборот", "How the goods come into circulation";
    payment: "Когда платить за коды", "When codes are paid for";
    payment_unsaid: "Не указывать", "Leave it out";
    payment_default: "СУЗ возьмёт оплату при нанесении.", "СУЗ takes payment at application.";
    more_fields: "Ещё для этой группы", "More for this group";
    send: "Заказать коды", "Order codes";
    send_text: "Метка составит документ заказа и сохранит его. Дальше он ждёт подписи и уходит в СУЗ один раз.",
        "Metka makes the order's document and keeps it. Then it waits for a signature and goes to СУЗ once.";
    form_wrong: "Заказ не создан. Что исправить:", "No order was made. What to mend:";
    source: "Правила группы:", "Rules of the group:";
    test: "пробный", "test";
    pages: "Страницы", "Pages";
    to_newest: "К новым", "To the newest";
    older: "Раньше", "Older";
    obstacles: "СУЗ, скорее всего, не примет этот заказ", "СУЗ will probably not take this order";
    anyway: "Всё равно отправить", "Send nevertheless";
    not_signed: "Подписать не получилось, ничего не отправлено", "It could not be signed, nothing was sent";
    test_title: "Пробный заказ", "Test order";
    test_text: "От 1 до 10 кодов: Метка пройдёт весь путь, от подписи до получения. В боевом контуре коды могут стоить денег.",
        "1 to 10 codes: Metka goes the whole way, from the signature to the codes. In production they may cost money.";
    test_most: "Не больше 10 кодов.", "At most 10 codes.";
    test_send: "Проверить пробным заказом", "Check by a test order";
}

// What the server says of a number that a person typed.
#[cfg(feature = "ssr")]
texts! {
    not_there: "Заказа с таким номером в СУЗ нет: проверьте номер.", "СУЗ has no order of this number: check it.";
    another: "Под этим номером другой заказ: другие товары, или он уже здесь.",
        "The order of this number is another one: of other goods, or here already.";
    not_a_number: "Номер заказа в СУЗ — это UUID: 36 символов с дефисами.",
        "The number of an order in СУЗ is a UUID: 36 characters with hyphens.";
}

/// «Товар 2».
pub(crate) fn goods_number(index: usize, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Товар {index}"),
        Lang::En => format!("Goods {index}"),
    }
}

/// A field that goes with some ways of release only.
pub(crate) fn only_with(methods: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Только для: {methods}."),
        Lang::En => format!("Only with: {methods}."),
    }
}

/// «Шаблон 34: », before what is said of one template among others.
pub(crate) fn template_number(template: u16, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Шаблон {template}. "),
        Lang::En => format!("Template {template}. "),
    }
}

/// How many codes of a GTIN an order may ask for.
pub(crate) fn quantity_most(lang: Lang) -> String {
    let (alone, each) = (number(limits::MOST_ALONE), number(limits::MOST_EACH));
    match lang {
        Lang::Ru => {
            format!("До {alone}, если GTIN в заказе один. Если их несколько, до {each} на каждый.")
        }
        Lang::En => format!(
            "Up to {alone} for the only GTIN of an order; with several, up to {each} for each."
        ),
    }
}

/// More codes of a GTIN than an order may ask for.
pub(crate) fn over_limit(most: u32, among_others: bool, lang: Lang) -> String {
    match (lang, among_others) {
        (Lang::Ru, among_others) => {
            // «Не больше» wants the genitive.
            let most = format!(
                "{} {}",
                number(most),
                plural(most, "кода", "кодов", "кодов")
            );
            if among_others {
                format!("Когда в заказе несколько GTIN, СУЗ даёт не больше {most} на каждый.")
            } else {
                format!("СУЗ даёт не больше {most} на один GTIN.")
            }
        }
        (Lang::En, false) => format!("СУЗ gives at most {} for one GTIN.", codes(most, lang)),
        (Lang::En, true) => {
            format!(
                "With several GTINs in an order СУЗ gives at most {} for each.",
                codes(most, lang)
            )
        }
    }
}

/// «3 кода».
pub(crate) fn codes(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{} {}",
            number(count),
            plural(count, "код", "кода", "кодов")
        ),
        Lang::En => format!(
            "{} {}",
            number(count),
            if count == 1 { "code" } else { "codes" }
        ),
    }
}

/// Where an order stands, in a word or two.
pub(crate) const fn state(card: &EmissionCard, lang: Lang) -> &'static str {
    let (ru, en) = match (card.state, card.next) {
        (EmissionState::Ready, NextStep::Close) => ("коды получены", "codes received"),
        (EmissionState::Ready, NextStep::SignClosing) => {
            ("закрытие ждёт подписи", "the closing waits for a signature")
        }
        (EmissionState::Ready, NextStep::Closing) => ("закрываем", "closing"),
        (EmissionState::Ready, NextStep::Wait) => ("готовится", "being made"),
        (EmissionState::Ready, NextStep::Resume) => ("приём приостановлен", "receiving is paused"),
        (EmissionState::Ready, NextStep::Help) => ("нужен человек", "needs a person"),
        (EmissionState::Ready, _) => ("коды готовы", "codes are ready"),
        (EmissionState::Created, NextStep::SignThere) => ("в СУЗ без подписи", "unsigned in СУЗ"),
        (EmissionState::Draft, _) => ("черновик", "draft"),
        (EmissionState::WaitsForSignature, _) => ("ждёт подписи", "waits for a signature"),
        (EmissionState::Queued, _) => ("в очереди на отправку", "about to be sent"),
        (EmissionState::Sending, _) => ("отправляем", "being sent"),
        (EmissionState::Unknown, _) => ("неизвестно", "unknown"),
        (EmissionState::GivenUp, _) => ("не создан", "not made"),
        (EmissionState::Withdrawn, _) => ("отозван", "taken back"),
        (EmissionState::Refused, _) => ("СУЗ не приняла", "refused by СУЗ"),
        (EmissionState::Created, _) => ("принят СУЗ", "taken by СУЗ"),
        (EmissionState::Pending, _) => ("проверяет ГИС МТ", "ГИС МТ looks at it"),
        (EmissionState::Approved, _) => ("коды выпускаются", "codes are being made"),
        (EmissionState::Declined, _) => ("отклонён", "declined"),
        (EmissionState::Closed, _) => ("закрыт", "closed"),
        (EmissionState::Expired, _) => ("коды сгорели", "codes annulled"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What a link to an order says: the act, or looking.
pub(crate) const fn next(next: NextStep, lang: Lang) -> &'static str {
    let (ru, en) = match next {
        NextStep::Sign => ("Подписать", "Sign"),
        NextStep::Decide => ("Решить", "Decide"),
        NextStep::Mend => ("Исправить", "Mend"),
        NextStep::SignThere => ("Подписать в СУЗ", "Sign in СУЗ"),
        NextStep::Receive => ("Смотреть приём", "Watch it arrive"),
        NextStep::Resume => ("Продолжить приём", "Go on receiving"),
        NextStep::Help => ("Разобраться", "See what is wrong"),
        NextStep::Close => ("Закрыть заказ", "Close the order"),
        NextStep::SignClosing => ("Подписать закрытие", "Sign the closing"),
        NextStep::Print => ("Напечатать", "Print"),
        NextStep::Sending
        | NextStep::Finding
        | NextStep::Wait
        | NextStep::Closing
        | NextStep::Nothing => ("Открыть", "Open"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// The goods of an order in a line.
pub(crate) fn goods_line(gtins: &[Gtin], lang: Lang) -> String {
    let Some(first) = gtins.first() else {
        return String::new();
    };
    match (gtins.len() - 1, lang) {
        (0, _) => first.to_string(),
        (more, Lang::Ru) => format!("{first} и ещё {more}"),
        (more, Lang::En) => format!("{first} and {more} more"),
    }
}

/// What will become of codes that nobody fetches; the moment follows.
pub(crate) const fn expires(warning: Option<ExpiryWarning>, lang: Lang) -> &'static str {
    match (warning, lang) {
        (Some(ExpiryWarning::Over), Lang::Ru) => "неполученные коды сгорели",
        (Some(ExpiryWarning::Over), Lang::En) => "unfetched codes were annulled",
        (_, Lang::Ru) => "неполученные коды сгорят",
        (_, Lang::En) => "unfetched codes will be annulled",
    }
}

/// How long it is until then: whole days; nothing once it is past.
pub(crate) fn days_left(until: &When, lang: Lang) -> Option<String> {
    let days = u32::try_from(until.minutes_ahead.checked_div(24 * 60)?).ok()?;
    Some(match (lang, days) {
        (_, 0) if until.minutes_ahead <= 0 => return None,
        (Lang::Ru, 0) => "осталось меньше суток".to_owned(),
        (Lang::Ru, days) => format!(
            "{} {} {}",
            plural(days, "остался", "осталось", "осталось"),
            number(days),
            plural(days, "день", "дня", "дней")
        ),
        (Lang::En, 0) => "less than a day left".to_owned(),
        (Lang::En, 1) => "1 day left".to_owned(),
        (Lang::En, days) => format!("{} days left", number(days)),
    })
}

/// What stands against an order.
pub(crate) fn obstacle(obstacle: &OrderObstacle, lang: Lang) -> String {
    match (obstacle, lang) {
        (OrderObstacle::TooManyActive { found, most }, Lang::Ru) => format!(
            "Активных заказов уже {found} из {most}. Закройте те, коды которых получены."
        ),
        (OrderObstacle::TooManyActive { found, most }, Lang::En) => {
            format!(
                "{found} of {most} orders {} active already. Close those whose codes are received.",
                if *found == 1 { "is" } else { "are" }
            )
        }
        (OrderObstacle::TooManyQueued { found, most }, Lang::Ru) => {
            format!(
                "{} эмиссии уже {found} {} из {most}. Подождите, пока часть станет готова.",
                plural(*found, "Ждёт", "Ждут", "Ждут"),
                plural(*found, "заказ", "заказа", "заказов")
            )
        }
        (OrderObstacle::TooManyQueued { found, most }, Lang::En) => {
            format!(
                "{found} of {most} orders {} for emission already. Wait until some are ready.",
                if *found == 1 { "waits" } else { "wait" }
            )
        }
        (OrderObstacle::GroupClosed, Lang::Ru) => {
            "У вашей компании эта товарная группа не открыта. Добавьте её в кабинете «Честного знака».".into()
        }
        (OrderObstacle::GroupClosed, Lang::En) => {
            "Your company does not have this product group open. Add it in the cabinet of «Честный знак».".into()
        }
        (OrderObstacle::NoMoney { kopecks, wanted }, Lang::Ru) => format!(
            "На счёте {}, а коды будут стоить не меньше {}. Пополните счёт группы.",
            super::roubles(*kopecks),
            super::roubles(*wanted)
        ),
        (OrderObstacle::NoMoney { kopecks, wanted }, Lang::En) => format!(
            "The account has {}, the codes will cost at least {}. Pay into the group's account.",
            super::roubles(*kopecks),
            super::roubles(*wanted)
        ),
    }
}

/// Where a closing stands.
pub(crate) const fn closing(state: ClosingState, lang: Lang) -> &'static str {
    let (ru, en) = match state {
        ClosingState::WaitsForSignature => (
            "Закрытие ждёт подписи.",
            "The closing waits for a signature.",
        ),
        ClosingState::Queued | ClosingState::Sending => ("Закрываем заказ.", "Closing the order."),
        ClosingState::Unknown => (
            "СУЗ не ответила на закрытие. Метка спросит, закрыт ли заказ.",
            "СУЗ did not answer. Metka asks whether the order is closed.",
        ),
        ClosingState::Refused => ("СУЗ не закрыла заказ.", "СУЗ did not close the order."),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}
