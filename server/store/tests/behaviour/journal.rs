use crate::{
    harness::{World, both},
    samples::*,
};
use desk::{
    journal::Action,
    server::ports::storage::{JournalEntry, Storage},
};

both! {
    async fn entries_come_newest_first_with_the_address_of_who_it_was(world: World) {
        founded(&world.store, 1).await;
        let entry = |seconds: i64, user, action, subject: &str| JournalEntry {
            at: after(seconds),
            user,
            action,
            subject: subject.into(),
            detail: String::new(),
        };
        let signed_up = entry(0, Some(user(1)), Action::SignUp, "Организация");
        let bound = entry(5, Some(user(1)), Action::CodeBound, "10");
        let changed = entry(5, None, Action::OrderChanged, "10");
        let mut tx = world.store.write().await.unwrap();
        for entry in [&signed_up, &bound, &changed] {
            tx.write_journal(organisation(1), entry).await.unwrap();
        }
        assert_eq!(
            tx.journal(organisation(1), 9).await.unwrap(),
            vec![(changed.clone(), None), (bound, Some(email(1))), (signed_up, Some(email(1)))]
        );
        assert_eq!(tx.journal(organisation(1), 1).await.unwrap(), vec![(changed, None)]);
    }

    async fn every_action_is_read_back(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        for action in Action::ALL {
            let entry =
                JournalEntry { at: NOW, user: None, action: *action, subject: "s".into(), detail: "d".into() };
            tx.write_journal(organisation(1), &entry).await.unwrap();
        }
        let kept = tx.journal(organisation(1), 100).await.unwrap();
        let kept: Vec<_> = kept.into_iter().rev().map(|(entry, _)| entry.action).collect();
        assert_eq!(kept, Action::ALL);
    }
}
