//! One order of codes in words.

use super::super::super::{number, plural, texts};
use cis::Lang;
use desk::suz::emission::{BufferStatus, OrderStatus, view::EmissionLineView};

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
    unused_end: "неиспользованные сгорят", "unused ones will be annulled";

    close: "Закрыть заказ", "Close the order";
    close_text: "Открытый заказ занимает одно из 100 мест. Закрытие подписывается; после него получить коды повторно нельзя.",
        "An open order takes one of 100 places. The closing is signed; after it no code can be fetched again.";
    close_safe: "Все выданные коды у нас: закрывать можно.", "All codes that were handed out are here: it can be closed.";
    close_act: "Закрыть заказ", "Close the order";
    close_early: "Закрыть раньше времени", "Close before its time";
    annuls_text: "Они пропадут безвозвратно, деньги за оплаченные коды не вернут. Лучше сначала получить их.",
        "They are lost for good, and money for paid codes does not come back. Better receive them first.";
    close_anyway: "Закрыть и потерять эти коды", "Close and lose these codes";
    close_unequal: "СУЗ считает выданные коды иначе, чем мы. Лучше подождать, пока числа сойдутся.",
        "СУЗ counts the codes that it handed out otherwise than we do. Better wait until the numbers agree.";
    close_unequal_anyway: "Закрыть, не дожидаясь", "Close without waiting";
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
