//! A page of the order list: one query that counts, one that reads.

use super::super::Tx;
use crate::{
    row::Cells,
    search,
    statement::{Statement, sql},
};
use desk::{
    ids::OrganisationId,
    marketplace::ShipBy,
    orders::{OrderFilter, PAGE_SIZE},
    server::ports::storage::{OrderSummary, StoreError},
};
use sqlx::any::AnyRow;

/// The two queries over one condition; `$1` is the organisation, `$2` the shop or NULL.
macro_rules! count_and_page {
    ($limit:literal, $offset:literal, $condition:literal) => {
        (
            concat!(
                "SELECT COUNT(*) AS counted FROM orders o
                 WHERE o.organisation_id = $1 AND ($2 IS NULL OR o.shop_id = $2) AND ",
                $condition
            ),
            concat!(
                "SELECT o.id, o.number, s.name AS shop, o.model, o.ship_by_at, o.ship_by_timed,
                     o.units, o.wanted, o.filled, o.work
                 FROM orders o
                 JOIN shops s ON s.organisation_id = o.organisation_id AND s.id = o.shop_id
                 WHERE o.organisation_id = $1 AND ($2 IS NULL OR o.shop_id = $2) AND ",
                $condition,
                " ORDER BY o.ship_by_at ASC NULLS LAST, o.number DESC, o.id LIMIT ",
                $limit,
                " OFFSET ",
                $offset
            ),
        )
    };
}

/// Up to three states, as many as a tab has.
const OF_TAB: (&str, &str) = count_and_page!("$6", "$7", "o.work IN ($3, $4, $5)");

const FOUND: (&str, &str) = count_and_page!(
    "$8",
    "$9",
    r"(CAST(o.number AS TEXT) LIKE $3 ESCAPE '\'
       OR o.articles LIKE $4 ESCAPE '\'
       OR o.names LIKE $5 ESCAPE '\'
       OR EXISTS (SELECT 1 FROM slots x
                  WHERE x.organisation_id = o.organisation_id AND x.order_id = o.id AND x.mark_key IN ($6, $7)))"
);

fn summary(row: &AnyRow) -> Result<OrderSummary, StoreError> {
    let cells = Cells::new(row, "orders", "id");
    let timed = cells.get("ship_by_timed")?;
    Ok(OrderSummary {
        id: cells.parsed("id")?,
        number: cells.get("number")?,
        shop: cells.get("shop")?,
        model: cells.get("model")?,
        ship_by: cells
            .get::<Option<_>>("ship_by_at")?
            .map(|at| ShipBy { at, timed }),
        units: cells.get("units")?,
        wanted: cells.get("wanted")?,
        filled: cells.get("filled")?,
        work: cells.parsed("work")?,
    })
}

impl Tx {
    pub(super) async fn page_of_list(
        &mut self,
        organisation: OrganisationId,
        filter: &OrderFilter,
    ) -> Result<(Vec<OrderSummary>, u32), StoreError> {
        let (count, page) = if search::fold(&filter.search).is_empty() {
            (
                of_tab(OF_TAB.0, organisation, filter),
                of_tab(OF_TAB.1, organisation, filter),
            )
        } else {
            (
                found(FOUND.0, organisation, filter),
                found(FOUND.1, organisation, filter),
            )
        };
        let counted = match self.one(count).await? {
            Some(row) => Cells::new(&row, "orders", "counted").get("counted")?,
            None => 0,
        };
        let offset = i64::from(filter.page) * i64::from(PAGE_SIZE);
        let rows = self.all(page.bind(PAGE_SIZE).bind(offset)).await?;
        Ok((rows.iter().map(summary).collect::<Result<_, _>>()?, counted))
    }
}

fn of_tab(text: &'static str, organisation: OrganisationId, filter: &OrderFilter) -> Statement {
    let states = filter.tab.states();
    let state = |index: usize| {
        states
            .get(index)
            .or(states.first())
            .map(|state| state.as_str())
    };
    sql(text)
        .bind(organisation)
        .bind(filter.shop)
        .bind(state(0))
        .bind(state(1))
        .bind(state(2))
}

fn found(text: &'static str, organisation: OrganisationId, filter: &OrderFilter) -> Statement {
    let words = search::literal(&search::fold(&filter.search));
    let [code, uin] = search::mark_keys(&filter.search);
    sql(text)
        .bind(organisation)
        .bind(filter.shop)
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
