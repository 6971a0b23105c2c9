-- The orders of one customer, newest first.
CREATE INDEX orders_customer_id_idx ON orders (customer_id, placed_at DESC);
