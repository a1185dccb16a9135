use std::io::Read;
fn main() {
    let mut s = String::new();
    std::io::stdin().read_to_string(&mut s).unwrap();
    for line in s.lines() {
        if line.starts_with("## ") || line.is_empty() {
            println!("{line}");
            continue;
        }
        let raw: String = serde_json::from_str(line).unwrap();
        let p = cis::parse(&raw);
        use cis::Lang::*;
        let all = |l| {
            let mut v = p.notes(l);
            v.extend(p.reason(l));
            v
        };
        println!(
            "{}",
            serde_json::json!([raw, p.outcome().as_str(), all(Ru), all(En), p.position()])
        );
    }
}
