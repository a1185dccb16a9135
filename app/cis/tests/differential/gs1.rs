//! A small reader of GS1's element strings that knows nothing of marking codes: the rules of the identifiers as GS1's
//! Barcode Syntax Dictionary publishes them (<https://ref.gs1.org/tools/gs1-barcode-syntax-resource/syntax-dictionary/>), and
//! an interpreter of such rules.

use proptest::prelude::*;

/// Identifiers (`*`: of predefined length, no separator behind), the parts of the value, and which identifiers have to
/// be there too. `N`: digits, `X`: character set 82; `..`: up to; behind a comma what else a part has to be.
const RULES: &str = "
00 *      N18,csum
01 *      N14,csum
10        X..20                 req=01,02,8006,8026
17 *      N6,yymmd0             req=01,02,255,8006,8026
21        X..20                 req=01,8006
240       X..30                 req=01,02,8006,8026
3103 *    N6                    req=01,02
3350-5 *  N6                    req=00,01
7003      N6,yymmdd N4,hhmm     req=01,02
8005      N6                    req=01,02
91        X..90
92        X..90
93        X..90
";

/// Two digits that say that an identifier's length is predefined.
const PREDEFINED: [&str; 22] = [
    "00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "31",
    "32", "33", "34", "35", "36", "41",
];

/// One line of the rules.
#[derive(Debug)]
pub(super) struct Rule {
    first: &'static str,
    last: char,
    predefined: bool,
    parts: Vec<Part>,
    requires: Vec<&'static str>,
}

#[derive(Debug)]
struct Part {
    digits: bool,
    up_to: bool,
    length: usize,
    linter: Option<&'static str>,
}

impl Rule {
    fn of(line: &'static str) -> Self {
        let mut words = line.split_whitespace();
        let identifiers = words.next().unwrap();
        let (first, last) = match identifiers.split_once('-') {
            Some((first, last)) => (first, last.chars().next().unwrap()),
            None => (identifiers, identifiers.chars().last().unwrap()),
        };
        let mut rule = Self {
            first,
            last,
            predefined: false,
            parts: Vec::new(),
            requires: Vec::new(),
        };
        for word in words {
            if word == "*" {
                rule.predefined = true;
            } else if let Some(list) = word.strip_prefix("req=") {
                rule.requires = list.split(',').collect();
            } else {
                let (form, linter) = match word.split_once(',') {
                    Some((form, linter)) => (form, Some(linter)),
                    None => (word, None),
                };
                let length = form.trim_start_matches(['N', 'X', '.']).parse().unwrap();
                rule.parts.push(Part {
                    digits: form.starts_with('N'),
                    up_to: form.contains(".."),
                    length,
                    linter,
                });
            }
        }
        assert_eq!(rule.predefined, PREDEFINED.contains(&&first[..2]), "{line}");
        rule
    }

    /// Whether the rule is about this identifier.
    pub(super) fn covers(&self, ai: &str) -> bool {
        let stem = &self.first[..self.first.len() - 1];
        let from = self.first.chars().last().unwrap();
        ai.len() == self.first.len()
            && ai.strip_prefix(stem).is_some_and(|end| {
                let end = end.chars().next().unwrap();
                (from..=self.last).contains(&end)
            })
    }

    fn longest(&self) -> usize {
        self.parts.iter().map(|part| part.length).sum()
    }
}

/// Every rule.
pub(super) fn rules() -> Vec<Rule> {
    RULES.trim().lines().map(Rule::of).collect()
}

/// What a text breaks.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Violation {
    /// No rule is about what stands where an identifier has to.
    UnknownIdentifier(String),
    /// A value is too short or too long.
    Length(&'static str),
    /// A value has a character it may not have.
    Charset { ai: &'static str, character: char },
    /// A value is no right check digit, date or time.
    Linter(&'static str),
    /// Another identifier has to be there.
    Requires(&'static str),
    /// An identifier is there twice.
    Repeated(&'static str),
    /// A separator that separates nothing: in front, doubled, behind, or after a predefined length.
    Separator,
}

/// An identifier with its value.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// The identifier, as in the text.
    pub(super) ai: &'a str,
    /// What stands behind it.
    pub(super) value: &'a str,
}

/// Reads an element string strictly by the rules.
pub(super) fn read(text: &str) -> Result<Vec<Element<'_>>, Violation> {
    let rules = rules();
    let mut elements: Vec<Element> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if rest.starts_with('\u{1d}') {
            return Err(Violation::Separator);
        }
        let found = (2..=4).find_map(|length| {
            let ai = rest.get(..length)?;
            Some((rules.iter().find(|rule| rule.covers(ai))?, ai))
        });
        let Some((rule, ai)) = found else {
            return Err(Violation::UnknownIdentifier(rest.chars().take(4).collect()));
        };
        let data = &rest[ai.len()..];
        let length = if rule.predefined {
            rule.longest()
        } else {
            data.find('\u{1d}').unwrap_or(data.len())
        };
        let value = data.get(..length).ok_or(Violation::Length(rule.first))?;
        lint(rule, value)?;
        if elements.iter().any(|element| element.ai == ai) {
            return Err(Violation::Repeated(rule.first));
        }
        elements.push(Element { ai, value });
        rest = &data[length..];
        if let Some(behind) = rest.strip_prefix('\u{1d}') {
            // GS1's General Specifications (7.8.6.3) let readers tolerate a separator after a predefined length.
            if behind.is_empty() {
                return Err(Violation::Separator);
            }
            rest = behind;
        }
    }
    for element in &elements {
        let rule = rules.iter().find(|rule| rule.covers(element.ai)).unwrap();
        let there = |ai: &&str| elements.iter().any(|element| element.ai == *ai);
        if !rule.requires.is_empty() && !rule.requires.iter().any(there) {
            return Err(Violation::Requires(rule.first));
        }
    }
    Ok(elements)
}

fn lint(rule: &Rule, value: &str) -> Result<(), Violation> {
    let ai = rule.first;
    let mut rest = value;
    for part in &rule.parts {
        let length = if part.up_to {
            rest.len().min(part.length)
        } else {
            part.length
        };
        let piece = rest.get(..length).ok_or(Violation::Length(ai))?;
        if piece.is_empty() {
            return Err(Violation::Length(ai));
        }
        for character in piece.chars() {
            let good = if part.digits {
                character.is_ascii_digit()
            } else {
                character.is_ascii_graphic() && !"#$@[\\]^`{|}~".contains(character)
            };
            if !good {
                return Err(Violation::Charset { ai, character });
            }
        }
        let number = |range: std::ops::Range<usize>| -> u32 { piece[range].parse().unwrap() };
        let good = match part.linter {
            None => true,
            Some("csum") => has_check_digit(piece),
            Some("yymmd0") => {
                number(4..6) == 0 && (1..=12).contains(&number(2..4)) || is_date(piece)
            }
            Some("yymmdd") => is_date(piece),
            Some("hhmm") => number(0..2) < 24 && number(2..4) < 60,
            Some(other) => panic!("no linter {other}"),
        };
        if !good {
            return Err(Violation::Linter(ai));
        }
        rest = &rest[length..];
    }
    if rest.is_empty() {
        Ok(())
    } else {
        Err(Violation::Length(ai))
    }
}

fn has_check_digit(digits: &str) -> bool {
    let weighted = digits.bytes().rev().zip([1, 3].into_iter().cycle());
    let sum: u32 = weighted
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    sum.is_multiple_of(10)
}

fn is_date(yymmdd: &str) -> bool {
    let number = |range: std::ops::Range<usize>| -> u32 { yymmdd[range].parse().unwrap() };
    let days = match number(2..4) {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if number(0..2).is_multiple_of(4) => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&number(4..6))
}

/// Every identifier of the rules, and one that no rule knows.
pub(super) fn identifiers() -> Vec<&'static str> {
    vec![
        "00", "01", "10", "17", "21", "240", "3103", "3350", "3355", "7003", "8005", "91", "92",
        "93", "88",
    ]
}

/// Values for an identifier: mostly as long as marking codes have them, now and then off by a little.
pub(super) fn value(ai: &str) -> BoxedStrategy<String> {
    const CSET82: &str = r#"[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]"#;
    let text = |lengths: Vec<usize>| {
        prop::sample::select(lengths)
            .prop_flat_map(|length| {
                prop::string::string_regex(&format!("{CSET82}{{{length}}}")).unwrap()
            })
            .boxed()
    };
    match ai {
        "00" => prop_oneof![Just("346006820000000014".to_owned()), "[0-9]{18}"].boxed(),
        "01" => prop_oneof![Just("04607010350246".to_owned()), "[0-9]{13,15}"].boxed(),
        "10" => text(vec![1, 8, 20, 21]),
        "17" => prop_oneof!["2[0-9][01][0-9][0-3][0-9]", "[0-9]{5,7}"].boxed(),
        "21" => text(vec![6, 7, 13, 20, 1, 12, 14, 21]),
        "240" => prop_oneof!["[0-9]{4}".boxed(), text(vec![1, 4, 30, 31])].boxed(),
        "3103" | "3350" | "3355" | "8005" => prop_oneof!["[0-9]{6}", "[0-9]{5,7}"].boxed(),
        "7003" => prop_oneof![
            "2[0-9][01][0-9][0-3][0-9][0-2][0-9][0-6][0-9]",
            "[0-9]{9,11}"
        ]
        .boxed(),
        "92" => text(vec![44, 88, 44, 43, 45, 90, 91]),
        _ => text(vec![4, 4, 4, 3, 5]),
    }
}
