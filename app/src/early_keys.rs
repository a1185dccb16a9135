//! Scans that come before the scripts.
//!
//! Whoever scans all day does not wait for a page to load. Without a listener the browser would drop the separator, and
//! the code would be damaged in silence. So the head of the document has a few lines of script of its own, which write
//! the separator for Ctrl+`]` and F8 and leave everything else to the browser; Enter is a new line then.

use leptos::{html::ElementType, html::Textarea, prelude::*};

/// The id of the scan field.
pub(crate) const SCAN_FIELD: &str = "scan";

/// Listens to the scan field from the head of the document, until [`take_over`].
#[cfg(feature = "ssr")]
#[component]
pub(crate) fn EarlyKeys() -> impl IntoView {
    let script = format!(
        "onkeydown=function(e){{var t=e.target;if(t.id==\"{SCAN_FIELD}\"&&(e.code==\"F8\"||e.code==\"BracketRight\"&&e.ctrlKey)){{\
         e.preventDefault();t.setRangeText(\"\\x1d\",t.selectionStart,t.selectionEnd,\"end\")}}}}"
    );
    view! { <script nonce=leptos::nonce::use_nonce()>{script}</script> }
}

/// Ends the early listening and tells what was typed until now, and whether its last scan is whole: a scanner ends each
/// with Enter.
pub(crate) fn take_over(field: &<Textarea as ElementType>::Output) -> (String, bool) {
    window().set_onkeydown(None);
    let typed = field.value();
    let whole = typed.ends_with('\n');
    (typed, whole)
}
