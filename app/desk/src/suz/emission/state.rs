//! Where one of our orders stands: as far as the sending by ourselves, afterwards by the station's own words.

use super::status::OrderStatus;
use crate::suz::words::words;

words! {
    /// Where an order of codes stands.
    EmissionState {
        /// Checked and stored; a self-check holds it until the connection has passed.
        Draft = "draft",
        /// Its body waits for a person's signature.
        WaitsForSignature = "waits_for_signature",
        /// Signed; no byte has left yet.
        Queued = "queued",
        /// The call was begun: from here a crash leaves its fate unknown.
        Sending = "sending",
        /// No answer came; the station is asked whether it knows our key.
        Unknown = "unknown",
        /// The station never knew our key, and a person decided that the order was not made. It is asked still, seldom.
        GivenUp = "given_up",
        /// Taken back before anything left, or deleted at the station, which had not begun with it.
        Withdrawn = "withdrawn",
        /// The station did not take it.
        Refused = "refused",
        /// Taken; the station is to look at the signature.
        Created = "created",
        /// ГИС МТ looks at it.
        Pending = "pending",
        /// ГИС МТ agreed; codes are being made.
        Approved = "approved",
        /// Codes can be fetched, or were.
        Ready = "ready",
        /// The station refused it later, with its words.
        Declined = "declined",
        /// Nothing more comes.
        Closed = "closed",
        /// Its codes were annulled because nobody fetched them in time.
        Expired = "expired",
    }

    /// Where the closing of an order stands; without a word nobody asked for it.
    ClosingState {
        /// Its body waits for a person's signature.
        WaitsForSignature = "waits_for_signature",
        /// Signed; no byte has left yet.
        Queued = "queued",
        /// The call was begun.
        Sending = "sending",
        /// No answer came; the order's status will tell.
        Unknown = "unknown",
        /// The station said no.
        Refused = "refused",
    }

    /// What a person is to do next with an order, or what it waits for.
    NextStep {
        /// Sign its body.
        Sign = "sign",
        /// Wait until it has been sent.
        Sending = "sending",
        /// Wait: the station is being asked whether it knows the order.
        Finding = "finding",
        /// Decide what became of it: the station still does not know our key.
        Decide = "decide",
        /// Look why it was refused, and order anew.
        Mend = "mend",
        /// Sign the document that lies at the station unsigned, or delete it.
        SignThere = "sign_there",
        /// Wait until codes are made.
        Wait = "wait",
        /// Receive codes.
        Receive = "receive",
        /// Go on with receiving, which a person stopped.
        Resume = "resume",
        /// Look why codes do not come: it does not go on without a person.
        Help = "help",
        /// Everything is received: close it.
        Close = "close",
        /// Sign the closing.
        SignClosing = "sign_closing",
        /// Wait until it is closed.
        Closing = "closing",
        /// Print labels; the order is done with.
        Print = "print",
        /// Nothing.
        Nothing = "nothing",
    }

    /// How near the end of codes is that nobody fetched.
    ExpiryWarning {
        /// Ten days or less.
        Soon = "soon",
        /// Three days or less.
        Now = "now",
        /// Past.
        Over = "over",
    }
}

/// Days ahead from which the end of unfetched codes is warned of.
const SOON_DAYS: i64 = 10;
/// Days ahead from which it is urgent.
const NOW_DAYS: i64 = 3;
const DAY_MILLIS: i64 = 86_400_000;

impl ExpiryWarning {
    /// The warning for so many milliseconds ahead; none when there is time.
    pub const fn of(left: i64) -> Option<Self> {
        if left <= 0 {
            Some(Self::Over)
        } else if left <= NOW_DAYS * DAY_MILLIS {
            Some(Self::Now)
        } else if left <= SOON_DAYS * DAY_MILLIS {
            Some(Self::Soon)
        } else {
            None
        }
    }
}

impl EmissionState {
    /// Whether the station has it, as far as we know, and is not done with it.
    pub const fn is_there(self) -> bool {
        matches!(
            self,
            Self::Created | Self::Pending | Self::Approved | Self::Ready
        )
    }

    /// Whether the station may have an order of which we know no number.
    pub const fn is_lost(self) -> bool {
        matches!(self, Self::Sending | Self::Unknown | Self::GivenUp)
    }

    /// Whether nothing can follow any more.
    pub const fn is_over(self) -> bool {
        matches!(
            self,
            Self::Withdrawn | Self::Refused | Self::Declined | Self::Closed | Self::Expired
        )
    }

    /// Whether it ended without a code, as far as anybody knows: its own serial numbers are free again. If the station made
    /// an order after all that was given up, it refuses these numbers.
    pub const fn made_nothing(self) -> bool {
        matches!(
            self,
            Self::Withdrawn | Self::Refused | Self::Declined | Self::GivenUp
        )
    }

    /// Whether it counts among the hundred that the station queues.
    pub const fn is_queued_there(self) -> bool {
        matches!(self, Self::Created | Self::Pending | Self::Approved)
    }

    /// Whether its body may still be taken back: no byte has left.
    pub const fn may_withdraw(self) -> bool {
        matches!(self, Self::Draft | Self::WaitsForSignature | Self::Queued)
    }

    /// The state that the station's word means; none for a word that came later than this program.
    pub fn of_status(status: &OrderStatus) -> Option<Self> {
        Some(match status {
            OrderStatus::Created => Self::Created,
            OrderStatus::Pending => Self::Pending,
            OrderStatus::Approved => Self::Approved,
            OrderStatus::Ready => Self::Ready,
            OrderStatus::Declined => Self::Declined,
            OrderStatus::Closed => Self::Closed,
            OrderStatus::Expired => Self::Expired,
            OrderStatus::Other(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_read_back_and_stands_in_one_part_of_life() {
        for state in EmissionState::ALL.iter().copied() {
            assert_eq!(state.as_str().parse(), Ok(state));
            let parts = [
                state.is_there(),
                state.is_lost(),
                state.is_over(),
                state.may_withdraw(),
            ];
            assert_eq!(parts.iter().filter(|part| **part).count(), 1, "{state:?}");
        }
    }

    #[test]
    fn the_end_of_codes_is_called_in_time() {
        let days = |days: i64| ExpiryWarning::of(days * DAY_MILLIS);
        assert_eq!(days(11), None);
        assert_eq!(days(10), Some(ExpiryWarning::Soon));
        assert_eq!(days(3), Some(ExpiryWarning::Now));
        assert_eq!(days(0), Some(ExpiryWarning::Over));
    }
}
