#![doc = include_str!("../README.md")]

mod cms;
mod command;
mod demo_key;
mod encoding;
mod facts;
mod signers_file;

pub use signers_file::SignersFileError;

use async_trait::async_trait;
use desk::{
    server::ports::signing::{KeyPlace, Signatory, Signers, SigningError},
    suz::{self, SignatureKind},
    time::Timestamp,
};
use signers_file::{Binding, Bindings};
use std::{collections::HashMap, path::Path, sync::Arc};
use tokio::sync::Mutex;
use x509_cert::{Certificate, der::Decode as _};

/// Keys on the server's side: the operator's commands, and the demo key where the sandbox runs.
#[derive(Debug, Default)]
pub struct ServerSigners {
    bindings: Bindings,
    demo: bool,
    /// One signature at a time by one certificate: a token in a USB port serves one program.
    turns: Mutex<HashMap<std::path::PathBuf, Arc<Mutex<()>>>>,
}

impl ServerSigners {
    /// No commands, and no demo key.
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads the operator's file.
    ///
    /// # Errors
    /// When the file cannot be read or says what cannot be.
    pub fn read(path: &Path) -> Result<Self, SignersFileError> {
        Ok(Self {
            bindings: Bindings::read(path)?,
            ..Self::default()
        })
    }

    /// Lets the demo key sign too: only where the sandbox runs.
    #[must_use]
    pub fn with_demo_key(mut self) -> Self {
        self.demo = true;
        self
    }

    fn binding(&self, who: &Signatory<'_>) -> Result<&Binding, SigningError> {
        self.bindings
            .of(who.organisation, who.entity)
            .ok_or(SigningError::NotBound)
    }

    fn demo_allowed(&self, who: &Signatory<'_>) -> Result<(), SigningError> {
        if self.demo && who.entity.inn.is_some() {
            Ok(())
        } else {
            Err(SigningError::NotBound)
        }
    }

    async fn by_command(
        &self,
        binding: &Binding,
        kind: SignatureKind,
        bytes: &[u8],
    ) -> Result<String, SigningError> {
        let turn = {
            let mut turns = self.turns.lock().await;
            Arc::clone(turns.entry(binding.certificate.clone()).or_default())
        };
        let _turn = turn.lock().await;
        let said = command::run(binding.command(kind), bytes, binding.timeout).await?;
        let der = encoding::to_der(&said).ok_or_else(|| SigningError::NotASignature {
            why: "neither DER, PEM nor base64".into(),
        })?;
        read(kind, bytes, &der)?;
        Ok(encoding::to_base64(&der))
    }
}

#[async_trait]
impl Signers for ServerSigners {
    async fn certificate(
        &self,
        who: Signatory<'_>,
        _now: Timestamp,
    ) -> Result<Option<suz::Certificate>, SigningError> {
        match who.place {
            KeyPlace::Demo if self.demo_allowed(&who).is_err() => Ok(None),
            KeyPlace::Demo => {
                let certificate = demo_key::certificate(who.entity).map_err(demo_failed)?;
                tell(&certificate).map(Some)
            }
            KeyPlace::Server => {
                let Ok(binding) = self.binding(&who) else {
                    return Ok(None);
                };
                let bytes = tokio::fs::read(&binding.certificate)
                    .await
                    .map_err(|error| SigningError::Failed {
                        said: format!("{}: {error}", binding.certificate.display()),
                    })?;
                let certificate = encoding::to_der(&bytes)
                    .and_then(|der| Certificate::from_der(&der).ok())
                    .ok_or_else(|| SigningError::Failed {
                        said: format!("{} is no certificate", binding.certificate.display()),
                    })?;
                tell(&certificate).map(Some)
            }
        }
    }

    async fn sign(
        &self,
        who: Signatory<'_>,
        kind: SignatureKind,
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<String, SigningError> {
        match who.place {
            KeyPlace::Demo => {
                self.demo_allowed(&who)?;
                let der = demo_key::sign(who.entity, kind, bytes, now).map_err(demo_failed)?;
                Ok(encoding::to_base64(&der))
            }
            KeyPlace::Server => self.by_command(self.binding(&who)?, kind, bytes).await,
        }
    }

    fn read(
        &self,
        kind: SignatureKind,
        bytes: &[u8],
        signature: &str,
    ) -> Result<suz::Certificate, SigningError> {
        let der =
            encoding::to_der(signature.as_bytes()).ok_or_else(|| SigningError::NotASignature {
                why: "not base64".into(),
            })?;
        read(kind, bytes, &der)
    }
}

fn read(kind: SignatureKind, bytes: &[u8], der: &[u8]) -> Result<suz::Certificate, SigningError> {
    let certificate =
        cms::signer(der, kind, bytes).map_err(|error| SigningError::NotASignature {
            why: error.to_string(),
        })?;
    tell(&certificate)
}

fn tell(certificate: &Certificate) -> Result<suz::Certificate, SigningError> {
    facts::facts(certificate).map_err(|error| SigningError::NotASignature {
        why: error.to_string(),
    })
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn demo_failed(error: x509_cert::builder::Error) -> SigningError {
    SigningError::Failed {
        said: error.to_string(),
    }
}
