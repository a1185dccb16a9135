//! The journal of requests the sandbox has received.

use std::collections::VecDeque;

use axum::http::HeaderMap;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Serialize, Serializer};

/// How many requests are remembered; older ones are forgotten, so that a demo can run for weeks.
const REMEMBERED: usize = 2_000;

/// A request as it arrived, and how far it has come.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Received {
    /// Place in the order of arrival, from 1; never reused while the process lives.
    pub sequence: u64,
    /// World time of arrival, milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// HTTP method.
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// The query as it was written, without the question mark; empty when there is none.
    pub query: String,
    /// Headers in lower case. Of `api-key` and `authorization` only the last four characters are kept.
    pub headers: Vec<(String, String)>,
    /// The raw bytes of the body; base64 in JSON, beside them `bodyText`.
    #[serde(rename = "bodyBase64", serialize_with = "base64")]
    pub body: Vec<u8>,
    /// The same body as text; bytes that are not UTF-8 are shown as U+FFFD.
    pub body_text: String,
    /// How far it has come.
    #[serde(flatten)]
    pub progress: Progress,
}

/// How far a received request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "progress", rename_all = "camelCase")]
pub enum Progress {
    /// It is here and in work.
    Arrived,
    /// It waits for a release; nothing has been changed by it yet.
    HeldBefore,
    /// It has been carried out; the answer waits for a release.
    HeldAfter,
    /// It was answered.
    Answered {
        /// HTTP status of the answer.
        status: u16,
    },
    /// The connection was closed without an answer.
    HungUp,
}

impl Received {
    /// The status it was answered with, `None` while there is none.
    pub const fn status(&self) -> Option<u16> {
        match self.progress {
            Progress::Answered { status } => Some(status),
            _ => None,
        }
    }

    /// The first value of a header, its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

fn base64<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

/// Headers as the journal keeps them: without the secrets.
pub(crate) fn journal_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            let shown = if matches!(name.as_str(), "api-key" | "authorization") {
                last_four(&text)
            } else {
                text
            };
            (name.as_str().to_owned(), shown)
        })
        .collect()
}

/// The last four characters of a secret behind an ellipsis; nothing of one too short to spare them.
pub(crate) fn last_four(secret: &str) -> String {
    let count = secret.chars().count();
    if count < 12 {
        return "…".to_owned();
    }
    std::iter::once('…')
        .chain(secret.chars().skip(count - 4))
        .collect()
}

/// The journal itself.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: VecDeque<Received>,
    last: u64,
}

impl Journal {
    /// Writes a request down and gives it its number.
    pub(crate) fn push(&mut self, mut entry: Received) -> u64 {
        self.last += 1;
        entry.sequence = self.last;
        if self.entries.len() == REMEMBERED {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
        self.last
    }

    /// Notes how far a request has come; one already forgotten is passed over.
    pub(crate) fn progress(&mut self, sequence: u64, progress: Progress) {
        let entry = self
            .entries
            .iter_mut()
            .rev()
            .find(|entry| entry.sequence == sequence);
        if let Some(entry) = entry {
            entry.progress = progress;
        }
    }

    /// All remembered requests, oldest first.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Received> {
        self.entries.iter()
    }

    /// Forgets everything; numbers go on.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}
