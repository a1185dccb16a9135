//! What the network gives and how it fails.

use crate::answer::Body;
use desk::server::ports::call::CallError;
use reqwest::Response;
use std::error::Error;

/// rustls takes its cryptography from a process-wide provider. Somebody may have installed one already, and any
/// will do.
pub(crate) fn install_tls_provider() {
    if rustls::crypto::CryptoProvider::get_default().is_none()
        && rustls::crypto::ring::default_provider()
            .install_default()
            .is_err()
    {
        tracing::debug!("another TLS provider was installed first");
    }
}

/// Reads a body up to the bound. A body that breaks off is no answer, whatever its status said.
pub(crate) async fn read(mut response: Response, longest: usize) -> Result<Body, CallError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(transport)? {
        let room = longest - bytes.len();
        let taken = chunk.get(..room).unwrap_or(&chunk);
        bytes.extend_from_slice(taken);
        if taken.len() < chunk.len() {
            return Ok(Body {
                bytes,
                whole: false,
            });
        }
    }
    Ok(Body { bytes, whole: true })
}

/// What a failure of the network means. Only a connection that never opened proves that nothing was sent.
pub(crate) fn transport(error: reqwest::Error) -> CallError {
    let unopened = error.is_connect();
    let words = chain(&error.without_url());
    if unopened {
        CallError::NotSent(words)
    } else {
        CallError::NoAnswer(words)
    }
}

/// An error with all its causes: reqwest's own words only say that something went wrong.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        words.push_str(": ");
        words.push_str(&deeper.to_string());
        cause = deeper.source();
    }
    words
}
