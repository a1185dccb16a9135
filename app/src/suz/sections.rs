//! The parts of СУЗ as tabs: connections, orders of codes, codes and labels, what waits for a signature.

use crate::{
    texts::{self, suz::sections as words},
    ui::{Tab, Tabs},
};
use leptos::prelude::*;

/// A part of СУЗ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Orders of codes.
    Orders,
    /// Codes that were received, and their labels.
    Stock,
    /// Documents that wait for a signature.
    Queue,
    /// Connections.
    Connections,
}

impl Section {
    /// In the order in which they are worked with.
    const ALL: [Self; 4] = [Self::Orders, Self::Stock, Self::Queue, Self::Connections];

    const fn address(self) -> &'static str {
        match self {
            Self::Orders => "/suz/orders",
            Self::Stock => "/suz/stock",
            Self::Queue => "/suz/sign",
            Self::Connections => "/suz",
        }
    }
}

/// The way from one part to another.
#[component]
pub(super) fn Sections(
    /// The part one is in.
    current: Section,
) -> impl IntoView {
    let lang = texts::lang();
    let tab = |section: Section| Tab {
        href: section.address().to_owned(),
        name: match section {
            Section::Orders => words::orders(lang),
            Section::Stock => words::stock(lang),
            Section::Queue => words::queue(lang),
            Section::Connections => words::connections(lang),
        }
        .to_owned(),
        count: None,
        current: section == current,
    };
    let tabs: Vec<Tab> = Section::ALL.into_iter().map(tab).collect();
    view! { <Tabs label=words::sections(lang) tabs=tabs/> }
}
