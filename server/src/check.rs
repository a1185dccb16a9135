//! `metka check`: says of every line what it is, while the lines come in.
//!
//! One line is held at a time, so the input may be of any length; what is said is written out before the next read that may
//! have to wait, so a scanner's line is answered at once and a file still goes in large pieces.

mod encoding;
mod lines;
mod report;

use encoding::Marked;
use lines::{Line, Lines};
use report::Report;
use std::{
    fs::File,
    io::{self, BufReader, Read, Write},
    path::Path,
    process::ExitCode,
};

/// How codes are written in the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// One a line, as they are.
    #[default]
    Lines,
    /// One a line, as JSON strings: any character can be given.
    Jsonl,
}

/// What is asked.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Options {
    /// Answer with one JSON object a line.
    #[arg(long)]
    json: bool,
    /// How codes are written.
    #[arg(long, value_enum, default_value_t)]
    input: Format,
    /// The product group the codes are of, by its alias in «Честный ЗНАК» (lp, shoes, milk, beer …): it settles what
    /// would be ambiguous.
    #[arg(long, value_name = "ALIAS", value_parser = group)]
    group: Option<cis::ProductGroup>,
}

fn group(alias: &str) -> Result<cis::ProductGroup, String> {
    alias.parse().map_err(|_| {
        let known: Vec<_> = cis::ProductGroup::ALL
            .into_iter()
            .map(cis::ProductGroup::alias)
            .collect();
        format!("known are {}", known.join(", "))
    })
}

/// The exit code of wrong arguments, clap's own, and of input that cannot be read.
const UNUSABLE: u8 = 2;

/// Checks a file, or standard input when it is `-`.
///
/// The exit code is 0 when every line is a code, 1 when a line is none or needs an answer first, 2 when the input could not
/// be read to its end.
pub(crate) fn run(file: &Path, options: &Options) -> ExitCode {
    let output = io::BufWriter::new(io::stdout().lock());
    let checked = if file.as_os_str() == "-" {
        check(io::stdin().lock(), output, options)
    } else {
        File::open(file).and_then(|input| check(input, output, options))
    };
    match checked {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // Standard error closed: there is nobody left to tell.
            let _ = writeln!(io::stderr(), "metka: {}: {error}", file.display());
            ExitCode::from(UNUSABLE)
        }
    }
}

/// Says of every line what it is; returns whether every one is a code. A reader who has seen enough ends it quietly.
fn check(input: impl Read, mut output: impl Write, options: &Options) -> io::Result<bool> {
    let mut every = true;
    match say_all(input, &mut output, options, &mut every) {
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(every),
        Err(Failure::Input(error) | Failure::Output(error)) => Err(error),
        Ok(()) => Ok(every),
    }
}

/// Whose fault it was: a broken pipe at the output is no failure.
enum Failure {
    Input(io::Error),
    Output(io::Error),
}

fn say_all(
    input: impl Read,
    output: &mut impl Write,
    options: &Options,
    every: &mut bool,
) -> Result<(), Failure> {
    let hint = cis::Hint {
        group: options.group,
        ..cis::Hint::default()
    };
    let mut lines = Lines::new(BufReader::with_capacity(lines::PIECE, Marked::new(input)));
    loop {
        if lines.may_wait() {
            output.flush().map_err(Failure::Output)?;
        }
        let Some((number, line)) = lines.read_line().map_err(Failure::Input)? else {
            return output.flush().map_err(Failure::Output);
        };
        let report = match (line, options.input) {
            (Line::TooLong(start), _) => Report::unreadable(start, TOO_LONG.to_owned()),
            (Line::Text(text), Format::Lines) if is_blank(&text) => continue,
            (Line::Text(text), Format::Lines) => Report::of(text, &hint),
            (Line::Text(text), Format::Jsonl) if text.trim_ascii().is_empty() => continue,
            (Line::Text(text), Format::Jsonl) => match serde_json::from_str::<String>(&text) {
                Ok(code) => Report::of(code, &hint),
                Err(error) => Report::unreadable(text, format!("Строка не JSON: {error}.")),
            },
        };
        *every &= report.is_code();
        let said = if options.json {
            report.write_json(number, output)
        } else {
            report.write_text(number, output)
        };
        said.map_err(Failure::Output)?;
    }
}

/// What is said of a line that is longer than anybody's code.
const TOO_LONG: &str = "Строка длиннее мегабайта: это не код.";

/// Blank lines are counted and not spoken of. U+001D is data, though Unicode calls it a separator.
fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|character| matches!(character, ' ' | '\t' | '\u{feff}' | '\u{a0}'))
}

#[cfg(test)]
mod tests;
