//! Marketplace keys, sealed, and what is known of them.

use super::Tx;
use crate::{
    row::Cells,
    statement::{json, sql},
};
use async_trait::async_trait;
use desk::{
    ids::{MarketplaceConnectionId, OrganisationId},
    server::ports::storage::{Connection, Connections, StoreError},
    time::Timestamp,
};
use secrecy::SecretString;
use sqlx::any::AnyRow;

fn connection(row: &AnyRow) -> Result<Connection, StoreError> {
    let cells = Cells::new(row, "connections", "id");
    Ok(Connection {
        id: cells.parsed("id")?,
        label: cells.get("label")?,
        key_ending: cells.get("key_ending")?,
        legal_entity: cells.parsed_opt("legal_entity_id")?,
        business: cells.get("business_id")?,
        report: cells.json_opt("report")?,
        checked_at: cells.get("checked_at")?,
        synced_to: cells.get("synced_to")?,
        sync_read: cells.get("sync_read")?,
        reading: cells.json_opt("reading")?,
        test_orders: cells.get("test_orders")?,
    })
}

#[async_trait]
impl Connections for Tx {
    async fn connections(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<Connection>, StoreError> {
        let rows = self
            .all(
                sql("SELECT id, label, key_ending, legal_entity_id, business_id, report, checked_at, synced_to, sync_read,
                         reading, test_orders
                     FROM connections WHERE organisation_id = $1 AND retired_at IS NULL
                     ORDER BY created_at, id")
                .bind(organisation),
            )
            .await?;
        rows.iter().map(connection).collect()
    }

    async fn connection(
        &mut self,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
    ) -> Result<Option<Connection>, StoreError> {
        let row = self
            .one(
                sql("SELECT id, label, key_ending, legal_entity_id, business_id, report, checked_at, synced_to, sync_read,
                         reading, test_orders
                     FROM connections WHERE organisation_id = $1 AND id = $2 AND retired_at IS NULL")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        row.as_ref().map(connection).transpose()
    }

    async fn add_connection(
        &mut self,
        organisation: OrganisationId,
        connection: &Connection,
        key: &SecretString,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let sealed = self.keyring.seal(organisation, connection.id, key)?;
        self.run(
            sql("INSERT INTO connections (organisation_id, id, label, key_ending, sealed_key, legal_entity_id,
                     business_id, report, checked_at, synced_to, sync_read, created_at, reading, test_orders)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
            .bind(organisation)
            .bind(connection.id)
            .bind(&connection.label)
            .bind(&connection.key_ending)
            .bind(&sealed)
            .bind(connection.legal_entity)
            .bind(connection.business)
            .bind(connection.report.as_ref().map(json).transpose()?.as_deref())
            .bind(connection.checked_at)
            .bind(connection.synced_to)
            .bind(connection.sync_read)
            .bind(at)
            .bind(connection.reading.as_ref().map(json).transpose()?.as_deref())
            .bind(connection.test_orders),
        )
        .await?;
        Ok(())
    }

    async fn save_connection(
        &mut self,
        organisation: OrganisationId,
        connection: &Connection,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE connections SET label = $3, key_ending = $4, legal_entity_id = $5, business_id = $6,
                     report = $7, checked_at = $8, synced_to = $9, sync_read = $10, reading = $11, test_orders = $12
                 WHERE organisation_id = $1 AND id = $2 AND retired_at IS NULL")
            .bind(organisation)
            .bind(connection.id)
            .bind(&connection.label)
            .bind(&connection.key_ending)
            .bind(connection.legal_entity)
            .bind(connection.business)
            .bind(connection.report.as_ref().map(json).transpose()?.as_deref())
            .bind(connection.checked_at)
            .bind(connection.synced_to)
            .bind(connection.sync_read)
            .bind(connection.reading.as_ref().map(json).transpose()?.as_deref())
            .bind(connection.test_orders),
        )
        .await?;
        Ok(())
    }

    async fn replace_key(
        &mut self,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
        key: &SecretString,
    ) -> Result<(), StoreError> {
        let sealed = self.keyring.seal(organisation, id, key)?;
        self.run(
            sql("UPDATE connections SET sealed_key = $3
                 WHERE organisation_id = $1 AND id = $2 AND retired_at IS NULL")
            .bind(organisation)
            .bind(id)
            .bind(&sealed),
        )
        .await?;
        Ok(())
    }

    async fn key(
        &mut self,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
    ) -> Result<Option<SecretString>, StoreError> {
        let row = self
            .one(
                sql("SELECT id, sealed_key FROM connections
                     WHERE organisation_id = $1 AND id = $2 AND retired_at IS NULL")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        row.map(|row| {
            let sealed: String = Cells::new(&row, "connections", "id").get("sealed_key")?;
            self.keyring.open(organisation, id, &sealed)
        })
        .transpose()
    }

    async fn retire_connection(
        &mut self,
        organisation: OrganisationId,
        id: MarketplaceConnectionId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE connections SET sealed_key = NULL, retired_at = $3
                 WHERE organisation_id = $1 AND id = $2 AND retired_at IS NULL")
            .bind(organisation)
            .bind(id)
            .bind(at),
        )
        .await?;
        Ok(())
    }
}
