//! What the command line of `metka suz` takes.

use super::language::Language;
use crate::settings::Settings;
use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use desk::{
    ids::{EmissionId, PrintRunId, SuzConnectionId},
    printing::{Head, Medium, PrintFormat},
    suz::CheckLevel,
};
use std::{path::PathBuf, time::Duration};

/// `metka suz`.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// What to do.
    #[command(subcommand)]
    pub(super) act: Act,
}

#[derive(Debug, Subcommand)]
pub(super) enum Act {
    /// Check a connection to СУЗ, step by step.
    #[command(group = ArgGroup::new("goods").args(["line", "draft"]).requires("order"))]
    Check {
        /// Which connection; needed when there are several.
        #[arg(long, value_name = "ID")]
        connection: Option<SuzConnectionId>,
        #[command(flatten)]
        check: CheckArgs,
        #[command(flatten)]
        common: Common,
    },
    /// Order codes. Prints the order's id. Given again with the same `--id`, it makes no second order.
    #[command(group = ArgGroup::new("goods").args(["line", "draft"]).required(true))]
    Order {
        /// By which connection; needed when there are several.
        #[arg(long, value_name = "ID")]
        connection: Option<SuzConnectionId>,
        #[command(flatten)]
        order: FormArgs,
        #[command(flatten)]
        common: Common,
    },
    /// Say where orders of codes stand: the newest, or one.
    Status {
        /// Which order.
        id: Option<EmissionId>,
        #[command(flatten)]
        common: Common,
    },
    /// Receive the codes of an order into the stock, until every one is there.
    Fetch {
        /// Which order.
        id: EmissionId,
        #[command(flatten)]
        common: Common,
    },
    /// Close an order at СУЗ.
    Close {
        /// Which order.
        id: EmissionId,
        /// So many codes that were not received may be annulled; without it, none.
        #[arg(long, value_name = "CODES")]
        annul: Option<u64>,
        #[command(flatten)]
        common: Common,
    },
    /// Print labels with the next codes of the stock into a file, or those of a print run once more.
    #[command(group = ArgGroup::new("what").args(["gtin", "reprint", "runs"]).required(true))]
    Labels {
        #[command(flatten)]
        labels: LabelArgs,
        #[command(flatten)]
        common: Common,
    },
}

impl Act {
    pub(super) const fn common(&self) -> &Common {
        match self {
            Self::Check { common, .. }
            | Self::Order { common, .. }
            | Self::Status { common, .. }
            | Self::Fetch { common, .. }
            | Self::Close { common, .. }
            | Self::Labels { common, .. } => common,
        }
    }
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Every command")]
pub(super) struct Common {
    /// In whose name: the e-mail address of a person who may do it. The journal names them.
    #[arg(long, env = "METKA_AS", value_name = "EMAIL")]
    pub(super) email: String,
    /// Answer with one JSON value.
    #[arg(long)]
    pub(super) json: bool,
    /// In which language people are told; without it, that of the locale, else Russian.
    #[arg(long, env = "METKA_LANG", value_enum)]
    pub(super) lang: Option<Language>,
    /// How many seconds to wait for what takes time; 0 only asks for it.
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    wait: u64,
    #[command(
        flatten,
        next_help_heading = "Settings of the program, as of `metka serve`"
    )]
    pub(super) settings: Box<Settings>,
}

impl Common {
    pub(super) const fn patience(&self) -> Duration {
        Duration::from_secs(self.wait)
    }
}

/// How far a check goes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Level {
    /// Look at what is written down.
    Form,
    /// Make calls that change nothing.
    Request,
}

impl From<Level> for CheckLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Form => Self::Form,
            Level::Request => Self::Request,
        }
    }
}

/// What is checked.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// How far; without it, `request`.
    #[arg(long, value_enum)]
    pub(super) level: Option<Level>,
    /// Go on to a test order of 1 to 10 codes, when all before it has passed. In production it may cost money.
    #[arg(long, conflicts_with = "level", requires = "goods")]
    pub(super) order: bool,
    /// In production: the codes of the test order may be paid for.
    #[arg(long, requires = "order")]
    pub(super) yes_pay: bool,
    #[command(flatten)]
    pub(super) form: FormArgs,
}

/// The form of an order.
#[derive(Debug, Args)]
pub(super) struct FormArgs {
    /// The order's id (a UUID), made by the script beforehand; СУЗ keeps it as `productionOrderId`.
    #[arg(long)]
    pub(super) id: Option<EmissionId>,
    /// The product group's alias: lp, shoes, milk …
    #[arg(long, value_name = "ALIAS", conflicts_with = "draft")]
    pub(super) group: Option<String>,
    /// A GTIN and how many codes of it; may be given up to ten times.
    #[arg(long, value_name = "GTIN:CODES", requires = "group")]
    pub(super) line: Vec<String>,
    /// How the goods come into circulation (PRODUCTION, IMPORT, REMAINS …).
    #[arg(long, value_name = "METHOD", default_value = "PRODUCTION")]
    pub(super) release: String,
    /// The codes' template (`templateId`); needed where the group has two.
    #[arg(long, value_name = "ID")]
    pub(super) template: Option<u16>,
    /// What the codes are put on.
    #[arg(long, value_name = "TYPE", default_value = "UNIT")]
    pub(super) cis_type: String,
    /// The whole form as JSON, from a file or from standard input (`-`), instead of the flags above.
    #[arg(long, value_name = "FILE", conflicts_with = "line")]
    pub(super) draft: Option<PathBuf>,
    /// Send it although limits or money speak against it.
    #[arg(long)]
    pub(super) anyway: bool,
}

/// What is printed.
#[derive(Debug, Args)]
pub(super) struct LabelArgs {
    /// Print the next codes of these goods.
    #[arg(long, requires = "count", requires = "out")]
    pub(super) gtin: Option<String>,
    /// How many labels.
    #[arg(long, value_name = "LABELS")]
    pub(super) count: Option<u32>,
    /// Print the labels of this run a second time.
    #[arg(long, value_name = "RUN", requires = "out", conflicts_with_all = ["gtin", "count"])]
    pub(super) reprint: Option<PrintRunId>,
    /// The first of them, counted from 1.
    #[arg(long, value_name = "LABEL", requires = "reprint")]
    pub(super) from: Option<u32>,
    /// The last of them.
    #[arg(long, value_name = "LABEL", requires = "reprint")]
    pub(super) to: Option<u32>,
    /// The codes may be on paper twice; the journal keeps it.
    #[arg(long, requires = "reprint")]
    pub(super) yes_again: bool,
    /// Only say which print runs there were, the newest first.
    #[arg(long, conflicts_with_all = ["gtin", "reprint"])]
    pub(super) runs: bool,
    /// Where to write them: a file that is not there yet.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// What kind of file: pdf or zpl.
    #[arg(long, default_value = "pdf")]
    pub(super) format: PrintFormat,
    /// On what.
    #[arg(
        long,
        help = "On what: roll_58x40 (if nothing is named), roll_43x25, roll_30x20, sheet_24, sheet_40, sheet_65"
    )]
    pub(super) medium: Option<Medium>,
    /// Dots an inch: 203 (if nothing is named) or 300.
    #[arg(long)]
    pub(super) head: Option<Head>,
    /// Places of the first sheet that are used already.
    #[arg(long, value_name = "PLACES")]
    pub(super) used_places: Option<u32>,
    /// Take codes that are annulled by now too, when there are no others.
    #[arg(long)]
    pub(super) expired: bool,
    /// The article on the labels.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(super) article: String,
    /// The name on the labels.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(super) name: String,
    /// The size on the labels.
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(super) size: String,
}

/// Settings that mean something to `serve` alone.
const OF_SERVE: [&str; 5] = ["addr", "public_url", "trusted_proxy", "signup", "site_root"];

/// Settings that almost every command needs.
const NEEDED: [&str; 2] = ["data_dir", "database_url"];

/// Keeps the program's settings out of the way of a command's own options: those of `serve` are not shown, most of the
/// others only by `--help`.
pub(crate) fn tidy(suz: clap::Command) -> clap::Command {
    let settings: Vec<_> = Settings::augment_args(clap::Command::new("settings"))
        .get_arguments()
        .map(|arg| arg.get_id().clone())
        .collect();
    suz.mut_subcommands(|command| {
        command.mut_args(|arg| {
            let id = arg.get_id();
            if !settings.contains(id) || NEEDED.contains(&id.as_str()) {
                arg
            } else if OF_SERVE.contains(&id.as_str()) {
                arg.hide(true)
            } else {
                arg.hide_short_help(true)
            }
        })
    })
}
