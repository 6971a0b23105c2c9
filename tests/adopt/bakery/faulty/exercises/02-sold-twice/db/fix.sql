-- For those who are late: psql "$DATABASE_URL" -f db/fix.sql
ALTER TABLE tickets ADD CONSTRAINT tickets_one_per_seat UNIQUE (show_id, label);
