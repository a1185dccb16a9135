//! A form with nothing to fill in.

use leptos::prelude::*;

/// A form whose submission is all there is to say. With scripts it calls `run`; without them it posts to the address of
/// the server function.
#[component]
pub(crate) fn Act(
    /// The address of the server function.
    url: &'static str,
    /// What its submission does.
    #[prop(into)]
    run: Callback<()>,
    /// The button.
    children: Children,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        run.run(());
    };
    view! { <form method="post" action=url on:submit=submit>{children()}</form> }
}
