//! Reading the journal.

use super::{Desk, when::when};
use crate::{account::Actor, journal::EntryView, problem::Problem};

/// Entries on the page.
const SHOWN: u32 = 200;

impl Desk {
    /// The newest entries of the organisation.
    pub async fn journal(&self, actor: &Actor) -> Result<Vec<EntryView>, Problem> {
        let now = self.now();
        let entries = self
            .read()
            .await?
            .journal(actor.organisation, SHOWN)
            .await?;
        Ok(entries
            .into_iter()
            .map(|(entry, email)| EntryView {
                at: when(entry.at, now, true),
                who: email.map(String::from),
                action: entry.action,
                subject: entry.subject,
                detail: entry.detail,
            })
            .collect())
    }
}
