//! Codes out of numbers, and an answer full of them that is never in memory as a whole.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::body::{Bytes, HttpBody};
use hyper::body::Frame;

use super::serials::{Serials, hash};
use crate::crpt::product_groups::{Tail, Template};

/// What separates the parts of a code, U+001D.
pub(super) const GS: u8 = 0x1d;

/// What a Russian serial number begins with.
pub(super) const COUNTRY: u8 = b'5';

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The digits of a price in a pack's code.
const PRICE: &[u8; 80] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!\"%&'*+-./_,:;=<>?";

/// About how many bytes of an answer are made at once.
const CHUNK: usize = 64 * 1024;

/// The way the codes of one line of an order are made.
#[derive(Clone, Debug)]
pub(super) struct CodeMaker {
    gtin: Arc<str>,
    key: u64,
    template: Template,
    /// Whether serials begin with the country's digit.
    country: bool,
    serials: Serials,
    /// Price in kopecks, for tobacco.
    price: u64,
    /// The number of the line's first code.
    first: u64,
    /// Serials of one's own; without them they are made.
    own: Arc<[String]>,
}

impl CodeMaker {
    /// A maker of the codes of a GTIN.
    pub(super) fn new(world_key: u64, gtin: &str, template: Template, country: bool) -> Self {
        let key = gtin
            .bytes()
            .fold(world_key, |key, digit| hash(key, u64::from(digit)));
        let length = template.serial.saturating_sub(usize::from(country));
        Self {
            gtin: gtin.into(),
            key,
            template,
            country,
            serials: Serials::new(key, length),
            price: 0,
            first: 0,
            own: Arc::default(),
        }
    }

    /// The codes from this number on, with serials of one's own instead where there are some.
    pub(super) fn starting_at(mut self, first: u64, own: &[String], price: u64) -> Self {
        self.first = first;
        self.own = own.into();
        self.price = price;
        self
    }

    /// The number a serial was made of, the country's digit with it.
    pub(super) fn number(&self, serial: &[u8]) -> Option<u64> {
        let bare = if self.country {
            serial.strip_prefix(&[COUNTRY])?
        } else {
            serial
        };
        self.serials.number(bare)
    }

    /// The number a serial of one's own would be made of.
    pub(super) fn own_number(&self, serial: &[u8]) -> Option<u64> {
        self.serials.number(serial)
    }

    /// A serial of one's own as it stands in the code.
    pub(super) fn with_country(&self, serial: &str) -> String {
        let country = if self.country { "5" } else { "" };
        format!("{country}{serial}")
    }

    /// Writes the code at a place of the line.
    pub(super) fn write(&self, place: u64, out: &mut impl FnMut(u8)) {
        let number = self.first.wrapping_add(place);
        let pack = self.template.tail == Tail::Pack;
        if !pack {
            text(b"01", out);
        }
        text(self.gtin.as_bytes(), out);
        if !pack {
            text(b"21", out);
        }
        if self.country {
            out(COUNTRY);
        }
        let own = usize::try_from(place)
            .ok()
            .and_then(|place| self.own.get(place));
        match own {
            Some(own) => text(own.as_bytes(), out),
            None => self.serials.write(number, out),
        }
        self.write_tail(number, out);
    }

    fn write_tail(&self, number: u64, out: &mut impl FnMut(u8)) {
        let seed = hash(self.key ^ 0x7461_696c, number);
        match self.template.tail {
            Tail::Key44 => self.write_key(seed, 43, b"=", out),
            Tail::Key88 => self.write_key(seed, 86, b"==", out),
            Tail::Check => {
                text(b"\x1d93", out);
                chance(seed, 4, out);
            }
            Tail::Block => {
                text(b"\x1d8005", out);
                for place in (0..6).rev() {
                    let digit = self.price / 10_u64.pow(place) % 10;
                    out(b'0' + u8::try_from(digit).unwrap_or(0));
                }
                text(b"\x1d93", out);
                chance(seed, 4, out);
            }
            Tail::Pack => {
                for place in (0..4).rev() {
                    let digit = self.price / 80_u64.pow(place) % 80;
                    let digit = usize::try_from(digit).unwrap_or(0);
                    out(PRICE.get(digit).copied().unwrap_or(b'A'));
                }
                chance(seed, 4, out);
            }
        }
    }

    /// AI 91 with a key of the world, AI 92 with a signature.
    fn write_key(&self, seed: u64, length: usize, end: &[u8], out: &mut impl FnMut(u8)) {
        text(b"\x1d91EE", out);
        let key = hash(self.key, 91) % 100;
        out(b'0' + u8::try_from(key / 10).unwrap_or(0));
        out(b'0' + u8::try_from(key % 10).unwrap_or(0));
        text(b"\x1d92", out);
        chance(seed, length, out);
        text(end, out);
    }

    /// The code at a place of the line, as text.
    pub(super) fn code(&self, place: u64) -> String {
        let mut code = String::with_capacity(96);
        self.write(place, &mut |byte| code.push(char::from(byte)));
        code
    }
}

fn text(bytes: &[u8], out: &mut impl FnMut(u8)) {
    for byte in bytes {
        out(*byte);
    }
}

/// So many characters of base64 that look like chance.
fn chance(seed: u64, length: usize, out: &mut impl FnMut(u8)) {
    let mut left = length;
    let mut turn = 0_u64;
    while left > 0 {
        let mut bits = hash(seed, turn);
        for _ in 0..left.min(10) {
            let digit = usize::try_from(bits & 63).unwrap_or(0);
            out(BASE64.get(digit).copied().unwrap_or(b'A'));
            bits >>= 6;
        }
        left = left.saturating_sub(10);
        turn += 1;
    }
}

/// The answer to `codes` and `retry`: `{"omsId": …, "codes": […], "blockId": …}`, made while it is sent.
#[derive(Clone, Debug)]
pub(crate) struct CodesBody {
    maker: CodeMaker,
    next: u64,
    end: u64,
    head: Option<String>,
    tail: Option<String>,
}

impl CodesBody {
    /// The codes of `quantity` places from `first` on.
    pub(super) fn new(
        maker: CodeMaker,
        (first, quantity): (u32, u32),
        oms_id: &str,
        block_id: &str,
    ) -> Self {
        Self {
            maker,
            next: u64::from(first),
            end: u64::from(first) + u64::from(quantity),
            head: Some(format!(r#"{{"omsId":"{oms_id}","codes":["#)),
            tail: Some(format!(r#"],"blockId":"{block_id}"}}"#)),
        }
    }

    /// How many codes are left to be sent.
    pub(crate) const fn left(&self) -> u64 {
        self.end - self.next
    }

    /// The next bytes; `None` at the end.
    fn chunk(&mut self) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(CHUNK + 512);
        let mut first = false;
        if let Some(head) = self.head.take() {
            bytes.extend(head.into_bytes());
            first = true;
        }
        while self.next < self.end && bytes.len() < CHUNK {
            if !first {
                bytes.push(b',');
            }
            first = false;
            bytes.push(b'"');
            self.maker.write(self.next, &mut |byte| match byte {
                GS => bytes.extend(br"\u001d"),
                b'"' => bytes.extend(br#"\""#),
                plain => bytes.push(plain),
            });
            bytes.push(b'"');
            self.next += 1;
        }
        if self.next == self.end
            && let Some(tail) = self.tail.take()
        {
            bytes.extend(tail.into_bytes());
        }
        (!bytes.is_empty()).then_some(bytes)
    }

    /// The whole answer.
    pub(crate) fn whole(mut self) -> Vec<u8> {
        std::iter::from_fn(|| self.chunk()).flatten().collect()
    }
}

impl Iterator for CodesBody {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        self.chunk()
    }
}

impl HttpBody for CodesBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.chunk().map(|bytes| Ok(Frame::data(bytes.into()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crpt::product_groups;

    const GTIN: &str = "04600712204107";

    fn maker(alias: &str, id: i64) -> CodeMaker {
        let group = product_groups::find(alias).unwrap();
        let template = group.template(id).unwrap();
        CodeMaker::new(5, GTIN, *template, group.country_digit)
    }

    /// The lengths of the parts between separators.
    fn parts(alias: &str, id: i64) -> Vec<usize> {
        let code = maker(alias, id).code(0);
        code.split('\u{1d}').map(str::len).collect()
    }

    #[test]
    fn every_template_has_the_documented_lengths() {
        assert_eq!(parts("lp", 10), [31, 6, 46]);
        assert_eq!(parts("shoes", 1), [31, 6, 90]);
        assert_eq!(parts("electronics", 8), [38, 6, 46]);
        assert_eq!(parts("water", 16), [31, 6]);
        assert_eq!(parts("milk", 20), [24, 6]);
        assert_eq!(parts("tobacco", 3), [25, 10, 6]);
        assert_eq!(parts("tobacco", 4), [29]);
        for group in product_groups::all() {
            for template in group.templates {
                let maker = CodeMaker::new(5, GTIN, *template, group.country_digit);
                let code = maker.code(17);
                let start = if template.tail == Tail::Pack { 14 } else { 18 };
                let serial = &code.as_bytes()[start..start + template.serial];
                assert_eq!(
                    maker.number(serial),
                    Some(17),
                    "{} {}",
                    group.alias,
                    template.id
                );
            }
        }
    }

    #[test]
    fn the_price_of_a_pack_is_the_official_one() {
        let code = |price| maker("tobacco", 4).starting_at(0, &[], price).code(0);
        assert_eq!(&code(9_500).as_bytes()[21..25], b"ABm8");
        assert_eq!(&code(14_500).as_bytes()[21..25], b"ACVU");
        assert_eq!(&code(0).as_bytes()[21..25], b"AAAA");
        let block = maker("tobacco", 3).starting_at(0, &[], 199_000).code(0);
        assert!(block.contains("\u{1d}8005199000\u{1d}93"), "{block}");
    }

    #[test]
    fn an_answer_in_pieces_is_the_json_of_its_codes() {
        let maker = maker("lp", 10).starting_at(40, &[], 0);
        let body = CodesBody::new(maker.clone(), (3, 2_000), "oms", "block");
        assert_eq!(body.left(), 2_000);
        assert!(body.clone().count() > 2, "it comes in pieces");
        let told: serde_json::Value = serde_json::from_slice(&body.whole()).unwrap();
        let expected: Vec<String> = (3..2_003).map(|place| maker.code(place)).collect();
        assert_eq!(
            told,
            serde_json::json!({ "omsId": "oms", "codes": expected, "blockId": "block" })
        );
        let none = CodesBody::new(maker, (0, 0), "oms", "block").whole();
        assert_eq!(none, br#"{"omsId":"oms","codes":[],"blockId":"block"}"#);
    }

    #[test]
    fn serials_of_ones_own_stand_behind_the_country() {
        let own = ["aZ8\"3kLmNoPq".to_owned()];
        let maker = maker("lp", 10).starting_at(7, &own, 0);
        assert!(
            maker
                .code(0)
                .starts_with("0104600712204107215aZ8\"3kLmNoPq\u{1d}91")
        );
        let body = CodesBody::new(maker.clone(), (0, 1), "oms", "block").whole();
        let told: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(told["codes"][0], maker.code(0));
    }
}
