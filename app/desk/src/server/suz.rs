//! СУЗ: connecting legal entities, keeping their tokens, having documents signed, checking that all of it works.
//!
//! | file | what |
//! |---|---|
//! | `link` | a link with everything that its calls need |
//! | `doors`, `login` | tokens: one login among all processes, one repeat after a refusal |
//! | `signing` | the queue of documents that wait for a person |
//! | `holding` | jobs that stand still until a token lives |
//! | `company` | what the servers say of the company |
//! | `checking` | the self-check in levels |
//! | `connecting`, `own_devices` | what people change |
//! | `devices` | devices by the servers' own list |
//! | `emission` | orders of codes |
//! | `receiving` | fetching their codes |
//! | `pages` | what people see |
//! | `groups` | product groups as data, and the form of an order of each |

mod checking;
mod company;
mod connecting;
mod devices;
pub(in crate::server) mod doors;
pub(in crate::server) mod emission;
mod fault;
pub mod groups;
mod holding;
pub(in crate::server) mod link;
mod login;
mod own_devices;
mod pages;
pub(in crate::server) mod receiving;
mod signing;

use super::{
    Desk,
    ports::{
        code_ordering::CodeOrdering,
        signing::Signers,
        storage::{JournalEntry, Transaction},
        suz::Act,
        suz_api::SuzApi,
    },
};
use crate::{
    account::{Actor, Permission},
    journal::Action,
    problem::Problem,
    suz::Contour,
};
use link::Link;
use secrecy::SecretString;
use std::sync::Arc;

pub(in crate::server) use checking::{ended as check_ended, run as run_check};
pub(in crate::server) use company::watch;
pub(in crate::server) use emission::driving::run as drive_emission;
pub use emission::{FormAsk, MOST_TEST_CODES};
pub(in crate::server) use signing::count_waiting;

/// The registration key of CRPT's test contour: printed for everybody («СУЗ-Облако», programmer's guide, 9.2.1), and
/// taken by «песочница Метки» as well.
const TEST_REGISTRATION_KEY: &str = "4344d884-7f21-456c-981e-cd68e92391e8";

/// What СУЗ's use cases stand on.
pub struct Suz {
    /// СУЗ and True API.
    pub api: Arc<dyn SuzApi>,
    /// The station that gives out codes.
    pub ordering: Arc<dyn CodeOrdering>,
    /// Keys on the server.
    pub signers: Arc<dyn Signers>,
    /// The operator's registration key for production, if there is one.
    pub registration_key: Option<SecretString>,
}

impl Suz {
    /// The key by which devices are registered in a contour; without one it is done in the cabinet.
    fn registration_key(&self, contour: Contour) -> Option<SecretString> {
        match contour {
            Contour::Production => self.registration_key.clone(),
            Contour::Test | Contour::Sandbox => Some(TEST_REGISTRATION_KEY.into()),
        }
    }
}

/// Whether the one who asks may do this. The HTTP layer asks too; ids of СУЗ are worth a second lock.
fn permit(actor: &Actor, permission: Permission) -> Result<(), Problem> {
    if actor.role.may(permission) {
        Ok(())
    } else {
        Err(Problem::Forbidden { permission })
    }
}

impl Desk {
    /// A link that the one who asks may manage.
    async fn managed(
        &self,
        actor: &Actor,
        id: crate::ids::SuzConnectionId,
    ) -> Result<Link, Problem> {
        permit(actor, Permission::ManageSuz)?;
        self.suz_link(actor.organisation, id).await
    }

    /// Writes down what somebody did with a link: in the journal, and beside the link.
    async fn note_suz(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        link: &Link,
        action: Action,
        detail: String,
    ) -> Result<(), Problem> {
        let at = self.now();
        let entry = JournalEntry {
            at,
            user: Some(actor.user),
            action,
            subject: link.label(),
            detail,
        };
        tx.write_journal(actor.organisation, &entry).await?;
        let act = Act {
            user: actor.user,
            action,
            at,
        };
        Ok(tx.note_suz_act(actor.organisation, link.id(), &act).await?)
    }
}
