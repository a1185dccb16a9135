//! Codes of the stock on their way into a file, page by page.

use crate::{
    account::{Actor, Permission},
    journal::Action,
    problem::Problem,
    server::{
        Desk,
        ports::{
            stock::{Shelf, StockPlace, StockQuery},
            storage::JournalEntry,
        },
        when::when,
    },
    suz::receiving::StockRow,
};
use cis::Gtin;

/// Codes of a file read at once: reading them is no more than a moment, and a million weighs as much as they.
const EXPORTED_AT_ONCE: u32 = 2000;

impl Desk {
    /// Begins taking the codes of one kind of goods away as a file, which the journal keeps.
    ///
    /// # Errors
    /// When the one who asks may not take codes away, or there are none of these goods.
    pub async fn begin_stock_export(&self, actor: &Actor, gtin: Gtin) -> Result<(), Problem> {
        if !actor.role.may(Permission::ExportCodes) {
            return Err(Problem::Forbidden {
                permission: Permission::ExportCodes,
            });
        }
        let organisation = actor.organisation;
        let mut tx = self.write().await?;
        let piles = tx.piles(organisation).await?;
        if piles.iter().all(|pile| pile.gtin != gtin) {
            return Err(Problem::NotFound);
        }
        let entry = JournalEntry {
            at: self.now(),
            user: Some(actor.user),
            action: Action::CodesExported,
            subject: gtin.to_string(),
            detail: String::new(),
        };
        tx.write_journal(organisation, &entry).await?;
        Ok(tx.commit().await?)
    }

    /// The next codes of a file, in the order of the stock, with the place behind which the others are.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn export_stock(
        &self,
        actor: &Actor,
        gtin: Gtin,
        after: Option<StockPlace>,
    ) -> Result<(Vec<StockRow>, Option<StockPlace>), Problem> {
        let query = StockQuery {
            shelf: Shelf::Goods(gtin),
            after,
            unused: false,
            limit: EXPORTED_AT_ONCE,
        };
        let mut tx = self.read().await?;
        let codes = tx.stock_codes(actor.organisation, &query).await?;
        let full = u32::try_from(codes.len()) == Ok(EXPORTED_AT_ONCE);
        let next = codes.last().filter(|_| full).map(|last| StockPlace {
            run: last.run,
            position: last.position,
        });
        let now = self.now();
        let rows = codes.into_iter().map(|code| StockRow {
            ki: code
                .key
                .strip_prefix("cis:")
                .unwrap_or(&code.key)
                .to_owned(),
            text: code.text,
            gtin: code.gtin.to_string(),
            emission: code.emission,
            block: code.block,
            expires: code.expires.map(|at| when(at, now, true)),
            came: when(code.came_at, now, true),
        });
        Ok((rows.collect(), next))
    }
}
