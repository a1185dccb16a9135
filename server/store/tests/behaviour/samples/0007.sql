UPDATE order_words SET model = 'FBS', ship_by_at = 1790000000000;
