//! Every cause of trouble with СУЗ: what it is called, what it means, what to do.

use cis::Lang;
use desk::suz::Cause;

/// A cause in words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CauseWords {
    /// What happened.
    pub(crate) title: &'static str,
    /// Why.
    pub(crate) means: &'static str,
    /// What to do.
    pub(crate) way_out: &'static str,
}

macro_rules! causes {
    ($($cause:ident {
        $ru_title:literal, $ru_means:literal, $ru_way_out:literal,
        $en_title:literal, $en_means:literal, $en_way_out:literal,
    })*) => {
        /// A cause in words.
        pub(crate) const fn cause(cause: Cause, lang: Lang) -> CauseWords {
            match (cause, lang) {
                $(
                    (Cause::$cause, Lang::Ru) => CauseWords { title: $ru_title, means: $ru_means, way_out: $ru_way_out },
                    (Cause::$cause, Lang::En) => CauseWords { title: $en_title, means: $en_means, way_out: $en_way_out },
                )*
            }
        }
    };
}

causes! {
    IdNotClean {
        "В идентификаторе лишние символы",
        "При копировании в строку попадают пробелы и невидимые знаки, с ними сервер не узнаёт идентификатор.",
        "Вставьте его ещё раз: Метка уберёт лишнее и скажет, что убрала.",
        "The id has characters too many",
        "Copying brings spaces and invisible characters along, and the server does not know the id with them.",
        "Paste it again: Metka removes what does not belong and says what it was.",
    }
    IdsMixedUp {
        "Перепутаны OMS ID и идентификатор соединения",
        "Они выглядят одинаково: OMS ID один на компанию и стоит справа вверху, идентификатор соединения — свой у каждого устройства, в таблице.",
        "Откройте в СУЗ раздел «Устройства» и вставьте каждый в своё поле.",
        "OMS ID and connection id are mixed up",
        "They look alike: OMS ID is one for the company, at the top right; every device has its own connection id, in the table.",
        "Open «Устройства» (Devices) in СУЗ and paste each into its own field.",
    }
    OtherContour {
        "Идентификатор из другого контура",
        "Боевой контур, тестовый контур и песочница ничего не знают друг о друге.",
        "Возьмите идентификатор в кабинете того контура, который выбран здесь.",
        "An id of another contour",
        "Production, the test contour and the sandbox know nothing of one another.",
        "Take the id from the cabinet of the contour that is chosen here.",
    }
    AddressPasted {
        "Вместо идентификатора вставлен адрес",
        "suz2.crpt.ru — это страница СУЗ для людей. Адреса для программ Метка знает сама.",
        "Адрес вводить не нужно. Вставьте идентификатор.",
        "An address instead of an id",
        "suz2.crpt.ru is СУЗ's page for people. Metka knows the addresses for programs by itself.",
        "No address is needed. Paste the id.",
    }
    EdoId {
        "Это идентификатор ЭДО",
        "Он нужен для обмена документами с контрагентами, а к кодам маркировки отношения не имеет.",
        "Впишите его в поле «Идентификатор ЭДО», а сюда вставьте идентификатор из СУЗ.",
        "This is an ЭДО id",
        "It serves the exchange of documents with partners and has nothing to do with marking codes.",
        "Put it into “ЭДО id”, and paste the id of СУЗ here.",
    }
    NoInn {
        "Не указан ИНН юрлица",
        "Без него нельзя понять, той ли компании принадлежит электронная подпись.",
        "Впишите ИНН при подключении юрлица.",
        "The legal entity has no INN",
        "Without it nobody can tell whether the signature belongs to this company.",
        "Enter the INN when connecting the legal entity.",
    }
    NoDevice {
        "Нет действующего устройства",
        "Метка входит в СУЗ от имени устройства, по его идентификатору соединения.",
        "Добавьте устройство или сделайте действующим одно из прежних.",
        "There is no active device",
        "Metka signs in to СУЗ as a device, by its connection id.",
        "Add a device, or make one of the former ones active.",
    }
    OmsIdNotFound {
        "OMS ID не найден",
        "Так бывает, если регистрация в «Честном знаке» не завершена, не подключены товарные группы или у вас нет доступа к СУЗ.",
        "Проверьте в кабинете три вещи: регистрация завершена, группы подключены, администратор дал вам доступ к СУЗ. Если всё так — напишите в поддержку «Честного знака» из кабинета.",
        "OMS ID was not found",
        "This happens when the registration is not complete, no product groups are connected, or you have no access to СУЗ.",
        "See in the cabinet that the registration is complete, groups are connected and the administrator gave you access to СУЗ. If so, write to the operator's support from the cabinet.",
    }
    OmsIdLate {
        "Прошло больше часа, а OMS ID нет",
        "Обычно он появляется за несколько минут после регистрации. Значит, регистрация не дошла до конца или СУЗ не включена.",
        "Откройте профиль в «Честном знаке» и доделайте регистрацию, затем откройте «Станцию управления заказами». Не помогло — напишите в поддержку.",
        "More than an hour, and still no OMS ID",
        "It usually appears within minutes of registering, so the registration did not end or СУЗ is not switched on.",
        "Open the profile in «Честный знак», finish the registration, then open «Станция управления заказами». If that does not help, write to support.",
    }
    InvalidOmsId {
        "СУЗ не знает такого OMS ID",
        "Опечатка, идентификатор из другого контура или чужой.",
        "Скопируйте OMS ID заново: СУЗ → «Устройства», справа вверху. Или оставьте поле пустым — Метка узнает его сама после входа.",
        "СУЗ does not know this OMS ID",
        "A slip, an id of another contour, or somebody else's.",
        "Copy OMS ID again: СУЗ → «Устройства», top right. Or leave the field empty: Metka learns it after signing in.",
    }
    ForeignOmsId {
        "Это OMS ID другой компании",
        "СУЗ назвала для этой подписи другой OMS ID: подпись и идентификатор принадлежат разным юрлицам.",
        "Проверьте, то ли юрлицо выбрано и той ли подписью вы входите.",
        "This OMS ID is another company's",
        "СУЗ names another OMS ID for this signature: signature and id belong to different legal entities.",
        "See whether the right legal entity is chosen and the right signature used.",
    }
    ProfileLocked {
        "СУЗ закрыла компании доступ",
        "Профиль компании заблокирован или приостановлен оператором: заказать коды нельзя.",
        "Причину видно в кабинете «Честного знака»; снять блокировку может поддержка.",
        "СУЗ has locked the company out",
        "The operator locked or suspended the company's profile: no codes can be ordered.",
        "The cabinet of «Честный знак» shows the reason; support can lift it.",
    }
    NoGroups {
        "Не подключена ни одна товарная группа",
        "Коды заказывают внутри товарной группы, а у компании их пока нет.",
        "Подключите нужную группу в кабинете: «Профиль» → «Товарные группы».",
        "No product group is connected",
        "Codes are ordered within a product group, and the company has none yet.",
        "Connect the group in the cabinet: «Профиль» → «Товарные группы».",
    }
    GroupClosed {
        "Товарная группа закрыта",
        "Группа не подключена, приостановлена или заблокирована. OMS ID у всех групп один, дело не в нём.",
        "Откройте в кабинете «Профиль» → «Товарные группы» и посмотрите, чего не хватает.",
        "The product group is closed",
        "It is not connected, suspended or blocked. OMS ID is the same for all groups and not to blame.",
        "Open «Профиль» → «Товарные группы» in the cabinet and see what is missing.",
    }
    NoMoney {
        "На счёте товарной группы не хватает денег",
        "За коды этой группы платят; у каждой группы свой счёт.",
        "Пополните счёт в кабинете «Честного знака» и повторите.",
        "Not enough money on the group's account",
        "Codes of this group are paid for; every group has its own account.",
        "Top the account up in the cabinet and try again.",
    }
    OldDevice {
        "Устройство удалено или старое",
        "OMS ID верный, а такого идентификатора соединения в СУЗ больше нет: устройство удалили или пересоздали.",
        "Откройте СУЗ → «Устройства», скопируйте идентификатор соединения действующего устройства и добавьте его здесь.",
        "The device was deleted or is an old one",
        "OMS ID is right, but СУЗ has no such connection id any more: the device was deleted or made anew.",
        "Open СУЗ → «Устройства», copy the connection id of a device in use and add it here.",
    }
    TokenForeign {
        "Токен не от этого OMS ID",
        "СУЗ сравнила токен с OMS ID и они не сошлись: устройство принадлежит другой компании или OMS ID вписан не тот.",
        "Проверьте, что OMS ID и устройство взяты из одного кабинета.",
        "The token does not belong to this OMS ID",
        "СУЗ compared the token with OMS ID and they differ: the device is another company's, or OMS ID is not the right one.",
        "See that OMS ID and device come from the same cabinet.",
    }
    TokenReplaced {
        "Тем же устройством вошла другая программа",
        "У устройства бывает один токен: вход другой программы отменил наш. Если обе будут входить по очереди, обе будут останавливаться.",
        "Создайте в СУЗ отдельное устройство для Метки и добавьте его здесь.",
        "Another program signed in with the same device",
        "A device has one token: the other program's login ended ours. If both go on, both keep stopping.",
        "Make a device of its own for Metka in СУЗ and add it here.",
    }
    TokenExpired {
        "Токен закончился",
        "Токен живёт десять часов, поэтому утром всё работает, а вечером нет.",
        "Подпишите вход ещё раз. Подпись на сервере продлевает токен без человека.",
        "The token has ended",
        "A token lives ten hours: what works in the morning is dead in the evening.",
        "Sign the login again. A signature on the server renews tokens without a person.",
    }
    WaitsForSignature {
        "Ждёт вашей подписи",
        "Подпись есть только у вас, поэтому без вас Метка войти не может. Работа остановилась и продолжится сама.",
        "Нажмите «Подписать».",
        "It waits for your signature",
        "Only you have the signature, so Metka cannot sign in without you. Work has stopped and goes on by itself.",
        "Press “Sign”.",
    }
    StaticTokensEnded {
        "Остановилась другая программа",
        "После первого входа по динамическому токену СУЗ отключает статические токены всей компании. Так устроена СУЗ, вернуть их нельзя.",
        "Переведите другую программу на динамический токен, с отдельным устройством.",
        "Another program stopped",
        "With the first dynamic token СУЗ switches off all static tokens of the company. СУЗ is made so, they do not come back.",
        "Move the other program to a dynamic token, with a device of its own.",
    }
    Unauthorised {
        "СУЗ не пустила (401)",
        "Токен не принят, хотя только что получен. Обычно не тот OMS ID или не тот контур.",
        "Сверьте OMS ID и контур с кабинетом и проверьте ещё раз.",
        "СУЗ let nobody in (401)",
        "The token is not accepted though it is fresh. Usually OMS ID or contour is not the right one.",
        "Compare OMS ID and contour with the cabinet and check again.",
    }
    CertificateNotRegistered {
        "Сертификат не зарегистрирован в «Честном знаке»",
        "Подпись новая, заменена при продлении или выпущена на нового руководителя. OMS ID от этого не меняется.",
        "Войдите в кабинет «Честного знака» этой подписью и добавьте её в профиле, затем повторите.",
        "The certificate is not registered with «Честный знак»",
        "The signature is new, was renewed, or belongs to a new director. OMS ID does not change by that.",
        "Enter the cabinet with this signature and add it to the profile, then try again.",
    }
    SignerNotUser {
        "У владельца подписи нет доступа к компании",
        "Подпись верная, но её владелец не заведён пользователем этой компании.",
        "Администратор добавляет сотрудника в кабинете: «Профиль» → «Пользователи», с доступом к СУЗ.",
        "The signature's owner has no access to the company",
        "The signature is good, but its owner is no user of this company.",
        "An administrator adds the person in the cabinet: «Профиль» → «Пользователи», with access to СУЗ.",
    }
    CertificateExpired {
        "Срок сертификата закончился",
        "Подпись просроченным сертификатом не принимают.",
        "Выпустите новый в удостоверяющем центре ФНС, добавьте его в кабинет «Честного знака» и выберите здесь.",
        "The certificate has expired",
        "A signature by an expired certificate is not accepted.",
        "Get a new one from the tax service, add it to the cabinet of «Честный знак» and choose it here.",
    }
    SignatureRefused {
        "Подпись не принята",
        "Сервер не смог её проверить: сертификат другого центра, не ГОСТ или в этом контуре ему не доверяют.",
        "Подпишите ещё раз. Если повторится, проверьте эту подпись входом в кабинет «Честного знака».",
        "The signature was not accepted",
        "The server could not verify it: a certificate of another centre, not GOST, or not trusted in this contour.",
        "Sign again. If it repeats, try the signature by entering the cabinet of «Честный знак».",
    }
    ChallengeOld {
        "Пока подписывали, запрос устарел",
        "Строка для подписи живёт несколько минут и годится один раз.",
        "Нажмите «Подписать» ещё раз: Метка возьмёт новую.",
        "The request grew old while it was signed",
        "The line to be signed lives a few minutes and serves once.",
        "Press “Sign” again: Metka takes a new one.",
    }
    AttachedSignature {
        "СУЗ ответила 413: подпись не того вида",
        "Для документов СУЗ нужна отсоединённая подпись, а пришла присоединённая.",
        "Если подписывает команда на сервере, администратор должен поправить её настройки.",
        "СУЗ answered 413: a signature of the wrong kind",
        "Documents of СУЗ need a detached signature, and an attached one came.",
        "If a command on the server signs, its settings are to be mended by the administrator.",
    }
    BytesChanged {
        "Документ изменился после подписи",
        "Подпись сделана для одних байтов, а пришли другие (message-digest не совпал).",
        "Метка отправляет ровно то, что подписано. Сообщите нам; если подписывает команда на сервере, проверьте, не меняет ли она файл.",
        "The document changed after it was signed",
        "The signature is over other bytes than those that came (message-digest does not match).",
        "Metka sends exactly what was signed. Tell us; if a command on the server signs, see whether it changes the file.",
    }
    NoSigner {
        "Подписать нечем",
        "Выбранный способ подписи здесь не настроен или не сработал.",
        "Выберите другой способ подписи или попросите администратора сервера проверить команду.",
        "Nothing can sign",
        "The chosen way of signing is not set up here, or did not work.",
        "Choose another way of signing, or have the server's administrator look at the command.",
    }
    AttorneyInn {
        "Не сошёлся ИНН в доверенности",
        "По машиночитаемой доверенности человек подписывает за несколько компаний, и нужно назвать, за какую.",
        "Проверьте ИНН юрлица и что доверенность загружена в «Честный знак».",
        "The INN of the power of attorney does not agree",
        "With a machine-readable power of attorney a person signs for several companies, and must name one.",
        "See that the legal entity's INN is right and the power of attorney is in «Честный знак».",
    }
    SuzUnreachable {
        "СУЗ не отвечает",
        "Станция управления заказами недоступна: обновление у оператора или нет связи. Ваши настройки ни при чём.",
        "Подождите и повторите. Работы оператора объявляют на сайте честныйзнак.рф.",
        "СУЗ does not answer",
        "The station cannot be reached: the operator updates it, or the network is down. Your settings are not to blame.",
        "Wait and try again. The operator announces works on честныйзнак.рф.",
    }
    TrueApiUnreachable {
        "Сервер входа не отвечает",
        "Вход идёт через True API «Честного знака», и он сейчас недоступен. Ваши настройки ни при чём.",
        "Подождите и повторите.",
        "The login server does not answer",
        "One signs in through True API of «Честный знак», which cannot be reached now. Your settings are not to blame.",
        "Wait and try again.",
    }
    SuzSlowInside {
        "Сервер входа не дождался СУЗ",
        "True API спрашивает токен у СУЗ, и та не успела ответить. Ваши настройки ни при чём.",
        "Повторите через несколько минут: понадобится новая подпись.",
        "The login server waited for СУЗ in vain",
        "True API asks СУЗ for the token, and it did not answer in time. Your settings are not to blame.",
        "Try again in some minutes: a new signature will be needed.",
    }
    TheirFault {
        "Ошибка на стороне «Честного знака»",
        "Сервер ответил внутренней ошибкой. Оператор просит повторить через полминуты.",
        "Подождите полминуты и повторите.",
        "An error on the operator's side",
        "The server answered with an error of its own. The operator asks to repeat in half a minute.",
        "Wait half a minute and try again.",
    }
    TooFast {
        "Слишком много запросов",
        "Сервер просит сделать паузу.",
        "Подождите минуту и повторите.",
        "Too many calls",
        "The server asks for a pause.",
        "Wait a minute and try again.",
    }
    OldApi {
        "По этому адресу отвечает что-то другое",
        "Ответ не похож на СУЗ третьей версии: старый учебный стенд или неверный адрес в настройках сервера.",
        "Адреса задаёт администратор сервера Метки (METKA_HOSTS): пусть сверит их.",
        "Something else answers at this address",
        "The answer is not like СУЗ of version 3: an old stand, or a wrong address in the server's settings.",
        "Addresses are set by the administrator of Metka's server (METKA_HOSTS), who should compare them.",
    }
    RegistrationKey {
        "Ключ регистрации не подходит",
        "Создавать и удалять устройства из программы можно только с ключом, который оператор выдаёт её разработчику.",
        "Создайте устройство в кабинете СУЗ и добавьте его здесь по идентификатору.",
        "The registration key does not fit",
        "Devices are made and deleted by programs only with a key that the operator gives their maker.",
        "Make the device in СУЗ's cabinet and add it here by its id.",
    }
    Pharma {
        "Лекарства Метка не ведёт",
        "Для лекарств вход в СУЗ другой, через МДЛП, и Метка его не поддерживает.",
        "Для лекарств нужна программа с поддержкой МДЛП; остальные товарные группы ведите здесь.",
        "Metka does not do medicines",
        "Medicines sign in to СУЗ another way, through МДЛП, which Metka does not support.",
        "Medicines need a program that speaks МДЛП; other product groups can be kept here.",
    }
    TooManyOrders {
        "Открыто сто заказов",
        "СУЗ держит не больше ста открытых заказов и ста в очереди.",
        "Закройте заказы, коды которых уже получены.",
        "A hundred orders are open",
        "СУЗ keeps at most a hundred open orders and a hundred in its queue.",
        "Close the orders whose codes were fetched.",
    }
    GtinNotReady {
        "Карточка товара не готова (0106)",
        "GTIN нет в реестре, карточка не опубликована или выбрана не та товарная группа.",
        "Проверьте карточку в Национальном каталоге: статус «Опубликована», группа та же.",
        "The product card is not ready (0106)",
        "The GTIN is not in the registry, its card is not published, or the group is not the right one.",
        "See the card in the National Catalogue: published, and in the same group.",
    }
    OrderNotSigned {
        "Заказ не подписан и не движется",
        "Без подписи СУЗ принимает заказ, но оставляет его в статусе CREATED навсегда.",
        "Подпишите документ заказа или удалите его.",
        "The order is not signed and does not move",
        "СУЗ takes an order without a signature, and leaves it in CREATED for ever.",
        "Sign the order's document, or delete it.",
    }
    OrderGone {
        "СУЗ больше не знает этого заказа",
        "Она его приняла, но уже больше часа не находит ни по номеру, ни в поиске: скорее всего, его удалили в кабинете или другой программой.",
        "Проверьте в кабинете СУЗ. Если коды нужны, закажите заново.",
        "СУЗ does not know this order any more",
        "It took it, and for more than an hour has found it neither by its number nor by searching: most likely it was deleted in the cabinet or by another program.",
        "Look in СУЗ's cabinet. If the codes are needed, order anew.",
    }
    CodesLost {
        "Ответ с кодами потерялся",
        "СУЗ выдала коды, но связь оборвалась. Коды не пропали: выданный блок можно получить повторно, пока заказ не закрыт.",
        "Метка запросит блоки заново. Не закрывайте заказ.",
        "The answer with the codes was lost",
        "СУЗ handed codes out, and the connection broke. They are not gone: a block can be fetched again until the order is closed.",
        "Metka asks for the blocks again. Do not close the order.",
    }
    CodesCame {
        "Кодов стало больше",
        "После того как попросили закрыть заказ, СУЗ подготовила ещё коды. Закрытие аннулировало бы больше, чем подтвердили.",
        "Получите коды или закройте заказ ещё раз, подтвердив новое число.",
        "There are more codes now",
        "СУЗ made more codes after the closing was asked for. It would annul more than was confirmed.",
        "Receive the codes, or close the order again and confirm the new number.",
    }
    BlocksEmpty {
        "Повторить нечего",
        "Коды сначала забрали в кабинете или заказ закрыт, поэтому СУЗ не отдаёт их программе.",
        "Скачайте коды в кабинете СУЗ и загрузите файл в Метку.",
        "There is nothing to fetch again",
        "The codes were first taken in the cabinet, or the order is closed, so that СУЗ gives them to no program.",
        "Download the codes in СУЗ's cabinet and bring the file to Metka.",
    }
    CodesAnnulled {
        "Коды аннулированы по сроку",
        "Коды, которые не нанесли за 30, 60 или 90 дней, СУЗ аннулирует.",
        "Закажите новые и следите за сроком в списке.",
        "The codes were annulled",
        "Codes that are not applied within 30, 60 or 90 days are annulled by СУЗ.",
        "Order new ones, and mind the date in the list.",
    }
    GsLost {
        "Напечатанный код не читается",
        "При печати потерялся разделитель GS или знак FNC1: так бывает с кодами, прошедшими через таблицу.",
        "Печатайте этикетки из Метки или проверьте код на странице «Проверка кода».",
        "The printed code cannot be read",
        "The separator GS or the sign FNC1 was lost on the way to print, as happens by way of spreadsheets.",
        "Print labels from Metka, or look at the code on “Check a code”.",
    }
    Other {
        "Сервер отказал",
        "Такой ответ Метке незнаком.",
        "Прочитайте слова сервера ниже. С ними можно обратиться в поддержку «Честного знака».",
        "The server said no",
        "Metka does not know this answer.",
        "Read the server's words below; support of «Честный знак» will want them.",
    }
}
