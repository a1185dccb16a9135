//! The journal of requests the sandbox has received.

use std::collections::VecDeque;

use axum::http::HeaderMap;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize, Serializer};

/// How much the journal remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Memory {
    /// How many requests; older ones are forgotten, so that a demo can run for weeks.
    pub remember: usize,
    /// Whether their headers and bodies are kept too: without them a hundred thousand entries take little room.
    pub bodies: bool,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            remember: 2_000,
            bodies: true,
        }
    }
}

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
    /// Headers in lower case. Of keys and tokens only the last four characters are kept.
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

/// The headers that hold a key or a token.
const SECRET: [&str; 4] = [
    "api-key",
    "authorization",
    "clienttoken",
    "x-registrationkey",
];

/// Headers as the journal keeps them: without the secrets.
pub(crate) fn journal_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            let shown = if SECRET.contains(&name.as_str()) {
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
    memory: Memory,
}

impl Journal {
    /// Writes a request down and gives it its number.
    pub(crate) fn push(&mut self, mut entry: Received) -> u64 {
        self.last += 1;
        entry.sequence = self.last;
        if !self.memory.bodies {
            entry.headers = Vec::new();
            entry.body = Vec::new();
            entry.body_text = String::new();
        }
        self.entries.push_back(entry);
        self.shrink();
        self.last
    }

    /// How much it remembers.
    pub(crate) const fn memory(&self) -> Memory {
        self.memory
    }

    /// Changes how much it remembers from now on.
    pub(crate) fn set_memory(&mut self, memory: Memory) {
        self.memory = memory;
        self.shrink();
    }

    fn shrink(&mut self) {
        while self.entries.len() > self.memory.remember {
            self.entries.pop_front();
        }
    }

    /// Notes how far a request has come; one already forgotten is passed over.
    pub(crate) fn progress(&mut self, sequence: u64, progress: Progress) {
        // Numbers in the journal have no gaps.
        let first = self.entries.front().map_or(0, |entry| entry.sequence);
        let place = sequence
            .checked_sub(first)
            .and_then(|place| usize::try_from(place).ok());
        if let Some(entry) = place.and_then(|place| self.entries.get_mut(place)) {
            entry.progress = progress;
        }
    }

    /// All remembered requests, oldest first.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Received> {
        self.entries.iter()
    }

    /// The remembered requests after a number, oldest first.
    pub(crate) fn after(&self, sequence: u64) -> impl Iterator<Item = &Received> {
        let start = self
            .entries
            .partition_point(|entry| entry.sequence <= sequence);
        self.entries.range(start..)
    }

    /// Forgets everything; numbers go on.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Received {
        Received {
            sequence: 0,
            at_ms: 0,
            method: "PUT".to_owned(),
            path: "/v2/".to_owned(),
            query: String::new(),
            headers: vec![("host".to_owned(), "sandbox".to_owned())],
            body: b"{}".to_vec(),
            body_text: "{}".to_owned(),
            progress: Progress::Arrived,
        }
    }

    #[test]
    fn a_hundred_thousand_entries_are_found_by_number_and_no_more_are_kept() {
        let mut journal = Journal::default();
        journal.set_memory(Memory {
            remember: 100_000,
            bodies: false,
        });
        for _ in 0..150_000 {
            let sequence = journal.push(entry());
            journal.progress(sequence, Progress::Answered { status: 200 });
        }
        assert_eq!(journal.entries().count(), 100_000);
        assert!(journal.entries().all(|one| one.status() == Some(200)));
        assert!(
            journal
                .entries()
                .all(|one| one.body_text.is_empty() && one.headers.is_empty())
        );
        journal.progress(50_000, Progress::HungUp);
        assert_eq!(
            journal.entries().next().unwrap().status(),
            Some(200),
            "long forgotten"
        );
        let late: Vec<u64> = journal.after(149_998).map(|one| one.sequence).collect();
        assert_eq!(late, [149_999, 150_000]);
        journal.set_memory(Memory::default());
        assert_eq!(journal.entries().count(), 2_000);
    }
}
