INSERT INTO batches (organisation_id, id, name, format, user_id, made_at, state, revision, header, order_column, code_column, row_count)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-00000000000c', 'коды.csv', 'semicolon',
    '01900000-0000-7000-8000-000000000002', 1790000000000, 'running', 1, '["Заказ","Код"]', 0, 1, 1);
INSERT INTO batch_orders (organisation_id, batch_id, place, number, order_id, row_count, fate, outlook, submission_id)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-00000000000c', 1, 515000001,
    '01900000-0000-7000-8000-000000000005', 1, 'sent', '"goes"', '01900000-0000-7000-8000-000000000009');
INSERT INTO batch_rows (organisation_id, batch_id, number, line, cells, ordered, code, place, repeats, kind, verdict)
VALUES ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-00000000000c', 1, 2,
    '["515000001","010467003301005321A"]', '"515000001"', '"010467003301005321A"', 1, NULL, 'good', '{"fits":{"product":"Тапочки"}}');
