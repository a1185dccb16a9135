-- Codes that were emitted for the organisation or bought elsewhere, before anything is done with them: millions, so the
-- tables are laid out for their coming. A code's row says neither its goods nor whose it is: its run does, and every
-- query goes through the run.

-- What one asking of a station hands out, or what one file brings of one GTIN. The row is there before the asking, so that
-- a stop in between is seen. `asked`: nobody knows yet what came of it; `whole`: every code is kept; `void`: it handed out
-- nothing, or what it handed out came as another block.
CREATE TABLE stock_blocks (
    organisation_id TEXT NOT NULL,
    id TEXT NOT NULL,
    emission_id TEXT,
    file TEXT,
    gtin TEXT NOT NULL,
    product_group TEXT,
    station_block TEXT,
    state TEXT NOT NULL,
    asked BIGINT NOT NULL,
    given BIGINT,
    kept BIGINT NOT NULL,
    expires_at BIGINT,
    asked_by TEXT,
    asked_at BIGINT NOT NULL,
    settled_at BIGINT,
    CONSTRAINT stock_blocks_pk PRIMARY KEY (organisation_id, id),
    CONSTRAINT stock_blocks_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id),
    CONSTRAINT stock_blocks_asker FOREIGN KEY (asked_by) REFERENCES users (id),
    CONSTRAINT stock_blocks_one_source CHECK ((emission_id IS NULL) <> (file IS NULL)),
    CONSTRAINT stock_blocks_settled_whole CHECK ((state = 'asked') = (settled_at IS NULL))
);
-- The next codes of a GTIN are not asked for before it is known what became of the last asking.
CREATE UNIQUE INDEX stock_blocks_one_asked ON stock_blocks (organisation_id, emission_id, gtin)
    WHERE state = 'asked' AND station_block IS NULL;
CREATE UNIQUE INDEX stock_blocks_held_once ON stock_blocks (organisation_id, emission_id, station_block)
    WHERE state <> 'void' AND station_block IS NOT NULL;
CREATE INDEX stock_blocks_newest ON stock_blocks (organisation_id, asked_at, id);
-- The two above are of few blocks; what an order holds is asked of all of its own.
CREATE INDEX stock_blocks_of_emission ON stock_blocks (organisation_id, emission_id, gtin);
CREATE INDEX stock_blocks_of_files ON stock_blocks (organisation_id, gtin) WHERE file IS NOT NULL;

-- Up to ten thousand codes of a block that begin with the same characters: «01», the GTIN, «21». Numbers only grow, so
-- whatever is ordered by them grows at its end.
CREATE TABLE stock_runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation_id TEXT NOT NULL,
    block_id TEXT NOT NULL,
    gtin TEXT NOT NULL,
    prefix TEXT NOT NULL,
    codes BIGINT NOT NULL,
    came_at BIGINT NOT NULL,
    CONSTRAINT stock_runs_block FOREIGN KEY (organisation_id, block_id) REFERENCES stock_blocks (organisation_id, id)
);
CREATE INDEX stock_runs_of_block ON stock_runs (organisation_id, block_id, number);
CREATE INDEX stock_runs_newest ON stock_runs (organisation_id, came_at, number);
CREATE INDEX stock_runs_by_gtin ON stock_runs (organisation_id, gtin, number);

-- A code is its run's prefix, its serial number and its tail, in this order, each as it came. Within a run codes are kept
-- in the order of their serial numbers, and `position` counts them.
CREATE TABLE stock_codes (
    run BIGINT NOT NULL,
    serial TEXT NOT NULL,
    tail TEXT NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT stock_codes_pk PRIMARY KEY (run, serial)
) WITHOUT ROWID;
-- A code is looked for by the last four characters of its serial number with one step in every run. An index over all runs
-- together would be touched at a random page by each code that comes, slower with each million.
CREATE INDEX stock_codes_by_end ON stock_codes (run, (substr(serial, length(serial) - 3)));

-- How far the fetching of one GTIN of an order has come. `trouble` is JSON.
CREATE TABLE receivings (
    organisation_id TEXT NOT NULL,
    emission_id TEXT NOT NULL,
    gtin TEXT NOT NULL,
    state TEXT NOT NULL,
    ordered BIGINT NOT NULL,
    passed BIGINT,
    trouble TEXT,
    began_at BIGINT NOT NULL,
    moved_at BIGINT NOT NULL,
    CONSTRAINT receivings_pk PRIMARY KEY (organisation_id, emission_id, gtin),
    CONSTRAINT receivings_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id)
);

-- Who prints some goods or brings codes of them from a file holds their row, so that two who do it at once go one after
-- the other.
CREATE TABLE held_goods (
    organisation_id TEXT NOT NULL,
    gtin TEXT NOT NULL,
    held BIGINT NOT NULL,
    CONSTRAINT held_goods_pk PRIMARY KEY (organisation_id, gtin),
    CONSTRAINT held_goods_organisation FOREIGN KEY (organisation_id) REFERENCES organisations (id)
);
