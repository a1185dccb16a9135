//! How long a thousand labels take, each with a code of its own, beside bwip-js and pdfkit in the same run: `make bench`.
//!
//! Two times are told: the processor's, which a busy machine does not stretch, and the clock's.
//!
//! The peer is measured when its packages are installed (`npm ci` in `server/labels/benches/peer`), else it is left out.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement that fails has nothing to say, and printing is all it is for"
)]

use labels::{Head, Label, Medium, Press, Symbology};
use std::{
    fmt::Write as _,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

const LABELS: u32 = 1000;
const ROUNDS: u32 = 3;
const GTIN: &str = "04604060006000";

/// Tails of the marking system: 91 and 92 with 44 characters, with 88, and 93.
const TAILS: [(&str, &str); 3] = [
    (
        "91+92(44)",
        "\u{1d}91EE11\u{1d}92ZGVzdGluYXRpb25hbGx5cmFuZG9tYmFzZTY0YWJjZGVmZz0=",
    ),
    (
        "91+92(88)",
        "\u{1d}91003A\u{1d}92uYXq5ZkPq0w1bN8sVnQ3rT6yB9eC2fH5jK8lM1oP4sU7vX0zA3dG6hJ9kL2nQ5tW8yB1eD4gF7iH0jK3mN6pR9==",
    ),
    ("93", "\u{1d}93Zjqw"),
];

/// A thousand labels with serial numbers as the operator draws them: no two begin alike, and no two tails are the same.
fn labels(tail: &str) -> Vec<Label> {
    let mut state = 0x5eed_u64;
    let mut letters = move |text: &mut String| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let alphabet = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
        let letter = usize::try_from(state >> 40).unwrap() % alphabet.len();
        text.push(alphabet.get(letter).map_or('a', |byte| char::from(*byte)));
    };
    (0..LABELS)
        .map(|number| {
            let mut serial = String::from("5");
            (0..12).for_each(|_| letters(&mut serial));
            let mut signed = String::new();
            for character in tail.chars() {
                // The last part differs from code to code, as a signature does.
                if character.is_ascii_lowercase() {
                    letters(&mut signed);
                } else {
                    signed.push(character);
                }
            }
            Label {
                code: format!("01{GTIN}21{serial}{signed}"),
                symbology: Symbology::Gs1,
                gtin: GTIN.to_owned(),
                serial,
                article: format!("ФТБ-{number:04}/чёрн"),
                name: "Футболка мужская с круглым вырезом, хлопок 100 %, чёрная".to_owned(),
                size: "Размер 48".to_owned(),
            }
        })
        .collect()
}

/// The best of some rounds: the processor's time, the clock's, and how large the file is.
fn best(draw: impl Fn() -> Vec<u8>) -> (Duration, Duration, usize) {
    (0..ROUNDS)
        .map(|_| {
            let (begun, spent) = (Instant::now(), processor());
            let file = draw();
            let wall = begun.elapsed();
            let spent = processor()
                .zip(spent)
                .map_or(wall, |(now, then)| now.saturating_sub(then));
            (spent, wall, file.len())
        })
        .min()
        .unwrap()
}

/// How long this thread has had a processor, as Linux tells it; none elsewhere.
fn processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let spent = told.split_ascii_whitespace().next()?;
    Some(Duration::from_nanos(spent.parse().ok()?))
}

fn row(what: &str, (spent, wall, bytes): (Duration, Duration, usize)) {
    println!(
        "{what:<34} {:>6} ms, on the clock {:>6} ms {:>8} kB",
        spent.as_millis(),
        wall.as_millis(),
        bytes / 1000
    );
}

fn main() {
    let press = Press::new().unwrap();
    println!("{LABELS} labels, each with a code of its own, best of {ROUNDS} rounds");
    for (tail, text) in TAILS {
        let labels = labels(text);
        for (what, medium, head) in [
            ("58x40, 203 dpi", Medium::Roll58x40, Head::Dpi203),
            ("30x20, 300 dpi", Medium::Roll30x20, Head::Dpi300),
            ("A4 by 40, 300 dpi", Medium::Sheet40, Head::Dpi300),
        ] {
            let taken = best(|| press.pdf(&labels, medium, head, 0).unwrap());
            row(&format!("PDF {what}, {tail}"), taken);
        }
        let taken = best(|| press.zpl(&labels, Medium::Roll58x40, Head::Dpi203).unwrap());
        row(&format!("ZPL 58x40, 203 dpi, {tail}"), taken);
    }
    peer();
}

/// The peer's own time for the first kind of labels.
fn peer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peer");
    if !folder.join("node_modules").exists() {
        println!("bwip-js and pdfkit are not installed: no peer");
        return;
    }
    let mut json = String::from("{\"labels\":[");
    let [(tail, text), ..] = TAILS;
    for (number, label) in labels(text).iter().enumerate() {
        let comma = if number > 0 { "," } else { "" };
        let code = label.code.replace('\u{1d}', "\\u001d");
        write!(
            json,
            "{comma}{{\"code\":\"{code}\",\"gtin\":\"{}\",\"serial\":\"{}\",\"article\":\"{}\",\"name\":\"{}\",\"size\":\"{}\"}}",
            label.gtin, label.serial, label.article, label.name, label.size
        )
        .unwrap();
    }
    json.push_str("]}");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), json).unwrap();
    let output = Command::new("node")
        .arg(folder.join("peer.mjs"))
        .arg(file.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    println!(
        "bwip-js 4.11.4 with pdfkit 0.20.2, PDF 58x40, {tail}: {}",
        told.trim()
    );
    print!("{}", String::from_utf8_lossy(&output.stderr));
}
