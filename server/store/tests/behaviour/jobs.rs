use crate::{
    harness::{PATIENCE, World, both},
    samples::*,
};
use desk::{
    ids::JobId,
    server::ports::storage::{Job, JobState, Storage, Transaction},
    time::Timestamp,
};
use std::collections::HashSet;

async fn enqueue(tx: &mut Box<dyn Transaction>, n: u64, run_at: Timestamp) {
    tx.enqueue(
        organisation(1),
        job(n),
        "send",
        &format!("subject {n}"),
        run_at,
    )
    .await
    .unwrap();
}

async fn lease(tx: &mut Box<dyn Transaction>, owner: &str, now: Timestamp) -> Vec<JobId> {
    let jobs = tx
        .lease(owner, now, now.plus_seconds(60), 10)
        .await
        .unwrap();
    jobs.into_iter().map(|job| job.id).collect()
}

async fn shown(tx: &mut Box<dyn Transaction>, n: u64) -> Option<Job> {
    tx.job(organisation(1), "send", &format!("subject {n}"))
        .await
        .unwrap()
}

fn queued(n: u64, run_at: Timestamp) -> Job {
    Job {
        id: job(n),
        organisation: organisation(1),
        kind: "send".into(),
        subject: format!("subject {n}"),
        state: JobState::Queued,
        run_at,
        attempts: 0,
        note: None,
        taken_over: false,
    }
}

both! {
    async fn a_job_is_leased_when_its_time_comes_and_only_once(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        assert_eq!(tx.next_due().await.unwrap(), None);
        for (n, seconds) in [(1, 20), (2, 10), (3, 30)] {
            enqueue(&mut tx, n, after(seconds)).await;
        }
        assert_eq!(tx.next_due().await.unwrap(), Some(after(10)));
        assert!(lease(&mut tx, "a", after(9)).await.is_empty());
        let leased = tx.lease("a", after(20), after(80), 1).await.unwrap();
        let expected = Job { state: JobState::Leased, attempts: 1, ..queued(2, after(10)) };
        assert_eq!(leased, vec![expected.clone()]);
        assert_eq!(shown(&mut tx, 2).await, Some(expected));
        assert_eq!(lease(&mut tx, "b", after(25)).await, vec![job(1)]);
        assert!(lease(&mut tx, "b", after(25)).await.is_empty());
        assert_eq!(tx.next_due().await.unwrap(), Some(after(30)));
    }

    async fn of_a_kind_and_subject_there_is_one_job_which_comes_sooner_but_never_later(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        for (n, seconds, expected) in [(1, 20, 20), (2, 30, 20), (3, 10, 10)] {
            tx.enqueue(organisation(1), job(n), "send", "subject 1", after(seconds)).await.unwrap();
            assert_eq!(shown(&mut tx, 1).await, Some(queued(1, after(expected))));
        }
        tx.enqueue(organisation(1), job(4), "read", "subject 1", after(0)).await.unwrap();
        assert_eq!(lease(&mut tx, "a", after(60)).await, vec![job(4), job(1)]);
    }

    async fn a_finished_job_is_gone(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        enqueue(&mut tx, 1, NOW).await;
        assert!(!tx.finish_job(job(1), "a", NOW).await.unwrap(), "nobody leased it");
        lease(&mut tx, "a", NOW).await;
        assert!(!tx.finish_job(job(1), "b", NOW).await.unwrap());
        assert!(tx.finish_job(job(1), "a", NOW).await.unwrap());
        assert!(!tx.finish_job(job(1), "a", NOW).await.unwrap());
        assert_eq!(shown(&mut tx, 1).await, None);
        assert_eq!(tx.next_due().await.unwrap(), None);
    }

    async fn a_job_that_was_enqueued_while_it_ran_runs_once_more(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        enqueue(&mut tx, 1, NOW).await;
        lease(&mut tx, "a", NOW).await;
        enqueue(&mut tx, 1, after(1)).await;
        assert_eq!(shown(&mut tx, 1).await.map(|job| job.state), Some(JobState::Leased));
        assert!(tx.finish_job(job(1), "a", after(5)).await.unwrap());
        assert_eq!(shown(&mut tx, 1).await, Some(queued(1, after(5))));
        lease(&mut tx, "a", after(5)).await;
        assert!(tx.finish_job(job(1), "a", after(6)).await.unwrap());
        assert_eq!(shown(&mut tx, 1).await, None, "and only once");
    }

    async fn a_long_transaction_that_enqueues_a_running_job_does_not_cost_it_its_lease(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        enqueue(&mut tx, 1, NOW).await;
        assert_eq!(lease(&mut tx, "a", NOW).await, vec![job(1)]);
        tx.commit().await.unwrap();
        let mut long = world.store.write().await.unwrap();
        enqueue(&mut long, 1, after(300)).await;
        enqueue(&mut long, 1, after(200)).await;
        // On SQLite there is one writer at a time, so every other one waits for the whole of it either way.
        if world.is_postgres() {
            let mut renewing = world.store.write().await.unwrap();
            let renewed = renewing.renew_lease(job(1), "a", after(100));
            let renewed = tokio::time::timeout(PATIENCE, renewed).await.expect("it waits for nobody");
            assert!(renewed.unwrap(), "it holds the job still");
            renewing.commit().await.unwrap();
        }
        long.commit().await.unwrap();
        let mut tx = world.store.write().await.unwrap();
        assert!(tx.finish_job(job(1), "a", NOW).await.unwrap());
        assert_eq!(shown(&mut tx, 1).await, Some(queued(1, after(200))));
    }

    async fn a_job_that_enqueued_itself_for_later_waits_for_that_moment(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        enqueue(&mut tx, 1, NOW).await;
        lease(&mut tx, "a", NOW).await;
        enqueue(&mut tx, 1, after(300)).await;
        enqueue(&mut tx, 1, after(600)).await;
        assert!(tx.finish_job(job(1), "a", after(5)).await.unwrap());
        assert_eq!(shown(&mut tx, 1).await, Some(queued(1, after(300))));
    }

    async fn a_retried_job_waits_with_its_note_and_its_attempts(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        enqueue(&mut tx, 1, NOW).await;
        lease(&mut tx, "a", NOW).await;
        assert!(!tx.retry_job(job(1), "b", after(9), "нет ответа").await.unwrap());
        assert!(tx.retry_job(job(1), "a", after(9), "нет ответа").await.unwrap());
        let waiting = Job { attempts: 1, note: Some("нет ответа".into()), ..queued(1, after(9)) };
        assert_eq!(shown(&mut tx, 1).await, Some(waiting.clone()));
        let again = tx.lease("b", after(9), after(60), 5).await.unwrap();
        assert_eq!(again, vec![Job { state: JobState::Leased, attempts: 2, ..waiting }]);
        enqueue(&mut tx, 1, after(10)).await;
        assert!(tx.retry_job(job(1), "b", after(900), "ждём").await.unwrap());
        assert_eq!(shown(&mut tx, 1).await.map(|job| job.run_at), Some(after(10)), "somebody wanted it sooner");
    }

    async fn a_job_that_is_postponed_begins_its_attempts_anew(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        enqueue(&mut tx, 1, NOW).await;
        for failure in 1..=3 {
            let leased = tx.lease("a", NOW, after(60), 5).await.unwrap();
            assert_eq!(leased[0].attempts, failure);
            assert!(tx.retry_job(job(1), "a", NOW, "нет ответа").await.unwrap());
        }
        lease(&mut tx, "a", NOW).await;
        assert!(!tx.postpone_job(job(1), "b", after(9), "лимит").await.unwrap());
        assert!(tx.postpone_job(job(1), "a", after(9), "лимит").await.unwrap());
        let waiting = Job { note: Some("лимит".into()), ..queued(1, after(9)) };
        assert_eq!(shown(&mut tx, 1).await, Some(waiting.clone()));
        let again = tx.lease("b", after(9), after(60), 5).await.unwrap();
        assert_eq!(again, vec![Job { state: JobState::Leased, attempts: 1, ..waiting }]);
        enqueue(&mut tx, 1, after(10)).await;
        assert!(tx.postpone_job(job(1), "b", after(900), "ждём").await.unwrap());
        assert_eq!(shown(&mut tx, 1).await.map(|job| job.run_at), Some(after(10)), "somebody wanted it sooner");
    }

    async fn a_parked_job_sleeps_until_it_is_enqueued(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        enqueue(&mut tx, 1, NOW).await;
        lease(&mut tx, "a", NOW).await;
        assert!(!tx.park_job(job(1), "b", "ключ не подходит").await.unwrap());
        assert!(tx.park_job(job(1), "a", "ключ не подходит").await.unwrap());
        let parked =
            Job { state: JobState::Parked, note: Some("ключ не подходит".into()), ..queued(1, NOW) };
        assert_eq!(shown(&mut tx, 1).await, Some(parked.clone()));
        assert!(lease(&mut tx, "a", after(9999)).await.is_empty());
        assert_eq!(tx.next_due().await.unwrap(), None);
        enqueue(&mut tx, 1, after(50)).await;
        let woken = Job { state: JobState::Queued, run_at: after(50), note: None, ..parked };
        assert_eq!(shown(&mut tx, 1).await, Some(woken));
    }

    async fn a_wake_that_comes_while_the_job_runs_is_not_lost_in_parking(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        enqueue(&mut tx, 1, NOW).await;
        lease(&mut tx, "a", NOW).await;
        enqueue(&mut tx, 1, after(1)).await;
        assert!(tx.park_job(job(1), "a", "ключ не подходит").await.unwrap());
        assert_eq!(shown(&mut tx, 1).await, Some(queued(1, after(1))));
    }

    async fn a_job_whose_lease_ended_is_taken_over_and_lost_to_its_owner(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        enqueue(&mut tx, 1, NOW).await;
        lease(&mut tx, "dead", NOW).await;
        assert!(lease(&mut tx, "b", after(59)).await.is_empty());
        assert_eq!(tx.next_due().await.unwrap(), Some(after(60)));
        let taken = tx.lease("b", after(60), after(120), 5).await.unwrap();
        let expected = Job { state: JobState::Leased, attempts: 2, taken_over: true, ..queued(1, NOW) };
        assert_eq!(taken, vec![expected]);
        assert!(!tx.renew_lease(job(1), "dead", after(999)).await.unwrap());
        assert!(!tx.finish_job(job(1), "dead", after(61)).await.unwrap());
        assert!(!tx.retry_job(job(1), "dead", after(61), "").await.unwrap());
        assert!(!tx.park_job(job(1), "dead", "").await.unwrap());
        assert!(tx.retry_job(job(1), "b", after(61), "").await.unwrap());
        let again = tx.lease("b", after(61), after(120), 5).await.unwrap();
        assert!(!again[0].taken_over, "this time nobody died");
    }

    async fn a_renewed_lease_is_not_taken_over(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        enqueue(&mut tx, 1, NOW).await;
        lease(&mut tx, "a", NOW).await;
        assert!(tx.renew_lease(job(1), "a", after(120)).await.unwrap());
        assert!(lease(&mut tx, "b", after(119)).await.is_empty());
        assert_eq!(lease(&mut tx, "b", after(120)).await, vec![job(1)]);
    }

    async fn processes_that_lease_at_once_get_different_jobs(world: World) {
        founded(&world.store, 1).await;
        let mut tx = world.store.write().await.unwrap();
        for n in 1..=40 {
            enqueue(&mut tx, n, NOW).await;
        }
        tx.commit().await.unwrap();
        let mut runners = Vec::new();
        for n in 0..4 {
            let store = world.another_process().await;
            runners.push(tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let mut tx = store.write().await.unwrap();
                    let jobs = tx.lease(&format!("runner {n}"), NOW, after(60), 3).await.unwrap();
                    tx.commit().await.unwrap();
                    if jobs.is_empty() {
                        return mine;
                    }
                    mine.extend(jobs.into_iter().map(|job| job.id));
                }
            }));
        }
        let mut all = Vec::new();
        for runner in runners {
            all.extend(tokio::time::timeout(PATIENCE, runner).await.expect("every runner ends").unwrap());
        }
        // A runner that met only rows in other hands may have stopped early; nobody got what another had.
        let different: HashSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
        let mut tx = world.store.write().await.unwrap();
        assert_eq!(tx.lease("last", NOW, after(60), 100).await.unwrap().len() + all.len(), 40);
    }

    async fn an_enqueuing_that_meets_the_finish_is_never_lost(world: World) {
        founded(&world.store, 1).await;
        for round in 0..10 {
            let mut tx = world.store.write().await.unwrap();
            enqueue(&mut tx, 1, NOW).await;
            assert_eq!(lease(&mut tx, "a", NOW).await.len(), 1, "round {round}");
            tx.commit().await.unwrap();
            let (finisher, enqueuer) = (world.store.clone(), world.store.clone());
            let finish = tokio::spawn(async move {
                let mut tx = finisher.write().await.unwrap();
                let id = shown(&mut tx, 1).await.unwrap().id;
                assert!(tx.finish_job(id, "a", after(1)).await.unwrap());
                tx.commit().await.unwrap();
            });
            let wake = tokio::spawn(async move {
                let mut tx = enqueuer.write().await.unwrap();
                enqueue(&mut tx, 1, NOW).await;
                tx.commit().await.unwrap();
            });
            for one in [finish, wake] {
                tokio::time::timeout(PATIENCE, one).await.expect("both end").unwrap();
            }
            let mut tx = world.store.write().await.unwrap();
            assert_eq!(shown(&mut tx, 1).await.map(|job| job.state), Some(JobState::Queued), "round {round}");
            assert_eq!(lease(&mut tx, "b", after(9)).await.len(), 1);
            let id = shown(&mut tx, 1).await.unwrap().id;
            assert!(tx.finish_job(id, "b", after(9)).await.unwrap());
            tx.commit().await.unwrap();
        }
    }
}
