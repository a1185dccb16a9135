//! `peers inputs`: what the JavaScript peers shall read. `peers time`: how fast the engine and the Rust peers are.
//! `peers vectors`: what the engine makes of the collected codes.

#[cfg(not(target_arch = "wasm32"))]
mod vectors;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("inputs") => native::inputs(),
        Some("time") => native::time(),
        Some("vectors") => vectors::print(),
        _ => {
            eprintln!("usage: peers inputs|time|vectors");
            std::process::exit(2);
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use peers::{MALFORMED, Shape};
    use qrcode_parse::gs1::Gs1Result;
    use regex::Regex;
    use serde_json::json;
    use std::hint::black_box;
    use std::time::{Duration, Instant};

    /// The shortest piece of work whose time means something.
    const PIECE: Duration = Duration::from_millis(20);

    /// How long pieces are repeated: on a shared machine most of them are interrupted, and the best of them is not.
    const WHOLE: Duration = Duration::from_millis(600);

    /// The pattern that Yandex Market publishes for whole codes; its look-ahead for the length is left out.
    const MARKET: &str = r"^\x1D?(\(?01\)?[0-9]{14}\(?21\)?([!-~]{6,8}|[!-~]{13}|[!-~]{20})(\x1D\(?240\)?.{1,30})?\x1D\(?9[1,3]\)?.+)$";

    pub fn inputs() {
        let shapes: Vec<_> = Shape::ALL
            .into_iter()
            .map(|shape| json!({ "name": shape.name(), "codes": shape.codes(1024) }))
            .collect();
        let malformed: Vec<_> = MALFORMED.iter().map(|(_, text)| text).collect();
        println!("{}", json!({ "shapes": shapes, "malformed": malformed }));
    }

    /// How many texts a second `run` gets through at its best; it is told how many rounds of `texts` texts to do.
    fn rate(texts: usize, mut run: impl FnMut(u32)) -> f64 {
        let texts = f64::from(u32::try_from(texts).unwrap_or(u32::MAX));
        let begun = Instant::now();
        let (mut rounds, mut best) = (1, 0.0_f64);
        while begun.elapsed() < WHOLE {
            let started = Instant::now();
            run(rounds);
            let taken = started.elapsed();
            if taken < PIECE {
                rounds *= 2;
            } else {
                best = best.max(f64::from(rounds) * texts / taken.as_secs_f64());
            }
        }
        best
    }

    fn print(who: &str, what: &str, rate: f64) {
        println!("{}", json!({ "who": who, "what": what, "rate": rate }));
    }

    /// One line a measurement; `.ci/bench` runs the whole several times.
    pub fn time() {
        for case in peers::cases() {
            let best = rate(case.texts.len(), |rounds| {
                black_box(case.run(rounds));
            });
            print("cis", &case.name, best);
            if case.exact() != case.texts.len() {
                println!(
                    "{}",
                    json!({ "who": "cis", "what": case.name, "exact": case.exact(), "of": case.texts.len() })
                );
            }
        }
        notices("cis", |text| cis::check(text.as_bytes()).is_err());

        peer("qrcode-parse (Rust)", |text| {
            Gs1Result::parse(text.as_bytes()).is_ok()
        });
        let pattern = Regex::new(MARKET).expect("the pattern is a constant");
        peer("Market's pattern, crate regex", |text| {
            pattern.is_match(text)
        });
    }

    fn peer(who: &str, reads: impl Fn(&str) -> bool) {
        for shape in Shape::ALL {
            let codes = shape.codes(1024);
            let best = rate(codes.len(), |rounds| {
                for _ in 0..rounds {
                    for code in &codes {
                        black_box(reads(code));
                    }
                }
            });
            print(who, shape.name(), best);
        }
        notices(who, |text| !reads(text));
    }

    fn notices(who: &str, refuses: impl Fn(&str) -> bool) {
        let noticed: Vec<_> = MALFORMED
            .iter()
            .filter(|(_, text)| refuses(text))
            .map(|(what, _)| what)
            .collect();
        println!(
            "{}",
            json!({ "who": who, "notices": noticed.len(), "of": MALFORMED.len() })
        );
    }
}
