//! One order of codes in words.

use super::super::super::{number, plural, texts};
use cis::Lang;
use desk::suz::{
    emission::{BufferStatus, EmissionState, NextStep, OrderStatus, view::EmissionLineView},
    receiving::{ReceivingState, ReceivingTrouble},
};

texts! {
    way_along: "Путь заказа", "The order's way";
    facts: "О заказе", "About the order";
    legal_entity: "Юрлицо", "Legal entity";
    their_number: "Номер заказа в СУЗ", "Number of the order in СУЗ";
    no_number: "ещё нет", "none yet";
    our_key: "Наш ключ (productionOrderId)", "Our key (productionOrderId)";
    told: "Последний ответ СУЗ", "Last answer of СУЗ";
    repeat: "Повторить заказ", "Order the same again";
    repeat_mended: "Исправить и заказать снова", "Mend and order again";
    trouble: "Последний вопрос к СУЗ не удался", "The last question to СУЗ failed";
    withdraw: "Отозвать заказ", "Take the order back";
    withdraw_text: "Заказ ещё никуда не ушёл. После отзыва подписать его будет нельзя.",
        "Nothing has left yet. Once taken back it cannot be signed any more.";
    to_stuck: "К заказам без подписи", "To unsigned orders";

    lost: "Ответ потерялся", "The answer was lost";
    given_up: "Решили: заказ не создан", "It was decided that the order was not made";
    lost_text: "Заказ ушёл один раз. Второй раз Метка его не отправит: так можно купить коды дважды.",
        "The order left once. Metka does not send it again: codes could be bought twice.";
    lost_wait: "Метка спрашивает СУЗ о заказе с нашим ключом. Решать пока рано.",
        "Metka asks СУЗ about an order with our key. It is too early to decide.";
    lost_wait_unkeyed: "Для этой товарной группы СУЗ не хранит нашего ключа, поэтому Метка смотрит, какие заказы пришли в СУЗ после отправки. Решать пока рано.",
        "For this product group СУЗ keeps no key of ours, so Metka looks which orders СУЗ got after the sending. It is too early to decide.";
    look_yourself_unkeyed: "Откройте кабинет СУЗ, раздел «Заказы»: найдите эту товарную группу и время отправки, сравните GTIN и количество кодов.",
        "Open СУЗ's cabinet, «Заказы»: find this product group and the time of sending, compare GTINs and numbers of codes.";
    candidates: "Похожие заказы в СУЗ", "Orders of СУЗ that look like it";
    candidates_text: "Товары те же, пришли после отправки, Метке неизвестны. Их мог сделать и другой человек в кабинете.",
        "Of the same goods, came after the sending, unknown to Metka. Somebody else may have made them in the cabinet.";
    held: "Подписан, но пока не отправлен", "Signed, not sent yet";
    held_text: "Метка проверяет это каждые две минуты и отправит заказ сама, когда препятствий не останется.",
        "Metka looks every two minutes, and sends the order by itself once nothing stands against it.";
    send_anyway: "Отправить всё равно", "Send nevertheless";
    we_know: "Что знаем мы", "What we know";
    sent_at: "Отправлен", "Sent";
    no_answer: "Ответа не было.", "No answer came.";
    they_say: "Что говорит СУЗ", "What СУЗ says";
    not_searched: "Ещё не спрашивали.", "Not asked yet.";
    asked_last: "Последний раз", "Last asked";
    search_failed: "Последний вопрос не удался, поэтому «не знает» ещё не ответ.",
        "The last question failed, so “does not know” is no answer yet.";
    look_yourself: "Откройте кабинет СУЗ, раздел «Заказы», и посмотрите, есть ли там этот заказ.",
        "Open СУЗ's cabinet, «Заказы», and look whether the order is there.";
    ask_on: "Спросить ещё раз", "Ask again";
    made: "Заказ есть в кабинете", "The cabinet has the order";
    made_text: "Скопируйте номер заказа из кабинета: Метка возьмёт его себе и получит коды.",
        "Copy the order's number from the cabinet: Metka adopts it and fetches the codes.";
    made_act: "Взять этот заказ", "Adopt this order";
    decision_failed: "Спросить СУЗ не получилось", "СУЗ could not be asked";
    not_made: "Заказа нет", "There is no order";
    not_made_text: "Метка отметит, что заказ не создан, и можно будет заказать снова. Изредка она всё же спросит СУЗ: если заказ найдётся, вы увидите его здесь.",
        "Metka notes that the order was not made, and you can order anew. It still asks СУЗ now and then: an order that turns up is shown here.";
    not_made_act: "Да, заказа нет", "Yes, there is none";

    column_ordered: "Заказано", "Ordered";
    column_suz: "В СУЗ", "In СУЗ";
    column_here: "У нас", "Here";
    available: "доступно", "available";
    passed: "выдано", "handed out";
    unavailable: "не будет выдано", "will not come";
    own_serials_used: "свои серийные номера", "own serial numbers";
    labels: "Этикетки", "Labels";

    receiving: "Получение кодов", "Receiving codes";
    pause: "Приостановить", "Pause";
    resume: "Продолжить", "Go on";
    try_again: "Попробовать снова", "Try again";

    close: "Закрыть заказ", "Close the order";
    close_text: "Открытый заказ занимает одно из 100 мест. Закрытие подписывается; после него получить коды повторно нельзя.",
        "An open order takes one of 100 places. The closing is signed; after it no code can be fetched again.";
    close_safe: "Все выданные коды у нас: закрывать можно.", "All codes that were handed out are here: it can be closed.";
    close_act: "Закрыть заказ", "Close the order";
    close_early: "Закрыть раньше времени", "Close before its time";
    annuls_text: "Они пропадут безвозвратно, деньги за оплаченные коды не вернут. Лучше сначала получить их.",
        "They are lost for good, and money for paid codes does not come back. Better receive them first.";
    close_anyway: "Закрыть и потерять эти коды", "Close and lose these codes";
    annuls_changed: "Число кодов изменилось: посмотрите на него ещё раз.", "The number of codes has changed: look at it again.";
    closing_asked: "Закрыть попросили", "The closing was asked for";
}

/// The page's heading.
pub(crate) fn one_title(group: &str, ordered: u64, lang: Lang) -> String {
    let ordered = u32::try_from(ordered).unwrap_or(u32::MAX);
    format!("{group}: {}", super::codes(ordered, lang))
}

/// The stations of an order's way.
pub(crate) const fn stations(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Ru => [
            "Подписан",
            "Отправлен",
            "Принят и выпущен",
            "Коды получены",
            "Закрыт",
        ],
        Lang::En => [
            "Signed",
            "Sent",
            "Taken and emitted",
            "Codes received",
            "Closed",
        ],
    }
}

/// What comes next: a sentence, and what it means.
pub(crate) const fn step(
    next: NextStep,
    state: EmissionState,
    lang: Lang,
) -> (&'static str, &'static str) {
    let (ru, en) = match next {
        NextStep::Sign => (
            (
                "Подпишите заказ.",
                "Документ составлен и сохранён. Без подписи он никуда не уйдёт.",
            ),
            (
                "Sign the order.",
                "The document is made and kept. Without a signature it goes nowhere.",
            ),
        ),
        NextStep::Sending => (
            ("Отправляем заказ.", "Один раз; ответ СУЗ появится здесь."),
            (
                "The order is being sent.",
                "Once; СУЗ's answer appears here.",
            ),
        ),
        NextStep::Finding => (
            (
                "Ищем заказ в СУЗ.",
                "Ответа не было, поэтому Метка спрашивает СУЗ, знает ли она наш ключ.",
            ),
            (
                "Looking for the order in СУЗ.",
                "No answer came, so Metka asks СУЗ whether it knows our key.",
            ),
        ),
        NextStep::Mend => mend(state),
        NextStep::SignThere => (
            (
                "В СУЗ заказ лежит без подписи.",
                "Подпишите его там или удалите: пока он занимает место в очереди.",
            ),
            (
                "The order lies unsigned in СУЗ.",
                "Sign it there or delete it: it takes a place in the queue.",
            ),
        ),
        NextStep::Wait => (
            (
                "СУЗ готовит коды.",
                "Обычно это минуты. Метка спрашивает сама и начнёт получать коды без вас.",
            ),
            (
                "СУЗ makes the codes.",
                "That takes minutes. Metka asks by itself and begins to fetch without you.",
            ),
        ),
        NextStep::Receive => (
            (
                "Получаем коды.",
                "Страницу можно закрыть: приём идёт на сервере и переживёт перезапуск.",
            ),
            (
                "Receiving codes.",
                "The page may be closed: the server goes on, a restart too.",
            ),
        ),
        NextStep::Close => (
            (
                "Коды получены. Закройте заказ.",
                "Пока он открыт, он занимает одно из 100 мест.",
            ),
            (
                "The codes are here. Close the order.",
                "While open it takes one of 100 places.",
            ),
        ),
        NextStep::SignClosing => (
            (
                "Подпишите закрытие заказа.",
                "Коды уже у нас, осталось освободить место в СУЗ.",
            ),
            (
                "Sign the closing.",
                "The codes are here; the place in СУЗ is to be freed.",
            ),
        ),
        NextStep::Closing => (
            ("Закрываем заказ.", "Коды уже у нас."),
            ("The order is being closed.", "The codes are here."),
        ),
        NextStep::Print => (
            (
                "Готово: коды на складе.",
                "Напечатайте этикетки или скачайте коды файлом.",
            ),
            (
                "Done: the codes are in the stock.",
                "Print labels, or download the codes.",
            ),
        ),
        NextStep::Decide | NextStep::Nothing => (("", ""), ("", "")),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

type Sentences = (&'static str, &'static str);

const fn mend(state: EmissionState) -> (Sentences, Sentences) {
    match state {
        EmissionState::Expired => (
            ("Коды сгорели: их не получили вовремя.", "Закажите новые."),
            (
                "The codes were annulled: nobody fetched them in time.",
                "Order new ones.",
            ),
        ),
        EmissionState::Declined => (
            (
                "СУЗ отклонила заказ.",
                "Исправьте причину и закажите снова.",
            ),
            ("СУЗ declined the order.", "Mend the cause and order again."),
        ),
        _ => (
            (
                "СУЗ не приняла заказ.",
                "Исправьте причину и закажите снова.",
            ),
            (
                "СУЗ did not take the order.",
                "Mend the cause and order again.",
            ),
        ),
    }
}

/// How often СУЗ was asked for our key in vain.
pub(crate) fn searched(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "Спросили {} {}: заказа с нашим ключом СУЗ не знает.",
            number(count),
            plural(count, "раз", "раза", "раз")
        ),
        Lang::En => format!(
            "Asked {} {}: СУЗ knows no order with our key.",
            number(count),
            if count == 1 { "time" } else { "times" }
        ),
    }
}

/// A buffer's state; a word that came later stays as it is.
pub(crate) fn buffer(status: &BufferStatus, lang: Lang) -> String {
    let (ru, en) = match status {
        BufferStatus::Pending => ("готовится", "being made"),
        BufferStatus::Active => ("можно получать", "can be fetched"),
        BufferStatus::Exhausted => ("всё выдано", "all handed out"),
        BufferStatus::Rejected => ("отклонён", "rejected"),
        BufferStatus::Closed => ("закрыт", "closed"),
        BufferStatus::Other(word) => return word.clone(),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// What the codes of a line are like.
pub(crate) fn line_details(line: &EmissionLineView, lang: Lang) -> String {
    let template = match lang {
        Lang::Ru => format!("шаблон {}", line.template),
        Lang::En => format!("template {}", line.template),
    };
    let mut details = vec![
        super::super::groups::cis_type(&line.cis_type, lang),
        template,
    ];
    if line.own_serials {
        details.push(own_serials_used(lang).to_owned());
    }
    details.join(", ")
}

/// Where fetching stands.
pub(crate) const fn receiving_state(state: ReceivingState, lang: Lang) -> &'static str {
    let (ru, en) = match state {
        ReceivingState::Running => ("получаем", "receiving"),
        ReceivingState::Paused => ("приостановлено", "paused"),
        ReceivingState::Whole => ("получено всё", "all received"),
        ReceivingState::Stuck => ("нужен человек", "needs a person"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// «12 500 кодов в секунду».
pub(crate) fn speed(codes: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{} в секунду", super::codes(codes, lang)),
        Lang::En => format!("{} a second", super::codes(codes, lang)),
    }
}

/// «3 блока сохранены».
pub(crate) fn blocks(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{} {}",
            number(count),
            plural(
                count,
                "блок сохранён",
                "блока сохранены",
                "блоков сохранены"
            )
        ),
        Lang::En => format!(
            "{} {} kept",
            number(count),
            if count == 1 { "block" } else { "blocks" }
        ),
    }
}

/// What stands in the way of codes: a sentence, and what is done about it.
pub(crate) fn receiving_trouble(trouble: &ReceivingTrouble, lang: Lang) -> (String, String) {
    let pair = |ru: (&str, &str), en: (&str, &str)| {
        let (title, text) = match lang {
            Lang::Ru => ru,
            Lang::En => en,
        };
        (title.to_owned(), text.to_owned())
    };
    match trouble {
        ReceivingTrouble::Refused(_) => pair(
            ("СУЗ не выдала коды.", "Её слова ниже."),
            ("СУЗ gave no codes.", "Its words are below."),
        ),
        ReceivingTrouble::NoAnswer => pair(
            (
                "Ответ с кодами оборвался.",
                "Новых кодов Метка не просит: сначала найдёт выданные среди блоков и получит их повторно.",
            ),
            (
                "An answer with codes was cut.",
                "Metka asks for no new ones: first those that were handed out are found among the blocks and fetched again.",
            ),
        ),
        ReceivingTrouble::SumsDiffer { held, passed } => match lang {
            Lang::Ru => (
                "Суммы не сходятся.".into(),
                format!(
                    "СУЗ говорит, что выдала {passed}, у нас {held}. Закрывать заказ нельзя, пока не сойдётся."
                ),
            ),
            Lang::En => (
                "The sums differ.".into(),
                format!(
                    "СУЗ says that it handed out {passed}, we hold {held}. The order must not be closed before they agree."
                ),
            ),
        },
        ReceivingTrouble::Repeated { fewer } => match lang {
            Lang::Ru => (
                "СУЗ выдала одинаковые коды.".into(),
                format!("Разных кодов меньше на {fewer}. Напишите в поддержку «Честного знака»."),
            ),
            Lang::En => (
                "СУЗ handed out equal codes.".into(),
                format!(
                    "There are {fewer} different ones fewer. Write to the support of «Честный знак»."
                ),
            ),
        },
        ReceivingTrouble::Lost { held, passed } => lost_codes(passed.saturating_sub(*held), lang),
        ReceivingTrouble::BlockDiffers {
            block,
            listed,
            given,
        } => match lang {
            Lang::Ru => (
                "СУЗ отдала не тот блок, что в её списке.".into(),
                format!(
                    "Блок {block}: в списке {listed}, пришло {given}. Такой ответ Метка не сохраняет. Продолжите получение, а если повторится, напишите в поддержку «Честного знака». Заказ пока не закрывайте."
                ),
            ),
            Lang::En => (
                "СУЗ gave another block than it lists.".into(),
                format!(
                    "Block {block}: {listed} listed, {given} came. Metka keeps no such answer. Go on fetching, and if it happens again write to the support of «Честный знак». Do not close the order yet."
                ),
            ),
        },
        ReceivingTrouble::OtherBlock { asked, named } => match lang {
            Lang::Ru => (
                "СУЗ повторила блок под другим номером.".into(),
                format!(
                    "Просили {asked}, в ответе {named}. Кодов столько, сколько нужно, они сохранены."
                ),
            ),
            Lang::En => (
                "СУЗ gave a block again under another number.".into(),
                format!(
                    "Asked for {asked}, the answer says {named}. As many codes came as should, and they are kept."
                ),
            ),
        },
        ReceivingTrouble::Ended(_) => pair(
            (
                "СУЗ закрыла эти товары раньше, чем коды были получены.",
                "Полученные коды у нас, остальные СУЗ больше не выдаст.",
            ),
            (
                "СУЗ closed these goods before all codes were fetched.",
                "What was received is here; СУЗ gives out no more.",
            ),
        ),
    }
}

/// So many codes were handed out, did not arrive, and can be had no more.
fn lost_codes(codes: u64, lang: Lang) -> (String, String) {
    let count = u32::try_from(codes).unwrap_or(u32::MAX);
    match lang {
        Lang::Ru => (
            format!(
                "{} {} {}.",
                plural(count, "Пропал", "Пропали", "Пропали"),
                number(count),
                plural(count, "код", "кода", "кодов")
            ),
            "СУЗ выдала их, ответ не дошёл, а заказ закрыли раньше, чем Метка получила его повторно. Если их скачали в кабинете СУЗ, загрузите файл в Метку.".into(),
        ),
        Lang::En => (
            format!(
                "{} {} lost.",
                number(count),
                if count == 1 { "code is" } else { "codes are" }
            ),
            "СУЗ handed them out, the answer did not arrive, and the order was closed before Metka fetched it again. If they were downloaded in СУЗ's cabinet, bring the file to Metka.".into(),
        ),
    }
}

/// What a look at the orders that came since brought.
pub(crate) fn seen_since(count: u32, candidates: usize, lang: Lang) -> String {
    let candidates = u32::try_from(candidates).unwrap_or(u32::MAX);
    match lang {
        Lang::Ru => format!(
            "Нашего ключа в заказах этой группы нет. Посмотрели {} {}: заказов с этими товарами после отправки {}.",
            number(count),
            plural(count, "раз", "раза", "раз"),
            number(candidates)
        ),
        Lang::En => format!(
            "Orders of this group carry no key of ours. Looked {} {}: {} of these goods since the sending.",
            number(count),
            if count == 1 { "time" } else { "times" },
            if candidates == 1 {
                "1 order".to_owned()
            } else {
                format!("{} orders", number(candidates))
            }
        ),
    }
}

/// Where an order of the station stands.
pub(crate) fn order_status(status: &OrderStatus, lang: Lang) -> String {
    let (ru, en) = match status {
        OrderStatus::Created => ("принят", "taken"),
        OrderStatus::Pending => ("проверяет ГИС МТ", "ГИС МТ looks at it"),
        OrderStatus::Approved => ("коды выпускаются", "codes are being made"),
        OrderStatus::Ready => ("коды готовы", "codes are ready"),
        OrderStatus::Declined => ("отклонён", "declined"),
        OrderStatus::Closed => ("закрыт", "closed"),
        OrderStatus::Expired => ("коды сгорели", "codes annulled"),
        OrderStatus::Other(word) => (word.as_str(), word.as_str()),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// How many codes closing would annul.
pub(crate) fn annuls(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{} {} {}",
            plural(count, "Сгорит", "Сгорят", "Сгорят"),
            number(count),
            plural(count, "код", "кода", "кодов")
        ),
        Lang::En => format!("{} will be annulled", super::codes(count, lang)),
    }
}
