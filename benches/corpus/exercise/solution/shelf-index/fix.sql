CREATE INDEX idx_<<thing>>s_shelf_mark ON <<thing>>s (shelf_mark);
