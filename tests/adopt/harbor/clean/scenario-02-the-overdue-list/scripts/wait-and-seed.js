// Waits for PostgreSQL (at most 90 seconds), then fills the library if it is empty.
const { Client } = require('pg'); // pg talks to PostgreSQL
const seed = require('../db/seed');

const connectionString = process.env.DATABASE_URL;

async function countLoans() {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const exists = await client.query("SELECT to_regclass('loans') IS NOT NULL AS yes");
    if (!exists.rows[0].yes) return 0;
    const counted = await client.query('SELECT count(*)::int AS n FROM loans');
    return counted.rows[0].n;
  } finally {
    await client.end();
  }
}

async function main() {
  const until = Date.now() + 90_000;
  while (Date.now() < until) {
    try {
      if ((await countLoans()) === 0) await seed(connectionString);
      console.log('Ready.');
      return;
    } catch (error) {
      console.log('PostgreSQL is not there yet:', error.message);
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
  process.exitCode = 1;
}

main();
