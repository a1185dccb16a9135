//! Words of JSON into an answer: what may follow what, and which of it are codes.

use super::{Fault, lexer::Token};

/// Deeper than this no answer is nested.
const DEEPEST: usize = 32;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Object,
    List,
}

/// What may come next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Next {
    /// The object that an answer is.
    #[default]
    Answer,
    /// A value.
    Value,
    /// A value, or the end of a list in which nothing stands.
    ValueOrEnd,
    /// The name of a field.
    Name,
    /// The name of a field, or the end of an object in which nothing stands.
    NameOrEnd,
    /// `:`.
    Colon,
    /// `,` or an end.
    CommaOrEnd,
    /// Nothing.
    Nothing,
}

/// Whose value is at hand in the answer's own object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Field {
    Codes,
    Block,
    #[default]
    Other,
}

/// The answer as far as it has come.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    within: Vec<Within>,
    next: Next,
    field: Field,
    /// Codes that nobody took yet.
    pub(super) codes: Vec<String>,
    /// All codes there were.
    pub(super) count: u64,
    /// Whether there was a list of codes.
    pub(super) has_codes: bool,
    /// `blockId`.
    pub(super) block: Option<String>,
}

impl Grammar {
    /// Whether the answer has come to its end.
    pub(super) fn is_done(&self) -> bool {
        self.next == Next::Nothing
    }

    /// Takes the next word, which stands after so many bytes.
    pub(super) fn take(&mut self, token: Token<'_>, at: u64) -> Result<(), Fault> {
        match (self.next, token) {
            (Next::Answer, Token::OpenObject) => self.open(Within::Object),
            // A comma, a colon or an end begins no value.
            (Next::Answer, Token::OpenList | Token::Text(_) | Token::Number(_) | Token::Name) => {
                Err(Fault::NotObject)
            }
            (Next::Name | Next::NameOrEnd, Token::Text(name)) => self.name(name),
            (Next::NameOrEnd | Next::CommaOrEnd, Token::CloseObject)
                if self.within.last() == Some(&Within::Object) =>
            {
                self.close();
                Ok(())
            }
            (Next::ValueOrEnd | Next::CommaOrEnd, Token::CloseList)
                if self.within.last() == Some(&Within::List) =>
            {
                self.close();
                Ok(())
            }
            (Next::Colon, Token::Colon) => {
                self.next = Next::Value;
                Ok(())
            }
            (Next::CommaOrEnd, Token::Comma) => {
                self.next = match self.within.last() {
                    Some(Within::Object) => Next::Name,
                    _ => Next::Value,
                };
                Ok(())
            }
            (Next::Value | Next::ValueOrEnd, token) => self.value(token, at),
            _ => Err(Fault::NotJson(at)),
        }
    }

    fn value(&mut self, token: Token<'_>, at: u64) -> Result<(), Fault> {
        if matches!(
            token,
            Token::CloseObject | Token::CloseList | Token::Colon | Token::Comma
        ) {
            return Err(Fault::NotJson(at));
        }
        match (self.within.as_slice(), self.field) {
            ([Within::Object, Within::List], Field::Codes) => return self.code(token),
            ([Within::Object], Field::Codes) => match token {
                Token::OpenList => self.has_codes = true,
                _ => return Err(Fault::Missing("codes")),
            },
            ([Within::Object], Field::Block) => match token {
                Token::Text(Some(text)) | Token::Number(text) => self.block = Some(text.to_owned()),
                _ => return Err(Fault::Missing("blockId")),
            },
            _ => {}
        }
        match token {
            Token::OpenObject => self.open(Within::Object),
            Token::OpenList => self.open(Within::List),
            _ => {
                self.next = Next::CommaOrEnd;
                Ok(())
            }
        }
    }

    fn code(&mut self, token: Token<'_>) -> Result<(), Fault> {
        match token {
            Token::Text(Some(code)) if !code.is_empty() => {
                self.codes.push(code.to_owned());
                self.count += 1;
                self.next = Next::CommaOrEnd;
                Ok(())
            }
            _ => Err(Fault::NotCode(self.count)),
        }
    }

    /// The name of a field; those of objects inside the answer mean nothing.
    fn name(&mut self, name: Option<&str>) -> Result<(), Fault> {
        self.next = Next::Colon;
        if self.within.len() > 1 {
            return Ok(());
        }
        self.field = match name {
            Some("codes") if self.has_codes => return Err(Fault::Twice("codes")),
            Some("codes") => Field::Codes,
            Some("blockId") if self.block.is_some() => return Err(Fault::Twice("blockId")),
            Some("blockId") => Field::Block,
            _ => Field::Other,
        };
        Ok(())
    }

    fn open(&mut self, within: Within) -> Result<(), Fault> {
        if self.within.len() == DEEPEST {
            return Err(Fault::Deep);
        }
        self.within.push(within);
        self.next = match within {
            Within::Object => Next::NameOrEnd,
            Within::List => Next::ValueOrEnd,
        };
        Ok(())
    }

    fn close(&mut self) {
        self.within.pop();
        self.next = if self.within.is_empty() {
            Next::Nothing
        } else {
            Next::CommaOrEnd
        };
    }
}
