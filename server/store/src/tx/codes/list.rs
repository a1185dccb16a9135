//! A page of the stock. Its text is put together of the parts that a filter asks for, so that the database sees no
//! condition that does not hold and finds the index of the one that matters.

use super::{super::Tx, order_name};
use crate::{
    draft::{Bound, Draft, texts},
    row::Cells,
    search::codes::{Products, Sought, Way, sought},
};
use desk::{
    codes::CodeState,
    ids::OrganisationId,
    server::ports::{
        codes::{CodeQuery, KeptCode},
        storage::StoreError,
    },
};
use sqlx::any::AnyRow;

/// Where a code lies and what is worked on there. A slot whose unit came back still names its mark, which may lie
/// elsewhere by now.
const PLACES: &str = "
    LEFT JOIN slots s ON s.organisation_id = c.organisation_id AND s.mark_key = c.mark_key AND s.released_at IS NULL
    LEFT JOIN orders o ON o.organisation_id = s.organisation_id AND o.id = s.order_id";

/// Where a code stands, told here and nowhere else.
///
/// The names of orders' work and of submissions' states stand in the text, where the database cannot ask the rules; a
/// test holds them against each other.
const STATE: &str = "CASE (SELECT e.kind FROM code_events e
          WHERE e.organisation_id = c.organisation_id AND e.mark_key = c.mark_key ORDER BY e.seq DESC LIMIT 1)
        WHEN 'returned' THEN 'returned'
        WHEN 'rejected' THEN CASE WHEN s.order_id IS NULL THEN 'free' ELSE 'rejected' END
        WHEN 'verified' THEN CASE WHEN s.order_id IS NULL THEN 'free' ELSE 'verified' END
        WHEN 'freed' THEN CASE WHEN s.order_id IS NULL THEN 'cancelled' ELSE 'bound' END
        ELSE CASE
            WHEN s.order_id IS NULL THEN 'free'
            WHEN o.work IN ('sending', 'unknown', 'checking') THEN 'sent'
            WHEN o.work IN ('to_ship', 'shipped') THEN 'verified'
            WHEN o.work = 'accepted' THEN 'accepted'
            WHEN o.work = 'trouble' THEN 'refused'
            WHEN o.work = 'closed' AND EXISTS (
                SELECT 1 FROM submissions p
                WHERE p.organisation_id = s.organisation_id AND p.order_id = s.order_id AND p.state = 'accepted'
            ) THEN 'accepted'
            ELSE 'bound'
        END
    END";

/// What is shown of a code, besides its state.
const SHOWN: &str = "SELECT c.mark_key, c.mark_text, c.gtin, c.first_seen_at, c.origin, c.came_by, u.email, c.came_for,
    f.number AS came_for_number, s.order_id, o.number,
    COALESCE(l.name, (SELECT g.name FROM offer_gtins g WHERE g.organisation_id = c.organisation_id AND g.gtin = c.gtin
                      ORDER BY g.learned_at DESC, g.offer LIMIT 1)) AS product, ";

/// What else is read to show a code.
const NAMES: &str = "
    LEFT JOIN lines l ON l.organisation_id = s.organisation_id AND l.order_id = s.order_id AND l.id = s.line_id
    LEFT JOIN users u ON u.id = c.came_by
    LEFT JOIN orders f ON f.organisation_id = c.organisation_id AND f.id = c.came_for";

/// The codes among which those of a rare state are, told by an index of what is rare, so that few are not sought among
/// all: the statement for an organisation, and its last condition.
const fn few(state: CodeState) -> Option<[&'static str; 2]> {
    const OF_ORDERS: &str = "SELECT x.mark_key FROM orders y
        JOIN slots x ON x.organisation_id = y.organisation_id AND x.order_id = y.id AND x.mark_key IS NOT NULL
            AND x.released_at IS NULL
        WHERE y.organisation_id = ?";
    const OF_EVENTS: &str =
        "SELECT DISTINCT x.mark_key FROM code_events x WHERE x.organisation_id = ?";
    match state {
        CodeState::Sent => Some([
            OF_ORDERS,
            " AND y.work IN ('sending', 'unknown', 'checking')",
        ]),
        CodeState::Refused => Some([OF_ORDERS, " AND y.work = 'trouble'"]),
        CodeState::Rejected => Some([OF_EVENTS, " AND x.kind = 'rejected'"]),
        CodeState::Returned => Some([OF_EVENTS, " AND x.kind = 'returned'"]),
        CodeState::Cancelled => Some([OF_EVENTS, " AND x.kind = 'freed'"]),
        CodeState::Free | CodeState::Bound | CodeState::Accepted | CodeState::Verified => None,
    }
}

/// What follows from a state that many codes have, said in a way that an index can answer.
const fn implied(state: CodeState) -> &'static str {
    match state {
        CodeState::Free | CodeState::Cancelled => " AND s.order_id IS NULL",
        CodeState::Accepted => " AND o.work IN ('accepted', 'closed')",
        CodeState::Returned => "",
        _ => " AND s.order_id IS NOT NULL",
    }
}

/// The codes that a searched text is part of, in one way.
fn add_way(draft: &mut Draft, organisation: &str, way: Way) {
    let of = [Bound::Text(organisation.to_owned())];
    match way {
        Way::Keys(keys) => {
            let [code, uin] = keys;
            draft.add(
                "SELECT w.mark_key FROM codes w WHERE w.organisation_id = ?",
                of,
            );
            draft.add(" AND w.mark_key IN (?, ?)", texts([code, uin]));
        }
        Way::Gtin(gtin) => {
            draft.add(
                "SELECT w.mark_key FROM codes w WHERE w.organisation_id = ?",
                of,
            );
            draft.add(" AND w.gtin = ?", texts([gtin]));
        }
        Way::SerialStart(range) => {
            draft.add(BY_PART, of);
            draft.add(" AND w.serial >= ? AND w.serial < ?", texts(range));
        }
        Way::KiEnd(range, end) => {
            draft.add(BY_PART, of);
            draft.add(" AND w.ki_end >= ? AND w.ki_end < ?", texts(range));
            add_end(
                draft,
                " AND substr(w.mark_key, length(w.mark_key) - CAST(? AS INTEGER) + 1) = ?",
                end,
            );
        }
        Way::TextEnd(range, end) => {
            draft.add(BY_PART, of);
            draft.add(" AND w.text_end >= ? AND w.text_end < ?", texts(range));
            add_end(
                draft,
                " AND substr(w.mark_text, length(w.mark_text) - CAST(? AS INTEGER) + 1) = ?",
                end,
            );
        }
    }
}

/// Without its empty text the organisation would look to SQLite like a better index than a serial number or an end, and all of its codes
/// would be read.
const BY_PART: &str = "SELECT w.mark_key FROM codes w WHERE w.organisation_id || '' = ?";

/// Compares the whole of an end, of which the index has twelve characters.
fn add_end(draft: &mut Draft, part: &'static str, end: String) {
    let length = i64::try_from(end.chars().count()).unwrap_or(i64::MAX);
    draft.add(part, [Bound::Number(length), Bound::Text(end)]);
}

/// What the page is looked for in: all codes, or the few that a search or a rare state names. Those come first in the
/// join, which SQLite takes in the order in which a CROSS JOIN names it.
fn add_source(draft: &mut Draft, organisation: &str, ways: Vec<Way>, state: Option<CodeState>) {
    let whose = || texts([organisation.to_owned()]);
    let mut between = "(";
    for way in ways {
        draft.add(between, []);
        add_way(draft, organisation, way);
        between = " UNION ";
    }
    if between == "("
        && let Some([few, condition]) = state.and_then(few)
    {
        draft.add("(", []);
        draft.add(few, whose());
        draft.add(condition, []);
        between = "";
    }
    let named = between != "(";
    draft.add(
        if named {
            ") named CROSS JOIN codes c"
        } else {
            "codes c"
        },
        [],
    );
    if state.is_some() {
        draft.add(PLACES, []);
    }
    draft.add(" WHERE c.organisation_id = ?", whose());
    if named {
        draft.add(" AND c.mark_key = named.mark_key", []);
    }
}

fn draft(organisation: OrganisationId, query: &CodeQuery<'_>) -> Draft {
    let (filter, organisation) = (query.filter, organisation.to_string());
    let (products, ways) = match sought(filter) {
        Sought::All => (Vec::new(), Vec::new()),
        Sought::Products(products) => (products, Vec::new()),
        Sought::Codes(ways) => (Vec::new(), ways),
    };
    let mut draft = Draft::default();
    // The page is found first and dressed afterwards, or the database would dress every code that is found.
    draft.add("WITH page AS (SELECT c.mark_key FROM ", []);
    add_source(&mut draft, &organisation, ways, filter.state);
    add_products(&mut draft, products);
    if let Some(origin) = filter.origin {
        draft.add(" AND c.origin = ?", texts([origin.as_str().to_owned()]));
    }
    if let Some(from) = query.from {
        draft.add(" AND c.first_seen_at >= ?", [Bound::Number(from.0)]);
    }
    if let Some(until) = query.until {
        draft.add(" AND c.first_seen_at < ?", [Bound::Number(until.0)]);
    }
    if let Some(after) = query.after {
        draft.add(
            " AND (c.first_seen_at, c.mark_key) < (?, ?)",
            [Bound::Number(after.at.0), Bound::Text(after.key.clone())],
        );
    }
    if let Some(state) = filter.state {
        draft.add(implied(state), []);
        draft.add(" AND ", []);
        draft.add(STATE, []);
        draft.add(" = ?", texts([state.as_str().to_owned()]));
    }
    draft.add(
        " ORDER BY c.first_seen_at DESC, c.mark_key DESC LIMIT ?) ",
        [Bound::Number(query.limit.into())],
    );
    add_shown(&mut draft, " FROM page CROSS JOIN codes c");
    draft.add(
        " WHERE c.organisation_id = ? AND c.mark_key = page.mark_key
          ORDER BY c.first_seen_at DESC, c.mark_key DESC",
        texts([organisation]),
    );
    draft
}

/// Narrows to products. They are many codes, so the database chooses: the index of GTINs, or all codes in their order.
fn add_products(draft: &mut Draft, products: Vec<Products>) {
    let (mut between, end) = if products.is_empty() {
        ("", "")
    } else {
        (" AND (", ")")
    };
    for products in products {
        draft.add(between, []);
        match products {
            Products::Whole(gtin) => draft.add("c.gtin = ?", texts([gtin])),
            Products::Between(range) => draft.add("c.gtin >= ? AND c.gtin < ?", texts(range)),
        }
        between = " OR ";
    }
    draft.add(end, []);
}

/// Everything that is shown of the codes that a condition behind it names.
fn add_shown(draft: &mut Draft, from: &'static str) {
    for part in [SHOWN, STATE, " AS state", from, PLACES, NAMES] {
        draft.add(part, []);
    }
}

fn kept(row: &AnyRow) -> Result<KeptCode, StoreError> {
    let cells = Cells::new(row, "codes", "mark_key");
    Ok(KeptCode {
        key: cells.get("mark_key")?,
        text: cells.get("mark_text")?,
        gtin: cells.get("gtin")?,
        product: cells.get("product")?,
        state: cells.parsed("state")?,
        order: order_name(&cells, "order_id", "number")?,
        origin: cells.parsed_opt("origin")?,
        came_by: Cells::new(row, "users", "came_by").parsed_opt("email")?,
        came_for: order_name(&cells, "came_for", "came_for_number")?,
        came_at: cells.get("first_seen_at")?,
    })
}

impl Tx {
    pub(super) async fn listed(
        &mut self,
        organisation: OrganisationId,
        query: &CodeQuery<'_>,
    ) -> Result<Vec<KeptCode>, StoreError> {
        let rows = self.all(draft(organisation, query).statement()).await?;
        rows.iter().map(kept).collect()
    }

    pub(super) async fn listed_one(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Option<KeptCode>, StoreError> {
        let mut one = Draft::default();
        add_shown(&mut one, " FROM codes c");
        one.add(
            " WHERE c.organisation_id = ? AND c.mark_key = ?",
            texts([organisation.to_string(), key.to_owned()]),
        );
        self.one(one.statement())
            .await?
            .as_ref()
            .map(kept)
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::{orders::WorkState, submission::SubmissionState};

    /// Every word in quotes of the statement is a name that the rules know, and none of their names for work that
    /// holds codes is forgotten.
    #[test]
    fn states_are_told_from_names_that_the_rules_know() {
        let quoted: Vec<&str> = STATE.split('\'').skip(1).step_by(2).collect();
        let known = |word: &str| {
            word.parse::<CodeState>().is_ok()
                || word.parse::<WorkState>().is_ok()
                || word.parse::<desk::codes::EventKind>().is_ok()
                || word == SubmissionState::Accepted.as_str()
        };
        let foreign: Vec<_> = quoted.iter().filter(|word| !known(word)).collect();
        assert!(foreign.is_empty(), "{foreign:?}");
    }
}
