INSERT INTO scans (organisation_id, id, order_id, user_id, act, raw, outcome, clashed, heard_at, came_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-00000000060a',
    '01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-000000000002',
    '"note"', '"abc"', '"noted"', 0, 1790000000000, 1790000000001);
INSERT INTO offers_read (organisation_id, offer, closed, read_at)
VALUES ('01900000-0000-7000-8000-000000000001', 'ART-1', 0, 1790000000000);
