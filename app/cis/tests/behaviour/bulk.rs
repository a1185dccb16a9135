//! Pasted texts and files: every code of every dialect is found, on its line, with its order.

use cis::bulk::{Checker, Counts, Delimiter, Encoding, Reader, Row, Shape, decode, lines};
use cis::escape::csv;
use cis::{MarkingCode, Outcome};
use proptest::prelude::*;

use crate::known::codes;

/// Line, order, code and number of goods of every row.
fn rows(text: &str) -> Vec<(usize, Option<String>, String, Option<String>)> {
    lines(text)
        .map(|row| {
            let text = |cell: cis::bulk::Cell<'_>| cell.text().into_owned();
            (
                row.line,
                row.order.map(text),
                row.code.text().into_owned(),
                row.gtin.map(text),
            )
        })
        .collect()
}

fn found(text: &str) -> Vec<String> {
    lines(text)
        .map(|row| row.code.text().into_owned())
        .collect()
}

const BEER: &str = "0104610053147452215d,OiLl\u{1d}93dGVz";
const LINEN: &str = "0104669000322220215t*NH>t;ngCfH\u{1d}91FFD0\u{1d}92dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE=";
const MILK: &str = "0103041094787443215Qb\"g!\u{1d}93Zjqw";

#[test]
fn a_line_is_a_code_whatever_it_holds() {
    let text = format!("{BEER}\r\n\n{LINEN}\r   \r{MILK}");
    let expected = [(1, BEER), (3, LINEN), (5, MILK)];
    let expected = expected.map(|(line, code)| (line, None, code.to_owned(), None));
    assert_eq!(rows(&text), expected);
    assert_eq!(Shape::of(&text), Shape::LINES);
}

#[test]
fn a_single_code_with_commas_is_not_a_table() {
    // Read as a table it would be a code of thirteen characters or fewer and a rest.
    for code in [
        BEER,
        LINEN,
        "0104680992597663215bf,Y!;f.IM,E",
        // A character is missing; what is in front of the delimiter would read alone.
        "0104680992597663215bf,Y!;f.IM,",
        "0104680992597663215bfrY!Bf.IME;lpGTfd",
    ] {
        assert_eq!(found(code), [code], "{code}");
    }
}

#[test]
fn a_table_is_known_by_the_names_of_its_columns() {
    let text = format!(
        "\u{feff}№ заказа;Наименование;GTIN;Код маркировки\r\n57001;\"Пиво; светлое\";4610053147452;{BEER}\r\n;;;\r\n57002;Носки;04669000322220;{LINEN}\r\n"
    );
    let mut all = lines(&text);
    let row = all.next().unwrap();
    assert_eq!(all.header_line(), Some(1));
    assert_eq!((row.line, row.code.text().as_ref()), (2, BEER));
    assert_eq!(row.order.unwrap().text(), "57001");
    assert_eq!(row.gtin.unwrap().text(), "4610053147452");
    let row = all.next().unwrap();
    // The code holds the delimiter and is not quoted.
    assert_eq!((row.line, row.code.text().as_ref()), (4, LINEN));
    assert_eq!(row.order.unwrap().raw(), "57002");
    assert_eq!(all.next(), None);
}

#[test]
fn a_table_is_known_by_what_is_in_it() {
    for delimiter in Delimiter::ALL.map(Delimiter::as_char) {
        let text = format!(
            "1{delimiter}57001{delimiter}Носки{delimiter}{LINEN}\n2{delimiter}57001{delimiter}Носки{delimiter}{BEER}\n"
        );
        let order = Some("57001".to_owned());
        assert_eq!(
            rows(&text),
            [
                (1, order.clone(), LINEN.to_owned(), None),
                (2, order, BEER.to_owned(), None)
            ],
            "{delimiter:?}"
        );
    }
}

#[test]
fn an_order_may_stand_behind_the_code() {
    let text = format!("{LINEN};57001\n{BEER};57002\n{MILK};57003\n");
    let expected = [(1, LINEN, "57001"), (2, BEER, "57002"), (3, MILK, "57003")];
    let expected =
        expected.map(|(line, code, order)| (line, Some(order.to_owned()), code.to_owned(), None));
    assert_eq!(rows(&text), expected);
    assert_eq!(found(&format!("{BEER};57002")), [BEER]);
    // Thirteen characters and an order are likelier than twenty with an order's number at their end.
    assert_eq!(
        found("0104680992597663215bfrY!Bf.IME;570012"),
        ["0104680992597663215bfrY!Bf.IME"]
    );
}

#[test]
fn damaged_codes_keep_their_place_in_a_table() {
    let text = format!(
        "Заказ,КМ\n57001,(01)04610053147452(21)5d,OiLl(93)dGVz\n57002,0104610053147453215ф\n57003,\n57004,{BEER}\n"
    );
    assert_eq!(
        rows(&text),
        [
            (
                2,
                Some("57001".to_owned()),
                "(01)04610053147452(21)5d,OiLl(93)dGVz".to_owned(),
                None
            ),
            (
                3,
                Some("57002".to_owned()),
                "0104610053147453215ф".to_owned(),
                None
            ),
            (5, Some("57004".to_owned()), BEER.to_owned(), None),
        ]
    );
}

#[test]
fn several_codes_on_a_line_are_several_rows() {
    let text = format!("57001;{BEER};{MILK}\n57002;{LINEN};{BEER}\n");
    let order = |order: &str| Some(order.to_owned());
    assert_eq!(
        rows(&text),
        [
            (1, order("57001"), BEER.to_owned(), None),
            (1, order("57001"), MILK.to_owned(), None),
            (2, order("57002"), LINEN.to_owned(), None),
            (2, order("57002"), BEER.to_owned(), None),
        ]
    );
}

#[test]
fn a_header_above_a_single_column_is_no_refused_code() {
    let mut all = lines("\nКоды маркировки\n0104610053147452215d,OiLl\n");
    assert_eq!(all.next().map(|row: Row<'_>| row.line), Some(3));
    assert_eq!((all.next(), all.header_line()), (None, Some(2)));
}

#[test]
fn a_spreadsheet_may_declare_its_delimiter() {
    let text = format!("sep=,\r\norder,code\r\n57001,{BEER}\r\n");
    assert_eq!(
        rows(&text),
        [(3, Some("57001".to_owned()), BEER.to_owned(), None)]
    );
}

#[test]
fn line_breaks_in_quotation_marks_count_as_lines() {
    let text = format!("Товар;Код\n\"Пиво\r\nсветлое\";{BEER}\nНоски;{MILK}\n");
    let expected = [(2, BEER), (4, MILK)].map(|(line, code)| (line, None, code.to_owned(), None));
    assert_eq!(rows(&text), expected);
}

#[test]
fn text_that_is_nothing_of_this_stays_a_row_per_line() {
    let text = "Добрый день!\nКоды во вложении; спасибо, ждём\n";
    assert_eq!(
        found(text),
        ["Добрый день!", "Коды во вложении; спасибо, ждём"]
    );
    assert_eq!(found(""), Vec::<String>::new());
    assert_eq!(found("\u{feff}\n \n"), Vec::<String>::new());
}

#[test]
fn a_unit_is_found_again_without_its_tail() {
    let text = format!(
        "{LINEN}\nwww.example.org\n{}\n]d2{LINEN}\n",
        LINEN.split('\u{1d}').next().unwrap()
    );
    let checked: Vec<_> = Checker::of(&text).over(&text).collect();
    let same_as: Vec<_> = checked.iter().map(|checked| checked.same_as).collect();
    let mut counts = Counts::default();
    for checked in &checked {
        counts.add(checked);
    }
    assert_eq!(same_as, [None, None, Some(1), Some(1)]);
    assert_eq!((counts.total(), counts.duplicates), (4, 2));
}

#[test]
fn outcomes_are_counted_one_by_one() {
    let mut counts = Counts::default();
    for outcome in [
        Outcome::Valid,
        Outcome::Repaired,
        Outcome::Ambiguous,
        Outcome::Refused,
        Outcome::NotACode,
        Outcome::Valid,
    ] {
        counts.add_outcome(outcome, outcome == Outcome::Repaired);
    }
    let expected = Counts {
        valid: 2,
        repaired: 1,
        ambiguous: 1,
        refused: 1,
        not_a_code: 1,
        duplicates: 1,
    };
    assert_eq!((counts, counts.total()), (expected, 6));
}

/// The text as a file of each encoding, with a mark and without.
fn encoded(text: &str) -> Vec<(Encoding, Vec<u8>)> {
    let wide = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        mark.iter()
            .copied()
            .chain(text.encode_utf16().flat_map(bytes))
            .collect::<Vec<u8>>()
    };
    vec![
        (Encoding::Utf8, text.as_bytes().to_vec()),
        (Encoding::Utf8, [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        (Encoding::Utf16Le, wide(b"\xff\xfe", u16::to_le_bytes)),
        (Encoding::Utf16Be, wide(b"\xfe\xff", u16::to_be_bytes)),
        (Encoding::Utf16Le, wide(b"", u16::to_le_bytes)),
        (Encoding::Utf16Be, wide(b"", u16::to_be_bytes)),
    ]
}

#[test]
fn a_file_of_known_codes_comes_back_from_every_encoding() {
    let codes = codes();
    let file: String = codes
        .iter()
        .flat_map(|code| [code.as_str(), "\r\n"])
        .collect();
    for (encoding, bytes) in encoded(&file) {
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, encoding);
        let found: Vec<String> = found(&decoded.text);
        assert!(
            codes
                .iter()
                .map(MarkingCode::as_str)
                .eq(found.iter().map(String::as_str))
        );
    }
}

/// Some of the known codes, in some order.
fn some_codes() -> impl Strategy<Value = Vec<String>> {
    let known: Vec<String> = codes().into_iter().map(MarkingCode::into_string).collect();
    prop::collection::vec(prop::sample::select(known), 1..30)
}

/// A code whose serial number is full of what tables are made of.
fn delimited_code() -> impl Strategy<Value = String> {
    let tail = prop_oneof![
        Just(""),
        Just("\u{1d}93dGVz"),
        Just("\u{1d}91FFD0\u{1d}92dGVzdBL8SAtwRqhp7H9rfyI59GoJ8ec6X9GhckDf8JE="),
    ];
    ("5[;,\"A-Za-z0-9]{12}", tail)
        .prop_map(|(serial, tail)| format!("010468099259766321{serial}{tail}"))
}

proptest! {
    #[test]
    fn codes_full_of_delimiters_come_back_from_lines_and_quoted_tables(
        codes in prop::collection::vec(delimited_code(), 1..12),
        delimiter in prop::sample::select(Delimiter::ALL.to_vec()),
    ) {
        let lines = codes.join("\n");
        prop_assert_eq!(found(&lines), codes.clone());
        let table: Vec<String> = codes
            .iter()
            .map(|code| format!("57001{}{}", delimiter.as_char(), csv::encode(code, delimiter)))
            .collect();
        let table = table.join("\n");
        prop_assert_eq!(found(&table), codes);
    }

    #[test]
    fn codes_written_as_csv_of_any_dialect_come_back(
        codes in some_codes(),
        delimiter in prop::sample::select(Delimiter::ALL.to_vec()),
        line_break in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        header in any::<bool>(),
        quoted in any::<bool>(),
        order_first in any::<bool>(),
    ) {
        let line = |order: &str, code: &str| {
            let mark = delimiter.as_char();
            if order_first { format!("{order}{mark}{code}") } else { format!("{code}{mark}{order}") }
        };
        let mut file = Vec::new();
        if header {
            file.push(line("Заказ", "Код"));
        }
        for (number, code) in codes.iter().enumerate() {
            // A pack of tobacco that a bare delimiter cut looks like the number of goods.
            let code = if quoted || !code.starts_with("01") { csv::encode(code, delimiter).to_string() } else { code.clone() };
            file.push(line(&(57_001 + number).to_string(), &code));
        }
        let file = file.join(line_break);
        let first = 1 + usize::from(header);
        let expected: Vec<_> = codes
            .into_iter()
            .enumerate()
            .map(|(number, code)| (first + number, Some((57_001 + number).to_string()), code, None))
            .collect();
        prop_assert_eq!(rows(&file), expected);
    }

    #[test]
    fn a_code_per_line_comes_back(codes in some_codes(), line_break in prop::sample::select(vec!["\n", "\r\n", "\r"])) {
        prop_assert_eq!(found(&codes.join(line_break)), codes);
    }

    #[test]
    fn any_bytes_are_decoded_or_refused_and_split(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(decoded) = decode(&bytes) {
            let lines_of_text = decoded.text.lines().flat_map(|line| line.split('\r')).count();
            for row in lines(&decoded.text) {
                prop_assert!(row.line <= lines_of_text);
            }
        }
    }

    #[test]
    fn a_text_in_pieces_has_the_same_rows(
        pieces in prop::collection::vec(
            prop::sample::select(vec![BEER, LINEN, MILK, ";", ",", "\t", "\"", "\"\"", "\n", "\r", "\r\n", "57001", "КМ", "Заказ", " ", "я"]),
            0..40,
        ),
        cuts in prop::collection::vec(1_usize..60, 1..40),
    ) {
        let text = pieces.concat();
        let shape = Shape::of(&text);
        let whole: Vec<_> = lines(&text).map(|row| (row.line, row.code.raw().to_owned(), row.order.map(|cell| cell.raw().to_owned()))).collect();
        let mut reader = Reader::new(shape);
        let mut buffer = String::new();
        let mut found = Vec::new();
        let mut characters = text.chars();
        let mut cuts = cuts.into_iter().cycle();
        loop {
            let before = buffer.len();
            buffer.extend(characters.by_ref().take(cuts.next().unwrap()));
            let complete = buffer.len() == before;
            while let Some(row) = reader.next(&buffer, complete) {
                found.push((row.line, row.code.raw().to_owned(), row.order.map(|cell| cell.raw().to_owned())));
            }
            if complete {
                break;
            }
            buffer.drain(..reader.consumed());
            reader.rebase();
        }
        prop_assert_eq!(found, whole);
    }
}
