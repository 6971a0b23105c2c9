CREATE TABLE IF NOT EXISTS stations (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL,
  docks INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS bikes (
  id         INTEGER PRIMARY KEY,
  station_id INTEGER NOT NULL REFERENCES stations (id),
  rented_by  TEXT
);

CREATE INDEX IF NOT EXISTS bikes_station_id_idx ON bikes (station_id);
