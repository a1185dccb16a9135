//! Every word on the screen, in Russian and English, and nowhere else.
//!
//! A text without parameters is a line of [`texts!`]; one with parameters is a function beside it. Russian comes
//! first and is written for people; English says the same.

mod words;

pub(crate) mod account;
pub(crate) mod bulk;
pub(crate) mod check;
pub(crate) mod codes;
pub(crate) mod connections;
pub(crate) mod frame;
pub(crate) mod journal;
pub(crate) mod orders;
pub(crate) mod packing;
#[cfg(feature = "ssr")]
pub(crate) mod problems;
pub(crate) mod suz;

pub(crate) use words::{lang, number, plural, when, when_exact};

/// Makes one function a text: `name: "по-русски", "in English";` becomes `name(lang)`.
macro_rules! texts {
    ($($name:ident: $ru:literal, $en:literal;)*) => {
        $(pub(crate) const fn $name(lang: cis::Lang) -> &'static str {
            match lang {
                cis::Lang::Ru => $ru,
                cis::Lang::En => $en,
            }
        })*
    };
}
pub(crate) use texts;
