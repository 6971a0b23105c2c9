// npm run reset: gives all tickets back, so that the next test starts with an empty hall.
// pg talks to PostgreSQL; the braces take Client out of it.
const { Client } = require('pg');

// `await` waits for a result; a function in which it stands is marked `async`.
async function main() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('TRUNCATE tickets');
  await client.query('UPDATE seats SET customer = NULL');
  await client.end();
  console.log('All seats are free again.');
}

main();
