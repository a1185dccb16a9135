//! What a marketplace tells us by itself. It is never believed: it only says where to look.
//!
//! Source: the notification API of Yandex Market,
//! [«API-уведомления»](https://yandex.ru/dev/market/partner-api/doc/ru/push-notifications/). The Market appends
//! `/notification` to the address it was given and repeats a notification that was not answered with 200, holding
//! back all others meanwhile.

use super::{
    Desk,
    hooks::{hash_of, same},
    jobs::{read_returns, read_told},
    ports::storage::Transaction,
    when::written,
};
use crate::{
    ids::{CampaignId, MarketOrderId, MarketplaceConnectionId, OrganisationId, ShopId},
    problem::Problem,
};
use serde::Deserialize;

/// A notification, as much of it as decides where to look.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    /// What happened (`notificationType`), an open list.
    #[serde(rename = "notificationType")]
    pub kind: String,
    /// In which shop.
    pub campaign_id: Option<CampaignId>,
    /// With which order.
    pub order_id: Option<MarketOrderId>,
}

impl Notification {
    /// Whether it only asks if anybody is here (`PING`).
    pub fn is_ping(&self) -> bool {
        self.kind == "PING"
    }
}

/// Whose notifications come to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Listener {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The connection.
    pub connection: MarketplaceConnectionId,
}

/// Where to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// One order.
    Order(ShopId, MarketOrderId),
    /// The returns of a shop, and the order that something came back from.
    Returns(ShopId, Option<MarketOrderId>),
    /// All orders of the connection: the notification is about orders and names none that we know a shop for.
    Orders,
    /// Nowhere.
    Nothing,
}

impl Desk {
    /// The present moment in the form that the marketplace reads: ISO 8601 in UTC.
    pub fn time_for_market(&self) -> String {
        written(self.now())
    }

    /// Whose address has this secret.
    pub async fn listener(&self, secret: &str) -> Result<Option<Listener>, Problem> {
        let hash = hash_of(secret);
        let found = self.read().await?.hook_of(&hash).await?;
        Ok(found
            .filter(|(_, _, kept)| same(kept, &hash))
            .map(|(organisation, connection, _)| Listener {
                organisation,
                connection,
            }))
    }

    /// Remembers that the marketplace was heard, and asks for what it told of to be read.
    pub async fn notified(
        &self,
        listener: Listener,
        notification: &Notification,
    ) -> Result<(), Problem> {
        let Listener {
            organisation,
            connection,
        } = listener;
        let mut tx = self.write().await?;
        tx.mark_heard(organisation, connection, self.now()).await?;
        match self.look(&mut *tx, listener, notification).await? {
            Look::Order(shop, number) => {
                tx.tell_order(organisation, shop, number, self.now())
                    .await?;
                read_told::enqueue(self, &mut *tx, organisation, connection).await?;
            }
            Look::Returns(shop, number) => {
                if let Some(number) = number {
                    tx.tell_order(organisation, shop, number, self.now())
                        .await?;
                    read_told::enqueue(self, &mut *tx, organisation, connection).await?;
                }
                read_returns::enqueue(self, &mut *tx, organisation, shop).await?;
            }
            Look::Orders => {
                self.enqueue_sync(&mut *tx, organisation, connection)
                    .await?;
            }
            Look::Nothing => {}
        }
        tx.commit().await?;
        self.after_change(organisation, connection);
        Ok(())
    }

    async fn look(
        &self,
        tx: &mut dyn Transaction,
        listener: Listener,
        notification: &Notification,
    ) -> Result<Look, Problem> {
        if !notification.kind.starts_with("ORDER_") {
            return Ok(Look::Nothing);
        }
        let shop = match notification.campaign_id {
            Some(campaign) => tx.shop_of_campaign(listener.organisation, campaign).await?,
            None => None,
        };
        // A campaign of another connection is not this address's to tell of.
        let shop = shop
            .filter(|shop| shop.connection == listener.connection)
            .map(|shop| shop.id);
        let returned = notification.kind.starts_with("ORDER_RETURN");
        Ok(match (shop, notification.order_id) {
            (Some(shop), number) if returned => Look::Returns(shop, number),
            (Some(shop), Some(number)) => Look::Order(shop, number),
            _ => Look::Orders,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_notification_only_its_kind_must_be_there() {
        let read = |text: &str| serde_json::from_str::<Notification>(text);
        let ping = read(r#"{"notificationType":"PING","time":"2026-11-21T09:00:00Z"}"#).unwrap();
        assert!(ping.is_ping());
        let created = read(
            r#"{"notificationType":"ORDER_CREATED","orderId":48512377,"campaignId":7,"items":[{"offerId":"A"}]}"#,
        )
        .unwrap();
        assert_eq!(created.order_id, Some(MarketOrderId(48_512_377)));
        assert_eq!(created.campaign_id, Some(CampaignId(7)));
        for bad in [
            "",
            "[]",
            "{}",
            r#"{"notificationType":7}"#,
            r#"{"notificationType":"X","orderId":"a"}"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
