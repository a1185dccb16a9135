use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    account::Role,
    server::ports::storage::{Session, Storage},
};

both! {
    async fn a_session_tells_who_is_asking_until_it_runs_out(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.begin_session("hash", user(1), organisation(1), NOW, after(60)).await.unwrap();
        tx.set_membership(organisation(1), user(1), Role::Viewer, NOW).await.unwrap();
        let session = Session {
            user: user(1),
            email: email(1),
            organisation: organisation(1),
            organisation_name: "Организация 1".into(),
            role: Role::Viewer,
        };
        assert_eq!(tx.session("hash", after(59)).await.unwrap(), Some(session));
        assert_eq!(tx.session("hash", after(60)).await.unwrap(), None);
        assert_eq!(tx.session("other", NOW).await.unwrap(), None);
    }

    async fn an_ended_session_is_gone_and_old_ones_are_swept(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        for (hash, seconds) in [("a", 10), ("b", 20), ("c", 30)] {
            tx.begin_session(hash, user(1), organisation(1), NOW, after(seconds)).await.unwrap();
        }
        tx.end_session("c").await.unwrap();
        assert_eq!(tx.session("c", NOW).await.unwrap(), None);
        assert_eq!(tx.sweep_sessions(after(10)).await.unwrap(), 1);
        assert!(tx.session("b", after(10)).await.unwrap().is_some());
    }

    async fn a_session_ends_with_the_membership(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        tx.begin_session("hash", user(1), organisation(1), NOW, after(60)).await.unwrap();
        tx.commit().await.unwrap();
        world.raw("DELETE FROM memberships").await;
        let mut tx = world.store.read().await.unwrap();
        assert_eq!(tx.session("hash", NOW).await.unwrap(), None);
    }

    async fn nobody_works_in_an_organisation_without_a_membership(world: World) {
        founded(&world.store, 1).await;
        founded(&world.store, 2).await;
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.begin_session("hash", user(1), organisation(2), NOW, after(60)).await.is_err());
    }
}
