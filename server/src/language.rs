//! Which language a page speaks: the cookie of the switch, else the browser's wish, else Russian.

use crate::{guard::cookie, router::AppState};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect, Response},
};
use cis::Lang;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::collections::HashMap;

const COOKIE: &str = "metka_lang";

/// The language of a request.
pub(crate) fn language_of(headers: &HeaderMap) -> Lang {
    if let Some(chosen) = cookie(headers, COOKIE).and_then(parse) {
        return chosen;
    }
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(|wish| {
            wish.split(',')
                .find_map(|part| parse(part.split([';', '-']).next()?.trim()))
        })
        .unwrap_or(Lang::Ru)
}

fn parse(name: &str) -> Option<Lang> {
    match name {
        "ru" => Some(Lang::Ru),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// `GET /language/{en|ru}?back=/path`: remembers the choice and goes back.
pub(crate) async fn switch(
    State(state): State<AppState>,
    Path(name): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if parse(&name).is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let back = query.get("back").map_or("/", |back| own_path(back));
    let secure = if state.plain_http { "" } else { "; Secure" };
    let cookie =
        format!("{COOKIE}={name}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
    let mut response = Redirect::to(back).into_response();
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

/// A path of this site, or its beginning: a link must not be able to send people elsewhere.
fn own_path(back: &str) -> &str {
    let own =
        back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n']);
    if own { back } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str, accept: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        headers
    }

    #[test]
    fn the_switch_wins_over_the_browser_and_russian_over_the_unknown() {
        assert_eq!(language_of(&headers("metka_lang=en", "ru")), Lang::En);
        assert_eq!(language_of(&headers("x=1", "en-GB,en;q=0.9")), Lang::En);
        assert_eq!(
            language_of(&headers("x=1", "de-DE,ru;q=0.8,en;q=0.5")),
            Lang::Ru
        );
        assert_eq!(language_of(&headers("x=1", "de-DE")), Lang::Ru);
        assert_eq!(language_of(&HeaderMap::new()), Lang::Ru);
    }

    #[test]
    fn the_way_back_stays_on_this_site() {
        assert_eq!(own_path("/orders?tab=ready"), "/orders?tab=ready");
        for bad in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "orders",
            "",
        ] {
            assert_eq!(own_path(bad), "/", "{bad}");
        }
    }
}
