//! Scans that come before the scripts.
//!
//! Whoever scans all day does not wait for a page to load. Without a listener the browser would drop the separator, and
//! the code would be damaged in silence.

use leptos::{html::Textarea, prelude::*};

/// Writes the separator for its keys and leaves everything else to the browser; Enter is a new line then.
const SCRIPT: &str = concat!(
    r#"document.getElementById("scan").onkeydown=function(e){"#,
    r#"if(e.code=="F8"||e.code=="BracketRight"&&e.ctrlKey){e.preventDefault();"#,
    r#"this.setRangeText("\x1d",this.selectionStart,this.selectionEnd,"end")}}"#,
);

/// Stands behind the scan field and listens to it until the scripts have come.
#[component]
pub(super) fn EarlyKeys() -> impl IntoView {
    view! { <script inner_html=SCRIPT></script> }
}

/// Ends the early listening and hands over what was typed until now, and whether its last scan is whole: a scanner
/// ends each with Enter.
pub(super) fn take_over(node: &<Textarea as leptos::html::ElementType>::Output) -> (String, bool) {
    node.set_onkeydown(None);
    let typed = node.value();
    let whole = typed.ends_with('\n');
    (typed, whole)
}
