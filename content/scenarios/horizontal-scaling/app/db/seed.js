// Fills the database with the same products and order lines every time.
// Running it again changes nothing while the order lines are still there.

const fs = require('fs');
const path = require('path');
//: pg talks to PostgreSQL. A Client is one connection; `{ Client }` takes that one thing out of the package.
const { Client } = require('pg');

const PRODUCTS = 600;
const ORDERS = 1500;
const LINES_PER_ORDER = 8;
const ORDER_LINES = 12000;

const CATEGORIES = [
  ['brakes', 'BRK', 'Brake pad'],
  ['chains', 'CHN', 'Chain'],
  ['lights', 'LGT', 'Front light'],
  ['pedals', 'PDL', 'Pedal pair'],
  ['saddles', 'SDL', 'Saddle'],
  ['tires', 'TIR', 'Tire'],
  ['tools', 'TLS', 'Chain tool'],
  ['wheels', 'WHL', 'Front wheel'],
];
const LINES = ['Alder', 'Birch', 'Cedar', 'Elm', 'Fir', 'Hazel', 'Juniper', 'Larch', 'Maple', 'Oak'];

function product(n) {
  const [category, code, kind] = CATEGORIES[n % CATEGORIES.length];
  return {
    sku: `${code}-${String(n + 1).padStart(4, '0')}`,
    name: `${kind} ${LINES[n % LINES.length]} ${1 + Math.floor(n / CATEGORIES.length)}`,
    category,
    priceCents: 390 + ((n * 7919) % 240) * 50,
  };
}

// Primes hand out products in a mixed-up order that is the same every time. The square makes a few
// products sell far more often than the rest, as in any shop.
function productOf(order, line) {
  const even = ((order * 6007 + line * 3571) % 9973) / 9973;
  return Math.floor(even * even * PRODUCTS);
}

// The products of one order, each of them once.
function productsOf(order) {
  const chosen = new Set();
  for (let line = 0; chosen.size < LINES_PER_ORDER; line++) chosen.add(productOf(order, line));
  //: `...` lays out what a set holds, here into an array.
  return [...chosen];
}

//: UNNEST makes rows out of arrays, so that one statement inserts all of them.
async function insertProducts(db) {
  const products = [];
  for (let n = 0; n < PRODUCTS; n++) products.push(product(n));
  await db.query(
    `INSERT INTO products (sku, name, category, price_cents)
     SELECT * FROM UNNEST($1::text[], $2::text[], $3::text[], $4::int[])`,
    [
      products.map((it) => it.sku),
      products.map((it) => it.name),
      products.map((it) => it.category),
      products.map((it) => it.priceCents),
    ]
  );
}

async function insertOrderLines(db) {
  const orders = [];
  const products = [];
  const pieces = [];
  const prices = [];
  for (let order = 0; order < ORDERS; order++) {
    for (const n of productsOf(order)) {
      orders.push(order + 1);
      products.push(n + 1);
      pieces.push(1 + ((order + n) % 4));
      prices.push(product(n).priceCents);
    }
  }
  await db.query(
    `INSERT INTO order_lines (order_id, product_id, pieces, price_cents)
     SELECT * FROM UNNEST($1::int[], $2::int[], $3::int[], $4::int[])`,
    [orders, products, pieces, prices]
  );
}

async function main() {
  const db = new Client({ connectionString: process.env.DATABASE_URL });
  await db.connect();
  try {
    await db.query(fs.readFileSync(path.join(__dirname, 'schema.sql'), 'utf8'));

    //: { rows } takes the property rows out of the result (destructuring).
    const { rows } = await db.query('SELECT count(*)::int AS lines FROM order_lines');
    if (rows[0].lines >= ORDER_LINES) {
      console.log(`Already there: ${rows[0].lines} order lines.`);
      return;
    }

    // Half a seed is no seed: start again from empty tables.
    await db.query('TRUNCATE products, order_lines RESTART IDENTITY');
    await insertProducts(db);
    await insertOrderLines(db);

    // Fresh statistics now, so that PostgreSQL knows from the start how many rows there are.
    await db.query('VACUUM ANALYZE products, order_lines');
    console.log(`Seeded ${PRODUCTS} products and ${ORDER_LINES} order lines.`);
  } finally {
    await db.end();
  }
}

//: main() is async: catch() runs if anything in it fails.
main().catch((error) => {
  console.error(`Seeding failed: ${error.message}`);
  process.exit(1);
});
