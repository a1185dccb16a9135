//! What the marketplace's verification of a mark means, and what to do about it.
//!
//! Statuses and substatuses are those of
//! [`getOrderIdentifiersStatus`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/getOrderIdentifiersStatus).
//! What they mean is written for a seller: what happened, what to press, whom to ask.

use cis::Lang;
use desk::verification::{
    CisStatus, CisSubstatus, LineVerification, MarkStatus, UinStatus, UinSubstatus,
};

/// What each of their words about an order means, each word once.
pub(crate) fn means(lines: &[LineVerification], lang: Lang) -> Vec<(MarkStatus, String)> {
    let mut means: Vec<(MarkStatus, String)> = Vec::new();
    for mark in lines.iter().flat_map(|line| &line.marks) {
        if !means.iter().any(|(known, _)| *known == mark.status) {
            means.push((mark.status.clone(), meaning(&mark.status, lang).to_owned()));
        }
    }
    means
}

/// What a status means and what is to be done.
const fn meaning(status: &MarkStatus, lang: Lang) -> &'static str {
    match status {
        MarkStatus::Cis { status, substatus } => match status {
            CisStatus::Invalid => rejected_code(substatus.as_ref(), lang),
            other => code(other, lang),
        },
        MarkStatus::Uin { status, substatus } => match status {
            UinStatus::Failed => rejected_uin(substatus.as_ref(), lang),
            other => uin(other, lang),
        },
    }
}

const fn code(status: &CisStatus, lang: Lang) -> &'static str {
    let (ru, en) = match status {
        CisStatus::Ok => (
            "Код прошёл проверку в ГИС МТ.",
            "The code passed the check of the state system.",
        ),
        CisStatus::InProgress => (
            "Маркет проверяет код в ГИС МТ. Делать ничего не нужно: ответ появится здесь сам.",
            "Market is checking the code with the state system. Nothing needs to be done: the answer appears here by itself.",
        ),
        CisStatus::NotOnValidation => (
            "Маркет ещё не отправил код на проверку. Метка спросит снова; если так останется надолго, отправьте заказ ещё раз.",
            "Market has not sent the code for checking yet. Metka will ask again; if it stays so for long, send the order again.",
        ),
        CisStatus::Failed => (
            "Проверка не состоялась: ГИС МТ не ответила Маркету. Это не отказ: Метка спросит снова, а вам можно подождать. Если не пройдёт и через час, отправьте заказ ещё раз.",
            "The check did not come about: the state system did not answer Market. It is no rejection: Metka will ask again, and you can wait. If it has not passed in an hour, send the order again.",
        ),
        CisStatus::Invalid => rejected_code_plain(),
        CisStatus::Other(_) => new_word(),
    };
    said(ru, en, lang)
}

const fn uin(status: &UinStatus, lang: Lang) -> &'static str {
    let (ru, en) = match status {
        UinStatus::Ok => (
            "УИН прошёл проверку в ГИИС ДМДК.",
            "The UIN passed the check of the state system of precious metals.",
        ),
        UinStatus::InProgress => (
            "Маркет проверяет УИН в ГИИС ДМДК. Делать ничего не нужно: ответ появится здесь сам.",
            "Market is checking the UIN with the state system of precious metals. Nothing needs to be done: the answer appears here by itself.",
        ),
        UinStatus::NotOnValidation => (
            "УИН ещё не на проверке: она начинается, когда у Маркета есть УИН всех изделий заказа. Впишите недостающие и отправьте заказ ещё раз; если есть все, подождите.",
            "The UIN is not being checked yet: that begins once Market has the UINs of all pieces in the order. Enter the missing ones and send the order again; if none is missing, wait.",
        ),
        UinStatus::Failed => rejected_uin_plain(),
        UinStatus::Other(_) => new_word(),
    };
    said(ru, en, lang)
}

const fn new_word() -> (&'static str, &'static str) {
    (
        "Метка ещё не знает этого ответа Маркета и спросит снова. Если он не сменится, спросите поддержку Маркета.",
        "Metka does not know this answer of Market yet and will ask again. If it stays, ask Market's support.",
    )
}

const fn rejected_code_plain() -> (&'static str, &'static str) {
    (
        "Код отклонён: продавать с ним нельзя. Возьмите другую единицу товара, нажмите «Заменить» и отсканируйте её.",
        "The code was rejected: nothing may be sold with it. Take another unit, press “Replace” and scan it.",
    )
}

const fn rejected_uin_plain() -> (&'static str, &'static str) {
    (
        "УИН отклонён: продавать изделие с ним нельзя. Возьмите другое изделие, нажмите «Заменить» и введите его УИН.",
        "The UIN was rejected: the piece may not be sold with it. Take another piece, press “Replace” and enter its UIN.",
    )
}

/// Why a code was rejected.
const fn rejected_code(why: Option<&CisSubstatus>, lang: Lang) -> &'static str {
    let (ru, en) = match why {
        Some(CisSubstatus::WrongOwnerInn) => (
            "В «Честном ЗНАКе» этот код числится не за вами: у владельца другой ИНН. Проверьте, подписан ли УПД с поставщиком; когда код перейдёт к вам, отправьте заказ ещё раз. Спешите — возьмите другую единицу.",
            "The state system lists this code under another owner's INN. See whether the transfer document with your supplier is signed; once the code is yours, send the order again. In a hurry, take another unit.",
        ),
        Some(CisSubstatus::CisValidationError) => (
            "Код не прошёл проверку, а причину Маркет не назвал. Отсканируйте ту же единицу ещё раз; если ответ повторится, возьмите другую и спросите поддержку Маркета.",
            "The code did not pass, and Market gives no reason. Scan the same unit again; if the answer is the same, take another one and ask Market's support.",
        ),
        Some(CisSubstatus::CisGtinNotFound) => (
            "В коде нет GTIN, номера товара: похоже, отсканирован не тот код с упаковки. Нажмите «Заменить» и отсканируйте квадратный DataMatrix.",
            "The code has no GTIN: it looks as if another code on the package was scanned. Press “Replace” and scan the square DataMatrix.",
        ),
        Some(CisSubstatus::CisSerialNumberNotFound) => (
            "В коде нет серийного номера: он прочитан не целиком. Нажмите «Заменить» и отсканируйте DataMatrix ещё раз.",
            "The code has no serial number: it was not read to its end. Press “Replace” and scan the DataMatrix again.",
        ),
        Some(CisSubstatus::InvalidSymbolsFound) => (
            "В коде есть знаки, которых в нём быть не может: так его портят таблицы и русская раскладка. Нажмите «Заменить» и отсканируйте единицу прямо сюда.",
            "The code has characters that no code has: tables and keyboard layouts spoil codes so. Press “Replace” and scan the unit right here.",
        ),
        Some(CisSubstatus::CryptoTailFormatMismatchCisType) => (
            "Криптохвост не того вида, какой бывает у таких товаров: код обрезан или потерял разделители. Нажмите «Заменить» и отсканируйте единицу ещё раз; если не поможет, спросите того, кто печатал этикетку.",
            "The crypto tail is not of the kind that such goods have: the code was cut or lost its separators. Press “Replace” and scan the unit again; if that does not help, ask whoever printed its label.",
        ),
        Some(CisSubstatus::InvalidCryptoTail) => (
            "Криптохвост не подходит к коду. Отсканируйте единицу ещё раз; если ответ повторится, её не продавайте: возьмите другую и спросите поставщика, настоящая ли этикетка.",
            "The crypto tail does not belong to the code. Scan the unit again; if the answer is the same, do not sell it: take another one and ask the supplier whether the label is genuine.",
        ),
        Some(CisSubstatus::InvalidCryptoKey) => (
            "Ключ криптохвоста неизвестен или недействителен. Отсканируйте единицу ещё раз; если ответ повторится, возьмите другую и спросите поставщика, у кого заказан код.",
            "The key of the crypto tail is unknown or not valid. Scan the unit again; if the answer is the same, take another one and ask the supplier where the code was ordered.",
        ),
        Some(CisSubstatus::VerificationFailedInEmitterCountry) => (
            "Код выпущен в другой стране, и её система маркировки его отклонила. Возьмите другую единицу, а об этой спросите поставщика.",
            "The code was made in another country, and that country's system rejected it. Take another unit, and ask the supplier about this one.",
        ),
        Some(CisSubstatus::UnsupportedAiFound) => (
            "В коде есть часть, которой у кода единицы не бывает: возможно, отсканирован код короба. Нажмите «Заменить» и отсканируйте DataMatrix самой единицы.",
            "The code has a part that a unit's code never has: perhaps a carton's code was scanned. Press “Replace” and scan the DataMatrix of the unit itself.",
        ),
        Some(CisSubstatus::CisNotFoundInGisMt) => (
            "«Честный ЗНАК» не знает такого кода. Отсканируйте единицу ещё раз; если ответ повторится, возьмите другую и спросите поставщика, выпущен ли этот код.",
            "The state system knows no such code. Scan the unit again; if the answer is the same, take another one and ask the supplier whether this code was ever issued.",
        ),
        Some(CisSubstatus::NotPlacedOnMarket) => (
            "Код не введён в оборот, продавать с ним ещё нельзя. Подайте документ о вводе в «Честном ЗНАКе» или попросите поставщика, потом отправьте заказ ещё раз. Спешите — возьмите другую единицу.",
            "The code was not put into circulation and may not be sold yet. File that document in the state system or ask the supplier to, then send the order again. In a hurry, take another unit.",
        ),
        Some(CisSubstatus::NotPrintedOnPackage) => (
            "Нет отчёта о том, что код нанесён на упаковку. Подайте отчёт о нанесении или попросите производителя, потом отправьте заказ ещё раз. Спешите — возьмите другую единицу.",
            "There is no report that the code was applied to a package. File the report or ask the producer to, then send the order again. In a hurry, take another unit.",
        ),
        Some(CisSubstatus::ExpiredItem) => (
            "Срок годности этой единицы вышел, продавать её нельзя. Возьмите другую, а эту снимите с продажи.",
            "This unit is past its date and may not be sold. Take another one, and take this one off sale.",
        ),
        Some(CisSubstatus::SaleBlockedByOgb) => (
            "Продажу этого товара запретил государственный орган. Не отгружайте эту единицу: возьмите другую и спросите поставщика, в чём причина.",
            "An authority has blocked the sale of this product. Do not ship this unit: take another one and ask the supplier for the reason.",
        ),
        Some(CisSubstatus::ItemSold) => (
            "По этому коду товар уже продан и выбыл из оборота. Возьмите другую единицу. Если эту вам вернул покупатель, сначала верните код в оборот в «Честном ЗНАКе».",
            "The unit of this code was sold already and left circulation. Take another one. If a buyer returned this one, first put its code back into circulation in the state system.",
        ),
        Some(CisSubstatus::Other(_)) | None => rejected_code_plain(),
    };
    said(ru, en, lang)
}

/// Why a УИН was rejected.
const fn rejected_uin(why: Option<&UinSubstatus>, lang: Lang) -> &'static str {
    let (ru, en) = match why {
        Some(UinSubstatus::UinMerchantMismatch) => (
            "В ГИИС ДМДК это изделие числится за другим продавцом. Примите партию в личном кабинете ДМДК и отправьте заказ ещё раз, или возьмите другое изделие.",
            "The state system of precious metals lists this piece under another seller. Accept the batch in its cabinet and send the order again, or take another piece.",
        ),
        Some(UinSubstatus::UinMerchantUnregistered) => (
            "Ваша организация не стоит на учёте в ГИИС ДМДК. Зарегистрируйтесь на dmdk.ru и отправьте заказ ещё раз; другое изделие не поможет.",
            "Your organisation is not registered in the state system of precious metals. Register at dmdk.ru and send the order again; another piece does not help.",
        ),
        Some(UinSubstatus::UinNoData) => (
            "ГИИС ДМДК ничего не знает об этом УИН. Сверьте номер с биркой и введите его ещё раз; если он верен, спросите поставщика.",
            "The state system of precious metals knows nothing of this UIN. Compare it with the tag and enter it again; if it is right, ask the supplier.",
        ),
        Some(UinSubstatus::Other(_)) | None => rejected_uin_plain(),
    };
    said(ru, en, lang)
}

const fn said(ru: &'static str, en: &'static str, lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of the documentation, 16 and 3.
    const CODES: [&str; 16] = [
        "WRONG_OWNER_INN",
        "CIS_VALIDATION_ERROR",
        "CIS_GTIN_NOT_FOUND",
        "CIS_SERIAL_NUMBER_NOT_FOUND",
        "INVALID_SYMBOLS_FOUND",
        "CRYPTO_TAIL_FORMAT_MISMATCH_CIS_TYPE",
        "INVALID_CRYPTO_TAIL",
        "INVALID_CRYPTO_KEY",
        "VERIFICATION_FAILED_IN_EMITTER_COUNTRY",
        "UNSUPPORTED_AI_FOUND",
        "CIS_NOT_FOUND_IN_GIS_MT",
        "NOT_PLACED_ON_MARKET",
        "NOT_PRINTED_ON_PACKAGE",
        "EXPIRED_ITEM",
        "SALE_BLOCKED_BY_OGB",
        "ITEM_SOLD",
    ];
    const UINS: [&str; 3] = [
        "UIN_MERCHANT_MISMATCH",
        "UIN_MERCHANT_UNREGISTERED",
        "UIN_NO_DATA",
    ];

    fn invalid(why: &str) -> MarkStatus {
        MarkStatus::Cis {
            status: CisStatus::Invalid,
            substatus: Some(CisSubstatus::from(why)),
        }
    }

    fn failed_uin(why: &str) -> MarkStatus {
        MarkStatus::Uin {
            status: UinStatus::Failed,
            substatus: Some(UinSubstatus::from(why)),
        }
    }

    #[test]
    fn every_reason_has_a_sentence_of_its_own_in_both_languages() {
        let reasons = CODES.map(invalid).into_iter().chain(UINS.map(failed_uin));
        let mut known = vec![];
        for reason in reasons {
            for lang in [Lang::Ru, Lang::En] {
                let sentence = meaning(&reason, lang);
                assert!(!known.contains(&sentence), "{reason:?} says: {sentence}");
                known.push(sentence);
            }
        }
        assert!(!known.contains(&meaning(&invalid("NEW_REASON"), Lang::Ru)));
    }

    #[test]
    fn a_failed_check_is_no_rejection_of_a_code_but_is_one_of_a_uin() {
        let code = MarkStatus::Cis {
            status: CisStatus::Failed,
            substatus: None,
        };
        assert!(meaning(&code, Lang::Ru).contains("не отказ"));
        assert!(meaning(&failed_uin("NEW"), Lang::Ru).contains("отклонён"));
    }

    #[test]
    fn a_word_from_the_future_is_waited_for() {
        let status = MarkStatus::Cis {
            status: CisStatus::from("POSTPONED"),
            substatus: None,
        };
        assert!(meaning(&status, Lang::Ru).contains("спросит снова"));
    }
}
