//! What the marketplace allows in an hour is used up, and hardly a call is made in vain.

use crate::harness::both;
use desk::orders::{OrderFilter, Tab, placing::Target};
use sandbox::market::{
    limits::{LimitsChange, Resource},
    order::NewItem,
};
use std::collections::BTreeMap;

/// Identifiers that the marketplace takes in an hour.
const AN_HOUR: u32 = 50;
/// Orders to send: two full hours and a part of a third.
const ORDERS: usize = 120;

/// How the requests of one hour ended.
#[derive(Default)]
struct Hour {
    stored: usize,
    refused: usize,
}

fn code(n: usize) -> String {
    format!("0103041094787443215Q{n:05}\u{1d}93Zjqw")
}

both! {
    async fn an_hour_is_used_up_and_the_next_one_goes_on(world: World) {
        let seller = world.seller("anna@example.com").await;
        let per_hour = BTreeMap::from([(Resource::Identifiers, AN_HOUR)]);
        world.sandbox.set_limits(LimitsChange { parallel: None, per_hour }).unwrap();
        let mut new = sandbox::market::order::NewOrder::of(seller.campaign());
        new.items = vec![NewItem::marked("Молоко", 1)];
        world.sandbox.create_orders(vec![new; ORDERS]).unwrap();
        world.desk().sync_all(&seller.actor).await.unwrap();
        world.run_jobs().await;
        let mut sent = 0;
        while sent < ORDERS {
            let list = world.desk().orders(&seller.actor, &OrderFilter::default()).await.unwrap();
            assert!(!list.rows.is_empty(), "{sent} orders were read");
            for row in list.rows {
                let text = code(sent);
                let (page, outcomes) =
                    world.desk().place_codes(&seller.actor, row.id, &text, Target::Auto, false).await.unwrap();
                assert!(page.unplaced.is_empty(), "{outcomes:?}");
                world.send(&seller, &page).await;
                sent += 1;
            }
        }
        for _ in 0..3 {
            world.run_jobs().await;
            world.sandbox.advance(3_600_000).unwrap();
        }
        world.run_jobs().await;
        let mut hours: BTreeMap<i64, Hour> = BTreeMap::new();
        for request in world.sandbox.received() {
            if request.method == "PUT" {
                let hour = hours.entry(request.at_ms / 3_600_000).or_default();
                match request.status() {
                    Some(200) => hour.stored += 1,
                    _ => hour.refused += 1,
                }
            }
        }
        let hours: Vec<Hour> = hours.into_values().collect();
        assert_eq!(hours.len(), 3);
        for hour in &hours {
            assert!(hour.refused <= 1, "{} calls were made in vain", hour.refused);
        }
        let least = AN_HOUR as usize * 98 / 100;
        for hour in hours.iter().take(2) {
            assert!(hour.stored >= least, "{} of {AN_HOUR} were used", hour.stored);
        }
        assert_eq!(hours.iter().map(|hour| hour.stored).sum::<usize>(), ORDERS);
        let list = world.desk().orders(&seller.actor, &OrderFilter::default()).await.unwrap();
        let accepted = list.counts.iter().find(|(tab, _)| *tab == Tab::Accepted);
        assert_eq!(accepted.map(|(_, count)| *count as usize), Some(ORDERS));
    }
}
