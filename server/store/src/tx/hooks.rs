//! Addresses for a marketplace's notifications, and the orders it told of.

use super::Tx;
use crate::{row::Cells, statement::sql};
use async_trait::async_trait;
use desk::{
    ids::{MarketOrderId, MarketplaceConnectionId, OrganisationId, ShopId},
    server::ports::{
        hooks::{Hook, Hooks},
        storage::StoreError,
    },
    time::Timestamp,
};
use secrecy::SecretString;

#[async_trait]
impl Hooks for Tx {
    async fn save_hook(
        &mut self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
        hash: &str,
        secret: &SecretString,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let sealed = self.keyring.seal_hook(organisation, connection, secret)?;
        self.run(
            sql("INSERT INTO hooks (organisation_id, connection_id, secret_hash, sealed_secret, made_at)
                 SELECT c.organisation_id, c.id, $3, $4, $5 FROM connections c
                 WHERE c.organisation_id = $1 AND c.id = $2 AND c.retired_at IS NULL
                 ON CONFLICT (organisation_id, connection_id) DO UPDATE
                 SET secret_hash = excluded.secret_hash, sealed_secret = excluded.sealed_secret,
                     made_at = excluded.made_at, heard_at = NULL")
            .bind(organisation)
            .bind(connection)
            .bind(hash)
            .bind(&sealed)
            .bind(at),
        )
        .await?;
        Ok(())
    }

    async fn remove_hook(
        &mut self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
    ) -> Result<(), StoreError> {
        self.run(
            sql("DELETE FROM hooks WHERE organisation_id = $1 AND connection_id = $2")
                .bind(organisation)
                .bind(connection),
        )
        .await?;
        Ok(())
    }

    async fn hooks(&mut self, organisation: OrganisationId) -> Result<Vec<Hook>, StoreError> {
        let rows = self
            .all(
                sql("SELECT h.connection_id, h.sealed_secret, h.heard_at FROM hooks h
                     JOIN connections c ON c.organisation_id = h.organisation_id AND c.id = h.connection_id
                     WHERE h.organisation_id = $1 AND c.retired_at IS NULL")
                .bind(organisation),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "hooks", "connection_id");
                let connection = cells.parsed("connection_id")?;
                let sealed: String = cells.get("sealed_secret")?;
                Ok(Hook {
                    connection,
                    secret: self.keyring.open_hook(organisation, connection, &sealed)?,
                    heard_at: cells.get("heard_at")?,
                })
            })
            .collect()
    }

    async fn hook_of(
        &mut self,
        hash: &str,
    ) -> Result<Option<(OrganisationId, MarketplaceConnectionId, String)>, StoreError> {
        let row = self
            .one(
                sql("SELECT h.organisation_id, h.connection_id, h.secret_hash FROM hooks h
                     JOIN connections c ON c.organisation_id = h.organisation_id AND c.id = h.connection_id
                     WHERE h.secret_hash = $1 AND c.retired_at IS NULL")
                .bind(hash),
            )
            .await?;
        row.map(|row| {
            let cells = Cells::new(&row, "hooks", "connection_id");
            Ok((
                cells.parsed("organisation_id")?,
                cells.parsed("connection_id")?,
                cells.get("secret_hash")?,
            ))
        })
        .transpose()
    }

    async fn mark_heard(
        &mut self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE hooks SET heard_at = $3 WHERE organisation_id = $1 AND connection_id = $2")
                .bind(organisation)
                .bind(connection)
                .bind(at),
        )
        .await?;
        Ok(())
    }

    async fn tell_order(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        number: MarketOrderId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql(
                "INSERT INTO told_orders (organisation_id, shop_id, number, told_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (organisation_id, shop_id, number) DO UPDATE SET told_at = excluded.told_at",
            )
            .bind(organisation)
            .bind(shop)
            .bind(number)
            .bind(at),
        )
        .await?;
        Ok(())
    }

    async fn told_orders(
        &mut self,
        organisation: OrganisationId,
        connection: MarketplaceConnectionId,
        limit: u32,
    ) -> Result<Vec<(ShopId, MarketOrderId)>, StoreError> {
        let rows = self
            .all(
                sql("SELECT t.shop_id, t.number FROM told_orders t
                     JOIN shops s ON s.organisation_id = t.organisation_id AND s.id = t.shop_id
                     WHERE t.organisation_id = $1 AND s.connection_id = $2
                     ORDER BY t.told_at, t.number LIMIT $3")
                .bind(organisation)
                .bind(connection)
                .bind(limit),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "told_orders", "number");
                Ok((cells.parsed("shop_id")?, cells.get("number")?))
            })
            .collect()
    }

    async fn forget_told(
        &mut self,
        organisation: OrganisationId,
        shop: ShopId,
        number: MarketOrderId,
        read_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("DELETE FROM told_orders
                 WHERE organisation_id = $1 AND shop_id = $2 AND number = $3 AND told_at <= $4")
            .bind(organisation)
            .bind(shop)
            .bind(number)
            .bind(read_at),
        )
        .await?;
        Ok(())
    }
}
