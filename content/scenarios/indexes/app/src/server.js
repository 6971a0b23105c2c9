//: require() loads a package that npm has installed.
const express = require('express');
//: pg is the client for PostgreSQL. `{ Pool }` picks one thing out of the package (destructuring).
const { Pool } = require('pg');
//: prom-client counts and times things, and shows the result to Prometheus at GET /metrics.
const metrics = require('prom-client');

const app = express();
app.use(express.json()); //: makes an object, req.body, of a JSON request body

// ----------------------------------------------------------------------------
// METRICS
// ----------------------------------------------------------------------------

metrics.collectDefaultMetrics();

const answers = new metrics.Counter({
  name: 'http_requests_total',
  help: 'Requests that have been answered',
  labelNames: ['method', 'route', 'status_code'],
});

const answerTime = new metrics.Histogram({
  name: 'http_request_duration_ms',
  help: 'Milliseconds from the arrival of a request to the end of its answer',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [1, 2, 5, 10, 20, 35, 50, 75, 100, 150, 250, 350, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10000],
});

const queryTime = new metrics.Histogram({
  name: 'db_query_duration_ms',
  help: 'Milliseconds from sending a query to PostgreSQL to having its rows',
  labelNames: ['query'],
  buckets: [0.5, 1, 2, 5, 10, 20, 35, 50, 75, 100, 150, 250, 350, 500, 750, 1000, 2000],
});

//: Every request passes through here first. next() lets it go on to its route.
app.use((req, res, next) => {
  // Prometheus is not a customer.
  if (req.path === '/metrics') return next();

  const arrived = performance.now();
  //: `() => { … }` is a function without a name; this one runs when the answer has been sent.
  res.on('finish', () => {
    //: The pattern of the route, not the address. `?.` and `??`: without a route, the word 'unmatched'.
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    answers.inc(labels);
    answerTime.observe(labels, performance.now() - arrived);
  });
  next();
});

// ----------------------------------------------------------------------------
// DATABASE CONNECTION
// ----------------------------------------------------------------------------

// All requests share these connections. Who gets none within two seconds gives up.
const pool = new Pool({
  connectionString: process.env.DATABASE_URL, //: an environment variable; docker-compose.yml sets it
  max: 10,
  connectionTimeoutMillis: 2000,
});
pool.on('error', (error) => console.error(`idle connection lost: ${error.message}`));

// #region queries
// The pages that people open most. $1 and $2 stand for the values they ask for.
const QUERIES = {
  ordersOfCustomer: `
    SELECT id, status, total_cents, placed_at
    FROM orders
    WHERE customer_id = $1
    ORDER BY placed_at DESC
    LIMIT 10`,

  productsInCategory: `
    SELECT id, name, price_cents, sold
    FROM products
    WHERE category_id = $1 AND price_cents <= $2
    ORDER BY sold DESC
    LIMIT 24`,

  delivered: `
    SELECT count(*)::int AS orders, sum(total_cents)::bigint AS cents
    FROM orders
    WHERE status = 'delivered'`,

  product: `
    SELECT id, category_id, name, price_cents, sold
    FROM products
    WHERE id = $1`,
};
// #endregion

// Runs one of the queries above and notes how long PostgreSQL took, waiting in line not included.
async function ask(name, values = []) {
  //: `await` waits for a result and lets other requests go on meanwhile.
  const connection = await pool.connect();
  const sent = performance.now();
  try {
    const result = await connection.query(QUERIES[name], values);
    return result.rows;
  } finally {
    queryTime.observe({ query: name }, performance.now() - sent);
    connection.release();
  }
}

// ----------------------------------------------------------------------------
// ROUTES
// ----------------------------------------------------------------------------

const isNumber = (text) => /^\d{1,7}$/.test(text);

function fail(req, res, error) {
  //: Between backticks, ${…} is replaced by a value.
  console.error(`${req.method} ${req.path} failed: ${error.message}`);
  res.status(500).json({ error: 'Something went wrong' });
}

app.get('/health', (req, res) => {
  res.json({ status: 'ok' });
});

app.get('/metrics', async (req, res) => {
  res.set('Content-Type', metrics.register.contentType);
  res.send(await metrics.register.metrics());
});

// "My orders": the last ten orders of one customer.
//: In /customers/7/orders, req.params.id is the text '7'.
app.get('/customers/:id/orders', async (req, res) => {
  if (!isNumber(req.params.id)) return res.status(400).json({ error: 'id must be a whole number' });
  try {
    res.json(await ask('ordersOfCustomer', [req.params.id]));
  } catch (error) {
    fail(req, res, error);
  }
});

// What sells best in a category, up to a price in dollars.
//: In /categories/1/products?maxPrice=150, req.query.maxPrice is the text '150'.
app.get('/categories/:id/products', async (req, res) => {
  const maxPrice = req.query.maxPrice ?? '1000000';
  if (!isNumber(req.params.id) || !isNumber(maxPrice)) {
    return res.status(400).json({ error: 'id and maxPrice must be whole numbers' });
  }
  try {
    res.json(await ask('productsInCategory', [req.params.id, Number(maxPrice) * 100]));
  } catch (error) {
    fail(req, res, error);
  }
});

// The counter in the footer of every page: how many orders have reached their customers.
app.get('/delivered', async (req, res) => {
  try {
    const rows = await ask('delivered');
    res.json(rows[0]);
  } catch (error) {
    fail(req, res, error);
  }
});

app.get('/products/:id', async (req, res) => {
  if (!isNumber(req.params.id)) return res.status(400).json({ error: 'id must be a whole number' });
  try {
    const rows = await ask('product', [req.params.id]);
    if (rows.length === 0) return res.status(404).json({ error: 'No such product' });
    res.json(rows[0]);
  } catch (error) {
    fail(req, res, error);
  }
});

// ----------------------------------------------------------------------------
// START SERVER
// ----------------------------------------------------------------------------

const port = process.env.PORT || 3000;
app.listen(port, () => console.log(`Music shop API is listening on port ${port}`));
