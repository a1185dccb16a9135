use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{account::Role, legal_entity::LegalEntity, server::ports::storage::Storage};

both! {
    async fn a_person_is_found_by_address_and_an_address_is_taken_once(world: World) {
        let mut tx = world.store.write().await.unwrap();
        assert_eq!(tx.user_by_email(&email(1)).await.unwrap(), None);
        assert!(tx.add_user(&a_user(1), NOW).await.unwrap());
        let mut namesake = a_user(2);
        namesake.email = email(1);
        assert!(!tx.add_user(&namesake, NOW).await.unwrap());
        assert!(tx.add_user(&a_user(2), NOW).await.unwrap(), "the transaction goes on after a taken address");
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        assert_eq!(tx.user_by_email(&email(1)).await.unwrap(), Some(a_user(1)));
    }

    async fn memberships_come_oldest_first_with_the_newest_role(world: World) {
        let mut tx = world.store.write().await.unwrap();
        tx.add_user(&a_user(1), NOW).await.unwrap();
        for (n, seconds) in [(1, 20), (2, 10)] {
            tx.add_organisation(organisation(n), "Организация", NOW).await.unwrap();
            tx.set_membership(organisation(n), user(1), Role::Viewer, after(seconds)).await.unwrap();
        }
        tx.set_membership(organisation(1), user(1), Role::Packer, after(0)).await.unwrap();
        assert_eq!(
            tx.memberships(user(1)).await.unwrap(),
            vec![(organisation(2), Role::Viewer), (organisation(1), Role::Packer)]
        );
        assert!(tx.memberships(user(2)).await.unwrap().is_empty());
    }

    async fn legal_entities_are_listed_by_name_and_changed_in_place(world: World) {
        let mut tx = world.store.write().await.unwrap();
        tx.add_organisation(organisation(1), "Организация", NOW).await.unwrap();
        let named = |n: u64, name: &str| LegalEntity { id: entity(n), name: name.into(), inn: None, kpp: None };
        for entity in [named(1, "яблоко"), named(2, "ООО «Ромашка»"), named(3, "Аист")] {
            tx.save_legal_entity(organisation(1), &entity, NOW).await.unwrap();
        }
        let mut romashka = named(2, "Ромашка");
        romashka.inn = Some("7736207543".parse().unwrap());
        romashka.kpp = Some("770401001".parse().unwrap());
        tx.save_legal_entity(organisation(1), &romashka, NOW).await.unwrap();
        assert_eq!(
            tx.legal_entities(organisation(1)).await.unwrap(),
            vec![named(3, "Аист"), romashka, named(1, "яблоко")]
        );
    }

    async fn tries_are_counted_in_a_window_that_begins_with_the_first(world: World) {
        let mut tx = world.store.write().await.unwrap();
        let window = 60_000;
        assert_eq!(tx.count_try("ip:1", after(0), window).await.unwrap(), (1, after(0)));
        assert_eq!(tx.count_try("ip:1", after(59), window).await.unwrap(), (2, after(0)));
        assert_eq!(tx.count_try("ip:2", after(59), window).await.unwrap(), (1, after(59)));
        assert_eq!(tx.count_try("ip:1", after(61), window).await.unwrap(), (1, after(61)));
        tx.forget_tries("ip:1").await.unwrap();
        assert_eq!(tx.count_try("ip:1", after(62), window).await.unwrap(), (1, after(62)));
    }
}
