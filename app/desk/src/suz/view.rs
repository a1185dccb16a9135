//! What the pages of СУЗ are drawn from, and what they ask for.

use super::{
    Balance, Certificate, CertificateWarning, Contour, DeviceView, Group, MaskedId, ProfileStatus,
    SigningWay, TokenState, Why,
    check::CheckView,
    device::ListedDevice,
    document::WaitingDocument,
    paste::{PastedIds, ReadIds},
};
use crate::{
    ids::{DeviceId, LegalEntityId, SuzConnectionId},
    legal_entity::LegalEntity,
    time::When,
};
use serde::{Deserialize, Serialize};

/// One connection in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuzCard {
    /// Ours.
    pub id: SuzConnectionId,
    /// Whose.
    pub legal_entity: LegalEntity,
    /// Where.
    pub contour: Contour,
    /// The active device's name.
    pub device: Option<String>,
    /// How it signs.
    pub way: SigningWay,
    /// The client token of the active device.
    pub token: TokenState,
    /// Documents that wait for a signature.
    pub waiting: u32,
    /// The last check.
    pub check: Option<CheckView>,
    /// Whether the first login was made, so that the question about static tokens is behind.
    pub logged_in: bool,
}

/// The page of all connections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuzPage {
    /// All of them.
    pub connections: Vec<SuzCard>,
    /// Whom a connection can be made for.
    pub choice: ConnectChoice,
    /// What asks for a signature anywhere.
    pub attention: Attention,
    /// Whether the person may change anything.
    pub may_manage: bool,
}

/// What a new connection can be made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectChoice {
    /// The organisation's legal entities.
    pub legal_entities: Vec<LegalEntity>,
    /// The contours on offer; «песочница Метки» only while it runs.
    pub contours: Vec<Contour>,
    /// The ways to sign on offer, by contour.
    pub ways: Vec<(Contour, Vec<SigningWay>)>,
}

/// What asks for a person on every page of СУЗ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention {
    /// Documents that work waits for.
    pub waiting: u32,
    /// The earliest end of a token that only a person can renew, when it is near.
    pub soon: Option<When>,
}

/// What СУЗ and True API said of the company, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileView {
    /// The company's state.
    pub status: ProfileStatus,
    /// Its product groups.
    pub groups: Vec<Group>,
    /// Their money; empty when it could not be read.
    pub balances: Vec<Balance>,
    /// When it was read.
    pub at: When,
}

/// Somebody looked at the whole ids, or changed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookView {
    /// When.
    pub at: When,
    /// Who, by address.
    pub who: String,
    /// What they did.
    pub action: crate::journal::Action,
}

/// One connection's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four answers that have nothing to do with one another"
)]
pub struct SuzConnectionView {
    /// Ours.
    pub id: SuzConnectionId,
    /// Whose.
    pub legal_entity: LegalEntity,
    /// Where.
    pub contour: Contour,
    /// OMS ID, once it is known.
    pub oms_id: Option<MaskedId>,
    /// It was told by the profile, not typed.
    pub oms_id_told: bool,
    /// ЭДО id, which is no part of the connection and kept beside it.
    pub edo_id: Option<String>,
    /// Devices, the active one first.
    pub devices: Vec<DeviceView>,
    /// Whether the operator has set a registration key, so that devices can be read, made and deleted from here.
    pub registers: bool,
    /// What the company is for СУЗ.
    pub profile: Option<ProfileView>,
    /// Bearer of True API.
    pub true_api: TokenState,
    /// Why the last login of the active device or to True API was refused, while no later one was taken.
    pub refused: Option<Why>,
    /// How it signs.
    pub way: SigningWay,
    /// The ways on offer.
    pub ways: Vec<SigningWay>,
    /// The certificate that signs or signed last.
    pub certificate: Option<Certificate>,
    /// What is to be said of it.
    pub warnings: Vec<CertificateWarning>,
    /// Somebody confirmed that static tokens of other programs will end, so that logins may be made.
    pub static_tokens_accepted: bool,
    /// The last check.
    pub check: Option<CheckView>,
    /// Documents of this connection that wait for a signature.
    pub waiting: Vec<WaitingDocument>,
    /// Who looked at the ids; only for those who may manage.
    pub looks: Vec<LookView>,
    /// What asks for a signature anywhere.
    pub attention: Attention,
    /// Whether the person may change anything and see the ids.
    pub may_manage: bool,
}

/// The whole ids, after an explicit look that the journal has.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownIds {
    /// OMS ID.
    pub oms_id: Option<String>,
    /// Connection ids by device.
    pub devices: Vec<(DeviceId, String)>,
}

/// A new connection, as the form has it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectSuz {
    /// For whom.
    pub legal_entity: LegalEntityId,
    /// Where.
    pub contour: Contour,
    /// The pasted ids.
    pub ids: PastedIds,
    /// The first device's name.
    pub device_name: String,
    /// How it will sign.
    pub way: SigningWay,
}

/// What became of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectAnswer {
    /// Connected.
    Connected(SuzConnectionId),
    /// This legal entity has a connection in this contour.
    Already(SuzConnectionId),
    /// Something in the fields is wrong.
    Wrong(ReadIds),
}

/// What became of an id that was pasted into a connection that exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasteAnswer {
    /// Taken.
    Done,
    /// Something in the fields is wrong.
    Wrong(ReadIds),
}

/// What the servers said about devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DevicesAnswer {
    /// Their list.
    Listed(Vec<ListedDevice>),
    /// Done.
    Done,
    /// It goes on after a signature: a document was put into the queue.
    WaitsForSignature,
    /// They said no.
    Failed(Why),
}

/// The one-page passport of the integration, for printing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passport {
    /// The connection.
    pub connection: SuzConnectionView,
    /// Who may see and change the ids, by address.
    pub people: Vec<String>,
    /// When this page was made.
    pub made: When,
}
