CREATE INDEX tickets_by_evening ON tickets (evening);
