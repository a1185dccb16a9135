fn main() {
    for a in std::env::args().skip(1) {
        let p = cis::parse(&a.replace('~', "\u{1d}"));
        println!(
            "{:?} {}",
            p.outcome(),
            p.reason(cis::Lang::Ru).unwrap_or_default()
        );
        for r in &p.repairs {
            println!(
                "   {:?} {:?} -> {:?} | {}",
                r,
                r.was(),
                r.became(),
                r.message(cis::Lang::Ru)
            );
        }
        match &p.verdict {
            cis::Verdict::Code(c) => println!("   {}", c),
            cis::Verdict::Ambiguous(q) => {
                for r in q.readings() {
                    println!(
                        "   ? {} {:?} {}",
                        r.code(),
                        r.repairs(),
                        r.meaning(cis::Lang::Ru)
                    );
                }
            }
            _ => {}
        }
        for r in &p.remarks {
            println!("   ! {}", r.message(cis::Lang::Ru));
        }
    }
}
