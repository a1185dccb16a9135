//! What became of a pasted id, in words.

use cis::Lang;
use desk::suz::paste::{Cleaning, Mistake};

/// What was cleaned away, as the object of «Убрали:».
pub(crate) const fn cleaning(cleaning: Cleaning, lang: Lang) -> &'static str {
    let (ru, en) = match cleaning {
        Cleaning::Spaces => ("пробелы", "spaces"),
        Cleaning::HardSpaces => ("неразрывные пробелы", "non-breaking spaces"),
        Cleaning::Invisible => ("невидимые символы", "invisible characters"),
        Cleaning::Quotes => ("кавычки", "quotes"),
        Cleaning::Braces => ("скобки", "brackets"),
        Cleaning::Dashes => ("тире заменили дефисами", "dashes became hyphens"),
        Cleaning::UpperCase => (
            "заглавные буквы заменили строчными (с ними СУЗ отвечает ошибкой 1140)",
            "capitals became small letters (СУЗ answers them with error 1140)",
        ),
        Cleaning::Cyrillic => (
            "русские буквы заменили похожими латинскими",
            "Russian letters became the Latin ones they look like",
        ),
        Cleaning::NoHyphens => ("добавили дефисы", "hyphens were added"),
        Cleaning::Around => ("слова вокруг", "words around it"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

/// A mistake in a sentence or two.
pub(crate) fn mistake(mistake: &Mistake, lang: Lang) -> String {
    match lang {
        Lang::Ru => mistake_ru(mistake),
        Lang::En => mistake_en(mistake),
    }
}

fn mistake_ru(mistake: &Mistake) -> String {
    match mistake {
        Mistake::Empty => "Вставьте идентификатор.".into(),
        Mistake::ConnectionIdHere { device: None } => {
            "Это идентификатор соединения, он нужен в другом поле. OMS ID написан в СУЗ справа вверху над таблицей устройств.".into()
        }
        Mistake::ConnectionIdHere { device: Some(name) } => format!(
            "Это идентификатор соединения устройства «{name}», он нужен в другом поле. OMS ID написан в СУЗ справа вверху над таблицей устройств."
        ),
        Mistake::OmsIdHere => {
            "Это OMS ID, он нужен в другом поле. Идентификатор соединения — в таблице устройств СУЗ, в строке вашего устройства.".into()
        }
        Mistake::SameAsOmsId => {
            "Здесь то же, что в поле OMS ID. Идентификатор соединения другой: он в таблице устройств СУЗ, в строке вашего устройства.".into()
        }
        Mistake::EdoId => {
            "Это идентификатор ЭДО: он для обмена документами, у него отдельное поле ниже. Здесь нужен идентификатор из СУЗ.".into()
        }
        Mistake::OtherContour { contour } => format!(
            "Этот идентификатор известен по другому контуру: {}. В каждом контуре идентификаторы свои.",
            super::contour(*contour, Lang::Ru)
        ),
        Mistake::OtherLegalEntity { name } => {
            format!("Это идентификатор другого вашего юрлица: {name}. Проверьте, для кого подключаете.")
        }
        Mistake::RetiredDevice { name } => format!(
            "Это старое устройство «{name}», вы его отключили. Возьмите идентификатор действующего."
        ),
        Mistake::KnownDevice { name } => {
            format!("Это устройство уже здесь, под именем «{name}».")
        }
        Mistake::Address { of_suz: true } => {
            "Это адрес страницы СУЗ. Адрес вводить не нужно, Метка его знает. Здесь нужен идентификатор: его видно на этой странице в разделе «Устройства».".into()
        }
        Mistake::Address { of_suz: false } => {
            "Это адрес. Адреса вводить не нужно, Метка их знает. Здесь нужен идентификатор.".into()
        }
        Mistake::Inn => "Это ИНН. Здесь нужен идентификатор из СУЗ.".into(),
        Mistake::Token => {
            "Это токен входа. Его никуда вставлять не нужно, и показывать никому нельзя: Метка получает свой сама.".into()
        }
        Mistake::MarketplaceKey => {
            "Это ключ Яндекс Маркета. Он нужен на странице «Подключения».".into()
        }
        Mistake::RegistrationKey => {
            "Это ключ регистрации устройств, общий для всех. Здесь нужен ваш идентификатор.".into()
        }
        Mistake::Sample => {
            "Это идентификатор из примеров в документации, он ничей. Возьмите свой в СУЗ.".into()
        }
        Mistake::Several => "Здесь несколько идентификаторов. Оставьте один.".into(),
        Mistake::Length { digits } => format!(
            "В идентификаторе 32 цифры и буквы, а здесь {digits}. Скопируйте его целиком."
        ),
        Mistake::Hyphens => {
            "Знаков сколько нужно, но дефисы не на местах. Скопируйте идентификатор заново.".into()
        }
        Mistake::Character { found, at } => format!(
            "Знак «{found}» на месте {at} лишний: в идентификаторе бывают только цифры и латинские буквы от a до f."
        ),
        Mistake::Nil => "Это пустой идентификатор из одних нулей.".into(),
        Mistake::NotEdoId => {
            "Не похоже на идентификатор ЭДО: он начинается с кода оператора из трёх знаков, например 2BE или 2BM.".into()
        }
    }
}

fn mistake_en(mistake: &Mistake) -> String {
    match mistake {
        Mistake::Empty => "Paste the id.".into(),
        Mistake::ConnectionIdHere { device: None } => {
            "This is a connection id, which belongs into the other field. OMS ID stands at the top right of СУЗ's table of devices.".into()
        }
        Mistake::ConnectionIdHere { device: Some(name) } => format!(
            "This is the connection id of the device “{name}”, which belongs into the other field. OMS ID stands at the top right of СУЗ's table of devices."
        ),
        Mistake::OmsIdHere => {
            "This is OMS ID, which belongs into the other field. The connection id stands in СУЗ's table of devices, in the row of your device.".into()
        }
        Mistake::SameAsOmsId => {
            "This is the same as in the field OMS ID. The connection id is another one: in СУЗ's table of devices, in the row of your device.".into()
        }
        Mistake::EdoId => {
            "This is an ЭДО id: it serves the exchange of documents and has a field of its own below. An id of СУЗ is needed here.".into()
        }
        Mistake::OtherContour { contour } => format!(
            "This id is known from another contour: {}. Every contour has ids of its own.",
            super::contour(*contour, Lang::En)
        ),
        Mistake::OtherLegalEntity { name } => {
            format!("This is an id of another legal entity of yours: {name}. See whom you connect.")
        }
        Mistake::RetiredDevice { name } => {
            format!("This is the former device “{name}”, which you retired. Take the id of one in use.")
        }
        Mistake::KnownDevice { name } => format!("This device is here already, as “{name}”."),
        Mistake::Address { of_suz: true } => {
            "This is the address of СУЗ's page. No address is needed, Metka knows it. An id is: that page shows it under «Устройства».".into()
        }
        Mistake::Address { of_suz: false } => {
            "This is an address. None is needed, Metka knows them. An id is needed here.".into()
        }
        Mistake::Inn => "This is an INN. An id of СУЗ is needed here.".into(),
        Mistake::Token => {
            "This is a login token. It is to be pasted nowhere and shown to nobody: Metka gets its own.".into()
        }
        Mistake::MarketplaceKey => {
            "This is a key of Yandex Market. It belongs to the page “Connections”.".into()
        }
        Mistake::RegistrationKey => {
            "This is the registration key that is the same for everybody. Your id is needed here.".into()
        }
        Mistake::Sample => {
            "This id is of the samples in the documentation and nobody's. Take yours from СУЗ.".into()
        }
        Mistake::Several => "There are several ids here. Leave one.".into(),
        Mistake::Length { digits } => {
            format!("An id has 32 digits and letters, and here are {digits}. Copy the whole of it.")
        }
        Mistake::Hyphens => {
            "The count is right, but the hyphens are in wrong places. Copy the id again.".into()
        }
        Mistake::Character { found, at } => format!(
            "The character “{found}” at place {at} does not belong: an id has digits and the letters a to f only."
        ),
        Mistake::Nil => "This is an empty id of zeros.".into(),
        Mistake::NotEdoId => {
            "Not like an ЭДО id, which begins with three characters of the operator, for example 2BE or 2BM.".into()
        }
    }
}
