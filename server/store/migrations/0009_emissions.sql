-- An order of codes. Its body and the signature over it are the document's, which may come later: an order that a
-- self-check holds has none yet. `their_id` is the station's number. JSON: draft, trouble, held, search_failed,
-- candidates, closing_trouble.
CREATE TABLE emissions (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    product_group TEXT NOT NULL,
    draft TEXT NOT NULL,
    document_id TEXT NOT NULL,
    test BIGINT NOT NULL,
    state TEXT NOT NULL,
    their_id TEXT,
    decline TEXT,
    trouble TEXT,
    anyway BIGINT NOT NULL,
    held TEXT,
    asked_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    sent_at BIGINT,
    searches BIGINT NOT NULL,
    searched_at BIGINT,
    search_failed TEXT,
    candidates TEXT,
    told_at BIGINT,
    quiet BIGINT NOT NULL,
    closing TEXT,
    closing_document TEXT,
    closing_asked_at BIGINT,
    closing_trouble TEXT,
    closing_annuls BIGINT,
    revision BIGINT NOT NULL,
    CONSTRAINT emissions_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT emissions_connection FOREIGN KEY (organisation_id, connection_id)
        REFERENCES suz_connections (organisation_id, id),
    CONSTRAINT emissions_asker FOREIGN KEY (asked_by) REFERENCES users (id),
    CONSTRAINT emissions_sent_first CHECK (their_id IS NULL OR sent_at IS NOT NULL),
    CONSTRAINT emissions_closing_whole CHECK (
        (closing IS NULL) = (closing_document IS NULL) AND (closing IS NULL) = (closing_asked_at IS NULL)
        AND (closing IS NULL) = (closing_annuls IS NULL)
    )
);
-- One order of a station is one of ours.
CREATE UNIQUE INDEX emissions_their_id_once ON emissions (organisation_id, connection_id, their_id)
    WHERE their_id IS NOT NULL;
CREATE INDEX emissions_by_state ON emissions (organisation_id, connection_id, state, id);

-- One GTIN of an order, with what the station said of it last.
CREATE TABLE emission_lines (
    organisation_id TEXT NOT NULL,
    emission_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    gtin TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    template BIGINT NOT NULL,
    cis_type TEXT NOT NULL,
    own_serials BIGINT NOT NULL,
    status TEXT,
    available BIGINT,
    left_there BIGINT,
    passed BIGINT,
    unavailable BIGINT,
    pools_exhausted BIGINT,
    expires_at BIGINT,
    rejection TEXT,
    CONSTRAINT emission_lines_pk PRIMARY KEY (organisation_id, emission_id, position),
    CONSTRAINT emission_lines_gtin_once UNIQUE (organisation_id, emission_id, gtin),
    CONSTRAINT emission_lines_emission FOREIGN KEY (organisation_id, emission_id)
        REFERENCES emissions (organisation_id, id)
);
CREATE INDEX emission_lines_by_gtin ON emission_lines (organisation_id, gtin);

-- How many orders of a company its station counts, whoever's program made them.
CREATE TABLE emission_counts (
    organisation_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    active BIGINT NOT NULL,
    queued BIGINT NOT NULL,
    counted_at BIGINT NOT NULL,
    CONSTRAINT emission_counts_pk PRIMARY KEY (organisation_id, connection_id),
    CONSTRAINT emission_counts_connection FOREIGN KEY (organisation_id, connection_id)
        REFERENCES suz_connections (organisation_id, id)
);

-- A filled form that made no order, kept for the person who filled it in until it is right or a day is over. JSON: draft,
-- answer.
CREATE TABLE emission_forms (
    organisation_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    draft TEXT NOT NULL,
    answer TEXT NOT NULL,
    kept_at BIGINT NOT NULL,
    CONSTRAINT emission_forms_pk PRIMARY KEY (organisation_id, user_id, id),
    CONSTRAINT emission_forms_connection FOREIGN KEY (organisation_id, connection_id)
        REFERENCES suz_connections (organisation_id, id),
    CONSTRAINT emission_forms_user FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX emission_forms_by_age ON emission_forms (organisation_id, kept_at);
