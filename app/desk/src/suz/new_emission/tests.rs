//! Reading of what people type, on a form made by hand.

use super::{field, own_serials, read_gtin, *};
use crate::{
    codes::Day,
    suz::group_form::{
        FieldKind, FieldPlace, FieldRule, GroupName, Presence, ReleaseRule, Tail, Template, limits,
    },
};

const GTIN: &str = "04670033010053";

fn form(fields: Vec<FieldRule>) -> GroupForm {
    let template = |id, cis_types| Template {
        id,
        serial: 6,
        own_serial: 5,
        tail: Tail::Short,
        cis_types,
    };
    GroupForm {
        alias: "sample".to_owned(),
        number: 1,
        name: GroupName {
            ru: "Образец".to_owned(),
            en: "Sample".to_owned(),
        },
        on: "2026-11-23".parse::<Day>().expect("a day"),
        templates: vec![
            template(1, vec![CisType::Unit]),
            template(2, vec![CisType::Group]),
        ],
        cis_types: vec![CisType::Unit, CisType::Group],
        releases: vec![ReleaseRule {
            method: ReleaseMethod::Production,
            from: None,
            until: None,
            cis_types: Vec::new(),
            payment: None,
            no_technical: false,
            payment_group: None,
        }],
        release_required: true,
        payments: Vec::new(),
        fields,
        unused: None,
        reports_itself: false,
        keeps_our_key: true,
        source: String::new(),
        origins: Vec::new(),
    }
}

fn draft() -> EmissionDraft {
    EmissionDraft {
        group: "sample".to_owned(),
        release: Some(ReleaseMethod::Production),
        lines: vec![DraftLine {
            gtin: GTIN.to_owned(),
            quantity: "3".to_owned(),
            cis_type: Some(CisType::Unit),
            ..DraftLine::default()
        }],
        ..EmissionDraft::default()
    }
}

fn kinds(form: &GroupForm, draft: &EmissionDraft) -> Vec<FaultKind> {
    let faults = NewEmission::check(form, draft).expect_err("it is wrong");
    faults.into_iter().map(|fault| fault.kind).collect()
}

#[test]
fn numbers_under_bar_codes_get_their_zeros_and_no_others_do() {
    let right = |text: &str| read_gtin(text).map(|gtin| gtin.to_string());
    assert_eq!(right(GTIN).as_deref(), Ok(GTIN));
    assert_eq!(right("4670033010053").as_deref(), Ok(GTIN));
    assert_eq!(right(" 0467 0033\u{a0}010053\t").as_deref(), Ok(GTIN));
    assert_eq!(right("96385074").as_deref(), Ok("00000096385074"));
    assert_eq!(right("  "), Err(FaultKind::Missing));
    assert_eq!(
        right("467003301005"),
        Err(FaultKind::GtinCheckDigit {
            expected: 6,
            found: 5
        })
    );
    for (text, found) in [("46700330100", 11), ("046700330100534", 15)] {
        assert_eq!(right(text), Err(FaultKind::GtinLength { found }));
    }
    for (text, character) in [("467003301005З", 'З'), ("0467003301005O", 'O')] {
        assert_eq!(right(text), Err(FaultKind::GtinCharacter { character }));
    }
}

#[test]
fn quantities_are_whole_numbers_above_none() {
    let form = form(Vec::new());
    let read = |text: &str| {
        let mut draft = draft();
        draft.lines[0].quantity = text.to_owned();
        NewEmission::check(&form, &draft)
            .map(|order| order.quantity())
            .map_err(|faults| faults.into_iter().map(|fault| fault.kind).collect())
    };
    assert_eq!(read(" 12\u{a0}480 "), Ok(12_480));
    for text in ["0", "-1", "1.5", "десять", "１"] {
        assert_eq!(read(text), Err(vec![FaultKind::NotQuantity]), "{text}");
    }
    assert_eq!(read(" "), Err(vec![FaultKind::Missing]));
    let too_many = FaultKind::TooManyCodes {
        most: limits::MOST_ALONE,
        among_others: false,
    };
    assert_eq!(read("99999999999999999999"), Err(vec![too_many]));
}

#[test]
fn one_fitting_template_needs_no_choice() {
    let form = form(Vec::new());
    let mut draft = draft();
    draft.lines[0].cis_type = Some(CisType::Group);
    let order = NewEmission::check(&form, &draft).expect("right");
    assert_eq!(order.lines()[0].template, 2);
    draft.lines[0].template = Some(1);
    assert_eq!(
        kinds(&form, &draft),
        [FaultKind::TemplateUnfit {
            template: 1,
            cis_type: CisType::Group
        }]
    );
    draft.lines[0].cis_type = None;
    assert_eq!(kinds(&form, &draft), [FaultKind::Missing]);
}

#[test]
fn serial_numbers_are_counted_measured_and_compared() {
    let form = form(Vec::new());
    let read = |text: &str| {
        let mut draft = draft();
        draft.lines[0].serials = Some(text.to_owned());
        kinds(&form, &draft)
    };
    let ab = "ab!\"%".to_owned();
    assert_eq!(
        read("ab!\"%\n  cd&'( \n"),
        [FaultKind::SerialsCount { found: 2, asked: 3 }]
    );
    assert_eq!(
        read("ab!\"%\ncd&'(\nab!\"%"),
        [FaultKind::SerialTwice { serial: ab.clone() }]
    );
    assert_eq!(
        read("ab!\"%\ncd&'(\nAB!\"%с"),
        [
            FaultKind::SerialCharacter {
                serial: "AB!\"%с".to_owned(),
                character: 'с'
            },
            FaultKind::SerialLength {
                serial: "AB!\"%с".to_owned(),
                found: 6,
                expected: 5
            },
        ]
    );
    for foreign in ['#', '$', '@', '[', '\\', '^', '`', '{', '|', '~', ' '] {
        let serial = format!("ab{foreign}cd");
        let kind = FaultKind::SerialCharacter {
            serial: serial.clone(),
            character: foreign,
        };
        assert_eq!(read(&format!("aaaaa\nbbbbb\n{serial}")), [kind]);
    }
    assert_eq!(read(""), [FaultKind::SerialsCount { found: 0, asked: 3 }]);
    assert_eq!(own_serials(" a \r\n\r\nb").collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn upper_and_lower_case_make_two_serial_numbers() {
    let form = form(Vec::new());
    let mut draft = draft();
    draft.lines[0].serials = Some("abcde\nABCDE\naBcDe".to_owned());
    let order = NewEmission::check(&form, &draft).expect("right");
    let serials = order.lines()[0].serials.as_deref().expect("own");
    assert_eq!(serials, ["abcde", "ABCDE", "aBcDe"]);
}

#[test]
fn fields_are_read_by_their_kinds() {
    let rule = |kind| FieldRule {
        field: FormField::ContactPerson,
        place: FieldPlace::Attributes,
        kind,
        presence: Presence::Required,
    };
    let read = |kind, text: &str| {
        let form = form(vec![rule(kind)]);
        let filled = vec![(FormField::ContactPerson, text.to_owned())];
        let mut faults = Vec::new();
        let places = [FieldPlace::Attributes];
        let read = field::read(
            &form,
            &places,
            &filled,
            None,
            FaultPlace::Field,
            &mut faults,
        );
        match faults.pop() {
            Some(fault) => Err(fault.kind),
            None => Ok(read.into_iter().next().expect("a field").1),
        }
    };
    let text = |text: &str| Ok(FieldValue::Text(text.to_owned()));
    let line = FieldKind::Text { least: 2, most: 5 };
    assert_eq!(read(line, " Завод "), text("Завод"));
    let length = |found| {
        Err(FaultKind::TextLength {
            found,
            least: 2,
            most: 5,
        })
    };
    assert_eq!(read(line, "Заводы"), length(6));
    assert_eq!(read(line, "З"), length(1));
    assert_eq!(read(line, "a\u{7}b"), Err(FaultKind::ControlCharacter));
    assert_eq!(read(line, "  "), Err(FaultKind::Missing));
    let price = FieldKind::Kopecks { least: 4, most: 6 };
    assert_eq!(read(price, "16500"), text("16500"));
    for wrong in ["165", "1234567", "165.5", "-1650", "1 650"] {
        let kind = FaultKind::NotKopecks { least: 4, most: 6 };
        assert_eq!(read(price, wrong), Err(kind), "{wrong}");
    }
    assert_eq!(read(FieldKind::Day, "2028-02-29"), text("2028-02-29"));
    for wrong in ["2026-02-29", "2026-04-31", "1900-02-29", "23.11.2026"] {
        assert_eq!(
            read(FieldKind::Day, wrong),
            Err(FaultKind::NotDay),
            "{wrong}"
        );
    }
    assert_eq!(read(FieldKind::Inn, "7736207543"), text("7736207543"));
    assert_eq!(read(FieldKind::Inn, "7736207544"), Err(FaultKind::NotInn));
    assert_eq!(
        read(FieldKind::Uuid, "C5FE527A-564A-4075-B7DD-72F08CB9A8B1"),
        text("c5fe527a-564a-4075-b7dd-72f08cb9a8b1")
    );
    assert_eq!(read(FieldKind::Uuid, "c5fe"), Err(FaultKind::NotUuid));
    assert_eq!(read(FieldKind::Flag, "true"), Ok(FieldValue::Flag(true)));
    assert_eq!(read(FieldKind::Flag, "maybe"), Err(FaultKind::NotFlag));
}

#[test]
fn every_fault_is_told_at_once_and_in_its_place() {
    let form = form(Vec::new());
    let wrong = EmissionDraft {
        group: "other".to_owned(),
        release: None,
        lines: vec![
            DraftLine::default(),
            DraftLine {
                gtin: "1".to_owned(),
                ..DraftLine::default()
            },
        ],
        ..EmissionDraft::default()
    };
    let faults = NewEmission::check(&form, &wrong).expect_err("it is wrong");
    let places: Vec<_> = faults.into_iter().map(|fault| fault.place).collect();
    assert_eq!(
        places,
        [
            FaultPlace::Group,
            FaultPlace::Release,
            FaultPlace::Gtin(1),
            FaultPlace::Quantity(1),
            FaultPlace::CisType(1),
        ]
    );
}

#[test]
fn an_order_has_goods_but_not_too_many() {
    let form = form(Vec::new());
    let mut draft = draft();
    let line = draft.lines.remove(0);
    assert_eq!(kinds(&form, &draft), [FaultKind::NoLines]);
    draft.lines = vec![line; 11];
    assert_eq!(
        kinds(&form, &draft),
        [FaultKind::TooManyLines {
            found: 11,
            most: 10
        }]
    );
}

#[test]
fn a_draft_and_its_faults_cross_the_wire() {
    let draft = draft();
    let wire = serde_json::to_string(&draft).expect("written");
    assert_eq!(
        serde_json::from_str::<EmissionDraft>(&wire).expect("read"),
        draft
    );
    let fault = EmissionFault::new(
        FaultPlace::LineField(3, FormField::Producer),
        FaultKind::FieldOnlyWith {
            methods: vec![ReleaseMethod::Remark],
        },
    );
    let wire = serde_json::to_string(&fault).expect("written");
    assert_eq!(
        serde_json::from_str::<EmissionFault>(&wire).expect("read"),
        fault
    );
}
