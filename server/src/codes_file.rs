//! The stock of codes as a file, sent while it is read: any number of codes weighs as much as a thousand.

use crate::{guard, language::language_of, router::AppState};
use app::{
    codes_file::{Form, head, lines},
    guard::{Access, Caller},
};
use axum::{
    Extension,
    body::Body,
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use cis::Lang;
use desk::{
    account::{Actor, Permission},
    codes::{Cursor, Filter},
    problem::Problem,
    server::Desk,
};
use futures::stream;
use http::{HeaderMap, StatusCode, header};
use std::{collections::HashMap, sync::Arc};

/// What is left to send.
enum Rest {
    Head,
    After(Option<Cursor>),
}

/// One file on its way.
struct Export {
    desk: Arc<Desk>,
    actor: Actor,
    filter: Filter,
    form: Form,
    lang: Lang,
}

/// Answers with what the address filters, for who may take codes away; the journal keeps that it was done.
///
/// A failure in the middle breaks the connection off, so that a browser does not take a part for the whole.
pub(crate) async fn download(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
    Query(parameters): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let lang = language_of(&headers);
    let form = match name.as_str() {
        "codes.csv" => Form::Plain,
        "excel.csv" => Form::Spreadsheet,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    if guard::from_elsewhere(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let actor = match caller.may(Access::Needs(Permission::ExportCodes)) {
        Ok(Some(actor)) => actor,
        Ok(None) | Err(Problem::SignedOut) => return Redirect::to("/signin").into_response(),
        Err(problem) => return guard::refused(problem, lang),
    };
    let filter = Filter::read(|name| parameters.get(name).cloned());
    if let Err(problem) = state.desk.begin_export(&actor, &filter).await {
        return guard::refused(problem, lang);
    }
    let export = Export {
        desk: Arc::clone(&state.desk),
        actor,
        filter,
        form,
        lang,
    };
    let body = Body::from_stream(stream::try_unfold(
        (export, Some(Rest::Head)),
        |(export, rest)| async {
            let Some(rest) = rest else { return Ok(None) };
            let (text, rest) = export.part(rest).await?;
            Ok::<_, Problem>(Some((text, (export, rest))))
        },
    ));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"metka-codes.csv\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, body).into_response()
}

impl Export {
    /// The next part of the file, and what is left after it.
    async fn part(&self, rest: Rest) -> Result<(String, Option<Rest>), Problem> {
        let after = match rest {
            Rest::Head => return Ok((head(self.lang), Some(Rest::After(None)))),
            Rest::After(after) => after,
        };
        let (rows, next) = self
            .desk
            .export_codes(&self.actor, &self.filter, after.as_ref())
            .await?;
        let text = lines(&rows, self.form, self.lang);
        Ok((text, next.map(|next| Rest::After(Some(next)))))
    }
}
