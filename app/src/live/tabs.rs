//! The listeners of this tab, and the channel by which tabs tell each other.

use super::News;
use desk::live::Change;
use leptos::prelude::set_timeout;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

type Listener = Rc<dyn Fn(News)>;

/// The channel's name.
const CHANNEL: &str = "metka-live";

/// The message that stands for [`News::Missed`]; the others are changes in JSON.
const MISSED: &str = "missed";

thread_local! {
    static LISTENERS: RefCell<(u64, Vec<(u64, Listener)>)> = const { RefCell::new((0, Vec::new())) };
    /// Whether any news were told in this document.
    static TOLD: Cell<bool> = const { Cell::new(false) };
    static OTHERS: Option<BroadcastChannel> = open();
}

/// Adds a listener; the number is for [`forget`]. One that shows what the server drew with the document hears that it may
/// have missed something, where news were told since: not at once, for its page is being made.
pub(super) fn listen(heard: impl Fn(News) + 'static, drawn_by_server: bool) -> u64 {
    let id = LISTENERS.with_borrow_mut(|(last, listeners)| {
        *last += 1;
        listeners.push((*last, Rc::new(heard)));
        *last
    });
    if drawn_by_server && TOLD.get() {
        set_timeout(move || tell_one(id), Duration::ZERO);
    }
    id
}

fn tell_one(id: u64) {
    let listener = LISTENERS.with_borrow(|(_, listeners)| {
        let found = listeners.iter().find(|(known, _)| *known == id);
        found.map(|(_, heard)| Rc::clone(heard))
    });
    if let Some(heard) = listener {
        heard(News::Missed);
    }
}

/// Removes a listener.
pub(super) fn forget(id: u64) {
    LISTENERS.with_borrow_mut(|(_, listeners)| listeners.retain(|(known, _)| *known != id));
}

/// Tells this tab. The list is copied first: a listener may add or remove listeners.
pub(super) fn tell_here(news: News) {
    TOLD.set(true);
    let listeners: Vec<Listener> = LISTENERS.with_borrow(|(_, listeners)| {
        listeners
            .iter()
            .map(|(_, heard)| Rc::clone(heard))
            .collect()
    });
    for heard in listeners {
        heard(news);
    }
}

/// Tells this tab and the others.
pub(super) fn tell_all(text: &str) {
    if let Some(news) = read(text) {
        tell_here(news);
        // A channel that cannot carry a short string is no channel; the other tabs then ask when they are opened.
        let _told = OTHERS.with(|channel| {
            channel
                .as_ref()
                .map(|channel| channel.post_message(&JsValue::from_str(text)))
        });
    }
}

/// Tells everybody that something may have been missed.
pub(super) fn tell_all_missed() {
    tell_all(MISSED);
}

/// Begins to hear the other tabs. Doing it again changes nothing.
pub(super) fn join() {
    OTHERS.with(|_| ());
}

fn read(text: &str) -> Option<News> {
    if text == MISSED {
        return Some(News::Missed);
    }
    // A word from a newer server is no news to this page.
    serde_json::from_str::<Change>(text).ok().map(News::Changed)
}

fn open() -> Option<BroadcastChannel> {
    let channel = BroadcastChannel::new(CHANNEL).ok()?;
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(news) = event.data().as_string().as_deref().and_then(read) {
            tell_here(news);
        }
    });
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // The channel lives as long as the tab.
    heard.forget();
    Some(channel)
}
