//! `metka suz …`: what the pages of СУЗ do, for scripts. The same use cases with the same rules, in the name of a person.
//!
//! A command opens the database itself, beside a running `serve` or without one. While it waits, it runs background jobs as
//! `serve` does; with `METKA_JOBS=off` it leaves them to others. What is made or asked for is stored: a command that is cut off
//! may be given again, and one whose work is done already says so and ends well. Labels are the exception: what was printed
//! is printed again only when that is asked for.

mod args;
mod check;
mod close;
mod fetch;
mod form;
mod labels;
mod language;
mod order;
mod session;
mod status;

pub(crate) use args::{Options, tidy};

use app::commands;
use args::Act;
use desk::problem::Problem;
use session::Session;
use std::process::ExitCode;

/// How a command ended, besides troubles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Done: exit code 0.
    Done,
    /// It cannot be done so, or was refused; what was said is printed: exit code 1.
    No,
    /// Not done yet: time ran out, or a person's signature or decision is waited for: exit code 3. (2 is clap's.)
    NotYet,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        match end {
            End::Done => Self::SUCCESS,
            End::No => Self::FAILURE,
            End::NotYet => Self::from(3),
        }
    }
}

/// Runs a command.
pub(crate) async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let session = Session::open(options.act.common()).await?;
    let end = act(&session, options.act).await;
    let lang = session.lang;
    session.close().await;
    match end {
        Ok(end) => Ok(end.into()),
        Err(error) => Err(match error.downcast::<Problem>() {
            Ok(problem) => anyhow::Error::msg(commands::problem(problem, lang)),
            Err(other) => other,
        }),
    }
}

async fn act(session: &Session, act: Act) -> anyhow::Result<End> {
    match act {
        Act::Check {
            connection, check, ..
        } => check::check(session, connection, check).await,
        Act::Order {
            connection, order, ..
        } => order::order(session, connection, order).await,
        Act::Status { id, .. } => status::status(session, id).await,
        Act::Fetch { id, .. } => fetch::fetch(session, id).await,
        Act::Close { id, annul, .. } => close::close(session, id, annul).await,
        Act::Labels { labels, .. } => labels::labels(session, labels).await,
    }
}
