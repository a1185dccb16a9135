//! Made-up codes of real shapes, always the same ones, and the damage that is done to them.

/// The separator of elements.
const GS: char = '\u{1d}';

/// The characters of serial numbers (GS1's character set 82).
const CSET82: &[u8] =
    b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const HEX: &[u8] = b"0123456789ABCDEF";

/// A layout of codes that is timed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Clothes and most of durable goods.
    Clothes,
    /// Shoes with the long signature.
    Shoes,
    /// Milk.
    Milk,
}

impl Shape {
    /// Every shape, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Clothes, Self::Shoes, Self::Milk];

    /// The elements with the lengths of their values.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clothes => "01+21(13)+91+92(44)",
            Self::Shoes => "01+21(13)+91+92(88)",
            Self::Milk => "01+21(6)+93",
        }
    }

    /// `count` different codes in canonical form.
    pub fn codes(self, count: usize) -> Vec<String> {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let mut code = || {
            let gtin = random.gtin();
            let mut serial = |length: usize| format!("5{}", random.text(CSET82, length - 1));
            match self {
                Self::Clothes | Self::Shoes => {
                    let serial = serial(13);
                    let key = random.text(HEX, 4);
                    let (length, end) = if self == Self::Clothes {
                        (43, "=")
                    } else {
                        (86, "==")
                    };
                    let signature = random.text(BASE64, length);
                    format!("01{gtin}21{serial}{GS}91{key}{GS}92{signature}{end}")
                }
                Self::Milk => {
                    let serial = serial(6);
                    format!("01{gtin}21{serial}{GS}93{}", random.text(BASE64, 4))
                }
            }
        };
        (0..count).map(|_| code()).collect()
    }
}

/// Xorshift: enough for made-up codes.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length)
            .map(|_| char::from(alphabet[self.below(alphabet.len())]))
            .collect()
    }

    fn gtin(&mut self) -> String {
        let body = format!("046{}", self.text(b"0123456789", 10));
        let digits = body.bytes().rev().map(|digit| usize::from(digit - b'0'));
        let weights = [3, 1].into_iter().cycle();
        let sum: usize = digits
            .zip(weights)
            .map(|(digit, weight)| digit * weight)
            .sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    }
}

/// A kind of damage, by its name.
pub(crate) type Damage = (&'static str, fn(&str) -> String);

/// What scanners, spreadsheets and web pages do to codes.
pub(crate) const DAMAGES: [Damage; 5] = [
    ("lost GS", |code| code.replace(GS, "")),
    ("<GS>", |code| code.replace(GS, "<GS>")),
    ("]d2…CR", |code| format!("]d2{code}\r")),
    ("Russian layout", russian_layout),
    ("HTML entities", |code| {
        code.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
            .replace(GS, "&#29;")
    }),
];

/// Types a scan under the Russian layout, the separator coming through.
fn russian_layout(code: &str) -> String {
    const LATIN: &str = "qwertyuiopasdfghjklzxcvbnmQWERTYUIOPASDFGHJKLZXCVBNM;',./:\"<>?&";
    const RUSSIAN: &str = "йцукенгшщзфывапролдячсмитьЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬжэбю.ЖЭБЮ,?";
    let typed = |character| {
        let key = LATIN.chars().position(|key| key == character);
        key.and_then(|key| RUSSIAN.chars().nth(key))
            .unwrap_or(character)
    };
    code.chars().map(typed).collect()
}

/// Texts that are no codes, each with what is wrong: what of it does a reader notice?
pub const MALFORMED: [(&str, &str); 12] = [
    (
        "wrong check digit",
        "0104650157546606215sXp!Ob,9SKuo\u{1d}93dGVz",
    ),
    (
        "letter in the GTIN",
        "01046501575466A7215sXp!Ob,9SKuo\u{1d}93dGVz",
    ),
    ("no serial number", "0104650157546607\u{1d}93dGVz"),
    (
        "serial of 21",
        "010465015754660721123456789012345678901\u{1d}93dGVz",
    ),
    (
        "serial of 14",
        "0104650157546607215sXp!Ob,9SKuoZ\u{1d}93dGVz",
    ),
    (
        "Cyrillic letter",
        "0104650157546607215sХp!Ob,9SKuo\u{1d}93dGVz",
    ),
    (
        "control character",
        "0104650157546607215sXp\u{7}Ob,9SKuo\u{1d}93dGVz",
    ),
    ("93 of 3", "0104650157546607215sXp!Ob,9SKuo\u{1d}93dGV"),
    (
        "92 of 43",
        "0104650157546607215sXp!Ob,9SKuo\u{1d}91EE11\u{1d}92AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ),
    (
        "93 twice",
        "0104650157546607215sXp!Ob,9SKuo\u{1d}93dGVz\u{1d}93dGVz",
    ),
    (
        "identifier 88",
        "0104650157546607215sXp!Ob,9SKuo\u{1d}8812\u{1d}93dGVz",
    ),
    ("cut in the GTIN", "0104650157"),
];
