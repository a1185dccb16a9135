//! What the crate does, seen from outside.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::print_stdout,
    reason = "the counts of outcomes are shown with --nocapture"
)]
#![expect(clippy::string_slice, reason = "generated codes are ASCII")]

#[cfg(test)]
mod bulk;
#[cfg(test)]
mod escape;
#[cfg(test)]
mod generators;
#[cfg(test)]
mod known;
#[cfg(test)]
mod market;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod vectors;
