//! The requests of the way, and what can go wrong with each.

use crate::program::Chore;
use sandbox::{Effect, Fault, crpt::emission::OrderTurn};

/// What one request meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    LostBefore,
    LostAfter,
    ErrorBefore,
    ErrorAfter,
    CutBody,
    KillBefore,
    KillAmid,
    KillAfter,
}

/// All of them, as the columns of the table.
pub(crate) const TROUBLES: [Trouble; 8] = [
    Trouble::LostBefore,
    Trouble::LostAfter,
    Trouble::ErrorBefore,
    Trouble::ErrorAfter,
    Trouble::CutBody,
    Trouble::KillBefore,
    Trouble::KillAfter,
    Trouble::KillAmid,
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
            Self::KillAmid => "kill -9 amid",
        }
    }

    /// Whether the program is killed by it: at the moment when the request is held.
    pub(crate) const fn kills(self) -> bool {
        matches!(self, Self::KillBefore | Self::KillAfter | Self::KillAmid)
    }

    /// Whether the program hears a part of the answer, and no more.
    pub(crate) const fn parts(self) -> bool {
        matches!(self, Self::CutBody | Self::KillAmid)
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
            Self::KillAmid => Fault::new(Effect::HoldBody { bytes: PART }),
        }
    }
}

/// Bytes that come of an answer that breaks off: its first run of codes and a half of the next one, and of any shorter
/// answer all but its last byte.
const PART: usize = 410;

fn cut() -> Fault {
    Fault::new(Effect::CutBody { bytes: PART })
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
    /// What a person does with orders that lie at the station without a signature.
    pub(crate) chore: Option<Chore>,
}

/// What makes another request necessary.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    /// The answer to the order was lost.
    Order,
    /// An answer with codes was cut.
    Codes,
    /// The order's signature was lost.
    Signature,
    /// Another program left an order without a signature.
    OtherProgram,
}

/// All of them, as the rows of the table.
pub(crate) const ROWS: [Row; 13] = [
    row(
        "GET auth/key",
        "GET",
        "/true-api-host/api/v3/true-api/auth/key",
    ),
    Row {
        goes_on: true,
        ..row(
            "POST auth/simpleSignIn",
            "POST",
            "/true-api-host/api/v3/true-api/auth/simpleSignIn",
        )
    },
    row("POST order", "POST", ORDER),
    row(
        "POST orders/search",
        "POST",
        "/suz-host/api/v3/orders/search",
    )
    .when(First::Order),
    row("GET order/status", "GET", "/suz-host/api/v3/order/status"),
    row("GET codes", "GET", CODES),
    row(
        "GET order/codes/blocks",
        "GET",
        "/suz-host/api/v3/order/codes/blocks",
    )
    .when(First::Codes),
    row("GET order/codes/retry", "GET", RETRY).when(First::Codes),
    row("POST order/close", "POST", "/suz-host/api/v3/order/close"),
    row(
        "GET documents/search",
        "GET",
        "/suz-host/api/v3/documents/search",
    )
    .when(First::Signature)
    .and(Chore::Sign),
    row(
        "GET documents/content",
        "GET",
        "/suz-host/api/v3/documents/content",
    )
    .when(First::OtherProgram)
    .and(Chore::Sign),
    row(
        "POST documents/sign",
        "POST",
        "/suz-host/api/v3/documents/sign",
    )
    .when(First::Signature)
    .and(Chore::Sign),
    row(
        "DELETE documents/delete",
        "DELETE",
        "/suz-host/api/v3/documents/delete",
    )
    .when(First::Signature)
    .and(Chore::Delete),
];

pub(crate) const ORDER: &str = "/suz-host/api/v3/order";
const CODES: &str = "/suz-host/api/v3/codes";
const RETRY: &str = "/suz-host/api/v3/order/codes/retry";

const fn row(name: &'static str, method: &'static str, path: &'static str) -> Row {
    Row {
        name,
        method,
        path,
        goes_on: false,
        first: None,
        chore: None,
    }
}

impl Row {
    const fn when(self, first: First) -> Self {
        Self {
            first: Some(first),
            ..self
        }
    }

    const fn and(self, chore: Chore) -> Self {
        Self {
            chore: Some(chore),
            ..self
        }
    }

    /// Whether the order without a signature is another program's.
    pub(crate) fn is_foreign(&self) -> bool {
        self.first == Some(First::OtherProgram)
    }

    /// Whether its answer is full of codes.
    pub(crate) fn has_codes(&self) -> bool {
        [CODES, RETRY].contains(&self.path)
    }

    /// The faults of the sandbox that make a cell of this row.
    pub(crate) fn faults(&self, trouble: Trouble) -> Vec<Fault> {
        let first = self.first.and_then(|first| match first {
            First::Order => Some(Fault::new(Effect::HangUp).after().exact_path(ORDER)),
            First::Codes => Some(cut().exact_path(CODES)),
            First::Signature => {
                let turn = OrderTurn {
                    unsigned: true,
                    ..OrderTurn::default()
                };
                Some(Fault::new(Effect::OrderTurn { turn }).exact_path(ORDER))
            }
            First::OtherProgram => None,
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
