//! The pages as parts of the wasm that the browser loads only where they are shown: whoever looks at the list of
//! orders does not wait for the code of the other pages.

use super::inner::signed_in_only;
use crate::{
    account::{SignInPage, SignUpPage},
    check::CheckPage,
    connections::ConnectionsPage,
    journal::JournalPage,
    orders::{OrderPage, OrdersPage},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Makes the route of a page: `gate` runs at once, the page's own part of the wasm is loaded meanwhile.
macro_rules! pages {
    ($($route:ident: $gate:expr, $page:ident;)*) => {$(
        pub(super) struct $route;

        #[lazy_route]
        impl LazyRoute for $route {
            fn data() -> Self {
                $gate();
                Self
            }

            fn view(_this: Self) -> AnyView {
                view! { <$page/> }.into_any()
            }
        }
    )*};
}

/// Pages for everybody.
const fn open() {}

pages! {
    SignIn: open, SignInPage;
    SignUp: open, SignUpPage;
    Check: open, CheckPage;
    Orders: signed_in_only, OrdersPage;
    Order: signed_in_only, OrderPage;
    Connections: signed_in_only, ConnectionsPage;
    Journal: signed_in_only, JournalPage;
}
