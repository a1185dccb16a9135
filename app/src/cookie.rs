//! The session cookie, as a server function sets it.

use desk::server::accounts::NewSession;
use http::{HeaderValue, header::SET_COOKIE};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;

/// The cookie's name.
pub const SESSION: &str = "metka_session";

/// Whether cookies may travel over plain HTTP: only where the site itself is served on loopback without TLS.
#[derive(Clone, Copy, Debug)]
pub struct PlainHttp(pub bool);

/// Sets the session cookie. `HttpOnly` keeps it from scripts, `SameSite=Lax` from other sites' forms.
pub(crate) fn set_session(session: &NewSession) {
    write(&session.token, session.max_age_seconds);
}

/// Removes the session cookie.
pub(crate) fn clear_session() {
    write("", 0);
}

fn write(token: &str, max_age: i64) {
    let secure = if use_context::<PlainHttp>().is_some_and(|plain| plain.0) {
        ""
    } else {
        "; Secure"
    };
    let cookie =
        format!("{SESSION}={token}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        expect_context::<ResponseOptions>().append_header(SET_COOKIE, value);
    }
}
