//! Parts of forms that change a connection or an order.

use crate::{
    failure::Failure,
    ui::{FailureView, part},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// What a form is about: a connection, an order.
#[component]
pub(in crate::suz) fn Which<Id: std::fmt::Display>(
    /// Which.
    id: Id,
) -> impl IntoView {
    view! { <input type="hidden" name="id" value=id.to_string()/> }
}

/// Why an act did not work; nothing while it has not been tried, or worked.
#[component]
pub(in crate::suz) fn Trouble<Act>(
    /// The act.
    action: ServerAction<Act>,
) -> impl IntoView
where
    Act: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    Act::Output: Clone + Send + Sync + 'static,
{
    part(move || {
        action
            .value()
            .get()
            .and_then(Result::err)
            .map(|failure| view! { <FailureView failure=failure/> })
    })
}

/// Loads the page's data again once an act has worked.
pub(in crate::suz) fn reload_after<Act>(action: ServerAction<Act>, reload: Callback<()>)
where
    Act: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    Act::Output: Clone + Send + Sync + 'static,
{
    Effect::new(move |_| {
        if action
            .value()
            .with(|outcome| matches!(outcome, Some(Ok(_))))
        {
            reload.run(());
        }
    });
}
