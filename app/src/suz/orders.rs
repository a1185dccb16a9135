//! Orders of codes: all of them, a new one, one of them.

mod form;
mod gtin;
mod list;
mod one;
mod stuck;

use crate::root::use_who;
use desk::account::Permission;
pub(super) use form::NewOrderPage;
#[cfg(feature = "ssr")]
pub(super) use form::WRONG;
use leptos::prelude::*;
pub(super) use list::{OrdersPage, bounded};
pub(super) use one::OneOrderPage;

/// Whether the person may order codes and bring them; read it inside a `Transition`.
pub(super) fn may_order() -> Memo<bool> {
    let who = use_who();
    Memo::new(move |_| {
        who.profile()
            .is_some_and(|profile| profile.role.may(Permission::OrderCodes))
    })
}
