INSERT INTO suz_connections (organisation_id, id, legal_entity_id, contour, oms_id, oms_id_told, way, created_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000701',
    '01900000-0000-7000-8000-00000000000a', 'production', '67ad4640-ee4c-4ce5-8c52-7b3b35a6c4d1', 0, 'browser',
    1790000000000);
INSERT INTO suz_devices (organisation_id, id, connection_id, name, their_id, state, added_by, added_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000702',
    '01900000-0000-7000-8000-000000000701', 'Склад', '0b9d4640-ee4c-4ce5-8c52-7b3b35a6c4d1', 'active',
    '01900000-0000-7000-8000-000000000002', 1790000000000);
INSERT INTO suz_tokens (organisation_id, connection_id, kind, holder, worked, logins, early_ends, stopped)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000701', 'client',
    '01900000-0000-7000-8000-000000000702', 0, 0, 0, 0);
INSERT INTO suz_documents (organisation_id, id, connection_id, purpose, subject, state, detail, asked_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000703',
    '01900000-0000-7000-8000-000000000701', 'client_login', '01900000-0000-7000-8000-000000000702', 'waiting', '{}',
    1790000000000);
INSERT INTO suz_waiters (organisation_id, connection_id, kind, subject)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000701', 'watch_suz',
    '01900000-0000-7000-8000-000000000701');
INSERT INTO suz_acts (organisation_id, connection_id, user_id, action, happened_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000701',
    '01900000-0000-7000-8000-000000000002', 'suz_ids_seen', 1790000000000);
