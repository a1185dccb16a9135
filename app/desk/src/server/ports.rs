//! What the rules need from outside, one trait per noun. The store and the marketplace client implement them.

pub mod clock;
pub mod events;
pub mod limits;
pub mod market;
pub mod packing;
pub mod shipments;
pub mod storage;
pub mod verifications;
