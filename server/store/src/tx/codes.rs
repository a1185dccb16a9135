//! The stock of codes and its history. What the page asks is written in [`list`].

mod list;

use super::Tx;
use crate::{
    row::Cells,
    search::codes::SearchKeys,
    statement::{json, sql},
    store::Dialect,
};
use async_trait::async_trait;
use desk::{
    codes::{EventKind, OrderName},
    ids::{LineId, OrderId, OrganisationId},
    server::ports::{
        codes::{CodeEvent, CodeQuery, Codes, Hand, KeptCode, PastEvent, Sending},
        storage::{MarkRecord, StoreError},
    },
    time::Timestamp,
};
use serde::Serialize;

/// A code of a batch, as one element of a JSON array.
#[derive(Serialize)]
struct NewCode<'m> {
    key: &'m str,
    text: &'m str,
    gtin: Option<&'m str>,
    #[serde(flatten)]
    keys: SearchKeys,
}

/// An entry of a batch, as one element of a JSON array.
#[derive(Serialize)]
struct NewEvent<'e> {
    key: &'e str,
    at: i64,
    kind: &'static str,
    order: Option<String>,
    words: Option<&'e str>,
}

fn new_code(mark: &MarkRecord) -> NewCode<'_> {
    NewCode {
        keys: SearchKeys::of(&mark.key, &mark.text, mark.gtin.as_deref()),
        key: &mark.key,
        text: &mark.text,
        gtin: mark.gtin.as_deref(),
    }
}

fn new_event(event: &CodeEvent) -> NewEvent<'_> {
    NewEvent {
        key: &event.key,
        at: event.at.0,
        kind: event.kind.as_str(),
        order: event.order.map(|order| order.to_string()),
        words: event.words.as_deref(),
    }
}

/// What completes a kept code is a text that goes on where the kept one ends: a tail is always last.
fn completes(kept: &str, text: &str) -> bool {
    text.len() > kept.len() && text.starts_with(kept)
}

/// One mark a key: a statement may touch each row once. What stays is what would stay if they came one by one.
fn one_by_key(marks: &[MarkRecord]) -> Vec<&MarkRecord> {
    let mut kept: Vec<&MarkRecord> = marks.iter().collect();
    kept.sort_by(|one, other| one.key.cmp(&other.key));
    kept.dedup_by(|later, first| {
        let same = later.key == first.key;
        if same && completes(&first.text, &later.text) {
            *first = *later;
        }
        same
    });
    kept
}

/// Codes out of the JSON array `$2`, on SQLite and on PostgreSQL.
const KEEP: [&str; 2] = [
    "INSERT INTO codes (organisation_id, mark_key, mark_text, gtin, serial, ki_end, text_end, first_seen_at, origin,
         came_by, came_for)
     SELECT $1, json_extract(value, '$.key'), json_extract(value, '$.text'), json_extract(value, '$.gtin'),
         json_extract(value, '$.serial'), json_extract(value, '$.ki_end'), json_extract(value, '$.text_end'),
         $3, $4, $5, $6
     FROM json_each($2) WHERE true
     ON CONFLICT (organisation_id, mark_key) DO UPDATE
     SET mark_text = excluded.mark_text, text_end = excluded.text_end
     WHERE length(excluded.mark_text) > length(codes.mark_text)
         AND substr(excluded.mark_text, 1, length(codes.mark_text)) = codes.mark_text",
    "INSERT INTO codes (organisation_id, mark_key, mark_text, gtin, serial, ki_end, text_end, first_seen_at, origin,
         came_by, came_for)
     SELECT $1, came.key, came.text, came.gtin, came.serial, came.ki_end, came.text_end, $3, $4, $5, $6
     FROM json_to_recordset(CAST($2 AS json))
         AS came (key text, text text, gtin text, serial text, ki_end text, text_end text)
     ON CONFLICT (organisation_id, mark_key) DO UPDATE
     SET mark_text = excluded.mark_text, text_end = excluded.text_end
     WHERE length(excluded.mark_text) > length(codes.mark_text)
         AND substr(excluded.mark_text, 1, length(codes.mark_text)) = codes.mark_text",
];

/// Entries out of the JSON array `$2`, in its order, on SQLite and on PostgreSQL.
const NOTE: [&str; 2] = [
    "INSERT INTO code_events (organisation_id, mark_key, happened_at, kind, user_id, order_id, words)
     SELECT $1, json_extract(value, '$.key'), json_extract(value, '$.at'), json_extract(value, '$.kind'), $3,
         json_extract(value, '$.order'), json_extract(value, '$.words')
     FROM json_each($2) ORDER BY json_each.key",
    "INSERT INTO code_events (organisation_id, mark_key, happened_at, kind, user_id, order_id, words)
     SELECT $1, noted.key, noted.at, noted.kind, $3, noted.\"order\", noted.words
     FROM ROWS FROM (json_to_recordset(CAST($2 AS json))
         AS (key text, at bigint, kind text, \"order\" text, words text)) WITH ORDINALITY
         AS noted (key, at, kind, \"order\", words, place)
     ORDER BY noted.place",
];

impl Tx {
    /// The one of two statements that this database understands.
    pub(super) fn of_dialect(&self, [sqlite, postgres]: [&'static str; 2]) -> &'static str {
        match self.dialect {
            Dialect::Sqlite => sqlite,
            Dialect::Postgres => postgres,
        }
    }

    pub(super) async fn keep_all(
        &mut self,
        organisation: OrganisationId,
        marks: &[MarkRecord],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        if marks.is_empty() {
            return Ok(());
        }
        let marks: Vec<NewCode<'_>> = one_by_key(marks).into_iter().map(new_code).collect();
        let hand = self.hand;
        self.run(
            sql(self.of_dialect(KEEP))
                .bind(organisation)
                .bind(&json(&marks)?)
                .bind(at)
                .bind(hand.map(|hand| hand.origin.as_str()))
                .bind(hand.map(|hand| hand.user))
                .bind(hand.and_then(|hand| hand.order)),
        )
        .await?;
        Ok(())
    }

    /// Notes what was just done with one mark in an order's slots, with the revision that came of it.
    pub(super) async fn note_slot(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        key: &str,
        kind: EventKind,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let user = self.hand.map(|hand| hand.user);
        self.run(
            sql("INSERT INTO code_events (organisation_id, mark_key, happened_at, kind, user_id, order_id, slots_revision)
                 SELECT $1, $2, $3, $4, $5, id, slots_revision FROM orders WHERE organisation_id = $1 AND id = $6")
            .bind(organisation)
            .bind(key)
            .bind(at)
            .bind(kind.as_str())
            .bind(user)
            .bind(order),
        )
        .await?;
        Ok(())
    }

    /// Notes that every mark in an order's slots is about to be freed, which the order's newest reading told.
    /// One that was released before may lie elsewhere, and nothing happens to it.
    pub(super) async fn note_freed(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<(), StoreError> {
        let user = self.hand.map(|hand| hand.user);
        self.run(
            sql("INSERT INTO code_events (organisation_id, mark_key, happened_at, kind, user_id, order_id, slots_revision)
                 SELECT s.organisation_id, s.mark_key, o.read_at, $3, $4, o.id, o.slots_revision + 1
                 FROM slots s JOIN orders o ON o.organisation_id = s.organisation_id AND o.id = s.order_id
                 WHERE s.organisation_id = $1 AND s.order_id = $2 AND s.mark_key IS NOT NULL AND s.released_at IS NULL
                 ORDER BY s.mark_key")
            .bind(organisation)
            .bind(order)
            .bind(EventKind::Freed.as_str())
            .bind(user),
        )
        .await?;
        Ok(())
    }

    /// Notes that the marketplace took units with marks off a line: those past a count.
    pub(super) async fn note_dropped(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
        line: LineId,
        past: u32,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.run(
            sql("INSERT INTO code_events (organisation_id, mark_key, happened_at, kind, order_id, slots_revision)
                 SELECT s.organisation_id, s.mark_key, $5, $6, o.id, o.slots_revision + 1
                 FROM slots s JOIN orders o ON o.organisation_id = s.organisation_id AND o.id = s.order_id
                 WHERE s.organisation_id = $1 AND s.order_id = $2 AND s.line_id = $3 AND s.number > $4
                     AND s.mark_key IS NOT NULL AND s.released_at IS NULL
                 ORDER BY s.number")
            .bind(organisation)
            .bind(order)
            .bind(line)
            .bind(past)
            .bind(at)
            .bind(EventKind::Dropped.as_str()),
        )
        .await?;
        Ok(())
    }
}

#[async_trait]
impl Codes for Tx {
    fn act_for(&mut self, hand: Hand) {
        self.hand = Some(hand);
    }

    async fn keep_codes(
        &mut self,
        organisation: OrganisationId,
        marks: &[MarkRecord],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.keep_all(organisation, marks, at).await
    }

    async fn note_codes(
        &mut self,
        organisation: OrganisationId,
        events: &[CodeEvent],
    ) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        let events: Vec<NewEvent<'_>> = events.iter().map(new_event).collect();
        let user = self.hand.map(|hand| hand.user);
        self.run(
            sql(self.of_dialect(NOTE))
                .bind(organisation)
                .bind(&json(&events)?)
                .bind(user),
        )
        .await?;
        Ok(())
    }

    async fn codes(
        &mut self,
        organisation: OrganisationId,
        query: &CodeQuery<'_>,
    ) -> Result<Vec<KeptCode>, StoreError> {
        self.listed(organisation, query).await
    }

    async fn code(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Option<KeptCode>, StoreError> {
        self.listed_one(organisation, key).await
    }

    async fn has_codes(&mut self, organisation: OrganisationId) -> Result<bool, StoreError> {
        let row = self
            .one(
                sql("SELECT 1 AS found FROM codes WHERE organisation_id = $1 LIMIT 1")
                    .bind(organisation),
            )
            .await?;
        Ok(row.is_some())
    }

    async fn code_history(
        &mut self,
        organisation: OrganisationId,
        key: &str,
    ) -> Result<Vec<PastEvent>, StoreError> {
        let rows = self
            .all(
                sql("SELECT e.seq, e.happened_at, e.kind, e.user_id, u.email, e.order_id, o.number, e.slots_revision,
                         e.words
                     FROM code_events e
                     LEFT JOIN users u ON u.id = e.user_id
                     LEFT JOIN orders o ON o.organisation_id = e.organisation_id AND o.id = e.order_id
                     WHERE e.organisation_id = $1 AND e.mark_key = $2 ORDER BY e.seq")
                .bind(organisation)
                .bind(key),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "code_events", "seq");
                Ok(PastEvent {
                    at: cells.get("happened_at")?,
                    kind: cells.parsed("kind")?,
                    who: Cells::new(row, "users", "user_id").parsed_opt("email")?,
                    order: order_name(&cells, "order_id", "number")?,
                    slots_revision: cells.get("slots_revision")?,
                    words: cells.get("words")?,
                })
            })
            .collect()
    }

    async fn sendings(
        &mut self,
        organisation: OrganisationId,
        order: OrderId,
    ) -> Result<Vec<Sending>, StoreError> {
        let rows = self
            .all(
                sql("SELECT s.id, s.number, s.state, s.slots_revision, s.user_id, u.email, s.stored_at, s.sent_at,
                         s.settled_at, s.refusal
                     FROM submissions s LEFT JOIN users u ON u.id = s.user_id
                     WHERE s.organisation_id = $1 AND s.order_id = $2 ORDER BY s.number")
                .bind(organisation)
                .bind(order),
            )
            .await?;
        rows.iter()
            .map(|row| {
                let cells = Cells::new(row, "submissions", "id");
                Ok(Sending {
                    number: cells.get("number")?,
                    state: cells.parsed("state")?,
                    slots_revision: cells.get("slots_revision")?,
                    who: Cells::new(row, "users", "user_id").parsed_opt("email")?,
                    stored_at: cells.get("stored_at")?,
                    sent_at: cells.get("sent_at")?,
                    settled_at: cells.get("settled_at")?,
                    refusal: cells.json_opt("refusal")?,
                })
            })
            .collect()
    }
}

/// The order of two columns, when both are there: an entry outlives nothing, but a number is read by a join.
fn order_name(
    cells: &Cells<'_>,
    id: &'static str,
    number: &'static str,
) -> Result<Option<OrderName>, StoreError> {
    let id: Option<OrderId> = cells.parsed_opt(id)?;
    let number = cells.get::<Option<_>>(number)?;
    Ok(id.zip(number).map(|(id, number)| OrderName { id, number }))
}
