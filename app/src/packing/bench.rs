//! The session with everything around it: what is kept, what is on its way, what the network does.

use super::{
    api::{get_pick_list, record_scans, settle_scan},
    browser,
};
use crate::failure::Failure;
use desk::{
    ids::{LineId, OrderId, ScanId},
    packing::{
        MOST_AT_ONCE, PickList, Scan, ServiceCode, Tone,
        session::{Effect, Event, Session},
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde::Deserialize;
use std::time::Duration;

/// The first pause after a call did not come through; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// How often an idle page looks whether the server has a newer one.
const LOOK_FOR_NEWER: Duration = Duration::from_mins(10);

/// How the way to the server stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Net {
    /// Nothing was asked yet.
    #[default]
    Unknown,
    /// The last call came through.
    Up,
    /// It did not.
    Down,
    /// The session has ended: whoever packs signs in again, and nothing is lost.
    SignedOut,
    /// The server said no, in its words.
    Refused(String),
}

/// What the browser kept.
#[derive(Debug, Default, Deserialize)]
struct Kept {
    list: Option<String>,
    scans: Vec<String>,
    others: u32,
}

/// How the list is being asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Listing {
    /// It is not.
    #[default]
    No,
    /// A call is under way.
    UnderWay,
    /// A call is under way, and the list was wanted once more meanwhile.
    Again,
}

/// What is under way, and what nobody draws.
#[derive(Clone, Debug, Default)]
struct Traffic {
    owner: String,
    ready: bool,
    /// Scans that the browser's database has not confirmed; they are not sent before.
    unkept: Vec<ScanId>,
    sending: bool,
    listing: Listing,
    /// Grows with every answer: a list that was asked for before one is older than it.
    answered: u32,
    failures: u32,
    /// Texts that were heard before everything was there.
    early: Vec<(String, bool)>,
}

/// Everything that is asked and done on the page.
#[derive(Clone, Copy)]
pub(super) struct Bench {
    /// The session.
    pub(super) session: RwSignal<Session>,
    /// How the way to the server stands.
    pub(super) net: RwSignal<Net>,
    /// Whether the list is there.
    pub(super) there: RwSignal<bool>,
    /// Scans of somebody else on this device.
    pub(super) others: RwSignal<u32>,
    /// The device could not keep a scan.
    pub(super) unkept: RwSignal<bool>,
    /// The server has a newer page.
    pub(super) outdated: RwSignal<bool>,
    /// The service worker has the page.
    pub(super) shelled: RwSignal<bool>,
    traffic: StoredValue<Traffic>,
}

impl Bench {
    /// The bench of this tab. It outlives the page: what was scanned goes on its way to the server when the page is left,
    /// and whoever comes back finds the order open.
    #[cfg(feature = "hydrate")]
    pub(super) fn of_tab() -> Self {
        thread_local! {
            static OF_TAB: (Owner, Bench) = {
                // A new root takes the place of the owner that is drawing, which must have it back.
                let drawing = Owner::current();
                let owner = Owner::new_root(None);
                let bench = owner.with(Bench::new);
                if let Some(drawing) = drawing {
                    drawing.set();
                }
                (owner, bench)
            };
        }
        OF_TAB.with(|(_, bench)| *bench)
    }

    /// A page that is drawn on the server has an empty bench of its own.
    #[cfg(not(feature = "hydrate"))]
    pub(super) fn of_tab() -> Self {
        Self::new()
    }

    fn new() -> Self {
        Self {
            session: RwSignal::new(Session::default()),
            net: RwSignal::new(Net::default()),
            there: RwSignal::new(false),
            others: RwSignal::new(0),
            unkept: RwSignal::new(false),
            outdated: RwSignal::new(false),
            shelled: RwSignal::new(false),
            traffic: StoredValue::new(Traffic::default()),
        }
    }

    /// Takes up what the browser kept, then asks the server.
    pub(super) fn start(self, owner: String) {
        if self.traffic.with_value(|traffic| traffic.owner == owner) {
            self.network_is_back();
            return;
        }
        let first = self.traffic.with_value(|traffic| traffic.owner.is_empty());
        // Somebody else signed in: what the one before scanned stays on the device under that name.
        self.traffic.set_value(Traffic {
            owner: owner.clone(),
            ..Traffic::default()
        });
        self.session.set(Session::default());
        self.there.set(false);
        if first {
            self.look_for_newer();
        }
        browser::start(move || {
            browser::load(&owner, move |kept| self.take_up(kept.as_deref()));
        });
    }

    fn take_up(self, kept: Option<&str>) {
        let kept: Kept = kept
            .and_then(|kept| serde_json::from_str(kept).ok())
            .unwrap_or_default();
        self.others.set(kept.others);
        let list = kept
            .list
            .and_then(|list| serde_json::from_str::<PickList>(&list).ok());
        if let Some(list) = list {
            self.there.set(true);
            self.step(Event::List(list));
        }
        let scans: Vec<Scan> = kept
            .scans
            .iter()
            .filter_map(|scan| serde_json::from_str(scan).ok())
            .collect();
        self.step(Event::Waiting(scans));
        let early = self.traffic.try_update_value(|traffic| {
            traffic.ready = true;
            std::mem::take(&mut traffic.early)
        });
        for (text, caps) in early.unwrap_or_default() {
            self.hear(text, caps);
        }
        self.pump();
        self.refresh();
    }

    /// A text was scanned or typed.
    pub(super) fn hear(self, text: String, caps: bool) {
        let ready = self.traffic.with_value(|traffic| traffic.ready);
        if !ready {
            self.traffic
                .update_value(|traffic| traffic.early.push((text, caps)));
            return;
        }
        if let (Some(id), Some(send)) = (browser::id(), browser::id()) {
            let at = browser::now();
            self.step(Event::Heard {
                text,
                caps,
                id,
                send,
                at,
            });
        }
    }

    /// A command by key or button.
    pub(super) fn command(self, code: ServiceCode) {
        if let Some(id) = browser::id() {
            let at = browser::now();
            self.step(Event::Command { code, id, at });
        }
    }

    /// The person says which line the code in question belongs to.
    pub(super) fn confirm(self, order: OrderId, line: LineId) {
        if let (Some(id), Some(send)) = (browser::id(), browser::id()) {
            let at = browser::now();
            self.step(Event::Confirm {
                order,
                line,
                id,
                send,
                at,
            });
        }
    }

    /// An order was chosen from the list.
    pub(super) fn pick(self, order: OrderId) {
        self.step(Event::Picked(order));
    }

    /// Settles a scan that waits for a person.
    pub(super) fn settle(self, scan: ScanId, again: bool) {
        spawn_local(async move {
            match settle_scan(scan, again).await {
                Ok(_) => self.refresh(),
                Err(failure) => self.failed(failure),
            }
        });
    }

    fn step(self, event: Event) {
        let effects = self.session.try_update(|session| session.step(event));
        for effect in effects.unwrap_or_default() {
            match effect {
                Effect::Keep(scan) => self.keep(&scan),
                Effect::Remember => {}
                Effect::Sound(tone) => sound(tone),
                Effect::Print(order) => {
                    let unheard = move |printed: bool| {
                        if !printed {
                            sound(Tone::Bad);
                        }
                    };
                    browser::print(&label_of(order), unheard);
                }
            }
        }
    }

    /// Keeps a scan durably, then lets it go to the server.
    fn keep(self, scan: &Scan) {
        let Ok(text) = serde_json::to_string(scan) else {
            return;
        };
        let id = scan.id;
        self.traffic.update_value(|traffic| traffic.unkept.push(id));
        let owner = self.owner();
        browser::keep(&owner, &id.to_string(), &text, move |kept| {
            self.unkept.set(!kept);
            // What the device cannot keep goes to the server all the more.
            self.traffic
                .update_value(|traffic| traffic.unkept.retain(|known| *known != id));
            self.pump();
        });
    }

    /// Sends what waits, batch after batch, until nothing does.
    pub(super) fn pump(self) {
        let batch = self.session.with_untracked(|session| {
            self.traffic.with_value(|traffic| {
                session
                    .queue()
                    .iter()
                    .take_while(|scan| !traffic.unkept.contains(&scan.id))
                    .take(MOST_AT_ONCE)
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
        self.traffic.update_value(|traffic| traffic.sending = true);
        spawn_local(async move {
            let answer = record_scans(text).await;
            self.traffic.update_value(|traffic| {
                traffic.sending = false;
                traffic.answered += 1;
            });
            match answer {
                Ok(answers) => {
                    self.came_through();
                    let ids: Vec<String> = answers.iter().map(|one| one.scan.to_string()).collect();
                    self.step(Event::Answered(answers));
                    self.remember(&ids);
                    self.pump();
                    self.refresh();
                }
                Err(failure) => self.failed(failure),
            }
        });
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
        let also = self.session.with_untracked(|session| {
            let wanted = session.wanted();
            let wanted: Vec<String> = wanted.iter().map(OrderId::to_string).collect();
            wanted.join(",")
        });
        spawn_local(async move {
            let answer = get_pick_list(also).await;
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
                    if fresh {
                        self.step(Event::List(list));
                        self.there.set(true);
                        self.remember(&[]);
                        self.keep_shell();
                    }
                    let sending = self.traffic.with_value(|traffic| traffic.sending);
                    // A sending that is under way asks for the list when it ends.
                    if again && !sending {
                        self.refresh();
                    }
                }
                Err(failure) => self.failed(failure),
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

    fn came_through(self) {
        self.traffic.update_value(|traffic| traffic.failures = 0);
        if self.net.get_untracked() != Net::Up {
            self.net.set(Net::Up);
            self.pump();
        }
    }

    fn failed(self, failure: Failure) {
        let net = match failure {
            Failure::Call(_) => Net::Down,
            Failure::Told(told) => match told.way_out {
                Some((place, _)) if place == "/signin" => Net::SignedOut,
                _ => Net::Refused(told.sentence),
            },
        };
        // Signing in happens on another page, and coming back begins anew.
        let waits = net != Net::SignedOut;
        self.net.set(net);
        let failures = self
            .traffic
            .try_update_value(|traffic| {
                traffic.failures = traffic.failures.saturating_add(1);
                traffic.failures
            })
            .unwrap_or_default();
        if waits {
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

    /// Forgets scans that the server has and keeps its list, for a reload without a network.
    fn remember(self, ids: &[String]) {
        let list = self
            .session
            .with_untracked(|session| serde_json::to_string(&session.to_remember()));
        if let (Ok(ids), Ok(list)) = (serde_json::to_string(ids), list) {
            browser::settle(&self.owner(), &ids, &list);
        }
    }

    fn keep_shell(self) {
        if !self.shelled.get_untracked() {
            browser::shell(move |kept| self.shelled.set(kept));
        }
    }

    fn look_for_newer(self) {
        set_timeout(
            move || {
                browser::outdated(move |newer| {
                    if newer {
                        self.outdated.set(true);
                    }
                });
                self.look_for_newer();
            },
            LOOK_FOR_NEWER,
        );
    }

    fn owner(self) -> String {
        self.traffic.with_value(|traffic| traffic.owner.clone())
    }
}

/// Where the label of an order lies.
fn label_of(order: OrderId) -> String {
    format!("/orders/{order}/labels.pdf")
}

fn sound(tone: Tone) {
    let name = match tone {
        Tone::Calm => return,
        Tone::Good => "good",
        Tone::Done => "done",
        Tone::Warn | Tone::Bad => "bad",
    };
    browser::sound(name);
}
