//! Words in which СУЗ tells where an order, a buffer, a pool or a document stands (API v3, 5.3.1); the lists grow.

use crate::foreign_words::foreign_words;

foreign_words! {
    /// `orderStatus`.
    OrderStatus {
        /// Taken, and waits for its signature to be looked at.
        Created = "CREATED",
        /// Waits for ГИС МТ.
        Pending = "PENDING",
        /// ГИС МТ agreed; codes are being made.
        Approved = "APPROVED",
        /// Codes can be fetched.
        Ready = "READY",
        /// Refused, with `declineReason`.
        Declined = "DECLINED",
        /// Nothing more comes.
        Closed = "CLOSED",
        /// Its codes were annulled unfetched; known from the second version of the API.
        Expired = "EXPIRED",
    }

    /// `bufferStatus`: of one GTIN of an order.
    BufferStatus {
        /// Codes are being made.
        Pending = "PENDING",
        /// Codes can be fetched.
        Active = "ACTIVE",
        /// All codes were handed out.
        Exhausted = "EXHAUSTED",
        /// Refused, with `rejectionReason`.
        Rejected = "REJECTED",
        /// Nothing more comes.
        Closed = "CLOSED",
    }

    /// Status of a pool, of which a buffer is filled.
    PoolStatus {
        /// The registrar could not be asked.
        RequestError = "REQUEST_ERROR",
        /// The registrar was asked.
        Requested = "REQUESTED",
        /// Codes are being made.
        InProcess = "IN_PROCESS",
        /// Codes are there.
        Ready = "READY",
        /// Nothing more comes.
        Closed = "CLOSED",
        /// Taken away.
        Deleted = "DELETED",
        /// Refused.
        Rejected = "REJECTED",
    }

    /// What a document that waits for a signature is (`documentType`).
    StuckKind {
        /// An order of codes.
        Order = "ORDER",
        /// A report of utilisation.
        Utilisation = "UTILISATION_REPORT",
        /// A report of aggregation.
        Aggregation = "AGGREGATION_REPORT",
        /// A report of dropout.
        Dropout = "DROPOUT_REPORT",
        /// A posting of surplus.
        Surplus = "SURPLUS_POSTING",
    }

    /// Status of a document that waits for a signature.
    StuckStatus {
        /// Taken unsigned.
        Created = "CREATED",
        /// A draft of the cabinet.
        Draft = "DRAFT",
        /// Being looked at.
        Pending = "PENDING",
    }
}
