//! The control API under `/_sandbox`: how a person or a test moves the world.

mod crpt;
mod emission;
mod post;
mod traffic;
mod verification;
mod world;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, FromRequest, Request},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    crpt::CrptError,
    market::MarketError,
    sandbox::{Sandbox, SandboxError},
};

/// What the control API offers, for a person who opens `/_sandbox`.
const INDEX: &str = include_str!("control/index.txt");

/// The longest body, bytes: ten thousand orders in one call must fit.
const LONGEST_BODY: usize = 64 * 1024 * 1024;

/// The control API.
pub(crate) fn router() -> Router<Sandbox> {
    Router::new()
        .route("/", get(|| async { INDEX }))
        .merge(world::router())
        .merge(verification::router())
        .merge(crpt::router())
        .merge(emission::router())
        .merge(post::router())
        .merge(traffic::router())
        .fallback(|| async { ControlError::not_found("there is no such control; see /_sandbox") })
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
}

/// A control that was not carried out, as `{"error": "…"}`.
struct ControlError {
    status: StatusCode,
    text: String,
}

impl ControlError {
    fn not_found(text: impl Into<String>) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            text: text.into(),
        }
    }

    fn bad_request(text: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            text: text.into(),
        }
    }
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.text }))).into_response()
    }
}

impl From<SandboxError> for ControlError {
    fn from(error: SandboxError) -> Self {
        let status = match &error {
            SandboxError::Snapshot(_) => StatusCode::INTERNAL_SERVER_ERROR,
            SandboxError::Market(market) => match market {
                MarketError::Taken(_) => StatusCode::CONFLICT,
                MarketError::Impossible(_) => StatusCode::BAD_REQUEST,
                _ => StatusCode::NOT_FOUND,
            },
            SandboxError::Crpt(crpt) => match crpt {
                CrptError::Taken(_) => StatusCode::CONFLICT,
                CrptError::Impossible(_) => StatusCode::BAD_REQUEST,
                _ => StatusCode::NOT_FOUND,
            },
        };
        Self {
            status,
            text: error.to_string(),
        }
    }
}

/// A JSON body whose mistakes are told as a [`ControlError`].
struct Body<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ControlError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ControlError> {
        Json::from_request(request, state)
            .await
            .map(|Json(value)| Self(value))
            .map_err(|rejection| ControlError::bad_request(rejection.body_text()))
    }
}

type Answer = Result<Json<Value>, ControlError>;
