// Fills the quay board with 600 ships and their 120,000 containers.
const fs = require('node:fs');
const path = require('node:path');
const { Client } = require('pg'); // pg talks to PostgreSQL

const SHIPS = 600;
const CONTAINERS = 120000;

async function seed() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();

  await client.query(fs.readFileSync(path.join(__dirname, 'schema.sql'), 'utf8'));
  await client.query(
    `INSERT INTO ships (id, name, berth)
     SELECT n, 'MV Brandmoor ' || n, 1 + n % 40 FROM generate_series(1, $1::int) AS n`,
    [SHIPS],
  );
  // Containers come off the ships in no order, as in a real harbor.
  await client.query(
    `INSERT INTO containers (id, ship_id, code, bay, weight_kg, papers)
     SELECT n, 1 + n % $2::int, 'BRMU' || lpad(n::text, 7, '0'), 1 + n / $2::int % 60, 2000 + n % 24000,
            repeat('Cargo manifest, customs form, seal number. ', 8)
     FROM generate_series(1, $1::int) AS n`,
    [CONTAINERS, SHIPS],
  );
  await client.query('ANALYZE');
  await client.end();
  console.log(`Filled: ${SHIPS} ships, ${CONTAINERS} containers`);
}

module.exports = { seed };

if (require.main === module) {
  seed().catch((error) => {
    console.error(error);
    process.exit(1);
  });
}
