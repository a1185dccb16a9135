//! Security headers of every answer.

use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderName, HeaderValue, header};

/// Headers of whatever a browser might show by itself. The policy of a page, with its nonce, is set where the page is drawn.
const DOCUMENT: [(HeaderName, &str); 4] = [
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), microphone=(), geolocation=()",
    ),
];

/// Parts of a page. Nobody frames them or opens them as a window, and a first visit loads twenty of them: words without
/// effect would cost it as much as the style sheet.
const PARTS: [&str; 3] = ["text/javascript", "text/css", "application/wasm"];

pub(crate) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    let part = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| PARTS.iter().any(|part| kind == part));
    if !part {
        for (name, value) in DOCUMENT {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// CryptoPro's extension: for Chrome and Edge (Manifest 3, then 2), for Opera and Yandex Browser, and for Firefox, which
/// names an extension anew on each computer. Its script runs in the page, so nothing narrower than its address would let it
/// in; what an extension may do to a page it may do without this, so a page loses nothing by it.
const SIGNING_EXTENSIONS: &str = " chrome-extension://pfhgbfnnjiafkhfdkmpiflachepdcjod \
    chrome-extension://iifchhfnnmpdbibifmljnfjhpififfog chrome-extension://epebfcehmdedogndhlcacafjaacknbcm moz-extension:";

/// Whether the pages of a path sign. A policy belongs to the document that was loaded, so these pages are entered by
/// loading them, not by the router.
fn signs(path: &str) -> bool {
    path == "/suz" || path.starts_with("/suz/")
}

/// The content policy of a page: our own scripts with this nonce, wasm, nothing inline, no one else's frame. Where the
/// program runs under a watcher, its page listens on the watcher's port to be reloaded. Where a person may sign, the script
/// by which CryptoPro's extension speaks to pages may be loaded too.
pub(crate) fn content_policy(nonce: &str, watcher: Option<u32>, path: &str) -> String {
    let extensions = if signs(path) { SIGNING_EXTENSIONS } else { "" };
    let reload = watcher
        .map(|port| format!(" ws://*:{port}"))
        .unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'{extensions}; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; frame-src blob:; connect-src 'self'{reload}; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::{content_policy, secure};
    use axum::{Router, body::Body, extract::Request, middleware::from_fn, routing::get};
    use http::header;
    use tower::ServiceExt as _;

    #[tokio::test]
    async fn a_page_cannot_be_framed_and_its_parts_do_not_speak_of_it() {
        let routes = Router::new()
            .route("/page", get(|| async { axum::response::Html("") }))
            .route(
                "/part",
                get(|| async { ([(header::CONTENT_TYPE, "application/wasm")], "") }),
            )
            .layer(from_fn(secure));
        for (path, framing) in [("/page", true), ("/part", false)] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let answer = routes.clone().oneshot(request).await.unwrap();
            assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
            assert_eq!(answer.headers().contains_key("x-frame-options"), framing);
        }
    }

    #[test]
    fn a_page_speaks_to_its_own_server_only_but_under_a_watcher() {
        let connect = |policy: String| {
            policy
                .split("; ")
                .find(|rule| rule.starts_with("connect-src"))
                .map(str::to_owned)
        };
        assert_eq!(
            connect(content_policy("n", None, "/orders")).as_deref(),
            Some("connect-src 'self'")
        );
        assert_eq!(
            connect(content_policy("n", Some(3001), "/orders")).as_deref(),
            Some("connect-src 'self' ws://*:3001")
        );
    }

    #[test]
    fn extensions_sign_where_signing_is_done_and_nowhere_else() {
        for (path, signs) in [
            ("/suz", true),
            ("/suz/documents", true),
            ("/suzy", false),
            ("/orders", false),
        ] {
            let policy = content_policy("n", None, path);
            assert_eq!(policy.contains("-extension:"), signs, "{path}");
        }
    }
}
