//! Telling other processes on the same PostgreSQL that something changed. SQLite has one process and needs none.

use crate::{
    statement::{database, sql},
    store::{Dialect, Store},
};
use desk::{
    ids::OrganisationId,
    server::ports::{events::Change, storage::StoreError},
};
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgListener;
use std::time::Duration;
use tokio::sync::mpsc;

const CHANNEL: &str = "metka_changes";

/// Changes that may wait for their reader before the database's own queue takes the rest.
const WAITING_CHANGES: usize = 256;

/// How long to wait before PostgreSQL is tried again.
const RECONNECT_PAUSE: Duration = Duration::from_secs(1);

/// A notification's payload. PostgreSQL takes up to 8000 bytes; this is some 200.
#[derive(Serialize, Deserialize)]
struct Told {
    from: u64,
    organisation: OrganisationId,
    change: Change,
}

impl Store {
    /// Tells the other processes of a change. To be called after the commit that made it; on SQLite it does
    /// nothing.
    pub async fn notify(
        &self,
        organisation: OrganisationId,
        change: &Change,
    ) -> Result<(), StoreError> {
        match self.dialect {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres => {
                let told = Told {
                    from: self.instance,
                    organisation,
                    change: *change,
                };
                let mut connection = self.writers.acquire().await.map_err(database)?;
                sql("SELECT pg_notify($1, $2)")
                    .bind(CHANNEL)
                    .bind(&crate::statement::json(&told)?)
                    .run(&mut connection)
                    .await
                    .map_err(database)?;
                Ok(())
            }
        }
    }

    /// Changes that other processes tell, from this moment on; none on SQLite.
    ///
    /// A lost connection is made anew in the background. What was told meanwhile is lost, which costs a page some
    /// delay and nothing else ([`Change`] carries no data). It ends when the receiver is dropped.
    pub async fn listen(
        &self,
    ) -> Result<Option<mpsc::Receiver<(OrganisationId, Change)>>, StoreError> {
        match self.dialect {
            Dialect::Sqlite => Ok(None),
            Dialect::Postgres => {
                let listener = connect(&self.url).await.map_err(database)?;
                let (sender, receiver) = mpsc::channel(WAITING_CHANGES);
                tokio::spawn(pass_on(listener, self.clone(), sender));
                Ok(Some(receiver))
            }
        }
    }
}

async fn connect(url: &str) -> sqlx::Result<PgListener> {
    let mut listener = PgListener::connect(url).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// Passes changes on until nobody wants them.
async fn pass_on(
    mut listener: PgListener,
    store: Store,
    sender: mpsc::Sender<(OrganisationId, Change)>,
) {
    loop {
        let heard = tokio::select! {
            () = sender.closed() => return,
            heard = listener.recv() => heard,
        };
        match heard {
            Ok(notification) => match serde_json::from_str::<Told>(notification.payload()) {
                Ok(told) if told.from == store.instance => {}
                Ok(told) => {
                    if sender.send((told.organisation, told.change)).await.is_err() {
                        return;
                    }
                }
                // A newer process may tell what this one does not know.
                Err(error) => tracing::debug!(%error, "a notification that is not understood"),
            },
            Err(error) => {
                tracing::warn!(%error, "notifications of other processes are interrupted");
                match reconnect(&store, &sender).await {
                    Some(fresh) => listener = fresh,
                    None => return,
                }
            }
        }
    }
}

/// A fresh listener, however long it takes; none when nobody wants it any more.
async fn reconnect(
    store: &Store,
    sender: &mpsc::Sender<(OrganisationId, Change)>,
) -> Option<PgListener> {
    loop {
        tokio::select! {
            () = sender.closed() => return None,
            () = tokio::time::sleep(RECONNECT_PAUSE) => {}
        }
        match connect(&store.url).await {
            Ok(listener) => return Some(listener),
            Err(error) => tracing::debug!(%error, "PostgreSQL is not there yet"),
        }
    }
}
