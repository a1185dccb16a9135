//! Statements that are put together of parts, so that the database sees no condition that does not hold.

use crate::statement::{Statement, sql};
use sqlx::AssertSqlSafe;

/// A statement in the making: each `?` of a part becomes the next placeholder.
#[derive(Default)]
pub(crate) struct Draft {
    text: String,
    bound: usize,
    values: Vec<Bound>,
}

/// A value on its way to a placeholder.
pub(crate) enum Bound {
    /// A text.
    Text(String),
    /// A number.
    Number(i64),
}

impl Draft {
    /// Adds a part and the values of its placeholders.
    pub(crate) fn add(&mut self, part: &'static str, values: impl IntoIterator<Item = Bound>) {
        for (index, piece) in part.split('?').enumerate() {
            if index > 0 {
                self.bound += 1;
                self.text.push('$');
                self.text.push_str(&self.bound.to_string());
            }
            self.text.push_str(piece);
        }
        self.values.extend(values);
    }

    /// The statement. All parts are constants of this program; what people typed is bound.
    pub(crate) fn statement(self) -> Statement {
        self.values.into_iter().fold(
            sql(AssertSqlSafe(self.text)),
            |statement, value| match value {
                Bound::Text(text) => statement.bind(text.as_str()),
                Bound::Number(number) => statement.bind(number),
            },
        )
    }
}

/// Texts on their way to placeholders.
pub(crate) fn texts<const N: usize>(texts: [String; N]) -> [Bound; N] {
    texts.map(Bound::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_its_placeholder() {
        let mut draft = Draft::default();
        draft.add("a = ? AND b = ?", texts(["1".into(), "2".into()]));
        draft.add(" LIMIT ?", [Bound::Number(3)]);
        assert_eq!(draft.text, "a = $1 AND b = $2 LIMIT $3");
        assert_eq!((draft.bound, draft.values.len()), (3, 3));
    }
}
