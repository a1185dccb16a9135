//! Why an escaped text cannot be read back.

use alloc::format;
use alloc::string::String;
use core::fmt;
use core::str::Chars;

use crate::Lang;

/// A text that its format does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    fault: Fault,
    position: usize,
}

/// What is wrong with an escaped text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The text ends before its closing quotation mark.
    Unclosed,
    /// There is more behind the closing quotation mark.
    Trailing,
    /// A character stands bare that the format wants escaped.
    Bare,
    /// An escape that the format does not know, or one that is cut short.
    Escape,
    /// An escape stands for no character: half of a surrogate pair, a number beyond Unicode, or bytes that are not UTF-8.
    NoCharacter,
    /// The text does not begin as the format does.
    Start,
    /// The text between brackets is no application identifier of a marking code, or no code comes out.
    NotACode,
    /// The text can be read as several codes.
    Ambiguous,
}

impl Malformed {
    pub(super) fn new(fault: Fault, position: usize) -> Self {
        Self { fault, position }
    }

    /// What is wrong.
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// Where: the index of the character in the text as it was given, from zero.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What is wrong and where (counted from one), for a person.
    pub fn message(&self, lang: Lang) -> String {
        let (what, at) = match lang {
            Lang::Ru => (self.fault.russian(), "позиция"),
            Lang::En => (self.fault.english(), "position"),
        };
        let position = self.position.saturating_add(1);
        format!("{what} ({at} {position}).")
    }
}

impl Fault {
    fn russian(self) -> &'static str {
        match self {
            Self::Unclosed => "Нет закрывающей кавычки",
            Self::Trailing => "После закрывающей кавычки есть ещё текст",
            Self::Bare => "Символ должен быть записан через экранирование",
            Self::Escape => "Такой экранированной записи нет",
            Self::NoCharacter => "Экранированная запись не обозначает символа",
            Self::Start => "Текст начинается не так, как положено в этом формате",
            Self::NotACode => "Кода маркировки не получается",
            Self::Ambiguous => "Текст читается как несколько разных кодов",
        }
    }

    fn english(self) -> &'static str {
        match self {
            Self::Unclosed => "The closing quotation mark is missing",
            Self::Trailing => "There is more text behind the closing quotation mark",
            Self::Bare => "The character has to be escaped",
            Self::Escape => "There is no such escape",
            Self::NoCharacter => "The escape stands for no character",
            Self::Start => "The text does not begin as this format does",
            Self::NotACode => "No marking code comes out",
            Self::Ambiguous => "The text reads as several different codes",
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl core::error::Error for Malformed {}

/// The characters of a text under decoding, counted.
#[derive(Clone)]
pub(super) struct Reader<'a> {
    rest: Chars<'a>,
    read: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            rest: text.chars(),
            read: 0,
        }
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        self.read += 1;
        Some(next)
    }

    /// Steps over the text if it comes next.
    pub(super) fn skip(&mut self, text: &str) -> bool {
        let found = self.rest.as_str().strip_prefix(text);
        if let Some(behind) = found {
            self.rest = behind.chars();
            self.read += text.chars().count();
        }
        found.is_some()
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a str {
        self.rest.as_str()
    }

    /// A fault at the character read last.
    pub(super) fn fault(&self, fault: Fault) -> Malformed {
        Malformed::new(fault, self.read.saturating_sub(1))
    }

    /// Reads that many hexadecimal digits.
    pub(super) fn hex(&mut self, digits: usize) -> Option<u32> {
        (0..digits).try_fold(0, |value, _| {
            let digit = self.next()?.to_digit(16)?;
            Some(value << 4 | digit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_in_both_languages_with_its_place_counted_from_one() {
        let malformed = Malformed::new(Fault::Unclosed, 6);
        assert_eq!(
            malformed.message(Lang::Ru),
            "Нет закрывающей кавычки (позиция 7)."
        );
        assert_eq!(
            malformed.message(Lang::En),
            "The closing quotation mark is missing (position 7)."
        );
    }
}
