//! `POST /api/v3/order` (section 4.4.1): taking an order in.

use serde_json::{Value, json};

use super::{
    line::Line,
    no_order,
    order::{Buffer, EmissionOrder},
    wish::Wish,
};
use crate::{
    crpt::{
        Crpt,
        cms::{Flaw, Signature},
        front::{Done, json_body},
        headers::Query,
        ids::{Inn, uuid},
        participant::{GroupState, Participant, ProfileStatus},
        product_groups::ProductGroup,
        refusal::Refusal,
        signatures::{BodySignature, body_signature, check_signer},
    },
    exchange::Call,
    moscow::{self, start_of},
};

/// `paymentType` of codes that are paid for when they are made.
const AT_EMISSION: u8 = 1;

/// Creates an order. One without a signature waits for it; one whose signature is wrong is declined later.
pub(in crate::crpt) fn create(
    crpt: &mut Crpt,
    call: &Call,
    examined: Option<&Result<Signature, Flaw>>,
    now_ms: i64,
) -> Result<Done, Refusal> {
    let query = Query::of(call);
    let client = crpt.client(call, &query, now_ms)?;
    let signature = body_signature(examined)?;
    let body = json_body(call)?;
    let wish = Wish::read(&body, moscow::date(now_ms))?;
    let participant = crpt.known(&client.inn)?;
    check_participant(participant, wish.group)?;
    let (is_signed, decline) = match signature {
        BodySignature::Missing => (false, None),
        BodySignature::Good(one) => (true, check_signer(participant, one, now_ms).err()),
        BodySignature::Bad(flaw) => (true, Some(flaw)),
    };
    let reason = decline.clone();
    check_limits(crpt, &client.inn, now_ms)?;
    let decline = decline
        .or_else(|| unknown_gtin(crpt, &wish))
        .or_else(|| too_poor(crpt, &client.inn, &wish));
    let order_id = enter(crpt, &client.inn, &wish, decline, now_ms);
    let order = crpt.order_of_mut(&client.inn, &order_id)?;
    if is_signed {
        order.signed_ms = Some(now_ms);
    } else {
        order.waiting_body = Some(String::from_utf8_lossy(&call.body).into_owned());
    }
    let pace = order.pace;
    if order.decline.is_none() && wish.payment_type == Some(AT_EMISSION) {
        let cost = cost(crpt, &wish);
        crpt.spend(&client.inn, wish.group.alias, cost);
    }
    let done = Done::changed(json!({
        "omsId": query.oms_id()?,
        "orderId": order_id,
        "expectedCompleteTimestamp": pace.ready_ms.saturating_add(pace.fill_ms),
    }));
    Ok(done.because(reason))
}

/// Whether the company works, and with this group.
fn check_participant(participant: &Participant, group: &ProductGroup) -> Result<(), Refusal> {
    if participant.profile_status != ProfileStatus::Active {
        return Err(Refusal::bad_request(format!(
            "Профиль участника в статусе {}, создание заказа невозможно",
            participant.profile_status
        )));
    }
    let state = participant.groups.get(group.alias).map(|one| one.state);
    if state == Some(GroupState::Active) {
        return Ok(());
    }
    let words = if state.is_none() {
        "Участник не зарегистрирован в товарной группе"
    } else {
        "Товарная группа заблокирована для участника"
    };
    Err(Refusal::field("productGroup", words))
}

fn check_limits(crpt: &Crpt, inn: &Inn, now_ms: i64) -> Result<(), Refusal> {
    let count = |is: fn(&EmissionOrder, i64) -> bool| {
        crpt.emission
            .of(inn)
            .filter(|order| is(order, now_ms))
            .count()
    };
    let rules = &crpt.emission.rules;
    let limits = [
        (
            count(EmissionOrder::is_active),
            rules.active_limit,
            "активных",
        ),
        (
            count(EmissionOrder::is_queued),
            rules.queued_limit,
            "ожидающих обработки",
        ),
    ];
    for (there, limit, which) in limits {
        if there >= limit {
            return Err(Refusal::bad_request(format!(
                "Превышено максимальное количество {which} заказов: {limit}"
            )));
        }
    }
    Ok(())
}

/// The words about a GTIN the registry does not know.
fn unknown_gtin(crpt: &Crpt, wish: &Wish) -> Option<String> {
    let unknown = &crpt.emission.rules.unknown_gtins;
    let line = wish
        .lines
        .iter()
        .find(|line| unknown.contains(&line.gtin))?;
    Some(format!(
        "Контрольно-логическая проверка заказа не пройдена. 0106: Значение {} в поле 'GTIN' в документе 'Заказ КМ'{{1}} не найдено в реестре GTIN.",
        line.gtin
    ))
}

fn cost(crpt: &Crpt, wish: &Wish) -> i64 {
    let codes: i64 = wish.lines.iter().map(|line| i64::from(line.quantity)).sum();
    codes.saturating_mul(crpt.emission.rules.code_price)
}

/// The words about an account that does not bear the order.
fn too_poor(crpt: &Crpt, inn: &Inn, wish: &Wish) -> Option<String> {
    let cost = cost(crpt, wish);
    let group = crpt.participant(inn)?.groups.get(wish.group.alias)?;
    let balance = group.balance.unwrap_or(0);
    (balance < cost).then(|| {
        format!(
            "Недостаточно средств на лицевом счёте: доступно {} коп., требуется {cost} коп.",
            balance.max(0)
        )
    })
}

/// Writes the order down and returns its number.
fn enter(crpt: &mut Crpt, inn: &Inn, wish: &Wish, decline: Option<String>, now_ms: i64) -> String {
    let mut dice = crpt.dice(now_ms);
    let order_id = uuid(&mut dice);
    let emission = &mut crpt.emission;
    if emission.key == 0 {
        emission.key = dice.number() | 1;
    }
    let expires_ms = expiry(wish, now_ms);
    let buffers = wish
        .lines
        .iter()
        .map(|line| Buffer {
            gtin: line.gtin.clone(),
            template_id: line.template.id,
            cis_type: line.cis_type,
            quantity: line.quantity,
            first: 0,
            price: line.price,
            own_serials: line.own_serials.clone(),
            rejection: emission.duplicates(wish.group, line),
            expires_ms,
            closing: None,
            blocks: Vec::new(),
            applied: false,
            introduced: false,
        })
        .collect();
    let rules = &emission.rules;
    let mut order = EmissionOrder {
        order_id: order_id.clone(),
        inn: inn.clone(),
        product_group: wish.group.alias.to_owned(),
        release_method: wish.release,
        production_order_id: wish.production_order_id.clone(),
        service_provider_id: wish.service_provider_id.clone(),
        payment_type: wish.payment_type,
        created_ms: now_ms,
        signed_ms: None,
        waiting_body: None,
        pace: rules.pace,
        found_from_ms: now_ms.saturating_add(rules.search_delay_ms),
        decline,
        buffers,
    };
    for buffer in &mut order.buffers {
        let next = emission.emitted.entry(buffer.gtin.clone()).or_default();
        buffer.first = *next;
        *next += u64::from(buffer.quantity);
    }
    emission.orders.push(order);
    order_id
}

/// When codes nobody has taken are annulled: at midnight behind their last day.
fn expiry(wish: &Wish, now_ms: i64) -> Option<i64> {
    if wish.payment_type == Some(AT_EMISSION) {
        return None;
    }
    let days = wish.group.life_days?;
    let last = moscow::date(now_ms.saturating_add(i64::from(days).saturating_mul(moscow::DAY_MS)));
    start_of(last.tomorrow().ok()?)
}

impl super::Emission {
    /// The words about serial numbers of one's own that codes of the GTIN have already.
    fn duplicates(&self, group: &ProductGroup, line: &Line) -> Option<String> {
        let maker =
            super::codes::CodeMaker::new(self.key, &line.gtin, *line.template, group.country_digit);
        let emitted = self.emitted.get(&line.gtin).copied().unwrap_or(0);
        let others: std::collections::HashSet<&str> = self
            .orders
            .iter()
            .flat_map(|order| &order.buffers)
            .filter(|buffer| buffer.gtin == line.gtin && buffer.rejection.is_none())
            .flat_map(|buffer| &buffer.own_serials)
            .map(String::as_str)
            .collect();
        let mut seen = std::collections::HashSet::new();
        let taken: Vec<String> = line
            .own_serials
            .iter()
            .filter(|serial| {
                let is_made = maker
                    .own_number(serial.as_bytes())
                    .is_some_and(|number| number < emitted);
                !seen.insert(serial.as_str()) || others.contains(serial.as_str()) || is_made
            })
            .map(|serial| format!("01{}21{}", line.gtin, maker.with_country(serial)))
            .collect();
        (!taken.is_empty()).then(|| {
            format!(
                "All pools in statuses: REJECTED or REQUEST_ERROR. Following sGTINs were marked as duplicates [{}]",
                taken.join(", ")
            )
        })
    }
}

impl Crpt {
    /// A participant that is known to be there.
    pub(in crate::crpt) fn known(&self, inn: &Inn) -> Result<&Participant, Refusal> {
        self.participant(inn).ok_or_else(|| no_order(inn.as_str()))
    }

    /// Takes money off the account of a group, where there is one.
    pub(in crate::crpt) fn spend(&mut self, inn: &Inn, alias: &str, cost: i64) {
        let account = self
            .participants
            .iter_mut()
            .find(|one| one.inn == *inn)
            .and_then(|one| one.groups.get_mut(alias))
            .and_then(|group| group.balance.as_mut());
        if let Some(balance) = account {
            *balance = balance.saturating_sub(cost);
        }
    }
}

/// A member of an object that is a text, if it is there.
pub(super) fn text<'a>(body: &'a Value, name: &str) -> Option<&'a str> {
    body.get(name).and_then(Value::as_str)
}
