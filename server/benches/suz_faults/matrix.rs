//! The requests of the way, and what can go wrong with each.

use sandbox::{Effect, Fault};

/// What one request meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    LostBefore,
    LostAfter,
    ErrorBefore,
    ErrorAfter,
    CutBody,
    KillBefore,
    KillAfter,
}

/// All of them, as the columns of the table.
pub(crate) const TROUBLES: [Trouble; 7] = [
    Trouble::LostBefore,
    Trouble::LostAfter,
    Trouble::ErrorBefore,
    Trouble::ErrorAfter,
    Trouble::CutBody,
    Trouble::KillBefore,
    Trouble::KillAfter,
];

impl Trouble {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::LostBefore => "lost before",
            Self::LostAfter => "lost after",
            Self::ErrorBefore => "500 before",
            Self::ErrorAfter => "500 after",
            Self::CutBody => "cut body",
            Self::KillBefore => "kill -9 before",
            Self::KillAfter => "kill -9 after",
        }
    }

    /// Whether the program is killed by it: at the moment when the request is held.
    pub(crate) const fn kills(self) -> bool {
        matches!(self, Self::KillBefore | Self::KillAfter)
    }

    fn fault(self) -> Fault {
        let error = Fault::new(Effect::Error { status: 500 });
        match self {
            Self::LostBefore => Fault::new(Effect::HangUp),
            Self::LostAfter => Fault::new(Effect::HangUp).after(),
            Self::ErrorBefore => error,
            Self::ErrorAfter => error.after(),
            Self::CutBody => cut(),
            Self::KillBefore => Fault::new(Effect::Hold),
            Self::KillAfter => Fault::new(Effect::Hold).after(),
        }
    }
}

/// In the middle of the second code, and of any shorter answer before its last byte.
fn cut() -> Fault {
    Fault::new(Effect::CutBody { bytes: 230 })
}

/// A request of the way.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    method: &'static str,
    path: &'static str,
    /// Whether the path goes on with an id.
    goes_on: bool,
    /// What must go wrong before, so that this request is made at all.
    first: Option<First>,
}

/// A trouble that makes another request necessary.
#[derive(Clone, Copy)]
enum First {
    /// The answer to the order was lost.
    Order,
    /// An answer with codes was cut.
    Codes,
}

/// All of them, as the rows of the table.
pub(crate) const ROWS: [Row; 9] = [
    row(
        "GET auth/key",
        "GET",
        "/true-api-host/api/v3/true-api/auth/key",
        None,
    ),
    Row {
        goes_on: true,
        ..row(
            "POST auth/simpleSignIn",
            "POST",
            "/true-api-host/api/v3/true-api/auth/simpleSignIn",
            None,
        )
    },
    row("POST order", "POST", ORDER, None),
    row(
        "POST orders/search",
        "POST",
        "/suz-host/api/v3/orders/search",
        Some(First::Order),
    ),
    row(
        "GET order/status",
        "GET",
        "/suz-host/api/v3/order/status",
        None,
    ),
    row("GET codes", "GET", CODES, None),
    row(
        "GET order/codes/blocks",
        "GET",
        "/suz-host/api/v3/order/codes/blocks",
        Some(First::Codes),
    ),
    row(
        "GET order/codes/retry",
        "GET",
        "/suz-host/api/v3/order/codes/retry",
        Some(First::Codes),
    ),
    row(
        "POST order/close",
        "POST",
        "/suz-host/api/v3/order/close",
        None,
    ),
];

pub(crate) const ORDER: &str = "/suz-host/api/v3/order";
const CODES: &str = "/suz-host/api/v3/codes";

const fn row(
    name: &'static str,
    method: &'static str,
    path: &'static str,
    first: Option<First>,
) -> Row {
    Row {
        name,
        method,
        path,
        goes_on: false,
        first,
    }
}

impl Row {
    /// The faults of the sandbox that make a cell of this row.
    pub(crate) fn faults(&self, trouble: Trouble) -> Vec<Fault> {
        let first = self.first.map(|first| match first {
            First::Order => Fault::new(Effect::HangUp)
                .after()
                .method("POST")
                .exact_path(ORDER),
            First::Codes => cut().method("GET").exact_path(CODES),
        });
        let fault = trouble.fault().method(self.method);
        let fault = if self.goes_on {
            fault.path(self.path)
        } else {
            fault.exact_path(self.path)
        };
        first.into_iter().chain([fault]).collect()
    }
}
