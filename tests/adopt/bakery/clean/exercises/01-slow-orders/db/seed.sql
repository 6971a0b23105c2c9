-- 2,000 customers
INSERT INTO customers (name)
SELECT 'Customer ' || n
FROM generate_series(1, 2000) AS n;

-- 120,000 orders: 60 for each customer, one a minute
INSERT INTO orders (customer_id, placed_at, status)
SELECT 1 + n % 2000, now() - n * interval '1 minute', 'collected'
FROM generate_series(1, 120000) AS n;

-- 3 lines in each order
INSERT INTO order_items (order_id, line, product, pieces)
SELECT o.id, l, (ARRAY['rye loaf', 'plain roll', 'poppy roll', 'nut bun'])[1 + (o.id + l) % 4], l
FROM orders AS o
CROSS JOIN generate_series(1, 3) AS l;

ANALYZE;
