-- What orders are searched by, apart from their facts: a search reads this of every order of an organisation, and it is a
-- sixth of the whole. What narrows and sorts the list is repeated here, so that nothing else is read for an order that is
-- not on the page.
CREATE TABLE order_words (
    organisation_id TEXT NOT NULL,
    order_id TEXT NOT NULL,
    shop_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    model TEXT,
    ship_by_at BIGINT,
    articles TEXT NOT NULL,
    names TEXT NOT NULL,
    CONSTRAINT order_words_pk PRIMARY KEY (organisation_id, order_id),
    CONSTRAINT order_words_order FOREIGN KEY (organisation_id, order_id) REFERENCES orders (organisation_id, id)
);
INSERT INTO order_words (organisation_id, order_id, shop_id, number, model, ship_by_at, articles, names)
SELECT organisation_id, id, shop_id, number, model, ship_by_at, articles, names FROM orders;
ALTER TABLE orders DROP COLUMN articles;
ALTER TABLE orders DROP COLUMN names;
