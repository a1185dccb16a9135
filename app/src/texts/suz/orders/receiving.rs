//! Codes that arrive, in words.

use super::super::super::{number, plural, texts};
use cis::Lang;
use desk::suz::receiving::ReceivingTrouble;

texts! {
    receiving: "Получение кодов", "Receiving codes";
    pause: "Приостановить", "Pause";
    resume: "Продолжить", "Go on";
    try_again: "Попробовать снова", "Try again";
}

fn bounded(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn codes(count: u64, lang: Lang) -> String {
    super::codes(bounded(count), lang)
}

/// Where the fetching of an order stands, for all its goods together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fetching {
    /// Codes come, or are waited for.
    Running,
    /// It cannot go on without a person.
    Stuck,
    /// A person stopped it.
    Paused,
    /// Every code is here.
    Whole,
    /// Nothing more comes, and not every code is here.
    Over,
}

/// Where fetching stands.
pub(crate) const fn fetching(state: Fetching, lang: Lang) -> &'static str {
    let (ru, en) = match state {
        Fetching::Running => ("получаем", "receiving"),
        Fetching::Stuck => ("нужен человек", "needs a person"),
        Fetching::Paused => ("приостановлено", "paused"),
        Fetching::Whole => ("получено всё", "all received"),
        Fetching::Over => ("приём окончен", "receiving is over"),
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

/// What stands in the way of codes: a sentence, and what is done about it. Of goods that the station rejected it never had
/// any.
pub(crate) fn receiving_trouble(
    trouble: &ReceivingTrouble,
    rejected: bool,
    lang: Lang,
) -> (String, String) {
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
                    "СУЗ говорит, что выдала {}, у нас {}. Закрывать заказ нельзя, пока не сойдётся.",
                    codes(*passed, lang),
                    codes(*held, lang)
                ),
            ),
            Lang::En => (
                "The sums differ.".into(),
                format!(
                    "СУЗ says that it handed out {}, we hold {}. The order must not be closed before they agree.",
                    codes(*passed, lang),
                    codes(*held, lang)
                ),
            ),
        },
        ReceivingTrouble::Repeated { fewer } => match lang {
            Lang::Ru => (
                "СУЗ выдала одинаковые коды.".into(),
                format!(
                    "Разных кодов меньше на {}. Напишите в поддержку «Честного знака».",
                    number(bounded(*fewer))
                ),
            ),
            Lang::En => (
                "СУЗ handed out equal codes.".into(),
                format!(
                    "There are {} different ones fewer. Write to the support of «Честный знак».",
                    number(bounded(*fewer))
                ),
            ),
        },
        ReceivingTrouble::Lost { held, passed } => lost(passed.saturating_sub(*held), lang),
        ReceivingTrouble::BlockDiffers {
            block,
            listed,
            given,
        } => block_differs(block, *listed, *given, lang),
        ReceivingTrouble::OtherBlock { asked, named } => other_block(asked, named, lang),
        ReceivingTrouble::Ended(_) if rejected => pair(
            (
                "СУЗ отклонила эти товары.",
                "Кодов для них не будет, остальных это не касается. Исправьте причину и закажите их отдельно.",
            ),
            (
                "СУЗ rejected these goods.",
                "There will be no codes for them; the others are not concerned. Mend the cause and order them anew.",
            ),
        ),
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
fn lost(codes: u64, lang: Lang) -> (String, String) {
    let count = bounded(codes);
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

/// A block came with another number of codes than is listed for it.
fn block_differs(block: &str, listed: u64, given: u64, lang: Lang) -> (String, String) {
    match lang {
        Lang::Ru => (
            "СУЗ отдала не тот блок, что в её списке.".into(),
            format!(
                "Блок {block}: в списке {}, пришло {}. Такой ответ Метка не сохраняет. Продолжите получение, а если повторится, напишите в поддержку «Честного знака». Заказ пока не закрывайте.",
                codes(listed, lang),
                codes(given, lang)
            ),
        ),
        Lang::En => (
            "СУЗ gave another block than it lists.".into(),
            format!(
                "Block {block}: {} listed, {} came. Metka keeps no such answer. Go on fetching, and if it happens again write to the support of «Честный знак». Do not close the order yet.",
                codes(listed, lang),
                codes(given, lang)
            ),
        ),
    }
}

/// A block came under another id.
fn other_block(asked: &str, named: &str, lang: Lang) -> (String, String) {
    match lang {
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
    }
}
