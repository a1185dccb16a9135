//! How many calls may run at once for one account, and who is next.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;

/// Calls at a time per account. The Market counts 4, its older pages said 2, and another process or program may
/// be using the same key.
const AT_A_TIME: usize = 3;

/// Places for calls, counted per account.
///
/// A free place goes to the resource with the fewest calls running, and among those to whoever waits longest. So
/// a hundred slow labels in a row hold up a status for the time of one label, and one resource alone has all
/// places.
#[derive(Default)]
pub(crate) struct Places {
    accounts: Mutex<HashMap<String, Arc<Account>>>,
}

/// The places of one account.
#[derive(Default)]
struct Account(Mutex<Queue>);

#[derive(Default)]
struct Queue {
    /// The resources of the calls that run now.
    running: Vec<&'static str>,
    /// Who waits, longest first.
    waiting: VecDeque<Waiting>,
}

struct Waiting {
    resource: &'static str,
    turn: oneshot::Sender<Place>,
}

/// One place; dropping it gives it back.
pub(crate) struct Place {
    account: Arc<Account>,
    resource: &'static str,
}

impl Places {
    /// Waits for a place. `None` cannot happen: whoever waits is in the queue until the turn comes.
    pub(crate) async fn take(&self, account: &str, resource: &'static str) -> Option<Place> {
        let account = self.of(account);
        let (turn, mine) = oneshot::channel();
        account
            .queue()
            .waiting
            .push_back(Waiting { resource, turn });
        account.seat();
        mine.await.ok()
    }

    fn of(&self, account: &str) -> Arc<Account> {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = accounts.get(account) {
            return Arc::clone(known);
        }
        let new = Arc::<Account>::default();
        accounts.insert(account.to_owned(), Arc::clone(&new));
        new
    }
}

impl Account {
    /// Gives free places to those who wait.
    fn seat(self: &Arc<Self>) {
        loop {
            let mut queue = self.queue();
            let Some(next) = queue.next() else { return };
            queue.running.push(next.resource);
            drop(queue);
            let place = Place {
                account: Arc::clone(self),
                resource: next.resource,
            };
            // Whoever stopped waiting just now gives it back by dropping it, which takes the queue.
            drop(next.turn.send(place));
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    /// Who takes a free place, if there is one.
    fn next(&mut self) -> Option<Waiting> {
        if self.running.len() >= AT_A_TIME {
            return None;
        }
        self.waiting.retain(|waiting| !waiting.turn.is_closed());
        let running = |resource| self.running.iter().filter(|one| **one == resource).count();
        let (at, _) = self
            .waiting
            .iter()
            .enumerate()
            .min_by_key(|(_, waiting)| running(waiting.resource))?;
        self.waiting.remove(at)
    }

    fn leave(&mut self, resource: &str) {
        if let Some(at) = self.running.iter().position(|one| *one == resource) {
            self.running.swap_remove(at);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.account.queue().leave(self.resource);
        self.account.seat();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        future::Future,
        pin::{Pin, pin},
        task::{Context, Poll, Waker},
    };

    fn poll(call: Pin<&mut impl Future<Output = Option<Place>>>) -> Option<Place> {
        match call.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(place) => place,
            Poll::Pending => None,
        }
    }

    fn taken(places: &Places, account: &str) -> Option<Place> {
        poll(pin!(places.take(account, "boxes")))
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

    #[test]
    fn a_crowd_of_one_resource_does_not_hold_up_another() {
        let places = Places::default();
        let take = |resource| places.take("campaign:1", resource);
        let mut labels: Vec<_> = (0..3)
            .map(|_| poll(pin!(take("labels"))).unwrap())
            .collect();
        let mut fourth = pin!(take("labels"));
        let mut fifth = pin!(take("labels"));
        let mut status = pin!(take("status"));
        assert!(poll(fourth.as_mut()).is_none());
        assert!(poll(fifth.as_mut()).is_none());
        assert!(poll(status.as_mut()).is_none());

        labels.pop();
        assert!(poll(fourth.as_mut()).is_none());
        let step = poll(status.as_mut()).unwrap();
        drop(step);
        labels.push(poll(fourth.as_mut()).unwrap());
        assert!(poll(fifth.as_mut()).is_none());
        labels.pop();
        assert!(poll(fifth.as_mut()).is_some());
    }

    #[test]
    fn whoever_gives_up_waiting_takes_no_place() {
        let places = Places::default();
        let mut held: Vec<_> = (0..3)
            .map(|_| taken(&places, "campaign:1").unwrap())
            .collect();
        {
            let mut impatient = Box::pin(places.take("campaign:1", "boxes"));
            assert!(poll(impatient.as_mut()).is_none());
            held.pop();
            // The place is theirs, and they leave without looking.
        }
        assert!(taken(&places, "campaign:1").is_some());
    }
}
