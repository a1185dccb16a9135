//! Parts that every page is made of.

pub(crate) mod code;
pub(crate) mod scanner;
pub(crate) mod slot;

mod act;
mod button;
mod copy;
mod empty;
mod failure;
mod field;
mod frame;
mod heading;
mod mark;
mod notice;
mod part;
mod pill;
mod prefilled;
mod progress;
mod skeleton;
mod tabs;
mod time;

pub(crate) use act::Act;
pub(crate) use button::{Button, Look, NoEnter};
pub(crate) use copy::CopyButton;
pub(crate) use empty::Empty;
pub(crate) use failure::{FailureView, TheirWordsView};
pub(crate) use field::Field;
pub(crate) use frame::{Frame, NotFoundPage, SignLinks};
pub(crate) use heading::{PageTop, SandboxMark};
pub(crate) use mark::BrandMark;
pub(crate) use notice::Notice;
pub(crate) use part::part;
pub(crate) use pill::{Pill, Tone};
pub(crate) use prefilled::prefilled;
pub(crate) use progress::Bar;
pub(crate) use skeleton::Skeleton;
pub(crate) use tabs::{Tab, Tabs};
pub(crate) use time::Moment;
