//! When the program is killed: moments that follow from a seed alone.

use crate::stage::{FBS, ORDERS};
use std::time::Duration;

/// What has been seen of a run so far. Every number only grows, but those of the present process.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    /// The person has begun to bring the file.
    pub(crate) bringing: bool,
    /// Orders of the file that are judged.
    pub(crate) judged: u64,
    /// Bodies with codes that reached the marketplace.
    pub(crate) sent: u64,
    /// Questions about verification that reached it.
    pub(crate) asked: u64,
    /// Calls of «ready to ship» that reached it.
    pub(crate) shipped: u64,
    /// Writes and questions about orders that reached it, by the present process.
    pub(crate) calls: u64,
    /// All is done: nothing more is killed.
    pub(crate) over: bool,
}

/// What a kill waits for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trigger {
    /// The person begins to bring the file.
    Bringing,
    /// So many orders are judged.
    Judged(u64),
    /// So many bodies with codes have reached the marketplace.
    Sent(u64),
    /// So many questions about verification have.
    Asked(u64),
    /// So many calls of «ready to ship» have.
    Shipped(u64),
    /// The program is started once more.
    Started,
    /// The program, started once more, has made so many calls.
    Resumed(u64),
}

impl Trigger {
    pub(crate) const fn is_reached(self, seen: &Seen) -> bool {
        match self {
            Self::Bringing => seen.bringing,
            Self::Judged(orders) => seen.judged >= orders || seen.sent > 0,
            Self::Sent(bodies) => seen.sent >= bodies,
            Self::Asked(questions) => seen.asked >= questions,
            Self::Shipped(calls) => seen.shipped >= calls,
            Self::Started => true,
            Self::Resumed(calls) => seen.calls >= calls,
        }
    }

    /// The part of the work that it is in.
    pub(crate) const fn part(self) -> &'static str {
        match self {
            Self::Bringing => "kills at the intake",
            Self::Judged(_) => "kills at the judging",
            Self::Sent(_) => "kills at the sending",
            Self::Asked(_) => "kills at the verification",
            Self::Shipped(_) => "kills at the shipping",
            Self::Started => "kills at a start",
            Self::Resumed(_) => "kills at a recovery",
        }
    }

    /// The order in which triggers come, roughly.
    const fn place(self) -> (u8, u64) {
        match self {
            Self::Bringing => (0, 0),
            Self::Judged(orders) => (1, orders),
            Self::Sent(bodies) => (2, bodies),
            Self::Asked(questions) => (3, questions),
            Self::Shipped(calls) => (4, calls),
            Self::Started | Self::Resumed(_) => (5, 0),
        }
    }
}

/// A kill: so long after its trigger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) trigger: Trigger,
    pub(crate) then: Duration,
}

/// The kills of a run, in their order: one to three in the course of the work, the first in another part of it with
/// every seed, and after each of them perhaps one while the program comes up, or takes up what was cut off.
pub(crate) fn moments(seed: u64) -> Vec<Moment> {
    let mut dice = Dice(seed);
    let parts = std::iter::once(seed).chain((0..dice.below(3)).map(|_| dice.below(PARTS)));
    let parts: Vec<u64> = parts.collect();
    let mut in_course: Vec<Moment> = parts
        .into_iter()
        .map(|part| in_part(part, &mut dice))
        .collect();
    in_course.sort_by_key(|moment| moment.trigger.place());
    let mut moments = Vec::new();
    for moment in in_course {
        moments.push(moment);
        while dice.below(3) == 0 {
            moments.push(after_a_kill(&mut dice));
        }
    }
    moments
}

/// Parts of the work.
const PARTS: u64 = 5;

fn in_part(part: u64, dice: &mut Dice) -> Moment {
    let trigger = match part % PARTS {
        0 => Trigger::Bringing,
        1 => Trigger::Judged(1 + dice.below(ORDERS)),
        2 => Trigger::Sent(1 + dice.below(ORDERS)),
        3 => Trigger::Asked(1 + dice.below(FBS)),
        // So many calls of thirty orders there are at the least.
        _ => Trigger::Shipped(1 + dice.below(FBS / 30)),
    };
    let most = match trigger {
        Trigger::Bringing => 60,
        Trigger::Judged(_) => 100,
        _ => 40,
    };
    Moment {
        trigger,
        then: dice.within(most),
    }
}

fn after_a_kill(dice: &mut Dice) -> Moment {
    if dice.below(2) == 0 {
        let then = dice.within(1000);
        let trigger = Trigger::Started;
        return Moment { trigger, then };
    }
    Moment {
        trigger: Trigger::Resumed(1 + dice.below(10)),
        then: dice.within(40),
    }
}

/// Numbers that follow from a seed: `SplitMix64`.
struct Dice(u64);

impl Dice {
    /// A number below `most`.
    const fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most
    }

    /// A time of less than so many milliseconds.
    const fn within(&mut self, millis: u64) -> Duration {
        Duration::from_micros(self.below(millis * 1000))
    }
}
