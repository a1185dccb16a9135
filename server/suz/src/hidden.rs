//! What must not be repeated: tokens, keys and ids that their words quote back to us.
//!
//! СУЗ's most frequent refusal has the whole token and the whole OMS ID in its text (errorCode 1140). Their words are
//! shown and stored, so these values are cut to their last four characters first.

/// Anything shorter is no secret of theirs, and hiding it would mangle words.
const SHORTEST: usize = 8;

/// How many characters stay, as on our own pages.
const ENDING: usize = 4;

/// The values of one call that its answer may quote.
#[derive(Default)]
pub(crate) struct Hidden(Vec<String>);

impl Hidden {
    /// Hides these values, in upper and lower case alike.
    pub(crate) fn of<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let mut values: Vec<String> = values
            .into_iter()
            .map(str::to_ascii_lowercase)
            .filter(|value| value.len() >= SHORTEST)
            .collect();
        // A value inside another one shall not save the rest of it.
        values.sort_unstable_by_key(|value| std::cmp::Reverse(value.len()));
        Self(values)
    }

    /// The text with every hidden value cut to its ending.
    pub(crate) fn hide(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for value in &self.0 {
            text = cut(&text, value);
        }
        text
    }
}

fn cut(text: &str, value: &str) -> String {
    // ASCII alone changes, so places in the one are places in the other.
    let lower = text.to_ascii_lowercase();
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for (at, found) in lower.match_indices(value) {
        let end = at + found.len();
        kept.push_str(text.get(from..at).unwrap_or_default());
        kept.push('…');
        let shown = text.get(at..end).unwrap_or_default();
        let skipped = shown.chars().count().saturating_sub(ENDING);
        kept.extend(shown.chars().skip(skipped));
        from = end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Hidden({} values)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TOKEN: &str = "0cc2e4b0-5e2a-4d1c-9d5c-5a6b7c8d9e0f";
    const OMS_ID: &str = "67ad4640-c4d4-4d1b-8d2f-3f1f2e3d4c5b";

    #[test]
    fn the_words_of_1140_keep_neither_token_nor_oms_id() {
        let words = format!(
            "Маркер безопасности {TOKEN} не соответствует указанному в запросе идентификатору СУЗ {}",
            OMS_ID.to_uppercase()
        );
        assert_eq!(
            Hidden::of([TOKEN, OMS_ID]).hide(&words),
            "Маркер безопасности …9e0f не соответствует указанному в запросе идентификатору СУЗ …4C5B"
        );
    }

    #[test]
    fn short_values_and_other_words_stay() {
        let hidden = Hidden::of(["100", "", TOKEN]);
        assert_eq!(hidden.hide("limit 100 из 100"), "limit 100 из 100");
        assert_eq!(hidden.hide(""), "");
    }

    #[test]
    fn a_value_inside_another_does_not_save_it() {
        let hidden = Hidden::of(["abcdefgh", "abcdefgh.ijklmnop"]);
        assert_eq!(hidden.hide("<ABCDEFGH.ijklmnop>"), "<…mnop>");
    }

    proptest! {
        #[test]
        fn no_hidden_value_survives(
            before in "\\PC{0,20}", after in "\\PC{0,20}", value in "[A-Za-z0-9-]{8,40}", count in 0_usize..4,
        ) {
            let text = format!("{before}{}{after}", value.repeat(count));
            let hidden = Hidden::of([value.as_str()]).hide(&text);
            prop_assert!(!hidden.to_ascii_lowercase().contains(&value.to_ascii_lowercase()));
        }
    }
}
