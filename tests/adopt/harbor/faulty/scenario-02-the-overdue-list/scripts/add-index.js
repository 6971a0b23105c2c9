// Makes the index of Fix 2, for those who are in a hurry.
const { Client } = require('pg'); // pg talks to PostgreSQL

async function main() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('CREATE INDEX IF NOT EXISTS idx_loans_open_due ON loans (due_on, id) WHERE returned_on IS NULL');
  await client.end();
}

main();
