//! Честный ЗНАК: True API, which signs in, and СУЗ API v3 with the registration of connections, as this sandbox reads their documents.
//!
//! Read were «СУЗ-Облако 4.0. Руководство программиста», API 3.0.36, «Описание True API», v676, and «Инструкция по получению динамического клиентского
//! токена», v16, all of spring 2026.

mod balance;
pub mod cms;
mod controls;
pub mod demo;
pub mod emission;
mod front;
mod headers;
pub mod ids;
mod login;
mod new_participant;
pub mod participant;
pub mod product_groups;
mod refusal;
mod registration;
mod route;
pub mod settings;
mod signatures;
mod station;
mod tokens;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::dice::Dice;
use emission::Emission;
use ids::Inn;
use participant::Participant;
use settings::Settings;

pub use new_participant::{NewDevice, NewParticipant, ParticipantChange};
pub use route::{REGISTRATION_HOST, SUZ_HOST, TRUE_API_HOST};
pub use signatures::{BodyCheck, SignatureRecord};

pub(crate) use emission::codes::CodesBody;
pub(crate) use front::{
    Reply, answer, bare, coded, document, examined, host, is_order, signed_document, suz_timed_out,
    trouble,
};
pub(crate) use signatures::{SignatureBook, check_body};

/// Everything Честный ЗНАК remembers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Crpt {
    /// The participants.
    pub participants: Vec<Participant>,
    /// The registration keys of programs.
    #[serde(default)]
    pub registration_keys: Vec<String>,
    /// How the services feel today.
    #[serde(default)]
    pub settings: Settings,
    /// Orders of codes and what became of them.
    #[serde(default)]
    pub emission: Emission,
    #[serde(default)]
    challenges: Vec<Challenge>,
    #[serde(default)]
    last_id: i64,
}

/// Data that waits for its signature.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Challenge {
    uuid: String,
    data: String,
    until_ms: i64,
}

/// A change of Честный ЗНАК's world that cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CrptError {
    /// There is no such participant.
    #[error("there is no participant {0}")]
    NoParticipant(Inn),
    /// The participant has no such living device.
    #[error("the participant {0} has no living device {1}")]
    NoDevice(Inn, String),
    /// The participant has no such certificate.
    #[error("the participant {0} has no certificate {1}")]
    NoCertificate(Inn, String),
    /// The name or number is taken.
    #[error("{0} is already taken")]
    Taken(String),
    /// There is no such order of codes.
    #[error("there is no order of codes {0}")]
    NoOrder(String),
    /// It cannot look like this.
    #[error("{0}")]
    Impossible(String),
}

impl Crpt {
    /// The participant of this ИНН.
    pub fn participant(&self, inn: &Inn) -> Option<&Participant> {
        self.participants.iter().find(|known| known.inn == *inn)
    }

    fn participant_mut(&mut self, inn: &Inn) -> Result<&mut Participant, CrptError> {
        self.participants
            .iter_mut()
            .find(|known| known.inn == *inn)
            .ok_or_else(|| CrptError::NoParticipant(inn.clone()))
    }

    /// Whether nothing has ever happened here: so a world looks that was written before this service joined it.
    pub(crate) fn is_untouched(&self) -> bool {
        self.participants.is_empty() && self.last_id == 0
    }

    /// Dice for something new. The time is a part of the seed, so that a world begun anew does not repeat the tokens of the former.
    fn dice(&mut self, now_ms: i64) -> Dice {
        self.last_id += 1;
        Dice::new(&[self.last_id, now_ms])
    }
}
