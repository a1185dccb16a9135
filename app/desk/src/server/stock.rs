//! The stock: codes that were emitted for the organisation or bought elsewhere, as people see it.

mod export;
mod import;

use super::{
    Desk,
    ports::stock::{BlockSource, Pile},
    when::when,
};
use crate::{
    account::{Actor, Permission},
    problem::Problem,
    suz::receiving::PileView,
};
use cis::Gtin;
pub use import::CodeFile;

/// What is known of one kind of goods.
struct Goods {
    gtin: Gtin,
    product: Option<String>,
    free: u64,
}

impl Desk {
    /// What the stock holds, newest first: how much of which goods from where, and how much of the goods is still free.
    ///
    /// # Errors
    /// When the one who asks may not read of СУЗ.
    pub async fn stock(&self, actor: &Actor) -> Result<Vec<PileView>, Problem> {
        if !actor.role.may(Permission::ReadSuz) {
            return Err(Problem::Forbidden {
                permission: Permission::ReadSuz,
            });
        }
        let organisation = actor.organisation;
        let now = self.now();
        let mut tx = self.read().await?;
        let piles = tx.piles(organisation).await?;
        let mut known: Vec<Goods> = Vec::new();
        let mut views = Vec::with_capacity(piles.len());
        for pile in piles {
            let goods = if let Some(place) = known.iter().position(|goods| goods.gtin == pile.gtin)
            {
                known.get(place)
            } else {
                let product = tx
                    .product_of_gtin(organisation, pile.gtin.as_str())
                    .await?
                    .map(|(_, product)| product.name);
                known.push(Goods {
                    gtin: pile.gtin,
                    product,
                    free: tx.free_codes(organisation, pile.gtin).await?,
                });
                known.last()
            };
            let (product, free) =
                goods.map_or((None, 0), |goods| (goods.product.clone(), goods.free));
            views.push(view(pile, product, free, |at| when(at, now, true)));
        }
        Ok(views)
    }
}

fn view(
    pile: Pile,
    product: Option<String>,
    free_of_goods: u64,
    when: impl Fn(crate::time::Timestamp) -> crate::time::When,
) -> PileView {
    let (emission, file) = match pile.source {
        BlockSource::Emission(emission) => (Some(emission), None),
        BlockSource::File(name) => (None, Some(name)),
    };
    PileView {
        emission,
        file,
        gtin: pile.gtin.to_string(),
        product,
        group: pile.group,
        codes: pile.codes,
        free_of_goods,
        expires: pile.expires.map(&when),
        came: when(pile.came_at),
    }
}
