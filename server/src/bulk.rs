//! Files of many orders on their way in and out: the upload, the template, the rows that failed.

pub(crate) mod workbook;

use crate::{guard::from_elsewhere, language::language_of, router::AppState};
use app::{
    bulk::{UploadTrouble, error_column, reason, template},
    guard::{Access, Caller},
};
use axum::{
    Extension,
    extract::{Multipart, Path, State, multipart::MultipartError},
    response::{IntoResponse, Redirect, Response},
};
use cis::{Lang, escape::csv};
use desk::{
    account::{Actor, Permission},
    bulk::MOST_BYTES,
    ids::BatchId,
    problem::Problem,
    server::bulk::{FailedRows, Sheet, WORKBOOK, delimiter_of},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::fmt::Write as _;

/// What a form has around its file.
pub(crate) const FORM_BYTES: usize = 64 * 1024;

/// The largest request of an upload: the file and the form around it.
pub(crate) const UPLOAD_LIMIT: usize = MOST_BYTES + FORM_BYTES;

pub(crate) const CSV: &str = "text/csv; charset=utf-8";
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What an upload brings.
#[derive(Default)]
struct Brought {
    name: String,
    file: Vec<u8>,
    text: String,
}

/// `POST /bulk/upload`: a form with a file, or a pasted text. Works as a plain form: every answer is another page.
pub(crate) async fn upload(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let actor = match permitted(&caller, &headers, Permission::FillSlots) {
        Ok(actor) => actor,
        Err(refusal) => return refusal,
    };
    match bring(&state, &actor, form).await {
        Ok(batch) => see(&format!("/bulk/{batch}")),
        Err(trouble) => see(&format!("/bulk?trouble={}", trouble.as_str())),
    }
}

async fn bring(state: &AppState, actor: &Actor, form: Multipart) -> Result<BatchId, UploadTrouble> {
    let brought = parts(form).await?;
    let name = brought.name.clone();
    let sheet = tokio::task::spawn_blocking(move || sheet(&brought))
        .await
        .map_err(|error| {
            tracing::error!(%error, "a file could not be read");
            UploadTrouble::Ours
        })??;
    state
        .desk
        .add_batch(actor, &name, sheet)
        .await
        .map_err(|problem| UploadTrouble::of(&problem))
}

/// Why a form did not come whole.
pub(crate) fn cut(error: &MultipartError) -> UploadTrouble {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        UploadTrouble::TooLarge
    } else {
        UploadTrouble::Cut
    }
}

/// The fields of the form.
async fn parts(mut form: Multipart) -> Result<Brought, UploadTrouble> {
    let mut brought = Brought::default();
    while let Some(field) = form.next_field().await.map_err(|error| cut(&error))? {
        match field.name() {
            Some("file") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let bytes = field.bytes().await.map_err(|error| cut(&error))?;
                if !bytes.is_empty() {
                    brought.name = name;
                    brought.file = bytes.into();
                }
            }
            Some("text") => brought.text = field.text().await.map_err(|error| cut(&error))?,
            _ => {}
        }
    }
    if brought.file.len() > MOST_BYTES || brought.text.len() > MOST_BYTES {
        return Err(UploadTrouble::TooLarge);
    }
    Ok(brought)
}

/// Why a workbook was not read.
pub(crate) fn unread(error: &workbook::Unreadable) -> UploadTrouble {
    tracing::info!(%error, "a workbook was not read");
    match error {
        workbook::Unreadable::TooLarge => UploadTrouble::TooLarge,
        workbook::Unreadable::Broken(_) => UploadTrouble::Unreadable,
    }
}

/// The table that was brought: a file if there is one, else the text.
fn sheet(brought: &Brought) -> Result<Sheet, UploadTrouble> {
    let of = |problem: Problem| UploadTrouble::of(&problem);
    if brought.file.is_empty() {
        return Sheet::of_text(&brought.text).map_err(of);
    }
    if brought.file.starts_with(b"PK\x03\x04") {
        let rows = workbook::read(&brought.file).map_err(|error| unread(&error))?;
        return Sheet::of_workbook(rows).map_err(of);
    }
    let decoded = cis::bulk::decode(&brought.file).map_err(|_| UploadTrouble::Unreadable)?;
    Sheet::of_text(&decoded.text).map_err(of)
}

/// `GET /bulk/template/{format}`: an empty file with the right columns.
pub(crate) async fn blank(Path(format): Path<String>, headers: HeaderMap) -> Response {
    let lang = language_of(&headers);
    let row = template(lang).map(str::to_owned).to_vec();
    match format.as_str() {
        WORKBOOK => as_workbook("metka", [row]),
        "csv" => as_text("metka", delimiter_of(""), [row]),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /bulk/{id}/failed/{format}`: the rows that failed as the file that they came in, with a column that says why.
pub(crate) async fn failed(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path((id, format)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let actor = match permitted(&caller, &headers, Permission::ReadOrders) {
        Ok(actor) => actor,
        Err(refusal) => return refusal,
    };
    let Ok(id) = id.parse() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let lang = language_of(&headers);
    match state.desk.failed_rows(&actor, id).await {
        Ok(failed) => {
            let name = file_name(&failed.name, lang);
            let delimiter = delimiter_of(&failed.format);
            match format.as_str() {
                WORKBOOK => as_workbook(&name, with_errors(failed, lang)),
                "csv" => as_text(&name, delimiter, with_errors(failed, lang)),
                _ => StatusCode::NOT_FOUND.into_response(),
            }
        }
        Err(problem) => app::failure::status(&problem).into_response(),
    }
}

/// The rows with the column of errors behind them, under their header if they had one.
fn with_errors(failed: FailedRows, lang: Lang) -> Vec<Vec<String>> {
    let header = failed.header.iter().map(Vec::len);
    let width = header
        .chain(failed.rows.iter().map(|row| row.cells.len()))
        .max()
        .unwrap_or_default();
    let beside = |mut cells: Vec<String>, error: String| {
        cells.resize(width, String::new());
        cells.push(error);
        cells
    };
    let header = failed
        .header
        .map(|header| beside(header, error_column(lang).to_owned()));
    let rows = failed.rows.into_iter().map(|row| {
        let error = reason(&row, lang);
        beside(row.cells, error)
    });
    header.into_iter().chain(rows).collect()
}

fn as_workbook(name: &str, rows: impl IntoIterator<Item = Vec<String>>) -> Response {
    match workbook::write(rows) {
        Ok(bytes) => download(bytes, XLSX, &format!("{name}.xlsx")),
        Err(error) => {
            tracing::error!(%error, "a workbook could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A text with a byte-order mark, without which Excel takes Russian for another alphabet.
fn as_text(
    name: &str,
    delimiter: csv::Delimiter,
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Response {
    let mut text = String::from("\u{feff}");
    for cells in rows {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                text.push(delimiter.as_char());
            }
            // Writing into a String cannot fail.
            let _ = write!(text, "{}", csv::encode(cell, delimiter));
        }
        text.push_str("\r\n");
    }
    download(text.into_bytes(), CSV, &format!("{name}.csv"))
}

fn download(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let mut named = String::from("attachment; filename*=UTF-8''");
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                named.push(char::from(byte));
            }
            // Writing into a String cannot fail.
            other => {
                let _ = write!(named, "%{other:02X}");
            }
        }
    }
    let named =
        HeaderValue::from_str(&named).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CONTENT_DISPOSITION, named),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ],
        bytes,
    )
        .into_response()
}

/// The name of the file of failed rows, without its ending.
fn file_name(source: &str, lang: Lang) -> String {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    let stem = if stem.is_empty() { "metka" } else { stem };
    match lang {
        Lang::Ru => format!("{stem} — ошибки"),
        Lang::En => format!("{stem} — errors"),
    }
}

/// Who asks, if they may.
#[expect(
    clippy::result_large_err,
    reason = "the refusal is the answer that is sent"
)]
pub(crate) fn permitted(
    caller: &Caller,
    headers: &HeaderMap,
    permission: Permission,
) -> Result<Actor, Response> {
    if from_elsewhere(headers) {
        return Err(StatusCode::FORBIDDEN.into_response());
    }
    match caller.may(Access::Needs(permission)) {
        Ok(Some(actor)) => Ok(actor),
        Ok(None) | Err(Problem::SignedOut) => Err(see("/signin")),
        Err(problem) => Err(app::failure::status(&problem).into_response()),
    }
}

pub(crate) fn see(address: &str) -> Response {
    Redirect::to(address).into_response()
}
