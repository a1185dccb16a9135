//! What the engine promises of any input, as functions of bytes: the fuzzer calls them, and so does a test with the
//! committed inputs.

mod bulk;
mod parse;

pub use bulk::bulk;
pub use parse::parse;
