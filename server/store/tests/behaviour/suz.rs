use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    account::Role,
    ids::OrganisationId,
    journal::Action,
    legal_entity::LegalEntity,
    server::ports::{
        storage::{Storage, Transaction},
        suz::{
            Act, Content, Device, Document, DocumentState, Door, KeptToken, Signature,
            SuzConnection, Told,
        },
    },
    suz::{
        Balance, Cause, Certificate, CheckLevel, CheckReport, Contour, DeviceState,
        DocumentPurpose, ProfileStatus, SigningWay, SuzProfile, Why,
    },
};
use secrecy::ExposeSecret;

const OMS_ID: &str = "67ad4640-ee4c-4ce5-8c52-7b3b35a6c4d1";

pub(crate) fn a_link(n: u64) -> SuzConnection {
    SuzConnection {
        id: suz(n),
        legal_entity: entity(1),
        contour: Contour::Production,
        oms_id: Some(OMS_ID.parse().unwrap()),
        oms_id_told: true,
        edo_id: Some("2BE3e1b2c4d5".into()),
        way: SigningWay::Browser,
        certificate: None,
        accepted: None,
        told: None,
        check: None,
    }
}

fn a_certificate() -> Certificate {
    Certificate {
        thumbprint: "AB".into(),
        owner: "ООО «Ромашка»".into(),
        inn: Some("7736207543".into()),
        company: true,
        issuer: "УЦ".into(),
        from: Some(NOW),
        until: after(999),
    }
}

fn a_device(n: u64, state: DeviceState) -> Device {
    Device {
        id: device(n),
        connection: suz(1),
        name: format!("Склад {n}"),
        their_id: format!("00000000-0000-4000-8000-{n:012}").parse().unwrap(),
        state,
        listed: None,
        added_by: None,
        added_at: after(i64::try_from(n).unwrap()),
        retired_at: (state == DeviceState::Retired).then_some(NOW),
    }
}

fn a_token(value: &str, obtained: i64, ends: i64) -> KeptToken {
    KeptToken {
        value: key(value),
        fingerprint: format!("hash of {value}"),
        obtained_at: after(obtained),
        ends_at: after(ends),
        worked: false,
    }
}

fn a_login(n: u64, door: Door) -> Document {
    let purpose = match door {
        Door::Suz(_) => DocumentPurpose::ClientLogin,
        Door::TrueApi(_) => DocumentPurpose::TrueApiLogin,
    };
    Document {
        id: document(n),
        connection: suz(1),
        purpose,
        subject: door.holder(),
        state: DocumentState::Waiting,
        content: None,
        signature: None,
        detail: String::new(),
        asked_by: None,
        asked_at: after(i64::try_from(n).unwrap()),
        settled_at: None,
        trouble: None,
    }
}

const SUZ: fn() -> Door = || Door::Suz(device(1));

/// A link with a device, a token, a document, a waiter and somebody who knows.
pub(crate) async fn fill(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    assert!(tx.add_suz_connection(whose, &a_link(1), NOW).await.unwrap());
    let device = a_device(1, DeviceState::Active);
    assert!(tx.add_suz_device(whose, &device).await.unwrap());
    tx.lock_suz_token(whose, suz(1), SUZ()).await.unwrap();
    assert!(claim(tx, whose, "a", 0, 60).await);
    let token = a_token("secret", 0, 36_000);
    assert!(tx.keep_suz_token(whose, SUZ(), "a", &token).await.unwrap());
    assert!(tx.add_document(whose, &a_login(1, SUZ())).await.unwrap());
    tx.add_suz_waiter(whose, suz(1), "watch_suz", "subject")
        .await
        .unwrap();
    let act = Act {
        user: user(n),
        action: Action::SuzIdsSeen,
        at: NOW,
    };
    tx.note_suz_act(whose, suz(1), &act).await.unwrap();
}

async fn claim(
    tx: &mut Box<dyn Transaction>,
    whose: OrganisationId,
    by: &str,
    now: i64,
    unless_beyond: i64,
) -> bool {
    let (now, until) = (after(now), after(now + 120));
    tx.claim_suz_login(whose, SUZ(), by, now, until, after(unless_beyond))
        .await
        .unwrap()
}

pub(crate) async fn sees_nothing(tx: &mut Box<dyn Transaction>, n: u64) {
    let whose = organisation(n);
    assert!(tx.suz_connections(whose).await.unwrap().is_empty());
    assert!(tx.suz_connection(whose, suz(1)).await.unwrap().is_none());
    assert!(!tx.lock_suz(whose, suz(1)).await.unwrap());
    assert!(tx.suz_devices(whose).await.unwrap().is_empty());
    assert!(tx.suz_devices_of(whose, suz(1)).await.unwrap().is_empty());
    assert!(tx.suz_token(whose, SUZ()).await.unwrap().is_none());
    assert!(tx.suz_tokens_of(whose, suz(1)).await.unwrap().is_empty());
    assert!(tx.document(whose, document(1)).await.unwrap().is_none());
    assert!(tx.waiting_documents(whose, 10).await.unwrap().is_empty());
    assert!(tx.suz_acts(whose, suz(1), 10).await.unwrap().is_empty());
    assert!(tx.suz_knowers(whose, suz(1)).await.unwrap().is_empty());
    assert!(tx.members(whose).await.unwrap().is_empty());
    assert!(tx.take_suz_waiters(whose, suz(1)).await.unwrap().is_empty());
}

/// `other` tries to move everything of `whose`.
pub(crate) async fn moves_nothing(tx: &mut Box<dyn Transaction>, whose: u64, other: u64) {
    let (whose, other) = (organisation(whose), organisation(other));
    let report = CheckReport::blank(CheckLevel::Form);
    tx.save_suz_connection(
        other,
        &SuzConnection {
            edo_id: None,
            ..a_link(1)
        },
    )
    .await
    .unwrap();
    tx.save_suz_check(other, suz(1), &report, NOW)
        .await
        .unwrap();
    tx.retire_suz_connection(other, suz(1), NOW).await.unwrap();
    tx.save_suz_device(other, &a_device(1, DeviceState::Retired))
        .await
        .unwrap();
    let act = Act {
        user: user(1),
        action: Action::SuzChanged,
        at: NOW,
    };
    tx.note_suz_act(other, suz(1), &act).await.unwrap();
    assert!(!claim(tx, other, "b", 99_999, 999_999).await);
    let token = a_token("stolen", 0, 1);
    assert!(!tx.keep_suz_token(other, SUZ(), "a", &token).await.unwrap());
    let why = Why::of(Cause::Other);
    assert!(
        !tx.fail_suz_login(other, SUZ(), "a", &why, true)
            .await
            .unwrap()
    );
    let killed = tx
        .kill_suz_token(other, SUZ(), "hash of secret", NOW, &why)
        .await;
    assert!(!killed.unwrap());
    tx.stop_suz_login(other, SUZ(), &why).await.unwrap();
    tx.suz_token_worked(other, SUZ(), "hash of secret")
        .await
        .unwrap();
    tx.wait_for_signature(other, SUZ(), NOW).await.unwrap();
    tx.let_suz_login(other, suz(1), None).await.unwrap();
    tx.forget_suz_tokens(other, suz(1), None).await.unwrap();
    assert!(tx.take_suz_waiters(other, suz(1)).await.unwrap().is_empty());
    tx.drop_login(other, SUZ(), NOW).await.unwrap();
    let document = Document {
        state: DocumentState::Dropped,
        ..a_login(1, SUZ())
    };
    assert!(
        !tx.move_document(other, &document, DocumentState::Waiting)
            .await
            .unwrap()
    );

    assert_eq!(
        tx.suz_connection(whose, suz(1)).await.unwrap(),
        Some(a_link(1))
    );
    let devices = tx.suz_devices_of(whose, suz(1)).await.unwrap();
    assert_eq!(devices, [a_device(1, DeviceState::Active)]);
    let row = tx.suz_token(whose, SUZ()).await.unwrap().unwrap();
    let token = row.token.unwrap();
    assert_eq!(token.value.expose_secret(), "secret");
    assert!(!token.worked && !row.stopped && row.waits_since.is_none());
    assert_eq!(
        tx.waiting_documents(whose, 9).await.unwrap(),
        [a_login(1, SUZ())]
    );
    assert_eq!(tx.suz_acts(whose, suz(1), 9).await.unwrap().len(), 1);
}

/// An organisation with a legal entity and a link.
async fn linked(world: &World) -> Box<dyn Transaction> {
    founded(&world.store, 1).await;
    let mut tx = world.store.write().await.unwrap();
    for n in [1, 2] {
        let entity = LegalEntity {
            id: entity(n),
            name: format!("Ромашка {n}"),
            inn: None,
            kpp: None,
        };
        tx.save_legal_entity(organisation(1), &entity, NOW)
            .await
            .unwrap();
    }
    tx.add_suz_connection(organisation(1), &a_link(1), NOW)
        .await
        .unwrap();
    tx
}

both! {
    async fn a_link_is_kept_whole(world: World) {
        let mut tx = linked(&world).await;
        let whole = SuzConnection {
            certificate: Some(a_certificate()),
            accepted: Some((user(1), after(1))),
            told: Some(Told {
                profile: SuzProfile { status: ProfileStatus::from("NEW_WORD"), groups: vec![] },
                balances: vec![Balance { group_id: 1, alias: Some("lp".into()), kopecks: -5 }],
                at: after(2),
            }),
            oms_id: None,
            way: SigningWay::Server,
            ..a_link(1)
        };
        tx.save_suz_connection(organisation(1), &whole).await.unwrap();
        let report = CheckReport::blank(CheckLevel::Request);
        tx.save_suz_check(organisation(1), suz(1), &report, after(3)).await.unwrap();
        let read = tx.suz_connection(organisation(1), suz(1)).await.unwrap().unwrap();
        assert_eq!(read, SuzConnection { check: Some((report, after(3))), ..whole });
    }

    async fn a_legal_entity_has_one_link_in_a_contour(world: World) {
        let mut tx = linked(&world).await;
        assert!(!tx.add_suz_connection(organisation(1), &a_link(2), NOW).await.unwrap());
        let elsewhere = SuzConnection { contour: Contour::Test, ..a_link(2) };
        assert!(tx.add_suz_connection(organisation(1), &elsewhere, NOW).await.unwrap());
        let another = SuzConnection { legal_entity: entity(2), ..a_link(3) };
        assert!(tx.add_suz_connection(organisation(1), &another, after(1)).await.unwrap());
        tx.retire_suz_connection(organisation(1), suz(1), NOW).await.unwrap();
        assert!(tx.add_suz_connection(organisation(1), &a_link(4), after(2)).await.unwrap());
        let ids: Vec<_> = tx.suz_connections(organisation(1)).await.unwrap().iter().map(|one| one.id).collect();
        assert_eq!(ids, [suz(2), suz(3), suz(4)]);
    }

    async fn a_retired_link_keeps_no_secret_and_wants_nothing(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        let own = LegalEntity { id: entity(1), name: "Ромашка".into(), inn: None, kpp: None };
        tx.save_legal_entity(organisation(1), &own, NOW).await.unwrap();
        fill(&mut tx, 1).await;
        tx.retire_suz_connection(organisation(1), suz(1), NOW).await.unwrap();
        assert!(tx.suz_token(organisation(1), SUZ()).await.unwrap().is_none());
        assert!(tx.waiting_documents(organisation(1), 9).await.unwrap().is_empty());
        assert!(tx.document(organisation(1), document(1)).await.unwrap().is_none());
        assert!(tx.take_suz_waiters(organisation(1), suz(1)).await.unwrap().is_empty());
        assert!(tx.suz_devices(organisation(1)).await.unwrap().is_empty());
        assert_eq!(tx.suz_devices_of(organisation(1), suz(1)).await.unwrap().len(), 1);
    }

    async fn a_link_has_one_active_device_and_each_id_once(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        assert!(tx.add_suz_device(whose, &a_device(2, DeviceState::Retired)).await.unwrap());
        assert!(tx.add_suz_device(whose, &a_device(1, DeviceState::Parallel)).await.unwrap());
        assert!(tx.add_suz_device(whose, &a_device(3, DeviceState::Active)).await.unwrap());
        assert!(!tx.add_suz_device(whose, &a_device(4, DeviceState::Active)).await.unwrap());
        let same = Device { id: device(5), ..a_device(1, DeviceState::Parallel) };
        assert!(!tx.add_suz_device(whose, &same).await.unwrap());
        let order: Vec<_> = tx.suz_devices_of(whose, suz(1)).await.unwrap().iter().map(|one| one.id).collect();
        assert_eq!(order, [device(3), device(1), device(2)]);
        let listed = Device { listed: Some(true), name: "Касса".into(), ..a_device(1, DeviceState::Parallel) };
        tx.save_suz_device(whose, &listed).await.unwrap();
        assert_eq!(tx.suz_devices(whose).await.unwrap()[0], listed);
    }

    async fn one_of_two_processes_gets_the_claim(world: World) {
        let mut tx = linked(&world).await;
        tx.lock_suz_token(organisation(1), suz(1), SUZ()).await.unwrap();
        tx.commit().await.unwrap();
        let other = world.another_process().await;
        let mut tx = world.store.write().await.unwrap();
        assert!(claim(&mut tx, organisation(1), "a", 0, 30).await);
        tx.commit().await.unwrap();
        let mut tx = other.write().await.unwrap();
        assert!(!claim(&mut tx, organisation(1), "b", 1, 31).await);
        let row = tx.suz_token(organisation(1), SUZ()).await.unwrap().unwrap();
        assert_eq!((row.claimed_until, row.logins), (Some(after(120)), 0));
        assert!(claim(&mut tx, organisation(1), "b", 120, 150).await, "a claim whose time is over is taken");
        let token = a_token("late", 121, 36_000);
        assert!(!tx.keep_suz_token(organisation(1), SUZ(), "a", &token).await.unwrap());
        let why = Why::of(Cause::TheirFault);
        assert!(!tx.fail_suz_login(organisation(1), SUZ(), "a", &why, true).await.unwrap());
        let token = a_token("good", 121, 36_000);
        assert!(tx.keep_suz_token(organisation(1), SUZ(), "b", &token).await.unwrap());
        let row = tx.suz_token(organisation(1), SUZ()).await.unwrap().unwrap();
        assert_eq!((row.claimed_until, row.logins), (None, 1));
        assert_eq!(row.token.unwrap().value.expose_secret(), "good");
    }

    async fn a_token_that_lives_bars_logins_until_its_end_is_near(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        tx.lock_suz_token(whose, suz(1), SUZ()).await.unwrap();
        assert!(claim(&mut tx, whose, "a", 0, 30).await);
        tx.keep_suz_token(whose, SUZ(), "a", &a_token("one", 0, 36_000)).await.unwrap();
        assert!(!claim(&mut tx, whose, "b", 1, 31).await);
        assert!(!claim(&mut tx, whose, "b", 35_000, 35_999).await);
        assert!(claim(&mut tx, whose, "b", 35_000, 36_000).await);
    }

    async fn a_late_refusal_of_an_old_token_leaves_the_new_one_alone(world: World) {
        let mut tx = linked(&world).await;
        let (whose, why) = (organisation(1), Why::of(Cause::TokenReplaced));
        tx.lock_suz_token(whose, suz(1), SUZ()).await.unwrap();
        for (by, value, at) in [("a", "one", 0), ("b", "two", 10)] {
            assert!(claim(&mut tx, whose, by, at, at + 30).await);
            tx.keep_suz_token(whose, SUZ(), by, &a_token(value, at, 36_000)).await.unwrap();
            if value == "one" {
                assert!(tx.kill_suz_token(whose, SUZ(), "hash of one", NOW.plus_seconds(-1), &why).await.unwrap());
                let row = tx.suz_token(whose, SUZ()).await.unwrap().unwrap();
                assert!(row.token.is_none());
                assert_eq!((row.early_ends, row.failure), (1, Some(why.clone())));
            }
        }
        assert!(!tx.kill_suz_token(whose, SUZ(), "hash of one", NOW, &why).await.unwrap());
        tx.suz_token_worked(whose, SUZ(), "hash of one").await.unwrap();
        let row = tx.suz_token(whose, SUZ()).await.unwrap().unwrap();
        assert!(!row.token.as_ref().unwrap().worked);
        assert_eq!((row.token.unwrap().fingerprint.as_str(), row.early_ends), ("hash of two", 1));
        tx.suz_token_worked(whose, SUZ(), "hash of two").await.unwrap();
        // Old when it was refused: nobody took it away.
        assert!(tx.kill_suz_token(whose, SUZ(), "hash of two", after(11), &why).await.unwrap());
        assert_eq!(tx.suz_token(whose, SUZ()).await.unwrap().unwrap().early_ends, 0);
    }

    async fn stopped_logins_wait_for_somebody(world: World) {
        let mut tx = linked(&world).await;
        let (whose, why) = (organisation(1), Why::of(Cause::SignerNotUser));
        tx.lock_suz_token(whose, suz(1), SUZ()).await.unwrap();
        assert!(claim(&mut tx, whose, "a", 0, 30).await);
        assert!(tx.fail_suz_login(whose, SUZ(), "a", &why, true).await.unwrap());
        let row = tx.suz_token(whose, SUZ()).await.unwrap().unwrap();
        assert!(row.stopped && row.failure == Some(why.clone()) && row.logins == 1);
        assert!(!claim(&mut tx, whose, "b", 999, 1099).await);
        tx.let_suz_login(whose, suz(1), None).await.unwrap();
        assert!(claim(&mut tx, whose, "b", 999, 1099).await);
        tx.stop_suz_login(whose, SUZ(), &why).await.unwrap();
        assert!(tx.suz_token(whose, SUZ()).await.unwrap().unwrap().stopped);
        tx.forget_suz_tokens(whose, suz(1), Some(Door::TrueApi(suz(1)))).await.unwrap();
        assert_eq!(tx.suz_tokens_of(whose, suz(1)).await.unwrap().len(), 1);
        tx.forget_suz_tokens(whose, suz(1), Some(SUZ())).await.unwrap();
        assert!(tx.suz_tokens_of(whose, suz(1)).await.unwrap().is_empty());
    }

    async fn a_token_is_sealed_for_its_door(world: World) {
        let mut tx = linked(&world).await;
        let (whose, bearer) = (organisation(1), Door::TrueApi(suz(1)));
        for door in [SUZ(), bearer] {
            tx.lock_suz_token(whose, suz(1), door).await.unwrap();
            tx.claim_suz_login(whose, door, "a", NOW, after(9), NOW).await.unwrap();
            tx.keep_suz_token(whose, door, "a", &a_token("secret", 0, 9)).await.unwrap();
        }
        tx.wait_for_signature(whose, bearer, after(4)).await.unwrap();
        tx.wait_for_signature(whose, bearer, after(5)).await.unwrap();
        assert_eq!(tx.suz_token(whose, bearer).await.unwrap().unwrap().waits_since, Some(after(4)));
        tx.commit().await.unwrap();
        let open = "SELECT COUNT(*) FROM suz_tokens WHERE sealed LIKE '%secret%'";
        assert_eq!(world.counted(open).await, 0);
        world.raw("UPDATE suz_tokens SET sealed = (SELECT sealed FROM suz_tokens WHERE kind = 'client')").await;
        let mut tx = world.store.read().await.unwrap();
        assert!(tx.suz_token(whose, SUZ()).await.is_ok());
        assert!(tx.suz_token(whose, bearer).await.is_err(), "another door's token does not open");
    }

    async fn jobs_that_wait_are_taken_once(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        for (kind, subject) in [("watch_suz", "2"), ("check_suz", "1"), ("watch_suz", "2")] {
            tx.add_suz_waiter(whose, suz(1), kind, subject).await.unwrap();
        }
        let pair = |kind: &str, subject: &str| (kind.to_owned(), subject.to_owned());
        let waiters = tx.take_suz_waiters(whose, suz(1)).await.unwrap();
        assert_eq!(waiters, [pair("check_suz", "1"), pair("watch_suz", "2")]);
        assert!(tx.take_suz_waiters(whose, suz(1)).await.unwrap().is_empty());
    }

    async fn a_document_keeps_exact_bytes_and_is_signed_once(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        let waiting = Document {
            purpose: DocumentPurpose::RegisterDevice,
            content: Some(Content { bytes: vec![0, 255, 13, 10, 29], challenge: None, at: after(1) }),
            detail: "Касса".into(),
            asked_by: Some(user(1)),
            ..a_login(1, SUZ())
        };
        assert!(tx.add_document(whose, &waiting).await.unwrap());
        assert_eq!(tx.document(whose, document(1)).await.unwrap(), Some(waiting.clone()));
        let signed = Document {
            state: DocumentState::Signed,
            signature: Some(Signature {
                cms: "MIIB".into(),
                certificate: Some(a_certificate()),
                by: Some(user(1)),
                at: after(2),
            }),
            ..waiting
        };
        assert!(tx.move_document(whose, &signed, DocumentState::Waiting).await.unwrap());
        assert!(!tx.move_document(whose, &signed, DocumentState::Waiting).await.unwrap());
        let refused = Document {
            state: DocumentState::Refused,
            settled_at: Some(after(3)),
            trouble: Some(Why::of(Cause::SignatureRefused)),
            ..signed
        };
        assert!(tx.move_document(whose, &refused, DocumentState::Signed).await.unwrap());
        assert_eq!(tx.document(whose, document(1)).await.unwrap(), Some(refused));
    }

    async fn a_login_is_wanted_once(world: World) {
        let mut tx = linked(&world).await;
        let (whose, bearer) = (organisation(1), Door::TrueApi(suz(1)));
        assert!(tx.add_document(whose, &a_login(2, SUZ())).await.unwrap());
        assert!(!tx.add_document(whose, &a_login(3, SUZ())).await.unwrap());
        assert!(tx.add_document(whose, &a_login(1, bearer)).await.unwrap());
        let ids = |documents: Vec<Document>| documents.into_iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!(ids(tx.waiting_documents(whose, 9).await.unwrap()), [document(1), document(2)]);
        assert_eq!(ids(tx.waiting_documents(whose, 1).await.unwrap()), [document(1)]);
        tx.drop_login(whose, SUZ(), after(9)).await.unwrap();
        assert_eq!(ids(tx.waiting_documents(whose, 9).await.unwrap()), [document(1)]);
        assert!(tx.add_document(whose, &a_login(4, SUZ())).await.unwrap());
    }

    async fn who_knows_the_ids_is_remembered_whatever_becomes_of_them(world: World) {
        let mut tx = linked(&world).await;
        let whose = organisation(1);
        for n in [2, 3] {
            tx.add_user(&a_user(n), NOW).await.unwrap();
        }
        tx.set_membership(whose, user(2), Role::Admin, NOW).await.unwrap();
        let brought = Device { added_by: Some(user(3)), ..a_device(1, DeviceState::Active) };
        tx.add_suz_device(whose, &brought).await.unwrap();
        for (n, seconds) in [(2, 5), (1, 7)] {
            let act = Act { user: user(n), action: Action::SuzIdsSeen, at: after(seconds) };
            tx.note_suz_act(whose, suz(1), &act).await.unwrap();
        }
        let knowers = tx.suz_knowers(whose, suz(1)).await.unwrap();
        let roles: Vec<_> = knowers.iter().map(|one| (one.user, one.role)).collect();
        assert_eq!(roles, [(user(1), Some(Role::Owner)), (user(2), Some(Role::Admin)), (user(3), None)]);
        let acts = tx.suz_acts(whose, suz(1), 1).await.unwrap();
        assert_eq!((acts.len(), acts[0].0.at, acts[0].1.clone()), (1, after(7), email(1)));
        let members: Vec<_> = tx.members(whose).await.unwrap().into_iter().map(|one| one.0).collect();
        assert_eq!(members, [user(1), user(2)]);
    }
}
