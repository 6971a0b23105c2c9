//: pg talks to PostgreSQL. `{ Client }` takes the one thing called Client out of the package (destructuring).
const { Client } = require('pg');

const TICKETS = 20000;
const SEATS = 100;

//: A function marked `async` may wait for results with `await`.
async function main() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(
    'CREATE TABLE IF NOT EXISTS tickets (id serial PRIMARY KEY, evening int NOT NULL, seat int NOT NULL)'
  );
  await client.query(
    'INSERT INTO tickets (evening, seat) SELECT n / $1::int, n % $1::int FROM generate_series(0, $2::int - 1) AS n',
    [SEATS, TICKETS]
  );
  await client.query('ANALYZE tickets');
  await client.end();
}

main().catch((error) => {
  console.error(`Seeding failed: ${error.message}`);
  process.exit(1);
});
