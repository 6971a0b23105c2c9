-- Fix 1: an index on the column by which the board looks for containers.
CREATE INDEX idx_containers_ship_id ON containers (ship_id);
