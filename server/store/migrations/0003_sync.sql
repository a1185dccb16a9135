-- How far a reading of orders has come (JSON), and whether test orders are read too.
ALTER TABLE connections ADD COLUMN reading TEXT;
ALTER TABLE connections ADD COLUMN test_orders BIGINT NOT NULL DEFAULT 0;

-- Found by the secret's hash alone: it is what tells the organisation.
CREATE TABLE hooks (
    organisation_id TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    sealed_secret TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    heard_at BIGINT,
    CONSTRAINT hooks_pk PRIMARY KEY (organisation_id, connection_id),
    CONSTRAINT hooks_secret_once UNIQUE (secret_hash),
    CONSTRAINT hooks_connection FOREIGN KEY (organisation_id, connection_id)
        REFERENCES connections (organisation_id, id)
);

-- Orders that the marketplace told of and that are not read yet.
CREATE TABLE told_orders (
    organisation_id TEXT NOT NULL,
    shop_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    told_at BIGINT NOT NULL,
    CONSTRAINT told_orders_pk PRIMARY KEY (organisation_id, shop_id, number),
    CONSTRAINT told_orders_shop FOREIGN KEY (organisation_id, shop_id) REFERENCES shops (organisation_id, id)
);

ALTER TABLE shops ADD COLUMN returns_read_at BIGINT;

-- `facts` is JSON. The order is none of ours when it was made before we began to read.
CREATE TABLE returns (
    organisation_id TEXT NOT NULL,
    shop_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    order_id TEXT,
    facts TEXT NOT NULL,
    updated_at BIGINT,
    read_at BIGINT NOT NULL,
    CONSTRAINT returns_pk PRIMARY KEY (organisation_id, shop_id, number),
    CONSTRAINT returns_shop FOREIGN KEY (organisation_id, shop_id) REFERENCES shops (organisation_id, id),
    CONSTRAINT returns_order FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id)
);
CREATE INDEX returns_of_order ON returns (organisation_id, order_id);

CREATE TABLE returned_units (
    organisation_id TEXT NOT NULL,
    shop_id TEXT NOT NULL,
    return_number BIGINT NOT NULL,
    position BIGINT NOT NULL,
    mark_key TEXT,
    status TEXT,
    stock_type TEXT,
    CONSTRAINT returned_units_pk PRIMARY KEY (organisation_id, shop_id, return_number, position),
    CONSTRAINT returned_units_return FOREIGN KEY (organisation_id, shop_id, return_number)
        REFERENCES returns (organisation_id, shop_id, number)
);
CREATE INDEX returned_units_by_mark ON returned_units (organisation_id, mark_key);

-- A mark whose unit came back stays in its slot to be seen, and is free for another order.
ALTER TABLE slots ADD COLUMN released_at BIGINT;
DROP INDEX slots_mark_once;
CREATE UNIQUE INDEX slots_mark_once ON slots (organisation_id, mark_key)
    WHERE mark_key IS NOT NULL AND released_at IS NULL;
CREATE INDEX slots_by_mark ON slots (organisation_id, mark_key);

ALTER TABLE orders ADD COLUMN fake BIGINT NOT NULL DEFAULT 0;

-- The list is sorted and counted from this index alone: rows with their facts are read for one page only.
DROP INDEX orders_by_work;
CREATE INDEX orders_listed ON orders (organisation_id, work, ship_by_at, number, id, shop_id, model);
