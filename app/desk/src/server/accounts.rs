//! Signing up, in and out.

use super::{
    Desk, password,
    ports::storage::{JournalEntry, Session, User},
};
use crate::{
    account::{Actor, Email, Permission, Profile, Role},
    ids::{OrganisationId, UserId},
    journal::Action,
    orders::WorkState,
    problem::Problem,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// How long a session lives, in seconds.
const SESSION_SECONDS: i64 = 30 * 24 * 3600;
/// The window in which tries are counted, in milliseconds.
const TRY_WINDOW: i64 = 15 * 60 * 1000;
/// Tries of one address in a window.
const TRIES_PER_EMAIL: u32 = 10;
/// Tries from one network address in a window; an office shares one.
const TRIES_PER_PEER: u32 = 60;
/// New organisations from one network address in a window.
const SIGN_UPS_PER_PEER: u32 = 30;

/// A session that was just begun.
#[derive(Clone)]
pub struct NewSession {
    /// The secret that the browser keeps; only its hash is in the database.
    pub token: String,
    /// How long the browser shall keep it, in seconds.
    pub max_age_seconds: i64,
}

impl Session {
    /// Who is asking.
    pub fn actor(&self) -> Actor {
        Actor {
            user: self.user,
            organisation: self.organisation,
            role: self.role,
        }
    }
}

impl Desk {
    /// Makes an organisation with its owner and begins the owner's session. `peer` is the network address, by
    /// which tries are counted.
    pub async fn sign_up(
        &self,
        organisation: &str,
        email: &str,
        password: &str,
        peer: &str,
    ) -> Result<NewSession, Problem> {
        if !self.outside.sign_up_open {
            return Err(Problem::SignUpClosed);
        }
        self.count_try(&format!("signup:{peer}"), SIGN_UPS_PER_PEER)
            .await?;
        let user = self.create_owner(organisation, email, password).await?;
        self.begin_session(user).await
    }

    /// Makes an organisation with its owner, without asking whether strangers may: the operator's own act.
    pub async fn create_owner(
        &self,
        organisation: &str,
        email: &str,
        password: &str,
    ) -> Result<UserId, Problem> {
        let name = organisation.trim();
        if name.is_empty() {
            return Err(Problem::EmptyName);
        }
        let email: Email = email.parse().map_err(|_| Problem::BadEmail)?;
        if password.chars().count() < password::LEAST as usize {
            return Err(Problem::ShortPassword {
                least: password::LEAST,
            });
        }
        let password_hash = password::hash(password.to_owned(), &*self.outside.entropy).await?;
        let now = self.now();
        let user = User {
            id: self.id(UserId::from_parts)?,
            email,
            password_hash,
        };
        let organisation = self.id(OrganisationId::from_parts)?;
        let mut tx = self.write().await?;
        if !tx.add_user(&user, now).await? {
            return Err(Problem::EmailTaken);
        }
        tx.add_organisation(organisation, name, now).await?;
        tx.set_membership(organisation, user.id, Role::Owner, now)
            .await?;
        let entry = JournalEntry {
            at: now,
            user: Some(user.id),
            action: Action::SignUp,
            subject: name.to_owned(),
            detail: String::new(),
        };
        tx.write_journal(organisation, &entry).await?;
        tx.commit().await?;
        Ok(user.id)
    }

    /// Signs in. A wrong address and a wrong password are one answer, in one time.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        peer: &str,
    ) -> Result<NewSession, Problem> {
        let email: Email = email.parse().map_err(|_| Problem::WrongPassword)?;
        let by_email = format!("signin:{email}");
        self.count_try(&format!("signin-peer:{peer}"), TRIES_PER_PEER)
            .await?;
        self.count_try(&by_email, TRIES_PER_EMAIL).await?;
        let user = self.read().await?.user_by_email(&email).await?;
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let right = password::matches(password.to_owned(), hash).await?;
        let Some(user) = user.filter(|_| right) else {
            return Err(Problem::WrongPassword);
        };
        let mut tx = self.write().await?;
        tx.forget_tries(&by_email).await?;
        tx.commit().await?;
        self.begin_session(user.id).await
    }

    /// Whoever has this address, in their first organisation, without a password: for commands of the operator, who holds the
    /// database and its key.
    pub async fn operator_as(&self, email: &str) -> Result<Actor, Problem> {
        let email: Email = email.parse().map_err(|_| Problem::BadEmail)?;
        let mut tx = self.read().await?;
        let user = tx.user_by_email(&email).await?.ok_or(Problem::NotFound)?;
        let memberships = tx.memberships(user.id).await?;
        let (organisation, role) = *memberships.first().ok_or(Problem::NotFound)?;
        Ok(Actor {
            user: user.id,
            organisation,
            role,
        })
    }

    /// Ends a session.
    pub async fn sign_out(&self, token: &str) -> Result<(), Problem> {
        let mut tx = self.write().await?;
        tx.end_session(&hash_of(token)).await?;
        Ok(tx.commit().await?)
    }

    /// The session of a token.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, Problem> {
        let now = self.now();
        Ok(self.read().await?.session(&hash_of(token), now).await?)
    }

    /// What the frame of every page shows.
    pub async fn profile(&self, session: &Session) -> Result<Profile, Problem> {
        let mut tx = self.read().await?;
        let counts = tx.count_by_work(session.organisation, None).await?;
        let actor = session.actor();
        let suz_waiting = if actor.role.may(Permission::ManageSuz) {
            super::suz::count_waiting(&mut *tx, &actor, self.now()).await?
        } else {
            0
        };
        let orders_needing_codes = counts
            .iter()
            .find(|(work, _)| *work == WorkState::NeedsCodes)
            .map_or(0, |(_, count)| *count);
        Ok(Profile {
            email: session.email.to_string(),
            organisation: session.organisation_name.clone(),
            role: session.role,
            orders_needing_codes,
            suz_waiting,
        })
    }

    /// Begins a session in the person's first organisation.
    async fn begin_session(&self, user: UserId) -> Result<NewSession, Problem> {
        let mut secret = [0; 32];
        self.outside.entropy.fill(&mut secret)?;
        let token = URL_SAFE_NO_PAD.encode(secret);
        let now = self.now();
        let mut tx = self.write().await?;
        let memberships = tx.memberships(user).await?;
        // A person without any organisation left has nothing to sign in to.
        let (organisation, _) = *memberships.first().ok_or(Problem::WrongPassword)?;
        tx.sweep_sessions(now).await?;
        let expires = now.plus_seconds(SESSION_SECONDS);
        tx.begin_session(&hash_of(&token), user, organisation, now, expires)
            .await?;
        let entry = JournalEntry {
            at: now,
            user: Some(user),
            action: Action::SignIn,
            subject: String::new(),
            detail: String::new(),
        };
        tx.write_journal(organisation, &entry).await?;
        tx.commit().await?;
        Ok(NewSession {
            token,
            max_age_seconds: SESSION_SECONDS,
        })
    }

    /// Counts a try, durably and before it is made, so that a crash forgives nothing.
    async fn count_try(&self, key: &str, most: u32) -> Result<(), Problem> {
        let now = self.now();
        let mut tx = self.write().await?;
        let (count, began) = tx.count_try(key, now, TRY_WINDOW).await?;
        tx.commit().await?;
        if count <= most {
            return Ok(());
        }
        let left = TRY_WINDOW.saturating_sub(now.millis_since(began)).max(0);
        let minutes = u32::try_from((left + 59_999) / 60_000)
            .unwrap_or(u32::MAX)
            .max(1);
        Err(Problem::TooManyTries { minutes })
    }
}

fn hash_of(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}
