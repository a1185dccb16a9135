//! What a large field begins with.

/// The text inside a `<textarea>`. On the server the framework writes what stands inside one as it is, so that markup in it
/// would end the field; in the browser it is a text already.
pub(crate) fn prefilled(text: String) -> String {
    if cfg!(feature = "ssr") {
        text.replace('&', "&amp;").replace('<', "&lt;")
    } else {
        text
    }
}
