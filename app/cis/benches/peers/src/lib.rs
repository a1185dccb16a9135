//! What is timed: the same codes and the same work, natively and in WebAssembly.

mod codes;

pub use codes::{MALFORMED, Shape};

use std::hint::black_box;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// How many different codes one case goes through: enough that no branch is learned by heart, few enough for a cache.
const CODES: usize = 1024;

/// What is done with each text of a case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    /// [`cis::check`]: from bytes, nothing allocated.
    Check,
    /// [`cis::parse`]: everything there is to say.
    Parse,
}

/// Texts and what to do with them.
pub struct Case {
    /// For people and for the table.
    pub name: String,
    work: Work,
    /// What is given.
    pub texts: Vec<String>,
    /// The canonical code each text has to become.
    pub codes: Vec<String>,
}

impl Case {
    /// Works through every text `rounds` times; returns how many were read as codes.
    pub fn run(&self, rounds: u32) -> usize {
        let mut read = 0;
        for _ in 0..rounds {
            for text in &self.texts {
                read += usize::from(match self.work {
                    Work::Check => black_box(cis::check(text.as_bytes())).is_ok(),
                    Work::Parse => black_box(cis::parse(text)).code().is_some(),
                });
            }
        }
        read
    }

    /// How many texts become exactly the code they were made of.
    pub fn exact(&self) -> usize {
        let read = |text: &String, code: &String| match self.work {
            Work::Check => cis::check(text.as_bytes()).is_ok() && text == code,
            Work::Parse => cis::parse(text)
                .code()
                .is_some_and(|read| read.as_str() == code),
        };
        let pairs = self.texts.iter().zip(&self.codes);
        pairs.filter(|(text, code)| read(text, code)).count()
    }
}

/// Every case, in the order of the table.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (work, word) in [(Work::Check, "check"), (Work::Parse, "parse")] {
        for shape in Shape::ALL {
            let codes = shape.codes(CODES);
            cases.push(Case {
                name: format!("{word} {}", shape.name()),
                work,
                texts: codes.clone(),
                codes,
            });
        }
    }
    let mut mixed = (Vec::new(), Vec::new());
    for (name, damage) in codes::DAMAGES {
        let mut codes = Shape::Clothes.codes(CODES / 2);
        codes.extend(Shape::Milk.codes(CODES / 2));
        let texts: Vec<String> = codes.iter().map(|code| damage(code)).collect();
        mixed.0.extend_from_slice(&texts);
        mixed.1.extend_from_slice(&codes);
        cases.push(Case {
            name: format!("repair {name}"),
            work: Work::Parse,
            texts,
            codes,
        });
    }
    cases.push(Case {
        name: "repair, all of them mixed".to_owned(),
        work: Work::Parse,
        texts: mixed.0,
        codes: mixed.1,
    });
    cases
}

/// The cases, for a page that times them.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub struct Bench {
    cases: Vec<Case>,
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
impl Bench {
    /// Makes the codes.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "only JavaScript calls it")]
    pub fn new() -> Self {
        Self { cases: cases() }
    }

    /// The name of a case; none behind the last.
    pub fn name(&self, case: usize) -> Option<String> {
        Some(self.cases.get(case)?.name.clone())
    }

    /// How many texts one round of a case has.
    pub fn texts(&self, case: usize) -> usize {
        self.cases.get(case).map_or(0, |case| case.texts.len())
    }

    /// Works through a case.
    pub fn run(&self, case: usize, rounds: u32) -> usize {
        self.cases.get(case).map_or(0, |case| case.run(rounds))
    }
}
