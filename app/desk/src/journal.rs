//! Who did what: entries that are only ever added.

use crate::time::When;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $word:literal,)*) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Action {
            $($(#[$doc])* $variant,)*
        }

        impl Action {
            /// Every action there is.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name kept in the database.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

actions! {
    /// An organisation was made.
    SignUp = "sign_up",
    /// A person signed in.
    SignIn = "sign_in",
    /// A marketplace key was added.
    KeyAdded = "key_added",
    /// A marketplace key took the place of another.
    KeyReplaced = "key_replaced",
    /// A connection was retired.
    ConnectionRetired = "connection_retired",
    /// A code was put into a slot.
    CodeBound = "code_bound",
    /// A code was put into a slot against a warning.
    CodeBoundAnyway = "code_bound_anyway",
    /// A slot was emptied.
    CodeUnbound = "code_unbound",
    /// A scan of the packing desk that could not be done was looked at by a person.
    ScanSettled = "scan_settled",
    /// A submission was stored.
    SubmissionStored = "submission_stored",
    /// A submission was taken back before anything left.
    SubmissionWithdrawn = "submission_withdrawn",
    /// A call was begun.
    SubmissionSent = "submission_sent",
    /// The marketplace took a submission.
    SubmissionAccepted = "submission_accepted",
    /// The marketplace refused a submission.
    SubmissionRefused = "submission_refused",
    /// A call brought no answer.
    SubmissionUnknown = "submission_unknown",
    /// The marketplace holds somebody else's identifiers.
    SubmissionConflict = "submission_conflict",
    /// The marketplace verified every code of an order.
    CodesVerified = "codes_verified",
    /// The marketplace's verification rejected a code.
    CodeRejected = "code_rejected",
    /// Somebody decided to take units out of an order.
    UnitsRemoved = "units_removed",
    /// Somebody asked to ship an order.
    ShippingAsked = "shipping_asked",
    /// The marketplace took «ready to ship».
    Shipped = "shipped",
    /// The marketplace refused «ready to ship».
    ShippingRefused = "shipping_refused",
    /// Labels were fetched for printing.
    LabelsFetched = "labels_fetched",
    /// A file of many orders was brought.
    BatchBrought = "batch_brought",
    /// Somebody had the orders of a file sent.
    BatchStarted = "batch_started",
    /// Somebody made the sending of a file wait.
    BatchPaused = "batch_paused",
    /// Somebody stopped the sending of a file.
    BatchCancelled = "batch_cancelled",
    /// The marketplace changed an order's lines while codes lay in it.
    OrderChanged = "order_changed",
    /// A unit with a code of ours comes back.
    CodeReturned = "code_returned",
    /// A returned unit is with the shop again, and its code is free.
    CodeReleased = "code_released",
    /// Reading of test orders was switched on or off.
    TestOrders = "test_orders",
    /// An address for notifications was made, or took the place of another.
    HookMade = "hook_made",
    /// The address for notifications was taken away.
    HookRemoved = "hook_removed",
    /// Codes were taken away as a file.
    CodesExported = "codes_exported",
    /// Codes of the stock were printed on labels.
    CodesPrinted = "codes_printed",
    /// Labels were printed once more.
    CodesPrintedAgain = "codes_printed_again",
    /// The file of labels was opened or downloaded.
    LabelsOpened = "labels_opened",
    /// СУЗ was connected for a legal entity.
    SuzConnected = "suz_connected",
    /// Ids or the way to sign of a link to СУЗ were changed.
    SuzChanged = "suz_changed",
    /// Somebody looked at the whole ids of a link to СУЗ.
    SuzIdsSeen = "suz_ids_seen",
    /// A device of СУЗ was added, changed or deleted.
    SuzDevice = "suz_device",
    /// A document for СУЗ was signed by a person.
    SuzSigned = "suz_signed",
    /// A link to СУЗ was retired.
    SuzRetired = "suz_retired",
    /// Codes were ordered.
    EmissionMade = "emission_made",
    /// An order of codes was taken back before anything left.
    EmissionWithdrawn = "emission_withdrawn",
    /// The call that makes an order of codes was begun.
    EmissionSent = "emission_sent",
    /// The station took an order of codes, or an order was found whose answer had been lost.
    EmissionTaken = "emission_taken",
    /// The station refused or declined an order of codes.
    EmissionRefused = "emission_refused",
    /// An order of codes brought no answer.
    EmissionUnknown = "emission_unknown",
    /// Somebody decided what became of an order of codes whose answer was lost.
    EmissionDecided = "emission_decided",
    /// Somebody had an order of codes sent although something stands against it.
    EmissionInsisted = "emission_insisted",
    /// Every code that the station handed out for one GTIN of an order lies in the stock.
    CodesReceived = "codes_received",
    /// Codes that were bought elsewhere came from a file.
    CodesImported = "codes_imported",
    /// Somebody had an order of codes closed.
    EmissionClosing = "emission_closing",
    /// An order of codes was closed.
    EmissionClosed = "emission_closed",
    /// An order that lay at the station without a signature was signed or deleted.
    StuckOrderSettled = "stuck_order_settled",
}

/// The text names no action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such action")]
pub struct UnknownAction;

impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|action| action.as_str() == text)
            .ok_or(UnknownAction)
    }
}

/// One entry as the journal page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// When.
    pub at: When,
    /// Who: an address, or nobody for the program itself.
    pub who: Option<String>,
    /// What was done.
    pub action: Action,
    /// To what, in words: an order's number, a connection's name.
    pub subject: String,
    /// The rest: a КИ without its tail, a number, a cause.
    pub detail: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_read_back_from_its_name() {
        for action in Action::ALL {
            assert_eq!(action.as_str().parse::<Action>(), Ok(*action));
        }
    }
}
