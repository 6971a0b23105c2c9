// Waits until PostgreSQL answers, then fills the database once.
const { Client } = require('pg'); // pg talks to PostgreSQL
const { seed } = require('../db/seed');

async function isFilled() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const found = await client.query("SELECT to_regclass('containers') AS name");
  await client.end();
  return found.rows[0].name !== null;
}

async function main() {
  for (let attempt = 1; attempt <= 60; attempt++) {
    try {
      if (await isFilled()) {
        console.log('The database is filled already.');
      } else {
        await seed();
      }
      return;
    } catch (error) {
      console.log(`Waiting for PostgreSQL (${attempt}): ${error.message}`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  console.error('PostgreSQL did not answer within a minute.');
  process.exit(1);
}

main();
