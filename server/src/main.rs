//! The binary `metka`.

use server::command::{Cli, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    run(Cli::read())
}
