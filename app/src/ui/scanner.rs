//! Scanners that play keyboard.
//!
//! A scanner types as fast as keys can follow one another, on whatever layout the computer has, and sends the separator as
//! a key combination. So the physical keys are listened to: what they say does not depend on the layout.

mod burst;
mod field;
mod keys;
mod layout;

pub(crate) use burst::{Burst, End, Scan};
pub(crate) use field::{ScanField, key_of};
pub(crate) use keys::Press;
