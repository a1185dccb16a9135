//! Who is asking, and whether a call from outside may begin at all.

use crate::{language::language_of, peer::peer_of, router::AppState};
use app::{
    cookie::SESSION,
    failure::{Failure, status},
    guard::{Caller, Peer, rule_of},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use cis::Lang;
use desk::problem::Problem;
use http::{HeaderMap, StatusCode, header};

/// Finds out who is asking and writes it into the request. A database that does not answer makes nobody a
/// stranger: the request fails.
pub(crate) async fn who(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let lang = language_of(request.headers());
    let token = cookie(request.headers(), SESSION).map(str::to_owned);
    let session = match &token {
        Some(token) => match state.desk.session(token).await {
            Ok(session) => session,
            Err(problem) => return refused(problem, lang),
        },
        None => None,
    };
    let peer = peer_of(&request, state.trusted_proxy);
    request.extensions_mut().insert(Caller { session, token });
    request.extensions_mut().insert(Peer(peer));
    next.run(request).await
}

/// Lets a call of a server function begin only if its rule allows it, and only from our own pages.
pub(crate) async fn api(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !path.starts_with("/api/") {
        return next.run(request).await;
    }
    let lang = language_of(request.headers());
    if from_elsewhere(request.headers()) {
        // Whoever is signed in here: the call is not theirs, and signing in again would not help it.
        let told = refused(Problem::SignedOut, lang);
        return (StatusCode::FORBIDDEN, told).into_response();
    }
    let Some(access) = rule_of(path) else {
        return refused(Problem::NotFound, lang);
    };
    let caller = request.extensions().get::<Caller>();
    match caller.map_or(Err(Problem::SignedOut), |caller| caller.may(access)) {
        Ok(_) => next.run(request).await,
        // A form without scripts is brought to the page where one signs in.
        Err(Problem::SignedOut) if wants_page(request.headers()) => {
            axum::response::Redirect::to("/signin").into_response()
        }
        Err(problem) => refused(problem, lang),
    }
}

/// Whether the browser says that another site sent this. A browser too old to say is covered by `SameSite=Lax`.
pub(crate) fn from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    matches!(site, Some("cross-site" | "same-site"))
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// A refusal in the form in which server functions fail, so that the page explains it.
pub(crate) fn refused(problem: Problem, lang: Lang) -> Response {
    let status = status(&problem);
    let body = serde_json::to_string(&Failure::about(problem, lang)).unwrap_or_default();
    (
        status,
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        body,
    )
        .into_response()
}

/// A cookie of the request.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_and_an_empty_one_is_none() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            "a=1; metka_session=tok; b=2".parse().unwrap(),
        );
        assert_eq!(cookie(&headers, "metka_session"), Some("tok"));
        headers.insert(header::COOKIE, "metka_session=".parse().unwrap());
        assert_eq!(cookie(&headers, "metka_session"), None);
    }

    #[test]
    fn a_call_from_another_site_is_known_by_the_browsers_word() {
        let mut headers = HeaderMap::new();
        assert!(!from_elsewhere(&headers));
        for (site, elsewhere) in [
            ("same-origin", false),
            ("none", false),
            ("cross-site", true),
            ("same-site", true),
        ] {
            headers.insert("sec-fetch-site", site.parse().unwrap());
            assert_eq!(from_elsewhere(&headers), elsewhere, "{site}");
        }
    }
}
