use super::*;
use desk::{
    codes::Day,
    suz::group_form::{CisType, FormField, PaymentType},
};

/// One of each.
fn faults() -> Vec<FaultKind> {
    let method = || ReleaseMethod::Remains;
    let day = |text: &str| text.parse::<Day>().expect("a day");
    let serial = || "Zb8.a".to_owned();
    vec![
        FaultKind::Missing,
        FaultKind::NoSuchGroup,
        FaultKind::NoLines,
        FaultKind::TooManyLines {
            found: 11,
            most: 10,
        },
        FaultKind::GtinCharacter { character: 'O' },
        FaultKind::GtinLength { found: 11 },
        FaultKind::GtinCheckDigit {
            expected: 3,
            found: 4,
        },
        FaultKind::GtinTwice { first: 0 },
        FaultKind::NotQuantity,
        FaultKind::TooManyCodes {
            most: 2_000_000,
            among_others: false,
        },
        FaultKind::TooManyCodes {
            most: 150_000,
            among_others: true,
        },
        FaultKind::CisTypeForeign {
            cis_type: CisType::Bundle,
        },
        FaultKind::TemplateForeign { template: 6 },
        FaultKind::TemplateUnfit {
            template: 4,
            cis_type: CisType::Group,
        },
        FaultKind::ReleaseForeign { method: method() },
        FaultKind::ReleaseNotYet {
            method: method(),
            from: day("2026-03-31"),
        },
        FaultKind::ReleaseOver {
            method: method(),
            until: day("2026-12-01"),
        },
        FaultKind::CisTypeNotWith {
            cis_type: CisType::Set,
            method: method(),
        },
        FaultKind::TechnicalGtin,
        FaultKind::PaymentForeign,
        FaultKind::PaymentOnly {
            payment: PaymentType::AtEmission,
            method: method(),
        },
        FaultKind::FieldForeign,
        FaultKind::FieldOnlyWith {
            methods: vec![method(), ReleaseMethod::Remark],
        },
        FaultKind::TextLength {
            found: 1,
            least: 2,
            most: 128,
        },
        FaultKind::ControlCharacter,
        FaultKind::NotUuid,
        FaultKind::NotInn,
        FaultKind::NotKopecks { least: 4, most: 6 },
        FaultKind::NotDay,
        FaultKind::NotFlag,
        FaultKind::SerialsCount { found: 2, asked: 3 },
        FaultKind::SerialLength {
            serial: serial(),
            found: 5,
            expected: 12,
        },
        FaultKind::SerialCharacter {
            serial: serial(),
            character: '#',
        },
        FaultKind::SerialTwice { serial: serial() },
        FaultKind::SerialsWithProducer,
    ]
}

fn places() -> Vec<FaultPlace> {
    vec![
        FaultPlace::Order,
        FaultPlace::Group,
        FaultPlace::Release,
        FaultPlace::Payment,
        FaultPlace::Field(FormField::FactoryId),
        FaultPlace::Gtin(0),
        FaultPlace::Quantity(0),
        FaultPlace::CisType(0),
        FaultPlace::Template(0),
        FaultPlace::Serials(0),
        FaultPlace::LineField(0, FormField::Producer),
    ]
}

fn is_russian(character: char) -> bool {
    matches!(character, 'а'..='я' | 'А'..='Я' | 'ё')
}

#[test]
fn every_fault_is_a_sentence_in_both_languages() {
    let of_kinds = faults()
        .into_iter()
        .map(|kind| EmissionFault::new(FaultPlace::Order, kind));
    let of_places = places()
        .into_iter()
        .map(|place| EmissionFault::new(place, FaultKind::Missing));
    for one in of_kinds.chain(of_places) {
        let (ru, en) = (fault(&one, Lang::Ru), fault(&one, Lang::En));
        assert!(ru.ends_with('.') && en.ends_with('.'), "{ru} {en}");
        assert!(ru.chars().any(is_russian), "{ru}");
        let english = en.replace("СУЗ", "").replace("«Честный знак»", "");
        assert!(!english.chars().any(is_russian), "{en}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let missing = |place| fault(&EmissionFault::new(place, FaultKind::Missing), Lang::Ru);
    assert_eq!(missing(FaultPlace::Gtin(2)), "Впишите GTIN.");
    assert_eq!(missing(FaultPlace::Template(0)), "Выберите шаблон кода.");
    let row = EmissionFault::new(FaultPlace::Gtin(4), FaultKind::GtinTwice { first: 0 });
    assert_eq!(
        fault(&row, Lang::Ru),
        "Этот GTIN уже есть в строке 1. Сложите количество в одной строке."
    );
}

#[test]
fn numbers_and_their_nouns_agree() {
    let of = |kind, lang| fault(&EmissionFault::new(FaultPlace::Serials(0), kind), lang);
    let length = |found| FaultKind::SerialLength {
        serial: "Z".into(),
        found,
        expected: 12,
    };
    for (found, ru, en) in [
        (1, "1 знак,", "has 1 character and"),
        (2, "2 знака,", "has 2 characters and"),
        (11, "11 знаков,", "has 11 characters and"),
        (21, "21 знак,", "has 21 characters and"),
    ] {
        let (told_ru, told_en) = (of(length(found), Lang::Ru), of(length(found), Lang::En));
        assert!(
            told_ru.contains(ru) && told_en.contains(en),
            "{told_ru} {told_en}"
        );
    }
    let count = |found, asked| of(FaultKind::SerialsCount { found, asked }, Lang::En);
    assert!(count(1, 2).starts_with("There is 1 serial number for 2 codes:"));
    assert!(count(2, 1).starts_with("There are 2 serial numbers for 1 code:"));
}

#[test]
fn a_fault_is_told_with_its_place() {
    let told = |place| fault_in_its_place(&EmissionFault::new(place, FaultKind::Missing), Lang::Ru);
    assert_eq!(told(FaultPlace::Gtin(2)), "Товар 3: Впишите GTIN.");
    assert_eq!(
        told(FaultPlace::LineField(0, FormField::Producer)),
        "Товар 1, ИНН владельца карточки товара: Это поле для этой группы обязательное."
    );
    assert_eq!(
        told(FaultPlace::Release),
        "Выберите, как товар вводится в оборот."
    );
}
