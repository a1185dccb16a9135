//! Server functions of connections.

use crate::wire::JsonAnswer;
use crate::{failure::Failure, guard::Access::Needs};
use desk::{
    account::Permission::{ManageConnections, ReadConnections},
    connection::{ConnectionsPage, KeyReport},
    ids::MarketplaceConnectionId,
};
use leptos::prelude::*;

crate::guarded! {
    GetConnections: Needs(ReadConnections);
    CheckKey: Needs(ManageConnections);
    AddConnection: Needs(ManageConnections);
    Recheck: Needs(ManageConnections);
    ReplaceKey: Needs(ManageConnections);
    Retire: Needs(ManageConnections);
    SyncConnection: Needs(ReadConnections);
    SetTestOrders: Needs(ManageConnections);
    MakeHook: Needs(ManageConnections);
    RemoveHook: Needs(ManageConnections);
}

/// Every connection in use.
#[server(endpoint = "connections/list", output = JsonAnswer)]
pub async fn get_connections() -> Result<ConnectionsPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetConnections>()?;
    Ok(desk.connections(&actor).await?)
}

/// What a key may do, before it is kept.
#[server(endpoint = "connections/check", output = JsonAnswer)]
pub async fn check_key(key: String) -> Result<KeyReport, Failure> {
    let (desk, actor) = crate::guard::authorise::<CheckKey>()?;
    Ok(desk.check_key(&actor, key).await?)
}

/// Checks a key and keeps it; its shops appear and their orders begin to be read.
#[server(endpoint = "connections/add", output = JsonAnswer)]
pub async fn add_connection(
    key: String,
    #[server(default)] label: String,
    #[server(default)] legal_name: String,
    #[server(default)] inn: String,
    #[server(default)] kpp: String,
) -> Result<ConnectionsPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<AddConnection>()?;
    let owner = desk::server::connections::OwnerForm {
        name: legal_name,
        inn,
        kpp,
    };
    Ok(desk.add_connection(&actor, key, &label, &owner).await?)
}

/// Checks a kept key again: scopes and shops change in the cabinet.
#[server(endpoint = "connections/recheck", output = JsonAnswer)]
pub async fn recheck(id: MarketplaceConnectionId) -> Result<ConnectionsPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<Recheck>()?;
    Ok(desk.recheck(&actor, id).await?)
}

/// Puts another key of the same cabinet in the place of the old one.
#[server(endpoint = "connections/replace", output = JsonAnswer)]
pub async fn replace_key(
    id: MarketplaceConnectionId,
    key: String,
) -> Result<ConnectionsPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<ReplaceKey>()?;
    Ok(desk.replace_key(&actor, id, key).await?)
}

/// Retires a connection: the key is destroyed, orders and codes stay.
#[server(endpoint = "connections/retire", output = JsonAnswer)]
pub async fn retire(id: MarketplaceConnectionId) -> Result<ConnectionsPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<Retire>()?;
    Ok(desk.retire(&actor, id).await?)
}

/// Reads the orders of a connection again.
#[server(endpoint = "connections/sync", output = JsonAnswer)]
pub async fn sync_connection(id: MarketplaceConnectionId) -> Result<ConnectionsPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<SyncConnection>()?;
    Ok(desk.sync_connection(&actor, id).await?)
}

/// Switches the reading of the marketplace's test orders on or off.
#[server(endpoint = "connections/test_orders", output = JsonAnswer)]
pub async fn set_test_orders(
    id: MarketplaceConnectionId,
    on: bool,
) -> Result<ConnectionsPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<SetTestOrders>()?;
    Ok(desk.set_test_orders(&actor, id, on).await?)
}

/// Makes an address for the marketplace's notifications; one that was there stops working.
#[server(endpoint = "connections/make_hook", output = JsonAnswer)]
pub async fn make_hook(id: MarketplaceConnectionId) -> Result<ConnectionsPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<MakeHook>()?;
    Ok(desk.make_hook(&actor, id).await?)
}

/// Takes the address for notifications away.
#[server(endpoint = "connections/remove_hook", output = JsonAnswer)]
pub async fn remove_hook(id: MarketplaceConnectionId) -> Result<ConnectionsPage, Failure> {
    let (desk, actor) = crate::guard::authorise::<RemoveHook>()?;
    Ok(desk.remove_hook(&actor, id).await?)
}
