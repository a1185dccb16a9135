//! What comes next with an order of codes, in words.

use cis::Lang;
use desk::suz::emission::{EmissionState, NextStep};

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
        NextStep::Wait
        | NextStep::Receive
        | NextStep::Resume
        | NextStep::Help
        | NextStep::Close => codes(next),
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

/// What comes next while codes are made and given out; as long as nothing else is said they are waited for.
const fn codes(next: NextStep) -> (Sentences, Sentences) {
    match next {
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
        NextStep::Resume => (
            (
                "Приём приостановлен.",
                "Коды ждут в СУЗ. Продолжите приём ниже, пока их срок не вышел.",
            ),
            (
                "Receiving is paused.",
                "The codes wait in СУЗ. Go on below before their time is over.",
            ),
        ),
        NextStep::Help => (
            (
                "Приём остановился: нужен человек.",
                "Что случилось и что сделать, сказано ниже.",
            ),
            (
                "Receiving has stopped: a person is needed.",
                "What happened, and what to do, is said below.",
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
        _ => (
            (
                "СУЗ готовит коды.",
                "Обычно это минуты. Метка спрашивает сама и начнёт получать коды без вас.",
            ),
            (
                "СУЗ makes the codes.",
                "That takes minutes. Metka asks by itself and begins to fetch without you.",
            ),
        ),
    }
}

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

/// What a closing means that annuls codes, instead of what it means when every code is here.
pub(crate) fn closing_loss(annuls: u32, lang: Lang) -> String {
    let loss = super::annuls(annuls, lang);
    match lang {
        Lang::Ru => format!("{loss}: их не получили, а после закрытия их не вернуть."),
        Lang::En => format!("{loss}: nobody fetched them, and after the closing nobody can."),
    }
}
