//! Paging of lists: `limit` and opaque page tokens.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::refusal::Refusal;

/// The query of a request, decoded.
#[derive(Clone, Debug, Default)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// Decodes what stands behind the question mark.
    pub(super) fn parse(query: &str) -> Result<Self, Refusal> {
        axum::extract::Query::<Vec<(String, String)>>::try_from_uri(
            &format!("/?{query}")
                .parse()
                .map_err(|_| Refusal::bad_request(format!("Type mismatch: '{query}'")))?,
        )
        .map(|axum::extract::Query(pairs)| Self(pairs))
        .map_err(|_| Refusal::bad_request(format!("Type mismatch: '{query}'")))
    }

    /// The first value of a parameter that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// `limit`, at least 1.
    pub(super) fn limit(&self) -> Result<Option<usize>, Refusal> {
        let Some(text) = self.get("limit") else {
            return Ok(None);
        };
        let limit: i32 = text
            .parse()
            .map_err(|_| Refusal::bad_request(format!("Type mismatch: '{text}'")))?;
        match usize::try_from(limit) {
            Ok(limit) if limit >= 1 => Ok(Some(limit)),
            _ => Err(Refusal::bad_request(format!(
                "'limit' must be greater than or equal to '1' (rejected value: '{limit}')"
            ))),
        }
    }

    /// The place a page token points behind, as the two numbers the sandbox puts into one.
    pub(super) fn page_token(&self) -> Result<Option<(i64, i64)>, Refusal> {
        let Some(token) = self.get("pageToken").or_else(|| self.get("page_token")) else {
            return Ok(None);
        };
        read_token(token)
            .map(Some)
            .ok_or_else(|| Refusal::bad_request("Bad page token"))
    }

    /// The name a page token points behind.
    pub(super) fn text_token(&self) -> Result<Option<String>, Refusal> {
        let Some(token) = self.get("pageToken").or_else(|| self.get("page_token")) else {
            return Ok(None);
        };
        let bytes = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
        let text = String::from_utf8(bytes).unwrap_or_default();
        text.strip_prefix("metka-name:")
            .map(|last| Some(last.to_owned()))
            .ok_or_else(|| Refusal::bad_request("Bad page token"))
    }
}

/// A page token that points behind a name.
pub(super) fn text_token(last: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("metka-name:{last}"))
}

/// A page token that points behind a place.
pub(super) fn token(first: i64, second: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("metka:{first}:{second}"))
}

fn read_token(token: &str) -> Option<(i64, i64)> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (first, second) = text.strip_prefix("metka:")?.split_once(':')?;
    Some((first.parse().ok()?, second.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_read_back_is_the_same_place() {
        let query = Query::parse(&format!("limit=3&page_token={}", token(-5, 7))).unwrap();
        assert_eq!(query.page_token(), Ok(Some((-5, 7))));
        assert_eq!(query.limit(), Ok(Some(3)));
    }

    #[test]
    fn a_foreign_token_is_bad() {
        let query = Query::parse("pageToken=abc").unwrap();
        assert!(query.page_token().is_err());
    }
}
