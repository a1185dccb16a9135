//! What Market's refusals mean for a person: by their code, and where the code says little, by the text.
//!
//! Codes are those of `ApiErrorCodeType`, texts those of the
//! [list of errors](https://yandex.ru/dev/market/partner-api/doc/ru/concepts/error-codes); both grow, so an unknown
//! one has no explanation and is only quoted.

use cis::Lang;
use desk::submission::{TheirError, TheirWords};

/// What a refusal means and what to do about it: the first entry that is known decides.
pub(crate) fn explain(words: &TheirWords, lang: Lang) -> Option<String> {
    let by_text = words.errors.iter().find_map(by_text);
    let by_code = || {
        words
            .errors
            .iter()
            .find_map(|error| find(CODES, |code| code == error.code))
    };
    let by_status = || match words.http {
        401 => find(CODES, |code| code == "UNAUTHORIZED"),
        403 => find(CODES, |code| code == "FORBIDDEN"),
        404 => find(CODES, |code| code == "NOT_FOUND"),
        420 => find(CODES, |code| code == "REQUEST_LIMIT_EXCEEDED"),
        423 => find(CODES, |code| code == "LOCKED"),
        500.. => find(CODES, |code| code == "INTERNAL_ERROR"),
        _ => None,
    };
    let (ru, en) = by_text.or_else(by_code).or_else(by_status)?;
    let sentence = match lang {
        Lang::Ru => ru,
        Lang::En => en,
    };
    Some(sentence.to_owned())
}

type Sentence = (&'static str, &'static str);

fn find(table: &[(&str, Sentence)], wanted: impl Fn(&str) -> bool) -> Option<Sentence> {
    table
        .iter()
        .find(|(key, _)| wanted(key))
        .map(|(_, sentence)| *sentence)
}

/// Texts say more than the general codes they come with, so they are asked first.
fn by_text(error: &TheirError) -> Option<Sentence> {
    let message = error.message.as_deref()?.to_lowercase();
    find(TEXTS, |part| message.contains(part))
}

/// Parts of texts, in lower case, the particular before the general.
const TEXTS: &[(&str, Sentence)] = &[
    (
        "after ready_to_ship",
        (
            "Заказ уже отмечен готовым к отгрузке: коды менять поздно.",
            "The order is marked as ready to ship: it is too late to change its codes.",
        ),
    ),
    (
        "no boxes found",
        (
            "Маркет ещё не хранит коробок этого заказа. Отправьте их, и этикетки появятся.",
            "Market holds no boxes of this order yet. Send them, and the labels appear.",
        ),
    ),
    (
        "no permission to set status",
        (
            "Магазину этой модели Маркет не разрешает такой статус. Обновите заказ.",
            "Market does not allow this status to a shop of this model. Refresh the order.",
        ),
    ),
    (
        "transition '",
        (
            "Маркет не меняет статус заказа: причина в конце его ответа. Чаще всего переданы или проверены не все коды. Исправьте, обновите заказ и попробуйте ещё раз.",
            "Market does not change the order's status: the reason ends its answer. Most often not all codes were sent or verified. Put it right, refresh the order and try again.",
        ),
    ),
    (
        "campaign type is not allowed",
        (
            "Этот магазин работает по другой модели, коды его заказов передаются иначе.",
            "This shop works by another model; the codes of its orders go another way.",
        ),
    ),
    (
        "action is not allowed for order",
        (
            "В нынешнем статусе заказа Маркет этого не принимает. Обновите заказ.",
            "Market does not take this in the order's present status. Refresh the order.",
        ),
    ),
    (
        "token does not have any of the scopes",
        (
            "У ключа нет доступа к заказам. В кабинете добавьте ему «Обработка заказов и управление остатками»; изменение действует через 10 минут.",
            "The key has no access to orders. Add “Order processing and stock” to it in the cabinet; it takes effect within 10 minutes.",
        ),
    ),
    (
        "is revoked",
        (
            "Ключ отозван в кабинете. Создайте новый и замените его.",
            "The key was revoked in the cabinet. Make a new one and replace it.",
        ),
    ),
    ("token is invalid", KEY_INVALID),
    ("prefix invalid", KEY_MALFORMED),
    ("length invalid", KEY_MALFORMED),
    ("format invalid", KEY_MALFORMED),
    ("token is not specified", KEY_INVALID),
    (
        "due to inactivity",
        (
            "Маркет отключил API этого магазина: с ним давно не работали. Включите его в кабинете.",
            "Market switched the API of this shop off: nobody worked with it for long. Switch it on in the cabinet.",
        ),
    ),
    (
        "no active contracts",
        (
            "У магазина нет действующего договора с Маркетом, поэтому API отключён.",
            "The shop has no contract with Market in force, so its API is switched off.",
        ),
    ),
    (
        "no placement program",
        (
            "У магазина ещё не выбрана модель работы, поэтому API отключён.",
            "The shop has no model of work yet, so its API is switched off.",
        ),
    ),
    ("api for campaign", API_DISABLED),
    (
        "occasionally forbidden",
        (
            "Маркет закрывает этот способ обмена. Обновите Метку.",
            "Market is closing this method. Update Metka.",
        ),
    ),
    ("order not found", NOT_FOUND),
    (
        "no access to campaign",
        (
            "Этот ключ не открывает магазин заказа. Проверьте подключение.",
            "This key does not open the order's shop. Check the connection.",
        ),
    ),
    (
        "not a valid country code",
        (
            "Маркет не знает такой страны. Выберите её из списка.",
            "Market does not know this country. Choose it from the list.",
        ),
    ),
    ("invalid incoming cis", INVALID_CIS),
    (
        "too big",
        (
            "За один раз передано слишком много. Уменьшите число кодов.",
            "Too much was sent at once. Send fewer codes.",
        ),
    ),
];

const KEY_INVALID: Sentence = (
    "Маркет не знает такого ключа. Скопируйте его ещё раз или создайте новый.",
    "Market does not know this key. Copy it again or make a new one.",
);
const KEY_MALFORMED: Sentence = (
    "Ключ скопирован не целиком. Он начинается с ACMA: и состоит из трёх частей.",
    "The key was not copied whole. It begins with ACMA: and has three parts.",
);
const API_DISABLED: Sentence = (
    "API этого магазина отключён. Включите его в кабинете Маркета и проверьте подключение ещё раз.",
    "The API of this shop is switched off. Switch it on in Market's cabinet and check the connection again.",
);
const NOT_FOUND: Sentence = (
    "Маркет не нашёл такого заказа в этом магазине.",
    "Market did not find such an order in this shop.",
);
const INVALID_CIS: Sentence = (
    "Маркет не принял один из кодов: с ним что-то не так. Отсканируйте эту единицу ещё раз.",
    "Market did not take one of the codes: something is wrong with it. Scan that unit again.",
);
const STATUS: Sentence = (
    "В нынешнем статусе заказа Маркет этого не принимает. Обновите заказ.",
    "Market does not take this in the order's present status. Refresh the order.",
);
const CHECKING: Sentence = (
    "Маркет ещё проверяет прошлые коды. Подождите немного и отправьте снова.",
    "Market is still checking the codes sent before. Wait a little and send again.",
);

/// Codes of `errors[].code`.
const CODES: &[(&str, Sentence)] = &[
    ("INVALID_CIS", INVALID_CIS),
    (
        "DUPLICATE_CIS",
        (
            "Один код передан для двух единиц. У каждой единицы должен быть свой код.",
            "One code was given for two units. Every unit has a code of its own.",
        ),
    ),
    (
        "TOO_MANY_CISES_FOR_ITEM",
        (
            "Кодов больше, чем единиц в строке заказа. Обновите заказ: возможно, его изменили.",
            "There are more codes than units in the line. Refresh the order: it may have changed.",
        ),
    ),
    (
        "TOO_FEW_CISES_FOR_ITEM",
        (
            "Кодов меньше, чем единиц в строке заказа. Заполните все места и отправьте снова.",
            "There are fewer codes than units in the line. Fill every place and send again.",
        ),
    ),
    ("CIS_VALIDATION_IN_PROGRESS_ERROR", CHECKING),
    ("UIN_VALIDATION_IN_PROGRESS_ERROR", CHECKING),
    (
        "CIS_HANDLE_MODE_RESTRICTION",
        (
            "Для этого товара Маркет не принимает коды таким способом.",
            "Market does not take codes for this product this way.",
        ),
    ),
    (
        "INVALID_UIN",
        (
            "Маркет не принял один из УИН. Проверьте его: 16 цифр с бирки.",
            "Market did not take a UIN. Check it: the 16 digits of the label.",
        ),
    ),
    (
        "DUPLICATE_UIN",
        (
            "Один УИН передан для двух изделий.",
            "One UIN was given for two pieces.",
        ),
    ),
    (
        "TOO_MANY_UINS_FOR_ITEM",
        (
            "УИН больше, чем изделий в строке заказа.",
            "There are more UINs than pieces in the line.",
        ),
    ),
    (
        "TOO_FEW_UINS_FOR_ITEM",
        (
            "УИН меньше, чем изделий в строке заказа.",
            "There are fewer UINs than pieces in the line.",
        ),
    ),
    (
        "INVALID_RNPT",
        (
            "Маркет не принял РНПТ. Сверьте его с документами на товар.",
            "Market did not take the RNPT. Compare it with the papers.",
        ),
    ),
    (
        "INVALID_GTD",
        (
            "Маркет не принял ГТД. Сверьте её с документами на товар.",
            "Market did not take the GTD. Compare it with the papers.",
        ),
    ),
    (
        "INVALID_COUNTRY_CODE",
        (
            "Маркет не знает такой страны. Выберите её из списка.",
            "Market does not know this country. Choose it from the list.",
        ),
    ),
    (
        "COUNTRY_CODE_AND_GTD_ARE_REQUIRED_VALIDATION_ERROR",
        (
            "Нужны и ГТД, и страна происхождения.",
            "Both GTD and country of origin are needed.",
        ),
    ),
    (
        "ITEM_NOT_FOUND",
        (
            "В заказе больше нет этого товара. Обновите заказ.",
            "This product is no longer in the order. Refresh the order.",
        ),
    ),
    (
        "INVALID_ITEM",
        (
            "Маркет не узнал товар в заказе. Обновите заказ.",
            "Market did not recognise a product of the order. Refresh the order.",
        ),
    ),
    (
        "ITEM_DUPLICATE",
        (
            "Товар передан дважды. Обновите заказ и отправьте снова.",
            "A product was given twice. Refresh the order and send again.",
        ),
    ),
    (
        "ITEM_SHIPPED",
        (
            "Этот товар уже отгружен: коды менять поздно.",
            "This product is shipped already: it is too late to change its codes.",
        ),
    ),
    (
        "CANCELLATION_REQUESTED",
        (
            "Покупатель отменяет заказ: коды не нужны.",
            "The buyer is cancelling the order: no codes are needed.",
        ),
    ),
    (
        "ORDER_IN_TERMINAL_STATE",
        (
            "Заказ завершён: коды больше не принимаются.",
            "The order is finished: codes are no longer taken.",
        ),
    ),
    ("STATUS_NOT_ALLOWED", STATUS),
    ("SUBSTATUS_NOT_ALLOWED", STATUS),
    ("ACTION_FORBIDDEN", STATUS),
    ("INVALID_ORDER_STATUS", STATUS),
    (
        "ORDER_MODIFICATION_NOT_ALLOWED",
        (
            "Этот заказ больше нельзя менять.",
            "This order can no longer be changed.",
        ),
    ),
    (
        "CAMPAIGN_TYPE_NOT_SUPPORTED",
        (
            "Этот магазин работает по другой модели, коды его заказов передаются иначе.",
            "This shop works by another model; the codes of its orders go another way.",
        ),
    ),
    ("API_DISABLED", API_DISABLED),
    ("UNAUTHORIZED", KEY_INVALID),
    (
        "FORBIDDEN",
        (
            "Ключу это не разрешено. Проверьте его доступы в кабинете Маркета.",
            "The key may not do this. Check its accesses in Market's cabinet.",
        ),
    ),
    (
        "SUBSCRIPTION_REQUIRED",
        (
            "Для этого Маркет требует подписку.",
            "Market wants a subscription for this.",
        ),
    ),
    (
        "NO_ACCESS_BY_DEPRECATION_POLICY",
        (
            "Маркет закрыл этот способ обмена. Обновите Метку.",
            "Market has closed this method. Update Metka.",
        ),
    ),
    (
        "RESTRICTED_BY_MARKETPLACE_REGION",
        (
            "В регионе магазина это недоступно.",
            "This is not available in the shop's region.",
        ),
    ),
    ("NOT_FOUND", NOT_FOUND),
    (
        "LOCKED",
        (
            "Маркет переносит кабинет. Попробуйте позже.",
            "Market is moving the cabinet. Try later.",
        ),
    ),
    (
        "REQUEST_LIMIT_EXCEEDED",
        (
            "Маркет просит подождать: слишком много запросов.",
            "Market asks to wait: too many requests.",
        ),
    ),
    (
        "INTERNAL_ERROR",
        (
            "У Маркета неполадки. Попробуйте позже.",
            "Market has trouble of its own. Try later.",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(http: u16, code: &str, message: Option<&str>) -> TheirWords {
        TheirWords {
            http,
            errors: vec![TheirError {
                code: code.into(),
                message: message.map(str::to_owned),
            }],
        }
    }

    #[test]
    fn the_text_decides_before_a_general_code() {
        let late = words(
            400,
            "BAD_REQUEST",
            Some("Attempt to change order items or instances after READY_TO_SHIP"),
        );
        assert!(explain(&late, Lang::Ru).is_some_and(|text| text.contains("готовым к отгрузке")));
        let model = words(
            403,
            "FORBIDDEN",
            Some("Campaign type is not allowed. Allowed campaign types: 'DBS'"),
        );
        assert!(explain(&model, Lang::En).is_some_and(|text| text.contains("another model")));
    }

    #[test]
    fn a_code_decides_where_the_text_says_nothing() {
        let twice = words(400, "DUPLICATE_CIS", None);
        assert!(explain(&twice, Lang::Ru).is_some_and(|text| text.contains("двух единиц")));
    }

    #[test]
    fn an_answer_without_words_is_explained_by_its_status() {
        let empty = TheirWords {
            http: 503,
            errors: vec![],
        };
        assert_eq!(
            explain(&empty, Lang::En).as_deref(),
            Some("Market has trouble of its own. Try later.")
        );
        assert_eq!(explain(&words(400, "SOMETHING_NEW", None), Lang::En), None);
    }

    #[test]
    fn every_code_is_listed_once_and_every_text_in_lower_case() {
        for (index, (code, _)) in CODES.iter().enumerate() {
            assert!(
                !CODES.iter().skip(index + 1).any(|(other, _)| other == code),
                "{code} is there twice"
            );
        }
        for (part, _) in TEXTS {
            assert_eq!(*part, part.to_lowercase(), "{part}");
        }
    }
}
