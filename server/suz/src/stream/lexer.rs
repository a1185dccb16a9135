//! Bytes into the words of JSON, whatever piece they come in.

use super::Fault;

/// The longest text that is kept; a code has some two hundred bytes. A longer one is read and dropped.
const LONGEST_TEXT: usize = 4_096;

/// The longest number that is read.
const LONGEST_BARE: usize = 64;

/// One word of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`.
    OpenObject,
    /// `}`.
    CloseObject,
    /// `[`.
    OpenList,
    /// `]`.
    CloseList,
    /// `:`.
    Colon,
    /// `,`.
    Comma,
    /// A text, without its escapes; none when it was too long to be kept.
    Text(Option<&'a str>),
    /// A number, as it is written.
    Number(&'a str),
    /// `true`, `false` or `null`.
    Name,
}

/// Where in a word the last piece ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Between words.
    #[default]
    Between,
    /// In a text.
    Text,
    /// After a backslash.
    Escape,
    /// In the four digits of `\u`: those that came, and how many they are.
    Hex(u16, u8),
    /// In a number or a name.
    Bare,
}

/// Who hears the words, each with the number of bytes before its end.
type Hears<'a> = &'a mut dyn FnMut(Token<'_>, u64) -> Result<(), Fault>;

/// Cuts bytes into words.
#[derive(Debug, Default)]
pub(super) struct Lexer {
    state: State,
    /// What is known of the word at hand.
    word: Vec<u8>,
    /// Whether more of it was dropped.
    dropped: bool,
    /// The first half of a pair of surrogates, which must be followed by the second.
    half: Option<u16>,
    /// Bytes that were read.
    at: u64,
}

impl Lexer {
    /// Reads a piece.
    pub(super) fn feed(&mut self, piece: &[u8], hears: Hears<'_>) -> Result<(), Fault> {
        let mut rest = piece;
        while let Some((byte, after)) = rest.split_first() {
            let used = match self.state {
                State::Between => self.between(*byte, hears)?,
                State::Text => self.text(rest, hears)?,
                State::Escape => self.escape(*byte)?,
                State::Hex(value, digits) => self.hex(*byte, value, digits)?,
                State::Bare => self.bare(*byte, hears)?,
            };
            self.at += used as u64;
            rest = match used {
                1 => after,
                _ => rest.get(used..).unwrap_or_default(),
            };
        }
        Ok(())
    }

    /// Where the bytes end, if they end within a word.
    pub(super) fn in_a_word(&self) -> Option<u64> {
        (self.state != State::Between).then_some(self.at)
    }

    fn fault<T>(&self) -> Result<T, Fault> {
        Err(Fault::NotJson(self.at))
    }

    fn between(&mut self, byte: u8, hears: Hears<'_>) -> Result<usize, Fault> {
        let token = match byte {
            b' ' | b'\t' | b'\n' | b'\r' => return Ok(1),
            b'{' => Token::OpenObject,
            b'}' => Token::CloseObject,
            b'[' => Token::OpenList,
            b']' => Token::CloseList,
            b':' => Token::Colon,
            b',' => Token::Comma,
            b'"' => {
                self.word.clear();
                self.dropped = false;
                self.state = State::Text;
                return Ok(1);
            }
            b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                self.word.clear();
                self.state = State::Bare;
                return Ok(0);
            }
            _ => return self.fault(),
        };
        hears(token, self.at)?;
        Ok(1)
    }

    /// Everything up to the next quote or escape at once: most of an answer is read here.
    fn text(&mut self, rest: &[u8], hears: Hears<'_>) -> Result<usize, Fault> {
        let plain = rest
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F))
            .unwrap_or(rest.len());
        let (text, after) = rest.split_at(plain);
        let next = after.first();
        if self.half.is_some() && (plain > 0 || next.is_some_and(|byte| *byte != b'\\')) {
            return self.fault();
        }
        self.keep(text);
        let at = self.at + plain as u64;
        match next {
            None => return Ok(plain),
            Some(b'"') => {
                self.state = State::Between;
                let text = if self.dropped {
                    None
                } else {
                    let text = std::str::from_utf8(&self.word);
                    Some(text.or(Err(Fault::NotJson(at)))?)
                };
                hears(Token::Text(text), at)?;
            }
            Some(b'\\') => self.state = State::Escape,
            Some(_) => return Err(Fault::NotJson(at)),
        }
        Ok(plain + 1)
    }

    fn keep(&mut self, text: &[u8]) {
        if self.word.len() + text.len() > LONGEST_TEXT {
            self.dropped = true;
        }
        if !self.dropped {
            self.word.extend_from_slice(text);
        }
    }

    fn escape(&mut self, byte: u8) -> Result<usize, Fault> {
        let character = match byte {
            b'u' => {
                self.state = State::Hex(0, 0);
                return Ok(1);
            }
            _ if self.half.is_some() => return self.fault(),
            b'"' | b'\\' | b'/' => byte,
            b'b' => 0x08,
            b'f' => 0x0C,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            _ => return self.fault(),
        };
        self.keep(&[character]);
        self.state = State::Text;
        Ok(1)
    }

    fn hex(&mut self, byte: u8, value: u16, digits: u8) -> Result<usize, Fault> {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            b'A'..=b'F' => byte - b'A' + 10,
            _ => return self.fault(),
        };
        let value = value << 4 | u16::from(digit);
        if digits < 3 {
            self.state = State::Hex(value, digits + 1);
            return Ok(1);
        }
        self.state = State::Text;
        let character = match (self.half.take(), value) {
            (None, 0xD800..=0xDBFF) => {
                self.half = Some(value);
                return Ok(1);
            }
            (None, _) => char::from_u32(value.into()),
            (Some(half), _) => char::decode_utf16([half, value])
                .next()
                .and_then(Result::ok),
        };
        let Some(character) = character else {
            return self.fault();
        };
        self.keep(character.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(1)
    }

    fn bare(&mut self, byte: u8, hears: Hears<'_>) -> Result<usize, Fault> {
        if matches!(byte, b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') {
            if self.word.len() == LONGEST_BARE {
                return self.fault();
            }
            self.word.push(byte);
            return Ok(1);
        }
        self.state = State::Between;
        let token = match std::str::from_utf8(&self.word) {
            Ok("true" | "false" | "null") => Token::Name,
            Ok(number) if is_number(&self.word) => Token::Number(number),
            _ => return self.fault(),
        };
        hears(token, self.at)?;
        // The byte after it is a word of its own, or stands between words.
        Ok(0)
    }
}

/// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
fn is_number(word: &[u8]) -> bool {
    let word = word.strip_prefix(b"-").unwrap_or(word);
    let (digits, rest) = digits(word);
    if digits == 0 || (digits > 1 && word.first() == Some(&b'0')) {
        return false;
    }
    let rest = match rest.strip_prefix(b".").map(self::digits) {
        None => rest,
        Some((0, _)) => return false,
        Some((_, rest)) => rest,
    };
    match rest.split_first() {
        None => true,
        Some((b'e' | b'E', power)) => {
            let sign = power.strip_prefix(b"+").or(power.strip_prefix(b"-"));
            matches!(self::digits(sign.unwrap_or(power)), (1.., []))
        }
        Some(_) => false,
    }
}

fn digits(word: &[u8]) -> (usize, &[u8]) {
    let count = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count, word.get(count..).unwrap_or_default())
}
