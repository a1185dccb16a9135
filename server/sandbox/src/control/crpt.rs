//! Честный ЗНАК: participants, certificates, devices, and how the services feel.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::HeaderMap,
    routing::{delete, get, patch, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Body, ControlError};
use crate::{
    crpt::{
        NewDevice, NewParticipant, ParticipantChange, SignatureRecord, ids::Inn,
        settings::SettingsChange,
    },
    sandbox::Sandbox,
};

/// The controls of Честный ЗНАК.
pub(super) fn router() -> Router<Sandbox> {
    let participants = Router::new()
        .route("/", get(participants).post(create_participant))
        .route("/{inn}", patch(change_participant))
        .route("/{inn}/certificates", post(register_certificate))
        .route(
            "/{inn}/certificates/{fingerprint}",
            delete(forget_certificate),
        )
        .route("/{inn}/devices", post(create_device))
        .route("/{inn}/devices/{connection}", delete(delete_device))
        .route(
            "/{inn}/devices/{connection}/second-program",
            post(second_program),
        );
    Router::new()
        .nest("/crpt/participants", participants)
        .route("/crpt/settings", get(settings).put(change_settings))
        .route("/crpt/signatures", get(signatures))
        .route("/crpt/check-signature", post(check_signature))
}

fn participant(inn: &str) -> Result<Inn, ControlError> {
    Inn::new(inn).ok_or_else(|| ControlError::bad_request(format!("'{inn}' is not an INN")))
}

async fn participants(State(sandbox): State<Sandbox>) -> Json<Value> {
    let world = sandbox.world_lock();
    Json(json!({
        "participants": world.crpt.participants,
        "registrationKeys": world.crpt.registration_keys,
    }))
}

async fn create_participant(
    State(sandbox): State<Sandbox>,
    Body(new): Body<NewParticipant>,
) -> Answer {
    Ok(Json(json!(sandbox.create_participant(new)?)))
}

async fn change_participant(
    State(sandbox): State<Sandbox>,
    Path(inn): Path<String>,
    Body(change): Body<ParticipantChange>,
) -> Answer {
    let inn = participant(&inn)?;
    Ok(Json(json!(sandbox.change_participant(&inn, change)?)))
}

/// A certificate to be registered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCertificate {
    /// PEM, or base64 of DER.
    certificate: String,
}

async fn register_certificate(
    State(sandbox): State<Sandbox>,
    Path(inn): Path<String>,
    Body(new): Body<NewCertificate>,
) -> Answer {
    let inn = participant(&inn)?;
    let made = sandbox.register_certificate(&inn, &new.certificate)?;
    Ok(Json(json!(made)))
}

async fn forget_certificate(
    State(sandbox): State<Sandbox>,
    Path((inn, fingerprint)): Path<(String, String)>,
) -> Answer {
    sandbox.forget_certificate(&participant(&inn)?, &fingerprint)?;
    Ok(Json(json!({ "deleted": fingerprint })))
}

async fn create_device(
    State(sandbox): State<Sandbox>,
    Path(inn): Path<String>,
    Body(new): Body<NewDevice>,
) -> Answer {
    let inn = participant(&inn)?;
    Ok(Json(json!(sandbox.create_device(&inn, new)?)))
}

async fn delete_device(
    State(sandbox): State<Sandbox>,
    Path((inn, connection)): Path<(String, String)>,
) -> Answer {
    sandbox.delete_device(&participant(&inn)?, &connection)?;
    Ok(Json(json!({ "deleted": connection })))
}

async fn second_program(
    State(sandbox): State<Sandbox>,
    Path((inn, connection)): Path<(String, String)>,
) -> Answer {
    let given = sandbox.second_program(&participant(&inn)?, &connection)?;
    Ok(Json(json!(given)))
}

async fn settings(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!(sandbox.world_lock().crpt.settings))
}

async fn change_settings(
    State(sandbox): State<Sandbox>,
    Body(change): Body<SettingsChange>,
) -> Answer {
    Ok(Json(json!(sandbox.change_crpt_settings(change)?)))
}

async fn signatures(State(sandbox): State<Sandbox>) -> Json<Value> {
    let records: Vec<SignatureRecord> = sandbox.signatures();
    Json(json!({ "signatures": records }))
}

/// Whose signature it should be.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    oms_id: String,
}

async fn check_signature(
    State(sandbox): State<Sandbox>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let signature = headers
        .get("x-signature")
        .and_then(|value| value.to_str().ok())
        .ok_or_else(|| ControlError::bad_request("the header X-Signature is missing"))?;
    let check = sandbox
        .check_signature(&wanted.oms_id, &body, signature)
        .await;
    Ok(Json(json!(check)))
}
