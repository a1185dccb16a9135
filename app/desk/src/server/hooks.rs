//! Addresses at which the marketplace tells us that something changed: making, showing and removing them.

use super::{
    Desk,
    ports::{hooks::Hook, storage::JournalEntry},
    when::when,
};
use crate::{
    account::Actor,
    connection::{ConnectionsPage, HookView},
    ids::MarketplaceConnectionId,
    journal::Action,
    problem::Problem,
    time::Timestamp,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

/// Random bytes of a secret: 256 bits cannot be guessed.
const SECRET_BYTES: usize = 32;

impl Desk {
    /// Makes an address for a connection's notifications; one that it had stops working at once.
    pub async fn make_hook(
        &self,
        actor: &Actor,
        id: MarketplaceConnectionId,
    ) -> Result<ConnectionsPage, Problem> {
        let mut random = [0; SECRET_BYTES];
        self.outside.entropy.fill(&mut random)?;
        let secret = SecretString::from(URL_SAFE_NO_PAD.encode(random));
        let hash = hash_of(secret.expose_secret());
        let mut tx = self.write().await?;
        let connection = tx
            .connection(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        tx.save_hook(actor.organisation, id, &hash, &secret, self.now())
            .await?;
        let entry = self.hook_entry(actor, Action::HookMade, connection.label);
        tx.write_journal(actor.organisation, &entry).await?;
        tx.commit().await?;
        self.after_change(actor.organisation, id);
        self.connections(actor).await
    }

    /// Takes a connection's address away.
    pub async fn remove_hook(
        &self,
        actor: &Actor,
        id: MarketplaceConnectionId,
    ) -> Result<ConnectionsPage, Problem> {
        let mut tx = self.write().await?;
        let connection = tx
            .connection(actor.organisation, id)
            .await?
            .ok_or(Problem::NotFound)?;
        tx.remove_hook(actor.organisation, id).await?;
        let entry = self.hook_entry(actor, Action::HookRemoved, connection.label);
        tx.write_journal(actor.organisation, &entry).await?;
        tx.commit().await?;
        self.after_change(actor.organisation, id);
        self.connections(actor).await
    }

    fn hook_entry(&self, actor: &Actor, action: Action, label: String) -> JournalEntry {
        JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action,
            subject: label,
            detail: String::new(),
        }
    }

    /// An address as the page shows it.
    pub(super) fn hook_view(&self, hook: &Hook, may_manage: bool, now: Timestamp) -> HookView {
        let base = self.outside.public_url.trim_end_matches('/');
        HookView {
            address: may_manage.then(|| format!("{base}/hooks/{}", hook.secret.expose_secret())),
            only_here: loopback(base),
            heard: hook.heard_at.map(|at| when(at, now, true)),
        }
    }
}

/// Whether an address means the machine itself.
fn loopback(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    ["127.", "localhost", "[::1]", "0.0.0.0"]
        .iter()
        .any(|name| host.starts_with(name))
}

/// The form in which a secret is kept and found.
pub(super) fn hash_of(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |differing, (a, b)| differing | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_this_machine_is_known_as_such() {
        for url in [
            "http://127.0.0.1:3000",
            "http://localhost:3000",
            "http://[::1]:80",
        ] {
            assert!(loopback(url), "{url}");
        }
        assert!(!loopback("https://metka.example"));
    }

    #[test]
    fn texts_are_the_same_only_whole() {
        assert!(same("abc", "abc"));
        for other in ["", "ab", "abd", "abcd"] {
            assert!(!same("abc", other), "{other}");
        }
    }
}
