-- Every scan of the packing desk under the id that the browser gave it. `act` and `outcome` are JSON, `raw` a JSON
-- string: what came in may hold U+0000. The outcome is NULL only inside the transaction that finds it out.
CREATE TABLE scans (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    order_id TEXT,
    user_id TEXT NOT NULL,
    act TEXT NOT NULL,
    raw TEXT NOT NULL,
    outcome TEXT,
    clashed BIGINT NOT NULL,
    heard_at BIGINT NOT NULL,
    came_at BIGINT NOT NULL,
    settled_by TEXT,
    settled_at BIGINT,
    CONSTRAINT scans_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT scans_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id),
    CONSTRAINT scans_order FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id),
    CONSTRAINT scans_user FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT scans_settler FOREIGN KEY (settled_by) REFERENCES users (id),
    CONSTRAINT scans_settled_whole CHECK ((settled_by IS NULL) = (settled_at IS NULL))
);
CREATE INDEX scans_unsettled ON scans (organisation_id, came_at, id)
    WHERE clashed = 1 AND settled_at IS NULL;

-- Which offers the marketplace's catalogue was asked for, and whether the key was refused it.
CREATE TABLE offers_read (
    organisation_id TEXT NOT NULL,
    offer TEXT NOT NULL,
    closed BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    CONSTRAINT offers_read_pk PRIMARY KEY (organisation_id, offer),
    CONSTRAINT offers_read_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id)
);
