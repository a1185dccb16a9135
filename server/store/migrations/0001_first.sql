-- This file is SQLite's; src/migrations.rs says which two words PostgreSQL reads otherwise.
-- Moments are milliseconds since 1970, booleans are 0 and 1, what is called JSON is text.
-- Every key of a tenant's table begins with its organisation. Exceptions say why.

CREATE TABLE organisations (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT organisations_pk PRIMARY KEY (id)
);

-- People belong to no organisation: one may be a member of several.
CREATE TABLE users (
    id TEXT NOT NULL,
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT users_pk PRIMARY KEY (id),
    CONSTRAINT users_email_once UNIQUE (email)
);

CREATE TABLE memberships (
    organisation_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT memberships_pk PRIMARY KEY (organisation_id, user_id),
    CONSTRAINT memberships_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id),
    CONSTRAINT memberships_user FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX memberships_of_user ON memberships (user_id, created_at);

-- Found by the token alone: it is what tells the organisation.
CREATE TABLE sessions (
    token_hash TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT sessions_pk PRIMARY KEY (token_hash),
    CONSTRAINT sessions_membership FOREIGN KEY (organisation_id, user_id)
        REFERENCES memberships (organisation_id, user_id) ON DELETE CASCADE
);
CREATE INDEX sessions_of_member ON sessions (organisation_id, user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- Tries are counted before anybody has said who they are.
CREATE TABLE tries (
    counted_by TEXT NOT NULL,
    tried BIGINT NOT NULL,
    began_at BIGINT NOT NULL,
    CONSTRAINT tries_pk PRIMARY KEY (counted_by)
);

CREATE TABLE legal_entities (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    inn TEXT,
    kpp TEXT,
    created_at BIGINT NOT NULL,
    CONSTRAINT legal_entities_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT legal_entities_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id)
);

CREATE TABLE connections (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    key_ending TEXT NOT NULL,
    sealed_key TEXT,
    legal_entity_id TEXT,
    business_id BIGINT,
    report TEXT,
    checked_at BIGINT,
    synced_to BIGINT,
    sync_read BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    retired_at BIGINT,
    CONSTRAINT connections_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT connections_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id),
    CONSTRAINT connections_legal_entity FOREIGN KEY (organisation_id, legal_entity_id)
        REFERENCES legal_entities (organisation_id, id),
    CONSTRAINT connections_key_while_in_use CHECK ((retired_at IS NULL) = (sealed_key IS NOT NULL))
);

CREATE TABLE shops (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    campaign_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    facts TEXT NOT NULL,
    synced_at BIGINT,
    CONSTRAINT shops_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT shops_campaign_once UNIQUE (organisation_id, campaign_id),
    CONSTRAINT shops_connection FOREIGN KEY (organisation_id, connection_id)
        REFERENCES connections (organisation_id, id)
);

-- The facts are JSON; what is listed, searched or sorted stands beside them in columns of its own.
CREATE TABLE orders (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    shop_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    facts TEXT NOT NULL,
    read_at BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    slots_revision BIGINT NOT NULL,
    model TEXT,
    ship_by_at BIGINT,
    ship_by_timed BIGINT NOT NULL,
    articles TEXT NOT NULL,
    names TEXT NOT NULL,
    units BIGINT NOT NULL,
    wanted BIGINT NOT NULL,
    filled BIGINT NOT NULL,
    work TEXT NOT NULL,
    CONSTRAINT orders_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT orders_number_once UNIQUE (organisation_id, shop_id, number),
    CONSTRAINT orders_shop FOREIGN KEY (organisation_id, shop_id) REFERENCES shops (organisation_id, id)
);
CREATE INDEX orders_by_work ON orders (organisation_id, work, ship_by_at, number);

CREATE TABLE lines (
    organisation_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    id TEXT NOT NULL,
    item_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT lines_pk PRIMARY KEY (organisation_id, order_id, id),
    CONSTRAINT lines_item_once UNIQUE (organisation_id, order_id, item_id),
    CONSTRAINT lines_order FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id)
);

CREATE TABLE slots (
    organisation_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    line_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    id TEXT NOT NULL,
    mark_key TEXT,
    mark_text TEXT,
    filled_at BIGINT,
    rnpt TEXT,
    gtd TEXT,
    country TEXT,
    CONSTRAINT slots_pk PRIMARY KEY (organisation_id, order_id, line_id, number),
    CONSTRAINT slots_id_once UNIQUE (organisation_id, id),
    CONSTRAINT slots_line FOREIGN KEY (organisation_id, order_id, line_id)
        REFERENCES lines (organisation_id, order_id, id),
    CONSTRAINT slots_mark_whole CHECK (
        (mark_key IS NULL) = (mark_text IS NULL) AND (mark_key IS NULL) = (filled_at IS NULL)
    )
);
-- Two live units can never hold one mark, whoever asks and whenever.
CREATE UNIQUE INDEX slots_mark_once ON slots (organisation_id, mark_key) WHERE mark_key IS NOT NULL;

CREATE TABLE codes (
    organisation_id TEXT NOT NULL,
    mark_key TEXT NOT NULL,
    mark_text TEXT NOT NULL,
    gtin TEXT,
    first_seen_at BIGINT NOT NULL,
    CONSTRAINT codes_pk PRIMARY KEY (organisation_id, mark_key),
    CONSTRAINT codes_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id)
);

-- `raw` is a JSON string: what came in may hold U+0000, which PostgreSQL keeps in no text.
CREATE TABLE intake (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    raw TEXT NOT NULL,
    verdict TEXT NOT NULL,
    placed BIGINT NOT NULL,
    came_at BIGINT NOT NULL,
    dismissed_at BIGINT,
    CONSTRAINT intake_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT intake_order FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id),
    CONSTRAINT intake_user FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX intake_unplaced ON intake (organisation_id, order_id, came_at)
    WHERE placed = 0 AND dismissed_at IS NULL;

CREATE TABLE submissions (
    organisation_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    id TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    held_before TEXT,
    units BIGINT NOT NULL,
    slots_revision BIGINT NOT NULL,
    user_id TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    stored_at BIGINT NOT NULL,
    sent_at BIGINT,
    settled_at BIGINT,
    refusal TEXT,
    trouble TEXT,
    CONSTRAINT submissions_pk PRIMARY KEY (organisation_id, order_id, number),
    CONSTRAINT submissions_id_once UNIQUE (organisation_id, id),
    CONSTRAINT submissions_order FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id),
    CONSTRAINT submissions_user FOREIGN KEY (user_id) REFERENCES users (id)
);
-- One submission of an order is in flight at a time.
CREATE UNIQUE INDEX submissions_one_in_flight ON submissions (organisation_id, order_id)
    WHERE state IN ('queued', 'sending', 'unknown');

-- `seq` keeps the order of entries of one millisecond.
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    user_id TEXT,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT journal_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id),
    CONSTRAINT journal_user FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX journal_newest ON journal (organisation_id, happened_at, seq);

-- The runner knows a job by its id alone and serves every organisation.
CREATE TABLE jobs (
    id TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    note TEXT,
    taken_over BIGINT NOT NULL,
    leased_by TEXT,
    leased_until BIGINT,
    again_at BIGINT,
    CONSTRAINT jobs_pk PRIMARY KEY (id),
    CONSTRAINT jobs_subject_once UNIQUE (organisation_id, kind, subject),
    CONSTRAINT jobs_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id),
    CONSTRAINT jobs_lease_whole CHECK (
        (state = 'leased') = (leased_by IS NOT NULL) AND (leased_by IS NULL) = (leased_until IS NULL)
    )
);
CREATE INDEX jobs_due ON jobs (state, run_at);

-- Limits belong to the remote account, whichever organisations use it.
CREATE TABLE limits (
    account TEXT NOT NULL,
    resource TEXT NOT NULL,
    blocked_until BIGINT NOT NULL,
    CONSTRAINT limits_pk PRIMARY KEY (account, resource)
);

CREATE TABLE offer_gtins (
    organisation_id TEXT NOT NULL,
    offer TEXT NOT NULL,
    gtin TEXT NOT NULL,
    name TEXT NOT NULL,
    learned_at BIGINT NOT NULL,
    CONSTRAINT offer_gtins_pk PRIMARY KEY (organisation_id, offer, gtin),
    CONSTRAINT offer_gtins_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id)
);
CREATE INDEX offer_gtins_by_gtin ON offer_gtins (organisation_id, gtin, learned_at);
