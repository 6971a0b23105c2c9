-- Fix 2: the open loans in the order of the list, so that a page can be read from its start.
CREATE INDEX idx_loans_open_due ON loans (due_on, id) WHERE returned_on IS NULL;
