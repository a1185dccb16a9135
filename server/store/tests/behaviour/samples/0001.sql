INSERT INTO organisations (id, name, created_at)
VALUES ('01900000-0000-7000-8000-000000000001', 'ООО «Ромашка»', 1790000000000);
INSERT INTO users (id, email, password_hash, created_at)
VALUES ('01900000-0000-7000-8000-000000000002', 'anna@example.com', '$argon2id$', 1790000000000);
INSERT INTO memberships (organisation_id, user_id, role, created_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002', 'owner', 1790000000000);
INSERT INTO sessions (token_hash, organisation_id, user_id, created_at, expires_at)
VALUES ('hash', '01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002', 1790000000000, 1790000100000);
INSERT INTO tries (counted_by, tried, began_at) VALUES ('ip:127.0.0.1', 3, 1790000000000);
INSERT INTO legal_entities (organisation_id, id, name, inn, kpp, created_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-00000000000a', 'Ромашка', '7736207543', NULL, 1790000000000);
INSERT INTO connections (organisation_id, id, label, key_ending, sealed_key, legal_entity_id, business_id, sync_read, created_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000003', 'Ключ', 'a1b2', 'v1:AAAA',
    '01900000-0000-7000-8000-00000000000a', 900, 7, 1790000000000);
INSERT INTO shops (organisation_id, id, connection_id, campaign_id, name, facts)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000004',
    '01900000-0000-7000-8000-000000000003', 1, 'Лавка',
    '{"campaign":1,"business":900,"business_name":"Кабинет","name":"Лавка","placement":"DBS","availability":null}');
INSERT INTO orders (organisation_id, id, shop_id, number, facts, read_at, revision, slots_revision, model, ship_by_at,
    ship_by_timed, articles, names, units, wanted, filled, work)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000005',
    '01900000-0000-7000-8000-000000000004', 515000001,
    '{"id":515000001,"campaign":1,"model":"DBS","status":"PROCESSING","substatus":null,"buyer":null,"fake":false,"created_at":1790000000000,"updated_at":null,"ship_by":null,"items":[{"id":1,"offer_id":"ART-1","name":"Тапочки","count":1,"required":["CIS"],"instances":[]}]}',
    1790000000000, 2, 1, 'DBS', NULL, 0, 'art-1', 'тапочки', 1, 1, 1, 'ready');
INSERT INTO lines (organisation_id, order_id, id, item_id, position, name)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000005',
    '01900000-0000-7000-8000-000000000006', 1, 0, 'Тапочки');
INSERT INTO slots (organisation_id, order_id, line_id, number, id, mark_key, mark_text, filled_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000005',
    '01900000-0000-7000-8000-000000000006', 1, '01900000-0000-7000-8000-000000000007',
    'cis:010467003301005321A', '010467003301005321A', 1790000000000);
INSERT INTO codes (organisation_id, mark_key, mark_text, gtin, first_seen_at)
VALUES ('01900000-0000-7000-8000-000000000001', 'cis:010467003301005321A', '010467003301005321A', '04670033010053', 1790000000000);
INSERT INTO intake (organisation_id, id, order_id, user_id, raw, verdict, placed, came_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000008',
    '01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-000000000002', '"abc"', '"Unreadable"', 0, 1790000000000);
INSERT INTO submissions (organisation_id, order_id, number, id, state, body, units, slots_revision, user_id, attempts, stored_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000005', 1,
    '01900000-0000-7000-8000-000000000009', 'queued', '{"items":[]}', 1, 1, '01900000-0000-7000-8000-000000000002', 0, 1790000000000);
INSERT INTO journal (organisation_id, happened_at, user_id, action, subject, detail)
VALUES ('01900000-0000-7000-8000-000000000001', 1790000000000, '01900000-0000-7000-8000-000000000002', 'sign_up', 'Ромашка', '');
INSERT INTO jobs (id, organisation_id, kind, subject, state, run_at, attempts, taken_over)
VALUES ('01900000-0000-7000-8000-00000000000b', '01900000-0000-7000-8000-000000000001', 'send', '1', 'queued', 1790000000000, 0, 0);
INSERT INTO limits (account, resource, blocked_until) VALUES ('campaign:1', 'identifiers', 1790000000000);
INSERT INTO offer_gtins (organisation_id, offer, gtin, name, learned_at)
VALUES ('01900000-0000-7000-8000-000000000001', 'ART-1', '04670033010053', 'Тапочки', 1790000000000);
