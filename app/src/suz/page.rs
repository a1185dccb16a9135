//! Which page of СУЗ an address means. They share one route: one part of the wasm, loaded once.

use super::{
    connect::ConnectPage,
    list::ListPage,
    one::ConnectionPage,
    orders::{NewOrderPage, OneOrderPage, OrdersPage},
    passport::PassportPage,
    queue::QueuePage,
    stock::{GoodsPage, ImportPage, StockPage},
};
use crate::ui::{NotFoundPage, part};
use cis::Gtin;
use desk::ids::{EmissionId, SuzConnectionId};
use leptos::prelude::*;
use leptos_meta::Stylesheet;
use leptos_router::{hooks::use_location, params::ParamsMap};

/// A page of СУЗ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    List,
    Connect,
    Queue,
    One(SuzConnectionId),
    Passport(SuzConnectionId),
    Orders,
    NewOrder,
    Order(EmissionId),
    Stock,
    Import,
    Goods(Gtin),
    Nowhere,
}

impl Place {
    fn of(path: &str) -> Option<Self> {
        let rest = path.strip_prefix("/suz")?;
        let mut parts = rest.split('/').filter(|part| !part.is_empty());
        Some(match (parts.next(), parts.next(), parts.next()) {
            (None, ..) => Self::List,
            (Some("connect"), None, _) => Self::Connect,
            (Some("sign"), None, _) => Self::Queue,
            (Some("orders"), None, _) => Self::Orders,
            (Some("orders"), Some("new"), None) => Self::NewOrder,
            (Some("orders"), Some(id), None) => id.parse().map_or(Self::Nowhere, Self::Order),
            (Some("stock"), None, _) => Self::Stock,
            (Some("stock"), Some("import"), None) => Self::Import,
            (Some("stock"), Some(gtin), None) => gtin.parse().map_or(Self::Nowhere, Self::Goods),
            (Some(id), None, _) => id.parse().map_or(Self::Nowhere, Self::One),
            (Some(id), Some("passport"), None) => id.parse().map_or(Self::Nowhere, Self::Passport),
            _ => Self::Nowhere,
        })
    }
}

/// What the address asks of a page. They share one route, and the route's own query stays what it was when the first of them
/// was opened. What another address asks is nothing to this page, which may still be here on the way there: drawing it
/// anew then would draw it outside the router.
pub(super) fn query() -> Memo<ParamsMap> {
    let location = use_location();
    let (pathname, query) = (location.pathname, location.query);
    let here = pathname.get_untracked();
    Memo::new(move |before: Option<&ParamsMap>| match before {
        Some(before) if pathname.with(|path| *path != here) => before.clone(),
        _ => query.get(),
    })
}

/// Every page of СУЗ.
#[component]
pub(crate) fn SuzPages() -> impl IntoView {
    let pathname = use_location().pathname;
    // On the way to a page elsewhere this one stays as it is.
    let place = Memo::new(move |before: Option<&Place>| {
        pathname
            .with(|path| Place::of(path))
            .or(before.copied())
            .unwrap_or(Place::Nowhere)
    });
    view! {
        <Stylesheet href="/suz.css"/>
        {part(move || match place.get() {
            Place::List => view! { <ListPage/> }.into_any(),
            Place::Connect => view! { <ConnectPage/> }.into_any(),
            Place::Queue => view! { <QueuePage/> }.into_any(),
            Place::One(id) => view! { <ConnectionPage id=id/> }.into_any(),
            Place::Passport(id) => view! { <PassportPage id=id/> }.into_any(),
            Place::Orders => view! { <OrdersPage/> }.into_any(),
            Place::NewOrder => view! { <NewOrderPage/> }.into_any(),
            Place::Order(id) => view! { <OneOrderPage id=id/> }.into_any(),
            Place::Stock => view! { <StockPage/> }.into_any(),
            Place::Import => view! { <ImportPage/> }.into_any(),
            Place::Goods(gtin) => view! { <GoodsPage gtin=gtin/> }.into_any(),
            Place::Nowhere => view! { <NotFoundPage/> }.into_any(),
        })}
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn addresses_mean_pages() {
        let id = "0193f0a0-0000-7000-8000-000000000001";
        let parsed = id.parse().expect("an id");
        assert_eq!(Place::of("/suz"), Some(Place::List));
        assert_eq!(Place::of("/suz/"), Some(Place::List));
        assert_eq!(Place::of("/suz/connect"), Some(Place::Connect));
        assert_eq!(Place::of("/suz/sign"), Some(Place::Queue));
        assert_eq!(Place::of(&format!("/suz/{id}")), Some(Place::One(parsed)));
        assert_eq!(
            Place::of(&format!("/suz/{id}/passport")),
            Some(Place::Passport(parsed))
        );
        assert_eq!(Place::of("/suz/orders"), Some(Place::Orders));
        assert_eq!(Place::of("/suz/orders/new"), Some(Place::NewOrder));
        assert_eq!(
            Place::of(&format!("/suz/orders/{id}")),
            Some(Place::Order(id.parse().expect("an id")))
        );
        assert_eq!(Place::of("/suz/stock"), Some(Place::Stock));
        assert_eq!(Place::of("/suz/stock/import"), Some(Place::Import));
        assert_eq!(
            Place::of("/suz/stock/04670033010053"),
            Some(Place::Goods("04670033010053".parse().expect("a GTIN")))
        );
        assert_eq!(Place::of("/suz/stock/04670033010054"), Some(Place::Nowhere));
        assert_eq!(Place::of("/suz/none"), Some(Place::Nowhere));
        assert_eq!(Place::of("/orders"), None);
    }
}
