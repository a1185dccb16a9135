//! Orders of codes on the wire.

mod documents;
mod faults;
mod flow;
mod limits;
mod refusals;
mod search;
mod verification;

use sandbox::{
    DEMO_INN, DEMO_OMS_ID, DEMO_STATIC_TOKEN, SUZ_HOST,
    crpt::emission::{EmissionRulesChange, order::EmissionOrder},
};
use serde_json::{Value, json};

use super::{
    super::stand::Reply,
    Mark,
    key::{Key, Signing},
};

/// A GTIN of the demo's slippers.
const GTIN: &str = "04600712204107";
/// Another one.
const OTHER_GTIN: &str = "04606038003172";

/// A demo world with a device that has signed in.
struct Station {
    mark: Mark,
    key: Key,
    token: String,
}

impl Station {
    /// One whose orders are ready at once and cost nothing.
    async fn quick() -> Self {
        let station = Self::slow().await;
        station.rules(EmissionRulesChange {
            code_price: Some(0),
            ..EmissionRulesChange::at_once()
        });
        station
    }

    /// One whose orders take the time they take.
    async fn slow() -> Self {
        Self::on(Mark::new().await).await
    }

    /// One in a world that is there already.
    async fn on(mark: Mark) -> Self {
        let token = mark.device_token().await;
        let key = Key::demo(DEMO_INN);
        Self { mark, key, token }
    }

    /// The same with a token that does not end, for tests that last days.
    async fn lasting() -> Self {
        Self {
            token: DEMO_STATIC_TOKEN.to_owned(),
            ..Self::quick().await
        }
    }

    fn rules(&self, change: EmissionRulesChange) {
        self.mark.sandbox.change_emission_rules(change).unwrap();
    }

    fn target(path: &str) -> String {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        format!("{SUZ_HOST}/api/v3/{path}?omsId={DEMO_OMS_ID}&{query}")
    }

    async fn get(&self, path: &str) -> Reply {
        let headers = [("clientToken", self.token.as_str())];
        self.mark.call("GET", &Self::target(path), &headers).await
    }

    /// What a question is answered with.
    async fn told(&self, path: &str) -> Value {
        let reply = self.get(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.json());
        reply.json()
    }

    /// Posts a body with its signature.
    async fn post(&self, path: &str, body: &Value) -> Reply {
        let bytes = body.to_string().into_bytes();
        let signature = Signing::of(&self.key, &bytes).base64();
        self.post_signed(path, &bytes, Some(&signature)).await
    }

    async fn post_signed(&self, path: &str, body: &[u8], signature: Option<&str>) -> Reply {
        let mut headers = vec![
            ("clientToken", self.token.as_str()),
            ("Content-Type", "application/json"),
        ];
        headers.extend(signature.map(|signature| ("X-Signature", signature)));
        let target = Self::target(path);
        self.mark.send("POST", &target, &headers, body).await
    }

    /// Orders codes and returns the order's number.
    async fn order(&self, body: &Value) -> String {
        let reply = self.post("order", body).await;
        assert_eq!(reply.status, 200, "{}", reply.json());
        reply.json()["orderId"].as_str().unwrap().to_owned()
    }

    /// The order as the sandbox keeps it.
    fn kept(&self, order_id: &str) -> EmissionOrder {
        let orders = self.mark.sandbox.emission_orders();
        orders
            .into_iter()
            .find(|order| order.order_id == order_id)
            .unwrap()
    }

    async fn codes(&self, order_id: &str, gtin: &str, quantity: u32) -> Reply {
        let path = format!("codes?orderId={order_id}&gtin={gtin}&quantity={quantity}");
        self.get(&path).await
    }

    async fn blocks(&self, order_id: &str, gtin: &str) -> Reply {
        let path = format!("order/codes/blocks?orderId={order_id}&gtin={gtin}");
        self.get(&path).await
    }

    async fn retry(&self, block_id: &str) -> Reply {
        self.get(&format!("order/codes/retry?blockId={block_id}"))
            .await
    }

    /// The only line of an order as `order/status` tells of it.
    async fn line(&self, order_id: &str) -> Value {
        self.told(&format!("order/status?orderId={order_id}")).await[0].clone()
    }

    fn pass(&self, ms: i64) {
        self.mark.sandbox.advance(ms).unwrap();
    }
}

/// An order of clothes.
fn clothes(quantity: u32) -> Value {
    json!({
        "productGroup": "lp",
        "products": [line(GTIN, quantity)],
        "attributes": { "releaseMethodType": "PRODUCTION", "productionOrderId": "0b1d1f2c-1111-4a4a-8b8b-000000000001" },
    })
}

/// A line of it.
fn line(gtin: &str, quantity: u32) -> Value {
    json!({
        "gtin": gtin, "quantity": quantity, "serialNumberType": "OPERATOR", "templateId": 10, "cisType": "UNIT",
    })
}

/// The codes of an answer and its block.
fn block(reply: &Reply) -> (Vec<String>, String) {
    let told = reply.json();
    assert_eq!(reply.status, 200, "{told}");
    assert_eq!(told["omsId"], DEMO_OMS_ID);
    let codes = told["codes"].as_array().unwrap();
    let codes = codes.iter().map(|code| code.as_str().unwrap().to_owned());
    (
        codes.collect(),
        told["blockId"].as_str().unwrap().to_owned(),
    )
}
