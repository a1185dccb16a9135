//! A code, taken apart in large letters.

use crate::texts::{self, check};
use cis::{GS, Kind, Lang, MarkingCode};
use leptos::prelude::*;

/// Characters of a signature that are shown; the rest of a tail says nothing to an eye.
const TAIL_SHOWN: usize = 20;

/// A part of the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    /// An application identifier.
    Identifier(String),
    /// A value with its class and what it is.
    Value {
        class: &'static str,
        text: String,
        what: String,
    },
    /// A separator.
    Separator,
}

/// The elements of a code with what each of them is.
pub(super) fn anatomy(code: &MarkingCode) -> impl IntoView + use<> {
    let segments = segments(code, texts::lang())
        .into_iter()
        .map(|segment| match segment {
            Segment::Identifier(ai) => view! { <span class="seg ai"><b>{ai}</b></span> }.into_any(),
            Segment::Value { class, text, what } => {
                view! { <span class=format!("seg {class}")><b>{text}</b><small>{what}</small></span> }.into_any()
            }
            Segment::Separator => view! { <span class="gs">"GS"</span> }.into_any(),
        })
        .collect_view();
    view! { <div class="anat">{segments}</div> }
}

fn segments(code: &MarkingCode, lang: Lang) -> Vec<Segment> {
    match code.kind() {
        Kind::TobaccoPack => return pack(code, lang),
        Kind::FurMark | Kind::TransportPackage => {
            return vec![Segment::Value {
                class: "ser",
                text: code.as_str().to_owned(),
                what: check::kind(code.kind(), lang).to_owned(),
            }];
        }
        _ => {}
    }
    let mut segments = Vec::new();
    let mut end = 0;
    for element in code.elements() {
        if element.range().start == end + GS.len_utf8() {
            segments.push(Segment::Separator);
        }
        end = element.range().end;
        let length = u32::try_from(element.value().chars().count()).unwrap_or(u32::MAX);
        let what = check::element(element.ai(), length, lang);
        let class = match element.ai() {
            "01" => "gtin",
            "21" => "ser",
            "91" | "92" | "93" => "tail",
            _ => "",
        };
        if class == "tail" {
            segments.push(Segment::Value {
                class,
                text: format!("{} {}", element.ai(), cut(element.value())),
                what,
            });
        } else {
            segments.push(Segment::Identifier(element.ai().to_owned()));
            segments.push(Segment::Value {
                class,
                text: element.value().to_owned(),
                what,
            });
        }
    }
    segments
}

/// The parts of a pack of tobacco, which have places and no identifiers.
fn pack(code: &MarkingCode, lang: Lang) -> Vec<Segment> {
    let part = |class, ai, from: usize, to: usize| {
        let text = code.as_str().get(from..to.min(code.as_str().len()))?;
        Some(Segment::Value {
            class,
            text: text.to_owned(),
            what: check::element(ai, u32::try_from(text.len()).unwrap_or_default(), lang),
        })
    };
    let price = if code.maximum_retail_price().is_some() {
        25
    } else {
        21
    };
    let price_part = (price > 21).then(|| part("", "8005", 21, price)).flatten();
    let head = [
        part("gtin", "01", 0, 14),
        part("ser", "21", 14, 21),
        price_part,
    ];
    head.into_iter()
        .flatten()
        .chain(part("tail", "93", price, usize::MAX))
        .collect()
}

fn cut(tail: &str) -> String {
    if tail.chars().count() <= TAIL_SHOWN {
        return tail.to_owned();
    }
    tail.chars().take(TAIL_SHOWN).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_stand_where_they_are_and_only_the_tail_is_cut() {
        let signature = "A".repeat(44);
        let code: MarkingCode =
            format!("0104670033010053215tm!Kq2bV0001\u{1d}91ffd0\u{1d}92{signature}")
                .parse()
                .unwrap();
        let value = |class, text: &str, what: &str| Segment::Value {
            class,
            text: text.into(),
            what: what.into(),
        };
        assert_eq!(
            segments(&code, Lang::Ru),
            vec![
                Segment::Identifier("01".into()),
                value("gtin", "04670033010053", "GTIN, контрольная цифра верна"),
                Segment::Identifier("21".into()),
                value("ser", "5tm!Kq2bV0001", "серийный номер, 13 знаков"),
                Segment::Separator,
                value("tail", "91 ffd0", "ключ проверки"),
                Segment::Separator,
                value("tail", "92 AAAAAAAAAAAAAAAAAAAA…", "подпись, 44 знака"),
            ]
        );
    }
}
