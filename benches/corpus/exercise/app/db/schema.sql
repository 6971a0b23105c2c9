-- One row for each <<thing>>. No two <<thing>>s share a shelf mark.
-- Intentional problem: the table keeps its rows as they came, and in no other order.
CREATE TABLE IF NOT EXISTS <<thing>>s (
  id         INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shelf_mark TEXT NOT NULL,
  title      TEXT NOT NULL,
  author     TEXT NOT NULL,
  year       INTEGER NOT NULL
);
