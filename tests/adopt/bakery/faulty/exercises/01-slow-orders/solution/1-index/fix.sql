-- The orders of one customer, newest first.
CREATE INDEX orders_by_customer_idx ON orders (customer_id, placed_at DESC);
