//! How a code of the stock is cut into what all of its run share, its serial number and its tail.

use cis::GS;

/// One code before it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cut<'c> {
    /// What the run shares: «01», GTIN, «21»; of a tobacco pack its GTIN; of anything else nothing.
    pub(crate) prefix: &'c str,
    /// Characters of the КИ.
    pub(crate) ki: usize,
    /// The whole text.
    pub(crate) text: &'c str,
}

impl<'c> Cut<'c> {
    /// Cuts a code. What came from a station is kept whatever it is: a text that is no code has its КИ before its first
    /// separator.
    pub(crate) fn of(text: &'c str) -> Self {
        if !text.is_ascii() {
            return Self {
                prefix: "",
                ki: text.chars().count(),
                text,
            };
        }
        let ki = match cis::check(text.as_bytes()) {
            Ok(code) => code.ki(),
            Err(_) => text.split(GS).next().unwrap_or_default(),
        };
        Self {
            prefix: prefix(ki),
            ki: ki.len(),
            text,
        }
    }

    /// The КИ.
    pub(crate) fn ki(&self) -> &'c str {
        self.text.get(..self.ki).unwrap_or(self.text)
    }
}

/// What a КИ begins with before its serial number.
pub(crate) fn prefix(ki: &str) -> &str {
    let digits = |from: usize, to: usize| {
        ki.get(from..to)
            .is_some_and(|gtin| gtin.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let elements = ki.starts_with("01") && digits(2, 16) && ki.get(16..18) == Some("21");
    let length = if elements {
        18
    } else if ki.len() > 14 && digits(0, 14) {
        14
    } else {
        0
    };
    ki.get(..length).unwrap_or_default()
}

/// The codes of a run, cut, in the order in which they are kept; of codes with one КИ the longest.
pub(crate) fn cut(codes: &[String]) -> Vec<Cut<'_>> {
    let mut cut: Vec<Cut<'_>> = codes.iter().map(|code| Cut::of(code)).collect();
    cut.sort_unstable();
    cut.dedup_by(|later, first| {
        let same = later.ki() == first.ki();
        if same {
            first.text = later.text;
        }
        same
    });
    cut
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::codes::SearchKeys;

    #[test]
    fn a_code_is_cut_where_the_other_list_cuts_it() {
        let tail = "A".repeat(44);
        for (text, gtin) in [
            (
                format!("0104670033010053215tm!Kq2bV0001\u{1d}91ffd0\u{1d}92{tail}"),
                Some("04670033010053"),
            ),
            (
                "0104670033010053215tm!Kq2bV0001".to_owned(),
                Some("04670033010053"),
            ),
            (
                "04601653029019abcdefgABm8k0tL".to_owned(),
                Some("04601653029019"),
            ),
            ("RU-430302-AAA7582720".to_owned(), None),
        ] {
            let cut = Cut::of(&text);
            let keys = SearchKeys::of(&format!("cis:{}", cut.ki()), &text, gtin);
            assert_eq!(format!("{}{}", cut.prefix, keys.serial), cut.ki(), "{text}");
        }
    }

    #[test]
    fn nonsense_is_kept_whole() {
        for text in [
            "",
            "x",
            "код",
            "01\u{1d}",
            "\u{1d}\u{1d}",
            "010467003301005321",
        ] {
            let cut = Cut::of(text);
            assert!(text.starts_with(cut.prefix));
            assert!(cut.ki <= text.chars().count(), "{text}");
        }
        assert_eq!(Cut::of("код").ki(), "код");
    }

    #[test]
    fn a_code_that_comes_twice_is_kept_once_and_whole() {
        let code = |serial: &str, tail: &str| format!("010467003301005321{serial}{tail}");
        let codes = [
            code("5tm!Kq2bV0002", "\u{1d}93Zjqw"),
            code("5tm!Kq2bV0001", "\u{1d}93Zjqw"),
            code("5tm!Kq2bV0002", ""),
            code("5tm!Kq2bV0001", "\u{1d}93Zjqw"),
        ];
        let texts: Vec<&str> = cut(&codes).iter().map(|cut| cut.text).collect();
        assert_eq!(texts, [codes[1].as_str(), codes[0].as_str()]);
    }
}
