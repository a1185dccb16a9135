//! The language of a sentence for a person.

/// The language in which a sentence is wanted.
///
/// The enum is exhaustive on purpose: a new language must not compile until every sentence has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
pub enum Lang {
    /// Russian, the first language of the product.
    #[default]
    Ru,
    /// English.
    En,
}
