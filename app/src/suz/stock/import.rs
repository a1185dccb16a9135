//! Codes that were bought elsewhere: a plain form with a file.

use crate::{
    texts::{self, suz::stock as words},
    ui::{Button, Look, Notice, PageTop, Tone},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};

/// The page. What came of a file stands in the address.
#[component]
pub(in crate::suz) fn ImportPage() -> impl IntoView {
    let lang = texts::lang();
    view! {
        <PageTop title=words::import_title(lang)>
            <span class="right"><A href="/suz/stock" attr:class="link">{words::to_stock(lang)}</A></span>
        </PageTop>
        <Outcome/>
        <form
            method="post"
            action="/suz/stock/import/file"
            enctype="multipart/form-data"
            class="card pad stack"
        >
            <p class="measure">{words::import_text(lang)}</p>
            <div class="labelled wide">
                <label for="import-file">{words::import_file(lang)}</label>
                <input class="field" id="import-file" type="file" name="file" accept=".csv,.txt,.tsv,.xlsx" required/>
                <p class="hint">{words::import_file_hint(lang)}</p>
            </div>
            <div class="top"><Button text=words::import_act(lang) look=Look::Go/></div>
        </form>
    }
}

/// What came of the file before.
#[component]
fn Outcome() -> impl IntoView {
    let lang = texts::lang();
    let query = use_query_map();
    move || {
        let count = |name: &str| {
            query.with(|query| query.get(name).and_then(|text| text.parse::<u32>().ok()))
        };
        let taken = count("taken")?;
        let (known, repaired, refused) = (
            count("known").unwrap_or(0),
            count("repaired").unwrap_or(0),
            count("refused").unwrap_or(0),
        );
        let tone = if refused > 0 { Tone::Warn } else { Tone::Ok };
        Some(
            view! { <Notice tone=tone text=words::imported(taken, known, repaired, refused, lang)/> },
        )
    }
}
