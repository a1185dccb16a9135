//! The session with everything around it: what is kept, what is on its way, what the network does.

use super::{api::settle_scan, browser, way::Asked};
use desk::{
    ids::{LineId, OrderId, ScanId},
    packing::{
        PickList, Scan, ServiceCode, Tone,
        session::{Effect, Event, Session},
    },
};
use leptos::{prelude::*, task::spawn_local};
use serde::Deserialize;
use std::time::Duration;

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
pub(super) struct Refusal {
    /// The scan that went alone, if one did.
    pub(super) scan: Option<ScanId>,
    /// How often it was refused.
    pub(super) times: u32,
    /// Whether the server has answered another call since: then it is the scan that it fails at.
    pub(super) alive: bool,
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
pub(super) enum Listing {
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
pub(super) struct Traffic {
    pub(super) owner: String,
    pub(super) ready: bool,
    /// Scans that the browser's database has not confirmed; they are not sent before.
    pub(super) unkept: Vec<ScanId>,
    pub(super) sending: bool,
    pub(super) listing: Listing,
    /// Grows with every answer: a list that was asked for before one is older than it.
    pub(super) answered: u32,
    pub(super) failures: u32,
    pub(super) refusal: Option<Refusal>,
    /// News have come that are not asked about yet.
    pub(super) gathering: bool,
    /// Texts that were heard before everything was there.
    pub(super) early: Vec<(String, bool)>,
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
    /// What is under way.
    pub(super) traffic: StoredValue<Traffic>,
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

    pub(super) fn step(self, event: Event) {
        if self.perform(event) {
            self.remember(&[]);
        }
    }

    /// Takes an event and does what comes of it. True when what the server said is to be kept.
    pub(super) fn perform(self, event: Event) -> bool {
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

    /// Forgets scans that the server has and keeps its list, for a reload without a network.
    pub(super) fn remember(self, ids: &[String]) {
        let list = self
            .session
            .with_untracked(|session| serde_json::to_string(&session.to_remember()));
        if let (Ok(ids), Ok(list)) = (serde_json::to_string(ids), list) {
            browser::settle(&self.owner(), &ids, &list);
        }
    }

    pub(super) fn keep_shell(self) {
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
