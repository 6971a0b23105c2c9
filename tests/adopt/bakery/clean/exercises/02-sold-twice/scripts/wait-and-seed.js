// Waits for PostgreSQL and fills the cinema, unless it is filled already.
const fs = require('fs');
// pg talks to PostgreSQL; the braces take Client out of it.
const { Client } = require('pg');

const read = (name) => fs.readFileSync(__dirname + '/../db/' + name, 'utf8');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// `await` waits for a result; a function in which it stands is marked `async`.
async function main() {
  let client;
  for (;;) {
    client = new Client({ connectionString: process.env.DATABASE_URL });
    try {
      await client.connect();
      break;
    } catch {
      console.log('PostgreSQL is not there yet ...');
      await pause(1000);
    }
  }
  await client.query(read('schema.sql'));
  const shows = await client.query('SELECT 1 FROM shows LIMIT 1');
  if (shows.rowCount === 0) await client.query(read('seed.sql'));
  await client.end();
  console.log('The doors are open.');
}

main();
