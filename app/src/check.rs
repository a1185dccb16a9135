//! The check of a code: paste anything, see it taken apart. It needs no account, and nothing leaves the browser.

mod anatomy;
mod answer;
mod column;
mod export;
mod facts;
mod input;
mod intake;
mod job;
mod list;
mod raw;
mod report;
mod scanner;
mod sheet;
#[cfg(feature = "hydrate")]
mod slices;
mod verdict;
mod window;
#[cfg(feature = "hydrate")]
mod worker;

use crate::{
    texts::{self, check},
    ui::{PageTop, scanner::ScanField},
};
use answer::Answer;
use cis::{Hint, ProductGroup};
use input::Input;
use job::Job;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use scanner::ScannerCard;

/// What the page is about.
#[derive(Clone, Copy)]
struct Check {
    /// The field.
    field: ScanField,
    /// The chosen product group.
    group: RwSignal<Option<ProductGroup>>,
    /// The list under way.
    job: Job,
    /// Whether the scanner's check-up is open.
    scanner: RwSignal<bool>,
}

impl Check {
    /// What is known before a code is read.
    fn hint(self) -> Hint {
        Hint {
            group: self.group.get(),
            gtin: None,
            caps_lock: self.field.caps.get(),
        }
    }
}

/// The page. Without scripts the form asks for `/check?code=…&group=…`, and the server draws the answer.
#[component]
pub(crate) fn CheckPage() -> impl IntoView {
    let lang = texts::lang();
    let (code, group) = use_query_map().with_untracked(|query| {
        let group = query.get("group").and_then(|alias| alias.parse().ok());
        (query.get("code").unwrap_or_default(), group)
    });
    let check = Check {
        field: ScanField::new(code),
        group: RwSignal::new(group),
        job: Job::new(),
        scanner: RwSignal::new(false),
    };
    view! {
        <PageTop title=check::title(lang)>
            <span class="muted needs-script">{check::in_browser(lang)}</span>
            <span class="muted without-script">{check::on_server(lang)}</span>
        </PageTop>
        <Input check=check/>
        {move || check.scanner.get().then(|| view! { <ScannerCard/> })}
        <section class="card" aria-label=check::result(lang)>
            <Answer check=check/>
        </section>
    }
}
