//! The order list: a page of it, and its counts. No query reads a whole row for every order: what is listed, sorted and
//! counted stands in the index `orders_listed`, what is searched in the table `order_words`, and only the fifty rows of
//! a page are looked up.

use super::super::Tx;
use crate::{
    row::Cells,
    search,
    statement::{Statement, sql},
};
use async_trait::async_trait;
use desk::{
    ids::{OrganisationId, ShopId},
    marketplace::{Model, ShipBy},
    orders::{OrderFilter, PAGE_SIZE, WorkState, due::Due},
    server::ports::{
        lists::{Days, Lists},
        storage::{OrderSummary, StoreError},
    },
};
use sqlx::any::AnyRow;

/// A page with the number of all rows that are sought, which are gone through once for both. `$1` is the organisation;
/// `$2` to `$5` are shop, model and the ends of the deadline, each a value or NULL.
///
/// The outer joins hold both databases to one order of looking things up, whatever they know or guess of the tables; the
/// first of them also tells the number where the page has no rows.
macro_rules! counted_page {
    ($table:literal, $id:literal, $condition:literal, $limit:literal, $offset:literal) => {
        concat!(
            "WITH found AS MATERIALIZED (
                 SELECT o.", $id, " AS id, o.ship_by_at, o.number FROM ", $table, " o
                 WHERE o.organisation_id = $1 AND ($2 IS NULL OR o.shop_id = $2) AND ($3 IS NULL OR o.model = $3)
                     AND ($4 IS NULL OR o.ship_by_at >= $4) AND ($5 IS NULL OR o.ship_by_at < $5) AND ",
            $condition,
            "), page AS (
                 SELECT id FROM found ORDER BY ship_by_at ASC NULLS LAST, number DESC, id LIMIT ", $limit, " OFFSET ",
            $offset,
            ")
             SELECT c.counted, o.id, o.number, s.name AS shop, o.model, o.ship_by_at, o.ship_by_timed,
                 o.units, o.wanted, o.filled, o.fake, o.work
             FROM (SELECT COUNT(*) AS counted FROM found) c
             LEFT JOIN page p ON 1 = 1
             LEFT JOIN orders o ON o.organisation_id = $1 AND o.id = p.id
             LEFT JOIN shops s ON s.organisation_id = $1 AND s.id = o.shop_id
             ORDER BY o.ship_by_at ASC NULLS LAST, o.number DESC, o.id"
        )
    };
}

/// Up to three states, as many as a tab has.
const OF_TAB: &str = counted_page!("orders", "id", "o.work IN ($6, $7, $8)", "$9", "$10");

const FOUND: &str = counted_page!(
    "order_words",
    "order_id",
    r"(CAST(o.number AS TEXT) LIKE $6 ESCAPE '\'
       OR o.articles LIKE $7 ESCAPE '\'
       OR o.names LIKE $8 ESCAPE '\'
       OR o.order_id IN (SELECT x.order_id FROM slots x WHERE x.organisation_id = $1 AND x.mark_key IN ($9, $10)))",
    "$11",
    "$12"
);

/// The order of a row; a page without orders has one row, which only counts.
fn summary(row: &AnyRow) -> Result<Option<OrderSummary>, StoreError> {
    let cells = Cells::new(row, "orders", "id");
    let Some(id) = cells.parsed_opt("id")? else {
        return Ok(None);
    };
    let timed = cells.get("ship_by_timed")?;
    Ok(Some(OrderSummary {
        id,
        number: cells.get("number")?,
        shop: cells.get("shop")?,
        model: cells.get("model")?,
        ship_by: cells
            .get::<Option<_>>("ship_by_at")?
            .map(|at| ShipBy { at, timed }),
        units: cells.get("units")?,
        wanted: cells.get("wanted")?,
        filled: cells.get("filled")?,
        fake: cells.get("fake")?,
        work: cells.parsed("work")?,
    }))
}

#[async_trait]
impl Lists for Tx {
    async fn list(
        &mut self,
        organisation: OrganisationId,
        filter: &OrderFilter,
        days: &Days,
    ) -> Result<(Vec<OrderSummary>, u32), StoreError> {
        let offset = i64::from(filter.page) * i64::from(PAGE_SIZE);
        let sought = sought(organisation, filter, days);
        let rows = self.all(sought.bind(PAGE_SIZE).bind(offset)).await?;
        let counted = match rows.first() {
            Some(row) => Cells::new(row, "orders", "counted").get("counted")?,
            None => 0,
        };
        let page = rows.iter().filter_map(|row| summary(row).transpose());
        Ok((page.collect::<Result<_, _>>()?, counted))
    }

    async fn count_by_due(
        &mut self,
        organisation: OrganisationId,
        shop: Option<ShopId>,
        model: Option<&Model>,
        days: &Days,
    ) -> Result<Vec<(WorkState, Option<Due>, u32)>, StoreError> {
        let rows = self
            .all(
                sql("SELECT o.work,
                         CASE WHEN o.ship_by_at < $4 THEN 'overdue' WHEN o.ship_by_at < $5 THEN 'today'
                              WHEN o.ship_by_at < $6 THEN 'tomorrow' ELSE 'later' END AS due,
                         COUNT(*) AS counted
                     FROM orders o
                     WHERE o.organisation_id = $1 AND ($2 IS NULL OR o.shop_id = $2) AND ($3 IS NULL OR o.model = $3)
                     GROUP BY 1, 2")
                .bind(organisation)
                .bind(shop)
                .bind(model.map(Model::as_str))
                .bind(days.now)
                .bind(days.tomorrow)
                .bind(days.day_after),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "orders", "work");
                let due: String = cells.get("due")?;
                Ok((
                    cells.parsed("work")?,
                    Due::from_name(&due),
                    cells.get("counted")?,
                ))
            })
            .collect()
    }

    async fn shop_names(
        &mut self,
        organisation: OrganisationId,
    ) -> Result<Vec<(ShopId, String)>, StoreError> {
        let rows = self
            .all(
                sql("SELECT s.id, s.name FROM shops s
                     JOIN connections c ON c.organisation_id = s.organisation_id AND c.id = s.connection_id
                     WHERE s.organisation_id = $1 AND c.retired_at IS NULL")
                .bind(organisation),
            )
            .await?;
        let mut shops = rows
            .iter()
            .map(|row| {
                let cells = Cells::new(row, "shops", "id");
                Ok((cells.parsed("id")?, cells.get("name")?))
            })
            .collect::<Result<Vec<(ShopId, String)>, StoreError>>()?;
        shops.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
        Ok(shops)
    }
}

/// The query of a filter, with everything but its page.
fn sought(organisation: OrganisationId, filter: &OrderFilter, days: &Days) -> Statement {
    let words = search::literal(&search::fold(&filter.search));
    let text = if words.is_empty() { OF_TAB } else { FOUND };
    let (from, before) = match filter.due.map(|due| days.between(due)) {
        Some((from, before)) => (from, Some(before)),
        None => (None, None),
    };
    let statement = sql(text)
        .bind(organisation)
        .bind(filter.shop)
        .bind(filter.model.as_ref().map(Model::as_str))
        .bind(from)
        .bind(before);
    if words.is_empty() {
        let states = filter.tab.states();
        let state = |index: usize| {
            states
                .get(index)
                .or(states.first())
                .map(|state| state.as_str())
        };
        return statement.bind(state(0)).bind(state(1)).bind(state(2));
    }
    let [code, uin] = search::mark_keys(&filter.search);
    statement
        .bind(&format!("%{words}%"))
        .bind(&format!("%\n{words}%"))
        .bind(&format!("%{words}%"))
        .bind(&code)
        .bind(&uin)
}

#[cfg(test)]
mod tests {
    use desk::orders::Tab;

    #[test]
    fn no_tab_has_more_states_than_the_query_takes() {
        for tab in Tab::ALL {
            assert!((1..=3).contains(&tab.states().len()), "{tab:?}");
        }
    }
}
