use super::{DEVICE, FOREIGN_OMS_ID, HOUR, INN, OLD_DEVICE, OMS_ID, cause, inn, step};
use crate::harness::both;
use desk::suz::{
    Cause, CheckLevel, CheckStep, Contour, SigningWay, StepOutcome, TokenState,
    check::SkipReason,
    paste::{Mistake, PastedIds},
    view::{ConnectAnswer, PasteAnswer},
};
use sandbox::crpt::{
    ParticipantChange,
    participant::ProfileStatus,
    settings::{Health, InnerCall, SettingsChange},
};

both! {
    async fn a_right_connection_passes_every_step_and_learns_its_oms_id(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, "", DEVICE).await;
        let view = world.checked(&company, id).await;
        let check = view.check.as_ref().unwrap();
        assert!(check.report.well(), "{:?}", check.report);
        assert!(!check.running);
        assert!(view.oms_id_told);
        assert_eq!(view.oms_id.unwrap().as_str(), "5d6a…4d17");
        let profile = view.profile.unwrap();
        assert_eq!(profile.groups.len(), 1);
        assert_eq!(profile.balances[0].kopecks, 100_000);
        assert!(matches!(view.devices[0].token, TokenState::Live { .. }));
        assert_eq!(view.devices[0].listed, Some(true));
        assert_eq!(world.logins(), 1);
        assert_eq!(view.certificate.unwrap().inn.as_deref(), Some(INN));
        assert_eq!(view.warnings, []);
    }

    async fn the_demo_key_is_on_offer_before_there_is_a_legal_entity(world: World) {
        let (actor, _) = world.person("anna@example.com").await;
        let choice = world.desk().suz(&actor).await.unwrap().choice;
        assert_eq!(choice.legal_entities, []);
        for (contour, ways) in choice.ways {
            let offered = ways.contains(&SigningWay::DemoKey);
            assert_eq!(offered, contour == Contour::Sandbox, "{contour:?}");
        }
    }

    async fn the_first_level_calls_nobody(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let before = world.sandbox.received().len();
        let view = world.desk().check_suz(&company.actor, id, CheckLevel::Form).await.unwrap();
        world.run_jobs().await;
        let report = view.check.unwrap().report;
        assert!(report.well(), "{report:?}");
        assert!(report.steps.iter().all(|one| one.step.level() == CheckLevel::Form));
        assert_eq!(world.sandbox.received().len(), before);
        assert_eq!(world.logins(), 0);
    }

    async fn the_third_level_says_that_it_comes_with_orders(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        world.desk().check_suz(&company.actor, id, CheckLevel::Order).await.unwrap();
        world.run_jobs().await;
        let view = world.link(&company, id).await;
        let why = SkipReason::NoTestOrder;
        assert_eq!(step(&view, CheckStep::TestOrder), StepOutcome::Skipped { why });
    }

    async fn nobody_logs_in_before_the_end_of_static_tokens_is_accepted(world: World) {
        let company = world.company("anna@example.com").await;
        let ConnectAnswer::Connected(id) = world.connect(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await else {
            panic!("not connected");
        };
        let view = world.checked(&company, id).await;
        assert_eq!(cause(&view, CheckStep::ClientLogin), Some(Cause::StaticTokensEnded));
        assert_eq!(world.logins(), 0);
        world.desk().accept_static_tokens(&company.actor, id).await.unwrap();
        let view = world.checked(&company, id).await;
        assert!(view.check.unwrap().report.well());
        assert_eq!(world.logins(), 1);
    }

    async fn planted_mistakes_are_found_named_and_repaired(world: World) {
        let company = world.company("anna@example.com").await;
        let wrong = |answer: ConnectAnswer| match answer {
            ConnectAnswer::Wrong(read) => read,
            other => panic!("{other:?}"),
        };
        let way = SigningWay::DemoKey;
        let read = wrong(world.connect(&company, way, OMS_ID, OMS_ID).await);
        assert_eq!(read.connection.value, Err(Mistake::SameAsOmsId));
        let read = wrong(world.connect(&company, way, OMS_ID, "https://suz2.crpt.ru").await);
        assert_eq!(read.connection.value, Err(Mistake::Address { of_suz: true }));
        let read = wrong(world.connect(&company, way, "2BE3e1b2c4d5f60718293a4b5c6d7e8f901", DEVICE).await);
        assert_eq!(read.oms_id.value, Err(Mistake::EdoId));
        // Dirt around a right id is no mistake; a foreign id and an old device look right, and only calls tell.
        let dirty = format!("\u{a0}{}\u{200b} ", OLD_DEVICE.to_uppercase());
        let id = world.connected(&company, way, FOREIGN_OMS_ID, &dirty).await;
        let view = world.checked(&company, id).await;
        assert_eq!(cause(&view, CheckStep::Profile), Some(Cause::ForeignOmsId));
        assert_eq!(cause(&view, CheckStep::ClientLogin), Some(Cause::OldDevice));
        let why = SkipReason::EarlierFailed;
        assert_eq!(step(&view, CheckStep::Ping), StepOutcome::Skipped { why });
        assert!(matches!(view.devices[0].token, TokenState::Stopped { .. }), "{:?}", view.devices[0].token);

        let ids = PastedIds { oms_id: OMS_ID.into(), ..PastedIds::default() };
        assert_eq!(world.desk().edit_suz(&company.actor, id, &ids).await.unwrap(), PasteAnswer::Done);
        let added = world.desk().add_suz_device(&company.actor, id, "Склад", DEVICE).await.unwrap();
        assert_eq!(added, PasteAnswer::Done);
        let view = world.link(&company, id).await;
        let device = view.devices.iter().find(|device| device.name == "Склад").unwrap().id;
        world.desk().set_suz_device(&company.actor, id, device, desk::suz::DeviceState::Active).await.unwrap();
        let view = world.checked(&company, id).await;
        assert!(view.check.as_ref().unwrap().report.well(), "{:?}", view.check);
        assert_eq!(view.devices[1].state, desk::suz::DeviceState::Parallel);
    }

    async fn services_that_do_not_answer_are_told_apart(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let change = |change: SettingsChange| world.sandbox.change_crpt_settings(change).unwrap();
        change(SettingsChange { true_api: Some(Health::Unreachable), ..SettingsChange::default() });
        let view = world.checked(&company, id).await;
        assert_eq!(cause(&view, CheckStep::TrueApiAnswers), Some(Cause::TrueApiUnreachable));
        let why = SkipReason::EarlierFailed;
        assert_eq!(step(&view, CheckStep::ClientLogin), StepOutcome::Skipped { why });

        change(SettingsChange {
            true_api: Some(Health::Available),
            suz: Some(Health::Unreachable),
            ..SettingsChange::default()
        });
        let view = world.checked(&company, id).await;
        assert_eq!(cause(&view, CheckStep::Profile), Some(Cause::SuzUnreachable));
        assert_eq!(cause(&view, CheckStep::Ping), Some(Cause::SuzUnreachable));

        change(SettingsChange { suz: Some(Health::Available), ..SettingsChange::default() });
        assert!(world.checked(&company, id).await.check.unwrap().report.well());
    }

    async fn a_login_that_suz_did_not_answer_in_time_is_tried_again_and_not_stopped(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let change = |inner| {
            let change = SettingsChange { suz_behind_true_api: Some(inner), ..SettingsChange::default() };
            world.sandbox.change_crpt_settings(change).unwrap();
        };
        change(InnerCall::TimedOut);
        let view = world.checked(&company, id).await;
        assert_eq!(cause(&view, CheckStep::ClientLogin), Some(Cause::SuzSlowInside));
        assert!(!matches!(view.devices[0].token, TokenState::Stopped { .. }));
        change(InnerCall::Available);
        // The hourly look comes back by itself: nobody has to press anything.
        world.after(HOUR).await;
        let view = world.link(&company, id).await;
        assert!(matches!(view.devices[0].token, TokenState::Live { .. }), "{:?}", view.devices[0].token);
    }

    async fn a_certificate_that_is_no_users_stops_logins_until_somebody_checks_again(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let user = |is| {
            let change = ParticipantChange { demo_key: Some(is), ..ParticipantChange::default() };
            world.sandbox.change_participant(&inn(), change).unwrap();
        };
        user(false);
        let view = world.checked(&company, id).await;
        assert_eq!(cause(&view, CheckStep::TrueApiLogin), Some(Cause::SignerNotUser));
        assert!(matches!(view.true_api, TokenState::Stopped { .. }), "{:?}", view.true_api);
        let asked = world.sandbox.received().len();
        world.after(3 * HOUR).await;
        assert_eq!(world.sandbox.received().len(), asked, "nothing is tried while it is stopped");
        user(true);
        assert!(world.checked(&company, id).await.check.unwrap().report.well());
    }

    async fn a_locked_company_is_told(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let change = ParticipantChange { profile_status: Some(ProfileStatus::Locked), ..ParticipantChange::default() };
        world.sandbox.change_participant(&inn(), change).unwrap();
        let view = world.checked(&company, id).await;
        assert_eq!(cause(&view, CheckStep::Profile), Some(Cause::ProfileLocked));
    }
}
