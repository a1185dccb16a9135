//! The binary `metka`.

use clap::Parser as _;
use server::command::{Cli, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    run(Cli::parse())
}
