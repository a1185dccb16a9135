//! `GET /suz/print-runs/{id}/labels.pdf` and `labels.zpl`: the labels of a print run, for some minutes after they were asked
//! for.
//!
//! The codes belong to the run already, so a viewer that asks twice takes none. But every time may be labels on paper: each is
//! counted, and stands in the journal.

use crate::{guard, language::language_of, router::AppState};
use app::guard::{Access, Caller};
use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use desk::{
    account::Permission, ids::PrintRunId, printing::PrintFormat, problem::Problem,
    server::printing::PrintFile,
};
use http::{HeaderMap, StatusCode, header};

/// Whole codes leave with the labels.
const ACCESS: Access = Access::Needs(Permission::ExportCodes);

/// Answers with the file.
pub(crate) async fn labels(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path((id, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let format = PrintFormat::ALL
        .iter()
        .find(|format| name.strip_prefix("labels.") == Some(format.as_str()));
    let (Some(format), Ok(id)) = (format, id.parse::<PrintRunId>()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if guard::from_elsewhere(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let found = match caller.may(ACCESS) {
        Ok(Some(actor)) => state.desk.print_file(&actor, id, *format).await,
        Ok(None) => Err(Problem::SignedOut),
        Err(problem) => Err(problem),
    };
    match found {
        Ok(file) => sent(file, *format),
        Err(Problem::SignedOut) => Redirect::to("/signin").into_response(),
        Err(problem) => guard::refused(problem, language_of(&headers)),
    }
}

/// A PDF is looked at in the browser, ZPL is kept and sent to the printer. Neither stays in a cache: these are whole codes.
fn sent(file: PrintFile, format: PrintFormat) -> Response {
    let (kind, shown) = match format {
        PrintFormat::Pdf => ("application/pdf", "inline"),
        PrintFormat::Zpl => ("application/octet-stream", "attachment"),
    };
    let name = [
        shown,
        "; filename=\"metka-labels-",
        &file.run.to_string(),
        ".",
        format.as_str(),
        "\"",
    ]
    .concat();
    (
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, name),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ],
        file.bytes,
    )
        .into_response()
}
