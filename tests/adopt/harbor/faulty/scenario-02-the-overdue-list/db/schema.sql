CREATE TABLE IF NOT EXISTS books (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  shelf TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS members (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  phone TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS loans (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES books (id),
  member_id INTEGER NOT NULL REFERENCES members (id),
  due_on DATE NOT NULL,
  returned_on DATE
);

-- Members look at their own loans all day.
CREATE INDEX IF NOT EXISTS loans_member ON loans (member_id);
CREATE INDEX IF NOT EXISTS idx_loans_open_due ON loans (due_on, id) WHERE returned_on IS NULL;
