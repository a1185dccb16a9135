//! `GET codes` (edition 62, 4.4.4) and `GET order/codes/retry` (4.4.6): codes, handed on while they arrive.

use super::{MOST_CODES, call};
use crate::{
    answer::{Body, not_understood},
    call::Call,
    client::Client,
    stream::{End, Fault, Reader},
    transport::transport,
};
use desk::{
    server::ports::{
        call::CallError,
        code_ordering::{Access, CodeSink, CodesError, Given, NextCodes},
    },
    suz::emission::BlockId,
};
use http::Method;
use reqwest::Response;
use std::time::Duration;
use tokio::sync::mpsc;

/// So many codes wait for the sink at most; it gets what there is as soon as it has kept what it got before.
const BATCH: usize = 4_096;

/// So much of a piece of the network is read before the codes in it are handed on.
const PIECE: usize = 64 * 1024;

/// So much of an answer is kept until its codes begin: it may be an error in a good status.
const HEAD: usize = 64 * 1024;

/// The longest error.
const LONGEST_ERROR: usize = 4 * 1024 * 1024;

/// An answer may take long, since the sink may. Each step of it has the time of a whole call.
const LONGEST_STREAM: Duration = Duration::from_hours(1);

/// Asks for the next codes of an order.
pub(super) async fn codes(
    client: &Client,
    access: Access<'_>,
    next: NextCodes<'_>,
    sink: &mut dyn CodeSink,
) -> Result<Given, CodesError> {
    if !(1..=MOST_CODES).contains(&next.quantity) {
        return Err(CallError::Argument(format!("one call gives 1 to {MOST_CODES} codes")).into());
    }
    let (oms_id, quantity) = (access.oms_id.to_wire(), next.quantity.to_string());
    let query = [
        ("omsId", oms_id.as_str()),
        ("orderId", next.order.as_str()),
        ("gtin", next.gtin.as_str()),
        ("quantity", &quantity),
    ];
    let call = call(access, "codes", &Method::GET, &["codes"], &query);
    client.told(&call, stream(client, &call, sink)).await
}

/// Asks for a block once more.
pub(super) async fn retry(
    client: &Client,
    access: Access<'_>,
    block: &BlockId,
    sink: &mut dyn CodeSink,
) -> Result<Given, CodesError> {
    let oms_id = access.oms_id.to_wire();
    let query = [("omsId", oms_id.as_str()), ("blockId", block.as_str())];
    let path = ["order", "codes", "retry"];
    let call = call(access, "order/codes/retry", &Method::GET, &path, &query);
    client.told(&call, stream(client, &call, sink)).await
}

async fn stream(
    client: &Client,
    call: &Call<'_>,
    sink: &mut dyn CodeSink,
) -> Result<Given, CodesError> {
    let answer = client.open(call, LONGEST_STREAM).await?;
    if !answer.status().is_success() {
        let http = answer.status().as_u16();
        client.whole(call, answer, LONGEST_ERROR).await?;
        return Err(not_understood(http, "the status").into());
    }
    // While the sink keeps one batch, the next one is read.
    let (give, mut given) = mpsc::channel::<Vec<String>>(1);
    let keeping = async move {
        while let Some(codes) = given.recv().await {
            sink.take(codes).await?;
        }
        Ok::<(), CodesError>(())
    };
    let (read, kept) = tokio::join!(read(client, call, answer, give), keeping);
    kept?;
    Ok(read?)
}

/// Reads the answer to its end. When nobody takes codes any more, reading on has no use.
async fn read(
    client: &Client,
    call: &Call<'_>,
    mut answer: Response,
    give: mpsc::Sender<Vec<String>>,
) -> Result<Given, CallError> {
    let http = answer.status().as_u16();
    let pause = client.pause(&answer);
    let mut head = Body {
        bytes: Vec::new(),
        whole: true,
    };
    let mut reader = Reader::default();
    let mut fault = None;
    'answer: while let Some(chunk) = client.in_time(answer.chunk()).await?.map_err(transport)? {
        if !reader.has_begun() {
            keep(&mut head, &chunk);
        }
        for piece in chunk.chunks(PIECE) {
            fault = reader.feed(piece).err();
            if fault.is_some() {
                break 'answer;
            }
            // What came is durable before the rest is there: it may never be.
            let waiting = reader.waiting();
            if waiting > 0
                && let Ok(place) = give.try_reserve()
            {
                place.send(reader.codes());
            } else if waiting >= BATCH && give.send(reader.codes()).await.is_err() {
                return Err(CallError::NoAnswer("its codes were not kept".to_owned()));
            }
        }
    }
    let begun = reader.has_begun();
    let end = if let Some(fault) = fault {
        Err(fault)
    } else {
        let rest = reader.codes();
        if !rest.is_empty() && give.send(rest).await.is_err() {
            return Err(CallError::NoAnswer("its codes were not kept".to_owned()));
        }
        reader.end()
    };
    if end.is_err() && !begun {
        client.judge(call, http, pause, &head).await?;
    }
    end.and_then(|end| given(&end))
        .map_err(|fault| error_of(&fault, http, &head.bytes))
}

fn keep(head: &mut Body, chunk: &[u8]) {
    let room = HEAD.saturating_sub(head.bytes.len());
    head.bytes.extend(chunk.iter().take(room));
    head.whole &= chunk.len() <= room;
}

fn given(end: &End) -> Result<Given, Fault> {
    Ok(Given {
        block: end.block.parse().or(Err(Fault::Missing("blockId")))?,
        count: end.count,
    })
}

/// What a fault means. Only a cut answer is none; any other one came, and codes were handed out by it all the same.
fn error_of(fault: &Fault, http: u16, head: &[u8]) -> CallError {
    let at = match fault {
        Fault::Cut => return CallError::NoAnswer("the answer breaks off".to_owned()),
        Fault::NotJson(_) if head.trim_ascii_start().starts_with(b"<") => {
            "it is a page for people, not JSON".to_owned()
        }
        Fault::NotJson(place) => format!("it is not JSON (after {place} bytes)"),
        Fault::Deep => "it is nested too deep".to_owned(),
        Fault::NotObject => "it is no object".to_owned(),
        Fault::NotCode(index) => format!("codes[{index}]: it is no code"),
        Fault::Twice(field) => format!("{field}: it is there twice"),
        Fault::Missing(field) => format!("{field}: it is missing or something else"),
    };
    CallError::NotUnderstood { http, at }
}
