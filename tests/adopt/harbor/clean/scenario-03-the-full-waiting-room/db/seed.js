const fs = require('node:fs');
const path = require('node:path');
const { Client } = require('pg'); // pg speaks to PostgreSQL

const PATIENTS = 3000;
const APPOINTMENTS = 9000;

// Fills the hospital with patients and with three appointments for each of them.
async function seed() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    await client.query(fs.readFileSync(path.join(__dirname, 'schema.sql'), 'utf8'));
    await client.query('TRUNCATE appointments, patients');
    await client.query(
      "INSERT INTO patients SELECT n, 'Patient ' || n, 'K' || 100000 + n FROM generate_series(1, $1::int) AS n",
      [PATIENTS],
    );
    await client.query(
      `INSERT INTO appointments
       SELECT n, 1 + n % $2::int, date_trunc('day', now()) + n % 40 * interval '15 minutes', 'Room ' || 1 + n % 24
       FROM generate_series(1, $1::int) AS n`,
      [APPOINTMENTS, PATIENTS],
    );
  } finally {
    await client.end();
  }
  console.log(`${PATIENTS} patients, ${APPOINTMENTS} appointments`);
}

module.exports = { seed };
