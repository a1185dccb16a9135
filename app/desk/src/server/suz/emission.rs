//! Orders of codes: made, signed, sent once, found again when the answer was lost, watched, closed.
//!
//! | file | what |
//! |---|---|
//! | `ordering`, `body`, `obstacles` | from a filled form to an order that is about to be sent |
//! | `driving` | the job of an order: what is to be done next |
//! | `sending` | sending it once, finding it when no answer came |
//! | `watching`, `told` | looking at it, and what the station's words come to |
//! | `next` | what is to be done next with it |
//! | `closing` | closing it |
//! | `deciding` | what people decide |
//! | `testing` | the test order of a self-check |
//! | `begun`, `kept` | what a form begins with; forms that made no order |
//! | `stuck` | orders that lie at the station without a signature |
//! | `pages` | what people see |
//! | `signed` | what one signs who signs it |
//! | `station` | whose calls they are |

mod begun;
mod body;
mod closing;
mod deciding;
pub(in crate::server) mod driving;
mod kept;
mod next;
mod obstacles;
mod ordering;
mod pages;
mod sending;
pub(in crate::server::suz) mod signed;
pub(in crate::server) mod station;
mod stuck;
mod testing;
mod told;
mod watching;

pub use pages::FormAsk;
pub use testing::MOST_TEST_CODES;
