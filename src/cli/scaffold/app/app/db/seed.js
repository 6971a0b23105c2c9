// Fills the database with the same notices every time.
// Running it again changes nothing while they are still there.

const fs = require('fs');
const path = require('path');
//: pg talks to PostgreSQL. A Client is one connection; `{ Client }` takes that one thing out of the package.
const { Client } = require('pg');

const NOTICES = 20000;

async function main() {
  const db = new Client({ connectionString: process.env.DATABASE_URL });
  await db.connect();
  try {
    await db.query(fs.readFileSync(path.join(__dirname, 'schema.sql'), 'utf8'));

    //: { rows } takes the property rows out of the result (destructuring).
    const { rows } = await db.query('SELECT count(*)::int AS notices FROM notices');
    if (rows[0].notices >= NOTICES) {
      console.log(`Already there: ${rows[0].notices} notices.`);
      return;
    }

    // Half a seed is no seed: start again from an empty table.
    await db.query('TRUNCATE notices RESTART IDENTITY');
    // One statement makes all the rows, inside the database.
    await db.query(
      `INSERT INTO notices (author, body)
       SELECT 'Flat ' || (1 + n % 60), 'Notice ' || n || ': the bicycle cellar will be cleared out on Friday.'
       FROM generate_series(1, $1::int) AS n`,
      [NOTICES]
    );
    // Fresh statistics now, so that PostgreSQL knows from the start how many rows there are.
    await db.query('VACUUM ANALYZE notices');
    console.log(`Seeded ${NOTICES} notices.`);
  } finally {
    await db.end();
  }
}

//: main() is async: catch() runs if anything in it fails.
main().catch((error) => {
  console.error(`Seeding failed: ${error.message}`);
  process.exit(1);
});
