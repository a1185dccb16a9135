//! How often notifications may come, counted in memory: a process that restarts forgives.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The limits of the addresses for notifications.
pub(crate) struct Limits {
    /// Requests to addresses that nobody has, by where they come from.
    pub(crate) strangers: Window,
    /// Notifications, by whose they are.
    pub(crate) listeners: Window,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            strangers: Window::new(60),
            listeners: Window::new(1200),
        }
    }
}

/// The length of a window.
const LENGTH: Duration = Duration::from_mins(1);
/// Counters that are kept before those of past windows are swept away.
const MOST_KEPT: usize = 10_000;

/// At most so many within a minute.
pub(crate) struct Window {
    most: u32,
    counted: Mutex<HashMap<String, (Instant, u32)>>,
}

impl Window {
    fn new(most: u32) -> Self {
        Self {
            most,
            counted: Mutex::default(),
        }
    }

    /// Whether there is room for one more, without taking it.
    pub(crate) fn may(&self, key: &str, now: Instant) -> bool {
        let counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        counted
            .get(key)
            .is_none_or(|(began, count)| *count < self.most || now >= *began + LENGTH)
    }

    /// Counts one.
    pub(crate) fn count(&self, key: &str, now: Instant) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() >= MOST_KEPT {
            counted.retain(|_, (began, _)| now < *began + LENGTH);
        }
        let (began, count) = counted.entry(key.to_owned()).or_insert((now, 0));
        if now >= *began + LENGTH {
            (*began, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
    }

    /// Counts one if there is room for it; whether there was.
    pub(crate) fn take(&self, key: &str, now: Instant) -> bool {
        let room = self.may(key, now);
        if room {
            self.count(key, now);
        }
        room
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_fills_and_opens_again() {
        let window = Window::new(2);
        let now = Instant::now();
        assert!(window.take("a", now) && window.take("a", now));
        assert!(!window.take("a", now));
        assert!(window.take("b", now), "each has a window of its own");
        let nearly = LENGTH.checked_sub(Duration::from_millis(1)).unwrap();
        assert!(!window.may("a", now + nearly));
        assert!(window.take("a", now + LENGTH));
    }

    #[test]
    fn counters_of_the_past_do_not_pile_up() {
        let window = Window::new(2);
        let now = Instant::now();
        for n in 0..MOST_KEPT {
            window.count(&n.to_string(), now);
        }
        window.count("one more", now + LENGTH);
        assert_eq!(window.counted.lock().unwrap().len(), 1);
    }
}
