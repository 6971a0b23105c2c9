-- A second ticket for the same seat of the same show is refused.
ALTER TABLE tickets ADD CONSTRAINT tickets_one_per_seat UNIQUE (show_id, label);
