//! A sandbox on a free port and a client that sees the bare wire.

use std::{net::SocketAddr, time::Duration};

use sandbox::{
    Clock, Sandbox, World,
    market::{
        cabinet::{Cabinet, NewCabinet, PlacementType, Scope},
        ids::{BusinessId, CampaignId, OrderId},
        order::{NewItem, NewOrder, Order},
    },
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// 2026-11-18T14:53:20+03:00.
pub(crate) const NOW_MS: i64 = 1_795_002_800_000;

/// How long a test waits for what must happen.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// One day, milliseconds.
pub(crate) const DAY_MS: i64 = 86_400_000;

/// What came back on a connection.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// Status, first code and first message of an error envelope.
    pub(crate) fn refusal(&self) -> (u16, String, String) {
        let body = self.json();
        assert_eq!(body["status"], "ERROR", "{body}");
        let error = &body["errors"][0];
        let text = |name: &str| error[name].as_str().unwrap().to_owned();
        (self.status, text("code"), text("message"))
    }

    /// All codes of an error envelope.
    pub(crate) fn codes(&self) -> Vec<String> {
        let body = self.json();
        let errors = body["errors"].as_array().unwrap();
        errors
            .iter()
            .map(|error| error["code"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// A served sandbox with one cabinet of a DBS and an FBS shop.
pub(crate) struct Stand {
    pub(crate) sandbox: Sandbox,
    pub(crate) address: SocketAddr,
    pub(crate) business: BusinessId,
    pub(crate) dbs: CampaignId,
    pub(crate) fbs: CampaignId,
    pub(crate) key: String,
    pub(crate) read_only: String,
}

impl Stand {
    pub(crate) async fn new() -> Self {
        Self::of(Sandbox::new(World::empty(Clock::manual(NOW_MS)))).await
    }

    pub(crate) async fn of(sandbox: Sandbox) -> Self {
        let cabinet = new_cabinet(&sandbox);
        Self {
            address: serve(&sandbox).await,
            business: cabinet.business_id,
            dbs: cabinet.campaigns[0].id,
            fbs: cabinet.campaigns[1].id,
            key: cabinet.keys[0].key.reveal().to_owned(),
            read_only: cabinet.keys[1].key.reveal().to_owned(),
            sandbox,
        }
    }

    /// An order of the DBS shop.
    pub(crate) fn order(&self, items: Vec<NewItem>) -> Order {
        let new = NewOrder {
            items,
            ..NewOrder::of(self.dbs)
        };
        self.sandbox.create_order(new).unwrap()
    }

    /// An order of the FBS shop.
    pub(crate) fn fbs_order(&self, items: Vec<NewItem>) -> Order {
        let new = NewOrder {
            items,
            ..NewOrder::of(self.fbs)
        };
        self.sandbox.create_order(new).unwrap()
    }

    /// An order as it stands now.
    pub(crate) fn stored(&self, order: &Order) -> Order {
        self.sandbox.order(order.order_id).unwrap()
    }

    /// Calls a method about an order of any shop.
    pub(crate) async fn about(
        &self,
        order: &Order,
        method: &str,
        tail: &str,
        body: Option<&Value>,
    ) -> Reply {
        let path = format!(
            "/v2/campaigns/{}/orders/{}/{tail}",
            order.campaign_id, order.order_id
        );
        self.call(method, &path, body).await
    }

    /// Sends a layout of boxes.
    pub(crate) async fn lay_out(&self, order: &Order, boxes: Value) -> Reply {
        let body = json!({ "boxes": boxes });
        self.about(order, "PUT", "boxes", Some(&body)).await
    }

    /// Lays an order out in one box with the sample codes of all units, and returns those codes.
    pub(crate) async fn pack(&self, order: &Order) -> Vec<String> {
        let lines = self.sandbox.codes(order.order_id).unwrap();
        let items: Vec<Value> = self
            .stored(order)
            .items
            .iter()
            .map(|item| {
                let mut entry = json!({ "id": item.id, "fullCount": item.count });
                if let Some(line) = lines.iter().find(|line| line.id == item.id) {
                    entry["instances"] = json!(line.instances);
                }
                entry
            })
            .collect();
        let reply = self.lay_out(order, json!([{ "items": items }])).await;
        assert_eq!(reply.status, 200, "{}", reply.json());
        lines.into_iter().flat_map(|line| line.codes).collect()
    }

    /// Asks for a status and a substatus.
    pub(crate) async fn ask_status(&self, order: &Order, status: &str, substatus: &str) -> Reply {
        let mut wish = json!({ "order": { "status": status } });
        if !substatus.is_empty() {
            wish["order"]["substatus"] = json!(substatus);
        }
        self.about(order, "PUT", "status", Some(&wish)).await
    }

    pub(crate) fn identifiers_path(&self, order: OrderId) -> String {
        format!("/v2/campaigns/{}/orders/{order}/identifiers", self.dbs)
    }

    pub(crate) fn orders_path(&self) -> String {
        format!("/v1/businesses/{}/orders", self.business)
    }

    /// Calls the Market with the main key and, when there is one, a JSON body.
    pub(crate) async fn call(&self, method: &str, target: &str, body: Option<&Value>) -> Reply {
        self.call_with(&self.key, method, target, body).await
    }

    pub(crate) async fn call_with(
        &self,
        key: &str,
        method: &str,
        target: &str,
        body: Option<&Value>,
    ) -> Reply {
        let text = body.map(Value::to_string).unwrap_or_default();
        let mut headers = vec![("Api-Key", key)];
        if body.is_some() {
            headers.push(("Content-Type", "application/json"));
        }
        send(self.address, method, target, &headers, text.as_bytes())
            .await
            .expect("an answer")
    }

    /// Lists orders with a filter.
    pub(crate) async fn list(&self, filter: Value) -> Reply {
        let path = self.orders_path();
        self.call("POST", &path, Some(&filter)).await
    }

    /// Sends sets of identifiers for lines.
    pub(crate) async fn identify(&self, order: OrderId, lines: &[(i64, Value)]) -> Reply {
        let items: Vec<Value> = lines
            .iter()
            .map(|(id, instances)| json!({ "id": id, "instances": instances }))
            .collect();
        let path = self.identifiers_path(order);
        self.call("PUT", &path, Some(&json!({ "items": items })))
            .await
    }

    /// Calls the control API.
    pub(crate) async fn control(&self, method: &str, target: &str, body: Option<&Value>) -> Reply {
        let text = body.map(Value::to_string).unwrap_or_default();
        let headers = [("Content-Type", "application/json")];
        send(self.address, method, target, &headers, text.as_bytes())
            .await
            .expect("an answer")
    }
}

fn new_cabinet(sandbox: &Sandbox) -> Cabinet {
    let new = NewCabinet::named("Кабинет")
        .key("read", &[Scope::AllMethodsReadOnly])
        .shop("Своя доставка", PlacementType::Dbs)
        .shop("Склад", PlacementType::Fbs);
    sandbox.create_cabinet(new).unwrap()
}

pub(crate) async fn serve(sandbox: &Sandbox) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let sandbox = sandbox.clone();
    tokio::spawn(async move { sandbox.serve(listener, std::future::pending()).await });
    address
}

/// Opens a connection and writes a whole request on it.
pub(crate) async fn open(
    address: SocketAddr,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> TcpStream {
    let named: String = headers
        .iter()
        .flat_map(|(name, value)| [name, ": ", value, "\r\n"])
        .collect();
    let head = format!(
        "{method} {target} HTTP/1.1\r\nHost: {address}\r\n{named}Content-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    stream
}

/// Reads until the server closes; `None` when it closed without one byte.
pub(crate) async fn read(mut stream: TcpStream) -> Option<Reply> {
    let mut bytes = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut bytes))
        .await
        .expect("the server answers or closes")
        .expect("the connection is read to its end");
    if bytes.is_empty() {
        return None;
    }
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .expect("a head");
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let headers: Vec<(String, String)> = lines
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut reply = Reply {
        status: status.parse().unwrap(),
        headers,
        body: bytes[end + 4..].to_vec(),
    };
    if reply.header("transfer-encoding") == Some("chunked") {
        reply.body = unchunk(&reply.body).expect("the HTTP is complete");
        return Some(reply);
    }
    let length = reply.header("content-length").expect("a length");
    assert_eq!(length.parse(), Ok(reply.body.len()), "the HTTP is complete");
    Some(reply)
}

/// A body that came in chunks, `None` when the last one is missing.
fn unchunk(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = bytes.windows(2).position(|window| window == b"\r\n")?;
        let length = std::str::from_utf8(&bytes[..end]).ok()?;
        let length = usize::from_str_radix(length, 16).ok()?;
        let chunk = bytes.get(end + 2..end + 2 + length)?;
        if length == 0 {
            return Some(body);
        }
        body.extend(chunk);
        bytes = bytes.get(end + 2 + length + 2..)?;
    }
}

pub(crate) async fn send(
    address: SocketAddr,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Option<Reply> {
    read(open(address, method, target, headers, body).await).await
}
