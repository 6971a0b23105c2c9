CREATE INDEX idx_posts_created_at ON posts (created_at);
