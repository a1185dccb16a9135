//! Server functions of the stock of codes.

use crate::wire::JsonAnswer;
use crate::{failure::Failure, guard::Access::Needs};
use desk::{
    account::Permission::ReadOrders,
    codes::{CodeList, CodePage, Filter},
};
use leptos::prelude::*;

crate::guarded! {
    ListCodes: Needs(ReadOrders);
    GetCode: Needs(ReadOrders);
}

/// A page of the stock.
#[server(endpoint = "codes/list", output = JsonAnswer)]
pub async fn list_codes(filter: Filter) -> Result<CodeList, Failure> {
    let (desk, actor) = crate::guard::authorise::<ListCodes>()?;
    Ok(desk.codes(&actor, &filter).await?)
}

/// One code with its history, by its key.
#[server(endpoint = "codes/get", output = JsonAnswer)]
pub async fn get_code(key: String) -> Result<CodePage, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetCode>()?;
    Ok(desk.code(&actor, &key).await?)
}
