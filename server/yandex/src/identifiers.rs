//! `PUT v2/campaigns/{campaignId}/orders/{orderId}/identifiers`: the identifiers of an order's units (DBS).

use crate::{
    answer::unreadable,
    client::{Account, Call, Client, Effect, fitting},
    instance::{BriefInstance, Instance},
};
use desk::{
    ids::{CampaignId, MarketItemId, MarketOrderId},
    marketplace::StoredInstance,
    server::ports::market::{CallError, LineIdentifiers},
    submission::LineInstances,
};
use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// The request of [`provideOrderItemIdentifiers`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/provideOrderItemIdentifiers).
#[derive(Deserialize, Serialize)]
struct ProvideOrderItemIdentifiersRequest<'a> {
    #[serde(borrow)]
    items: Vec<OrderItem<'a>>,
}

/// `OrderItemInstanceModificationDTO`.
#[derive(Deserialize, Serialize)]
struct OrderItem<'a> {
    id: i64,
    #[serde(borrow)]
    instances: Vec<BriefInstance<'a>>,
}

/// The answer of [`provideOrderItemIdentifiers`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/provideOrderItemIdentifiers).
/// The documentation's own samples leave `result` out.
#[derive(Deserialize)]
struct ProvideOrderItemIdentifiersResponse {
    result: Option<ModificationResult>,
}

/// `OrderItemsModificationResultDTO`.
#[derive(Deserialize)]
struct ModificationResult {
    items: Option<Vec<BriefOrderItem>>,
}

/// `BriefOrderItemDTO`.
#[derive(Deserialize)]
struct BriefOrderItem {
    id: Option<i64>,
    instances: Option<Vec<Instance>>,
}

/// The body of a sending.
pub(crate) fn body(lines: &[LineIdentifiers]) -> Result<Vec<u8>, CallError> {
    if lines.is_empty() || lines.iter().any(|line| line.units.is_empty()) {
        return Err(CallError::Argument(
            "a sending without units says nothing".to_owned(),
        ));
    }
    let request = ProvideOrderItemIdentifiersRequest {
        items: lines
            .iter()
            .map(|line| OrderItem {
                id: line.item.0,
                instances: line.units.iter().map(BriefInstance::from).collect(),
            })
            .collect(),
    };
    fitting(&request)
}

/// What a body says. The error does not quote the body: it holds whole codes.
pub(crate) fn instances_of_body(body: &[u8]) -> Result<Vec<LineInstances>, CallError> {
    let request: ProvideOrderItemIdentifiersRequest<'_> =
        serde_json::from_slice(body).map_err(|error| unreadable(body, &error))?;
    Ok(request
        .items
        .into_iter()
        .map(|line| LineInstances {
            item: MarketItemId(line.id),
            instances: line
                .instances
                .into_iter()
                .map(StoredInstance::from)
                .collect(),
        })
        .collect())
}

/// Sends a body once. An answer that does not name its lines is as good as one without a result: the order will
/// tell.
pub(crate) async fn put(
    client: &Client,
    key: &SecretString,
    campaign: CampaignId,
    order: MarketOrderId,
    body: &[u8],
) -> Result<Option<Vec<LineInstances>>, CallError> {
    let answer: ProvideOrderItemIdentifiersResponse = client
        .request(
            key,
            &Call {
                method: Method::PUT,
                path: &[
                    "v2",
                    "campaigns",
                    &campaign.to_string(),
                    "orders",
                    &order.to_string(),
                    "identifiers",
                ],
                query: &[],
                body: Some(body),
                account: Account::Campaign(campaign),
                resource: "identifiers",
                cost: 1,
                effect: Effect::Writes,
            },
        )
        .await?;
    Ok(answer
        .result
        .and_then(|result| result.items)
        .and_then(|items| items.into_iter().map(line).collect()))
}

fn line(item: BriefOrderItem) -> Option<LineInstances> {
    Some(LineInstances {
        item: MarketItemId(item.id?),
        instances: item
            .instances
            .unwrap_or_default()
            .into_iter()
            .map(StoredInstance::from)
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::identifiers::{Mark, UnitIdentifiers};

    const CODE: &str = "01030410947874432155Qbag!\u{1d}93Zjqw";

    fn cis(code: &str) -> UnitIdentifiers {
        UnitIdentifiers {
            mark: Some(Mark::Cis(code.parse().unwrap())),
            ..UnitIdentifiers::default()
        }
    }

    fn text(lines: &[LineIdentifiers]) -> String {
        String::from_utf8(body(lines).unwrap()).unwrap()
    }

    fn line_of(units: Vec<UnitIdentifiers>) -> LineIdentifiers {
        LineIdentifiers {
            item: MarketItemId(7),
            units,
        }
    }

    #[test]
    fn the_separator_is_escaped_once() {
        assert_eq!(
            text(&[line_of(vec![cis(CODE)])]),
            r#"{"items":[{"id":7,"instances":[{"cis":"01030410947874432155Qbag!\u001d93Zjqw"}]}]}"#,
        );
    }

    #[test]
    fn quotes_and_backslashes_are_escaped_as_json_does() {
        let quoted = text(&[line_of(vec![cis("01030410947874432155Q\"ag!\u{1d}93Zjqw")])]);
        assert!(quoted.contains(r#"55Q\"ag!\u001d93Zjqw""#), "{quoted}");
        let slashed = text(&[line_of(vec![cis("01030410947874432155Q\\ag!\u{1d}93Zjqw")])]);
        assert!(slashed.contains(r#"55Q\\ag!\u001d93Zjqw""#), "{slashed}");
    }

    #[test]
    fn only_present_fields_are_written() {
        let ring = UnitIdentifiers {
            mark: Some(Mark::Uin("1234567890123456".parse().unwrap())),
            ..UnitIdentifiers::default()
        };
        let imported = UnitIdentifiers {
            rnpt: Some("10702020/060520/0013422/001".parse().unwrap()),
            gtd: Some("10702020/060520/0013422".parse().unwrap()),
            country: Some("CN".parse().unwrap()),
            ..UnitIdentifiers::default()
        };
        assert_eq!(
            text(&[line_of(vec![ring, imported])]),
            concat!(
                r#"{"items":[{"id":7,"instances":[{"uin":"1234567890123456"},"#,
                r#"{"rnpt":"10702020/060520/0013422/001","gtd":"10702020/060520/0013422","countryCode":"CN"}]}]}"#,
            ),
        );
    }

    #[test]
    fn a_body_says_back_what_was_put_into_it() {
        let bare = "01030410947874432155Qbag!A";
        let lines = [line_of(vec![
            cis(CODE),
            cis("01030410947874432155Q\\\"g!\u{1d}93Zjqw"),
            UnitIdentifiers {
                country: Some("CN".parse().unwrap()),
                ..UnitIdentifiers::default()
            },
        ])];
        let whole = |code: &str| StoredInstance {
            cis_full: Some(code.into()),
            ..StoredInstance::default()
        };
        assert_eq!(
            instances_of_body(&body(&lines).unwrap()),
            Ok(vec![LineInstances {
                item: MarketItemId(7),
                instances: vec![
                    whole(CODE),
                    whole("01030410947874432155Q\\\"g!\u{1d}93Zjqw"),
                    StoredInstance {
                        country: Some("CN".into()),
                        ..StoredInstance::default()
                    },
                ],
            }]),
        );
        let short = format!(r#"{{"items":[{{"id":7,"instances":[{{"cis":"{bare}"}}]}}]}}"#);
        assert_eq!(
            instances_of_body(short.as_bytes()).unwrap()[0].instances,
            [StoredInstance {
                cis: Some(bare.into()),
                ..StoredInstance::default()
            }],
        );
    }

    #[test]
    fn a_stored_body_that_cannot_be_read_is_not_quoted() {
        let error = instances_of_body(br#"{"items":[{"id":"secret"}]}"#).unwrap_err();
        assert!(
            matches!(&error, CallError::Argument(words) if !words.contains("secret")),
            "{error}"
        );
    }

    #[test]
    fn a_sending_that_cannot_be_taken_is_not_made() {
        let empty: [&[LineIdentifiers]; 2] = [&[], &[line_of(vec![])]];
        for lines in empty {
            assert!(matches!(body(lines), Err(CallError::Argument(_))));
        }
        let huge = line_of(vec![cis(CODE); 20_000]);
        assert!(matches!(body(&[huge]), Err(CallError::Argument(_))));
    }
}
