//! Which columns hold what, where the guess was wrong.

use super::{Work, acts::Which};
use crate::{
    texts::{self, bulk as words},
    ui::Button,
};
use desk::bulk::{BatchPage as Page, ColumnView};
use leptos::{form::ActionForm, prelude::*};
use std::sync::Arc;

/// Characters of a sample that are shown.
const SAMPLE: usize = 24;

/// The choice of the two columns.
#[component]
#[expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
pub(super) fn Columns(
    /// What is done here.
    work: Work,
    /// The batch.
    page: Arc<Page>,
) -> impl IntoView {
    let lang = texts::lang();
    let id = page.batch.id;
    let unknown = page.order_column.is_none();
    let orders = options(&page.columns, page.order_column, lang);
    let codes = options(&page.columns, Some(page.code_column), lang);
    view! {
        <details class="card pad" open=unknown>
            <summary>{words::columns(lang)}</summary>
            <ActionForm action=work.columns>
                <div class="top">
                    <Which id=id/>
                    <label class="where">
                        <span class="muted">{words::order_column(lang)}</span>
                        <select class="field" name="order">
                            <option value="" selected=unknown>{words::no_column(lang)}</option>
                            {orders}
                        </select>
                    </label>
                    <label class="where">
                        <span class="muted">{words::code_column(lang)}</span>
                        <select class="field" name="code">{codes}</select>
                    </label>
                    <Button text=words::judge_again(lang) pending=work.columns.pending()/>
                </div>
            </ActionForm>
        </details>
    }
}

/// The columns to choose from.
fn options(columns: &[ColumnView], chosen: Option<u32>, lang: cis::Lang) -> Vec<AnyView> {
    columns
        .iter()
        .zip(0_u32..)
        .map(|(column, index)| {
            let name = name(column, index, lang);
            view! { <option value=index.to_string() selected=chosen == Some(index)>{name}</option> }
                .into_any()
        })
        .collect()
}

/// A column by its name, or by its number and what stands in it.
fn name(column: &ColumnView, index: u32, lang: cis::Lang) -> String {
    let sample: String = column
        .sample
        .chars()
        .filter(|character| !character.is_control())
        .take(SAMPLE)
        .collect();
    match &column.name {
        Some(name) => name.clone(),
        None => words::nameless_column(index + 1, &sample, lang),
    }
}
