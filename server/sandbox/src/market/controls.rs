//! What only the control API does besides making orders: returns, goods, verdicts, subscriptions.

use super::{
    Market, MarketError, Offer, Offers,
    codes::{self, LineCodes},
    events::Event,
    ids::{BusinessId, OrderId, ReturnId},
    return_record::{NewReturn, Return, ReturnChange},
    verification::{Script, VerificationChange},
};
use crate::post::{NewSubscription, Subscription};

impl Market {
    /// Puts offers into a cabinet's catalogue, instead of those of the same article.
    pub fn put_offers(
        &mut self,
        business: BusinessId,
        offers: Vec<Offer>,
    ) -> Result<&Offers, MarketError> {
        if self.cabinet(business).is_none() {
            return Err(MarketError::NoCabinet(business));
        }
        let known = self.offers.entry(business).or_default();
        known.extend(
            offers
                .into_iter()
                .map(|offer| (offer.offer_id.clone(), offer)),
        );
        Ok(known)
    }

    /// Makes a return of an order's units. The status of the order stays.
    pub fn create_return(&mut self, new: NewReturn, now_ms: i64) -> Result<&Return, MarketError> {
        let id = ReturnId(self.next_id());
        let order = self
            .orders
            .get(&new.order_id)
            .ok_or(MarketError::NoOrder(new.order_id))?;
        let made = Return::create(id, new, order, now_ms)?;
        self.events.push(Event::returned(&made));
        Ok(self.returns.entry(id).or_insert(made))
    }

    /// Changes a return and its update date.
    pub fn change_return(
        &mut self,
        id: ReturnId,
        change: &ReturnChange,
        now_ms: i64,
    ) -> Result<&Return, MarketError> {
        let one = self.returns.get_mut(&id).ok_or(MarketError::NoReturn(id))?;
        one.apply(change, now_ms);
        Ok(one)
    }

    /// Orders a verdict of the verification and returns its number.
    pub fn add_script(&mut self, script: Script) -> i64 {
        let id = self.next_id();
        self.verification.scripts.push(Script { id, ..script });
        id
    }

    /// Changes how long verification takes.
    pub fn change_verification(&mut self, change: VerificationChange) {
        self.verification.apply(change);
    }

    /// Lets a cabinet, or one shop of it, be told of what happens; an earlier wish for the same is replaced.
    pub fn subscribe(&mut self, new: &NewSubscription) -> Result<&Subscription, MarketError> {
        let cabinet = self
            .cabinet(new.business_id)
            .ok_or(MarketError::NoCabinet(new.business_id))?;
        if let Some(campaign) = new.campaign_id
            && !cabinet.campaigns.iter().any(|own| own.id == campaign)
        {
            return Err(MarketError::NoCampaign(campaign));
        }
        let id = self.next_id();
        let made = Subscription::create(id, new).map_err(MarketError::Impossible)?;
        self.subscriptions.retain(|known| {
            (known.business_id, known.campaign_id) != (made.business_id, made.campaign_id)
        });
        self.subscriptions.push(made);
        self.subscriptions
            .last()
            .ok_or(MarketError::NoSubscription(id))
    }

    /// Tells nobody any more; what is still in the queue is dropped.
    pub fn unsubscribe(&mut self, id: i64) -> Result<(), MarketError> {
        let before = self.subscriptions.len();
        self.subscriptions.retain(|known| known.id != id);
        if self.subscriptions.len() == before {
            return Err(MarketError::NoSubscription(id));
        }
        Ok(())
    }

    /// Sample codes for every unit of every line of an order that asks for them.
    pub fn codes(&self, id: OrderId) -> Option<Vec<LineCodes>> {
        let order = self.orders.get(&id)?;
        Some(codes::samples(order, &self.rejected))
    }
}
