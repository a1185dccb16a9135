//! The stock: codes that were emitted for the organisation or bought elsewhere, as people see it.

mod export;
mod import;

use super::{
    Desk,
    ports::{
        printing::FreeBlock,
        stock::{BlockSource, Pile},
    },
    when::when,
};
use crate::{
    account::{Actor, Permission},
    problem::Problem,
    suz::receiving::PileView,
    time::Timestamp,
};
use cis::Gtin;
pub use import::{CodeFile, TextPiece};

/// What is known of one kind of goods.
struct Goods {
    gtin: Gtin,
    product: Option<String>,
    free: Vec<FreeBlock>,
}

/// Whether codes are annulled by now.
pub(super) fn is_over(expires: Option<Timestamp>, now: Timestamp) -> bool {
    expires.is_some_and(|expires| expires <= now)
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
        for pile in &piles {
            if known.iter().any(|goods| goods.gtin == pile.gtin) {
                continue;
            }
            let product = tx
                .product_of_gtin(organisation, pile.gtin.as_str())
                .await?
                .map(|(_, product)| product.name);
            known.push(Goods {
                gtin: pile.gtin,
                product,
                free: tx.free_blocks(organisation, pile.gtin).await?,
            });
        }
        let views = piles.into_iter().filter_map(|pile| {
            let goods = known.iter().find(|goods| goods.gtin == pile.gtin)?;
            Some(view(pile, goods, now))
        });
        Ok(views.collect())
    }
}

fn view(pile: Pile, goods: &Goods, now: Timestamp) -> PileView {
    let fresh = goods
        .free
        .iter()
        .filter(|block| !is_over(block.expires, now));
    let free_of_goods = fresh.clone().map(|block| block.codes).sum();
    let of_pile = |block: &&FreeBlock| block.source == pile.source;
    let expires = fresh
        .filter(of_pile)
        .filter_map(|block| block.expires)
        .min();
    let annulled = goods
        .free
        .iter()
        .filter(of_pile)
        .filter(|block| is_over(block.expires, now));
    let annulled = annulled.map(|block| block.codes).sum();
    let (emission, file) = match pile.source {
        BlockSource::Emission(emission) => (Some(emission), None),
        BlockSource::File(name) => (None, Some(name)),
    };
    PileView {
        emission,
        file,
        gtin: pile.gtin.to_string(),
        product: goods.product.clone(),
        group: pile.group,
        codes: pile.codes,
        free_of_goods,
        expired: annulled,
        expires: expires.map(|at| when(at, now, true)),
        came: when(pile.came_at, now, true),
    }
}
