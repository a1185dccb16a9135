//! Making and changing cabinets, their keys and shops.

use super::{
    Market, MarketError,
    cabinet::{ApiKey, ApiKeyRecord, Cabinet, Campaign, CampaignChange, KeyChange, NewCabinet},
    ids::{BusinessId, CampaignId},
};

impl Market {
    /// Creates a cabinet with its keys and shops.
    pub fn create_cabinet(&mut self, new: NewCabinet) -> Result<&Cabinet, MarketError> {
        let business_id = match new.business_id {
            Some(id) => id,
            None => BusinessId(self.next_id()),
        };
        if self.cabinet(business_id).is_some() {
            return Err(MarketError::Taken(format!("the cabinet {business_id}")));
        }
        let mut cabinet = Cabinet {
            business_id,
            name: new.name,
            inn: new.inn,
            keys: Vec::new(),
            campaigns: Vec::new(),
        };
        for key in new.keys {
            let text = match key.key {
                Some(text) => text,
                None => ApiKey::generate(self.next_id()),
            };
            let twice = cabinet.keys.iter().any(|known| known.name == key.name);
            if twice || self.key(text.reveal()).is_some() {
                return Err(MarketError::Taken(format!("the key «{}»", key.name)));
            }
            cabinet.keys.push(ApiKeyRecord {
                name: key.name,
                key: text,
                scopes: key.scopes,
                revoked: false,
            });
        }
        for campaign in new.campaigns {
            let id = match campaign.id {
                Some(id) => id,
                None => CampaignId(self.next_id()),
            };
            if self.campaign(id).is_some() {
                return Err(MarketError::Taken(format!("the campaign {id}")));
            }
            cabinet.campaigns.push(Campaign {
                id,
                domain: campaign.domain,
                placement_type: campaign.placement_type,
                api_availability: campaign.api_availability,
            });
        }
        self.cabinets.push(cabinet);
        self.cabinet(business_id)
            .ok_or(MarketError::NoCabinet(business_id))
    }

    /// Changes a key found by its name.
    pub fn change_key(
        &mut self,
        business: BusinessId,
        name: &str,
        change: KeyChange,
    ) -> Result<&ApiKeyRecord, MarketError> {
        let record = self
            .cabinets
            .iter_mut()
            .find(|known| known.business_id == business)
            .ok_or(MarketError::NoCabinet(business))?
            .keys
            .iter_mut()
            .find(|known| known.name == name)
            .ok_or_else(|| MarketError::NoKey(business, name.to_owned()))?;
        if let Some(scopes) = change.scopes {
            record.scopes = scopes;
        }
        if let Some(revoked) = change.revoked {
            record.revoked = revoked;
        }
        Ok(record)
    }

    /// Changes a shop.
    pub fn change_campaign(
        &mut self,
        id: CampaignId,
        change: CampaignChange,
    ) -> Result<&Campaign, MarketError> {
        let campaign = self
            .cabinets
            .iter_mut()
            .flat_map(|cabinet| &mut cabinet.campaigns)
            .find(|known| known.id == id)
            .ok_or(MarketError::NoCampaign(id))?;
        if let Some(domain) = change.domain {
            campaign.domain = domain;
        }
        if let Some(placement_type) = change.placement_type {
            campaign.placement_type = placement_type;
        }
        if let Some(api_availability) = change.api_availability {
            campaign.api_availability = api_availability;
        }
        Ok(campaign)
    }
}
