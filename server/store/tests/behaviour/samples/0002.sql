UPDATE orders SET box_plan = '{"places":[[{"item":1,"number":1},{"box":2}]],"removals":[]}', labels_of = 1, labels_at = 1790000000000;
INSERT INTO verifications (organisation_id, order_id, light, answer, asked, asked_at, next_at, trouble)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000005', 'waiting',
    '[{"item":1,"marks":[{"value":"010467003301005321A","status":{"cis":{"status":"IN_PROGRESS","substatus":null}},"crpt_request_id":null,"crpt_request_at":null}]}]',
    1, 1790000000000, 1790000005000, NULL);
INSERT INTO shipments (organisation_id, order_id, state, user_id, asked_at, attempts, next_at)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000005', 'queued',
    '01900000-0000-7000-8000-000000000002', 1790000000000, 0, 1790000000000);
