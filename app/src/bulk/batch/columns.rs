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
    let options = |chosen: Option<u32>| {
        page.columns
            .iter()
            .zip(0_u32..)
            .map(|(column, index)| {
                let name = name(column, index, lang);
                view! { <option value=index.to_string() selected=chosen == Some(index)>{name}</option> }
            })
            .collect_view()
    };
    view! {
        <details class="card pad" open=page.order_column.is_none()>
            <summary>{words::columns(lang)}</summary>
            <ActionForm action=work.columns>
                <div class="top">
                    <Which id=page.batch.id/>
                    <label class="where">
                        <span class="muted">{words::order_column(lang)}</span>
                        <select class="field" name="order">
                            <option value="" selected=page.order_column.is_none()>{words::no_column(lang)}</option>
                            {options(page.order_column)}
                        </select>
                    </label>
                    <label class="where">
                        <span class="muted">{words::code_column(lang)}</span>
                        <select class="field" name="code">{options(Some(page.code_column))}</select>
                    </label>
                    <Button text=words::judge_again(lang) pending=work.columns.pending()/>
                </div>
            </ActionForm>
        </details>
    }
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
