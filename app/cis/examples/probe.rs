use std::{hint::black_box, time::Instant};
fn main() {
    let code = "0104669000322220215t*NH>t:ngCfH\u{1d}91FFD0\u{1d}92dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE=";
    for text in [
        code,
        "010290000032304921BxDJ)fD8.&jdm\u{1d}91003A\u{1d}925FoocZHR5PnetH3n6pYtr1Yh4MkNS5MxOakJjuE6teeozoexOH6Aixbnpj8l4XeSu1srkhk9FV2yy6kxX1Pmkg==",
        "0103041094787443215Qbag!\u{1d}93Zjqw",
    ] {
        let n = 3_000_000;
        let start = Instant::now();
        for _ in 0..n {
            black_box(cis::check(black_box(text.as_bytes())).unwrap());
        }
        println!(
            "check {} M/s",
            n as f64 / start.elapsed().as_secs_f64() / 1e6
        );
        let start = Instant::now();
        for _ in 0..n / 3 {
            black_box(cis::parse(black_box(text)).code().unwrap());
        }
        println!(
            "parse {} M/s",
            n as f64 / 3. / start.elapsed().as_secs_f64() / 1e6
        );
    }
    for text in [
        code.replace('\u{1d}', ""), code.replace('\u{1d}', "<GS>"), format!("]d2{code}\r"),
        std::env::args().nth(1).unwrap_or("0104669000322220215е*ТРЮеЖтпСаР\u{1d}91ААВ0\u{1d}92вПМявИД8ЫФецКйрз7Р9канШ59ПщО8ус6Ч9ПрслВа8ОУ=".into()),
    ] {
        let n = 300_000;
        let start = Instant::now();
        for _ in 0..n { black_box(cis::parse(black_box(&text))); }
        println!("repair {} M/s {:?}", n as f64 / start.elapsed().as_secs_f64() / 1e6, cis::parse(&text).outcome());
    }
}
