//! `PUT v2/campaigns/{campaignId}/orders/{orderId}/boxes`: the layout of an order's boxes with the identifiers of
//! its units (FBS and Express).

use crate::{
    answer::unreadable,
    client::{Account, Call, Client, Effect, fitting},
    instance::{BriefInstance, Instance},
};
use desk::{
    boxes::{Entry, Layout},
    ids::{CampaignId, MarketItemId, MarketOrderId},
    marketplace::{Amount, StoredBox, StoredBoxItem, StoredInstance},
    server::ports::market::CallError,
};
use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// The request of [`setOrderBoxLayout`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/setOrderBoxLayout).
/// What it leaves out of the order is removed from it, which the Market does only when `allowRemove` is said.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct SetOrderBoxLayoutRequest<'a> {
    #[serde(borrow)]
    boxes: Vec<BoxLayout<'a>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    allow_remove: bool,
}

/// `OrderBoxLayoutDTO`.
#[derive(Deserialize, Serialize)]
struct BoxLayout<'a> {
    #[serde(borrow)]
    items: Vec<BoxItem<'a>>,
}

/// `OrderBoxLayoutItemDTO`. An empty list of instances is an error there, so it is left out.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct BoxItem<'a> {
    id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partial_count: Option<PartialCount>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    instances: Vec<BriefInstance<'a>>,
}

/// `OrderBoxLayoutPartialCountDTO`: which part of a unit, of how many.
#[derive(Clone, Copy, Deserialize, Serialize)]
struct PartialCount {
    current: u32,
    total: u32,
}

/// The answer of [`setOrderBoxLayout`](https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/setOrderBoxLayout).
/// The documentation's own sample leaves `result` out.
#[derive(Deserialize)]
struct SetOrderBoxLayoutResponse {
    result: Option<OrderBoxesLayout>,
}

/// `OrderBoxesLayoutDTO`.
#[derive(Deserialize)]
struct OrderBoxesLayout {
    boxes: Option<Vec<AnsweredBox>>,
}

/// A box as the Market tells it: `EnrichedOrderBoxLayoutDTO` after a sending, `BusinessOrderBoxLayoutDTO` in an
/// order.
#[derive(Deserialize)]
pub(crate) struct AnsweredBox {
    #[serde(rename = "boxId")]
    box_id: Option<i64>,
    barcode: Option<String>,
    items: Option<Vec<AnsweredItem>>,
}

/// `OrderBoxLayoutItemDTO` and `BusinessOrderBoxLayoutItemDTO`. The schema promises the id alone.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AnsweredItem {
    id: i64,
    full_count: Option<u32>,
    partial_count: Option<PartialCount>,
    instances: Option<Vec<Instance>>,
}

/// The body of a layout.
pub(crate) fn body(layout: &Layout) -> Result<Vec<u8>, CallError> {
    fitting(&SetOrderBoxLayoutRequest {
        boxes: layout
            .boxes()
            .iter()
            .map(|entries| BoxLayout {
                items: entries.iter().map(BoxItem::from).collect(),
            })
            .collect(),
        allow_remove: !layout.removals().is_empty(),
    })
}

impl<'a> From<&'a Entry> for BoxItem<'a> {
    fn from(entry: &'a Entry) -> Self {
        let (full_count, partial_count) = match entry.amount {
            Amount::Full(count) => (Some(count), None),
            Amount::Part { current, total } => (None, Some(PartialCount { current, total })),
        };
        Self {
            id: entry.item.0,
            full_count,
            partial_count,
            instances: entry.units.iter().map(BriefInstance::from).collect(),
        }
    }
}

/// What a body says. The error does not quote the body: it holds whole codes.
pub(crate) fn boxes_of_body(body: &[u8]) -> Result<Vec<StoredBox>, CallError> {
    let request: SetOrderBoxLayoutRequest<'_> =
        serde_json::from_slice(body).map_err(|error| unreadable(body, &error))?;
    request
        .boxes
        .into_iter()
        .map(|one| {
            Ok(StoredBox {
                id: None,
                barcode: None,
                items: one
                    .items
                    .into_iter()
                    .map(laid_out)
                    .collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

fn laid_out(item: BoxItem<'_>) -> Result<StoredBoxItem, CallError> {
    let amount = amount(item.full_count, item.partial_count).ok_or_else(|| {
        CallError::Argument(format!(
            "a stored layout does not say how much of line {} lies in a box",
            item.id
        ))
    })?;
    Ok(StoredBoxItem {
        item: MarketItemId(item.id),
        amount,
        instances: item
            .instances
            .into_iter()
            .map(StoredInstance::from)
            .collect(),
    })
}

/// Sends a body once. An answer whose boxes cannot be told is as good as one without a result: the order will tell.
pub(crate) async fn put(
    client: &Client,
    key: &SecretString,
    campaign: CampaignId,
    order: MarketOrderId,
    body: &[u8],
) -> Result<Option<Vec<StoredBox>>, CallError> {
    let answer: SetOrderBoxLayoutResponse = client
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
                    "boxes",
                ],
                query: &[],
                body: Some(body),
                account: Account::Campaign(campaign),
                resource: "boxes",
                cost: 1,
                effect: Effect::Writes,
            },
        )
        .await?;
    Ok(answer
        .result
        .and_then(|result| result.boxes)
        .and_then(stored_boxes))
}

/// Boxes as they are kept; `None` when it is not clear how much of a line lies in one of them.
pub(crate) fn stored_boxes(boxes: Vec<AnsweredBox>) -> Option<Vec<StoredBox>> {
    boxes
        .into_iter()
        .map(|one| {
            Some(StoredBox {
                id: one.box_id,
                barcode: one.barcode,
                items: one
                    .items
                    .unwrap_or_default()
                    .into_iter()
                    .map(stored_item)
                    .collect::<Option<_>>()?,
            })
        })
        .collect()
}

fn stored_item(item: AnsweredItem) -> Option<StoredBoxItem> {
    Some(StoredBoxItem {
        item: MarketItemId(item.id),
        amount: amount(item.full_count, item.partial_count)?,
        instances: item
            .instances
            .unwrap_or_default()
            .into_iter()
            .map(StoredInstance::from)
            .collect(),
    })
}

/// Exactly one of the two counts; a count of nothing is none.
fn amount(full: Option<u32>, part: Option<PartialCount>) -> Option<Amount> {
    match (full.filter(|count| *count > 0), part) {
        (Some(count), None) => Some(Amount::Full(count)),
        (None, Some(PartialCount { current, total })) => Some(Amount::Part { current, total }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::{
        boxes::{LineUnits, Place, Plan, Unit},
        identifiers::{Mark, UnitIdentifiers},
    };

    const CODE: &str = "01030410947874432155Qbag!\u{1d}93Zjqw";

    fn marked() -> UnitIdentifiers {
        UnitIdentifiers {
            mark: Some(Mark::Cis(CODE.parse().unwrap())),
            ..UnitIdentifiers::default()
        }
    }

    fn line(item: i64, units: Vec<UnitIdentifiers>) -> LineUnits {
        LineUnits {
            item: MarketItemId(item),
            units,
        }
    }

    fn text(lines: &[LineUnits], plan: &Plan) -> String {
        String::from_utf8(body(&Layout::of(lines, plan).unwrap()).unwrap()).unwrap()
    }

    #[test]
    fn every_line_is_written_and_unmarked_ones_have_no_instances() {
        let lines = [
            line(7, vec![marked(), marked()]),
            line(8, vec![UnitIdentifiers::default(); 3]),
        ];
        assert_eq!(
            text(&lines, &Plan::default()),
            concat!(
                r#"{"boxes":[{"items":[{"id":7,"fullCount":2,"instances":["#,
                r#"{"cis":"01030410947874432155Qbag!\u001d93Zjqw"},{"cis":"01030410947874432155Qbag!\u001d93Zjqw"}]},"#,
                r#"{"id":8,"fullCount":3}]}]}"#,
            ),
        );
    }

    #[test]
    fn a_split_unit_stands_in_each_of_its_boxes() {
        let mut plan = Plan::default();
        let unit = Unit {
            item: MarketItemId(7),
            number: 1,
        };
        plan.put(unit, Place::Split(vec![1, 2])).unwrap();
        assert_eq!(
            text(&[line(7, vec![marked()])], &plan),
            concat!(
                r#"{"boxes":[{"items":[{"id":7,"partialCount":{"current":1,"total":2},"#,
                r#""instances":[{"cis":"01030410947874432155Qbag!\u001d93Zjqw"}]}]},"#,
                r#"{"items":[{"id":7,"partialCount":{"current":2,"total":2},"#,
                r#""instances":[{"cis":"01030410947874432155Qbag!\u001d93Zjqw"}]}]}]}"#,
            ),
        );
    }

    #[test]
    fn removing_is_allowed_only_where_a_person_removed() {
        let lines = [line(7, vec![UnitIdentifiers::default(); 3])];
        let mut plan = Plan::default();
        assert!(!text(&lines, &plan).contains("allowRemove"));
        plan.remove(MarketItemId(7), 1, 1).unwrap();
        assert_eq!(
            text(&lines, &plan),
            r#"{"boxes":[{"items":[{"id":7,"fullCount":2}]}],"allowRemove":true}"#
        );
    }

    #[test]
    fn a_body_says_back_what_was_put_into_it() {
        let mut plan = Plan::default();
        let unit = |item, number| Unit {
            item: MarketItemId(item),
            number,
        };
        plan.put(unit(7, 1), Place::Split(vec![2, 3])).unwrap();
        let lines = [
            line(7, vec![marked()]),
            line(8, vec![UnitIdentifiers::default(); 2]),
        ];
        let item = |item, amount, instances| StoredBox {
            items: vec![StoredBoxItem {
                item: MarketItemId(item),
                amount,
                instances,
            }],
            ..StoredBox::default()
        };
        let code = || {
            vec![StoredInstance {
                cis_full: Some(CODE.into()),
                ..StoredInstance::default()
            }]
        };
        let part = |current| Amount::Part { current, total: 2 };
        assert_eq!(
            boxes_of_body(text(&lines, &plan).as_bytes()),
            Ok(vec![
                item(8, Amount::Full(2), vec![]),
                item(7, part(1), code()),
                item(7, part(2), code()),
            ]),
        );
    }

    #[test]
    fn a_stored_body_that_makes_no_sense_is_not_quoted() {
        for body in [
            r#"{"boxes":[{"items":[{"id":"secret"}]}]}"#,
            r#"{"boxes":[{"items":[{"id":7,"instances":[{"cis":"secret"}]}]}]}"#,
            r#"{"boxes":[{"items":[{"id":7,"fullCount":1,"partialCount":{"current":1,"total":2},"instances":[{"cis":"secret"}]}]}]}"#,
        ] {
            let error = boxes_of_body(body.as_bytes()).unwrap_err();
            assert!(
                matches!(&error, CallError::Argument(words) if !words.contains("secret")),
                "{error}"
            );
        }
    }

    #[test]
    fn a_layout_that_is_too_large_is_not_made() {
        let layout = Layout::of(&[line(7, vec![marked(); 20_000])], &Plan::default()).unwrap();
        assert!(matches!(body(&layout), Err(CallError::Argument(_))));
    }
}
