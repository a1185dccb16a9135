-- Files and pastes of many orders. `cells`, `code` and `ordered` are JSON: what came in may hold U+0000.

CREATE TABLE batches (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    user_id TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    revision BIGINT NOT NULL,
    header TEXT,
    order_column BIGINT,
    code_column BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    CONSTRAINT batches_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT batches_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id),
    CONSTRAINT batches_user FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX batches_newest ON batches (organisation_id, made_at, id);

-- The orders that a batch names, by their first rows. What became of each is told by its submission.
CREATE TABLE batch_orders (
    organisation_id TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    number BIGINT NOT NULL,
    order_id TEXT,
    row_count BIGINT NOT NULL,
    fate TEXT NOT NULL,
    outlook TEXT,
    submission_id TEXT,
    CONSTRAINT batch_orders_pk PRIMARY KEY (organisation_id, batch_id, place),
    CONSTRAINT batch_orders_batch FOREIGN KEY (organisation_id, batch_id) REFERENCES batches (organisation_id, id),
    CONSTRAINT batch_orders_order FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id),
    CONSTRAINT batch_orders_submission FOREIGN KEY (organisation_id, submission_id)
        REFERENCES submissions (organisation_id, id),
    CONSTRAINT batch_orders_sent_whole CHECK ((fate = 'sent') = (submission_id IS NOT NULL))
);
CREATE INDEX batch_orders_by_fate ON batch_orders (organisation_id, batch_id, fate, place);

CREATE TABLE batch_rows (
    organisation_id TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    line BIGINT NOT NULL,
    cells TEXT NOT NULL,
    ordered TEXT NOT NULL,
    code TEXT NOT NULL,
    place BIGINT,
    repeats BIGINT,
    kind TEXT NOT NULL,
    verdict TEXT,
    CONSTRAINT batch_rows_pk PRIMARY KEY (organisation_id, batch_id, number),
    CONSTRAINT batch_rows_batch FOREIGN KEY (organisation_id, batch_id) REFERENCES batches (organisation_id, id)
);
CREATE INDEX batch_rows_by_kind ON batch_rows (organisation_id, batch_id, kind, number);
CREATE INDEX batch_rows_by_place ON batch_rows (organisation_id, batch_id, place, number);

-- A file names orders by their numbers alone.
CREATE INDEX orders_by_number ON orders (organisation_id, number);
