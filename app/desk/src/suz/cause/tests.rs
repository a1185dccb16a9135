//! Every complaint that people are known to have, and the cause that it is told by.

use super::*;
use crate::{
    ids::LegalEntityId,
    submission::TheirError,
    suz::{
        Contour, Group, GroupState, OmsId, ProfileStatus, SuzProfile,
        paste::{KnownId, KnownIds, KnownKind, Mistake, Place, Read, read_id},
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
    Cause::of_call(call, fault, &setting)
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

/// The rows of complaints, in the order in which they are known: what is seen, and the cause.
fn complaints() -> Vec<(&'static str, Cause, Cause)> {
    use Cause as C;
    use SuzCall as S;
    let trailing = pasted(&format!("{OMS} "), KnownKind::OmsId);
    assert!(trailing.value.is_ok() && !trailing.cleanings.is_empty());
    let deleted = Setting {
        device_listed: Some(false),
        ..fresh()
    };
    let evening = Setting {
        token_over: true,
        ..worked()
    };
    let mixed_up = mistaken(&format!("OMS ID {OMS}"), KnownKind::Connection);
    let test_id = mistaken("33333333-3333-3333-3333-333333333333", KnownKind::OmsId);
    let order = |sign: OrderSign<'_>| C::of_order(&sign);
    let digest = "Signature validation failed: message-digest attribute value does not match calculated value";
    vec![
        (
            "a space at the end",
            Mistake::Length { digits: 33 }.cause(),
            C::IdNotClean,
        ),
        (
            "deleted device",
            call(S::ClientSignIn, &refused(400, "", "Ошибка"), deleted),
            C::OldDevice,
        ),
        (
            "deleted device, said",
            call(
                S::ClientSignIn,
                &refused(400, "", "Соединение не найдено"),
                fresh(),
            ),
            C::OldDevice,
        ),
        (
            "deleted device, 404",
            call(S::ClientSignIn, &refused(404, "", ""), fresh()),
            C::OldDevice,
        ),
        ("ids mixed up", mixed_up, C::IdsMixedUp),
        ("test id in production", test_id, C::OtherContour),
        (
            "СУЗ's page as address",
            mistaken("https://suz2.crpt.ru", KnownKind::OmsId),
            C::AddressPasted,
        ),
        (
            "1140 at first",
            call(S::Ping, &refused(400, "1140", FOREIGN_TOKEN), fresh()),
            C::TokenForeign,
        ),
        (
            "1140 without its code",
            call(S::Ping, &refused(400, "", FOREIGN_TOKEN), fresh()),
            C::TokenForeign,
        ),
        (
            "1140 after it worked",
            call(S::Ping, &refused(400, "1140", FOREIGN_TOKEN), worked()),
            C::TokenReplaced,
        ),
        (
            "dead in the evening",
            call(S::Ping, &refused(401, "", ""), evening),
            C::TokenExpired,
        ),
        (
            "cannot create orders",
            order(OrderSign::NotTaken { orders: 100 }),
            C::TooManyOrders,
        ),
        (
            "digest mismatch",
            order(OrderSign::Declined { reason: digest }),
            C::BytesChanged,
        ),
        (
            "digest mismatch at once",
            call(S::Devices, &refused(400, "", digest), fresh()),
            C::BytesChanged,
        ),
        (
            "413",
            call(S::Devices, &refused(413, "", ""), fresh()),
            C::AttachedSignature,
        ),
        (
            "REJECTED 0106",
            order(OrderSign::Rejected {
                reason: "0106: GTIN",
            }),
            C::GtinNotReady,
        ),
        (
            "stuck in CREATED",
            order(OrderSign::StaysCreated),
            C::OrderNotSigned,
        ),
        (
            "codes lost after a timeout",
            order(OrderSign::CodesUnanswered),
            C::CodesLost,
        ),
        ("blocks empty", order(OrderSign::NoBlocks), C::BlocksEmpty),
        ("codes vanish", order(OrderSign::Annulled), C::CodesAnnulled),
        (
            "printed code unreadable",
            order(OrderSign::Unreadable),
            C::GsLost,
        ),
        (
            "a stand of the old version",
            call(S::Ping, &refused(404, "", ""), fresh()),
            C::OldApi,
        ),
        (
            "a page in place of an answer",
            call(
                S::Profile,
                &Fault::NotUnderstood {
                    what: "<html>".into(),
                },
                fresh(),
            ),
            C::OldApi,
        ),
        (
            "no money",
            order(OrderSign::Declined {
                reason: "Недостаточно средств",
            }),
            C::NoMoney,
        ),
    ]
}

/// The questions, as they show themselves to the check.
fn questions() -> Vec<(&'static str, Cause, Cause)> {
    use Cause as C;
    use SuzCall as S;
    let silent = Fault::NoAnswer {
        trouble: "connection refused".into(),
    };
    let expired = Setting {
        certificate_expired: true,
        ..fresh()
    };
    vec![
        (
            "cannot find OMS ID",
            C::of_missing_oms_id(false),
            C::OmsIdNotFound,
        ),
        (
            "more than an hour has passed",
            C::of_missing_oms_id(true),
            C::OmsIdLate,
        ),
        (
            "СУЗ unreachable",
            call(S::Ping, &silent, fresh()),
            C::SuzUnreachable,
        ),
        (
            "СУЗ behind a gateway",
            call(S::Profile, &refused(503, "", ""), fresh()),
            C::SuzUnreachable,
        ),
        (
            "True API unreachable",
            call(S::AuthKey, &silent, fresh()),
            C::TrueApiUnreachable,
        ),
        (
            "True API cannot reach СУЗ",
            call(
                S::ClientSignIn,
                &refused(500, "500", "SuzServiceProxy#getTokenFromSuz timed-out"),
                fresh(),
            ),
            C::SuzSlowInside,
        ),
        (
            "certificate not registered",
            call(
                S::TrueApiSignIn,
                &refused(403, "", "Сертификат не зарегистрирован"),
                fresh(),
            ),
            C::CertificateNotRegistered,
        ),
        (
            "signer is no user",
            call(
                S::TrueApiSignIn,
                &refused(403, "", "Отсутствует доступ к ресурсу"),
                fresh(),
            ),
            C::SignerNotUser,
        ),
        (
            "signature refused",
            call(
                S::TrueApiSignIn,
                &refused(400, "", "Ошибка при проверке подписи"),
                fresh(),
            ),
            C::SignatureRefused,
        ),
        (
            "signature of an expired certificate",
            call(
                S::TrueApiSignIn,
                &refused(400, "", "Ошибка при проверке подписи"),
                expired,
            ),
            C::CertificateExpired,
        ),
        (
            "challenge too old",
            call(
                S::ClientSignIn,
                &refused(400, "", "UUID не найден в хранилище ключей. UUID = 1"),
                fresh(),
            ),
            C::ChallengeOld,
        ),
        (
            "power of attorney",
            call(
                S::ClientSignIn,
                &refused(400, "", "Некорректный ИНН"),
                fresh(),
            ),
            C::AttorneyInn,
        ),
        (
            "Invalid OMS ID",
            call(S::Ping, &refused(400, "", "Invalid OMS ID"), fresh()),
            C::InvalidOmsId,
        ),
        (
            "401",
            call(S::Ping, &refused(401, "", "Unauthorized"), fresh()),
            C::Unauthorised,
        ),
        (
            "401 after it worked",
            call(S::Ping, &refused(401, "", "Unauthorized"), worked()),
            C::TokenReplaced,
        ),
        (
            "ЭДО id",
            mistaken("2BEb6a4c43cff5a4e0f94d3b53d2a3b5fc9", KnownKind::OmsId),
            C::EdoId,
        ),
        (
            "wrong group",
            C::of_groups(&profile(&[("lp", GroupState::Locked)])).expect("closed"),
            C::GroupClosed,
        ),
        (
            "no groups",
            C::of_groups(&profile(&[])).expect("none"),
            C::NoGroups,
        ),
        (
            "medicines",
            C::of_groups(&profile(&[("pharma", GroupState::Open)])).expect("pharma"),
            C::Pharma,
        ),
        (
            "no key to sign with",
            call(
                S::ClientSignIn,
                &Fault::NotSigned {
                    trouble: "exit 1".into(),
                },
                fresh(),
            ),
            C::NoSigner,
        ),
        (
            "too many calls",
            call(S::Ping, &refused(429, "", ""), fresh()),
            C::TooFast,
        ),
        (
            "their error",
            call(S::Ping, &refused(500, "", ""), fresh()),
            C::TheirFault,
        ),
        (
            "no registration key",
            call(
                S::Devices,
                &refused(400, "", "X-RegistrationKey: Registration key not found"),
                fresh(),
            ),
            C::RegistrationKey,
        ),
    ]
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
    for (complaint, found, cause) in complaints().into_iter().chain(questions()) {
        assert_eq!(found, cause, "{complaint}");
    }
}

/// Causes that show themselves elsewhere than in the tables above: in a form, in a state, in a warning.
const ELSEWHERE: [Cause; 7] = [
    Cause::NoInn,
    Cause::NoDevice,
    Cause::ForeignOmsId,
    Cause::ProfileLocked,
    Cause::WaitsForSignature,
    Cause::StaticTokensEnded,
    Cause::Other,
];

#[test]
fn no_cause_is_named_that_nothing_leads_to() {
    let told: Vec<Cause> = complaints()
        .into_iter()
        .chain(questions())
        .map(|(_, _, cause)| cause)
        .chain(ELSEWHERE)
        .collect();
    for cause in Cause::ALL {
        assert!(told.contains(cause), "{cause:?}");
        assert_eq!(cause.as_str().parse(), Ok(*cause));
    }
}

#[test]
fn every_question_about_a_failure_leads_to_a_cause_that_the_check_finds() {
    let told: Vec<Cause> = complaints()
        .into_iter()
        .chain(questions())
        .map(|(_, _, cause)| cause)
        .collect();
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
    let why = Why::of_call(SuzCall::Ping, fault.clone(), &fresh());
    assert_eq!(why.cause, Cause::TokenForeign);
    assert_eq!(why.words.map(Fault::Refused), Some(fault));
    let why = Why::of_call(
        SuzCall::Ping,
        Fault::NoAnswer {
            trouble: "timed out".into(),
        },
        &fresh(),
    );
    assert_eq!(why.trouble.as_deref(), Some("timed out"));
}
