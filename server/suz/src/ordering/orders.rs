//! `POST order` (edition 62, 4.4.1) and `POST order/close` (4.4.8): what is signed.

use super::{LONGEST_KEY, bytes_of, call};
use crate::{call::Call, client::Client, loose::Whole};
use cis::Gtin;
use desk::{
    server::ports::{
        call::CallError,
        code_ordering::{Access, Attribute, Created, OrderLine, OrderRequest, Serials},
    },
    suz::emission::SuzOrderId,
};
use http::Method;
use serde::{Deserialize, Serialize, Serializer, de::IgnoredAny};

/// The body of an order.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Order<'a> {
    product_group: &'a str,
    products: Vec<Product<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_provider_id: Option<&'a str>,
    attributes: Attributes<'a>,
}

/// One GTIN of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Product<'a> {
    gtin: &'a str,
    quantity: u32,
    serial_number_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial_numbers: Option<&'a [String]>,
    template_id: u32,
    cis_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    attributes: Option<Attributes<'a>>,
}

/// Names and values, in the order in which they were given.
struct Attributes<'a> {
    pairs: &'a [(String, Attribute)],
    key: Option<&'a str>,
}

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let key = self.key.map(|key| Attribute::Text(key.to_owned()));
        let pairs = self
            .pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value));
        serializer.collect_map(pairs.chain(key.as_ref().map(|key| ("productionOrderId", key))))
    }
}

/// A line as it is spelled.
fn product<'a>(line: &'a OrderLine<'a>) -> Product<'a> {
    let (serial_number_type, serial_numbers) = match line.serials {
        Serials::Operator => ("OPERATOR", None),
        Serials::Own(serials) => ("SELF_MADE", Some(serials)),
    };
    Product {
        gtin: line.gtin.as_str(),
        quantity: line.quantity,
        serial_number_type,
        serial_numbers,
        template_id: line.template,
        cis_type: line.cis_type,
        attributes: (!line.attributes.is_empty()).then_some(Attributes {
            pairs: line.attributes,
            key: None,
        }),
    }
}

/// The bytes of an order.
pub(super) fn body(order: &OrderRequest<'_>) -> Result<Vec<u8>, CallError> {
    let unlawful = |key: &str| {
        key.trim().is_empty()
            || key.chars().count() > LONGEST_KEY
            || key.chars().any(char::is_control)
    };
    if order.key.is_some_and(unlawful) {
        return Err(CallError::Argument(
            "productionOrderId is blank, too long or has control characters".to_owned(),
        ));
    }
    bytes_of(&Order {
        product_group: order.group,
        products: order.lines.iter().map(product).collect(),
        service_provider_id: order.service_provider,
        attributes: Attributes {
            pairs: order.attributes,
            key: order.key,
        },
    })
}

/// The answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrderResponse {
    order_id: SuzOrderId,
    expected_complete_timestamp: Option<Whole>,
}

/// Sends these bytes, as they are.
pub(super) async fn create(
    client: &Client,
    access: Access<'_>,
    body: &[u8],
    signature: &str,
) -> Result<Created, CallError> {
    let oms_id = access.oms_id.to_wire();
    let query = [("omsId", oms_id.as_str())];
    let answer: OrderResponse = client
        .request(&Call {
            body: Some(body),
            signature: Some(signature),
            ..call(access, "order", &Method::POST, &["order"], &query)
        })
        .await?;
    let wait = answer.expected_complete_timestamp.and_then(|wait| wait.0);
    Ok(Created {
        order: answer.order_id,
        wait_millis: wait.filter(|millis| *millis >= 0),
    })
}

/// The body that closes.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Close<'a> {
    order_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    gtin: Option<&'a str>,
}

/// The bytes that close an order, or one GTIN of it.
pub(super) fn close_body(order: &SuzOrderId, gtin: Option<Gtin>) -> Result<Vec<u8>, CallError> {
    bytes_of(&Close {
        order_id: order.as_str(),
        gtin: gtin.as_ref().map(Gtin::as_str),
    })
}

/// The answer: an object, of which nothing is needed. Without it nobody knows whether the order was closed.
#[derive(Deserialize)]
struct CloseResponse {
    #[serde(rename = "omsId")]
    _oms_id: IgnoredAny,
}

/// Sends these bytes, as they are.
pub(super) async fn close(
    client: &Client,
    access: Access<'_>,
    body: &[u8],
    signature: Option<&str>,
) -> Result<(), CallError> {
    let oms_id = access.oms_id.to_wire();
    let query = [("omsId", oms_id.as_str())];
    let _: CloseResponse = client
        .request(&Call {
            body: Some(body),
            signature,
            ..call(
                access,
                "order/close",
                &Method::POST,
                &["order", "close"],
                &query,
            )
        })
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gtin() -> Gtin {
        "04606038003172".parse().unwrap()
    }

    #[test]
    fn an_order_is_spelled_as_documented() {
        let attributes = [(
            "releaseMethodType".to_owned(),
            Attribute::Text("PRODUCTION".into()),
        )];
        let line = OrderLine {
            gtin: gtin(),
            quantity: 2,
            serials: Serials::Operator,
            template: 10,
            cis_type: "UNIT",
            attributes: &[],
        };
        let order = OrderRequest {
            group: "lp",
            lines: &[line],
            attributes: &attributes,
            service_provider: None,
            key: Some("5b0f3f5e-0000-4000-8000-000000000001"),
        };
        assert_eq!(
            String::from_utf8(body(&order).unwrap()).unwrap(),
            r#"{"productGroup":"lp","products":[{"gtin":"04606038003172","quantity":2,"serialNumberType":"OPERATOR","templateId":10,"cisType":"UNIT"}],"attributes":{"releaseMethodType":"PRODUCTION","productionOrderId":"5b0f3f5e-0000-4000-8000-000000000001"}}"#
        );
        for key in ["", " ", "a\nb", &"ы".repeat(257)] {
            let odd = body(&OrderRequest {
                key: Some(key),
                ..order
            });
            assert!(matches!(odd, Err(CallError::Argument(_))), "{key:?}");
        }
        assert!(
            body(&OrderRequest {
                key: Some(&"ы".repeat(256)),
                ..order
            })
            .is_ok()
        );
    }

    #[test]
    fn own_serials_attributes_and_a_provider_have_their_places() {
        let serials = ["a\"&1".to_owned(), "b".to_owned()];
        let of_line = [("mrp".to_owned(), Attribute::Text("12900".into()))];
        let of_order = [
            ("paymentType".to_owned(), Attribute::Number(2)),
            ("freeCode".to_owned(), Attribute::Flag(false)),
        ];
        let line = OrderLine {
            gtin: gtin(),
            quantity: 2,
            serials: Serials::Own(&serials),
            template: 4,
            cis_type: "SET",
            attributes: &of_line,
        };
        let order = OrderRequest {
            group: "otp",
            lines: &[line],
            attributes: &of_order,
            service_provider: Some("p"),
            key: Some("k"),
        };
        assert_eq!(
            String::from_utf8(body(&order).unwrap()).unwrap(),
            r#"{"productGroup":"otp","products":[{"gtin":"04606038003172","quantity":2,"serialNumberType":"SELF_MADE","serialNumbers":["a\"&1","b"],"templateId":4,"cisType":"SET","attributes":{"mrp":"12900"}}],"serviceProviderId":"p","attributes":{"paymentType":2,"freeCode":false,"productionOrderId":"k"}}"#
        );
    }

    #[test]
    fn closing_names_the_order_and_where_asked_one_gtin() {
        let order: SuzOrderId = "b024ae09-ef7c-449e-b461-05d8eb116c79".parse().unwrap();
        assert_eq!(
            close_body(&order, None).unwrap(),
            br#"{"orderId":"b024ae09-ef7c-449e-b461-05d8eb116c79"}"#
        );
        assert_eq!(
            close_body(&order, Some(gtin())).unwrap(),
            br#"{"orderId":"b024ae09-ef7c-449e-b461-05d8eb116c79","gtin":"04606038003172"}"#
        );
    }
}
