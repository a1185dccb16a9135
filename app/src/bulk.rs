//! Many orders at once: the page of batches and the page of one.

pub(crate) mod api;
mod batch;
mod list;
mod upload;

pub(crate) use batch::BatchPage;
pub(crate) use list::BatchesPage;
pub use upload::UploadTrouble;

#[cfg(feature = "ssr")]
pub use crate::texts::bulk::{error_column, said::reason, template};
