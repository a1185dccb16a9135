use super::*;
use crate::suz::{
    ConnectionId, OmsId,
    paste::{PastedIds, read_ids},
};
use proptest::prelude::*;

const OMS: &str = "67ad4640-ee4c-4ce5-8c52-7b3b35a6c4d1";
const DEVICE: &str = "2be5c1f0-9a3d-8f11-b001-0242ac120002";

fn entity(n: u8) -> LegalEntityId {
    LegalEntityId::from_parts(1_700_000_000_000, [n; 10])
}

fn known() -> KnownIds {
    let oms = |text: &str| text.parse::<OmsId>().expect("a UUID");
    let device = |text: &str| text.parse::<ConnectionId>().expect("a UUID");
    KnownIds(vec![
        KnownId::oms(oms(OMS), Contour::Production, entity(1), "ООО «Ромашка»"),
        KnownId::device(
            device(DEVICE),
            Contour::Production,
            entity(1),
            "ООО «Ромашка»",
            "Склад",
            false,
        ),
        KnownId::device(
            device("11111111-1111-1111-1111-111111111111"),
            Contour::Production,
            entity(1),
            "ООО «Ромашка»",
            "Старая 1С",
            true,
        ),
        KnownId::device(
            device("22222222-2222-2222-2222-222222222222"),
            Contour::Production,
            entity(2),
            "ИП Сидорова",
            "Касса",
            false,
        ),
        KnownId::oms(
            oms("33333333-3333-3333-3333-333333333333"),
            Contour::Test,
            entity(1),
            "ООО «Ромашка»",
        ),
    ])
}

fn read(text: &str, kind: KnownKind, known: &KnownIds) -> Read<ConnectionId> {
    read_id(
        text,
        kind,
        &Place {
            contour: Contour::Production,
            legal_entity: Some(entity(1)),
            known,
        },
    )
}

fn fresh(text: &str) -> Read<ConnectionId> {
    read(text, KnownKind::Connection, &KnownIds::default())
}

#[test]
fn what_copying_does_to_an_id_is_undone_and_said() {
    let upper = OMS.to_uppercase();
    let bare = OMS.replace('-', "");
    let cases: [(String, &[Cleaning]); 12] = [
        (OMS.into(), &[]),
        (format!("{OMS} "), &[Cleaning::Spaces]),
        (format!("{OMS}\u{a0}"), &[Cleaning::HardSpaces]),
        (format!("\u{200b}{OMS}"), &[Cleaning::Invisible]),
        (format!("{{{OMS}}}"), &[Cleaning::Braces]),
        (format!("«{OMS}»"), &[Cleaning::Quotes]),
        (upper, &[Cleaning::UpperCase]),
        (bare, &[Cleaning::NoHyphens]),
        (OMS.replace('-', "\u{2011}"), &[Cleaning::Dashes]),
        (OMS.replace('a', "а"), &[Cleaning::Cyrillic]),
        (OMS.replace('-', "- "), &[Cleaning::Spaces]),
        (format!("{OMS}."), &[Cleaning::Around]),
    ];
    for (text, cleanings) in cases {
        let read = fresh(&text);
        assert_eq!(
            read.value.map(ConnectionId::to_wire),
            Ok(OMS.into()),
            "{text:?}"
        );
        assert_eq!(read.cleanings, cleanings, "{text:?}");
    }
}

#[test]
fn an_id_is_found_among_words_and_the_words_may_tell_the_field_is_wrong() {
    let read_as = |text: &str, kind| read(text, kind, &KnownIds::default()).value;
    let oms = format!("OMS ID: {OMS}");
    let device = format!("Идентификатор соединения — {OMS}");
    assert!(read_as(&oms, KnownKind::OmsId).is_ok());
    assert_eq!(
        read_as(&oms, KnownKind::Connection),
        Err(Mistake::OmsIdHere)
    );
    assert!(read_as(&device, KnownKind::Connection).is_ok());
    assert_eq!(
        read_as(&device, KnownKind::OmsId),
        Err(Mistake::ConnectionIdHere { device: None })
    );
    assert_eq!(
        read_as(&format!("{OMS}\n{DEVICE}"), KnownKind::OmsId),
        Err(Mistake::Several)
    );
    assert!(
        read_as(&format!("{OMS} {OMS}"), KnownKind::OmsId).is_ok(),
        "the same id pasted twice is one id"
    );
}

#[test]
fn what_is_no_id_is_called_by_its_name() {
    let cases = [
        ("", Mistake::Empty),
        ("  ", Mistake::Empty),
        ("https://suz2.crpt.ru", Mistake::Address { of_suz: true }),
        ("suz2.crpt.ru", Mistake::Address { of_suz: true }),
        (
            "https://suzgrid.crpt.ru/api/v3/ping",
            Mistake::Address { of_suz: true },
        ),
        ("https://честныйзнак.рф", Mistake::Address { of_suz: false }),
        ("markirovka.crpt.ru", Mistake::Address { of_suz: false }),
        ("7736207543", Mistake::Inn),
        ("2BEb6a4c43cff5a4e0f94d3b53d2a3b5fc9", Mistake::EdoId),
        (
            "2BM-7736207543-770401001-201403030101010101010",
            Mistake::EdoId,
        ),
        ("2AE1D8A3F2C", Mistake::EdoId),
        ("eyJhbGciOiJSUzI1NiJ9.eyJpbm4iOiI3NyJ9.c2ln", Mistake::Token),
        ("Bearer 67ad", Mistake::Token),
        ("ACMA:key", Mistake::MarketplaceKey),
        (
            "4344d884-7f21-456c-981e-cd68e92391e8",
            Mistake::RegistrationKey,
        ),
        ("CDF12109-10D3-11E6-8B6F-0050569977A1", Mistake::Sample),
        ("00000000-0000-0000-0000-000000000000", Mistake::Nil),
        (
            "67ad4640-ee4c-4ce5-8c52-7b3b35a6c4d",
            Mistake::Length { digits: 31 },
        ),
        ("2be5c1f0-9a3d-8f11", Mistake::Length { digits: 16 }),
        (
            "67ad4640-ee4c-4ce5-8c52-7b3b35a6c4dO",
            Mistake::Character { found: 'O', at: 36 },
        ),
        ("67ad4640ee4c-4ce5-8c52-7b3b35a6c4d1", Mistake::Hyphens),
    ];
    for (text, mistake) in cases {
        assert_eq!(fresh(text).value, Err(mistake), "{text:?}");
    }
}

#[test]
fn an_id_that_is_known_is_recognised_in_the_wrong_place() {
    let known = known();
    let as_device = |text: &str| read(text, KnownKind::Connection, &known).value;
    let as_oms = |text: &str| read(text, KnownKind::OmsId, &known).value;
    assert_eq!(as_device(OMS), Err(Mistake::OmsIdHere));
    assert_eq!(
        as_oms(DEVICE),
        Err(Mistake::ConnectionIdHere {
            device: Some("Склад".into())
        })
    );
    assert_eq!(
        as_device(DEVICE),
        Err(Mistake::KnownDevice {
            name: "Склад".into()
        })
    );
    assert_eq!(
        as_device("11111111-1111-1111-1111-111111111111"),
        Err(Mistake::RetiredDevice {
            name: "Старая 1С".into()
        })
    );
    assert_eq!(
        as_device("22222222-2222-2222-2222-222222222222"),
        Err(Mistake::OtherLegalEntity {
            name: "ИП Сидорова".into()
        })
    );
    assert_eq!(
        as_oms("33333333-3333-3333-3333-333333333333"),
        Err(Mistake::OtherContour {
            contour: Contour::Test
        })
    );
    assert!(as_oms(OMS).is_ok(), "its own OMS ID may be pasted again");
}

#[test]
fn the_form_compares_its_fields() {
    let known = KnownIds::default();
    let place = Place {
        contour: Contour::Production,
        legal_entity: None,
        known: &known,
    };
    let form = |oms: &str, connection: &str, edo: &str| {
        read_ids(
            &PastedIds {
                oms_id: oms.into(),
                connection: connection.into(),
                edo_id: edo.into(),
            },
            &place,
        )
    };
    assert_eq!(
        form(OMS, &OMS.to_uppercase(), "").connection.value,
        Err(Mistake::SameAsOmsId)
    );
    assert!(form(OMS, DEVICE, "").usable());
    assert!(
        form("", DEVICE, "2BM-7736207543").usable(),
        "the profile tells OMS ID"
    );
    assert!(!form(OMS, "", "").usable());
    assert!(!form("suz2.crpt.ru", DEVICE, "").usable());
    assert_eq!(form(OMS, DEVICE, OMS).edo_id.value, Err(Mistake::NotEdoId));
}

const NOISE: [&str; 12] = [
    " ", "\t", "\n", "\u{a0}", "\u{200b}", "\u{feff}", "\u{202a}", "\"", "«", "{", "}", "\u{ad}",
];

proptest! {
    #[test]
    fn any_uuid_survives_any_noise(
        bits in any::<u128>(),
        noise in prop::collection::vec((0_usize..37, 0_usize..NOISE.len()), 0..12),
        upper in any::<bool>(),
    ) {
        let id = Uuid::from_u128(bits);
        prop_assume!(!id.is_nil() && id != SAMPLE && id != TEST_REGISTRATION_KEY);
        let plain = id.hyphenated().to_string();
        let mut letters: Vec<String> = plain.chars().map(String::from).collect();
        for (at, what) in noise {
            letters.insert(at.min(letters.len()), NOISE[what].to_owned());
        }
        let text = letters.concat();
        let text = if upper { text.to_uppercase() } else { text };
        let read = fresh(&text);
        prop_assert_eq!(read.value.map(ConnectionId::to_wire), Ok(plain.clone()));
        prop_assert_eq!(read.cleanings.is_empty(), text == plain, "what is cleaned is said, and nothing else");
    }

    #[test]
    fn no_text_upsets_the_reader_and_only_an_id_becomes_one(text in "\\PC{0,80}") {
        let read = fresh(&text);
        if let Ok(id) = read.value {
            let digits: String = id.to_wire().replace('-', "");
            let seen: String = clean(&text).text.chars()
                .map(|c| crate::suz::paste::clean::look_alike(c).unwrap_or(c))
                .filter(char::is_ascii_hexdigit).collect::<String>().to_ascii_lowercase();
            prop_assert!(seen.contains(&digits));
        }
    }
}
