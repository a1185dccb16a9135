//! СУЗ, the station that gives out marking codes: what a legal entity's link to it is, what people see of it, and the
//! rules that need no network.
//!
//! СУЗ knows a company by its [`OmsId`] and each program of the company by a «device», whose [`ConnectionId`] is what a
//! login names. The two look alike, and most of what goes wrong is one standing where the other is meant:
//! [`paste`] cleans what people bring and names the mistake, [`check`] finds it when the ids look right,
//! [`cause`] says what an answer of the servers means.

pub mod cause;
pub mod certificate;
pub mod check;
pub mod contour;
pub mod device;
pub mod document;
pub mod emission;
pub mod group;
pub mod group_form;
pub mod ids;
pub mod need;
pub mod new_emission;
pub mod paste;
pub mod question;
pub mod receiving;
pub mod token;
pub mod view;
pub(crate) mod words;

pub use cause::{Cause, Why};
pub use certificate::{Certificate, CertificateWarning, SigningWay};
pub use check::{CheckLevel, CheckReport, CheckStep, Step, StepOutcome};
pub use contour::{Contour, Country, Service};
pub use device::{DeviceState, DeviceView};
pub use document::{DocumentPurpose, SignatureKind};
pub use group::{Balance, Group, GroupState, ProfileStatus, SuzProfile};
pub use group_form::{CisType, GroupForm, PaymentType, ReleaseMethod};
pub use ids::{ConnectionId, MaskedId, OmsId};
pub use need::{Doing, Need};
pub use new_emission::{EmissionDraft, EmissionFault, NewEmission};
pub use token::{TokenKind, TokenState};
pub use words::UnknownWord;
