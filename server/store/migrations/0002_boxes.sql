-- Boxes, verification and shipping, and submissions driven shop by shop.

-- Where a person wants the units, as JSON; NULL puts them all into one box.
ALTER TABLE orders ADD COLUMN box_plan TEXT;
-- Of which submission's boxes labels were fetched last, and when.
ALTER TABLE orders ADD COLUMN labels_of BIGINT;
ALTER TABLE orders ADD COLUMN labels_at BIGINT;

ALTER TABLE submissions ADD COLUMN carrier TEXT NOT NULL DEFAULT 'identifiers';
ALTER TABLE submissions ADD COLUMN removals TEXT;
ALTER TABLE submissions ADD COLUMN by_hand BIGINT NOT NULL DEFAULT 1;
ALTER TABLE submissions ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE submissions ADD COLUMN next_at BIGINT;
UPDATE submissions SET next_at = stored_at WHERE state IN ('queued', 'sending', 'unknown');
CREATE INDEX submissions_due ON submissions (organisation_id, next_at)
    WHERE state IN ('queued', 'sending', 'unknown');

-- What was under way one by one goes on shop by shop. A submission's id is as good a job's id as any.
DELETE FROM jobs WHERE kind = 'submit_identifiers';
INSERT INTO jobs (id, organisation_id, kind, subject, state, run_at, attempts, taken_over)
SELECT MIN(s.id), s.organisation_id, 'submit_shop', o.shop_id, 'queued', MIN(s.stored_at), 0, 0
FROM submissions s
JOIN orders o ON o.organisation_id = s.organisation_id AND o.id = s.order_id
WHERE s.state IN ('queued', 'sending', 'unknown')
GROUP BY s.organisation_id, o.shop_id;

CREATE TABLE verifications (
    organisation_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    light TEXT,
    answer TEXT NOT NULL,
    asked BIGINT NOT NULL,
    asked_at BIGINT,
    next_at BIGINT,
    trouble TEXT,
    CONSTRAINT verifications_pk PRIMARY KEY (organisation_id, order_id),
    CONSTRAINT verifications_order FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id)
);
CREATE INDEX verifications_due ON verifications (organisation_id, next_at) WHERE next_at IS NOT NULL;

CREATE TABLE shipments (
    organisation_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    state TEXT NOT NULL,
    user_id TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT,
    settled_at BIGINT,
    refusal TEXT,
    trouble TEXT,
    CONSTRAINT shipments_pk PRIMARY KEY (organisation_id, order_id),
    CONSTRAINT shipments_order FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id),
    CONSTRAINT shipments_user FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX shipments_due ON shipments (organisation_id, next_at) WHERE state IN ('queued', 'sending', 'unknown');
