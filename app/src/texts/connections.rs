//! Words of the connections page.

use super::{number, plural, texts};
use cis::Lang;
use desk::{
    connection::{KeyReach, Progress},
    marketplace::{ApiAvailability, KeyScope, Placement},
};

texts! {
    title: "Подключения", "Connections";
    empty: "Маркет ещё не подключён", "Market is not connected yet";
    empty_text: "Подключите кабинет Яндекс Маркета по ключу, и здесь появятся его магазины, а в «Заказах» — заказы.",
        "Connect a Yandex Market cabinet by its key: its shops will appear here, and its orders under “Orders”.";
    empty_for_others: "Подключить Маркет может владелец организации.", "The organisation's owner can connect Market.";
    add: "Подключить кабинет Маркета", "Connect a Market cabinet";
    key: "Ключ Маркета", "Market key";
    key_hint: "Начинается с ACMA:. Метка хранит его зашифрованным и больше не показывает.",
        "It begins with ACMA:. Metka keeps it encrypted and never shows it again.";
    label: "Как назвать подключение", "Name of the connection";
    label_hint: "Можно не заполнять: возьмём название кабинета.", "May stay empty: the cabinet's name is taken.";
    legal_entity: "Юридическое лицо", "Legal entity";
    legal_name: "Название", "Name";
    inn: "ИНН", "INN";
    kpp: "КПП", "KPP";
    check: "Проверить", "Check";
    connect: "Подключить", "Connect";
    guide: "Где взять ключ", "Where the key is found";
    guide_open: "Откройте кабинет Маркета и нажмите на значок аккаунта справа вверху.",
        "Open Market's cabinet and press the account icon at the top right.";
    guide_settings: "Выберите «Настройки», затем «API и модули», раздел «API-ключи».",
        "Choose “Настройки” (Settings), then “API и модули” (API and modules), “API-ключи” (API keys).";
    guide_access: "Создайте ключ с доступом «Обработка заказов и управление остатками» или «Полное управление».",
        "Make a key with the access “Обработка заказов и управление остатками” (orders and stock) or “Полное управление” (everything).";
    guide_copy: "Скопируйте ключ целиком и вставьте сюда. Создавать ключи может владелец кабинета или менеджер.",
        "Copy the whole key and paste it here. Only the cabinet's owner or a manager can make keys.";
    shops: "Магазины", "Shops";
    no_shops: "Ключ не видит ни одного магазина.", "The key sees no shop.";
    never_synced: "заказы ещё не читались", "orders not read yet";
    scopes: "Доступы ключа", "What the key may do";
    no_scopes: "нет", "none";
    recheck: "Проверить ещё раз", "Check again";
    sync: "Прочитать заказы", "Read the orders";
    replace: "Заменить ключ…", "Replace the key…";
    replace_act: "Заменить ключ", "Replace the key";
    new_key: "Новый ключ того же кабинета", "New key of the same cabinet";
    retire: "Отключить…", "Disconnect…";
    retire_text: "Ключ будет уничтожен, новые заказы читаться перестанут. Прочитанные заказы и коды останутся.",
        "The key will be destroyed and no new orders read. Orders and codes that are here stay.";
    retire_act: "Да, отключить", "Yes, disconnect";
    not_checked: "не проверен", "not checked";
    checked: "проверен", "checked";
    notifications: "Уведомления Маркета…", "Market's notifications…";
    notifications_text: "Метка сама спрашивает Маркет каждые десять минут. С уведомлениями заказ появится через секунды.",
        "Metka asks Market every ten minutes by itself. With notifications an order appears within seconds.";
    only_here: "Этот адрес виден только с этого компьютера: Маркет до него не достучится. Задайте METKA_PUBLIC_URL.",
        "Only this machine can reach this address, Market cannot. Set METKA_PUBLIC_URL.";
    copy_address: "Скопировать адрес", "Copy the address";
    heard: "последнее уведомление:", "last notification:";
    not_heard: "уведомлений ещё не было", "no notification yet";
    hook_settings: "Выберите «Настройки», затем «API и модули», раздел «API-уведомления».",
        "Choose “Настройки” (Settings), then “API и модули” (API and modules), “API-уведомления” (API notifications).";
    hook_paste: "Вставьте адрес целиком, как он есть: /notification Маркет допишет сам.",
        "Paste the whole address as it is: Market appends /notification by itself.";
    hook_events: "Отметьте события о заказах и возвратах и сохраните. Маркет проверит адрес, и здесь появится время.",
        "Tick the events of orders and returns and save. Market tries the address, and its time appears here.";
    hook_make: "Создать адрес", "Make an address";
    hook_replace: "Сменить адрес", "Replace the address";
    hook_replace_text: "Адрес — это секрет. Если его узнали чужие, смените его: прежний сразу перестанет работать.",
        "The address is a secret. If strangers learnt it, replace it: the old one stops working at once.";
    hook_remove: "Не принимать уведомления", "Take no notifications";
    test_orders_on: "Читать тестовые заказы", "Read test orders";
    test_orders_off: "Не читать тестовые заказы", "Stop reading test orders";
    test_orders: "тестовые заказы читаются", "test orders are read";
    windows: "Прочитано периодов", "Periods read";
    sync_never: "заказы ещё не читались", "orders not read yet";
    sync_done: "заказы прочитаны", "orders read";
    sync_waiting: "подождём", "waiting";
    sync_next: "следующая попытка", "next try";
    sync_stopped: "чтение остановлено", "reading has stopped";
}

/// The verdict on a key, in a few words.
pub(crate) const fn reach(reach: KeyReach, lang: Lang) -> &'static str {
    let (ru, en) = match reach {
        KeyReach::Sends => (
            "читает заказы и отправляет коды",
            "reads orders and sends codes",
        ),
        KeyReach::ReadsOnly => ("только чтение", "reads only"),
        KeyReach::Useless => ("нет доступа к заказам", "no access to orders"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What the verdict means, and what to do about it.
pub(crate) const fn reach_text(reach: KeyReach, lang: Lang) -> &'static str {
    let (ru, en) = match reach {
        KeyReach::Sends => (
            "Ключ подходит: Метка сможет читать заказы и отправлять коды.",
            "The key will do: Metka can read orders and send codes.",
        ),
        KeyReach::ReadsOnly => (
            "Ключ только читает: заказы будут видны, но отправить коды Маркет не даст. Добавьте ключу доступ «Обработка заказов и управление остатками» без «только чтение».",
            "The key only reads: orders will be seen, but Market will not take codes. Give it “Обработка заказов и управление остатками” without “read only”.",
        ),
        KeyReach::Useless => (
            "Ключ не открывает заказы. Добавьте ему доступ «Обработка заказов и управление остатками» или создайте новый.",
            "The key does not open orders. Give it “Обработка заказов и управление остатками”, or make a new one.",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// A scope as the cabinet calls it; one that came later than this program keeps its own word.
pub(crate) fn scope(scope: &KeyScope, lang: Lang) -> String {
    let (ru, en) = match scope {
        KeyScope::AllMethods => ("полное управление", "everything"),
        KeyScope::AllMethodsReadOnly => ("просмотр всего", "reading of everything"),
        KeyScope::Orders => ("заказы и остатки", "orders and stock"),
        KeyScope::OrdersReadOnly => ("просмотр заказов и остатков", "reading of orders and stock"),
        KeyScope::Other(word) => match word.as_str() {
            "PRICING" => ("цены", "prices"),
            "PRICING_READ_ONLY" => ("просмотр цен", "reading of prices"),
            "OFFERS_AND_CARDS_MANAGEMENT" => ("товары и карточки", "goods and cards"),
            "OFFERS_AND_CARDS_MANAGEMENT_READ_ONLY" => {
                ("просмотр товаров и карточек", "reading of goods and cards")
            }
            "PROMOTION" => ("продвижение", "promotion"),
            "PROMOTION_READ_ONLY" => ("просмотр продвижения", "reading of promotion"),
            "FINANCE_AND_ACCOUNTING" => ("финансы", "finance"),
            "COMMUNICATION" => ("общение с покупателями", "talking to buyers"),
            "SETTINGS_MANAGEMENT" => ("настройки магазина", "shop settings"),
            "SUPPLIES_MANAGEMENT_READ_ONLY" => ("просмотр поставок", "reading of supplies"),
            _ => return word.clone(),
        },
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// How a shop works.
pub(crate) fn placement(placement: &Placement, lang: Lang) -> String {
    match (placement, lang) {
        (Placement::Fbs, Lang::Ru) => "FBS или Экспресс".to_owned(),
        (Placement::Fbs, Lang::En) => "FBS or Express".to_owned(),
        (other, _) => other.as_str().to_owned(),
    }
}

/// Why the API of a shop cannot be used; nothing when it can.
pub(crate) fn availability(availability: &ApiAvailability, lang: Lang) -> Option<String> {
    let (ru, en) = match availability {
        ApiAvailability::Available => return None,
        ApiAvailability::DisabledByInactivity => (
            "API отключён: с магазином давно не работали",
            "API off: nobody worked with the shop for long",
        ),
        ApiAvailability::DisabledByNoActiveContract => (
            "API отключён: нет действующего договора",
            "API off: no contract in force",
        ),
        ApiAvailability::ManuallyDisabled => {
            ("API отключён в кабинете", "API switched off in the cabinet")
        }
        ApiAvailability::DisabledByNoPlacementType => (
            "API отключён: не выбрана модель работы",
            "API off: the shop has no model of work",
        ),
        ApiAvailability::Other(word) => {
            return Some(match lang {
                Lang::Ru => format!("API недоступен: {word}"),
                Lang::En => format!("API not available: {word}"),
            });
        }
    };
    Some(
        match lang {
            Lang::Ru => ru,
            Lang::En => en,
        }
        .to_owned(),
    )
}

/// How many orders of a shop are here.
pub(crate) fn orders(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{} {}",
            number(count),
            plural(count, "заказ", "заказа", "заказов")
        ),
        Lang::En => format!(
            "{} {}",
            number(count),
            if count == 1 { "order" } else { "orders" }
        ),
    }
}

/// How far reading has come.
pub(crate) fn running(progress: Progress, lang: Lang) -> String {
    let read = number(progress.read);
    match lang {
        Lang::Ru => format!("читаем заказы: {read}"),
        Lang::En => format!("reading orders: {read}"),
    }
}

/// Which period of a long reading is being read; nothing when there is one alone.
pub(crate) fn window(progress: Progress, lang: Lang) -> Option<String> {
    let Progress { done, windows, .. } = progress;
    (windows > 1).then(|| {
        let present = (done + 1).min(windows);
        match lang {
            Lang::Ru => format!("период {present} из {windows}"),
            Lang::En => format!("period {present} of {windows}"),
        }
    })
}

/// The key by its last characters.
pub(crate) fn key_ending(ending: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("ключ …{ending}"),
        Lang::En => format!("key …{ending}"),
    }
}
