//! One call as it leaves: where to, with what in its headers, and who is counted for it.

use crate::hidden::Hidden;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use desk::{
    server::ports::{call::CallError, limits::LimitKey},
    suz::{ConnectionId, Contour, OmsId, Service},
};
use http::{
    HeaderMap, HeaderValue, Method,
    header::{ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_TYPE},
};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Ids of a company that nobody reads in full without having asked for it.
const SECRET_IDS: [&str; 2] = ["omsId", "omsConnection"];

/// Who is counted for a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Account<'a> {
    /// A company in СУЗ.
    Company(&'a OmsId),
    /// A participant of ГИС МТ that is known by its bearer alone.
    Bearer(&'a SecretString),
    /// A device that signs in.
    Device(&'a ConnectionId),
    /// Nobody yet: a login that has not told its name.
    Nobody,
}

impl Account<'_> {
    /// The name that limits are remembered by: a few characters of a hash, because an OMS ID, a connection id and a
    /// token are not for logs and tables.
    pub(crate) fn name(self, contour: Contour) -> String {
        let contour = contour.as_str();
        match self {
            Self::Company(oms_id) => format!("company:{contour}:{}", hashed(&oms_id.to_wire())),
            Self::Bearer(token) => format!("bearer:{contour}:{}", hashed(token.expose_secret())),
            Self::Device(device) => format!("device:{contour}:{}", hashed(&device.to_wire())),
            Self::Nobody => format!("nobody:{contour}"),
        }
    }
}

fn hashed(secret: &str) -> String {
    let hash = Sha256::digest(secret);
    URL_SAFE_NO_PAD.encode(hash.get(..9).unwrap_or_default())
}

/// What a call shows at the door.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pass<'a> {
    /// Nothing.
    Open,
    /// True API's bearer.
    Bearer(&'a SecretString),
    /// СУЗ's `clientToken`.
    Client(&'a SecretString),
    /// The operator's `X-RegistrationKey`.
    Registration(&'a SecretString),
}

impl<'a> Pass<'a> {
    const fn secret(self) -> Option<&'a SecretString> {
        match self {
            Self::Open => None,
            Self::Bearer(secret) | Self::Client(secret) | Self::Registration(secret) => {
                Some(secret)
            }
        }
    }
}

/// One call.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    /// How logs call it.
    pub(crate) name: &'static str,
    /// In which world.
    pub(crate) contour: Contour,
    /// To which host.
    pub(crate) service: Service,
    /// HTTP method.
    pub(crate) method: &'a Method,
    /// The path after `/api/v3`, one segment an entry.
    pub(crate) path: &'a [&'a str],
    /// The query.
    pub(crate) query: &'a [(&'a str, &'a str)],
    /// What it shows at the door.
    pub(crate) pass: Pass<'a>,
    /// The exact bytes of the JSON body.
    pub(crate) body: Option<&'a [u8]>,
    /// A detached signature over these bytes: CMS in base64.
    pub(crate) signature: Option<&'a str>,
    /// Who is counted for it.
    pub(crate) account: Account<'a>,
}

impl Call<'_> {
    /// What their words may quote of it and nobody else shall read. Orders, goods and blocks are no secrets.
    pub(crate) fn hidden(&self) -> Hidden {
        let secret = self.pass.secret().map(ExposeSecret::expose_secret);
        let account = match self.account {
            Account::Company(oms_id) => Some(oms_id.to_wire()),
            Account::Device(device) => Some(device.to_wire()),
            Account::Bearer(_) | Account::Nobody => None,
        };
        let ids = self
            .query
            .iter()
            .filter(|(name, _)| SECRET_IDS.contains(name));
        let ids = ids.map(|(_, value)| *value);
        Hidden::of(ids.chain(secret).chain(account.as_deref()))
    }

    /// What its limits are remembered by.
    pub(crate) fn limit(&self) -> LimitKey {
        LimitKey {
            account: self.account.name(self.contour),
            resource: self.service.as_str(),
        }
    }
}

pub(crate) fn headers(call: &Call<'_>) -> Result<HeaderMap, CallError> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    if call.body.is_some() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    match call.pass {
        Pass::Open => {}
        Pass::Bearer(token) => {
            let words = SecretString::from(format!("Bearer {}", token.expose_secret()));
            headers.insert(AUTHORIZATION, sensitive("the bearer", &words)?);
        }
        Pass::Client(token) => {
            headers.insert("clientToken", sensitive("the token", token)?);
        }
        Pass::Registration(key) => {
            headers.insert("X-RegistrationKey", sensitive("the registration key", key)?);
        }
    }
    if let Some(signature) = call.signature {
        let line = HeaderValue::from_str(&one_line(signature)?)
            .map_err(|_| unsendable("the signature"))?;
        headers.insert("X-Signature", line);
    }
    Ok(headers)
}

fn sensitive(what: &str, secret: &SecretString) -> Result<HeaderValue, CallError> {
    let mut value = HeaderValue::from_str(secret.expose_secret()).map_err(|_| unsendable(what))?;
    value.set_sensitive(true);
    Ok(value)
}

fn unsendable(what: &str) -> CallError {
    CallError::Argument(format!("{what} has characters that no header carries"))
}

/// Base64 in one line: keepers of keys like to wrap it, and СУЗ takes no wrapped one.
pub(crate) fn one_line(signature: &str) -> Result<String, CallError> {
    let line: String = signature.split_ascii_whitespace().collect();
    let lawful = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    if line.is_empty() || !line.bytes().all(lawful) {
        return Err(CallError::Argument(
            "the signature is not base64".to_owned(),
        ));
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_shows_nothing_of_what_it_is_named_by() {
        let oms_id: OmsId = "67ad4640-c4d4-4d1b-8d2f-3f1f2e3d4c5b".parse().unwrap();
        let device: ConnectionId = "0cc2e4b0-5e2a-4d1c-9d5c-5a6b7c8d9e0f".parse().unwrap();
        let token = SecretString::from("eyJhbGciOiJSUzI1NiJ9.e30.c2ln");
        for (account, kind) in [
            (Account::Company(&oms_id), "company:test:"),
            (Account::Device(&device), "device:test:"),
            (Account::Bearer(&token), "bearer:test:"),
        ] {
            let name = account.name(Contour::Test);
            let hash = name.strip_prefix(kind).unwrap();
            assert_eq!(hash.len(), 12);
            assert!(!hash.contains("67ad") && !hash.contains("eyJ"));
            assert_ne!(name, account.name(Contour::Production));
        }
        assert_eq!(Account::Nobody.name(Contour::Sandbox), "nobody:sandbox");
    }

    #[test]
    fn a_wrapped_signature_becomes_one_line_and_what_is_none_is_refused() {
        assert_eq!(one_line("MIIB\r\nAA+/\r\n== "), Ok("MIIBAA+/==".into()));
        for odd in ["", " \r\n", "-----BEGIN CMS-----", "подпись", "MIIB\u{0}"] {
            assert!(
                matches!(one_line(odd), Err(CallError::Argument(_))),
                "{odd:?}"
            );
        }
    }
}
