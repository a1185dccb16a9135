//! The way to the server: what goes, what comes back, and when it is tried again.

use super::{
    api::{get_pick_list, record_scans},
    bench::{Bench, Listing, Net, Refusal},
    browser,
};
use crate::failure::Failure;
use desk::{
    ids::{OrderId, ScanId},
    packing::{Answer, MOST_AT_ONCE, session::Event},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// The first pause after a call did not come through; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause: a browser that was loaded without a network does not always tell when there is one again.
const LONGEST_PAUSE: Duration = Duration::from_secs(8);
/// How long news are gathered before the list is asked for: one packer's scans are many news.
const GATHERED: Duration = Duration::from_secs(2);
/// How often the server may fail at one scan before the scan steps aside.
const MOST_REFUSALS: u32 = 3;
/// What a call was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The list, or a person's decision.
    List,
    /// Scans; one that went alone is named.
    Scans(Option<ScanId>),
}

impl Bench {
    /// Sends what waits, batch after batch, until nothing does. After a refusal one scan goes alone.
    pub(super) fn pump(self) {
        let batch = self.session.with_untracked(|session| {
            self.traffic.with_value(|traffic| {
                let most = traffic.refusal.map_or(MOST_AT_ONCE, |_| 1);
                session
                    .queue()
                    .iter()
                    .take_while(|scan| !traffic.unkept.contains(&scan.id))
                    .take(most)
                    .cloned()
                    .collect::<Vec<_>>()
            })
        });
        let busy = self.traffic.with_value(|traffic| traffic.sending);
        if busy || batch.is_empty() {
            return;
        }
        let Ok(text) = serde_json::to_string(&batch) else {
            return;
        };
        let alone = match batch.as_slice() {
            [only] => Some(only.id),
            _ => None,
        };
        self.traffic.update_value(|traffic| traffic.sending = true);
        spawn_local(async move {
            let answer = record_scans(text).await;
            self.traffic.update_value(|traffic| {
                traffic.sending = false;
                traffic.answered += 1;
            });
            match answer {
                Ok(answers) => self.take_answers(answers),
                Err(failure) => self.failed(failure, Asked::Scans(alone)),
            }
        });
    }

    pub(super) fn take_answers(self, answers: Vec<Answer>) {
        self.traffic.update_value(|traffic| traffic.refusal = None);
        self.came_through();
        let ids: Vec<String> = answers.iter().map(|one| one.scan.to_string()).collect();
        self.perform(Event::Answered(answers));
        self.remember(&ids);
        self.pump();
        self.refresh_soon();
    }

    /// Asks for the list once some news have come together.
    pub(super) fn refresh_soon(self) {
        let begun = self
            .traffic
            .try_update_value(|traffic| !std::mem::replace(&mut traffic.gathering, true));
        if begun == Some(true) {
            set_timeout(
                move || {
                    self.traffic
                        .update_value(|traffic| traffic.gathering = false);
                    self.refresh();
                },
                GATHERED,
            );
        }
    }

    /// Asks for the list; once more after, when it was asked for meanwhile or answers came in between.
    pub(super) fn refresh(self) {
        let begun = self.traffic.try_update_value(|traffic| {
            let begun = traffic.listing == Listing::No;
            traffic.listing = if begun {
                Listing::UnderWay
            } else {
                Listing::Again
            };
            begun.then_some(traffic.answered)
        });
        let Some(Some(answered)) = begun else { return };
        let (also, text) = self.session.with_untracked(|session| {
            let wanted = session.wanted();
            let wanted: Vec<String> = wanted.iter().map(OrderId::to_string).collect();
            (
                wanted.join(","),
                session.looking().unwrap_or_default().to_owned(),
            )
        });
        spawn_local(async move {
            let answer = get_pick_list(also, text).await;
            let (fresh, again) = self
                .traffic
                .try_update_value(|traffic| {
                    let wanted = std::mem::take(&mut traffic.listing) == Listing::Again;
                    let fresh = traffic.answered == answered && !traffic.sending;
                    (fresh, wanted || !fresh)
                })
                .unwrap_or_default();
            match answer {
                Ok(list) => {
                    self.came_through();
                    self.traffic.update_value(|traffic| {
                        if let Some(refusal) = &mut traffic.refusal {
                            refusal.alive = true;
                        }
                    });
                    if fresh {
                        self.step(Event::List(list));
                        self.there.set(true);
                        self.keep_shell();
                    }
                    let sending = self.traffic.with_value(|traffic| traffic.sending);
                    // A sending that is under way asks for the list when it ends.
                    if again && !sending {
                        self.refresh();
                    }
                }
                Err(failure) => self.failed(failure, Asked::List),
            }
        });
    }

    /// Tries again at once: the browser says that there is a network.
    pub(super) fn network_is_back(self) {
        if !self.traffic.with_value(|traffic| traffic.ready) {
            return;
        }
        self.traffic.update_value(|traffic| traffic.failures = 0);
        self.pump();
        self.refresh();
    }

    pub(super) fn came_through(self) {
        // A list that came through does not say that the scans will, which have a pause of their own.
        if self.traffic.with_value(|traffic| traffic.refusal.is_some()) {
            return;
        }
        self.traffic.update_value(|traffic| traffic.failures = 0);
        if self.net.get_untracked() != Net::Up {
            self.net.set(Net::Up);
            self.pump();
        }
    }

    /// A call failed. What the server told is its word; what cannot be read may be no network, or may be the server.
    pub(super) fn failed(self, failure: Failure, asked: Asked) {
        match failure {
            Failure::Told(told) => match told.way_out {
                // Signing in happens on another page, and coming back begins anew.
                Some((place, _)) if place == "/signin" => self.net.set(Net::SignedOut),
                _ => self.refused(Some(told.sentence), asked),
            },
            Failure::Call(_) => browser::reach(move |there| {
                if there {
                    self.refused(None, asked);
                } else {
                    self.net.set(Net::Down);
                    self.try_later();
                }
            }),
        }
    }

    pub(super) fn refused(self, sentence: Option<String>, asked: Asked) {
        self.net.set(Net::Refused(sentence));
        if let Asked::Scans(alone) = asked {
            let aside = self.traffic.try_update_value(|traffic| {
                let before = traffic.refusal.filter(|refusal| refusal.scan == alone);
                let refusal = Refusal {
                    scan: alone,
                    times: before.map_or(1, |before| before.times.saturating_add(1)),
                    alive: before.is_some_and(|before| before.alive),
                };
                traffic.refusal = Some(refusal);
                alone.filter(|_| refusal.times >= MOST_REFUSALS && refusal.alive)
            });
            if let Some(scan) = aside.flatten() {
                self.traffic.update_value(|traffic| {
                    traffic.refusal = None;
                    traffic.failures = 0;
                });
                self.step(Event::Refused(scan));
                return;
            }
        }
        self.try_later();
    }

    /// Tries again after a pause that grows.
    pub(super) fn try_later(self) {
        let failures = self
            .traffic
            .try_update_value(|traffic| {
                traffic.failures = traffic.failures.saturating_add(1);
                traffic.failures
            })
            .unwrap_or_default();
        let pause = FIRST_PAUSE * 2_u32.saturating_pow(failures.saturating_sub(1).min(5));
        set_timeout(
            move || {
                if self.traffic.with_value(|traffic| traffic.failures) == failures {
                    self.pump();
                    self.refresh();
                }
            },
            pause.min(LONGEST_PAUSE),
        );
    }
}
