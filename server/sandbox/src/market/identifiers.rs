//! `PUT /v2/campaigns/{campaignId}/orders/{orderId}/identifiers`: identifiers of units of a DBS order.
//!
//! See <https://yandex.ru/dev/market/partner-api/doc/ru/reference/orders/provideOrderItemIdentifiers>.

use std::collections::HashSet;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{
    cis_pattern::{identity, objection},
    countries::is_country,
    fields::Field,
    ids::ItemId,
    order::{Instance, InstanceType, Item, Order, OrderStatus},
    refusal::{ApiError, Refusal},
    wire,
};

/// The identifiers a request brings for one line.
#[derive(Debug)]
struct Line {
    id: ItemId,
    instances: Vec<Instance>,
}

/// A request whose shape is right; whether it fits the order is another question.
#[derive(Debug)]
pub(super) struct Request {
    lines: Vec<Line>,
}

impl Request {
    /// Reads the body of the request.
    pub(super) fn read(body: &Value) -> Result<Self, Refusal> {
        let items = Field::root(body).member("items")?.required()?;
        let lines = items
            .elements()?
            .unwrap_or_default()
            .into_iter()
            .map(|item| {
                let instances = item.member("instances")?.required()?;
                Ok(Line {
                    id: item.member("id")?.read_required()?,
                    instances: instances
                        .elements()?
                        .unwrap_or_default()
                        .iter()
                        .map(read_instance)
                        .collect::<Result<_, Refusal>>()?,
                })
            })
            .collect::<Result<_, Refusal>>()?;
        Ok(Self { lines })
    }
}

fn read_instance(field: &Field<'_>) -> Result<Instance, Refusal> {
    let instance = Instance {
        cis: field.member("cis")?.read()?,
        uin: field.member("uin")?.read()?,
        rnpt: field.member("rnpt")?.read()?,
        gtd: field.member("gtd")?.read()?,
        country_code: field.member("countryCode")?.read()?,
    };
    if instance == Instance::default() {
        return Err(Refusal::bad_request(format!(
            "'{}' must not be empty (rejected value: '{{}}')",
            field.path()
        )));
    }
    Ok(instance)
}

/// Stores the identifiers in the order and answers with its lines, or changes nothing and says everything that is wrong.
pub(super) fn store(order: &mut Order, request: Request, now_ms: i64) -> Result<Value, Refusal> {
    check_status(order)?;
    let errors = check_lines(order, &request);
    if !errors.is_empty() {
        return Err(Refusal {
            status: StatusCode::BAD_REQUEST,
            errors,
        });
    }
    for line in request.lines {
        if let Some(item) = order.items.iter_mut().find(|item| item.id == line.id) {
            item.instances = line.instances;
        }
    }
    order.updated_ms = now_ms;
    let items: Vec<Value> = order
        .items
        .iter()
        .filter(|item| !item.required_instance_types.is_empty() || !item.instances.is_empty())
        .map(wire::brief_item)
        .collect();
    Ok(json!({ "status": "OK", "result": { "items": items } }))
}

fn check_status(order: &Order) -> Result<(), Refusal> {
    let substatus = order.substatus.as_str();
    match (order.status, substatus) {
        (OrderStatus::Processing, "READY_TO_SHIP" | "SHIPPED") => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "ORDER_MODIFICATION_NOT_ALLOWED",
            "Attempt to change order items or instances after READY_TO_SHIP",
        )),
        (OrderStatus::Processing, _) => Ok(()),
        (status, _) => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "ACTION_FORBIDDEN",
            format!(
                "Action is not allowed for order '{}' with status '{status}' and substatus '{substatus}'",
                order.order_id
            ),
        )),
    }
}

fn check_lines(order: &Order, request: &Request) -> Vec<ApiError> {
    let mut errors = Vec::new();
    let mut lines_seen = HashSet::new();
    // What stays stored on the other lines counts as taken: one order cannot hold the same mark twice.
    let mut marks_seen: HashSet<Mark<'_>> = order
        .items
        .iter()
        .filter(|item| !request.lines.iter().any(|line| line.id == item.id))
        .flat_map(|item| item.instances.iter().flat_map(marks))
        .collect();
    for line in &request.lines {
        let id = line.id;
        if !lines_seen.insert(id) {
            errors.push(ApiError::new(
                "ITEM_DUPLICATE",
                format!("Item with id = {id} is duplicated"),
            ));
            continue;
        }
        let Some(item) = order.items.iter().find(|item| item.id == id) else {
            errors.push(ApiError::new(
                "ITEM_NOT_FOUND",
                format!("Item with id = {id} not found in order {}", order.order_id),
            ));
            continue;
        };
        errors.extend(check_count(item, &line.instances));
        for instance in &line.instances {
            errors.extend(check_instance(item, instance));
            for mark in marks(instance) {
                if !marks_seen.insert(mark) {
                    errors.push(mark.duplicate(id));
                }
            }
        }
    }
    errors
}

/// What may stand in an order only once.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Mark<'a> {
    Cis(&'a str),
    Uin(&'a str),
}

impl Mark<'_> {
    fn duplicate(self, id: ItemId) -> ApiError {
        match self {
            Self::Cis(cis) => ApiError::new(
                "DUPLICATE_CIS",
                format!("Duplicate cis for item with id = {id}: {cis}"),
            ),
            Self::Uin(uin) => ApiError::new(
                "DUPLICATE_UIN",
                format!("Duplicate uin for item with id = {id}: {uin}"),
            ),
        }
    }
}

fn marks(instance: &Instance) -> impl Iterator<Item = Mark<'_>> {
    let cis = instance.cis.as_deref().map(|cis| Mark::Cis(identity(cis)));
    let uin = instance.uin.as_deref().map(Mark::Uin);
    cis.into_iter().chain(uin)
}

/// One set of identifiers per unit, and in each what the line must have.
fn check_count(item: &Item, instances: &[Instance]) -> Option<ApiError> {
    let with_cis = instances.iter().filter(|one| one.cis.is_some()).count();
    let with_uin = instances.iter().filter(|one| one.uin.is_some()).count();
    let jewellery = item.asks(InstanceType::Uin) || (with_uin > 0 && with_cis == 0);
    let must = item.asks(InstanceType::Uin) || item.asks(InstanceType::Cis);
    let count = usize::try_from(item.count).unwrap_or(usize::MAX);
    let marked = if jewellery { with_uin } else { with_cis };
    let passed = if instances.len() == count && (must || marked > 0) {
        marked
    } else {
        instances.len()
    };
    let (many, few, name) = if jewellery {
        ("TOO_MANY_UINS_FOR_ITEM", "TOO_FEW_UINS_FOR_ITEM", "uins")
    } else {
        ("TOO_MANY_CISES_FOR_ITEM", "TOO_FEW_CISES_FOR_ITEM", "cises")
    };
    let (code, how) = match passed.cmp(&count) {
        std::cmp::Ordering::Equal => return None,
        std::cmp::Ordering::Greater => (many, "many"),
        std::cmp::Ordering::Less => (few, "few"),
    };
    Some(ApiError::new(
        code,
        format!(
            "Too {how} {name} for item with id = {}: expected {count}, passed {passed}",
            item.id
        ),
    ))
}

fn check_instance(item: &Item, instance: &Instance) -> Vec<ApiError> {
    let id = item.id;
    let mut errors = Vec::new();
    let mut wrong = |code: &str, message: String| errors.push(ApiError::new(code, message));

    if instance.cis.is_some() && instance.uin.is_some() {
        wrong(
            "INVALID_ITEM",
            format!("Only one marking system is allowed for item with id = {id}"),
        );
    }
    if let Some(reason) = instance.cis.as_deref().and_then(objection) {
        wrong(
            "INVALID_CIS",
            format!("Invalid incoming cis for item with id = {id} for reason: {reason}"),
        );
    }
    if let Some(uin) = &instance.uin
        && !digit_groups(uin, &[16])
    {
        wrong(
            "INVALID_UIN",
            format!("Invalid incoming uin for item with id = {id}: '{uin}'"),
        );
    }
    match &instance.rnpt {
        Some(rnpt) if !digit_groups(rnpt, &[8, 6, 7, 3]) => wrong(
            "INVALID_RNPT",
            format!("Invalid incoming rnpt for item with id = {id}: '{rnpt}'"),
        ),
        None if item.asks(InstanceType::Rnpt) => wrong(
            "INVALID_RNPT",
            format!("Rnpt is required for item with id = {id}"),
        ),
        _ => {}
    }
    if let Some(gtd) = &instance.gtd
        && !digit_groups(gtd, &[8, 6, 7])
    {
        wrong(
            "INVALID_GTD",
            format!("Invalid incoming gtd for item with id = {id}: '{gtd}'"),
        );
    }
    if let Some(code) = &instance.country_code
        && !is_country(code)
    {
        wrong(
            "INVALID_COUNTRY_CODE",
            format!("String ({code}) is not a valid country code according to ISO 3166-1 alpha-2"),
        );
    }
    let gtd_alone = instance.gtd.is_some() && instance.country_code.is_none();
    let gtd_missing = item.asks(InstanceType::Gtd) && instance.gtd.is_none();
    if gtd_alone || gtd_missing {
        wrong(
            "COUNTRY_CODE_AND_GTD_ARE_REQUIRED_VALIDATION_ERROR",
            format!("Country code and gtd are required for item with id = {id}"),
        );
    }
    errors
}

/// Whether a text is groups of digits of these lengths with slashes between them.
fn digit_groups(text: &str, lengths: &[usize]) -> bool {
    let groups: Vec<&str> = text.split('/').collect();
    groups.len() == lengths.len()
        && groups.iter().zip(lengths).all(|(group, length)| {
            group.len() == *length && group.bytes().all(|byte| byte.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_customs_have_groups_of_fixed_lengths() {
        assert!(digit_groups("10228010/120926/3144556", &[8, 6, 7]));
        assert!(!digit_groups("10228010/120926/3144556/001", &[8, 6, 7]));
        assert!(!digit_groups("10228010/12092A/3144556", &[8, 6, 7]));
        assert!(!digit_groups("10228010120926/3144556", &[8, 6, 7]));
    }
}
