//! `PUT v2/campaigns/{campaignId}/orders/{orderId}/identifiers`: the identifiers of an order's units (DBS).

use crate::{
    client::{Account, Call, Client, Effect, LONGEST_REQUEST},
    orders::Instance,
};
use desk::{
    identifiers::{Mark, UnitIdentifiers},
    ids::{CampaignId, MarketItemId, MarketOrderId},
    marketplace::StoredInstance,
    server::ports::market::{CallError, LineIdentifiers},
    submission::LineInstances,
};
use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What stands before the tail of a code.
const GS: char = '\u{1d}';

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

/// `BriefOrderItemInstanceDTO`: only what a unit has. The separator inside `cis` is the character U+001D, and
/// JSON writes it `\u001d` by itself.
#[derive(Default, Deserialize, Serialize)]
struct BriefInstance<'a> {
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    cis: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    uin: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    rnpt: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    gtd: Option<Cow<'a, str>>,
    #[serde(
        borrow,
        rename = "countryCode",
        skip_serializing_if = "Option::is_none"
    )]
    country_code: Option<Cow<'a, str>>,
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
                instances: line.units.iter().map(instance).collect(),
            })
            .collect(),
    };
    let body =
        serde_json::to_vec(&request).map_err(|error| CallError::Argument(error.to_string()))?;
    if body.len() > LONGEST_REQUEST {
        return Err(CallError::Argument(format!(
            "the body has {} bytes, the Market takes {LONGEST_REQUEST}",
            body.len()
        )));
    }
    Ok(body)
}

fn instance(unit: &UnitIdentifiers) -> BriefInstance<'_> {
    let (cis, uin) = match &unit.mark {
        Some(mark @ Mark::Cis(_)) => (Some(mark.text()), None),
        Some(mark @ Mark::Uin(_)) => (None, Some(mark.text())),
        None => (None, None),
    };
    BriefInstance {
        cis: cis.map(Cow::Borrowed),
        uin: uin.map(Cow::Borrowed),
        rnpt: unit.rnpt.as_ref().map(|rnpt| Cow::Borrowed(rnpt.as_str())),
        gtd: unit.gtd.as_ref().map(|gtd| Cow::Borrowed(gtd.as_str())),
        country_code: unit
            .country
            .as_ref()
            .map(|country| Cow::Borrowed(country.as_str())),
    }
}

/// What a body says. The error does not quote the body: it holds whole codes.
pub(crate) fn instances_of_body(body: &[u8]) -> Result<Vec<LineInstances>, CallError> {
    let request: ProvideOrderItemIdentifiersRequest<'_> =
        serde_json::from_slice(body).map_err(|error| {
            CallError::Argument(format!(
                "a stored body of {} bytes cannot be read at line {}, column {}",
                body.len(),
                error.line(),
                error.column()
            ))
        })?;
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

impl From<BriefInstance<'_>> for StoredInstance {
    /// A code that has a tail is whole. One without is its own short form, and what the Market would call whole
    /// is not known, so it is left to be compared as the short one.
    fn from(instance: BriefInstance<'_>) -> Self {
        let code = instance.cis.map(Cow::into_owned);
        let has_tail = code
            .as_deref()
            .is_some_and(|code| code.trim_start_matches(GS).contains(GS));
        let (cis, cis_full) = if has_tail { (None, code) } else { (code, None) };
        Self {
            cis,
            cis_full,
            uin: instance.uin.map(Cow::into_owned),
            rnpt: instance.rnpt.map(Cow::into_owned),
            gtd: instance.gtd.map(Cow::into_owned),
            country: instance.country_code.map(Cow::into_owned),
        }
    }
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
