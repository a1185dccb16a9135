//! The demo cabinet: a small shoe shop on Ligovsky prospect.

use super::{
    Market, MarketError,
    cabinet::{ApiAvailability, ApiKey, NewCabinet, NewCampaign, NewKey, PlacementType, Scope},
    codes::{CodeLayout, sample},
    demo_goods::{
        BEER, BICYCLE, BOOTS, CREAM, LOAFERS, MASSAGER, PERFUME, PUMP, RING, SHIRT, SHOEHORN,
        SLIPPERS, SNEAKERS, SUEDE_SHOES,
    },
    ids::{BusinessId, CampaignId, OrderId},
    order::{
        BuyerType, InstanceType, NewItem, NewOrder, Order, OrderStatus, PaymentType, ProgramType,
        Substatus,
    },
    return_record::{NewReturn, RefundStatus, ReturnType, ShipmentStatus},
    verification::{CisSubstatus, Outcome, Script},
};
use crate::{
    crpt::demo::DEMO_INN,
    moscow::{self, DAY_MS},
};

/// The demo cabinet's key that may do everything. It opens nothing but the sandbox.
pub const DEMO_API_KEY: &str = "ACMA:MetkaDemoKluchNaLigovkeMozhetVse00000001:0de30001";

/// The demo cabinet's key that may only read. It opens nothing but the sandbox.
pub const DEMO_READ_ONLY_API_KEY: &str = "ACMA:MetkaDemoKluchNaLigovkeTolkoSmotrit00002:0de30002";

/// The demo cabinet.
pub const DEMO_BUSINESS: BusinessId = BusinessId(1_184_207);

/// The demo shop that delivers itself.
pub const DEMO_DBS_CAMPAIGN: CampaignId = CampaignId(21_563_490);

/// The demo shop whose orders the Market carries.
pub const DEMO_FBS_CAMPAIGN: CampaignId = CampaignId(21_563_512);

/// The demo shop whose API is switched off.
pub const DEMO_DISABLED_CAMPAIGN: CampaignId = CampaignId(21_563_577);

const HOUR_MS: i64 = 3_600_000;

/// The demo's part of the Market, dated around `now_ms`.
pub(crate) fn market(now_ms: i64) -> Market {
    let mut market = Market::default();
    if let Err(error) = fill(&mut market, now_ms) {
        // The numbers below are fixed and a test creates them all, so this is a mistake in this file.
        tracing::error!(%error, "the demo world is incomplete");
    }
    market
}

fn fill(market: &mut Market, now_ms: i64) -> Result<(), MarketError> {
    market.create_cabinet(cabinet())?;
    for order in orders(now_ms) {
        market.create_order(order, now_ms)?;
    }
    // Some orders have their codes already, as if sent long ago.
    for id in [OrderId(48_509_127), OrderId(48_491_066), RETURNED] {
        market.orders.change(id, fill_in);
    }
    market.create_return(
        NewReturn {
            refund_status: Some(RefundStatus::Refunded),
            shipment_status: Some(ShipmentStatus::ReadyForPickup),
            ..NewReturn::of(RETURNED, ReturnType::Return)
        },
        now_ms,
    )?;
    if let Some(code) = first_code(market, SOLD) {
        let substatus = CisSubstatus::ItemSold;
        market.add_script(Script::of_mark(&code, Outcome::Invalid { substatus }));
    }
    // Nobody needs to be told of what was there from the beginning.
    market.take_events();
    Ok(())
}

/// The order whose first sample code verification rejects, so that somebody who tries the demo sees it.
const SOLD: OrderId = OrderId(48_512_641);

/// The order that has come back.
const RETURNED: OrderId = OrderId(48_490_318);

/// Gives an order the sample codes of all its units.
fn fill_in(order: &mut Order) {
    let id = order.order_id;
    for item in &mut order.items {
        if !item.required_instance_types.is_empty() {
            item.instances = (0..item.count).map(|unit| sample(id, item, unit)).collect();
        }
    }
    order.sync_checks(order.created_ms);
    order.updated_ms = order.created_ms + 2 * HOUR_MS;
}

fn first_code(market: &Market, order: OrderId) -> Option<String> {
    let lines = market.codes(order)?;
    lines.into_iter().flat_map(|line| line.codes).next()
}

fn cabinet() -> NewCabinet {
    let key = |name: &str, text: &str, scopes: &[Scope]| NewKey {
        key: Some(ApiKey::new(text)),
        ..NewKey::named(name, scopes)
    };
    let shop = |id, domain: &str, placement_type, api_availability| NewCampaign {
        id: Some(id),
        domain: domain.to_owned(),
        placement_type,
        api_availability,
    };
    NewCabinet {
        business_id: Some(DEMO_BUSINESS),
        name: "Обувь на Лиговке".to_owned(),
        inn: Some(DEMO_INN.to_owned()),
        keys: vec![
            key(
                "Метка",
                DEMO_API_KEY,
                &[
                    Scope::InventoryAndOrderProcessing,
                    Scope::OffersAndCardsManagementReadOnly,
                ],
            ),
            key(
                "Только просмотр",
                DEMO_READ_ONLY_API_KEY,
                &[Scope::AllMethodsReadOnly],
            ),
        ],
        campaigns: vec![
            shop(
                DEMO_DBS_CAMPAIGN,
                "Обувь на Лиговке",
                PlacementType::Dbs,
                ApiAvailability::Available,
            ),
            shop(
                DEMO_FBS_CAMPAIGN,
                "Обувь на Лиговке (склад)",
                PlacementType::Fbs,
                ApiAvailability::Available,
            ),
            shop(
                DEMO_DISABLED_CAMPAIGN,
                "Лиговка: распродажа",
                PlacementType::Dbs,
                ApiAvailability::DisabledByInactivity,
            ),
        ],
    }
}

const CIS: &[InstanceType] = &[InstanceType::Cis];
const MAY: &[InstanceType] = &[InstanceType::CisOptional];
const NOTHING: &[InstanceType] = &[];

/// An order of a shop: its number, age in hours and days until shipment, all counted from now.
fn order(
    campaign: CampaignId,
    id: i64,
    now_ms: i64,
    age_hours: i64,
    ships_in_days: i64,
) -> NewOrder {
    NewOrder {
        order_id: Some(OrderId(id)),
        age_ms: Some(age_hours * HOUR_MS),
        shipment_date: Some(moscow::date(now_ms + ships_in_days * DAY_MS)),
        ..NewOrder::of(campaign)
    }
}

fn orders(now_ms: i64) -> Vec<NewOrder> {
    let mut orders = dbs_orders(now_ms);
    orders.extend(fbs_orders(now_ms));
    orders
}

fn business(order: NewOrder) -> NewOrder {
    NewOrder {
        buyer_type: Some(BuyerType::Business),
        ..order
    }
}

/// Orders the shop delivers itself.
fn dbs_orders(now_ms: i64) -> Vec<NewOrder> {
    let dbs = |id, age, ships| order(DEMO_DBS_CAMPAIGN, id, now_ms, age, ships);
    vec![
        dbs(48_512_377, 3, 0)
            .item(SLIPPERS.line(612_300_101, 2, CIS))
            .item(SUEDE_SHOES.line(612_300_102, 1, CIS)),
        dbs(48_512_402, 2, 0)
            .item(LOAFERS.line(612_300_111, 1, CIS))
            .item(SHOEHORN.line(612_300_112, 1, NOTHING)),
        business(dbs(48_512_455, 5, 1))
            .item(BOOTS.line(612_300_121, 6, CIS))
            .item(CREAM.line(612_300_122, 6, NOTHING)),
        dbs(48_512_488, 1, 1)
            .item(SHIRT.line(612_300_131, 3, CIS))
            .item(PERFUME.line(612_300_132, 1, CIS)),
        NewOrder {
            notes: Some("Позвоните за час, домофон не работает".to_owned()),
            payment_type: Some(PaymentType::Postpaid),
            payment_method: Some("CASH_ON_DELIVERY".to_owned()),
            ..dbs(48_512_519, 1, 1)
        }
        .item(SNEAKERS.line(612_300_141, 1, CIS)),
        dbs(48_512_541, 1, 2).item(NewItem {
            code_layout: Some(CodeLayout::Short),
            ..BEER.line(612_300_151, 4, MAY)
        }),
        dbs(48_512_560, 4, 2).item(RING.line(612_300_161, 1, &[InstanceType::Uin])),
        business(dbs(48_512_583, 20, 3)).item(MASSAGER.line(
            612_300_171,
            2,
            &[InstanceType::Rnpt, InstanceType::Gtd],
        )),
        NewOrder {
            no_shipment_date: true,
            shipment_date: None,
            ..business(dbs(48_512_611, 6, 0))
        }
        .item(SLIPPERS.line(612_300_181, 5, CIS)),
        dbs(48_512_630, 2, 1).item(SHOEHORN.line(612_300_191, 2, NOTHING)),
        dbs(48_509_127, 26, 0)
            .item(SUEDE_SHOES.line(612_300_201, 1, CIS))
            .item(SLIPPERS.line(612_300_202, 1, CIS)),
        dbs(48_508_840, 30, 0)
            .status(OrderStatus::Processing, Substatus::ready_to_ship())
            .item(LOAFERS.line(612_300_211, 1, MAY)),
        dbs(48_491_066, 9 * 24, -7)
            .status(
                OrderStatus::Delivered,
                substatus("DELIVERY_SERVICE_DELIVERED"),
            )
            .item(BOOTS.line(612_300_221, 1, CIS)),
        NewOrder {
            cancel_requested: true,
            ..dbs(48_497_315, 6 * 24, -4)
        }
        .status(OrderStatus::Cancelled, substatus("USER_CHANGED_MIND"))
        .item(SNEAKERS.line(612_300_231, 2, CIS)),
    ]
}

/// Orders the Market carries, by the day or within the hour.
fn fbs_orders(now_ms: i64) -> Vec<NewOrder> {
    let fbs = |id, age, ships| order(DEMO_FBS_CAMPAIGN, id, now_ms, age, ships);
    let express = |id, age| NewOrder {
        program_type: Some(ProgramType::Express),
        ..fbs(id, age, 0)
    };
    vec![
        fbs(48_512_398, 3, 0)
            .item(SNEAKERS.line(612_300_241, 1, CIS))
            .item(CREAM.line(612_300_242, 2, NOTHING)),
        fbs(48_512_497, 2, 1).item(SUEDE_SHOES.line(612_300_251, 1, CIS)),
        fbs(SOLD.0, 4, 0)
            .item(BOOTS.line(612_300_261, 1, CIS))
            .item(LOAFERS.line(612_300_262, 1, CIS))
            .item(SHOEHORN.line(612_300_263, 1, NOTHING)),
        fbs(48_512_655, 5, 1)
            .item(SLIPPERS.line(612_300_271, 3, CIS))
            .item(SNEAKERS.line(612_300_272, 1, CIS))
            .item(CREAM.line(612_300_273, 1, NOTHING)),
        fbs(48_512_663, 3, 1)
            .item(NewItem {
                code_layout: Some(CodeLayout::Short),
                ..BEER.line(612_300_281, 6, MAY)
            })
            .item(SHIRT.line(612_300_282, 2, CIS)),
        fbs(48_512_672, 7, 2).item(RING.line(612_300_291, 2, &[InstanceType::Uin])),
        business(fbs(48_512_688, 22, 3))
            .item(MASSAGER.line(612_300_301, 2, &[InstanceType::Rnpt, InstanceType::Gtd]))
            .item(SLIPPERS.line(612_300_302, 2, CIS)),
        NewOrder {
            notes: Some("Велосипед едет в двух коробках".to_owned()),
            ..fbs(48_512_694, 9, 2)
        }
        .item(BICYCLE.line(612_300_311, 1, CIS))
        .item(PUMP.line(612_300_312, 1, NOTHING)),
        fbs(48_512_706, 1, 4)
            .item(NewItem {
                promo: true,
                ..PERFUME.line(612_300_321, 1, CIS)
            })
            .item(SHIRT.line(612_300_322, 1, CIS)),
        express(48_512_715, 0).item(SNEAKERS.line(612_300_331, 1, CIS)),
        express(48_512_721, 1)
            .item(SUEDE_SHOES.line(612_300_341, 1, CIS))
            .item(SLIPPERS.line(612_300_342, 2, CIS))
            .item(CREAM.line(612_300_343, 1, NOTHING)),
        NewOrder {
            fake: true,
            ..fbs(48_512_730, 2, 1)
        }
        .item(SLIPPERS.line(612_300_351, 1, CIS)),
        fbs(RETURNED.0, 12 * 24, -10)
            .status(OrderStatus::Returned, substatus("USER_REFUSED_QUALITY"))
            .item(LOAFERS.line(612_300_361, 1, CIS)),
    ]
}

/// A documented substatus by its name.
fn substatus(name: &str) -> Substatus {
    Substatus::try_from(name.to_owned()).unwrap_or_else(|_| Substatus::started())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: i64 = 1_795_000_000_000;

    #[test]
    fn the_demo_world_is_complete() {
        let mut market = Market::default();
        assert_eq!(fill(&mut market, NOW_MS), Ok(()));
        assert_eq!(market.orders.len(), orders(NOW_MS).len());
        let delivered = market.orders.get(&OrderId(48_491_066)).unwrap();
        assert_eq!(delivered.status, OrderStatus::Delivered);
        assert_eq!(delivered.substatus.as_str(), "DELIVERY_SERVICE_DELIVERED");
        assert_eq!(delivered.items[0].instances.len(), 1);
    }

    #[test]
    fn the_demo_keys_have_the_documented_shape() {
        for key in [DEMO_API_KEY, DEMO_READ_ONLY_API_KEY] {
            let parts: Vec<&str> = key.split(':').collect();
            assert_eq!((parts[0], parts[1].len(), parts[2].len()), ("ACMA", 40, 8));
            assert!(parts[1].bytes().all(|byte| byte.is_ascii_alphanumeric()));
            assert!(parts[2].bytes().all(|byte| byte.is_ascii_hexdigit()));
        }
    }
}
