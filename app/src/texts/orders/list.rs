//! Words of the order list.

use super::codes;
use crate::texts::{number, plural, texts, when};
use cis::Lang;
use desk::{
    connection::{Progress, SyncState},
    marketplace::Model,
    orders::{OrderRow, Tab, WorkState, due::Due},
};

texts! {
    title: "Заказы", "Orders";
    updated: "Обновлено", "Updated";
    refresh: "обновить", "refresh";
    tabs: "Заказы по состоянию", "Orders by state";
    search: "Поиск", "Search";
    search_hint: "Номер, последние цифры, артикул, код", "Number, last digits, article, code";
    shop: "Магазин", "Shop";
    all_shops: "Все магазины", "All shops";
    model: "Модель", "Model";
    all_models: "Все модели", "All models";
    any_day: "Любой срок", "Any deadline";
    overdue: "просрочен", "overdue";
    fake: "тестовый", "test";
    find: "Найти", "Find";
    reset: "Сбросить", "Clear";
    column_order: "Заказ", "Order";
    column_shop: "Магазин", "Shop";
    column_ship: "Отгрузить", "Ship by";
    column_units: "Единиц", "Units";
    column_codes: "Коды", "Codes";
    column_state: "Состояние", "State";
    column_act: "Что сделать", "What to do";
    pages: "Страницы", "Pages";
    back: "Назад", "Back";
    forward: "Вперёд", "Forward";
    no_connection: "Маркет ещё не подключён", "Market is not connected yet";
    no_connection_text: "Добавьте ключ из кабинета Маркета, и здесь появятся заказы, которым нужны коды.",
        "Add a key from Market's cabinet, and the orders that need codes will appear here.";
    connect: "Подключить Маркет", "Connect Market";
    nothing_found: "Ничего не нашлось", "Nothing found";
    nothing_found_text: "Проверьте номер или ищите по последним цифрам, артикулу, названию товара или коду.",
        "Check the number, or search by its last digits, an article, a product's name or a code.";
    nothing_here_text: "Под выбранный магазин, модель или срок здесь не подходит ни один заказ.",
        "No order here is of the chosen shop, model or deadline.";
    show_all: "Показать все заказы", "Show all orders";
    to_connections: "Проверить подключение", "Check the connection";
}

/// The name of a tab.
pub(crate) const fn tab(tab: Tab, lang: Lang) -> &'static str {
    match (tab, lang) {
        (Tab::Needs, Lang::Ru) => "Нужны коды",
        (Tab::Needs, Lang::En) => "Need codes",
        (Tab::Ready, Lang::Ru) => "Готовы к отправке",
        (Tab::Ready, Lang::En) => "Ready to send",
        (Tab::Busy, Lang::Ru) => "Проверяются",
        (Tab::Busy, Lang::En) => "Being checked",
        (Tab::Trouble, Lang::Ru) => "Ошибки",
        (Tab::Trouble, Lang::En) => "Trouble",
        (Tab::ToShip, Lang::Ru) => "К отгрузке",
        (Tab::ToShip, Lang::En) => "To ship",
        (Tab::Accepted, Lang::Ru) => "Приняты",
        (Tab::Accepted, Lang::En) => "Accepted",
        (Tab::Rest, Lang::Ru) => "Остальные",
        (Tab::Rest, Lang::En) => "The rest",
    }
}

/// How near a deadline is, as a choice.
pub(crate) const fn due(due: Due, lang: Lang) -> &'static str {
    match (due, lang) {
        (Due::Overdue, Lang::Ru) => "Просрочены",
        (Due::Overdue, Lang::En) => "Overdue",
        (Due::Today, Lang::Ru) => "Сегодня",
        (Due::Today, Lang::En) => "Today",
        (Due::Tomorrow, Lang::Ru) => "Завтра",
        (Due::Tomorrow, Lang::En) => "Tomorrow",
    }
}

/// A model as a choice.
pub(crate) fn model_name(model: &Model, lang: Lang) -> String {
    super::model(model, lang)
}

/// What a row lacks or how it stands.
pub(crate) fn state(row: &OrderRow, lang: Lang) -> String {
    let missing = row.wanted.saturating_sub(row.filled);
    match (row.work, lang) {
        (WorkState::NeedsCodes, Lang::Ru) if row.filled == 0 || missing == 0 => {
            "нет кодов".to_owned()
        }
        (WorkState::NeedsCodes, Lang::En) if row.filled == 0 || missing == 0 => {
            "no codes".to_owned()
        }
        (WorkState::NeedsCodes, Lang::Ru) => {
            format!(
                "не хватает {missing} {}",
                plural(missing, "кода", "кодов", "кодов")
            )
        }
        (WorkState::NeedsCodes, Lang::En) => format!("{} missing", codes(missing, lang)),
        (other, _) => work_state(other, lang).to_owned(),
    }
}

/// A state of work where there is no count to give.
pub(crate) const fn work_state(work: WorkState, lang: Lang) -> &'static str {
    let (ru, en) = match work {
        WorkState::NeedsCodes => ("нужны коды", "needs codes"),
        WorkState::Ready => ("готов к отправке", "ready to send"),
        WorkState::Sending => ("отправляется", "being sent"),
        WorkState::Unknown => ("ответа нет, выясняем", "no answer, finding out"),
        WorkState::Trouble => ("Маркет отказал", "Market refused"),
        WorkState::Checking => ("Маркет проверяет коды", "Market checks the codes"),
        WorkState::Rework => ("код отклонён", "a code was rejected"),
        WorkState::ToShip => ("можно отгружать", "may be shipped"),
        WorkState::Shipped => ("отгружен", "shipped"),
        WorkState::Accepted => ("коды приняты", "codes accepted"),
        WorkState::NotMarked => ("маркировка не нужна", "no marking needed"),
        WorkState::OtherModel => ("коды передаются иначе", "codes go another way"),
        WorkState::Closed => ("заказ закрыт", "order closed"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What the link of a row does.
pub(crate) const fn act(work: WorkState, lang: Lang) -> &'static str {
    match (work, lang) {
        (WorkState::NeedsCodes, Lang::Ru) => "Добавить коды",
        (WorkState::NeedsCodes, Lang::En) => "Add codes",
        (WorkState::Ready, Lang::Ru) => "Отправить",
        (WorkState::Ready, Lang::En) => "Send",
        (WorkState::Trouble | WorkState::Rework, Lang::Ru) => "Исправить",
        (WorkState::Trouble | WorkState::Rework, Lang::En) => "Put right",
        (WorkState::ToShip, Lang::Ru) => "Отгрузить",
        (WorkState::ToShip, Lang::En) => "Ship",
        (_, Lang::Ru) => "Открыть",
        (_, Lang::En) => "Open",
    }
}

/// The link of a row for those who hear it without the row.
pub(crate) fn act_on(row: &OrderRow, lang: Lang) -> String {
    let act = act(row.work, lang);
    match lang {
        Lang::Ru => format!("{act}: заказ {}", row.number),
        Lang::En => format!("{act}: order {}", row.number),
    }
}

/// The bar of a row.
pub(crate) fn filled(row: &OrderRow, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Есть {} из {}", codes(row.filled, lang), row.wanted),
        Lang::En => format!("{} of {}", codes(row.filled, lang), row.wanted),
    }
}

/// Which page of how many.
pub(crate) fn page(page: u32, pages: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("Страница {page} из {pages}"),
        Lang::En => format!("Page {page} of {pages}"),
    }
}

/// How many orders a search found.
pub(crate) fn found(n: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{} {} {}",
            plural(n, "Найден", "Найдено", "Найдено"),
            number(n),
            plural(n, "заказ", "заказа", "заказов")
        ),
        Lang::En => format!(
            "{} {} found",
            number(n),
            if n == 1 { "order" } else { "orders" }
        ),
    }
}

/// Title and text of an empty tab: why, and what to do next.
pub(crate) const fn empty(tab: Tab, lang: Lang) -> (&'static str, &'static str) {
    match (tab, lang) {
        (Tab::Needs, Lang::Ru) => (
            "Всем заказам хватает кодов",
            "Новый заказ появится здесь сам. Готовые ждут на соседней вкладке.",
        ),
        (Tab::Needs, Lang::En) => (
            "Every order has its codes",
            "A new order appears here by itself. Complete ones wait on the next tab.",
        ),
        (Tab::Ready, Lang::Ru) => (
            "Отправлять пока нечего",
            "Заказ попадёт сюда, когда у каждой его единицы будет код.",
        ),
        (Tab::Ready, Lang::En) => (
            "Nothing to send yet",
            "An order comes here when every unit of it has a code.",
        ),
        (Tab::Busy, Lang::Ru) => (
            "Ничего не отправляется",
            "Здесь видно заказы, чьи коды в пути, ждут ответа Маркета или его проверки.",
        ),
        (Tab::Busy, Lang::En) => (
            "Nothing is on its way",
            "Orders whose codes are on their way, wait for Market's answer or are being verified are shown here.",
        ),
        (Tab::Trouble, Lang::Ru) => (
            "Ошибок нет",
            "Если Маркет откажет или коды изменит кто-то другой, заказ появится здесь.",
        ),
        (Tab::Trouble, Lang::En) => (
            "No trouble",
            "If Market refuses or another hand changes the codes, the order appears here.",
        ),
        (Tab::ToShip, Lang::Ru) => (
            "Отгружать пока нечего",
            "Заказ FBS или Экспресс попадёт сюда, когда Маркет проверит все его коды.",
        ),
        (Tab::ToShip, Lang::En) => (
            "Nothing to ship yet",
            "An FBS or Express order comes here when Market has verified all its codes.",
        ),
        (Tab::Accepted, Lang::Ru) => (
            "Принятых кодов пока нет",
            "Заказ попадёт сюда, когда Маркет сохранит его коды или когда он будет отгружен.",
        ),
        (Tab::Accepted, Lang::En) => (
            "No accepted codes yet",
            "An order comes here when Market has stored its codes, or when it was shipped.",
        ),
        (Tab::Rest, Lang::Ru) => (
            "Здесь пусто",
            "Сюда попадают заказы без маркировки, закрытые и те, что лежат на складе Маркета.",
        ),
        (Tab::Rest, Lang::En) => (
            "Nothing here",
            "Orders without marking, closed ones and those in Market's warehouse come here.",
        ),
    }
}

/// Where to go from an empty tab.
pub(crate) const fn next_tab(tab: Tab) -> Tab {
    match tab {
        Tab::Needs => Tab::Ready,
        Tab::Busy | Tab::Trouble => Tab::ToShip,
        Tab::Ready | Tab::ToShip | Tab::Accepted | Tab::Rest => Tab::Needs,
    }
}

/// How the reading of orders goes; nothing while it is well.
pub(crate) fn reading(sync: &SyncState, lang: Lang) -> Option<String> {
    Some(match (sync, lang) {
        (SyncState::Done(_), _) => return None,
        (SyncState::Never, Lang::Ru) => "Заказы ещё не прочитаны. Скоро начнём.".to_owned(),
        (SyncState::Never, Lang::En) => {
            "The orders have not been read yet. It begins soon.".to_owned()
        }
        (SyncState::Running(Progress { read: 0, .. }), Lang::Ru) => {
            "Читаем заказы из Маркета.".to_owned()
        }
        (SyncState::Running(Progress { read: 0, .. }), Lang::En) => {
            "Reading orders from Market.".to_owned()
        }
        (SyncState::Running(Progress { read, .. }), Lang::Ru) => format!(
            "Читаем заказы из Маркета: уже {} {}.",
            number(*read),
            plural(*read, "заказ", "заказа", "заказов")
        ),
        (SyncState::Running(Progress { read, .. }), Lang::En) => {
            format!("Reading orders from Market: {} so far.", number(*read))
        }
        (SyncState::Waiting { until, .. }, Lang::Ru) => {
            format!("Чтение заказов отложено, продолжим: {}.", when(until, lang))
        }
        (SyncState::Waiting { until, .. }, Lang::En) => {
            format!(
                "Reading of orders is put off, next try: {}.",
                when(until, lang)
            )
        }
        (SyncState::Stopped { .. }, Lang::Ru) => {
            "Заказы не читаются: подключению нужна помощь. Список может быть неполным.".to_owned()
        }
        (SyncState::Stopped { .. }, Lang::En) => {
            "Orders are not being read: the connection needs help. The list may lack some."
                .to_owned()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::ids::{MarketOrderId, OrderId};

    fn row(work: WorkState, wanted: u32, filled: u32) -> OrderRow {
        OrderRow {
            id: OrderId::from_parts(1, [1; 10]),
            number: MarketOrderId(48_512_377),
            model: None,
            shop: "Обувь".into(),
            ship_by: None,
            units: wanted,
            wanted,
            filled,
            fake: false,
            work,
        }
    }

    #[test]
    fn a_row_says_what_it_lacks() {
        let said = |wanted, filled| state(&row(WorkState::NeedsCodes, wanted, filled), Lang::Ru);
        assert_eq!(said(3, 0), "нет кодов");
        assert_eq!(said(3, 2), "не хватает 1 кода");
        assert_eq!(said(6, 4), "не хватает 2 кодов");
        assert_eq!(said(30, 9), "не хватает 21 кода");
        assert_eq!(
            state(&row(WorkState::Unknown, 1, 1), Lang::Ru),
            "ответа нет, выясняем"
        );
    }

    #[test]
    fn the_link_of_a_row_says_the_act() {
        assert_eq!(
            act_on(&row(WorkState::Ready, 1, 1), Lang::Ru),
            "Отправить: заказ 48512377"
        );
        assert_eq!(act(WorkState::Closed, Lang::En), "Open");
    }

    #[test]
    fn what_was_found_agrees_with_its_number() {
        assert_eq!(found(1, Lang::Ru), "Найден 1 заказ");
        assert_eq!(found(22, Lang::Ru), "Найдено 22 заказа");
    }

    #[test]
    fn the_reading_of_orders_is_silent_only_when_it_is_well() {
        assert_eq!(
            reading(
                &SyncState::Running(Progress {
                    read: 1200,
                    ..Progress::default()
                }),
                Lang::Ru
            )
            .as_deref(),
            Some("Читаем заказы из Маркета: уже 1\u{2009}200 заказов.")
        );
        assert!(reading(&SyncState::Stopped { why: "403".into() }, Lang::En).is_some());
    }
}
