// Waits for PostgreSQL, makes the tables, and fills them once.
const fs = require('fs');
const { Client } = require('pg');

const URL = process.env.DATABASE_URL;

async function isThere() {
  const client = new Client({ connectionString: URL });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    return false;
  }
}

async function main() {
  while (!(await isThere())) {
    console.log('waiting for PostgreSQL');
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  const client = new Client({ connectionString: URL });
  await client.connect();
  await client.query(fs.readFileSync('db/schema.sql', 'utf8'));
  const { rows } = await client.query('SELECT count(*)::int AS stations FROM stations');
  if (rows[0].stations === 0) {
    await client.query(fs.readFileSync('db/seed.sql', 'utf8'));
  }
  await client.end();
  console.log('bikes and stations are ready');
}

main();
