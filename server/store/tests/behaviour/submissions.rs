use crate::{
    harness::{PATIENCE, World, both},
    samples::*,
};
use desk::{
    ids::SubmissionId,
    marketplace::ShipBy,
    server::ports::storage::{Storage, StoreError, Submission, Transaction},
    submission::{SubmissionState, TheirError, TheirWords},
};

both! {
    async fn a_submission_comes_back_byte_for_byte(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let kept = a_submission(1, order(10), user(1), 1);
        assert!(tx.add_submission(organisation(1), &kept).await.unwrap());
        tx.commit().await.unwrap();
        let mut tx = world.store.read().await.unwrap();
        assert_eq!(tx.submission(organisation(1), submission(1)).await.unwrap(), Some(kept.clone()));
        assert_eq!(tx.newest_submission(organisation(1), order(10)).await.unwrap(), Some(kept));
        assert_eq!(tx.submission(organisation(1), submission(2)).await.unwrap(), None);
        assert_eq!(tx.newest_submission(organisation(1), order(11)).await.unwrap(), None);
    }

    async fn one_is_in_flight_and_numbers_are_taken_once(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let first = a_submission(1, order(10), user(1), 1);
        assert!(tx.add_submission(organisation(1), &first).await.unwrap());
        let second = a_submission(2, order(10), user(1), 2);
        for state in [SubmissionState::Queued, SubmissionState::Sending, SubmissionState::Unknown] {
            let second = Submission { state, ..second.clone() };
            assert!(!tx.add_submission(organisation(1), &second).await.unwrap(), "{state:?}");
        }
        let settled = Submission { state: SubmissionState::Accepted, ..first };
        assert!(tx.move_submission(organisation(1), &settled, SubmissionState::Queued).await.unwrap());
        let same_number = a_submission(3, order(10), user(1), 1);
        assert!(!tx.add_submission(organisation(1), &same_number).await.unwrap());
        assert!(tx.add_submission(organisation(1), &second).await.unwrap());
        assert_eq!(tx.newest_submission(organisation(1), order(10)).await.unwrap(), Some(second));
        tx.commit().await.unwrap();
    }

    async fn those_that_are_due_come_by_hand_first_then_by_deadline(world: World) {
        with_order(&world.store).await;
        for (number, hours) in [(20, 2), (30, 1), (40, 3), (50, 4)] {
            let mut facts = facts(i64::try_from(number).unwrap(), vec![]);
            facts.ship_by = Some(ShipBy { at: after(hours * 3600), timed: true });
            save(&world.store, number, &facts).await;
        }
        let mut tx = world.store.write().await.unwrap();
        for (n, of, by_hand, state, due) in [
            (1, 20, false, SubmissionState::Unknown, Some(after(-5))),
            (2, 30, false, SubmissionState::Queued, Some(NOW)),
            (3, 40, true, SubmissionState::Sending, Some(NOW)),
            (4, 50, true, SubmissionState::Queued, Some(after(1))),
            (5, 10, true, SubmissionState::Accepted, Some(NOW)),
        ] {
            let one = Submission { state, by_hand, next_at: due, ..a_submission(n, order(of), user(1), 1) };
            assert!(tx.add_submission(organisation(1), &one).await.unwrap());
        }
        let due = async |tx: &mut Box<dyn Transaction>, now, except: &[SubmissionId], limit| {
            let due = tx.due_submissions(organisation(1), shop(1), now, except, limit).await.unwrap();
            due.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        assert_eq!(due(&mut tx, NOW, &[], 10).await, [submission(3), submission(2), submission(1)]);
        assert_eq!(due(&mut tx, NOW, &[submission(3)], 1).await, [submission(2)]);
        assert_eq!(due(&mut tx, after(-5), &[], 10).await, [submission(1)]);
        assert_eq!(tx.due_submissions(organisation(1), shop(2), NOW, &[], 10).await.unwrap(), []);
        assert_eq!(tx.next_submission(organisation(1), shop(1)).await.unwrap(), Some(after(-5)));
        assert_eq!(tx.next_submission(organisation(1), shop(2)).await.unwrap(), None);

        tx.wake_submissions(organisation(1), shop(1), after(-9)).await.unwrap();
        assert_eq!(due(&mut tx, after(-9), &[], 10).await.len(), 4, "the one that waited is due as well");
        let woken = tx.submission(organisation(1), submission(4)).await.unwrap().unwrap();
        assert_eq!((woken.next_at, woken.failures), (Some(after(-9)), 0));
        let settled = tx.submission(organisation(1), submission(5)).await.unwrap().unwrap();
        assert_eq!(settled.next_at, Some(NOW), "what is settled is left alone");
    }

    async fn a_move_writes_everything_but_body_number_and_order(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let queued = a_submission(1, order(10), user(1), 1);
        tx.add_submission(organisation(1), &queued).await.unwrap();
        let revision = tx.order(organisation(1), order(10)).await.unwrap().unwrap().revision;
        let refused = Submission {
            state: SubmissionState::Refused,
            body: b"other".to_vec(),
            before: Some("[]".into()),
            units: 5,
            slots_revision: 8,
            attempts: 2,
            sent_at: Some(after(1)),
            settled_at: Some(after(2)),
            refusal: Some(TheirWords {
                http: 400,
                errors: vec![TheirError { code: "BAD_REQUEST".into(), message: Some("Не тот код\0".into()) }],
            }),
            trouble: Some("connection reset".into()),
            ..queued.clone()
        };
        assert!(tx.move_submission(organisation(1), &refused, SubmissionState::Queued).await.unwrap());
        assert!(!tx.move_submission(organisation(1), &refused, SubmissionState::Queued).await.unwrap());
        let kept = tx.submission(organisation(1), submission(1)).await.unwrap();
        assert_eq!(kept, Some(Submission { body: queued.body, ..refused }));
        let order = tx.order(organisation(1), order(10)).await.unwrap().unwrap();
        assert_eq!(order.revision, revision + 1);
    }

    async fn a_settled_one_does_not_fly_again_beside_another(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        let refused = Submission { state: SubmissionState::Refused, ..a_submission(1, order(10), user(1), 1) };
        assert!(tx.add_submission(organisation(1), &refused).await.unwrap());
        assert!(tx.add_submission(organisation(1), &a_submission(2, order(10), user(1), 2)).await.unwrap());
        let again = Submission { state: SubmissionState::Sending, ..refused };
        assert!(!tx.move_submission(organisation(1), &again, SubmissionState::Refused).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn of_two_processes_that_send_at_once_one_succeeds_and_both_go_on(world: World) {
        with_order(&world.store).await;
        let other = world.another_process().await;
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.add_submission(organisation(1), &a_submission(1, order(10), user(1), 1)).await.unwrap());
        let late = tokio::spawn(async move {
            let mut tx = other.write().await.unwrap();
            let added = tx.add_submission(organisation(1), &a_submission(2, order(10), user(1), 2)).await.unwrap();
            tx.keep_code(organisation(1), &mark("A"), NOW).await.unwrap();
            tx.commit().await.unwrap();
            added
        });
        tx.commit().await.unwrap();
        assert!(!tokio::time::timeout(PATIENCE, late).await.expect("the late transaction ends").unwrap());
        assert_eq!(world.counted("SELECT COUNT(*) FROM submissions").await, 1);
        assert_eq!(world.counted("SELECT COUNT(*) FROM codes").await, 1);
    }

    async fn of_two_processes_that_move_one_at_once_one_succeeds(world: World) {
        with_order(&world.store).await;
        let queued = a_submission(1, order(10), user(1), 1);
        let mut tx = world.store.write().await.unwrap();
        tx.add_submission(organisation(1), &queued).await.unwrap();
        tx.commit().await.unwrap();
        let sending = Submission { state: SubmissionState::Sending, ..queued };
        let mut hands = Vec::new();
        for _ in 0..4 {
            let (store, sending) = (world.another_process().await, sending.clone());
            hands.push(tokio::spawn(async move {
                let mut tx = store.write().await.unwrap();
                let moved =
                    tx.move_submission(organisation(1), &sending, SubmissionState::Queued).await.unwrap();
                tx.commit().await.unwrap();
                usize::from(moved)
            }));
        }
        let mut moved = 0;
        for hand in hands {
            moved += tokio::time::timeout(PATIENCE, hand).await.expect("every move ends").unwrap();
        }
        assert_eq!(moved, 1);
    }

    async fn a_body_that_would_not_come_back_as_it_was_is_refused(world: World) {
        with_order(&world.store).await;
        let mut tx = world.store.write().await.unwrap();
        for body in [vec![b'"', 0xff, b'"'], b"\"\0\"".to_vec()] {
            let bad = Submission { body, ..a_submission(1, order(10), user(1), 1) };
            let error = tx.add_submission(organisation(1), &bad).await.unwrap_err();
            assert!(matches!(error, StoreError::Inconsistent { table: "submissions", column: "body", .. }), "{error}");
        }
    }
}
