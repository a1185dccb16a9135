//! Why something does not work, as one word each; the page owns the sentences and the way out.

mod answer;
mod order;
mod profile;
#[cfg(test)]
mod tests;

pub use answer::{Fault, Setting, SuzCall};
pub use order::{MOST_ORDERS, OrderSign};

use super::words::words;
use crate::submission::TheirWords;
use serde::{Deserialize, Serialize};

words! {
    /// A cause that can be told apart from the others.
    Cause {
        // What was pasted.
        /// Spaces and invisible characters came along with an id; they are cleaned away, and this is what would have
        /// happened otherwise.
        IdNotClean = "id_not_clean",
        /// OMS ID and connection id stand in each other's place, or are the same.
        IdsMixedUp = "ids_mixed_up",
        /// An id of another contour.
        OtherContour = "other_contour",
        /// An address stands where an id or nothing should: hosts are known to Metka.
        AddressPasted = "address_pasted",
        /// An id of electronic documents (ЭДО).
        EdoId = "edo_id",

        // What is not written down yet.
        /// The legal entity's ИНН is not known here.
        NoInn = "no_inn",
        /// There is no active device.
        NoDevice = "no_device",

        // Who the company is for СУЗ.
        /// OMS ID is not in the cabinet: registration is not complete, groups are not connected, or there is no access
        /// to СУЗ.
        OmsIdNotFound = "oms_id_not_found",
        /// More than an hour has passed since registration, and there is still no OMS ID.
        OmsIdLate = "oms_id_late",
        /// СУЗ does not know the OMS ID.
        InvalidOmsId = "invalid_oms_id",
        /// The profile names another OMS ID: this one is another company's.
        ForeignOmsId = "foreign_oms_id",
        /// СУЗ does not let the company order: locked or suspended.
        ProfileLocked = "profile_locked",
        /// No product group is connected.
        NoGroups = "no_groups",
        /// The product group is locked, blocked or not connected.
        GroupClosed = "group_closed",
        /// Not enough money on the account of a product group.
        NoMoney = "no_money",

        // The device and its token.
        /// The device was deleted, or the id is of a former one.
        OldDevice = "old_device",
        /// 1140: the token does not belong to the OMS ID of the call. The id is in upper case, the token is of another
        /// connection, or a second program took the device.
        TokenForeign = "token_foreign",
        /// 1140 after calls that worked: another program logged in with the same device.
        TokenReplaced = "token_replaced",
        /// The ten hours are over.
        TokenExpired = "token_expired",
        /// The next login waits for a person's signature.
        WaitsForSignature = "waits_for_signature",
        /// Another program stopped: the first dynamic token ended the company's static ones.
        StaticTokensEnded = "static_tokens_ended",
        /// 401 though everything seems right.
        Unauthorised = "unauthorised",

        // The signature.
        /// The certificate is not registered in the cabinet, or was replaced by a new one.
        CertificateNotRegistered = "certificate_not_registered",
        /// The owner of the certificate is no user of this company.
        SignerNotUser = "signer_not_user",
        /// The certificate has expired.
        CertificateExpired = "certificate_expired",
        /// The signature itself is not accepted.
        SignatureRefused = "signature_refused",
        /// The challenge was too old or used already.
        ChallengeOld = "challenge_old",
        /// 413: the signature carries the document inside.
        AttachedSignature = "attached_signature",
        /// The bytes changed after they were signed («message-digest … does not match»).
        BytesChanged = "bytes_changed",
        /// Nobody and nothing can sign for this connection: no command, no demo key, a command that fails.
        NoSigner = "no_signer",
        /// The power of attorney's ИНН is missing or wrong.
        AttorneyInn = "attorney_inn",

        // The way to the servers.
        /// СУЗ does not answer.
        SuzUnreachable = "suz_unreachable",
        /// True API does not answer.
        TrueApiUnreachable = "true_api_unreachable",
        /// True API is well, but СУЗ did not answer *it* during the login.
        SuzSlowInside = "suz_slow_inside",
        /// Their own error; they ask to repeat in half a minute.
        TheirFault = "their_fault",
        /// Too many calls.
        TooFast = "too_fast",
        /// The address has nothing there: an old version of the API, or a host set wrong by the operator.
        OldApi = "old_api",
        /// The operator's registration key is missing or refused.
        RegistrationKey = "registration_key",
        /// Medicines log in through МДЛП.
        Pharma = "pharma",

        // Orders and codes.
        /// A hundred orders are open or queued.
        TooManyOrders = "too_many_orders",
        /// 0106: the GTIN is not in the registry, its card is not published, or the group is wrong.
        GtinNotReady = "gtin_not_ready",
        /// The order came without a signature and stays in `CREATED`.
        OrderNotSigned = "order_not_signed",
        /// The station does not know an order any more that it had taken.
        OrderGone = "order_gone",
        /// Codes were handed out, but the answer was lost.
        CodesLost = "codes_lost",
        /// More codes came since a closing was asked for: it would take more than was confirmed.
        CodesCame = "codes_came",
        /// There are no blocks to fetch again: first taken in the cabinet, or the order is closed.
        BlocksEmpty = "blocks_empty",
        /// Codes were annulled after their 30, 60 or 90 days.
        CodesAnnulled = "codes_annulled",
        /// A printed code cannot be read: GS or FNC1 was lost.
        GsLost = "gs_lost",

        /// Something that these words do not cover; their own are shown.
        Other = "other",
    }
}

/// Why something failed: the cause in our words' name, theirs verbatim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Ours.
    pub cause: Cause,
    /// The server's words, when it said any.
    pub words: Option<TheirWords>,
    /// The words of the network or of a signing command, when there was no answer.
    pub trouble: Option<String>,
}

impl Why {
    /// A cause that nobody said anything about.
    pub const fn of(cause: Cause) -> Self {
        Self {
            cause,
            words: None,
            trouble: None,
        }
    }
}
