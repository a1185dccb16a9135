//! Shops, each the campaign of one connection.

use super::Tx;
use crate::{
    row::Cells,
    statement::{database, json, sql},
};
use async_trait::async_trait;
use desk::{
    connection::ShopFacts,
    ids::{CampaignId, MarketplaceConnectionId, OrganisationId, ShopId},
    server::ports::storage::{Shop, Shops, StoreError},
    time::Timestamp,
};
use sqlx::any::AnyRow;

fn shop(row: &AnyRow) -> Result<Shop, StoreError> {
    let cells = Cells::new(row, "shops", "id");
    Ok(Shop {
        id: cells.parsed("id")?,
        connection: cells.parsed("connection_id")?,
        facts: cells.json("facts")?,
        synced_at: cells.get("synced_at")?,
        orders: cells.get("orders")?,
    })
}

#[async_trait]
impl Shops for Tx {
    async fn shops(&mut self, organisation: OrganisationId) -> Result<Vec<Shop>, StoreError> {
        let rows = self
            .all(
                sql("SELECT s.id, s.connection_id, s.facts, s.synced_at,
                         (SELECT COUNT(*) FROM orders o
                          WHERE o.organisation_id = s.organisation_id AND o.shop_id = s.id) AS orders
                     FROM shops s
                     JOIN connections c ON c.organisation_id = s.organisation_id AND c.id = s.connection_id
                     WHERE s.organisation_id = $1 AND c.retired_at IS NULL")
                .bind(organisation),
            )
            .await?;
        let mut shops = rows.iter().map(shop).collect::<Result<Vec<_>, _>>()?;
        shops.sort_by_cached_key(|shop| (shop.facts.name.to_lowercase(), shop.facts.campaign));
        Ok(shops)
    }

    async fn shop(
        &mut self,
        organisation: OrganisationId,
        id: ShopId,
    ) -> Result<Option<Shop>, StoreError> {
        let row = self
            .one(
                sql("SELECT s.id, s.connection_id, s.facts, s.synced_at,
                         (SELECT COUNT(*) FROM orders o
                          WHERE o.organisation_id = s.organisation_id AND o.shop_id = s.id) AS orders
                     FROM shops s WHERE s.organisation_id = $1 AND s.id = $2")
                .bind(organisation)
                .bind(id),
            )
            .await?;
        row.as_ref().map(shop).transpose()
    }

    async fn shop_of_campaign(
        &mut self,
        organisation: OrganisationId,
        campaign: CampaignId,
    ) -> Result<Option<Shop>, StoreError> {
        let row = self
            .one(
                sql("SELECT s.id, s.connection_id, s.facts, s.synced_at,
                         (SELECT COUNT(*) FROM orders o
                          WHERE o.organisation_id = s.organisation_id AND o.shop_id = s.id) AS orders
                     FROM shops s WHERE s.organisation_id = $1 AND s.campaign_id = $2")
                .bind(organisation)
                .bind(campaign),
            )
            .await?;
        row.as_ref().map(shop).transpose()
    }

    async fn save_shop(
        &mut self,
        organisation: OrganisationId,
        id: ShopId,
        connection: MarketplaceConnectionId,
        facts: &ShopFacts,
    ) -> Result<ShopId, StoreError> {
        let row = self
            .one(
                sql("INSERT INTO shops (organisation_id, id, connection_id, campaign_id, name, facts)
                     VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (organisation_id, campaign_id) DO UPDATE SET
                         connection_id = excluded.connection_id, name = excluded.name, facts = excluded.facts
                     RETURNING id")
                .bind(organisation)
                .bind(id)
                .bind(connection)
                .bind(facts.campaign)
                .bind(&facts.name)
                .bind(&json(facts)?),
            )
            .await?
            .ok_or_else(|| database(sqlx::Error::RowNotFound))?;
        Cells::new(&row, "shops", "id").parsed("id")
    }

    async fn mark_shop_synced(
        &mut self,
        organisation: OrganisationId,
        id: ShopId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("UPDATE shops SET synced_at = $3 WHERE organisation_id = $1 AND id = $2")
                .bind(organisation)
                .bind(id)
                .bind(at),
        )
        .await?;
        Ok(())
    }
}
