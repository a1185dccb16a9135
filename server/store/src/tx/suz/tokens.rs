//! Tokens of СУЗ and True API.
//!
//! | what is kept | what changes it |
//! |---|---|
//! | the claim | claimed by one; ends with the login, or by itself when its time is over |
//! | the token | kept by whoever holds the claim; refused: forgotten, unless it is another one by now |
//! | stopped | a login that is of no use to repeat; let again by a person's change |

use super::super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use desk::{
    ids::{OrganisationId, SuzConnectionId},
    server::ports::{
        storage::StoreError,
        suz::{Door, KeptToken, SuzTokens, TokenRow},
    },
    suz::{TokenKind, Why},
    time::Timestamp,
};
use sqlx::any::AnyRow;

impl Tx {
    fn token_row(
        &self,
        organisation: OrganisationId,
        row: &AnyRow,
    ) -> Result<TokenRow, StoreError> {
        let cells = Cells::new(row, "suz_tokens", "holder");
        let door = match cells.parsed("kind")? {
            TokenKind::Client => Door::Suz(cells.parsed("holder")?),
            TokenKind::TrueApi => Door::TrueApi(cells.parsed("holder")?),
        };
        let sealed: Option<String> = cells.get("sealed")?;
        let token = sealed
            .map(|sealed| {
                Ok::<_, StoreError>(KeptToken {
                    value: self.keyring.open_token(organisation, door, &sealed)?,
                    fingerprint: cells.get("fingerprint")?,
                    obtained_at: cells.get("obtained_at")?,
                    ends_at: cells.get("ends_at")?,
                    worked: cells.get("worked")?,
                })
            })
            .transpose()?;
        Ok(TokenRow {
            door,
            connection: cells.parsed("connection_id")?,
            token,
            claimed_until: cells.get("claimed_until")?,
            logins: cells.get("logins")?,
            early_ends: cells.get("early_ends")?,
            waits_since: cells.get("waits_since")?,
            failure: cells.json_opt("failure")?,
            stopped: cells.get("stopped")?,
        })
    }
}

#[async_trait]
impl SuzTokens for Tx {
    async fn suz_token(
        &mut self,
        organisation: OrganisationId,
        door: Door,
    ) -> Result<Option<TokenRow>, StoreError> {
        let row = self
            .one(
                sql("SELECT kind, holder, connection_id, sealed, fingerprint, obtained_at, ends_at, worked, claimed_until,
                         logins, early_ends, waits_since, failure, stopped
                     FROM suz_tokens WHERE organisation_id = $1 AND kind = $2 AND holder = $3")
                .bind(organisation)
                .bind(door.kind().as_str())
                .bind(&door.holder()),
            )
            .await?;
        row.map(|row| self.token_row(organisation, &row))
            .transpose()
    }

    async fn suz_tokens_of(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Vec<TokenRow>, StoreError> {
        let rows = self
            .all(
                sql("SELECT kind, holder, connection_id, sealed, fingerprint, obtained_at, ends_at, worked, claimed_until,
                         logins, early_ends, waits_since, failure, stopped
                     FROM suz_tokens WHERE organisation_id = $1 AND connection_id = $2 ORDER BY kind, holder")
                .bind(organisation)
                .bind(connection),
            )
            .await?;
        rows.iter()
            .map(|row| self.token_row(organisation, row))
            .collect()
    }

    async fn lock_suz_token(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        door: Door,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO suz_tokens (organisation_id, connection_id, kind, holder, worked, logins, early_ends, stopped)
                 VALUES ($1, $2, $3, $4, 0, 0, 0, 0)
                 ON CONFLICT (organisation_id, kind, holder) DO UPDATE SET logins = suz_tokens.logins")
            .bind(organisation)
            .bind(connection)
            .bind(door.kind().as_str())
            .bind(&door.holder()),
        )
        .await?;
        Ok(())
    }

    async fn claim_suz_login(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        by: &str,
        now: Timestamp,
        until: Timestamp,
        unless_beyond: Timestamp,
    ) -> Result<bool, StoreError> {
        let claimed = self
            .run(
                sql("UPDATE suz_tokens SET claimed_by = $4, claimed_until = $6
                     WHERE organisation_id = $1 AND kind = $2 AND holder = $3 AND stopped = 0
                         AND (claimed_until IS NULL OR claimed_until <= $5)
                         AND (sealed IS NULL OR ends_at <= $7)")
                .bind(organisation)
                .bind(door.kind().as_str())
                .bind(&door.holder())
                .bind(by)
                .bind(now)
                .bind(until)
                .bind(unless_beyond),
            )
            .await?;
        Ok(claimed > 0)
    }

    async fn keep_suz_token(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        by: &str,
        token: &KeptToken,
    ) -> Result<bool, StoreError> {
        let sealed = self.keyring.seal_token(organisation, door, &token.value)?;
        let kept = self
            .run(
                sql("UPDATE suz_tokens SET sealed = $5, fingerprint = $6, obtained_at = $7, ends_at = $8, worked = $9,
                         claimed_by = NULL, claimed_until = NULL, logins = logins + 1, waits_since = NULL,
                         failure = NULL, stopped = 0
                     WHERE organisation_id = $1 AND kind = $2 AND holder = $3 AND claimed_by = $4")
                .bind(organisation)
                .bind(door.kind().as_str())
                .bind(&door.holder())
                .bind(by)
                .bind(&sealed)
                .bind(&token.fingerprint)
                .bind(token.obtained_at)
                .bind(token.ends_at)
                .bind(token.worked),
            )
            .await?;
        Ok(kept > 0)
    }

    async fn fail_suz_login(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        by: &str,
        failure: &Why,
        stopped: bool,
    ) -> Result<bool, StoreError> {
        let failed = self
            .run(
                sql("UPDATE suz_tokens SET claimed_by = NULL, claimed_until = NULL, logins = logins + 1, failure = $5,
                         stopped = $6
                     WHERE organisation_id = $1 AND kind = $2 AND holder = $3 AND claimed_by = $4")
                .bind(organisation)
                .bind(door.kind().as_str())
                .bind(&door.holder())
                .bind(by)
                .bind(&json(failure)?)
                .bind(stopped),
            )
            .await?;
        Ok(failed > 0)
    }

    async fn kill_suz_token(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        fingerprint: &str,
        young_since: Timestamp,
        failure: &Why,
    ) -> Result<bool, StoreError> {
        let killed = self
            .run(
                sql(
                    "UPDATE suz_tokens SET sealed = NULL, fingerprint = NULL, failure = $6,
                         early_ends = CASE WHEN obtained_at > $5 THEN early_ends + 1 ELSE 0 END
                     WHERE organisation_id = $1 AND kind = $2 AND holder = $3 AND fingerprint = $4",
                )
                .bind(organisation)
                .bind(door.kind().as_str())
                .bind(&door.holder())
                .bind(fingerprint)
                .bind(young_since)
                .bind(&json(failure)?),
            )
            .await?;
        Ok(killed > 0)
    }

    async fn stop_suz_login(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        failure: &Why,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "UPDATE suz_tokens SET sealed = NULL, fingerprint = NULL, failure = $4, stopped = 1
                 WHERE organisation_id = $1 AND kind = $2 AND holder = $3",
            )
            .bind(organisation)
            .bind(door.kind().as_str())
            .bind(&door.holder())
            .bind(&json(failure)?),
        )
        .await?;
        Ok(())
    }

    async fn suz_token_worked(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        fingerprint: &str,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE suz_tokens SET worked = 1
                 WHERE organisation_id = $1 AND kind = $2 AND holder = $3 AND fingerprint = $4")
            .bind(organisation)
            .bind(door.kind().as_str())
            .bind(&door.holder())
            .bind(fingerprint),
        )
        .await?;
        Ok(())
    }

    async fn wait_for_signature(
        &mut self,
        organisation: OrganisationId,
        door: Door,
        since: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "UPDATE suz_tokens SET waits_since = COALESCE(waits_since, $4)
                 WHERE organisation_id = $1 AND kind = $2 AND holder = $3",
            )
            .bind(organisation)
            .bind(door.kind().as_str())
            .bind(&door.holder())
            .bind(since),
        )
        .await?;
        Ok(())
    }

    async fn let_suz_login(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        only: Option<Door>,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE suz_tokens SET stopped = 0, failure = NULL, early_ends = 0
                 WHERE organisation_id = $1 AND connection_id = $2 AND ($3 IS NULL OR (kind = $3 AND holder = $4))")
            .bind(organisation)
            .bind(connection)
            .bind(only.map(|door| door.kind().as_str()))
            .bind(only.map(Door::holder).as_deref()),
        )
        .await?;
        Ok(())
    }

    async fn forget_suz_tokens(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        only: Option<Door>,
    ) -> Result<(), StoreError> {
        self.run(
            sql("DELETE FROM suz_tokens
                 WHERE organisation_id = $1 AND connection_id = $2 AND ($3 IS NULL OR (kind = $3 AND holder = $4))")
            .bind(organisation)
            .bind(connection)
            .bind(only.map(|door| door.kind().as_str()))
            .bind(only.map(Door::holder).as_deref()),
        )
        .await?;
        Ok(())
    }

    async fn add_suz_waiter(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
        kind: &str,
        subject: &str,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "INSERT INTO suz_waiters (organisation_id, connection_id, kind, subject) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (organisation_id, connection_id, kind, subject) DO NOTHING",
            )
            .bind(organisation)
            .bind(connection)
            .bind(kind)
            .bind(subject),
        )
        .await?;
        Ok(())
    }

    async fn take_suz_waiters(
        &mut self,
        organisation: OrganisationId,
        connection: SuzConnectionId,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let rows = self
            .all(
                sql(
                    "DELETE FROM suz_waiters WHERE organisation_id = $1 AND connection_id = $2
                     RETURNING kind, subject",
                )
                .bind(organisation)
                .bind(connection),
            )
            .await?;
        let mut waiters = rows
            .iter()
            .map(|row| {
                let cells = Cells::new(row, "suz_waiters", "subject");
                Ok((cells.get("kind")?, cells.get("subject")?))
            })
            .collect::<Result<Vec<(String, String)>, StoreError>>()?;
        waiters.sort();
        Ok(waiters)
    }
}
