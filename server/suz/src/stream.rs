//! An answer full of codes (`codes`, `order/codes/retry`), read while it arrives.
//!
//! Such an answer has up to 150 000 codes, some twenty megabytes, and is never in memory as a whole: pieces go in as the
//! network gives them, codes come out. It is JSON to the letter (RFC 8259) with a few bounds of our own, and its end is
//! told apart from a body that breaks off: codes of a cut answer were handed out and must be asked for as a block.
//!
//! This is a function of bytes and knows nothing of the network; the fuzzer compiles these files alone.

mod grammar;
mod lexer;

use grammar::Grammar;
use lexer::Lexer;

/// Why a row of bytes is no answer with codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It ends in the middle: codes may have been handed out that nobody heard.
    Cut,
    /// It is not JSON; how many bytes before the place were right.
    NotJson(u64),
    /// It is nested deeper than any answer of theirs.
    Deep,
    /// It is JSON and no object.
    NotObject,
    /// A code is not one: which, counted from nought.
    NotCode(u64),
    /// A field is there twice, so nobody knows which is meant.
    Twice(&'static str),
    /// A field is missing, or is something else than it should be.
    Missing(&'static str),
}

/// What an answer tells besides its codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct End {
    /// `blockId`.
    pub(crate) block: String,
    /// How many codes there were.
    pub(crate) count: u64,
}

/// Reads one answer. After a [`Fault`] it is of no more use.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    lexer: Lexer,
    grammar: Grammar,
}

impl Reader {
    /// Takes the next piece of the body, cut wherever the network cut it.
    pub(crate) fn feed(&mut self, piece: &[u8]) -> Result<(), Fault> {
        let grammar = &mut self.grammar;
        self.lexer
            .feed(piece, &mut |token, at| grammar.take(token, at))
    }

    /// The codes that came since the last asking, in the order of the answer.
    pub(crate) fn codes(&mut self) -> Vec<String> {
        std::mem::take(&mut self.grammar.codes)
    }

    /// How many of them there are.
    pub(crate) fn waiting(&self) -> usize {
        self.grammar.codes.len()
    }

    /// Whether `codes` was met: until then the answer may be an error in a good status.
    pub(crate) fn has_begun(&self) -> bool {
        self.grammar.has_codes
    }

    /// The body has ended; whether the answer has, too. Codes still waiting are lost, so they are asked for first.
    pub(crate) fn end(self) -> Result<End, Fault> {
        if !self.grammar.is_done() {
            return Err(Fault::Cut);
        }
        if let Some(at) = self.lexer.in_a_word() {
            return Err(Fault::NotJson(at));
        }
        if !self.grammar.has_codes {
            return Err(Fault::Missing("codes"));
        }
        Ok(End {
            block: self.grammar.block.ok_or(Fault::Missing("blockId"))?,
            count: self.grammar.count,
        })
    }
}

#[cfg(test)]
mod tests;
