//! `POST /suz/stock/import/file`: a form with a file of codes that were bought elsewhere. Works as a plain form: what came of
//! it stands in the address of the page that it leads to, without any code.

use crate::{
    bulk::{Brought, parts, permitted, see, workbook},
    router::AppState,
};
use app::{bulk::UploadTrouble, guard::Caller};
use axum::{
    Extension,
    extract::{Multipart, State},
    response::Response,
};
use desk::{
    account::{Actor, Permission},
    problem::Problem,
    server::{bulk::Sheet, stock::CodeFile},
    suz::receiving::ImportReport,
};
use http::HeaderMap;

/// Refused rows that are named in the address.
const NAMED_ROWS: usize = 20;

/// Takes the file.
pub(crate) async fn bring(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let actor = match permitted(&caller, &headers, Permission::OrderCodes) {
        Ok(actor) => actor,
        Err(refusal) => return refusal,
    };
    match imported(&state, &actor, form).await {
        Ok(report) => see(&told(&report)),
        Err(trouble) => see(&["/suz/stock/import?trouble=", trouble.as_str()].concat()),
    }
}

async fn imported(
    state: &AppState,
    actor: &Actor,
    form: Multipart,
) -> Result<ImportReport, UploadTrouble> {
    let brought = parts(form).await?;
    let name = brought.name.clone();
    let file = tokio::task::spawn_blocking(move || file(&brought))
        .await
        .map_err(|error| {
            tracing::error!(%error, "a file could not be read");
            UploadTrouble::Ours
        })??;
    state
        .desk
        .import_codes(actor, &name, file)
        .await
        .map_err(|problem| UploadTrouble::of(&problem))
}

fn file(brought: &Brought) -> Result<CodeFile, UploadTrouble> {
    if brought.file.is_empty() {
        return Err(UploadTrouble::Empty);
    }
    if brought.file.starts_with(b"PK\x03\x04") {
        let rows = workbook::read(&brought.file).map_err(|error| {
            tracing::info!(%error, "a workbook was not read");
            match error {
                workbook::Unreadable::TooLarge => UploadTrouble::TooLarge,
                workbook::Unreadable::Broken(_) => UploadTrouble::Unreadable,
            }
        })?;
        let sheet =
            Sheet::of_workbook(rows).map_err(|problem: Problem| UploadTrouble::of(&problem))?;
        let cells = sheet.rows.into_iter().map(|row| (row.line, row.code));
        return Ok(CodeFile::Cells(cells.collect()));
    }
    let decoded = cis::bulk::decode(&brought.file).map_err(|_| UploadTrouble::Unreadable)?;
    Ok(CodeFile::Text(decoded.text.into_owned()))
}

/// The address that tells what came of a file.
fn told(report: &ImportReport) -> String {
    let mut address = format!(
        "/suz/stock/import?taken={}&known={}&repaired={}&refused={}",
        report.taken, report.known, report.repaired, report.refused_count
    );
    let mut before = "&rows=";
    for row in report.refused.iter().take(NAMED_ROWS) {
        address.push_str(before);
        address.push_str(&row.row.to_string());
        address.push('.');
        address.push_str(row.why.as_str());
        before = "-";
    }
    address
}
