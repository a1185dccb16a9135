//! People, their roles, and what each role may do.

use crate::ids::{OrganisationId, UserId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An e-mail address as the name one signs in by: trimmed and lower case, so that two spellings of one address
/// are one person.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct EmailError;

impl Email {
    /// The address itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = EmailError;

    /// Only what cannot be an address is refused: the one real test of an address is a letter to it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let (name, host) = text.rsplit_once('@').ok_or(EmailError)?;
        let plain = |part: &str| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control())
        };
        if text.len() <= 254 && plain(name) && plain(host) && !name.contains('@') {
            Ok(Self(text.to_lowercase()))
        } else {
            Err(EmailError)
        }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Email {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

/// What a person is in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Made the organisation; may everything.
    Owner,
    /// Runs it: keys, people, overruling a warning.
    Admin,
    /// Fills slots and sends.
    Packer,
    /// Looks.
    Viewer,
}

impl Role {
    /// The name kept in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Packer => "packer",
            Self::Viewer => "viewer",
        }
    }

    /// Whether this role includes a permission.
    pub const fn may(self, permission: Permission) -> bool {
        match self {
            Self::Owner | Self::Admin => true,
            Self::Packer => matches!(
                permission,
                Permission::ReadOrders
                    | Permission::FillSlots
                    | Permission::SendCodes
                    | Permission::ReadConnections
                    | Permission::ReadSuz
            ),
            Self::Viewer => matches!(
                permission,
                Permission::ReadOrders | Permission::ReadConnections | Permission::ReadSuz
            ),
        }
    }
}

/// The text names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such role")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Owner, Self::Admin, Self::Packer, Self::Viewer]
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(UnknownRole)
    }
}

/// One thing that somebody may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Permission {
    /// See orders, their codes and what became of them.
    ReadOrders,
    /// Put codes into slots and take them out.
    FillSlots,
    /// Send identifiers to a marketplace.
    SendCodes,
    /// Put a code where Metka says it does not belong.
    Overrule,
    /// See which shops are connected (never a key).
    ReadConnections,
    /// Add, replace and remove marketplace keys, edit legal entities.
    ManageConnections,
    /// See who did what.
    ReadJournal,
    /// Take the stock of codes, tails and all, away as a file.
    ExportCodes,
    /// See whether СУЗ is connected and whether its tokens live (never an id).
    ReadSuz,
    /// Connect СУЗ, see and edit its ids and devices, sign.
    ManageSuz,
    /// Order codes, which may cost money, decide about lost orders, close.
    OrderCodes,
}

/// Who is asking: made from the session alone, never from what a request says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user: UserId,
    /// The organisation the session works in.
    pub organisation: OrganisationId,
    /// What the person is there.
    pub role: Role,
}

/// What the frame of every page shows about who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The person's address.
    pub email: String,
    /// The organisation's name.
    pub organisation: String,
    /// What the person is there.
    pub role: Role,
    /// Orders that wait for codes: the number beside «Заказы».
    pub orders_needing_codes: u32,
    /// Documents that work waits for, as far as this person may sign: the number beside «СУЗ».
    pub suz_waiting: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_however_it_is_typed() {
        assert_eq!(
            " Anna@Example.COM ".parse::<Email>().map(String::from),
            Ok("anna@example.com".to_owned())
        );
        for bad in [
            "",
            "anna",
            "@example.com",
            "anna@",
            "an na@example.com",
            "a@b@c",
        ] {
            assert_eq!(bad.parse::<Email>(), Err(EmailError), "{bad}");
        }
    }

    #[test]
    fn a_viewer_changes_nothing_and_a_packer_manages_no_keys() {
        assert!(!Role::Viewer.may(Permission::FillSlots));
        assert!(!Role::Viewer.may(Permission::SendCodes));
        assert!(Role::Packer.may(Permission::SendCodes));
        assert!(!Role::Packer.may(Permission::ManageConnections));
        assert!(!Role::Packer.may(Permission::Overrule));
        assert!(Role::Owner.may(Permission::ManageConnections));
        assert!(Role::Packer.may(Permission::ReadSuz));
        assert!(!Role::Packer.may(Permission::ManageSuz));
        assert!(!Role::Viewer.may(Permission::ManageSuz));
    }

    #[test]
    fn every_role_is_read_back_from_its_name() {
        for role in [Role::Owner, Role::Admin, Role::Packer, Role::Viewer] {
            assert_eq!(role.as_str().parse::<Role>(), Ok(role));
        }
    }
}
