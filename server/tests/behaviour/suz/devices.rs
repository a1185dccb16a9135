use super::{DEVICE, HOUR, OLD_DEVICE, OMS_ID, as_role, inn, store_of};
use crate::harness::both;
use desk::{
    account::Role,
    journal::Action,
    server::ports::storage::Storage as _,
    suz::{
        Cause, DeviceState, DocumentPurpose, SigningWay, TokenState,
        view::{DevicesAnswer, PasteAnswer},
    },
    time::Timestamp,
};
use sandbox::crpt::NewDevice;

both! {
    async fn devices_are_listed_registered_and_deleted_by_the_api(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let desk = world.desk();
        let answer = desk.register_suz_device(&company.actor, id, "Касса", "Лиговский, 1").await.unwrap();
        assert_eq!(answer, DevicesAnswer::Done);
        let view = world.link(&company, id).await;
        let till = view.devices.iter().find(|device| device.name == "Касса").unwrap();
        assert_eq!(till.state, DeviceState::Parallel);
        let DevicesAnswer::Listed(listed) = desk.read_suz_devices(&company.actor, id).await.unwrap() else {
            panic!("no list");
        };
        assert!(listed.iter().any(|one| one.known == Some(till.id)), "{listed:?}");

        assert_eq!(desk.delete_suz_device(&company.actor, id, till.id).await.unwrap(), DevicesAnswer::Done);
        let view = world.link(&company, id).await;
        let till = view.devices.iter().find(|device| device.name == "Касса").unwrap();
        assert_eq!(till.state, DeviceState::Retired);
        assert!(world.participant().devices.iter().any(|device| device.name == "Касса" && device.deleted));
    }

    async fn a_registration_waits_for_a_person_where_one_signs(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::Browser, OMS_ID, DEVICE).await;
        let answer = world.desk().register_suz_device(&company.actor, id, "Касса", "Лиговский, 1").await.unwrap();
        assert_eq!(answer, DevicesAnswer::WaitsForSignature);
        let view = world.link(&company, id).await;
        assert_eq!(view.waiting[0].purpose, DocumentPurpose::RegisterDevice);
        assert_eq!(world.sign_all(&company).await, [None]);
        let view = world.link(&company, id).await;
        assert!(view.devices.iter().any(|device| device.name == "Касса"));
        let sent = world.sandbox.received().into_iter().rfind(|request| request.method == "POST").unwrap();
        let body: serde_json::Value = serde_json::from_slice(&sent.body).unwrap();
        assert_eq!(body["name"], "Касса");
    }

    async fn a_device_of_the_list_is_taken_over(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        world.sandbox.create_device(&inn(), NewDevice::named("Из кабинета")).unwrap();
        let DevicesAnswer::Listed(listed) = world.desk().read_suz_devices(&company.actor, id).await.unwrap() else {
            panic!("no list");
        };
        let unknown = listed.into_iter().find(|one| one.known.is_none()).unwrap();
        let adopted = world.desk().adopt_suz_device(&company.actor, id, &unknown.connection, "Кабинет").await.unwrap();
        assert_eq!(adopted, DevicesAnswer::Done);
        let view = world.link(&company, id).await;
        assert!(view.devices.iter().any(|device| device.name == "Кабинет" && device.added_by.is_none()));
    }

    async fn a_device_that_was_deleted_is_found_in_the_list_and_at_the_login(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        world.checked(&company, id).await;
        world.sandbox.delete_device(&inn(), DEVICE).unwrap();
        let view = world.checked(&company, id).await;
        let report = view.check.unwrap().report;
        let (_, why) = report.failure().unwrap();
        assert_eq!(why.cause, Cause::OldDevice, "{report:?}");
    }

    async fn nobody_is_asked_to_sign_for_a_device_that_another_one_relieved(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::Browser, OMS_ID, OLD_DEVICE).await;
        world.checked(&company, id).await;
        world.sign_all(&company).await;
        assert_eq!(world.link(&company, id).await.waiting.len(), 1);
        let desk = world.desk();
        let added = desk.add_suz_device(&company.actor, id, "Новое", DEVICE).await.unwrap();
        assert_eq!(added, PasteAnswer::Done);
        let view = world.link(&company, id).await;
        let new = view.devices.iter().find(|device| device.name == "Новое").unwrap().id;
        desk.set_suz_device(&company.actor, id, new, DeviceState::Active).await.unwrap();
        world.run_jobs().await;
        assert_eq!(world.sign_all(&company).await, [None], "the new device's login alone");
        let view = world.link(&company, id).await;
        assert!(view.waiting.is_empty() && view.check.unwrap().report.well());
    }

    async fn a_second_program_is_told_when_it_keeps_taking_the_device_away(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        world.checked(&company, id).await;
        let steal = || world.sandbox.second_program(&inn(), DEVICE).unwrap();
        let list = || async { world.desk().read_suz_devices(&company.actor, id).await.unwrap() };
        steal();
        assert!(matches!(list().await, DevicesAnswer::Listed(_)), "one new login, and the call is made again");
        steal();
        assert!(matches!(list().await, DevicesAnswer::Listed(_)));
        steal();
        let DevicesAnswer::Failed(why) = list().await else {
            panic!("three times within an hour is no chance");
        };
        assert_eq!(why.cause, Cause::TokenReplaced);
        let given = world.logins();
        world.after(HOUR).await;
        assert_eq!(world.logins(), given, "nobody fights on");
        let view = world.link(&company, id).await;
        assert!(matches!(view.devices[0].token, TokenState::Stopped { .. }));
        assert!(world.checked(&company, id).await.check.unwrap().report.well());
    }

    async fn a_retired_person_s_devices_are_called_to_mind(world: World) {
        let company = world.company("anna@example.com").await;
        let id = world.connected(&company, SigningWay::DemoKey, OMS_ID, DEVICE).await;
        let (boris, _) = world.person("boris@example.com").await;
        let at = Timestamp(world.sandbox.now_ms());
        let store = store_of(&world).await;
        let member = async |role| {
            let mut tx = store.write().await.unwrap();
            tx.set_membership(company.actor.organisation, boris.user, role, at).await.unwrap();
            tx.commit().await.unwrap();
        };
        member(Role::Admin).await;
        let admin = desk::account::Actor { user: boris.user, ..as_role(&company.actor, Role::Admin) };
        let shown = world.desk().show_suz_ids(&admin, id).await.unwrap();
        assert_eq!(shown.oms_id.as_deref(), Some(OMS_ID));
        let view = world.link(&company, id).await;
        assert_eq!((view.looks[0].who.as_str(), view.looks[0].action), ("boris@example.com", Action::SuzIdsSeen));
        assert!(!view.devices[0].person_gone);
        assert_eq!(world.desk().suz_passport(&company.actor, id).await.unwrap().people.len(), 2);

        member(Role::Viewer).await;
        world.after(1).await;
        let added = world.desk().add_suz_device(&company.actor, id, "Новое", OLD_DEVICE).await.unwrap();
        assert_eq!(added, PasteAnswer::Done);
        let view = world.link(&company, id).await;
        assert!(view.devices[0].person_gone, "he saw this one");
        assert!(!view.devices[1].person_gone, "and never this");
        assert_eq!(world.desk().suz_passport(&company.actor, id).await.unwrap().people, ["anna@example.com"]);
    }
}
