//! What the crate does, seen from outside.
#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
mod bulk;
#[cfg(test)]
mod escape;
#[cfg(test)]
mod known;
#[cfg(test)]
mod market;
#[cfg(test)]
mod vectors;
