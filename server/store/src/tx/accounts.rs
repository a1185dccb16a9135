//! Organisations, people, memberships, legal entities, and counted tries.

use super::Tx;
use crate::{row::Cells, statement::sql};
use async_trait::async_trait;
use desk::{
    account::{Email, Role},
    ids::{OrganisationId, UserId},
    legal_entity::LegalEntity,
    server::ports::storage::{Accounts, StoreError, User},
    time::Timestamp,
};

#[async_trait]
impl Accounts for Tx {
    async fn user_by_email(&mut self, email: &Email) -> Result<Option<User>, StoreError> {
        let row = self
            .one(
                sql("SELECT id, email, password_hash FROM users WHERE email = $1")
                    .bind(email.as_str()),
            )
            .await?;
        row.map(|row| {
            let cells = Cells::new(&row, "users", "id");
            Ok(User {
                id: cells.parsed("id")?,
                email: cells.parsed("email")?,
                password_hash: cells.get("password_hash")?,
            })
        })
        .transpose()
    }

    async fn add_user(&mut self, user: &User, at: Timestamp) -> Result<bool, StoreError> {
        let added = self
            .run(
                sql("INSERT INTO users (id, email, password_hash, created_at) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (email) DO NOTHING")
                .bind(user.id)
                .bind(user.email.as_str())
                .bind(&user.password_hash)
                .bind(at),
            )
            .await?;
        Ok(added > 0)
    }

    async fn add_organisation(
        &mut self,
        id: OrganisationId,
        name: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO organisations (id, name, created_at) VALUES ($1, $2, $3)")
                .bind(id)
                .bind(name)
                .bind(at),
        )
        .await?;
        Ok(())
    }

    async fn set_membership(
        &mut self,
        organisation: OrganisationId,
        user: UserId,
        role: Role,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO memberships (organisation_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (organisation_id, user_id) DO UPDATE SET role = excluded.role")
            .bind(organisation)
            .bind(user)
            .bind(role.as_str())
            .bind(at),
        )
        .await?;
        Ok(())
    }

    async fn memberships(
        &mut self,
        user: UserId,
    ) -> Result<Vec<(OrganisationId, Role)>, StoreError> {
        let rows = self
            .all(
                sql(
                    "SELECT organisation_id, role FROM memberships WHERE user_id = $1
                     ORDER BY created_at, organisation_id",
                )
                .bind(user),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "memberships", "organisation_id");
                Ok((cells.parsed("organisation_id")?, cells.parsed("role")?))
            })
            .collect()
    }

    async fn legal_entities(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<LegalEntity>, StoreError> {
        let rows = self
            .all(
                sql("SELECT id, name, inn, kpp FROM legal_entities WHERE organisation_id = $1")
                    .bind(organisation),
            )
            .await?;
        let mut entities = rows
            .iter()
            .map(|row| {
                let cells = Cells::new(row, "legal_entities", "id");
                Ok(LegalEntity {
                    id: cells.parsed("id")?,
                    name: cells.get("name")?,
                    inn: cells.parsed_opt("inn")?,
                    kpp: cells.parsed_opt("kpp")?,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        entities.sort_by_cached_key(|entity| (entity.name.to_lowercase(), entity.id));
        Ok(entities)
    }

    async fn save_legal_entity(
        &mut self,
        organisation: OrganisationId,
        entity: &LegalEntity,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "INSERT INTO legal_entities (organisation_id, id, name, inn, kpp, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (organisation_id, id) DO UPDATE
                 SET name = excluded.name, inn = excluded.inn, kpp = excluded.kpp",
            )
            .bind(organisation)
            .bind(entity.id)
            .bind(&entity.name)
            .bind(entity.inn.as_ref().map(ToString::to_string).as_deref())
            .bind(entity.kpp.as_ref().map(ToString::to_string).as_deref())
            .bind(at),
        )
        .await?;
        Ok(())
    }

    async fn count_try(
        &mut self,
        key: &str,
        now: Timestamp,
        window_millis: i64,
    ) -> Result<(u32, Timestamp), StoreError> {
        let rows = self
            .all(
                sql(
                    "INSERT INTO tries (counted_by, tried, began_at) VALUES ($1, 1, $2)
                     ON CONFLICT (counted_by) DO UPDATE SET
                         tried = CASE WHEN tries.began_at <= $3 THEN 1 ELSE tries.tried + 1 END,
                         began_at = CASE WHEN tries.began_at <= $3 THEN $2 ELSE tries.began_at END
                     RETURNING counted_by, tried, began_at",
                )
                .bind(key)
                .bind(now)
                .bind(now.plus_millis(window_millis.saturating_neg())),
            )
            .await?;
        let counted = rows.first().map(|row| {
            let cells = Cells::new(row, "tries", "counted_by");
            Ok((cells.get("tried")?, cells.get("began_at")?))
        });
        counted.unwrap_or_else(|| Err(crate::statement::database(sqlx::Error::RowNotFound)))
    }

    async fn forget_tries(&mut self, key: &str) -> Result<(), StoreError> {
        self.run(sql("DELETE FROM tries WHERE counted_by = $1").bind(key))
            .await?;
        Ok(())
    }
}
