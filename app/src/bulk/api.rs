//! Server functions of batches. Files come and go by plain addresses.

use crate::wire::JsonAnswer;
use crate::{failure::Failure, guard::Access::Needs};
use desk::{
    account::Permission::{FillSlots, ReadOrders, SendCodes},
    bulk::{BatchList, BatchPage, Shown},
    ids::BatchId,
};
use leptos::prelude::*;

crate::guarded! {
    ListBatches: Needs(ReadOrders);
    GetBatch: Needs(ReadOrders);
    ChooseColumns: Needs(FillSlots);
    StartBatch: Needs(SendCodes);
    PauseBatch: Needs(SendCodes);
    ResumeBatch: Needs(SendCodes);
    CancelBatch: Needs(SendCodes);
}

/// The newest batches.
#[server(endpoint = "bulk/list", output = JsonAnswer)]
pub async fn list_batches() -> Result<BatchList, Failure> {
    let (desk, actor) = crate::guard::authorise::<ListBatches>()?;
    Ok(desk.batches(&actor).await?)
}

/// One batch with a page, from 0, of its rows or orders.
#[server(endpoint = "bulk/get", output = JsonAnswer)]
pub async fn get_batch(batch: BatchId, shown: Shown, page: u32) -> Result<BatchPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetBatch>()?;
    let mut page = desk.batch(&actor, batch, shown, page).await?;
    crate::texts::bulk::said::fill_in(&mut page, crate::texts::lang());
    Ok(page)
}

/// Takes other columns. `order` may be empty: then no column holds the order's number.
#[server(endpoint = "bulk/columns", output = JsonAnswer)]
pub async fn choose_columns(batch: BatchId, order: String, code: u32) -> Result<(), Failure> {
    let (desk, actor) = crate::guard::authorise::<ChooseColumns>()?;
    Ok(desk
        .choose_columns(&actor, batch, order.parse().ok(), code)
        .await?)
}

/// Has the orders sent.
#[server(endpoint = "bulk/start", output = JsonAnswer)]
pub async fn start_batch(batch: BatchId) -> Result<(), Failure> {
    let (desk, actor) = crate::guard::authorise::<StartBatch>()?;
    Ok(desk.start_batch(&actor, batch).await?)
}

/// Makes sending wait.
#[server(endpoint = "bulk/pause", output = JsonAnswer)]
pub async fn pause_batch(batch: BatchId) -> Result<(), Failure> {
    let (desk, actor) = crate::guard::authorise::<PauseBatch>()?;
    Ok(desk.pause_batch(&actor, batch).await?)
}

/// Goes on with sending.
#[server(endpoint = "bulk/resume", output = JsonAnswer)]
pub async fn resume_batch(batch: BatchId) -> Result<(), Failure> {
    let (desk, actor) = crate::guard::authorise::<ResumeBatch>()?;
    Ok(desk.resume_batch(&actor, batch).await?)
}

/// Stops a batch for good.
#[server(endpoint = "bulk/cancel", output = JsonAnswer)]
pub async fn cancel_batch(batch: BatchId) -> Result<(), Failure> {
    let (desk, actor) = crate::guard::authorise::<CancelBatch>()?;
    Ok(desk.cancel_batch(&actor, batch).await?)
}
