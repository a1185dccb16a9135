//! Settings: environment variables with defaults, the same names as flags of `metka serve`.

use anyhow::Context as _;
use clap::{Args, Parser, ValueEnum};
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// On or off, as people write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    /// It is on.
    On,
    /// It is off.
    Off,
}

/// Who may make an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SignUp {
    /// Anybody who reaches the page.
    Open,
    /// Only the operator, by `metka user-create`.
    Closed,
}

/// Everything that an operator can set. `Debug` is safe to print: the database's password and the registration key, the
/// only secrets, are not shown.
#[derive(Args, Clone)]
pub struct Settings {
    /// Address to serve on.
    #[arg(long, env = "METKA_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// The address people type, if it is another (behind a proxy); https makes cookies secure.
    #[arg(long, env = "METKA_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Address of a reverse proxy whose X-Forwarded-For is believed.
    #[arg(long, env = "METKA_TRUSTED_PROXY")]
    pub trusted_proxy: Option<IpAddr>,
    /// Folder for the database, the master key and the sandbox's world.
    #[arg(long, env = "METKA_DATA_DIR", default_value = ".metka")]
    pub data_dir: PathBuf,
    /// Database; without it, `SQLite` in the data folder. `postgres://…` for teams.
    #[arg(long, env = "METKA_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// File with the key that seals marketplace keys; made on the first start, mode 0600. Keep a copy of it.
    #[arg(long, env = "METKA_MASTER_KEY_FILE")]
    pub master_key_file: Option<PathBuf>,
    /// Who may make an organisation; without it, open on a loopback address and closed elsewhere.
    #[arg(long, env = "METKA_SIGNUP")]
    pub signup: Option<SignUp>,
    /// Work with the built-in stand-in of the marketplace instead of the real one, with a demo organisation.
    #[arg(long, env = "METKA_SANDBOX", default_value = "off")]
    pub sandbox: Switch,
    /// Where the built-in sandbox listens; port 0 is any free one.
    #[arg(long, env = "METKA_SANDBOX_ADDR", default_value = "127.0.0.1:0")]
    pub sandbox_addr: SocketAddr,
    /// Yandex Market Partner API.
    #[arg(
        long,
        env = "METKA_YANDEX_URL",
        default_value = "https://api.partner.market.yandex.ru"
    )]
    pub yandex_url: String,
    /// Questions an hour about the verification of one shop's codes. The marketplace answers 1,000; less leaves some
    /// to other programs with the same shop.
    #[arg(
        long,
        env = "METKA_VERIFICATIONS_PER_HOUR",
        default_value_t = 1000,
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub verifications_per_hour: u32,
    /// File with rows of the table of hosts of «Честный ЗНАК» that differ from the built-in ones (see server/suz).
    #[arg(long, env = "METKA_HOSTS")]
    pub hosts: Option<PathBuf>,
    /// File that says which organisation signs by which command and certificate (see server/signing).
    #[arg(long, env = "METKA_SIGNERS")]
    pub signers: Option<PathBuf>,
    /// Key by which devices of СУЗ are registered in production; CRPT gives it to a program that it has tested. Without
    /// it people make devices in the cabinet.
    #[arg(long, env = "METKA_SUZ_REGISTRATION_KEY", hide_env_values = true)]
    pub suz_registration_key: Option<String>,
    /// Whether this process runs background jobs; a hosted instance may part pages from jobs.
    #[arg(long, env = "METKA_JOBS", default_value = "on")]
    pub jobs: Switch,
    /// Folder with the built site; without it, `site` beside the program, else `target/site`.
    #[arg(long, env = "LEPTOS_SITE_ROOT")]
    pub site_root: Option<PathBuf>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("addr", &self.addr)
            .field("public_url", &self.public_url)
            .field("data_dir", &self.data_dir)
            .field("database_url", &self.database_url.as_ref().map(|_| "set"))
            .field("sandbox", &self.sandbox)
            .field("yandex_url", &self.yandex_url)
            .field("hosts", &self.hosts)
            .field("signers", &self.signers)
            .finish_non_exhaustive()
    }
}

#[derive(Parser)]
struct Bare {
    #[command(flatten)]
    settings: Settings,
}

impl Settings {
    /// The settings of the environment alone, for a call without arguments.
    pub fn from_environment() -> anyhow::Result<Self> {
        Self::parse(&[])
    }

    /// The settings of the environment and of flags, which win.
    pub fn parse(flags: &[&str]) -> anyhow::Result<Self> {
        let arguments = std::iter::once(&"metka").chain(flags);
        Ok(Bare::try_parse_from(arguments)
            .map_err(|error| anyhow::anyhow!("{error}"))?
            .settings)
    }

    /// The database's address.
    pub fn database(&self) -> anyhow::Result<String> {
        match &self.database_url {
            Some(url) => Ok(url.clone()),
            None => store::sqlite_url(&self.data_dir.join("metka.db"))
                .context("the data folder has a strange name"),
        }
    }

    /// The file of the master key.
    pub fn master_key(&self) -> PathBuf {
        self.master_key_file
            .clone()
            .unwrap_or_else(|| self.data_dir.join("master.key"))
    }

    /// Whether strangers may make an organisation.
    pub fn sign_up_open(&self) -> bool {
        match self.signup {
            Some(SignUp::Open) => true,
            Some(SignUp::Closed) => false,
            None => self.addr.ip().is_loopback() && self.public_url.is_none(),
        }
    }

    /// Whether cookies may travel without TLS: only when people reach us on this machine itself.
    pub fn plain_http(&self) -> bool {
        match &self.public_url {
            Some(url) => !url.starts_with("https://"),
            None => self.addr.ip().is_loopback(),
        }
    }

    /// The address at which the program is reached, as far as it is known.
    pub fn address(&self) -> String {
        match &self.public_url {
            Some(url) => url.clone(),
            None => format!("http://{}", self.addr),
        }
    }

    /// Whether the demo organisation is made: only where nobody else can reach it.
    pub fn demo(&self) -> bool {
        self.sandbox == Switch::On && self.addr.ip().is_loopback()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(flags: &[&str]) -> Settings {
        Settings::parse(flags).unwrap()
    }

    #[test]
    fn strangers_sign_up_on_loopback_only_unless_said_otherwise() {
        assert!(settings(&[]).sign_up_open());
        assert!(!settings(&["--addr", "0.0.0.0:80"]).sign_up_open());
        assert!(!settings(&["--public-url", "https://metka.example"]).sign_up_open());
        assert!(settings(&["--addr", "0.0.0.0:80", "--signup", "open"]).sign_up_open());
        assert!(!settings(&["--signup", "closed"]).sign_up_open());
    }

    #[test]
    fn cookies_are_secure_everywhere_but_on_loopback() {
        assert!(settings(&[]).plain_http());
        assert!(!settings(&["--addr", "0.0.0.0:80"]).plain_http());
        assert!(!settings(&["--public-url", "https://metka.example"]).plain_http());
    }

    #[test]
    fn the_demo_is_made_only_where_nobody_else_reaches_it() {
        assert!(settings(&["--sandbox", "on"]).demo());
        assert!(!settings(&["--sandbox", "on", "--addr", "0.0.0.0:80"]).demo());
        assert!(!settings(&[]).demo());
    }

    #[test]
    fn printing_settings_shows_no_password() {
        let settings = settings(&["--database-url", "postgres://u:hunter2@h/db"]);
        assert!(!format!("{settings:?}").contains("hunter2"));
        let settings = self::settings(&["--suz-registration-key", "hunter3"]);
        assert!(!format!("{settings:?}").contains("hunter3"));
    }
}
