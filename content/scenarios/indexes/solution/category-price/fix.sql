CREATE INDEX idx_products_category_price ON products (category_id, price_cents);
