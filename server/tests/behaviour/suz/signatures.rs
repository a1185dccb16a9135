use super::{DEVICE, FOREIGN_OMS_ID, HOUR, OLD_DEVICE, OMS_ID, cause, step};
use crate::harness::both;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use desk::{
    journal::Action,
    suz::{
        Cause, CheckLevel, CheckStep, DocumentPurpose, SignatureKind, SigningWay, StepOutcome,
        TokenState, document::Signed, paste::PastedIds,
    },
};

both! {
    async fn a_check_waits_for_a_person_and_one_press_lets_it_go_on(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::Browser, "", DEVICE).await;
        let view = world.checked(&company, id).await;
        assert_eq!(step(&view, CheckStep::TrueApiLogin), StepOutcome::WaitsForSignature);
        assert_eq!(step(&view, CheckStep::Profile), StepOutcome::NotYet);
        assert_eq!(step(&view, CheckStep::ClientLogin), StepOutcome::WaitsForSignature);
        assert!(!view.check.unwrap().running);
        assert_eq!(view.attention.waiting, 2);
        let purposes: Vec<_> = view.waiting.iter().map(|document| document.purpose).collect();
        assert!(purposes.contains(&DocumentPurpose::ClientLogin) && purposes.contains(&DocumentPurpose::TrueApiLogin));
        assert_eq!(world.logins(), 0);

        assert_eq!(world.sign_all(&company).await, [None, None]);
        let view = world.link(&company, id).await;
        assert!(view.check.as_ref().unwrap().report.well(), "{:?}", view.check);
        assert_eq!(view.attention.waiting, 0);
        assert_eq!(world.logins(), 1);
        let journal = world.desk().journal(&company.actor).await.unwrap();
        assert_eq!(journal.iter().filter(|entry| entry.action == Action::SuzSigned).count(), 2);
    }

    async fn a_check_says_why_a_person_was_not_let_in_and_waits_on(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::Browser, OMS_ID, OLD_DEVICE).await;
        world.checked(&company, id).await;
        world.sign_all(&company).await;
        world.run_jobs().await;
        let view = world.link(&company, id).await;
        assert_eq!(step(&view, CheckStep::TrueApiLogin), StepOutcome::passed());
        assert_eq!(cause(&view, CheckStep::ClientLogin), Some(Cause::OldDevice));
        assert_eq!(view.attention.waiting, 1, "the next signature may be a better one");
        let check = view.check.unwrap();
        assert!(!check.running && !check.report.well());

        // Another OMS ID ends both logins: one that is let in does not wipe out why the other was not.
        world.after(1).await;
        let pasted = PastedIds { oms_id: FOREIGN_OMS_ID.into(), ..PastedIds::default() };
        world.desk().edit_suz(&company.actor, id, &pasted).await.unwrap();
        world.checked(&company, id).await;
        assert_eq!(world.sign_all(&company).await, [Some(Cause::OldDevice), None]);
        let view = world.link(&company, id).await;
        assert_eq!(step(&view, CheckStep::TrueApiLogin), StepOutcome::passed());
        assert_eq!(cause(&view, CheckStep::ClientLogin), Some(Cause::OldDevice));
    }

    async fn work_waits_when_the_ten_hours_end_and_a_signature_releases_it(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::Browser, OMS_ID, DEVICE).await;
        world.checked(&company, id).await;
        world.sign_all(&company).await;
        for _ in 0..8 {
            world.after(HOUR).await;
        }
        let view = world.link(&company, id).await;
        assert!(matches!(view.devices[0].token, TokenState::Live { .. }));
        assert!(view.waiting.is_empty());

        world.after(HOUR).await;
        let view = world.link(&company, id).await;
        assert!(matches!(view.devices[0].token, TokenState::SigningSoon { .. }), "{:?}", view.devices[0].token);
        assert_eq!(view.waiting.len(), 2, "what can be signed ahead is in the queue");
        assert_eq!((view.attention.waiting, view.attention.soon.is_some()), (0, true));

        world.after(HOUR).await;
        let view = world.link(&company, id).await;
        assert!(matches!(view.devices[0].token, TokenState::WaitsForSignature { .. }), "{:?}", view.devices[0].token);
        assert_eq!(view.attention.waiting, 2);
        let asked = world.sandbox.received().len();
        for _ in 0..5 {
            world.after(HOUR).await;
        }
        assert_eq!(world.sandbox.received().len(), asked, "work that waits asks nobody");

        let last = view.profile.unwrap().at.at;
        assert_eq!(world.sign_all(&company).await, [None, None]);
        let view = world.link(&company, id).await;
        assert!(view.profile.unwrap().at.at > last, "the hourly look went on by itself");
        assert_eq!(world.logins(), 2);
        world.after(HOUR).await;
        assert!(world.sandbox.received().len() > asked);
    }

    async fn a_signature_ahead_of_the_end_takes_the_place_of_the_token(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::Browser, OMS_ID, DEVICE).await;
        world.checked(&company, id).await;
        world.sign_all(&company).await;
        world.after(9 * HOUR + 60).await;
        assert_eq!(world.sign_all(&company).await, [None, None]);
        world.after(2 * HOUR).await;
        let view = world.link(&company, id).await;
        assert!(matches!(view.devices[0].token, TokenState::Live { .. }), "{:?}", view.devices[0].token);
        assert_eq!(world.logins(), 2);
    }

    async fn a_key_on_the_server_needs_nobody(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        world.checked(&company, id).await;
        for _ in 0..3 {
            world.after(9 * HOUR + HOUR / 2).await;
            let view = world.link(&company, id).await;
            assert!(matches!(view.devices[0].token, TokenState::Live { .. }));
            assert!(view.waiting.is_empty());
        }
        // Half an hour ahead of each end: the first and three more.
        assert_eq!(world.logins(), 4);
    }

    async fn changing_to_a_key_on_the_server_releases_what_waited(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::Browser, OMS_ID, DEVICE).await;
        world.checked(&company, id).await;
        world.desk().set_suz_way(&company.actor, id, SigningWay::DemoKey).await.unwrap();
        world.run_jobs().await;
        let view = world.link(&company, id).await;
        assert!(view.check.as_ref().unwrap().report.well(), "{:?}", view.check);
        assert!(view.waiting.is_empty());
    }

    async fn a_signature_over_other_bytes_and_one_of_the_wrong_kind_are_refused(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::Browser, OMS_ID, DEVICE).await;
        world.checked(&company, id).await;
        let queue = world.desk().signing_queue(&company.actor, Some(id)).await.unwrap();
        let ids: Vec<_> = queue.documents.iter().map(|document| document.id).collect();
        let prepared = world.desk().prepare_signing(&company.actor, ids).await.unwrap();
        let to_sign = prepared[0].bytes.clone().unwrap();
        let bytes = STANDARD.decode(&to_sign.base64).unwrap();
        let certificate = world.certificate(&company).await;
        let spoiled = [&bytes[1..], b"!"].concat();
        for signature in [
            world.sign(&company, SignatureKind::Detached, &bytes).await,
            world.sign(&company, SignatureKind::Attached, &spoiled).await,
            "AAAA".to_owned(),
        ] {
            let signed = Signed { id: to_sign.id, signature, certificate: certificate.clone() };
            let outcome = world.desk().take_signatures(&company.actor, vec![signed]).await.unwrap();
            assert_eq!(outcome[0].trouble.as_ref().unwrap().cause, Cause::SignatureRefused);
        }
        assert_eq!(world.logins(), 0);
        // Lines that a keeper of keys has wrapped are taken.
        let signature = world.sign(&company, SignatureKind::Attached, &bytes).await;
        let wrapped: Vec<&str> = signature.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
        let signed = Signed { id: to_sign.id, signature: wrapped.join("\r\n"), certificate };
        let outcome = world.desk().take_signatures(&company.actor, vec![signed.clone()]).await.unwrap();
        assert_eq!(outcome[0].trouble, None);
        let again = world.desk().take_signatures(&company.actor, vec![signed]).await;
        assert!(again.is_err(), "a document is signed once");
    }

    async fn an_old_challenge_is_fetched_anew(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::Browser, OMS_ID, DEVICE).await;
        world.desk().check_suz(&company.actor, id, CheckLevel::Request).await.unwrap();
        world.run_jobs().await;
        let queue = world.desk().signing_queue(&company.actor, Some(id)).await.unwrap();
        let document = queue.documents[0].id;
        let first = world.desk().prepare_signing(&company.actor, vec![document]).await.unwrap();
        let again = world.desk().prepare_signing(&company.actor, vec![document]).await.unwrap();
        assert_eq!(first, again, "a page that asks twice signs one challenge");
        let bytes = STANDARD.decode(&first[0].bytes.clone().unwrap().base64).unwrap();
        let signed = Signed {
            id: document,
            signature: world.sign(&company, SignatureKind::Attached, &bytes).await,
            certificate: world.certificate(&company).await,
        };
        world.after(6 * 60).await;
        let outcome = world.desk().take_signatures(&company.actor, vec![signed]).await.unwrap();
        assert_eq!(outcome[0].trouble.as_ref().unwrap().cause, Cause::ChallengeOld);
        assert_eq!(world.sign_all(&company).await, [None, None], "it stands in the queue anew");
    }
}
