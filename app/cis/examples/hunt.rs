#[path = "../tests/behaviour/generators.rs"]
#[allow(dead_code)]
mod generators;
use cis::*;
use generators::*;
use std::collections::BTreeMap;
fn same(a: &str, b: &str) -> bool {
    let n = |t: &str| {
        let mut o = t.to_owned();
        for ai in ["17"] {
            if let Some(at) = o.find(&format!("\u{1d}{ai}")) {
                let e = at + 9;
                if o.as_bytes().get(e) == Some(&0x1d) {
                    o.remove(e);
                }
            }
        }
        o
    };
    n(a) == n(b)
}
fn main() {
    let n: u64 = std::env::args().nth(1).map_or(200, |a| a.parse().unwrap());
    let pairs = std::env::args().nth(2).is_some();
    let mut t: BTreeMap<(String, &str), [usize; 6]> = BTreeMap::new();
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    for (si, s) in STRUCTURES.iter().enumerate() {
        for seed in 0..n {
            let mut dice = Dice::new(seed * 1000 + si as u64 + 7);
            let code = code(&mut dice, *s);
            let clean = parse(&code);
            let doubt = clean.outcome() == Outcome::Ambiguous;
            if clean.code().is_none() && !doubt {
                println!(
                    "GOOD CODE REFUSED {} {code:?} {:?}",
                    s.0,
                    clean.reason(Lang::En)
                );
            }
            let second: Vec<Damage> = if pairs {
                (0..3).map(|_| dice.one(&DAMAGES)).collect()
            } else {
                vec![DAMAGES[0]]
            };
            for (dn, d) in DAMAGES {
                for (en, e) in &second {
                    if pairs
                        && (dn == *en
                            || dn.starts_with("russian") && en.starts_with("russian")
                            || (dn == "smart quotes" && en.starts_with("russian")))
                    {
                        continue;
                    }
                    let raw = e(&d(&code));
                    let name = if pairs {
                        format!("{dn} + {en}")
                    } else {
                        dn.to_owned()
                    };
                    let p = parse(&raw);
                    let i = match &p.verdict {
                        Verdict::Code(c) if same(c.as_str(), &code) => 0,
                        Verdict::Code(_) => 4,
                        Verdict::Ambiguous(q)
                            if q.readings().iter().any(|r| same(r.code().as_str(), &code)) =>
                        {
                            1
                        }
                        Verdict::Ambiguous(_) => 2,
                        Verdict::Refused(_) => 3,
                        Verdict::NotACode(_) => 5,
                    };
                    t.entry((name.clone(), s.0)).or_default()[i] += 1;
                    if i >= 2 && !(i == 3 && pairs) {
                        let k = shown.entry(format!("{name}/{}/{i}", s.0)).or_default();
                        *k += 1;
                        if *k <= 1 {
                            println!(
                                "{} {name} [{}] {code:?} -> {raw:?} -> {:?} {}",
                                ["", "", "ASKED WITHOUT", "refused", "MISREAD", "foreign"][i],
                                s.0,
                                p.code().map(|c| c.as_str().to_owned()),
                                p.reason(Lang::En).unwrap_or_default()
                            );
                        }
                    }
                }
            }
            if !pairs {
                for (dn, d) in LOSSES {
                    if code.len() < 22 {
                        continue;
                    }
                    let raw = d(&code);
                    let p = parse(&raw);
                    if let Some(c) = p.code() {
                        if !same(c.as_str(), &code) && (raw != c.as_str() || c.has_tail()) {
                            let k = shown.entry(format!("{dn}/{}", s.0)).or_default();
                            *k += 1;
                            if *k <= 1 {
                                println!(
                                    "BELIEVED {dn} [{}] {code:?} -> {raw:?} -> {:?}",
                                    s.0,
                                    c.as_str()
                                );
                            }
                        }
                    }
                }
            }
        }
    }
    println!("name | repaired asked asked-without refused MISREAD foreign");
    let mut sum = [0usize; 6];
    for ((d, s), c) in &t {
        for i in 0..6 {
            sum[i] += c[i];
        }
        if !pairs && (c[2] + c[3] + c[4] + c[5] > 0 || c[1] * 20 > c[0] && c[1] > 2) {
            println!("{d:30} {s:26} {c:?}");
        }
    }
    println!("{sum:?}");
}
