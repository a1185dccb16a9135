//! `GET /orders/{id}/labels.pdf?format=A7`: the labels of an order's boxes, to be shown and printed by the browser.
//!
//! The file is asked for at the marketplace each time: what was printed before may show boxes that have changed since.
//! The format that was asked for last is kept in a cookie and taken where none is named.

use crate::{guard::cookie, language::language_of, router::AppState};
use app::{
    guard::{Access, Caller},
    unprinted,
};
use axum::{
    Extension,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use desk::{
    account::Permission, ids::OrderId, problem::Problem, server::ports::market::LabelFormat,
};
use http::{HeaderMap, HeaderValue, header};
use serde::Deserialize;

/// The cookie with the format that was asked for last.
const COOKIE: &str = "metka_labels";

/// Who may fetch labels: whoever packs and sends. It is noted on the order, so looking on is not enough.
const ACCESS: Access = Access::Needs(Permission::SendCodes);

/// The page with a problem runs nothing and loads nothing but its style.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What the address says.
#[derive(Deserialize)]
pub(crate) struct Wish {
    format: Option<String>,
}

/// Answers with the file, or with a page that says why there is none.
pub(crate) async fn file(
    State(state): State<AppState>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Response {
    let format = match wish.format.as_deref().map(known) {
        Some(None) => return no_file(&state, &id, None, &headers),
        Some(Some(format)) => format,
        None => cookie(&headers, COOKIE).and_then(known).unwrap_or_default(),
    };
    match fetch(&state, &caller, &id, format).await {
        Ok(pdf) => shown(pdf, format, state.plain_http),
        Err(Problem::SignedOut) => Redirect::to("/signin").into_response(),
        Err(problem) => no_file(&state, &id, Some(problem), &headers),
    }
}

async fn fetch(
    state: &AppState,
    caller: &Caller,
    id: &str,
    format: LabelFormat,
) -> Result<Vec<u8>, Problem> {
    let actor = caller.may(ACCESS)?.ok_or(Problem::SignedOut)?;
    let id: OrderId = id.parse().map_err(|_| Problem::NotFound)?;
    state.desk.labels(&actor, id, format).await
}

/// A format by the marketplace's word.
fn known(word: &str) -> Option<LabelFormat> {
    [
        LabelFormat::A9Horizontally,
        LabelFormat::A9,
        LabelFormat::A7,
        LabelFormat::A4,
    ]
    .into_iter()
    .find(|format| format.as_str() == word)
}

/// The file, to be looked at and not kept: the next one may be another.
fn shown(pdf: Vec<u8>, format: LabelFormat, plain_http: bool) -> Response {
    let mut response = (
        [
            (header::CONTENT_TYPE, "application/pdf"),
            (
                header::CONTENT_DISPOSITION,
                "inline; filename=\"labels.pdf\"",
            ),
            (header::CACHE_CONTROL, "no-store"),
        ],
        pdf,
    )
        .into_response();
    let secure = if plain_http { "" } else { "; Secure" };
    let remembered = format!(
        "{COOKIE}={}; Path=/orders; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}",
        format.as_str()
    );
    if let Ok(value) = HeaderValue::from_str(&remembered) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

fn no_file(state: &AppState, id: &str, problem: Option<Problem>, headers: &HeaderMap) -> Response {
    let (status, page) = unprinted(id, problem, language_of(headers), state.options.clone());
    (
        status,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
        ],
        page,
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_the_marketplaces_word_alone() {
        assert_eq!(known("A9_HORIZONTALLY"), Some(LabelFormat::A9Horizontally));
        assert_eq!(known("A4"), Some(LabelFormat::A4));
        assert_eq!(known("a4"), None);
        assert_eq!(known(""), None);
    }

    #[test]
    fn the_last_format_is_remembered_and_over_tls_only_where_there_is_tls() {
        let answer = shown(b"%PDF".to_vec(), LabelFormat::A4, false);
        let set = answer.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(
            set.starts_with("metka_labels=A4;") && set.ends_with("; Secure"),
            "{set}"
        );
        let plain = shown(b"%PDF".to_vec(), LabelFormat::A4, true);
        let set = plain.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(!set.contains("Secure"), "{set}");
    }
}
