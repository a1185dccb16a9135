//! How many calls may run at once for one account.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Calls at a time per account. The Market counts 4, its older pages said 2, and another process or program may
/// be using the same key.
const AT_A_TIME: usize = 3;

/// Places for calls, counted per account.
#[derive(Default)]
pub(crate) struct Places {
    accounts: Mutex<HashMap<String, Arc<Semaphore>>>,
}

impl Places {
    /// Waits for a place; dropping what is returned gives it back. `None` cannot happen while no semaphore is
    /// closed, and none ever is.
    pub(crate) async fn take(&self, account: &str) -> Option<OwnedSemaphorePermit> {
        self.of(account).acquire_owned().await.ok()
    }

    fn of(&self, account: &str) -> Arc<Semaphore> {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = accounts.get(account) {
            return Arc::clone(known);
        }
        let new = Arc::new(Semaphore::new(AT_A_TIME));
        accounts.insert(account.to_owned(), Arc::clone(&new));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        future::Future,
        pin::pin,
        task::{Context, Poll, Waker},
    };

    fn taken(places: &Places, account: &str) -> Option<OwnedSemaphorePermit> {
        match pin!(places.take(account)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(place) => place,
            Poll::Pending => None,
        }
    }

    #[test]
    fn a_fourth_call_waits_and_another_account_does_not() {
        let places = Places::default();
        let mut held: Vec<_> = (0..3)
            .map(|_| taken(&places, "campaign:1").unwrap())
            .collect();
        assert!(taken(&places, "campaign:1").is_none());
        assert!(taken(&places, "campaign:2").is_some());
        held.pop();
        assert!(taken(&places, "campaign:1").is_some());
    }
}
