//! Text and attribute values of HTML, [the HTML standard](https://html.spec.whatwg.org/multipage/syntax.html#character-references),
//! section 13.1.4. HTML holds every character but U+0000.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt::{self, Display, Formatter};

use super::{Malformed, entities, print_escaped};
use crate::GS;

/// The text for between tags: `&`, `<` and `>` as references, the separator as `&#29;`, so that no editor loses it.
pub fn encode(text: &str) -> impl Display {
    fmt::from_fn(move |f| {
        print_escaped(
            f,
            text,
            |character| matches!(character, '&' | '<' | '>' | GS),
            print,
        )
    })
}

/// The text for between the quotation marks of an attribute, of either kind.
pub fn attribute(text: &str) -> impl Display {
    fmt::from_fn(move |f| {
        print_escaped(
            f,
            text,
            |character| matches!(character, '&' | '<' | '>' | '"' | '\'' | GS),
            print,
        )
    })
}

fn print(f: &mut Formatter<'_>, character: char, _: usize) -> fmt::Result {
    f.write_str(match character {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => "&#29;",
    })
}

/// Reads a text or an attribute's value back.
///
/// Strict: only `&lt;`, `&gt;`, `&amp;`, `&quot;`, `&apos;` and numbers, every `&` begins one of them, no bare `<`.
pub fn decode(text: &str) -> Result<Cow<'_, str>, Malformed> {
    if text.contains(['&', '<']) {
        let mut decoded = String::with_capacity(text.len());
        entities::decode(text, |_, character| decoded.push(character))?;
        Ok(Cow::Owned(decoded))
    } else {
        Ok(Cow::Borrowed(text))
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;
    use crate::escape::Fault;

    #[test]
    fn quotation_marks_are_escaped_in_attributes_only() {
        let text = "a<b>&\"'\u{1d};";
        assert_eq!(encode(text).to_string(), "a&lt;b&gt;&amp;\"'&#29;;");
        assert_eq!(
            attribute(text).to_string(),
            "a&lt;b&gt;&amp;&quot;&#39;&#29;;"
        );
    }

    #[test]
    fn references_by_name_and_number_are_read() {
        assert_eq!(
            decode("&lt;&gt;&amp;lt;&quot;&apos;&#29;&#x1D;&#x044F;").unwrap(),
            "<>&lt;\"'\u{1d}\u{1d}я"
        );
    }

    #[test]
    fn what_is_no_reference_is_refused_at_its_place() {
        for (text, fault, position) in [
            ("a<b", Fault::Bare, 1),
            ("ab&", Fault::Escape, 2),
            ("ab&nbsp;", Fault::Escape, 2),
            ("ab&#;", Fault::Escape, 2),
            ("ab&#x;", Fault::Escape, 2),
            ("ab&#29", Fault::Escape, 2),
            ("ab&#0;", Fault::NoCharacter, 2),
            ("ab&#xD800;", Fault::NoCharacter, 2),
            ("ab&#99999999999;", Fault::NoCharacter, 2),
        ] {
            assert_eq!(decode(text), Err(Malformed::new(fault, position)), "{text}");
        }
    }
}
