//! Words of the order page: head, lines and slots.

use super::codes;
use crate::texts::{texts, when};
use cis::Lang;
use desk::{
    identifiers::{FormatError, Requirement},
    marketplace::{BuyerType, Model, OrderStatus},
    orders::{Demand, LineView, Part, SlotView},
    time::When,
};

texts! {
    orders: "Заказы", "Orders";
    path: "Где вы", "Where you are";
    test_order: "тестовый заказ Маркета", "Market's test order";
    ask_again: "спросить Маркет", "ask Market";
    read: "Прочитан", "Read";
    lines: "Товары заказа", "Lines of the order";
    waits: "ждёт код", "waits for a code";
    waits_uin: "ждёт УИН", "waits for a UIN";
    no_mark: "код не нужен", "no code needed";
    remove: "убрать", "remove";
    extras: "РНПТ, ГТД, страна", "RNPT, GTD, country";
    uin: "УИН", "UIN";
    rnpt: "РНПТ", "RNPT";
    gtd: "ГТД", "GTD";
    country: "Страна", "Country";
    no_country: "не указана", "not given";
    save: "Сохранить", "Save";
    not_verified: "Коды заказов DBS Маркет сохраняет, но не проверяет в ГИС МТ: «приняты» не значит «проверены».",
        "Market stores the codes of DBS orders but does not verify them with the state system: accepted does not mean verified.";
    held_elsewhere: "В Маркете лежит, а здесь нет", "Market holds, not here";
    not_read: "Код сохранён, но прочитать его не удаётся. Уберите его и отсканируйте единицу ещё раз.",
        "The code is kept but cannot be read. Remove it and scan the unit again.";
    model_fby: "Товар лежит на складе Маркета: коды переданы вместе с поставкой, здесь делать ничего не нужно.",
        "The goods lie in Market's warehouse: the codes went with the supply, there is nothing to do here.";
    model_other: "Для этой модели Маркет не принимает коды отдельным сообщением.",
        "Market does not take codes by themselves for this model.";
    not_marked: "Ни одному товару заказа коды не нужны.", "No product of this order needs codes.";
    not_marked_boxes: "Коды этому заказу не нужны, но коробки нужны: отправьте их, и Маркет даст этикетки.",
        "This order needs no codes, but it needs boxes: send them, and Market gives the labels.";
}

/// How an identifier that was mistyped is written.
pub(crate) const fn format(error: FormatError, lang: Lang) -> &'static str {
    let (ru, en) = match error {
        FormatError::Uin => ("УИН — это 16 цифр.", "UIN has 16 digits."),
        FormatError::Rnpt => (
            "РНПТ пишется так: 10702020/060520/0013422/001.",
            "RNPT is written like this: 10702020/060520/0013422/001.",
        ),
        FormatError::Gtd => (
            "ГТД пишется так: 10702020/060520/0013422.",
            "GTD is written like this: 10702020/060520/0013422.",
        ),
        FormatError::Country => (
            "Страна — это две заглавные латинские буквы, например RU.",
            "A country is two capital letters, for example RU.",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// The page's title.
pub(crate) fn title(number: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Заказ {number}"),
        Lang::En => format!("Order {number}"),
    }
}

/// The deadline.
pub(crate) fn ship_by(moment: &When, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Отгрузить: {}", when(moment, lang)),
        Lang::En => format!("Ship by: {}", when(moment, lang)),
    }
}

/// A status as people say it; the marketplace's own word when it is a new one.
pub(crate) fn status(status: &OrderStatus, lang: Lang) -> String {
    let (ru, en) = match status {
        OrderStatus::Placing => ("оформляется", "being placed"),
        OrderStatus::Reserved => ("зарезервирован", "reserved"),
        OrderStatus::Unpaid => ("ждёт оплаты", "waits for payment"),
        OrderStatus::Processing => ("в обработке", "being processed"),
        OrderStatus::Delivery => ("в доставке", "on its way"),
        OrderStatus::Pickup => ("в пункте выдачи", "at a pick-up point"),
        OrderStatus::Delivered => ("доставлен", "delivered"),
        OrderStatus::Cancelled => ("отменён", "cancelled"),
        OrderStatus::Pending => ("ждёт подтверждения", "waits for confirmation"),
        OrderStatus::PartiallyReturned => ("частично возвращён", "partly returned"),
        OrderStatus::Returned => ("возвращён", "returned"),
        OrderStatus::Unknown => ("статус неизвестен", "status unknown"),
        OrderStatus::Other(word) => (word.as_str(), word.as_str()),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// Why nothing is sent for a closed order.
pub(crate) fn closed(order: &OrderStatus, lang: Lang) -> String {
    let said = status(order, lang);
    match lang {
        Lang::Ru => format!("Заказ {said}: Маркет больше не принимает его коды."),
        Lang::En => format!("The order is {said}: Market takes no more codes for it."),
    }
}

/// Why codes of this model are not sent from here.
pub(crate) const fn other_model(model: Option<&Model>, lang: Lang) -> &'static str {
    match model {
        Some(Model::Fby) => model_fby(lang),
        _ => model_other(lang),
    }
}

/// Who buys.
pub(crate) fn buyer(buyer: &BuyerType, lang: Lang) -> String {
    match (buyer, lang) {
        (BuyerType::Person, Lang::Ru) => "частный покупатель".to_owned(),
        (BuyerType::Person, Lang::En) => "private buyer".to_owned(),
        (BuyerType::Business, Lang::Ru) => "покупатель — бизнес".to_owned(),
        (BuyerType::Business, Lang::En) => "business buyer".to_owned(),
        (BuyerType::Other(word), _) => word.clone(),
    }
}

/// «2 из 3 единиц».
pub(crate) fn complete(line: &LineView, lang: Lang) -> String {
    let done = line.complete_units();
    let count = line.count;
    match lang {
        Lang::Ru => format!(
            "{done} из {count} {}",
            if count % 10 == 1 && count % 100 != 11 {
                "единицы"
            } else {
                "единиц"
            }
        ),
        Lang::En => format!(
            "{done} of {count} {}",
            if count == 1 { "unit" } else { "units" }
        ),
    }
}

/// What a line demands, how strongly and why. An order that goes in boxes (`boxed`) does not leave without its codes,
/// whoever buys.
pub(crate) fn demand(
    line: &LineView,
    buyer: Option<&BuyerType>,
    boxed: bool,
    lang: Lang,
) -> String {
    let demand = match line.demand(buyer) {
        Demand::Expected if boxed => Demand::Must,
        demand => demand,
    };
    if demand == Demand::Nothing {
        return said(lang, "маркировка не нужна", "no marking needed");
    }
    let what = line
        .required
        .iter()
        .map(|kind| requirement(kind, lang))
        .collect::<Vec<_>>()
        .join(", ");
    let business = !boxed && buyer == Some(&BuyerType::Business) && !line.wants(&Requirement::Uin);
    match (demand, lang) {
        (Demand::Must, Lang::Ru) if business => format!("обязательно: {what}; покупатель — бизнес"),
        (Demand::Must, Lang::En) if business => {
            format!("mandatory: {what}; the buyer is a business")
        }
        (Demand::Must, Lang::Ru) => format!("обязательно: {what}"),
        (Demand::Must, Lang::En) => format!("mandatory: {what}"),
        (Demand::Expected, Lang::Ru) => {
            format!("нужно: {what}; частный покупатель может получить заказ и без кодов")
        }
        (Demand::Expected, Lang::En) => format!("wanted: {what}; a private buyer may go without"),
        (_, Lang::Ru) => format!("можно передать: {what}"),
        (_, Lang::En) => format!("may be given: {what}"),
    }
}

fn requirement(kind: &Requirement, lang: Lang) -> String {
    match kind {
        Requirement::Cis | Requirement::CisOptional => said(lang, "код маркировки", "marking code"),
        Requirement::Uin => uin(lang).to_owned(),
        Requirement::Rnpt => rnpt(lang).to_owned(),
        Requirement::Gtd => said(lang, "ГТД со страной", "GTD with country"),
        Requirement::Other(word) => word.clone(),
    }
}

/// A part of a unit's set.
pub(crate) const fn part(part: Part, lang: Lang) -> &'static str {
    match (part, lang) {
        (Part::Cis, Lang::Ru) => "кода",
        (Part::Cis, Lang::En) => "code",
        (Part::Uin, _) => uin(lang),
        (Part::Rnpt, _) => rnpt(lang),
        (Part::Gtd, _) => gtd(lang),
        (Part::Country, Lang::Ru) => "страны",
        (Part::Country, Lang::En) => "country",
    }
}

/// What a begun unit lacks: «не хватает РНПТ, страны».
pub(crate) fn lacks(parts: &[Part], lang: Lang) -> String {
    let names = parts
        .iter()
        .map(|it| part(*it, lang))
        .collect::<Vec<_>>()
        .join(", ");
    match lang {
        Lang::Ru => format!("не хватает: {names}"),
        Lang::En => format!("lacks: {names}"),
    }
}

/// «единица 3».
pub(crate) fn unit(number: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("единица {number}"),
        Lang::En => format!("unit {number}"),
    }
}

/// The button that empties a slot, for those who hear it without the slot.
pub(crate) fn remove_from(line: &str, slot: &SlotView, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Убрать код: {line}, единица {}", slot.number),
        Lang::En => format!("Remove the code: {line}, unit {}", slot.number),
    }
}

/// The extras of a unit, for those who hear them without the unit.
pub(crate) fn extras_of(number: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{}, единица {number}", extras(lang)),
        Lang::En => format!("{}, unit {number}", extras(lang)),
    }
}

/// How much of the order is done.
pub(crate) fn progress(done: u32, wanted: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Готово {done} из {wanted}"),
        Lang::En => format!("{done} of {wanted} ready"),
    }
}

/// How many codes the marketplace holds for a line.
pub(crate) fn held(n: u32, lang: Lang) -> String {
    format!("{}: {}", held_elsewhere(lang), codes(n, lang))
}

fn said(lang: Lang, ru: &str, en: &str) -> String {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::ids::{LineId, MarketItemId};

    fn line(required: &[Requirement], count: u32) -> LineView {
        LineView {
            id: LineId::from_parts(1, [1; 10]),
            item: MarketItemId(1),
            offer_id: "A".into(),
            name: "Тапочки".into(),
            count,
            required: required.to_vec(),
            slots: vec![],
            stored: vec![],
            gtins: vec![],
        }
    }

    #[test]
    fn a_line_says_what_it_demands_and_of_whom() {
        let said =
            |required: &[Requirement], buyer| demand(&line(required, 1), buyer, false, Lang::Ru);
        assert_eq!(
            said(&[Requirement::Cis], Some(&BuyerType::Business)),
            "обязательно: код маркировки; покупатель — бизнес"
        );
        assert!(said(&[Requirement::Cis], Some(&BuyerType::Person)).contains("и без кодов"));
        let cis = line(&[Requirement::Cis], 1);
        assert_eq!(
            demand(&cis, Some(&BuyerType::Person), true, Lang::Ru),
            "обязательно: код маркировки"
        );
        assert_eq!(
            said(&[Requirement::Uin], Some(&BuyerType::Business)),
            "обязательно: УИН"
        );
        assert_eq!(
            said(&[Requirement::CisOptional], None),
            "можно передать: код маркировки"
        );
        assert_eq!(said(&[], None), "маркировка не нужна");
    }

    #[test]
    fn units_of_a_line_agree_with_their_number() {
        assert_eq!(complete(&line(&[], 1), Lang::Ru), "0 из 1 единицы");
        assert_eq!(complete(&line(&[], 3), Lang::Ru), "0 из 3 единиц");
        assert_eq!(complete(&line(&[], 21), Lang::Ru), "0 из 21 единицы");
        assert_eq!(complete(&line(&[], 11), Lang::Ru), "0 из 11 единиц");
    }

    #[test]
    fn a_status_from_the_future_keeps_its_word() {
        assert_eq!(
            status(&OrderStatus::from("TELEPORTED"), Lang::Ru),
            "TELEPORTED"
        );
        assert!(closed(&OrderStatus::Cancelled, Lang::Ru).starts_with("Заказ отменён"));
    }
}
