INSERT INTO codes (organisation_id, mark_key, mark_text, gtin, first_seen_at, serial, ki_end, text_end, origin, came_by, came_for)
VALUES ('01900000-0000-7000-8000-000000000001', 'cis:010467003301005321B', '010467003301005321B', '04670033010053', 1790000000001,
    'B', 'B12350010330', NULL, 'order', '01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000005');
INSERT INTO code_events (organisation_id, mark_key, happened_at, kind, user_id, order_id, slots_revision, words)
VALUES ('01900000-0000-7000-8000-000000000001', 'cis:010467003301005321B', 1790000000002, 'unbound',
    '01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000005', 1, NULL);
