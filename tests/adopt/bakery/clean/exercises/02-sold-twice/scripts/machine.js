// npm run machine: the old ticket machine in the lobby. It sells at the same
// time as the box office and writes into the same table, in its own simple way.
// pg talks to PostgreSQL; the braces take Client out of it.
const { Client } = require('pg');

const TICKETS = 40;

// Every `await` is one trip to the database and back; `async` marks who waits like this.
async function main() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  let refused = 0;
  for (let n = 1; n <= TICKETS; n++) {
    try {
      await client.query(
        "INSERT INTO tickets (show_id, label, customer) SELECT 1, label, 'machine' FROM seats WHERE show_id = 1 ORDER BY random() LIMIT 1",
      );
    } catch (error) {
      refused++;
    }
  }
  console.log('The machine wanted to sell ' + TICKETS + ' tickets; ' + refused + ' were refused.');
  await client.end();
}

main();
