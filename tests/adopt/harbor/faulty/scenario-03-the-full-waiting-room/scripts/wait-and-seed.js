// Tries once a second until PostgreSQL lets us fill the hospital.
const { Client } = require('pg'); // pg speaks to PostgreSQL
const { seed } = require('../db/seed');

async function hasPatients() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    const found = await client.query("SELECT to_regclass('patients') AS table_name");
    if (found.rows[0].table_name === null) return false;
    return (await client.query('SELECT 1 FROM patients LIMIT 1')).rowCount > 0;
  } finally {
    await client.end();
  }
}

async function main() {
  for (let second = 0; second < 60; second++) {
    try {
      if (!(await hasPatients())) await seed();
      return console.log('The hospital is ready.');
    } catch (error) {
      console.log(`not yet: ${error.message}`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  throw new Error('PostgreSQL does not answer');
}

main();
