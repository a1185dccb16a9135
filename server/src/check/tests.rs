use super::*;
use serde_json::{Value, json};
use std::{cell::RefCell, rc::Rc};

const MILK: &str = "0103041094787443215Qbag!\u{1d}93Zjqw";

fn checked(input: &[u8], options: &Options) -> (bool, String) {
    let mut said = Vec::new();
    let every = check(input, &mut said, options).unwrap();
    (every, String::from_utf8(said).unwrap())
}

fn as_json(input: &str, format: Format) -> (bool, Vec<Value>) {
    let options = Options {
        json: true,
        input: format,
        group: None,
    };
    let (every, said) = checked(input.as_bytes(), &options);
    let objects = said.lines().map(|line| serde_json::from_str(line).unwrap());
    (every, objects.collect())
}

#[test]
fn every_key_is_there_in_its_order() {
    let options = Options {
        json: true,
        ..Options::default()
    };
    let (every, said) = checked(format!("{MILK}\n").as_bytes(), &options);
    assert!(every);
    assert_eq!(
        said,
        concat!(
            r#"{"line":1,"input":"0103041094787443215Qbag!\u001d93Zjqw","verdict":"valid","#,
            r#""canonical":"0103041094787443215Qbag!\u001d93Zjqw","ki":"0103041094787443215Qbag!","#,
            r#""readings":[],"groups":["milk"],"market":"full","repairs":[],"reason":null,"position":null}"#,
            "\n"
        )
    );
}

#[test]
fn a_repair_says_what_was_and_what_became_of_it() {
    let (every, said) = as_json("]d20103041094787443215Qbag!<GS>93Zjqw\r\n", Format::Lines);
    assert!(every);
    assert_eq!(said[0]["verdict"], "repaired");
    assert_eq!(said[0]["canonical"], MILK);
    assert_eq!(
        said[0]["repairs"],
        json!([
            { "step": "symbology", "was": "]d2", "became": "" },
            { "step": "separator_spelling", "was": "<GS>", "became": "\u{1d}" }
        ])
    );
}

#[test]
fn a_question_has_its_readings_and_a_group_answers_it() {
    let text = "0104610053147452215d,OiLl93dGVz";
    let (every, said) = as_json(text, Format::Lines);
    assert!(!every, "a script has to ask somebody first");
    assert_eq!(said[0]["verdict"], "ambiguous");
    assert_eq!(said[0]["canonical"], Value::Null);
    assert_eq!(said[0]["ki"], Value::Null);
    assert_eq!(said[0]["market"], "none");
    let readings = said[0]["readings"].as_array().unwrap();
    assert!(readings.contains(&json!(text)));
    assert!(readings.contains(&json!("0104610053147452215d,OiLl\u{1d}93dGVz")));
    assert!(said[0]["reason"].as_str().unwrap().ends_with('?'));

    let options = Options {
        json: true,
        input: Format::Lines,
        group: Some(cis::ProductGroup::Beer),
    };
    let (every, said) = checked(text.as_bytes(), &options);
    assert!(every);
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["canonical"], "0104610053147452215d,OiLl\u{1d}93dGVz");
}

#[test]
fn what_is_no_code_has_a_reason_and_a_position() {
    let (every, said) = as_json("0104610053147452215d,ОiLl\n4607010350246\n", Format::Lines);
    assert!(!every);
    assert_eq!(said[0]["verdict"], "refused");
    assert_eq!(said[0]["position"], 21, "characters are counted from zero");
    assert!(
        said[0]["reason"]
            .as_str()
            .unwrap()
            .contains("русская буква")
    );
    assert_eq!(said[1]["verdict"], "not_a_code");
    assert!(said[1]["reason"].as_str().unwrap().contains("EAN-13"));
    assert_eq!(said[1]["position"], Value::Null);
}

#[test]
fn a_line_that_is_no_json_is_reported_and_the_others_are_read() {
    let input = format!(
        "{}\n\n{{\"raw\":1}}\n\"cut\n{}\n",
        json!(MILK),
        json!("a\nb")
    );
    let (every, said) = as_json(&input, Format::Jsonl);
    assert!(!every);
    let lines: Vec<_> = said
        .iter()
        .map(|said| said["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [1, 3, 4, 5]);
    assert_eq!(said[0]["canonical"], MILK);
    assert_eq!(said[1]["input"], "{\"raw\":1}");
    assert_eq!(said[1]["verdict"], "refused");
    assert!(
        said[1]["reason"]
            .as_str()
            .unwrap()
            .starts_with("Строка не JSON")
    );
    assert_eq!(said[2]["input"], "\"cut");
    assert_eq!(said[3]["input"], "a\nb");
}

#[test]
fn lines_end_with_any_line_end_and_blank_ones_only_count() {
    let (_, said) = as_json(
        &format!("\u{feff}{MILK}\r\n\n \t\r{MILK}\r\r\n{MILK}"),
        Format::Lines,
    );
    let lines: Vec<_> = said
        .iter()
        .map(|said| said["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [1, 4, 6]);
    assert!(said.iter().all(|said| said["canonical"] == MILK));
}

#[test]
fn a_line_without_end_is_cut_and_told() {
    let input = format!("{}\n{MILK}\n", "x".repeat(3 * 1024 * 1024));
    let (every, said) = as_json(&input, Format::Lines);
    assert!(!every);
    assert_eq!(said[0]["reason"], TOO_LONG);
    assert_eq!(said[0]["input"].as_str().unwrap().len(), 1024 * 1024);
    assert_eq!(said[1]["line"], 2);
    assert_eq!(said[1]["canonical"], MILK);
}

#[test]
fn people_read_identities_repairs_and_reasons() {
    let input = format!("{MILK}\n{MILK}\t\n0104610053147452215d,OiLl93dGVz\n4607010350246\n");
    let (every, said) = checked(input.as_bytes(), &Options::default());
    assert!(!every);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines[0], "1: 0103041094787443215Qbag!");
    assert!(
        lines[1].starts_with("2: 0103041094787443215Qbag! ("),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with("3: "), "{}", lines[2]);
    assert!(lines[3].starts_with("  "), "{}", lines[3]);
    assert!(lines.last().unwrap().starts_with("4: "));
}

#[test]
fn an_unknown_group_is_answered_with_the_known_ones() {
    assert_eq!(group("lp"), Ok(cis::ProductGroup::Clothes));
    assert!(group("horses").unwrap_err().contains("lp, shoes"));
}

#[test]
fn a_file_of_windows_is_read() {
    let units = format!("\u{feff}{MILK}\r\n")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect::<Vec<_>>();
    let options = Options {
        json: true,
        ..Options::default()
    };
    let (every, said) = checked(&units, &options);
    assert!(every);
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["verdict"], "valid");
}

#[test]
fn a_line_in_the_code_page_of_windows_is_read() {
    let options = Options {
        json: true,
        ..Options::default()
    };
    let (every, said) = checked(b"0104610053147452215d,\xceiLl\n\xff\xfe\n", &options);
    assert!(!every);
    let said: Vec<Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(said[0]["input"], "0104610053147452215d,ОiLl");
    assert!(
        said[0]["reason"]
            .as_str()
            .unwrap()
            .contains("русская буква")
    );
    assert_eq!(said[1]["verdict"], "refused");
}

/// Input that comes in pieces, and output; both write down what happens to them.
struct Log(Rc<RefCell<Vec<String>>>);

struct Pieces(Rc<RefCell<Vec<String>>>, Vec<&'static str>);

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().push("read".to_owned());
        let Some(piece) = self.1.pop() else {
            return Ok(0);
        };
        into[..piece.len()].copy_from_slice(piece.as_bytes());
        Ok(piece.len())
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().push("write".to_owned());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_answer_is_out_before_the_next_line_is_waited_for() {
    let log = Rc::new(RefCell::new(Vec::new()));
    let pieces = Pieces(Rc::clone(&log), vec!["3\n4", "1\n2\n"]);
    let output = io::BufWriter::new(Log(Rc::clone(&log)));
    check(pieces, output, &Options::default()).unwrap();
    assert_eq!(
        *log.borrow(),
        ["read", "write", "read", "write", "read", "write", "read"]
    );
}

/// A reader that has gone.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    assert!(check(MILK.as_bytes(), Closed, &Options::default()).unwrap());
    assert!(!check(&b"nonsense\n"[..], Closed, &Options::default()).unwrap());
}

/// Input that breaks.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

#[test]
fn input_that_breaks_is_an_error() {
    assert!(check(Broken, Vec::new(), &Options::default()).is_err());
}
