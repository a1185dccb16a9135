INSERT INTO emissions (organisation_id, id, connection_id, product_group, draft, document_id, test, state, their_id, anyway, asked_by, made_at, sent_at, searches, quiet, revision)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000901',
    '01900000-0000-7000-8000-000000000701', 'lp', '{"group":"lp","release":"PRODUCTION","payment":null,"fields":[],"lines":[]}',
    '01900000-0000-7000-8000-000000000703', 0, 'ready', 'b024ae09-ef7c-449e-b461-05d8eb116c79',
    0, '01900000-0000-7000-8000-000000000002', 1790000000000, 1790000000001, 0, 0, 3);
INSERT INTO emission_lines (organisation_id, emission_id, position, gtin, quantity, template, cis_type, own_serials, status, available)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000901', 0, '04670033010053', 10, 10,
    'UNIT', 0, 'ACTIVE', 10);
INSERT INTO emission_counts (organisation_id, connection_id, active, queued, counted_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000701', 1, 0, 1790000000000);
INSERT INTO emission_forms (organisation_id, user_id, id, connection_id, draft, answer, kept_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002',
    '01900000-0000-7000-8000-000000000902', '01900000-0000-7000-8000-000000000701',
    '{"group":"lp","release":"PRODUCTION","payment":null,"fields":[],"lines":[]}',
    '{"faults":[{"place":"order","kind":"no_lines"}]}', 1790000000000);
