//! The engine beside GS1's own rules.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::string_slice,
    reason = "the rules and the generated texts are cut where they are ASCII"
)]

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod gs1;
