//! Changes on their way to open pages: a hub in the process, joined with the other processes by the database.

use app::guard::{Access, Caller};
use axum::{
    Extension,
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use desk::{account::Permission, ids::OrganisationId, live::Change, server::ports::events::Events};
use futures::StreamExt as _;
use http::StatusCode;
use std::{convert::Infallible, time::Duration};
use tokio::sync::{broadcast, mpsc};
use tokio_stream::wrappers::BroadcastStream;

/// Changes that a slow page may fall behind by before it is told to look at everything.
const BACKLOG: usize = 256;

/// The hub.
#[derive(Clone)]
pub(crate) struct Hub {
    local: broadcast::Sender<(OrganisationId, Change)>,
    others: Option<mpsc::UnboundedSender<(OrganisationId, Change)>>,
}

impl Hub {
    /// A hub; with a shared database it also tells the other processes, and hears them.
    pub(crate) async fn new(
        store: &store::Store,
    ) -> Result<Self, desk::server::ports::storage::StoreError> {
        let (local, _) = broadcast::channel(BACKLOG);
        let Some(mut heard) = store.listen().await? else {
            return Ok(Self {
                local,
                others: None,
            });
        };
        let (others, mut to_tell) = mpsc::unbounded_channel::<(OrganisationId, Change)>();
        let (store, hub) = (store.clone(), local.clone());
        tokio::spawn(async move {
            while let Some((organisation, change)) = to_tell.recv().await {
                if let Err(error) = store.notify(organisation, &change).await {
                    tracing::warn!(%error, "other processes were not told of a change");
                }
            }
        });
        tokio::spawn(async move {
            while let Some(told) = heard.recv().await {
                // Nobody watches: nothing to do.
                let _ = hub.send(told);
            }
        });
        Ok(Self {
            local,
            others: Some(others),
        })
    }
}

impl Events for Hub {
    fn tell(&self, organisation: OrganisationId, change: Change) {
        // Nobody watches: nothing to do.
        let _ = self.local.send((organisation, change));
        if let Some(others) = &self.others
            && others.send((organisation, change)).is_err()
        {
            tracing::warn!("the channel to other processes is closed");
        }
    }
}

/// `GET /events`: the changes of the caller's organisation as server-sent events, each a JSON `Change`.
pub(crate) async fn stream(
    State(hub): State<Hub>,
    Extension(caller): Extension<Caller>,
) -> Response {
    let Ok(Some(actor)) = caller.may(Access::Needs(Permission::ReadOrders)) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let changes = BroadcastStream::new(hub.local.subscribe()).filter_map(move |told| {
        let change = match told {
            Ok((organisation, change)) if organisation == actor.organisation => Some(change),
            Ok(_) => None,
            // The page fell behind: it looks at everything once.
            Err(_) => Some(Change::Orders),
        };
        let event = change.and_then(|change| Event::default().json_data(change).ok());
        async move { event.map(Ok::<_, Infallible>) }
    });
    let hello = futures::stream::once(async { Ok(Event::default().comment("metka")) });
    Sse::new(hello.chain(changes))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
        .into_response()
}
