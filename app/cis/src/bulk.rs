//! Many codes at once: pasted text and files.
//!
//! From bytes to verdicts: [`decode`] finds out the encoding, [`Shape::of`] whether it is a code per line or a table,
//! [`Rows`] walks over it, [`Checker`] reads every code and finds units that are there twice. Each can be used alone. All of
//! them borrow from the text, so a file of any size costs no more than itself and the identities already met.
//!
//! ```
//! use cis::Outcome;
//! use cis::bulk::{Checker, Counts, decode};
//!
//! let file = "Номер заказа;Код маркировки\r\n\
//!     57001;0104610053147452215d,OiLl\u{1d}93dGVz\r\n\
//!     57002;\"0104680992597663215(bfrY!Bf.IME\"\r\n\
//!     57003;0104610053147452215d,OiLl\u{1d}93dGVz\r\n";
//!
//! let text = decode(file.as_bytes())?.text;
//! let mut counts = Counts::default();
//! for checked in Checker::of(&text).over(&text) {
//!     counts.add(&checked);
//! }
//! assert_eq!((counts.total(), counts.duplicates), (3, 1));
//! # Ok::<(), cis::bulk::Undecodable>(())
//! ```

mod check;
mod duplicates;
mod encoding;
mod header;
mod looks;
mod rows;
mod shape;
mod split;

pub use check::{Checked, Checker, CheckerIter, Counts};
pub use duplicates::Duplicates;
pub use encoding::{Decoded, Encoding, Undecodable, decode};
pub use rows::{Cell, Reader, Row, Rows, lines};
pub use shape::{Columns, Shape};

pub use crate::escape::csv::Delimiter;
