//! Identifiers of one unit and what is checked in them, whichever method brings them.

use axum::http::StatusCode;

use super::{
    cis_pattern::{identity, objection},
    countries::is_country,
    fields::Field,
    ids::ItemId,
    order::{Instance, InstanceType, Item, Order, OrderStatus},
    refusal::{ApiError, Refusal},
};

/// Reads `BriefOrderItemInstanceDTO`.
pub(super) fn read_instance(field: &Field<'_>) -> Result<Instance, Refusal> {
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

/// Whether lines and identifiers may still change.
pub(super) fn check_status(order: &Order) -> Result<(), Refusal> {
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

/// What may stand in an order only once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mark<'a> {
    /// A marking code by its identity: another tail does not make another unit.
    Cis(&'a str),
    /// A jewellery number.
    Uin(&'a str),
}

impl Mark<'_> {
    /// The error of a mark that is there already.
    pub(super) fn duplicate(self, id: ItemId) -> ApiError {
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

/// The marks of one unit.
pub(super) fn marks(instance: &Instance) -> impl Iterator<Item = Mark<'_>> {
    let cis = instance.cis.as_deref().map(|cis| Mark::Cis(identity(cis)));
    let uin = instance.uin.as_deref().map(Mark::Uin);
    cis.into_iter().chain(uin)
}

/// One set of identifiers per unit, and in each what the line must have.
pub(super) fn check_count(item: &Item, instances: &[Instance]) -> Option<ApiError> {
    let with_cis = instances.iter().filter(|one| one.cis.is_some()).count();
    let with_uin = instances.iter().filter(|one| one.uin.is_some()).count();
    let jewellery = item.asks(InstanceType::Uin) || (with_uin > 0 && with_cis == 0);
    let must = item.asks(InstanceType::Uin) || item.asks(InstanceType::Cis);
    let count = item.units();
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

/// What is wrong with the identifiers of one unit of a line.
pub(super) fn check_instance(item: &Item, instance: &Instance) -> Vec<ApiError> {
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
