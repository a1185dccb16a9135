//! One request from arrival to answer: the journal, the faults, the parallel places, and the service between them.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use tokio::time::Instant;

use crate::{
    answer::{Answer, Content},
    crpt::{self, emission::OrderTurn},
    faults::{Effect, Fault, Stage},
    market::{self, ids::OrderId, refusal::Refusal},
    meters::Account,
    received::{Progress, Received, journal_headers},
    sandbox::{Released, Sandbox},
    world::World,
};

/// The most of a body that is read, bytes: enough to journal one that is too big for every imitated service.
const MOST_READ: usize = 4 * 1024 * 1024;

/// A request with its whole body.
#[derive(Debug)]
pub(crate) struct Call {
    /// HTTP method.
    pub(crate) method: String,
    /// Path without the query.
    pub(crate) path: String,
    /// The query without the question mark.
    pub(crate) query: String,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// The raw body.
    pub(crate) body: Vec<u8>,
    /// Whether the body was longer than what is read, or stopped coming.
    pub(crate) body_cut: bool,
}

/// Marks a response that must not be sent: the connection is to be closed instead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HangUp;

/// What becomes of a request.
enum End {
    Answer(Answer),
    HangUp,
}

/// Answers a request of an imitated service.
///
/// The work goes on in a task of its own: a server does not stop because the caller has died, and the tests of `kill -9` depend on that.
pub(crate) async fn exchange(State(sandbox): State<Sandbox>, request: Request) -> Response {
    let work = tokio::spawn(async move {
        let call = read(request).await;
        carry_through(&sandbox, &call).await
    });
    match work.await {
        Ok(End::Answer(answer)) => answer.into_response(),
        Ok(End::HangUp) => hang_up(),
        Err(error) => {
            tracing::error!(%error, "a request of the sandbox was not carried through");
            Refusal::trouble(StatusCode::INTERNAL_SERVER_ERROR)
                .answer()
                .into_response()
        }
    }
}

fn hang_up() -> Response {
    let mut response = Response::new(Body::from(
        "the sandbox would close the connection here, but it does not own this server",
    ));
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response.extensions_mut().insert(HangUp);
    response
}

async fn read(request: Request) -> Call {
    let (parts, body) = request.into_parts();
    let read = to_bytes(body, MOST_READ).await;
    Call {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body_cut: read.is_err(),
        body: read.map(Vec::from).unwrap_or_default(),
    }
}

/// A place among the parallel requests, given back when the request ends.
struct Place<'a> {
    sandbox: &'a Sandbox,
    account: Account,
    order: Option<OrderId>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut floor = self.sandbox.floor();
        floor.meters.leave(&self.account);
        if let Some(order) = self.order {
            floor.record.leave(order);
        }
    }
}

async fn carry_through(sandbox: &Sandbox, call: &Call) -> End {
    let arrived = Instant::now();
    let (now_ms, (account, limit)) = {
        let world = sandbox.world_lock();
        (world.clock.now_ms(), market::account(&world.market, call))
    };
    let order = market::written_order(&call.method, &call.path);
    let (sequence, fault, released, place, latency) = {
        let mut floor = sandbox.floor();
        let sequence = floor.journal.push(entry(call, now_ms));
        let campaign = market::campaign_of(&call.path);
        let fault = floor.faults.take(&call.method, &call.path, campaign);
        let place = floor.meters.enter(&account, limit);
        if place && let Some(order) = order {
            floor.record.arrive(order);
        }
        // Noted while the journal is locked: a release that comes after somebody has seen this entry is always later than this.
        let released = sandbox.released();
        (sequence, fault, released, place, floor.latency)
    };
    sandbox.notify();
    // Given back at the very end: a request that is being answered still takes its place.
    let place = place.then(|| Place {
        sandbox,
        account: account.clone(),
        order,
    });
    let end = if place.is_some() {
        under_fault(sandbox, call, sequence, fault, released).await
    } else {
        End::Answer(market::parallel_refusal(&account, limit))
    };
    // Counted from the arrival, so that the sandbox's own work is a part of it.
    if !latency.is_zero() {
        tokio::time::sleep_until(arrived + latency).await;
    }
    drop(place);
    let progress = match &end {
        End::Answer(answer) if matches!(answer.content, Content::Held(..)) => Progress::HeldAfter,
        End::Answer(answer) => Progress::Answered {
            status: answer.status.as_u16(),
        },
        End::HangUp => Progress::HungUp,
    };
    sandbox.note(sequence, progress);
    end
}

fn entry(call: &Call, now_ms: i64) -> Received {
    Received {
        sequence: 0,
        at_ms: now_ms,
        method: call.method.clone(),
        path: call.path.clone(),
        query: call.query.clone(),
        headers: journal_headers(&call.headers),
        body: call.body.clone(),
        body_text: String::from_utf8_lossy(&call.body).into_owned(),
        progress: Progress::Arrived,
    }
}

async fn under_fault(
    sandbox: &Sandbox,
    call: &Call,
    sequence: u64,
    fault: Option<Fault>,
    released: Released,
) -> End {
    let Some(fault) = fault else {
        return process(sandbox, call).await;
    };
    match fault.strikes() {
        Stage::Before => {
            let struck = strike(sandbox, call, sequence, &fault, released, None).await;
            match struck {
                Some(end) => end,
                None => process(sandbox, call).await,
            }
        }
        Stage::After => {
            let answer = match process(sandbox, call).await {
                End::Answer(answer) => answer,
                End::HangUp => return End::HangUp,
            };
            let struck = strike(sandbox, call, sequence, &fault, released, Some(&answer)).await;
            struck.unwrap_or(End::Answer(answer))
        }
    }
}

/// Lets a fault act; `None` when the request then goes on as if nothing had happened.
async fn strike(
    sandbox: &Sandbox,
    call: &Call,
    sequence: u64,
    fault: &Fault,
    released: Released,
    answered: Option<&Answer>,
) -> Option<End> {
    match &fault.effect {
        Effect::Delay { ms } => {
            tokio::time::sleep(Duration::from_millis(*ms)).await;
            None
        }
        Effect::Hold => {
            let held = if answered.is_some() {
                Progress::HeldAfter
            } else {
                Progress::HeldBefore
            };
            sandbox.note(sequence, held);
            sandbox.wait_for_release(released).await;
            None
        }
        Effect::HangUp => Some(End::HangUp),
        Effect::Error { status } => Some(End::Answer(trouble(call, status_of(*status)))),
        Effect::Html { status } => Some(End::Answer(html(status_of(*status)))),
        Effect::RateLimit | Effect::ParallelLimit if crpt::host(&call.path).is_some() => {
            Some(End::Answer(trouble(call, StatusCode::TOO_MANY_REQUESTS)))
        }
        Effect::RateLimit => {
            let world = sandbox.world_lock();
            let now_ms = world.clock.now_ms();
            Some(End::Answer(market::rate_refusal(
                &world.market,
                call,
                now_ms,
            )))
        }
        Effect::ParallelLimit => {
            let world = sandbox.world_lock();
            let (account, limit) = market::account(&world.market, call);
            Some(End::Answer(market::parallel_refusal(&account, limit)))
        }
        Effect::StatusError { code, message } => Some(End::Answer(match crpt::host(&call.path) {
            Some(host) => crpt::coded(host, code, message),
            None => Refusal::new(StatusCode::OK, code, message).answer(),
        })),
        Effect::Instead { body } => {
            let mut instead = Answer::json(StatusCode::OK, &Value::Null);
            instead.content = Content::Whole(body.clone().into_bytes());
            Some(End::Answer(instead))
        }
        Effect::SuzTimeout => Some(End::Answer(crpt::suz_timed_out())),
        Effect::CutJson => {
            let mut cut = answered?.clone();
            let mut bytes = cut.content.bytes().into_owned();
            bytes.truncate(bytes.len() / 2);
            cut.content = Content::Whole(bytes);
            Some(End::Answer(cut))
        }
        Effect::CutBody { bytes } => {
            let mut cut = answered?.clone();
            cut.content = Content::Broken(cut.content.bytes().into_owned(), *bytes);
            Some(End::Answer(cut))
        }
        Effect::HoldBody { bytes } => {
            let mut held = answered?.clone();
            let whole = held.content.bytes().into_owned();
            held.content = Content::Held(whole, *bytes, sandbox.clone(), released);
            Some(End::Answer(held))
        }
        Effect::WorldDelay { ms } => {
            sandbox.wait_for_world(*ms).await;
            None
        }
        Effect::OrderTurn { turn } => {
            turn_order(sandbox, call, answered?, turn);
            None
        }
        Effect::NoResult if crpt::host(&call.path).is_some() => {
            Some(End::Answer(crpt::bare(answered?)))
        }
        Effect::NoResult => {
            let mut bare = answered?.clone();
            if let Ok(Value::Object(mut members)) = serde_json::from_slice(&bare.content.bytes()) {
                members.remove("result");
                let text = Value::Object(members).to_string();
                bare.content = Content::Whole(text.into_bytes());
            }
            Some(End::Answer(bare))
        }
    }
}

/// Lets something become of the order an answer tells of.
fn turn_order(sandbox: &Sandbox, call: &Call, answered: &Answer, turn: &OrderTurn) {
    let told: Option<Value> = serde_json::from_slice(&answered.content.bytes()).ok();
    let Some(order_id) = told.as_ref().and_then(|told| told.get("orderId")?.as_str()) else {
        // The order was refused: there is nothing that could become of it.
        return;
    };
    let mut world = sandbox.world_lock();
    let now_ms = world.clock.now_ms();
    let emission = &mut world.crpt.emission;
    emission.turn(order_id, turn.clone(), Some(&call.body), now_ms);
    if let Err(error) = sandbox.save(&world) {
        tracing::error!(%error, "the sandbox world was changed but not saved");
    }
}

/// A trouble in the envelope of the service that was called.
fn trouble(call: &Call, status: StatusCode) -> Answer {
    match crpt::host(&call.path) {
        Some(host) => crpt::trouble(host, status),
        None => Refusal::trouble(status).answer(),
    }
}

fn status_of(number: u16) -> StatusCode {
    StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn html(status: StatusCode) -> Answer {
    let title = status.canonical_reason().unwrap_or("Error");
    let page = format!(
        "<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    Answer::html(status, page)
}

/// Lets the service answer, and saves the world before the answer leaves when it has changed.
async fn process(sandbox: &Sandbox, call: &Call) -> End {
    match crpt::host(&call.path) {
        None => End::Answer(by_market(sandbox, call)),
        Some(host) => {
            // Before the world is locked: a signature takes time.
            let document = crpt::signed_document(call).and_then(|id| {
                let world = sandbox.world_lock();
                crpt::document(&world.crpt, &id).map(<[u8]>::to_vec)
            });
            let examined = crpt::examined(call, document.as_deref(), &sandbox.engine()).await;
            let mut world = sandbox.world_lock();
            let now_ms = world.clock.now_ms();
            let outcome = crpt::answer(&mut world.crpt, host, call, examined.as_ref(), now_ms);
            if let Some(record) = outcome.signature {
                sandbox.floor().signatures.note(record);
            }
            match outcome.reply {
                crpt::Reply::HangUp => End::HangUp,
                crpt::Reply::Answer(answer) => {
                    End::Answer(saved(sandbox, &world, call, outcome.changed, answer))
                }
            }
        }
    }
}

fn by_market(sandbox: &Sandbox, call: &Call) -> Answer {
    let mut world = sandbox.world_lock();
    let now_ms = world.clock.now_ms();
    let outcome = {
        let mut floor = sandbox.floor();
        let World { market, crpt, .. } = &mut *world;
        let outcome = market::answer(market, &crpt.emission, &mut floor.meters, call, now_ms);
        for (order, write) in &outcome.writes {
            floor.record.note(*order, *write, &call.body);
        }
        outcome
    };
    sandbox.tell(&mut world);
    saved(sandbox, &world, call, outcome.changed, outcome.answer)
}

/// An answer once what it tells of is saved.
fn saved(sandbox: &Sandbox, world: &World, call: &Call, changed: bool, answer: Answer) -> Answer {
    if changed && let Err(error) = sandbox.save(world) {
        tracing::error!(%error, "the sandbox world was changed but not saved");
        return trouble(call, StatusCode::INTERNAL_SERVER_ERROR);
    }
    answer
}
