//! Words of signing: the queue, certificates, what the plug-in lacks, tokens.

use super::super::{number, plural, texts};
use cis::Lang;
use desk::suz::{CertificateWarning, TokenState};

texts! {
    title: "На подпись", "To be signed";
    nothing: "Подписывать нечего", "Nothing to sign";
    nothing_text: "Когда понадобится ваша подпись, документ появится здесь, а на страницах СУЗ — сообщение.",
        "When your signature is needed, the document appears here, and the pages of СУЗ say so.";
    others: "Подписать может владелец или администратор организации.",
        "The organisation's owner or an administrator can sign.";
    choose: "Выбрать сертификат", "Choose a certificate";
    choose_hint: "Браузер спросит разрешение на работу с подписью: согласитесь.",
        "The browser asks whether the page may use signatures: agree.";
    certificate_for: "Сертификат для", "Certificate for";
    pick: "выберите", "choose";
    since: "ждёт с", "waits since";
    until: "токен живёт до", "the token lives until";
    done: "подписано", "signed";
    signing: "подписываем", "signing";
    attached: "присоединённая", "attached";
    detached: "отсоединённая", "detached";
    drop: "Убрать", "Remove";
    needs_script: "Чтобы подписывать, включите JavaScript: подпись делает браузер.",
        "Signing needs JavaScript: the browser makes the signature.";
    all_done: "Всё подписано. Остановленная работа продолжается.", "All is signed. Work that stood still goes on.";
    said: "Сообщение подписи:", "The signer says:";

    extension_missing: "В браузере нет расширения КриптоПро", "The browser has no CryptoPro extension";
    extension_missing_1: "Откройте магазин расширений браузера и найдите «CryptoPro Extension for CAdES Browser Plug-in».",
        "Open the browser's shop of extensions and find “CryptoPro Extension for CAdES Browser Plug-in”.";
    extension_missing_2: "Установите и включите его, затем обновите эту страницу.",
        "Install it, switch it on, and reload this page.";
    extension_missing_3: "В Яндекс Браузере и Opera расширение есть в списке дополнений, его нужно только включить.",
        "Yandex Browser and Opera have it in their list of add-ons, where it only needs switching on.";
    plugin_missing: "На компьютере нет плагина КриптоПро", "The computer has no CryptoPro plug-in";
    plugin_missing_1: "Расширение в браузере есть, а программы, с которой оно говорит, нет.",
        "The extension is there, the program that it speaks to is not.";
    plugin_missing_2: "Скачайте «КриптоПро ЭЦП Browser plug-in» с cryptopro.ru и установите; нужен и КриптоПро CSP.",
        "Download «КриптоПро ЭЦП Browser plug-in» from cryptopro.ru and install it; CryptoPro CSP is needed too.";
    plugin_missing_3: "Перезапустите браузер и вернитесь сюда.", "Restart the browser and come back.";
    no_certificate: "Нет сертификата с ключом", "There is no certificate with a key";
    no_certificate_1: "Вставьте носитель с подписью (Рутокен, JaCarta) или установите сертификат в КриптоПро CSP.",
        "Insert the token with your signature (Rutoken, JaCarta), or install the certificate in CryptoPro CSP.";
    no_certificate_2: "КриптоПро CSP → «Сервис» → «Просмотреть сертификаты в контейнере» → «Установить».",
        "CryptoPro CSP → «Сервис» → «Просмотреть сертификаты в контейнере» → «Установить».";
    no_certificate_3: "Подпись для компании выдаёт ФНС руководителю; сотруднику нужна доверенность (МЧД).",
        "The tax service gives a company's signature to its director; others need a power of attorney (МЧД).";
    refused: "Вы отказались подписывать", "You declined to sign";
    refused_1: "Окно с вопросом закрыли или нажали «Нет». Документ по-прежнему ждёт.",
        "The question was closed or answered with “No”. The document still waits.";
    other: "Подписать не получилось", "Signing did not work";
    other_1: "Ниже — сообщение КриптоПро. Проверьте подпись на странице проверки плагина на cryptopro.ru.",
        "CryptoPro's message is below. Try the signature on the plug-in's test page on cryptopro.ru.";
}

/// The button that signs everything.
pub(crate) fn sign_all(count: u32, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Ru, 1) => "Подписать".to_owned(),
        (Lang::Ru, _) => format!(
            "Подписать {} {}",
            number(count),
            plural(count, "документ", "документа", "документов")
        ),
        (Lang::En, 1) => "Sign".to_owned(),
        (Lang::En, _) => format!("Sign {} documents", number(count)),
    }
}

/// A warning about a certificate.
pub(crate) fn warning(warning: &CertificateWarning, lang: Lang) -> String {
    let days = |days: u32| match lang {
        Lang::Ru => format!("{days} {}", plural(days, "день", "дня", "дней")),
        Lang::En => format!("{days} {}", if days == 1 { "day" } else { "days" }),
    };
    match (warning, lang) {
        (CertificateWarning::Expired { .. }, Lang::Ru) => {
            "Срок сертификата закончился: подпись не примут. Выберите другой.".into()
        }
        (CertificateWarning::Expired { .. }, Lang::En) => {
            "The certificate has expired: the signature will be refused. Choose another.".into()
        }
        (CertificateWarning::EndsSoon { days: left }, Lang::Ru) => format!(
            "Сертификату осталось жить {}. Продлите подпись и добавьте новую в кабинет; OMS ID не изменится.",
            days(*left)
        ),
        (CertificateWarning::EndsSoon { days: left }, Lang::En) => format!(
            "The certificate has {} left. Renew it and add the new one to the cabinet; OMS ID stays.",
            days(*left)
        ),
        (CertificateWarning::NotYet, Lang::Ru) => "Срок сертификата ещё не начался.".into(),
        (CertificateWarning::NotYet, Lang::En) => "The certificate does not hold yet.".into(),
        (CertificateWarning::ForeignInn { theirs, ours }, Lang::Ru) => format!(
            "В сертификате ИНН {theirs}, а у юрлица {ours}. Так бывает, если человек подписывает по доверенности (МЧД); иначе выбрана не та подпись."
        ),
        (CertificateWarning::ForeignInn { theirs, ours }, Lang::En) => format!(
            "The certificate has the INN {theirs}, the legal entity {ours}. That is right for a person with a power of attorney (МЧД); else it is the wrong signature."
        ),
        (CertificateWarning::NoInn, Lang::Ru) => {
            "В сертификате нет ИНН: «Честный знак» его не примет.".into()
        }
        (CertificateWarning::NoInn, Lang::En) => {
            "The certificate has no INN: «Честный знак» will not take it.".into()
        }
        (CertificateWarning::OurInnUnknown, Lang::Ru) => {
            "У юрлица не указан ИНН, поэтому владельца сертификата не с чем сравнить.".into()
        }
        (CertificateWarning::OurInnUnknown, Lang::En) => {
            "The legal entity has no INN, so the owner cannot be compared.".into()
        }
    }
}

/// A token's state in a word or two; its moments stand beside it.
pub(crate) const fn token(state: &TokenState, lang: Lang) -> &'static str {
    let (ru, en) = match state {
        TokenState::Never => ("ещё не входили", "no login yet"),
        TokenState::Live { .. } => ("работает", "lives"),
        TokenState::SigningSoon { .. } => {
            ("скоро понадобится подпись", "a signature is needed soon")
        }
        TokenState::WaitsForSignature { .. } => ("ждёт подписи", "waits for a signature"),
        TokenState::LoggingIn => ("входим", "signing in"),
        TokenState::Stopped { .. } => ("вход не удался", "the login failed"),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}
