//! Words of the pages of СУЗ.

pub(crate) mod causes;
#[cfg(feature = "ssr")]
pub(crate) mod commands;
pub(crate) mod groups;
pub(crate) mod orders;
pub(crate) mod paste;
pub(crate) mod questions;
pub(crate) mod sections;
pub(crate) mod signing;
pub(crate) mod steps;
pub(crate) mod stock;

use super::{number, plural, texts};
use cis::Lang;
use desk::suz::{
    Contour, DeviceState, DocumentPurpose, Doing, GroupState, Need, ProfileStatus, SigningWay,
};

texts! {
    title: "СУЗ", "СУЗ";
    connect: "Подключить СУЗ", "Connect СУЗ";
    connect_more: "Подключить ещё", "Connect another";
    connect_act: "Подключить", "Connect";
    to_list: "Все подключения СУЗ", "All СУЗ connections";
    nothing: "СУЗ ещё не подключена", "СУЗ is not connected yet";
    nothing_for_others: "Подключить СУЗ может владелец или администратор организации.",
        "The organisation's owner or an administrator can connect СУЗ.";
    what: "СУЗ — станция управления заказами «Честного знака». Через неё заказывают коды маркировки.",
        "СУЗ is the order management station of «Честный знак». Marking codes are ordered through it.";
    next: "Дальше:", "Next:";
    device: "Устройство", "Device";
    no_device: "нет устройства", "no device";
    questions: "Вопросы про OMS ID", "Questions about OMS ID";

    need_question: "Чем вы занимаетесь?", "What do you do?";
    need_hint: "Отметьте всё, что подходит: СУЗ нужна не всем.", "Tick all that fits: not everybody needs СУЗ.";
    need_ask: "Нужна ли мне СУЗ?", "Do I need СУЗ?";
    need_yes: "Да, вам нужна СУЗ", "Yes, you need СУЗ";
    need_yes_text: "Вы вводите товар в оборот, а для этого заказывают коды маркировки.",
        "You bring goods into circulation, and for that marking codes are ordered.";
    need_no: "Нет, СУЗ вам не нужна", "No, you do not need СУЗ";
    need_no_text: "Товар уже промаркирован до вас. Коды с этикеток достаточно сканировать в заказы — Метка отправит их на Маркет.",
        "The goods were marked before they came to you. Scan the codes on them into orders, and Metka sends them to the marketplace.";
    need_pharma: "Лекарства Метка не ведёт", "Metka does not do medicines";
    need_pharma_text: "Для лекарств вход в СУЗ другой, через МДЛП, и Метка его не поддерживает. Понадобится программа с МДЛП.",
        "Medicines sign in to СУЗ by МДЛП, which Metka does not support. A program that speaks МДЛП is needed.";
    need_skip: "Я знаю, что СУЗ нужна", "I know that I need СУЗ";

    legal_entity: "Для какого юрлица", "For which legal entity";
    other_entity: "Другое юрлицо или ИП", "Another legal entity";
    legal_name: "Название", "Name";
    inn: "ИНН", "INN";
    kpp: "КПП", "KPP";
    kpp_hint: "У ИП его нет.", "A sole proprietor has none.";
    contour_choice: "В каком контуре", "In which contour";
    contour_hint: "У каждого контура свои идентификаторы, они не взаимозаменяемы.",
        "Every contour has ids of its own, one does not stand for another.";
    ids: "Идентификаторы из СУЗ", "Ids of СУЗ";
    ids_hint: "Вставьте как скопировалось: пробелы, кавычки и заглавные буквы Метка уберёт и покажет, что убрала.",
        "Paste them as they were copied: Metka removes spaces, quotes and capitals and shows what it removed.";
    oms_id: "OMS ID", "OMS ID";
    oms_id_hint: "Можно не заполнять: Метка узнает его после входа.", "May stay empty: Metka learns it after signing in.";
    connection_id: "Идентификатор соединения", "Connection id";
    connection_hint: "Свой у каждого устройства. Для Метки лучше создать отдельное.",
        "Every device has its own. Better make one for Metka alone.";
    device_name: "Как назвать устройство", "Name of the device";
    device_name_hint: "Можно не заполнять: назовём «Метка».", "May stay empty: it will be called “Metka”.";
    device_name_default: "Метка", "Metka";
    edo_id: "Идентификатор ЭДО", "ЭДО id";
    edo_hint: "Не для СУЗ: нужен для передаточных документов. Можно не заполнять.",
        "Not for СУЗ: it serves transfer documents. May stay empty.";
    edo_apart: "ЭДО — отдельно", "ЭДО stands apart";
    edo_text: "Идентификатор ЭДО начинается с кода оператора (2BE, 2BM, 2AE…). Он нужен, чтобы обмениваться УПД с контрагентами, и к заказу кодов отношения не имеет. Метка хранит его рядом, чтобы он не попал в поле OMS ID.",
        "An ЭДО id begins with its operator's code (2BE, 2BM, 2AE…). It serves the exchange of transfer documents with partners and has nothing to do with ordering codes. Metka keeps it beside, so that it does not get into the field of OMS ID.";
    edo_none: "не указан", "none";
    no_address: "Адрес СУЗ вводить не нужно: Метка знает его для каждого контура.",
        "No address of СУЗ is needed: Metka knows it for every contour.";
    removed: "Исправили при вставке:", "Corrected on pasting:";
    will_be: "Запишем:", "Will be kept:";
    swap: "Поменять местами с другим полем", "Swap with the other field";
    to_edo: "Перенести в поле ЭДО", "Move to the ЭДО field";
    fields_wrong: "Подключить не получилось: посмотрите на поля.", "It could not be connected: look at the fields.";
    field_wrong: "Не получилось: посмотрите на поле.", "That did not work: look at the field.";

    guide: "Где это найти", "Where to find it";
    guide_enter: "Войдите на честныйзнак.рф электронной подписью; нужна роль «Администратор».",
        "Enter честныйзнак.рф with your electronic signature; the role «Администратор» is needed.";
    guide_tiles: "Вверху слева нажмите на четыре квадратика и выберите «Станция управления заказами».",
        "At the top left press the four squares and choose «Станция управления заказами».";
    guide_devices: "Слева откройте «Устройства». Справа вверху — OMS ID ①.",
        "Open «Устройства» on the left. OMS ID ① is at the top right.";
    guide_create: "Нажмите «Создать устройство», назовите его «Метка». В таблице появится его идентификатор соединения ②.",
        "Press «Создать устройство» and name it “Metka”. Its connection id ② appears in the table.";
    guide_cannot: "Не нашли? Ответы — ниже, в вопросах про OMS ID.", "Not found? See the questions about OMS ID below.";
    picture: "Как выглядит раздел «Устройства» в СУЗ", "What «Устройства» looks like in СУЗ";
    picture_devices: "Устройства", "Устройства";
    picture_name: "Имя", "Имя";
    picture_id: "Идентификатор соединения", "Идентификатор соединения";

    way: "Как подписывать", "How to sign";
    way_act: "Подписывать так", "Sign this way";
    certificate: "Сертификат", "Certificate";
    no_certificate: "ещё не подписывали", "nothing signed yet";
    until: "действует до", "good until";
    issuer: "выдан", "issued by";

    static_title: "Прежде чем войти", "Before the first login";
    static_text: "После первого входа СУЗ отключит статические токены всей компании. Если другая программа (1С, складская система) работает со статическим токеном, она остановится. Вернуть статический токен нельзя.",
        "With the first login СУЗ switches off the static tokens of the whole company. If another program (1C, a warehouse system) works with a static token, it will stop. A static token does not come back.";
    static_advice: "Узнайте, есть ли такая программа, и переведите её на динамический токен с отдельным устройством.",
        "Find out whether there is such a program, and move it to a dynamic token with a device of its own.";
    static_act: "Понимаю, входить можно", "I understand, sign in";

    devices: "Устройства", "Devices";
    devices_text: "Метка входит в СУЗ одним устройством. На время перехода со старой программы держите её устройство рядом, потом отключите.",
        "Metka signs in to СУЗ with one device. While you move from another program keep its device beside, and retire it afterwards.";
    make_active: "Сделать действующим", "Make active";
    keep_parallel: "Держать параллельно", "Keep in parallel";
    retire_device: "Отключить", "Retire";
    person_gone: "Это устройство добавил человек, которого больше нет в организации. Удалите его в СУЗ и создайте новое.",
        "Somebody who is no longer in the organisation added this device. Delete it in СУЗ and make a new one.";
    not_listed: "В списке СУЗ этого устройства нет: похоже, его удалили.",
        "СУЗ's list does not have this device: it seems to be deleted.";
    add_device: "Добавить устройство по идентификатору…", "Add a device by its id…";
    add_act: "Добавить", "Add";
    in_suz: "Устройства в самой СУЗ…", "Devices in СУЗ itself…";
    in_suz_guide: "На этом сервере нет ключа регистрации, поэтому устройства создают и удаляют в кабинете СУЗ:",
        "This server has no registration key, so devices are made and deleted in СУЗ's cabinet:";
    in_suz_create: "«Устройства» → «Создать устройство»: любое имя, тип «АСУ ТП».",
        "«Устройства» → «Создать устройство»: any name, type «АСУ ТП».";
    in_suz_copy: "Скопируйте «Идентификатор соединения» из его строки и добавьте здесь.",
        "Copy «Идентификатор соединения» from its row and add it here.";
    in_suz_delete: "Удаляют там же, в строке устройства. Здесь после этого нажмите «Отключить».",
        "Deleting is in the device's row too. Press “Retire” here afterwards.";
    read_list: "Прочитать список из СУЗ", "Read the list from СУЗ";
    list_empty: "В СУЗ нет устройств, созданных программами.", "СУЗ has no devices made by programs.";
    listed_here: "уже здесь", "here already";
    adopt: "Взять", "Take";
    register: "Создать устройство в СУЗ", "Make a device in СУЗ";
    register_address: "Адрес места", "Address of the place";
    delete_device: "Удалить в СУЗ", "Delete in СУЗ";
    device_waits: "Документ ждёт подписи: после неё СУЗ создаст устройство.",
        "The document waits for a signature; СУЗ makes the device after it.";
    device_done: "Готово.", "Done.";

    groups: "Товарные группы", "Product groups";
    groups_unknown: "Появятся после первого входа.", "They appear after the first login.";
    read: "прочитано", "read";

    tokens: "Токены", "Tokens";
    token_client: "Токен СУЗ", "СУЗ token";
    token_true_api: "Токен True API", "True API token";
    token_text: "Токен живёт десять часов. Метка хранит его зашифрованным и никому не показывает.",
        "A token lives ten hours. Metka keeps it encrypted and shows it to nobody.";

    identity: "Идентификаторы", "Ids";
    told_by_profile: "узнали у СУЗ", "told by СУЗ";
    unknown_yet: "узнаем после входа", "known after signing in";
    show: "Показать", "Show";
    show_hint: "Просмотр записывается в журнал.", "A look is written into the journal.";
    copy: "Скопировать", "Copy";
    hide: "Скрыть", "Hide";
    edit: "Изменить OMS ID или ЭДО…", "Change OMS ID or ЭДО…";
    save: "Сохранить", "Save";
    looks: "Кто смотрел и менял", "Who looked and changed";
    no_looks: "Пока никто.", "Nobody yet.";
    retire: "Отключить СУЗ…", "Disconnect СУЗ…";
    retire_text: "Токены будут стёрты, документы на подпись сняты, задания этого подключения остановятся. В самой СУЗ ничего не изменится.",
        "Tokens will be erased, documents to be signed dropped, work of this connection stops. Nothing changes in СУЗ itself.";
    retire_act: "Да, отключить", "Yes, disconnect";

    passport: "Паспорт интеграции", "Passport of the integration";
    passport_for: "Одна страница для печати: где что найти, у кого доступ, что делать при ошибке.",
        "One page to print: where to find what, who has access, what to do on an error.";
    print: "Напечатать", "Print";
    passport_where: "Где что найти", "Where to find what";
    passport_where_oms: "СУЗ → «Устройства», справа вверху", "СУЗ → «Устройства», top right";
    passport_where_device: "СУЗ → «Устройства», строка устройства", "СУЗ → «Устройства», the device's row";
    passport_where_edo: "«Честный знак» → «Профиль» → операторы ЭДО", "«Честный знак» → «Профиль» → ЭДО operators";
    passport_where_groups: "«Честный знак» → «Профиль» → товарные группы", "«Честный знак» → «Профиль» → product groups";
    passport_people: "У кого доступ", "Who has access";
    passport_people_hint: "Видеть и менять идентификаторы могут владелец и администраторы Метки.",
        "Metka's owner and administrators may see and change the ids.";
    passport_errors: "Что делать при ошибке", "What to do on an error";
    passport_made: "Составлен", "Made";
    passport_support: "Поддержка «Честного знака»: 8 800 222-15-23, форма обратной связи в кабинете.",
        "Support of «Честный знак»: 8 800 222-15-23, the form in the cabinet.";

    server_said: "Сервер ответил:", "The server answered:";
    trouble: "Подробности:", "Details:";
    to_check: "Проверить", "Check";
    to_signing: "К подписи", "To signing";

    soon: "Скоро понадобится ваша подпись", "Your signature will be needed soon";
    soon_text: "Подпишите заранее, и работа не остановится.", "Sign ahead, and work will not stop.";

    step_static: "прочитайте предупреждение и разрешите вход", "read the warning and allow the login";
    step_device: "добавьте устройство", "add a device";
    step_sign: "подпишите, работа ждёт", "sign, work waits";
    step_soon: "подпишите заранее, чтобы работа не остановилась", "sign ahead, so that work does not stop";
    step_fix: "исправьте, что нашла самопроверка", "mend what the self-check found";
    step_check: "проверьте подключение", "check the connection";
    step_none: "делать нечего, всё работает", "nothing to do, all works";
    works: "Всё работает", "All works";
    works_text: "Подключение проверено. Метка будет следить за токенами сама.",
        "The connection is checked. Metka minds the tokens by itself.";
}

/// A contour's name.
pub(crate) const fn contour(contour: Contour, lang: Lang) -> &'static str {
    let (ru, en) = match contour {
        Contour::Production => ("боевой контур", "production"),
        Contour::Test => ("тестовый контур ЦРПТ", "the operator's test contour"),
        Contour::Sandbox => ("песочница Метки", "Metka's sandbox"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What a contour is for.
pub(crate) const fn contour_text(contour: Contour, lang: Lang) -> &'static str {
    let (ru, en) = match contour {
        Contour::Production => (
            "Настоящие коды за настоящие деньги.",
            "True codes for true money.",
        ),
        Contour::Test => (
            "Учебный контур «Честного знака»: нужен отдельный доступ.",
            "The operator's own practice contour: needs an access of its own.",
        ),
        Contour::Sandbox => (
            "Наша, прямо здесь: попробовать без подписи и без последствий.",
            "Ours, right here: to try without a signature and without consequences.",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What somebody does, in their own words.
pub(crate) const fn doing(doing: Doing, lang: Lang) -> &'static str {
    let (ru, en) = match doing {
        Doing::Makes => (
            "Произвожу товар или заказываю производство",
            "I make goods, or have them made",
        ),
        Doing::Imports => ("Ввожу товар из-за границы", "I import goods"),
        Doing::Leftovers => ("Маркирую остатки", "I mark leftovers"),
        Doing::Remarks => (
            "Перемаркирую: этикетка испорчена или вернули без неё",
            "I mark again: a label was damaged, a return came without one",
        ),
        Doing::Commission => (
            "Принимаю вещи от людей на комиссию",
            "I take things of people on commission",
        ),
        Doing::Resells => (
            "Только перепродаю уже промаркированное",
            "I only resell what is marked already",
        ),
        Doing::Pharma => ("Лекарства", "Medicines"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// The answer to the first question: a sentence and what it means.
pub(crate) const fn need(need: Need, lang: Lang) -> (&'static str, &'static str) {
    match need {
        Need::Yes => (need_yes(lang), need_yes_text(lang)),
        Need::No => (need_no(lang), need_no_text(lang)),
        Need::NotHere => (need_pharma(lang), need_pharma_text(lang)),
    }
}

/// A device's state.
pub(crate) const fn device_state(state: DeviceState, lang: Lang) -> &'static str {
    let (ru, en) = match state {
        DeviceState::Active => ("действует", "active"),
        DeviceState::Parallel => ("параллельно", "in parallel"),
        DeviceState::Retired => ("отключено", "retired"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// A way to sign.
pub(crate) const fn way_name(way: SigningWay, lang: Lang) -> &'static str {
    let (ru, en) = match way {
        SigningWay::Browser => (
            "Своей подписью в браузере",
            "With one's own key in the browser",
        ),
        SigningWay::Server => ("Подписью на сервере", "With a key on the server"),
        SigningWay::DemoKey => ("Демо-ключом", "With the demo key"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What a way to sign asks for.
pub(crate) const fn way_text(way: SigningWay, lang: Lang) -> &'static str {
    let (ru, en) = match way {
        SigningWay::Browser => (
            "Подписываете вы, через КриптоПро. Раз в десять часов Метка попросит подписать вход.",
            "You sign, by CryptoPro. Every ten hours Metka asks you to sign the login.",
        ),
        SigningWay::Server => (
            "Подписывает команда на сервере. Токены продлеваются сами.",
            "A command on the server signs. Tokens are renewed by themselves.",
        ),
        SigningWay::DemoKey => (
            "Принимает только песочница. Токены продлеваются сами.",
            "Only the sandbox takes it. Tokens are renewed by themselves.",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// What a document is.
pub(crate) const fn purpose(purpose: DocumentPurpose, lang: Lang) -> &'static str {
    let (ru, en) = match purpose {
        DocumentPurpose::ClientLogin => ("Вход в СУЗ", "Login to СУЗ"),
        DocumentPurpose::TrueApiLogin => ("Вход в True API", "Login to True API"),
        DocumentPurpose::RegisterDevice => ("Новое устройство", "A new device"),
        DocumentPurpose::Order => ("Заказ кодов", "An order of codes"),
        DocumentPurpose::CloseOrder => ("Закрытие заказа кодов", "Closing an order of codes"),
        DocumentPurpose::StuckOrder => (
            "Заказ, оставшийся в СУЗ без подписи",
            "An order left unsigned in СУЗ",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// A group's state.
pub(crate) const fn group_state(state: GroupState, lang: Lang) -> &'static str {
    let (ru, en) = match state {
        GroupState::Open => ("открыта", "open"),
        GroupState::Locked => ("приостановлена", "locked"),
        GroupState::Blocked => ("заблокирована", "blocked"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// The company's state; a word that came later stays as it is.
pub(crate) fn profile_status(status: &ProfileStatus, lang: Lang) -> String {
    let (ru, en) = match status {
        ProfileStatus::Active => ("компания активна", "the company is active"),
        ProfileStatus::Locked => ("компания заблокирована", "the company is locked"),
        ProfileStatus::Suspended => ("компания приостановлена", "the company is suspended"),
        ProfileStatus::Other(word) => return word.clone(),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// A product group by its alias, where it has a name of its own; else the alias.
pub(crate) fn group(alias: &str, lang: Lang) -> String {
    let (ru, en) = match alias {
        "lp" => ("Одежда и бельё", "Clothes and linen"),
        "shoes" => ("Обувь", "Shoes"),
        "tobacco" => ("Табак", "Tobacco"),
        "perfumery" => ("Духи и туалетная вода", "Perfumery"),
        "tires" => ("Шины", "Tyres"),
        "electronics" => ("Фотоаппараты и вспышки", "Cameras and flashes"),
        "milk" => ("Молочная продукция", "Milk"),
        "bicycle" => ("Велосипеды", "Bicycles"),
        "wheelchairs" => ("Медизделия", "Medical devices"),
        "otp" => ("Альтернативный табак", "Other tobacco"),
        "water" => ("Упакованная вода", "Bottled water"),
        "furs" | "furslp" => ("Меха", "Furs"),
        "beer" => ("Пиво", "Beer"),
        "ncp" => ("Никотинсодержащая продукция", "Nicotine products"),
        "bio" => ("БАДы", "Dietary supplements"),
        "antiseptic" => ("Антисептики", "Antiseptics"),
        "petfood" => ("Корма для животных", "Pet food"),
        "seafood" => ("Морепродукты", "Seafood"),
        "nabeer" => ("Безалкогольное пиво", "Alcohol-free beer"),
        "softdrinks" => ("Безалкогольные напитки", "Soft drinks"),
        "toys" => ("Игрушки", "Toys"),
        "radio" => ("Радиоэлектроника", "Radio electronics"),
        "vetpharma" => ("Ветпрепараты", "Veterinary medicines"),
        "conserve" => ("Консервы", "Tinned food"),
        "vegetableoil" => ("Растительные масла", "Vegetable oil"),
        "chemistry" => (
            "Косметика и бытовая химия",
            "Cosmetics and household chemicals",
        ),
        "grocery" => ("Бакалея", "Grocery"),
        "pharma" => ("Лекарства", "Medicines"),
        "construction" => ("Стройматериалы", "Building materials"),
        "autofluids" => ("Моторные масла", "Motor oils"),
        "sweets" => ("Сладости", "Sweets"),
        other => return other.to_owned(),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
    .to_owned()
}

/// Money in roubles with kopecks.
pub(crate) fn roubles(kopecks: i64) -> String {
    let whole = kopecks.unsigned_abs() / 100;
    let sign = if kopecks < 0 { "−" } else { "" };
    let whole = u32::try_from(whole).map_or_else(|_| whole.to_string(), number);
    format!("{sign}{whole},{:02}\u{a0}₽", kopecks.unsigned_abs() % 100)
}

/// How many documents wait.
pub(crate) fn waiting(count: u32, lang: Lang) -> String {
    match lang {
        Lang::Ru => format!(
            "{} {} подписи",
            number(count),
            plural(count, "документ ждёт", "документа ждут", "документов ждут")
        ),
        Lang::En => format!(
            "{} {} for a signature",
            number(count),
            if count == 1 {
                "document waits"
            } else {
                "documents wait"
            }
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_as_people_write_it() {
        assert_eq!(roubles(1_234_567), "12\u{2009}345,67\u{a0}₽");
        assert_eq!(roubles(5), "0,05\u{a0}₽");
        assert_eq!(roubles(-150), "−1,50\u{a0}₽");
    }
}
