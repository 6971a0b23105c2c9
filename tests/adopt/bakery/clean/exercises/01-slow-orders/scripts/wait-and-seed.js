// Runs when the Codespace starts: waits for PostgreSQL, then fills it once.
const fs = require('fs');
const path = require('path');
// pg talks to PostgreSQL. The braces take Client out of the package.
const { Client } = require('pg');

const DB = path.join(__dirname, '..', 'db');

async function connect() {
  for (let attempt = 1; attempt <= 60; attempt++) {
    const client = new Client({ connectionString: process.env.DATABASE_URL });
    try {
      await client.connect();
      return client;
    } catch (error) {
      console.log('Waiting for PostgreSQL:', error.message);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw new Error('PostgreSQL did not come up within a minute');
}

async function main() {
  const client = await connect();
  await client.query(fs.readFileSync(path.join(DB, 'schema.sql'), 'utf8'));
  const customers = await client.query('SELECT count(*)::int AS many FROM customers');
  if (customers.rows[0].many === 0) {
    console.log('Filling the order book, which takes a few seconds');
    await client.query(fs.readFileSync(path.join(DB, 'seed.sql'), 'utf8'));
  }
  console.log('The order book is ready');
  await client.end();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
