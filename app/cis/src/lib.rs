#![doc = include_str!("../README.md")]

mod ai;
mod charset;
mod code;
pub mod escape;
mod grammar;
mod gtin;
mod ki;
mod lang;
mod looks;
pub mod market;
mod parse;
mod place;
mod refusal;
mod remark;
mod resplit;
mod spelling;
mod text;
#[cfg(feature = "serde")]
mod wire;

pub use code::{Element, MarkingCode};
pub use gtin::{Gtin, GtinError};
pub use ki::Ki;
pub use lang::Lang;
pub use looks::LooksLike;
pub use parse::{Parsed, parse};
pub use refusal::{Refusal, RefusalKind, TailFault};
pub use remark::{Remark, RemarkKind, Severity};

/// The separator between elements of a marking code: U+001D, group separator.
///
/// In memory, in the database and in files it is always this one character; any other spelling is repaired by [`parse`](parse()).
pub const GS: char = '\u{1d}';

/// The longest marking code there is, in characters (all of them ASCII).
pub const MAX_LENGTH: usize = 256;
