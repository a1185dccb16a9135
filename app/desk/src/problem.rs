//! User situations: everything that can go wrong for a person, as a stable code with parameters. The page owns
//! the sentence and the way out; internal detail stays in the log, found by the number in [`Problem::Internal`].

use crate::{
    account::Permission, boxes::PlanError, identifiers::FormatError, legal_entity::TaxNumberError,
    orders::readiness::Hindrance, printing::PrintFault, submission::TheirWords, time::When,
};
use serde::{Deserialize, Serialize};

/// A situation that a person must know about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Problem {
    /// Nobody is signed in.
    #[error("not signed in")]
    SignedOut,
    /// The role does not include this.
    #[error("not permitted: {permission:?}")]
    Forbidden {
        /// What was missing.
        permission: Permission,
    },
    /// Address or password is wrong; which one is not said.
    #[error("wrong address or password")]
    WrongPassword,
    /// Too many tries.
    #[error("too many tries")]
    TooManyTries {
        /// Minutes to wait.
        minutes: u32,
    },
    /// The address is taken.
    #[error("address is taken")]
    EmailTaken,
    /// Not an address.
    #[error("not an e-mail address")]
    BadEmail,
    /// The password is shorter than this.
    #[error("password too short")]
    ShortPassword {
        /// Characters wanted.
        least: u32,
    },
    /// A name is empty.
    #[error("a name is empty")]
    EmptyName,
    /// Nobody may sign up here.
    #[error("sign-up is closed")]
    SignUpClosed,
    /// ИНН does not pass.
    #[error("INN: {error}")]
    BadInn {
        /// Why.
        error: TaxNumberError,
    },
    /// КПП does not pass.
    #[error("KPP: {error}")]
    BadKpp {
        /// Why.
        error: TaxNumberError,
    },
    /// A typed identifier does not pass.
    #[error("{error}")]
    BadIdentifier {
        /// Which format.
        error: FormatError,
    },
    /// The key is empty or has characters that no header can carry.
    #[error("not a key")]
    BadKey,
    /// The same key is connected already.
    #[error("key is connected already")]
    KeyKnown {
        /// Under this name.
        label: String,
    },
    /// The marketplace does not take the key.
    #[error("the marketplace refused the key")]
    KeyRefused {
        /// Their words.
        words: TheirWords,
    },
    /// The replacing key belongs to another cabinet than the connection's shops.
    #[error("key of another cabinet")]
    OtherCabinet {
        /// The cabinet of the connection.
        ours: String,
        /// The cabinet of the new key.
        theirs: String,
    },
    /// The marketplace said no to something else.
    #[error("the marketplace refused")]
    Refused {
        /// Their words.
        words: TheirWords,
    },
    /// The marketplace did not answer.
    #[error("the marketplace did not answer")]
    NoAnswer,
    /// The marketplace answered something that makes no sense.
    #[error("the marketplace's answer was not understood")]
    NotUnderstood,
    /// The marketplace asks to wait.
    #[error("the marketplace asks to wait")]
    Limited {
        /// Until when.
        until: When,
    },
    /// What was asked for is not there (or belongs to others, which is the same to the asker).
    #[error("not found")]
    NotFound,
    /// The order changed since the page was drawn.
    #[error("the order changed meanwhile")]
    OrderChanged,
    /// The order cannot be sent like this.
    #[error("the order is not ready")]
    NotReady {
        /// What stands between.
        hindrances: Vec<Hindrance>,
    },
    /// A slot was filled by somebody else in the meantime.
    #[error("the slot is taken")]
    SlotTaken,
    /// The slots are being sent and cannot be touched.
    #[error("an order being sent cannot be changed")]
    BeingSent,
    /// A file has no rows.
    #[error("a file without rows")]
    NoRows,
    /// A file did not come whole.
    #[error("a file was cut")]
    CutFile,
    /// The batch is no longer where the page saw it.
    #[error("the batch moved on")]
    BatchMoved,
    /// The boxes cannot be as was said.
    #[error("{error}")]
    BadPlan {
        /// Why.
        error: PlanError,
    },
    /// More units hold codes than would stay in the line.
    #[error("codes lie in the units that would be removed")]
    CodesInTheWay,
    /// Too much at once.
    #[error("too much at once")]
    TooMuch {
        /// The most that is taken.
        most: u32,
    },
    /// There is nothing to be received of an order of codes: the station does not have it yet, or is done with it.
    #[error("nothing to receive")]
    NothingToReceive,
    /// Labels cannot be printed so.
    #[error("{fault}")]
    Unprintable {
        /// Why.
        fault: PrintFault,
    },
    /// Our own fault.
    #[error("internal error {id}")]
    Internal {
        /// The number to quote; the log has it beside the cause.
        id: String,
    },
}
