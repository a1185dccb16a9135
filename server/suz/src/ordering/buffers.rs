//! `GET order/status` (edition 62, 4.4.2) and `GET order/codes/blocks` (4.4.5): what there is of an order.

use super::call;
use crate::{
    client::Client,
    expiry::of_date,
    loose::{Flag, Text, Whole, list},
};
use cis::Gtin;
use desk::{
    server::ports::{
        call::CallError,
        code_ordering::{Access, BlockInfo, BufferInfo, PoolInfo},
    },
    suz::emission::{BlockId, BufferStatus, PoolStatus, SuzOrderId},
    time::Timestamp,
};
use http::Method;
use serde::Deserialize;
use serde_json::Value;

/// One GTIN of an order (table 82). Nearly everything may be missing, or be -1 where it is not known yet.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BufferEntry {
    gtin: Text,
    buffer_status: Option<Text>,
    available_codes: Option<Whole>,
    left_in_buffer: Option<Whole>,
    total_codes: Option<Whole>,
    total_passed: Option<Whole>,
    unavailable_codes: Option<Whole>,
    pools_exhausted: Option<Flag>,
    template_id: Option<Whole>,
    expired_date: Option<Value>,
    rejection_reason: Option<Text>,
    #[serde(default, deserialize_with = "list")]
    pool_infos: Vec<Pool>,
}

/// One pool of it, as older stations tell.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pool {
    status: Option<Text>,
    quantity: Option<Whole>,
    left_in_registrar: Option<Whole>,
    rejection_reason: Option<Text>,
}

/// Buffers whose goods have a GTIN that is one. Other programs of a company order for test goods with numbers of their
/// own making; those orders are not ours, and must not make the rest of an answer unreadable.
pub(super) fn readable(buffers: Vec<BufferEntry>) -> Vec<BufferInfo> {
    let known = |buffer: BufferEntry| {
        let text = buffer.gtin.0.clone().unwrap_or_default();
        if let Ok(gtin) = text.parse() {
            return Some(info(gtin, buffer));
        }
        tracing::warn!(gtin = text, "СУЗ tells of goods without a right GTIN");
        None
    };
    buffers.into_iter().filter_map(known).collect()
}

fn info(gtin: Gtin, buffer: BufferEntry) -> BufferInfo {
    BufferInfo {
        gtin,
        status: text(buffer.buffer_status).map(BufferStatus::from),
        available: count(buffer.available_codes),
        left: count(buffer.left_in_buffer),
        total: count(buffer.total_codes),
        passed: count(buffer.total_passed),
        unavailable: count(buffer.unavailable_codes),
        pools_exhausted: buffer.pools_exhausted.and_then(|flag| flag.0),
        template: count(buffer.template_id).and_then(|template| u32::try_from(template).ok()),
        expires: moment(buffer.expired_date.as_ref()),
        rejection: text(buffer.rejection_reason),
        pools: buffer.pool_infos.into_iter().map(pool).collect(),
    }
}

fn pool(pool: Pool) -> PoolInfo {
    PoolInfo {
        status: text(pool.status).map(PoolStatus::from),
        quantity: count(pool.quantity),
        left: count(pool.left_in_registrar),
        rejection: text(pool.rejection_reason),
    }
}

pub(super) fn text(text: Option<Text>) -> Option<String> {
    text.and_then(|text| text.0)
}

/// A counter that is known.
pub(super) fn count(number: Option<Whole>) -> Option<u64> {
    u64::try_from(number?.0?).ok()
}

/// A moment that is one: nought and less stand for none.
pub(super) fn moment(date: Option<&Value>) -> Option<Timestamp> {
    date.and_then(of_date).filter(|moment| moment.0 > 0)
}

/// Asks where the goods of an order stand.
pub(super) async fn status(
    client: &Client,
    access: Access<'_>,
    order: &SuzOrderId,
    gtin: Option<Gtin>,
) -> Result<Vec<BufferInfo>, CallError> {
    let oms_id = access.oms_id.to_wire();
    let mut query = vec![("omsId", oms_id.as_str()), ("orderId", order.as_str())];
    query.extend(gtin.as_ref().map(|gtin| ("gtin", gtin.as_str())));
    let path = ["order", "status"];
    let answer: Vec<BufferEntry> = client
        .request(&call(access, "order/status", &Method::GET, &path, &query))
        .await?;
    Ok(readable(answer))
}

/// The list of blocks. Without it, it is another answer, not one of no blocks: codes may lie there.
#[derive(Deserialize)]
struct BlocksResponse {
    blocks: Vec<BlockEntry>,
}

/// One block.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BlockEntry {
    block_id: BlockId,
    quantity: u64,
    block_date_time: Option<Value>,
}

/// Asks which blocks were handed out.
pub(super) async fn blocks(
    client: &Client,
    access: Access<'_>,
    order: &SuzOrderId,
    gtin: Gtin,
) -> Result<Vec<BlockInfo>, CallError> {
    let oms_id = access.oms_id.to_wire();
    let query = [
        ("omsId", oms_id.as_str()),
        ("orderId", order.as_str()),
        ("gtin", gtin.as_str()),
    ];
    let path = ["order", "codes", "blocks"];
    let answer: BlocksResponse = client
        .request(&call(
            access,
            "order/codes/blocks",
            &Method::GET,
            &path,
            &query,
        ))
        .await?;
    let block = |block: BlockEntry| BlockInfo {
        block: block.block_id,
        quantity: block.quantity,
        at: moment(block.block_date_time.as_ref()),
    };
    Ok(answer.blocks.into_iter().map(block).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::decode;

    fn read(body: &str) -> Vec<BufferInfo> {
        readable(decode(200, body.as_bytes()).unwrap())
    }

    #[test]
    fn what_is_not_known_yet_is_not_nought() {
        let buffers = read(
            r#"[{"gtin":"04606038003172","bufferStatus":"PENDING","availableCodes":-1,"leftInBuffer":-1,
                 "totalCodes":-1,"totalPassed":-1,"unavailableCodes":-1,"poolsExhausted":false,"templateId":10,"expiredDate":0},
                {"gtin":"04606038003172"}]"#,
        );
        let bare = BufferInfo {
            gtin: "04606038003172".parse().unwrap(),
            status: None,
            available: None,
            left: None,
            total: None,
            passed: None,
            unavailable: None,
            pools_exhausted: None,
            template: None,
            expires: None,
            rejection: None,
            pools: Vec::new(),
        };
        let pending = BufferInfo {
            status: Some(BufferStatus::Pending),
            pools_exhausted: Some(false),
            template: Some(10),
            ..bare.clone()
        };
        assert_eq!(buffers, [pending, bare]);
    }

    #[test]
    fn numbers_and_moments_are_read_however_they_are_written() {
        let buffers = read(
            r#"[{"gtin":"04606038003172","bufferStatus":"ACTIVE","availableCodes":"5","leftInBuffer":7,"totalCodes":"12",
                 "totalPassed":5.0,"unavailableCodes":0,"poolsExhausted":"true","templateId":"10",
                 "expiredDate":"1795444572000","rejectionReason":"Order declined: 0106",
                 "poolInfos":[{"status":"REQUEST_ERROR","quantity":12,"leftInRegistrar":"7","rejectionReason":"why"},{}]},
                {"gtin":"01334567894339","bufferStatus":"ACTIVE"}]"#,
        );
        let [buffer] = buffers.as_slice() else {
            panic!("a GTIN with a wrong check digit is no order of ours");
        };
        assert_eq!(
            (
                buffer.available,
                buffer.left,
                buffer.total,
                buffer.passed,
                buffer.unavailable
            ),
            (Some(5), Some(7), Some(12), Some(5), Some(0))
        );
        assert_eq!(
            (buffer.pools_exhausted, buffer.template),
            (Some(true), Some(10))
        );
        assert_eq!(buffer.expires, Some(Timestamp(1_795_444_572_000)));
        assert_eq!(buffer.rejection.as_deref(), Some("Order declined: 0106"));
        let pool = PoolInfo {
            status: Some(PoolStatus::RequestError),
            quantity: Some(12),
            left: Some(7),
            rejection: Some("why".into()),
        };
        let unknown = PoolInfo {
            status: None,
            quantity: None,
            left: None,
            rejection: None,
        };
        assert_eq!(buffer.pools, [pool, unknown]);
    }
}
