//! The pages as parts of the wasm that the browser loads only where they are shown: whoever looks at the list of
//! orders does not wait for the code of the other pages. Few parts are better than many: each is a file to ask for,
//! and small files compress badly.

use super::inner::{signed_in_at_first, signed_in_only};
use crate::{
    account::{SignInPage, SignUpPage},
    bulk::{BatchPage, BatchesPage},
    check::CheckPage,
    codes::{CodePage, CodesPage},
    connections::ConnectionsPage,
    journal::JournalPage,
    orders::{OrderPage, OrdersPage, ShipPage},
    packing::PackingPage,
    suz::SuzPages,
};
use leptos::{lazy, prelude::*};
use leptos_router::LazyRoute;

/// The list that work begins with.
#[lazy]
fn order_list() -> AnyView {
    view! { <OrdersPage/> }.into_any()
}

/// A page that orders are worked on.
#[derive(Clone, Copy)]
enum AtWork {
    One,
    Ship,
}

/// The pages that work is done on.
#[lazy]
fn at_work(page: AtWork) -> AnyView {
    match page {
        AtWork::One => view! { <OrderPage/> }.into_any(),
        AtWork::Ship => view! { <ShipPage/> }.into_any(),
    }
}

/// A page that needs no account.
#[derive(Clone, Copy)]
enum Outside {
    SignIn,
    SignUp,
    Check,
}

/// The pages that need no account.
#[lazy]
fn outside(page: Outside) -> AnyView {
    match page {
        Outside::SignIn => view! { <SignInPage/> }.into_any(),
        Outside::SignUp => view! { <SignUpPage/> }.into_any(),
        Outside::Check => view! { <CheckPage/> }.into_any(),
    }
}

/// A page of many orders at once.
#[derive(Clone, Copy)]
enum Many {
    Packing,
    Batches,
    Batch,
}

/// The desk where codes are scanned all day, and batches. Together, because every part more cuts what parts share, and so
/// the first visit, into smaller files, which compress worse.
#[lazy]
fn many_orders(page: Many) -> AnyView {
    match page {
        Many::Packing => view! { <PackingPage/> }.into_any(),
        Many::Batches => view! { <BatchesPage/> }.into_any(),
        Many::Batch => view! { <BatchPage/> }.into_any(),
    }
}

/// A page that is opened now and then.
#[derive(Clone, Copy)]
enum Rare {
    Connections,
    Journal,
    Codes,
    Code,
    Suz,
}

/// The pages that are opened now and then.
#[lazy]
fn rare(page: Rare) -> AnyView {
    match page {
        Rare::Connections => view! { <ConnectionsPage/> }.into_any(),
        Rare::Journal => view! { <JournalPage/> }.into_any(),
        Rare::Codes => view! { <CodesPage/> }.into_any(),
        Rare::Code => view! { <CodePage/> }.into_any(),
        Rare::Suz => view! { <SuzPages/> }.into_any(),
    }
}

/// Makes the route of a page: `gate` runs at once, the page's part of the wasm is loaded meanwhile.
macro_rules! pages {
    ($($route:ident: $gate:expr, $view:ident($($page:expr)?), $preload:ident;)*) => {$(
        pub(super) struct $route;

        impl LazyRoute for $route {
            fn data() -> Self {
                $gate();
                Self
            }

            async fn view(_this: Self) -> AnyView {
                $view($($page)?).await
            }

            // Only a browser loads.
            #[cfg(target_arch = "wasm32")]
            async fn preload() {
                $preload().await;
            }
        }
    )*};
}

/// Pages for everybody.
const fn open() {}

pages! {
    SignIn: open, outside(Outside::SignIn), __preload_outside;
    SignUp: open, outside(Outside::SignUp), __preload_outside;
    Check: open, outside(Outside::Check), __preload_outside;
    Orders: signed_in_only, order_list(), __preload_order_list;
    Order: signed_in_only, at_work(AtWork::One), __preload_at_work;
    ShipMany: signed_in_only, at_work(AtWork::Ship), __preload_at_work;
    Batches: signed_in_only, many_orders(Many::Batches), __preload_many_orders;
    Batch: signed_in_only, many_orders(Many::Batch), __preload_many_orders;
    Packing: signed_in_at_first, many_orders(Many::Packing), __preload_many_orders;
    Codes: signed_in_only, rare(Rare::Codes), __preload_rare;
    Code: signed_in_only, rare(Rare::Code), __preload_rare;
    Connections: signed_in_only, rare(Rare::Connections), __preload_rare;
    Journal: signed_in_only, rare(Rare::Journal), __preload_rare;
    Suz: signed_in_only, rare(Rare::Suz), __preload_rare;
}
