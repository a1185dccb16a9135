//! What the operator may set, and why a client cannot be made of it.

use reqwest::Url;
use std::time::Duration;

/// The address of the real service.
pub const PRODUCTION_URL: &str = "https://api.partner.market.yandex.ru";

/// Where the Market is and how long to wait for it. It holds no secret, so it is safe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The address before `/v2/…`, with or without a slash at its end.
    pub base_url: String,
    /// How long a connection may take to open.
    pub connect_timeout: Duration,
    /// How long a whole call may take. The Market gives up after 10 s itself; a shorter time here would only turn
    /// its answers into unknown ones.
    pub timeout: Duration,
    /// The pause before a read is repeated; it doubles for the second repetition, and up to as much again is added
    /// at random.
    pub retry_pause: Duration,
}

impl Settings {
    /// The usual times for a Market at an address.
    pub fn at(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(15),
            retry_pause: Duration::from_millis(500),
        }
    }

    /// The address, checked.
    pub(crate) fn url(&self) -> Result<Url, SetupError> {
        let url =
            Url::parse(&self.base_url).map_err(|error| SetupError::Address(error.to_string()))?;
        let complaint = if !matches!(url.scheme(), "http" | "https") {
            Some("it must begin with http:// or https://")
        } else if !url.username().is_empty() || url.password().is_some() {
            Some("it must hold no name or password")
        } else if url.query().is_some() || url.fragment().is_some() {
            Some("it must end with the path")
        } else {
            None
        };
        complaint.map_or(Ok(url), |words| Err(SetupError::Address(words.to_owned())))
    }
}

impl Default for Settings {
    /// The real service.
    fn default() -> Self {
        Self::at(PRODUCTION_URL)
    }
}

/// Why no client can be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The base address is not one.
    #[error("the Market's address cannot be used: {0}")]
    Address(String),
    /// The HTTP client cannot start, for example because the system has no CA certificates.
    #[error("the HTTP client cannot be made: {0}")]
    Client(#[from] reqwest::Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_plain_http_one() {
        for good in [
            PRODUCTION_URL,
            "http://127.0.0.1:4000/",
            "https://proxy.example/market",
        ] {
            assert!(Settings::at(good).url().is_ok(), "{good}");
        }
        for bad in [
            "",
            "api.partner.market.yandex.ru",
            "ftp://x/",
            "https://u:p@x/",
            "https://x/?a=1",
            "https://x/#a",
        ] {
            assert!(
                matches!(Settings::at(bad).url(), Err(SetupError::Address(_))),
                "{bad}"
            );
        }
    }
}
