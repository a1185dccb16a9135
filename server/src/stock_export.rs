//! `GET /suz/stock/{gtin}/codes.csv`, `codes.xlsx` and `codes.txt`: the codes of one kind of goods as a file, sent while
//! they are read: any number of codes weighs as much as a page of them.
//!
//! Every format keeps U+001D: a text has the character itself, a workbook its escape `_x001D_`, which spreadsheets read
//! back as the character.

mod book;

use crate::{
    bulk::{CSV, XLSX},
    guard,
    language::language_of,
    router::AppState,
};
use app::{
    guard::{Access, Caller},
    stock_file::{cells, line, names},
};
use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use book::Book;
use cis::{Gtin, Lang};
use desk::{
    account::{Actor, Permission},
    problem::Problem,
    server::{Desk, ports::stock::StockPlace},
    suz::receiving::StockRow,
};
use futures::stream;
use http::{HeaderMap, StatusCode, header};
use std::{io, sync::Arc};

/// Whole codes leave.
const ACCESS: Access = Access::Needs(Permission::ExportCodes);

/// What the file is.
enum Format {
    /// Values between semicolons.
    Csv,
    /// A workbook.
    Xlsx(Box<Book>),
    /// A code to a line.
    Txt,
}

/// What is left to send.
enum Rest {
    Head,
    After(Option<StockPlace>),
    Tail,
}

/// One file on its way.
struct Export {
    desk: Arc<Desk>,
    actor: Actor,
    gtin: Gtin,
    format: Format,
    lang: Lang,
}

/// Why a file breaks off.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error(transparent)]
    Problem(#[from] Problem),
    #[error("a workbook could not be written: {0}")]
    Book(#[from] io::Error),
    #[error("the writing of a workbook was broken off: {0}")]
    Task(#[from] tokio::task::JoinError),
}

/// Answers with the file, for who may take codes away; the journal keeps that it was done.
///
/// A failure in the middle breaks the connection off, so that a browser does not take a part for the whole.
pub(crate) async fn download(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path((gtin, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let lang = language_of(&headers);
    let (format, kind) = match name.as_str() {
        "codes.csv" => (Format::Csv, CSV),
        "codes.xlsx" => (Format::Xlsx(Box::default()), XLSX),
        "codes.txt" => (Format::Txt, "text/plain; charset=utf-8"),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let Ok(gtin) = gtin.parse::<Gtin>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if guard::from_elsewhere(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let actor = match caller.may(ACCESS) {
        Ok(Some(actor)) => actor,
        Ok(None) | Err(Problem::SignedOut) => return Redirect::to("/signin").into_response(),
        Err(problem) => return guard::refused(problem, lang),
    };
    if let Err(problem) = state.desk.begin_stock_export(&actor, gtin).await {
        return guard::refused(problem, lang);
    }
    let named = [
        "attachment; filename=\"metka-",
        gtin.as_str(),
        "-",
        &name,
        "\"",
    ]
    .concat();
    let export = Export {
        desk: Arc::clone(&state.desk),
        actor,
        gtin,
        format,
        lang,
    };
    let body = Body::from_stream(stream::try_unfold(
        (export, Some(Rest::Head)),
        |(export, rest)| async {
            let Some(rest) = rest else { return Ok(None) };
            let (export, bytes, rest) = export.part(rest).await.inspect_err(|error| {
                tracing::error!(%error, "a file of codes was broken off");
            })?;
            Ok::<_, Broken>(Some((bytes, (export, rest))))
        },
    ));
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, named),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, body).into_response()
}

impl Export {
    /// The next part of the file, and what is left after it.
    async fn part(mut self, rest: Rest) -> Result<(Self, Vec<u8>, Option<Rest>), Broken> {
        let after = match rest {
            Rest::Head => {
                let bytes = self.head()?;
                return Ok((self, bytes, Some(Rest::After(None))));
            }
            Rest::Tail => {
                let bytes = match &mut self.format {
                    Format::Xlsx(book) => book.end()?,
                    Format::Csv | Format::Txt => Vec::new(),
                };
                return Ok((self, bytes, None));
            }
            Rest::After(after) => after,
        };
        let (rows, next) = self
            .desk
            .export_stock(&self.actor, self.gtin, after)
            .await?;
        let rest = next.map_or(Rest::Tail, |next| Rest::After(Some(next)));
        // Thousands of rows are written away from the threads that answer people.
        let (format, bytes) = tokio::task::spawn_blocking(move || written(self.format, &rows))
            .await?
            .map(|(format, bytes)| {
                (
                    Self {
                        format,
                        desk: self.desk,
                        actor: self.actor,
                        gtin: self.gtin,
                        lang: self.lang,
                    },
                    bytes,
                )
            })?;
        Ok((format, bytes, Some(rest)))
    }

    fn head(&mut self) -> io::Result<Vec<u8>> {
        let names = names(self.lang);
        match &mut self.format {
            Format::Csv => {
                let mut text = String::from("\u{feff}");
                line(&mut text, names);
                Ok(text.into_bytes())
            }
            Format::Xlsx(book) => {
                book.begin(names)?;
                Ok(book.taken())
            }
            Format::Txt => Ok(Vec::new()),
        }
    }
}

/// Rows as bytes of the file.
fn written(mut format: Format, rows: &[StockRow]) -> io::Result<(Format, Vec<u8>)> {
    let bytes = match &mut format {
        Format::Csv => {
            let mut text = String::with_capacity(rows.len() * 384);
            for row in rows {
                line(&mut text, cells(row).iter().map(String::as_str));
            }
            text.into_bytes()
        }
        Format::Xlsx(book) => {
            for row in rows {
                book.row(&cells(row))?;
            }
            book.taken()
        }
        Format::Txt => {
            let mut text = String::with_capacity(rows.len() * 128);
            for row in rows {
                text.push_str(&row.text);
                text.push_str("\r\n");
            }
            text.into_bytes()
        }
    };
    Ok((format, bytes))
}
