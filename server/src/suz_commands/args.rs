//! What the command line of `metka suz` takes.

use crate::settings::Settings;
use cis::Gtin;
use clap::{Args, Subcommand, ValueEnum};
use desk::{
    ids::{EmissionId, SuzConnectionId},
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
    Check {
        #[command(flatten)]
        common: Common,
        /// Which; needed when there are several.
        #[arg(long, value_name = "ID")]
        connection: Option<SuzConnectionId>,
        /// How far: `form` looks at what is written down, `request` makes calls that change nothing.
        #[arg(long, value_enum, default_value_t)]
        level: Level,
    },
    /// Order codes. Prints the order's id. Given again with the same `--id`, it makes no second order.
    Order {
        #[command(flatten)]
        common: Common,
        /// By which connection; needed when there are several.
        #[arg(long, value_name = "ID")]
        connection: Option<SuzConnectionId>,
        #[command(flatten)]
        order: Box<OrderArgs>,
    },
    /// Say where orders of codes stand: the newest, or one.
    Status {
        #[command(flatten)]
        common: Common,
        /// Which order.
        id: Option<EmissionId>,
    },
    /// Receive the codes of an order into the stock, until every one is there.
    Fetch {
        #[command(flatten)]
        common: Common,
        /// Which order.
        id: EmissionId,
    },
    /// Close an order at СУЗ.
    Close {
        #[command(flatten)]
        common: Common,
        /// Which order.
        id: EmissionId,
        /// So many codes that were not received may be annulled; without it, none.
        #[arg(long, value_name = "CODES")]
        annul: Option<u64>,
    },
    /// Print labels with the next codes of the stock into a file.
    Labels {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        labels: Box<LabelArgs>,
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
pub(super) struct Common {
    #[command(flatten)]
    pub(super) settings: Box<Settings>,
    /// In whose name: the e-mail address of a person who may do it. The journal names them.
    #[arg(long, env = "METKA_AS", value_name = "EMAIL")]
    pub(super) email: String,
    /// Answer with one JSON value.
    #[arg(long)]
    pub(super) json: bool,
    /// How many seconds to wait for what takes time; 0 only asks for it.
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    wait: u64,
}

impl Common {
    pub(super) const fn patience(&self) -> Duration {
        Duration::from_secs(self.wait)
    }
}

/// How far a check goes.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Level {
    Form,
    #[default]
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

/// What is ordered.
#[derive(Debug, Args)]
pub(super) struct OrderArgs {
    /// The order's id (a UUID), made by the script beforehand; СУЗ keeps it as `productionOrderId`.
    #[arg(long)]
    pub(super) id: Option<EmissionId>,
    /// The whole form as JSON, from a file or from standard input (`-`), instead of the flags below.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["group", "line"])]
    pub(super) draft: Option<PathBuf>,
    /// The product group's alias.
    #[arg(long, value_name = "ALIAS", required_unless_present = "draft")]
    pub(super) group: Option<String>,
    /// A GTIN and how many codes of it; may be given up to ten times.
    #[arg(long, value_name = "GTIN:CODES", required_unless_present = "draft")]
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
    /// Send it although limits or money speak against it.
    #[arg(long)]
    pub(super) anyway: bool,
}

/// What is printed.
#[derive(Debug, Args)]
pub(super) struct LabelArgs {
    /// Of which goods.
    #[arg(long, value_parser = gtin)]
    pub(super) gtin: Gtin,
    /// How many labels.
    #[arg(long)]
    pub(super) count: u32,
    /// Where to write them.
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// On what.
    #[arg(
        long,
        default_value = "roll_58x40",
        help = "On what: roll_58x40, roll_43x25, roll_30x20, sheet_24, sheet_40, sheet_65"
    )]
    pub(super) medium: Medium,
    /// Dots an inch: 203 or 300.
    #[arg(long, default_value = "203")]
    pub(super) head: Head,
    /// What kind of file: pdf or zpl.
    #[arg(long, default_value = "pdf")]
    pub(super) format: PrintFormat,
    /// Places of the first sheet that are used already.
    #[arg(long, default_value_t = 0)]
    pub(super) used_places: u32,
    /// Take codes that are annulled by now too, when there are no others.
    #[arg(long)]
    pub(super) expired: bool,
    /// The article on the labels.
    #[arg(long, default_value = "")]
    pub(super) article: String,
    /// The name on the labels.
    #[arg(long, default_value = "")]
    pub(super) name: String,
    /// The size on the labels.
    #[arg(long, default_value = "")]
    pub(super) size: String,
}

/// Thirteen digits are taken too, as everywhere.
fn gtin(text: &str) -> Result<Gtin, String> {
    let padded = format!("{text:0>14}");
    padded.parse().map_err(|error| format!("{error}"))
}
