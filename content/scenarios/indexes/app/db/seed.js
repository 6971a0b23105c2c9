// Fills the shop with the same products, customers and orders every time.
// A second run changes nothing while all orders are there.

const fs = require('fs');
const path = require('path');
//: pg is the client for PostgreSQL. `{ Client }` picks one thing, a single connection, out of the package.
const { Client } = require('pg');

const PRODUCTS = 250000;
const CUSTOMERS = 15000;
const ORDERS = 300000;

const CATEGORIES = [
  'Guitars', 'Keyboards', 'Strings', 'Sheet music', 'Picks', 'Cables', 'Drumsticks', 'Reeds',
  'Stands', 'Cases', 'Microphones', 'Headphones', 'Tuners', 'Straps', 'Harmonicas', 'Ukuleles',
];

const MAKERS = ['Alder', 'Bellwood', 'Corvo', 'Dunmore', 'Eastlake', 'Fjord', 'Gable'];
const LINES = ['Classic', 'Studio', 'Junior', 'Stage', 'Heritage', 'Nova', 'Traveler', 'Concert', 'Solo', 'Duo', 'Prime'];

const FIRST = ['Amara', 'Bruno', 'Celia', 'Dmitri', 'Esra', 'Farid', 'Gita', 'Henrik', 'Isla', 'Joon', 'Katya', 'Luis', 'Mei'];
const LAST = ['Abara', 'Brandt', 'Castillo', 'Dubois', 'Endo', 'Ferrari', 'Gomez', 'Hansen', 'Iqbal', 'Jones', 'Kovacs'];

// The rows are computed inside the database, one for each n. Multiplying by a large prime and taking
// the remainder gives numbers that look shuffled and are the same in every run.

async function insertProducts(db) {
  // Guitars and keyboards (1 and 2) cost from 99 to 3,505 dollars, everything else at most 150.
  await db.query(
    `INSERT INTO products (category_id, name, price_cents, sold)
     SELECT 1 + n % $2::int,
            ($3::text[])[1 + n % $5::int] || ' ' || ($4::text[])[1 + n % $6::int] || ' no. ' || n,
            CASE WHEN n % $2::int < 2 THEN 9900 + n * 104729 % 340619
                 ELSE 100 + n * 7919 % 14897 END,
            n * 15485863 % 9973
     FROM generate_series(1::bigint, $1::bigint) AS n`,
    [PRODUCTS, CATEGORIES.length, MAKERS, LINES, MAKERS.length, LINES.length]
  );
}

async function insertCustomers(db) {
  await db.query(
    `INSERT INTO customers (name, email)
     SELECT ($2::text[])[1 + n % $4::int] || ' ' || ($3::text[])[1 + n % $5::int], 'customer' || n || '@example.com'
     FROM generate_series(1, $1::int) AS n`,
    [CUSTOMERS, FIRST, LAST, FIRST.length, LAST.length]
  );
}

async function insertOrders(db) {
  // One order every three minutes, back from the end of October 2026. Four of a hundred are not
  // delivered: still on their way, or sent back.
  await db.query(
    `INSERT INTO orders (customer_id, status, total_cents, placed_at)
     SELECT 1 + n * 7919 % $2::int,
            CASE WHEN n % 25 > 0 THEN 'delivered'
                 ELSE (ARRAY['open', 'packed', 'shipped', 'returned'])[1 + n / 25 % 4] END,
            500 + n * 15485863 % 39989,
            TIMESTAMPTZ '2026-10-31 18:00:00+00' - n * 104729 % $1::bigint * INTERVAL '3 minutes'
     FROM generate_series(1::bigint, $1::bigint) AS n`,
    [ORDERS, CUSTOMERS]
  );
}

async function main() {
  const db = new Client({ connectionString: process.env.DATABASE_URL });
  await db.connect();
  try {
    await db.query(fs.readFileSync(path.join(__dirname, 'schema.sql'), 'utf8'));

    //: `[{ orders }]` takes the value called orders out of the first row (destructuring).
    const [{ orders }] = (await db.query('SELECT count(*)::int AS orders FROM orders')).rows;
    if (orders >= ORDERS) {
      console.log(`The shop is open: ${orders} orders.`);
      return;
    }

    // Something may be left of an earlier attempt that did not finish.
    await db.query('TRUNCATE categories, customers, products, orders RESTART IDENTITY');
    await db.query('INSERT INTO categories (name) SELECT unnest($1::text[])', [CATEGORIES]);
    await insertProducts(db);
    await insertCustomers(db);
    await insertOrders(db);

    // Has PostgreSQL take stock of the tables right away instead of some time later.
    await db.query('VACUUM ANALYZE categories, customers, products, orders');
    console.log(`Filled the shop: ${PRODUCTS} products, ${CUSTOMERS} customers, ${ORDERS} orders.`);
  } finally {
    await db.end();
  }
}

//: An async function returns a promise; catch() says what to do if it fails.
main().catch((error) => {
  console.error(`The shop could not be filled: ${error.message}`);
  process.exit(1);
});
