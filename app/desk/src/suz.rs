//! СУЗ, the station that gives out marking codes: what a legal entity's link to it is, what people see of it, and the
//! rules that need no network.

pub mod certificate;
pub mod contour;
pub mod document;
pub mod group;
pub mod ids;

pub use certificate::{Certificate, CertificateWarning, SigningWay};
pub use contour::{Contour, Country, Service};
pub use document::SignatureKind;
pub use group::{Balance, ProfileStatus, SuzProfile};
pub use ids::{ConnectionId, MaskedId, OmsId};
