//! How the verification of marks goes.

use axum::{Json, Router, extract::State, routing::get};
use serde_json::{Value, json};

use super::{Answer, Body};
use crate::{
    market::verification::{Script, VerificationChange},
    sandbox::Sandbox,
};

/// The controls of the verification.
pub(super) fn router() -> Router<Sandbox> {
    Router::new().route(
        "/verification",
        get(verification)
            .put(change_verification)
            .post(add_script)
            .delete(clear_scripts),
    )
}

async fn verification(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!(sandbox.world_lock().market.verification))
}

async fn change_verification(
    State(sandbox): State<Sandbox>,
    Body(change): Body<VerificationChange>,
) -> Answer {
    Ok(Json(json!(sandbox.change_verification(change)?)))
}

async fn add_script(State(sandbox): State<Sandbox>, Body(script): Body<Script>) -> Answer {
    Ok(Json(json!({ "id": sandbox.script(script)? })))
}

async fn clear_scripts(State(sandbox): State<Sandbox>) -> Answer {
    sandbox.clear_scripts()?;
    Ok(verification(State(sandbox)).await)
}
