//! Words of the journal.

use super::texts;
use cis::Lang;
use desk::journal::Action;

texts! {
    title: "Журнал", "Journal";
    intro: "Кто и что сделал. Записи только добавляются.", "Who did what. Entries are only ever added.";
    when: "Когда", "When";
    who: "Кто", "Who";
    what: "Что", "What";
    subject: "С чем", "With what";
    detail: "Подробности", "Details";
    program: "Метка", "Metka";
    empty: "Записей пока нет", "No entries yet";
    empty_text: "Здесь появится каждое действие с ключами, кодами и отправками.",
        "Everything done with keys, codes and submissions will appear here.";
}

/// What was done.
pub(crate) const fn action(action: Action, lang: Lang) -> &'static str {
    let (ru, en) = match action {
        Action::SignUp => ("создана организация", "organisation created"),
        Action::SignIn => ("вход", "signed in"),
        Action::KeyAdded => ("ключ подключён", "key connected"),
        Action::KeyReplaced => ("ключ заменён", "key replaced"),
        Action::ConnectionRetired => ("подключение отключено", "connection retired"),
        Action::CodeBound => ("код положен в заказ", "code put into an order"),
        Action::CodeBoundAnyway => (
            "код положен вопреки предупреждению",
            "code put against a warning",
        ),
        Action::CodeUnbound => ("код убран", "code taken out"),
        Action::ScanSettled => ("конфликт сборки разобран", "packing conflict settled"),
        Action::SubmissionStored => ("отправка подготовлена", "submission stored"),
        Action::SubmissionSent => ("коды отправлены", "codes sent"),
        Action::SubmissionAccepted => ("Маркет принял коды", "Market took the codes"),
        Action::SubmissionRefused => ("Маркет отказал", "Market refused"),
        Action::SubmissionUnknown => ("Маркет не ответил", "Market did not answer"),
        Action::SubmissionConflict => ("в Маркете лежат чужие коды", "Market holds other codes"),
        Action::SubmissionWithdrawn => ("отправка отозвана", "submission withdrawn"),
        Action::CodesVerified => ("Маркет проверил коды", "Market verified the codes"),
        Action::CodeRejected => ("проверка отклонила код", "the check rejected a code"),
        Action::UnitsRemoved => (
            "решено убрать единицы из заказа",
            "units to be taken out of the order",
        ),
        Action::ShippingAsked => ("отгрузка заказана", "shipping asked for"),
        Action::Shipped => ("заказ отгружен", "order shipped"),
        Action::ShippingRefused => (
            "Маркет не отпустил заказ",
            "Market did not let the order go",
        ),
        Action::LabelsFetched => ("наклейки выданы на печать", "labels fetched for printing"),
        Action::BatchBrought => ("загружен пакет заказов", "batch of orders brought"),
        Action::BatchStarted => ("пакет отправляется", "batch is being sent"),
        Action::BatchPaused => ("пакет приостановлен", "batch paused"),
        Action::BatchCancelled => ("пакет остановлен", "batch stopped"),
        Action::OrderChanged => ("Маркет изменил заказ", "Market changed the order"),
        Action::CodeReturned => ("товар с кодом возвращают", "a unit with a code comes back"),
        Action::CodeReleased => (
            "возврат получен, код свободен",
            "the return is here, its code is free",
        ),
        Action::TestOrders => ("чтение тестовых заказов", "reading of test orders"),
        Action::HookMade => ("адрес для уведомлений создан", "notification address made"),
        Action::HookRemoved => (
            "адрес для уведомлений удалён",
            "notification address removed",
        ),
        Action::CodesExported => ("коды выгружены файлом", "codes taken away as a file"),
        Action::SuzConnected => ("подключена СУЗ", "СУЗ connected"),
        Action::SuzChanged => ("изменено подключение СУЗ", "СУЗ connection changed"),
        Action::SuzIdsSeen => ("показаны идентификаторы СУЗ", "СУЗ ids shown"),
        Action::SuzDevice => ("изменены устройства СУЗ", "СУЗ devices changed"),
        Action::SuzSigned => ("документ СУЗ подписан", "СУЗ document signed"),
        Action::SuzRetired => ("подключение СУЗ убрано", "СУЗ connection removed"),
        Action::CodesPrinted => ("напечатаны этикетки с кодами", "labels with codes printed"),
        Action::CodesPrintedAgain => (
            "этикетки с кодами напечатаны ещё раз",
            "labels with codes printed once more",
        ),
        Action::LabelsOpened => ("открыт файл этикеток", "file of labels opened"),
        Action::EmissionMade => ("заказаны коды", "codes ordered"),
        Action::EmissionWithdrawn => ("заказ кодов отозван", "order of codes taken back"),
        Action::EmissionSent => ("заказ кодов отправлен", "order of codes sent"),
        Action::EmissionTaken => ("СУЗ приняла заказ кодов", "СУЗ took the order of codes"),
        Action::EmissionRefused => (
            "СУЗ отклонила заказ кодов",
            "СУЗ refused the order of codes",
        ),
        Action::EmissionUnknown => (
            "СУЗ не ответила на заказ кодов",
            "no answer to the order of codes",
        ),
        Action::EmissionDecided => (
            "решено, что стало с заказом кодов",
            "fate of an order of codes decided",
        ),
        Action::EmissionInsisted => (
            "заказ кодов отправлен вопреки препятствиям",
            "order of codes sent in spite of what stood against it",
        ),
        Action::CodesReceived => ("коды получены", "codes received"),
        Action::CodesImported => ("коды загружены из файла", "codes brought from a file"),
        Action::EmissionClosing => (
            "заказ кодов закрывают",
            "closing of an order of codes asked",
        ),
        Action::EmissionClosed => ("заказ кодов закрыт", "order of codes closed"),
        Action::StuckOrderSettled => (
            "разобран заказ без подписи в СУЗ",
            "unsigned order in СУЗ settled",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}
