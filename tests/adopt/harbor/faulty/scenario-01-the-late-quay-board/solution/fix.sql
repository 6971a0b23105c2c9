-- Fix 1: an index on the column by which the board looks for containers.
CREATE INDEX idx_containers_ship ON containers (ship_id);
