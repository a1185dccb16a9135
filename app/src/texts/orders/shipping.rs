//! Words of shipping («готов к отгрузке») and of the labels of boxes.

use crate::texts::texts;
use cis::Lang;
use desk::shipping::{NotYet, ShippingState};

texts! {
    heading: "Отгрузка", "Shipping";
    ship: "Готов к отгрузке", "Ready to ship";
    ship_again: "Попробовать ещё раз", "Try again";
    withdraw: "Отменить отгрузку", "Take it back";
    all_verified: "Всё сохранено и проверено. После «Готов к отгрузке» изменить заказ будет нельзя.",
        "Everything is stored and verified. After “Ready to ship” the order can no longer be changed.";
    verified: "всё сохранено и проверено", "everything is stored and verified";
    some_without: "Коробки сохранены, но не у всех единиц есть коды: Маркет может отказать.",
        "The boxes are stored, but not every unit has a code: Market may refuse.";
    shipped: "Заказ отгружен: коробки и коды уже не изменить.", "The order was shipped: boxes and codes can no longer be changed.";
    refused: "Маркет не отметил заказ готовым к отгрузке. Устраните причину и попробуйте ещё раз.",
        "Market did not mark the order as ready to ship. Put right what it names and try again.";
    asked: "запрошено", "asked for";
    network: "Причина", "Cause";
    labels: "Этикетки", "Labels";
    print: "Напечатать этикетки", "Print the labels";
    print_hint: "Откроются в том формате, который печатали последним.", "They open in the format that was printed last.";
    other_formats: "Формат:", "Format:";
    no_labels: "Этикетки Маркет рисует после того, как сохранит коробки: сначала отправьте их.",
        "Market draws the labels once it has stored the boxes: send them first.";
    printed: "Печатали", "Printed";
    stale: "Этикетки напечатаны до изменения коробок — перепечатайте.", "The labels were printed before the boxes changed: print them again.";
    many_title: "Отгрузка заказов", "Shipping of orders";
    many_text: "Отметьте заказы, которые отдаёте. После этого изменить их коробки и коды будет нельзя.",
        "Tick the orders that leave. After that their boxes and codes can no longer be changed.";
    many_link: "Отгрузить несколько сразу", "Ship several at once";
    all: "Выбрать все", "Choose all";
    none: "Снять выбор", "Choose none";
    ship_chosen: "Отгрузить выбранные", "Ship the chosen ones";
    nothing_to_ship: "Отгружать пока нечего", "There is nothing to ship yet";
    nothing_to_ship_text: "Здесь появятся заказы FBS и Экспресс, у которых Маркет сохранил коробки и проверил все коды.",
        "Orders of FBS and Express appear here once Market has stored their boxes and verified all their codes.";
    outcomes: "Что вышло", "What came of it";
    more_pages: "Показаны самые срочные. Остальные появятся, когда уйдут эти.",
        "The most urgent ones are shown. The others appear when these have left.";
    to_list: "К списку заказов", "To the list of orders";
}

/// Formats of labels: the marketplace's word, and what a person calls it.
pub(crate) const FORMATS: [(&str, &str, &str); 4] = [
    ("A7", "75 × 120 мм", "75 × 120 mm"),
    ("A9", "58 × 40 мм", "58 × 40 mm"),
    (
        "A9_HORIZONTALLY",
        "58 × 40 мм, вдоль",
        "58 × 40 mm, lengthwise",
    ),
    ("A4", "лист A4", "A4 sheet"),
];

/// Where asking to ship stands.
pub(crate) const fn state(state: ShippingState, lang: Lang) -> &'static str {
    let (ru, en) = match state {
        ShippingState::Queued => ("ждёт очереди", "queued"),
        ShippingState::Sending => ("отгружается", "being shipped"),
        ShippingState::Unknown => ("ответа нет, выясняем", "no answer, finding out"),
        ShippingState::Done => ("отгружен", "shipped"),
        ShippingState::Refused => ("Маркет отказал", "Market refused"),
    };
    said(ru, en, lang)
}

/// What a state means and whether anything is to be done.
pub(crate) const fn meaning(state: ShippingState, lang: Lang) -> &'static str {
    let (ru, en) = match state {
        ShippingState::Queued | ShippingState::Sending => (
            "Метка говорит Маркету, что заказ готов к отгрузке. Страницу можно закрыть.",
            "Metka is telling Market that the order is ready to ship. The page can be closed.",
        ),
        ShippingState::Unknown => (
            "Ответа не было; Метка спрашивает Маркет, отмечен ли заказ. Ничего делать не нужно.",
            "There was no answer; Metka asks Market whether the order was marked. Nothing needs to be done.",
        ),
        ShippingState::Done => (shipped(Lang::Ru), shipped(Lang::En)),
        ShippingState::Refused => (refused(Lang::Ru), refused(Lang::En)),
    };
    said(ru, en, lang)
}

/// Why an order may not be shipped yet.
pub(crate) const fn not_yet(why: NotYet, lang: Lang) -> &'static str {
    let (ru, en) = match why {
        NotYet::NotSent => (
            "Не сейчас: сначала отправьте коробки и коды.",
            "Not now: send the boxes and codes first.",
        ),
        NotYet::Checking => (
            "Не сейчас: Маркет ещё проверяет коды.",
            "Not now: Market is still checking the codes.",
        ),
        NotYet::Rejected => (
            "Не сейчас: код отклонён, его нужно заменить.",
            "Not now: a code was rejected and must be replaced.",
        ),
        NotYet::Already => ("Уже отгружен.", "Shipped already."),
        NotYet::UnderWay => (
            "Не сейчас: Маркет ещё не ответил на прошлую отправку.",
            "Not now: Market has not answered the last sending yet.",
        ),
        NotYet::NotOurs => (
            "Не отсюда: заказ закрыт, или его отгружает не магазин.",
            "Not from here: the order is closed, or the shop does not ship it.",
        ),
    };
    said(ru, en, lang)
}

/// A row's box, for those who hear it without the row.
pub(crate) fn choose(number: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Отгрузить заказ {number}"),
        Lang::En => format!("Ship order {number}"),
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

    #[cfg(feature = "ssr")]
    #[test]
    fn every_format_of_labels_is_offered_once() {
        use desk::server::ports::market::LabelFormat;
        let offered = FORMATS.map(|(format, ..)| format);
        for format in [
            LabelFormat::A7,
            LabelFormat::A9,
            LabelFormat::A9Horizontally,
            LabelFormat::A4,
        ] {
            let count = offered.iter().filter(|it| **it == format.as_str()).count();
            assert_eq!(count, 1, "{format:?}");
        }
        assert_eq!(offered.first(), Some(&LabelFormat::default().as_str()));
    }
}
