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
