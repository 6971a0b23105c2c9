-- The order book of the bakery.

CREATE TABLE IF NOT EXISTS customers (
  id   INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name TEXT NOT NULL
);

-- Intentional problem: think about how the app looks for rows in this table.
CREATE TABLE IF NOT EXISTS orders (
  id          INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  placed_at   TIMESTAMPTZ NOT NULL,
  status      TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS order_items (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  line     INTEGER NOT NULL,
  product  TEXT NOT NULL,
  pieces   INTEGER NOT NULL,
  PRIMARY KEY (order_id, line)
);
