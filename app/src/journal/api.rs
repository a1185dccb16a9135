//! Server functions of the journal.

use crate::wire::JsonAnswer;
use crate::{failure::Failure, guard::Access::Needs};
use desk::{account::Permission::ReadJournal, journal::EntryView};
use leptos::prelude::*;

crate::guarded! {
    ReadEntries: Needs(ReadJournal);
}

/// The newest entries.
#[server(endpoint = "journal/list", output = JsonAnswer)]
pub async fn read_entries() -> Result<Vec<EntryView>, Failure> {
    let (desk, actor) = crate::guard::authorise::<ReadEntries>()?;
    Ok(desk.journal(&actor).await?)
}
