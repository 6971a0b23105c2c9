// Fills the library. Run it again to start over.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Client } = require('pg'); // pg talks to PostgreSQL

const BOOKS = 5000;
const MEMBERS = 1200;
const LOANS = 60000;
const OVERDUE = 300;

module.exports = async function seed(connectionString) {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(readFileSync(join(__dirname, 'schema.sql'), 'utf8'));
  await client.query('TRUNCATE loans, books, members');
  await client.query(
    "INSERT INTO books SELECT n, 'Book number ' || n, 'Shelf ' || 1 + n % 80 FROM generate_series(1, $1::int) AS n",
    [BOOKS],
  );
  await client.query(
    "INSERT INTO members SELECT n, 'Member ' || n, '555-' || lpad(n::text, 4, '0') FROM generate_series(1, $1::int) AS n",
    [MEMBERS],
  );
  // The first loans are overdue; all others came back in time.
  await client.query(
    `INSERT INTO loans
     SELECT n, 1 + n * 7 % $2::int, 1 + n * 11 % $3::int, current_date - 1 - n % 45,
            CASE WHEN n > $4::int THEN current_date - 2 - n % 45 END
     FROM generate_series(1, $1::int) AS n`,
    [LOANS, BOOKS, MEMBERS, OVERDUE],
  );
  await client.query('ANALYZE');
  await client.end();
  // Between backticks, ${…} puts a value into the text.
  console.log(`The library has ${BOOKS} books and ${LOANS} loans, ${OVERDUE} of them overdue.`);
};
