//! The event stream, held by one tab of the browser at a time.
//!
//! The tab that holds a [Web Lock](https://developer.mozilla.org/en-US/docs/Web/API/Web_Locks_API) listens for all;
//! when it is closed, the browser gives the lock to the next. A browser without locks gives each tab its own stream.

use super::{News, tabs};
use futures::{
    FutureExt, StreamExt,
    channel::oneshot,
    future::{Either, select},
    stream,
};
use gloo_net::eventsource::futures::EventSource;
use js_sys::{Function, Promise, Reflect};
use leptos::{prelude::set_timeout, task::spawn_local};
use std::{cell::RefCell, pin::pin, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Where the server tells.
const EVENTS: &str = "/events";

/// The lock's name.
const LOCK: &str = "metka-live";

/// The first pause after the stream was refused; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

thread_local! {
    /// Ends what was started, when it is dropped.
    static RUNNING: RefCell<Option<oneshot::Sender<()>>> = const { RefCell::new(None) };
}

/// Begins to listen. What changed since the page was drawn is asked for now, for another tab may hold the stream; the tab
/// that opens it asks again then, because nobody listened in between.
pub(super) fn start() {
    let (running, ended) = oneshot::channel();
    RUNNING.with_borrow_mut(|slot| *slot = Some(running));
    tabs::join();
    tabs::tell_here(News::Missed);
    let ended = ended
        .map((|_| ()) as fn(Result<(), oneshot::Canceled>))
        .shared();
    if hold_lock(ended.clone()).is_none() {
        spawn_local(listen(ended));
    }
}

/// Stops listening, and lets another tab listen.
pub(super) fn stop() {
    RUNNING.with_borrow_mut(Option::take);
}

type Ended = futures::future::Shared<
    futures::future::Map<oneshot::Receiver<()>, fn(Result<(), oneshot::Canceled>)>,
>;

/// Asks for the lock; once it is there, listens until the end. Nothing when the browser has no locks.
fn hold_lock(ended: Ended) -> Option<()> {
    let navigator = JsValue::from(leptos::prelude::window().navigator());
    let locks = Reflect::get(&navigator, &"locks".into())
        .ok()
        .filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let granted = Closure::once_into_js(move |_lock: JsValue| {
        Promise::new(&mut |release, _| {
            let ended = ended.clone();
            spawn_local(async move {
                listen(ended).await;
                // The lock is let go by the promise; a function that cannot be called has nobody to tell.
                let _released = release.call0(&JsValue::UNDEFINED);
            });
        })
    });
    request.call2(&locks, &LOCK.into(), &granted).ok().map(drop)
}

/// Listens until the end, however often the stream breaks.
async fn listen(ended: Ended) {
    let mut pause = FIRST_PAUSE;
    while ended.peek().is_none() {
        let heard = read_stream(ended.clone()).await;
        pause = if heard {
            FIRST_PAUSE
        } else {
            (pause * 2).min(LONGEST_PAUSE)
        };
        select(ended.clone(), pin!(wait(pause))).await;
    }
}

/// Reads one stream to its end; whether it was ever open. The browser mends a broken stream by itself, and every opening
/// means that something may have been missed before it.
async fn read_stream(ended: Ended) -> bool {
    let mut opened = false;
    let Ok(mut source) = EventSource::new(EVENTS) else {
        return false;
    };
    let (Ok(openings), Ok(messages)) = (source.subscribe("open"), source.subscribe("message"))
    else {
        return false;
    };
    let mut events = stream::select(openings, messages);
    loop {
        match select(ended.clone(), events.next()).await {
            Either::Right((Some(Ok((kind, event))), _)) => {
                if kind == "open" {
                    tabs::tell_all_missed();
                    opened = true;
                } else if let Some(text) = event.data().as_string() {
                    tabs::tell_all(&text);
                }
            }
            Either::Left(_) | Either::Right(_) => return opened,
        }
    }
}

async fn wait(pause: Duration) {
    let (done, over) = oneshot::channel::<()>();
    set_timeout(move || drop(done), pause);
    // Dropping the sender is the signal.
    let _over = over.await;
}
