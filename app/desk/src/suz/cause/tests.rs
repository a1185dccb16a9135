//! Every complaint that people are known to have, and the cause that it is told by.

use super::*;
use crate::{
    ids::LegalEntityId,
    submission::TheirError,
    suz::{
        Contour, Group, GroupState, OmsId, ProfileStatus, SuzProfile,
        paste::{KnownId, KnownIds, KnownKind, Place, Read, read_id},
        question::Question,
    },
};

const OMS: &str = "67ad4640-ee4c-4ce5-8c52-7b3b35a6c4d1";

fn refused(http: u16, code: &str, message: &str) -> Fault {
    Fault::Refused(TheirWords {
        http,
        errors: vec![TheirError {
            code: code.into(),
            message: Some(message.into()),
        }],
    })
}

fn fresh() -> Setting {
    Setting::fresh(Contour::Production)
}

fn worked() -> Setting {
    Setting {
        worked_before: true,
        ..fresh()
    }
}

fn call(call: SuzCall, fault: &Fault, setting: Setting) -> Cause {
    Cause::of_call(call, fault, setting)
}

fn entity() -> LegalEntityId {
    LegalEntityId::from_parts(1_700_000_000_000, [1; 10])
}

/// What a paste into the OMS ID field comes to, when the organisation knows the id from its test contour.
fn pasted(text: &str, kind: KnownKind) -> Read<OmsId> {
    let test_id = "33333333-3333-3333-3333-333333333333".parse::<OmsId>();
    let known = KnownIds(vec![KnownId::oms(
        test_id.expect("a UUID"),
        Contour::Test,
        entity(),
        "ООО «Ромашка»",
    )]);
    let place = Place {
        contour: Contour::Production,
        legal_entity: Some(entity()),
        known: &known,
    };
    read_id(text, kind, &place)
}

fn mistaken(text: &str, kind: KnownKind) -> Cause {
    pasted(text, kind)
        .value
        .expect_err("this is a mistake")
        .cause()
}

const FOREIGN_TOKEN: &str =
    "Маркер безопасности … не соответствует указанному в запросе идентификатору СУЗ 67AD4640-…";

/// What is seen, the cause that was found, and the one that it should be.
type Row = (&'static str, Cause, Cause);

const DIGEST: &str =
    "Signature validation failed: message-digest attribute value does not match calculated value";

fn of_pastes() -> Vec<Row> {
    use Cause as C;
    let mixed_up = mistaken(&format!("OMS ID {OMS}"), KnownKind::Connection);
    let test_id = mistaken("33333333-3333-3333-3333-333333333333", KnownKind::OmsId);
    let page = mistaken("https://suz2.crpt.ru", KnownKind::OmsId);
    let edo = mistaken("2BEb6a4c43cff5a4e0f94d3b53d2a3b5fc9", KnownKind::OmsId);
    let slip = mistaken(&OMS.replace('7', "O"), KnownKind::OmsId);
    vec![
        ("a slip of typing", slip, C::IdNotClean),
        ("ids mixed up", mixed_up, C::IdsMixedUp),
        ("test id in production", test_id, C::OtherContour),
        ("СУЗ's page as address", page, C::AddressPasted),
        ("ЭДО id", edo, C::EdoId),
    ]
}

fn of_devices() -> Vec<Row> {
    use Cause as C;
    let sign_in =
        |http, message, setting| call(SuzCall::ClientSignIn, &refused(http, "", message), setting);
    let devices = |message| call(SuzCall::Devices, &refused(400, "", message), fresh());
    let deleted = Setting {
        device_listed: Some(false),
        ..fresh()
    };
    let key = devices("X-RegistrationKey: Registration key not found");
    vec![
        ("deleted", sign_in(400, "Ошибка", deleted), C::OldDevice),
        (
            "said",
            sign_in(400, "Соединение не найдено", fresh()),
            C::OldDevice,
        ),
        ("not found", sign_in(404, "", fresh()), C::OldDevice),
        ("no registration key", key, C::RegistrationKey),
        ("digest mismatch at once", devices(DIGEST), C::BytesChanged),
    ]
}

fn of_tokens() -> Vec<Row> {
    use Cause as C;
    let ping =
        |http, code, message, setting| call(SuzCall::Ping, &refused(http, code, message), setting);
    let evening = Setting {
        token_over: true,
        ..worked()
    };
    let invalid = ping(400, "", "Invalid OMS ID", fresh());
    vec![
        (
            "1140",
            ping(400, "1140", FOREIGN_TOKEN, fresh()),
            C::TokenForeign,
        ),
        (
            "its words",
            ping(400, "", FOREIGN_TOKEN, fresh()),
            C::TokenForeign,
        ),
        (
            "later",
            ping(400, "1140", FOREIGN_TOKEN, worked()),
            C::TokenReplaced,
        ),
        (
            "in the evening",
            ping(401, "", "", evening),
            C::TokenExpired,
        ),
        (
            "401",
            ping(401, "", "Unauthorized", fresh()),
            C::Unauthorised,
        ),
        (
            "401 later",
            ping(401, "", "Unauthorized", worked()),
            C::TokenReplaced,
        ),
        ("Invalid OMS ID", invalid, C::InvalidOmsId),
        ("413", ping(413, "", "", fresh()), C::AttachedSignature),
    ]
}

fn of_logins() -> Vec<Row> {
    use Cause as C;
    let login =
        |http, message, setting| call(SuzCall::TrueApiSignIn, &refused(http, "", message), setting);
    let expired = Setting {
        certificate_expired: true,
        ..fresh()
    };
    let unsigned = Fault::NotSigned {
        trouble: "exit 1".into(),
    };
    let unsigned = call(SuzCall::ClientSignIn, &unsigned, fresh());
    let ended = login(403, "Срок действия сертификата истек", fresh());
    let unknown = login(403, "Сертификат не зарегистрирован", fresh());
    let foreign = login(403, "Отсутствует доступ к ресурсу", fresh());
    let wrong = login(400, "Ошибка при проверке подписи", fresh());
    let dead = login(400, "Ошибка при проверке подписи", expired);
    let old = login(400, "UUID не найден в хранилище ключей. UUID = 1", fresh());
    let inn = login(400, "Некорректный ИНН", fresh());
    vec![
        (
            "certificate not registered",
            unknown,
            C::CertificateNotRegistered,
        ),
        ("certificate ended", ended, C::CertificateExpired),
        ("signer is no user", foreign, C::SignerNotUser),
        ("signature refused", wrong, C::SignatureRefused),
        (
            "signature of an expired certificate",
            dead,
            C::CertificateExpired,
        ),
        ("challenge too old", old, C::ChallengeOld),
        ("power of attorney", inn, C::AttorneyInn),
        ("no key to sign with", unsigned, C::NoSigner),
    ]
}

fn of_the_way_there() -> Vec<Row> {
    use Cause as C;
    use SuzCall as S;
    let silent = |text: &str| Fault::NoAnswer {
        trouble: text.into(),
    };
    let html = Fault::NotUnderstood {
        what: "<html>".into(),
    };
    let inside = "SuzServiceProxy#getTokenFromSuz timed-out";
    let ping = |http| call(S::Ping, &refused(http, "", ""), fresh());
    let refused_inside = call(S::ClientSignIn, &refused(500, "500", inside), fresh());
    let lost_inside = call(S::ClientSignIn, &silent(inside), fresh());
    let refused_to_connect = silent("connection refused");
    let suz = call(S::Ping, &refused_to_connect, fresh());
    let true_api = call(S::AuthKey, &refused_to_connect, fresh());
    let page = call(S::Profile, &html, fresh());
    let limited = call(S::Ping, &Fault::Limited, fresh());
    let own_error = silent("HTTP 500: 1000: Внутренняя ошибка");
    let own_error = call(S::Ping, &own_error, fresh());
    let gateway = call(S::Ping, &silent("HTTP 502: Bad Gateway"), fresh());
    vec![
        ("СУЗ unreachable", suz, C::SuzUnreachable),
        ("СУЗ behind a gateway", ping(503), C::SuzUnreachable),
        ("True API unreachable", true_api, C::TrueApiUnreachable),
        (
            "True API cannot reach СУЗ",
            refused_inside,
            C::SuzSlowInside,
        ),
        ("the same without an answer", lost_inside, C::SuzSlowInside),
        ("a stand of the old version", ping(404), C::OldApi),
        ("a page in place of an answer", page, C::OldApi),
        ("too many calls", ping(429), C::TooFast),
        ("asked to wait", limited, C::TooFast),
        ("their error", ping(500), C::TheirFault),
        (
            "their error in place of an answer",
            own_error,
            C::TheirFault,
        ),
        (
            "a gateway's in place of an answer",
            gateway,
            C::SuzUnreachable,
        ),
    ]
}

fn of_companies() -> Vec<Row> {
    use Cause as C;
    let groups = |groups: &[_]| C::of_groups(&profile(groups)).unwrap_or(C::Other);
    let locked = groups(&[("lp", GroupState::Locked)]);
    let medicines = groups(&[("pharma", GroupState::Open)]);
    vec![
        (
            "cannot find OMS ID",
            C::of_missing_oms_id(false),
            C::OmsIdNotFound,
        ),
        (
            "an hour has passed",
            C::of_missing_oms_id(true),
            C::OmsIdLate,
        ),
        ("the group is closed", locked, C::GroupClosed),
        ("no groups", groups(&[]), C::NoGroups),
        ("medicines", medicines, C::Pharma),
    ]
}

fn of_orders() -> Vec<Row> {
    use Cause as C;
    use OrderSign as O;
    let gtin = O::Rejected {
        reason: "0106: GTIN",
    };
    let money = O::Declined {
        reason: "Недостаточно средств",
    };
    [
        (
            "a hundred orders",
            O::NotTaken { orders: 100 },
            C::TooManyOrders,
        ),
        (
            "digest mismatch",
            O::Declined { reason: DIGEST },
            C::BytesChanged,
        ),
        ("REJECTED 0106", gtin, C::GtinNotReady),
        ("no money", money, C::NoMoney),
        ("stuck in CREATED", O::StaysCreated, C::OrderNotSigned),
        (
            "codes lost after a timeout",
            O::CodesUnanswered,
            C::CodesLost,
        ),
        ("blocks empty", O::NoBlocks, C::BlocksEmpty),
        ("codes vanish", O::Annulled, C::CodesAnnulled),
        ("printed code unreadable", O::Unreadable, C::GsLost),
    ]
    .into_iter()
    .map(|(seen, sign, cause)| (seen, C::of_order(&sign), cause))
    .collect()
}

fn rows() -> impl Iterator<Item = Row> {
    [
        of_pastes(),
        of_devices(),
        of_tokens(),
        of_logins(),
        of_the_way_there(),
        of_companies(),
        of_orders(),
    ]
    .into_iter()
    .flatten()
}

fn profile(groups: &[(&str, GroupState)]) -> SuzProfile {
    SuzProfile {
        status: ProfileStatus::Active,
        groups: groups
            .iter()
            .map(|(alias, state)| Group {
                alias: (*alias).into(),
                state: *state,
            })
            .collect(),
    }
}

#[test]
fn every_complaint_is_told_by_its_cause() {
    for (complaint, found, cause) in rows() {
        assert_eq!(found, cause, "{complaint}");
    }
}

/// Causes that show themselves elsewhere than in the tables above: in a form, in a state, in a warning.
const ELSEWHERE: [Cause; 9] = [
    Cause::NoInn,
    Cause::NoDevice,
    Cause::ForeignOmsId,
    Cause::ProfileLocked,
    Cause::WaitsForSignature,
    Cause::StaticTokensEnded,
    Cause::CodesCame,
    Cause::OrderGone,
    Cause::Other,
];

#[test]
fn no_cause_is_named_that_nothing_leads_to() {
    let told: Vec<Cause> = rows().map(|(_, _, cause)| cause).chain(ELSEWHERE).collect();
    for cause in Cause::ALL {
        assert!(told.contains(cause), "{cause:?}");
        assert_eq!(cause.as_str().parse(), Ok(*cause));
    }
}

#[test]
fn every_question_about_a_failure_leads_to_a_cause_that_the_check_finds() {
    let told: Vec<Cause> = rows().map(|(_, _, cause)| cause).collect();
    for cause in Question::ALL.iter().filter_map(|one| one.cause()) {
        assert!(told.contains(&cause), "{cause:?}");
    }
}

#[test]
fn the_profile_knows_its_own_oms_id() {
    let ours: OmsId = OMS.parse().expect("a UUID");
    let theirs: OmsId = "77777777-3333-3333-3333-333333333333"
        .parse()
        .expect("a UUID");
    let open = profile(&[("lp", GroupState::Open)]);
    assert_eq!(Cause::of_profile(Some(ours), ours, &open), None);
    assert_eq!(Cause::of_profile(None, theirs, &open), None);
    assert_eq!(
        Cause::of_profile(Some(ours), theirs, &open),
        Some(Cause::ForeignOmsId)
    );
    let locked = SuzProfile {
        status: ProfileStatus::Locked,
        ..open
    };
    assert_eq!(
        Cause::of_profile(Some(ours), ours, &locked),
        Some(Cause::ProfileLocked)
    );
}

#[test]
fn their_words_stay_beside_the_cause() {
    let fault = refused(400, "1140", FOREIGN_TOKEN);
    let why = Why::of_call(SuzCall::Ping, fault.clone(), fresh());
    assert_eq!(why.cause, Cause::TokenForeign);
    assert_eq!(why.words.map(Fault::Refused), Some(fault));
    let why = Why::of_call(
        SuzCall::Ping,
        Fault::NoAnswer {
            trouble: "timed out".into(),
        },
        fresh(),
    );
    assert_eq!(why.trouble.as_deref(), Some("timed out"));
}
