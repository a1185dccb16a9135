//! Questions and answers about OMS ID.

use cis::Lang;
use desk::suz::question::Question;

macro_rules! answers {
    ($($question:ident { $ru:literal, $ru_answer:literal, $en:literal, $en_answer:literal, })*) => {
        /// A question with its answer.
        pub(crate) const fn question(question: Question, lang: Lang) -> (&'static str, &'static str) {
            match (question, lang) {
                $(
                    (Question::$question, Lang::Ru) => ($ru, $ru_answer),
                    (Question::$question, Lang::En) => ($en, $en_answer),
                )*
            }
        }
    };
}

answers! {
    CannotFind {
        "Не могу найти OMS ID в кабинете",
        "Он в «Станции управления заказами», раздел «Устройства», справа вверху над таблицей — даже если устройств ещё нет. Раздел видит администратор. Не видно — проверьте, завершена ли регистрация, подключены ли товарные группы и дан ли вам доступ к СУЗ. Поле можно оставить пустым: после входа Метка узнает OMS ID сама.",
        "I cannot find OMS ID in the cabinet",
        "It stands in «Станция управления заказами», «Устройства», at the top right above the table, even when there are no devices. Administrators see it. If you do not: is the registration complete, are product groups connected, have you access to СУЗ? The field may stay empty: Metka learns OMS ID after signing in.",
    }
    HowLong {
        "Только что зарегистрировались, OMS ID нет",
        "Обычно он появляется за несколько минут. Если прошло больше часа, регистрация не дошла до конца или СУЗ не включена: доделайте её в профиле, затем напишите в поддержку.",
        "We have just registered, and there is no OMS ID",
        "It usually appears within minutes. After more than an hour the registration did not end or СУЗ is not on: finish it in the profile, then write to support.",
    }
    Invalid {
        "Что значит «Invalid OMS ID»",
        "СУЗ не знает такого идентификатора: опечатка, лишний пробел, идентификатор из другого контура. Пробелы Метка убирает сама; остальное покажет самопроверка.",
        "What “Invalid OMS ID” means",
        "СУЗ does not know the id: a slip, a space too many, an id of another contour. Metka removes spaces by itself; the self-check shows the rest.",
    }
    Unauthorised {
        "СУЗ отвечает 401",
        "Токен закончился, заменён другой программой или не от этого OMS ID. Метка один раз войдёт заново; если не помогло, самопроверка назовёт причину.",
        "СУЗ answers 401",
        "The token ended, was replaced by another program, or is not of this OMS ID. Metka signs in once more; if that does not help, the self-check names the cause.",
    }
    Unreachable {
        "СУЗ не отвечает",
        "Чаще всего это работы у оператора. Метка подождёт и продолжит сама. Адрес менять не нужно: его нельзя ввести неверно.",
        "СУЗ does not answer",
        "Mostly the operator is at work on it. Metka waits and goes on by itself. No address is to be changed: none can be entered wrong.",
    }
    OldDevice {
        "Всё вписано верно, а войти нельзя",
        "Скорее всего, идентификатор соединения от удалённого устройства. Откройте «Устройства» в СУЗ и возьмите идентификатор того, что есть в таблице сейчас.",
        "All is entered right, and the login fails",
        "Most likely the connection id is of a deleted device. Open «Устройства» in СУЗ and take the id of one that is in the table now.",
    }
    RenewedCertificate {
        "Продлили электронную подпись",
        "OMS ID не меняется. Добавьте новый сертификат в профиле «Честного знака» и выберите его при следующей подписи здесь.",
        "The electronic signature was renewed",
        "OMS ID does not change. Add the new certificate to the profile of «Честный знак», and choose it when you sign here next.",
    }
    NewDirector {
        "Сменился руководитель",
        "OMS ID не меняется: он принадлежит компании. Новый руководитель регистрирует свою подпись в кабинете.",
        "There is a new director",
        "OMS ID does not change: it belongs to the company. The new director registers their signature in the cabinet.",
    }
    Change {
        "Можно ли сменить OMS ID",
        "Нет, он даётся один раз. Если его узнали чужие, удалите устройства в СУЗ и создайте новые: сменятся идентификаторы соединения, а без них войти нельзя.",
        "Can OMS ID be changed?",
        "No, it is given once. If strangers learnt it, delete the devices in СУЗ and make new ones: the connection ids change, and nobody signs in without them.",
    }
    Lost {
        "Потеряли OMS ID",
        "Потерять его нельзя: он всегда в СУЗ, раздел «Устройства», и в профиле пользователя «Честного знака».",
        "OMS ID was lost",
        "It cannot be: it always stands in СУЗ, «Устройства», and in the user's profile.",
    }
    Edo {
        "OMS ID и идентификатор ЭДО — одно и то же?",
        "Нет. OMS ID — для заказа кодов. Идентификатор ЭДО (начинается с 2BE, 2BM и подобного) — для передаточных документов с контрагентами.",
        "Is OMS ID the same as an ЭДО id?",
        "No. OMS ID is for ordering codes. An ЭДО id (it begins with 2BE, 2BM and the like) is for transfer documents with partners.",
    }
    Computers {
        "Хватит ли одного OMS ID на несколько компьютеров",
        "Да, он один на компанию. А устройство заводите отдельное для каждой программы: две программы с одним устройством отменяют токены друг друга.",
        "Will one OMS ID do for several computers?",
        "Yes, it is one for the company. But make a device for each program: two programs with one device end each other's tokens.",
    }
    Groups {
        "Нужен ли свой OMS ID для каждой товарной группы",
        "Нет, он один на все группы. Группу называют в самом заказе кодов.",
        "Does every product group need its own OMS ID?",
        "No, one for all groups. The group is named in the order of codes.",
    }
    Coincide {
        "Видели такой же OMS ID у других",
        "У двух компаний он не совпадает. Одинаковые встречаются только в учебных примерах; такой Метка узнает и скажет.",
        "We saw the same OMS ID elsewhere",
        "No two companies have the same. Equal ones stand in samples only, and Metka recognises that one.",
    }
    Migration {
        "Переходим с другой программы",
        "OMS ID тот же. Создайте для Метки новое устройство, а старое оставьте до конца перехода: здесь его можно держать рядом, «параллельно». Потом отключите.",
        "We move from another program",
        "OMS ID stays. Make a new device for Metka and keep the old one until the move is done: here it can stand beside, “in parallel”. Retire it afterwards.",
    }
    PersonLeft {
        "Ушёл сотрудник, знавший идентификаторы",
        "OMS ID сменить нельзя, а устройства можно: удалите в СУЗ те, что он знал, и создайте новые. Метка напомнит, какие устройства добавил он.",
        "Somebody who knew the ids has left",
        "OMS ID cannot be changed, devices can: delete those the person knew in СУЗ and make new ones. Metka reminds you which devices they added.",
    }
    Works {
        "Как понять, что всё работает",
        "Пройдите самопроверку: форма, пробный запрос, а когда появится заказ кодов — пробный заказ от 1 до 10 кодов.",
        "How do we know that it works?",
        "Go through the self-check: form, test request and, once codes can be ordered, a test order of 1 to 10 codes.",
    }
    Shop {
        "Мы только торгуем. Нужен ли OMS ID",
        "Нет. Он нужен тем, кто вводит товар в оборот: производителям, импортёрам и тем, кто маркирует остатки.",
        "We only sell. Do we need OMS ID?",
        "No. It is for those who bring goods into circulation: makers, importers, and those who mark leftovers.",
    }
}
