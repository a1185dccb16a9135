//! A whole marking code in canonical form.

use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Range;
use core::str::FromStr;

use crate::grammar::{self, PACK_PRICE, SERIAL_START, Shape};
use crate::market::{self, MarketForm};
use crate::{
    Doubt, Fault, GS, Groups, Gtin, Ki, Kind, Kopecks, NoCode, ProductGroup, RefusalKind, doubt,
    ki, parse,
};

/// КМ, a whole marking code in its one canonical form.
///
/// It has real separators (U+001D) between its elements, none in front, behind or doubled; it is never shortened and the
/// case of its letters is never changed. This exact text is what is stored and sent.
///
/// `Display` shows separators as `␝`, for people; [`as_str`](Self::as_str) is for machines. `Debug` never shows the crypto
/// tail, so a code may be logged by accident without harm.
///
/// ```
/// use cis::MarkingCode;
///
/// let code: MarkingCode = "0103041094787443215Qbag!\u{1d}93Zjqw".parse()?;
/// assert_eq!(code.ki().as_str(), "0103041094787443215Qbag!");
/// assert_eq!(code.tail(), Some("93Zjqw"));
/// assert_eq!(code.to_string(), "0103041094787443215Qbag!␝93Zjqw");
/// assert_eq!(format!("{code:?}"), "MarkingCode(0103041094787443215Qbag! with tail)");
/// # Ok::<(), cis::NoCode>(())
/// ```
#[derive(Clone)]
pub struct MarkingCode {
    text: String,
    shape: Shape,
}

impl MarkingCode {
    pub(crate) fn from_shape(text: String, shape: Shape) -> Self {
        Self { text, shape }
    }

    /// Takes a text that was stored as a code, as it stands.
    ///
    /// Unlike [`parse`](crate::parse()) this never asks: a code that a person has chosen from several readings stays chosen.
    ///
    /// # Errors
    ///
    /// The first thing that is not canonical.
    pub fn from_canonical(text: &str) -> Result<Self, Fault> {
        let foreign = text
            .char_indices()
            .find(|(_, character)| !character.is_ascii());
        if let Some((position, character)) = foreign {
            let kind = RefusalKind::for_character(character);
            return Err(Fault { kind, position });
        }
        let shape = grammar::read(text.as_bytes())?;
        Ok(Self::from_shape(text.into(), shape))
    }

    /// Why a person should look at the code although it reads well.
    pub(crate) fn doubt(&self, group: Option<ProductGroup>) -> Option<Doubt> {
        doubt::of(self.text.as_bytes(), &self.shape, group)
    }

    /// Whether the signature has characters that base64 has not.
    pub(crate) fn has_odd_signature(&self) -> bool {
        doubt::has_odd_signature(self.text.as_bytes(), &self.shape)
    }

    /// Whether a published rule describes codes of this shape.
    pub(crate) fn is_confirmed(&self) -> bool {
        self.shape.profile.confirmed
    }

    /// What the code is put on.
    pub fn kind(&self) -> Kind {
        self.shape.profile.kind
    }

    /// The product groups with codes of this shape.
    pub fn groups(&self) -> Groups {
        self.shape.profile.groups
    }

    /// The form in which Yandex Market takes the code, by the patterns that it publishes; `None` when it takes none.
    pub fn market_form(&self) -> Option<MarketForm> {
        let form = self.shape.profile.market?;
        // Elements besides those of the structure may stand where the patterns have no place for them.
        (market::form(&self.text) == Some(form)).then_some(form)
    }

    /// The highest retail price printed on a pack of tobacco, or the sum of them on a block.
    pub fn maximum_retail_price(&self) -> Option<Kopecks> {
        match self.shape.profile.kind {
            Kind::TobaccoPack => Kopecks::from_base80(self.text.as_bytes().get(PACK_PRICE)?),
            Kind::TobaccoBlock => self
                .elements()
                .find(|element| element.ai() == "8005")
                .and_then(|element| Kopecks::from_digits(element.value().as_bytes())),
            _ => None,
        }
    }

    /// The code as it is stored and sent, with real separators.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The code as it is stored and sent, given away.
    pub fn into_string(self) -> String {
        self.text
    }

    /// The identity: what stays the same when the tail is lost.
    pub fn ki(&self) -> Ki {
        Ki::from_identity(self.identity())
    }

    /// The kind of goods; `None` for marks that carry no GTIN.
    pub fn gtin(&self) -> Option<Gtin> {
        ki::gtin(self.identity())
    }

    /// The serial number (application identifier 21); `None` for marks that carry none.
    pub fn serial(&self) -> Option<&str> {
        ki::serial(self.identity())
    }

    /// Whether the crypto tail is there, so that the code can be checked for genuineness.
    pub fn has_tail(&self) -> bool {
        self.shape.has_tail()
    }

    /// The crypto tail with its identifiers: `93…`, or `91…` and `92…` with the separator between them.
    pub fn tail(&self) -> Option<&str> {
        let (start, end) = self.shape.tail;
        self.text
            .get(start.into()..end.into())
            .filter(|tail| !tail.is_empty())
    }

    /// The code taken apart: `01`, `21` and whatever follows, in order. Parts of a mark without identifiers have an empty one.
    ///
    /// Where the range of one element ends one byte before the next begins, a separator stands between them.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        let text = self.text.as_str();
        let head = self
            .heads()
            .into_iter()
            .filter_map(|(ai, start, end)| Element::of(text, ai, start, end.min(text.len())))
            .filter(|element| !element.range().is_empty());
        let mut at = match self.kind() {
            Kind::Unit | Kind::TobaccoBlock | Kind::TobaccoCase => self.shape.ki_end.into(),
            _ => text.len(),
        };
        let rest = core::iter::from_fn(move || {
            // The code has been read before, so this fails only behind its last element.
            let step = grammar::step(text.as_bytes(), at).ok()?;
            at = step.end;
            Element::of(text, step.identifier.code, step.start, step.end)
        });
        head.chain(rest)
    }

    /// The parts of the identity, and of a pack what follows it: identifier, beginning and end, which may lie behind the code.
    fn heads(&self) -> [(&'static str, usize, usize); 4] {
        const NOTHING: (&str, usize, usize) = ("", 0, 0);
        let end = self.text.len();
        match self.kind() {
            Kind::TransportPackage if end == 20 => [("00", 0, end), NOTHING, NOTHING, NOTHING],
            Kind::FurMark | Kind::TransportPackage => [("", 0, end), NOTHING, NOTHING, NOTHING],
            Kind::TobaccoPack => {
                let tail = match self.shape.tail {
                    (0, 0) => PACK_PRICE.end,
                    (start, _) => start.into(),
                };
                [
                    ("", 0, Gtin::LENGTH),
                    ("", Gtin::LENGTH, PACK_PRICE.start),
                    ("", PACK_PRICE.start, tail),
                    ("", tail, end),
                ]
            }
            Kind::Unit | Kind::TobaccoBlock | Kind::TobaccoCase => [
                ("01", 0, 2 + Gtin::LENGTH),
                ("21", SERIAL_START - 2, self.shape.ki_end.into()),
                NOTHING,
                NOTHING,
            ],
        }
    }

    fn identity(&self) -> &str {
        self.text
            .get(..self.shape.ki_end.into())
            .unwrap_or_default()
    }
}

/// One element of a marking code.
#[derive(Clone, PartialEq, Eq)]
pub struct Element<'a> {
    ai: &'a str,
    value: &'a str,
    range: Range<usize>,
}

impl<'a> Element<'a> {
    fn of(text: &'a str, ai: &'a str, start: usize, end: usize) -> Option<Self> {
        let value = text.get(start + ai.len()..end)?;
        Some(Self {
            ai,
            value,
            range: start..end,
        })
    }

    /// The application identifier: `01`, `21`, `91` …
    pub fn ai(&self) -> &'a str {
        self.ai
    }

    /// The value without the identifier.
    pub fn value(&self) -> &'a str {
        self.value
    }

    /// Where identifier and value stand in [`MarkingCode::as_str`], in bytes (which are characters, all of them being ASCII).
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }
}

impl fmt::Debug for Element<'_> {
    /// Shows which element it is and where, not its value, which may be part of the tail.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Element({} at {:?})", self.ai, self.range)
    }
}

impl FromStr for MarkingCode {
    type Err = NoCode;

    /// Takes a canonical text as it stands, like [`from_canonical`](MarkingCode::from_canonical), and reads any other with
    /// [`parse`](parse()).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_canonical(text).or_else(|_| parse(text).into_result())
    }
}

// The text decides everything else.
impl PartialEq for MarkingCode {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for MarkingCode {}

impl PartialOrd for MarkingCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for MarkingCode {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for MarkingCode {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl AsRef<str> for MarkingCode {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for MarkingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = self.text.split(GS);
        f.write_str(parts.next().unwrap_or_default())?;
        parts.try_for_each(|part| write!(f, "␝{part}"))
    }
}

impl fmt::Debug for MarkingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ending = if self.has_tail() {
            " with tail"
        } else {
            " without tail"
        };
        let shown = self.identity();
        write!(f, "MarkingCode({shown}{ending})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::vec::Vec;

    #[test]
    fn a_code_is_taken_apart_with_places() {
        let text = "010463007000812321ymxGZZnG838XW\u{1d}2406403\u{1d}91ffd0\u{1d}92mliP3gYsRdl6IorVEB8/4vYOHiPQsKeCeayAqCjwWDhl0cK4SYMZwD8SU3aKdhNtXf/pSBbSC9V6o8BLIoBW0Q==";
        let code: MarkingCode = text.parse().unwrap();
        let elements: Vec<_> = code.elements().collect();
        let ais: Vec<_> = elements.iter().map(Element::ai).collect();
        assert_eq!(ais, ["01", "21", "240", "91", "92"]);
        assert_eq!(elements[1].value(), "ymxGZZnG838XW");
        assert_eq!(elements[2].value(), "6403");
        assert_eq!(elements[2].range(), 32..39);
        assert_eq!(elements[3].range(), 40..46);
        for element in &elements {
            assert_eq!(
                text.get(element.range()).unwrap(),
                format!("{}{}", element.ai(), element.value())
            );
        }
        for pair in elements.windows(2).skip(1) {
            assert_eq!(text.as_bytes()[pair[0].range().end], 0x1d);
        }
        assert_eq!(code.tail(), text.get(40..));
    }

    #[test]
    fn debug_never_shows_the_tail() {
        let parsed = parse("0104610053147452215d,OiLl\u{1d}93dGVz\n");
        assert!(!format!("{parsed:?}").contains("dGVz"));
        assert!(parsed.code().is_some());
    }

    #[test]
    fn marks_without_identifiers_are_taken_apart_too() {
        let parts = |text: &str| -> Vec<(String, String)> {
            let code: MarkingCode = text.parse().unwrap();
            code.elements()
                .map(|element| (element.ai().into(), element.value().into()))
                .collect()
        };
        let part = |ai: &str, value: &str| (String::from(ai), String::from(value));
        assert_eq!(
            parts("04601653035829H;dV)bFADI8dGVz"),
            [
                part("", "04601653035829"),
                part("", "H;dV)bF"),
                part("", "ADI8"),
                part("", "dGVz")
            ]
        );
        assert_eq!(parts("04640030090709DYBLHiyACoA").len(), 3);
        assert_eq!(parts("04640030090709DYBLHiy").len(), 2);
        assert_eq!(
            parts("00346006820000000014"),
            [part("00", "346006820000000014")]
        );
        assert_eq!(
            parts("RU-401301-AAA0277031"),
            [part("", "RU-401301-AAA0277031")]
        );
    }

    #[test]
    fn prices_are_read_from_packs_and_blocks() {
        let price = |text: &str| {
            let code: MarkingCode = text.parse().unwrap();
            code.maximum_retail_price().map(|price| price.0)
        };
        assert_eq!(price("04601653035829H;dV)bFADI8dGVz"), Some(19_900));
        assert_eq!(price("04640030090709DYBLHiy"), None);
        assert_eq!(price("04780101164394TF&csaNNW1kK0tL"), None);
        assert_eq!(
            price("010460043993125621JgXJ5.T\u{1d}8005112000\u{1d}93Mdlr"),
            Some(112_000)
        );
    }

    #[test]
    fn codes_are_ordered_as_their_texts() {
        let texts = [
            "0103041094787443215Qbag!\u{1d}93Zjqw",
            "0103041094787443215Qbag!",
            "01030410947874432155Qbag!\u{1d}93Zjqw",
        ];
        let mut codes: Vec<MarkingCode> = texts.iter().map(|text| text.parse().unwrap()).collect();
        codes.sort();
        let mut sorted = texts;
        sorted.sort_unstable();
        let printed: Vec<_> = codes.iter().map(MarkingCode::as_str).collect();
        assert_eq!(printed, sorted);
    }
}
