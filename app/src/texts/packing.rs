//! Words of the packing desk: one word read at two metres, and one sentence under it.

use super::{plural, texts};
use cis::Lang;
use desk::{
    orders::WorkState,
    packing::{Act, Clash, Say},
};

texts! {
    title: "Сборка", "Packing";
    no_script: "Сборка работает только со скриптами: включите JavaScript. Без него коды можно разложить на странице заказа.",
        "Packing needs JavaScript. Without it, codes can be put into places on an order's page.";
    field: "Код товара или номер заказа", "An item's code or an order's number";
    leave: "К заказам", "To the orders";
    preparing: "Готовится", "Getting ready";
    waiting: "Сканируйте", "Scan";
    waiting_text: "Первый товар заказа, номер заказа или код коробки.", "The first item of an order, its number or the code of a box.";
    nothing_to_pack: "Собирать нечего", "Nothing to pack";
    nothing_to_pack_text: "Заказов, которым нужны коды, сейчас нет. Новые появятся здесь сами.",
        "No order needs codes now. New ones will appear here by themselves.";
    next_orders: "Что собирать", "What to pack";
    undo: "Отменить", "Undo";
    remove: "Убрать", "Take out";
    next: "Следующий", "Next";
    print: "Печать этикетки", "Print the label";
    card: "Карточка команд", "Card of commands";
    camera: "Камера", "Camera";
    camera_off: "Выключить камеру", "Camera off";
    camera_insecure: "Браузер пускает к камере только по защищённому адресу (https). Поставьте перед Меткой прокси с TLS.",
        "The browser allows the camera only at a secure address (https). Put a proxy with TLS before Metka.";
    camera_denied: "Браузер не пустил к камере. Разрешите её в настройках сайта.",
        "The browser did not allow the camera. Allow it in the site's settings.";
    camera_none: "Камеры не нашлось.", "No camera was found.";
    picture: "Картинка камеры", "The camera's picture";
    sound: "Звук", "Sound";
    net_up: "Сеть есть", "Online";
    net_down: "Сети нет, работа идёт", "No network; work goes on";
    net_refused: "Сервер не принимает", "The server refuses";
    refused: "Сканы целы и уйдут, как только он их примет.", "The scans are kept and will go as soon as it takes them.";
    refused_oddly: "Сервер отвечает непонятно. Обновите страницу.", "The server's answer makes no sense. Reload the page.";
    net_unknown: "Связь проверяется", "Looking for the server";
    signed_out: "Вход закончился. Сканы целы: войдите, и они уйдут.", "Your session has ended. The scans are kept: sign in and they will go.";
    sign_in: "Войти", "Sign in";
    unkept: "Устройство не сохранило скан. Не закрывайте страницу, пока очередь не опустеет.",
        "This device could not keep a scan. Keep the page open until the queue is empty.";
    insecure: "Адрес без https: без сети сканы сохранятся, но обновить страницу или снять код камерой нельзя. Поставьте перед Меткой прокси с TLS.",
        "The address has no https: scans are kept without a network, but the page cannot be reloaded then, nor the camera used. Put a proxy with TLS before Metka.";
    newer: "Вышла новая версия Метки.", "There is a newer version of Metka.";
    reload: "Обновить страницу", "Reload the page";
    catalogue_closed: "Ключу закрыт каталог, поэтому новый товар Метка спросит один раз.",
        "The key may not read the catalogue, so Metka asks once about each new product.";
    hold: "Держите клавишу или кнопку, пока полоска не дойдёт до конца.", "Hold the key or the button until the bar is full.";
    clashes: "Конфликты", "Conflicts";
    clashes_text: "Эти сканы сохранены, но не выполнены. Решите, что с каждым сделать.",
        "These scans are kept but could not be done. Decide about each.";
    aside: "Сервер не справился", "The server failed";
    aside_text: "Эти сканы целы и лежат на этом устройстве, но сервер не смог их записать. Остальные идут своим чередом.",
        "These scans are kept on this device, but the server could not write them down. The others go on.";
    prints_itself: "Этикетки печатать сразу", "Print labels at once";
    prints_itself_hint: "Для браузера, который печатает без вопросов (Chrome с ключом --kiosk-printing).",
        "For a browser that prints without asking (Chrome with --kiosk-printing).";
    try_again: "Попробовать ещё раз", "Try again";
    settled: "Разобрались", "Settled";
    open_order: "Открыть заказ", "Open the order";
    ours_here: "у нас: на месте", "here: in place";
    ours_empty: "у нас: ждёт кода", "here: waits for a code";
    theirs_none: "у Маркета: не отправлен", "at Market: not sent";
    theirs_leaving: "у Маркета: отправляется", "at Market: being sent";
    theirs_troubled: "у Маркета: проверка не удалась, Маркет повторит", "at Market: the check failed, Market will repeat it";
    theirs_waiting: "у Маркета: проверяется", "at Market: being checked";
    theirs_passed: "у Маркета: принят", "at Market: accepted";
    theirs_rejected: "у Маркета: отклонён", "at Market: rejected";
    rejected: "Маркет отклонил код: уберите его и отсканируйте другую единицу.",
        "Market rejected a code: take it out and scan another unit.";
    unmarked: "без маркировки", "not marked";
    tools: "Действия", "Actions";
}

/// How much of an order is done, as «2 из 3».
pub(crate) fn progress(done: u32, of: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("{done} из {of}"),
        Lang::En => format!("{done} of {of}"),
    }
}

/// How many scans wait for the server.
pub(crate) fn queue(waiting: usize, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!("в очереди {waiting}"),
        Lang::En => format!("{waiting} in the queue"),
    }
}

/// How many orders the list does not show.
pub(crate) fn more(orders: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "и ещё {orders} {}",
            plural(orders, "заказ", "заказа", "заказов")
        ),
        Lang::En => format!("and {orders} more"),
    }
}

/// Scans that somebody else left on this device.
pub(crate) fn others(scans: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "На этом устройстве {} {scans} {} другого входа: они уйдут, когда войдёт тот человек.",
            plural(scans, "ждёт", "ждут", "ждут"),
            plural(scans, "скан", "скана", "сканов")
        ),
        Lang::En => format!(
            "{scans} scans of another account wait on this device; they will go when that person signs in."
        ),
    }
}

fn ru_en(lang: Lang, ru: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What happened, in a word or two.
pub(crate) fn word(say: &Say, lang: Lang) -> &'static str {
    let (ru, en) = match say {
        Say::Waiting => (waiting(Lang::Ru), waiting(Lang::En)),
        Say::Opened => ("Сканируйте товар", "Scan an item"),
        Say::Full => ("Всё на месте", "All in place"),
        Say::AlreadySent => ("Уже отправлен", "Already sent"),
        Say::Good { .. } => ("Верно", "Right"),
        Say::Done { .. } => ("Готово", "Done"),
        Say::Ask { .. } => ("Новый товар?", "A new product?"),
        Say::Removing => ("Что убрать?", "Take out what?"),
        Say::Removed { .. } => ("Убрано", "Taken out"),
        Say::Undone { .. } => ("Отменено", "Undone"),
        Say::NothingToUndo => ("Отменять нечего", "Nothing to undo"),
        Say::Looking => ("Ищу заказ", "Looking"),
        Say::Printing { .. } => ("Печать", "Printing"),
        Say::NotPrinted { .. } => ("Не напечатано", "Not printed"),
        Say::NoLabel => ("Этикетки ещё нет", "No label yet"),
        Say::Repeat { .. } => ("Уже было", "Scanned before"),
        Say::ProductBarcode => ("Не тот код", "Another code"),
        Say::SeveralOrders { .. } => ("Какой заказ?", "Which order?"),
        Say::OtherProduct { .. } => ("Другой товар", "Wrong item"),
        Say::NoRoom { .. } => ("Лишний", "Too many"),
        Say::NotWanted => ("Не нужен", "Not wanted"),
        Say::NoSuchOrder | Say::NoOrder { .. } => ("Нет заказа", "No order"),
        Say::NotHere => ("Его здесь нет", "Not here"),
        Say::Unreadable => ("Не код", "Not a code"),
        Say::WhichCode => ("Код неполный", "Damaged code"),
        Say::CapsLock => ("Caps Lock", "Caps Lock"),
        Say::BeingSent => ("Уже отправляется", "Being sent"),
        Say::OrderClosed => ("Заказ закрыт", "Order closed"),
        Say::Aside { .. } => ("Не записано", "Not written"),
        Say::Clash { .. } => ("Конфликт", "Conflict"),
    };
    ru_en(lang, ru, en)
}

/// One sentence under the word.
pub(crate) fn sentence(say: &Say, lang: Lang) -> String {
    fixed(say, lang).map_or_else(|| told(say, lang), str::to_owned)
}

/// Sentences that are always the same.
fn fixed(say: &Say, lang: Lang) -> Option<&'static str> {
    let (ru, en) = match say {
        Say::Waiting => (waiting_text(Lang::Ru), waiting_text(Lang::En)),
        Say::Opened => (
            "Место кода найдётся само.",
            "Each code finds its place by itself.",
        ),
        Say::Full => (
            "Коды есть у каждой единицы. «Следующий» отправит заказ.",
            "Every unit has its code. “Next” sends the order.",
        ),
        Say::AlreadySent => (
            "Коды этого заказа у Маркета. Этикетку даёт «Печать».",
            "Market has the codes of this order. “Print” gives the label.",
        ),
        Say::Removing => (
            "Отсканируйте единицу, чей код надо убрать.",
            "Scan the unit whose code shall go.",
        ),
        Say::NothingToUndo => (
            "В этой смене нет скана, который можно отменить.",
            "There is no scan here to take back.",
        ),
        Say::Looking => (
            "Среди тех, что надо собрать, его нет: спрашиваю сервер.",
            "It is not among those to be packed: asking the server.",
        ),
        Say::NoSuchOrder => (
            "Ни один номер заказа так не заканчивается.",
            "No order's number ends so.",
        ),
        Say::NoLabel => (
            "Маркет даёт её заказам FBS и «Экспресс», когда примет коробки.",
            "Market gives it for FBS and Express orders once it has taken the boxes.",
        ),
        Say::ProductBarcode => (
            "Это штрихкод товара. Нужен квадратный код маркировки.",
            "This is the product's bar code. The square marking code is needed.",
        ),
        Say::NotWanted => (
            "Этому заказу такой код не нужен.",
            "This order needs no such code.",
        ),
        Say::NotHere => (
            "В этом заказе такого кода нет.",
            "This order holds no such code.",
        ),
        Say::Unreadable => (
            "Это не код маркировки. Отсканируйте ещё раз.",
            "This is no marking code. Scan again.",
        ),
        Say::WhichCode => (
            "Сканер теряет разделитель. Проверьте его на странице «Проверка кода».",
            "The scanner loses the separator. Test it on the page “Check a code”.",
        ),
        Say::CapsLock => (
            "Выключите Caps Lock и отсканируйте ещё раз.",
            "Turn Caps Lock off and scan again.",
        ),
        Say::BeingSent => (
            "Коды этого заказа уже в пути, менять их нельзя.",
            "The codes of this order are on their way and cannot be changed.",
        ),
        Say::OrderClosed => (
            "Заказ отменён или уже закончен. Не упаковывайте его.",
            "The order was cancelled or is over. Do not pack it.",
        ),
        _ => return None,
    };
    Some(ru_en(lang, ru, en))
}

/// Sentences that name something.
fn told(say: &Say, lang: Lang) -> String {
    match (say, lang) {
        (
            Say::Good {
                product,
                left,
                extras,
            },
            lang,
        ) => good(product, *left, *extras, lang),
        (Say::Done { number }, Lang::Ru) => {
            format!("Заказ {number} отправляется в Маркет. Сканируйте следующий.")
        }
        (Say::Done { number }, Lang::En) => {
            format!("Order {number} goes to Market. Scan the next one.")
        }
        (Say::Ask { options }, lang) => ask(options.len(), lang),
        (Say::Removed { product } | Say::Undone { product }, Lang::Ru) => {
            format!("{product}: место снова свободно.")
        }
        (Say::Removed { product } | Say::Undone { product }, Lang::En) => {
            format!("{product}: the place is free again.")
        }
        (
            Say::Repeat {
                number,
                here,
                product,
                unit,
            },
            lang,
        ) => repeat(number, *here, product, *unit, lang),
        (Say::Printing { number }, Lang::Ru) => {
            format!("Этикетка заказа {number} уходит на принтер.")
        }
        (Say::Printing { number }, Lang::En) => {
            format!("The label of order {number} goes to the printer.")
        }
        (Say::NotPrinted { number }, Lang::Ru) => format!(
            "Маркет не отдал этикетку заказа {number} или нет сети. Попробуйте ещё раз или откройте заказ."
        ),
        (Say::NotPrinted { number }, Lang::En) => format!(
            "Market gave no label for order {number}, or there is no network. Try again, or open the order."
        ),
        (Say::Aside { number }, Lang::Ru) => format!(
            "{}Сервер не смог записать этот скан. Отложите единицу: скан лежит в списке внизу.",
            number
                .as_ref()
                .map(|number| format!("Заказ {number}. "))
                .unwrap_or_default()
        ),
        (Say::Aside { number }, Lang::En) => format!(
            "{}The server could not write this scan down. Put the unit aside: the scan is in the list below.",
            number
                .as_ref()
                .map(|number| format!("Order {number}. "))
                .unwrap_or_default()
        ),
        (Say::SeveralOrders { .. }, Lang::Ru) => "Введите больше последних цифр номера.".to_owned(),
        (Say::SeveralOrders { .. }, Lang::En) => {
            "Type more of the number's last digits.".to_owned()
        }
        (Say::OtherProduct { product, wanted }, lang) => {
            other(product.as_deref(), wanted.as_deref(), lang)
        }
        (Say::NoRoom { product }, Lang::Ru) => {
            format!("{product}: у каждой единицы уже есть код.")
        }
        (Say::NoRoom { product }, Lang::En) => format!("{product}: every unit has a code already."),
        (
            Say::NoOrder {
                product: Some(product),
            },
            Lang::Ru,
        ) => {
            format!("«{product}» сейчас никому не нужен.")
        }
        (
            Say::NoOrder {
                product: Some(product),
            },
            Lang::En,
        ) => {
            format!("No order needs “{product}” now.")
        }
        (Say::NoOrder { product: None }, Lang::Ru) => {
            "Ни один заказ не ждёт этого товара.".to_owned()
        }
        (Say::NoOrder { product: None }, Lang::En) => "No order waits for this item.".to_owned(),
        (Say::Clash { number, why }, lang) => {
            let why = clash(why, lang);
            number.as_ref().map_or(why.clone(), |number| match lang {
                Lang::Ru => format!("Заказ {number}. {why}"),
                Lang::En => format!("Order {number}. {why}"),
            })
        }
        _ => String::new(),
    }
}

fn good(product: &str, left: u32, extras: bool, lang: Lang) -> String {
    match (lang, extras) {
        (Lang::Ru, true) => {
            format!("{product}. Остались РНПТ, ГТД или страна: заполните их на странице заказа.")
        }
        (Lang::En, true) => {
            format!(
                "{product}. RNPT, GTD or the country are missing: fill them in on the order's page."
            )
        }
        (Lang::Ru, false) => format!(
            "{product} · {} {left} {}",
            plural(left, "осталась", "осталось", "осталось"),
            plural(left, "единица", "единицы", "единиц")
        ),
        (Lang::En, false) => format!("{product} · {left} left"),
    }
}

fn ask(options: usize, lang: Lang) -> String {
    match (lang, options) {
        (Lang::Ru, 1) => "Этого кода товара Метка ещё не видела. Подтвердите, что это:".to_owned(),
        (Lang::Ru, _) => "Этого кода товара Метка ещё не видела. Скажите, что это:".to_owned(),
        (Lang::En, 1) => "Metka has not seen this product code yet. Confirm that it is:".to_owned(),
        (Lang::En, _) => "Metka has not seen this product code yet. Say which it is:".to_owned(),
    }
}

fn repeat(number: &str, here: bool, product: &str, unit: u32, lang: Lang) -> String {
    match (lang, here) {
        (Lang::Ru, true) => format!("Этот код уже лежит здесь: {product}, единица {unit}."),
        (Lang::Ru, false) => {
            format!("Этот код лежит в заказе {number}: {product}, единица {unit}.")
        }
        (Lang::En, true) => format!("This code already lies here: {product}, unit {unit}."),
        (Lang::En, false) => format!("This code lies in order {number}: {product}, unit {unit}."),
    }
}

fn other(product: Option<&str>, wanted: Option<&str>, lang: Lang) -> String {
    match (lang, product, wanted) {
        (Lang::Ru, Some(product), Some(wanted)) if product == wanted => {
            format!("Это «{product}», но другого артикула.")
        }
        (Lang::En, Some(product), Some(wanted)) if product == wanted => {
            format!("This is “{product}”, but of another article.")
        }
        (Lang::Ru, Some(product), Some(wanted)) => {
            format!("Это «{product}», а заказ ждёт «{wanted}».")
        }
        (Lang::Ru, Some(product), None) => format!("Это «{product}», его в заказе нет."),
        (Lang::Ru, None, Some(wanted)) => format!("Заказ ждёт «{wanted}», а это другой товар."),
        (Lang::Ru, None, None) => "Этого товара в заказе нет.".to_owned(),
        (Lang::En, Some(product), Some(wanted)) => {
            format!("This is “{product}”, and the order waits for “{wanted}”.")
        }
        (Lang::En, Some(product), None) => format!("This is “{product}”, which the order has not."),
        (Lang::En, None, Some(wanted)) => {
            format!("The order waits for “{wanted}”, and this is another product.")
        }
        (Lang::En, None, None) => "This product is not in the order.".to_owned(),
    }
}

/// What a scan was meant to do.
pub(crate) fn act(act: &Act, lang: Lang) -> &'static str {
    let (ru, en) = match act {
        Act::Put { .. } => ("код в заказ", "a code into the order"),
        Act::Undo { .. } => ("отмена скана", "a scan taken back"),
        Act::Remove => ("код из заказа", "a code out of the order"),
        Act::Note => ("скан без места", "a scan without a place"),
        Act::Send => ("отправка заказа", "sending the order"),
    };
    ru_en(lang, ru, en)
}

/// Why a scan could not be done.
pub(crate) fn clash(why: &Clash, lang: Lang) -> String {
    match (why, lang) {
        (Clash::AlreadyHere { product, number }, Lang::Ru) => {
            format!("Этот код уже отсканировал кто-то другой: {product}, единица {number}.")
        }
        (Clash::AlreadyHere { product, number }, Lang::En) => {
            format!("Somebody else has scanned this code: {product}, unit {number}.")
        }
        (Clash::BoundElsewhere { order, product }, Lang::Ru) => {
            format!("Этот код уже лежит в заказе {order}: {product}.")
        }
        (Clash::BoundElsewhere { order, product }, Lang::En) => {
            format!("This code already lies in order {order}: {product}.")
        }
        (Clash::NoRoom { product }, Lang::Ru) => {
            format!("{product}: коды всех единиц уже отсканировал кто-то другой.")
        }
        (Clash::NoRoom { product }, Lang::En) => {
            format!("{product}: somebody else has filled every unit.")
        }
        (
            Clash::OtherProduct {
                product: Some(product),
            },
            Lang::Ru,
        ) => {
            format!("Код от другого товара: «{product}».")
        }
        (
            Clash::OtherProduct {
                product: Some(product),
            },
            Lang::En,
        ) => {
            format!("The code is another product's: “{product}”.")
        }
        (why, lang) => plain_clash(why, lang).to_owned(),
    }
}

fn plain_clash(why: &Clash, lang: Lang) -> &'static str {
    let (ru, en) = match why {
        Clash::Unreadable => ("Это не код маркировки.", "This is no marking code."),
        Clash::OrderClosed => (
            "Заказ отменён или закончен: выньте единицу.",
            "The order was cancelled or is over: take the unit out.",
        ),
        Clash::OrderGone => (
            "Заказа или его строки больше нет.",
            "The order or its line is gone.",
        ),
        Clash::BeingSent => (
            "Коды заказа уже ушли в Маркет: дождитесь ответа и попробуйте ещё раз.",
            "The order's codes have gone to Market: wait for the answer and try again.",
        ),
        Clash::NotSendable => (
            "Заказ не отправлен: откройте его страницу, там сказано почему.",
            "The order was not sent: its page says why.",
        ),
        Clash::Forbidden => ("Ваша роль этого не может.", "Your role may not do this."),
        _ => ("Код от другого товара.", "The code is another product's."),
    };
    ru_en(lang, ru, en)
}

/// What became of an order, where it needs nothing from a packer.
pub(crate) fn work(work: WorkState, lang: Lang) -> &'static str {
    let (ru, en) = match work {
        WorkState::NeedsCodes => ("нужны коды", "needs codes"),
        WorkState::Ready => ("собран, не отправлен", "packed, not sent"),
        WorkState::Rework => ("код отклонён", "code rejected"),
        WorkState::Sending => ("отправляется", "being sent"),
        WorkState::Unknown => ("ждём ответа Маркета", "waiting for Market"),
        WorkState::Checking => ("Маркет проверяет", "Market checks"),
        WorkState::Trouble => ("Маркет отказал", "Market refused"),
        WorkState::Accepted => ("коды приняты", "codes accepted"),
        WorkState::ToShip => ("можно отгружать", "ready to ship"),
        WorkState::Shipped => ("отгружен", "shipped"),
        WorkState::NotMarked | WorkState::OtherModel => ("коды не нужны", "needs no codes"),
        WorkState::Closed => ("закрыт", "closed"),
    };
    ru_en(lang, ru, en)
}
