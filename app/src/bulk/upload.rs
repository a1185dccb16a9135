//! Bringing a file or a paste: a plain form, which scripts only make more comfortable.

use crate::{
    texts::{self, bulk as words},
    ui::{Button, Look, Notice, Tone},
};
use leptos::{ev, html, prelude::*};
use leptos_router::hooks::use_query_map;

macro_rules! troubles {
    ($($(#[$doc:meta])* $variant:ident = $word:literal,)*) => {
        /// Why a file was not taken, as the address of the page says it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum UploadTrouble {
            $($(#[$doc])* $variant,)*
        }

        impl UploadTrouble {
            /// The word in the address.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The trouble of a word.
            pub(crate) fn named(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

troubles! {
    /// More bytes than are taken.
    TooLarge = "too_large",
    /// More rows than are taken.
    TooManyRows = "too_many_rows",
    /// Nothing in it.
    Empty = "empty",
    /// Neither text nor a workbook.
    Unreadable = "unreadable",
    /// It did not come whole.
    Cut = "cut",
    /// Our own fault.
    Ours = "ours",
}

#[cfg(feature = "ssr")]
impl UploadTrouble {
    /// What a problem is to who brought the file.
    pub const fn of(problem: &desk::problem::Problem) -> Self {
        use desk::problem::Problem;
        match problem {
            Problem::TooMuch { .. } => Self::TooManyRows,
            Problem::NoRows => Self::Empty,
            Problem::CutFile => Self::Cut,
            _ => Self::Ours,
        }
    }
}

/// The form.
#[component]
pub(super) fn Upload() -> impl IntoView {
    let lang = texts::lang();
    let query = use_query_map();
    let form = NodeRef::<html::Form>::new();
    let file = NodeRef::<html::Input>::new();
    let trouble = move || {
        let trouble = query.with(|query| query.get("trouble"))?;
        let trouble = UploadTrouble::named(&trouble)?;
        Some(view! { <Notice tone=Tone::Bad text=words::upload_trouble(trouble, lang)/> })
    };
    view! {
        <form
            method="post"
            action="/bulk/upload"
            enctype="multipart/form-data"
            class="card pad stack"
            node_ref=form
            on:dragover=|event| event.prevent_default()
            on:drop=move |event| {
                event.prevent_default();
                dropped(&event, file, form);
            }
        >
            <h2>{words::bring(lang)}</h2>
            <p class="muted">{words::bring_text(lang)}</p>
            {trouble}
            <div class="labelled">
                <label for="bulk-file">{words::file(lang)}</label>
                <input class="field" id="bulk-file" type="file" name="file" accept=".csv,.tsv,.txt,.xlsx" node_ref=file/>
                <p class="hint">{words::file_hint(lang)}</p>
            </div>
            <div class="labelled">
                <label for="bulk-text">{words::paste(lang)}</label>
                <textarea
                    class="field mono"
                    id="bulk-text"
                    name="text"
                    rows="4"
                    placeholder=words::paste_hint(lang)
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                ></textarea>
            </div>
            <div class="top">
                <Button text=words::look(lang) look=Look::Go/>
                <a class="link" href="/bulk/template/xlsx" rel="external" download="">{words::template_workbook(lang)}</a>
                <a class="link" href="/bulk/template/csv" rel="external" download="">{words::template_text(lang)}</a>
            </div>
        </form>
    }
}

/// Puts a dropped file into the form and submits it.
#[cfg(feature = "hydrate")]
fn dropped(event: &ev::DragEvent, file: NodeRef<html::Input>, form: NodeRef<html::Form>) {
    use js_sys::{Function, Reflect};
    use wasm_bindgen::{JsCast, JsValue};

    let put = || -> Option<()> {
        let input = JsValue::from(file.get_untracked()?);
        let form = JsValue::from(form.get_untracked()?);
        let holder = Reflect::get(event, &"dataTransfer".into()).ok()?;
        let files = Reflect::get(&holder, &"files".into()).ok()?;
        Reflect::get_u32(&files, 0)
            .ok()
            .filter(JsValue::is_object)?;
        Reflect::set(&input, &"files".into(), &files).ok()?;
        let submit: Function = Reflect::get(&form, &"submit".into())
            .ok()?
            .dyn_into()
            .ok()?;
        submit.call0(&form).ok().map(drop)
    };
    // Something else than a file was dropped, or the browser forbids it: the form is still there.
    let _put = put();
}

/// On the server nothing is dropped.
#[cfg(not(feature = "hydrate"))]
fn dropped(_event: &ev::DragEvent, _file: NodeRef<html::Input>, _form: NodeRef<html::Form>) {}
