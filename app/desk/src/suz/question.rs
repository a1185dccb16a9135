//! What people ask about OMS ID; the page has the answers.

use super::{Cause, words::words};

words! {
    /// A question.
    Question {
        /// What to do when OMS ID is not in the cabinet.
        CannotFind = "cannot_find",
        /// How long it takes after registration.
        HowLong = "how_long",
        /// What «Invalid OMS ID» means.
        Invalid = "invalid",
        /// What 401 means.
        Unauthorised = "unauthorised",
        /// What to do when СУЗ does not answer.
        Unreachable = "unreachable",
        /// The ids are right, and the login still fails.
        OldDevice = "old_device",
        /// Whether a renewed certificate changes OMS ID.
        RenewedCertificate = "renewed_certificate",
        /// Whether a new director changes it.
        NewDirector = "new_director",
        /// Whether it can be changed.
        Change = "change",
        /// Whether it can be lost.
        Lost = "lost",
        /// Whether it is the id of ЭДО.
        Edo = "edo",
        /// Whether one will do for several computers.
        Computers = "computers",
        /// Whether each product group has its own.
        Groups = "groups",
        /// Whether two companies can have the same.
        Coincide = "coincide",
        /// What to do when changing from one program to another.
        Migration = "migration",
        /// What to do when somebody who knew the ids has left.
        PersonLeft = "person_left",
        /// How to know that everything works.
        Works = "works",
        /// Whether a shop needs it.
        Shop = "shop",
    }
}

impl Question {
    /// The cause that the question is about, where the self-check can find it.
    pub const fn cause(self) -> Option<Cause> {
        match self {
            Self::CannotFind | Self::Lost => Some(Cause::OmsIdNotFound),
            Self::HowLong => Some(Cause::OmsIdLate),
            Self::Invalid => Some(Cause::InvalidOmsId),
            Self::Unauthorised => Some(Cause::Unauthorised),
            Self::Unreachable => Some(Cause::SuzUnreachable),
            Self::OldDevice => Some(Cause::OldDevice),
            Self::RenewedCertificate | Self::NewDirector => Some(Cause::CertificateNotRegistered),
            Self::Edo => Some(Cause::EdoId),
            Self::Groups => Some(Cause::GroupClosed),
            Self::Change
            | Self::Computers
            | Self::Coincide
            | Self::Migration
            | Self::PersonLeft
            | Self::Works
            | Self::Shop => None,
        }
    }
}
