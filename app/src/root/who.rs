//! Who is signed in: asked once for the frame, again after signing in or out and when the order counts change.

use crate::{account::api::who_am_i, failure::Failure, live};
use desk::account::Profile;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// What is known of who is signed in.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    /// Whether the visitor stands at the door: signing in, up or out always passes through there.
    at_door: Memo<bool>,
    /// The answer, with the place it was asked from: an answer from the other side of the door is old.
    answer: Resource<(bool, Result<Option<Profile>, Failure>)>,
}

impl Session {
    /// The profile, when somebody is signed in; read it inside a `Transition`.
    pub(crate) fn profile(self) -> Option<Profile> {
        self.answer.get().and_then(|(_, who)| who.ok().flatten())
    }

    /// Whether it is known that somebody is signed in.
    pub(crate) fn signed_in(self) -> bool {
        self.current().is_some_and(|who| matches!(who, Ok(Some(_))))
    }

    /// Whether it is known that nobody is signed in.
    pub(crate) fn signed_out(self) -> bool {
        self.current().is_some_and(|who| matches!(who, Ok(None)))
    }

    /// Whether nobody could say who is here: the server did not answer.
    pub(crate) fn unanswered(self) -> bool {
        self.answer
            .get()
            .is_some_and(|(_, who)| matches!(who, Err(Failure::Call(_))))
    }

    fn current(self) -> Option<Result<Option<Profile>, Failure>> {
        let at_door = self.at_door.get();
        self.answer
            .get()
            .and_then(|(asked_at_door, who)| (asked_at_door == at_door).then_some(who))
    }
}

/// Finds out who is signed in, for everything inside.
#[component]
pub(crate) fn Who(
    /// Everything inside.
    children: Children,
) -> impl IntoView {
    let pathname = use_location().pathname;
    let at_door =
        Memo::new(move |_| pathname.with(|path| matches!(path.as_str(), "/signin" | "/signup")));
    let answer = Resource::new(
        move || at_door.get(),
        |at_door| async move { (at_door, who_am_i().await) },
    );
    let session = Session { at_door, answer };
    provide_context(session);
    live::follow(Signal::derive(move || session.signed_in()));
    live::on_crowd(
        |news| news.concerns_list() || news.concerns_suz(None),
        move || answer.refetch(),
    );
    children()
}

/// Who is signed in.
pub(crate) fn use_who() -> Session {
    expect_context::<Session>()
}
