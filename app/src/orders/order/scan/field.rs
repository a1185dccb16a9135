//! The scan field as the rest of the card sees it.

use crate::orders::order::keys::insert_separator;
use leptos::{html::Textarea, prelude::*};

/// The text of the scan field: the browser's own, with a copy to judge. The field is never written while somebody
/// types before the scripts have come.
#[derive(Clone, Copy)]
pub(super) struct ScanField {
    /// The element.
    pub(super) node: NodeRef<Textarea>,
    /// The copy.
    pub(super) text: RwSignal<String>,
}

impl ScanField {
    /// Puts this text in the place of what is there.
    pub(super) fn write(self, text: &str) {
        if let Some(node) = self.node.get_untracked() {
            node.set_value(text);
        }
        self.text.set(text.to_owned());
    }

    /// Adds lines under what is there.
    pub(super) fn append(self, lines: &str) {
        let before = self.text.get_untracked();
        let joined = if before.trim().is_empty() {
            lines.to_owned()
        } else {
            format!("{}\n{lines}", before.trim_end())
        };
        self.write(&joined);
        self.focus();
    }

    /// Writes the separator where the cursor stands.
    pub(super) fn separate(self) {
        let Some(node) = self.node.get_untracked() else {
            return;
        };
        let at = |end: Result<Option<u32>, _>| {
            end.ok().flatten().and_then(|at| usize::try_from(at).ok())
        };
        let text = node.value();
        let start = at(node.selection_start()).unwrap_or(usize::MAX);
        let end = at(node.selection_end()).unwrap_or(usize::MAX);
        let (text, cursor) = insert_separator(&text, start, end);
        self.write(&text);
        if let Ok(cursor) = u32::try_from(cursor) {
            // A cursor that cannot be placed stays at the end, where a scanner writes anyway.
            let _placed = node.set_selection_range(cursor, cursor);
        }
    }

    /// Puts the cursor into the field.
    pub(super) fn focus(self) {
        if let Some(node) = self.node.get_untracked() {
            // A field that cannot take the focus leaves it where it was.
            let _focused = node.focus();
        }
    }
}
