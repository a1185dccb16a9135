//! A budget that is used to its end, and not beyond, however many calls come at once.

use crate::{
    doubles::{Bench, MemoryLimits, NOW, TestClock, bench, key, process, settings},
    stub::{Reply, Stub},
};
use desk::{
    ids::{CampaignId, MarketOrderId},
    server::ports::{
        clock::Clock,
        market::{CallError, Market},
    },
    time::Timestamp,
};
use std::sync::{Arc, Mutex};
use tokio::task::JoinSet;

const HOUR_MILLIS: i64 = 3_600_000;

/// A Market that counts whole hours.
#[derive(Default)]
struct Counting {
    limit: u64,
    hour: i64,
    used: u64,
    refused: u64,
}

impl Counting {
    fn answer(&mut self, now: Timestamp) -> Reply {
        let hour = now.0 / HOUR_MILLIS;
        if self.hour != hour {
            (self.hour, self.used, self.refused) = (hour, 0, 0);
        }
        let until = jiff::Timestamp::from_millisecond((hour + 1) * HOUR_MILLIS).unwrap();
        let until = until.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let reply = if self.used == self.limit {
            self.refused += 1;
            Reply::json(
                420,
                r#"{"status":"ERROR","errors":[{"code":"REQUEST_LIMIT_EXCEEDED","message":"Hit rate limit"}]}"#,
            )
        } else {
            self.used += 1;
            Reply::json(200, r#"{"status":"OK"}"#)
        };
        reply
            .header("X-RateLimit-Resource-Limit", self.limit.to_string())
            .header(
                "X-RateLimit-Resource-Remaining",
                (self.limit - self.used).to_string(),
            )
            .header("X-RateLimit-Resource-Until", until)
    }
}

/// A counting Market with processes that use it.
struct Hall {
    market: Arc<Mutex<Counting>>,
    _stub: Stub,
    clock: Arc<TestClock>,
    processes: Vec<Arc<Bench>>,
}

impl Hall {
    async fn new(limit: u64, processes: usize) -> Self {
        let limits = Arc::new(MemoryLimits::default());
        let clock = bench("http://127.0.0.1:1").clock;
        let market = Arc::new(Mutex::new(Counting {
            limit,
            ..Counting::default()
        }));
        let (counting, time) = (Arc::clone(&market), Arc::clone(&clock));
        let stub = Stub::answering(move |_| counting.lock().unwrap().answer(time.now())).await;
        let processes = (0..processes)
            .map(|_| {
                let settings = settings(&stub.url);
                Arc::new(process(&settings, Arc::clone(&limits), Arc::clone(&clock)))
            })
            .collect();
        Self {
            market,
            _stub: stub,
            clock,
            processes,
        }
    }

    /// So many calls of every process, all at once: how many were taken, and until when the others are to wait.
    async fn rush(&self, calls: i64) -> (u64, Vec<Timestamp>) {
        let mut rush = JoinSet::new();
        for (process, order) in self
            .processes
            .iter()
            .flat_map(|process| (0..calls).map(move |order| (process, order)))
        {
            let process = Arc::clone(process);
            rush.spawn(async move {
                process
                    .market
                    .put_identifiers(&key(), CampaignId(123), MarketOrderId(order), b"{}")
                    .await
            });
        }
        let (mut taken, mut told) = (0, vec![]);
        while let Some(call) = rush.join_next().await {
            match call.unwrap() {
                Ok(_) => taken += 1,
                Err(CallError::Limited { until }) => told.push(until),
                Err(error) => panic!("{error:?}"),
            }
        }
        (taken, told)
    }

    fn counted(&self) -> (u64, u64) {
        let market = self.market.lock().unwrap();
        (market.used, market.refused)
    }
}

/// When the first hour ends.
fn end_of_hour() -> Timestamp {
    Timestamp((NOW.0 / HOUR_MILLIS + 1) * HOUR_MILLIS)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_process_uses_every_call_and_meets_no_420() {
    for limit in [1, 2, 3, 4, 50] {
        let hall = Hall::new(limit, 1).await;
        for hour in 0..3 {
            let (taken, told) = hall.rush(80).await;
            assert_eq!((taken, hall.counted()), (limit, (limit, 0)), "{hour}");
            let until = end_of_hour().plus_millis(hour * HOUR_MILLIS);
            assert!(told.iter().all(|told| *told == until), "{told:?}");
            hall.clock.advance(HOUR_MILLIS);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_processes_use_nearly_every_call_and_meet_one_420_at_most() {
    for (limit, processes) in [(200, 2), (300, 3)] {
        let hall = Hall::new(limit, processes).await;
        for hour in 0..3 {
            let (taken, _) = hall.rush(150).await;
            let (used, refused) = hall.counted();
            assert_eq!(taken, used);
            assert!(used * 100 >= limit * 98, "{used} of {limit} in hour {hour}");
            assert!(refused <= 1, "{refused} refusals in hour {hour}");
            hall.clock.advance(HOUR_MILLIS);
        }
    }
}

#[tokio::test]
async fn a_budget_that_others_have_spent_is_found_out_by_one_call() {
    let hall = Hall::new(5, 1).await;
    hall.market.lock().unwrap().used = 5;
    hall.market.lock().unwrap().hour = NOW.0 / HOUR_MILLIS;
    let (taken, told) = hall.rush(20).await;
    assert_eq!((taken, hall.counted()), (0, (5, 1)));
    assert_eq!(told, [end_of_hour(); 20]);
}

#[tokio::test]
async fn an_hour_that_is_over_by_our_clock_alone_is_asked_about_once_in_a_while() {
    let spent = || {
        Reply::json(420, r#"{"status":"ERROR"}"#)
            .header("X-RateLimit-Resource-Remaining", "0")
            .header("X-RateLimit-Resource-Until", "01 Sep 2025 09:00:00 GMT")
    };
    let stub = Stub::start([spent(), spent()]).await;
    let bench = bench(&stub.url);
    for _ in 0..3 {
        let told = bench
            .market
            .put_identifiers(&key(), CampaignId(123), MarketOrderId(1), b"{}")
            .await;
        assert_eq!(
            told,
            Err(CallError::Limited {
                until: NOW.plus_seconds(1)
            })
        );
    }
    assert_eq!(stub.received().len(), 1);
}
