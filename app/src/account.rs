//! Signing up, in and out.

pub mod api;
mod page;

pub(crate) use page::{SignInPage, SignUpPage};
