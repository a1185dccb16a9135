//! The whole way against the living stand-in of the Market: it remembers what it was told.

use crate::doubles::{MemoryLimits, SameByte, settings};
use desk::{
    connection::{KeyReach, KeyReport},
    identifiers::{Mark, Requirement, UnitIdentifiers},
    ids::{BusinessId, CampaignId, MarketItemId, MarketOrderId},
    marketplace::{MarketOrder, Model, OrderStatus},
    server::ports::{
        clock::Clock,
        market::{CallError, LineIdentifiers, Market, OrderQuery},
    },
    submission::{Finding, LineInstances, compare},
    time::Timestamp,
};
use sandbox::{
    Effect, Fault, Sandbox, World,
    market::{
        cabinet::{Cabinet, NewCabinet, PlacementType, Scope},
        limits::{LimitsChange, Resource},
        order::{NewItem, NewOrder},
    },
};
use secrecy::SecretString;
use std::{collections::BTreeMap, sync::Arc};
use tokio::net::TcpListener;
use yandex::YandexMarket;

/// 2026-11-18 14:53:20 in Moscow.
const NOW_MS: i64 = 1_795_002_800_000;
const HOUR_MS: i64 = 3_600_000;

pub(crate) const CODE: &str = "01030410947874432155Qbag!\u{1d}93Zjqw";
const CODE_WITH_QUOTE: &str = "01030410947874432155Q\"ag!\u{1d}93Zjqw";
const CODE_WITH_BACKSLASH: &str = "01030410947874432155Q\\ag!\u{1d}93Zjqw";

/// The clock of the stand-in's world.
struct WorldClock(Sandbox);

impl Clock for WorldClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.now_ms())
    }
}

/// A served world with one cabinet, and a client of it.
pub(crate) struct Stand {
    pub(crate) world: Sandbox,
    pub(crate) cabinet: Cabinet,
    pub(crate) market: YandexMarket,
}

impl Stand {
    pub(crate) async fn new() -> Self {
        let world = Sandbox::new(World::empty(sandbox::Clock::manual(NOW_MS)));
        let cabinet = world
            .create_cabinet(
                NewCabinet::named("Обувь")
                    .shop("Своя доставка", PlacementType::Dbs)
                    .shop("Склад", PlacementType::Fbs)
                    .key("Просмотр", &[Scope::AllMethodsReadOnly]),
            )
            .unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let served = world.clone();
        tokio::spawn(async move { served.serve(listener, std::future::pending()).await });
        let market = YandexMarket::new(
            &settings(&url),
            Arc::new(MemoryLimits::default()),
            Arc::new(WorldClock(world.clone())),
            Arc::new(SameByte(0)),
        )
        .unwrap();
        Self {
            world,
            cabinet,
            market,
        }
    }

    pub(crate) fn key(&self) -> SecretString {
        SecretString::from(self.cabinet.keys[0].key.reveal())
    }

    fn read_only_key(&self) -> SecretString {
        SecretString::from(self.cabinet.keys[1].key.reveal())
    }

    pub(crate) fn business(&self) -> BusinessId {
        BusinessId(self.cabinet.business_id.0)
    }

    fn shop(&self) -> CampaignId {
        CampaignId(self.cabinet.campaigns[0].id.0)
    }

    /// The shop of FBS.
    pub(crate) fn fbs(&self) -> CampaignId {
        CampaignId(self.cabinet.campaigns[1].id.0)
    }

    /// An order of the DBS shop with one marked line.
    fn order(&self, units: u32) -> MarketOrderId {
        let new =
            NewOrder::of(self.cabinet.campaigns[0].id).item(NewItem::marked("Тапочки", units));
        MarketOrderId(self.world.create_order(new).unwrap().order_id.0)
    }

    pub(crate) async fn read(&self, order: MarketOrderId) -> MarketOrder {
        let query = OrderQuery {
            orders: vec![order],
            ..OrderQuery::default()
        };
        let page = self
            .market
            .orders(&self.key(), self.business(), &query, None)
            .await
            .unwrap();
        page.orders.into_iter().next().unwrap()
    }

    /// What the Market holds for an order's lines.
    async fn held(&self, order: MarketOrderId) -> Vec<LineInstances> {
        let items = self.read(order).await.items;
        items
            .into_iter()
            .map(|item| LineInstances {
                item: item.id,
                instances: item.instances,
            })
            .collect()
    }

    async fn body(&self, order: MarketOrderId, codes: &[&str]) -> Vec<u8> {
        let item = self.read(order).await.items[0].id;
        self.market.identifiers_body(&[line(item, codes)]).unwrap()
    }

    async fn put(
        &self,
        order: MarketOrderId,
        body: &[u8],
    ) -> Result<Option<Vec<LineInstances>>, CallError> {
        self.market
            .put_identifiers(&self.key(), self.shop(), order, body)
            .await
    }

    /// The bodies of all sendings that arrived.
    fn sent(&self) -> Vec<Vec<u8>> {
        let received = self.world.received().into_iter();
        received
            .filter(|request| request.method == "PUT")
            .map(|request| request.body)
            .collect()
    }
}

fn line(item: MarketItemId, codes: &[&str]) -> LineIdentifiers {
    let unit = |code: &&str| UnitIdentifiers {
        mark: Some(Mark::Cis(code.parse().unwrap())),
        ..UnitIdentifiers::default()
    };
    LineIdentifiers {
        item,
        units: codes.iter().map(unit).collect(),
    }
}

#[tokio::test]
async fn a_key_leads_to_its_shops() {
    let stand = Stand::new().await;
    let report = |key: SecretString| {
        let market = &stand.market;
        async move {
            let info = market.key_info(&key).await.unwrap();
            KeyReport {
                name: info.name,
                scopes: info.scopes,
                shops: market.shops(&key).await.unwrap(),
            }
        }
    };
    let main = report(stand.key()).await;
    assert_eq!(main.reach(), KeyReach::Sends);
    let names: Vec<_> = main
        .shops
        .iter()
        .map(|shop| (shop.name.as_str(), shop.usable()))
        .collect();
    assert_eq!(names, [("Своя доставка", true), ("Склад", true)]);
    assert_eq!(main.shops[0].campaign, stand.shop());
    assert_eq!(main.shops[0].business, stand.business());

    assert_eq!(
        report(stand.read_only_key()).await.reach(),
        KeyReach::ReadsOnly
    );

    let stranger = stand
        .market
        .key_info(&SecretString::from("ACMA:nobody:00000000"))
        .await;
    assert!(
        matches!(&stranger, Err(CallError::Refused(words)) if words.http == 401),
        "{stranger:?}"
    );
}

#[tokio::test]
async fn all_shops_of_a_large_cabinet_are_found() {
    let stand = Stand::new().await;
    let large = (0..230).fold(NewCabinet::named("Сеть"), |cabinet, number| {
        cabinet.shop(&format!("Магазин {number}"), PlacementType::Dbs)
    });
    let large = stand.world.create_cabinet(large).unwrap();
    let shops = stand
        .market
        .shops(&SecretString::from(large.keys[0].key.reveal()))
        .await
        .unwrap();
    assert_eq!(shops.len(), 230);
}

#[tokio::test]
async fn all_orders_are_read_page_by_page() {
    let stand = Stand::new().await;
    let orders = std::iter::repeat_n(NewOrder::of(stand.cabinet.campaigns[0].id), 120).collect();
    stand.world.create_orders(orders).unwrap();
    let query = OrderQuery {
        campaigns: vec![stand.shop()],
        updated_from: Some(Timestamp(NOW_MS - 24 * HOUR_MS)),
        updated_to: Some(Timestamp(NOW_MS + 1)),
        ..OrderQuery::default()
    };
    let (mut sizes, mut numbers, mut token) = (Vec::new(), std::collections::HashSet::new(), None);
    loop {
        let page = stand
            .market
            .orders(&stand.key(), stand.business(), &query, token.as_deref())
            .await
            .unwrap();
        sizes.push(page.orders.len());
        numbers.extend(page.orders.iter().map(|order| order.id));
        token = page.next;
        if token.is_none() {
            break;
        }
    }
    assert_eq!(sizes, [50, 50, 20]);
    assert_eq!(numbers.len(), 120);
}

#[tokio::test]
async fn an_order_tells_what_it_asks_for() {
    let stand = Stand::new().await;
    let order = stand.read(stand.order(2)).await;
    assert_eq!(order.model, Some(Model::Dbs));
    assert_eq!(order.status, OrderStatus::Processing);
    assert_eq!(order.campaign, stand.shop());
    assert_eq!(order.items[0].count, 2);
    assert_eq!(order.items[0].required, [Requirement::Cis]);
    assert!(order.ship_by.unwrap().timed);
}

#[tokio::test]
async fn codes_arrive_with_one_backslash_before_the_separator_and_are_read_back() {
    let stand = Stand::new().await;
    let order = stand.order(3);
    let body = stand
        .body(order, &[CODE, CODE_WITH_QUOTE, CODE_WITH_BACKSLASH])
        .await;
    let before = stand.held(order).await;
    let answered = stand
        .put(order, &body)
        .await
        .unwrap()
        .expect("the stand-in answers with its lines");

    let [received] = stand.sent().try_into().unwrap();
    assert_eq!(received, body);
    let text = String::from_utf8(received).unwrap();
    for escaped in [
        r#""01030410947874432155Qbag!\u001d93Zjqw""#,
        r#""01030410947874432155Q\"ag!\u001d93Zjqw""#,
        r#""01030410947874432155Q\\ag!\u001d93Zjqw""#,
    ] {
        assert!(text.contains(escaped), "{escaped} is not in {text}");
    }
    assert!(!text.contains(r"\\u001d"));

    let sent = stand.market.instances_of_body(&body).unwrap();
    assert_eq!(compare(&sent, &before, &answered), Finding::Ours);
    let held = stand.held(order).await;
    assert_eq!(compare(&sent, &before, &held), Finding::Ours);
    let whole: Vec<_> = held[0]
        .instances
        .iter()
        .filter_map(|unit| unit.cis_full.as_deref())
        .collect();
    assert_eq!(whole, [CODE, CODE_WITH_QUOTE, CODE_WITH_BACKSLASH]);
}

#[tokio::test]
async fn a_code_without_a_tail_is_recognised_when_it_comes_back() {
    let stand = Stand::new().await;
    let order = stand.order(1);
    let item = stand.read(order).await.items[0].id;
    let body = format!(
        r#"{{"items":[{{"id":{item},"instances":[{{"cis":"01030410947874432155Qbag!"}}]}}]}}"#
    );
    stand.put(order, body.as_bytes()).await.unwrap();
    let sent = stand.market.instances_of_body(body.as_bytes()).unwrap();
    assert_eq!(compare(&sent, &[], &stand.held(order).await), Finding::Ours);
}

#[tokio::test]
async fn a_refusal_comes_with_their_words_and_changes_nothing() {
    let stand = Stand::new().await;
    let order = stand.order(2);
    let body = stand.body(order, &[CODE]).await;
    let refusal = stand.put(order, &body).await;
    let Err(CallError::Refused(words)) = refusal else {
        panic!("{refusal:?}");
    };
    assert_eq!(
        (words.http, words.errors[0].code.as_str()),
        (400, "TOO_FEW_CISES_FOR_ITEM")
    );
    assert!(words.errors[0].message.is_some());
    assert!(stand.held(order).await[0].instances.is_empty());

    let read_only = stand
        .market
        .put_identifiers(&stand.read_only_key(), stand.shop(), order, &body)
        .await;
    assert!(
        matches!(&read_only, Err(CallError::Refused(words)) if words.http == 403),
        "{read_only:?}"
    );
}

#[tokio::test]
async fn a_sending_that_brought_no_answer_is_made_once_and_told_by_the_order() {
    let troubles = [
        (Fault::new(Effect::HangUp), Finding::Untouched),
        (Fault::new(Effect::HangUp).after(), Finding::Ours),
        (Fault::new(Effect::Html { status: 502 }), Finding::Untouched),
        (
            Fault::new(Effect::Error { status: 503 }).after(),
            Finding::Ours,
        ),
        (Fault::new(Effect::CutJson), Finding::Ours),
    ];
    for (fault, finding) in troubles {
        let stand = Stand::new().await;
        let order = stand.order(1);
        let body = stand.body(order, &[CODE]).await;
        let before = stand.held(order).await;
        stand.world.add_fault(fault.clone().method("PUT"));
        let failure = stand.put(order, &body).await.unwrap_err();
        assert!(failure.leaves_unknown(), "{fault:?}: {failure:?}");
        assert_eq!(stand.sent().len(), 1, "{fault:?}");

        let sent = stand.market.instances_of_body(&body).unwrap();
        assert_eq!(
            compare(&sent, &before, &stand.held(order).await),
            finding,
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn a_good_answer_without_a_result_is_confirmed_by_the_order() {
    let stand = Stand::new().await;
    let order = stand.order(1);
    let body = stand.body(order, &[CODE]).await;
    stand
        .world
        .add_fault(Fault::new(Effect::NoResult).method("PUT"));
    assert_eq!(stand.put(order, &body).await, Ok(None));
    let sent = stand.market.instances_of_body(&body).unwrap();
    assert_eq!(compare(&sent, &[], &stand.held(order).await), Finding::Ours);
}

#[tokio::test]
async fn an_error_inside_a_200_is_a_refusal() {
    let stand = Stand::new().await;
    let order = stand.order(1);
    let body = stand.body(order, &[CODE]).await;
    let effect = Effect::StatusError {
        code: "LOCKED".into(),
        message: "Кабинет переезжает".into(),
    };
    stand.world.add_fault(Fault::new(effect).method("PUT"));
    let refusal = stand.put(order, &body).await;
    assert!(
        matches!(&refusal, Err(CallError::Refused(words)) if words.http == 200 && words.errors[0].code == "LOCKED"),
        "{refusal:?}",
    );
}

#[tokio::test]
async fn reads_get_over_two_troubles() {
    let stand = Stand::new().await;
    let order = stand.order(1);
    stand
        .world
        .add_fault(Fault::new(Effect::HangUp).path("/v1/"));
    stand
        .world
        .add_fault(Fault::new(Effect::Error { status: 500 }).path("/v1/"));
    assert_eq!(stand.read(order).await.id, order);
}

#[tokio::test]
async fn a_spent_hour_is_waited_out() {
    let stand = Stand::new().await;
    let order = stand.order(1);
    let body = stand.body(order, &[CODE]).await;
    let change = LimitsChange {
        parallel: None,
        per_hour: BTreeMap::from([(Resource::Identifiers, 1)]),
    };
    stand.world.set_limits(change).unwrap();
    stand.put(order, &body).await.unwrap();

    let limited = stand.put(order, &body).await;
    let Err(CallError::Limited { until }) = limited else {
        panic!("{limited:?}");
    };
    assert_eq!(until.0 % HOUR_MS, 0);
    assert!((NOW_MS..NOW_MS + HOUR_MS).contains(&until.0));
    assert_eq!(stand.sent().len(), 1, "a blocked call is not made");
    stand.read(order).await;

    stand.world.advance(until.0 - NOW_MS).unwrap();
    stand.put(order, &body).await.unwrap();
}

#[tokio::test]
async fn both_kinds_of_420_ask_to_wait_their_own_time() {
    let stand = Stand::new().await;
    let order = stand.order(1);
    let body = stand.body(order, &[CODE]).await;
    stand
        .world
        .add_fault(Fault::new(Effect::ParallelLimit).method("PUT"));
    assert_eq!(
        stand.put(order, &body).await,
        Err(CallError::Limited {
            until: Timestamp(NOW_MS + 1_000)
        })
    );
    stand
        .world
        .add_fault(Fault::new(Effect::RateLimit).method("PUT"));
    let limited = stand.put(order, &body).await;
    assert!(
        matches!(limited, Err(CallError::Limited { until }) if until.0 % HOUR_MS == 0),
        "{limited:?}"
    );
}

#[tokio::test]
async fn countries_are_listed() {
    let stand = Stand::new().await;
    let countries = stand.market.countries(&stand.key()).await.unwrap();
    assert!(
        countries
            .iter()
            .any(|country| country.code == "CN" && country.name == "Китай")
    );
    stand.market.countries(&stand.key()).await.unwrap();
    assert_eq!(stand.world.received().len(), 1);
}
