//! How a server function fails: a situation that a person can act on, or a call that did not work as a call.

use crate::wire::JsonText;
use desk::submission::TheirWords;
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// What a server function returns instead of its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// A situation, told by the server.
    Told(Told),
    /// The server could not be reached, or is of another version than this page.
    Call(String),
}

/// A situation in the reader's language. The server tells it, so that the browser need not load the sentences of all
/// situations there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Our sentence.
    pub sentence: String,
    /// The marketplace's own words, when it said no.
    pub words: Option<TheirWords>,
    /// Where one can go from here: address and name of the link.
    pub way_out: Option<(String, String)>,
    /// Whether the same may end better when it is tried again unchanged.
    pub again: bool,
}

#[cfg(feature = "ssr")]
pub use telling::status;

#[cfg(feature = "ssr")]
mod telling {
    use super::Failure;
    use crate::texts;
    use cis::Lang;
    use desk::problem::Problem;
    use http::{StatusCode, header::ACCEPT, request::Parts};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    impl Failure {
        /// A problem as its reader is told it.
        pub fn about(problem: Problem, lang: Lang) -> Self {
            Self::Told(texts::problems::told(problem, lang))
        }
    }

    /// In the language of the request that is being answered, whose status becomes the problem's.
    impl From<Problem> for Failure {
        fn from(problem: Problem) -> Self {
            if let Some(response) = call() {
                response.set_status(status(&problem));
            }
            Self::about(problem, texts::lang())
        }
    }

    /// The answer to a script's call. A page is a page even when something on it failed, and a form without scripts is
    /// sent back to its page.
    fn call() -> Option<ResponseOptions> {
        let request = use_context::<Parts>()?;
        let accept = request.headers.get(ACCEPT);
        let page = accept
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"));
        (request.uri.path().starts_with("/api/") && !page).then(use_context)?
    }

    /// The HTTP status that says whose turn it is: the caller's (4xx), ours (500) or the marketplace's (502).
    pub const fn status(problem: &Problem) -> StatusCode {
        match problem {
            Problem::SignedOut | Problem::WrongPassword => StatusCode::UNAUTHORIZED,
            Problem::Forbidden { .. } | Problem::SignUpClosed => StatusCode::FORBIDDEN,
            Problem::NotFound => StatusCode::NOT_FOUND,
            Problem::EmailTaken
            | Problem::KeyKnown { .. }
            | Problem::OrderChanged
            | Problem::SlotTaken
            | Problem::BatchMoved
            | Problem::NothingToReceive
            | Problem::BeingSent => StatusCode::CONFLICT,
            Problem::TooManyTries { .. } | Problem::Limited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Problem::NoAnswer | Problem::NotUnderstood => StatusCode::BAD_GATEWAY,
            Problem::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::Call(error.to_string())
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Told(told) => f.write_str(&told.sentence),
            Self::Call(cause) => f.write_str(cause),
        }
    }
}
