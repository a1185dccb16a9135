//! A person's own key: the script `signing.js` over the CryptoPro plug-in. It answers in JSON; on the server there is
//! nothing to sign with.

use crate::failure::Failure;
use desk::time::Timestamp;
use serde::Deserialize;

/// Why the plug-in made no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SignerTrouble {
    /// The browser has no extension.
    ExtensionMissing,
    /// The computer has no plug-in.
    PluginMissing,
    /// There is no certificate with a key.
    NoCertificate,
    /// The person declined.
    Refused,
    /// Something else, in its own words.
    Other,
}

/// A failure with its words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct SignerFailure {
    /// Which.
    #[serde(rename = "failure")]
    pub(super) trouble: SignerTrouble,
    /// What the plug-in or the browser said.
    #[serde(default)]
    pub(super) said: String,
}

impl SignerFailure {
    /// Nothing was chosen.
    pub(super) const fn no_certificate() -> Self {
        Self {
            trouble: SignerTrouble::NoCertificate,
            said: String::new(),
        }
    }

    /// The server of Metka itself failed.
    pub(super) fn call(failure: &Failure) -> Self {
        Self {
            trouble: SignerTrouble::Other,
            said: failure.to_string(),
        }
    }
}

#[cfg(feature = "hydrate")]
pub(super) use here::*;
#[cfg(not(feature = "hydrate"))]
pub(super) use nowhere::*;

/// The date of a moment, for a line of a list: a certificate's end needs no hour.
pub(super) fn date(moment: Timestamp) -> String {
    let (year, month, day) = civil(moment.0.div_euclid(86_400_000));
    format!("{day:02}.{month:02}.{year}")
}

/// Year, month and day of a count of days since 1970-01-01, in the proleptic Gregorian calendar.
const fn civil(days: i64) -> (i64, i64, i64) {
    // Counted from 0000-03-01, so that the leap day ends its year; 146097 days make 400 years.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(feature = "hydrate")]
mod here {
    use super::{SignerFailure, SignerTrouble};
    use desk::{
        suz::{Certificate, SignatureKind, document::ToSign},
        time::Timestamp,
    };
    use futures::channel::oneshot;
    use js_sys::{Array, Function, Reflect};
    use leptos::prelude::*;
    use serde::{Deserialize, de::DeserializeOwned};
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};

    const OBJECT: &str = "metkaSigning";
    const SCRIPT: &str = "/signing.js";
    /// The event by which the script says that it is there.
    const READY: &str = "metka-signing";

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Answer<T> {
        Ok { ok: T },
        Failed(SignerFailure),
    }

    fn other(said: impl Into<String>) -> SignerFailure {
        SignerFailure {
            trouble: SignerTrouble::Other,
            said: said.into(),
        }
    }

    fn object() -> Option<JsValue> {
        let object = Reflect::get(&window(), &JsValue::from_str(OBJECT)).ok()?;
        (!object.is_undefined()).then_some(object)
    }

    /// Loads the script once.
    async fn script() -> Result<JsValue, SignerFailure> {
        if let Some(object) = object() {
            return Ok(object);
        }
        let (sender, ready) = oneshot::channel();
        let sender = std::cell::Cell::new(Some(sender));
        let listening = window_event_listener_untyped(READY, move |_| {
            if let Some(sender) = sender.take() {
                // Nobody waits any more when the page is gone.
                let _told: Result<(), ()> = sender.send(());
            }
        });
        let document = document();
        let (Ok(script), Some(head)) = (document.create_element("script"), document.head()) else {
            return Err(other("document"));
        };
        let added = script
            .set_attribute("type", "module")
            .and_then(|()| script.set_attribute("src", SCRIPT))
            .and_then(|()| head.append_child(&script));
        if added.is_ok() {
            // The other end is dropped with the listener alone, which is kept until here.
            let _ready = ready.await;
        }
        listening.remove();
        object().ok_or_else(|| other(SCRIPT))
    }

    /// Calls a function of the script, whose last argument hears the answer.
    async fn call<T: DeserializeOwned>(
        name: &str,
        arguments: &[JsValue],
    ) -> Result<T, SignerFailure> {
        let object = script().await?;
        let function: Function = Reflect::get(&object, &JsValue::from_str(name))
            .ok()
            .and_then(|function| function.dyn_into().ok())
            .ok_or_else(|| other(name))?;
        let (sender, answer) = oneshot::channel();
        let done = Closure::once_into_js(move |text: JsValue| {
            let _told: Result<(), Option<String>> = sender.send(text.as_string());
        });
        let list: Array = arguments.iter().cloned().chain([done]).collect();
        function.apply(&object, &list).map_err(|_| other(name))?;
        let text = answer.await.ok().flatten().ok_or_else(|| other(name))?;
        match serde_json::from_str(&text) {
            Ok(Answer::Ok { ok }) => Ok(ok),
            Ok(Answer::Failed(failure)) => Err(failure),
            Err(error) => Err(other(error.to_string())),
        }
    }

    /// Every certificate with a key.
    pub(in crate::suz) async fn certificates() -> Result<Vec<Certificate>, SignerFailure> {
        call("certificates", &[]).await
    }

    /// A signature over the bytes: CMS, base64 in one line.
    pub(in crate::suz) async fn sign(
        thumbprint: &str,
        bytes: &ToSign,
    ) -> Result<String, SignerFailure> {
        let arguments = [
            JsValue::from_str(thumbprint),
            JsValue::from_str(&bytes.base64),
            JsValue::from_bool(bytes.kind == SignatureKind::Attached),
        ];
        call("sign", &arguments).await
    }

    /// The browser's clock, by which certificates end.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 are whole and far below the limit"
    )]
    pub(in crate::suz) fn now() -> Timestamp {
        Timestamp(js_sys::Date::now() as i64)
    }
}

#[cfg(not(feature = "hydrate"))]
mod nowhere {
    use super::{SignerFailure, SignerTrouble};
    use desk::{
        suz::{Certificate, document::ToSign},
        time::Timestamp,
    };

    const NOWHERE: SignerFailure = SignerFailure {
        trouble: SignerTrouble::ExtensionMissing,
        said: String::new(),
    };

    pub(in crate::suz) async fn certificates() -> Result<Vec<Certificate>, SignerFailure> {
        std::future::ready(Err(NOWHERE)).await
    }

    pub(in crate::suz) async fn sign(_: &str, _: &ToSign) -> Result<String, SignerFailure> {
        std::future::ready(Err(NOWHERE)).await
    }

    pub(in crate::suz) const fn now() -> Timestamp {
        Timestamp(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        let at = |millis| date(Timestamp(millis));
        assert_eq!(at(0), "01.01.1970");
        assert_eq!(at(1_709_164_800_000), "29.02.2024");
        assert_eq!(at(1_798_675_200_000), "31.12.2026");
        assert_eq!(at(-1), "31.12.1969");
    }

    #[test]
    fn failures_of_the_script_are_read() {
        let failure: SignerFailure =
            serde_json::from_str(r#"{"failure":"plugin_missing","said":"x"}"#).expect("read");
        assert_eq!(failure.trouble, SignerTrouble::PluginMissing);
        assert_eq!(failure.said, "x");
    }
}
