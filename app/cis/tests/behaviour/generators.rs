//! Codes of every structure, and everything that happens to codes.

use cis::Gtin;

/// A small generator of numbers, so that every run is the same and a failure names its seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % u64::try_from(limit).unwrap()).unwrap()
    }

    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length)
            .map(|_| char::from(self.one(alphabet)))
            .collect()
    }
}

const CSET82: &[u8] =
    b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const DIGITS: &[u8] = b"0123456789";
const UPPER_DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// A structure: its name, the length of its serial number, and its elements as `identifier:what`.
pub(crate) const STRUCTURES: [(&str, usize, &str); 27] = [
    ("clothes", 13, "91:key 92:44"),
    ("shoes", 13, "91:key 92:88"),
    ("shoes with customs code", 13, "240:d4 91:key 92:88"),
    ("new shoes with customs code", 13, "240:d4 91:key 92:44"),
    ("cameras", 20, "91:key 92:44"),
    ("radio electronics", 20, "93:t4"),
    ("milk", 6, "93:t4"),
    ("milk by weight", 6, "93:t4 3103:d6"),
    ("milk by volume", 6, "93:t4 3352:d6"),
    ("early milk", 13, "17:date 93:t4"),
    ("early milk with time", 13, "7003:time 93:t4"),
    ("water", 13, "93:t4"),
    ("beer", 7, "93:t4"),
    ("beer with volume", 7, "93:t4 3350:d6"),
    ("tobacco block", 7, "8005:d6 93:t4"),
    ("tobacco block with more", 7, "8005:d6 93:t4 240:word"),
    ("tobacco case", 7, "10:word"),
    ("medicine", 13, "91:key 92:44 10:word 17:date"),
    ("medicine with expiry", 13, "91:key 92:44 17:date"),
    (
        "medicine with batch first",
        13,
        "10:word 17:date 91:key 92:44",
    ),
    ("canned food by sample", 6, "91:key 92:44"),
    ("bare 6", 6, ""),
    ("bare 7", 7, ""),
    ("bare 13", 13, ""),
    ("bare 20", 20, ""),
    ("pack", 0, ""),
    ("Uzbek pack", 0, ""),
];

pub(crate) fn gtin(dice: &mut Dice) -> String {
    let body = format!("0{}", dice.text(DIGITS, 12));
    ('0'..='9')
        .map(|last| format!("{body}{last}"))
        .find(|text| text.parse::<Gtin>().is_ok())
        .unwrap()
}

/// A good code of the structure.
pub(crate) fn code(dice: &mut Dice, (name, serial, elements): (&str, usize, &str)) -> String {
    let gtin = gtin(dice);
    if name == "pack" {
        let serial = dice.text(CSET82, 7);
        let price = format!(
            "A{}",
            dice.text(b"ABCDEFabcdef0123456789!\"%&'*+-./_,:;=<>?", 3)
        );
        return format!("{gtin}{serial}{price}{}", dice.text(BASE64, 4));
    }
    if name == "Uzbek pack" {
        let body = format!("0478{}", dice.text(DIGITS, 9));
        let gtin = ('0'..='9')
            .map(|last| format!("{body}{last}"))
            .find(|text| text.parse::<Gtin>().is_ok())
            .unwrap();
        return format!("{gtin}{}", dice.text(CSET82, 15));
    }
    let alphabet = if name.starts_with("medicine") {
        UPPER_DIGITS
    } else {
        CSET82
    };
    let mut code = format!("01{gtin}21{}", dice.text(alphabet, serial));
    for element in elements.split_whitespace() {
        let (ai, what) = element.split_once(':').unwrap();
        let value = match what {
            "key" => dice
                .one(&["FFD0", "ffd0", "EE12", "91A3", "003A"])
                .to_owned(),
            "44" => format!("{}=", dice.text(BASE64, 43)),
            "88" => format!("{}==", dice.text(BASE64, 86)),
            "t4" => dice.text(BASE64, 4),
            "d4" => dice.text(DIGITS, 4),
            "d6" => dice.text(DIGITS, 6),
            "date" => format!(
                "2{}0{}1{}",
                dice.below(10),
                dice.below(9) + 1,
                dice.below(10)
            ),
            "time" => format!(
                "2{}0{}1{}1{}3{}",
                dice.below(10),
                dice.below(9) + 1,
                dice.below(10),
                dice.below(10),
                dice.below(10)
            ),
            "word" => {
                let length = dice.below(10) + 3;
                dice.text(UPPER_DIGITS, length)
            }
            other => panic!("no such value: {other}"),
        };
        code.push('\u{1d}');
        code.push_str(ai);
        code.push_str(&value);
    }
    code
}

/// What happens to codes: a name and what comes out.
pub(crate) type Damage = (&'static str, fn(&str) -> String);

fn spelled(code: &str, separator: &str) -> String {
    code.replace('\u{1d}', separator)
}

fn base64(text: &str) -> String {
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for index in 0..4 {
            if index <= chunk.len() {
                out.push(char::from(
                    BASE64[usize::try_from(bits >> (18 - 6 * index) & 63).unwrap()],
                ));
            } else {
                out.push('=');
            }
        }
    }
    out
}

const KEYS: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~/?@#$^&|";
const RUSSIAN: &str = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ.,\"№;:?/";

fn russian(text: &str) -> String {
    text.chars()
        .map(|character| {
            KEYS.chars()
                .zip(RUSSIAN.chars())
                .find(|(key, _)| *key == character)
                .map_or(character, |(_, russian)| russian)
        })
        .collect()
}

fn other_case(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_lowercase() {
                character.to_uppercase().next().unwrap()
            } else {
                character.to_lowercase().next().unwrap()
            }
        })
        .collect()
}

fn bracketed(code: &str) -> String {
    if code.get(..2) != Some("01") || code.get(16..18) != Some("21") {
        return code.to_owned();
    }
    let mut out = format!("(01){}(21)", &code[2..16]);
    for (index, part) in code[18..].split('\u{1d}').enumerate() {
        let long = ["3103", "3350", "3352", "7003", "8005"]
            .iter()
            .any(|ai| part.starts_with(ai));
        let length = if part.starts_with("240") {
            3
        } else {
            2 + 2 * usize::from(long)
        };
        match part.split_at_checked(length) {
            Some((ai, value)) if index > 0 => out.extend(["(", ai, ")", value]),
            _ => out.push_str(part),
        }
    }
    out
}

fn json(code: &str) -> String {
    serde_json::to_string(code).unwrap()
}

/// Damage that leaves enough to know the original.
pub(crate) const DAMAGES: [Damage; 74] = [
    ("none", |code| code.to_owned()),
    ("gs:lost", |code| spelled(code, "")),
    ("gs:first lost", |code| code.replacen('\u{1d}', "", 1)),
    ("gs:\\u001d", |code| spelled(code, "\\u001d")),
    ("gs:\\\\u001D", |code| spelled(code, "\\\\u001D")),
    ("gs:\\x1d", |code| spelled(code, "\\x1d")),
    ("gs:\\x001d", |code| spelled(code, "\\x001d")),
    ("gs:\\035", |code| spelled(code, "\\035")),
    ("gs:<GS>", |code| spelled(code, "<GS>")),
    ("gs:<GS> ", |code| spelled(code, "<GS> ")),
    ("gs: <gs> ", |code| spelled(code, " <gs> ")),
    ("gs:GS", |code| spelled(code, "GS")),
    ("gs:{GS}", |code| spelled(code, "{GS}")),
    ("gs:[GS]", |code| spelled(code, "[GS]")),
    ("gs:(GS)", |code| spelled(code, "(GS)")),
    ("gs:␝", |code| spelled(code, "␝")),
    ("gs:↔", |code| spelled(code, "↔")),
    ("gs:☻", |code| spelled(code, "☻")),
    ("gs:☺", |code| spelled(code, "☺")),
    ("gs:è", |code| spelled(code, "è")),
    ("gs:U+0093", |code| spelled(code, "\u{93}")),
    ("gs:029", |code| spelled(code, "029")),
    ("gs: ", |code| spelled(code, " ")),
    ("gs:|", |code| spelled(code, "|")),
    ("gs:@", |code| spelled(code, "@")),
    ("gs:#", |code| spelled(code, "#")),
    ("gs:_", |code| spelled(code, "_")),
    ("gs:^]", |code| spelled(code, "^]")),
    ("gs:\\^]", |code| spelled(code, "\\^]")),
    ("gs:]", |code| spelled(code, "]")),
    ("gs:%1D", |code| spelled(code, "%1D")),
    ("gs:&#29;", |code| spelled(code, "&#29;")),
    ("gs:&#x1D;", |code| spelled(code, "&#x1D;")),
    ("gs:&amp;#29;", |code| spelled(code, "&amp;#29;")),
    ("gs:_x001D_", |code| spelled(code, "_x001D_")),
    ("gs:~d029", |code| spelled(code, "~d029")),
    ("gs:|d029", |code| spelled(code, "|d029")),
    ("gs:\\F", |code| spelled(code, "\\F")),
    ("gs:<FNC1>", |code| spelled(code, "<FNC1>")),
    ("gs:{FNC1}", |code| spelled(code, "{FNC1}")),
    ("gs:tab", |code| spelled(code, "\t")),
    ("gs:U+FFFD", |code| spelled(code, "\u{fffd}")),
    ("gs:doubled", |code| spelled(code, "\u{1d}\u{1d}")),
    ("prefix:]d2", |code| format!("]d2{code}")),
    ("prefix:]C1 and GS", |code| format!("]C1\u{1d}{code}")),
    ("prefix:è", |code| format!("è{code}")),
    ("prefix:GS", |code| format!("\u{1d}{code}")),
    ("prefix:{FNC1}", |code| format!("{{FNC1}}{code}")),
    ("prefix:^FNC1", |code| format!("^FNC1{code}")),
    ("prefix:<FNC1>", |code| format!("<FNC1>{code}")),
    ("prefix:~1", |code| format!("~1{code}")),
    ("prefix:\\F", |code| format!("\\F{code}")),
    ("prefix:'", |code| format!("'{code}")),
    ("prefix:BOM", |code| format!("\u{feff}{code}")),
    ("suffix:CRLF", |code| format!("{code}\r\n")),
    ("suffix:GS", |code| format!("{code}\u{1d}")),
    ("suffix:\\r\\n", |code| format!("{code}\\r\\n")),
    ("edges:NBSP", |code| format!("\u{a0}{code}\u{a0}")),
    ("zero width", |code| {
        let at = code.char_indices().nth(9).map_or(0, |(at, _)| at);
        format!("{}\u{200b}{}", &code[..at], &code[at..])
    }),
    ("gs after gtin", |code| {
        if code.starts_with("01") && code.get(16..18) == Some("21") {
            format!("{}\u{1d}{}", &code[..16], &code[16..])
        } else {
            code.to_owned()
        }
    }),
    ("brackets", bracketed),
    ("brackets with spaces", |code| {
        bracketed(code)
            .replace("(01)", "(01) ")
            .replace("(21)", " (21) ")
    }),
    ("csv", |code| format!("\"{}\"", code.replace('"', "\"\""))),
    ("json", json),
    ("json twice", |code| json(&json(code))),
    ("gson", |code| {
        code.replace('=', "\\u003d")
            .replace('\'', "\\u0027")
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026")
    }),
    ("html", |code| {
        code.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
    }),
    ("html twice", |code| {
        let once = code
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        once.replace('&', "&amp;")
    }),
    ("base64", base64),
    ("smart quotes", |code| {
        code.replace('"', "”").replace('\'', "’")
    }),
    ("russian", russian),
    ("russian, ]d2 and ]", |code| {
        russian(&format!("]d2{}", spelled(code, "]")))
    }),
    ("russian, Caps Lock, ]d2", |code| {
        other_case(&russian(&format!("]d2{code}")))
    }),
    ("url", |code| {
        let escape = |character: char| match character {
            'A'..='Z' | 'a'..='z' | '0'..='9' => character.to_string(),
            _ if character.is_ascii() => format!("%{:02X}", u32::from(character)),
            _ => character.to_string(),
        };
        code.chars().map(escape).collect()
    }),
];

/// Damage after which nobody can know the original: it must be asked about or refused, never believed.
pub(crate) const LOSSES: [Damage; 12] = [
    ("character lost in the serial number", |code| cut(code, 20)),
    ("last character lost", |code| {
        code[..code.len() - 1].to_owned()
    }),
    ("character doubled in the serial number", |code| {
        double(code, 20)
    }),
    ("a separator and the last character lost", |code| {
        let code = spelled(code, "");
        code[..code.len() - 1].to_owned()
    }),
    ("separators and a character lost", |code| {
        cut(&spelled(code, ""), 20)
    }),
    ("separators lost, a character doubled", |code| {
        double(&spelled(code, ""), 20)
    }),
    ("digit of the GTIN changed", |code| {
        let digit = code.as_bytes()[9];
        let other = if digit == b'9' {
            '0'
        } else {
            char::from(digit + 1)
        };
        format!("{}{other}{}", &code[..9], &code[10..])
    }),
    ("01 lost", |code| code[2..].to_owned()),
    ("first half only", |code| {
        spelled(code, "").chars().take(50).collect()
    }),
    ("cut at 38", |code| {
        spelled(code, "").chars().take(38).collect()
    }),
    ("twice in one cell", |code| format!("{code}{code}")),
    ("twice in one cell, without separators", |code| {
        let code = spelled(code, "");
        format!("{code} {code}")
    }),
];

fn cut(code: &str, at: usize) -> String {
    format!("{}{}", &code[..at], &code[at + 1..])
}

fn double(code: &str, at: usize) -> String {
    format!("{}{}", &code[..=at], &code[at..])
}
