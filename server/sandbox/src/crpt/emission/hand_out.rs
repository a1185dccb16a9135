//! Handing out codes: `codes`, `order/codes/blocks`, `order/codes/retry` (sections 4.4.4 to 4.4.6).

use serde_json::json;

use super::{
    Emission, OverAsking,
    codes::CodesBody,
    no_line,
    order::{Block, Buffer, BufferStatus, EmissionOrder, OrderStatus},
};
use crate::{
    crpt::{Crpt, front::Done, headers::Query, ids::uuid, refusal::Refusal},
    exchange::Call,
};

/// The most codes a call may ask for.
const MOST_CODES: u32 = 150_000;

/// `GET /api/v3/codes`: the next codes of a line. Each call gives others.
pub(in crate::crpt) fn codes(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let order_id = query.uuid("orderId")?.to_owned();
    let gtin = query.gtin()?.to_owned();
    let asked = quantity(&query)?;
    let block_id = uuid(&mut crpt.dice(now_ms));
    let (key, over_asking) = (crpt.emission.key, crpt.emission.rules.over_asking);
    let price = crpt.emission.rules.code_price;
    let order = crpt.order_of_mut(&client.inn, &order_id)?;
    let (first, given) = available(order, &gtin, asked, over_asking, now_ms)?;
    let group = order.group();
    let alias = order.product_group.clone();
    let applied = group.is_some_and(|group| group.applied_at_hand_out);
    let buffer = line_mut(order, &gtin)?;
    buffer.blocks.push(Block {
        block_id: block_id.clone(),
        first,
        quantity: given,
        at_ms: now_ms,
        retries: 0,
        in_cabinet: false,
    });
    let body = body(
        key,
        order,
        &gtin,
        (first, given),
        query.oms_id()?,
        &block_id,
    )?;
    if applied {
        // The report that СУЗ makes by itself is paid for here.
        let cost = price.saturating_mul(i64::from(given));
        crpt.spend(&client.inn, &alias, cost);
    }
    Ok(Done::codes(body).and(true))
}

fn quantity(query: &Query) -> Result<u32, Refusal> {
    let wrong = |words: &str| Refusal::field("quantity", words);
    let text = query
        .one("quantity")
        .ok_or_else(|| wrong("Поле обязательно для заполнения"))?;
    let number: u32 = text
        .parse()
        .map_err(|_| wrong("Значение должно быть положительным целым числом"))?;
    match number {
        0 => Err(wrong("Значение должно быть положительным целым числом")),
        1..=MOST_CODES => Ok(number),
        _ => Err(wrong("Значение не должно превышать 150000")),
    }
}

/// The place of the next code of a line and how many of those asked for are there.
fn available(
    order: &EmissionOrder,
    gtin: &str,
    asked: u32,
    over_asking: OverAsking,
    now_ms: i64,
) -> Result<(u32, u32), Refusal> {
    let buffer = line(order, gtin)?;
    let status = order.buffer_status(buffer, now_ms);
    let (passed, emitted) = (buffer.passed(), order.emitted(buffer, now_ms));
    if status != BufferStatus::Active {
        return Err(Refusal::bad_request(format!(
            "Буфер КМ заказа {} с GTIN {gtin} в статусе {status}, выдача кодов невозможна",
            order.order_id
        )));
    }
    let there = emitted.saturating_sub(passed);
    match over_asking {
        _ if asked <= there => Ok((passed, asked)),
        OverAsking::Fewer if there > 0 => Ok((passed, there)),
        _ => Err(Refusal::bad_request(format!(
            "Запрошено {asked} КМ, доступно {there}"
        ))),
    }
}

pub(super) fn line<'a>(order: &'a EmissionOrder, gtin: &str) -> Result<&'a Buffer, Refusal> {
    let found = order.buffers.iter().find(|buffer| buffer.gtin == gtin);
    found.ok_or_else(|| no_line(order, gtin))
}

fn line_mut<'a>(order: &'a mut EmissionOrder, gtin: &str) -> Result<&'a mut Buffer, Refusal> {
    let missing = no_line(order, gtin);
    order
        .buffers
        .iter_mut()
        .find(|buffer| buffer.gtin == gtin)
        .ok_or(missing)
}

fn body(
    key: u64,
    order: &EmissionOrder,
    gtin: &str,
    places: (u32, u32),
    oms_id: &str,
    block_id: &str,
) -> Result<CodesBody, Refusal> {
    let maker = order
        .group()
        .and_then(|group| line(order, gtin).ok()?.maker(key, group))
        .ok_or_else(|| no_line(order, gtin))?;
    Ok(CodesBody::new(maker, places, oms_id, block_id))
}

/// `GET /api/v3/order/codes/blocks`: what was handed out of a line that is still open.
pub(in crate::crpt) fn blocks(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let order = crpt.order_of(&client.inn, query.uuid("orderId")?)?;
    let buffer = line(order, query.gtin()?)?;
    check_open(order, buffer, now_ms)?;
    let blocks: Vec<_> = buffer
        .told_blocks()
        .map(|block| {
            json!({
                "blockId": block.block_id,
                // Seconds, as the sample has it; other times of СУЗ are milliseconds.
                "blockDateTime": block.at_ms.div_euclid(1_000),
                "quantity": block.quantity,
            })
        })
        .collect();
    let told = json!({
        "orderId": order.order_id,
        "omsId": query.oms_id()?,
        "gtin": buffer.gtin,
        "blocks": blocks,
    });
    Ok(Done::told(told).and(client.changed))
}

/// `GET /api/v3/order/codes/retry`: the codes of a block once more.
pub(in crate::crpt) fn retry(crpt: &mut Crpt, call: &Call, now_ms: i64) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let block_id = query.uuid("blockId")?;
    let emission = &mut crpt.emission;
    let no_block = || Refusal::not_found(format!("Блок КМ {block_id} не найден"));
    let (order_id, gtin) = emission
        .of(&client.inn)
        .find_map(|order| {
            let buffer = order.buffers.iter().find(|buffer| {
                let mut blocks = buffer.told_blocks();
                blocks.any(|block| block.block_id == block_id)
            })?;
            Some((order.order_id.clone(), buffer.gtin.clone()))
        })
        .ok_or_else(no_block)?;
    let places = again(emission, &order_id, &gtin, block_id, now_ms)?;
    let places = places.ok_or_else(no_block)?;
    let order = crpt.order_of(&client.inn, &order_id)?;
    let key = crpt.emission.key;
    let body = body(key, order, &gtin, places, query.oms_id()?, block_id)?;
    Ok(Done::codes(body).and(true))
}

/// Notes that a block is handed out again, and tells its places.
fn again(
    emission: &mut Emission,
    order_id: &str,
    gtin: &str,
    block_id: &str,
    now_ms: i64,
) -> Result<Option<(u32, u32)>, Refusal> {
    let Some(order) = emission.order_mut(order_id) else {
        return Ok(None);
    };
    check_open(order, line(order, gtin)?, now_ms)?;
    let buffer = line_mut(order, gtin)?;
    let block = buffer
        .blocks
        .iter_mut()
        .find(|block| block.block_id == block_id);
    Ok(block.map(|block| {
        block.retries = block.retries.saturating_add(1);
        (block.first, block.quantity)
    }))
}

/// Whether codes handed out before may be asked for: the line is not closed and the release method still is open.
fn check_open(order: &EmissionOrder, buffer: &Buffer, now_ms: i64) -> Result<(), Refusal> {
    let closed = buffer.closing(now_ms).is_some() || order.status(now_ms) == OrderStatus::Closed;
    if closed {
        return Err(Refusal::bad_request(format!(
            "Подзаказ {} с GTIN {} закрыт",
            order.order_id, buffer.gtin
        )));
    }
    let day = crate::moscow::date(now_ms);
    let shut = order.release_method.is_some_and(|method| {
        order.group().is_some_and(|group| {
            let mut releases = group.releases.iter();
            !releases.any(|one| one.method == method && one.is_open(day))
        })
    });
    if shut {
        return Err(Refusal::bad_request(
            "Способ выпуска товаров в оборот закрыт, повторная выдача кодов невозможна",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_asks_for_one_to_150_000_codes() {
        let asked = |query: &str| quantity(&Query::read(query));
        assert_eq!(asked("quantity=1"), Ok(1));
        assert_eq!(asked("quantity=150000"), Ok(150_000));
        for wrong in [
            "",
            "quantity=0",
            "quantity=-1",
            "quantity=150001",
            "quantity=x",
        ] {
            assert!(asked(wrong).is_err(), "{wrong}");
        }
    }
}
