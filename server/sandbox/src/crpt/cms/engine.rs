//! The value of a GOST signature, verified by `openssl` with its GOST engine: pure Rust has no GOST R 34.10-2012 that anybody relies on.

use std::{
    ffi::{OsStr, OsString},
    io::Write,
    process::Stdio,
    time::Duration,
};

use tempfile::NamedTempFile;
use tokio::{process::Command, sync::OnceCell};

use super::{Flaw, Verification};

/// How long `openssl` may think, the machine's time; it needs a few milliseconds.
const LONGEST: Duration = Duration::from_secs(30);

/// `openssl` of this machine.
#[derive(Debug)]
pub(crate) struct Engine {
    program: OsString,
    /// Whether it is there and has the engine; asked once.
    present: OnceCell<bool>,
}

impl Default for Engine {
    fn default() -> Self {
        Self::at("openssl")
    }
}

impl Engine {
    /// A program by its name or path.
    pub(crate) fn at(program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            present: OnceCell::new(),
        }
    }

    /// Whether GOST signatures can be verified here.
    pub(crate) async fn is_present(&self) -> bool {
        *self
            .present
            .get_or_init(async || {
                let asked = self.run(&[OsStr::new("engine"), OsStr::new("gost")]).await;
                let present = matches!(asked, Ok(true));
                if !present {
                    tracing::warn!(
                        "no openssl with the GOST engine: the values of GOST signatures are not verified"
                    );
                }
                present
            })
            .await
    }

    /// Verifies the value of a message; the content is given when it does not lie inside.
    pub(super) async fn verify(
        &self,
        message: &[u8],
        content: Option<&[u8]>,
    ) -> Result<Verification, Flaw> {
        if !self.is_present().await {
            return Ok(Verification::Unverified);
        }
        let trouble = |error: std::io::Error| Flaw::Engine(error.to_string());
        let message = written(message).map_err(trouble)?;
        let content = content.map(written).transpose().map_err(trouble)?;
        // The chain is not looked at: who may sign is for the world to say.
        let options = "cms -verify -engine gost -inform DER -binary -noverify -in";
        let mut arguments: Vec<&OsStr> = options.split(' ').map(OsStr::new).collect();
        arguments.push(message.path().as_os_str());
        if let Some(content) = &content {
            arguments.extend([OsStr::new("-content"), content.path().as_os_str()]);
        }
        if self.run(&arguments).await? {
            return Ok(Verification::Verified);
        }
        Err(Flaw::Value)
    }

    /// Whether the program says yes.
    async fn run(&self, arguments: &[&OsStr]) -> Result<bool, Flaw> {
        let mut program = Command::new(&self.program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| Flaw::Engine(error.to_string()))?;
        match tokio::time::timeout(LONGEST, program.wait()).await {
            Ok(Ok(status)) => Ok(status.success()),
            Ok(Err(error)) => Err(Flaw::Engine(error.to_string())),
            Err(_) => Err(Flaw::Engine("openssl did not end in time".to_owned())),
        }
    }
}

fn written(bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    file.write_all(bytes)?;
    Ok(file)
}
