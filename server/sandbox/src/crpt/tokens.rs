//! Tokens: giving them, and asking whose they are.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use super::{
    Crpt, CrptError,
    headers::{Query, bearer, header},
    ids::{Inn, uuid},
    participant::{Device, GivenToken, Participant, Token},
    refusal::Refusal,
};
use crate::{dice::Dice, exchange::Call};

/// How many tokens of a device that were put out are remembered, and how many of True API are kept.
const REMEMBERED: usize = 32;

/// What СУЗ says to a token it does not take.
const NO_TOKEN: &str = "Маркер безопасности не найден или срок его действия истёк";

/// Who calls СУЗ.
pub(super) struct Client {
    /// The company.
    pub(super) inn: Inn,
    /// Whether the call has changed the world: the first one with a dynamic token ends the static ones.
    pub(super) changed: bool,
}

/// What a token is to a device.
enum Standing {
    Live,
    Static,
    Replaced,
    Over,
}

impl Crpt {
    /// Gives a device a token, which puts out the one before.
    pub(super) fn give_device_token(
        &mut self,
        inn: &Inn,
        connection: &str,
        until_ms: i64,
        now_ms: i64,
    ) -> Result<&GivenToken, CrptError> {
        let value = Token::new(&uuid(&mut self.dice(now_ms)));
        let device = self
            .participant_mut(inn)?
            .live_device_mut(connection)
            .ok_or_else(|| CrptError::NoDevice(inn.clone(), connection.to_owned()))?;
        device.given += 1;
        if let Some(former) = device.token.take() {
            device.replaced.push(former.value);
            let most = device.replaced.len().saturating_sub(REMEMBERED);
            device.replaced.drain(..most);
        }
        Ok(device.token.insert(GivenToken {
            value,
            given_ms: now_ms,
            until_ms,
        }))
    }

    /// Gives a company tokens of True API: one of each form, a JWT and a UUID.
    pub(super) fn give_bearers(
        &mut self,
        inn: &Inn,
        until_ms: i64,
        now_ms: i64,
    ) -> Result<(Token, Token), CrptError> {
        let mut dice = self.dice(now_ms);
        let tokens = (jwt(inn, until_ms, &mut dice), Token::new(&uuid(&mut dice)));
        let participant = self.participant_mut(inn)?;
        let bearers = &mut participant.bearers;
        bearers.retain(|one| now_ms < one.until_ms);
        bearers.extend([&tokens.0, &tokens.1].map(|value| GivenToken {
            value: value.clone(),
            given_ms: now_ms,
            until_ms,
        }));
        let most = bearers.len().saturating_sub(REMEMBERED);
        bearers.drain(..most);
        Ok(tokens)
    }

    /// The company whose token of True API a request bears.
    pub(super) fn bearer(&self, call: &Call, now_ms: i64) -> Option<&Participant> {
        let token = bearer(call)?;
        self.participants.iter().find(|one| {
            one.bearers
                .iter()
                .any(|known| known.value.reveal() == token && now_ms < known.until_ms)
        })
    }

    /// The company whose `clientToken` a request of СУЗ bears, when it is the one it names.
    pub(super) fn client(
        &mut self,
        call: &Call,
        query: &Query,
        now_ms: i64,
    ) -> Result<Client, Refusal> {
        let oms_id = query.oms_id()?;
        let token = header(call, "clienttoken")
            .filter(|token| !token.is_empty())
            .ok_or_else(|| Refusal::unauthorized("Не указан маркер безопасности"))?;
        let found = self.participants.iter_mut().find_map(|participant| {
            let standing = participant
                .devices
                .iter()
                .find_map(|device| standing(device, token, now_ms))?;
            Some((participant, standing))
        });
        let Some((participant, standing)) = found else {
            return Err(Refusal::unauthorized(NO_TOKEN));
        };
        match standing {
            Standing::Over => return Err(Refusal::unauthorized(NO_TOKEN)),
            Standing::Static if participant.static_tokens_ended => {
                return Err(Refusal::unauthorized(NO_TOKEN));
            }
            Standing::Replaced => return Err(Refusal::other_company(token, oms_id)),
            Standing::Live | Standing::Static => {}
        }
        if participant.oms_id.as_str() != oms_id {
            return Err(Refusal::other_company(token, oms_id));
        }
        let changed = matches!(standing, Standing::Live) && !participant.static_tokens_ended;
        participant.static_tokens_ended |= changed;
        Ok(Client {
            inn: participant.inn.clone(),
            changed,
        })
    }
}

/// What a token is to a device, `None` when it has never been the device's.
fn standing(device: &Device, token: &str, now_ms: i64) -> Option<Standing> {
    let is = |known: &Token| known.reveal() == token;
    let standing = if let Some(live) = device.token.as_ref().filter(|one| is(&one.value)) {
        if now_ms < live.until_ms {
            Standing::Live
        } else {
            Standing::Over
        }
    } else if device.static_token.as_ref().is_some_and(is) {
        Standing::Static
    } else if device.replaced.iter().any(is) {
        Standing::Replaced
    } else {
        return None;
    };
    Some(if device.deleted {
        Standing::Over
    } else {
        standing
    })
}

/// A token that looks like a JWT. Nobody verifies it, so its last part is chance.
fn jwt(inn: &Inn, until_ms: i64, dice: &mut Dice) -> Token {
    let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = part(json!({ "alg": "HS256", "typ": "JWT" }));
    let body = part(json!({ "inn": inn, "exp": until_ms / 1_000 }));
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    Token::new(&format!("{head}.{body}.{}", dice.text(letters, 43)))
}
