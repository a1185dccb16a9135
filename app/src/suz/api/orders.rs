//! Server functions of orders of codes.

mod filled;

#[cfg(feature = "ssr")]
use super::form::without_script;
use crate::wire::JsonAnswer;
use crate::{failure::Failure, guard::Access::Needs};
use desk::{
    account::Permission::{OrderCodes as MayOrder, ReadSuz},
    ids::{EmissionId, SuzConnectionId},
    suz::{
        emission::{
            SuzDocumentId,
            view::{
                CloseAnswer, DecisionAnswer, EmissionList, EmissionPage, OrderAnswer, OrderForm,
                StuckAnswer,
            },
        },
        receiving::ReceivingView,
    },
};
pub(crate) use filled::FilledOrder;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One order with the codes that arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The order.
    pub page: EmissionPage,
    /// How far its goods were fetched; empty before the first code may come.
    pub receiving: Vec<ReceivingView>,
}

crate::guarded! {
    GetEmissions: Needs(ReadSuz);
    GetEmission: Needs(ReadSuz);
    GetOrderForm: Needs(MayOrder);
    OrderCodes: Needs(MayOrder);
    WithdrawEmission: Needs(MayOrder);
    SendAnyway: Needs(MayOrder);
    DecideEmission: Needs(MayOrder);
    CloseEmission: Needs(MayOrder);
    FindStuckOrders: Needs(MayOrder);
    SignStuckOrder: Needs(MayOrder);
    DeleteStuckOrder: Needs(MayOrder);
    PauseReceiving: Needs(MayOrder);
    ReceiveCodes: Needs(MayOrder);
}

/// Orders of codes, the newest first; `after` is the last one of the page before, or empty.
#[server(endpoint = "suz/orders/list", output = JsonAnswer)]
pub async fn get_emissions(after: String) -> Result<EmissionList, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetEmissions>()?;
    Ok(desk.emissions(&actor, after.parse().ok()).await?)
}

/// One order of codes.
#[server(endpoint = "suz/orders/one", output = JsonAnswer)]
pub async fn get_emission(id: EmissionId) -> Result<Shown, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetEmission>()?;
    Ok(Shown {
        page: desk
            .emission(&actor, id)
            .await
            .map_err(filled::not_an_order)?,
        receiving: desk.receivings(&actor, id).await?,
    })
}

/// What a new order's page is drawn from. Each of the four may be empty: by which connection, of which group, as which
/// order before, which form that made no order.
#[server(endpoint = "suz/orders/form", output = JsonAnswer)]
pub async fn get_order_form(
    connection: String,
    group: String,
    repeat: String,
    #[server(default)] kept: String,
) -> Result<OrderForm, Failure> {
    let (desk, actor) = crate::guard::authorise::<GetOrderForm>()?;
    let group = (!group.is_empty()).then_some(group);
    let ask = desk::server::suz::FormAsk {
        connection: connection.parse().ok(),
        group: group.as_deref(),
        repeat: repeat.parse().ok(),
        kept: kept.parse().ok(),
    };
    Ok(desk.order_form(&actor, ask).await?)
}

/// Orders codes; the order's page comes next, or the self-check's whose order it is. A page without scripts gets the form
/// back as it was left, with what is wrong.
#[server(endpoint = "suz/orders/make", output = JsonAnswer)]
pub async fn order_codes(form: FilledOrder) -> Result<OrderAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<OrderCodes>()?;
    let test = form.is_test();
    let order = form.read()?;
    let (id, connection) = (order.id, order.connection);
    let kept = without_script().then(|| order.clone());
    let answer = if test {
        desk.check_suz_by_order(&actor, connection, order).await?
    } else {
        desk.order_codes(&actor, order).await?
    };
    if matches!(answer, OrderAnswer::Made(_)) {
        let next = if test {
            format!("/suz/{connection}#check")
        } else {
            format!("/suz/orders/{id}")
        };
        leptos_axum::redirect(&next);
    } else if let Some(order) = kept {
        desk.keep_form(&actor, order, answer.clone()).await?;
        leptos_axum::redirect(&filled::kept_address(id, test));
    }
    Ok(answer)
}

/// Takes an order back of which no byte has left.
#[server(endpoint = "suz/orders/withdraw", output = JsonAnswer)]
pub async fn withdraw_emission(id: EmissionId) -> Result<(), Failure> {
    let (desk, actor) = crate::guard::authorise::<WithdrawEmission>()?;
    Ok(desk.withdraw_emission(&actor, id).await?)
}

/// Sends an order although something stands against it.
#[server(endpoint = "suz/orders/send_anyway", output = JsonAnswer)]
pub async fn send_anyway(id: EmissionId) -> Result<(), Failure> {
    let (desk, actor) = crate::guard::authorise::<SendAnyway>()?;
    Ok(desk.send_emission_anyway(&actor, id).await?)
}

/// What became of an order whose answer was lost. `decision`: `ask_on`, `not_made`, or `made` with the station's number.
#[server(endpoint = "suz/orders/decide", output = JsonAnswer)]
pub async fn decide_emission(
    id: EmissionId,
    decision: String,
    #[server(default)] order: String,
) -> Result<DecisionAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<DecideEmission>()?;
    let decision = filled::decision(&decision, &order)?;
    filled::decided(desk.decide_lost(&actor, id, decision).await?)
}

/// Closes an order. `annuls` is how many codes the person was told would be annulled.
#[server(endpoint = "suz/orders/close", output = JsonAnswer)]
pub async fn close_emission(
    id: EmissionId,
    #[server(default)] annuls: u64,
) -> Result<CloseAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<CloseEmission>()?;
    let confirmed = (annuls > 0).then_some(annuls);
    filled::closed(desk.close_emission(&actor, id, confirmed).await?)
}

/// Orders that lie at the station without a signature.
#[server(endpoint = "suz/orders/stuck", output = JsonAnswer)]
pub async fn find_stuck_orders(connection: SuzConnectionId) -> Result<StuckAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<FindStuckOrders>()?;
    Ok(desk.stuck_orders(&actor, connection).await?)
}

/// Signs such an order.
#[server(endpoint = "suz/orders/sign_stuck", output = JsonAnswer)]
pub async fn sign_stuck_order(
    connection: SuzConnectionId,
    document: SuzDocumentId,
) -> Result<StuckAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<SignStuckOrder>()?;
    filled::settled(desk.sign_stuck_order(&actor, connection, &document).await?)
}

/// Deletes such an order.
#[server(endpoint = "suz/orders/delete_stuck", output = JsonAnswer)]
pub async fn delete_stuck_order(
    connection: SuzConnectionId,
    document: SuzDocumentId,
) -> Result<StuckAnswer, Failure> {
    let (desk, actor) = crate::guard::authorise::<DeleteStuckOrder>()?;
    filled::settled(
        desk.delete_stuck_order(&actor, connection, &document)
            .await?,
    )
}

/// Stops fetching codes for a while.
#[server(endpoint = "suz/orders/pause", output = JsonAnswer)]
pub async fn pause_receiving(id: EmissionId) -> Result<(), Failure> {
    let (desk, actor) = crate::guard::authorise::<PauseReceiving>()?;
    desk.pause_receiving(&actor, id).await?;
    Ok(())
}

/// Goes on fetching codes.
#[server(endpoint = "suz/orders/receive", output = JsonAnswer)]
pub async fn receive_codes(id: EmissionId) -> Result<(), Failure> {
    let (desk, actor) = crate::guard::authorise::<ReceiveCodes>()?;
    desk.receive_codes(&actor, id).await?;
    Ok(())
}
