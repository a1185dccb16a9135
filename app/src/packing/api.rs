//! Server functions of the packing desk.

use crate::{failure::Failure, guard::Access::Needs, wire::JsonAnswer};
use desk::{
    account::Permission::FillSlots,
    ids::ScanId,
    packing::{Answer, Outcome, PickList},
};
use leptos::prelude::*;

crate::guarded! {
    GetPickList: Needs(FillSlots);
    RecordScans: Needs(FillSlots);
    SettleScan: Needs(FillSlots);
}

/// What is to be packed, most urgent first. `also` are ids of orders, with commas between, that the page shows
/// whatever they need; `text` names one more by its number, the end of it, or what the label of a box says.
#[server(endpoint = "packing/list", output = JsonAnswer)]
pub async fn get_pick_list(
    #[server(default)] also: String,
    #[server(default)] text: String,
) -> Result<PickList, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetPickList>()?;
    let also: Vec<_> = also.split(',').filter_map(|id| id.parse().ok()).collect();
    let text = (!text.is_empty()).then_some(text.as_str());
    Ok(desk.pick_list(&actor, &also, text).await?)
}

/// Does what scans are meant to do, and says what became of each; a scan that was done before is only answered.
/// `scans` is JSON of a list of [`desk::packing::Scan`].
#[server(endpoint = "packing/record", output = JsonAnswer)]
pub async fn record_scans(scans: String) -> Result<Vec<Answer>, Failure> {
    let (desk, actor) = crate::guard::authorise::<RecordScans>()?;
    let scans = serde_json::from_str(&scans).map_err(|error| Failure::Call(error.to_string()))?;
    Ok(desk.record_scans(&actor, scans).await?)
}

/// Takes a scan off the list of those that wait for a person; with `again` it is tried once more first.
#[server(endpoint = "packing/settle", output = JsonAnswer)]
pub async fn settle_scan(scan: ScanId, #[server(default)] again: bool) -> Result<Outcome, Failure> {
    let (desk, actor) = crate::guard::authorise::<SettleScan>()?;
    Ok(desk.settle_scan(&actor, scan, again).await?)
}
