const POSTS = 500;
