-- Labels with codes of the stock. A code is on one label at most, whoever prints and however often.

-- `first_label` and `last_label` are those that the file holds now, counted from 1; it may be fetched until `open_until`,
-- and was so often (`opened`) since it was asked for.
CREATE TABLE print_runs (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    gtin TEXT NOT NULL,
    labels BIGINT NOT NULL,
    article TEXT NOT NULL,
    name TEXT NOT NULL,
    size TEXT NOT NULL,
    medium TEXT NOT NULL,
    head TEXT NOT NULL,
    used_places BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    first_label BIGINT NOT NULL,
    last_label BIGINT NOT NULL,
    open_until BIGINT NOT NULL,
    again BIGINT NOT NULL,
    opened BIGINT NOT NULL,
    opened_at BIGINT,
    CONSTRAINT print_runs_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT print_runs_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id),
    CONSTRAINT print_runs_asker FOREIGN KEY (asked_by) REFERENCES users (id)
);
CREATE INDEX print_runs_newest ON print_runs (organisation_id, asked_at, id);
CREATE INDEX print_runs_of_goods ON print_runs (organisation_id, gtin, asked_at, id);

-- The code of every label, by its place in its print run. Its КИ stands on one label only, wherever in the stock it lies.
CREATE TABLE printed_codes (
    organisation_id TEXT NOT NULL,
    print_run_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    stock_run BIGINT NOT NULL,
    serial TEXT NOT NULL,
    ki TEXT NOT NULL,
    CONSTRAINT printed_codes_pk PRIMARY KEY (organisation_id, print_run_id, place),
    CONSTRAINT printed_codes_run FOREIGN KEY (organisation_id, print_run_id) REFERENCES print_runs (organisation_id, id),
    CONSTRAINT printed_codes_once UNIQUE (organisation_id, ki),
    CONSTRAINT printed_codes_place_once UNIQUE (stock_run, serial),
    CONSTRAINT printed_codes_stock FOREIGN KEY (stock_run, serial) REFERENCES stock_codes (run, serial)
);

-- How far the codes of a run of the stock are printed: all up to a serial number, which are so many of the run's, those included
-- that were passed over because somebody had scanned them.
CREATE TABLE print_marks (
    organisation_id TEXT NOT NULL,
    stock_run BIGINT NOT NULL,
    serial TEXT NOT NULL,
    passed BIGINT NOT NULL,
    CONSTRAINT print_marks_pk PRIMARY KEY (organisation_id, stock_run),
    CONSTRAINT print_marks_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id)
);

-- Codes that lie in the stock a second time while their other self is on a label: a file brought what its order handed out
-- too. They are on no label, and no more of the stock is to be had for them.
CREATE TABLE printed_twins (
    organisation_id TEXT NOT NULL,
    stock_run BIGINT NOT NULL,
    serial TEXT NOT NULL,
    CONSTRAINT printed_twins_pk PRIMARY KEY (stock_run, serial),
    CONSTRAINT printed_twins_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id)
);
