//: pg talks to PostgreSQL. `{ Client }` takes the one thing called Client out of the package (destructuring).
const { Client } = require('pg');

const POSTS = 500;

//: A function marked `async` may wait for results with `await`.
async function main() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS posts (id serial PRIMARY KEY, title text NOT NULL)');
  await client.query("INSERT INTO posts (title) SELECT 'Post ' || n FROM generate_series(1, $1) AS n", [POSTS]);
  await client.end();
}

main();
