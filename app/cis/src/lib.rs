#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod ai;
pub mod bulk;
mod charset;
mod check;
mod clean;
mod code;
mod decode;
mod doubt;
mod draft;
pub mod escape;
mod failure;
mod foreign;
mod grammar;
mod group;
mod gtin;
mod keyboard;
mod ki;
mod kind;
mod lang;
mod layout;
mod looks;
pub mod market;
mod parse;
mod place;
mod profile;
mod question;
mod refusal;
mod remark;
mod repair;
mod repairs;
mod spelling;
mod text;
mod verdict;
mod walk;
#[cfg(feature = "serde")]
mod wire;

pub use check::{Canonical, Fault, check};
pub use code::{Element, MarkingCode};
pub use foreign::{Foreign, ForeignKind};
pub use group::{Groups, GroupsIter, ProductGroup, UnknownGroup};
pub use gtin::{Gtin, GtinError};
pub use ki::Ki;
pub use kind::{Kind, Kopecks};
pub use lang::Lang;
pub use parse::{parse, parse_with};
pub use question::{Doubt, Question, Reading};
pub use refusal::{Nearest, Refusal, RefusalKind, TailFault};
pub use remark::{Remark, RemarkKind};
pub use repair::{Repair, Step};
pub use verdict::{Hint, NoCode, Outcome, Parsed, Verdict};

/// The separator between elements of a marking code: U+001D, group separator.
///
/// In memory, in the database and in files it is always this one character; any other spelling is repaired by [`parse`](parse()).
pub const GS: char = '\u{1d}';

/// The longest marking code there is, in characters (all of them ASCII).
pub const MAX_LENGTH: usize = 256;
