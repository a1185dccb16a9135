//! `POST /suz/stock/import/file`: a form with a file of codes that were bought elsewhere. Works as a plain form: what came of
//! it stands in the address of the page that it leads to, without any code.

//!
//! A text is read while it comes, piece by piece, and the import runs beside the request: when the browser goes away in the
//! middle, the import sees the end of the pieces and gives up.

use crate::{
    bulk::{FORM_BYTES, cut, permitted, see, unread, workbook},
    router::AppState,
};
use app::{bulk::UploadTrouble, guard::Caller};
use axum::{
    Extension,
    extract::{Multipart, State, multipart::Field},
    response::Response,
};
use cis::bulk::{Decoded, Encoding, decode};
use desk::{
    account::{Actor, Permission},
    bulk::MOST_BYTES,
    problem::Problem,
    server::{
        bulk::Sheet,
        stock::{CodeFile, TextPiece},
    },
    suz::receiving::{ImportReport, MOST_IMPORTED_BYTES},
};
use http::HeaderMap;
use std::sync::Arc;
use tokio::{
    sync::mpsc::{Sender, channel},
    task::JoinHandle,
};

/// Refused rows that are named in the address.
const NAMED_ROWS: usize = 20;

/// The largest request: an order of two million codes with what СУЗ's cabinet writes beside each, and the form around it.
pub(crate) const IMPORT_LIMIT: usize = MOST_IMPORTED_BYTES + FORM_BYTES;

/// Bytes of a text that are read at once.
const PIECE: usize = 256 * 1024;

/// Bytes that no row of codes has.
const ENDLESS_ROW: usize = 1024 * 1024;

/// Bytes by which it is told what a file is.
const HEAD: usize = 4096;

/// Pieces that wait to be read: the browser waits while the store is behind.
const WAITING: usize = 2;

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
    mut form: Multipart,
) -> Result<ImportReport, UploadTrouble> {
    while let Some(mut field) = form.next_field().await.map_err(|error| cut(&error))? {
        if field.name() != Some("file") {
            continue;
        }
        let outcome = taken(state, actor, &mut field).await;
        if outcome.is_err() {
            // A browser that is answered before it has sent everything shows no answer at all.
            while let Ok(Some(_)) = field.chunk().await {}
        }
        return outcome;
    }
    Err(UploadTrouble::Empty)
}

async fn taken(
    state: &AppState,
    actor: &Actor,
    field: &mut Field<'_>,
) -> Result<ImportReport, UploadTrouble> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let mut head = Vec::new();
    while head.len() < HEAD
        && let Some(chunk) = field.chunk().await.map_err(|error| cut(&error))?
    {
        head.extend_from_slice(&chunk);
    }
    if head.is_empty() {
        return Err(UploadTrouble::Empty);
    }
    let (to, pieces) = channel(WAITING);
    if head.starts_with(b"PK\x03\x04") {
        let book = whole(head, field).await?;
        let file = on_a_thread(move || cells(&book)).await?;
        return ended(begun(state, actor, name, file)).await;
    }
    if is_utf16(&head) {
        // Its line breaks are no bytes of their own, and nobody's cabinet writes it: it is read as one.
        let bytes = whole(head, field).await?;
        let text = on_a_thread(move || text(&bytes)).await?;
        let import = begun(state, actor, name, CodeFile::Text(pieces));
        let fed = to.send(TextPiece::Part(text)).await.is_ok();
        if fed {
            let _over = to.send(TextPiece::End).await;
        }
        return ended(import).await;
    }
    let import = begun(state, actor, name, CodeFile::Text(pieces));
    let fed = feed(head, field, &to).await;
    drop(to);
    let report = ended(import).await;
    fed.and(report)
}

/// Begins the import beside the request.
fn begun(
    state: &AppState,
    actor: &Actor,
    name: String,
    file: CodeFile,
) -> JoinHandle<Result<ImportReport, Problem>> {
    let (desk, actor) = (Arc::clone(&state.desk), actor.clone());
    tokio::spawn(async move { desk.import_codes(&actor, &name, file).await })
}

async fn ended(
    import: JoinHandle<Result<ImportReport, Problem>>,
) -> Result<ImportReport, UploadTrouble> {
    import
        .await
        .map_err(ours)?
        .map_err(|problem| UploadTrouble::of(&problem))
}

/// Gives a text to the import line by line, many at once. An import that ended early tells itself why.
async fn feed(
    mut bytes: Vec<u8>,
    field: &mut Field<'_>,
    to: &Sender<TextPiece>,
) -> Result<(), UploadTrouble> {
    while let Some(chunk) = field.chunk().await.map_err(|error| cut(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() < PIECE {
            continue;
        }
        let breaks = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let Some(end) = bytes.iter().rposition(breaks) else {
            if bytes.len() > ENDLESS_ROW {
                return Err(UploadTrouble::Unreadable);
            }
            continue;
        };
        let rest = bytes.split_off(end + 1);
        let piece = std::mem::replace(&mut bytes, rest);
        if to.send(TextPiece::Part(text(&piece)?)).await.is_err() {
            return Ok(());
        }
    }
    if to.send(TextPiece::Part(text(&bytes)?)).await.is_ok() {
        // If it is not heard, the import has ended already.
        let _over = to.send(TextPiece::End).await;
    }
    Ok(())
}

fn text(bytes: &[u8]) -> Result<String, UploadTrouble> {
    let decoded = decode(bytes).map_err(|_| UploadTrouble::Unreadable)?;
    Ok(decoded.text.into_owned())
}

/// Whether a text is UTF-16, by its beginning.
fn is_utf16(head: &[u8]) -> bool {
    let even = head.len().min(HEAD) & !1;
    matches!(
        decode(head.get(..even).unwrap_or_default()),
        Ok(Decoded {
            encoding: Encoding::Utf16Le | Encoding::Utf16Be,
            ..
        })
    )
}

/// All of a file that cannot be read in pieces.
async fn whole(mut bytes: Vec<u8>, field: &mut Field<'_>) -> Result<Vec<u8>, UploadTrouble> {
    while let Some(chunk) = field.chunk().await.map_err(|error| cut(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > MOST_BYTES {
            return Err(UploadTrouble::TooLarge);
        }
    }
    Ok(bytes)
}

fn cells(book: &[u8]) -> Result<CodeFile, UploadTrouble> {
    let rows = workbook::read(book).map_err(|error| unread(&error))?;
    let sheet = Sheet::of_workbook(rows).map_err(|problem| UploadTrouble::of(&problem))?;
    let cells = sheet.rows.into_iter().map(|row| (row.line, row.code));
    Ok(CodeFile::Cells(cells.collect()))
}

/// Does what takes its time away from the threads that answer people.
async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, UploadTrouble> + Send + 'static,
) -> Result<T, UploadTrouble> {
    tokio::task::spawn_blocking(work).await.map_err(ours)?
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn ours(error: tokio::task::JoinError) -> UploadTrouble {
    tracing::error!(%error, "a file could not be read");
    UploadTrouble::Ours
}

/// The address that tells what came of a file.
fn told(report: &ImportReport) -> String {
    let mut address = format!(
        "/suz/stock/import?taken={}&known={}&repaired={}&refused={}",
        report.taken, report.known, report.repaired, report.refused_count
    );
    if report.arriving > 0 {
        address.push_str("&arriving=");
        address.push_str(&report.arriving.to_string());
    }
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
