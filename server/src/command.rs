//! The command line.

use crate::{check, serve, settings::Settings, suz_commands, wiring};
use anyhow::Context as _;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use std::{io::Write as _, path::PathBuf, process::ExitCode};

/// Metka: marking codes from your hands to Yandex Market, none lost, none sent twice.
#[derive(Debug, Parser)]
#[command(name = "metka", version)]
pub struct Cli {
    /// What to do; without it, `serve`.
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages and run the jobs.
    Serve(Box<Settings>),
    /// Run only the sandbox: a stand-in of Yandex Market with a control API.
    Sandbox {
        /// Where to listen.
        #[arg(long, env = "METKA_SANDBOX_ADDR", default_value = "127.0.0.1:3100")]
        addr: std::net::SocketAddr,
        /// Keep the sandbox's world in this file between starts.
        #[arg(long)]
        file: Option<PathBuf>,
    },
    /// Bring the database up to this version and stop.
    Migrate(Box<Settings>),
    /// Make an organisation with its owner; the password is read from the first line of standard input.
    UserCreate {
        #[command(flatten)]
        settings: Box<Settings>,
        /// The organisation's name.
        #[arg(long)]
        organisation: String,
        /// The owner's e-mail address.
        #[arg(long)]
        email: String,
    },
    /// Check marking codes, one a line, and say what each is: exit code 0 when every line is a code, 1 when one is none or
    /// needs an answer first, 2 when the input cannot be read.
    Check {
        /// A file, or `-` for standard input.
        #[arg(default_value = "-")]
        file: PathBuf,
        #[command(flatten)]
        options: check::Options,
    },
    /// Check connections to СУЗ, order, receive and close codes, print labels: what the pages do, for scripts. Exit code 0 when
    /// it is done, 1 when it cannot be done so, 3 when it is not done yet (time ran out, or a person has to sign or decide).
    Suz(suz_commands::Options),
}

impl Cli {
    /// The command that was given. Asked for help, or given wrongly, the program ends here.
    pub fn read() -> Self {
        let mut command = Self::command().mut_subcommand("suz", suz_commands::tidy);
        let matches = command.get_matches_mut();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit())
    }
}

/// Runs the command and tells a failure as a sentence.
pub fn run(cli: Cli) -> ExitCode {
    match execute(cli.command) {
        Ok(code) => code,
        Err(error) => {
            // Standard error closed: there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "metka: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn execute(command: Option<Command>) -> anyhow::Result<ExitCode> {
    let command = match command {
        Some(command) => command,
        None => Command::Serve(Box::new(Settings::from_environment()?)),
    };
    match command {
        Command::Serve(settings) => {
            log_to_stderr();
            runtime()?.block_on(serve::serve(*settings))?;
        }
        Command::Sandbox { addr, file } => {
            log_to_stderr();
            runtime()?.block_on(serve::serve_sandbox(addr, file))?;
        }
        Command::Migrate(settings) => {
            log_to_stderr();
            let said = runtime()?.block_on(wiring::migrate(&settings))?;
            print(&said)?;
        }
        Command::UserCreate {
            settings,
            organisation,
            email,
        } => {
            log_to_stderr();
            let mut password = String::new();
            std::io::stdin()
                .read_line(&mut password)
                .context("the password could not be read")?;
            let password = password.trim_end_matches(['\r', '\n']);
            runtime()?.block_on(wiring::create_user(
                &settings,
                &organisation,
                &email,
                password,
            ))?;
            print(&format!("{email} may sign in to {organisation}"))?;
        }
        Command::Check { file, options } => return Ok(check::run(&file, &options)),
        Command::Suz(options) => {
            log_to_stderr();
            return runtime()?.block_on(suz_commands::run(options));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("no threads to run on")
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("METKA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

fn print(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{text}").context("standard output is closed")
}
