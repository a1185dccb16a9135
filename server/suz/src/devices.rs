//! `integration/connection` on the registration host: devices listed, registered and deleted (edition 62, 4.4.26, 4.4.27
//! and 9.2.1).

use crate::{
    answer::not_understood,
    call::{Account, Call, Pass},
    client::Client,
    loose::{Flag, Text, Whole, list},
};
use desk::{
    server::ports::{
        call::CallError,
        suz_api::{RegisteredDevice, Registration, SignedRegistration},
    },
    suz::{ConnectionId, Contour, OmsId, Service},
};
use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The most that one page may hold.
const PAGE: &str = "100";

/// More pages than any company has devices for.
const MOST_PAGES: usize = 100;

/// The longest name that a device may have.
const LONGEST_NAME: usize = 256;

const PATH: [&str; 2] = ["integration", "connection"];

/// The answer of `GET`. Without its list it is another answer, not one of no devices.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConnectionsResponse {
    #[serde(deserialize_with = "list")]
    oms_connection_infos: Vec<ConnectionInfo>,
    total: Option<Whole>,
}

/// One device.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConnectionInfo {
    oms_connection: ConnectionId,
    address: Option<Text>,
    program_name: Option<Text>,
    product_version: Option<Text>,
    vendor_inn: Option<Text>,
}

/// The body of `POST`.
#[derive(Serialize)]
struct RegistrationRequest<'a> {
    address: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

/// Its answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RegistrationResponse {
    status: String,
    oms_connection: Option<ConnectionId>,
    name: Option<Text>,
    rejection_reason: Option<Text>,
}

/// The answer of `DELETE`.
#[derive(Deserialize)]
struct DeletionResponse {
    success: Flag,
}

/// Reads all pages. Pages that overlap do no harm: a device is told once.
pub(crate) async fn all(
    client: &Client,
    contour: Contour,
    token: &SecretString,
    oms_id: &OmsId,
) -> Result<Vec<RegisteredDevice>, CallError> {
    let mut devices = Vec::new();
    let mut seen = HashSet::new();
    for _ in 0..MOST_PAGES {
        let answer = page(client, contour, token, oms_id, devices.len()).await?;
        let before = devices.len();
        devices.extend(
            answer
                .oms_connection_infos
                .into_iter()
                .filter(|info| seen.insert(info.oms_connection))
                .map(device),
        );
        let total = answer
            .total
            .and_then(|total| usize::try_from(total.0?).ok());
        // Without a total only an empty page tells that there is no further one.
        if devices.len() == before || total.is_some_and(|total| devices.len() >= total) {
            return Ok(devices);
        }
    }
    Err(not_understood(200, "offset: the pages do not end"))
}

async fn page(
    client: &Client,
    contour: Contour,
    token: &SecretString,
    oms_id: &OmsId,
    offset: usize,
) -> Result<ConnectionsResponse, CallError> {
    client
        .request(&Call {
            name: "integration/connection",
            contour,
            service: Service::Registration,
            method: &Method::GET,
            path: &PATH,
            query: &[
                ("omsId", &oms_id.to_wire()),
                ("limit", PAGE),
                ("offset", &offset.to_string()),
            ],
            pass: Pass::Client(token),
            body: None,
            signature: None,
            account: Account::Company(oms_id),
        })
        .await
}

fn device(info: ConnectionInfo) -> RegisteredDevice {
    let text = |text: Option<Text>| text.and_then(|text| text.0);
    RegisteredDevice {
        connection: info.oms_connection,
        name: text(info.program_name),
        address: text(info.address),
        vendor_inn: text(info.vendor_inn),
        version: text(info.product_version),
    }
}

/// The bytes that register a device. Without a name СУЗ gives it a random one.
pub(crate) fn body(address: &str, name: &str) -> Result<Vec<u8>, CallError> {
    let (address, name) = (address.trim(), name.trim());
    if address.is_empty() {
        return Err(CallError::Argument("a device has an address".to_owned()));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(CallError::Argument(format!(
            "a device's name has {LONGEST_NAME} characters at most"
        )));
    }
    let request = RegistrationRequest {
        address,
        name: Some(name).filter(|name| !name.is_empty()),
    };
    serde_json::to_vec(&request).map_err(|error| CallError::Argument(error.to_string()))
}

/// Sends these bytes, as they are.
pub(crate) async fn register(
    client: &Client,
    contour: Contour,
    registration: SignedRegistration<'_>,
) -> Result<Registration, CallError> {
    let answer: RegistrationResponse = client
        .request(&Call {
            name: "integration/connection, new",
            contour,
            service: Service::Registration,
            method: &Method::POST,
            path: &PATH,
            query: &[("omsId", &registration.oms_id.to_wire())],
            pass: Pass::Registration(registration.key),
            body: Some(registration.body),
            signature: Some(registration.signature),
            account: Account::Company(registration.oms_id),
        })
        .await?;
    end_of(answer)
}

fn end_of(answer: RegistrationResponse) -> Result<Registration, CallError> {
    match (answer.status.as_str(), answer.oms_connection) {
        ("SUCCESS", Some(connection)) => Ok(Registration::Made {
            connection,
            name: answer.name.and_then(|name| name.0),
        }),
        ("SUCCESS", None) => Err(not_understood(200, "omsConnection: it is missing")),
        ("REJECTED", _) => Ok(Registration::Rejected(
            answer
                .rejection_reason
                .and_then(|reason| reason.0)
                .unwrap_or_default(),
        )),
        _ => Err(not_understood(200, "status: another value than documented")),
    }
}

/// Deletes a device.
pub(crate) async fn delete(
    client: &Client,
    contour: Contour,
    token: &SecretString,
    oms_id: &OmsId,
    device: &ConnectionId,
) -> Result<bool, CallError> {
    let answer: DeletionResponse = client
        .request(&Call {
            name: "integration/connection, deleted",
            contour,
            service: Service::Registration,
            method: &Method::DELETE,
            path: &PATH,
            query: &[
                ("omsId", &oms_id.to_wire()),
                ("omsConnection", &device.to_wire()),
            ],
            pass: Pass::Client(token),
            body: None,
            signature: None,
            account: Account::Company(oms_id),
        })
        .await?;
    answer
        .success
        .0
        .ok_or_else(|| not_understood(200, "success: neither true nor false"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::decode;

    const CONNECTION: &str = "aabb1234-5678-90ab-cdef-1234567890ab";

    fn end(body: &str) -> Result<Registration, CallError> {
        decode(200, body.as_bytes()).and_then(end_of)
    }

    #[test]
    fn a_registration_is_made_or_rejected_in_their_words() {
        assert_eq!(
            end(&format!(
                r#"{{"status":"SUCCESS","omsConnection":"{}","name":"Метка"}}"#,
                CONNECTION.to_uppercase()
            )),
            Ok(Registration::Made {
                connection: CONNECTION.parse().unwrap(),
                name: Some("Метка".into()),
            })
        );
        assert_eq!(
            end(r#"{"status":"REJECTED","rejectionReason":"Имя занято","omsConnection":null}"#),
            Ok(Registration::Rejected("Имя занято".into()))
        );
        for unclear in [
            r#"{"status":"SUCCESS"}"#,
            r#"{"status":"PENDING"}"#,
            "{}",
            r#"{"status":"SUCCESS","omsConnection":"not an id"}"#,
        ] {
            assert!(
                matches!(end(unclear), Err(CallError::NotUnderstood { .. })),
                "{unclear}"
            );
        }
    }

    #[test]
    fn the_body_is_made_of_what_was_said() {
        assert_eq!(
            body(" Москва, «Метка» ", " склад\u{1d} ").unwrap(),
            r#"{"address":"Москва, «Метка»","name":"склад\u001d"}"#.as_bytes()
        );
        assert_eq!(
            body("Москва", " ").unwrap(),
            r#"{"address":"Москва"}"#.as_bytes()
        );
        assert!(body("Москва", &"я".repeat(LONGEST_NAME)).is_ok());
        for (address, name) in [
            ("", "Метка"),
            (" ", ""),
            ("Москва", &*"я".repeat(LONGEST_NAME + 1)),
        ] {
            assert!(matches!(body(address, name), Err(CallError::Argument(_))));
        }
    }

    #[test]
    fn a_device_is_told_with_what_there_is_of_it() {
        let body = format!(
            r#"{{"omsConnectionInfos":[
                {{"omsConnection":"{CONNECTION}","address":"г.Москва, ул.Ленина 1","programName":"ERP",
                  "productGroups":["milk","shoes"],"productVersion":"1.0.0","vendorInn":1234567890}},
                {{"omsConnection":"{CONNECTION}"}}],"total":2}}"#
        );
        let answer: ConnectionsResponse = decode(200, body.as_bytes()).unwrap();
        let devices: Vec<_> = answer
            .oms_connection_infos
            .into_iter()
            .map(device)
            .collect();
        let bare = RegisteredDevice {
            connection: CONNECTION.parse().unwrap(),
            name: None,
            address: None,
            vendor_inn: None,
            version: None,
        };
        let full = RegisteredDevice {
            name: Some("ERP".into()),
            address: Some("г.Москва, ул.Ленина 1".into()),
            vendor_inn: Some("1234567890".into()),
            version: Some("1.0.0".into()),
            ..bare.clone()
        };
        assert_eq!(devices, [full, bare]);
    }
}
