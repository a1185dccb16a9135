use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    legal_entity::LegalEntity,
    server::ports::{
        readings::Reading,
        storage::{Connection, Storage, StoreError},
    },
};
use secrecy::ExposeSecret;

both! {
    async fn a_connection_comes_back_as_it_was_saved(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        let entity = LegalEntity { id: entity(1), name: "Ромашка".into(), inn: None, kpp: None };
        tx.save_legal_entity(organisation(1), &entity, NOW).await.unwrap();
        assert_eq!(tx.connection(organisation(1), connection(1)).await.unwrap(), Some(a_connection(1)));
        let changed = Connection {
            label: "Другой\0".into(),
            key_ending: "ffff".into(),
            legal_entity: Some(entity.id),
            business: None,
            report: None,
            checked_at: None,
            synced_to: Some(after(5)),
            sync_read: 70,
            reading: Some(Reading {
                began_at: NOW,
                since: Some(after(-5)),
                done: 1,
                page: Some("eyJ".into()),
                read: 50,
                test_orders: true,
            }),
            test_orders: true,
            ..a_connection(1)
        };
        tx.save_connection(organisation(1), &changed).await.unwrap();
        let shown = Connection { label: "Другой␀".into(), ..changed };
        assert_eq!(tx.connection(organisation(1), connection(1)).await.unwrap(), Some(shown));
        assert_eq!(tx.connection(organisation(1), connection(2)).await.unwrap(), None);
    }

    async fn connections_come_oldest_first(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.add_connection(organisation(1), &a_connection(7), &key("k"), after(-5)).await.unwrap();
        assert_eq!(tx.connections(organisation(1)).await.unwrap(), vec![a_connection(7), a_connection(1)]);
    }

    async fn a_key_is_opened_by_its_master_key_only_and_never_lies_open(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.read().await.unwrap();
        let opened = tx.key(organisation(1), connection(1)).await.unwrap().unwrap();
        assert_eq!(opened.expose_secret(), "secret-key-a1b2");
        assert!(tx.key(organisation(1), connection(2)).await.unwrap().is_none());
        drop(tx);
        let lying_open = "SELECT COUNT(*) FROM connections WHERE sealed_key LIKE '%secret%' OR sealed_key NOT LIKE 'v1:%'";
        assert_eq!(world.counted(lying_open).await, 0);

        let stranger = world.with_master_key([8; 32]).await;
        let mut tx = stranger.read().await.unwrap();
        assert!(matches!(tx.key(organisation(1), connection(1)).await, Err(StoreError::Sealed)));
    }

    async fn a_sealed_key_copied_to_another_connection_does_not_open(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.add_connection(organisation(1), &a_connection(2), &key("other"), NOW).await.unwrap();
        tx.commit().await.unwrap();
        world.raw("UPDATE connections SET sealed_key = (SELECT MIN(sealed_key) FROM connections)").await;
        let mut tx = world.store.read().await.unwrap();
        let mut opened = 0;
        for n in [1, 2] {
            match tx.key(organisation(1), connection(n)).await {
                Ok(key) => opened += usize::from(key.is_some()),
                Err(error) => assert!(matches!(error, StoreError::Sealed), "{error}"),
            }
        }
        assert_eq!(opened, 1);
    }

    async fn a_replaced_key_is_the_new_one(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.replace_key(organisation(1), connection(1), &key("newer")).await.unwrap();
        let opened = tx.key(organisation(1), connection(1)).await.unwrap().unwrap();
        assert_eq!(opened.expose_secret(), "newer");
    }

    async fn a_retired_connection_loses_its_key_and_keeps_its_shops(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.retire_connection(organisation(1), connection(1), NOW).await.unwrap();
        tx.replace_key(organisation(1), connection(1), &key("newer")).await.unwrap();
        tx.save_connection(organisation(1), &a_connection(1)).await.unwrap();
        assert!(tx.connections(organisation(1)).await.unwrap().is_empty());
        assert_eq!(tx.connection(organisation(1), connection(1)).await.unwrap(), None);
        assert!(tx.key(organisation(1), connection(1)).await.unwrap().is_none());
        assert!(tx.shop(organisation(1), shop(1)).await.unwrap().is_some());
        tx.commit().await.unwrap();
        assert_eq!(world.counted("SELECT COUNT(*) FROM connections WHERE sealed_key IS NOT NULL").await, 0);
    }
}
