CREATE TABLE IF NOT EXISTS shows (
  id    INTEGER PRIMARY KEY,
  title TEXT NOT NULL
);

-- One row for each seat of each show. A seat without a customer is free.
CREATE TABLE IF NOT EXISTS seats (
  show_id  INTEGER NOT NULL REFERENCES shows (id),
  label    TEXT NOT NULL,
  customer TEXT,
  PRIMARY KEY (show_id, label)
);

-- Intentional problem: read what this table allows, and what it should allow.
CREATE TABLE IF NOT EXISTS tickets (
  id       INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  show_id  INTEGER NOT NULL REFERENCES shows (id),
  label    TEXT NOT NULL,
  customer TEXT NOT NULL,
  sold_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);
