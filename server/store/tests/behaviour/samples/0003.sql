UPDATE connections SET test_orders = 1, reading = '{"began_at":1790000000000,"since":null,"done":0,"page":"2","read":50,"test_orders":true}';
INSERT INTO hooks (organisation_id, connection_id, secret_hash, sealed_secret, made_at, heard_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000003', 'hash', 'v1:AAAA', 1790000000000, NULL);
INSERT INTO told_orders (organisation_id, shop_id, number, told_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000004', 515000001, 1790000000000);
INSERT INTO returns (organisation_id, shop_id, number, order_id, facts, updated_at, read_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000004', 7,
    '01900000-0000-7000-8000-000000000005',
    '{"id":7,"order":515000001,"kind":"RETURN","updated_at":null,"lines":[]}', NULL, 1790000000000);
INSERT INTO returned_units (organisation_id, shop_id, return_number, position, mark_key, status, stock_type)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000004', 7, 0,
    'cis:010467003301005321A', 'PICKED', NULL);
UPDATE shops SET returns_read_at = 1790000000000;
UPDATE slots SET released_at = 1790000000000;
