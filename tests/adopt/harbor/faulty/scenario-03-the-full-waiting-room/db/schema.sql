-- The hospital: patients and their appointments.

CREATE TABLE IF NOT EXISTS patients (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  insurance_no TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS appointments (
  id INTEGER PRIMARY KEY,
  patient_id INTEGER NOT NULL REFERENCES patients (id),
  starts_at TIMESTAMPTZ NOT NULL,
  room TEXT NOT NULL,
);
