//! News from the server: one event stream for all tabs of a browser, told to whoever shows what changed.
//!
//! News carry no data; who hears of a change asks for what it shows. On the server there is nothing to hear.

#[cfg(feature = "hydrate")]
mod stream;
#[cfg(feature = "hydrate")]
mod tabs;

use desk::{
    ids::{BatchId, EmissionId, OrderId, SuzConnectionId},
    live::Change,
};
use leptos::prelude::*;
use std::time::Duration;

/// News come in crowds while orders are being read; who asks the server again asks once for all within this time.
const GATHERING: Duration = Duration::from_millis(400);

/// Something that an open page may have to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "only a browser hears news")
)]
pub(crate) enum News {
    /// Something changed.
    Changed(Change),
    /// The stream was away for a while: anything may have changed.
    Missed,
}

impl News {
    /// Whether a page that shows this order should ask again.
    pub(crate) fn concerns_order(self, wanted: OrderId) -> bool {
        match self {
            Self::Changed(Change::Order { order }) => order == wanted,
            Self::Changed(_) => false,
            Self::Missed => true,
        }
    }

    /// Whether a page that shows a list of orders, or a count of them, should ask again.
    pub(crate) fn concerns_list(self) -> bool {
        !matches!(
            self,
            Self::Changed(
                Change::Connection { .. }
                    | Change::Batch { .. }
                    | Change::Suz { .. }
                    | Change::Emission { .. }
            )
        )
    }

    /// Whether a page that shows the list of batches should ask again.
    pub(crate) fn concerns_batches(self) -> bool {
        matches!(self, Self::Missed | Self::Changed(Change::Batch { .. }))
    }

    /// Whether a page that shows a batch should ask again: for the batch, or an order that may be in it.
    pub(crate) fn concerns_batch(self, wanted: Option<BatchId>) -> bool {
        match self {
            Self::Changed(Change::Batch { batch }) => Some(batch) == wanted,
            Self::Changed(
                Change::Connection { .. } | Change::Suz { .. } | Change::Emission { .. },
            ) => false,
            Self::Changed(Change::Order { .. } | Change::Orders) | Self::Missed => true,
        }
    }

    /// Whether a page of СУЗ should ask again: one of this link, or of all of them.
    pub(crate) fn concerns_suz(self, wanted: Option<SuzConnectionId>) -> bool {
        match self {
            Self::Changed(Change::Suz { connection }) => wanted.is_none_or(|id| id == connection),
            Self::Changed(_) => false,
            Self::Missed => true,
        }
    }

    /// Whether a page of orders of codes should ask again: one of this order, or of all of them.
    pub(crate) fn concerns_emission(self, wanted: Option<EmissionId>) -> bool {
        match self {
            Self::Changed(Change::Emission { emission }) => wanted.is_none_or(|id| id == emission),
            Self::Changed(_) => false,
            Self::Missed => true,
        }
    }

    /// Whether a page that shows connections or how reading orders goes should ask again.
    pub(crate) fn concerns_connections(self) -> bool {
        matches!(
            self,
            Self::Missed | Self::Changed(Change::Connection { .. })
        )
    }
}

/// Calls `heard` with all news until the component that asked is gone. Where a page that the server drew begins to listen
/// later than others (its code came later), it is told that it may have missed something.
#[cfg(feature = "hydrate")]
pub(crate) fn on_change(heard: impl Fn(News) + 'static) {
    let drawn_by_server =
        Owner::current_shared_context().is_some_and(|context| context.during_hydration());
    let id = tabs::listen(heard, drawn_by_server);
    on_cleanup(move || tabs::forget(id));
}

/// Calls `heard` with all news until the component that asked is gone.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn on_change(heard: impl Fn(News) + 'static) {
    drop(heard);
}

/// Calls `ask` once for all news that concern it and come within [`GATHERING`], until the component that asked is gone.
pub(crate) fn on_crowd(concerns: impl Fn(News) -> bool + 'static, ask: impl Fn() + Copy + 'static) {
    let gathering = StoredValue::new(false);
    on_change(move |news| {
        if concerns(news) && gathering.try_get_value() == Some(false) {
            gathering.set_value(true);
            set_timeout(
                move || {
                    // The page may be gone by then.
                    if gathering.try_set_value(false).is_none() {
                        ask();
                    }
                },
                GATHERING,
            );
        }
    });
}

/// Listens to the server while `wanted` holds, that is while somebody is signed in.
#[cfg(feature = "hydrate")]
pub(crate) fn follow(wanted: Signal<bool>) {
    let wanted = Memo::new(move |_| wanted.get());
    Effect::new(move |_| {
        if wanted.get() {
            stream::start();
        } else {
            stream::stop();
        }
    });
}

/// Listens to the server while `wanted` holds, that is while somebody is signed in.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn follow(_wanted: Signal<bool>) {}
