//! The packer's session as a plain struct: events in, effects out. It knows no clock, no network and no browser.
//!
//! What holds whatever happens: a text that was scanned and is no command leaves as [`Effect::Keep`] with its own id;
//! a place never holds two codes and a code never lies in two places; only [`Event::Confirm`] answers a question, and
//! no scan and no Enter makes one.

mod acts;
mod judge;
mod labels;
#[cfg(test)]
mod tests;
mod told;

use super::{
    Act, Answer, ClashView, PackOrder, PickList, Say, Scan, ServiceCode, Tone,
    hear::{Heard, hear, mark_for, trimmed},
    left,
    shelf::Shelf,
};
use labels::Printing;

use crate::{
    ids::{LineId, OrderId, ScanId},
    orders::WorkState,
    time::Timestamp,
};

/// Characters of the shortest text that may be what a box's label says.
const FEWEST_OF_A_BOX: usize = 4;
/// Characters of the longest one; marking codes that lost something are longer.
const LONGEST_OF_A_BOX: usize = 24;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The server's list, or the one that was kept for when there is no network.
    List(PickList),
    /// Scans that were kept and have no answer, oldest first: the page was loaded anew.
    Waiting(Vec<Scan>),
    /// A text was scanned, or typed and ended with Enter.
    Heard {
        /// The text.
        text: String,
        /// Whether Caps Lock was on.
        caps: bool,
        /// The id for what comes of it.
        id: ScanId,
        /// The id for the sending, if it makes the order whole.
        send: ScanId,
        /// When.
        at: Timestamp,
    },
    /// An order was chosen from the list.
    Picked(OrderId),
    /// The person says, by a deliberate act, which line the code in question belongs to.
    Confirm {
        /// The order.
        order: OrderId,
        /// The line.
        line: LineId,
        /// The id for what comes of it.
        id: ScanId,
        /// The id for the sending, if it makes the order whole.
        send: ScanId,
        /// When.
        at: Timestamp,
    },
    /// A command by key or button.
    Command {
        /// Which.
        code: ServiceCode,
        /// The id for what comes of it.
        id: ScanId,
        /// When.
        at: Timestamp,
    },
    /// The server said what became of scans.
    Answered(Vec<Answer>),
    /// The server fails at a scan, again and again, while it answers everything else.
    Refused(ScanId),
    /// A scan that stepped aside is to be tried once more, behind the others.
    Retry(ScanId),
    /// Whether labels are printed without being asked for.
    PrintsItself(bool),
    /// The label of an order could not be had.
    NotPrinted(OrderId),
}

/// What is to be done. Effects are done in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep the scan durably, then send it to the server.
    Keep(Scan),
    /// Keep what the server said for a reload without a network.
    Remember,
    /// Ask the server for the list, and for what [`Session::looking`] names.
    Look,
    /// Send what waits.
    Go,
    /// Sound.
    Sound(Tone),
    /// Print the label of an order.
    Print(OrderId),
}

/// A code that this session put into a place and that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Laid {
    scan: ScanId,
    order: OrderId,
    raw: String,
    product: String,
}

/// The session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    shelf: Shelf,
    open: Option<OrderId>,
    /// The order on the screen when none is open.
    last: Option<OrderId>,
    say: Say,
    heard: String,
    /// The text of the question that is asked.
    asked: Option<String>,
    removing: bool,
    laid: Vec<Laid>,
    /// The text by which an order is looked for, and what is said when there is none.
    looking: Option<(String, Say)>,
    /// Scans that the server fails at, oldest first.
    aside: Vec<Scan>,
    printing: Printing,
    clashes: Vec<ClashView>,
    more: u32,
    catalogue_closed: bool,
    may_overrule: bool,
}

impl Session {
    /// What the screen says.
    pub const fn say(&self) -> &Say {
        &self.say
    }

    /// The text that it is about.
    pub fn heard(&self) -> &str {
        &self.heard
    }

    /// The order that scans fall into.
    pub fn open(&self) -> Option<&PackOrder> {
        self.open.and_then(|id| self.shelf.order(id))
    }

    /// The order on the screen: the open one, else the one that was worked on last.
    pub fn shown(&self) -> Option<&PackOrder> {
        self.open.or(self.last).and_then(|id| self.shelf.order(id))
    }

    /// Every order that is known, with what was scanned, most urgent first.
    pub fn orders(&self) -> &[PackOrder] {
        self.shelf.orders()
    }

    /// What the server said last, without what it has not answered: for a reload without a network.
    pub fn to_remember(&self) -> PickList {
        PickList {
            orders: self.shelf.base().to_vec(),
            more: self.more,
            clashes: self.clashes.clone(),
            catalogue_closed: self.catalogue_closed,
            may_overrule: self.may_overrule,
            looked_for: None,
            unprinted: self.printing.waiting.clone(),
        }
    }

    /// The text by which an order is looked for.
    pub fn looking(&self) -> Option<&str> {
        self.looking.as_ref().map(|(text, _)| text.as_str())
    }

    /// Scans that the server fails at: they stepped aside and are kept.
    pub fn aside(&self) -> &[Scan] {
        &self.aside
    }

    /// Scans without an answer, oldest first.
    pub fn queue(&self) -> &[Scan] {
        self.shelf.queue()
    }

    /// Whether the server has not answered this scan yet.
    pub fn waits(&self, scan: ScanId) -> bool {
        self.shelf.waiting(scan)
    }

    /// Scans that a person must settle.
    pub fn clashes(&self) -> &[ClashView] {
        &self.clashes
    }

    /// Orders that want codes beyond those of the list.
    pub const fn more(&self) -> u32 {
        self.more
    }

    /// Whether the catalogue could not be read for want of a right.
    pub const fn catalogue_closed(&self) -> bool {
        self.catalogue_closed
    }

    /// Whether the next scan is taken out.
    pub const fn removing(&self) -> bool {
        self.removing
    }

    /// Orders to ask the server for by name, whatever they need: what is on the screen, and where scans wait.
    pub fn wanted(&self) -> Vec<OrderId> {
        let mut wanted: Vec<OrderId> = self.open.into_iter().chain(self.last).collect();
        let waiting = self.queue().iter().filter_map(|scan| scan.order);
        for order in waiting.chain(self.printing.waiting.iter().copied()) {
            if !wanted.contains(&order) {
                wanted.push(order);
            }
        }
        wanted.dedup();
        wanted
    }

    /// Takes an event and says what is to be done.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event {
            Event::List(list) => self.take_list(list, &mut effects),
            Event::Waiting(scans) => self.take_waiting(scans),
            Event::Heard {
                text,
                caps,
                id,
                send,
                at,
            } => self.take_text(text, caps, Stamp { id, send, at }, &mut effects),
            Event::Picked(order) => {
                self.open_order(order);
            }
            Event::Confirm {
                order,
                line,
                id,
                send,
                at,
            } => self.confirm(order, line, Stamp { id, send, at }, &mut effects),
            Event::Command { code, id, at } => {
                self.command(code, Stamp { id, send: id, at }, &mut effects);
            }
            Event::Answered(answers) => self.take_answers(&answers, &mut effects),
            Event::Refused(scan) => self.step_aside(scan, &mut effects),
            Event::Retry(scan) => self.retry(scan, &mut effects),
            Event::NotPrinted(order) => self.not_printed(order, &mut effects),
            Event::PrintsItself(prints) => self.print_by_itself(prints, &mut effects),
        }
        effects
    }

    fn take_text(&mut self, text: String, caps: bool, stamp: Stamp, effects: &mut Vec<Effect>) {
        if trimmed(&text).is_empty() {
            // A stray Enter is no event: whatever is asked stays asked.
            return;
        }
        let heard = hear(&text, self.shelf.orders());
        if let Heard::Service(code) = heard {
            self.command(code, stamp, effects);
            return;
        }
        self.asked = None;
        self.looking = None;
        self.heard = text;
        let removing = std::mem::take(&mut self.removing);
        match heard {
            Heard::Service(_) => {}
            Heard::Order(order) => {
                self.open_order(order);
            }
            Heard::Several(found) => self.tell(Say::SeveralOrders { found }, effects),
            Heard::Product(gtin) => self.by_product(&gtin, effects),
            _ if caps => self.note(Say::CapsLock, stamp, effects),
            Heard::Mark(mark) if removing => self.remove(&mark, stamp, effects),
            Heard::Mark(mark) => self.take_mark(&mark, stamp, effects),
            Heard::WhichCode => self.note(Say::WhichCode, stamp, effects),
            Heard::NoOrder => self.look(Say::NoSuchOrder, effects),
            Heard::Unreadable => {
                self.note(Say::Unreadable, stamp, effects);
                if may_be_a_box(trimmed(&self.heard)) {
                    self.look(Say::Unreadable, effects);
                }
            }
        }
    }

    /// Asks the server for the order of what was heard: the list does not hold all there are.
    fn look(&mut self, otherwise: Say, effects: &mut Vec<Effect>) {
        self.looking = Some((trimmed(&self.heard).to_owned(), otherwise));
        self.say = Say::Looking;
        effects.push(Effect::Look);
    }

    /// Opens an order, whatever it needs, and says what there is to do.
    fn open_order(&mut self, id: OrderId) -> bool {
        let Some(order) = self.shelf.order(id) else {
            return false;
        };
        self.say = match order.work {
            WorkState::Closed => Say::OrderClosed,
            work if !takes_codes(work) => Say::BeingSent,
            work if left(order).marks == 0 && sends(work) => Say::Full,
            _ if left(order).marks == 0 => Say::AlreadySent,
            _ => Say::Opened,
        };
        self.open = Some(id);
        self.last = Some(id);
        self.asked = None;
        self.looking = None;
        self.removing = false;
        true
    }

    fn leave(&mut self) {
        self.last = self.open.take().or(self.last);
    }

    /// Sends an order and leaves it: the field waits for the next one at once.
    fn send(&mut self, order: OrderId, id: ScanId, at: Timestamp, effects: &mut Vec<Effect>) {
        let scan = Scan {
            id,
            order: Some(order),
            act: Act::Send,
            raw: String::new(),
            at,
        };
        self.keep(scan, effects);
        if self.shelf.order(order).is_some_and(PackOrder::has_labels) {
            self.will_print(order);
        }
        self.open = None;
        self.last = Some(order);
    }

    /// Keeps a text that goes nowhere, and says why.
    fn note(&mut self, say: Say, stamp: Stamp, effects: &mut Vec<Effect>) {
        let scan = Scan {
            id: stamp.id,
            order: self.open,
            act: Act::Note,
            raw: self.heard.clone(),
            at: stamp.at,
        };
        self.keep(scan, effects);
        self.tell(say, effects);
    }

    fn keep(&mut self, scan: Scan, effects: &mut Vec<Effect>) {
        self.shelf.add(scan.clone());
        effects.push(Effect::Keep(scan));
    }

    fn tell(&mut self, say: Say, effects: &mut Vec<Effect>) {
        effects.push(Effect::Sound(say.tone()));
        self.say = say;
    }

    /// What the screen says when nothing is under way.
    fn idle(&self) -> Say {
        if self.open.is_some() {
            Say::Opened
        } else {
            Say::Waiting
        }
    }

    fn product(&self, order: OrderId, line: LineId) -> String {
        self.shelf
            .line(order, line)
            .map(|line| line.name.clone())
            .unwrap_or_default()
    }
}

/// What an event brings along for the scans that come of it.
#[derive(Clone, Copy)]
struct Stamp {
    id: ScanId,
    send: ScanId,
    at: Timestamp,
}

/// Whether codes may be put into an order that needs this.
const fn takes_codes(work: WorkState) -> bool {
    !matches!(
        work,
        WorkState::Sending | WorkState::Unknown | WorkState::Shipped | WorkState::Closed
    )
}

/// Whether an order that needs this and has everything waits for being sent; others went, and are as they went.
const fn sends(work: WorkState) -> bool {
    matches!(
        work,
        WorkState::NeedsCodes | WorkState::Ready | WorkState::Rework
    )
}

/// Whether a text that is no code may be what the label of a box says.
fn may_be_a_box(text: &str) -> bool {
    text.len() >= FEWEST_OF_A_BOX
        && text.len() <= LONGEST_OF_A_BOX
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
