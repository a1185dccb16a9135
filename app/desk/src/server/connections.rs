//! Marketplace keys: checking, keeping, replacing, retiring, and reading their orders.

use super::{
    Desk,
    jobs::{JobKind, read_returns},
    ports::{
        market::CallError,
        readings::Reading,
        storage::{Connection, Job, JournalEntry, Transaction},
    },
    views,
    when::when,
};
use crate::{
    account::{Actor, Permission},
    connection::{ConnectionView, ConnectionsPage, KeyReport, ShopView, SyncState},
    ids::{LegalEntityId, MarketplaceConnectionId, OrganisationId, ShopId},
    journal::Action,
    legal_entity::{Inn, Kpp, LegalEntity},
    live::Change,
    problem::Problem,
    time::Timestamp,
};
use secrecy::{ExposeSecret as _, SecretString};

/// The legal entity as a form says it; empty texts are «not said».
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnerForm {
    /// The name.
    pub name: String,
    /// ИНН.
    pub inn: String,
    /// КПП.
    pub kpp: String,
}

impl Desk {
    /// Every connection in use.
    pub async fn connections(&self, actor: &Actor) -> Result<ConnectionsPage, Problem> {
        let now = self.now();
        let organisation = actor.organisation;
        let mut tx = self.read().await?;
        let entities = tx.legal_entities(organisation).await?;
        let shops = tx.shops(organisation).await?;
        let hooks = tx.hooks(organisation).await?;
        let jobs = tx
            .jobs_of_kind(organisation, JobKind::SyncOrders.as_str())
            .await?;
        let may_manage = actor.role.may(Permission::ManageConnections);
        let mut connections = Vec::new();
        for connection in tx.connections(organisation).await? {
            connections.push(ConnectionView {
                id: connection.id,
                label: connection.label,
                key_ending: connection.key_ending,
                legal_entity: entities
                    .iter()
                    .find(|entity| Some(entity.id) == connection.legal_entity)
                    .cloned(),
                report: connection.report,
                checked: connection.checked_at.map(|at| when(at, now, true)),
                shops: shops
                    .iter()
                    .filter(|shop| shop.connection == connection.id)
                    .map(|shop| ShopView {
                        id: shop.id,
                        facts: shop.facts.clone(),
                        orders: shop.orders,
                        synced: shop.synced_at.map(|at| when(at, now, true)),
                    })
                    .collect(),
                sync: sync_of(
                    &jobs,
                    connection.id,
                    connection.reading.as_ref(),
                    connection.synced_to,
                    now,
                ),
                test_orders: connection.test_orders,
                hook: hooks
                    .iter()
                    .find(|hook| hook.connection == connection.id)
                    .map(|hook| self.hook_view(hook, may_manage, now)),
            });
        }
        Ok(ConnectionsPage {
            connections,
            may_manage,
        })
    }

    /// What a key may do, without keeping it.
    pub async fn check_key(&self, _actor: &Actor, key: String) -> Result<KeyReport, Problem> {
        self.ask_about(&parse_key(key)?).await
    }

    /// Checks a key and keeps it with its shops; their orders begin to be read.
    pub async fn add_connection(
        &self,
        actor: &Actor,
        key: String,
        label: &str,
        owner: &OwnerForm,
    ) -> Result<ConnectionsPage, Problem> {
        let key = parse_key(key)?;
        let owner = self.parse_owner(owner)?;
        let report = self.ask_about(&key).await?;
        let organisation = actor.organisation;
        let connection = Connection {
            id: self.id(MarketplaceConnectionId::from_parts)?,
            label: label_or_default(label, &report),
            key_ending: ending(&key),
            legal_entity: owner.as_ref().map(|entity| entity.id),
            business: report.shops.first().map(|shop| shop.business),
            checked_at: Some(self.now()),
            synced_to: None,
            sync_read: 0,
            reading: None,
            test_orders: false,
            report: Some(report),
        };
        let mut tx = self.write().await?;
        for known in tx.connections(organisation).await? {
            if let Some(kept) = tx.key(organisation, known.id).await?
                && kept.expose_secret() == key.expose_secret()
            {
                return Err(Problem::KeyKnown { label: known.label });
            }
        }
        if let Some(entity) = &owner {
            tx.save_legal_entity(organisation, entity, self.now())
                .await?;
        }
        tx.add_connection(organisation, &connection, &key, self.now())
            .await?;
        self.save_shops(&mut *tx, organisation, &connection).await?;
        self.note_key(&mut *tx, actor, Action::KeyAdded, &connection)
            .await?;
        self.enqueue_sync(&mut *tx, organisation, connection.id)
            .await?;
        tx.commit().await?;
        self.after_change(organisation, connection.id);
        self.connections(actor).await
    }

    /// Checks a kept key again.
    pub async fn recheck(
        &self,
        actor: &Actor,
        id: MarketplaceConnectionId,
    ) -> Result<ConnectionsPage, Problem> {
        let organisation = actor.organisation;
        let key = self
            .read()
            .await?
            .key(organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        let report = self.ask_about(&key).await?;
        let mut tx = self.write().await?;
        let mut connection = tx
            .connection(organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        connection.business = report
            .shops
            .first()
            .map(|shop| shop.business)
            .or(connection.business);
        connection.report = Some(report);
        connection.checked_at = Some(self.now());
        tx.save_connection(organisation, &connection).await?;
        self.save_shops(&mut *tx, organisation, &connection).await?;
        self.enqueue_sync(&mut *tx, organisation, id).await?;
        tx.commit().await?;
        self.after_change(organisation, id);
        self.connections(actor).await
    }

    /// Puts another key of the same cabinet in the place of the old one.
    pub async fn replace_key(
        &self,
        actor: &Actor,
        id: MarketplaceConnectionId,
        key: String,
    ) -> Result<ConnectionsPage, Problem> {
        let key = parse_key(key)?;
        let report = self.ask_about(&key).await?;
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        let mut connection = tx
            .connection(organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        let theirs = report.shops.first();
        if let (Some(ours), Some(theirs)) = (connection.business, theirs)
            && ours != theirs.business
        {
            let name = connection
                .report
                .as_ref()
                .and_then(|report| report.shops.first());
            return Err(Problem::OtherCabinet {
                ours: name.map_or_else(|| ours.to_string(), |shop| shop.business_name.clone()),
                theirs: theirs.business_name.clone(),
            });
        }
        connection.business = theirs.map(|shop| shop.business).or(connection.business);
        connection.key_ending = ending(&key);
        connection.report = Some(report);
        connection.checked_at = Some(self.now());
        tx.replace_key(organisation, id, &key).await?;
        tx.save_connection(organisation, &connection).await?;
        self.save_shops(&mut *tx, organisation, &connection).await?;
        self.note_key(&mut *tx, actor, Action::KeyReplaced, &connection)
            .await?;
        self.enqueue_sync(&mut *tx, organisation, id).await?;
        self.wake_shops(&mut *tx, organisation, id).await?;
        tx.commit().await?;
        self.after_change(organisation, id);
        self.connections(actor).await
    }

    /// Retires a connection: its key is destroyed, orders and codes stay.
    pub async fn retire(
        &self,
        actor: &Actor,
        id: MarketplaceConnectionId,
    ) -> Result<ConnectionsPage, Problem> {
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        let connection = tx
            .connection(organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        tx.retire_connection(organisation, id, self.now()).await?;
        self.note_key(&mut *tx, actor, Action::ConnectionRetired, &connection)
            .await?;
        tx.commit().await?;
        self.after_change(organisation, id);
        self.connections(actor).await
    }

    /// Switches the reading of the marketplace's own test orders on or off. What was read stays.
    pub async fn set_test_orders(
        &self,
        actor: &Actor,
        id: MarketplaceConnectionId,
        on: bool,
    ) -> Result<ConnectionsPage, Problem> {
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        let mut connection = tx
            .connection(organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        if connection.test_orders != on {
            connection.test_orders = on;
            tx.save_connection(organisation, &connection).await?;
            let entry = JournalEntry {
                at: self.now(),
                user: Some(actor.user),
                action: Action::TestOrders,
                subject: connection.label,
                detail: if on { "+" } else { "−" }.into(),
            };
            tx.write_journal(organisation, &entry).await?;
            self.enqueue_sync(&mut *tx, organisation, id).await?;
        }
        tx.commit().await?;
        self.after_change(organisation, id);
        self.connections(actor).await
    }

    /// Reads the orders of a connection again, and the returns of its shops.
    pub async fn sync_connection(
        &self,
        actor: &Actor,
        id: MarketplaceConnectionId,
    ) -> Result<ConnectionsPage, Problem> {
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        tx.connection(organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        self.enqueue_sync(&mut *tx, organisation, id).await?;
        for shop in tx.shops(organisation).await? {
            if shop.connection == id && shop.facts.usable() {
                read_returns::enqueue(self, &mut *tx, organisation, shop.id).await?;
            }
        }
        tx.commit().await?;
        self.after_change(actor.organisation, id);
        self.connections(actor).await
    }

    /// Reads the orders of every connection again.
    pub async fn sync_all(&self, actor: &Actor) -> Result<(), Problem> {
        let mut tx = self.write().await?;
        for connection in tx.connections(actor.organisation).await? {
            self.enqueue_sync(&mut *tx, actor.organisation, connection.id)
                .await?;
        }
        tx.commit().await?;
        self.wake_runner();
        self.tell(actor.organisation, Change::Orders);
        Ok(())
    }

    /// The reading of orders as the list shows it: the worst of all connections.
    pub(super) async fn worst_sync(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
    ) -> Result<(SyncState, bool), Problem> {
        const fn badness(state: &SyncState) -> u8 {
            match state {
                SyncState::Stopped { .. } => 4,
                SyncState::Waiting { .. } => 3,
                SyncState::Running(_) => 2,
                SyncState::Done(_) => 1,
                SyncState::Never => 0,
            }
        }
        let now = self.now();
        let mut worst = SyncState::Never;
        let connections = tx.connections(organisation).await?;
        let connected = !connections.is_empty();
        let jobs = tx
            .jobs_of_kind(organisation, JobKind::SyncOrders.as_str())
            .await?;
        for connection in connections {
            let state = sync_of(
                &jobs,
                connection.id,
                connection.reading.as_ref(),
                connection.synced_to,
                now,
            );
            if badness(&state) > badness(&worst) {
                worst = state;
            }
        }
        Ok((worst, connected))
    }

    async fn ask_about(&self, key: &SecretString) -> Result<KeyReport, Problem> {
        let info = self
            .outside
            .market
            .key_info(key)
            .await
            .map_err(|error| self.key_problem(error))?;
        let shops = self
            .outside
            .market
            .shops(key)
            .await
            .map_err(|error| self.key_problem(error))?;
        Ok(KeyReport {
            name: info.name,
            scopes: info.scopes,
            shops,
        })
    }

    /// A refusal of a check is about the key; everything else is about the call.
    fn key_problem(&self, error: CallError) -> Problem {
        match error {
            CallError::Refused(words) if matches!(words.http, 401 | 403) => {
                Problem::KeyRefused { words }
            }
            other => self.call_problem(other),
        }
    }

    /// What a failed call means to a person.
    pub(super) fn call_problem(&self, error: CallError) -> Problem {
        match error {
            CallError::Refused(words) => Problem::Refused { words },
            CallError::Limited { until } => Problem::Limited {
                until: when(until, self.now(), true),
            },
            CallError::NotSent(cause) | CallError::NoAnswer(cause) => {
                tracing::warn!(cause, "the marketplace did not answer");
                Problem::NoAnswer
            }
            CallError::NotUnderstood { http, at } => {
                tracing::warn!(http, at, "the marketplace's answer was not understood");
                Problem::NotUnderstood
            }
            CallError::Argument(cause) => {
                tracing::warn!(cause, "a call could not be made");
                Problem::BadKey
            }
        }
    }

    async fn save_shops(
        &self,
        tx: &mut dyn Transaction,
        organisation: OrganisationId,
        connection: &Connection,
    ) -> Result<(), Problem> {
        for facts in connection.report.iter().flat_map(|report| &report.shops) {
            tx.save_shop(
                organisation,
                self.id(ShopId::from_parts)?,
                connection.id,
                facts,
            )
            .await?;
        }
        Ok(())
    }

    async fn note_key(
        &self,
        tx: &mut dyn Transaction,
        actor: &Actor,
        action: Action,
        connection: &Connection,
    ) -> Result<(), Problem> {
        let entry = JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action,
            subject: connection.label.clone(),
            detail: format!("…{}", connection.key_ending),
        };
        Ok(tx.write_journal(actor.organisation, &entry).await?)
    }

    pub(super) fn after_change(&self, organisation: OrganisationId, id: MarketplaceConnectionId) {
        self.wake_runner();
        self.tell(organisation, Change::Connection { connection: id });
    }

    pub(super) fn parse_owner(&self, form: &OwnerForm) -> Result<Option<LegalEntity>, Problem> {
        let (name, inn, kpp) = (form.name.trim(), form.inn.trim(), form.kpp.trim());
        if name.is_empty() && inn.is_empty() && kpp.is_empty() {
            return Ok(None);
        }
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let inn = said(inn)
            .map(|text| text.parse::<Inn>())
            .transpose()
            .map_err(|error| Problem::BadInn { error })?;
        let kpp = said(kpp)
            .map(|text| text.parse::<Kpp>())
            .transpose()
            .map_err(|error| Problem::BadKpp { error })?;
        let name = said(name)
            .or_else(|| inn.as_ref().map(ToString::to_string))
            .ok_or(Problem::EmptyName)?;
        Ok(Some(LegalEntity {
            id: self.id(LegalEntityId::from_parts)?,
            name,
            inn,
            kpp,
        }))
    }
}

/// A key is what a header can carry: visible ASCII. Its inner shape is the marketplace's business.
/// How the reading of a connection's orders goes, told from its job among those of all connections.
fn sync_of(
    jobs: &[Job],
    id: MarketplaceConnectionId,
    reading: Option<&Reading>,
    synced_to: Option<Timestamp>,
    now: Timestamp,
) -> SyncState {
    let subject = id.to_string();
    let job = jobs.iter().find(|job| job.subject == subject);
    views::sync(job, reading, synced_to, now)
}

fn parse_key(key: String) -> Result<SecretString, Problem> {
    let key = SecretString::from(key);
    let trimmed = key.expose_secret().trim();
    if trimmed.is_empty() || trimmed.len() > 512 || !trimmed.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Problem::BadKey);
    }
    Ok(SecretString::from(trimmed))
}

/// The last four characters of a key long enough that they give nothing away.
fn ending(key: &SecretString) -> String {
    let text = key.expose_secret();
    if text.len() < 16 {
        String::new()
    } else {
        text.chars().skip(text.chars().count() - 4).collect()
    }
}

fn label_or_default(label: &str, report: &KeyReport) -> String {
    let label = label.trim();
    if !label.is_empty() {
        return label.to_owned();
    }
    report
        .shops
        .first()
        .map_or_else(|| report.name.clone(), |shop| shop.business_name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_trimmed_and_what_no_header_carries_is_refused() {
        assert_eq!(
            parse_key(" ACMA:abc:12 \n".into()).unwrap().expose_secret(),
            "ACMA:abc:12"
        );
        for bad in ["", "   ", "ключ", "two words", "a\u{1d}b"] {
            assert_eq!(
                parse_key(bad.into()).unwrap_err(),
                Problem::BadKey,
                "{bad:?}"
            );
        }
    }

    #[test]
    fn the_ending_of_a_short_key_is_not_shown() {
        assert_eq!(
            ending(&SecretString::from("ACMA:0123456789:abcd1234")),
            "1234"
        );
        assert_eq!(ending(&SecretString::from("short")), "");
    }
}
