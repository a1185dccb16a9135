//! Codes that were bought elsewhere: a plain form with a file.

use super::super::{orders::may_order, page};
use crate::{
    bulk::UploadTrouble,
    texts::{self, suz, suz::stock as words},
    ui::{Button, Empty, Look, Notice, PageTop, Tone, part},
};
use desk::suz::receiving::RowRefusal;
use leptos::prelude::*;
use leptos_router::components::A;

/// The page. What came of a file stands in the address.
#[component]
pub(in crate::suz) fn ImportPage() -> impl IntoView {
    let lang = texts::lang();
    let may = may_order();
    view! {
        <PageTop title=words::import_title(lang)>
            <span class="right"><A href="/suz/stock" attr:class="link">{words::to_stock(lang)}</A></span>
        </PageTop>
        <Transition>
            {part(move || {
                if may.get() {
                    view! { <Form/> }.into_any()
                } else {
                    let text = suz::orders::nothing_for_others(lang);
                    view! { <div class="card"><Empty title=words::import_title(lang) text=text/></div> }.into_any()
                }
            })}
        </Transition>
    }
}

/// The form, with what came of the file before.
#[component]
fn Form() -> impl IntoView {
    let lang = texts::lang();
    view! {
        <Trouble/>
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

/// Why the file before was not taken.
#[component]
fn Trouble() -> impl IntoView {
    let lang = texts::lang();
    let query = page::query();
    move || {
        let word = query.with(|query| query.get("trouble"))?;
        let trouble = UploadTrouble::named(&word)?;
        Some(view! { <Notice tone=Tone::Bad text=words::import_trouble(trouble, lang)/> })
    }
}

/// The rows that are named in the address, each with why it was not taken.
fn rows_of(text: &str) -> Vec<(u32, RowRefusal)> {
    text.split('-')
        .filter_map(|part| {
            let (row, why) = part.split_once('.')?;
            Some((row.parse().ok()?, why.parse().ok()?))
        })
        .collect()
}

/// What came of the file before.
#[component]
fn Outcome() -> impl IntoView {
    let lang = texts::lang();
    let query = page::query();
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
        let arriving = count("arriving").unwrap_or(0);
        let tone = if refused + arriving > 0 {
            Tone::Warn
        } else {
            Tone::Ok
        };
        let rows = query.with(|query| query.get("rows").unwrap_or_default());
        let rows: Vec<_> = rows_of(&rows)
            .into_iter()
            .map(|(row, why)| view! { <li>{words::refused_row(row, why, lang)}</li> })
            .collect();
        Some(view! {
            <Notice tone=tone text=words::imported(taken, known, repaired, refused, lang)>
                {(arriving > 0).then(|| view! { <p>{words::arriving(arriving, lang)}</p> })}
                {(!rows.is_empty()).then(|| view! { <ul>{rows}</ul> })}
            </Notice>
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refused_rows_are_read_out_of_the_address_and_nonsense_is_not() {
        assert_eq!(
            rows_of("3.not_a_code-17.no_tail-x.no_tail-4.what-"),
            [(3, RowRefusal::NotACode), (17, RowRefusal::NoTail)]
        );
    }
}
