//! Codes with every tail that the marking system gives out, and goods as people name them.

use labels::{Label, Symbology};

/// A code's shape: serial, tail, and what is sold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    symbology: Symbology,
    serial: &'static str,
    tail: &'static str,
    article: &'static str,
    name: &'static str,
    size: &'static str,
}

const GTIN: &str = "04604060006000";

/// 91 and 92 with 44 characters; the same after 20 characters of serial; with 88; 93 after 13, 6 and 20; 93 with the weight
/// of milk; a block of tobacco; a pack of tobacco, which is no GS1 code.
pub(crate) const CODES: [Sample; 9] = [
    Sample {
        symbology: Symbology::Gs1,
        serial: "N4N57RSCBUZTQ",
        tail: "\u{1d}91EE11\u{1d}92ZGVzdGluYXRpb25hbGx5cmFuZG9tYmFzZTY0YWJjZGVmZz0=",
        article: "ФТБ-1042/чёрн",
        name: "Футболка мужская с круглым вырезом, хлопок 100 %, чёрная",
        size: "Размер 48",
    },
    Sample {
        symbology: Symbology::Gs1,
        serial: "5WmR7kQq9ZtLb3XpN2vA",
        tail: "\u{1d}91EE11\u{1d}92dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q0YTE=",
        article: "NIK-Z8-24120",
        name: "Фотоаппарат Nikon Z8 Kit 24–120 мм",
        size: "",
    },
    Sample {
        symbology: Symbology::Gs1,
        serial: ")x/JtGI+LE'_u",
        tail: "\u{1d}91003A\u{1d}92uYXq5ZkPq0w1bN8sVnQ3rT6yB9eC2fH5jK8lM1oP4sU7vX0zA3dG6hJ9kL2nQ5tW8yB1eD4gF7iH0jK3mN6pR9==",
        article: "БОТ-7719-WNTR-КОР",
        name: "Полуботинки женские из натуральной кожи на шерстяной подкладке, каблук устойчивый, цвет коньячный, \
               с противоскользящей подошвой, полнота G",
        size: "Размер 38,5",
    },
    Sample {
        symbology: Symbology::Gs1,
        serial: "5QbagAhM7Qq2N",
        tail: "\u{1d}93Zjqw",
        article: "Вода 0,5 газ.",
        name: "Вода минеральная питьевая лечебно-столовая «Ессентуки № 4»",
        size: "0,5 л",
    },
    Sample {
        symbology: Symbology::Gs1,
        serial: "5Qbag!",
        tail: "\u{1d}93Zjqw",
        article: "MLK-32-900",
        name: "Молоко питьевое пастеризованное «Домик в деревне» 3,2 %",
        size: "900 мл",
    },
    Sample {
        symbology: Symbology::Gs1,
        serial: "5\"%&'()*+,-./:;<=>?_",
        tail: "\u{1d}93a?=<",
        article: "Xiaomi",
        name: "Наушники беспроводные",
        size: "",
    },
    Sample {
        symbology: Symbology::Gs1,
        serial: "5aB9_z",
        tail: "\u{1d}93Zjqw\u{1d}3103000353",
        article: "СЫР-1",
        name: "Сыр «Российский», кусок",
        size: "353 г",
    },
    Sample {
        symbology: Symbology::Gs1,
        serial: "aBcD1+7",
        tail: "\u{1d}8005199000\u{1d}93Zjqw",
        article: "Б-10",
        name: "Блок",
        size: "",
    },
    Sample {
        symbology: Symbology::Plain,
        serial: "-UWzSA8",
        tail: "ABm8aBc9",
        article: "П-1",
        name: "Пачка",
        size: "",
    },
];

/// A label of a sample.
pub(crate) fn label(sample: Sample) -> Label {
    let Sample { serial, tail, .. } = sample;
    Label {
        code: match sample.symbology {
            Symbology::Gs1 => format!("01{GTIN}21{serial}{tail}"),
            Symbology::Plain => format!("{GTIN}{serial}{tail}"),
        },
        symbology: sample.symbology,
        gtin: GTIN.to_owned(),
        serial: serial.to_owned(),
        article: sample.article.to_owned(),
        name: sample.name.to_owned(),
        size: sample.size.to_owned(),
    }
}
