//! Честный ЗНАК on the wire: signing in, СУЗ, the registration of connections, signatures.

mod agreement;
mod emission;
mod faults;
mod gost;
mod key;
mod login;
mod nonsense;
mod openssl;
mod registration;
mod signatures;
mod station;

use sandbox::{
    Clock, DEMO_CONNECTION, DEMO_INN, DEMO_OMS_ID, REGISTRATION_HOST, SUZ_HOST, Sandbox,
    TRUE_API_HOST, World, crpt::ids::Inn,
};
use serde_json::{Value, json};
use std::net::SocketAddr;

use super::stand::{NOW_MS, Reply, send, serve};
use key::{Key, Signing};

/// Ten hours, milliseconds.
const TEN_HOURS_MS: i64 = 36_000_000;

/// A served demo world.
struct Mark {
    sandbox: Sandbox,
    address: SocketAddr,
}

impl Mark {
    async fn new() -> Self {
        Self::of(Sandbox::new(World::demo(Clock::manual(NOW_MS)))).await
    }

    async fn of(sandbox: Sandbox) -> Self {
        let address = serve(&sandbox).await;
        Self { sandbox, address }
    }

    async fn call(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(method, target, headers, b"").await
    }

    async fn send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let mut all = vec![("Accept", "application/json")];
        all.extend(headers);
        let reply = send(self.address, method, target, &all, body).await;
        reply.expect("an answer")
    }

    /// Fetches a challenge: its name and its data.
    async fn challenge(&self) -> (String, String) {
        let target = format!("{TRUE_API_HOST}/api/v3/true-api/auth/key");
        let told = self.call("GET", &target, &[]).await.json();
        let text = |name: &str| told[name].as_str().expect(name).to_owned();
        (text("uuid"), text("data"))
    }

    /// Posts a signed challenge; with a connection id for the token of a device.
    async fn sign_in(&self, connection: Option<&str>, body: &Value) -> Reply {
        let tail = connection.map_or(String::new(), |id| format!("/{id}"));
        let target = format!("{TRUE_API_HOST}/api/v3/true-api/auth/simpleSignIn{tail}");
        let headers = [("Content-Type", "application/json")];
        let body = body.to_string();
        self.send("POST", &target, &headers, body.as_bytes()).await
    }

    /// Signs in with a fresh challenge.
    async fn sign_in_with(&self, key: &Key, connection: Option<&str>) -> Reply {
        let (uuid, data) = self.challenge().await;
        let signed = Signing::of(key, data.as_bytes()).attached().base64();
        let body = json!({ "uuid": uuid, "data": signed });
        self.sign_in(connection, &body).await
    }

    /// A token for the device of the demo.
    async fn device_token(&self) -> String {
        let reply = self
            .sign_in_with(&Key::demo(DEMO_INN), Some(DEMO_CONNECTION))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.json());
        reply.json()["token"].as_str().expect("a token").to_owned()
    }

    /// A token of True API for the demo participant.
    async fn bearer(&self) -> String {
        let reply = self.sign_in_with(&Key::demo(DEMO_INN), None).await;
        assert_eq!(reply.status, 200, "{}", reply.json());
        format!("Bearer {}", reply.json()["token"].as_str().unwrap())
    }

    async fn ping(&self, token: &str, oms_id: &str) -> Reply {
        let target = format!("{SUZ_HOST}/api/v3/ping?omsId={oms_id}");
        self.call("GET", &target, &[("clientToken", token)]).await
    }

    /// Calls the registration of connections.
    async fn connections(&self, method: &str, token: &str, rest: &str) -> Reply {
        let target =
            format!("{REGISTRATION_HOST}/api/v3/integration/connection?omsId={DEMO_OMS_ID}{rest}");
        self.call(method, &target, &[("clientToken", token)]).await
    }

    async fn control(&self, method: &str, target: &str, body: &Value) -> Reply {
        let target = format!("/_sandbox/{target}");
        let headers = [("Content-Type", "application/json")];
        let text = body.to_string();
        self.send(method, &target, &headers, text.as_bytes()).await
    }
}

fn demo_inn() -> Inn {
    Inn::new(DEMO_INN).unwrap()
}

/// Status, number and words of the first `globalErrors` of СУЗ.
fn global_error(reply: &Reply) -> (u16, i64, String) {
    let body = reply.json();
    assert_eq!(body["success"], false, "{body}");
    let error = &body["globalErrors"][0];
    let words = error["error"].as_str().unwrap().to_owned();
    (reply.status, error["errorCode"].as_i64().unwrap(), words)
}

/// Status and words of a refusal of True API.
fn message(reply: &Reply) -> (u16, String) {
    let body = reply.json();
    let words = body["error_message"].as_str().expect("error_message");
    (reply.status, words.to_owned())
}
