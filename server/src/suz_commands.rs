//! `metka suz …`: what the pages of СУЗ do, for scripts. The same use cases with the same rules, in the name of a person.
//!
//! A command opens the database itself, beside a running `serve` or without one. While it waits, it runs background jobs as
//! `serve` does; with `METKA_JOBS=off` it leaves them to others. What is made or asked for is stored: a command that is cut off
//! may be given again.

mod args;
mod check;
mod fetch;
mod labels;
mod order;
mod session;
mod status;

pub(crate) use args::Options;

use args::Act;
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
    session.close().await;
    Ok(end?.into())
}

async fn act(session: &Session, act: Act) -> anyhow::Result<End> {
    match act {
        Act::Check {
            connection, level, ..
        } => check::check(session, connection, level).await,
        Act::Order {
            connection, order, ..
        } => order::order(session, connection, order).await,
        Act::Status { id, .. } => status::status(session, id).await,
        Act::Fetch { id, .. } => fetch::fetch(session, id).await,
        Act::Close { id, annul, .. } => fetch::close(session, id, annul).await,
        Act::Labels { labels, .. } => labels::labels(session, labels).await,
    }
}
