-- The tables of the quay board.
DROP TABLE IF EXISTS containers;
DROP TABLE IF EXISTS ships;

CREATE TABLE ships (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  berth INTEGER NOT NULL
);

CREATE TABLE containers (
  id INTEGER PRIMARY KEY,
  ship_id INTEGER NOT NULL REFERENCES ships (id),
  code TEXT NOT NULL,
  bay INTEGER NOT NULL,
  weight_kg INTEGER NOT NULL,
  papers TEXT NOT NULL
);
