-- The page of codes: what is searched by, where codes came from, and what happened to them.

-- `serial` is the КИ without its GTIN (the whole of a КИ that has none), `ki_end` the КИ from its last character to its
-- first, `text_end` the same of the whole text while it has more than its КИ; twelve characters of each end. The store
-- makes them of the key and the text: server/store/src/search/codes.rs.
ALTER TABLE codes ADD COLUMN serial TEXT NOT NULL DEFAULT '';
ALTER TABLE codes ADD COLUMN ki_end TEXT NOT NULL DEFAULT '';
ALTER TABLE codes ADD COLUMN text_end TEXT;
ALTER TABLE codes ADD COLUMN origin TEXT;
ALTER TABLE codes ADD COLUMN came_by TEXT;
ALTER TABLE codes ADD COLUMN came_for TEXT;

UPDATE codes SET
    serial = CASE
        WHEN gtin IS NULL THEN substr(mark_key, 5)
        WHEN substr(mark_key, 5, 18) = '01' || gtin || '21' THEN substr(mark_key, 23)
        ELSE substr(mark_key, 19)
    END,
    ki_end = (
        WITH RECURSIVE reversed (at, kept) AS (
            SELECT length(codes.mark_key), substr(codes.mark_key, 1, 0)
            UNION ALL
            SELECT at - 1, kept || substr(codes.mark_key, at, 1) FROM reversed WHERE at > 4 AND length(kept) < 12
        )
        SELECT kept FROM reversed WHERE at = 4 OR length(kept) = 12
    ),
    text_end = (
        WITH RECURSIVE reversed (at, kept) AS (
            SELECT length(codes.mark_text), substr(codes.mark_text, 1, 0)
            UNION ALL
            SELECT at - 1, kept || substr(codes.mark_text, at, 1) FROM reversed WHERE at > 0 AND length(kept) < 12
        )
        SELECT kept FROM reversed
        WHERE length(codes.mark_text) > length(codes.mark_key) - 4 AND (at = 0 OR length(kept) = 12)
    );

-- Codes come in no order of their serial numbers and ends, so each that comes touches a page of its own in these: they
-- are kept small, without the organisation, of which no query needs to be told where such a text is.
CREATE INDEX codes_by_serial ON codes (serial);
CREATE INDEX codes_by_ki_end ON codes (ki_end);
CREATE INDEX codes_by_text_end ON codes (text_end) WHERE text_end IS NOT NULL;
-- These grow at their ends, or at one place for each product.
CREATE INDEX codes_newest ON codes (organisation_id, first_seen_at, mark_key);
CREATE INDEX codes_by_gtin ON codes (organisation_id, gtin, first_seen_at, mark_key);

-- Only ever added to. `slots_revision` is the order's after the change: it tells exactly which submissions had the code.
CREATE TABLE code_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id TEXT NOT NULL,
    mark_key TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT,
    order_id TEXT,
    slots_revision BIGINT,
    words TEXT,
    CONSTRAINT code_events_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id),
    CONSTRAINT code_events_user FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX code_events_of_code ON code_events (organisation_id, mark_key, seq);
-- The states that few codes have are searched from here.
CREATE INDEX code_events_rare ON code_events (organisation_id, kind, mark_key)
    WHERE kind IN ('freed', 'rejected', 'returned');

-- The journal knows who put and took what. It keeps the order's number, and these entries nothing but numbers.
INSERT INTO code_events (organisation_id, mark_key, happened_at, kind, user_id, order_id)
SELECT j.organisation_id, j.detail, j.happened_at,
    CASE j.action WHEN 'code_unbound' THEN 'unbound' ELSE 'bound' END, j.user_id, o.id
FROM journal j
JOIN orders o ON o.organisation_id = j.organisation_id AND o.number = CAST(j.subject AS BIGINT)
WHERE j.action IN ('code_bound', 'code_bound_anyway', 'code_unbound')
ORDER BY j.seq;

-- What lies in a slot without such an entry was put there before there was a journal of it.
INSERT INTO code_events (organisation_id, mark_key, happened_at, kind, order_id)
SELECT s.organisation_id, s.mark_key, s.filled_at, 'bound', s.order_id
FROM slots s
WHERE s.mark_key IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM code_events e WHERE e.organisation_id = s.organisation_id AND e.mark_key = s.mark_key
);

-- What was put somewhere, never taken out by a person, and lies nowhere now, was freed with its order.
INSERT INTO code_events (organisation_id, mark_key, happened_at, kind, order_id)
SELECT e.organisation_id, e.mark_key, o.read_at, 'freed', e.order_id
FROM code_events e
JOIN orders o ON o.organisation_id = e.organisation_id AND o.id = e.order_id
WHERE e.kind = 'bound'
    AND NOT EXISTS (
        SELECT 1 FROM code_events later
        WHERE later.organisation_id = e.organisation_id AND later.mark_key = e.mark_key AND later.seq > e.seq
    )
    AND NOT EXISTS (
        SELECT 1 FROM slots s WHERE s.organisation_id = e.organisation_id AND s.mark_key = e.mark_key
    );
