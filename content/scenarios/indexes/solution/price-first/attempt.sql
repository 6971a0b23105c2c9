CREATE INDEX idx_products_price_category ON products (price_cents, category_id);
