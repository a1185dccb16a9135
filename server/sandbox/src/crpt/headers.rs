//! What must stand in the head of a request.

use axum::{
    extract::Query as Pairs,
    http::{StatusCode, Uri},
};

use super::{ids::is_uuid, refusal::Refusal, route::Host};
use crate::exchange::Call;

/// The value of a header that is text.
pub(super) fn header<'a>(call: &'a Call, name: &str) -> Option<&'a str> {
    call.headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether the caller takes JSON.
///
/// СУЗ lists the header as mandatory, so there it must name the type; with True API its absence and `*/*` mean anything. What cannot be served is
/// answered without a word.
pub(super) fn check_accept(host: Host, call: &Call) -> Result<(), Refusal> {
    let mut ranges = call
        .headers
        .get_all("accept")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .filter_map(|range| range.split(';').next())
        .map(|range| range.trim().to_ascii_lowercase())
        .peekable();
    let acceptable = match host {
        Host::TrueApi => {
            ranges.peek().is_none()
                || ranges
                    .any(|one| matches!(one.as_str(), "application/json" | "application/*" | "*/*"))
        }
        Host::Suz | Host::Registration => ranges.any(|one| one == "application/json"),
    };
    if acceptable {
        return Ok(());
    }
    Err(Refusal::silent(StatusCode::NOT_ACCEPTABLE))
}

/// Whether the body says that it is JSON.
pub(super) fn check_content_type(host: Host, call: &Call) -> Result<(), Refusal> {
    let content_type = header(call, "content-type").unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    let words = format!("Content type '{content_type}' not supported");
    Err(match host {
        Host::TrueApi => Refusal::true_api(status, words),
        Host::Suz | Host::Registration => Refusal::global(status, words, 415),
    })
}

/// The token behind `Authorization: Bearer`.
pub(super) fn bearer(call: &Call) -> Option<&str> {
    header(call, "authorization")?.strip_prefix("Bearer ")
}

/// The parameters of a request.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn of(call: &Call) -> Self {
        Self::read(&call.query)
    }

    pub(super) fn read(query: &str) -> Self {
        let pairs = format!("/?{query}")
            .parse::<Uri>()
            .ok()
            .and_then(|uri| Pairs::try_from_uri(&uri).ok());
        Self(pairs.map(|Pairs(pairs)| pairs).unwrap_or_default())
    }

    pub(super) fn one(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// `omsId`, whose shape is checked and nothing else.
    pub(super) fn oms_id(&self) -> Result<&str, Refusal> {
        self.one("omsId")
            .filter(|text| is_uuid(text))
            .ok_or_else(|| Refusal::field("omsId", "Invalid OMS ID"))
    }

    /// A number of СУЗ's own, whose shape is checked and nothing else.
    pub(super) fn uuid(&self, name: &str) -> Result<&str, Refusal> {
        self.one(name)
            .filter(|text| is_uuid(text))
            .ok_or_else(|| Refusal::field(name, "Неверный формат идентификатора"))
    }

    /// `gtin`: fourteen digits.
    pub(super) fn gtin(&self) -> Result<&str, Refusal> {
        self.one("gtin")
            .filter(|text| text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit()))
            .ok_or_else(|| {
                Refusal::field("gtin", "Значение должно соответствовать шаблону [0-9]{14}")
            })
    }

    /// A whole number of zero or more.
    pub(super) fn count(&self, name: &str, default: usize) -> Result<usize, Refusal> {
        match self.one(name) {
            None => Ok(default),
            Some(text) => text
                .parse()
                .map_err(|_| Refusal::field(name, "Значение должно быть целым числом")),
        }
    }
}
