-- A legal entity's link to СУЗ in one contour. Ids are kept open, tokens sealed. JSON: certificate, profile, balances,
-- report.
CREATE TABLE suz_connections (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    legal_entity_id TEXT NOT NULL,
    contour TEXT NOT NULL,
    oms_id TEXT,
    oms_id_told BIGINT NOT NULL,
    edo_id TEXT,
    way TEXT NOT NULL,
    certificate TEXT,
    accepted_by TEXT,
    accepted_at BIGINT,
    profile TEXT,
    balances TEXT,
    profile_at BIGINT,
    report TEXT,
    checked_at BIGINT,
    created_at BIGINT NOT NULL,
    retired_at BIGINT,
    CONSTRAINT suz_connections_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT suz_connections_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id),
    CONSTRAINT suz_connections_legal_entity FOREIGN KEY (organisation_id, legal_entity_id)
        REFERENCES legal_entities (organisation_id, id),
    CONSTRAINT suz_connections_accepter FOREIGN KEY (accepted_by) REFERENCES users (id),
    CONSTRAINT suz_connections_accepted_whole CHECK ((accepted_by IS NULL) = (accepted_at IS NULL)),
    CONSTRAINT suz_connections_profile_whole CHECK ((profile IS NULL) = (profile_at IS NULL)),
    CONSTRAINT suz_connections_report_whole CHECK ((report IS NULL) = (checked_at IS NULL))
);
-- One legal entity has one link in a contour.
CREATE UNIQUE INDEX suz_connections_once ON suz_connections (organisation_id, legal_entity_id, contour)
    WHERE retired_at IS NULL;

-- «Устройства» of СУЗ; a retired one is kept, so that its id is recognised when somebody pastes it again.
CREATE TABLE suz_devices (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    name TEXT NOT NULL,
    their_id TEXT NOT NULL,
    state TEXT NOT NULL,
    listed BIGINT,
    added_by TEXT,
    added_at BIGINT NOT NULL,
    retired_at BIGINT,
    CONSTRAINT suz_devices_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT suz_devices_their_id_once UNIQUE (organisation_id, connection_id, their_id),
    CONSTRAINT suz_devices_connection FOREIGN KEY (organisation_id, connection_id)
        REFERENCES suz_connections (organisation_id, id),
    CONSTRAINT suz_devices_adder FOREIGN KEY (added_by) REFERENCES users (id),
    CONSTRAINT suz_devices_retired_whole CHECK ((state = 'retired') = (retired_at IS NOT NULL))
);
CREATE UNIQUE INDEX suz_devices_one_active ON suz_devices (organisation_id, connection_id)
    WHERE state = 'active';

-- A door and what opens it: `holder` is a device for a client token, the connection for True API's bearer. The token is
-- told apart by a hash, so that a late refusal of an old one does not kill the new one. Whoever holds the claim is the
-- only one, of all processes, who logs in. `stopped` and `failure` are JSON.
CREATE TABLE suz_tokens (
    organisation_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    holder TEXT NOT NULL,
    sealed TEXT,
    fingerprint TEXT,
    obtained_at BIGINT,
    ends_at BIGINT,
    worked BIGINT NOT NULL,
    claimed_by TEXT,
    claimed_until BIGINT,
    logins BIGINT NOT NULL,
    early_ends BIGINT NOT NULL,
    waits_since BIGINT,
    failure TEXT,
    stopped BIGINT NOT NULL,
    CONSTRAINT suz_tokens_pk PRIMARY KEY (organisation_id, kind, holder),
    CONSTRAINT suz_tokens_connection FOREIGN KEY (organisation_id, connection_id)
        REFERENCES suz_connections (organisation_id, id),
    CONSTRAINT suz_tokens_whole CHECK (
        (sealed IS NULL) = (fingerprint IS NULL) AND (sealed IS NULL OR (obtained_at IS NOT NULL AND ends_at IS NOT NULL))
    ),
    CONSTRAINT suz_tokens_claim_whole CHECK ((claimed_by IS NULL) = (claimed_until IS NULL))
);
CREATE INDEX suz_tokens_of_connection ON suz_tokens (organisation_id, connection_id);

-- Everything that is signed by a person or sent with a signature: the exact bytes (base64), the signature over them.
-- `subject` is what it is for, a device or the connection. `detail`, `certificate` and `trouble` are JSON.
CREATE TABLE suz_documents (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    content TEXT,
    challenge TEXT,
    prepared_at BIGINT,
    signature TEXT,
    certificate TEXT,
    detail TEXT NOT NULL,
    asked_by TEXT,
    asked_at BIGINT NOT NULL,
    signed_by TEXT,
    signed_at BIGINT,
    settled_at BIGINT,
    trouble TEXT,
    CONSTRAINT suz_documents_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT suz_documents_connection FOREIGN KEY (organisation_id, connection_id)
        REFERENCES suz_connections (organisation_id, id),
    CONSTRAINT suz_documents_asker FOREIGN KEY (asked_by) REFERENCES users (id),
    CONSTRAINT suz_documents_signer FOREIGN KEY (signed_by) REFERENCES users (id),
    CONSTRAINT suz_documents_signed_whole CHECK ((signature IS NULL) = (signed_at IS NULL)),
    CONSTRAINT suz_documents_bytes_first CHECK (signature IS NULL OR content IS NOT NULL)
);
-- A login is wanted once, however many wait for it.
CREATE UNIQUE INDEX suz_documents_login_once ON suz_documents (organisation_id, purpose, subject)
    WHERE state = 'waiting' AND purpose IN ('client_login', 'true_api_login');
CREATE INDEX suz_documents_waiting ON suz_documents (organisation_id, asked_at, id) WHERE state = 'waiting';

-- Jobs that stand still until a token of their connection lives again.
CREATE TABLE suz_waiters (
    organisation_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    CONSTRAINT suz_waiters_pk PRIMARY KEY (organisation_id, connection_id, kind, subject),
    CONSTRAINT suz_waiters_connection FOREIGN KEY (organisation_id, connection_id)
        REFERENCES suz_connections (organisation_id, id)
);

-- Who saw the whole ids or changed them: whose leaving is to be called to mind. `seq` keeps the order of one millisecond.
CREATE TABLE suz_acts (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    action TEXT NOT NULL,
    happened_at BIGINT NOT NULL,
    CONSTRAINT suz_acts_connection FOREIGN KEY (organisation_id, connection_id)
        REFERENCES suz_connections (organisation_id, id),
    CONSTRAINT suz_acts_user FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX suz_acts_newest ON suz_acts (organisation_id, connection_id, happened_at, seq);
