//! Sessions, found by the hash of their token.

use super::Tx;
use crate::{row::Cells, statement::sql};
use async_trait::async_trait;
use desk::{
    ids::{OrganisationId, UserId},
    server::ports::storage::{Session, Sessions, StoreError},
    time::Timestamp,
};

#[async_trait]
impl Sessions for Tx {
    async fn begin_session(
        &mut self,
        token_hash: &str,
        user: UserId,
        organisation: OrganisationId,
        now: Timestamp,
        expires: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO sessions (token_hash, organisation_id, user_id, created_at, expires_at)
                 VALUES ($1, $2, $3, $4, $5)")
            .bind(token_hash)
            .bind(organisation)
            .bind(user)
            .bind(now)
            .bind(expires),
        )
        .await?;
        Ok(())
    }

    async fn session(
        &mut self,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Session>, StoreError> {
        let row = self
            .one(
                sql("SELECT s.user_id, s.organisation_id, u.email, o.name, m.role
                     FROM sessions s
                     JOIN memberships m ON m.organisation_id = s.organisation_id AND m.user_id = s.user_id
                     JOIN users u ON u.id = s.user_id
                     JOIN organisations o ON o.id = s.organisation_id
                     WHERE s.token_hash = $1 AND s.expires_at > $2")
                .bind(token_hash)
                .bind(now),
            )
            .await?;
        row.map(|row| {
            let session = Cells::new(&row, "sessions", "user_id");
            Ok(Session {
                user: session.parsed("user_id")?,
                email: Cells::new(&row, "users", "user_id").parsed("email")?,
                organisation: session.parsed("organisation_id")?,
                organisation_name: Cells::new(&row, "organisations", "organisation_id")
                    .get("name")?,
                role: Cells::new(&row, "memberships", "user_id").parsed("role")?,
            })
        })
        .transpose()
    }

    async fn end_session(&mut self, token_hash: &str) -> Result<(), StoreError> {
        self.run(sql("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash))
            .await?;
        Ok(())
    }

    async fn sweep_sessions(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        self.run(sql("DELETE FROM sessions WHERE expires_at <= $1").bind(now))
            .await
    }
}
