//! The session with everything around it: what is kept, what is on its way, what the network does.

use super::{
    api::{get_pick_list, record_scans, settle_scan},
    browser,
};
use crate::failure::Failure;
use desk::{
    ids::{LineId, OrderId, ScanId},
    packing::{
        Answer, MOST_AT_ONCE, PickList, Scan, ServiceCode, Tone,
        session::{Effect, Event, Session},
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde::Deserialize;
use std::time::Duration;

/// The first pause after a call did not come through; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause: a browser that was loaded without a network does not always tell when there is one again.
const LONGEST_PAUSE: Duration = Duration::from_secs(8);
/// How long news are gathered before the list is asked for: one packer's scans are many news.
const GATHERED: Duration = Duration::from_secs(2);
/// How often the server may fail at one scan before the scan steps aside.
const MOST_REFUSALS: u32 = 3;
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
    /// It did not, and neither would another.
    Down,
    /// The session has ended: whoever packs signs in again, and nothing is lost.
    SignedOut,
    /// The server is there and says no: in its words, if it is understood.
    Refused(Option<String>),
}

/// Scans that are being refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Refusal {
    /// The scan that went alone, if one did.
    scan: Option<ScanId>,
    /// How often it was refused.
    times: u32,
    /// Whether the server has answered another call since: then it is the scan that it fails at.
    alive: bool,
}

/// What the browser kept.
#[derive(Debug, Default, Deserialize)]
struct Kept {
    list: Option<String>,
    scans: Vec<String>,
    others: u32,
}

/// What a call was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// The list, or a person's decision.
    List,
    /// Scans; one that went alone is named.
    Scans(Option<ScanId>),
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
    refusal: Option<Refusal>,
    /// News have come that are not asked about yet.
    gathering: bool,
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
    /// The camera looks.
    pub(super) camera: RwSignal<bool>,
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
            camera: RwSignal::new(false),
            shelled: RwSignal::new(false),
            traffic: StoredValue::new(Traffic::default()),
        }
    }

    /// Without a network nobody says who is here: it is whoever packed here last. The server asks again before it takes
    /// anything.
    pub(super) fn start_as_before(self) {
        browser::start(move || {
            let owner = browser::owner(None);
            let begun = self.traffic.with_value(|traffic| !traffic.owner.is_empty());
            if !begun && !owner.is_empty() {
                self.start(owner);
            }
        });
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
            browser::owner(Some(&owner));
            self.step(Event::PrintsItself(browser::prints_itself(None)));
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
            self.perform(Event::List(list));
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

    /// Whether this device prints labels without being asked.
    pub(super) fn prints_itself(self, prints: bool) {
        self.step(Event::PrintsItself(browser::prints_itself(Some(prints))));
    }

    /// Tries a scan once more that stepped aside.
    pub(super) fn retry(self, scan: ScanId) {
        self.step(Event::Retry(scan));
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
                Err(failure) => self.failed(failure, Asked::List),
            }
        });
    }

    fn step(self, event: Event) {
        if self.perform(event) {
            self.remember(&[]);
        }
    }

    /// Takes an event and does what comes of it. True when what the server said is to be kept.
    fn perform(self, event: Event) -> bool {
        let mut remember = false;
        let effects = self.session.try_update(|session| session.step(event));
        for effect in effects.unwrap_or_default() {
            match effect {
                Effect::Keep(scan) => self.keep(&scan),
                Effect::Remember => remember = true,
                Effect::Look => self.refresh(),
                Effect::Go => self.pump(),
                Effect::Sound(tone) => sound(tone),
                Effect::Print(order) => {
                    let unheard = move |printed: bool| {
                        if !printed {
                            self.step(Event::NotPrinted(order));
                        }
                    };
                    browser::print(&label_of(order), unheard);
                }
            }
        }
        remember
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

    fn take_answers(self, answers: Vec<Answer>) {
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

    fn came_through(self) {
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
    fn failed(self, failure: Failure, asked: Asked) {
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

    fn refused(self, sentence: Option<String>, asked: Asked) {
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
    fn try_later(self) {
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
