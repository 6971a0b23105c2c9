CREATE INDEX idx_books_shelf_mark ON books (shelf_mark);
