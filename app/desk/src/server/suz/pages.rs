//! What people see of СУЗ.

use super::{
    super::{
        Desk,
        jobs::JobKind,
        ports::{
            storage::{Job, JobState, Transaction},
            suz::{Act, Device, Door, Knower, SuzConnection, TokenRow},
        },
        when::when,
    },
    link::Link,
    permit,
    signing::waiting,
};
use crate::{
    account::{Actor, Email, Permission},
    ids::SuzConnectionId,
    journal::Action,
    legal_entity::LegalEntity,
    problem::Problem,
    suz::{
        Contour, DeviceState, DeviceView, SigningWay, TokenState, Why,
        check::CheckView,
        document::WaitingDocument,
        token::{NOTICE_MILLIS, TokenFacts},
        view::{
            Attention, ConnectChoice, LookView, Passport, ProfileView, SuzCard, SuzConnectionView,
            SuzPage,
        },
    },
    time::{Timestamp, When},
};

/// Looks at the ids that a page shows.
const LOOKS: u32 = 50;

/// What every page of СУЗ reads.
struct Seen {
    now: Timestamp,
    entities: Vec<LegalEntity>,
    waiting: Vec<WaitingDocument>,
    checks: Vec<Job>,
    attention: Attention,
}

impl Desk {
    /// Every link of the organisation with its state.
    pub async fn suz(&self, actor: &Actor) -> Result<SuzPage, Problem> {
        permit(actor, Permission::ReadSuz)?;
        let organisation = actor.organisation;
        let mut tx = self.read().await?;
        let seen = self.seen(&mut *tx, actor).await?;
        let mut cards = Vec::new();
        for connection in tx.suz_connections(organisation).await? {
            let Some(entity) = seen.entity(&connection) else {
                continue;
            };
            let devices = tx.suz_devices_of(organisation, connection.id).await?;
            let tokens = tx.suz_tokens_of(organisation, connection.id).await?;
            cards.push(seen.card(&connection, entity, &devices, &tokens));
        }
        drop(tx);
        Ok(SuzPage {
            connections: cards,
            choice: self.choice(actor, &seen.entities).await,
            attention: seen.attention,
            may_manage: actor.role.may(Permission::ManageSuz),
        })
    }

    /// One link. Who may not manage it sees its state alone: no ids, no devices, no money.
    pub async fn suz_connection(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
    ) -> Result<SuzConnectionView, Problem> {
        permit(actor, Permission::ReadSuz)?;
        let organisation = actor.organisation;
        let mut tx = self.read().await?;
        let link = Link::read(&mut *tx, organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        let seen = self.seen(&mut *tx, actor).await?;
        let tokens = tx.suz_tokens_of(organisation, id).await?;
        let acts = tx.suz_acts(organisation, id, LOOKS).await?;
        let knowers = tx.suz_knowers(organisation, id).await?;
        drop(tx);
        let contour = link.connection.contour;
        let ways = self.ways(organisation, &link.entity, contour).await;
        let here = self.certificate_here(&link).await;
        let certificate = here.or_else(|| link.connection.certificate.clone());
        let refused = refused(&link, &tokens);
        let view = SuzConnectionView {
            refused,
            id,
            registers: self.outside.suz.registration_key(contour).is_some(),
            oms_id: link.connection.oms_id.map(crate::suz::OmsId::masked),
            oms_id_told: link.connection.oms_id_told,
            edo_id: link.connection.edo_id.clone(),
            devices: link
                .devices
                .iter()
                .map(|device| seen.device(&link, device, &tokens, &acts, &knowers))
                .collect(),
            profile: seen.profile(&link.connection),
            true_api: seen.token(&link.connection, &tokens, link.true_api()),
            way: link.connection.way,
            ways,
            warnings: certificate
                .as_ref()
                .map(|one| one.warnings(link.entity.inn.as_ref(), seen.now))
                .unwrap_or_default(),
            certificate,
            static_tokens_accepted: link.connection.accepted.is_some(),
            check: seen.check(&link.connection),
            waiting: seen.waiting_of(id),
            looks: acts.iter().filter_map(|act| seen.look(act)).collect(),
            attention: seen.attention,
            may_manage: actor.role.may(Permission::ManageSuz),
            legal_entity: link.entity,
            contour,
        };
        Ok(if view.may_manage {
            view
        } else {
            state_alone(view)
        })
    }

    /// The passport of the integration, for printing.
    pub async fn suz_passport(
        &self,
        actor: &Actor,
        id: SuzConnectionId,
    ) -> Result<Passport, Problem> {
        permit(actor, Permission::ManageSuz)?;
        let connection = self.suz_connection(actor, id).await?;
        let members = self.read().await?.members(actor.organisation).await?;
        Ok(Passport {
            connection,
            people: members
                .into_iter()
                .filter(|(_, _, role)| role.may(Permission::ManageSuz))
                .map(|(_, email, _)| email.to_string())
                .collect(),
            made: when(self.now(), self.now(), true),
        })
    }

    async fn choice(&self, actor: &Actor, entities: &[LegalEntity]) -> ConnectChoice {
        let mut choice = ConnectChoice {
            legal_entities: entities.to_vec(),
            contours: Vec::new(),
            ways: Vec::new(),
        };
        if !actor.role.may(Permission::ManageSuz) {
            return choice;
        }
        for contour in Contour::ALL {
            if !self.outside.suz.api.knows(*contour) {
                continue;
            }
            let mut ways = vec![SigningWay::Browser];
            // It signs for everybody, for the legal entity that is only being filled in too.
            if *contour == Contour::Sandbox {
                ways.push(SigningWay::DemoKey);
            }
            for entity in entities {
                for way in self.ways(actor.organisation, entity, *contour).await {
                    if !ways.contains(&way) {
                        ways.push(way);
                    }
                }
            }
            ways.sort();
            choice.contours.push(*contour);
            choice.ways.push((*contour, ways));
        }
        choice
    }

    async fn seen(&self, tx: &mut dyn Transaction, actor: &Actor) -> Result<Seen, Problem> {
        let now = self.now();
        let waiting = waiting(tx, actor, now).await?;
        let checks = tx
            .jobs_of_kind(actor.organisation, JobKind::CheckSuz.as_str())
            .await?;
        let soon = waiting
            .iter()
            .filter_map(|document| document.until)
            .min_by_key(|until| until.at);
        let over = waiting
            .iter()
            .filter(|document| document.until.is_none())
            .count();
        Ok(Seen {
            now,
            entities: tx.legal_entities(actor.organisation).await?,
            attention: Attention {
                waiting: u32::try_from(over).unwrap_or(u32::MAX),
                soon: soon.filter(|until| until.at.millis_since(now) <= NOTICE_MILLIS),
            },
            waiting,
            checks,
        })
    }
}

impl Seen {
    fn when(&self, at: Timestamp) -> When {
        when(at, self.now, true)
    }

    fn entity(&self, connection: &SuzConnection) -> Option<LegalEntity> {
        self.entities
            .iter()
            .find(|entity| entity.id == connection.legal_entity)
            .cloned()
    }

    fn waiting_of(&self, id: SuzConnectionId) -> Vec<WaitingDocument> {
        self.waiting
            .iter()
            .filter(|document| document.connection == id)
            .cloned()
            .collect()
    }

    fn card(
        &self,
        connection: &SuzConnection,
        entity: LegalEntity,
        devices: &[Device],
        tokens: &[TokenRow],
    ) -> SuzCard {
        let active = devices
            .iter()
            .find(|device| device.state == DeviceState::Active);
        SuzCard {
            id: connection.id,
            legal_entity: entity,
            contour: connection.contour,
            device: active.map(|device| device.name.clone()),
            way: connection.way,
            token: active.map_or(TokenState::Never, |device| {
                self.token(connection, tokens, Door::Suz(device.id))
            }),
            waiting: u32::try_from(self.waiting_of(connection.id).len()).unwrap_or(u32::MAX),
            check: self.check(connection),
            logged_in: connection.accepted.is_some(),
        }
    }

    fn token(&self, connection: &SuzConnection, tokens: &[TokenRow], door: Door) -> TokenState {
        let Some(row) = tokens.iter().find(|row| row.door == door) else {
            return TokenState::Never;
        };
        let facts = TokenFacts {
            until: row.token.as_ref().map(|token| token.ends_at),
            dead: row.token.is_none() && row.logins > 0,
            waits_since: row.waits_since,
            claimed: row.claimed_until.is_some_and(|until| until > self.now),
            stopped: row.failure.clone().filter(|_| row.stopped),
        };
        facts
            .state(connection.way, self.now)
            .map(|at| self.when(at))
    }

    fn device(
        &self,
        link: &Link,
        device: &Device,
        tokens: &[TokenRow],
        acts: &[(Act, Email)],
        knowers: &[Knower],
    ) -> DeviceView {
        let gone = |user| {
            knowers.iter().any(|knower| {
                knower.user == user
                    && !knower
                        .role
                        .is_some_and(|role| role.may(Permission::ManageSuz))
            })
        };
        let seen_by_gone = acts.iter().any(|(act, _)| {
            act.action == Action::SuzIdsSeen && act.at >= device.added_at && gone(act.user)
        });
        DeviceView {
            id: device.id,
            name: device.name.clone(),
            connection: device.their_id.masked(),
            state: device.state,
            added: self.when(device.added_at),
            added_by: device.added_by.and_then(|user| {
                knowers
                    .iter()
                    .find(|knower| knower.user == user)
                    .map(|knower| knower.email.to_string())
            }),
            person_gone: seen_by_gone || device.added_by.is_some_and(gone),
            listed: device.listed,
            token: self.token(&link.connection, tokens, Door::Suz(device.id)),
        }
    }

    fn profile(&self, connection: &SuzConnection) -> Option<ProfileView> {
        connection.told.as_ref().map(|told| ProfileView {
            status: told.profile.status.clone(),
            groups: told.profile.groups.clone(),
            balances: told.balances.clone(),
            at: self.when(told.at),
        })
    }

    fn check(&self, connection: &SuzConnection) -> Option<CheckView> {
        let subject = connection.id.to_string();
        connection.check.as_ref().map(|(report, at)| CheckView {
            report: report.clone(),
            at: self.when(*at),
            running: self
                .checks
                .iter()
                .any(|job| job.subject == subject && job.state != JobState::Parked),
        })
    }

    fn look(&self, (act, email): &(Act, Email)) -> Option<LookView> {
        matches!(
            act.action,
            Action::SuzIdsSeen | Action::SuzChanged | Action::SuzDevice | Action::SuzConnected
        )
        .then(|| LookView {
            at: self.when(act.at),
            who: email.to_string(),
            action: act.action,
        })
    }
}

/// Why the last login was refused, of the doors that are in use and shut.
fn refused(link: &Link, tokens: &[TokenRow]) -> Option<Why> {
    let active = link
        .devices
        .iter()
        .find(|device| device.state == DeviceState::Active)
        .map(|device| Door::Suz(device.id));
    tokens
        .iter()
        .filter(|row| row.token.is_none())
        .filter(|row| Some(row.door) == active || row.door == link.true_api())
        .find_map(|row| row.failure.clone())
}

/// What is left of a link for those who may not manage it.
fn state_alone(view: SuzConnectionView) -> SuzConnectionView {
    SuzConnectionView {
        oms_id: None,
        edo_id: None,
        devices: Vec::new(),
        profile: view.profile.map(|profile| ProfileView {
            balances: Vec::new(),
            ..profile
        }),
        ways: Vec::new(),
        certificate: None,
        refused: None,
        warnings: Vec::new(),
        looks: Vec::new(),
        ..view
    }
}
